/* One answer out of a few, as buttons: pressed once it is given, pressed again it is taken back. */
import { saidIn } from "../../shared/ballots.js";
import { html } from "../../shared/dom.js";
import { Icon, sentence } from "../parts.js";
import { BallotState } from "./parts.js";

/* `answers`: [{id, name, icon?}]. */
export function Answers({ live, run, item, on, cast, answers, kind, children }) {
  const ballot = on(item.id);
  const chosen = ballot.given.choice;
  const paused = run.status === "paused";
  const press = (id) => {
    if (paused) live.announce(sentence({ code: "stage_paused" }), true);
    else cast(item.id, (given) => (given.choice === id ? {} : saidIn(Object.assign({}, given, { choice: id, signed: false }))));
  };
  return html`<div class=${`answers-row ${kind}`} role="group" aria-labelledby=${`title-${item.id}`}>
      ${answers.map(({ id, name, icon }) => html`<button type="button" key=${id} class="answer-button"
          aria-pressed=${id === chosen ? "true" : "false"} aria-disabled=${paused ? "true" : undefined}
          onClick=${() => press(id)}>
        ${icon && html`<${Icon} name=${icon} />`}<span>${name}</span></button>`)}
    </div>
    <div class="answers-foot"><p class="candidate-state"><${BallotState} ballot=${ballot} given=${Boolean(chosen)}
      live=${live} /></p>${children}</div>`;
}
