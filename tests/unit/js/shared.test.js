import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { profile } from "./browser.js";

profile();
const { merge } = await import("../../../static/js/shared/patch.js");
const { folded } = await import("../../../static/js/shared/fold.js");
const { clock, remaining } = await import("../../../static/js/shared/timer.js");
const { inFours, isCode, randomCode, randomId, readCode } = await import("../../../static/js/shared/ids.js");
const storage = await import("../../../static/js/shared/storage.js");

test("merge patch: the examples of RFC 7386, appendix A", () => {
  const examples = [
    [{ a: "b" }, { a: "c" }, { a: "c" }],
    [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
    [{ a: "b" }, { a: null }, {}],
    [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
    [{ a: ["b"] }, { a: "c" }, { a: "c" }],
    [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
    [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
    [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
    [["a", "b"], ["c", "d"], ["c", "d"]],
    [{ a: "b" }, ["c"], ["c"]],
    [{ a: "foo" }, "bar", "bar"],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: "b", c: null }, { a: "b" }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ];
  examples.forEach(([target, patch, result]) => assert.deepEqual(merge(target, patch), result));
});

test("merge patch leaves the old view as it was", () => {
  const old = { now: { status: "open" }, groups: [1] };
  const next = merge(old, { now: { status: "closed" } });
  assert.equal(old.now.status, "open");
  assert.equal(next.groups, old.groups);
});

test("timers run, are held, end at zero, and are written as a clock", () => {
  assert.equal(remaining({ ends_at: 9000 }, 4000), 5000);
  assert.equal(remaining({ ends_at: 9000 }, 20000), 0);
  assert.equal(remaining({ left: 3000 }, 99999), 3000);
  assert.equal(remaining(undefined, 0), undefined);
  assert.deepEqual([0, 1, 59_001, 60_000, 245_000, 3_750_000].map(clock), ["0:00", "0:01", "1:00", "1:00", "4:05", "1:02:30"]);
});

test("identifiers have the shape that the protocol asks for, and do not repeat", () => {
  const ids = new Set(Array.from({ length: 1000 }, () => randomId(22)));
  assert.equal(ids.size, 1000);
  ids.forEach((id) => assert.match(id, /^[A-Za-z0-9_-]{22}$/));
});

test("storage that fails keeps values for the page's life, and says so once", () => {
  profile({ full: true });
  let told = 0;
  storage.onTrouble(() => {
    told += 1;
  });
  assert.equal(storage.write("edp.1.a", { x: 1 }), false);
  storage.write("edp.1.b", 2);
  assert.deepEqual([storage.read("edp.1.a"), storage.keys("edp.1."), storage.trouble(), told], [{ x: 1 }, ["edp.1.a", "edp.1.b"], "private", 1]);
  storage.remove("edp.1.a");
  assert.equal(storage.read("edp.1.a"), undefined);
});

test("storage that runs full says that it is full, and nothing any more once everything is stored again", () => {
  const { values } = profile();
  const { setItem } = window.localStorage;
  storage.write("edp.1.c", 1);
  assert.equal(storage.trouble(), "");
  window.localStorage.setItem = () => {
    throw Object.assign(new Error("full"), { name: "QuotaExceededError" });
  };
  storage.write("edp.1.d", 2);
  assert.equal(storage.trouble(), "full");
  window.localStorage.setItem = setItem;
  storage.write("edp.1.e", 3);
  assert.equal(storage.trouble(), "");
  assert.equal(values.get("edp.1.d"), "2");
});

test("a recovery code is read however it was written down, and nothing else is", () => {
  const code = randomCode();
  assert.ok(isCode(code));
  assert.notEqual(code, randomCode());
  assert.equal(readCode(inFours(code)), code);
  assert.equal(readCode(` ${inFours(code).toLowerCase().replace(/ /g, " - ")}\n`), code);
  assert.equal(readCode("o1il 0000-0000 zzzz"), "01110000" + "0000ZZZZ");
  ["", "0000", `${code}0`, "U000 0000 0000 0000", "0000 0000 0000 000é"].forEach((no) => assert.equal(readCode(no), ""));
});

test("a full store troubles nobody any more a little after all that matters was sent", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  profile({ full: true });
  storage.keys("edp.").forEach(storage.remove);
  storage.write("edp.w.out.1", { op: "a" });
  storage.write("edp.w.titles", {});
  storage.spare("edp.w.kept.1", {});
  mock.timers.tick(60_000);
  assert.equal(storage.trouble(), "private");
  storage.remove("edp.w.out.1");
  assert.equal(storage.trouble(), "private", "not with each tap");
  mock.timers.tick(6_000);
  assert.equal(storage.trouble(), "");
  storage.spare("edp.w.kept.2", {});
  assert.deepEqual([storage.trouble(), storage.keys("edp.w.kept.")], ["", ["edp.w.kept.1", "edp.w.kept.2"]]);
  mock.timers.reset();
});

test("words are compared without case and accents", () => {
  assert.equal(folded("ÁRBOL, São Tomé"), "arbol, sao tome");
});
