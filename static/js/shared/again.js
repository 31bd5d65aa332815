/* When a server was restored from a backup, its log may be shorter than what this phone was answered. The phone keeps
   what it had accepted until half a day after the end, and offers it again, in order and under the same op_ids: what is
   in the log is answered from there, what is missing is decided anew.

   Ids of items come from positions in the log, so those given after the backup may mean other items by now. Nothing is
   sent that names one without knowing that it is the same: one's own items are followed through the answers to what
   added them (`refs`), others' by their words, column and number (`about`). */
import { isBlank, itemsIn, saidIn } from "./ballots.js";
import { stageOf } from "./stages.js";
import * as storage from "./storage.js";

const MOST = 300;
const NEEDED = ["join", "describe", "take_seat"]; // whatever follows is refused without them

/* The line of history that an epoch is on: another one means that the log may hold less than before. */
export const historyOf = (epoch) => epoch.slice(0, 8);

/* What was accepted, oldest first, as far as there is room: {op, command, at, slot, about, first, place}; `place` is
   what the outbox's key ended with, by which it comes back in the same order. */
export function makeKept(prefix) {
  const keys = () => storage.keys(prefix);
  const isOf = (types, key) => types.includes(((storage.read(key) || {}).command || {}).type);

  return {
    /* After an answer that changed something. */
    keep({ op, command, at, slot, about }, place, first) {
      // only the last name is of use, and one that was taken back should be gone
      const names = ["name_myself"];
      if (names.includes(command.type)) keys().filter((key) => isOf(names, key)).forEach(storage.remove);
      // likewise of a ballot on all items together, which names every one of them
      if (command.type === "cast_ballot" && !command.item) {
        keys().filter((key) => (storage.read(key) || {}).slot === slot).forEach(storage.remove);
      }
      storage.spare(`${prefix}${place}`, { op, command, at, slot, about, first, place });
      const all = keys();
      if (all.length > MOST) storage.remove(all.find((one) => !isOf(NEEDED, one)) || all[0]);
    },

    all: () => keys().map(storage.read).filter((one) => one && one.op && one.command),
    clear: () => keys().forEach(storage.remove),
  };
}

/* By what others' items that a command names will be known again: {item: [title, column, number]}, or undefined. Of an
   answer, what was asked: {question: words}. */
export function aboutOf(view, command) {
  const names = foreign(command);
  const now = view && view.now;
  if (!now || now.run !== command.run) return undefined;
  const asked = command.type === "answer" && (now.questions || []).find((one) => one.id === command.question);
  if (asked) return { [asked.id]: asked.text };
  if (!names.length) return undefined;
  return names.reduce((found, item) => {
    const marks = marksIn(now, item);
    return marks ? Object.assign(found, { [item]: marks }) : found;
  }, {});
}

function foreign(command) {
  if (command.type === "fill_card") return [command.item];
  return (command.type === "cast_ballot" ? itemsIn(command) : []).concat(command.links || []);
}

function marksIn(now, item) {
  const there = (now.candidates || {})[item] || ((now.links || {}).items || {})[item];
  return there && [there.title, there.column, there.n];
}

/* The same records with `refs`: {item: op} for each of one's own items that they name, `op` being what added it. */
export function linkedUp(records) {
  const added = {};
  records.forEach((one) => {
    if (one.command.type === "add_item" && one.first) added[`i${one.first}`] = one.op;
  });
  return records.map((one) => {
    const named = (one.command.links || []).concat(one.command.item || []).filter((item) => added[item] !== undefined);
    // votes and cards go by the words, whoever wrote them
    const own = ["cast_ballot", "fill_card"].includes(one.command.type) ? [] : named;
    if (!own.length) return one;
    return Object.assign({}, one, { refs: own.reduce((refs, item) => Object.assign(refs, { [item]: added[item] }), {}) });
  });
}

/* What became of the item that `op` added: `id` is what it is called now, undefined if it was refused. Returns the entry
   as it is to be offered then; one that is about this item and nothing else has `orphan` then. */
export function resolved(entry, op, id) {
  const item = Object.keys(entry.refs || {}).find((one) => entry.refs[one] === op);
  if (item === undefined) return entry;
  const refs = Object.assign({}, entry.refs);
  delete refs[item];
  const changes = { refs: Object.keys(refs).length ? refs : undefined };
  const command = Object.assign({}, entry.command);
  if (command.links) {
    command.links = command.links.map((one) => (one === item ? id : one)).filter((one) => one !== undefined);
  }
  if (entry.about && item in entry.about) {
    changes.about = Object.assign({}, entry.about);
    delete changes.about[item];
    if (id !== undefined) changes.about[id] = entry.about[item];
  }
  if (command.item === item && id !== undefined) {
    command.item = id;
    changes.slot = entry.slot && entry.slot.replace(new RegExp(`:${item}$`), `:${id}`);
  } else if (command.item === item) changes.orphan = true;
  return Object.assign({}, entry, changes, { command });
}

/* The stored revision of what a command decides, in a person's own view; undefined for commands without one. */
export function revisionIn(self, command) {
  const own = command.seat ? (self.seats || {})[command.seat] || {} : self;
  const found = {
    cast_ballot: () => ((own.ballots || {})[command.run] || {})[command.item],
    answer: () => ((own.answers || {})[command.run] || {})[command.question],
    change_item: () => (self.items || {})[command.item],
  }[command.type];
  return found ? (found() || { revision: 0 }).revision : undefined;
}

/* What one's own view showed as saved before a restoration, is not in it any more, and is not offered again (another
   phone with the same code sent it): as commands. */
export function missing(before, self, records) {
  const found = [];
  const each = (all, look) => Object.keys(all || {}).forEach((id) => look(id, all[id]));
  const had = (revision, command) => revisionIn(self, command) < revision && found.push(command);
  each(before.items, (item, { state, run, column, title, fields, sdgs }) => {
    const now = (self.items || {})[item];
    if (state !== "withdrawn" && !(now && now.title === title)) found.push({ type: "add_item", item, run, column, title, fields, sdgs });
  });
  const votes = ({ ballots: all, answers: said }, seat) => {
    each(all, (run, ballots) => each(ballots, (item, ballot) =>
      isBlank(ballot) || had(ballot.revision, Object.assign({ type: "cast_ballot", run, item }, seat, saidIn(ballot)))));
    each(said, (run, answers) => each(answers, (question, { value, revision }) =>
      value !== undefined && had(revision, Object.assign({ type: "answer", run, question, value }, seat))));
  };
  votes(before);
  each(before.seats, (seat, own) => votes(own, { seat }));
  return found.filter(({ run, item, question, seat }) => !records.some(({ command, first }) => command.run === run && command.seat === seat
    && (item !== undefined ? command.item === item || `i${first}` === item : command.question === question)));
}

/* A vote for something that is not what it was: `lost` is what it was called, and no control stands for it any more. */
function lost({ command, about = {} }, code, [item] = [command.item]) {
  return { refusal: { code }, lost: (about[item] || [""])[0] };
}

/* What is to be done now with something that waits: "go", "paused" or "hold" (not yet); of what is offered again also
   "there" (it is in the log), {refusal, lost?} (it would mean something else by now), or {command} (go, with this
   instead). */
export function verdict(entry, view, self, stored) {
  const { command, about = {} } = entry;
  if (!view || !self) return "hold";
  const { now } = view;
  const here = command.run && now && now.run === command.run;
  const still = command.run && (self.waiting || (here && now.status === "paused")) ? "paused" : "go";
  if (!entry.again) return still;
  if (stored > command.revision) return "there";
  if (view.workshop.ended) return "go"; // nothing is accepted any more, and what was is answered
  if (!self.joined && (command.type !== "join" || !view.workshop.door)) return "hold";
  if (command.run && !command.seat && !self.group) return "hold"; // nobody may write or vote before they said it
  if (entry.refs) return "hold";
  if (entry.orphan) return { refusal: { code: "unknown_item" } };
  const item = (self.items || {})[command.item];
  if (command.type === "withdraw_item" && item && item.state === "withdrawn") return "there";
  if (!command.run) return "go";
  if (!here) {
    // a later round than there is by now may be opened again
    const runs = { cast_ballot: self.ballots, answer: self.answers }[command.type];
    const stage = view.agenda.find((one) => one.id === stageOf(command));
    if (runs ? !runs[command.run] : stage && stage.status === "waiting") return "hold";
    return command.type === "cast_ballot" ? lost(entry, "stage_closed") : "go";
  }
  if (still !== "go") return still;
  const strange = foreign(command).filter((one) => `${about[one]}` !== `${marksIn(now, one)}`);
  if (!strange.length) return "go";
  if (["cast_ballot", "fill_card"].includes(command.type)) return lost(entry, "unknown_item", strange);
  const same = (self.items || {})[`i${entry.first}`];
  if (command.type === "add_item" && same && same.title === command.title) return "go"; // it is in the log as it was
  return { command: Object.assign({}, command, { links: command.links.filter((one) => !strange.includes(one)) }) };
}
