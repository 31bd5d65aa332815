// Where the lines of a card stand on a phone: what is there, what is on its way, what two wrote at once.
import assert from "node:assert/strict";
import test from "node:test";
import { cardSlot, fieldOn, standsOnCard } from "../../../static/js/phone/card_model.js";
import { onCard, refusedElsewhere, unsentTexts } from "../../../static/js/phone/notices.js";
import { cardsOf, filledOn, standsIn } from "../../../static/js/shared/cards.js";

const run = {
  run: "cards.1", status: "open", order: ["i2", "i1"], fields: [{ id: "owner" }, { id: "fit" }],
  candidates: { i1: { id: "i1", title: "Sol" }, i2: { id: "i2", title: "Mar" } },
  cards: { i1: { owner: { value: "Minka", revision: 2 }, fit: { value: "", revision: 0, also: [{ item: "i9", value: "x" }] } } },
};
const slot = cardSlot("cards.1", "i1", "owner");
const filling = (value, revision, more) => Object.assign(
  { op: "o", slot, state: "sending", command: { type: "fill_card", run: "cards.1", item: "i1", field: "owner", value, revision } }, more);
const at = (outbox, more) => fieldOn(run, outbox, "i1", "owner", Object.assign({ now: 0 }, more));
const outdated = { state: "refused", refusal: { code: "outdated" } };

test("a card is complete when every line says something, also from what was merged into its item", () => {
  assert.equal(filledOn(run, "i1"), 2);
  assert.equal(filledOn(run, "i2"), 0);
  assert.deepEqual(cardsOf(run).items.map(({ id }) => id), ["i2", "i1"]);
  assert.equal(cardsOf(run).complete, 1);
  assert.deepEqual(standsIn(run, "i2", "fit"), { value: "", revision: 0 });
});

test("what was sent stands at once, and until the view has it", () => {
  assert.equal(at([]).value, "Minka");
  const sending = at([filling("Rosa", 2)]);
  assert.deepEqual([sending.value, sending.revision], ["Rosa", 3]);
  const sent = { value: "Rosa", revision: 3, at: 0 };
  assert.deepEqual([at([], { sent }).value, at([], { sent }).revision], ["Rosa", 3]);
  assert.equal(at([], { sent, now: 60000 }).value, "Minka");
  assert.equal(at([], { sent: Object.assign({}, sent, { revision: 2 }) }).value, "Minka");
});

test("what is typed goes on from what stood there; where somebody was faster, both texts are there", () => {
  assert.equal(at([], { draft: { value: "Rosa", revision: 2 } }).draft, "Rosa");
  const met = at([], { draft: { value: "Rosa", revision: 1 } });
  assert.deepEqual([met.value, met.mine, met.draft], ["Minka", "Rosa", undefined]);
  const late = at([filling("Rosa", 1, outdated)]);
  assert.deepEqual([late.value, late.mine], ["Minka", "Rosa"]);
  assert.equal(at([filling("Minka", 1, outdated)]).mine, undefined); // both wrote the same
  const unfit = at([filling("Ro\u202esa", 2, { state: "refused", refusal: { code: "bad_text" } })]);
  assert.deepEqual([unfit.value, unfit.mine], ["Minka", undefined]); // a notice tells it
});

test("a refused text is told by its card, or else by a notice", () => {
  const entry = filling("Rosa", 1, outdated);
  assert.ok(standsOnCard(entry, run));
  assert.deepEqual(refusedElsewhere([entry], run), []);
  assert.deepEqual(refusedElsewhere([entry]), [entry]);
  const hidden = Object.assign({}, run, { candidates: {} });
  assert.deepEqual(refusedElsewhere([entry], hidden), [entry]);
  const gone = filling("Rosa", 1, { state: "refused", refusal: { code: "item_hidden" } });
  assert.deepEqual(refusedElsewhere([gone], run), [gone]);
});

test("what was typed on a card that is not there any more is shown as not sent", () => {
  const value = { owner: { value: "Rosa", revision: 0 }, fit: { value: " ", revision: 0 } };
  const kept = [{ key: "k", kind: "card", place: "cards.1.i1", value }];
  const shown = (now) => unsentTexts(kept, { now, workshop: {} }, {}, "tab").map(({ content, run: of }) => [of, content.title]);
  assert.deepEqual(shown(run), []);
  assert.deepEqual(shown(Object.assign({}, run, { candidates: {} })), [["cards.1", "Rosa"]]);
  assert.deepEqual(shown(Object.assign({}, run, { status: "closed" })), [["cards.1", "Rosa"]]);
  assert.equal(onCard(undefined), "");
});

test("where a facilitator reads first, one's own text stands on one's own phone, beside what others read", () => {
  const own = { value: "Rosa", revision: 3, state: "waiting" };
  const waiting = at([], { own });
  assert.deepEqual([waiting.value, waiting.revision, waiting.others], ["Rosa", 3, "Minka"]);
  assert.equal(at([], { own, draft: { value: "Ana", revision: 3 } }).draft, "Ana");
  assert.deepEqual([at([filling("Ana", 3)], { own }).value, at([], {}).others], ["Ana", undefined]);
});

test("a text that was not taken over is told beside what stands there, also right after it was sent", () => {
  const sent = { value: "Rosa", revision: 3, at: 0 };
  const found = at([], { own: { value: "Rosa", revision: 3, state: "refused" }, sent });
  assert.deepEqual([found.value, found.turned_down, found.others], ["Minka", "Rosa", undefined]);
});
