/* The agenda, what is left out of it and when it is to end; and who is waited for. Part of the second script. */
import { html } from "../shared/dom.js";
import { currentLanguage, t, w } from "../shared/i18n.js";
import { reminderLine } from "../shared/reminder.js";
import { More } from "./parts.js";

export function Agenda({ view }) {
  const { ends_at: end, ended } = view.workshop;
  const now = view.now && view.now.stage;
  return html`<${More} title=${t("Agenda")}>
    <p class="agenda-title">${view.workshop.title}</p>
    <ol class="plain-list agenda">${view.agenda.map((stage) => html`<li key=${stage.id}
        class=${now === stage.id ? "is-now" : stage.skipped ? "is-skipped" : `is-${stage.status}`}
        aria-current=${now === stage.id ? "step" : undefined}>
      <span>${w(stage.title)}</span>
      <span class="quiet numbers">${stage.skipped ? t("left out") : t("{n} min", { n: stage.minutes })}</span></li>`)}</ol>
    ${end && !ended && html`<p class="agenda-end">${t("The workshop is to end at {time}.", { time: timeOfDay(end) })}</p>`}
  <//>`;
}

function timeOfDay(ms) {
  return new Intl.DateTimeFormat(currentLanguage(), { hour: "2-digit", minute: "2-digit", hour12: false }).format(ms);
}

/* What the screen says to everybody about who is still waited for. */
export function Reminder({ view }) {
  const line = reminderLine(view);
  return line && html`<p class="reminder">${line}</p>`;
}
