import assert from "node:assert/strict";
import { test } from "node:test";

import { profile } from "./browser.js";

profile();
globalThis.document = { documentElement: {} };
const { setUpLanguage } = await import("../../../static/js/shared/i18n.js");
const words = await import("../../../static/js/shared/result_words.js");

const row = (title, heads, groups, passes) => ({
  item: title, title, rank_headcount: heads, rank_balanced: groups, headcount: 0.1, balanced: 0.1, passes: groups <= 2,
  passes_by: passes || { headcount: heads <= 2, balanced: groups <= 2 },
});

test("ordinals in three languages", async () => {
  const expected = { en: ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "101st", "111th"],
    es: ["1.º", "2.º"], pt: ["1º", "2º"] };
  for (const language of Object.keys(expected)) {
    await setUpLanguage({ language, languages: [language], ownLanguage: true });
    const numbers = [1, 2, 3, 4, 11, 12, 13, 21, 22, 101, 111].slice(0, expected[language].length);
    assert.deepEqual(numbers.map(words.ordinal), expected[language]);
  }
  await setUpLanguage({ language: "en", languages: ["en"], ownLanguage: true });
});

test("the flip that is told is the one that matters most", () => {
  const same = { items: [row("a", 1, 1), row("b", 2, 2), row("c", 3, 3)] };
  assert.equal(words.flip(same), null);
  const lead = { items: [row("a", 2, 1), row("b", 1, 2), row("c", 3, 3)] };
  assert.equal(words.flip(lead).title, "a");
  const cut = { items: [row("a", 2, 1), row("b", 5, 2), row("c", 1, 3)] };
  assert.equal(words.flip(cut).title, "b", "what passes by one count only comes before who leads");
  assert.match(words.flipSentence(row("b", 5, 2)), /“b” is 2nd when every group counts the same, and 5th by/);
});

test("without groups there is one count, and nothing is said about another", () => {
  const result = { rule: "headcount", columns: [{ items: [{ item: "a", title: "a", rank_headcount: 1, headcount: 1 }] }] };
  assert.deepEqual(words.countsOf(result), ["headcount"]);
  assert.equal(words.placesSentence(result.columns[0].items[0]), "One person, one vote: 1st.");
  assert.equal(words.flip(result.columns[0]), null);
});

test("the deciding count stands first", () => {
  const columns = [{ items: [row("a", 1, 1)] }];
  assert.deepEqual(words.countsOf({ rule: "headcount", columns }), ["headcount", "balanced"]);
  assert.deepEqual(words.countsOf({ rule: "balanced", columns }), ["balanced", "headcount"]);
  assert.ok(words.decides("both", "headcount") && words.decides("both", "balanced"));
});

test("what passes stands before what does not, each in its order, also where an item ahead by one count does not pass", () => {
  const rows = [["a", false], ["b", true], ["c", false], ["d", true]].map(([item, passes]) => ({ item, passes }));
  assert.deepEqual(words.passingFirst(rows).map((one) => one.item), ["b", "d", "a", "c"]);
});

test("the rule in plain words", () => {
  assert.equal(words.ruleSentence("balanced", 3, false), "Every group counts the same, whatever its size. The first 3 pass.");
  assert.equal(words.ruleSentence("headcount", 1, true), "One person, one vote. The first one in each column passes.");
  assert.match(words.ruleSentence("both", 2, false), /At most 2 pass\.$/);
  assert.equal(words.dotsSentence({ dots: 3, per: "column", cap: 2 }), "Everyone has 3 dots in each column. At most 2 on the same item.");
  assert.equal(words.dotsSentence({ dots: 1, per: "stage", cap: 1 }), "Everyone has one dot.");
});

test("why there are no figures, also among many sheets of paper", () => {
  assert.match(words.fewSentence({ voters: 2, few: true }), /^Fewer than three people took part/);
  assert.match(words.fewSentence({ voters: 7, few: true }), /^Fewer than three people voted on a phone/);
});

test("where everything that passes depends on very few, that is said once and of no row", () => {
  const one = (passes, depends) => ({ passes, cut_depends: depends });
  const all = [one(true, true), one(true, true), one(false, true), one(false, false)];
  assert.deepEqual(words.doubts(all), ["Treat all positions with caution: what passes depends on groups with very few voters."]);
  assert.deepEqual(words.doubts(all.slice(2), all), [], "not again on a page on which nothing passes");
  assert.deepEqual(words.doubts([one(true, true), one(true, false)]), [words.cautionSentence()]);
  assert.deepEqual(words.doubts([one(true, true)]), [words.cautionSentence()], "one alone is marked");
  assert.deepEqual(words.doubts([]), []);
});
