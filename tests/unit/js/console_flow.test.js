import assert from "node:assert/strict";
import { test } from "node:test";

import { profile } from "./browser.js";

profile();
const { called, canReveal, fewPhonesWords, lateVotes, leftOutWords, minutesLeft, nextStage, primaryAction, stepBackWords, unrevealed, withheldWords, withoutRevealing } = await import("../../../static/js/console/flow.js");

const stage = (id, status, runs = []) => ({ id, title: { en: id }, kind: "vote", step: "", minutes: 10, status, runs });
const run = (id, status, more) => Object.assign(
  { run: `${id}.1`, stage: id, kind: "vote", title: { en: id }, status, revealed: false, reveals: true, minutes: 10,
    number: 1, opened_at: 1000, cast: 0 }, more);
const view = (stages, now, more) => Object.assign(
  { workshop: { ended: false }, stages, now, items: {}, unrevealed: {}, can_step_back: Boolean(now) }, more);

test("one step after the other: open, close, reveal, open next, end", () => {
  const stages = [stage("a", "waiting"), stage("b", "waiting")];
  const steps = [
    [view(stages), "open", "Open: a"],
    [view([stage("a", "open"), stages[1]], run("a", "open")), "close", "Close: a"],
    [view([stage("a", "paused"), stages[1]], run("a", "paused")), "resume", "Resume: a"],
    [view([stage("a", "closed"), stages[1]], run("a", "closed")), "reveal", "Reveal the result"],
    [view([stage("a", "closed"), stages[1]], run("a", "closed", { revealed: true })), "open", "Open next: b"],
    [view([stage("a", "closed"), stages[1]], run("a", "closed", { reveals: false })), "open", "Open next: b"],
    [view([stages[0], stage("b", "closed")], run("b", "closed", { revealed: true })), "end", "End the workshop"],
  ];
  steps.forEach(([state, name, label]) => {
    const action = primaryAction(state);
    assert.equal(action.name, name);
    assert.equal(action.label, label);
  });
  assert.equal(primaryAction(view(stages, undefined, { workshop: { ended: true } })), null);
});

test("what waits for approval is said before a vote on it is opened, and a key alone does not open that", () => {
  const next = Object.assign(stage("b", "waiting"), { of: "a" });
  const items = { i1: { n: 1, stage: "a", state: "waiting" }, i2: { n: 2, stage: "c", state: "waiting" } };
  const action = primaryAction(view([Object.assign(stage("a", "closed"), { kind: "gather" }), next],
    run("a", "closed", { kind: "gather", reveals: false }), { items }));
  assert.deepEqual([action.name, action.careful, action.hint],
    ["open", true, "One contribution waits for approval. It will not be in this vote."]);
});

test("before a vote on an empty stage the console says what helps; what was brought in is enough", () => {
  const gathering = (more) => Object.assign(stage("a", "waiting"), { kind: "gather" }, more);
  const check = Object.assign(stage("b", "waiting"), { of: "a" });
  const hint = (first, items = {}) => primaryAction(view([Object.assign(first, { skipped: true }), check], undefined, { items })).hint;
  assert.match(hint(gathering()), /^Nothing stands in “a” yet\./);
  assert.equal(hint(gathering({ statements: 2 })), undefined);
  ["sort", "card"].forEach((kind) => assert.match(primaryAction(view([Object.assign(gathering(), { skipped: true }),
    Object.assign({}, check, { kind })], undefined, { items: {} })).hint, /^Nothing stands in “a” yet\./));
  const brought = { n: 1, stage: "a", state: "shown", brought: true };
  assert.equal(hint(gathering(), { i1: brought }), undefined);
  assert.match(hint(gathering(), { i1: Object.assign({}, brought, { state: "hidden" }) }), /^Nothing stands in “a” yet\./);
  const first = (items, more) => primaryAction(view([gathering(more), check], undefined, { items }));
  assert.match(first({ i1: brought }).hint, /^One statement was brought in for it\./);
  assert.match(first({}, { statements: 3 }).hint, /^3 statements were brought in for it\./);
  assert.deepEqual([first({}).hint, first({ i1: brought }).careful], [undefined, undefined]);
});

test("a closed evaluation is revealed first of all; going on without that stands beside it", () => {
  const stages = [stage("a", "closed"), stage("b", "waiting")];
  const asked = view(stages, run("a", "closed", { kind: "ask" }));
  assert.equal(primaryAction(asked).label, "Reveal the answers");
  assert.deepEqual(primaryAction(asked).command, { type: "reveal_result", run: "a.1" });
  assert.deepEqual(withoutRevealing(asked), { label: "Go on without revealing: b", command: { type: "open_stage", stage: "b" } });
  const last = view([stages[0]], run("a", "closed", { kind: "ask" }));
  assert.deepEqual(withoutRevealing(last), { label: "End without revealing", command: { type: "end_workshop" } });
  assert.equal(withoutRevealing(view(stages, run("a", "closed", { revealed: true }))), null);
  assert.equal(withoutRevealing(view(stages, run("a", "open"))), null);
});

test("a vote that was left unrevealed takes sheets and can be revealed later", () => {
  const left = run("a", "closed");
  const later = view([stage("a", "closed", [left]), stage("b", "open")], run("b", "open", { reveals: false }),
    { unrevealed: { "a.1": left, "c.1": run("c", "closed", { kind: "ask" }) } });
  assert.deepEqual(lateVotes(later), [left]);
  assert.equal(canReveal(later, left), true);
  assert.equal(canReveal(later, run("b", "open", { reveals: false })), false);
  assert.equal(canReveal(view([stage("a", "closed", [left])], left), left), true);
  assert.deepEqual(lateVotes(Object.assign({}, later, { workshop: { ended: true } })), []);
});

test("what a key alone must not do is marked: revealing and ending, nothing else", () => {
  const last = [stage("a", "closed")];
  assert.equal(primaryAction(view(last, run("a", "closed"))).careful, true);
  assert.equal(primaryAction(view(last, run("a", "closed", { revealed: true }))).careful, true);
  assert.equal(primaryAction(view(last, run("a", "open"))).careful, undefined);
  assert.equal(primaryAction(view([stage("a", "waiting")])).careful, undefined);
});

test("the next stage is the first one after the current that was never open", () => {
  const stages = [stage("a", "waiting"), stage("b", "closed"), stage("c", "closed"), stage("d", "waiting")];
  assert.equal(nextStage(view(stages)).id, "a");
  assert.equal(nextStage(view(stages, run("b", "closed"))).id, "d");
  assert.equal(nextStage(view(stages, run("d", "open"))), undefined);
});

test("a stage that was closed only to go back to the current one is next again", () => {
  const runs = (id, more) => [Object.assign({ run: `${id}.1`, status: "closed", revealed: false, number: 1 }, more)];
  const back = (more) => [stage("a", "open", runs("a", { status: "open", reopened_at: 70 })),
    stage("b", "closed", runs("b", Object.assign({ closed_at: 70 }, more))), stage("c", "waiting")];
  assert.equal(nextStage(view(back(), run("a", "open"))).id, "b");
  assert.equal(primaryAction(view(back(), run("a", "closed", { reveals: false }))).label, "Open again: b");
  assert.equal(minutesLeft(view(back(), run("a", "closed")), 0), 20);
  assert.equal(nextStage(view(back({ closed_at: 69 }), run("a", "open"))).id, "c"); // it was over before
  assert.equal(nextStage(view(back({ revealed: true }), run("a", "open"))).id, "c");
});

test("stepping back says beforehand what it does", () => {
  const closed = [{ run: "a.1", status: "closed", revealed: false, number: 1, opened_at: 1, closed_at: 1000 }];
  const stages = [stage("a", "closed", closed), stage("b", "open")];
  assert.match(stepBackWords(view(stages, run("b", "open"))), /“b” is as if it had not been opened\. “a” opens again/);
  assert.match(stepBackWords(view(stages, run("b", "open", { cast: 3 }))), /“b” is closed; what was sent in is kept/);
  assert.equal(stepBackWords(view(stages, run("b", "open", { opened_at: 2000 }))), "“b” is as if it had not been opened.");
  assert.match(stepBackWords(view(stages, run("b", "closed"))), /“b” opens again, with everything/);
  assert.match(stepBackWords(view(stages, run("b", "closed", { revealed: true }))), /“b” starts again from zero, as run 2\. The result already seen stays, marked as run 1\./);
  assert.equal(stepBackWords(view(stages)), "");
});

test("what can be done where no figures are shown, or would be", () => {
  const stages = [stage("a", "closed")];
  const said = (more, around) => withheldWords(view(stages, run("a", "closed", more), around));
  assert.match(said({ cast: 2 }), /^Fewer than three people took part, so no figures would be shown\. Step back/);
  assert.match(said({ cast: undefined, answered: 0 }), /^Fewer than three/);
  assert.equal(said({ cast: 3 }), "");
  assert.equal(said({ cast: 2, reveals: false }), "");
  assert.equal(withheldWords(view(stages, run("a", "open", { cast: 2 }))), "", "more may come");
  assert.match(said({ cast: 2, revealed: true, result: { few: true } }), /starts again as a new run\. What this run withholds stays withheld\.$/);
  assert.equal(said({ cast: 2, revealed: true, result: { few: true } }, { workshop: { ended: true } }), "");
  assert.match(said({ cast: 9, revealed: true, result: { territories_withheld: true } }), /three voters of a group on each side/);
  assert.equal(said({ cast: 9, revealed: true, result: {} }), "");
});

test("sheets of paper beside one or two phones: said in time that there would be no figures", () => {
  const stages = [stage("a", "open")];
  const sheets = (n, empty = {}) => ({ paper: { "a.1": Object.assign({ 99: empty }, ...Array.from({ length: n },
    (_, at) => ({ [at + 1]: { group: "g", ballots: { i1: { scores: { p: 4 } } } } }))) } });
  const said = (cast, around, status = "open") => withheldWords(view(stages, run("a", status, { cast }), around));
  assert.match(said(21, sheets(20)), /^Beside the sheets of paper one person has voted on a phone, so no figures/);
  assert.match(said(22, sheets(20)), /2 people have voted on phones/);
  assert.match(said(22, sheets(20), "closed"), /or everybody on paper\. Step back to open this stage again for more of them\.$/);
  assert.equal(said(23, sheets(20)), "", "three on phones");
  assert.equal(said(20, sheets(20)), "", "everybody on paper");
  assert.equal(said(2, {}), "", "no sheets, and more may come");
  assert.equal(said(2, sheets(0, { group: "g", ballots: {} })), "", "a sheet that says nothing is none");
  const late = { run: "a.1", status: "closed", revealed: false, cast: 5 };
  assert.match(fewPhonesWords(view([stage("a", "closed")], run("b", "open"), sheets(4)), late), /one person has voted/);
  assert.equal(fewPhonesWords(view([stage("a", "closed")], run("b", "open"), sheets(4)), Object.assign({}, late, { revealed: true })), "");
});

test("minutes to go: what the open stage has left, and all that wait after it", () => {
  const stages = [stage("a", "open"), stage("b", "waiting"), stage("c", "closed"), stage("d", "waiting")];
  assert.equal(minutesLeft(view(stages, run("a", "open", { opened_at: 0 })), 4 * 60000), 6 + 20);
  assert.equal(minutesLeft(view(stages, run("a", "open", { opened_at: 0 })), 60 * 60000), 20);
  assert.equal(minutesLeft(view(stages, run("c", "closed")), 0), 10); // b was skipped
  assert.equal(minutesLeft(view(stages), 0), 20);
});

test("two stages of one title are told apart: by what they are about, else by which of them it is", () => {
  const sort = (id, of) => Object.assign(stage(id, "waiting"), { title: { en: "Group and name" }, of });
  const both = view([stage("swot", "open"), sort("one", "swot"), stage("ideas", "waiting"), sort("two", "ideas")]);
  assert.equal(called(both, "one"), "Group and name · swot");
  assert.equal(called(both, "two"), "Group and name · ideas");
  assert.equal(called(both, "swot"), "swot");
  assert.equal(primaryAction(Object.assign({}, both, { now: run("swot", "closed", { reveals: false }) })).label,
    "Open next: Group and name · swot");
  const same = view([stage("swot", "open"), sort("one", "swot"), sort("two", "swot")]);
  assert.deepEqual([called(same, "one"), called(same, "two")], ["Group and name · 1", "Group and name · 2"]);
});

test("what was not revealed is named before the end and after it, if anybody took part in it", () => {
  const ran = (id, more) => stage(id, "closed", [{ run: `${id}.1`, status: "closed", revealed: false, number: 1 }].concat(more || []));
  const left = run("a", "closed", { cast: 4 });
  const stages = [ran("a", { run: "a.2", status: "closed", revealed: true, number: 2 }), ran("b"), ran("c")];
  const state = view(stages, run("c", "closed", { kind: "ask", cast: undefined, answered: 3 }),
    { unrevealed: { "a.1": left, "b.1": run("b", "closed", { cast: 0 }) } });
  const named = "Not revealed, so not in the report: “a · run 1”, “c”.";
  assert.deepEqual(unrevealed(state).map(({ run: id }) => id), ["a.1", "c.1"]);
  assert.equal(leftOutWords(state), named);
  assert.match(primaryAction(state).hint, /^Everyone sees them then\..* What is not revealed is not in the report\.$/);
  const shown = Object.assign({}, state, { now: Object.assign({}, state.now, { revealed: true }) });
  assert.match(primaryAction(shown).hint, /You can reopen it\. Not revealed, so not in the report: “a · run 1”\.$/);
  assert.equal(leftOutWords(Object.assign({}, state, { workshop: { ended: true } })), named);
  assert.equal(leftOutWords(Object.assign({}, shown, { unrevealed: {} })), "");
});
