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
     it may go.
   - held: not at present: "paused", until its stage goes on or one is let in; "hold", until its stage is open again or one is in again.
   Accepted entries leave the outbox; what they did is in the person's own view, which comes with the answer. */
import { resolved } from "./again.js";
import { randomId } from "./ids.js";
import * as storage from "./storage.js";

const SLOW_MS = 2500;
const ANSWER_MS = 8000;
const OTHER_TAB_MS = 10000;
const PATIENCE = 5; // after that many failures in a row others do not wait any longer behind this one
const AGAIN_MS = 200; // between two that are offered again: a whole hall does so at the same time
const BEFORE_ALL = ["join", "describe", "take_seat"]; // whatever follows is refused for good without them
const NO_ANSWER = ["try_again", "too_fast", "stage_paused", "not_admitted"]; // no answer to the command itself
const OUTSIDE = ["not_joined", "door_closed", "workshop_full"]; // none to what had been accepted before
const byKey = (one, other) => (one.key < other.key ? -1 : 1);

/* `prefix`: where entries are stored, or "" to keep them in memory only. `emit(entry, callback(error, answer), ms)`
   hands one to the socket; `changed()` is called after every change; `answered(entry, answer)` before it;
   `settledElsewhere()` when another tab of this person got an answer, after which nothing is sent until `online(true)`;
   `verdict(entry)` says what again.js says; `stored(command)` which revision of what it decides the server has;
   `patience`: for how many milliseconds something is tried again, where it is meant for its moment. */
export function makeOutbox({ prefix, emit, changed, answered, settledElsewhere, patience = Infinity,
  verdict = () => "go", stored = () => undefined }) {
  let entries = [];
  let connected = false;
  let unsure = false; // another tab had an answer, and what is stored now is not known yet
  let inFlight = null; // {op, attempt}; a new object for each attempt, so that late callbacks know they are late
  let retryTimer = 0;
  const tries = new Map(); // op -> {failures, from}: when an entry that was not answered may go again
  let last = 0;

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

  /* Whether no tab has sent an entry yet, so that its content may still change. */
  const isUnsent = (entry) => ((prefix ? storage.read(entry.key) : entry) || {}).state === "queued";

  /* What keys begin with: grows, over all tabs and reloads, also where the phone's clock is set back. */
  function stamp() {
    last = Math.max(Date.now(), last + 1, (storage.read(`last.${prefix}`) || 0) + 1);
    if (prefix) storage.spare(`last.${prefix}`, last);
    return last.toString(36).padStart(9, "0");
  }

  function adopt(key, value, foreign) {
    if (!value || !value.op || !value.command || find(value.op)) return;
    const own = foreign ? { from: Date.now() + OTHER_TAB_MS } : {};
    entries = entries.concat(Object.assign({ key }, value, own)).sort(byKey);
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

  /* The entry whose turn it is: the oldest, unless it waits for its next attempt; behind one that is held or stuck,
     those for other slots. Returns {entry} or {wait}, the milliseconds until there is one. */
  function next() {
    const now = Date.now();
    const slots = [];
    let wait = Infinity;
    for (const entry of pending()) {
      const tried = tries.get(entry.op);
      const from = Math.max(entry.from || 0, (tried && tried.from) || 0);
      if (!entry.held && !slots.includes(entry.slot)) {
        if (from <= now) return { entry };
        wait = Math.min(wait, from - now);
        if (!entry.from && (!entry.stuck || BEFORE_ALL.includes(entry.command.type))) break; // in order
      }
      if (entry.slot) slots.push(entry.slot);
    }
    return { wait };
  }

  /* What goes out: as another tab sent it before. A revision beyond the one that is stored comes from others before it
     that changed nothing. */
  function ready(entry) {
    let { command } = (prefix && storage.read(entry.key)) || entry;
    const most = stored(command);
    if (command.revision > most && isUnsent(entry)) command = Object.assign({}, command, { revision: most });
    return replace(entry, { command, state: "sending" });
  }

  function settle(entry, answer) {
    if (answer.ok) drop(entry.op);
    else {
      replace(entry, { state: "refused", refusal: answer.refusal });
      if (!prefix || (entry.again && isMoot(entry))) drop(entry.op);
    }
    if (entry.again && entry.command.type === "add_item") follow(entry, answer.ok ? `i${answer.first}` : undefined);
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

  /* Decides of each entry whether it may go now. */
  function sift() {
    pending().forEach(({ op }) => {
      const entry = find(op); // as those before it have left it
      if (!entry) return;
      const said = verdict(entry);
      const held = ["hold", "paused"].find((one) => one === said);
      if (entry.held !== held) {
        tries.delete(op);
        replace(entry, { held });
      }
      if (said === "there") settle(entry, { ok: true, first: entry.first });
      else if (said.refusal) settle(disowned(entry, said), { ok: false, refusal: said.refusal });
      else if (said.command) replace(entry, { command: said.command });
    });
  }

  function pump() {
    if (!connected || unsure || inFlight) return;
    sift();
    const { entry, wait } = next();
    if (!entry) {
      if (wait < Infinity) later(Math.max(wait, 1));
      return;
    }
    const attempt = { op: entry.op };
    inFlight = attempt;
    const sent = ready(entry);
    emit(
      sent,
      (error, answer) => {
        if (inFlight !== attempt) return;
        inFlight = null;
        const no = sent.again ? NO_ANSWER.concat(OUTSIDE) : NO_ANSWER;
        const none = error || !answer;
        if (none || (!answer.ok && no.includes(answer.refusal && answer.refusal.code))) {
          if (Date.now() - sent.at < patience) failed(sent, answer);
          else settle(sent, none ? { ok: false, lost: true } : answer);
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
      const here = known && inFlight && inFlight.op === known.op; // its answer comes here, too
      if (!known) {
        adopt(key, value, true);
        setTimeout(pump, OTHER_TAB_MS + 50); // beside the timer of this tab's own next attempt
      } else if (value === undefined) {
        if (!here) entries = entries.filter((entry) => entry !== known);
        unsure = true;
        settledElsewhere();
      } else if (!here) {
        const next = Object.assign({ key }, value, { from: known.from, slow: known.slow });
        entries = entries.map((entry) => (entry === known ? next : entry));
        pump();
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
      const moved = (entry) => isUnsent(entry) && !entry.again;
      const next = Object.assign({}, command, numbered(command, before, moved));
      before.filter((entry) => entry.state === "refused" || moved(entry)).forEach((entry) => drop(entry.op));
      const entry = { key: `${prefix}${stamp()}.${op}`, op, command: next, at: Date.now(), state: "queued", slot, about };
      entries = entries.concat(entry).sort(byKey);
      save(entry);
      watch(op);
      pump();
      changed();
      return op;
    },

    /* Takes an entry out: one that was refused, or one that was not emitted yet. */
    dismiss(op) {
      const entry = find(op);
      if (!entry || (entry.state !== "refused" && !isUnsent(entry))) return;
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

    /* Says of something that it was not accepted, and stands on no control. */
    refuse(command, refusal) {
      const op = randomId(22);
      const entry = { key: `${prefix}${stamp()}.${op}`, op, command, at: Date.now(), state: "refused", refusal, lost: "" };
      entries = entries.concat(entry);
      save(entry);
      changed();
    },

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
      entries.sort(byKey);
      changed();
    },

    /* What is shown has changed: something that was held may go now. */
    look() {
      if (!pending().length) return;
      pump();
      changed();
    },

    /* The connection is there, and the person's own view is as it is now; or it is gone. */
    online(is) {
      unsure = false;
      if (is !== connected) {
        connected = is;
        inFlight = null;
        tries.clear();
        clearTimeout(retryTimer);
      }
      if (is) pump();
    },
  };
}

/* The revision of a command that follows others of its slot: one more than what may have been sent, or that of the one
   whose place it takes. */
function numbered(command, before, moved) {
  if (!("revision" in command)) return {};
  const last = before.filter((entry) => entry.state !== "refused").pop();
  return last ? { revision: last.command.revision + (moved(last) ? 0 : 1) } : {};
}
