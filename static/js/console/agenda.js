// The run sheet: every stage with its minutes, where the workshop is, and a way to open any of them.
import { html, names, useEffect, useState } from "../shared/dom.js";
import { t, tn } from "../shared/i18n.js";
import { Icon } from "../shared/parts.js";
import { Act, Said } from "./actions.js";
import { called, canReveal, minutes, minutesLeft, nextStage, statusWord, stepName, timeOfDay } from "./flow.js";

/** The whole agenda. `open` names the stage whose details are shown. */
export function Agenda({ view, actions, offset }) {
  const [shown, show] = useState("");
  const next = view.workshop.ended ? undefined : nextStage(view);
  return html`<nav class="agenda" id="agenda" tabindex="-1" aria-label=${t("Agenda")}>
    <h2 class="part-title">${t("Agenda")}</h2>
    <ol class="agenda-list">
      ${view.stages.map((stage, place) => html`<${Row} key=${stage.id} stage=${stage} place=${place + 1}
        view=${view}
        now=${!view.workshop.ended && Boolean(view.now) && view.now.stage === stage.id}
          next=${next && next.id === stage.id} actions=${actions}
        open=${shown === stage.id} toggle=${() => show(shown === stage.id ? "" : stage.id)} />`)}
    </ol>
    <${Until} view=${view} offset=${offset} />
  </nav>`;
}

function Row({ stage, place, view, now, next, actions, open, toggle }) {
  const id = `stage-${stage.id}`;
  const status = statusOf(stage, next);
  return html`<li class=${names("agenda-row", `is-${stage.status}`, now && "is-now", next && "is-next")}
    aria-current=${now ? "step" : undefined}>
    <button type="button" class="agenda-button" aria-expanded=${open ? "true" : "false"} aria-controls=${id}
      onClick=${toggle}>
      <span class="agenda-place">${place}</span>
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
    <p>${[stepName(stage.step), minutes(stage.minutes)].filter(Boolean).join(" · ")}</p>
    ${stage.runs.length > 1 && html`<p>${tn("It has run once.", "It has run {n} times.", stage.runs.length)}</p>`}
    ${hidden.map((run) => html`<div key=${run.run} class="agenda-reveal">
      <p>${stage.runs.length > 1
        ? t("The result of run {n} is not revealed yet.", { n: run.number }) : t("The result is not revealed yet.")}
        ${" "}${t("Once it is, everyone sees it and it cannot be hidden again.")}</p>
      <${Act} actions=${actions} place=${`reveal.${run.run}`} icon="screen"
        command=${{ type: "reveal_result", run: run.run }}>${t("Reveal the result")}<//>
      <${Said} actions=${actions} place=${`reveal.${run.run}`} /></div>`)}
    ${!running && !view.workshop.ended && html`
      ${other && html`<p>${t("This closes “{stage}”.", { stage: other })}</p>`}
      ${again && html`<p>${t("It starts as a new run; the result so far stays.")}</p>`}
      <${Act} actions=${actions} place=${place} icon="play" command=${{ type: "open_stage", stage: stage.id }}>
        ${stage.status === "waiting" ? t("Open this now") : t("Open again")}<//>
      <${Said} actions=${actions} place=${place} />`}
  </div>`;
}

/* How long the rest takes as planned, and until when. */
function Until({ view, offset }) {
  const [, again] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => again((n) => n + 1), 20000);
    return () => clearInterval(timer);
  }, []);
  if (view.workshop.ended) return null;
  const now = Date.now() + (offset || 0);
  const left = minutesLeft(view, now);
  if (!left) return null;
  const until = timeOfDay(now + left * 60000);
  return html`<p class="agenda-until"><${Icon} name="timer" />
    <span>${t("{minutes} to go as planned, until about {time}", { minutes: minutes(left), time: until })}</span></p>`;
}
