// Rehearsing with simulated people: how it begins, and, in a rehearsal, that it is one and how it ends.
import { html } from "../shared/dom.js";
import { t, w } from "../shared/i18n.js";
import { Icon, useLasting } from "../shared/parts.js";

const COMING_MS = 15000; // simulated people need some seconds to arrive

/** The part of "Join and links" from which a rehearsal begins; before the first stage only. */
export function Rehearse({ config, view }) {
  const { begin } = config.rehearsal_urls || {};
  if (!begin || view.now || view.workshop.ended) return null;
  return html`<section aria-labelledby="rehearse-title">
    <h2 class="part-title" id="rehearse-title">${t("Rehearsal")}</h2>
    <p>${t("Rehearse the day in a copy of this workshop: simulated people join it, write and vote as you open the stages. This workshop stays as it is.")}</p>
    <form class="rehearse" method="post" action=${begin}>
      <input type="hidden" name="csrf_token" value=${config.csrf} />
      <label><span class="label">${t("Simulated people")}</span>
        <input class="input" type="number" name="people" min="1" max="60" defaultValue="12" required /></label>
      <label><span class="label">${t("How fast they are")}</span>
        <select class="input" name="speed">
          <option value="1">${t("As people are")}</option>
          <option value="3" selected>${t("Three times as fast")}</option>
          <option value="10">${t("Ten times as fast")}</option>
        </select></label>
      <button type="submit" class="button-outline"><${Icon}
        name="people" /><span>${t("Rehearse with simulated people")}</span></button>
    </form>
  </section>`;
}

/** The band over the console of a rehearsal; nothing on any other. */
export function RehearsalBand({ config, state }) {
  const { presence, view } = state;
  const nobody = state.status === "live" && presence && presence.phones === 0 && !view.workshop.ended;
  const alone = useLasting(Boolean(nobody), COMING_MS);
  if (!config.rehearsal) return null;
  return html`<section class="rehearsal" aria-label=${t("Rehearsal")}>
    <p><b>${w(config.rehearsal)}</b> ${alone
      ? t("No simulated people are here at the moment; “Start over” brings new ones.")
      : t("The workshop itself stays as it is.")}</p>
    ${config.rehearsal_urls && html`<${Press} config=${config} url=${config.rehearsal_urls.again} words=${t("Start over")} />
      <${Press} config=${config} url=${config.rehearsal_urls.end} words=${t("End the rehearsal")} />`}
  </section>`;
}

function Press({ config, url, words }) {
  return html`<form method="post" action=${url}>
    <input type="hidden" name="csrf_token" value=${config.csrf} />
    <button type="submit" class="button-outline">${words}</button>
  </form>`;
}
