/* Revealed results: the one of the stage that is on, and those so far. */
import { html } from "../shared/dom.js";
import { t, tn, w } from "../shared/i18n.js";
import { AskResult, VoteResult } from "../shared/result.js";
import { METHODS } from "../shared/results/index.js";
import { Dots, More } from "./parts.js";

/* `past` is a run with its result: the current one, or an entry of `view.results`; `run` its id. `ballots` are one's own in it. */
export function Result({ past, run, view, ballots, heading = 2 }) {
  const { groups, territories } = view;
  if (past.kind === "ask") {
    return html`<${AskResult} result=${past.result} questions=${past.questions} groups=${groups} territories=${territories} />`;
  }
  return html`<${VoteResult} run=${past} groups=${groups} territories=${territories} results=${view.results}
    heading=${heading} small=${true}
    pictured=${{ code: view.workshop.code, run }}
    own=${(rows) => html`<${Own} rows=${rows} run=${past} ballots=${ballots || {}} />`} />`;
}

/* What the reader gave these rows. */
function Own({ rows, run, ballots }) {
  const { own } = METHODS[run.result.method];
  if (!own) return html`<${Given} dots=${rows.reduce((sum, row) => sum + dotsOn(ballots, row.item), 0)} />`;
  const said = rows.length === 1 && own(ballots, rows[0], run);
  return said && html`<span class="given">${said}</span>`;
}

function dotsOn(ballots, item) {
  return ((ballots || {})[item] || { dots: 0 }).dots;
}

/* One's own dots in a result, with the sign of the vote. */
function Given({ dots }) {
  return dots > 0 && html`<span class="given"><${Dots} given=${dots} /><span>${
    tn("You placed one dot", "You placed {n} dots", dots)}</span></span>`;
}

/* One's own ballots in a run, as they were counted. */
export function ballotsIn(self, run) {
  return ((self && self.ballots) || {})[run];
}

/* Everything revealed, newest first, one tap away; without the run that is shown already. */
export function ResultsSoFar({ view, self, except, open }) {
  const runs = view.results_order.filter((run) => run !== except).reverse();
  if (!runs.length) return null;
  return html`<${More} title=${view.workshop.ended ? t("Results") : t("Results so far")} count=${runs.length} open=${open}>
    ${runs.map((run) => html`<section key=${run} class="past">
      <h2>${w(view.results[run].title)}${view.results[run].number > 1 && html` <span class="quiet">
        ${t("Round {n}", { n: view.results[run].number })}</span>`}</h2>
      <${Result} past=${view.results[run]} run=${run} view=${view}
        ballots=${ballotsIn(self, run)} heading=${3} />
    </section>`)}
  <//>`;
}
