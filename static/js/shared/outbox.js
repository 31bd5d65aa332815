/* Commands on their way to the server. Each is written down with an op_id made here before it is emitted, goes out in
   order, one at a time, and is sent again with the same op_id until it is answered, also after a reload: the
   server counts an op_id once, so a resend never counts twice.

   An entry: {op, command, at, state: "queued" | "sending" | "refused", slot?, slow?, refusal?}
   - queued: nothing was emitted yet (offline, or others go first); sending: emitted, not answered;
     refused: the answer was no; it stays, with what was typed, until it is dismissed or replaced.
   - slow: waiting for more than 2.5 s; pages say "sending…" then.
   - stuck: went out five times without an answer; others for another slot go first then, and it is tried in between.
   - slot: what the command decides ("ballot:<run>:<item>"). A newer command for the same slot takes the place of
     one that was not emitted yet and of one that was refused.
   Accepted entries leave the outbox; what they did is in the person's own view, which comes with the answer. */
import { randomId } from "./ids.js";
import * as storage from "./storage.js";

const SLOW_MS = 2500;
const ANSWER_MS = 8000;
const OTHER_TAB_MS = 10000;
const PATIENCE = 5; // after that many failures in a row others do not wait any longer behind this one
const BEFORE_ALL = ["join", "describe"]; // whatever follows is refused for good without them
const AGAIN = ["try_again", "too_fast"]; // no answer to the command itself

/* `prefix`: where entries are stored, or "" to keep them in memory only. `emit(entry, callback(error, answer), ms)`
   hands one to the socket; `changed()` is called after every change; `answered(entry, answer)` before it;
   `settledElsewhere()` when another tab of this person got an answer. */
export function makeOutbox({ prefix, emit, changed, answered, settledElsewhere }) {
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
    const { key, op, command, at, state, slot, refusal } = entry;
    storage.write(key, { op, command, at, state, slot, refusal });
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

  function failed(entry) {
    const before = tries.get(entry.op) || { failures: 0 };
    const failures = before.failures + 1;
    const pause = Math.min(8000, 500 * 2 ** failures) * (0.75 + Math.random() / 2);
    tries.set(entry.op, { failures, from: Date.now() + pause });
    if (failures < PATIENCE) return;
    entries = entries.map((other) => (other.op === entry.op ? Object.assign({}, other, { stuck: true }) : other));
  }

  /* The entry whose turn it is: the oldest, unless it waits for its next attempt; behind one that is stuck, those for
     other slots. Returns {entry} or {wait}, the milliseconds until there is one. */
  function next() {
    const now = Date.now();
    const held = [];
    let wait = Infinity;
    for (const entry of pending()) {
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
      if (!prefix) drop(entry.op);
    }
    // what waited behind it for the same slot was numbered as if this one had gone through and changed something
    const revision = answer.self ? revisionIn(answer.self, entry.command) : undefined;
    entries
      .filter((other) => entry.slot && other.slot === entry.slot && other.state === "queued")
      .forEach((other) => {
        const number = revision === undefined && !answer.ok ? entry.command.revision : revision;
        if (number !== undefined) replace(other, { command: Object.assign({}, other.command, { revision: number }) });
      });
    answered(entry, answer);
  }

  function pump() {
    if (!connected || inFlight) return;
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
        if (error || !answer || (!answer.ok && AGAIN.includes(answer.refusal && answer.refusal.code))) {
          failed(sent);
        } else settle(sent, answer);
        pump();
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
      } else if (value.state === "refused") {
        entries = entries.map((entry) => (entry === known ? Object.assign({ key }, value) : entry));
      }
      changed();
    });
  }

  return {
    entries: () => entries,

    /* Writes a command down and sends it when its turn comes. Returns its op_id. */
    add(command, slot) {
      const op = randomId(22);
      const before = slot ? entries.filter((entry) => entry.slot === slot) : [];
      const next = Object.assign({}, command, numbered(command, before));
      before.filter((entry) => entry.state !== "sending").forEach((entry) => drop(entry.op));
      const at = Date.now();
      count += 1;
      const key = `${prefix}${at.toString(36).padStart(9, "0")}.${count.toString(36).padStart(4, "0")}.${op}`;
      const entry = { key, op, command: next, at, state: "queued", slot };
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
  return { revision: last.command.revision + (last.state === "sending" ? 1 : 0) };
}
