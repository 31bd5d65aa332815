import assert from "node:assert/strict";
import { test } from "node:test";

import { profile } from "./browser.js";

profile();
const { isBlank, isSame, itemsIn, saidIn } = await import("../../../static/js/shared/ballots.js");
const { methodSentence, decidingSentence, weightsOf, weightsSentence } = await import("../../../static/js/shared/method_words.js");
const { recast } = await import("../../../static/js/phone/model.js");
const { METHODS } = await import("../../../static/js/phone/voting/index.js");
const { dotsLeft } = await import("../../../static/js/phone/voting/dots.js");
const { nextOpen } = await import("../../../static/js/phone/voting/next.js");
const { stepOf, withPoints } = await import("../../../static/js/phone/voting/points.js");
const { placesOf, shifted, standing, toggled } = await import("../../../static/js/phone/voting/ranking.js");
const { missingIn } = await import("../../../static/js/phone/voting/scored.js");
const { ownWords, rowsOf } = await import("../../../static/js/phone/voting/words.js");

const items = ["i1", "i2", "i3"].map((id, n) => ({ id, n, column: n < 2 ? "s" : "w" }));
const SETTINGS = {
  dots: { type: "dots", dots: 3, per: "stage", cap: 2 },
  points: { type: "points", points: 10, cap: 6 },
  agree: { type: "agree", reason: true },
  criteria: { type: "criteria", criteria: [{ id: "a", name: { en: "Assets" } }, { id: "b", name: { en: "Market" } }, { id: "f", name: { en: "Money" }, beside: true }] },
  axes: { type: "axes", x: { id: "x", name: { en: "Impact" } }, y: { id: "y", name: { en: "Doubt" } } },
  choice: { type: "choice", options: [{ id: "now", name: { en: "Now" } }, { id: "no", name: { en: "No" } }] },
  ranking: { type: "ranking", top: 2 },
};

test("what a ballot says is its filled fields; the same content is the same ballot, in whatever order it was written", () => {
  assert.deepEqual(saidIn({ dots: 0, choice: "", scores: {}, order: [], reason: "", revision: 4 }), {});
  assert.ok(isBlank(undefined) && isBlank({ revision: 1 }) && !isBlank({ scores: { a: 0 } }));
  assert.ok(isSame({ scores: { a: 1, b: 2 }, revision: 1 }, { scores: { b: 2, a: 1 } }));
  assert.ok(!isSame({ order: ["i1", "i2"] }, { order: ["i2", "i1"] }));
  assert.deepEqual(itemsIn({ item: "i1", scores: { a: 1 } }), ["i1"]);
  assert.deepEqual(itemsIn({ item: "", scores: { i1: 1, i2: 3 } }), ["i1", "i2"]);
  assert.deepEqual(itemsIn({ item: "", order: ["i2"] }), ["i2"]);
});

test("a tap builds on those before it that have no answer yet", () => {
  const self = { ballots: { "points.1": { "": { scores: { i1: 2 }, revision: 3 } } } };
  const more = (given) => withPoints(SETTINGS.points, given, items, "i2", ((given.scores || {}).i2 || 0) + 1);
  const first = recast(self, [], "points.1", "", more);
  assert.deepEqual(first, { type: "cast_ballot", run: "points.1", item: "", revision: 3, scores: { i1: 2, i2: 1 } });
  const entry = { slot: "ballot:points.1:", state: "sending", command: first };
  assert.deepEqual(recast(self, [entry], "points.1", "", more).scores, { i1: 2, i2: 2 });
  const refused = { ...entry, state: "refused" };
  assert.deepEqual(recast(self, [refused], "points.1", "", more).scores, { i1: 2, i2: 1 });
});

test("dots are counted for the stage, or for each column", () => {
  const on = (id) => ({ given: { dots: { i1: 1, i3: 1 }[id] } });
  assert.equal(dotsLeft(SETTINGS.dots, items, on, "s"), 1);
  assert.equal(dotsLeft({ ...SETTINGS.dots, per: "column" }, items, on, "s"), 2);
});

test("points: never more than the cap, nor than there are; what stands on items that are gone is free again", () => {
  const give = (scores, id, n) => withPoints(SETTINGS.points, { scores }, items, id, n).scores;
  assert.deepEqual(give({}, "i1", 9), { i1: 6 });
  assert.deepEqual(give({ i1: 6 }, "i2", 5), { i1: 6, i2: 4 });
  assert.deepEqual(give({ i1: 6, gone: 4 }, "i2", 5), { i1: 6, i2: 4 });
  assert.deepEqual(give({ i1: 6, i2: 4 }, "i1", 0), { i2: 4 });
  assert.deepEqual(give({ i1: 6 }, "i1", -1), {});
  assert.deepEqual([10, 100, 400, 1000].map((points) => stepOf({ points })), [1, 5, 10, 50]);
});

test("ranking: the next place, out again, up and down; no more than there are places", () => {
  assert.equal(placesOf({ top: 5 }, items), 3);
  assert.equal(placesOf({}, items), 3);
  assert.deepEqual(toggled(["i1"], "i3", 2), ["i1", "i3"]);
  assert.deepEqual(toggled(["i1", "i3"], "i2", 2), ["i1", "i3"]);
  assert.deepEqual(toggled(["i1", "i3"], "i1", 2), ["i3"]);
  assert.deepEqual(shifted(["i1", "i2", "i3"], "i3", -1), ["i1", "i3", "i2"]);
  assert.deepEqual(shifted(["i1", "i2"], "i1", -1), ["i1", "i2"]);
  assert.deepEqual(shifted(["i1", "i2"], "i9", 1), ["i1", "i2"]);
  assert.deepEqual(standing({ order: ["gone", "i2", "i1"] }, items), ["i2", "i1"]);
});

test("a score of 0 is an answer; what stands beside may be left out", () => {
  const measures = [{ id: "a", name: "Assets" }, { id: "b", name: "Market" }, { id: "f", name: "Money", beside: true }];
  assert.deepEqual(missingIn(measures, { a: 0 }), ["Market"]);
  assert.deepEqual(missingIn(measures, { a: 0, b: 5 }), []);
});

test("the next open item is the one below, then from the top; under other headings last", () => {
  const on = (voted) => (id) => ({ given: voted.includes(id) ? { choice: "no" } : {} });
  const columns = [{ id: "s" }, { id: "w" }];
  assert.deepEqual(nextOpen({ items, on: on(["i1"]), columns: [], from: "i2" }), { done: 1, all: 3, next: items[2] });
  assert.equal(nextOpen({ items, on: on(["i3"]), columns: [], from: "i2" }).next, items[0]);
  assert.equal(nextOpen({ items, on: on(["i1", "i2", "i3"]), columns: [] }).next, undefined);
  assert.equal(nextOpen({ items, on: on([]), columns, chosen: columns[1] }).next, items[2]);
  assert.equal(nextOpen({ items, on: on(["i3"]), columns, chosen: columns[1] }).next, items[0]);
});

test("every method says how it works, and every ballot can be said in words", () => {
  const said = {
    dots: [{ dots: 2 }, "2 dots"],
    points: [{ scores: { i1: 4, i2: 3 } }, "7 of 10 points placed"],
    agree: [{ choice: "disagree", reason: "Why not" }, "disagree"],
    criteria: [{ scores: { a: 4, b: 0 } }, "Assets: 4 · Market: don’t know"],
    axes: [{ scores: { x: 1, y: 5 } }, "Impact: 1 · Doubt: 5"],
    choice: [{ choice: "no" }, "No"],
    ranking: [{ order: ["i3", "i1"] }, "2 items in order"],
  };
  assert.deepEqual(Object.keys(METHODS).sort(), Object.keys(SETTINGS).sort());
  Object.keys(SETTINGS).forEach((type) => {
    const [ballot, words] = said[type];
    assert.equal(ownWords(SETTINGS[type], ballot), words);
    assert.ok(ownWords(undefined, ballot), "also where the method is not known");
    assert.equal(ownWords(SETTINGS[type], { revision: 2 }), "");
    assert.ok(methodSentence(SETTINGS[type]).endsWith("."), type);
  });
});

test("one's votes item by item: of a ballot on all items, what it says of each, the most first", () => {
  assert.deepEqual(rowsOf(SETTINGS.points, { "": { scores: { i1: 1, i2: 6 }, revision: 3 } }),
    [{ dots: 0, item: "i2", words: "6 points" }, { dots: 0, item: "i1", words: "one point" }]);
  assert.deepEqual(rowsOf(SETTINGS.ranking, { "": { order: ["i3", "i1"] } }).map((row) => [row.item, row.words]),
    [["i3", "1st"], ["i1", "2nd"]]);
  assert.deepEqual(rowsOf(SETTINGS.dots, { i1: { dots: 0, revision: 2 }, i2: { dots: 1 } }),
    [{ dots: 1, item: "i2", words: "one dot" }]);
  assert.equal(ownWords(SETTINGS.ranking, { order: ["i3", "i1"] }, "i1"), "2nd");
  assert.equal(ownWords(SETTINGS.points, { scores: { i1: 3 } }, "i2"), "");
});

test("the rule: by equal shares, or that nothing passes; the weights where they differ", () => {
  assert.match(decidingSentence({ method: SETTINGS.axes }), /Nothing passes/);
  const portfolio = decidingSentence({ method: SETTINGS.points, rule: "portfolio", passes: 2 });
  assert.match(portfolio, /an equal part of the places.*a whole place/);
  assert.match(portfolio, /At most 2 pass/);
  const run = (weights, more) => ({ method: SETTINGS.criteria, weights, ...more });
  assert.deepEqual(weightsOf(run({ a: 0.5, b: 0.5 })), []);
  assert.equal(weightsSentence(run({ a: 0.5, b: 0.5 })), "All criteria count the same.");
  assert.equal(weightsSentence(run({ a: 0.25, b: 0.75 }, { weights_agreed: true })),
    "What counts how much: Assets 25% · Market 75%. This room agreed on that.");
  assert.equal(weightsSentence(run({ a: 1 })), "What counts how much: Assets 100% · Market (not counted).");
  assert.equal(weightsSentence({ method: SETTINGS.agree }), "");
});
