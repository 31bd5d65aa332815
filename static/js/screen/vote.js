// A vote: the rule and how many have voted while it runs; the ranked result once it is revealed, never before.
import { html, names } from "../shared/dom.js";
import { t, tn, w } from "../shared/i18n.js";
import { decidingSentence, methodSentence, roundSentence } from "../shared/method_words.js";
import { columnName, Doubts, Legend, longestBar, ResultRow } from "../shared/result.js";
import {
  countsOf, decimalsOf, fewSentence, flipsOf, flipSentence, remarks, ruleSentence,
} from "../shared/result_words.js";
import { Pages } from "./fit.js";
import { byColumn, ColumnHead, Figure, Nothing, Note } from "./pieces.js";

const CANDIDATE_SIZES = [2.25, 2, 1.75];
const MANY = 16; // candidates: more of them get the whole width, below the facts
const RESULT_SIZES = [2.25, 2, 1.75];

/** Whether so much is voted on that the list needs the whole width. */
export function hasMany(run) {
  return Object.keys(run.candidates || {}).length > MANY;
}

/** The picture of a vote run. */
export function Vote({ run, groups, people }) {
  if (run.revealed && run.result) return html`<${VoteResult} run=${run} groups=${groups} />`;
  const many = hasMany(run);
  return html`<div class=${names("vote", many && "is-many")}>
    <div class="vote-facts">
      <${Figure} value=${run.cast || 0} of=${people}
        words=${tn("of {people} has voted", "of {people} have voted", run.cast || 0, { people })} />
      ${run.status === "closed"
        ? html`<p class="plain">${t("The vote is closed. The result is shown when the facilitator reveals it.")}</p>`
        : html`<p class="plain">${methodSentence(run.method)}</p>`}
      <p class="plain">${decidingSentence(run)}</p>
      ${run.second_of && html`<p class="plain">${roundSentence(run)}</p>`}
    </div>
    <${Candidates} run=${run} many=${many} />
  </div>`;
}

/* What is voted on, as text, so that nobody depends on a phone to read it; without saying which group wrote it. */
function Candidates({ run, many }) {
  const items = Object.keys(run.candidates || {}).map((id) => run.candidates[id]);
  if (!items.length) return html`<${Nothing} words=${t("There is nothing to vote on.")} />`;
  const stands = run.columns.filter((column) => items.some((item) => item.column === column.id));
  const several = stands.length > 1;
  const columns = byColumn(stands, run.candidates).map(({ column, items: own }) => ({
    id: column.id,
    label: w(column.name),
    head: several && html`<${ColumnHead} column=${column} />`,
    entries: own.map((item) => ({
      key: item.id,
      node: html`<${Note} key=${item.id} item=${Object.assign({}, item, { merged: [] })} groups=${[]} />`,
    })),
  }));
  return html`<${Pages} columns=${columns} sizes=${CANDIDATE_SIZES} widest=${several && !many ? 2 : 4}
    lanes=${several ? 1 : many ? 3 : 2}
    listClass="notes" label=${t("What is voted on")}
      content=${JSON.stringify(items.map((item) => [item.id, item.title]))} />`;
}

/** The revealed result of a vote: ranked lists with both counts, the cut line, and what the difference is. The first
 *  page holds all that passes; where the lists are too long for that, a short list of it goes before them. */
function VoteResult({ run, groups }) {
  const result = run.result;
  if (result.few) return html`<${Nothing} words=${fewSentence(result)} />`;
  const counts = countsOf(result);
  const passing = result.columns.flatMap((column) => column.items.filter((row) => row.passes).map((row) => row.item));
  const flips = flipsOf(result);
  const drawing = { result, names: run.columns, counts, groups };
  const kept = (row) => row.passes || (flips.length > 0 && row.item === flips[0].item);
  const short = [listsOf(drawing, kept, "figures"), listsOf(drawing, kept, "none")];
  const rows = result.columns.flatMap((column) => column.items);
  const kind = result.columns.length === 1 ? "result-wide" : "result-side";
  const foot = (keys, summary) => {
    const told = flips.find((row) => keys.includes(row.item));
    return html`${told && html`<p class="result-flip">${flipSentence(told)}</p>`}
      ${!summary && html`<p class="result-remarks">${remarks(result, groups).join(" ")}</p>`}
      <${Doubts} rows=${rows.filter((row) => keys.includes(row.item))} />`;
  };
  return html`<div class=${`result ${kind}`}>
    <div class="result-said">
      <p class="plain">${ruleSentence(run.rule, run.passes, run.method.per === "column")}</p>
      <${Legend} rule=${result.rule} counts=${counts} />
    </div>
    <${Pages} columns=${listsOf(drawing, () => true)} summaries=${short} must=${passing} foot=${foot}
      sizes=${RESULT_SIZES} lanes=${1} listClass="result-list" label=${t("Result")}
      content=${JSON.stringify(result)} />
  </div>`;
}

/* The lists of a result with those rows that `keep` keeps, and how much of each row (see ResultRow). */
function listsOf({ result, names: own, counts, groups }, keep, bars) {
  const longest = longestBar(result, counts);
  return result.columns.map((column) => {
    const rows = column.items.filter(keep);
    const decimals = decimalsOf(column.items, counts);
    const name = column.column && columnName(column.column, own);
    return {
      id: column.column || "all",
      label: name,
      head: name && html`<header class="column-head"><h2>${name}</h2></header>`,
      entries: rows.map((row, place) => ({
        key: row.item,
        node: html`<${ResultRow} key=${row.item} row=${row} counts=${counts} longest=${longest} order=${place}
          cut=${row.passes && !(rows[place + 1] || {}).passes} groups=${groups} rule=${result.rule}
          decimals=${decimals} bars=${bars} />`,
      })),
    };
  });
}
