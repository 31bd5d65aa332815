// What waits to be approved before anybody sees it, and whether anything does.
import { html, useState } from "../shared/dom.js";
import { t, tn, w } from "../shared/i18n.js";
import { Act, Said } from "./actions.js";
import { textsWaiting, waitingIn } from "./flow.js";

const PLACE = "queue";

/** The queue of one gather stage, and the switch for all of them. */
export function Queue({ view, stage, actions }) {
  const waiting = waitingIn(view, stage);
  const { columns, fields } = view.stages.find((one) => one.id === stage);
  const ids = waiting.map((item) => item.id);
  const wait = (items) => () => actions.act(PLACE, { type: "hold_items", items }, { name: t("Undo") });
  const all = () => {
    actions.say(PLACE, tn("Approved: one contribution.", "Approved: {n} contributions.", ids.length), wait(ids));
  };
  return html`<section class="queue" aria-label=${t("Approval")}>
    ${waiting.length > 0 && html`
      <div class="queue-head"><h2 class="items-title">${t("Waiting for your approval")} <span>${waiting.length}</span></h2>
        ${waiting.length > 1 && html`<${Act} actions=${actions} place=${PLACE} icon="check" onDone=${all}
          command=${{ type: "approve_items", items: ids }}>${t("Approve all {n}", { n: waiting.length })}<//>`}</div>
      <ul class="items-list">
        ${waiting.map((item) => html`<${Waiting} key=${item.id} item=${item} fields=${fields} actions=${actions} wait=${wait}
          column=${columns.length > 1 && columns.find((one) => one.id === item.column)} />`)}
      </ul>`}
    <${Said} actions=${actions} place=${PLACE} />
    ${actions.may("set_moderation") && html`<${Switch} view=${view} actions=${actions} />`}
  </section>`;
}

function Waiting({ item, column, fields, actions, wait }) {
  const approved = () => actions.say(PLACE, t("Approved: {title}", { title: item.title }), wait([item.id]));
  const hidden = () => actions.say(PLACE, t("Hidden: {title}", { title: item.title }),
    () => actions.act(PLACE, { type: "show_item", item: item.id }, { name: t("Undo") }));
  const written = item.fields || {};
  return html`<li class="item" data-item=${item.id}>
    <div class="item-words"><span class="item-text"><span class="item-n">${item.n}</span> ${item.title}
      ${column && html`<span class="item-own">${w(column.name)}</span>`}
      ${fields.filter((field) => written[field.id]).map((field) => html`<span key=${field.id}
        class="item-own">${written[field.id]}</span>`)}</span></div>
    <div class="queue-acts">
      <${Act} actions=${actions} place=${PLACE} icon="check" command=${{ type: "approve_item", item: item.id }}
        label=${t("Approve number {n}", { n: item.n })} onDone=${approved}>${t("Approve")}<//>
      <${Act} actions=${actions} place=${PLACE} kind="button-bare" command=${{ type: "hide_item", item: item.id }}
        label=${t("Hide number {n}", { n: item.n })} onDone=${hidden}>${t("Hide")}<//>
    </div>
  </li>`;
}

/* On or off. Turned off while something waits, it asks what becomes of that. */
export function Switch({ view, actions }) {
  const [asking, setAsking] = useState(false);
  const on = Boolean(view.workshop.moderated);
  const ids = waitingIn(view).map((item) => item.id);
  const texts = textsWaiting(view).map(({ id }) => id);
  const waits = ids.length + texts.length;
  const set = (command, undo) => async () => {
    const answer = await actions.act(PLACE, Object.assign({ type: "set_moderation" }, command), { name: t("Approval") });
    setAsking(false);
    if (answer && answer.ok) {
      actions.say(PLACE, command.on ? t("From now on, contributions wait for your approval.")
        : t("From now on, contributions are shown at once."), undo);
    }
  };
  const turnOff = (approve) => set({ on: false, approve }, async () => {
    const answer = await actions.act(PLACE, { type: "set_moderation", on: true }, { name: t("Undo") });
    if (!answer || !answer.ok || !approve) return;
    if (ids.length) await actions.act(PLACE, { type: "hold_items", items: ids }, { name: t("Undo") });
    if (texts.length) await actions.act(PLACE, { type: "hold_texts", texts }, { name: t("Undo") });
  });
  const press = () => {
    if (!on) set({ on: true })();
    else if (waits) setAsking(true);
    else turnOff(false)();
  };
  if (!actions.may("set_moderation")) return on && html`<p class="hint">${t("Contributions wait for approval.")}</p>`;
  return html`<label class="switch"><input type="checkbox" role="switch" id="moderation" checked=${on} disabled=${!actions.ready}
      onClick=${(event) => { event.preventDefault(); press(); }} />
    <span>${t("Contributions wait for approval before others see them")}</span></label>
  ${asking && on && waits > 0 && html`<div class="queue-ask" role="group" aria-labelledby="queue-ask">
    <p id="queue-ask">${tn("One contribution waits. What becomes of it?", "{n} contributions wait. What becomes of them?",
      waits)}</p>
    <div class="row">
      <button type="button" class="button-outline" onClick=${turnOff(true)}>${tn("Approve it", "Approve all {n}", waits)}</button>
      <button type="button" class="button-outline" onClick=${turnOff(false)}>${tn("It goes on waiting", "They go on waiting", waits)}</button>
      <button type="button" class="button-bare" onClick=${() => setAsking(false)}>${t("Cancel")}</button>
    </div></div>`}`;
}
