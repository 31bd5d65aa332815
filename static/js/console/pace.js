// How the current stage keeps to its minutes, and what comes next. `offset` = server time − this device's.
import { html, names, useEffect, useState } from "../shared/dom.js";
import { t, tn } from "../shared/i18n.js";
import { everySecond } from "../shared/timer.js";
import { called, minutes, nextStage, paceOf } from "./flow.js";

/** Hook: the server's time (ms), looked at again whenever the minute may have turned. */
export function useMinute(offset) {
  const now = () => Date.now() + (offset || 0);
  const [, turn] = useState("");
  useEffect(() => everySecond(() => turn(String(Math.floor(now() / 5000)))), [offset]);
  return now();
}

/** Minutes left of the planned ones, or over: calm, and large unless a timer stands below it. `brief`: within a line. */
export function Pace({ view, offset, brief }) {
  const now = useMinute(offset);
  const pace = paceOf(view, now);
  if (!pace) return null;
  const { left, over, planned } = pace;
  const words = left > 0 ? tn("{n} minute left", "{n} minutes left", left)
    : over > 0 ? tn("{n} minute over", "{n} minutes over", over) : t("Its minutes are over");
  if (brief) return html`<span class=${names("pace-brief", over > 0 && "is-over")}>${words}</span>`;
  return html`<p class=${names("pace", view.now.timer && "is-beside", over > 0 && "is-over")}>
    <b>${words}</b>
    ${" "}<span>${t("of {minutes} planned", { minutes: minutes(planned) })}</span></p>`;
}

/** The next stage, with its minutes. */
export function Next({ view }) {
  if (!view.now || view.workshop.ended) return null;
  const next = nextStage(view);
  return html`<p class="now-next">${next
    ? html`<span class="quiet">${t("Next")}</span> <b>${called(view, next.id)}</b> <span
        class="quiet">${minutes(next.minutes)}</span>`
    : html`<span class="quiet">${t("This is the last stage.")}</span>`}</p>`;
}
