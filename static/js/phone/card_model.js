/* Where the fields of a card stand on this phone, worked out from the view, the outbox and what is being typed. Pure. */
import { standsIn } from "../shared/cards.js";

export const cardSlot = (run, item, field) => `card:${run}:${item}:${field}`;
const AGAIN_MS = 8000; // for so long what was accepted is expected to come with the view

/* One field: {value, revision} is what stands there for this phone, with what it has sent counted; `entry`: what is on its
   way; `draft`: what is being typed and differs; `mine`: a text of this phone that somebody else's came before, to be
   decided about; `refused`: the entry it comes from, if it was sent. `own`: what this phone wrote and others do not see, as
   the server says: while it waits for a facilitator it is the value here, and `others` is what everybody else reads;
   `turned_down`: a text that was not taken over.
   `sent`: {value, revision, at} of what was sent last, which the view may not hold yet. */
export function fieldOn(run, outbox, item, field, { draft, sent, now, own }) {
  const waits = own && own.state === "waiting";
  const stands = standsIn(run, item, field);
  const stored = waits ? Object.assign({}, stands, own) : stands;
  const entry = outbox.filter((one) => one.slot === cardSlot(run.run, item, field)).pop();
  const found = { value: stored.value, revision: stored.revision, also: stored.also };
  if (waits) found.others = stands.value;
  if (own && !waits) found.turned_down = own.value;
  if (entry && entry.state !== "refused") {
    Object.assign(found, { value: entry.command.value, revision: entry.command.revision + 1, entry });
  } else if (!entry && !own && sent && sent.revision > stored.revision && now - sent.at < AGAIN_MS) {
    Object.assign(found, { value: sent.value, revision: sent.revision });
  }
  const refused = entry && entry.state === "refused" && entry.refusal.code === "outdated" ? entry : undefined; // else a notice says it
  const text = draft ? draft.value : refused && refused.command.value;
  if (text === undefined || text.trim() === found.value) return found;
  const base = draft ? draft.revision : refused.command.revision;
  const overtaken = found.revision > base || (!draft && refused);
  return Object.assign(found, overtaken ? { mine: text, refused } : { draft: text });
}

/* Whether a refused text for a card stands in its form, so that nothing else has to say it. */
export function standsOnCard({ command, refusal = {} }, run) {
  return command.type === "fill_card" && refusal.code === "outdated" && Boolean(run) && run.run === command.run
    && Boolean((run.candidates || {})[command.item]);
}
