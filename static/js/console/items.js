// What people wrote: filtered, hidden and shown again, merged and taken apart again. Originals can always be found.
import { html, names, useState } from "../shared/dom.js";
import { folded } from "../shared/fold.js";
import { number, t, tn, w } from "../shared/i18n.js";
import { Icon } from "../shared/parts.js";
import { GroupSign, sideName } from "../shared/mark.js";
import { originWords } from "../shared/origin.js";
import { Act, Said } from "./actions.js";
import { Alike } from "./alike.js";
import { itemsOf } from "./flow.js";
import { Queue } from "./queue.js";
import { Translate, Translations } from "./translate.js";

const MANY = 80; // rows drawn in a column before one asks for more

/** The items of one gather stage, by column. */
export function Items({ view, stage, actions, bring }) {
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState([]);
  const all = itemsOf(view, stage);
  const { columns, fields } = view.stages.find((one) => one.id === stage);
  const picked = chosen.filter((id) => view.items[id] && view.items[id].state === "shown");
  const column = picked.length ? view.items[picked[0]].column : undefined;
  const toggle = (id) => setChosen(picked.includes(id) ? picked.filter((one) => one !== id) : picked.concat(id));
  const found = all.filter((item) => matches(item, words));
  const shown = (items) => items.filter((item) => item.state === "shown").length;
  const hidden = found.filter((item) => item.state === "hidden").length;
  const queue = html`<${Queue} view=${view} stage=${stage} actions=${actions} />`;
  const prepared = view.stages.find((one) => one.id === stage).statements || 0;
  const link = bring && !view.workshop.ended && html`<p class="bring"><a class="button-outline"
    href=${`${bring}?stage=${encodeURIComponent(stage)}`}><${Icon} name="add" /><span>${t("Bring in statements")}</span></a></p>`;
  if (!all.length) return html`<div class="items">${queue}<p class="empty">${prepared
    ? tn("One statement is prepared: it stands here as soon as the first stage is opened.",
      "{n} statements are prepared: they stand here as soon as the first stage is opened.", prepared)
    : t("Nothing was written yet. It appears here as it arrives.")}</p>${link}</div>`;
  return html`<section class="items" aria-label=${t("Contributions")}>
    ${queue}
    <${Alike} key=${stage} view=${view} stage=${stage} actions=${actions} pick=${setChosen}
      open=${Boolean(view.now) && view.now.kind === "sort"} />
    <div class="items-head">
      <label class="filter"><span>${t("Filter: a word or a number")}</span>
        <input class="input" type="search" id="filter" value=${words} onInput=${(event) => setWords(event.currentTarget.value)} /></label>
      <p class="items-count">${words
        ? t("{found} of {all}", { found: number(shown(found)), all: number(shown(all)) })
        : tn("One contribution", "{n} contributions", shown(all))}${hidden > 0
        && ` · ${tn("one hidden", "{n} hidden", hidden)}`}</p>
    </div>
    ${all.length > 1 && html`<p class="hint">${columns.length > 1
      ? t("Tick two or more of the same column to merge them.") : t("Tick two or more to merge them.")}</p>`}
    <div class=${`items-columns of-${Math.min(columns.length, 4)}`}>
      ${columns.map((one) => html`<${Column} key=${one.id} column=${one} view=${view} actions=${actions}
        picked=${picked}
        fields=${fields} items=${found.filter((item) => item.column === one.id)} only=${column} toggle=${toggle} />`)}
    </div>
    ${picked.length
      ? html`<${Merge} view=${view} picked=${picked} several=${columns.length > 1} actions=${actions} clear=${() => setChosen([])} />`
      : html`<div class="merge-said"><${Said} actions=${actions} place="merge" /></div>`}
    ${link}
  </section>`;
}

/* Number, title, or the title it was written with; with or without accents. */
function matches(item, words) {
  const wanted = folded(words.trim());
  if (!wanted) return true;
  if (/^\d+$/.test(wanted)) return String(item.n) === wanted || item.title.includes(wanted);
  return folded(`${item.title}\n${item.own_title}`).includes(wanted);
}

function Column({ column, fields, items, view, actions, picked, only, toggle }) {
  const [most, setMost] = useState(MANY);
  const standing = items.filter((item) => item.state === "shown");
  const rows = items.filter((item) => ["shown", "hidden"].includes(item.state)); // a hidden one keeps its place
  return html`<section class="items-column">
    <h2 class="items-title">${w(column.name)} <span>${number(standing.length)}</span></h2>
    <ul class="items-list">
      ${rows.slice(0, most).map((item) => html`<${Row} key=${item.id} item=${item} fields=${fields} view=${view} actions=${actions}
        picked=${picked.includes(item.id)} closed=${only !== undefined && only !== column.id} toggle=${toggle} />`)}
    </ul>
    ${rows.length > most && html`<button type="button" class="button-bare" onClick=${() => setMost(most + MANY)}>
      ${tn("Show one more", "Show {n} more", Math.min(MANY, rows.length - most))}</button>`}
    ${!rows.length && html`<p class="empty">${t("Nothing here.")}</p>`}
  </section>`;
}

function Row({ item, fields, view, actions, picked, closed, toggle }) {
  const [translating, setTranslating] = useState(false);
  const hidden = item.state === "hidden";
  const place = `item.${item.id}`;
  const merged = item.merged || [];
  return html`<li class=${names("item", hidden && "is-hidden", picked && "is-picked")} data-item=${item.id}>
    <label class="item-words">
      ${hidden ? html`<span class="item-box"></span>` : html`<input type="checkbox" checked=${picked}
        disabled=${closed || !actions.ready} onChange=${() => toggle(item.id)}
        aria-label=${t("{n} {title}: choose to merge", { n: item.n, title: item.title })} />`}
      <span class="item-text"><span class="item-n">${item.n}</span> ${item.title}
        ${" "}<${GroupSign} groups=${view.groups} of=${item.group} />
        <${Side} view=${view} of=${item} />
        ${item.own_title !== item.title && html`<span
          class="item-own">${t("Written as: {title}", { title: item.own_title })}</span>`}
        ${item.brought && html`<span class="item-own">${originWords(item)}</span>`}
        <${Translations} item=${item} />
        <${Beside} item=${item} fields=${fields} view=${view} />
        ${hidden && html`<span class="item-state">${t("Hidden from every page and from the report.")}</span>`}
      </span>
    </label>
    <div class="item-acts">
      ${!hidden && html`<button type="button" class="button-bare" aria-expanded=${translating ? "true" : "false"}
        aria-label=${t("Translate number {n}", { n: item.n })} title=${t("Translate")}
        onClick=${() => setTranslating(!translating)}><${Icon} name="translate" /><span
          class="item-word">${t("Translate")}</span></button>`}
      ${hidden
        ? html`<${Act} actions=${actions} place=${place} kind="button-bare"
          command=${{ type: "show_item", item: item.id }}
            label=${t("Undo: show number {n} again", { n: item.n })}>${t("Undo")}<//>`
        : html`<${Act} actions=${actions} place=${place} kind="button-bare"
          command=${{ type: "hide_item", item: item.id }}
            label=${t("Hide number {n}", { n: item.n })}
            onDone=${() => actions.say("", t("Hidden from every page and from the report."))}>${t("Hide")}<//>`}
    </div>
    ${translating && !hidden && html`<${Translate} view=${view} item=${item} actions=${actions} place=${place}
      close=${() => setTranslating(false)} />`}
    ${merged.length > 0 && html`<ul class="item-merged" aria-label=${t("Merged into it")}>
      ${merged.map((one) => html`<li key=${one.id}><span>${one.title} <${GroupSign} groups=${view.groups} of=${one.group} /><${Side} view=${view} of=${one} />${one.brought && html` <span class="item-own">${originWords(one)}</span>`}<${Translations} item=${one} /></span>
        <${Act} actions=${actions} place=${place} kind="button-bare"
          command=${{ type: "unmerge_item", item: one.id }}
          label=${t("Separate: {title}", { title: one.title })}>${t("Separate")}<//></li>`)}
    </ul>`}
    <${Said} actions=${actions} place=${place} />
  </li>`;
}

/* The side of the border, where that may be told. */
function Side({ view, of }) {
  const name = sideName(view.territories, of);
  return name && html` <span class="item-side">${name}</span>`;
}

/* What else was written with an item: its fields, goals, and the items it names: its evidence, or what it is for. */
function Beside({ item, fields, view }) {
  const written = item.fields || {};
  const evidence = (item.links || []).map((id) => view.items[id]).filter(Boolean);
  const isFor = Boolean(view.stages.find((one) => one.id === item.stage).links_to);
  return html`${fields.filter((field) => written[field.id]).map((field) => html`<span key=${field.id}
      class="item-own">${lead(w(field.name))} ${written[field.id]}</span>`)}
    ${item.sdgs && html`<span class="item-own">${t("SDGs: {numbers}", { numbers: item.sdgs.join(", ") })}</span>`}
    ${evidence.map((one) => html`<span key=${one.id} class="item-own">${isFor
      ? t("For: {title}", { title: one.title }) : t("Evidence: {title}", { title: one.title })}</span>`)}`;
}

/* A name before what it names; a question keeps its own mark. */
function lead(name) {
  return /[?!:.…]$/.test(name) ? name : `${name}:`;
}

function wide() {
  return window.matchMedia("(min-width: 64rem)").matches;
}

/* Two or more of a column: which of them stands, and under what title. */
function Merge({ view, picked, several, actions, clear }) {
  const [into, setInto] = useState("");
  const [title, setTitle] = useState("");
  const stands = picked.includes(into) ? into : picked[0];
  const [open, setOpen] = useState(wide); // on a phone the form would cover the list one still chooses from
  const others = picked.filter((id) => id !== stands);
  const undo = async () => {
    for (const item of others) {
      const answer = await actions.act("merge", { type: "unmerge_item", item }, { name: t("Undo") });
      if (!answer || answer.lost) return; // what was said about it is to stay
    }
  };
  const done = () => {
    clear();
    const words = t("{n} contributions were merged into one. The originals are kept.", { n: picked.length });
    actions.say("merge", words, undo);
  };
  if (picked.length === 1) {
    return html`<div class="merge"><p>${several
      ? t("Choose another one of the same column to merge them.") : t("Choose another one to merge them.")}</p>
      <div class="row"><button type="button" class="button-bare"
        onClick=${clear}>${t("Cancel")}</button></div></div>`;
  }
  if (!open) {
    return html`<div class="merge"><div class="row">
      <button type="button" class="button-ink" onClick=${() => setOpen(true)}><${Icon}
        name="merge" /><span>${t("Merge these {n}", { n: picked.length })}</span></button>
      <button type="button" class="button-bare" onClick=${clear}>${t("Cancel")}</button></div>
      <${Said} actions=${actions} place="merge" /></div>`;
  }
  return html`<form class="merge" onSubmit=${(event) => event.preventDefault()}>
    <fieldset><legend>${t("Which one stands for all of them?")}</legend>
      ${picked.map((id) => html`<label key=${id} class="switch"><input type="radio" name="into"
        checked=${id === stands}
        onChange=${() => setInto(id)} /> <span>${view.items[id].title}</span></label>`)}
    </fieldset>
    <label class="merge-title"><span class="label">${t("A new title, if you want one")}</span>
      <input class="input" value=${title} maxlength="300"
        onInput=${(event) => setTitle(event.currentTarget.value)} /></label>
    <div class="row">
      <${Act} actions=${actions} place="merge" kind="button-ink" icon="merge" onDone=${done}
        command=${Object.assign({ type: "merge_items", into: stands, items: others }, title.trim() ? { title } : {})}>
        ${t("Merge these {n}", { n: picked.length })}<//>
      <button type="button" class="button-bare" onClick=${clear}>${t("Cancel")}</button>
    </div>
    <${Said} actions=${actions} place="merge" />
  </form>`;
}
