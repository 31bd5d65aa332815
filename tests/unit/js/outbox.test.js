import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { profile } from "./browser.js";

const { makeOutbox } = await import("../../../static/js/shared/outbox.js");
const storage = await import("../../../static/js/shared/storage.js");
const { revisionIn, verdict } = await import("../../../static/js/shared/again.js");

let browser;
beforeEach(() => {
  browser = profile();
  storage.keys("").forEach(storage.remove); // what a test without storage left in memory
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_770_000_000_000 });
});

const ENTRIES = "edp.123456.out.";
const stored = () => Array.from(browser.values.keys()).filter((key) => key.startsWith(ENTRIES));

/** An outbox whose server is the test: `emitted` is what it was given, each with its answer callback. */
function page(prefix = ENTRIES) {
  const emitted = [];
  const answers = [];
  let elsewhere = 0;
  let own = {};
  const shown = { workshop: {}, agenda: [] };
  const outbox = makeOutbox({
    prefix,
    emit: (entry, callback) => emitted.push({ op: entry.op, command: entry.command, callback }),
    changed: () => {},
    answered(entry, answer) {
      answers.push([entry.op, answer]);
      own = answer.self || own;
    },
    verdict: (entry) => verdict(entry, shown, own),
    stored: (command) => revisionIn(own, command),
    settledElsewhere: () => {
      elsewhere += 1;
    },
  });
  return {
    outbox,
    emitted,
    answers,
    elsewhere: () => elsewhere,
    /** What this page is shown from now on: the run that is there, and one's own. */
    sees(now, self = own) {
      shown.now = now;
      own = self;
      outbox.look();
    },
    /** Answers the last emission; `answer` undefined is a time-out. */
    answer(answer) {
      const { callback } = emitted[emitted.length - 1];
      if (answer) callback(null, answer);
      else callback(new Error("timeout"));
    },
  };
}

const item = (title) => ({ type: "add_item", run: "swot.1", column: "s", title });
const ballot = (dots, revision = 0) => ({ type: "cast_ballot", run: "weigh.1", item: "i5", dots, revision });
const self = (revision) => ({ ballots: { "weigh.1": { i5: { dots: 1, revision } } } });

test("nothing is emitted before the connection is there, and then in order, one at a time", () => {
  const { outbox, emitted, answer } = page();
  outbox.add(item("first"));
  outbox.add(item("second"));
  assert.equal(emitted.length, 0);
  assert.deepEqual(outbox.entries().map((entry) => entry.state), ["queued", "queued"]);
  outbox.online(true);
  assert.deepEqual(emitted.map((one) => one.command.title), ["first"]);
  answer({ ok: true, first: 7, last: 7 });
  assert.deepEqual(emitted.map((one) => one.command.title), ["first", "second"]);
  answer({ ok: true, first: 8, last: 8 });
  assert.deepEqual(outbox.entries(), []);
  assert.deepEqual(stored(), []);
});

test("an entry is written down before it is emitted, and a reload sends it with the same op_id", () => {
  const before = page();
  before.outbox.online(true);
  const op = before.outbox.add(item("kept"));
  assert.equal(before.emitted[0].op, op);
  assert.equal(stored().length, 1);
  const after = page();
  assert.deepEqual(after.outbox.entries().map((entry) => [entry.op, entry.state]), [[op, "sending"]]);
  after.outbox.online(true);
  assert.deepEqual(after.emitted.map((one) => one.op), [op]);
  after.answer({ ok: true, first: 7, last: 7 });
  assert.deepEqual(stored(), []);
});

test("without an answer the same op_id goes out again, later each time", () => {
  const { outbox, emitted, answer } = page();
  outbox.online(true);
  const op = outbox.add(item("again"));
  answer(undefined);
  assert.equal(emitted.length, 1);
  mock.timers.tick(10_000);
  assert.deepEqual(emitted.map((one) => one.op), [op, op]);
  answer({ ok: false, refusal: { code: "try_again" } });
  assert.equal(outbox.entries()[0].state, "sending");
  mock.timers.tick(10_000);
  assert.deepEqual(emitted.map((one) => one.op), [op, op, op]);
});

test("a late answer to an emission before the connection was lost changes nothing", () => {
  const { outbox, emitted } = page();
  outbox.online(true);
  outbox.add(item("one"));
  const late = emitted[0].callback;
  outbox.online(false);
  outbox.online(true);
  late(new Error("socket has been disconnected"));
  mock.timers.tick(7_000);
  assert.equal(emitted.length, 2, "the second is still under way");
  emitted[1].callback(null, { ok: true, first: 3, last: 3 });
  assert.deepEqual(outbox.entries(), []);
});

test("a refused entry stays, with its words and over a reload, until it is dismissed", () => {
  const { outbox, answer } = page();
  outbox.online(true);
  const op = outbox.add(item("my words"));
  answer({ ok: false, refusal: { code: "stage_closed" } });
  const again = page();
  const [entry] = again.outbox.entries();
  assert.deepEqual([entry.op, entry.state, entry.refusal.code], [op, "refused", "stage_closed"]);
  assert.equal(entry.command.title, "my words");
  again.outbox.online(true);
  assert.equal(again.emitted.length, 0);
  again.outbox.dismiss(op);
  assert.deepEqual(stored(), []);
});

test("taps on one item while offline leave one ballot, with the revision they all replace", () => {
  const { outbox, emitted, sees } = page();
  sees(undefined, self(4));
  outbox.add(ballot(1, 4), "ballot:i5");
  outbox.add(ballot(2, 4), "ballot:i5");
  outbox.online(true);
  assert.deepEqual(emitted.map((one) => [one.command.dots, one.command.revision]), [[2, 4]]);
});

test("a tap behind one that is under way replaces what that one will have stored", () => {
  const { outbox, emitted, answer } = page();
  outbox.online(true);
  outbox.add(ballot(1), "ballot:i5");
  outbox.add(ballot(2), "ballot:i5");
  assert.equal(outbox.entries()[1].command.revision, 1);
  answer({ ok: true, first: 9, last: 9, self: self(1) });
  assert.deepEqual(emitted.map((one) => [one.command.dots, one.command.revision]), [[1, 0], [2, 1]]);
});

test("where the one under way changed nothing or was refused, the next one's revision is put right", () => {
  for (const given of [{ ok: true, first: 0, last: 0 }, { ok: false, refusal: { code: "cap_reached" } }]) {
    profile();
    const { outbox, emitted, answer, sees } = page();
    sees(undefined, self(3));
    outbox.online(true);
    outbox.add(ballot(2, 3), "ballot:i5");
    outbox.add(ballot(0, 3), "ballot:i5");
    answer({ ...given, self: self(3) });
    assert.deepEqual(emitted.map((one) => one.command.revision), [3, 3]);
  }
});

test("entries say that they are slow after two and a half seconds", () => {
  const { outbox } = page();
  outbox.add(item("slow"));
  mock.timers.tick(2400);
  assert.equal(outbox.entries()[0].slow, undefined);
  mock.timers.tick(200);
  assert.equal(outbox.entries()[0].slow, true);
});

test("another tab's entry is shown, left to that tab, and sent from here if it stays", () => {
  const { outbox, emitted, elsewhere, answer } = page();
  outbox.online(true);
  const key = "edp.123456.out.0000000a.0001.op-of-the-other";
  browser.otherTab(key, { op: "op-of-the-other", command: item("there"), at: Date.now(), state: "sending" });
  assert.equal(outbox.entries().length, 1);
  assert.equal(emitted.length, 0);
  outbox.add(item("mine goes at once"));
  assert.deepEqual(emitted.map((one) => one.command.title), ["mine goes at once"]);
  answer({ ok: true, first: 4, last: 4 });
  mock.timers.tick(15_000);
  assert.deepEqual(emitted.map((one) => one.op).slice(1), ["op-of-the-other"]);
  browser.otherTab(key, undefined);
  assert.equal(elsewhere(), 1);
});

test("another tab's entry does not put off what this tab sends again", () => {
  const { outbox, emitted, answer } = page();
  outbox.online(true);
  const op = outbox.add(item("mine"));
  answer(undefined);
  const key = "edp.123456.out.zzzzzzzzz.0001.op-of-the-other";
  browser.otherTab(key, { op: "op-of-the-other", command: item("there"), at: Date.now(), state: "sending" });
  mock.timers.tick(1_300);
  assert.deepEqual(emitted.map((one) => one.op), [op, op]);
});

test("two tabs' entries are each sent when their own time has come", () => {
  const { outbox, emitted, answer } = page();
  outbox.online(true);
  const there = (n) => ({ op: `op-${n}`, command: item(`there ${n}`), at: Date.now(), state: "sending" });
  browser.otherTab("edp.123456.out.0000000a.0001.op-1", there(1));
  mock.timers.tick(6_000);
  browser.otherTab("edp.123456.out.0000000b.0001.op-2", there(2));
  mock.timers.tick(4_200);
  assert.deepEqual(emitted.map((one) => one.op), ["op-1"]);
  answer({ ok: true, first: 4, last: 4 });
  mock.timers.tick(6_200);
  assert.deepEqual(emitted.map((one) => one.op), ["op-1", "op-2"]);
});

test("what is never answered lets others pass after five times, keeps its slot, and is still tried", () => {
  const { outbox, emitted, answer } = page();
  outbox.online(true);
  const op = outbox.add(ballot(1), "ballot:i5");
  outbox.add(item("behind it"));
  outbox.add(ballot(2), "ballot:i5");
  for (let time = 1; time < 5; time += 1) {
    answer(undefined);
    assert.equal(emitted.length, time);
    mock.timers.tick(10_000);
  }
  answer(undefined);
  assert.equal(outbox.entries()[0].stuck, true);
  assert.equal(emitted[5].command.title, "behind it");
  answer({ ok: true, first: 4, last: 4 });
  assert.equal(emitted.length, 6);
  mock.timers.tick(10_000);
  assert.equal(emitted[6].op, op);
  answer({ ok: true, first: 5, last: 5, self: self(1) });
  assert.equal(emitted[7].command.dots, 2);
});

test("nothing overtakes coming in", () => {
  const { outbox, emitted, answer } = page();
  outbox.online(true);
  const op = outbox.add({ type: "join" }, "join");
  outbox.add(item("behind it"));
  for (let time = 0; time < 8; time += 1) {
    answer(undefined);
    mock.timers.tick(10_000);
  }
  assert.deepEqual(new Set(emitted.map((one) => one.op)), new Set([op]));
});

test("without storage an outbox works in memory", () => {
  profile({ full: true });
  const { outbox, emitted } = page();
  outbox.add(item("private window"));
  outbox.online(true);
  assert.equal(emitted.length, 1);
});

test("an outbox without a prefix stores nothing and forgets refusals once told", () => {
  const { outbox, answer, answers } = page("");
  outbox.online(true);
  outbox.add({ type: "open_stage", stage: "swot" });
  answer({ ok: false, refusal: { code: "unknown_stage" } });
  assert.equal(answers[0][1].refusal.code, "unknown_stage");
  assert.deepEqual(outbox.entries(), []);
  assert.equal(browser.values.size, 0);
});

test("what is given up is not sent again, and a late answer to it changes nothing", () => {
  const { outbox, emitted, answers } = page("");
  outbox.online(true);
  const first = outbox.add(item("under way"));
  const second = outbox.add(item("behind it"));
  assert.deepEqual(outbox.empty(), [first, second]);
  emitted[0].callback(null, { ok: true, first: 4, last: 4 });
  outbox.online(false);
  outbox.online(true);
  mock.timers.tick(60_000);
  assert.deepEqual([emitted.length, answers, outbox.entries()], [1, [], []]);
});

const paused = { run: "weigh.1", status: "paused" };
const open = { run: "weigh.1", status: "open" };

test("what meets a paused stage waits on the phone, whatever the server said, and is sent when it goes on", () => {
  for (const known of [false, true]) {
    browser = profile();
    const { outbox, emitted, answer, sees } = page();
    sees(open, self(0));
    if (known) outbox.add(ballot(1), "ballot:i5");
    else outbox.online(true);
    const op = known ? outbox.entries()[0].op : outbox.add(ballot(1), "ballot:i5");
    if (!known) answer({ ok: false, refusal: { code: "stage_paused" }, self: self(0) });
    sees(paused);
    outbox.online(true);
    mock.timers.tick(60_000);
    assert.equal(emitted.length, known ? 0 : 1);
    assert.deepEqual(outbox.entries().map((entry) => [entry.held, entry.refusal]), [["paused", undefined]]);
    outbox.add(item("others do not wait behind it"));
    answer({ ok: true, first: 3, last: 3 });
    sees(open);
    assert.deepEqual(emitted.slice(-1).map((one) => [one.op, one.command.dots]), [[op, 1]]);
    answer({ ok: true, first: 4, last: 4, self: self(1) });
    assert.deepEqual(outbox.entries(), []);
  }
});

test("what waited through a pause is not counted only if the stage closes instead", () => {
  const { outbox, emitted, answer, sees } = page();
  sees(paused, self(0));
  outbox.online(true);
  outbox.add(ballot(1), "ballot:i5");
  assert.equal(emitted.length, 0);
  sees({ run: "weigh.1", status: "closed" });
  answer({ ok: false, refusal: { code: "stage_closed" }, self: self(0) });
  assert.deepEqual(outbox.entries().map((entry) => [entry.state, entry.refusal.code]), [["refused", "stage_closed"]]);
});

test("a tap in one tab behind what another has sent replaces what that one will have stored", () => {
  const { outbox, emitted, answer, sees } = page();
  sees(open, self(0));
  outbox.online(true);
  const key = `${ENTRIES}0000000a.op-of-the-other`;
  const there = { op: "op-of-the-other", command: ballot(1), at: Date.now(), state: "queued", slot: "ballot:i5" };
  browser.otherTab(key, there);
  browser.otherTab(key, { ...there, state: "sending" });
  outbox.add(ballot(2), "ballot:i5");
  assert.deepEqual(outbox.entries().map(({ state, command }) => [state, command.revision]), [["sending", 0], ["queued", 1]]);
  mock.timers.tick(11_000);
  assert.deepEqual(emitted.map((one) => one.op), ["op-of-the-other"]);
  answer({ ok: true, first: 4, last: 4, self: self(1) });
  assert.deepEqual(emitted.map((one) => [one.command.dots, one.command.revision]), [[1, 0], [2, 1]]);
});

test("behind what another tab had answered nothing is sent before it is known what that did", () => {
  for (const [stands, revision] of [[1, 1], [0, 0]]) {
    browser = profile();
    const { outbox, emitted, sees } = page();
    sees(open, self(0));
    outbox.online(true);
    const key = `${ENTRIES}0000000a.op-of-the-other`;
    browser.otherTab(key, { op: "op-of-the-other", command: ballot(1), at: 1, state: "sending", slot: "ballot:i5" });
    outbox.add(ballot(2), "ballot:i5");
    browser.otherTab(key, undefined);
    mock.timers.tick(20_000);
    assert.equal(emitted.length, 0);
    sees(open, self(stands));
    assert.equal(emitted.length, 0);
    outbox.online(true);
    assert.deepEqual(emitted.map((one) => [one.command.dots, one.command.revision]), [[2, revision]]);
  }
});

test("what another tab has sent keeps its content, stays, and is not taken back, even before this tab hears of it", () => {
  const { outbox, emitted, sees } = page();
  sees(open, self(0));
  const first = outbox.add(ballot(1, 0), "ballot:i5");
  const [key] = stored();
  const write = (changes) => browser.values.set(key, JSON.stringify({ ...JSON.parse(browser.values.get(key)), ...changes }));
  write({ state: "sending" });
  outbox.dismiss(first);
  outbox.add(ballot(2, 0), "ballot:i5");
  assert.deepEqual(outbox.entries().map((entry) => entry.command.revision), [0, 1]);
  write({ command: ballot(1, 7) });
  outbox.online(true);
  assert.deepEqual(emitted.map((one) => [one.op, one.command.revision]), [[first, 7]]);
});

test("order is kept where the clock of the phone is set back, also over a reload", () => {
  const { outbox } = page();
  const ops = [outbox.add({ type: "join" }, "join"), outbox.add(item("first"))];
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_760_000_000_000 });
  ops.push(outbox.add(item("second")));
  const after = page().outbox;
  ops.push(after.add(item("third")));
  assert.deepEqual(page().outbox.entries().map((entry) => entry.op), ops);
  after.entries().forEach((entry) => after.dismiss(entry.op));
  const late = after.add(item("fourth"));
  assert.ok(stored()[0].endsWith(late) && stored()[0] > `${ENTRIES}${(1_770_000_000_000).toString(36).padStart(9, "0")}`);
});
