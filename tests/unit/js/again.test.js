import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { profile } from "./browser.js";
import { add, ballot, phone, server } from "./restored.js";

const { aboutOf, historyOf, linkedUp, makeKept, missing, resolved, verdict } = await import(
  "../../../static/js/shared/again.js"
);

let browser;
beforeEach(() => {
  browser = profile();
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_770_000_000_000 });
});

test("what was accepted is kept; what changed nothing or was refused is not", () => {
  const world = server();
  const { send, kept, outbox } = phone(world);
  const op = send(add("kept"));
  world.refuse = () => "stage_closed";
  send(add("refused"));
  world.refuse = () => undefined;
  world.apply = () => 0;
  send(add("nothing to change"));
  assert.deepEqual(kept.all().map((one) => [one.op, one.first]), [[op, 1]]);
  assert.equal(outbox.entries().length, 1);
  assert.deepEqual(makeKept("edp.123456.kept.").all().map((one) => one.op), [op], "over a reload");
});

test("of what is kept there is an end, and one's joining stays to the last", () => {
  const world = server();
  const { send, kept } = phone(world);
  send({ type: "join" });
  send({ type: "describe", group: "business" });
  for (let n = 0; n < 310; n += 1) send(add(`item ${n}`));
  const all = kept.all();
  assert.equal(all.length, 300);
  assert.deepEqual(all.slice(0, 3).map((one) => one.command.title || one.command.type), ["join", "describe", "item 12"]);
});

test("of names only the last is kept, so that one that was taken back is gone", () => {
  const { send, kept } = phone(server());
  send({ type: "name_myself", name: "Rosa" });
  send({ type: "name_myself", name: "" });
  assert.deepEqual(kept.all().map((one) => one.command.name), [""]);
  assert.ok(!JSON.stringify(Array.from(browser.values)).includes("Rosa"));
});

test("without room it lives as long as the page, and nobody is told", async () => {
  browser = profile({ full: true });
  const kept = makeKept("edp.123456.kept.");
  kept.keep({ op: "a", command: { type: "join" }, at: 1 }, "1.a", 1);
  assert.deepEqual(kept.all().map((one) => one.op), ["a"]);
  const { trouble } = await import("../../../static/js/shared/storage.js");
  assert.equal(trouble(), "");
  kept.clear();
  assert.deepEqual(kept.all(), []);
});

test("after a restoration everything is offered again, in order, under the same ids, and counts once", () => {
  const world = server();
  const one = phone(world);
  const ops = [one.send({ type: "join" }), one.send(add("first"))];
  const backup = world.backup();
  ops.push(one.send(add("second")), one.send(add("third")));
  one.comeBack(backup);
  assert.deepEqual(one.sent, ops);
  assert.deepEqual(Object.values(world.items).map((item) => item.title), ["first", "second", "third"]);
  assert.deepEqual(one.outbox.entries(), []);
  assert.deepEqual(one.kept.all().map((record) => record.op), ops, "and kept for another time");
  one.comeBack(backup);
  assert.deepEqual(Object.values(world.items).map((item) => item.title), ["first", "second", "third"]);
});

test("a reload in the middle of it loses nothing", () => {
  const world = server();
  const before = phone(world);
  const backup = world.backup();
  const ops = [before.send(add("first")), before.send(add("second"))];
  before.outbox.online(false);
  world.restore(backup);
  before.outbox.offer(linkedUp(before.kept.all()));
  const after = phone(world);
  after.wait();
  assert.deepEqual(after.sent, ops);
  assert.ok(after.kept.all().every((record) => ops.includes(record.op)));
});

test("one's own items are followed to the places they have now", () => {
  const world = server();
  const one = phone(world);
  const backup = world.backup();
  one.send(add("mine"));
  one.send({ type: "change_item", run: "swot.1", item: "i1", revision: 1, title: "mine, better" }, "item:i1");
  one.send(add("evidence"));
  one.send({ type: "withdraw_item", run: "swot.1", item: "i3" }, "withdraw:i3");
  one.outbox.online(false);
  const others = { ...backup, seq: 2, items: { i1: { title: "another's" }, i2: { title: "another's, too" } } };
  one.comeBack(others);
  assert.equal(world.items.i1.title, "another's");
  assert.equal(world.items.i3.title, "mine, better");
  assert.deepEqual([world.items.i5.title, world.items.i5.state], ["evidence", "withdrawn"]);
  assert.deepEqual(one.outbox.entries(), []);
});

test("a vote counts again for the words it was given to, and for no others", () => {
  const world = server();
  const one = phone(world);
  world.vote({ i3: { title: "Olives" }, i4: { title: "Roads" }, i5: { title: "Water" } });
  const backup = world.backup();
  one.send(ballot("i3", 1), "ballot:weigh.1:i3");
  one.send(ballot("i4", 1), "ballot:weigh.1:i4");
  one.send(ballot("i5", 1), "ballot:weigh.1:i5");
  one.send(ballot("i5", 2, 1), "ballot:weigh.1:i5");
  world.vote({ i3: { title: "Olives" }, i4: { title: "Something else" } });
  one.comeBack(backup);
  assert.deepEqual(world.ballots, { i3: { dots: 1, revision: 1 } });
  const refused = one.outbox.entries().map((entry) => [entry.command.item, entry.command.dots, entry.lost, entry.slot]);
  assert.deepEqual(refused, [["i4", 1, "Roads", undefined], ["i5", 2, "Water", undefined]], "each once");
  assert.equal(one.sent.length, 1);
});

test("votes wait until their stage is open again, also through a pause", () => {
  const world = server();
  const one = phone(world);
  const waiting = world.view;
  const backup = world.backup();
  world.vote({ i3: { title: "Olives" } });
  one.send(ballot("i3", 1), "ballot:weigh.1:i3");
  one.send(ballot("i3", 2, 1), "ballot:weigh.1:i3");
  world.view = waiting;
  one.comeBack(backup);
  assert.deepEqual(world.ballots, {});
  assert.equal(one.waiting().length, 2);
  assert.ok(one.outbox.entries().every((entry) => entry.held));
  assert.equal(one.send(add("meanwhile")) && world.items.i1.title, "meanwhile", "others do not wait behind them");
  world.vote({ i3: { title: "Olives" } }, "paused");
  one.outbox.look();
  one.wait();
  assert.deepEqual(world.ballots, {});
  world.vote({ i3: { title: "Olives" } });
  one.outbox.look();
  one.wait();
  assert.deepEqual(world.ballots, { i3: { dots: 2, revision: 2 } });
  assert.deepEqual(one.outbox.entries(), []);
});

test("a tap on the same item meanwhile is the last word", () => {
  const world = server();
  const one = phone(world);
  world.vote({ i3: { title: "Olives" } });
  const backup = world.backup();
  one.send(ballot("i3", 1), "ballot:weigh.1:i3");
  one.outbox.online(false);
  world.restore(backup);
  one.outbox.offer(linkedUp(one.kept.all()));
  one.kept.clear();
  one.send(ballot("i3", 3, 0), "ballot:weigh.1:i3");
  assert.deepEqual(one.waiting().map((command) => [command.dots, command.revision]), [[1, 0], [3, 1]]);
  one.outbox.online(true);
  one.wait();
  assert.deepEqual(world.ballots, { i3: { dots: 3, revision: 2 } });
});

test("what is in the log already is not sent where one's own view shows it", () => {
  const world = server();
  const one = phone(world);
  world.vote({ i3: { title: "Olives" } });
  one.send(ballot("i3", 1), "ballot:weigh.1:i3");
  const backup = world.backup();
  world.vote({ i3: { title: "Olives and oil" } }); // called otherwise since
  one.comeBack(backup);
  assert.deepEqual(one.sent, []);
  assert.deepEqual(one.outbox.entries(), []);
  assert.equal(one.kept.all().length, 1);
});

test("what is refused now stays to be seen, once for each thing, with its last words", () => {
  const world = server();
  const one = phone(world);
  const backup = world.backup();
  one.send(add("mine"));
  one.send({ type: "change_item", run: "swot.1", item: "i1", revision: 1, title: "mine, better" }, "item:i1");
  one.send({ type: "change_item", run: "swot.1", item: "i1", revision: 2, title: "mine, best" }, "item:i1");
  one.send(add("never mind"));
  one.send({ type: "change_item", run: "swot.1", item: "i4", revision: 1, title: "never" }, "item:i4");
  one.send({ type: "withdraw_item", run: "swot.1", item: "i4" }, "withdraw:i4");
  world.refuse = () => "stage_closed";
  world.view = { ...world.view, agenda: [{ id: "swot", status: "closed" }] };
  one.comeBack(backup);
  assert.deepEqual(one.refused().map((command) => command.title), ["mine, best"]);
  assert.deepEqual(one.waiting(), []);
});

test("what had not been sent yet is looked at likewise", () => {
  const world = server();
  const one = phone(world);
  world.vote({ i3: { title: "Olives" } });
  const backup = world.backup();
  one.outbox.online(false);
  one.send(ballot("i3", 1), "ballot:weigh.1:i3");
  world.vote({ i3: { title: "Something else" } });
  one.comeBack(backup);
  assert.deepEqual(world.ballots, {});
  assert.deepEqual(one.refused().map((command) => command.item), ["i3"]);
});

test("evidence that is another thing by now is left out, the idea is not", () => {
  const links = { i3: { title: "Olives", column: "s", n: 1 }, i4: { title: "Roads", column: "w", n: 2 } };
  const now = { run: "ideas.1", status: "open", links: { items: links } };
  const view = { workshop: {}, agenda: [], now };
  const command = { type: "add_item", run: "ideas.1", column: "idea", title: "Oil", links: ["i3", "i4"] };
  const entry = { op: "a", again: true, command, about: aboutOf(view, command), first: 9 };
  assert.deepEqual(Object.keys(entry.about), ["i3", "i4"]);
  const mine = (items) => ({ joined: true, group: "business", items });
  assert.equal(verdict(entry, view, mine({})), "go");
  const other = { ...view, now: { ...now, links: { items: { ...links, i4: { ...links.i4, title: "Ports" } } } } };
  assert.deepEqual(verdict(entry, other, mine({})), { command: { ...command, links: ["i3"] } });
  assert.equal(verdict(entry, other, mine({ i9: { title: "Oil" } })), "go", "it is in the log as it was");
});

test("links to one's own items are followed, or left out with them", () => {
  const records = linkedUp([
    { op: "a", command: add("evidence"), first: 3 },
    { op: "b", command: add("idea", ["i3", "i2"]), first: 8, about: { i3: "evidence", i2: "other" } },
  ]);
  assert.deepEqual(records[1].refs, { i3: "a" });
  const moved = resolved(records[1], "a", "i5");
  assert.deepEqual([moved.command.links, moved.about, moved.refs], [["i5", "i2"], { i5: "evidence", i2: "other" }, undefined]);
  const lost = resolved(records[1], "a", undefined);
  assert.deepEqual([lost.command.links, lost.about, lost.orphan], [["i2"], { i2: "other" }, undefined]);
});

test("erasing moves nothing, a restoration does", () => {
  assert.equal(historyOf("0123456789abcdef"), historyOf("01234567ffffffff"));
  assert.notEqual(historyOf("0123456789abcdef"), historyOf("1123456789abcdef"));
});

test("an answer is kept with what was asked, to be told if it did not count", () => {
  const text = { en: "Was it useful?" };
  const view = { now: { run: "ask.1", questions: [{ id: "useful", text }] } };
  const command = { type: "answer", run: "ask.1", question: "useful", value: 4 };
  assert.deepEqual(aboutOf(view, command), { useful: text });
  assert.equal(aboutOf({ now: { run: "ask.2", questions: [] } }, command), undefined);
});

test("with the door closed, or no room, what was accepted waits, and is there again once it can be", () => {
  for (const why of ["door_closed", "workshop_full"]) {
    browser = profile();
    const world = server();
    world.joined = false;
    world.view = { ...world.view, workshop: { ended: false, door: why !== "door_closed" } };
    const backup = world.backup();
    world.apply = function apply(command) {
      if (command.type === "join") this.joined = true;
      return Object.getPrototypeOf(this).apply.call(this, command);
    };
    Object.setPrototypeOf(world, server());
    const one = phone(world);
    const ops = [one.send({ type: "join" }, "join"), one.send({ type: "describe", group: "business" }, "describe"), one.send(add("mine"))];
    world.joined = false;
    world.do = function strict(op, command) {
      if (command.type === "join" && this.closed) return { ok: false, refusal: { code: why } };
      if (command.type !== "join" && !this.joined) return { ok: false, refusal: { code: "not_joined" } };
      return Object.getPrototypeOf(this).do.call(this, op, command);
    };
    world.closed = true;
    one.comeBack(backup);
    assert.deepEqual([one.refused(), one.waiting().length], [[], 3]);
    assert.ok(why === "workshop_full" || one.sent.length === 0, "nobody knocks at a closed door");
    world.closed = false;
    world.view = { ...world.view, workshop: { ended: false, door: true } };
    one.outbox.look();
    one.wait();
    assert.deepEqual([one.outbox.entries(), Object.values(world.items).map((item) => item.title)], [[], ["mine"]]);
    assert.deepEqual(one.kept.all().map((record) => record.op), ops);
  }
});

test("who has to come in anew says the group first, and then what was accepted is there again", () => {
  const world = server();
  const known = world.do;
  world.do = function strict(op, command) {
    if (command.type !== "join" && !this.joined) return { ok: false, refusal: { code: "not_joined" } };
    if (command.run && !this.group) return { ok: false, refusal: { code: "group_needed" } };
    if (command.type === "join") this.joined = true;
    if (command.type === "describe") this.group = command.group;
    return known.call(this, op, command);
  };
  const backup = { ...world.backup(), joined: false, group: undefined };
  const one = phone(world);
  one.send(add("mine"));
  one.comeBack(backup);
  one.send({ type: "join" }, "join");
  one.wait();
  assert.deepEqual([one.refused(), one.waiting().map((command) => command.title)], [[], ["mine"]]);
  one.send({ type: "describe", group: "business" }, "describe");
  one.wait();
  assert.deepEqual([one.outbox.entries(), Object.values(world.items).map((item) => item.title)], [[], ["mine"]]);
});

test("a vote of a later round waits for that round", () => {
  const world = server();
  const one = phone(world);
  world.vote({ i3: { title: "Olives" }, i4: { title: "Roads" } });
  const backup = world.backup();
  const second = { ...ballot("i4", 1), run: "weigh.2" };
  const candidates = world.view.now.candidates;
  world.view = { ...world.view, now: { run: "weigh.2", status: "open", candidates } };
  const op = one.send(second, "ballot:weigh.2:i4");
  world.vote(candidates);
  one.comeBack(backup);
  world.vote(candidates, "closed");
  one.outbox.look();
  one.wait();
  assert.deepEqual([one.refused(), one.sent, one.outbox.entries().map((entry) => entry.held)], [[], [], ["hold"]]);
  world.runs = ["weigh.1", "weigh.2"];
  world.view = { ...world.view, now: { run: "weigh.2", status: "open", candidates } };
  one.outbox.look();
  one.wait();
  assert.deepEqual([one.sent, one.outbox.entries()], [[op], []]);
});

test("two items with one title do not exchange their votes", () => {
  const world = server();
  const one = phone(world);
  const roads = (column, n) => ({ title: "Roads", column, n });
  world.vote({ i3: roads("s", 1), i4: roads("w", 2), i5: roads("w", 3) });
  const backup = world.backup();
  ["i3", "i4", "i5"].forEach((item) => one.send(ballot(item, 1), `ballot:weigh.1:${item}`));
  world.vote({ i3: roads("w", 1), i4: roads("w", 3), i5: roads("w", 3) });
  one.comeBack(backup);
  assert.deepEqual(world.ballots, { i5: { dots: 1, revision: 1 } });
  assert.deepEqual(one.outbox.entries().map((entry) => [entry.command.item, entry.lost]), [["i3", "Roads"], ["i4", "Roads"]]);
});

test("a vote for an own item is missing although what added the item is offered again", () => {
  const before = { items: {}, ballots: { "weigh.1": { i4: { dots: 1, revision: 1 } } } };
  const added = { op: "a", command: add("Olives"), first: 4 };
  assert.deepEqual(missing(before, {}, [added]).map((one) => one.type), ["cast_ballot"]);
  assert.deepEqual(missing(before, {}, [{ op: "b", command: ballot("i4", 1) }]), []);
  assert.deepEqual(missing(before, before, []), []);
});

test("a ballot on all items together goes again if each of them is what it was, and is said as one if not", () => {
  const roads = { title: "Roads", column: "s", n: 1 };
  const view = { workshop: {}, agenda: [], now: { run: "rank.1", status: "open", candidates: { i3: roads, i4: { title: "Oil", column: "s", n: 2 } } } };
  const command = { type: "cast_ballot", run: "rank.1", item: "", revision: 0, order: ["i4", "i3"] };
  const about = aboutOf(view, command);
  assert.deepEqual(about, { i4: ["Oil", "s", 2], i3: ["Roads", "s", 1] });
  const entry = { op: "a", again: true, command, about, first: 9 };
  const self = { joined: true, group: "business", ballots: {} };
  assert.equal(verdict(entry, view, self), "go");
  const other = { ...view, now: { ...view.now, candidates: { i3: roads, i4: { title: "Salt", column: "s", n: 2 } } } };
  assert.deepEqual(verdict(entry, other, self), { refusal: { code: "unknown_item" }, lost: "Oil" });
  const points = { ...command, order: undefined, scores: { i3: 4 } };
  assert.deepEqual(aboutOf(view, points), { i3: ["Roads", "s", 1] });
  assert.equal(verdict({ ...entry, command: points, about: { i3: about.i3 } }, other, self), "go", "it says nothing of what changed");
  const closed = { ...view, agenda: [{ id: "rank", status: "closed" }], now: { run: "next.1", status: "open" } };
  assert.deepEqual(verdict(entry, closed, { joined: true, group: "business", ballots: { "rank.1": {} } }), { refusal: { code: "stage_closed" }, lost: "" });
});

test("of ballots on all items together only the last is kept, and comes back as one", () => {
  const kept = makeKept("edp.123456.kept.");
  const cast = (item, revision, slot) => ({ op: `${slot}${revision}`, command: { type: "cast_ballot", run: "rank.1", item, revision }, at: 1, slot });
  [0, 1, 2].forEach((revision) => kept.keep(cast("", revision, "all"), `${revision}.a`, 5 + revision));
  [0, 1].forEach((revision) => kept.keep(cast("i3", revision, "one"), `${revision}.b`, 9 + revision));
  assert.deepEqual(kept.all().map((one) => one.op), ["one0", "one1", "all2"]);
});

test("a saved ballot of any method is missing where it is not there again", () => {
  const before = { items: {}, ballots: { "rank.1": { "": { order: ["i4"], revision: 2 } }, "agree.1": { i4: { choice: "pass", revision: 1 }, i5: { revision: 2 } } } };
  assert.deepEqual(missing(before, {}, []), [
    { type: "cast_ballot", run: "rank.1", item: "", order: ["i4"] },
    { type: "cast_ballot", run: "agree.1", item: "i4", choice: "pass" },
  ]);
  const offered = { op: "a", command: { type: "cast_ballot", run: "rank.1", item: "" } };
  assert.deepEqual(missing(before, {}, [offered]).map((one) => one.run), ["agree.1"]);
});

test("a text on a card goes again if its item is what it was, and is told with its words if not", () => {
  const view = { workshop: {}, agenda: [], now: { run: "cards.1", status: "open", candidates: { i4: { title: "Oil", column: "s", n: 2 } } } };
  const command = { type: "fill_card", run: "cards.1", item: "i4", field: "owner", value: "The chamber", revision: 0 };
  const about = aboutOf(view, command);
  assert.deepEqual(about, { i4: ["Oil", "s", 2] });
  const entry = { op: "a", again: true, command, about, first: 9 };
  assert.equal(verdict(entry, view, { joined: true, group: "business" }), "go");
  const other = { ...view, now: { ...view.now, candidates: { i4: { title: "Salt", column: "s", n: 2 } } } };
  assert.deepEqual(verdict(entry, other, { joined: true, group: "business" }), { refusal: { code: "unknown_item" }, lost: "Oil" });
  const own = { op: "b", command: { type: "add_item", title: "Oil" }, first: 4 };
  assert.equal(linkedUp([own, entry])[1].refs, undefined, "known by its words, also where it is one's own");
});
