// A revealed result, drawn: the same pieces on the phone, the console and the screen (which sets its own sizes in its
// style sheet). Bars are HTML, their length a percentage of the longest one; each has its figure beside it.
import { html } from "./dom.js";
import { percent, t, tn, w } from "./i18n.js";
import { iconPath } from "./icons.js";
import {
  allTogether, cautionSentence, cellMark, cellName, countName, countsOf, decides, decimal, decimalsOf, doubts,
  fewSentence, flip, flipSentence, lotSentence, ordinal, passingFirst, placeOf, placesSentence, remarks, share,
  togetherSentence,
} from "./result_words.js";

const TONES = ["is-first", "is-second"]; // the deciding count is the first one

/** A group's or cell's icon in its colour; the word stands beside it. */
export function Mark({ icon, color }) {
  return html`<svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false" style=${{ color }}>
    <path d=${iconPath(icon)} fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"
      stroke-linecap="round" />
  </svg>`;
}

/** The result of a vote, revealed: for every column the items that pass, the cut line, the others; both counts.
 *
 *  `columns` are those of the vote (for their names); `groups` the workshop's. With `detail` every item says how each
 *  group spent its dots. `heading` is the level of the columns' headings. `small` is for a phone: one tap to a column
 *  where there are several, and there what does not pass one tap away; how groups spent their dots one tap away, too.
 *  `own(rows)` draws what the reader gave these rows, or nothing. */
export function DotsResult({ result, columns = [], groups, detail = false, heading = 3, small = false, own }) {
  if (result.few) return html`<p class="result-few">${fewSentence(result)}</p>`;
  const counts = countsOf(result);
  const drawing = { result, counts, longest: longestBar(result, counts), groups, detail, small, own };
  const apart = small && result.columns.length > 1;
  const List = apart ? PassingList : ResultList;
  return html`<div class="result">
    <${Legend} rule=${result.rule} counts=${counts} />
    ${apart && html`<${ColumnLinks} lists=${result.columns} columns=${columns} />`}
    <div class=${`result-columns of-${Math.min(result.columns.length, 4)}`}>
      ${result.columns.map((column) => html`<section key=${column.column} class="result-column">
        ${column.column && html`<${Heading} level=${heading}>${columnName(column.column, columns)}<//>`}
        ${column.items.length > 0 && html`<p class="result-unit" aria-hidden="true">${t("of the dots")}</p>`}
        <${List} ...${drawing} rows=${passingFirst(column.items)} />
        ${flip(column) && html`<p class="result-flip">${flipSentence(flip(column))}</p>`}
      </section>`)}
    </div>
    <${Doubts} rows=${result.columns.flatMap((column) => column.items)} />
    <${Remarks} result=${result} groups=${groups} />
  </div>`;
}

/** What the warning mark beside rows stands for, said once below them. */
export function Doubts({ rows }) {
  return doubts(rows).map((line) => html`<p key=${line} class="result-doubt"><${Mark} icon="warning" /> ${line}</p>`);
}

/** The longest bar of a result, which all others are measured against; never 0. */
export function longestBar(result, counts) {
  return result.columns.reduce(
    (most, column) => column.items.reduce(
      (sofar, row) => counts.reduce((best, count) => Math.max(best, row[count] || 0), sofar), most),
    0) || 1;
}

export function columnName(id, columns) {
  const column = columns.find((one) => one.id === id);
  return column ? w(column.name) : id;
}

function Heading({ level, children }) {
  return html`<${`h${level}`} class="result-heading" tabindex="-1">${children}<//>`;
}

/* The columns by name: a tap leads to the one meant. */
function ColumnLinks({ lists, columns }) {
  const go = (event, place) => {
    const heading = event.currentTarget.closest(".result").querySelectorAll(".result-heading")[place];
    heading.scrollIntoView({ block: "start" });
    heading.focus({ preventScroll: true });
  };
  return html`<nav class="result-links" aria-label=${t("Columns")}>
    ${lists.map((list, place) => html`<button type="button" key=${list.column} onClick=${(event) => go(event, place)}>
      ${columnName(list.column, columns)}</button>`)}
  </nav>`;
}

/* What passes; the rest one tap away, with a sign where some of the reader's dots are there. */
function PassingList({ rows, own, ...drawing }) {
  const passing = rows.filter((row) => row.passes);
  const rest = rows.slice(passing.length);
  const decimals = decimalsOf(rows, drawing.counts);
  const list = (some, first) => html`<${ResultList} ...${drawing} rows=${some} own=${own} first=${first}
    decimals=${decimals} />`;
  return html`${passing.length > 0 ? list(passing, 0) : html`<p class="result-none">${t("Nothing passes here.")}</p>`}
    ${rest.length > 0 && html`<details class="result-rest">
      <summary>${tn("One more, which does not pass", "{n} more, which do not pass", rest.length)} ${own && own(rest)}</summary>
      ${list(rest, passing.length)}</details>`}`;
}

/** Which bar is which, and which of them decides. */
export function Legend({ rule, counts }) {
  return html`<ul class="result-legend">
    ${counts.map((count, place) => html`<li key=${count}>
      <span class=${`result-swatch is-${count} ${TONES[place]}`} aria-hidden="true"></span>
      ${countName(count)}${counts.length > 1 && decides(rule, count) && html`: <b>${t("this decides")}</b>`}
    </li>`)}
  </ul>`;
}

/** Rows as they are given, with the cut line after the last one that passes. */
export function ResultList({
  result, rows, counts, longest, groups, detail, small, own, first = 0, decimals = decimalsOf(rows, counts),
}) {
  return html`<ol class="result-list" start=${first + 1}>
    ${rows.map((row, place) => html`<${ResultRow} key=${row.item} row=${row} counts=${counts} longest=${longest}
      cut=${row.passes && (!rows[place + 1] || !rows[place + 1].passes)} order=${place}
      cells=${detail ? result.cells : null} fold=${small} own=${own} groups=${groups} rule=${result.rule}
      decimals=${decimals} />`)}
  </ol>`;
}

/** One item: its rank, its title, a bar for each count. `cut` draws the line under it. A doubtful place is marked only;
 *  whoever draws the list says once what the mark means ({@link Doubts}). `bars`: "full", "figures" (without bars, on one
 *  line) or "none". With `fold` the shares of `cells` are one tap away. */
export function ResultRow({
  row, counts, longest, cut, order = 0, cells, fold, own, groups, rule, decimals = 0, bars = "full",
}) {
  const title = row.title === undefined ? t("(hidden by the facilitator)") : row.title;
  const kind = `${bars === "full" ? "" : " is-short"}${row.passes ? " passes" : ""}${cut ? " is-cut" : ""}`;
  return html`<li class=${`result-row${kind}`} style=${{ "--order": order }}>
    <span class="result-rank" aria-hidden="true">${placeOf(row, rule)}</span>
    <div class="result-item">
      <p class="result-title">${title}${(row.lot || row.cut_depends) && html` <${Mark}
        icon="warning" />`}</p>
      <p class="visually-hidden">${row.passes ? t("Passes.") : t("Does not pass.")} ${placesSentence(row)}</p>
      ${row.lot && html`<p class="visually-hidden">${lotSentence()}</p>`}
      ${row.cut_depends && html`<p class="visually-hidden">${cautionSentence()}</p>`}
      ${own && own([row])}
    </div>
    <div class="result-bars">
      ${bars !== "none" && counts.map((count, place) => html`<${Bar} key=${count} count=${count} tone=${TONES[place]} value=${row[count]} longest=${longest}
        rank=${row[`rank_${count}`]} decimals=${decimals} />`)}
    </div>
    ${cells && row.cells && !allTogether(cells) && html`<${fold ? FoldedShares : CellShares} title=${title} shares=${row.cells} cells=${cells}
      groups=${groups} />`}
    ${cut && html`<p class="result-cut" aria-hidden="true"><span>${t("↑ passes")}</span></p>`}
  </li>`;
}

function Bar({ count, tone, value, longest, rank, decimals }) {
  const width = `${Math.max(0, Math.min(100, (100 * (value || 0)) / longest))}%`;
  return html`<div class=${`result-bar is-${count} ${tone}`}>
    <span class="visually-hidden">${countName(count)}: </span>
    <span class="result-track" aria-hidden="true"><span class="result-fill" style=${{ width }}></span></span>
    <span class="result-value">${share(value, decimals)}<span class="visually-hidden"> ${t("of the dots")}</span></span>
    <span class="result-place">${ordinal(rank)}</span>
  </div>`;
}

/** How each group spent its dots on one item: a share of that group's dots. */
export function CellShares({ shares, cells, groups }) {
  return html`<ul class="result-cells">
    ${cells.filter((cell) => shares[cell.id] !== undefined).map((cell) => html`<li key=${cell.id}>
      <${Mark} ...${cellMark(cell, groups)} />
      <span>${cellName(cell, groups)}</span> <b>${percent(shares[cell.id])}</b>
    </li>`)}
  </ul>`;
}

/* The same one tap away, and what the figures are parts of. */
function FoldedShares({ title, ...drawing }) {
  return html`<details class="result-shares"><summary>${t("By group")}
      <span class="visually-hidden"> ${title}</span></summary>
    <p>${t("Of each group's own dots:")}</p><${CellShares} ...${drawing} /></details>`;
}

/** What has to be said beside the figures. */
export function Remarks({ result, groups }) {
  return html`<div class="result-remarks">${remarks(result, groups).map((line) => html`<p
    key=${line}>${line}</p>`)}</div>`;
}

/** The result of a round of questions, revealed. `questions` are the stage's own, for their words. */
export function AskResult({ result, questions, groups, detail = true }) {
  if (result.few) return html`<p class="result-few">${fewSentence(result)}</p>`;
  return html`<div class="result">
    <ol class="answers">
      ${questions.map((question) => {
        const row = result.questions.find((one) => one.id === question.id);
        return row && html`<li key=${question.id} class="answer">
          <p class="answer-question">${w(question.text)}</p>
          ${question.type === "text"
            ? html`<${Texts} texts=${row.texts || []} />`
            : html`<${Scale} question=${question} row=${row} cells=${detail ? result.cells : null}
              groups=${groups} />`}
        </li>`;
      })}
    </ol>
    ${detail && allTogether(result.cells) && html`<p class="result-remarks">${togetherSentence()}</p>`}
  </div>`;
}

function Texts({ texts }) {
  if (!texts.length) return html`<p class="answer-none">${t("Nobody wrote an answer.")}</p>`;
  return html`<ul class="answer-texts">${texts.map((text, place) => html`<li key=${place}>${text}</li>`)}</ul>`;
}

/* The cells an answer is told by. Small ones may stand together for one question: their ids are joined by "+". */
function cellsOfAnswer(byCell, cells) {
  return Object.keys(byCell).map((id) => {
    const parts = cells.filter((cell) => id.split("+").includes(cell.id));
    return { id, groups: parts.reduce((all, cell) => all.concat(cell.groups), []) };
  });
}

/** The mean of one question on its scale, with the mean of each group where those may be shown. */
export function Scale({ question, row, cells, groups }) {
  if (row.mean === undefined) return html`<p class="answer-none">${t("Too few answers for a figure.")}</p>`;
  const steps = question.steps || 5;
  const at = (value) => `${(100 * (value - 1)) / (steps - 1)}%`;
  const means = cells && !allTogether(cells) ? cellsOfAnswer(row.by_cell || {}, cells) : [];
  return html`<div class="scale">
    <p class="scale-mean"><b>${decimal(row.mean)}</b> <span>${t("on a scale from 1 to {steps}", { steps })}</span></p>
    <div class="scale-line" aria-hidden="true">
      ${Array.from({ length: steps }, (_, step) => html`<i key=${step} class="scale-step"
        style=${{ left: at(step + 1) }}></i>`)}
      <span class="scale-at" style=${{ left: at(row.mean) }}></span>
    </div>
    <p class="scale-ends"><span>1 ${w(question.low || {})}</span>
      <span>${w(question.high || {})} ${steps}</span></p>
    ${means.length > 0 && html`<ul class="result-cells">
      ${means.map((cell) => html`<li key=${cell.id}><${Mark} ...${cellMark(cell, groups)} />
        <span>${cellName(cell, groups)}</span> <b>${decimal(row.by_cell[cell.id])}</b></li>`)}
    </ul>`}
  </div>`;
}
