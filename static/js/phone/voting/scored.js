/* Scores from 1 to 5, one item at a time: what criteria and axes have in common. A ballot is sent when everything that is
   asked has an answer; what is answered before that is kept on the phone. */
import { html, useEffect, useRef } from "../../shared/dom.js";
import { isBlank } from "../../shared/ballots.js";
import { t, w } from "../../shared/i18n.js";
import { read } from "../../shared/storage.js";
import { Extras } from "../board.js";
import { Icon, More, sentence, useKept } from "../parts.js";
import { nextOpen } from "./next.js";
import { BallotState, RefusedBallot, doneWords } from "./parts.js";
import { Reason } from "./reason.js";

const STEPS = [1, 2, 3, 4, 5];
const DONT_KNOW = 0;

const partsSlot = (live, run) => `edp.${live.code}.part.${run.run}`;

/** What was begun on this phone and never sent, since something had no answer yet: item to ballot. */
export function begunIn(live, run) {
  const parts = read(partsSlot(live, run)) || {};
  return Object.keys(parts).reduce((all, item) => Object.assign(all, { [item]: { scores: parts[item] } }), {});
}

/* `measures`: [{id, name, asks, anchors: {1: words, 3: …, 5: …}, beside}]; those beside may be left out. `above` and `below`
   draw what stands over and under the scores of an item: `above(item)`, `below(scores)`. */
export function Scored({ live, run, items, on, cast, dismiss, columns, measures, reason, above, below }) {
  const [at, setAt] = useKept(`edp.${live.code}.at.${run.run}`, undefined);
  const [parts, setParts] = useKept(partsSlot(live, run), {});
  const item = items.find((one) => one.id === at) || items[0];
  const heading = useRef(null);
  const moved = useRef(false);
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    heading.current.closest(".sheet").scrollIntoView({ block: "start" });
    heading.current.focus({ preventScroll: true });
  }, [item && item.id]);
  if (!item) return html`<p class="quiet">${t("There is nothing to vote on.")}</p>`;

  const go = (to) => {
    moved.current = true;
    setAt(to.id);
  };
  const ballot = on(item.id);
  const scores = Object.assign({}, ballot.given.scores, parts[item.id]);
  const lacking = missingIn(measures, scores);
  const keep = (some) => {
    const next = Object.assign({}, parts, { [item.id]: some });
    if (!some) delete next[item.id];
    setParts(Object.keys(next).length ? next : undefined);
  };
  const score = (id, value) => {
    if (run.status === "paused") {
      live.announce(sentence({ code: "stage_paused" }), true);
      return;
    }
    const next = Object.assign({}, scores, { [id]: value });
    const complete = !missingIn(measures, next).length;
    keep(complete ? undefined : next);
    if (complete) cast(item.id, (given) => Object.assign({}, given, { scores: next }));
  };
  const takeBack = () => {
    keep(undefined);
    if (!isBlank(ballot.given)) cast(item.id, () => ({}));
  };
  const place = items.indexOf(item);
  const { done, next } = nextOpen({ items, on, columns: [], from: item.id });
  const begun = Object.keys(scores).length > 0;
  const { group, territory, ...content } = item;
  const stateOf = (one) => (parts[one.id] ? t("begun") : isBlank(on(one.id).given) ? "" : t("done"));
  return html`<div class="sheet" id="ballot">
    <div key=${item.id} class="judged">
      <p class="quiet small">${t("Page {page} of {pages}", { page: place + 1, pages: items.length })}${columns.length > 1
        && ` · ${w((columns.find((one) => one.id === item.column) || {}).name)}`}</p>
      <h2 class="words" tabindex="-1" ref=${heading} id=${`title-${item.id}`}><span class="candidate-n">${item.n}</span> ${item.title}</h2>
      <${Extras} item=${content} groups=${live.view.groups} sides=${live.view.territories} fold=${true} />
      ${above && above(item)}
      ${measures.map((measure) => html`<${Measure} key=${measure.id} of=${item.id} measure=${measure}
        value=${scores[measure.id]} set=${(value) => score(measure.id, value)} />`)}
      ${below && below(scores)}
      ${reason && html`<${Reason} live=${live} run=${run} item=${item} on=${on} cast=${cast} complete=${!lacking.length} />`}
      <div class="candidate-foot">
        <p class="candidate-state" role="status">${lacking.length === 0
          ? html`<${BallotState} ballot=${ballot} given=${true} live=${live} />`
          : begun && html`<span class="state waiting">${t("Still to answer: {names}", { names: lacking.join(", ") })}</span>`}</p>
        ${begun && run.status === "open" && html`<button type="button" class="button-bare" onClick=${takeBack}>
          ${t("Take this vote back")}</button>`}
      </div>
      <${RefusedBallot} ballot=${ballot} dismiss=${() => dismiss(item.id)} />
    </div>
    <${More} title=${t("All items")}>
      <ol class="plain-list all-items">${items.map((one) => html`<li key=${one.id}>
        <button type="button" class="pick" aria-current=${one === item ? "true" : undefined} onClick=${() => go(one)}>
          <span class="words">${one.title}</span><span class="quiet small">${stateOf(one) === t("done") && html`<${Icon} name="check" />`}${stateOf(one)}</span>
        </button></li>`)}</ol><//>
    <${Turning} items=${items} place=${place} go=${go} next=${next} done=${done} ready=${!lacking.length} />
  </div>`;
}

/* The names of what still lacks an answer. */
export function missingIn(measures, scores) {
  return measures.filter((one) => !one.beside && !(one.id in scores)).map((one) => one.name);
}

/* Back and on, where the thumb is; the way on stands out once this item is done. */
function Turning({ items, place, go, next, done, ready }) {
  const before = items[place - 1];
  const after = items[place + 1];
  const all = done === items.length;
  const onward = after || (!all && next);
  return html`<div class="left turning">
    <button type="button" class="stepper" aria-disabled=${before ? undefined : "true"} onClick=${() => before && go(before)}>
      <${Icon} name="back" /><span class="visually-hidden">${t("Previous item")}</span></button>
    <p class="left-words" role="status"><b>${doneWords(done, items.length)}</b></p>
    ${onward && html`<button type="button" class=${ready ? "button" : "button-outline"} onClick=${() => go(onward)}>
      ${t("Next item")}<${Icon} name="next" /></button>`}
  </div>`;
}

/* One thing to score: its question, five buttons with what they stand for, and “don't know”. */
function Measure({ of, measure, value, set }) {
  const { id, name, asks, anchors, beside } = measure;
  const label = (step) => [step, anchors[step]].filter(Boolean).join(", ");
  const radio = (step, words) => html`<input type="radio" name=${`${of}-${id}`} checked=${value === step} aria-label=${words}
    onClick=${() => value !== step && set(step)} />`;
  return html`<fieldset class="measure">
    <legend><h3>${name}</h3></legend>
    ${beside && html`<p class="beside small"><${Icon} name="funding" />
      ${t("Asked of funding institutions only. It stands beside the total, not in it.")}</p>`}
    ${asks && html`<p class="quiet">${asks}</p>`}
    <div class="scale-row">
      ${STEPS.map((step) => html`<label key=${step} class=${value === step ? "step chosen" : "step"}>
        ${radio(step, label(step))}<span aria-hidden="true">${step}</span></label>`)}
    </div>
    <p class=${anchors[3] ? "ends of-3" : "ends"} aria-hidden="true">
      ${[1, 3, 5].filter((step) => step !== 3 || anchors[3]).map((step) => html`<span key=${step}>${anchors[step]}</span>`)}</p>
    <label class=${value === DONT_KNOW ? "step dont-know chosen" : "step dont-know"}>
      ${radio(DONT_KNOW, t("Don’t know"))}<span aria-hidden="true">${t("Don’t know")}</span></label>
  </fieldset>`;
}

/* A score, or that there is none. */
export const scoreWords = (score) => (score === DONT_KNOW ? t("don’t know") : String(score));
