// The current stage: what it is, the one thing to do next, and beside it pause and step back.
import { html, names, useEffect, useRef, useState } from "../shared/dom.js";
import { langOf, t, w } from "../shared/i18n.js";
import { Icon } from "../shared/parts.js";
import { Act, Said } from "./actions.js";
import { called, primaryAction, statusWord, stepBackWords, stepName, stoodOf, timeOfDay, withoutRevealing } from "./flow.js";
import { Timer } from "./timer.js";

const SETTLE_MS = 600;

/** Hook: the one thing to do now, and the one way to do it for button, key and clicker alike:
 *  {action, key, waits, press}.
 *
 *  What it does changes with the state; for a moment after that, and after each press, `press` does nothing
 *  (`waits`), so that a second press meant for the first step does not do the next one. */
export function usePrimary(view, actions) {
  const action = primaryAction(view);
  const key = action ? `${action.name}.${JSON.stringify(action.command)}` : "";
  const [settled, setSettled] = useState("");
  const last = useRef(0);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(key), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [key]);
  const waits = !action || settled !== key || actions.busy("primary");
  const press = () => {
    const now = Date.now();
    if (waits || now - last.current < SETTLE_MS) return;
    last.current = now;
    actions.act("primary", action.command, { name: action.label });
  };
  return { action, key, waits, press };
}

/** The head of the middle column. `primary`: see {@link usePrimary}. */
export function Now({ view, actions, offset, primary }) {
  const run = view.now;
  const ended = view.workshop.ended;
  const place = run ? view.stages.findIndex((stage) => stage.id === run.stage) + 1 : 0;
  const where = t("Stage {place} of {all}", { place, all: view.stages.length });
  const running = run && !ended && run.status !== "closed";
  return html`<section class="now" aria-labelledby="now-title">
    ${ended
      ? html`<h1 id="now-title">${t("The workshop has ended")}</h1>`
      : run
        ? html`<p class="kicker">${[where, stepName(run.step)].filter(Boolean).join(" · ")}
            <${Status} run=${run} /></p>
          <h1 id="now-title" lang=${langOf(run.title)}>${called(view, run.stage)}</h1>
          ${w(run.prompt) && html`<p class="prompt" lang=${langOf(run.prompt)}>${w(run.prompt)}</p>`}`
        : html`<p class="kicker">${t("Before the first stage")}</p><h1
          id="now-title">${t("Ready when you are")}</h1>
          <p class="prompt">${t("People can join already. The screen shows them how.")}</p>`}
    <div class="steps">
      <${Primary} actions=${actions} primary=${primary} />
      ${running && run.status === "open" && run.kind !== "show" && html`<${Act} actions=${actions} place="pause" icon="pause"
        command=${{ type: "pause_stage", run: run.run }}>${t("Pause")}<//>`}
      <${Aside} view=${view} actions=${actions} />
      <${StepBack} view=${view} actions=${actions} />
    </div>
    <${Said} actions=${actions} place="primary" />
    <${Said} actions=${actions} place="pause" />
    <${Said} actions=${actions} place="aside" />
    <${Said} actions=${actions} place="back" />
    ${running && html`<${Timer} run=${run} actions=${actions} offset=${offset} />`}
  </section>`;
}

function Status({ run }) {
  const since = timeOfDay(run.opened_at);
  const words = run.revealed ? t("result shown") : statusWord(run.status);
  return html`<span class=${`status is-${run.status}`}>${words}</span>
    ${run.number > 1 && html` <span>${t("run {n}", { n: run.number })}</span>`}
    ${run.status !== "closed" && html` <span class="since">${t("since {time}", { time: since })}</span>`}`;
}

/* The button says what its press does. */
function Primary({ actions, primary }) {
  const { action } = primary;
  if (!action) {
    return html`<${Act} actions=${actions} place="primary" kind="button-outline" icon="undo"
      command=${{ type: "reopen_workshop" }}>${t("Reopen the workshop")}<//>`;
  }
  const waits = primary.waits || !actions.ready;
  return html`<div class="primary">
    <button type="button" class=${names("button", "button-primary", actions.busy("primary") && "is-busy")}
      data-action=${action.name}
      aria-disabled=${waits ? "true" : undefined} aria-describedby=${action.hint ? "primary-hint" : undefined}
      onClick=${primary.press}>${action.label}</button>
    ${action.hint && html`<p class="hint" id="primary-hint">${action.hint}</p>`}
  </div>`;
}

/* Beside "Reveal": the way on for a result that is to be shown later, or not at all. */
function Aside({ view, actions }) {
  const aside = withoutRevealing(view);
  return aside && html`<${Act} actions=${actions} place="aside" command=${aside.command}>${aside.label}<//>`;
}

/* Names what it undoes: pressed on two consoles at once, it is done once. */
function stepBack({ now }) {
  return { type: "step_back", run: now.run, stood: stoodOf(now) };
}

/* A disclosure: first what it would do, then the button that does it. */
function StepBack({ view, actions }) {
  const [open, setOpen] = useState(false);
  const words = stepBackWords(view);
  const key = view.now ? `${view.now.run}.${view.now.status}.${view.now.revealed}` : "";
  useEffect(() => setOpen(false), [key]);
  if (!words || view.workshop.ended) return null;
  return html`<div class=${names("back", open && "is-open")}>
    <button type="button" class="button-outline" id="step-back" aria-expanded=${open ? "true" : "false"}
      aria-controls="back-words" aria-disabled=${actions.ready ? undefined : "true"}
      onClick=${() => setOpen(!open && actions.ready)}><${Icon} name="undo" /><span>${t("Step back")}</span></button>
    ${open && html`<div class="back-words" id="back-words"><p>${words}</p>
      <div class="row"><${Act} actions=${actions} place="back" command=${stepBack(view)}
        name=${t("Step back")}>${t("Do it")}<//>
      <button type="button" class="button-bare"
        onClick=${() => setOpen(false)}>${t("Leave it")}</button></div></div>`}
  </div>`;
}
