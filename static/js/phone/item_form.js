/* The form of an item, new or changed: the text, and behind one tap the optional details. */
import { html, useState } from "../shared/dom.js";
import { folded } from "../shared/fold.js";
import { t, tn, w } from "../shared/i18n.js";
import { Counter, More, TextBox, textLength } from "./parts.js";
import { GOALS, goalName } from "./sdgs.js";

export function emptyDraft() {
  return { title: "", fields: {}, sdgs: [], links: [] };
}

export function isEmpty(draft) {
  return !draft.title && !written(draft).length && !draft.sdgs.length && !draft.links.length;
}

/* The fields of a draft that have a text. */
function written(draft) {
  return Object.keys(draft.fields).filter((id) => draft.fields[id].trim());
}

/* `submit` gets {title, fields, sdgs, links} without what is empty. `held` says why it cannot be sent now. A new `turn`
   folds the details; `done` and `below` stand below the button. */
export function ItemForm({ run, draft, setDraft, submit, label, word, held, box, cancel, turn, done, below, id = "new" }) {
  const [complaint, setComplaint] = useState("");
  const change = (part) => {
    setComplaint("");
    setDraft(Object.assign({}, draft, part));
  };
  const press = (event) => {
    event.preventDefault();
    const problem = held || problemOf(draft, run);
    setComplaint(problem);
    if (!problem) submit(contentOf(draft, run));
    else if (!held) box.current.focus();
  };
  const keys = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) press(event);
  };
  const over = textLength(draft.title) > run.max_length;
  return html`<form class="item-form" onSubmit=${press} onKeyDown=${keys}>
    <label class="visually-hidden" for=${`title-${id}`}>${label}</label>
    <${TextBox} id=${`title-${id}`} box=${box} rows="3" value=${draft.title} placeholder=${t("Write here")}
      onInput=${(title) => change({ title })} aria-describedby=${`left-${id}`}
      aria-invalid=${over ? "true" : undefined} />
    <${Counter} id=${`left-${id}`} text=${draft.title} limit=${run.max_length} />
    <${Lines} id=${id} fields=${run.fields.filter((field) => field.shown)} draft=${draft} change=${change} />
    ${isFor(run) && Object.keys(run.links.items).length > 0 && html`<${Links} key=${turn} links=${run.links} chosen=${draft.links} choose=${(links) => change({ links })} />`}
    ${(run.fields.some((field) => !field.shown) || run.sdgs || (run.links && !isFor(run))) && html`<${Details} key=${turn} id=${id} run=${run} draft=${draft}
      change=${change} />`}
    <div class="send">
      ${(complaint || held) && html`<p class="act-hint" role=${complaint ? "alert" : undefined}>
        ${complaint || held}</p>`}
      <button type="submit" class="button button-wide" aria-disabled=${held ? "true" : undefined}>${word}</button>
      ${cancel && html`<button type="button" class="button-bare button-wide" onClick=${cancel}>
        ${t("Cancel")}</button>`}
      ${done}
    </div>
    ${below}
  </form>`;
}

function problemOf(draft, run) {
  if (!draft.title.trim()) return t("There is no text yet. Please write something, then send it.");
  const over = textLength(draft.title) - run.max_length;
  if (over > 0) return tn("The text is one character too long.", "The text is {n} characters too long.", over);
  const long = run.fields.find((field) => textLength(draft.fields[field.id] || "") > field.max_length);
  return long ? t("“{field}” is too long.", { field: w(long.name) }) : "";
}

function contentOf(draft, run) {
  const content = { title: draft.title };
  const filled = written(draft).filter((id) => run.fields.some((field) => field.id === id));
  if (filled.length) {
    content.fields = {};
    filled.forEach((id) => {
      content.fields[id] = draft.fields[id];
    });
  }
  if (run.sdgs && draft.sdgs.length) content.sdgs = draft.sdgs;
  if (run.links && draft.links.length) content.links = draft.links;
  return content;
}

/* Whether what is written is for priorities that passed; which one is asked at once, as it is what the report sets it under. */
const isFor = (run) => Boolean(run.links && run.links.passed_by);

function Details({ id, run, draft, change }) {
  const fields = run.fields.filter((field) => !field.shown);
  const links = run.links && !isFor(run);
  const filled = written(draft).filter((one) => fields.some((field) => field.id === one)).length + draft.sdgs.length
    + (links ? draft.links.length : 0);
  return html`<${More} title=${t("Add details (optional)")} count=${filled || undefined}>
    <${Lines} id=${id} fields=${fields} draft=${draft} change=${change} />
    ${links && html`<${Links} links=${run.links} chosen=${draft.links}
      choose=${(links) => change({ links })} />`}
    ${run.sdgs && html`<${Goals} chosen=${draft.sdgs} choose=${(sdgs) => change({ sdgs })} />`}
  <//>`;
}

function Lines({ id, fields, draft, change }) {
  return fields.map((field) => html`<div class="field" key=${field.id}>
    <label for=${`${id}-${field.id}`}>${w(field.name)}${field.asks && html` <span class="quiet">${w(field.asks)}</span>`}</label>
    <${TextBox} id=${`${id}-${field.id}`} rows="2" value=${draft.fields[field.id] || ""}
      onInput=${(text) => change({ fields: Object.assign({}, draft.fields, { [field.id]: text }) })} />
    <${Counter} text=${draft.fields[field.id] || ""} limit=${field.max_length} />
  </div>`);
}

function toggled(list, value) {
  return list.includes(value) ? list.filter((one) => one !== value) : list.concat(value);
}

/* What an idea rests on, or the priority that a commitment is for: items of an earlier stage, found by typing a few letters, with or without accents. */
function Links({ links, chosen, choose }) {
  const [wanted, setWanted] = useState("");
  const items = Object.keys(links.items).map((id) => links.items[id]);
  const parts = folded(wanted).split(/\s+/).filter(Boolean);
  const matches = (item) => parts.every((part) => folded(item.title).includes(part));
  const found = items.filter((item) => chosen.includes(item.id) || matches(item));
  const nameOf = (id) => w((links.columns.find((column) => column.id === id) || {}).name);
  return html`<fieldset class="field">
    <legend>${links.passed_by ? t("Which priority is it for?") : t("What does it rest on?")} <span class="quiet">${w(links.title)}</span></legend>
    ${items.length > 6 && html`<label><span class="visually-hidden">${t("Search")}</span>
      <input class="input" type="search" value=${wanted} placeholder=${t("Search")}
        onInput=${(event) => setWanted(event.currentTarget.value)} /></label>`}
    <p class="visually-hidden" role="status">${wanted && tn("One found", "{n} found", found.length)}</p>
    <div class="picks">
      ${found.map((item) => html`<label key=${item.id} class="pick">
        <input type="checkbox" checked=${chosen.includes(item.id)}
          onChange=${() => choose(toggled(chosen, item.id))} />
        <span class="words">${item.title} <span class="quiet">${nameOf(item.column)}</span></span></label>`)}
      ${!found.length && html`<p class="quiet">${t("Nothing matches.")}</p>`}
    </div>
  </fieldset>`;
}

function Goals({ chosen, choose }) {
  return html`<fieldset class="field">
    <legend>${t("Sustainable Development Goals it serves")}</legend>
    <div class="picks">
      ${GOALS.map((n) => html`<label key=${n} class="pick">
        <input type="checkbox" checked=${chosen.includes(n)} onChange=${() => choose(toggled(chosen, n))} />
        <span><b class="numbers">${n}</b> ${goalName(n)}</span></label>`)}
    </div>
  </fieldset>`;
}
