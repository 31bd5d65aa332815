// A vote by which nothing passes, and what the end tells of several votes on the same items.
import assert from "node:assert/strict";
import { test } from "node:test";

import { profile } from "./browser.js";

profile();
globalThis.document = { documentElement: {} };
const { setUpLanguage } = await import("../../../static/js/shared/i18n.js");
const { drawingOf, headlineOf, ruleOf } = await import("../../../static/js/shared/results/index.js");
const { decidingRuns, decisions } = await import("../../../static/js/screen/stands.js");
const { decidingSentence } = await import("../../../static/js/shared/method_words.js");

await setUpLanguage({ language: "en", languages: ["en"], ownLanguage: true });

const runOf = (result, method = {}, columns = []) => ({ result, method, columns });

test("the end tells once what was voted on more than once: the scores, else the last vote that was no agreement", () => {
  const vote = (method, ids, passes = 2) => ({
    stage: method, result: { method, rule: "both", passes, columns: [{ items: ids.map((item) => ({ item })) }] },
  });
  const told = (results) => {
    const runs = Object.keys(results).map((run) => ({ run }));
    return decidingRuns(results, runs).map(({ run }) => run);
  };
  const shortlist = vote("dots", ["a", "b"]);
  assert.deepEqual(told({ weigh: vote("dots", ["s"]), shortlist, back: vote("agree", ["a", "b"]) }), ["weigh", "shortlist"]);
  assert.deepEqual(told({ score: vote("criteria", ["a"]), shortlist, points: vote("points", ["b"]) }), ["score", "points"]);
  assert.deepEqual(told({ shortlist, points: vote("points", ["b", "a"]) }), ["points"]);
  assert.deepEqual(told({ back: vote("agree", ["a"]) }), ["back"], "where nothing else was voted on");
  assert.deepEqual(told({ back: vote("agree", ["a"], 0) }), [], "nothing passes by it");
  const again = { stage: "again", second_of: "criteria", both_rounds: { first: "score", kept: [] }, result: { passes: 0 } };
  assert.deepEqual(told({ score: vote("criteria", ["a"]), again, back: vote("agree", ["a"]) }), ["score", "again"]);
  const ask = { stage: "evaluation", result: {} };
  assert.deepEqual(told({ shortlist: { ...shortlist, result: { ...shortlist.result, few: true, columns: undefined } }, ask,
    back: vote("agree", ["a"]) }), ["shortlist", "back"], "too few say nothing");
});

test("the end begins with what weighs most, and tells a second round with its vote", () => {
  const vote = (method, items) => ({
    stage: method, result: { method, rule: "both", passes: 2, columns: [{ column: "", items }] },
  });
  const row = (item, passes = true) => ({ item, title: item, passes });
  const told = (results) => decisions(results, Object.keys(results))
    .map(({ runs, lists }) => [runs, lists.flatMap(({ rows }) => rows.map(({ item }) => item))]);
  const score = vote("criteria", [row("a"), row("b"), row("c", false)]);
  const again = { ...vote("criteria", [row("c"), row("b", false)]), stage: "again", second_of: "criteria",
    both_rounds: { first: "score", kept: ["a"] } };
  const results = { weigh: vote("dots", [row("s")]), score, again, points: vote("points", [row("x"), row("y")]) };
  assert.deepEqual(told(results), [[["score", "again"], ["a", "c"]], [["points"], ["x", "y"]], [["weigh"], ["s"]]]);
  assert.deepEqual(told({ weigh: results.weigh, points: results.points })[0], [["points"], ["x", "y"]], "else the last");
  assert.deepEqual(told({ weigh: vote("dots", [row("s", false)]) }), []);
});

test("by a read-back nothing passes, and it says how the room stands", () => {
  const result = { method: "agree", rule: "balanced", passes: 0 };
  const run = (...items) => runOf({ ...result, columns: [{ items }] });
  const NOTHING = "Nothing passes or drops out by this vote.";
  assert.equal(decidingSentence({ method: { type: "agree" }, rule: "balanced", passes: 0 }), NOTHING);
  assert.equal(ruleOf(drawingOf({ run: { ...run(), method: { type: "agree" } }, groups: [] })), NOTHING);
  const yes = { agree: 5, disagree: 1 };
  assert.equal(headlineOf(run(yes, { agree: 2, disagree: 2 })), "More agree than disagree with one of 2");
  assert.equal(headlineOf(run(yes, yes, { n: 0 })), "More agree than disagree with 2 of 3");
  assert.equal(headlineOf(run({ agree: 0, disagree: 3 })), "With none of them more agree than disagree");
  const drawing = drawingOf({ run: run({ agree: 0, disagree: 3 }), groups: [] });
  assert.equal(drawing.drawn.about({ items: [{ agree: 0, disagree: 3 }] }, drawing), "");
});
