import assert from "node:assert/strict";
import { test } from "node:test";

import {
  answerTo, askedOf, ballotOn, hasActed, nextStage, ownItems, shuffled,
} from "../../../static/js/phone/model.js";
import { noticesOf, refusedElsewhere, unsentTexts } from "../../../static/js/phone/notices.js";

const sending = (command, slot, state = "sending") => ({ op: "op-1", key: "k", state, slot, command });

test("each phone has its own order of items, the same each time, and items that come or go move no other", () => {
  const items = Array.from({ length: 12 }, (_, i) => ({ id: `i${i}`, n: i }));
  const mine = shuffled(items, "p:a", "weigh.1").map((item) => item.id);
  assert.deepEqual(shuffled(items.slice().reverse(), "p:a", "weigh.1").map((item) => item.id), mine);
  assert.deepEqual(shuffled(items.slice(1), "p:a", "weigh.1").map((item) => item.id), mine.filter((id) => id !== "i0"));
  const firsts = new Set();
  for (let person = 0; person < 200; person += 1) firsts.add(shuffled(items, `p:${person}`, "weigh.1")[0].id);
  assert.equal(firsts.size, 12, "over many phones every item stands first somewhere");
});

test("what is on its way counts as done, what was refused does not", () => {
  const self = { ballots: { "weigh.1": { i1: { dots: 1, revision: 2 } } } };
  const slot = "ballot:weigh.1:i1";
  const command = { type: "cast_ballot", run: "weigh.1", item: "i1", dots: 2, revision: 2 };
  const on = (outbox) => ballotOn(self, outbox, "weigh.1", "i1");
  assert.deepEqual(on([]).given, { dots: 1 });
  assert.deepEqual(on([sending(command, slot)]).given, { dots: 2 });
  assert.deepEqual(on([sending(command, slot)]).stored, { dots: 1 });
  assert.deepEqual(on([sending(command, slot, "refused")]).given, { dots: 1 });
  assert.equal(ballotOn(self, [], "weigh.1", "i9").revision, 0);
});

test("an answer taken back is no answer", () => {
  const self = { answers: { "eval.1": { useful: { value: 4, revision: 1 } } } };
  const back = { type: "answer", run: "eval.1", question: "useful", value: null, revision: 1 };
  assert.equal(answerTo(self, [], "eval.1", "useful").value, 4);
  assert.equal(answerTo(self, [sending(back, "answer:eval.1:useful")], "eval.1", "useful").value, undefined);
});

test("own items: stored, changed on the way, added on the way, withdrawn", () => {
  const stored = (id, n, state = "shown") => ({ id, n, run: "swot.1", column: "s", title: id, revision: 1, state });
  const self = { items: { i1: stored("i1", 1), i2: stored("i2", 2), i3: stored("i3", 3, "withdrawn"), i4: stored("i4", 4, "merged") } };
  const outbox = [
    sending({ type: "change_item", run: "swot.1", item: "i1", revision: 1, title: "better" }, "item:i1"),
    sending({ type: "withdraw_item", run: "swot.1", item: "i2" }),
    sending({ type: "add_item", run: "swot.1", column: "w", title: "new" }),
    sending({ type: "add_item", run: "other.1", column: "w", title: "elsewhere" }),
    sending({ type: "add_item", run: "swot.1", column: "w", title: "no" }, undefined, "refused"),
  ];
  assert.deepEqual(ownItems(self, outbox, "swot.1").map((item) => [item.title, item.state]), [
    ["better", "sending"], ["i4", "merged"], ["new", "sending"],
  ]);
});

test("what comes next is the first waiting stage after the current one", () => {
  const agenda = [["a", "closed"], ["b", "waiting"], ["c", "open"], ["d", "closed"], ["e", "waiting"]]
    .map(([id, status]) => ({ id, status }));
  assert.equal(nextStage({ agenda }).id, "b");
  assert.equal(nextStage({ agenda, now: { stage: "c" } }).id, "e");
  assert.equal(nextStage({ agenda, now: { stage: "e" } }), undefined);
});

test("refused texts are always offered again; taps only where no button of theirs is on the page", () => {
  const tap = sending({ type: "cast_ballot", run: "weigh.1", item: "i1", dots: 1, revision: 0 }, "s", "refused");
  const text = sending({ type: "add_item", run: "swot.1", column: "s", title: "x" }, undefined, "refused");
  const group = sending({ type: "describe", group: "business" }, "describe", "refused");
  assert.deepEqual(refusedElsewhere([tap, text, group], { run: "weigh.1" }), [text, group]);
  assert.deepEqual(refusedElsewhere([tap, text, group], { run: "shortlist.1" }), [tap, text, group]);
});

test("whoever has only come in has not acted yet", () => {
  const joining = sending({ type: "join" }, "join");
  assert.equal(hasActed({}, [joining]), false);
  assert.equal(hasActed({ items: {}, ballots: {} }, []), false);
  assert.equal(hasActed({ ballots: { "weigh.1": { i1: { dots: 0, revision: 2 } } } }, []), true);
  assert.equal(hasActed({}, [joining, sending({ type: "add_item", run: "swot.1", column: "s", title: "x" })]), true);
});

test("a contribution that was not accepted speaks for the votes that are lost with it", () => {
  const item = sending({ type: "add_item", run: "swot.1", column: "s", title: " Dry port" }, undefined, "refused");
  const vote = (lost) => Object.assign(sending({ type: "cast_ballot", item: "i1", dots: 1 }, undefined, "refused"), { lost });
  const [on, other, unnamed] = [vote("Dry port"), vote("Salt"), vote("")];
  assert.deepEqual(noticesOf([on, item, other, unnamed]), [
    { entry: item, votes: [on] }, { entry: other, votes: [] }, { entry: unnamed, votes: [] },
  ]);
  const all = Object.assign(sending({ type: "cast_ballot", item: "", order: ["i1"] }, undefined, "refused"), { lost: "Dry port" });
  assert.deepEqual(noticesOf([item, all]).length, 2, "a ballot on everything is more than this");
  assert.deepEqual(noticesOf([on]), [{ entry: on, votes: [] }], "once that notice is gone it speaks for itself");
});

test("texts without a box are offered: of closed runs, of changes that cannot be made, of another tab", () => {
  const self = {
    items: { i1: { run: "swot.1", state: "shown", title: "As stored", fields: {} } },
    answers: { "ask.1": { more: { value: "Sent", revision: 1 } } },
  };
  const kept = [
    { key: "a", kind: "draft", place: "swot.1.s", value: { title: "Begun", fields: {}, sdgs: [], links: [] } },
    { key: "b", kind: "draft", place: "ideas.1.idea", value: { title: "", fields: { who: "Only a detail" }, sdgs: [] } },
    { key: "c", kind: "draft", place: "ideas.1.other", value: { title: " ", fields: { who: "" }, sdgs: [] } },
    { key: "d", kind: "edit", place: "i1", value: { title: "Changed", fields: {}, sdgs: [] } },
    { key: "e", kind: "answer", place: "ask.1.more", value: "Never sent" },
    { key: "f", kind: "answer", place: "ask.1.other", value: "" },
    { key: "g", kind: "draft", place: "swot.1.w~tab2", value: { title: "Elsewhere", fields: {}, sdgs: [] } },
    { key: "r", kind: "reason", place: "agree.1.i7", value: "Since nobody buys them" },
    { key: "h", kind: "draft", place: "swot.1.w~tab1", value: { title: "Here", fields: {}, sdgs: [] } },
  ];
  const shown = (now, its = self) =>
    unsentTexts(kept, { now, workshop: {} }, its, "tab1").map((one) => one.key).join("");
  assert.equal(shown(undefined), "abdegrh");
  assert.equal(shown({ run: "swot.1", status: "open" }), "begr");
  assert.equal(shown({ run: "swot.1", status: "paused" }), "begr");
  assert.equal(shown({ run: "swot.1", status: "closed" }), "abdegrh");
  assert.equal(shown({ run: "ask.1", status: "open" }), "abdgrh");
  const past = (now) => unsentTexts(kept, { now, workshop: {} }, self, "tab1").filter((one) => one.past)
    .map((one) => one.key).join("");
  assert.equal(past({ run: "swot.1", status: "closed" }), "ber", "what was begun in the stage shown is told in full");
  assert.equal(past({ run: "weigh.1", status: "open" }), "abdegrh");
  assert.equal(past(undefined), "abdegrh");
  const hidden = { items: { i1: { ...self.items.i1, state: "hidden" } } };
  assert.equal(shown({ run: "swot.1", status: "open" }, hidden), "bdegr");
  const sent = { ...self, answers: { "ask.1": { more: { value: "Never sent", revision: 2 } } } };
  assert.equal(shown(undefined, sent), "abdgrh");
});

test("a phone shows the question that is meant for its group, and otherwise that of everybody", () => {
  const run = { run: "chain.1", prompt: { en: "Where does it break?" }, prompt_for: { business: { en: "What does it cost?" } } };
  assert.deepEqual(askedOf(run, "business").prompt, { en: "What does it cost?" });
  assert.equal(askedOf(run, "business").run, "chain.1");
  assert.equal(askedOf(run, "academia"), run);
  const plain = { run: "ideas.1", prompt: { en: "What could we do?" } };
  assert.equal(askedOf(plain, "business"), plain);
  assert.equal(askedOf(plain, undefined), plain);
});
