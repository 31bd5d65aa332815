// Cards on the console: how many are complete, what stands in them, and a way to correct a line.
import { cardsOf, filledOn, standsIn, wordsFor } from "../shared/cards.js";
import { html, names, useState } from "../shared/dom.js";
import { number, t, tn, w } from "../shared/i18n.js";
import { Act, Said } from "./actions.js";
import { called } from "./flow.js";
import { Switch } from "./queue.js";
import { TextQueue } from "./text_queue.js";

/** The cards of the stages that are not on, below the results: they can be corrected until the end. */
export function PastCards({ view, actions }) {
  const stages = view.stages.filter(({ id }) => (view.cards || {})[id]);
  return stages.map((stage) => html`<section key=${stage.id} class="past"><h2 class="part-title">${called(view, stage.id)}</h2>
    <${Cards} view=${view} run=${view.cards[stage.id]} actions=${actions} /></section>`);
}

/** The panel of the run of cards that is now: what waits first, and whether anything does. */
export function CardsNow({ view, actions }) {
  return html`<div>
    <${TextQueue} view=${view} stage=${view.now.stage} actions=${actions}>
      ${view.now.who === "everyone" && html`<${Said} actions=${actions} place="queue" /><${Switch} view=${view} actions=${actions} />`}<//>
    <${Cards} view=${view} run=${view.now} actions=${actions} /></div>`;
}

/** The cards of a run. `run`: the run that is now, or one of `view.cards`. */
export function Cards({ view, run, actions }) {
  const { items, complete } = cardsOf(run);
  const lines = items.reduce((sum, item) => sum + filledOn(run, item.id), 0);
  return html`<section class="panel" aria-label=${t("Cards")}>
    <p class="count"><b>${number(complete)}</b> ${t("of {n}", { n: number(items.length) })} ${t("cards complete")}</p>
    <p class="quiet">${tn("One line is filled in, of {all}.", "{n} lines are filled in, of {all}.", lines,
      { all: number(items.length * run.fields.length) })}
      ${run.who === "facilitators" && ` ${t("People read the cards on their phones; you fill them in here.")}`}</p>
    ${items.map((item) => html`<${Card} key=${item.id} view=${view} run=${run} item=${item} actions=${actions} />`)}
  </section>`;
}

function Card({ view, run, item, actions }) {
  return html`<section class="card" aria-label=${item.title}>
    <h3 class="card-title"><span class="item-n">${item.n}</span> <span>${item.title}</span>
      <span class="card-filled">${t("{n} of {all}", { n: filledOn(run, item.id), all: run.fields.length })}</span></h3>
    <dl class="card-lines">${run.fields.map((field) => html`<${Line} key=${field.id} view=${view} run=${run} item=${item} field=${field}
      actions=${actions} />`)}</dl>
  </section>`;
}

function Line({ view, run, item, field, actions }) {
  const [editing, setEditing] = useState(false);
  const { value, also } = standsIn(run, item.id, field.id);
  const place = `card.${item.id}.${field.id}`;
  const may = actions.may("fill_card") && !view.workshop.ended;
  const of = { field: w(field.name), n: item.n };
  return html`<div class="card-line"><dt>${w(field.name)}</dt>
    <dd>
      ${editing ? html`<${Edit} run=${run} item=${item} field=${field} actions=${actions} place=${place} close=${() => setEditing(false)} />`
        : html`<div class="card-said"><div>
            <p class=${names("card-text", !value && !also && "quiet")}>${wordsFor(field, value) || (also ? "" : t("Nothing yet"))}</p>
            ${(also || []).map((one) => html`<p key=${one.item} class="card-text">${wordsFor(field, one.value)} <span
              class="quiet">${t("from “{title}”", { title: one.title })}</span></p>`)}</div>
          ${may && html`<button type="button" class="button-bare" aria-label=${value ? t("Change: {field}, number {n}", of) : t("Write: {field}, number {n}", of)}
            onClick=${() => setEditing(true)}>${value ? t("Change") : t("Write")}</button>`}</div>`}
      <${Said} actions=${actions} place=${place} />
    </dd></div>`;
}

/* The form of one line. What stood there when it was opened is what it replaces: if somebody has written since, the server
   says so, and what was typed stays. */
function Edit({ run, item, field, actions, place, close }) {
  const now = standsIn(run, item.id, field.id);
  const [begun, setBegun] = useState(now);
  const [value, setValue] = useState(now.value);
  const met = now.revision > begun.revision;
  const command = { type: "fill_card", run: run.run, item: item.id, field: field.id, value, revision: begun.revision };
  const refused = ({ code }) => code === "outdated" && t("Somebody else has written here meanwhile. Look at it, then save again if yours is to stand.");
  return html`<form class="card-edit" onSubmit=${(event) => event.preventDefault()}>
    ${field.options
      ? html`<select class="input" value=${value} aria-label=${w(field.name)} onChange=${(event) => setValue(event.currentTarget.value)}>
          <option value="">${t("Nothing yet")}</option>
          ${field.options.map((option) => html`<option key=${option.id} value=${option.id}>${w(option.name)}</option>`)}</select>`
      : html`<textarea class="input" rows="3" value=${value} maxlength=${field.max_length} aria-label=${w(field.name)}
          onInput=${(event) => setValue(event.currentTarget.value)}></textarea>`}
    ${met && html`<div class="card-met"><p>${t("Somebody else has written meanwhile:")}</p>
      <p class="card-text">${wordsFor(field, now.value) || t("(nothing)")}</p></div>`}
    <div class="row">${met
      ? html`<button type="button" class="button-outline" onClick=${() => setBegun(now)}>${t("I have read it")}</button>`
      : html`<${Act} actions=${actions} place=${place} command=${command} refused=${refused} onDone=${close}>${t("Save")}<//>`}
      <button type="button" class="button-bare" onClick=${close}>${t("Cancel")}</button></div>
  </form>`;
}
