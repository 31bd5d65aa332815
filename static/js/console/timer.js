// The timer of the open stage: set in one tap, longer, held, removed; it closes the stage only if told to.
import { html, names } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { clock, useRemaining } from "../shared/timer.js";
import { Act, Said } from "./actions.js";
import { minutes } from "./flow.js";

const PLACE = "timer";

/** `offset` = server time − this device's. */
export function Timer({ run, actions, offset }) {
  const left = useRemaining(run.timer, offset);
  const command = (type, more) => Object.assign({ type, run: run.run }, more);
  if (!run.timer) {
    return html`<section class="timer" aria-label=${t("Timer")}>
      <${Act} actions=${actions} place=${PLACE} icon="timer"
        command=${command("set_timer", { seconds: run.minutes * 60 })}>
        ${t("Set the timer to {minutes}", { minutes: minutes(run.minutes) })}<//>
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
    </div>
    <label class="switch"><input type="checkbox" checked=${run.timer.close} disabled=${left === 0 || !actions.ready}
      onChange=${(event) => {
        const close = event.currentTarget.checked;
        event.currentTarget.checked = run.timer.close; // as it is until the server has said so
        const seconds = Math.max(1, Math.round(left / 1000));
        actions.act(PLACE, command("set_timer", { seconds, close }), { name: t("Close the stage when it runs out") });
      }} /> ${t("Close the stage when it runs out")}</label>
    <${Said} actions=${actions} place=${PLACE} />
  </section>`;
}
