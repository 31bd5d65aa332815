import assert from "node:assert/strict";
import { test } from "node:test";

import { profile } from "./browser.js";

profile();
const { questionOf, refersOf, weighsWords } = await import("../../../static/js/console/adding_model.js");

const LANGUAGES = ["en", "es", "pt"];
const prompt = { en: "What?", es: "¿Qué?", pt: "O quê?" };
const asking = (asked) => questionOf({ prompt }, asked, "es", LANGUAGES);
const texts = ({ lines }) => lines.map(({ language, text }) => [language, text]);

test("a stage refers to what the server would take, unless something else is chosen, or nothing", () => {
  const offered = { refers: { of: ["swot", "shortlist"], weights_from: ["agree"] }, takes: { of: "shortlist", weights_from: "agree" } };
  assert.deepEqual(refersOf(offered, {}), { of: "shortlist", weights_from: "agree" });
  assert.deepEqual(refersOf(offered, { of: "swot", weights_from: "" }), { of: "swot" });
  assert.deepEqual(refersOf({ refers: { links_to: ["swot"] }, takes: {} }, {}), {});
});

test("as long as nothing else is written it asks what the library asks, in every language", () => {
  assert.deepEqual(texts(asking({})), [["es", "¿Qué?"], ["en", "What?"], ["pt", "O quê?"]]);
  for (const same of [{}, { es: "¿Qué?" }, { es: " " }, { es: "", pt: "" }]) assert.equal(asking(same).own, undefined);
});

test("with another question in the workshop's language no other language keeps the library's", () => {
  const found = asking({ es: " ¿Cómo? " });
  assert.deepEqual(found.own, { es: "¿Cómo?" });
  assert.deepEqual(texts(found), [["es", " ¿Cómo? "], ["en", ""], ["pt", ""]]);
  assert.deepEqual(found.said, ["Nothing is written in English, Português: whoever reads it sees another language there."]);
  const more = asking({ es: "¿Cómo?", pt: "Como?" });
  assert.deepEqual(more.own, { es: "¿Cómo?", pt: "Como?" });
  assert.match(more.said.join(), /^Nothing is written in English:/);
  assert.deepEqual(asking({ es: "¿Cómo?", pt: "Como?", en: "How?" }).said, []);
});

test("a translation that is corrected leaves the others as they are", () => {
  const found = asking({ pt: "O que é?" });
  assert.deepEqual(found.own, { es: "¿Qué?", en: "What?", pt: "O que é?" });
  assert.deepEqual(found.said, []);
});

test("it is said which votes take their weights from it, before and after", () => {
  const view = { stages: [{ id: "score", title: { en: "Score" } }] };
  assert.deepEqual(weighsWords(view, { weighs: ["score"] }, ""),
    ["“Score” will take its weights from what the room agrees on here."]);
  assert.deepEqual(weighsWords(view, { weighs: ["score"] }, "Agree"), ["“Score” takes its weights from “Agree” now."]);
  assert.deepEqual(weighsWords(view, { weighs: [] }, "Agree"), []);
});
