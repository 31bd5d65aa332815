/* Cards: a form for each item, which the room fills in together. One field goes to the server at a time, so that two people
   on one card are in nobody's way; where they meet in one field, both texts are shown and whoever came later decides. */
import { cardsOf, filledOn, wordsFor } from "../shared/cards.js";
import { html, useState } from "../shared/dom.js";
import { t, tn, w } from "../shared/i18n.js";
import { Extras } from "./board.js";
import { cardSlot, fieldOn } from "./card_model.js";
import { SentState } from "./own_items.js";
import { Counter, Icon, More, Notice, TextBox, textLength, useKept } from "./parts.js";

const sent = {}; // slot -> {value, revision, at}: what was sent from this page last
const draftKey = (live, run, item) => `edp.${live.code}.card.${run.run}.${item}`;

export function Cards({ live, run, heading }) {
  const closed = run.status === "closed";
  const reads = closed || run.who === "facilitators";
  const { items, complete } = cardsOf(run);
  return html`
    ${closed ? heading() : heading(w(run.prompt), run.who === "facilitators"
      ? t("The facilitator fills in the cards. What is written is shown here at once.")
      : live.view.workshop.moderated
        ? t("Everybody writes on the same cards. Others see what you write once the facilitator has read it. Choose a card, add what you know.")
        : t("Everybody writes on the same cards, and sees at once what is written. Choose a card, add what you know."))}
    <p class="cards-done" role="status">${t("Cards complete: {complete} of {n}", { complete, n: items.length })}</p>
    <div class="cards">${items.map((item) => html`<${Card} key=${item.id} live=${live} run=${run} item=${item} reads=${reads} />`)}</div>
  `;
}

/* One card: folded, how far it is; open, the form. */
function Card({ live, run, item, reads }) {
  const [open, setOpen] = useState(run.order.length === 1);
  const filled = filledOn(run, item.id);
  const all = run.fields.length;
  const [drafts, setDrafts] = useKept(draftKey(live, run, item.id), {});
  const fields = run.fields.map((field) => ({ field, at: fieldOn(run, live.state.outbox, item.id, field.id, {
    draft: drafts[field.id], sent: sent[cardSlot(run.run, item.id, field.id)], now: Date.now(),
    own: ((((live.state.self || {}).proposed || {})[run.run] || {})[item.id] || {})[field.id] }) }));
  const unsent = fields.filter(({ at }) => at.draft !== undefined).length;
  const met = fields.some(({ at }) => at.mine !== undefined);
  const title = html`<span class="words">${item.title}</span>
    <span class="card-state">${met ? html`<${Icon} name="warning" />${t("Somebody else has written here, too")}`
      : unsent > 0 ? html`<${Icon} name="edit" />${t("Not saved yet")}`
        : filled === all ? html`<${Icon} name="check" />${t("Complete")}`
          : t("Filled in: {filled} of {n}", { filled, n: all })}</span>`;
  return html`<${More} title=${title} open=${open} onOpen=${setOpen}>
    ${open && html`<div class="card">
      <${Extras} item=${item} groups=${live.view.groups} fold=${true} />
      ${reads ? fields.map(({ field, at }) => html`<${Read} key=${field.id} field=${field} at=${at} />`)
        : html`<${CardForm} live=${live} run=${run} item=${item} fields=${fields} drafts=${drafts} setDrafts=${setDrafts} />`}
    </div>`}
  <//>`;
}

/* A field that nobody writes in at the moment. */
function Read({ field, at }) {
  return html`<div class="card-field"><h3>${w(field.name)}</h3>
    ${at.value ? html`<p class="words">${wordsFor(field, at.value)}</p>` : !at.also && html`<p class="quiet">${t("Nothing yet.")}</p>`}
    <${Also} field=${field} at=${at} /><${Judged} field=${field} at=${at} /></div>`;
}

/* What became of this phone's own text where a facilitator reads it first. */
function Judged({ field, at }) {
  return html`${at.others !== undefined && at.draft === undefined && html`<p class="state"><${Icon} name="timer" />${t("Waiting for the facilitator")}</p>
      ${at.others && html`<p class="quiet small words">${t("Others read: “{text}”", { text: wordsFor(field, at.others) })}</p>`}`}
    ${at.turned_down !== undefined && html`<p class="state"><${Icon} name="hide" />${t("Not taken over by the facilitator: “{text}”",
      { text: wordsFor(field, at.turned_down) || t("(nothing)") })}</p>`}`;
}

/* What stood on the cards of those that were merged into this item. */
function Also({ field, at }) {
  return (at.also || []).map((one) => html`<p key=${one.item} class="words card-also">${wordsFor(field, one.value)}
    <span class="quiet small"> ${t("from “{title}”", { title: one.title })}</span></p>`);
}

function CardForm({ live, run, item, fields, drafts, setDrafts }) {
  const [complaint, setComplaint] = useState("");
  const held = run.status === "paused" ? t("The stage is paused. You can write now, and send when it goes on.") : "";
  const keep = (next) => setDrafts(Object.keys(next).length ? next : undefined);
  const without = (ids) => Object.keys(drafts).filter((id) => !ids.includes(id))
    .reduce((kept, id) => Object.assign(kept, { [id]: drafts[id] }), {});
  const type = ({ field, at }, value) => {
    setComplaint("");
    const begun = drafts[field.id] && at.draft !== undefined ? drafts[field.id].revision : at.revision;
    keep(value.trim() === at.value ? without([field.id])
      : Object.assign({}, drafts, { [field.id]: { value, revision: begun } }));
  };
  const send = (id, value, revision) => {
    const slot = cardSlot(run.run, item.id, id);
    const op = live.send({ type: "fill_card", run: run.run, item: item.id, field: id, value, revision }, slot);
    const entry = live.connection.state.outbox.find((one) => one.op === op); // it may have taken another's place
    sent[slot] = { value, revision: (entry ? entry.command.revision : revision) + 1, at: Date.now() };
  };
  const choose = ({ field, at }, value) => send(field.id, value, at.revision);
  const settle = ({ field, at }, mine) => {
    if (mine && held) return setComplaint(held);
    if (at.refused) live.dismiss(at.refused.op);
    if (mine) send(field.id, at.mine.trim(), at.revision);
    else delete sent[cardSlot(run.run, item.id, field.id)];
    return keep(without([field.id]));
  };
  const changed = fields.filter(({ at }) => at.draft !== undefined);
  const press = (event) => {
    event.preventDefault();
    const long = changed.find(({ field, at }) => textLength(at.draft) > field.max_length);
    const problem = held || (long ? t("“{field}” is too long.", { field: w(long.field.name) })
      : changed.length ? "" : t("Nothing has changed yet: write on a line above, then save it."));
    setComplaint(problem);
    if (problem) return;
    changed.forEach(({ field, at }) => send(field.id, at.draft.trim(), at.revision));
    live.announce(t("On its way: {title}", { title: item.title }));
    keep(without(changed.map(({ field }) => field.id)));
  };
  return html`<form onSubmit=${press}>
    ${fields.map((one) => html`<div key=${one.field.id} class="card-field">
      ${one.field.options
        ? html`<${Choice} one=${one} item=${item} held=${held} choose=${choose} live=${live} />`
        : html`<${Line} one=${one} item=${item} type=${type} live=${live} />`}
      <${Also} ...${one} />
      <${Judged} ...${one} />
      ${one.at.mine !== undefined && html`<${Met} one=${one} settle=${settle} />`}
    </div>`)}
    <div class="send">
      ${(complaint || held) && html`<p class="act-hint" role=${complaint ? "alert" : undefined}>${complaint || held}</p>`}
      <button type="submit" class=${changed.length ? "button button-wide" : "button-outline button-wide"}
        aria-disabled=${held || !changed.length ? "true" : undefined}>${tn("Save this line", "Save these {n} lines", Math.max(1, changed.length))}</button>
    </div>
  </form>`;
}

function Line({ one, item, type, live }) {
  const { field, at } = one;
  const id = `card-${item.id}-${field.id}`;
  const text = at.draft === undefined ? at.value : at.draft;
  const over = textLength(text) > field.max_length;
  return html`<label for=${id}>${w(field.name)}</label>
    ${w(field.asks) && html`<p class="hint" id=${`${id}-asks`}>${w(field.asks)}</p>`}
    <${TextBox} id=${id} rows="1" value=${text} onInput=${(value) => type(one, value)} readonly=${at.mine !== undefined}
      aria-describedby=${w(field.asks) ? `${id}-asks` : undefined} aria-invalid=${over ? "true" : undefined} />
    ${at.draft !== undefined && html`<${Counter} text=${text} limit=${field.max_length} />`}
    <${FieldState} at=${at} live=${live} />`;
}

/* A tap chooses at once. */
function Choice({ one, item, held, choose, live }) {
  const { field, at } = one;
  const name = `card-${item.id}-${field.id}`;
  return html`<fieldset disabled=${Boolean(held)}><legend>${w(field.name)}</legend>
    ${w(field.asks) && html`<p class="hint">${w(field.asks)}</p>`}
    <div class="picks">${field.options.map((option) => html`<label key=${option.id} class="pick">
      <input type="radio" name=${name} checked=${at.value === option.id} onChange=${() => choose(one, option.id)} />
      <span>${w(option.name)}</span></label>`)}</div>
    <div class="question-foot"><${FieldState} at=${at} live=${live} />
      ${at.value && !held && html`<button type="button" class="button-bare"
        onClick=${() => choose(one, "")}>${t("Take the answer back")}</button>`}</div>
  </fieldset>`;
}

/* Where a field stands, in words. */
function FieldState({ at, live }) {
  if (at.mine !== undefined) return null;
  if (at.draft !== undefined) return html`<span class="state waiting"><${Icon} name="edit" />${t("Not saved yet")}</span>`;
  return html`<${SentState} entry=${at.entry} given=${at.value && at.others === undefined} live=${live} />`;
}

/* Two have written on one line: what stands there is above, this phone's own text here. */
function Met({ one, settle }) {
  const { field, at } = one;
  return html`<${Notice} kind="warn" icon="warning" role="alert">
    <p>${at.value ? t("Somebody else has changed this line meanwhile; what stands there now is above. You wrote:")
      : t("Somebody else has emptied this line meanwhile. You wrote:")}</p>
    <blockquote><p class="words">${wordsFor(field, at.mine) || t("(nothing)")}</p></blockquote>
    <div class="notice-acts">
      <button type="button" class="button-outline" onClick=${() => settle(one, true)}>${t("Put mine in its place")}</button>
      <button type="button" class="button-bare" onClick=${() => settle(one, false)}>${t("Leave it as it is")}</button>
    </div><//>`;
}
