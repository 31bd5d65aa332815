// A vote and a round of questions on the console: how many have taken part, the rule, sheets of paper; the result only
// once it was revealed.
import { html } from "../shared/dom.js";
import { number, t, tn, w } from "../shared/i18n.js";
import { decidingSentence, methodSentence, roundSentence, weightsSentence } from "../shared/method_words.js";
import { AskResult, VoteResult } from "../shared/result.js";
import { PastCards } from "./cards.js";
import { called, fewPhonesWords, lateVotes, withheldWords } from "./flow.js";
import { Paper } from "./paper.js";

/** The panel of a vote run. */
export function Vote({ view, actions }) {
  const run = view.now;
  const n = Object.keys(run.candidates).length;
  if (run.revealed && run.result) return html`<${Revealed} view=${view} label=${t("Result")} />`;
  return html`<section class="panel" aria-label=${t("Vote")}>
    <${Count} value=${run.cast} of=${run.able} words=${voted(run.cast)} />
    <${Withheld} view=${view} />
    <p>${methodSentence(run.method)} ${decidingSentence(run)}</p>
    ${[roundSentence(run), weightsSentence(run)].filter(Boolean).map((line) => html`<p key=${line}>${line}</p>`)}
    <p class="quiet">${tn("There is one item to vote on.", "There are {n} items to vote on.", n)}
      ${" "}${t("Nobody sees results before they are revealed, neither do you.")}</p>
    ${!view.workshop.ended && html`<${Paper} view=${view} run=${run} actions=${actions} />`}
  </section>`;
}

/** The panel "Votes on paper": the form of every vote that was left without revealing it. */
export function LatePaper({ view, actions }) {
  return html`<div class="panel">${lateVotes(view).map((run) => html`<section key=${run.run} class="past panel">
    <h2 class="part-title">${called(view, run.stage)}${run.number > 1 && ` · ${t("run {n}", { n: run.number })}`}</h2>
    <p><b>${number(run.cast)}</b> ${t("of {n}", { n: number(run.able) })} ${voted(run.cast)}</p>
    <${Said} words=${fewPhonesWords(view, run)} />
    <${Paper} view=${view} run=${run} actions=${actions} open=${true} /></section>`)}</div>`;
}

/** The panel of an ask run. */
export function Ask({ view }) {
  const run = view.now;
  if (run.revealed && run.result) return html`<${Revealed} view=${view} label=${t("Answers")} />`;
  return html`<section class="panel" aria-label=${t("Questions")}>
    <${Count} value=${run.answered} of=${run.able} words=${tn("has answered", "have answered", run.answered)} />
    <${Withheld} view=${view} />
    <ol class="questions">${run.questions.map((question) => html`<li
      key=${question.id}>${w(question.text)}</li>`)}</ol>
  </section>`;
}

/* The panel of a vote, or of questions, whose result is shown. */
function Revealed({ view, label }) {
  return html`<section class="panel" aria-label=${label}><${Turning} view=${view} />
    <${Outcome} view=${view} past=${view.now} run=${view.now.run} />
    <${Withheld} view=${view} /></section>`;
}

/* The result of a run, of either kind. */
function Outcome({ view, past, run }) {
  const { groups, territories, results } = view;
  return past.kind === "ask"
    ? html`<${AskResult} result=${past.result} questions=${past.questions} groups=${groups} territories=${territories} />`
    : html`<${VoteResult} run=${past} groups=${groups} territories=${territories} results=${results}
      pictured=${{ code: view.workshop.code, run }} />`;
}

/* What can be done where no figures are, or would be, shown. */
function Withheld({ view }) {
  return html`<${Said} words=${withheldWords(view)} />`;
}

/* How the pages of what the screen shows now are turned and held. */
function Turning({ view }) {
  return !view.workshop.ended && html`<p
    class="hint">${t("If this takes several pages on the screen, it turns them by itself. At its computer the arrow keys or a clicker turn them and hold them; the space bar lets them go on.")}</p>`;
}

function Said({ words }) {
  return words && html`<p class="withheld">${words}</p>`;
}

const voted = (n) => tn("has voted", "have voted", n);

function Count({ value, of, words }) {
  return html`<p class="count"><b>${number(value)}</b> ${of !== undefined && t("of {n}", { n: number(of) })} ${words}</p>`;
}

/** Every result revealed so far, the latest first. */
export function Results({ view, actions }) {
  const order = view.results_order.slice().reverse();
  if (!order.length && !view.cards) return html`<p class="empty">${t("No result was revealed yet.")}</p>`;
  return html`<div class="panel">${order.map((run) => {
    const past = view.results[run];
    const several = view.stages.some((stage) => stage.id === past.stage && stage.runs.length > 1);
    return html`<section key=${run} class="past">
      <h2 class="part-title">${called(view, past.stage)}${several && ` · ${t("run {n}", { n: past.number })}`}</h2>
      <${Outcome} view=${view} past=${past} run=${run} />
    </section>`;
  })}<${PastCards} view=${view} actions=${actions} /></div>`;
}
