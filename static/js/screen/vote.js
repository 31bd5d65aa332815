// A vote while it runs: the rule, how many have voted, what is voted on; the result once it is revealed, never before.
import { html, names } from "../shared/dom.js";
import { t, tn, w } from "../shared/i18n.js";
import { decidingSentence, methodSentence, roundSentence, weightsOf, weightsSentence } from "../shared/method_words.js";
import { Pages } from "./fit.js";
import { byColumn, ColumnHead, Figure, Nothing, Note } from "./pieces.js";
import { standing } from "../shared/results/said.js";
import { VoteResult } from "./result.js";

const CANDIDATE_SIZES = [2.75, 2.5, 2.25, 2, 1.75];
const MANY = 16; // candidates: more of them get the whole width, below the facts
const WORDY = 330; // characters: more facts, too, get the whole width
const LONG = 180; // characters: more facts are said smaller

/** Whether so much is voted on, or to be said of it, that the list needs the whole width. */
export function hasMany(run) {
  return Object.keys(run.candidates || {}).length > MANY || factsOf(run).join(" ").length > WORDY;
}

/* The rules, as they are known to everybody before the first ballot. */
function factsOf(run) {
  return [
    run.status === "closed"
      ? t("The vote is closed. The result is shown when the facilitator reveals it.")
      : methodSentence(run.method),
    criteriaSentence(run),
    decidingSentence(run),
    roundSentence(run),
  ].filter(Boolean);
}

/* The criteria by name, and what counts how much. */
function criteriaSentence(run) {
  const all = run.method.type === "criteria" ? run.method.criteria.filter((one) => !one.beside) : [];
  if (all.length < 2 || weightsOf(run).length) return weightsSentence(run);
  return `${all.map((one) => w(one.name)).join(" · ")}. ${weightsSentence(run)}`;
}

/** The picture of a vote run. */
export function Vote({ run, groups, territories, people, code, results }) {
  if (run.revealed && run.result) {
    return html`<${VoteResult} run=${run} groups=${groups} territories=${territories} code=${code}
      both=${standing(run, results)} />`;
  }
  const many = hasMany(run);
  const facts = factsOf(run);
  return html`<div class=${names("vote", many && "is-many", facts.join(" ").length > LONG && "is-told")}>
    <div class="vote-facts">
      <${Figure} value=${run.cast || 0} of=${people}
        words=${tn("of {people} has voted", "of {people} have voted", run.cast || 0, { people })} />
      ${facts.map((said) => html`<p key=${said} class="plain">${said}</p>`)}
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
  return html`<${Pages} columns=${columns} sizes=${many || several ? CANDIDATE_SIZES.slice(2) : CANDIDATE_SIZES} widest=${several && !many ? 2 : 4}
    lanes=${several ? 1 : many ? 3 : 2} fewest=${!several}
    listClass="notes" label=${t("What is voted on")}
      content=${JSON.stringify(items.map((item) => [item.id, item.title, item.translations]))} />`;
}
