// What was written on cards and waits to be approved before it stands there.
import { wordsFor } from "../shared/cards.js";
import { html } from "../shared/dom.js";
import { t, tn, w } from "../shared/i18n.js";
import { Act, Said } from "./actions.js";
import { textsWaiting } from "./flow.js";

const PLACE = "texts";

/** The queue of texts for the cards of one stage, or of all; below it, `children`. */
export function TextQueue({ view, stage, actions, children }) {
  const waiting = textsWaiting(view, stage);
  const ids = waiting.map(({ id }) => id);
  const hold = (texts) => () => actions.act(PLACE, { type: "hold_texts", texts }, { name: t("Undo") });
  const all = () => actions.say(PLACE, tn("Approved: one text.", "Approved: {n} texts.", ids.length), hold(ids));
  return html`<section class="queue texts" aria-label=${t("Approval of what was written on cards")}>
    ${waiting.length > 0 && html`
      <div class="queue-head"><h2 class="items-title">${t("On cards, waiting for your approval")} <span>${waiting.length}</span></h2>
        ${waiting.length > 1 && html`<${Act} actions=${actions} place=${PLACE} icon="check" onDone=${all}
          command=${{ type: "approve_texts", texts: ids }}>${t("Approve all {n}", { n: waiting.length })}<//>`}</div>
      <ul class="items-list">${waiting.map((one) => html`<${Waiting} key=${one.id} one=${one} view=${view} actions=${actions}
        hold=${hold} />`)}</ul>`}
    <${Said} actions=${actions} place=${PLACE} />
    ${children}
  </section>`;
}

function Waiting({ one, view, actions, hold }) {
  const item = view.items[one.item];
  const run = view.now && view.now.stage === one.stage ? view.now : (view.cards || {})[one.stage];
  const field = ((run && run.fields) || []).find(({ id }) => id === one.field) || { name: {} };
  const words = (value) => wordsFor(field, value) || t("(nothing)");
  const of = { field: w(field.name), n: item.n };
  const done = (said) => () => actions.say(PLACE, said, hold([one.id]));
  return html`<li class="item" data-text=${one.id}>
    <div class="item-words"><span class="item-text"><span class="item-own"><span class="item-n">${item.n}</span> ${item.title} · ${w(field.name)}</span>
      ${words(one.value)}
      ${one.stands && html`<span class="item-own">${t("in the place of: “{text}”", { text: words(one.stands) })}</span>`}</span></div>
    <div class="queue-acts">
      <${Act} actions=${actions} place=${PLACE} icon="check" command=${{ type: "approve_texts", texts: [one.id] }}
        label=${t("Approve: {field}, number {n}", of)} onDone=${done(t("Approved: {title}", { title: words(one.value) }))}>${t("Approve")}<//>
      <${Act} actions=${actions} place=${PLACE} kind="button-bare" command=${{ type: "refuse_text", text: one.id }}
        label=${t("Do not take over: {field}, number {n}", of)}
        onDone=${done(t("Not taken over: {title}", { title: words(one.value) }))}>${t("Do not take over")}<//>
    </div>
  </li>`;
}
