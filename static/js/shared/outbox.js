/* Commands on their way to the server. Each is written down with an op_id made here before it is emitted, goes out in
   order, one at a time, and is sent again with the same op_id until it is answered, also after a reload: the
   server counts an op_id once, so a resend never counts twice.

   An entry: {op, command, at, state: "queued" | "sending" | "refused", slot?, slow?, refusal?}
   - queued: nothing was emitted yet (offline, or others go first); sending: emitted, not answered;
     refused: the answer was no; it stays, with what was typed, until it is dismissed or replaced.
   - slow: waiting for more than 2.5 s; pages say "sending…" then.
   - why: the code of the last answer that was none to the command itself ("try_again", "too_fast").
   - stuck: went out five times without an answer; others for another slot go first then, and it is tried in between.
   - slot: what the command decides ("ballot:<run>:<item>"). A newer command for the same slot takes the place of
     one that was not emitted yet and of one that was refused.
   - again: it was accepted before, or on its way, when the server was restored to an earlier state; again.js says when
     it may go. held: not at present, since its stage has not been opened again or is paused.
   Accepted entries leave the outbox; what they did is in the person's own view, which comes with the answer. */
import { resolved } from "./again.js";
import { randomId } from "./ids.js";
import * as storage from "./storage.js";

const SLOW_MS = 2500;
const ANSWER_MS = 8000;
const OTHER_TAB_MS = 10000;
const PATIENCE = 5; // after that many failures in a row others do not wait any longer behind this one
const AGAIN_MS = 200; // between two that are offered again: a whole hall does so at the same time
const BEFORE_ALL = ["join", "describe"]; // whatever follows is refused for good without them
const NO_ANSWER = ["try_again", "too_fast"]; // no answer to the command itself

/* `prefix`: where entries are stored, or "" to keep them in memory only. `emit(entry, callback(error, answer), ms)`
   hands one to the socket; `changed()` is called after every change; `answered(entry, answer)` before it;
   `settledElsewhere()` when another tab of this person got an answer; `verdict(entry)` says of an entry that is offered
   again what again.js says. */
export function makeOutbox({ prefix, emit, changed, answered, settledElsewhere, verdict = () => "go" }) {
  let entries = [];
  let connected = false;
  let inFlight = null; // {op, attempt}; a new object for each attempt, so that late callbacks know they are late
  let retryTimer = 0;
  const tries = new Map(); // op -> {failures, from}: when an entry that was not answered may go again
  let count = 0;

  const find = (op) => entries.find((entry) => entry.op === op);
  const pending = () => entries.filter((entry) => entry.state !== "refused");

  function save(entry) {
    if (!prefix) return;
    const { op, command, at, state, slot, refusal, about, again, first, refs, orphan, lost } = entry;
    storage.write(entry.key, { op, command, at, state, slot, refusal, about, again, first, refs, orphan, lost });
  }

  function replace(entry, changes) {
    const next = Object.assign({}, entry, changes);
    entries = entries.map((other) => (other.op === entry.op ? next : other));
    save(next);
    return next;
  }

  function drop(op) {
    const entry = find(op);
    if (!entry) return;
    entries = entries.filter((other) => other.op !== op);
    tries.delete(op);
    if (prefix) storage.remove(entry.key);
  }

  function adopt(key, value, foreign) {
    if (!value || !value.op || !value.command || find(value.op)) return;
    const own = foreign ? { from: Date.now() + OTHER_TAB_MS } : {};
    entries = entries.concat(Object.assign({ key }, value, own)).sort((a, b) => (a.key < b.key ? -1 : 1));
    watch(value.op);
  }

  function watch(op) {
    setTimeout(() => {
      const entry = find(op);
      if (!entry || entry.state === "refused") return;
      entries = entries.map((other) => (other.op === op ? Object.assign({}, other, { slow: true }) : other));
      changed();
    }, SLOW_MS);
  }

  function later(ms) {
    clearTimeout(retryTimer);
    retryTimer = setTimeout(pump, ms);
  }

  function failed(entry, answer) {
    const before = tries.get(entry.op) || { failures: 0 };
    const failures = before.failures + 1;
    const pause = Math.min(8000, 500 * 2 ** failures) * (0.75 + Math.random() / 2);
    tries.set(entry.op, { failures, from: Date.now() + pause });
    const why = answer && answer.refusal && answer.refusal.code;
    const changes = { why, stuck: failures >= PATIENCE };
    entries = entries.map((other) => (other.op === entry.op ? Object.assign({}, other, changes) : other));
  }

  /* The entry whose turn it is: the oldest, unless it waits for its next attempt; behind one that is stuck, those for
     other slots. Returns {entry} or {wait}, the milliseconds until there is one. */
  function next() {
    const now = Date.now();
    const held = [];
    let wait = Infinity;
    for (const entry of pending().filter((one) => !one.held)) {
      const tried = tries.get(entry.op);
      const from = Math.max(entry.from || 0, (tried && tried.from) || 0);
      const behind = entry.slot && held.includes(entry.slot);
      if (!behind && from <= now) return { entry };
      if (!behind) wait = Math.min(wait, from - now);
      if (!entry.from && (!entry.stuck || BEFORE_ALL.includes(entry.command.type))) break; // in order
      if (entry.slot) held.push(entry.slot);
    }
    return { wait };
  }

  function settle(entry, answer) {
    if (answer.ok) drop(entry.op);
    else {
      replace(entry, { state: "refused", refusal: answer.refusal });
      if (!prefix || (entry.again && isMoot(entry))) drop(entry.op);
    }
    if (entry.again && entry.command.type === "add_item") follow(entry, answer.ok ? `i${answer.first}` : undefined);
    // what waited behind it for the same slot was numbered as if this one had gone through and changed something
    const revision = answer.self ? revisionIn(answer.self, entry.command) : undefined;
    entries
      .filter((other) => entry.slot && other.slot === entry.slot && other.state === "queued" && !other.again)
      .forEach((other) => {
        const number = revision === undefined && !answer.ok ? entry.command.revision : revision;
        if (number !== undefined) replace(other, { command: Object.assign({}, other.command, { revision: number }) });
      });
    answered(entry, answer);
  }

  /* Whether nobody needs to hear that this was not accepted again: something later stands for the same, or the item that
     was to be taken back is not there. */
  function isMoot({ op, slot, command }) {
    if (command.type === "withdraw_item") return true;
    const later = pending().filter((one) => one.op !== op);
    const withdrawn = (one) => one.command.type === "withdraw_item" && one.command.item === command.item;
    const names = (one) => Object.keys(one.refs || {}).some((item) => one.refs[item] === op);
    return later.some((one) => (slot && one.slot === slot) || (command.item && withdrawn(one)) || names(one));
  }

  /* Tells those that were about the item that was just offered again what it is called now; undefined: there is none. */
  function follow(entry, id) {
    pending().forEach((other) => {
      const next = resolved(other, entry.op, id);
      if (next !== other) replace(other, next);
    });
  }

  /* An entry whose slot belongs to something else by now. */
  function disowned(entry, { lost }) {
    return lost === undefined || isMoot(entry) ? entry : replace(entry, { lost, slot: undefined });
  }

  /* Decides of each entry that is offered again whether it may go now. */
  function sift() {
    pending().filter((entry) => entry.again).forEach(({ op }) => {
      const entry = find(op); // as those before it have left it
      if (!entry || (inFlight && inFlight.op === op)) return;
      const said = verdict(entry);
      if (Boolean(entry.held) !== (said === "hold")) replace(entry, { held: said === "hold" });
      if (said === "there") settle(entry, { ok: true, first: entry.first });
      else if (said.refusal) settle(disowned(entry, said), { ok: false, refusal: said.refusal });
      else if (said.command) replace(entry, { command: said.command });
    });
  }

  function pump() {
    if (!connected || inFlight) return;
    sift();
    const { entry, wait } = next();
    if (!entry) {
      if (wait < Infinity) later(Math.max(wait, 1));
      return;
    }
    const attempt = { op: entry.op };
    inFlight = attempt;
    const sent = replace(entry, { state: "sending" });
    emit(
      sent,
      (error, answer) => {
        if (inFlight !== attempt) return;
        inFlight = null;
        if (error || !answer || (!answer.ok && NO_ANSWER.includes(answer.refusal && answer.refusal.code))) {
          failed(sent, answer);
        } else settle(sent, answer);
        if (sent.again) later(AGAIN_MS * (0.5 + Math.random())); // so many at once would be too fast
        else pump();
        changed();
      },
      ANSWER_MS,
    );
  }

  if (prefix) {
    storage.keys(prefix).forEach((key) => adopt(key, storage.read(key), false));
    storage.onOtherTab(prefix, (key, value) => {
      const known = entries.find((entry) => entry.key === key);
      if (!known) {
        adopt(key, value, true);
        setTimeout(pump, OTHER_TAB_MS + 50); // beside the timer of this tab's own next attempt
      } else if (value === undefined) {
        if (!inFlight || inFlight.op !== known.op) entries = entries.filter((entry) => entry !== known);
        settledElsewhere();
      } else if (value.state === "refused" || value.again) {
        const from = value.again ? { from: known.from } : {};
        entries = entries.map((entry) => (entry === known ? Object.assign({ key }, value, from) : entry));
      }
      changed();
    });
  }

  return {
    entries: () => entries,

    /* Writes a command down and sends it when its turn comes. Returns its op_id. `about`: see again.js. */
    add(command, slot, about) {
      const op = randomId(22);
      const before = slot ? entries.filter((entry) => entry.slot === slot) : [];
      const next = Object.assign({}, command, numbered(command, before));
      const stays = (entry) => entry.state === "sending" || (entry.again && entry.state !== "refused");
      before.filter((entry) => !stays(entry)).forEach((entry) => drop(entry.op));
      const at = Date.now();
      count += 1;
      const key = `${prefix}${at.toString(36).padStart(9, "0")}.${count.toString(36).padStart(4, "0")}.${op}`;
      const entry = { key, op, command: next, at, state: "queued", slot, about };
      entries = entries.concat(entry);
      save(entry);
      watch(op);
      pump();
      changed();
      return op;
    },

    /* Takes an entry out: one that was refused, or one that was not emitted yet. */
    dismiss(op) {
      const entry = find(op);
      if (!entry || entry.state === "sending") return;
      drop(op);
      changed();
    },

    /* Takes everything out, also what is under way. Returns the op_ids of what was not answered. */
    empty() {
      const ops = pending().map((entry) => entry.op);
      inFlight = null;
      clearTimeout(retryTimer);
      entries.forEach((entry) => drop(entry.op));
      changed();
      return ops;
    },

    /* Where an entry stands among the others, over all tabs and reloads. */
    place: (entry) => entry.key.slice(prefix.length),

    /* Takes in what was accepted before the server was restored, and has all that is on its way looked at likewise. */
    offer(records) {
      pending().forEach((entry) => replace(entry, { again: true }));
      records.filter((one) => !find(one.op)).forEach((one) => {
        const entry = Object.assign({ key: `${prefix}${one.place}`, state: "queued", again: true }, one);
        delete entry.place;
        entries = entries.concat(entry);
        save(entry);
        watch(entry.op);
      });
      entries = entries.slice().sort((a, b) => (a.key < b.key ? -1 : 1));
      changed();
    },

    /* What is shown has changed: something that was held may go now. */
    look() {
      if (!entries.some((entry) => entry.again && entry.state !== "refused")) return;
      pump();
      changed();
    },

    /* The connection is there (the person's own view too), or gone. */
    online(is) {
      if (is && connected) return;
      connected = is;
      inFlight = null;
      tries.clear();
      clearTimeout(retryTimer);
      if (is) pump();
    },
  };
}

/* The stored revision of what a command decides, in a person's own view; undefined for commands without one. */
export function revisionIn(self, command) {
  const stored = {
    cast_ballot: () => ((self.ballots || {})[command.run] || {})[command.item],
    answer: () => ((self.answers || {})[command.run] || {})[command.question],
    change_item: () => (self.items || {})[command.item],
  }[command.type];
  return stored ? (stored() || { revision: 0 }).revision : undefined;
}

/* The revision of a command that follows others of its slot: one more than what is under way, or that of the one whose
   place it takes. */
function numbered(command, before) {
  if (!("revision" in command)) return {};
  const last = before.filter((entry) => entry.state !== "refused").pop();
  if (!last) return {};
  return { revision: last.command.revision + (last.state === "sending" || last.again ? 1 : 0) };
}
