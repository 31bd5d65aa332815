/* What each of those who share a phone voted: shown to whoever asks for it, and nobody else's with it. */
import { html, useState } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { OwnRows, OwnVotes, votesOf } from "./own_votes.js";
import { More } from "./parts.js";
import { liveAt } from "./seats.js";
import { seatName, sittersOf } from "./table.js";

/* One's votes at the end: those of the one whose phone it is, or of everybody at it, one by one. */
export function VotesAtEnd({ live }) {
  return live.shared ? html`<${SeatVotes} live=${live} />` : html`<${OwnVotes} live=${live} />`;
}

/* The votes of each at this phone, folded away; with `run`, those of one vote alone. */
export function SeatVotes({ live, run }) {
  const [open, setOpen] = useState(undefined);
  if (run && run.kind !== "vote") return null;
  return html`<section class="own"><h2>${t("Votes from this phone")}</h2>
    <p class="hint">${t("Choose your name to see what you chose.")}</p>
    ${sittersOf(live).filter((one) => !one.refusal).map((one) => html`<${More} key=${one.seat} title=${seatName(live, one)}
        open=${open === one.seat} onOpen=${(is) => setOpen((was) => (is ? one.seat : was === one.seat ? undefined : was))}>
      ${open === one.seat && html`<${Rows} live=${liveAt(live, one)} run=${run} />`}<//>`)}
  </section>`;
}

function Rows({ live, run }) {
  if (!run) return html`<${OwnVotes} live=${live} />`;
  const vote = votesOf(live.state.self, live.view, live).find((one) => one.run === run.run);
  if (!vote) return html`<p class="quiet">${t("You did not vote here.")}</p>`;
  return html`<${OwnRows} rows=${vote.rows} nameOf=${(id) => vote.rows.find((row) => row.item === id).title} />`;
}
