// Answers of people side by side in one bar, each with its number: agree, disagree, pass; the options of a choice.
import { html } from "../dom.js";
import { number } from "../i18n.js";

const saidOf = ({ said, n }) => said || number(n);

/** `parts`: [{key, word, n, tone, said?}]; what nobody chose is left out of the bar. `tone`: a class of the style sheet,
 *  which also leaves out a number that its part has no room for. `words`: whether the words stand below the bar, for bars
 *  that have no legend beside them. */
export function Stack({ parts, words = true }) {
  return html`<div class="stack">
    <div class="stack-bar" aria-hidden="true">
      ${parts.filter((part) => part.n > 0).map((part) => html`<span key=${part.key} class=${`stack-part ${part.tone}`}
        style=${{ flexGrow: part.n }}><b>${saidOf(part)}</b></span>`)}
    </div>
    <p class=${words ? "stack-words" : "visually-hidden"}>${parts.map((part) => html`<span key=${part.key}><i
      class=${`stack-swatch ${part.tone}`} aria-hidden="true"></i>${part.word} <b>${saidOf(part)}</b></span> `)}</p>
  </div>`;
}

/** What the tones of a bar mean, said once above many. */
export function StackLegend({ parts }) {
  return html`<ul class="result-legend stack-legend">${parts.map((part) => html`<li key=${part.key}><i
    class=${`stack-swatch ${part.tone}`} aria-hidden="true"></i>${part.word}</li>`)}</ul>`;
}
