/* One live connection to a workshop: the view of one's audience kept up to date by patches, and the outbox.

   const connection = open({code, role: "phone", secret, id});     id: the workshop's, under which a phone keeps things
   connection.state   {status, view, self, seq, clockOffset, refusal, presence, restored, outbox}; replaced at each change
     may: the commands that a console may ask for; undefined: all of them
     status "connecting" (first time) | "live" | "offline" (tries again by itself) | "refused" (see refusal.code)
   connection.subscribe(listener) -> stop            called after each change of state
   connection.send(command, {slot}) -> op_id         through the outbox; see outbox.js
   connection.ask(command) -> Promise<answer>        the same, for callers who wait for {ok, refusal}
   connection.inquire(name, payload, callback)       asks what nobody waits for: there may be no answer
   connection.dismiss(op_id)                         takes a refused or unsent entry out of the outbox
   connection.giveUp()                               sends nothing of it any more; those who asked hear {ok: false, lost}
   connection.become(secret)                         goes on as somebody else (a phone): whom that secret names
   connection.on("report" | "bye", listener) -> stop
   connection.retry()                                after a refused connection
   connection.close() */
import { aboutOf, historyOf, linkedUp, makeKept, missing, revisionIn, verdict } from "./again.js";
import { makeLine } from "./line.js";
import { makeOutbox } from "./outbox.js";
import { merge } from "./patch.js";
import * as storage from "./storage.js";

const VERSION = 1;
const VIEW_MS = 8000;
const ONLINE_JITTER_MS = 1500; // when a hall's network is back, its phones come one after another
const UNSENT_MS = 60000;
const PRESS_MS = 6000; // a facilitator's press is meant for its moment
const KEPT_MS = 12 * 3600000; // an end by mistake is undone by then
const RETRY_MS = { door_closed: 15000, too_fast: 4000, try_again: 2000, workshop_full: 15000 };

export function open({ code, role, secret, id, url = "" }) {
  let state = { status: "connecting", seq: -1, clockOffset: 0, outbox: [] };
  const listeners = new Set();
  const waiters = new Map();
  let fetching = false;
  let fetchAgain = false;
  let held = []; // changes that arrived while the view was on its way
  let retryTimer = 0;
  let viewTimer = 0;
  let wakeTimer = 0;
  let farewell = null;
  const told = new Map(); // name of a message -> those who listen

  const auth = { v: VERSION, role, code };
  if (secret) auth.secret = secret;
  const line = makeLine({
    address: `${url || window.location.origin}/socket.io/`,
    auth,
    opened() {
      farewell = null;
      refresh();
    },
    refused(reason) {
      if (reason.code) refuse(reason);
      else comeBack(3000);
    },
    lost(ended) {
      if (farewell && farewell.code) refuse(farewell);
      else if (ended) comeBack(1000);
      else lost("offline");
    },
    heard(name, payload) {
      if (name === "change") apply(payload);
      else if (name === "bye") farewell = payload;
      else if (name === "self" || name === "presence") set({ [name]: payload });
      (told.get(name) || []).forEach((listener) => listener(payload));
    },
  });

  const prefix = `edp.${id}.`;
  const keyOfSelf = `${prefix}self`; // as it was seen last

  function set(changes) {
    if (kept && changes.self) storage.spare(keyOfSelf, changes.self);
    state = Object.assign({}, state, changes);
    listeners.forEach((listener) => listener(state));
  }

  const kept = role === "phone" ? makeKept(`${prefix}kept.`) : null;
  const outbox = makeOutbox({
    prefix: kept ? `${prefix}out.` : "",
    emit: (entry, callback, ms) => line.send("op", { op_id: entry.op, command: entry.command }, callback, ms),
    changed: () => set({ outbox: outbox.entries() }),
    answered: (entry, answer) => {
      if (kept && answer.ok && answer.first) kept.keep(entry, outbox.place(entry), answer.first);
      if (answer.self) set({ self: answer.self });
      answerTo(entry.op, answer);
    },
    settledElsewhere: () => refresh(),
    verdict: kept ? (entry) => verdict(entry, state.view, state.self, stored(entry.command)) : undefined,
    stored,
    patience: kept ? undefined : PRESS_MS,
  });
  state.outbox = outbox.entries();

  function stored(command) {
    return revisionIn(state.self || {}, command);
  }

  function answerTo(op, answer) {
    const waiter = waiters.get(op);
    waiters.delete(op);
    if (waiter) waiter(answer);
  }

  /* Fetches the view. Asked again while one is under way, it fetches once more after it. */
  function refresh() {
    clearTimeout(viewTimer);
    viewTimer = 0;
    if (!line.open) return;
    if (fetching) {
      fetchAgain = true;
      return;
    }
    fetching = true;
    const asked = Date.now();
    line.send("view", {}, (error, answer) => {
      fetching = false;
      if (error) {
        line.again(); // open in name only, as after a sleep
        return;
      }
      if (answer.refusal) {
        // too many pages woke at once: the view is fetched a little later
        held = [];
        fetchAgain = false;
        clearTimeout(viewTimer);
        viewTimer = setTimeout(refresh, 1000 * (0.5 + Math.random()));
        return;
      }
      line.proven();
      const { view, seq, epoch } = answer;
      const self = answer.self || state.self;
      const before = state.self || storage.read(keyOfSelf) || {};
      const clockOffset = Math.round(answer.now - (asked + Date.now()) / 2);
      set({ status: "live", view, self, seq, epoch, clockOffset, restored: answer.restored, may: answer.may, refusal: undefined });
      if (kept) noticeHistory(before);
      const later = held;
      const again = fetchAgain;
      held = [];
      fetchAgain = false;
      later.forEach(apply);
      if (again) refresh();
      else outbox.online(true);
      outbox.look();
    }, VIEW_MS);
  }

  /* On another line of history than before, everything that was accepted is offered again, and what was `before` and
     cannot be is said. */
  function noticeHistory(before) {
    const key = `${prefix}history`;
    const was = storage.read(key);
    const now = historyOf(state.epoch);
    const all = kept.all();
    if (was !== undefined && was !== now) {
      outbox.offer(linkedUp(all));
      if (before.person === state.self.person) {
        missing(before, state.self, outbox.entries()).forEach((one) => outbox.refuse(one, {}));
      }
      // whoever had something accepted was in
      if (all.length && !state.self.joined && !all.some((one) => one.command.type === "join")) outbox.add({ type: "join" }, "join");
      kept.clear();
    } else if (state.view.workshop.ended && all.every((one) => Date.now() - one.at > KEPT_MS)) {
      kept.clear();
      storage.remove(keyOfSelf);
    }
    if (was !== now) storage.spare(key, now);
  }

  function apply(change) {
    if (fetching) held.push(change);
    else if (viewTimer) return; // the view that is about to be asked for holds it
    else if (change.to <= state.seq) return;
    else if (change.from === state.seq) {
      set({ view: merge(state.view, change.patch), seq: change.to });
      outbox.look();
    } else refresh();
  }

  function lost(status, refusal) {
    fetching = false;
    fetchAgain = false;
    held = [];
    clearTimeout(viewTimer);
    viewTimer = 0;
    outbox.online(false);
    set({ status, refusal });
  }

  function refuse(refusal) {
    line.stop();
    lost("refused", refusal);
    // a code that is unknown today may be back after the server was set right: whoever has words to send keeps asking
    const unsent = refusal.code === "unknown_workshop" && outbox.entries().some((entry) => entry.state !== "refused");
    const ms = RETRY_MS[refusal.code] || (unsent && UNSENT_MS);
    clearTimeout(retryTimer);
    if (ms) retryTimer = setTimeout(connect, ms * (0.5 + Math.random()));
  }

  /* The server ended the line and gave no reason. */
  function comeBack(ms) {
    lost("offline");
    clearTimeout(retryTimer);
    retryTimer = setTimeout(connect, ms * (0.5 + Math.random()));
  }

  function connect() {
    clearTimeout(retryTimer);
    farewell = null;
    line.connect();
  }

  function wake() {
    if (document.visibilityState === "hidden") return;
    if (line.open) refresh();
    else if (state.status !== "refused" || RETRY_MS[state.refusal && state.refusal.code] || signedOut()) connect();
  }
  /* Somebody may have signed in in another tab meanwhile. */
  function signedOut() {
    return Boolean(state.refusal) && state.refusal.code === "signed_out";
  }
  function wakeSoon() {
    clearTimeout(wakeTimer);
    wakeTimer = setTimeout(wake, Math.random() * ONLINE_JITTER_MS);
  }
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("pageshow", wake);
  window.addEventListener("online", wakeSoon);

  connect();

  return {
    get state() {
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /* The positions in the record of what this page was answered, as far as it keeps them. */
    positions: () => (kept ? kept.all().map((one) => one.first).sort((a, b) => a - b) : []),
    send: (command, { slot } = {}) => outbox.add(command, slot, kept ? aboutOf(state.view, command) : undefined),
    ask: (command, { slot } = {}) =>
      new Promise((resolve) => {
        waiters.set(outbox.add(command, slot), resolve);
      }),
    inquire(name, payload, callback) {
      if (state.status === "live") line.send(name, payload, (error, answer) => !error && answer && callback(answer), VIEW_MS);
    },
    dismiss: (op) => outbox.dismiss(op),
    giveUp: () => outbox.empty().forEach((op) => answerTo(op, { ok: false, lost: true })),
    become(next) {
      if (next === auth.secret) return;
      outbox.empty(); // what is in it was somebody else's
      if (kept) kept.clear();
      auth.secret = next;
      line.again();
      set({ status: "connecting", self: undefined, view: undefined, refusal: undefined });
      connect();
    },
    on(event, listener) {
      told.set(event, (told.get(event) || []).concat(listener));
      return () => told.set(event, told.get(event).filter((one) => one !== listener));
    },
    retry: connect,
    refresh,
    close() {
      clearTimeout(retryTimer);
      document.removeEventListener("visibilitychange", wake);
      window.removeEventListener("pageshow", wake);
      window.removeEventListener("online", wakeSoon);
      clearTimeout(viewTimer);
      clearTimeout(wakeTimer);
      line.stop();
    },
  };
}
