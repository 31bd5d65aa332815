import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { profile } from "./browser.js";

const { open } = await import("../../../static/js/shared/connection.js");

const GREETING = '0{"sid":"s1","upgrades":[],"pingInterval":10000,"pingTimeout":8000,"maxPayload":20000}';
const EPOCH = "0123456700000000";

const SELF = { person: "p:ana", joined: true, group: "business", items: {} };

let world;
let browser;

/** A server of a few lines: it answers with the view that the test gave it, and accepts every command. */
class ServedSocket {
  constructor() {
    world.socket = this;
    queueMicrotask(() => this.tell(GREETING));
  }
  tell(text) {
    if (!this.closed) this.onmessage({ data: text });
  }
  change(from, to, patch) {
    this.tell(`42${JSON.stringify(["change", { from, to, patch }])}`);
  }
  send(text) {
    if (text.startsWith("40")) this.tell('40{"sid":"s2"}');
    if (!text.startsWith("42")) return;
    const number = text.slice(2, text.indexOf("["));
    const [name, payload] = JSON.parse(text.slice(text.indexOf("[")));
    world.asked.push([name, payload]);
    this.tell(`43${number}${JSON.stringify([name === "view" ? this.view() : this.op(payload)])}`);
  }
  view() {
    const { seq, epoch, title, ended, self } = world;
    const now = { run: "swot.1", status: "open" };
    const agenda = [{ id: "swot", status: "open" }];
    return { seq, epoch, now: Date.now(), view: { workshop: { ended, title, door: true }, agenda, now }, self };
  }
  op({ command }) {
    world.seq += 1;
    if (command.type === "join") world.self = { ...SELF };
    return { ok: true, first: world.seq, last: world.seq, self: world.self };
  }
  close() {
    this.closed = true;
  }
  /** The line breaks. */
  break() {
    this.closed = true;
    this.onclose();
  }
}

beforeEach(() => {
  browser = profile();
  globalThis.window.location = { origin: "https://hall.example" };
  globalThis.document = { visibilityState: "visible", addEventListener() {}, removeEventListener() {} };
  globalThis.WebSocket = ServedSocket;
  world = { asked: [], seq: 5, epoch: EPOCH, title: "Valle", ended: false, self: SELF };
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_770_000_000_000 });
});

const item = (title) => ({ type: "add_item", run: "swot.1", column: "s", title });
const views = () => world.asked.filter(([name]) => name === "view").length;
const ops = () => world.asked.filter(([name]) => name === "op").map(([, { op_id, command }]) => [op_id, command.title]);

/** Lets the greeting arrive, and whatever is due within this time. */
async function after(ms = 0) {
  for (let passed = 0; passed <= ms; passed += 500) {
    mock.timers.tick(passed ? 500 : 0);
    await Promise.resolve();
  }
}

async function phone(id = "w1") {
  const connection = open({ code: "123456", role: "phone", secret: "s".repeat(43), id });
  await after();
  assert.equal(connection.state.status, "live");
  return connection;
}

async function comesBack() {
  world.socket.break();
  await after(10_000);
}

test("on another line of history what was accepted is offered again, under its own op_id", async () => {
  const connection = await phone();
  const op = connection.send(item("Olives"));
  assert.deepEqual(ops(), [[op, "Olives"]]);
  Object.assign(world, { seq: 3, epoch: "ffffffff00000000" });
  await comesBack();
  assert.deepEqual(ops(), [[op, "Olives"], [op, "Olives"]]);
  await comesBack();
  assert.equal(ops().length, 2, "and once only");
  connection.close();
});

test("a restoration is noticed by a page that was opened after it, too", async () => {
  const before = await phone();
  const op = before.send(item("Olives"));
  before.close();
  Object.assign(world, { seq: 3, epoch: "ffffffff00000000" });
  const connection = await phone();
  await after(1000);
  assert.deepEqual(ops(), [[op, "Olives"], [op, "Olives"]]);
  connection.close();
});

test("another workshop that was given the same code meets nothing of the one before", async () => {
  const before = await phone();
  before.send(item("Olives"));
  before.close();
  Object.assign(world, { seq: 3, epoch: "ffffffff00000000" });
  const connection = await phone("w2");
  await after(2000);
  assert.deepEqual([ops().length, connection.state.outbox], [1, []]);
  connection.close();
});

test("after an end by mistake what was accepted is still offered again; half a day later nothing is kept", async () => {
  const connection = await phone();
  const op = connection.send(item("Olives"));
  world.ended = true;
  await comesBack();
  Object.assign(world, { seq: 3, epoch: "ffffffff00000000", ended: false });
  await comesBack();
  assert.deepEqual(ops(), [[op, "Olives"], [op, "Olives"]]);
  world.ended = true;
  mock.timers.setTime(Date.now() + 13 * 3_600_000);
  await comesBack();
  assert.deepEqual(Array.from(browser.values.keys()).filter((key) => /kept|self/.test(key)), []);
  connection.close();
});

const OLIVES = { id: "i4", run: "swot.1", column: "s", title: "Olives", state: "shown", revision: 1 };
const HAD = {
  ...SELF,
  items: { i4: OLIVES, i5: { ...OLIVES, id: "i5", title: "Taken back", state: "withdrawn" } },
  ballots: { "weigh.1": { i2: { dots: 2, revision: 3 }, i3: { dots: 0, revision: 2 } } },
  answers: { "ask.1": { useful: { value: 4, revision: 1 } } },
};
const notices = (connection) => connection.state.outbox
  .filter((entry) => entry.state === "refused")
  .map(({ command, refusal }) => [command.type, command.title || command.dots || command.value, refusal.code]);

test("what another phone of this person had sent, and is not there after a restoration, is said; also to a page opened later", async () => {
  for (const again of [false, true]) {
    browser = profile();
    window.location = { origin: "https://hall.example" };
    Object.assign(world, { seq: 9, epoch: EPOCH, self: HAD });
    let connection = await phone();
    if (again) connection.close();
    Object.assign(world, { seq: 3, epoch: "ffffffff00000000", self: { ...SELF, items: {} } });
    if (again) connection = await phone();
    else await comesBack();
    assert.deepEqual(notices(connection), [
      ["add_item", "Olives", undefined], ["cast_ballot", 2, undefined], ["answer", 4, undefined],
    ]);
    await comesBack();
    assert.equal(notices(connection).length, 3, "once");
    connection.close();
  }
});

test("what is there after a restoration, and what is offered again, is not said to be missing", async () => {
  world.self = { ...HAD, ballots: {}, answers: {}, items: {} };
  const connection = await phone();
  const op = connection.send(item("Olives")); // i6
  world.self = { ...HAD, items: { i6: { ...OLIVES, id: "i6" } } };
  await comesBack();
  Object.assign(world, { seq: 3, epoch: "ffffffff00000000", self: { ...HAD, items: {} } });
  await comesBack();
  assert.deepEqual([notices(connection), ops()], [[], [[op, "Olives"], [op, "Olives"]]]);
  connection.close();
});

test("whoever was in is in again, before what had been accepted is offered", async () => {
  const connection = await phone(); // it came in with another phone
  const op = connection.send(item("Olives"));
  Object.assign(world, { seq: 3, epoch: "ffffffff00000000", self: { person: "p:ana", joined: false } });
  await comesBack();
  const types = world.asked.filter(([name]) => name === "op").map(([, { command }]) => command.type);
  assert.deepEqual(types, ["add_item", "join", "add_item"]);
  assert.equal(ops().pop()[0], op);
  connection.close();
});

test("where words were erased nothing is offered again", async () => {
  const connection = await phone();
  connection.send(item("Olives"));
  world.epoch = `${EPOCH.slice(0, 8)}ffffffff`;
  await comesBack();
  assert.equal(ops().length, 1);
  assert.equal(connection.state.epoch, world.epoch);
  connection.close();
});

test("a change that follows is applied; one that is known changes nothing; after a gap the view is fetched", async () => {
  const connection = await phone();
  const title = () => connection.state.view.workshop.title;
  world.socket.change(5, 6, { workshop: { title: "Valle Viejo" } });
  assert.deepEqual([title(), connection.state.seq, views()], ["Valle Viejo", 6, 1]);
  world.socket.change(5, 6, { workshop: { title: "as before" } });
  world.socket.change(4, 5, { workshop: { title: "earlier" } });
  assert.deepEqual([title(), connection.state.seq, views()], ["Valle Viejo", 6, 1]);
  Object.assign(world, { seq: 9, title: "Valle Nuevo" });
  world.socket.change(8, 9, { workshop: { title: "a part of it" } });
  assert.deepEqual([title(), connection.state.seq, views()], ["Valle Nuevo", 9, 2]);
  connection.close();
});
