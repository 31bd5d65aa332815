// A vote: the rule and how many have voted while it runs; the ranked result once it is revealed, never before.
import { html } from "../shared/dom.js";
import { t, tn } from "../shared/i18n.js";
import { columnName, Legend, longestBar, Mark, ResultRow } from "../shared/result.js";
import {
  cautionSentence, countsOf, dotsSentence, fewSentence, flip, flipSentence, lotSentence, remarks, ruleSentence,
} from "../shared/result_words.js";
import { Pages } from "./fit.js";
import { byColumn, ColumnHead, Figure, Nothing, Note } from "./pieces.js";

const CANDIDATE_SIZES = [2.25, 2, 1.75];
const RESULT_SIZES = [2.25, 2, 1.75];

/** The picture of a vote run. */
export function Vote({ run, groups, people }) {
  if (run.revealed && run.result) return html`<${VoteResult} result=${run.result} columns=${run.columns}
    groups=${groups} />`;
  return html`<div class="vote">
    <div class="vote-facts">
      <${Figure} value=${run.cast || 0} of=${people}
        words=${tn("of {people} has voted", "of {people} have voted", run.cast || 0, { people })} />
      ${run.status === "closed"
        ? html`<p class="plain">${t("The vote is closed. The result is shown when the facilitator reveals it.")}</p>`
        : html`<p class="plain">${dotsSentence(run.method)}</p>`}
      <p class="plain">${ruleSentence(run.rule, run.passes, run.method.per === "column")}</p>
    </div>
    <${Candidates} run=${run} />
  </div>`;
}

/* What is voted on, as text, so that nobody depends on a phone to read it; without saying which group wrote it. */
function Candidates({ run }) {
  const items = Object.keys(run.candidates || {}).map((id) => run.candidates[id]);
  if (!items.length) return html`<${Nothing} words=${t("There is nothing to vote on.")} />`;
  const stands = run.columns.filter((column) => items.some((item) => item.column === column.id));
  const several = stands.length > 1;
  const columns = byColumn(stands, run.candidates).map(({ column, items: own }) => ({
    id: column.id,
    head: several && html`<${ColumnHead} column=${column} />`,
    entries: own.map((item) => ({
      key: item.id,
      node: html`<${Note} key=${item.id} item=${Object.assign({}, item, { merged: [] })} groups=${[]} />`,
    })),
  }));
  return html`<${Pages} columns=${columns} sizes=${CANDIDATE_SIZES} widest=${several ? 2 : 4}
    lanes=${several ? 1 : 2}
    listClass="notes" label=${t("What is voted on")}
      content=${JSON.stringify(items.map((item) => [item.id, item.title]))} />`;
}

/** The revealed result of a vote: ranked lists with both counts, the cut line, and what the difference is. */
export function VoteResult({ result, columns, groups }) {
  if (result.few) return html`<${Nothing} words=${fewSentence(result)} />`;
  const counts = countsOf(result);
  const longest = longestBar(result, counts);
  const one = result.columns.length === 1;
  const drawn = result.columns.map((column) => ({
    id: column.column || "all",
    head: column.column && html`<header
      class="column-head"><h2>${columnName(column.column, columns)}</h2></header>`,
    entries: column.items.map((row, place) => ({
      key: row.item,
      node: html`<${ResultRow} key=${row.item} row=${row} counts=${counts} longest=${longest} order=${place}
        cut=${row.passes && !(column.items[place + 1] || {}).passes} brief groups=${groups} rule=${result.rule} />`,
    })),
  }));
  const flips = result.columns.map(flip).filter(Boolean);
  return html`<div class=${`result ${one ? "result-wide" : "result-side"}`}>
    <${Legend} rule=${result.rule} counts=${counts} />
    <${Pages} columns=${drawn} sizes=${RESULT_SIZES} lanes=${1} listClass="result-list" label=${t("Result")}
      content=${JSON.stringify(result.columns)} />
    <div class="result-said">
      ${flips.slice(0, 1).map((row) => html`<p key=${row.item} class="result-flip">${flipSentence(row)}</p>`)}
      <p class="result-remarks">${remarks(result, groups).join(" ")}</p>
      ${doubts(result).map((line) => html`<p key=${line} class="result-doubt"><${Mark}
        icon="warning" /> ${line}</p>`)}
    </div>
  </div>`;
}

/* What the warning mark beside a row stands for, said once. */
function doubts(result) {
  const rows = result.columns.flatMap((column) => column.items);
  return [
    rows.some((row) => row.cut_depends) && cautionSentence(),
    rows.some((row) => row.lot) && lotSentence(),
  ].filter(Boolean);
}
