/* What the phone shows, worked out from the view, the person's own view and the outbox. Pure functions. */
import { saidIn } from "../shared/ballots.js";
import { hash } from "../shared/ids.js";
import { nextOf, stageOf } from "../shared/stages.js";

export { stageOf };

/* All entries of the outbox that are still on their way. */
function underWay(outbox) {
  return outbox.filter((entry) => entry.state !== "refused");
}

/* One's own items, oldest first, as they will be once everything on its way has arrived. `run` limits them to one run.
   Each: {key, id?, n?, run, column, title, fields, sdgs, links, revision?, state, into?, entry?}; state is
   "saved" | "waiting" | "hidden" | "merged", or "sending" with the entry of the outbox. Withdrawn ones are left out. */
export function ownItems(self, outbox, run) {
  const waiting = underWay(outbox);
  const withdrawn = new Set(commands(waiting, "withdraw_item").map((entry) => entry.command.item));
  const changes = {};
  commands(waiting, "change_item").forEach((entry) => {
    changes[entry.command.item] = entry;
  });
  const stored = Object.keys((self && self.items) || {})
    .map((id) => self.items[id])
    .filter((item) => item.state !== "withdrawn" && !withdrawn.has(item.id))
    .sort((a, b) => a.n - b.n)
    .map((item) => {
      const entry = changes[item.id];
      const own = { key: item.id, state: item.state === "shown" ? "saved" : item.state };
      if (!entry) return Object.assign({}, item, own);
      const { title, fields, sdgs, links } = entry.command;
      return Object.assign({}, item, { title, fields, sdgs, links }, { key: item.id, state: "sending", entry });
    });
  const added = commands(waiting, "add_item").map((entry) =>
    Object.assign({}, entry.command, { key: entry.op, state: "sending", entry }),
  );
  return stored.concat(added).filter((item) => !run || item.run === run);
}

function commands(entries, type) {
  return entries.filter((entry) => entry.command.type === type);
}

/* A run as it is put to somebody of this group: with the question that is meant for them, if there is one. */
export function askedOf(run, group) {
  const own = (run.prompt_for || {})[group];
  return own ? Object.assign({}, run, { prompt: own }) : run;
}

/* The items of a board in order of arrival. */
export function inOrder(items) {
  return Object.keys(items || {})
    .map((id) => items[id])
    .sort((a, b) => a.n - b.n);
}

/* Items in an order that is this phone's own, and the same each time: the top of a list wins otherwise. Each item is
   placed by the hash of person, run and item, so one that comes or goes leaves the others where they are. */
export function shuffled(items, person, run) {
  const place = (item) => hash(`${item.id}|${run}|${person}|${item.id}`);
  return items.slice().sort((a, b) => place(a) - place(b) || (a.id < b.id ? -1 : 1));
}

export const ballotSlot = (run, item) => `ballot:${run}:${item}`;
export const answerSlot = (run, question) => `answer:${run}:${question}`;

/* One's ballot on an item, or, under "", on all together: {given, stored, revision, entry}; entry is what is under way or
   was refused, `given` counts it, `stored` does not. Both hold the filled fields of a ballot: {} where there is none. */
export function ballotOn(self, outbox, run, item) {
  const stored = ((((self && self.ballots) || {})[run] || {})[item]) || { revision: 0 };
  const entry = latest(outbox, ballotSlot(run, item));
  const given = entry && entry.state !== "refused" ? entry.command : stored;
  return { given: saidIn(given), stored: saidIn(stored), revision: stored.revision, entry };
}

/* The command that replaces a ballot: `change` gets what is given and returns what is to be. It builds on everything that
   is on its way, so that taps one after another add up. */
export function recast(self, outbox, run, item, change) {
  const { given, revision } = ballotOn(self, outbox, run, item);
  return Object.assign({ type: "cast_ballot", run, item, revision }, change(given));
}

/* What one has answered: {value?, revision, entry}. */
export function answerTo(self, outbox, run, question) {
  const stored = ((((self && self.answers) || {})[run] || {})[question]) || { revision: 0 };
  const entry = latest(outbox, answerSlot(run, question));
  const given = entry && entry.state !== "refused" ? entry.command.value : stored.value;
  return { value: given === null ? undefined : given, revision: stored.revision, entry };
}

function latest(outbox, slot) {
  return outbox.filter((entry) => entry.slot === slot).pop();
}

/* The stage after the current one that has not been open yet, or undefined. */
export function nextStage(view) {
  return nextOf(view.agenda, view.now);
}

/* Whether a command says who one is, and brings nothing into the workshop. */
export function isAboutOneself({ command }) {
  return ["join", "describe", "name_myself"].includes(command.type);
}

/* Whether somebody has done anything yet but come in. */
export function hasActed(self, outbox) {
  return [self.items, self.ballots, self.answers, self.seats].some((all) => Object.keys(all || {}).length)
    || outbox.some((entry) => !isAboutOneself(entry));
}

/* The words of an item: title and the texts of its details; "" where nothing is written. */
export function wordsOf({ title = "", fields = {} }) {
  return [title].concat(Object.keys(fields).map((id) => fields[id])).filter((text) => text && text.trim()).join("\n");
}
