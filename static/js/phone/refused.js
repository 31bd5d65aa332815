/* What was not accepted, and what was written and never sent: the words are offered again, never lost. */
import { html, useState } from "../shared/dom.js";
import { t, w } from "../shared/i18n.js";
import * as storage from "../shared/storage.js";
import { refusedElsewhere } from "./model.js";
import { CopyButton, Icon, sentence } from "./parts.js";

/* Refused entries that no control on the page stands for. */
export function Refused({ live }) {
  const run = live.view.now && live.view.now.status !== "closed" ? live.view.now : undefined;
  const entries = refusedElsewhere(live.state.outbox, run && run.run);
  if (!entries.length) return null;
  return html`<section class="refusals" aria-label=${t("Not accepted")}>
    ${entries.map((entry) => html`<${RefusedEntry} key=${entry.op} live=${live} entry=${entry} run=${run} />`)}
  </section>`;
}

function RefusedEntry({ live, entry, run }) {
  const { command } = entry;
  const text = command.title || (typeof command.value === "string" ? command.value : "");
  // it can go back into the box where the same kind of thing is asked now
  const again = text && command.type !== "answer" && run && run.kind === "gather" && run.status === "open";
  const dismiss = () => live.dismiss(entry.op);
  const offer = () => {
    const column = run.columns.some((one) => one.id === command.column) ? command.column : run.columns[0].id;
    const { fields = {}, sdgs = [], links = [] } = command;
    live.offer({ column, title: text, fields, sdgs, links }, run);
    dismiss();
  };
  return html`<div class="notice notice-bad" role="alert"><${Icon} name="warning" /><div>
    <p><b>${text ? t("Not accepted") : t("A tap of yours was not counted")}</b></p>
    ${text && html`<blockquote class="words">${text}</blockquote>`}
    <p>${sentence(entry.refusal)}</p>
    <div class="notice-acts">
      ${again && html`<button type="button" class="button-outline" onClick=${offer}>
        ${t("Edit and send again")}</button>`}
      ${text && html`<${CopyButton} text=${text} announce=${live.announce} />`}
      <button type="button" class="button-bare" onClick=${dismiss}>${text ? t("Discard") : t("Understood")}</button>
    </div></div></div>`;
}

/* Texts begun in a stage that is over. */
export function Unsent({ live }) {
  const [, again] = useState(0);
  const prefix = `edp.${live.code}.draft.`;
  const now = live.view.now;
  const drafts = storage
    .keys(prefix)
    .map((key) => ({ key, draft: storage.read(key), place: key.slice(prefix.length) }))
    .filter(({ draft, place }) => draft && draft.title && draft.title.trim()
      && !(now && now.status !== "closed" && place.startsWith(`${now.run}.`)));
  if (!drafts.length) return null;
  const discard = (key) => {
    storage.remove(key);
    again((n) => n + 1);
  };
  const stageOf = (place) => live.view.agenda.find((stage) => place.startsWith(`${stage.id}.`));
  return html`<section class="refusals" aria-label=${t("Not sent")}>
    ${drafts.map(({ key, draft, place }) => html`<div key=${key} class="notice notice-warn"><${Icon} name="edit" /><div>
      <p><b>${t("Written and not sent")}</b>${stageOf(place) && html` <span>${w(stageOf(place).title)}</span>`}</p>
      <blockquote class="words">${draft.title}</blockquote>
      <div class="notice-acts"><${CopyButton} text=${draft.title} announce=${live.announce} />
        <button type="button" class="button-bare" onClick=${() => discard(key)}>${t("Discard")}</button></div>
    </div></div>`)}
  </section>`;
}
