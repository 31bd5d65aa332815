// A revealed result, drawn: the same pieces on the phone, the console and the screen (which sets its own sizes in its
// style sheet). Bars are HTML, their length a percentage of the longest one; each has its figure beside it.
import { html } from "./dom.js";
import { t, tn, w } from "./i18n.js";
import { Mark } from "./mark.js";
import { allTogether, decimal, doubts, fewSentence, passingFirst, remarks, togetherSentence } from "./result_words.js";
import { Legend } from "./results/bars.js";
import { alike, differencesIn, otherwise } from "./results/differing.js";
import { drawingOf, headlineOf, ruleOf } from "./results/index.js";
import { FoldedPictures } from "./results/pictures.js";
import { CellFigures, Rows } from "./results/rows.js";
import { bothHeadline, bothSentence, byCell, keptSentence, standing, territoriesLine, tieSentence } from "./results/said.js";

/** The result of a vote, revealed: the rule, for every column the items that pass, the cut line, the others; both counts.
 *
 *  `run` is the run with its result, now or in the past; `groups` and `territories` the workshop's. `heading` is the level
 *  of the columns' headings. `small` is for a phone: one tap to a column where there are several, and there what does
 *  not pass one tap away; groups, too. Criteria and reasons are one tap away everywhere. `own(rows)` draws what the reader gave these
 *  rows, or nothing. `pictured`: {code, run} of its pictures. `results`: all that were revealed; a second round then tells
 *  what stands after both. */
export function VoteResult({ run, groups, territories, results, heading = 3, small = false, own, pictured }) {
  const { result } = run;
  if (result.few) return html`<p class="result-few">${fewSentence(result)}</p>`;
  const drawing = drawingOf({ run, groups, territories });
  const { drawn, counts, columns } = drawing;
  const both = standing(run, results);
  const apart = small && result.columns.length > 1;
  const legend = drawn.legend && drawn.legend(drawing);
  return html`<div class="result">
    <p class="result-headline">${both ? bothHeadline(both) : headlineOf(run)}</p>
    <p class="result-rule">${ruleOf(drawing)}</p>
    ${both && html`<p class="result-flip">${keptSentence(both)} ${bothSentence(both)}</p>`}
    ${legend}
    ${drawn.counted !== false && html`<${Legend} rule=${drawing.decides ? result.rule : ""} counts=${counts} flat=${!drawn.width} />`}
    ${apart && html`<${ColumnLinks} lists=${result.columns} columns=${columns} />`}
    <div class=${`result-columns of-${Math.min(result.columns.length, 4)}`}>
      ${result.columns.map((listing) => html`<${Listing} key=${listing.column} listing=${listing} drawing=${drawing}
        heading=${heading} small=${small} apart=${apart} own=${own} />`)}
    </div>
    ${pictured && html`<${FoldedPictures} of=${pictured} drawing=${drawing} place=${small ? "phone" : "page"} />`}
    ${alike(drawing) && html`<p class="result-flip">${alike(drawing)}</p>`}
    ${otherwise(drawing) && html`<p class="result-remarks">${otherwise(drawing)}</p>`}
    <${Doubts} rows=${result.columns.flatMap((column) => column.items)} />
    <${Remarks} result=${result} groups=${groups} />
  </div>`;
}

function Listing({ listing, drawing, heading, small, apart, own }) {
  const { drawn, counts, columns } = drawing;
  const rows = drawn.passes ? passingFirst(listing.items) : listing.items;
  const passing = rows.filter((row) => row.passes);
  const rest = rows.slice(passing.length);
  const decimals = drawn.decimals(rows, counts);
  const about = drawn.about && drawn.about(listing, drawing);
  const unit = drawn.unit() && html`<p class="result-unit" aria-hidden="true">${drawn.unit()}</p>`;
  const differing = differencesIn(listing, drawing);
  const tie = tieSentence(listing, drawing.result);
  const how = { drawing, decimals, full: true, fold: small || Boolean(drawn.sides), own: own && ((row) => own([row])) };
  return html`<section class="result-column">
    ${listing.column && html`<${Heading} level=${heading}>${columnName(listing.column, columns)}<//>`}
    ${about && html`<p class="result-about">${about}</p>`}
    ${drawn.passes && drawing.decides && passing.length === 0 && html`<p class="result-none">${t("Nothing passes here.")}</p>`}
    ${passing.length > 0 && html`${unit}<${Rows} rows=${passing} ...${how} />`}
    ${differing.map(({ item, said, why }) => html`<div key=${item} class="result-differs"><p class="result-flip">${said}</p>
      ${why && html`<p class="result-why">${why}</p>`}</div>`)}
    ${tie && html`<p class="result-why">${tie}</p>`}
    ${passing.length === 0 && rest.length > 0 && unit}
    ${rest.length > 0 && (apart
      ? html`<details class="result-rest"><summary>${tn("One more, which does not pass", "{n} more, which do not pass", rest.length)} ${
        own && own(rest)}</summary><${Rows} rows=${rest} first=${passing.length} ...${how} /></details>`
      : html`<${Rows} rows=${rest} first=${passing.length} ...${how} />`)}
  </section>`;
}

/** What the warning mark beside rows stands for, said once below them. */
export function Doubts({ rows, all }) {
  return doubts(rows, all).map((line) => html`<p key=${line} class="result-doubt"><${Mark} icon="warning" /> ${line}</p>`);
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

/** What has to be said beside the figures. */
export function Remarks({ result, groups }) {
  return html`<div class="result-remarks">${remarks(result, groups).map((line) => html`<p
    key=${line}>${line}</p>`)}</div>`;
}

/** The result of a round of questions, revealed. `questions` are the stage's own, for their words. */
export function AskResult({ result, questions, groups, territories, detail = true }) {
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
              groups=${groups} territories=${territories} />`}
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

/** The mean of one question on its scale, with the mean of each group where those may be shown. */
export function Scale({ question, row, cells, groups, territories = [] }) {
  if (row.mean === undefined) return html`<p class="answer-none">${t("Too few answers for a figure.")}</p>`;
  const steps = question.steps || 5;
  const first = question.first === 0 ? 0 : 1;
  const last = first + steps - 1;
  const at = (value) => `${(100 * (value - first)) / (steps - 1)}%`;
  const means = byCell(row.by_cell, cells).map(({ cell, value }) => ({ cell, said: decimal(value) }));
  const sides = territoriesLine(row.territories, territories, decimal);
  return html`<div class="scale">
    <p class="scale-mean"><b>${decimal(row.mean)}</b> <span>${t("on a scale from {first} to {last}", { first, last })}</span>
      ${row.balanced !== undefined && html`<span class="scale-balanced">${t("Every group counting the same: {mean}",
        { mean: decimal(row.balanced) })}</span>`}</p>
    <div class="scale-line" aria-hidden="true">
      ${Array.from({ length: steps }, (_, step) => html`<i key=${step} class="scale-step"
        style=${{ left: at(step + first) }}></i>`)}
      <span class="scale-at" style=${{ left: at(row.mean) }}></span>
    </div>
    <p class="scale-ends"><span>${first} ${w(question.low || {})}</span>
      <span>${w(question.high || {})} ${last}</span></p>
    ${means.length > 0 && html`<${CellFigures} figures=${means} groups=${groups} />`}
    ${sides && html`<p class="scale-sides">${t("By territory: {figures}.", { figures: sides })}</p>`}
  </div>`;
}
