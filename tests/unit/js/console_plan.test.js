import assert from "node:assert/strict";
import { test } from "node:test";

import { profile } from "./browser.js";

profile();
const flow = await import("../../../static/js/console/flow.js");
const { missing, missingWords } = await import("../../../static/js/console/nudge.js");
const { actWords, listedActs } = await import("../../../static/js/console/undo.js");
const { fitWords } = await import("../../../static/js/console/ending.js");
const { bySteps, movesOf } = await import("../../../static/js/console/order.js");
const { standing } = await import("../../../static/js/console/unanswered.js");
const { nextOf } = await import("../../../static/js/shared/stages.js");
const { placeOf } = await import("../../../static/js/shared/places.js");
const { reminderLine } = await import("../../../static/js/shared/reminder.js");

const MINUTE = 60000;
const stage = (id, minutes, more) => Object.assign(
  { id, title: { en: id }, kind: "gather", step: "", minutes, status: "waiting", runs: [] }, more);
const groups = ["business", "academia", "environment"].map((id) => ({ id, name: { en: id } }));
const people = (by_group, expected = {}) => ({ by_group, expected, total: Object.values(by_group).reduce((a, b) => a + b, 0) });

test("minutes left are rounded up, minutes over down, and both are 0 in between", () => {
  const pace = (ms, more) => flow.paceOf({ workshop: {}, now: Object.assign({ status: "open", minutes: 20, opened_at: 0 }, more) }, ms);
  assert.deepEqual(pace(0), { planned: 20, left: 20, over: 0 });
  assert.deepEqual(pace(19 * MINUTE + 1), { planned: 20, left: 1, over: 0 });
  assert.deepEqual(pace(20 * MINUTE), { planned: 20, left: 0, over: 0 });
  assert.deepEqual(pace(20 * MINUTE + 59000), { planned: 20, left: 0, over: 0 });
  assert.deepEqual(pace(23.5 * MINUTE), { planned: 20, left: 0, over: 3 });
  assert.equal(pace(40 * MINUTE, { began: 30 * MINUTE }).left, 10);
  assert.equal(pace(0, { status: "closed" }), null);
  assert.equal(flow.paceOf({ workshop: {} }, 0), null);
});

test("a vote opened past the sort says that duplicates split the votes", () => {
  const vote = (more) => stage("weigh", 5, Object.assign({ kind: "vote", of: "swot" }, more));
  const sort = (status) => stage("group", 5, { kind: "sort", of: "swot", status });
  const item = (n, more) => Object.assign({ id: `i${n}`, n, stage: "swot", state: "shown" }, more);
  const said = (one, sorted, ...items) => flow.unsortedWords(
    { stages: [stage("swot", 5)].concat(sorted, one), items: Object.fromEntries(items.map((of) => [of.id, of])) }, one);
  const words = "“swot” is voted on without anything being merged before: what was written twice splits the votes.";
  assert.equal(said(vote(), [sort("waiting")], item(1), item(2)), words);
  assert.equal(said(vote(), [], item(1), item(2)), words);
  assert.equal(said(vote(), [sort("closed")], item(1), item(2)), "");
  assert.equal(said(vote(), [sort("waiting")], item(1), item(2, { merged: [{ id: "i3" }] })), "", "merged by hand");
  assert.equal(said(vote(), [sort("waiting")], item(1), item(2, { brought: true })), "", "nobody wrote it twice");
  const view = (run) => ({ workshop: {}, stages: [stage("swot", 5, { status: "closed" }), vote()], unrevealed: {}, now: run,
    items: { i1: item(1), i2: item(2), i3: item(3, { state: "waiting" }) } });
  const closed = { run: "swot.1", stage: "swot", kind: "gather", status: "closed", reveals: false };
  const waits = "One contribution waits for approval. It will not be in this vote.";
  assert.equal(flow.primaryAction(view(closed)).hint, `${waits} ${words}`, "where one presses");
  assert.equal(flow.withoutRevealing(view(Object.assign({}, closed, { reveals: true }))).hint, `${waits} ${words}`);
  assert.equal(said(vote({ passed_by: "first" }), [sort("waiting")], item(1), item(2)), "");
  assert.equal(said(vote({ status: "closed" }), [sort("waiting")], item(1), item(2)), "");
});

test("stages of the library stand under their steps, in the order of the method, by the title that is shown", () => {
  const preset = (id, step, en) => ({ preset: id, step, title: { en, es: id } });
  const found = bySteps([preset("a", "priorities", "Shortlist"), preset("b", "", "Talk"), preset("c", "priorities", "Ideas"),
    preset("d", "analysis", "SWOT"), preset("e", "", "Break")]);
  assert.deepEqual(found.map(({ name, presets }) => [name, presets.map((one) => one.title.en)]),
    [["For any step", ["Break", "Talk"]], ["Analysis", ["SWOT"]], ["Priorities", ["Ideas", "Shortlist"]]]);
});

test("a stage that is left out is not next, has no number, and nobody waits for its minutes", () => {
  const stages = [stage("a", 10, { status: "open" }), stage("b", 20, { skipped: true }), stage("c", 30)];
  const now = { run: "a.1", stage: "a", status: "open", minutes: 10, opened_at: 0 };
  assert.equal(nextOf(stages, now).id, "c");
  assert.deepEqual(["a", "b", "c"].map((id) => placeOf(stages, id).place), [1, 0, 2]);
  assert.equal(placeOf(stages, "a").all, 2);
  assert.equal(flow.minutesLeft({ workshop: {}, stages, now }, 0), 40);
});

test("a time of day means the one that is near, also over midnight", () => {
  const at = (hours, minutes = 0) => new Date(2026, 2, 14, hours, minutes).getTime();
  assert.equal(flow.timeNear("12:30", at(10)), at(12, 30));
  assert.equal(flow.timeNear("9.45", at(10)), at(9, 45));
  assert.equal(flow.timeNear("00:30", at(22)), at(24, 30));
  assert.equal(flow.timeNear("23:50", at(0, 10)), at(-1, 50));
  for (const no of ["", "25:00", "12:75", "noon"]) assert.equal(flow.timeNear(no, at(10)), undefined);
  assert.equal(flow.clockTime(at(9, 5)), "09:05");
});

test("the end as planned is the start and all that is not left out, on a full five minutes", () => {
  const start = new Date(2026, 2, 14, 9, 2).getTime();
  const opened = { opened_at: start };
  const view = { stages: [stage("a", 30, { runs: [opened] }), stage("b", 20, { skipped: true }), stage("c", 31)] };
  assert.equal(flow.clockTime(flow.likelyEnd(view, start + 5 * MINUTE)), "10:05");
});

test("who is missing: nobody as long as nobody is in, then the group of which the fewest are here", () => {
  const expected = { business: 4, environment: 3 };
  const view = (by_group) => ({ workshop: {}, groups, people: people(by_group, expected) });
  assert.deepEqual(missing(view({})), []);
  assert.equal(missing(view({ business: 1, academia: 2 })).map(missingWords).join(), "Nobody of “environment” is here yet; 3 were expected.");
  assert.equal(missing(view({ academia: 2 })).map(missingWords).join(), "Nobody of “business” is here yet; 4 were expected. Missing, too: environment.");
  assert.equal(missing(view({ academia: 2 }), (key) => key === "here.environment").map(missingWords).join(),
    "Nobody of “business” is here yet; 4 were expected.");
  assert.equal(missing(view({ business: 1, environment: 3 })).map(missingWords).join(), "business: 1 of 4 is here.");
  assert.deepEqual(missing(view({ business: 3, environment: 3 })), []);
});

test("who has not voted is said once half of the room have, with numbers here and without on the screen", () => {
  const view = (answered, able = { business: 6, academia: 9 }) => ({
    workshop: {}, groups, people: people({ business: 6, academia: 9 }), now: { kind: "vote", run: "v.1" },
    answered: { by_group: answered, total: Object.values(answered).reduce((a, b) => a + b, 0),
      able: { total: able.business + able.academia, by_group: able } },
  });
  assert.deepEqual(missing(view({ business: 5, academia: 2 })), []);
  assert.equal(missing(view({ business: 6, academia: 2 })).map(missingWords).join(), "academia: 2 of 9 have voted.");
  assert.deepEqual(missing(view({ business: 6, academia: 7 })), []);
  // of those whose sheets of paper are of another vote nothing is awaited
  assert.deepEqual(missing(view({ business: 2, academia: 1 })), []);
  assert.equal(missing(view({ business: 2, academia: 1 }, { business: 2, academia: 3 })).map(missingWords).join(),
    "academia: 1 of 3 has voted.");
  const reminder = { about: "answered", group: "academia", kind: "vote" };
  assert.equal(reminderLine({ workshop: {}, groups, reminder }), "academia: please take a moment to vote.");
  assert.equal(reminderLine({ workshop: { ended: true }, groups, reminder }), "");
  assert.equal(reminderLine({ workshop: {}, groups }), "");
  assert.equal(reminderLine({ workshop: {}, groups, reminder: { about: "answered", kind: "vote" } }),
    "Some votes are still missing: please take a moment to vote.");
});

test("what was put away is not said again, another one is", () => {
  const view = { workshop: {}, groups, people: people({ business: 1 }, { business: 4, environment: 2 }) };
  const [first] = missing(view);
  assert.equal(first.group.id, "environment");
  assert.equal(missing(view, (key) => key === first.key)[0].group.id, "business");
  assert.deepEqual(missing(view, () => true), []);
});

test("what was done and what undoing it does are said; stepping back stands for opening and closing", () => {
  const view = {
    stages: [stage("talk", 12), stage("ideas", 25)],
    items: { i1: { n: 1, title: "Salt" }, i2: { n: 2, title: "Sun" } },
    acts: ["stage_opened", "stage_planned", "workshop_ended", "item_hidden"].map((what, seq) => ({ what, seq,
      commands: [{ type: what === "item_hidden" ? "show_item" : "plan_stage" }] })),
  };
  assert.deepEqual(listedActs(view, { may: () => true }).map((act) => act.what), ["stage_planned", "item_hidden"]);
  assert.deepEqual(listedActs(view, { may: (type) => type === "show_item" }).map((act) => act.what), ["item_hidden"]);
  const said = (act) => Object.values(actWords(view, act)).join(" / ");
  const planned = (before, after) => said({ what: "stage_planned", stage: "talk", before, after });
  assert.equal(planned({ minutes: 20, skipped: false }, { minutes: 12, skipped: false }), "talk: 12 minutes instead of 20 / 20 minutes again.");
  assert.equal(planned({ minutes: 12, skipped: false }, { minutes: 12, skipped: true }), "Left out: talk / it is on the agenda again, with 12 minutes.");
  assert.equal(planned({ minutes: 12, skipped: true }, { minutes: 12, skipped: false }), "Brought back: talk / it is left out again.");
  assert.equal(said({ what: "item_hidden", items: ["i1"] }), "Number 1 hidden: Salt / it is shown again.");
  assert.equal(said({ what: "items_merged", items: ["i2", "i1"] }), "Number 1 merged into number 2 / it stands by itself again.");
  assert.equal(said({ what: "end_planned" }), "No fixed end any more / no end is planned again.");
});

test("whether it fits", () => {
  assert.equal(fitWords({ go: 95, there: 77 }), "18 minutes too many");
  assert.equal(fitWords({ go: 95, there: 96 }), "It fits, with 1 minute to spare");
  assert.equal(fitWords({ go: 95, there: 95 }), "It fits exactly");
  assert.equal(fitWords({ go: 95, there: 215 }), "It fits, with 2 h to spare");
});

test("an end on another day is told by its day, and not in thousands of minutes", () => {
  const end = new Date(2027, 10, 26, 12, 30).getTime();
  const before = (minutes) => ({ now: end - minutes * 60000, there: Math.max(0, minutes), go: 100 });
  assert.match(fitWords(before(5036), end), /^The planned end is only on Friday.*26/);
  assert.match(fitWords(before(-800), end), /^The planned end was on Friday.*26/);
  assert.equal(fitWords(before(90), end), "10 minutes too many");
  assert.equal(fitWords(before(-30), end), "100 minutes too many", "it has passed, but today");
});

test("a press about the plan that was not answered: how it stands", () => {
  const view = { workshop: { ends_at: 5 }, groups, stages: [stage("talk", 12, { skipped: true }), stage("ideas", 25)] };
  assert.equal(standing(view, { type: "plan_stage", stage: "talk", skipped: true }).done, true);
  assert.equal(standing(view, { type: "plan_stage", stage: "ideas", minutes: 20 }).words, "“ideas” is planned with 25 minutes.");
  assert.equal(standing(view, { type: "plan_stage", stage: "ideas", minutes: 20 }).done, false);
  assert.equal(standing(view, { type: "plan_end", ends_at: 5 }).done, true);
  assert.equal(standing(view, { type: "plan_end" }).done, false);
  assert.equal(standing(view, { type: "remind_room" }).done, true);
  assert.equal(standing(view, { type: "remind_room", group: "business", about: "here" }).done, false);
});

test("what befell texts, people and the door is said with what undoing it does", () => {
  const view = { items: { i1: { n: 1 }, i2: { n: 2 } }, persons: { a: { n: 4 } }, door: { away: { b: { n: 5 } } }, groups };
  const said = (what, act) => Object.values(actWords(view, Object.assign({ what }, act))).join(" / ");
  assert.equal(said("item_unmerged", { items: ["i1", "i2"] }), "Number 2 taken out of number 1 / it is merged into it again.");
  assert.equal(said("items_told_apart", { items: ["i1", "i2"] }), "Not the same: numbers 1, 2 / they may be suggested again.");
  const line = { items: ["i1"], language: "es" };
  assert.equal(said("item_translated", { ...line, became: "Sol" }), "Beside number 1: Sol / nothing stands there again.");
  assert.equal(said("item_translated", { ...line, was: "Sol" }), "Nothing beside number 1 any more / “Sol” stands there again.");
  assert.equal(said("moderation_set", { became: true }), "Approval switched on / it is off again; what waits goes on waiting.");
  assert.equal(said("moderation_set", { became: false }), "Approval switched off / it is on again.");
  assert.equal(said("moderation_set", { became: false, items: ["i1", "i2"] }),
    "Approval switched off, 2 contributions approved / it is on again, and they wait again.");
  const place = (group) => ({ group, funder: false });
  assert.equal(said("described", { person: "a", was: place("business"), became: place("academia") }),
    "Number 4 corrected: academia / “business” again.");
  assert.equal(said("described", { person: "a", was: place("business"), became: { ...place("business"), funder: true } }),
    "Number 4 corrected: business / as it was before.");
  assert.equal(said("person_turned_away", { person: "b" }), "Number 5 turned away from the door / they wait at the door again.");
  assert.equal(said("heads_counted", { became: 12 }), "12 heads noted / none are noted again.");
  assert.equal(said("heads_counted", { was: 12 }), "No heads noted any more / 12 again.");
});

test("a stage that waits goes up and down by one place, never before what is on or what it needs", () => {
  const stages = [stage("early", 5), stage("a", 10, { status: "open" }), stage("b", 20, { needed_by: ["c"] }),
    stage("s", 5, { kind: "sort", needed_by: ["c"] }), stage("c", 30, { kind: "vote" })];
  const view = { stages, now: { run: "a.1", stage: "a", status: "open" } };
  const moves = (id) => movesOf(view, stages.find((one) => one.id === id));
  assert.deepEqual(moves("b"), { up: undefined, down: { after: "s" } });
  assert.deepEqual(moves("s"), { up: { after: "a" }, down: { after: "c" } }); // a vote can do without its sorting
  assert.deepEqual(moves("c"), { up: { after: "b" }, down: undefined });
  assert.deepEqual(moves("early"), { down: { after: "a" } }); // it was passed over
  const swapped = { stages: [stages[1], stages[2], stages[4]], now: view.now };
  assert.equal(movesOf(swapped, stages[4]).up.why, "“c” needs “b”, so it cannot come before it.");
  assert.equal(movesOf(swapped, stages[2]).down.why, "“c” needs “b”, so it cannot come before it.");
  assert.deepEqual(movesOf({ stages: stages.slice(0, 2) }, stages[1]), { up: { after: "" }, down: undefined });
});

test("what was done to the agenda is named, with what taking it back does", () => {
  const view = { stages: ["a", "b", "c"].map((id) => stage(id, 10)) };
  const move = { what: "stage_moved", stage: "c", was: ["a", "b", "c"], became: ["a", "c", "b"] };
  assert.deepEqual(actWords(view, move), { done: "c after “a”", then: "c after “b” again." });
  assert.equal(actWords(view, Object.assign({}, move, { became: ["c", "a", "b"] })).done, "c first");
  assert.deepEqual(actWords(view, { what: "stage_added", stage: "b" }), { done: "Added: b", then: "it is taken out again." });
  assert.equal(actWords(view, { what: "stage_added", stage: "b", weighs: ["c", "a"] }).then,
    "it is taken out again. With their own weights again: c; a.");
  assert.equal(listedActs(Object.assign({ acts: [Object.assign({ commands: [{ type: "move_stage" }] }, move)] }, view),
    { may: () => true }).length, 1);
  assert.deepEqual(standing(view, { type: "move_stage", stage: "c", after: "b" }), { words: "“c” comes after “b”.", done: true });
  assert.equal(standing(view, { type: "move_stage", stage: "a", after: "b" }).done, false);
  assert.equal(standing(view, { type: "remove_stage", stage: "x" }).done, true);
});
