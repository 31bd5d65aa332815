// Cards: what the room has written on them, card after card, and how many are complete.
import { cardsOf, filledOn, standsIn, wordsFor } from "../shared/cards.js";
import { html, names } from "../shared/dom.js";
import { t, w } from "../shared/i18n.js";
import { Pages } from "./fit.js";

const SIZES = [2.5, 2.25, 2, 1.75]; // rem: 40, 36, 32, 28 px at 1080p
const PIECE = 500; // letters: a longer text is put on pages in pieces, so that none is higher than a page

/** The cards of a run, live. */
export function Cards({ run }) {
  const { items, complete } = cardsOf(run);
  const entries = [].concat(...items.map((item) => entriesOf(run, item)));
  return html`<div class="board">
    <${Pages} columns=${[{ id: "cards", entries }]} sizes=${SIZES} lanes=${2} fewest listClass="cards" label=${t("Cards")}
      content=${JSON.stringify([run.order, run.candidates, run.cards])} />
    <p class="plain cards-done">${t("Cards complete: {complete} of {n}", { complete, n: items.length })}</p>
  </div>`;
}

/* A card: its item, and each line that says something, with the item's number: a page may begin with any of them. What is
   missing is named at the end, in a line. */
function entriesOf(run, item) {
  const head = { key: item.id, heading: true, node: html`<li key=${item.id} class="card-head"><span class="note-n">${item.n}</span>
    <span class="card-of">${item.title}</span> <span class="card-filled">${filledOn(run, item.id)}/${run.fields.length}</span></li>` };
  const lines = [].concat(...run.fields.map((field) => {
    const { value, also } = standsIn(run, item.id, field.id);
    const texts = [value].concat((also || []).map((one) => one.value)).filter(Boolean);
    return [].concat(...texts.map((text) => pieces(wordsFor(field, text)))).map((text, place) => {
      const key = `${item.id}.${field.id}.${place}`;
      return { key, node: line(key, item, html`${place === 0 && html`<b>${w(field.name)}</b> `}${text}`) };
    });
  }));
  const missing = run.fields.filter((field) => !lines.some(({ key }) => key.startsWith(`${item.id}.${field.id}.`)));
  if (!missing.length) return [head].concat(lines);
  const key = `${item.id}/missing`;
  return [head].concat(lines, { key, node: line(key, item, lines.length
    ? t("Still open: {fields}", { fields: missing.map((field) => w(field.name)).join(" · ") }) : t("Nothing yet"), "card-missing") });
}

function line(key, item, words, more) {
  return html`<li key=${key} class=${names("card-line", more)}><span class="note-n">${item.n}</span><span
    class="card-words">${words}</span></li>`;
}

/* A text in pieces that break between words. */
function pieces(text) {
  const found = [""];
  text.split(/(\s+)/).forEach((word) => {
    if (found[found.length - 1].length + word.length > PIECE && found[found.length - 1]) found.push("");
    found[found.length - 1] += word;
  });
  return found.map((one) => one.trim()).filter(Boolean);
}
