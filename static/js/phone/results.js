/* Revealed results: the one of the stage that is on, and those so far. */
import { html } from "../shared/dom.js";
import { t, w } from "../shared/i18n.js";
import { AskResult, DotsResult } from "../shared/result.js";
import { More } from "./parts.js";

/* `past` is a run with its result: the current one, or an entry of `view.results`. */
export function Result({ past, groups, heading = 2 }) {
  return past.kind === "ask"
    ? html`<${AskResult} result=${past.result} questions=${past.questions} groups=${groups} />`
    : html`<${DotsResult} result=${past.result} columns=${past.columns} groups=${groups} heading=${heading} />`;
}

/* Everything revealed, newest first, one tap away; without the run that is shown already. */
export function ResultsSoFar({ view, except, open }) {
  const runs = view.results_order.filter((run) => run !== except).reverse();
  if (!runs.length) return null;
  return html`<${More} title=${t("Results so far")} count=${runs.length} open=${open}>
    ${runs.map((run) => html`<section key=${run} class="past">
      <h2>${w(view.results[run].title)}${view.results[run].number > 1 && html` <span class="quiet">
        ${t("Round {n}", { n: view.results[run].number })}</span>`}</h2>
      <${Result} past=${view.results[run]} groups=${view.groups} heading=${3} />
    </section>`)}
  <//>`;
}
