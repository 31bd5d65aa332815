import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { profile } from "./browser.js";

const { open } = await import("../../../static/js/shared/connection.js");

const GREETING = '0{"sid":"s1","upgrades":[],"pingInterval":10000,"pingTimeout":8000,"maxPayload":20000}';
const EPOCH = "0123456700000000";

let world;

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
    const { seq, epoch, title } = world;
    const now = { run: "swot.1", status: "open" };
    const agenda = [{ id: "swot", status: "open" }];
    return { seq, epoch, now: Date.now(), view: { workshop: { ended: false, title }, agenda, now }, self: { items: {} } };
  }
  op() {
    world.seq += 1;
    return { ok: true, first: world.seq, last: world.seq, self: { items: {} } };
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
  profile();
  globalThis.window.location = { origin: "https://hall.example" };
  globalThis.document = { visibilityState: "visible", addEventListener() {}, removeEventListener() {} };
  globalThis.WebSocket = ServedSocket;
  world = { asked: [], seq: 5, epoch: EPOCH, title: "Valle" };
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

async function phone() {
  const connection = open({ code: "123456", role: "phone", secret: "s".repeat(43) });
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
