// The timer of the open stage: set in one tap, longer, held, removed; it closes the stage only if told to.
import { html, names, useState } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { Icon } from "../shared/parts.js";
import { clock, useRemaining } from "../shared/timer.js";
import { Act, Said } from "./actions.js";
import { minutes } from "./flow.js";

const PLACE = "timer";
const MOST = 600; // minutes

/** The timer in one tap, beside the next step where the thumb is: set it, or a minute more. */
export function QuickTimer({ run, actions, offset }) {
  const left = useRemaining(run.timer, offset);
  const command = run.timer ? { type: "extend_timer", run: run.run, seconds: 60 }
    : { type: "set_timer", run: run.run, seconds: run.minutes * 60 };
  const more = t("+{n} min", { n: 1 });
  const planned = t("{n} min", { n: run.minutes });
  return html`<${Act} actions=${actions} place=${PLACE} icon="timer" command=${command}
    label=${run.timer ? undefined : t("Timer: {minutes}", { minutes: planned })}
    name=${run.timer ? more : t("Set the timer to {minutes}", { minutes: minutes(run.minutes) })}>
    ${run.timer ? html`${more} <span class="timer-left">${t("{time} left", { time: clock(left) })}</span>` : planned}<//>`;
}

/** `offset` = server time − this device's. */
export function Timer({ run, actions, offset }) {
  const left = useRemaining(run.timer, offset);
  const command = (type, more) => Object.assign({ type, run: run.run }, more);
  const [other, setOther] = useState(false);
  if (!run.timer) {
    return html`<section class="timer" aria-label=${t("Timer")}>
      <${Choose} run=${run} actions=${actions} />
      <${Said} actions=${actions} place=${PLACE} />
    </section>`;
  }
  const held = run.timer.left !== undefined;
  const paused = run.status === "paused";
  return html`<section class="timer is-set" aria-label=${t("Timer")}>
    <p class=${names("timer-clock", left <= 60000 && "is-last")} role="timer">${clock(left)}
      ${(held || left === 0) && html` <span
        class="timer-word">${left === 0 ? t("time is up") : paused ? t("paused") : t("held")}</span>`}</p>
    <div class="row">
      <${Act} actions=${actions} place=${PLACE} command=${command("extend_timer", { seconds: 60 })}>
        ${t("+{n} min", { n: 1 })}<//>
      <${Act} actions=${actions} place=${PLACE} command=${command("extend_timer", { seconds: 300 })}>
        ${t("+{n} min", { n: 5 })}<//>
      ${!paused && left > 0 && html`<${Act} actions=${actions} place=${PLACE} icon=${held ? "play" : "pause"}
        name=${held ? t("Let the timer run") : t("Hold the timer")}
        command=${command("hold_timer", { held: !held })}>${held ? t("Let it run") : t("Hold")}<//>`}
      <${Act} actions=${actions} place=${PLACE} icon="close"
        name=${t("Remove the timer")} command=${command("set_timer", { seconds: 0 })}>${t("Remove")}<//>
      ${actions.may("set_timer") && html`<button type="button" class="button-bare" aria-expanded=${other ? "true" : "false"}
        onClick=${() => setOther(!other)}>${t("Other minutes")}</button>`}
    </div>
    ${other && html`<${Choose} run=${run} actions=${actions} onDone=${() => setOther(false)} />`}
    ${actions.may("set_timer") && html`<label class="switch"><input type="checkbox" checked=${run.timer.close} disabled=${left === 0 || !actions.ready}
      aria-disabled=${actions.busy(PLACE) ? "true" : undefined}
      onChange=${(event) => {
        const close = event.currentTarget.checked;
        event.currentTarget.checked = run.timer.close; // as it is until the server has said so
        const seconds = Math.max(1, Math.round(left / 1000));
        actions.act(PLACE, command("set_timer", { seconds, close }), { name: t("Close the stage when it runs out") });
      }} /> ${t("Close the stage when it runs out")}</label>`}
    <${Said} actions=${actions} place=${PLACE} />
  </section>`;
}

/* The minutes as planned, or others, and the button that sets the timer to them. */
function Choose({ run, actions, onDone }) {
  const [typed, setTyped] = useState(undefined);
  const value = typed === undefined ? run.minutes : typed;
  const n = Number(value);
  const fits = n >= 1 && n <= MOST && Number.isInteger(n);
  const close = Boolean(run.timer && run.timer.close);
  const name = t("Set the timer to {minutes}", { minutes: minutes(fits ? n : run.minutes) });
  const send = async (event) => {
    event.preventDefault();
    if (!fits || actions.busy(PLACE)) return;
    const answer = await actions.act(PLACE, { type: "set_timer", run: run.run, seconds: n * 60, close }, { name });
    if (answer && answer.ok && onDone) onDone();
  };
  return html`<form class="timer-choose" onSubmit=${send}>
    <button class="button-outline" aria-disabled=${fits && actions.ready && !actions.busy(PLACE) ? undefined : "true"}><${Icon}
      name="timer" /><span>${name}</span></button>
    <label><span class="visually-hidden">${t("Minutes on the timer")}</span> <input class="input" type="number" inputmode="numeric"
      min="1" max=${MOST} value=${value} aria-invalid=${fits ? undefined : "true"}
      onInput=${(event) => setTyped(event.currentTarget.value)} /></label>
  </form>`;
}
