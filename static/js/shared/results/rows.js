// Rows of a result, by whatever method: rank, title, figures by both counts, the cut line, and what is one tap away.
import { html } from "../dom.js";
import { number, t } from "../i18n.js";
import { Mark } from "../mark.js";
import { Translation } from "../translation.js";
import { allTogether, cautionSentence, cellInWords, cellMark, lotSentence, placesSentence } from "../result_words.js";
import { Bars } from "./bars.js";
import { backing } from "./differing.js";
import { numberOf } from "./index.js";
import { byCell, territoriesLine, titleOf } from "./said.js";

/** Rows as they are given, with the cut line after the last one that passes. `first`: how many stand before them. */
export function Rows({ rows, drawing, decimals, first = 0, ...how }) {
  return html`<ol class="result-list" start=${first + 1}>
    ${rows.map((row, place) => html`<${Row} key=${row.item} row=${row} drawing=${drawing} decimals=${decimals}
      order=${place} cut=${cutBelow(rows, place)} ...${how} />`)}
  </ol>`;
}

/** Whether the cut line stands below this row. */
export function cutBelow(rows, place) {
  return Boolean(rows[place].passes && !(rows[place + 1] || {}).passes);
}

/** One item. A doubtful place is marked only; whoever draws the list says once what the mark means.
 *  `bars`: "full", "figures" (without bars, on one line) or "none". `full`: whether everything about it is said, and
 *  with `fold` one tap away; `own(row)`: what the reader gave it, or nothing. `kind`: more classes. */
export function Row({ row, drawing, decimals, cut, order = 0, bars = "full", kind: more, full, fold, own }) {
  const { drawn } = drawing;
  const known = !row.few && row.n > 0;
  const kind = `${bars === "full" ? "" : " is-short"}${row.passes ? " passes" : ""}${cut ? " is-cut" : ""}${more ? ` ${more}` : ""}`;
  const drawsPicture = bars === "full" && drawn.picture && known;
  return html`<li class=${`result-row by-${drawing.result.method}${kind}`} style=${{ "--order": order }}>
    <span class="result-rank" aria-hidden="true">${numberOf(row, drawing)}</span>
    <div class="result-item">
      <p class="result-title">${titleOf(row)}${(row.lot || doubted(row, drawing)) && html` <${Mark} icon="warning" />`}</p>
      <${Translation} of=${(drawing.run.translations || {})[row.item]} />
      ${drawn.passes && row.passes !== undefined && html`<p class="visually-hidden">${row.passes ? t("Passes.") : t("Does not pass.")} ${
        row.rank_headcount !== undefined && placesSentence(row)}</p>`}
      ${row.lot && html`<p class="visually-hidden">${lotSentence()}</p>`}
      ${doubted(row, drawing) && html`<p class="visually-hidden">${cautionSentence()}</p>`}
      ${known && drawn.label && bars !== "none" && drawn.label(row)}
      ${drawing.beside && bars !== "none" && drawing.beside(row)}
      ${row.few && html`<p class="result-about">${t("Fewer than three people judged it: no figures.")}</p>`}
      ${!known && !row.few && drawn.picture && html`<p class="result-about">${t("Nobody judged it.")}</p>`}
      ${drawing.rule === "portfolio" && row.passes && bars === "full" && html`<p class="result-about">${backing(row, drawing)}</p>`}
      ${own && own(row)}
    </div>
    <div class=${drawsPicture ? "result-bars has-picture" : "result-bars"}>
      ${drawsPicture && drawn.picture(row, drawing)}
      ${bars !== "none" && html`<${Bars} row=${row} drawing=${drawing} decimals=${decimals} kind=${bars} />`}
    </div>
    ${full && known && html`<${About} row=${row} drawing=${drawing} decimals=${decimals} fold=${fold} />`}
    ${cut && html`<${Cut} />`}
  </li>`;
}

/* Whether a row is marked because its place depends on very few. */
const doubted = (row, drawing) => row.cut_depends && !drawing.doubted;

/** The line below the last item that passes. */
export function Cut() {
  return html`<p class="result-cut" aria-hidden="true"><span>${t("↑ passes down to here")}</span></p>`;
}

/* Everything else about one item: what is said of it, its criteria, its groups and territories, reasons. */
function About({ row, drawing, fold }) {
  const { drawn } = drawing;
  const sentences = drawn.sentence ? drawn.sentence(row, drawing) : [];
  const parts = [
    drawn.scores && [t("By criterion"), () => drawn.scores(row, Object.assign({ Cells: CellFigures }, drawing))],
    hasGroups(row, drawing) && [t("By group"), () => html`<${ByGroup} row=${row} drawing=${drawing} />`],
    drawn.sides && reasonsOf(row, drawn).length > 0 && [t("Reasons"), () => html`<${Reasons} row=${row} drawn=${drawn} />`],
  ].filter(Boolean);
  return html`<div class="result-more">
    ${sentences.map((said) => html`<p key=${said} class="result-about">${said}</p>`)}
    ${parts.map(([name, content]) => (fold
      ? html`<details key=${name} class="result-shares"><summary>${name}<span class="visually-hidden"> ${titleOf(row)}</span></summary>
        ${content()}</details>`
      : html`<div key=${name} class="result-part">${content()}</div>`))}
  </div>`;
}

/** Whether anything is told of an item by group, or by territory. */
export function hasGroups(row, drawing) {
  return groupFigures(row, drawing).length > 0 || (Boolean(drawing.drawn.passes) && Object.keys(row.territories || {}).length > 0);
}

/* What is told of each group about one item: [{cell, said}] or [{cell, picture}]. */
function groupFigures(row, drawing) {
  const { result, drawn, items } = drawing;
  if (!result.cells || allTogether(result.cells)) return [];
  if (drawn.cells) return drawn.cells(row, result.cells, drawing);
  return byCell(row.cells, result.cells).map(({ cell, value }) => ({ cell, said: drawn.bare(value, items) }));
}

/** What each group, and each territory where that may be told, says of one item. `headed`: with what the figures are. */
export function ByGroup({ row, drawing, headed = true }) {
  const { drawn, items, groups, territories } = drawing;
  const figures = groupFigures(row, drawing);
  const sides = territoriesLine(row.territories, territories,
    (value) => (typeof value === "number" ? drawn.bare(value, items) : ""));
  return html`${figures.length > 0 && html`${headed && html`<p>${drawn.inCells(drawing)}</p>`}<${CellFigures} figures=${figures} groups=${groups} />`}
    ${sides && drawn.passes && html`<p>${t("By territory: {figures}.", { figures: sides })}</p>`}`;
}

/** A figure or a picture for each group. */
export function CellFigures({ figures, groups }) {
  return html`<ul class="result-cells">
    ${figures.map(({ cell, said, picture, key }) => html`<li key=${key || cell.id} class=${picture ? "has-picture" : ""}>
      <${Mark} ...${cellMark(cell, groups)} />
      <span>${cellInWords(cell, groups)}</span> ${picture || html`<b>${said}</b>`}
    </li>`)}
  </ul>`;
}

/** The sides that gave reasons: [{name, texts}]; what was said more than once, word for word, stands there with how often. */
export function reasonsOf(row, drawn) {
  return drawn.sides().map(({ side, name }) => ({ name, texts: counted((row.reasons || {})[side] || []) }))
    .filter(({ texts }) => texts.length > 0);
}

/** Texts, each once, the most frequent first: "It is too dear. (4×)". */
export function counted(texts) {
  const all = texts.map((text) => text.trim());
  const times = (text) => all.filter((one) => one === text).length;
  return [...new Set(all)].sort((a, b) => times(b) - times(a))
    .map((text) => (times(text) > 1 ? `${text}\u00a0(${number(times(text))}×)` : text));
}

/** The reasons of every side, without their authors. */
export function Reasons({ row, drawn }) {
  return reasonsOf(row, drawn).map(({ name, texts }) => html`<div key=${name} class="result-reasons">
    <p class="reason-side">${name}</p><ul>${texts.map((text, place) => html`<li key=${place}>${text}</li>`)}</ul></div>`);
}
