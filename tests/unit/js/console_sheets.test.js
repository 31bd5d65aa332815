import assert from "node:assert/strict";
import { test } from "node:test";

import { profile } from "./browser.js";

profile();
const { fieldsOf, leftOf, leftWords, marksOf, misplaced, saysTheSame, sheetOf, typedNumber } = await import(
  "../../../static/js/console/sheets.js"
);

const run = (method) => ({
  method,
  columns: [{ id: "s" }, { id: "w" }],
  candidates: Object.fromEntries(["i1", "i2", "i3"].map((id, n) => [id, { id, n, column: n < 2 ? "s" : "w" }])),
});
const RUNS = {
  dots: run({ type: "dots", dots: 3, per: "column", cap: 2 }),
  points: run({ type: "points", points: 10, cap: 6 }),
  agree: run({ type: "agree", reason: true }),
  criteria: run({ type: "criteria", criteria: [{ id: "a", name: {} }, { id: "b", name: {} }, { id: "f", name: {}, beside: true }] }),
  axes: run({ type: "axes", x: { id: "x", name: {} }, y: { id: "y", name: {} } }),
  choice: run({ type: "choice", options: [{ id: "now", name: { en: "Now" } }, { id: "no", name: { en: "No" } }] }),
  ranking: run({ type: "ranking", top: 2 }),
};
const TYPED = {
  dots: [{ i1: { n: "2" }, i2: { n: "0" }, gone: { n: "1" } }, { dots: { i1: 2 } }],
  points: [{ i1: { n: "4" }, i2: { n: "" }, i3: { n: "6" } }, { ballots: { "": { scores: { i1: 4, i3: 6 } } } }],
  agree: [{ i1: { n: "agree" }, i2: { n: "" } }, { ballots: { i1: { choice: "agree" } } }],
  criteria: [{ i2: { a: "0", b: "5" }, i3: { a: "", b: "" } }, { ballots: { i2: { scores: { a: 0, b: 5 } } } }],
  axes: [{ i2: { x: "1", y: "0" } }, { ballots: { i2: { scores: { x: 1, y: 0 } } } }],
  choice: [{ i3: { n: "no" } }, { ballots: { i3: { choice: "no" } } }],
  ranking: [{ i1: { n: "2" }, i3: { n: "1" } }, { ballots: { "": { order: ["i3", "i1"] } } }],
};

test("what is typed in becomes a sheet, and a stored sheet what was typed in", () => {
  Object.keys(TYPED).forEach((type) => {
    const [marks, sheet] = TYPED[type];
    assert.deepEqual(sheetOf(RUNS[type], marks), sheet, type);
    const again = marksOf(RUNS[type], { group: "academia", ...sheet });
    assert.deepEqual(sheetOf(RUNS[type], again), sheet, type);
    assert.ok(saysTheSame({ group: "academia", ...sheet }, sheet), type);
    assert.deepEqual(sheetOf(RUNS[type], {}), type === "dots" ? { dots: {} } : { ballots: {} }, "an empty sheet is one");
  });
  assert.ok(!saysTheSame({ ballots: { i1: { choice: "agree" } } }, { ballots: {} }));
  assert.ok(!saysTheSame({ dots: { i1: 2 } }, { dots: { i1: 1 } }));
});

test("a line half filled is sent as it is, so that the server names it", () => {
  assert.deepEqual(sheetOf(RUNS.criteria, { i1: { a: "3" } }), { ballots: { i1: { scores: { a: 3 } } } });
});

test("the fields of a line: what funders alone are asked is on no sheet", () => {
  assert.deepEqual(fieldsOf(RUNS.criteria).map((field) => field.id), ["a", "b"]);
  assert.deepEqual(fieldsOf(RUNS.choice)[0].options, [["now", "Now"], ["no", "No"]]);
  assert.equal(fieldsOf(RUNS.points)[0].most, 6);
  assert.equal(fieldsOf(RUNS.ranking)[0].most, 2);
  assert.equal(fieldsOf(run({ type: "ranking" }))[0].most, 3);
});

test("what is left of dots and points, in words; of other sheets nothing", () => {
  const marks = { i1: { n: "2" }, i2: { n: "2" }, i3: { n: "1" }, gone: { n: "9" } };
  assert.deepEqual(leftOf(RUNS.dots, marks), { s: -1, w: 2 });
  assert.equal(leftWords(RUNS.dots, -1), "one dot too many");
  assert.deepEqual(leftOf(RUNS.points, marks), { "": 5 });
  assert.equal(leftWords(RUNS.points, 5), "5 points left");
  assert.deepEqual(leftOf(RUNS.agree, {}), {});
});

test("places of a ranking: twice, beyond the last, or with one left out before", () => {
  const look = (places) => misplaced(RUNS.ranking, Object.fromEntries(Object.entries(places).map(([id, n]) => [id, { n }])));
  assert.equal(look({ i1: "1", i2: "2" }), undefined);
  assert.deepEqual(look({ i1: "1", i2: "1" }), { item: "i2", place: 1 });
  assert.deepEqual(look({ i1: "3" }), { item: "i1", place: 3, beyond: 2 });
  assert.deepEqual(look({ i2: "2" }), { item: "i2", place: 2, gap: true });
  assert.equal(misplaced(RUNS.points, { i1: { n: "3" } }), undefined);
});

test("a number's field holds a whole number or nothing", () => {
  assert.deepEqual(["", "0", "3.7", "-2", "5000", "x"].map(typedNumber), ["", "0", "3", "0", "1000", ""]);
});
