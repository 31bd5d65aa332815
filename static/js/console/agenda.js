// The run sheet: every stage with its minutes, where the workshop is, and a way to open any of them.
import { html, names, useEffect, useRef, useState } from "../shared/dom.js";
import { t, tn } from "../shared/i18n.js";
import { placeOf } from "../shared/places.js";
import { Act, Said } from "./actions.js";
import { Adding } from "./adding.js";
import { Moving } from "./arranging.js";
import { Ending } from "./ending.js";
import { called, canReveal, minutes, nextStage, openingWords, statusWord, stepName } from "./flow.js";

/** The whole agenda, and above it when the workshop is to end. `fit`: see fit.js. */
export function Agenda({ view, fit, actions, offset }) {
  const [shown, show] = useState("");
  const next = view.workshop.ended ? undefined : nextStage(view);
  const column = useRef(null);
  useFollows(column, view.now && view.now.run);
  return html`<nav class="agenda" id="agenda" tabindex="-1" ref=${column} aria-label=${t("Agenda")}>
    <h2 class="part-title">${t("Agenda")}</h2>
    <${Ending} view=${view} fit=${fit} actions=${actions} offset=${offset} />
    <ol class="agenda-list">
      ${view.stages.map((stage) => html`<${Row} key=${stage.id} stage=${stage} place=${placeOf(view.stages, stage.id).place}
        view=${view}
        now=${!view.workshop.ended && Boolean(view.now) && view.now.stage === stage.id}
          next=${next && next.id === stage.id} actions=${actions}
        open=${shown === stage.id} toggle=${() => show(shown === stage.id ? "" : stage.id)} />`)}
    </ol>
    <${Adding} view=${view} actions=${actions} />
  </nav>`;
}

/* Where the agenda is a column of its own, it shows where the workshop is whenever another stage is on: only the column
   moves, neither the page nor the focus, and nothing if the stage and what follows it are in sight. */
function useFollows(column, run) {
  useEffect(() => {
    const own = column.current;
    const row = own.querySelector(".agenda-row.is-now");
    if (!row || own.scrollHeight <= own.clientHeight || window.getComputedStyle(own).overflowY === "visible") return;
    const frame = own.getBoundingClientRect();
    const { top, height } = row.getBoundingClientRect();
    const below = (row.nextElementSibling || row).getBoundingClientRect().bottom;
    if (top < frame.top || below > frame.bottom) own.scrollTop += top - frame.top - (own.clientHeight - height) / 2;
  }, [run]);
}

function Row({ stage, place, view, now, next, actions, open, toggle }) {
  const id = `stage-${stage.id}`;
  const status = statusOf(stage, next);
  return html`<li class=${names("agenda-row", `is-${stage.status}`, stage.skipped && "is-skipped", now && "is-now", next && "is-next")}
    aria-current=${now ? "step" : undefined}>
    <button type="button" class="agenda-button" aria-expanded=${open ? "true" : "false"} aria-controls=${id}
      onClick=${toggle}>
      <span class="agenda-place">${place || "–"}</span>
      <span class="agenda-title">${called(view, stage.id)}</span>
      <span class="agenda-minutes">${stage.minutes}<abbr aria-label=${t("minutes")}>′</abbr></span>
      ${status && html`<span class="agenda-status">${status}</span>`}
    </button>
    ${open && html`<${Details} id=${id} stage=${stage} view=${view} now=${now} actions=${actions} />`}
  </li>`;
}

function statusOf(stage, next) {
  const revealed = stage.runs.some((run) => run.revealed);
  if (next) return t("next");
  if (stage.skipped) return t("left out");
  if (stage.status === "waiting") return "";
  return stage.status === "closed" && revealed ? t("result shown") : statusWord(stage.status);
}

/* What a stage is about, its runs, and the button that opens it out of turn. */
function Details({ id, stage, view, now, actions }) {
  const running = now && stage.status !== "closed";
  const others = view.now && !now && !view.workshop.ended && ["open", "paused"].includes(view.now.status);
  const other = others && called(view, view.now.stage);
  const place = `agenda.${stage.id}`;
  const latest = stage.runs[stage.runs.length - 1];
  const again = latest && latest.revealed;
  const hidden = stage.runs.filter((run) => canReveal(view, run));
  return html`<div class="agenda-details" id=${id}>
    <p>${[stepName(stage.step), minutes(stage.minutes), stage.added && t("added on the day"), stage.prepared && t("prepared with {minutes}",
      { minutes: minutes(stage.prepared) })].filter(Boolean).join(" · ")}</p>
    ${stage.passed_by && html`<p>${t("About what passes in “{stage}”.", { stage: called(view, stage.passed_by) })}</p>`}
    ${stage.links_to && html`<p>${t("Contributions can name what passes in “{stage}”.", { stage: called(view, stage.links_to) })}</p>`}
    ${stage.runs.length > 1 && html`<p>${tn("It has run once.", "It has run {n} times.", stage.runs.length)}</p>`}
    ${actions.may("reveal_result") && hidden.map((run) => html`<div key=${run.run} class="agenda-reveal">
      <p>${stage.runs.length > 1
        ? t("The result of run {n} is not revealed yet.", { n: run.number }) : t("The result is not revealed yet.")}
        ${" "}${t("Once it is, everyone sees it and it cannot be hidden again.")}</p>
      <${Act} actions=${actions} place=${`reveal.${run.run}`} icon="screen"
        command=${{ type: "reveal_result", run: run.run }}>${t("Reveal the result")}<//>
      <${Said} actions=${actions} place=${`reveal.${run.run}`} /></div>`)}
    ${!running && !view.workshop.ended && actions.may("open_stage") && html`
      ${other && html`<p>${t("This closes “{stage}”.", { stage: other })}</p>`}
      ${openingWords(view, stage) && html`<p>${openingWords(view, stage)}</p>`}
      ${again && html`<p>${t("It starts as a new run; the result so far stays.")}</p>`}
      <${Act} actions=${actions} place=${place} icon="play" command=${{ type: "open_stage", stage: stage.id }}>
        ${stage.status === "waiting" ? t("Open this now") : t("Open again")}<//>
      <${Said} actions=${actions} place=${place} />`}
    ${stage.status === "waiting" && !view.workshop.ended && html`<${Moving} stage=${stage} view=${view} actions=${actions} />`}
    ${stage.status !== "closed" && !view.workshop.ended && html`<${Planning} stage=${stage} view=${view} actions=${actions} />`}
  </div>`;
}

/* Other minutes for a stage that is not over, and leaving out one that was not opened. */
function Planning({ stage, view, actions }) {
  const place = `plan.${stage.id}`;
  const [typed, setTyped] = useState(undefined);
  const value = typed === undefined ? stage.minutes : typed;
  const n = Number(value);
  const fits = n >= 1 && n <= 600 && Number.isInteger(n);
  const name = t("Plan these minutes");
  const send = async (event) => {
    event.preventDefault();
    if (!fits) return;
    const answer = await actions.act(place, { type: "plan_stage", stage: stage.id, minutes: n }, { name });
    if (answer && answer.ok) setTyped(undefined);
  };
  const needing = (stage.needed_by || []).filter((id) => view.stages.some((one) => one.id === id && !one.skipped
    && one.status === "waiting")).map((id) => `“${called(view, id)}”`);
  if (!actions.may("plan_stage")) return null;
  return html`<form class="planning" onSubmit=${send}>
      <label><span class="label">${t("Minutes")}</span> <input class="input" type="number" inputmode="numeric" min="1" max="600"
        value=${value} aria-invalid=${fits ? undefined : "true"} onInput=${(event) => setTyped(event.currentTarget.value)} /></label>
      <button class="button-outline" aria-disabled=${fits && n !== stage.minutes && actions.ready ? undefined : "true"}>${name}</button>
    </form>
    ${stage.status === "waiting" && html`
      ${!stage.skipped && needing.length > 0 && html`<p class="planning-needed">${t("Needed by: {stages}",
        { stages: needing.join(", ") })}</p>`}
      <${Act} actions=${actions} place=${place} command=${{ type: "plan_stage", stage: stage.id, skipped: !stage.skipped }}>
        ${stage.skipped ? t("Bring it back") : t("Leave it out")}<//>`}
    <${Said} actions=${actions} place=${place} />`;
}
