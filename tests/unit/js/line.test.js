import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { profile } from "./browser.js";

const { makeLine } = await import("../../../static/js/shared/line.js");

const GREETING = '0{"sid":"s1","upgrades":[],"pingInterval":10000,"pingTimeout":8000,"maxPayload":20000}';

let sockets;
let requests;
let heardByWindow;

class FakeSocket {
  constructor(url) {
    Object.assign(this, { url, sent: [], closed: false });
    sockets.push(this);
  }
  send(text) {
    this.sent.push(text);
  }
  close() {
    this.closed = true;
  }
  receive(text) {
    this.onmessage({ data: text });
  }
}

class FakeRequest {
  open(method, url) {
    Object.assign(this, { method, url });
  }
  setRequestHeader() {}
  send(body) {
    this.body = body;
    requests.push(this);
  }
  abort() {
    this.aborted = true;
  }
  answer(text, status = 200) {
    Object.assign(this, { status, responseText: text });
    this.onloadend();
  }
}

beforeEach(() => {
  sockets = [];
  requests = [];
  heardByWindow = {};
  profile();
  globalThis.window.addEventListener = (name, listener) => {
    heardByWindow[name] = listener;
  };
  globalThis.WebSocket = FakeSocket;
  globalThis.XMLHttpRequest = FakeRequest;
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
});

function page() {
  const events = [];
  const line = makeLine({
    address: "https://hall.example/socket.io/",
    auth: { v: 1, code: "123456" },
    opened: () => events.push(["opened"]),
    refused: (data) => events.push(["refused", data]),
    lost: (ended) => events.push(["lost", ended]),
    heard: (name, payload) => events.push(["heard", name, payload]),
  });
  return { line, events };
}

function greeted() {
  const { line, events } = page();
  line.connect();
  sockets[0].receive(GREETING);
  sockets[0].receive('40{"sid":"s2"}');
  return { line, events, socket: sockets[0] };
}

test("a WebSocket is opened, greeted with who we are, and then open", () => {
  const { line, events } = page();
  line.connect();
  assert.equal(sockets[0].url, "wss://hall.example/socket.io/?EIO=4&transport=websocket");
  sockets[0].receive(GREETING);
  assert.deepEqual(sockets[0].sent, ['40{"v":1,"code":"123456"}']);
  assert.equal(line.open, false);
  sockets[0].receive('40{"sid":"s2"}');
  assert.equal(line.open, true);
  assert.deepEqual(events, [["opened"]]);
});

test("messages are numbered, answers find who asked, and one too late finds nobody", () => {
  const { line, socket } = greeted();
  const answers = [];
  line.send("view", {}, (error, answer) => answers.push(["view", error, answer]), 1000);
  line.send("op", { op_id: "x" }, (error, answer) => answers.push(["op", Boolean(error), answer]), 1000);
  assert.deepEqual(socket.sent.slice(1), ['421["view",{}]', '422["op",{"op_id":"x"}]']);
  socket.receive('431[{"seq":7}]');
  mock.timers.tick(1001);
  socket.receive('432[{"ok":true}]');
  assert.deepEqual(answers, [["view", null, { seq: 7 }], ["op", true, undefined]]);
});

test("messages of the server are heard, and its question is answered", () => {
  const { events, socket } = greeted();
  socket.receive('42["change",{"from":1,"to":2,"patch":{}}]');
  socket.receive("2");
  assert.deepEqual(events[1], ["heard", "change", { from: 1, to: 2, patch: {} }]);
  assert.equal(socket.sent[socket.sent.length - 1], "3");
});

test("a silent line is given up after the time the server named, and opened again", () => {
  const { events, socket } = greeted();
  mock.timers.tick(17_000);
  socket.receive("2");
  mock.timers.tick(17_000);
  assert.equal(events.length, 1);
  mock.timers.tick(1_500);
  assert.deepEqual(events[1], ["lost", false]);
  assert.equal(socket.closed, true);
  mock.timers.tick(800);
  assert.equal(sockets.length, 2);
});

test("attempts become rarer, up to seven and a half seconds, and never stop", () => {
  const { line, events } = page();
  line.connect();
  for (let minute = 0; minute < 5; minute += 1) {
    for (let second = 0; second < 60; second += 1) {
      sockets.filter((socket) => !socket.closed).forEach((socket) => socket.onclose());
      requests.splice(0).forEach((request) => request.answer("", 0));
      mock.timers.tick(1000);
    }
  }
  const attempts = events.filter(([name]) => name === "lost").length;
  assert.ok(attempts > 300 / 8, `${attempts} attempts in five minutes`);
  assert.ok(attempts < 300, `${attempts} attempts in five minutes`);
});

test("the server's no to the greeting is told, and nothing is tried again", () => {
  const { line, events } = page();
  line.connect();
  sockets[0].receive(GREETING);
  sockets[0].receive('44{"message":"refused","data":{"code":"unknown_workshop"}}');
  assert.deepEqual(events, [["refused", { code: "unknown_workshop" }]]);
  mock.timers.tick(60_000);
  assert.equal(sockets.length, 1);
  line.connect();
  assert.equal(sockets.length, 2);
});

test("a line that the server ends is told as such", () => {
  const { events, socket } = greeted();
  socket.receive("41");
  assert.deepEqual(events[1], ["lost", true]);
  mock.timers.tick(60_000);
  assert.equal(sockets.length, 1);
});

test("where no WebSocket gets through, long polling carries the same", () => {
  const { line, events } = page();
  line.connect();
  sockets[0].onclose();
  assert.match(requests[0].url, /transport=polling&t=/);
  requests[0].answer(GREETING);
  assert.deepEqual([requests[1].method, requests[1].body], ["POST", '40{"v":1,"code":"123456"}']);
  assert.match(requests[2].url, /sid=s1/);
  requests[1].answer("ok");
  requests[2].answer('40{"sid":"s2"}\x1e42["self",{"person":"p:x"}]');
  assert.deepEqual(events, [["opened"], ["heard", "self", { person: "p:x" }]]);
  const answers = [];
  line.send("view", {}, (error, answer) => answers.push(answer), 1000);
  line.send("op", {}, (error, answer) => answers.push(answer), 1000);
  const [poll, first] = requests.slice(3);
  assert.equal(first.body, '421["view",{}]');
  first.answer("ok");
  assert.equal(requests[5].body, '422["op",{}]');
  poll.answer('431[{"seq":1}]\x1e432[{"ok":true}]');
  assert.deepEqual(answers, [{ seq: 1 }, { ok: true }]);
});

test("a transport that hangs while opening is given up for the other one", () => {
  const { line } = page();
  line.connect();
  mock.timers.tick(6001);
  assert.equal(sockets[0].closed, true);
  assert.equal(requests.length, 1);
});

test("the browser's word that the network is gone ends the line at once", () => {
  const { events } = greeted();
  heardByWindow.offline();
  assert.deepEqual(events[1], ["lost", false]);
});

test("a line that was stopped stays closed, and a broken one asks nobody's callbacks", () => {
  const { line, events, socket } = greeted();
  let called = 0;
  line.send("view", {}, () => {
    called += 1;
  }, 1000);
  line.stop();
  mock.timers.tick(60_000);
  assert.deepEqual([called, sockets.length, socket.closed, events.length], [0, 1, true, 1]);
});

test("where opening a WebSocket throws, polling takes over, and later WebSockets are tried again", () => {
  const { line, events } = page();
  globalThis.WebSocket = class {
    constructor() {
      throw new Error("SecurityError");
    }
  };
  line.connect();
  requests[0].answer("", 0);
  assert.deepEqual(events, [["lost", false]]);
  globalThis.WebSocket = FakeSocket;
  mock.timers.tick(800);
  assert.equal(sockets.length, 1);
});

test("a line that polls goes on until a WebSocket on trial is answered", () => {
  const { line, events } = page();
  line.connect();
  sockets[0].onclose();
  requests[0].answer(GREETING);
  requests[2].answer('40{"sid":"s2"}');
  const alive = () => {
    for (let second = 0; second < 60; second += 10) {
      requests[requests.length - 1].answer("2");
      requests.filter((one) => one.method === "POST" && !one.status).forEach((one) => one.answer("ok"));
      requests.push(requests.filter((one) => one.method === "GET" && !one.status).pop());
      mock.timers.tick(10_000);
    }
  };
  alive();
  assert.equal(sockets.length, 2);
  sockets[1].onclose();
  assert.deepEqual([line.open, events.length], [true, 1]);
  alive();
  assert.equal(sockets.length, 3);
  sockets[2].receive(GREETING);
  assert.deepEqual([sockets[2].closed, events[1], sockets.length], [true, ["lost", false], 4]);
  sockets[3].receive(GREETING);
  sockets[3].receive('40{"sid":"s3"}');
  assert.deepEqual([line.open, events[2]], [true, ["opened"]]);
});

test("a server that greets and breaks at once is asked ever more rarely, until the line has proved itself", () => {
  const { line, events } = page();
  const greetAndBreak = () => {
    const socket = sockets[sockets.length - 1];
    socket.receive(GREETING);
    socket.receive('40{"sid":"s2"}');
    socket.onclose();
  };
  line.connect();
  for (let second = 0; second < 60; second += 1) {
    if (!sockets[sockets.length - 1].ended) {
      sockets[sockets.length - 1].ended = true;
      greetAndBreak();
    }
    mock.timers.tick(1000);
  }
  assert.ok(sockets.length < 30, `${sockets.length} greetings in a minute`);
  while (sockets[sockets.length - 1].ended) mock.timers.tick(100); // pauses are of chance: until the next one opens
  const socket = sockets[sockets.length - 1];
  socket.receive(GREETING);
  socket.receive('40{"sid":"s2"}');
  line.proven();
  socket.onclose();
  const before = sockets.length;
  mock.timers.tick(800);
  assert.equal(sockets.length, before + 1);
  assert.equal(events[0][0], "opened");
});
