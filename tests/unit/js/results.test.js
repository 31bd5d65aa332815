import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { profile } from "./browser.js";

profile();
globalThis.document = { documentElement: {} };
const { setUpLanguage } = await import("../../../static/js/shared/i18n.js");
const words = await import("../../../static/js/shared/result_words.js");
const said = await import("../../../static/js/shared/results/said.js");
const { METHODS, drawingOf, headlineOf, ruleOf } = await import("../../../static/js/shared/results/index.js");
const { agreeSentence } = await import("../../../static/js/shared/results/agree.js");
const { axesFlip } = await import("../../../static/js/shared/results/axes.js");
const { choiceSentence } = await import("../../../static/js/shared/results/choice.js");
const criteria = await import("../../../static/js/shared/results/criteria.js");
const { alike, differences, otherwise } = await import("../../../static/js/shared/results/differing.js");
const { agreementSentence } = await import("../../../static/js/shared/results/ranking.js");
const { reasonsOf } = await import("../../../static/js/shared/results/rows.js");
const { standingRuns } = await import("../../../static/js/screen/stands.js");
const { decidingSentence } = await import("../../../static/js/shared/method_words.js");

await setUpLanguage({ language: "en", languages: ["en"], ownLanguage: true });

const GROUPS = [
  { id: "business", name: { en: "Businesses" } }, { id: "academia", name: { en: "Universities" } },
  { id: "civil", name: { en: "Civil society" } }, { id: "env", name: { en: "Environment" } },
];
const CELLS = [
  { id: "c1", groups: ["business"], voters: 18 }, { id: "c2", groups: ["academia"], voters: 6 },
  { id: "pool", groups: ["civil", "env"], voters: 4 },
];
const row = (title, heads, groups, more) => Object.assign({
  item: title, title, n: 20, rank_headcount: heads, rank_balanced: groups, headcount: 0.1, balanced: 0.1,
  passes: groups <= 1, passes_by: { headcount: heads <= 1, balanced: groups <= 1 },
}, more);
const runOf = (result, method = {}, columns = []) => ({ result, method, columns });

test("every method that the rules know has its way of being drawn", () => {
  const known = readFileSync(new URL("../../../edp_app/core/definition.py", import.meta.url), "utf8");
  const tags = [...known.matchAll(/class \w+Method\(Part, frozen=True, tag="(\w+)"/g)].map(([, tag]) => tag);
  assert.deepEqual(Object.keys(METHODS).sort(), tags.sort());
  Object.values(METHODS).forEach((method) => {
    ["unit", "write", "decimals", "inCells"].forEach((name) => assert.equal(typeof method[name], "function"));
    if (method.passes) ["figure", "bare"].forEach((name) => assert.equal(typeof method[name], "function"));
    else assert.equal(typeof method.headline, "function");
  });
});

test("how many people say what, in one sentence", () => {
  assert.equal(agreeSentence({ n: 25, agree: 19, disagree: 4, pass: 2 }), "Of 25 people, 19 agree, four disagree and two have no opinion.");
  assert.equal(agreeSentence({ n: 4, agree: 1, disagree: 3, pass: 0 }), "Of 4 people, one agrees and three disagree.");
  assert.equal(agreeSentence({ n: 12, agree: 12, disagree: 0, pass: 0 }), "All 12 people agree.");
  assert.equal(agreeSentence({ n: 3, agree: 0, disagree: 3, pass: 0 }), "All 3 people disagree.");
  const sides = { rated: 25, sides: { high: 19, middle: 4, low: 2 } };
  assert.equal(criteria.sidesSentence(sides, 1), "Of 25 people, 19 gave it 4 or 5, four gave it 3 and two gave it 1 or 2.");
  assert.equal(criteria.sidesSentence(sides, 4),
    "Of 25 people, 19 rate it high (3.5 or more), four in the middle and two rate it low (2.5 or less).");
  assert.equal(criteria.sidesSentence({ rated: 5, sides: { high: 5, middle: 0, low: 0 } }, 4), "All 5 people rate it high (3.5 or more).");
  assert.equal(criteria.sidesSentence({ rated: 5, sides: { high: 0, middle: 0, low: 5 } }, 1), "All 5 people gave it 1 or 2.");
  assert.equal(criteria.sidesSentence({ rated: 2 }, 4), "", "too few for sides");
  const options = [{ id: "now", name: { en: "Now" } }, { id: "no", name: { en: "No" } }];
  assert.equal(choiceSentence({ n: 9, counts: { now: 6, no: 3 } }, options), "Most often: Now, 6 of 9 people.");
  assert.equal(choiceSentence({ n: 8, counts: { now: 4, no: 4 } }, options), "Most often, and equally: Now, No; 4 of 8 people each.");
});

test("why the counts differ: the largest group against the others, and only where the figures say so", () => {
  const { figure, bare } = METHODS.dots;
  const why = (one, cells = CELLS) => said.whySentence(one, cells, GROUPS, { figure, bare });
  assert.equal(why(row("a", 1, 2, { cells: { c1: 0.4, c2: 0.1, pool: 0.2 } })),
    "The largest group, Businesses, is more in favour of it (40% of its dots) than the other groups (on average 15%).");
  assert.equal(why(row("a", 2, 1, { cells: { c1: 0.1, c2: 0.3, pool: 0.2 } })),
    "The largest group, Businesses, is less in favour of it (10% of its dots) than the other groups (on average 25%).");
  assert.equal(why(row("a", 1, 2, { cells: { c1: 0.1, c2: 0.3, pool: 0.2 } })),
    "It is strongest in: Universities (30% of its dots), and weakest in: Businesses (10% of its dots).",
    "it is ahead by heads, and not because of the largest group");
  const even = CELLS.map((cell) => Object.assign({}, cell, { voters: 6 }));
  assert.match(why(row("a", 1, 2, { cells: { c1: 0.4, c2: 0.1, pool: 0.2 } }), even), /^It is strongest in: Businesses/);
  assert.equal(why(row("a", 1, 2, { cells: { c1: 0.2, c2: 0.2, pool: 0.2 } }), even), "");
  assert.equal(why(row("a", 1, undefined, {})), "");
  const pooled = [{ id: "pool", groups: ["civil", "env"], voters: 20 }, CELLS[1]];
  assert.equal(why(row("a", 1, 2, { cells: { pool: 0.4, c2: 0.1 } }), pooled),
    "It is strongest in: Civil society + Environment (40% of its dots), and weakest in: Universities (10% of its dots).");
});

test("a key of several cells that stand together for one item", () => {
  assert.deepEqual(said.cellOf("c2+pool", CELLS), { id: "c2+pool", groups: ["academia", "civil", "env"], funders: false, voters: 10 });
  assert.deepEqual(said.byCell({ pool: 1 }, [CELLS[2]]), [], "all groups in one cell: nothing to tell by group");
  assert.equal(words.cellInWords({ groups: ["civil"], funders: true }, GROUPS), "Civil society + those who speak for funders");
});

test("what differs: what crosses the cut, then the second; else that nothing does", () => {
  const items = [
    row("a", 1, 1, { passes: true, passes_by: { headcount: true, balanced: true } }), row("b", 3, 2), row("c", 2, 3),
  ];
  const result = { method: "dots", rule: "balanced", passes: 1, cells: CELLS, columns: [{ column: "", items }] };
  const drawing = drawingOf({ run: runOf(result), groups: GROUPS });
  assert.deepEqual(differences(drawing).map(({ item }) => item), ["b"], "nothing crosses or leads, but the second is third by heads");
  assert.equal(alike(drawing), "Both counts let the same pass, and the same one is first.");
  items[2] = row("c", 1, 3);
  items[0] = row("a", 2, 1);
  assert.deepEqual(differences(drawing).map(({ item }) => item), ["other", "c", "b"]);
  assert.equal(alike(drawing), "");
  const heads = drawingOf({ run: runOf({ method: "dots", rule: "headcount", columns: [{ items: [{ item: "a", rank_headcount: 1, headcount: 1 }] }] }), groups: [] });
  assert.equal(alike(heads), "", "one count: nothing about another");
});

test("that both counts let the same pass is said only where it is true of hidden items, too", () => {
  const passing = (heads, groups) => ({ passes: true, passes_by: { headcount: heads, balanced: groups } });
  const said2 = (items) => alike(drawingOf({ run: runOf({ method: "dots", rule: "balanced", cells: CELLS, columns: [{ items }] }), groups: GROUPS }));
  assert.match(said2([row("a", 1, 1, passing(true, true)), row("b", 2, 2)]), /^Both counts/);
  assert.equal(said2([row("a", 1, 1, passing(true, true)), row("b", 2, 3, { title: undefined, passes_by: { headcount: true, balanced: false } })]), "");
  assert.equal(said2([row("a", 2, 1, passing(true, true)), row("b", 1, 2, Object.assign(passing(true, true), { title: undefined }))]), "");
});

test("what would pass by the other count is said first, with the items it names", () => {
  const items = [
    row("Olive", 1, 1), row("School", 4, 2, { passes: true, passes_by: { headcount: false, balanced: true } }),
    row("Lithium", 2, 3, { passes: false, passes_by: { headcount: true, balanced: false } }),
  ];
  items[0].passes = true;
  const said2 = (rule, rows = items) => said.consequence({ rule, columns: [{ column: "", items: rows }] });
  assert.equal(said2("balanced").said, "By one person, one vote, “Lithium” would pass instead of “School”.");
  assert.deepEqual(said2("balanced").rows.map(({ item }) => item), ["Lithium"]);
  const [olive, school, lithium] = items.map((one) => Object.assign({}, one));
  Object.assign(school, { passes: false });
  Object.assign(lithium, { passes: true });
  assert.equal(said2("headcount", [olive, lithium, school]).said, "If every group counted the same, “School” would pass instead of “Lithium”.");
  Object.assign(lithium, { passes: false });
  assert.equal(said2("both", [olive, lithium, school]).said, "Ahead by one of the counts only, so not through: “Lithium” and “School”.");
  assert.equal(said2("balanced", [items[0]]), null);
});

test("a sentence names two titles by their beginnings, and how many more there are", () => {
  const long = "Solar pumps for small farms in the desert valleys, with the municipalities and universities";
  assert.equal(said.brief(long), "Solar pumps for small farms in the desert\u00a0…");
  assert.equal(said.brief("Unbroken".repeat(20)).length, 47);
  assert.equal(said.brief("A port that serves two countries"), "A port that serves two countries");
  const rows = ["a", "b", "c", "d"].map((title) => ({ title }));
  assert.equal(said.quoted(rows.slice(0, 2)), "“a” and “b”");
  assert.equal(said.quoted(rows.slice(0, 3)), "“a”, “b” and one more");
  assert.equal(said.quoted(rows), "“a”, “b” and 2 more");
});

test("what told two apart that are level is read as the report reads it", () => {
  const sentences = { cells: /in the group where it has least/, agreement: /people agree more/, lot: /a lot says/ };
  const cases = JSON.parse(readFileSync(new URL("../../support/ties.json", import.meta.url), "utf8"));
  cases.forEach(({ above, below, step, what }) => {
    assert.equal(said.settledBy(above, below), step, what);
    assert.match(said.settledSentence(above, below), sentences[step], what);
    assert.equal(/group/.test(said.settledSentence(above, below)), step === "cells", what);
  });
});

test("what stands after a second round: what was kept, what is out, what is in", () => {
  const of = (rows) => ({ columns: [{ items: rows.map(([item, passes]) => ({ item, title: item, passes })) }] });
  const first = of([["oil", true], ["port", true], ["fish", false], ["sun", false]]);
  const published = { first: "a.1", kept: ["oil"], out: ["port"], added: ["fish"], items: 4 };
  const both = said.afterBoth(published, of([["fish", true], ["port", false]]), first);
  assert.deepEqual(both.kept.map(({ item }) => item), ["oil"]);
  assert.equal(said.bothHeadline(both), "After both rounds 2 of 4 pass");
  assert.equal(said.bothSentence(both), "Passed in the first round, and is out: “port”. Passes now, and did not before: “fish”.");
  const same = Object.assign({}, published, { out: [], added: [] });
  assert.equal(said.bothSentence(said.afterBoth(same, of([["port", true]]), first)), "The second round left what passes as it was.");
  const merged = Object.assign({}, published, { kept: ["sun"], out: ["port"], added: [], items: 3 });
  const gone = said.afterBoth(merged, of([["fish", false]]), first);
  assert.deepEqual([gone.kept, gone.out].map(([row]) => row.title), ["sun", "port"], "rows that only the first round had");
  assert.equal(said.bothHeadline(gone), "After both rounds one of 3 passes");
  assert.equal(said.afterBoth(undefined, of([]), first), null);
  assert.equal(said.afterBoth(published, of([]), undefined), null);
  assert.equal(said.afterBoth({ first: "a.1" }, { few: true }, first), null);
});

test("the end tells of the last run of a stage and of the second round that followed it", () => {
  const first = (stage) => ({ stage });
  const second = (stage, of, kept) => ({ stage, second_of: "score", both_rounds: { first: of, kept } });
  const results = {
    "score.1": first("score"), "again.1": second("again", "score.1", ["x"]), "dots.1": first("dots"),
    "score.2": first("score"), "again.2": second("again", "score.2", ["a"]), "again.3": second("again", "score.2", ["b"]),
    "again.4": second("again", "score.2", undefined),
  };
  const told = (...order) => standingRuns(results, order).map(({ run, kept }) => [run, kept]);
  assert.deepEqual(told("score.1"), [["score.1", undefined]]);
  assert.deepEqual(told("score.1", "again.1"), [["score.1", ["x"]], ["again.1", undefined]]);
  assert.deepEqual(told("score.1", "again.1", "score.2"), [["score.2", undefined]], "an older second round says nothing of it");
  assert.deepEqual(told("score.1", "score.2", "again.2", "again.3", "dots.1"),
    [["score.2", ["b"]], ["again.3", undefined], ["dots.1", undefined]]);
  assert.deepEqual(told("score.2", "again.2", "again.4"), [["score.2", ["a"]], ["again.2", undefined]], "too few changed nothing");
});

test("the count that decides is said first", () => {
  const one = row("Port", 1, 2);
  assert.equal(words.flipSentence(one, "headcount"), "“Port” is 1st by one person, one vote, and 2nd when every group counts the same.");
  assert.equal(words.flipSentence(one, "balanced"), "“Port” is 2nd when every group counts the same, and 1st by one person, one vote.");
});

test("equal shares: who backed what, and why something is in or out", () => {
  const backed = { item: "a", backed_by: { c1: 0.4, c2: 0, pool: 0.6 } };
  const percent = (value) => words.share(value, 0);
  assert.equal(said.backedSentence(backed, CELLS, GROUPS, percent), "Backed by: Civil society + Environment 60%, Businesses 40%.");
  assert.equal(said.backedSentence({ item: "a", filled: true }, CELLS, GROUPS, percent),
    "Filled up by the count in which every group weighs the same.");
  const by = (portfolio, balanced) => ({ passes: portfolio, passes_by: { headcount: false, balanced, portfolio } });
  const items = [row("a", 1, 1, by(true, true)), row("b", 4, 3, by(true, false)), row("c", 2, 2, by(false, true))];
  const portfolio = { chosen: [backed, { item: "b", filled: true }] };
  const result = { method: "points", rule: "portfolio", passes: 2, cells: CELLS, columns: [{ column: "", items, portfolio }] };
  const drawing = drawingOf({ run: runOf(result), groups: GROUPS });
  assert.match(differences(drawing)[0].said, /^“c” is 2nd when every group counts the same, and yet does not pass: its supporters/);
  items.pop();
  assert.match(differences(drawing)[0].said, /^“b” is only 3rd .* and yet passes/);
  assert.equal(otherwise(drawing), "", "it decided: nothing to say of it as another way");
  result.rule = "balanced";
  assert.match(otherwise(drawing), /the same would pass\.$/);
  items[1].passes = false;
  assert.match(otherwise(drawing), /these would pass: “a”, “b”\.$/);
  items[1].title = undefined;
  assert.match(otherwise(drawing), /these would pass: “a”, “\(hidden by the facilitator\)”\.$/);
  portfolio.chosen = [];
  assert.equal(otherwise(drawing), "", "nothing to name");
});

test("the rule in plain words, and what the method adds", () => {
  const rule = (method, by, more) => ruleOf(drawingOf({
    run: runOf({ method, rule: by, passes: 2, columns: [{ items: [] }] }, more), groups: [],
  }));
  assert.equal(rule("dots", "balanced"), "Every group counts the same, whatever its size. The first 2 pass.");
  assert.equal(rule("points", "portfolio"),
    "Every group received an equal part of the places; a priority enters when its supporters together have enough for a whole place. At most 2 pass.");
  assert.match(rule("agree", "balanced"), /one group against it weighs heavily\.$/);
  assert.equal(rule("agree", "headcount"), "One person, one vote. The first 2 pass.");
  for (const by of ["headcount", "balanced", "both", "portfolio"]) {
    assert.equal(decidingSentence({ method: { type: "agree" }, rule: by, passes: 2 }), rule("agree", by), "known before the first ballot");
  }
  assert.match(rule("choice"), /^Nothing passes or drops out by this vote\./);
  assert.match(rule("axes"), /^Nothing passes or drops out by this vote\./);
});

test("headlines say what passed, or what stands out where nothing passes", () => {
  const headline = (method, items, more) => headlineOf(runOf({ method, columns: [{ items }] }, more));
  assert.equal(headline("dots", [row("a", 1, 1), row("b", 2, 2)]), "“a” passes");
  assert.equal(headline("dots", [row("x".repeat(80), 1, 1), row("b", 2, 2)]), "One of 2 passes");
  assert.equal(headline("points", [row("a", 1, 1), row("b", 1, 1), row("c", 3, 3)]), "2 of 3 pass");
  assert.equal(headline("agree", [row("b", 2, 2)]), "Nothing passes");
  const axes = { x: { id: "i", name: { en: "Impact" } }, y: { id: "u", name: { en: "Uncertainty" } } };
  const high = { title: "a", x: { headcount: 4, balanced: 4 }, y: { headcount: 2, balanced: 3.5 } };
  assert.equal(headline("axes", [high], axes), "One of 1 is above the middle on both: Impact, Uncertainty");
  assert.equal(headline("axes", [{ title: "a", x: { headcount: 2 }, y: { headcount: 4 } }], axes), "None of 1 is above the middle on both: Impact, Uncertainty");
  assert.equal(headline("axes", [{ title: "a", x: { n: 1 }, y: { n: 1 } }], axes), "Too few people placed anything on both: Impact, Uncertainty");
  assert.equal(headline("axes", [{ title: "a", n: 2, few: true }], axes), "Too few people placed anything on both: Impact, Uncertainty");
  const one = { title: "b", x: { n: 8, headcount: 4 }, y: { n: 0 } };
  assert.equal(headline("axes", [{ title: "a", x: { n: 0 }, y: { n: 0 } }, one], axes), "Nobody placed anything on both: Impact, Uncertainty");
  assert.equal(axesFlip(high, axes),
    "“a” is above the middle on both only when every group counts the same: Uncertainty 3.5, by one person, one vote 2.0.");
  const options = { options: [{ id: "now", name: { en: "Now" } }, { id: "no", name: { en: "No" } }] };
  assert.equal(headline("choice", [{ counts: { now: 3, no: 1 } }, { counts: { now: 2, no: 2 } }], options),
    "“Now” is the most frequent answer for 1 of 2");
  assert.equal(headlineOf({ result: { few: true } }), "");
});

test("what is said of scores: labels, 1s, funders, the round before", () => {
  const all = [
    { id: "a", name: { en: "Assets" } }, { id: "s", name: { en: "Sustainability" } }, { id: "f", name: { en: "Funding" }, beside: true },
  ];
  const one = { balanced: 4.02, scores: { a: { n: 9 }, s: { n: 9, ones: 2 }, f: { beside: true, n: 4, headcount: 3.25 } } };
  assert.deepEqual(criteria.flagged(one, all), ["On “Sustainability”, two people gave it a 1."]);
  assert.deepEqual(criteria.beside(one, all), ["Funding, by those who speak for funders: 3.3. It is not part of the total."]);
  assert.deepEqual(criteria.beside({ scores: { f: { beside: true, n: 1 } } }, all), []);
  assert.equal(criteria.beforeSentence(Object.assign({ before: { balanced: 3.3 } }, one)), "Before: 3.3. Now: 4.0.");
  assert.equal(criteria.beforeSentence(Object.assign({ before: { balanced: 4.0 } }, one)), "As in the round before: 4.0.");
  assert.equal(criteria.beforeSentence(one), "");
  assert.equal(criteria.labelBefore(Object.assign({ before: { label: "divided", balanced: 3.3 } }, one)), "before: opinions divided, 3.3");
  assert.equal(criteria.labelSentence("divided", true), "Opinions are divided; read both sides' reasons before deciding.");
  assert.match(criteria.labelSentence("shared_yes", true), /half of every group/);
  assert.doesNotMatch(criteria.labelSentence("shared_no", false), /group/);
});

test("means have two decimals where neighbours need them, places of rankings stand for their share", () => {
  const scored = [row("a", 1, 1, { balanced: 3.93, headcount: 3.9 }), row("b", 2, 2, { balanced: 3.9, headcount: 3.1 })];
  assert.equal(METHODS.criteria.decimals(scored, ["balanced", "headcount"]), 2);
  scored[1].balanced = 3.2;
  assert.equal(METHODS.criteria.decimals(scored, ["balanced", "headcount"]), 1);
  assert.equal(METHODS.ranking.write(1, 1, 5), "1.0", "a share of 1 is the first place");
  assert.equal(METHODS.ranking.write(0, 1, 5), "5.0", "a share of 0 the last");
  assert.match(agreementSentence({ w: 0.7, rankings: 9 }), /^The 9 orders agree much/);
  assert.equal(agreementSentence({ w: 0.5, rankings: 9 }), "The 9 orders agree somewhat.");
  assert.match(agreementSentence({ w: 0.49, rankings: 9 }), /agree little/);
  assert.equal(agreementSentence({ rankings: 1 }), "");
});

test("no index is written anywhere: the balanced figure of agreement is a place", () => {
  assert.equal(METHODS.agree.write(0.6428, 0, 9, "balanced"), "");
  assert.equal(METHODS.agree.write(0.725, 0, 9, "headcount"), "73% agree");
});

test("why nothing has a total: the criterion that nobody scored", () => {
  const all = [{ id: "a", name: { en: "Assets" } }, { id: "s", name: { en: "Markets" } }, { id: "f", name: { en: "Funding" }, beside: true }];
  const scored = (a, s, more) => Object.assign({ n: 8, rated: 0, dont_know: 8, scores: { a, s, f: { n: 0, beside: true } } }, more);
  const full = { n: 8, headcount: 4, balanced: 4 };
  const drawn = (items, weights = { a: 0.5, s: 0.5 }) => {
    const result = { method: "criteria", rule: "balanced", passes: 1, weights, cells: CELLS, columns: [{ items }] };
    const drawing = drawingOf({ run: runOf(result, { type: "criteria", criteria: all }), groups: GROUPS });
    return { about: METHODS.criteria.about(result.columns[0], drawing), rows: items.map((one) => METHODS.criteria.sentence(one, drawing)), drawing };
  };
  const nobody = drawn([scored(full, { n: 0 }), scored(full, { n: 0 })]);
  assert.match(nobody.about, / Nobody scored “Markets”, so there is no total, and nothing can pass\.$/);
  assert.deepEqual(nobody.rows[0], ["8 answered “don't know” at least once."], "more than nobody");
  assert.deepEqual(nobody.drawing.counts, ["balanced", "headcount"], "both are there by criterion");
  assert.match(drawn([scored({ n: 0 }, { n: 0 })]).about, /Nobody scored “Assets” and “Markets”, so/);
  assert.match(drawn([scored(full, { n: 2 }), scored(full, { n: 0 })]).about, /Too few people scored “Markets”, so/);
  assert.match(drawn([scored(full, { n: 0 }), { n: 2, few: true }]).about, /Too few people scored “Markets”, so/);
  assert.doesNotMatch(drawn([scored(full, { n: 0 })], { a: 1 }).about, /no total/, "it does not count");
  const mixed = drawn([scored(full, full, { headcount: 4, dont_know: 0 }), scored(full, { n: 0 })]);
  assert.doesNotMatch(mixed.about, /no total/);
  assert.deepEqual([mixed.rows[0], mixed.rows[1][0]], [[], "No total: nobody scored “Markets”."]);
});

test("nobody agrees: said once, and not where some items were judged by too few", () => {
  const said2 = (items) => METHODS.agree.about({ items });
  assert.equal(said2([{ n: 4, agree: 0 }, { n: 0 }]), "Nobody agrees with any of these, so nothing passes.");
  assert.equal(said2([{ n: 4, agree: 0 }, { n: 4, agree: 1 }]), "");
  assert.equal(said2([{ n: 4, agree: 0 }, { n: 2, few: true }]), "");
  assert.equal(said2([{ n: 0 }]), "");
});

test("a choice: funders apart, except where too few of them answered an item", () => {
  const options = [{ id: "now", name: { en: "Now" } }, { id: "no", name: { en: "No" } }];
  const cells = [{ id: "c1", groups: ["business"], voters: 6 }, { id: "funders", groups: [], voters: 3, funders: true }];
  const apart = { item: "a", title: "a", n: 9, counts: { now: 3, no: 6 }, by_cell: { c1: { now: 0, no: 6 }, funders: { now: 3, no: 0 } } };
  const joint = { item: "b", title: "b", n: 8, counts: { now: 2, no: 6 }, by_cell: { "c1+funders": { now: 2, no: 6 } } };
  const drawing = drawingOf({ run: runOf({ method: "choice", cells, columns: [{ items: [apart, joint] }] }, { options }), groups: GROUPS });
  const bars = (one) => METHODS.choice.picture(one, drawing).props.children.map(({ props: { children: [name, stack] } }) => (
    [name.props.children, ...stack.props.parts.map(({ n }) => n)]));
  assert.deepEqual(METHODS.choice.heads(drawing), ["Everybody else", "Those who speak for funders"]);
  assert.deepEqual(bars(apart), [["Everybody else", 0, 6], ["Those who speak for funders", 3, 0]]);
  assert.deepEqual(bars(joint), [["All together: too few of those who speak for funders answered this one.", 2, 6]]);
});

test("ties are named and how they were settled is said", () => {
  const tied = (title, passes, more) => row(title, 1, 1, { passes, passes_by: { headcount: passes, balanced: passes }, ...more });
  const sentence = (items, out = ["b"], rule = "balanced") => said.tieSentence({ items, tied_out: out }, { rule, columns: [{ items }] });
  const none = "Level at the cut, and not through: “b”.";
  const [a, b] = [{ cells: { c1: 3, c2: 2 } }, { cells: { c1: 4, c2: 1 } }];
  assert.equal(sentence([tied("a", true, a), tied("b", false, b), row("c", 3, 3)], []), "");
  assert.equal(sentence([tied("a", true, a), tied("b", false, b), row("c", 3, 3)]),
    `${none} A tie goes to the item with more support in the group where it has least.`);
  const calm = { cells: { c1: 3, c2: 3 }, agreement: 1 };
  const split = { cells: { c1: 3, c2: 3 }, agreement: -1 };
  assert.equal(sentence([tied("a", true, calm), tied("b", false, split)]), `${none} A tie goes to the one on which people agree more.`);
  assert.equal(sentence([tied("a", true, a), tied("b", false, { cells: { c1: 2, c2: 3 } })]), none, "the mark on its row says the lot");
  const heads = (title, passes, agreement) => ({ item: title, title, n: 8, rank_headcount: 1, headcount: 3, passes, passes_by: { headcount: passes }, agreement });
  assert.equal(sentence([heads("a", true, 1), heads("b", false, -1)], ["b"], "headcount"), `${none} A tie goes to the one on which people agree more.`);
  assert.equal(sentence([heads("a", true), heads("b", false)], ["b"], "headcount"), none);
});

test("reasons of the sides that gave any", () => {
  assert.deepEqual(reasonsOf({ reasons: { agree: ["x"], disagree: [], pass: [] } }, METHODS.agree), [{ name: "Why some agree", texts: ["x"] }]);
  assert.deepEqual(reasonsOf({}, METHODS.criteria), []);
  assert.deepEqual(reasonsOf({ reasons: { agree: ["x", "y", "z", "y ", "z", "y"] } }, METHODS.agree)[0].texts,
    ["y\u00a0(3×)", "z\u00a0(2×)", "x"], "word for word the same: once, and how often");
});

test("territories in one line, and why they are missing", () => {
  const sides = [{ id: "t", name: { en: "Tacna" } }];
  assert.equal(said.territoriesLine({ t: 0.25 }, sides, (value) => words.share(value, 0)), "Tacna 25%");
  const lines = words.remarks({ voters: 9, cells: CELLS, territories_withheld: true, not_represented: ["env"] }, GROUPS);
  ["3 of 4 groups voted; no votes from: Environment.", "These count as one group: Civil society, Environment."].forEach((one) => assert.ok(lines.includes(one)));
  assert.match(lines[lines.length - 1], /^Figures by territory are withheld/);
  assert.deepEqual(words.remarks({ voters: 3, cells: [{ id: "c1", groups: ["gov", "biz"] }] }, GROUPS), ["3 people voted.", words.togetherSentence()]);
  const told = (rule, territories) => words.remarks({ voters: 9, cells: CELLS, territories_without: ["c2"], rule,
    columns: [{ items: [row("a", 1, 1, { territories })] }] }, GROUPS).slice(3).join();
  assert.match(told("balanced", { t: 0.25 }), /^By territory without groups of which fewer .*: Universities\.$/);
  assert.equal(told("balanced", {}), "", "nothing is said of figures that do not stand there");
  assert.equal(told(undefined, { t: { now: 3 } }), "", "where nothing passes, no page draws them");
});

test("which groups gave nothing in one of several lists", () => {
  const list = (column, cells) => ({ column, items: [row("a", 1, 1, { cells }), row("b", 2, 2, { cells: {} })] });
  const columns = [{ id: "e", name: { en: "Energy" } }, { id: "f", name: { en: "Farming" } }];
  const silent = (...lists) => {
    const drawing = drawingOf({ run: runOf({ method: "dots", cells: CELLS, columns: lists }, {}, columns), groups: GROUPS });
    return lists.map((one) => drawing.drawn.about(one, drawing));
  };
  assert.deepEqual(silent(list("e", { c2: 1, pool: 0 }), list("f", { c1: 1, c2: 0, pool: 0 })), ["Energy: no dots from Businesses.", ""]);
  assert.deepEqual(silent(list("e", { c2: 1 }), list("f", {})), ["Energy: no dots from Businesses and Civil society + Environment.", ""],
    "where nobody gave anything there are no figures to miss");
  assert.deepEqual(silent(list("", { c2: 1 })), [""], "one list: who gave nothing did not vote");
});

test("what one gave oneself", () => {
  const method = { options: [{ id: "now", name: { en: "Now" } }], criteria: [{ id: "a", name: { en: "Assets" } }],
    x: { id: "x", name: { en: "X" } }, y: { id: "y", name: { en: "Y" } } };
  const own = (name, ballots) => METHODS[name].own(ballots, { item: "i" }, { method });
  assert.equal(own("points", { "": { scores: { i: 3 } } }), "You gave it 3 points");
  assert.equal(own("ranking", { "": { order: ["h", "i"] } }), "You put it 2nd");
  assert.equal(own("agree", { i: { choice: "disagree" } }), "You disagreed");
  assert.equal(own("choice", { i: { choice: "now" } }), "You chose: Now");
  assert.equal(own("criteria", { i: { scores: { a: 0 } } }), "You scored: Assets don't know");
  assert.equal(own("axes", { i: { scores: { x: 4, y: 2 } } }), "You scored: X 4, Y 2");
  ["points", "ranking", "agree", "choice", "criteria", "axes"].forEach((name) => assert.ok(!own(name, {})));
});
