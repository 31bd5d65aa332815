import assert from "node:assert/strict";
import { test } from "node:test";

import { profile } from "./browser.js";

profile();
const { commonOf, isShared, tableKey } = await import("../../../static/js/phone/shared.js");
const { callSeat, liveAt, namesOn, newSeat, seatsOf, standingOf } = await import("../../../static/js/phone/seats.js");
const { missing, revisionIn } = await import("../../../static/js/shared/again.js");
const storage = await import("../../../static/js/shared/storage.js");

const RUN = "weigh.1";
const ballots = (dots) => ({ [RUN]: { i1: { dots, revision: 1 } } });
const SELF = {
  person: "p:a", joined: true, group: "business", group_fixed: true, items: {}, ballots: ballots(1), answers: {}, left: {},
  seats: {
    luis: { place: 3, group: "academia", group_fixed: false, ballots: {}, answers: {}, left: {} },
    rosa: { place: 2, group: "government", group_fixed: true, ballots: ballots(2), answers: { "ask.1": { q: { value: 3, revision: 1 } } }, left: {} },
  },
};
const entry = (command, changes) => Object.assign({ op: `op-${command.seat}`, state: "sending", command, slot: `${command.seat}/seat` }, changes);
const take = (seat, group, changes) => entry({ type: "take_seat", seat, group }, changes);
const cast = (seat, dots, changes) =>
  entry({ type: "cast_ballot", run: RUN, item: "i1", seat, dots, revision: 0 }, { slot: `${seat}/ballot:${RUN}:i1`, ...changes });
const live = (outbox, sent = []) => ({
  code: "w1", shared: true, connection: { state: { self: SELF, outbox, view: {} } },
  send: (command, slot) => sent.push([command, slot]),
});

test("a phone is a table's where somebody said so, or others sit at it already", () => {
  assert.equal(isShared("w1", { seats: {} }), true);
  assert.equal(isShared("w1", {}), false);
  storage.write(tableKey("w1"), true);
  assert.equal(isShared("w1", {}), true);
  storage.remove(tableKey("w1"));
});

test("what all at a table see holds nothing that one of them chose", () => {
  const mine = { op: "1", command: { type: "cast_ballot", run: RUN, item: "i1", dots: 1 } };
  const item = { op: "2", command: { type: "add_item", title: "Olives" } };
  const state = { self: SELF, outbox: [mine, item, cast("rosa", 1), take("eva", "academia")] };
  const common = commonOf(state, true);
  assert.deepEqual(common.outbox, [item]);
  assert.deepEqual([common.self.ballots, common.self.answers], [{}, {}]);
  assert.deepEqual(commonOf(state, false).outbox, [mine, item]);
  assert.equal(commonOf({ outbox: [] }, true).self, undefined);
});

test("those at the table stand in the order in which they sat down, those on their way last", () => {
  const seats = seatsOf({ self: SELF, outbox: [take("eva", "academia"), take("luis", "environment"), cast("eva", 1)] });
  assert.deepEqual(seats.map(({ seat, place, group }) => [seat, place, group]),
    [["", 1, "business"], ["rosa", 2, "government"], ["luis", 3, "environment"], ["eva", 4, "academia"]]);
});

test("one who could not sit down is told, with what they tapped; one who sits stays whatever is refused", () => {
  const no = { state: "refused", refusal: { code: "door_closed" } };
  const seats = seatsOf({ self: SELF, outbox: [take("eva", "academia", no), cast("eva", 1, no), take("rosa", "business", no)] });
  assert.deepEqual(seats.map(({ seat, refusal }) => [seat, Boolean(refusal)]),
    [["", false], ["rosa", false], ["luis", false], ["eva", true]]);
  assert.equal(seats[1].group, "government");
  assert.equal(seatsOf({ self: SELF, outbox: [cast("gone", 1, no)] }).pop().refusal.code, "door_closed");
});

test("a page that is drawn for one seat sees its own alone, and sends as it", () => {
  const sent = [];
  const outbox = [cast("rosa", 1), cast("luis", 2), { op: "x", slot: `ballot:${RUN}:i1`, command: { type: "cast_ballot", run: RUN } }];
  const at = (seat) => liveAt(live(outbox, sent), seatsOf({ self: SELF, outbox }).find((one) => one.seat === seat));
  const rosa = at("rosa");
  assert.deepEqual(rosa.state.self.ballots, ballots(2));
  assert.equal(rosa.state.self.seats, undefined);
  assert.deepEqual(rosa.state.outbox.map((one) => [one.command.seat, one.slot]), [["rosa", `ballot:${RUN}:i1`]]);
  assert.deepEqual(rosa.connection.state.outbox, rosa.state.outbox);
  rosa.send({ type: "cast_ballot" }, "ballot:r:i");
  at("").send({ type: "cast_ballot" }, "ballot:r:i");
  assert.deepEqual(sent, [[{ type: "cast_ballot", seat: "rosa" }, "rosa/ballot:r:i"], [{ type: "cast_ballot" }, "ballot:r:i"]]);
  assert.deepEqual(at("").state.outbox.map((one) => one.op), ["x"]);
  assert.equal(new Set(["", "rosa", "luis"].flatMap((seat) => [at(seat).code, at(seat).state.self.person])).size, 6);
});

test("where somebody is with a vote is told without what they chose", () => {
  const stands = (seat, outbox = []) => standingOf(liveAt(live(outbox), { seat }).state, RUN);
  assert.equal(stands("rosa"), "done");
  assert.equal(stands("luis"), "");
  assert.equal(stands("luis", [cast("luis", 1)]), "sending");
  assert.equal(stands("luis", [cast("luis", 1, { state: "refused" })]), "refused");
  assert.equal(standingOf(liveAt(live([]), { seat: "rosa" }).state, "ask.1"), "done");
});

test("names stay on the phone, and seats are named as the protocol takes them", () => {
  callSeat("w1", "rosa", " Rosa ");
  callSeat("w1", "", "Ana");
  assert.deepEqual(namesOn("w1"), { rosa: "Rosa", "": "Ana" });
  const seats = new Set(Array.from({ length: 200 }, newSeat));
  assert.equal(seats.size, 200);
  seats.forEach((seat) => assert.match(seat, /^[a-z0-9]{8}$/));
});

test("after a restoration the votes of each seat are told apart", () => {
  const command = { type: "cast_ballot", run: RUN, item: "i1" };
  assert.equal(revisionIn(SELF, { ...command, seat: "rosa" }), 1);
  assert.equal(revisionIn(SELF, { ...command, seat: "luis" }), 0);
  const now = { ...SELF, seats: {} };
  const kept = [{ command: { ...command, seat: "rosa", dots: 2 } }];
  assert.deepEqual(missing(SELF, now, []).map((one) => [one.type, one.seat]), [["cast_ballot", "rosa"], ["answer", "rosa"]]);
  assert.deepEqual(missing(SELF, now, kept).map((one) => one.type), ["answer"]);
  assert.deepEqual(missing(SELF, { ...now, ballots: {} }, kept).map((one) => [one.type, one.seat]), [["cast_ballot", undefined], ["answer", "rosa"]]);
});
