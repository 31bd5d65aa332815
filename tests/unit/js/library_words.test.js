// A stage of the library on the console says how people vote in it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { libraryName, librarySentence } from "../../../static/js/console/library_words.js";

const dots = { title: { en: "Shortlist" }, vote: { method: { type: "dots", dots: 5, per: "stage", cap: 2 }, rule: "balanced", passes: 5 } };
const points = { title: { en: "Divide" }, vote: { method: { type: "points", points: 10 }, rule: "headcount", passes: 3 } };

test("dots and points are told apart in the list and in the sentence", () => {
  assert.equal(libraryName(dots), "Shortlist · dots: 5");
  assert.equal(libraryName(points), "Divide · a budget of 10 points");
  assert.match(librarySentence(dots), /Everyone has 5 dots\. At most 2 on the same item\. .* The first 5 pass\./);
  assert.match(librarySentence(points), /10 points .* The first 3 pass\./);
});

test("a second round names the criteria of the first, and a stage that is no vote has no such words", () => {
  const again = { title: { en: "Again" }, vote: { method: { type: "criteria", reason: true }, rule: "balanced", passes: 5 } };
  assert.match(librarySentence(again), /criteria of the first round/);
  assert.equal(libraryName({ title: { en: "Break" }, vote: null }), "Break");
  assert.equal(librarySentence({ title: { en: "Break" }, vote: null }), "");
});
