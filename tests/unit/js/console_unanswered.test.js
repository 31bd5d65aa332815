import assert from "node:assert/strict";
import { test } from "node:test";

import { profile } from "./browser.js";

profile();
const { standing, unanswered } = await import("../../../static/js/console/unanswered.js");

const view = (more) => Object.assign({
  workshop: { ended: false, door: true },
  stages: [{ id: "swot", title: { en: "SWOT" }, status: "open", runs: [{ run: "swot.1", status: "open", revealed: false }] },
    { id: "weigh", title: { en: "Weigh" }, status: "waiting", runs: [] }],
  now: { run: "swot.1", stage: "swot", status: "open", revealed: false },
  groups: [{ id: "business", name: { en: "Business" } }],
  items: { i1: { n: 1, state: "shown" }, i2: { n: 2, state: "merged" } },
  persons: { "p:a": { n: 4, group: "business", funder: false } },
  paper: { "weigh.1": { 7: { group: "business", dots: { i1: 2 } } } },
}, more);
const said = (command, more) => {
  const { words, done } = standing(view(more), command);
  return [words, done];
};

test("as long as there is no connection, a press is named and not promised", () => {
  const { text, bad } = unanswered({ name: "Pause", command: { type: "pause_stage", run: "swot.1" } }, undefined);
  assert.match(text, /^“Pause” was not answered: the connection broke\. It will not be sent later\./);
  assert.equal(bad, true);
});

test("once it is back, the sentence says how things stand, and asks for another press only where one is needed", () => {
  const press = { name: "Pause", command: { type: "pause_stage", run: "swot.1" } };
  assert.deepEqual(unanswered(press, view()),
    { text: "“Pause” was not answered in time. “SWOT” is open. Press again if need be.", bad: true });
  const paused = view();
  paused.stages[0].runs[0].status = "paused";
  assert.deepEqual(unanswered(press, paused),
    { text: "“Pause” was not answered in time. “SWOT” is paused.", bad: false });
});

test("every command has something to be compared with", () => {
  const run = "swot.1";
  assert.deepEqual(said({ type: "open_stage", stage: "weigh" }), ["“Weigh” is not open.", false]);
  assert.deepEqual(said({ type: "open_stage", stage: "swot" }), ["“SWOT” is open.", true]);
  assert.deepEqual(said({ type: "resume_stage", run }), ["“SWOT” is open.", true]);
  assert.deepEqual(said({ type: "close_stage", run }), ["“SWOT” is open.", false]);
  assert.deepEqual(said({ type: "reveal_result", run }), ["The result is not revealed.", false]);
  assert.deepEqual(said({ type: "step_back", run, stood: "running" }), ["“SWOT” is open.", false]);
  assert.deepEqual(said({ type: "step_back", run, stood: "closed" }), ["“SWOT” is open.", true]);
  assert.deepEqual(said({ type: "step_back", run, stood: "running" }, { now: undefined }), ["No stage is open.", true]);
  assert.deepEqual(said({ type: "hide_item", item: "i1" }), ["Number 1 is shown.", false]);
  assert.deepEqual(said({ type: "show_item", item: "i1" }), ["Number 1 is shown.", true]);
  assert.deepEqual(said({ type: "merge_items", into: "i1", items: ["i2"] }), ["Number 2 is merged into another one.", true]);
  assert.deepEqual(said({ type: "unmerge_item", item: "i2" }), ["Number 2 is merged into another one.", false]);
  const waits = { items: { i1: { n: 1, state: "waiting", translations: { es: "Sol" } } } };
  assert.deepEqual(said({ type: "approve_item", item: "i1" }, waits), ["Number 1 waits for approval.", false]);
  assert.deepEqual(said({ type: "approve_items", items: ["i1"] }), ["Number 1 is shown.", true]);
  assert.deepEqual(said({ type: "hold_items", items: ["i1"] }, waits), ["Number 1 waits for approval.", true]);
  assert.deepEqual(said({ type: "show_item", item: "i1" }, waits), ["Number 1 waits for approval.", true]);
  assert.deepEqual(said({ type: "set_moderation", on: true }), ["Contributions are shown at once.", false]);
  assert.deepEqual(said({ type: "tell_apart", items: ["i2", "i1"] }, { apart: { "i1+i2": true } }),
    ["They are not suggested again.", true]);
  assert.deepEqual(said({ type: "translate_item", item: "i1", language: "es", text: "Sol " }, waits),
    ["Beside number 1 stands: Sol", true]);
  assert.deepEqual(said({ type: "translate_item", item: "i1", language: "pt", text: "Sol" }, waits),
    ["Nothing stands beside number 1.", false]);
  assert.deepEqual(said({ type: "set_door", open: false }), ["The door is open.", false]);
  assert.deepEqual(said({ type: "end_workshop" }), ["The workshop has not ended.", false]);
  assert.deepEqual(said({ type: "reopen_workshop" }), ["The workshop has not ended.", true]);
});

test("a run, an item or a person that is not there any more is left unsaid", () => {
  assert.deepEqual(said({ type: "pause_stage", run: "gone.1" }), ["", false]);
  assert.deepEqual(said({ type: "hide_item", item: "i9" }), ["", false]);
  assert.deepEqual(said({ type: "correct_group", person: "p:z", group: "business" }), ["", false]);
  assert.equal(unanswered({ name: "Hide", command: { type: "hide_item", item: "i9" } }, view()).text,
    "“Hide” was not answered in time. Press again if need be.");
});

test("a sheet of paper is compared to the last dot", () => {
  const sheet = (dots, voter = "07") => ({ type: "enter_paper_ballot", run: "weigh.1", voter, group: "business", dots });
  assert.deepEqual(said(sheet({ i1: 2 })), ["Sheet 7 is saved.", true]);
  assert.deepEqual(said(sheet({ i1: 1 })), ["Sheet 7 stands as it was before.", false]);
  assert.deepEqual(said(sheet({ i1: 2, i2: 1 })), ["Sheet 7 stands as it was before.", false]);
  assert.deepEqual(said(sheet({ i1: 2 }, "8")), ["Sheet 8 is not saved.", false]);
});

test("a corrected group is compared in all that was chosen", () => {
  const correct = { type: "correct_group", person: "p:a", group: "business", funder: true };
  assert.deepEqual(said(correct), ["Number 4 is in “Business”.", false]);
  assert.deepEqual(said(Object.assign({}, correct, { funder: false })), ["Number 4 is in “Business”.", true]);
});

test("a timer is said with its end; how much longer it was meant to be, nobody knows", () => {
  const at = (timer) => ({ now: { run: "swot.1", stage: "swot", status: "open", timer } });
  const set = { type: "set_timer", run: "swot.1", seconds: 600 };
  assert.deepEqual(said(set), ["There is no timer.", false]);
  assert.match(said(set, at({ close: false, ends_at: 0 }))[0], /^The timer runs until \d\d:\d\d\.$/);
  assert.equal(said(set, at({ close: false, ends_at: 0 }))[1], true);
  assert.equal(said(Object.assign({}, set, { close: true }), at({ close: false, ends_at: 0 }))[1], false);
  assert.deepEqual(said({ type: "set_timer", run: "swot.1", seconds: 0 }), ["There is no timer.", true]);
  assert.deepEqual(said({ type: "hold_timer", run: "swot.1", held: true }, at({ left: 5 })), ["The timer is held.", true]);
  assert.equal(said({ type: "extend_timer", run: "swot.1", seconds: 60 }, at({ ends_at: 0 }))[1], false);
});
