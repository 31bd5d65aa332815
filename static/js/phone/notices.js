/* What is told of what was refused, and of what was written and never sent, worked out from the outbox and from what the
   phone keeps. Pure functions. */
import { standsOnCard } from "./card_model.js";
import { wordsOf } from "./model.js";

/* Refused entries that no visible control stands for: texts always, but those whose card shows them; taps unless their
   stage is on the page. `run`: the one that is open, if one is. */
export function refusedElsewhere(outbox, open = {}) {
  const here = ["cast_ballot", "answer"];
  return outbox.filter((entry) => {
    if (entry.state !== "refused" || standsOnCard(entry, open)) return false;
    const tap = entry.command.type === "cast_ballot" || typeof entry.command.value === "number";
    return !(tap && here.includes(entry.command.type) && entry.command.run === open.run && entry.lost === undefined);
  });
}

/* One notice for each thing: [{entry, votes}]. A contribution that was not accepted after a restoration speaks for the
   votes on it alone as well, which are lost with it. */
export function noticesOf(entries) {
  const plain = (text) => text.trim().normalize("NFC");
  const items = entries.filter((entry) => entry.command.type === "add_item");
  const itemOf = (entry) => entry.lost && entry.command.item && items.find((item) => plain(item.command.title) === plain(entry.lost));
  return entries.filter((entry) => !itemOf(entry)).map((entry) =>
    ({ entry, votes: entries.filter((one) => itemOf(one) === entry) }));
}

/* Texts kept on the phone that no box on the page shows any more: those of another or a closed run, changes of an item
   that cannot be changed now, cards that are not there any more, and what another tab was writing. `kept`: [{key, kind, place,
   value}], kind "draft" (place <run>.<column>), "edit" (<item>), "answer" (<run>.<question>), "reason" or "card"
   (<run>.<item>), the place followed by
   ~<tab> where two tabs wrote at once; `tab` is this one. Each comes back as {key, run, past, content: {title, fields, sdgs}}; `past` where
   its stage is not the one that is shown. */
export function unsentTexts(kept, view, self, tab) {
  const open = view.now && view.now.status !== "closed" && !view.workshop.ended ? view.now.run : undefined;
  return kept
    .map(({ key, kind, place, value }) => {
      const [where, writer] = place.split("~");
      const item = kind === "edit" ? (self.items || {})[where] : undefined;
      const run = kind === "edit" ? item && item.run : where.replace(/\.[^.]*$/, "");
      const of = where.slice(run ? run.length + 1 : 0);
      const content = kind === "card" ? { title: onCard(value) } : ["answer", "reason"].includes(kind) ? { title: value } : value;
      const answered = kind === "answer" && ((self.answers || {})[run] || {})[of];
      const voted = kind === "reason" && ((self.ballots || {})[run] || {})[of];
      const stored = item || (answered && { title: answered.value }) || (voted && { title: voted.reason });
      const here = run === open && (!writer || writer === tab) && (!item || ["shown", "waiting"].includes(item.state))
        && (kind !== "card" || Boolean((view.now.candidates || {})[of]));
      return { key, run, content, here: here && open !== undefined, stored };
    })
    .filter(({ here, content, stored }) => !here && content && isWritten(content)
      && !(stored && wordsOf(stored) === wordsOf(content).trim()))
    .map(({ key, run, content }) => ({ key, run, content, past: !view.now || run !== view.now.run }));
}

/* What was typed into the lines of a card. */
export const onCard = (drafts) => Object.keys(drafts || {}).map((id) => drafts[id].value).filter((text) => text.trim()).join("\n");

function isWritten(content) {
  return Boolean(wordsOf(content).trim()) || Boolean((content.sdgs || []).length);
}
