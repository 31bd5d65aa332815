/* When a server was restored from a backup, its log may be shorter than what this phone was answered. The phone keeps
   what it had accepted until the workshop ends, and offers it again, in order and under the same op_ids: what is in the
   log is answered from there, what is missing is decided anew.

   Ids of items come from positions in the log, so those given after the backup may mean other items by now. Nothing is
   sent that names one without knowing that it is the same: one's own items are followed through the answers to what
   added them (`refs`), others' by their words (`about`). */
import { stageOf } from "./stages.js";
import * as storage from "./storage.js";

const MOST = 300;
const NEEDED = ["join", "describe"]; // whatever follows is refused without them

/* The line of history that an epoch is on: another one means that the log may hold less than before. */
export const historyOf = (epoch) => epoch.slice(0, 8);

/* What was accepted, oldest first, as far as there is room: {op, command, at, slot, about, first, place}; `place` is
   what the outbox's key ended with, by which it comes back in the same order. */
export function makeKept(prefix) {
  const memory = new Map(); // what could not be stored

  const keys = () => Array.from(new Set(storage.keys(prefix).concat(Array.from(memory.keys())))).sort();
  const at = (key) => memory.get(key) || storage.read(key);
  const isOf = (types, one) => Boolean(one && one.command && types.includes(one.command.type));

  function forget(key) {
    memory.delete(key);
    storage.remove(key);
  }

  return {
    /* After an answer that changed something. */
    keep({ op, command, at: when, slot, about }, place, first) {
      // only the last name is of use, and one that was taken back should be gone
      if (isOf(["name_myself"], { command })) keys().filter((key) => isOf(["name_myself"], at(key))).forEach(forget);
      const key = `${prefix}${place}`;
      const record = { op, command, at: when, slot, about, first, place };
      if (!storage.spare(key, record)) memory.set(key, record);
      const all = keys();
      if (all.length > MOST) forget(all.find((one) => !isOf(NEEDED, at(one))) || all[0]);
    },

    all: () => keys().map(at).filter((one) => one && one.op && one.command),
    clear: () => keys().forEach(forget),
  };
}

/* The words by which others' items that a command names will be known again: {item: title}, or undefined. Of an answer,
   what was asked: {question: words}. */
export function aboutOf(view, command) {
  const names = foreign(command);
  const now = view && view.now;
  if (!now || now.run !== command.run) return undefined;
  const asked = command.type === "answer" && (now.questions || []).find((one) => one.id === command.question);
  if (asked) return { [asked.id]: asked.text };
  if (!names.length) return undefined;
  return names.reduce((found, item) => {
    const title = titleIn(now, item);
    return title === undefined ? found : Object.assign(found, { [item]: title });
  }, {});
}

function foreign(command) {
  return (command.type === "cast_ballot" ? [command.item] : []).concat(command.links || []);
}

function titleIn(now, item) {
  const there = (now.candidates || {})[item] || ((now.links || {}).items || {})[item];
  return there && there.title;
}

/* The same records with `refs`: {item: op} for each of one's own items that they name, `op` being what added it. */
export function linkedUp(records) {
  const added = {};
  records.forEach((one) => {
    if (one.command.type === "add_item" && one.first) added[`i${one.first}`] = one.op;
  });
  return records.map((one) => {
    const named = (one.command.links || []).concat(one.command.item || []).filter((item) => added[item] !== undefined);
    const own = one.command.type === "cast_ballot" ? [] : named; // votes go by the words, whoever wrote them
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

/* A vote for something that is not what it was: `lost` is what it was called, and no control stands for it any more. */
function lost({ command, about = {} }, code) {
  return { refusal: { code }, lost: about[command.item] || "" };
}

/* What is to be done now with something that is offered again: "go", "hold" (not yet), "there" (it is in the log),
   {refusal, lost?} (it would mean something else by now), or {command} (go, with this instead). */
export function verdict(entry, view, self, stored) {
  const { command, about = {} } = entry;
  if (!view || !self) return "hold";
  if (stored !== undefined && stored > command.revision) return "there";
  if (view.workshop.ended) return "go"; // nothing is accepted any more, and what was is answered
  if (entry.refs) return "hold";
  if (entry.orphan) return { refusal: { code: "unknown_item" } };
  const item = (self.items || {})[command.item];
  if (command.type === "withdraw_item" && item && item.state === "withdrawn") return "there";
  if (!command.run) return "go";
  const now = view.now;
  if (!now || now.run !== command.run) {
    const stage = view.agenda.find((one) => one.id === stageOf(command));
    if (stage && stage.status === "waiting") return "hold";
    return command.type === "cast_ballot" ? lost(entry, "stage_closed") : "go";
  }
  if (now.status === "paused") return "hold";
  const strange = foreign(command).filter((one) => about[one] === undefined || about[one] !== titleIn(now, one));
  if (!strange.length) return "go";
  if (command.type === "cast_ballot") return lost(entry, "unknown_item");
  const same = (self.items || {})[`i${entry.first}`];
  if (command.type === "add_item" && same && same.title === command.title) return "go"; // it is in the log as it was
  return { command: Object.assign({}, command, { links: command.links.filter((one) => !strange.includes(one)) }) };
}
