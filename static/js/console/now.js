// The current stage: what it is, the one thing to do next, and beside it pause and step back.
import { html, names, useEffect, useRef, useState } from "../shared/dom.js";
import { langOf, t, w } from "../shared/i18n.js";
import { Icon } from "../shared/parts.js";
import { Act, Said } from "./actions.js";
import { placeOf } from "../shared/places.js";
import { fitWords } from "./ending.js";
import { End, EndAsked, LeftOut } from "./final.js";
import { overBy } from "./fit.js";
import { called, primaryAction, statusWord, stepBackWords, stepName, stoodOf, timeOfDay, unrevealed, withoutRevealing } from "./flow.js";
import { missing, missingWords } from "./nudge.js";
import { Next, Pace } from "./pace.js";
import { QuickTimer, Timer } from "./timer.js";
import { listedActs, Undo } from "./undo.js";

const SETTLE_MS = 600;

/** Hook: the one thing to do now, and the one way to do it for button, key and clicker alike:
 *  {action, key, waits, press, asked, leave}. Ending with something unrevealed is `asked` about first.
 *
 *  What it does changes with the state; for a moment after that, and after each press, `press` does nothing
 *  (`waits`), so that a second press meant for the first step does not do the next one. */
export function usePrimary(view, actions) {
  const todo = primaryAction(view);
  const action = todo && actions.may(todo.command.type) ? todo : null;
  const key = action ? `${action.name}.${JSON.stringify(action.command)}` : "";
  const [settled, setSettled] = useState("");
  const last = useRef(0);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(key), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [key]);
  const [asked, setAsked] = useState("");
  const asks = Boolean(action) && action.name === "end" && unrevealed(view).length > 0;
  const waits = !action || settled !== key || actions.busy("primary");
  const press = () => {
    const now = Date.now();
    if (waits || now - last.current < SETTLE_MS) return;
    last.current = now;
    if (asks) setAsked(key);
    else actions.act("primary", action.command, { name: action.label });
  };
  return { action, key, waits, press, asked: asks && asked === key, leave: () => setAsked("") };
}

/** The head of the middle column. `primary`: see {@link usePrimary}; `fit`: see fit.js; `show(name)` brings the agenda or
 *  the people into sight. `brief`: only what is on, its minutes and the next step. */
export function Now({ view, actions, offset, primary, fit, wide, brief, show, away, made }) {
  const run = view.now;
  const ended = view.workshop.ended;
  const where = run && t("Stage {place} of {all}", placeOf(view.stages, run.stage));
  const running = run && !ended && run.status !== "closed";
  return html`<section class=${names("now", brief && "is-brief")} aria-labelledby="now-title">
    ${ended
      ? html`<h1 id="now-title" key="ended">${t("The workshop has ended")}</h1>${!brief && html`<${LeftOut} view=${view} actions=${actions} made=${made} />`}`
      : run
        ? html`<p class="kicker">${[where, !brief && stepName(run.step)].filter(Boolean).join(" · ")}
            <${Status} run=${run} brief=${brief} />${brief && html` <${Pace} view=${view} offset=${offset} brief=${true} />`}</p>
          <h1 id="now-title" lang=${langOf(run.title)}>${called(view, run.stage)}</h1>
          ${!brief && w(run.prompt) && html`<p class="prompt" lang=${langOf(run.prompt)}>${w(run.prompt)}</p>`}`
        : html`<p class="kicker">${t("Before the first stage")}</p><h1
          id="now-title">${t("Ready when you are")}</h1>
          ${!brief && html`<p class="prompt">${t("People can join already. The screen shows them how.")}</p>`}`}
    ${!brief && html`<${Pace} view=${view} offset=${offset} />
      <${Next} view=${view} />
      <${Notes} view=${view} fit=${fit} wide=${wide} show=${show} put=${away.put} />`}
    <div class="steps">
      ${actions.may("open_stage") && html`<div class="thumb">
        <${Primary} actions=${actions} primary=${primary} />
        <div class="thumb-more">
          ${running && run.status === "open" && run.kind !== "show" && html`<${Act} actions=${actions} place="pause" icon="pause"
            command=${{ type: "pause_stage", run: run.run }}>${t("Pause")}<//>`}
          ${running && !wide && actions.may("set_timer") && html`<${QuickTimer} run=${run} actions=${actions} offset=${offset} />`}
        </div>
      </div>`}
      ${!brief && html`<${Aside} view=${view} actions=${actions} />
        <${StepBack} view=${view} actions=${actions} />`}
    </div>
    ${primary.asked && html`<${EndAsked} view=${view} actions=${actions} place="primary" leave=${primary.leave} />`}
    <${Said} actions=${actions} place="primary" />
    <${Said} actions=${actions} place="pause" />
    <${Said} actions=${actions} place="aside" />
    <${Said} actions=${actions} place="back" />
    ${running && !brief && (run.timer || (wide && actions.may("set_timer"))) ? html`<${Timer} run=${run} actions=${actions} offset=${offset} />`
      : html`<${Said} actions=${actions} place="timer" />`}
  </section>`;
}

function Status({ run, brief }) {
  const since = timeOfDay(run.opened_at);
  const words = run.revealed ? t("result shown") : statusWord(run.status);
  return html`<span class=${`status is-${run.status}`}>${words}</span>
    ${run.number > 1 && html` <span>${t("run {n}", { n: run.number })}</span>`}
    ${run.status !== "closed" && !brief && html` <span class="since">${t("since {time}", { time: since })}</span>`}`;
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
    <button type="button" class=${names("button", "button-primary", primary.waits && actions.ready && "is-held")}
      data-action=${action.name}
      aria-disabled=${waits ? "true" : undefined} aria-describedby=${action.hint ? "primary-hint" : undefined}
      onClick=${primary.press}>${action.label}</button>
    ${action.hint && html`<p class="hint" id="primary-hint">${action.hint}</p>`}
  </div>`;
}

/* What else asks for a look: whether the rest fits before the planned end and, where the people are not beside it, who
   is missing. Each leads there. */
function Notes({ view, fit, wide, show, put }) {
  const late = fit && overBy(fit) > 0;
  const nudges = wide ? [] : missing(view, put);
  const end = fit && t("We end at {time}", { time: timeOfDay(view.workshop.ends_at) });
  if (!fit && !nudges.length) return null;
  return html`<ul class="notes">
    ${fit && html`<li><button type="button" class=${names("note", late && "is-late")}
      onClick=${() => show("agenda")}><${Icon} name="timer" /><span>${`${end} · ${fitWords(fit, view.workshop.ends_at)}`}</span></button></li>`}
    ${nudges.map((one) => html`<li key=${one.about}><button type="button" class="note"
      onClick=${() => show("people")}><${Icon} name="info" /><span>${missingWords(one)}</span></button></li>`)}
  </ul>`;
}

/* Beside "Reveal": the way on for a result that is to be shown later, or not at all. */
function Aside({ view, actions }) {
  const aside = withoutRevealing(view);
  if (aside && aside.command.type === "end_workshop") {
    return html`<${End} key=${view.now.run} view=${view} actions=${actions} place="aside" label=${aside.label} />`;
  }
  return aside && html`<${Act} actions=${actions} place="aside" command=${aside.command}>${aside.label}<//>
    ${aside.hint && html`<p class="hint">${aside.hint}</p>`}`;
}

/* Names what it undoes: pressed on two consoles at once, it is done once. */
function stepBack({ now }) {
  return { type: "step_back", run: now.run, stood: stoodOf(now) };
}

/* A disclosure: first what it would do, then the button that does it. */
function StepBack({ view, actions }) {
  const [open, setOpen] = useState(false);
  const words = view.workshop.ended || !actions.may("step_back") ? "" : stepBackWords(view);
  const listed = listedActs(view, actions).length > 0;
  const key = view.now ? `${view.now.run}.${view.now.status}.${view.now.revealed}` : "";
  useEffect(() => setOpen(false), [key]);
  if (!words && !listed) return null;
  return html`<div class=${names("back", open && "is-open")}>
    <button type="button" class="button-outline" id="step-back" aria-expanded=${open ? "true" : "false"}
      aria-controls="back-words" aria-disabled=${actions.ready ? undefined : "true"}
      onClick=${() => setOpen(!open && (actions.ready || !words))}><${Icon} name="undo" /><span>${words
        ? t("Step back") : t("Done lately")}</span></button>
    ${open && html`<div class="back-words" id="back-words">
      ${words && html`<p>${words}</p>
        <div class="row"><${Act} actions=${actions} place="back" command=${stepBack(view)}
          name=${t("Step back")}>${t("Do it")}<//>
        <button type="button" class="button-bare"
          onClick=${() => setOpen(false)}>${t("Leave it")}</button></div>`}
      <${Undo} view=${view} actions=${actions} /></div>`}
  </div>`;
}
