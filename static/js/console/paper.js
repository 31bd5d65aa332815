// Paper ballots: the number on the sheet, the group, the dots of each item; the same number again corrects a sheet.
import { html, names, useEffect, useRef, useState } from "../shared/dom.js";
import { t, tn, w } from "../shared/i18n.js";
import * as storage from "../shared/storage.js";
import { Act, Said } from "./actions.js";

const PLACE = "paper";
const KEPT = "edp.sheet"; // one sheet at a time; it outlives a change of tab and a reload
const EMPTY = { voter: "", group: "", territory: "", dots: {} };

/** The form for the sheets of a vote `run`, and those that are typed in already. `open`: unfolded at first. */
export function Paper({ view, run, actions, open }) {
  const sheets = view.paper[run.run] || {};
  const [sheet, setSheet] = useSheet(`${view.workshop.code}.${run.run}`);
  const first = useRef(null);
  const [wrong, setWrong] = useState(""); // the line that the last refusal was about
  const begun = useRef(sheet !== EMPTY);
  const change = (more) => {
    setWrong("");
    setSheet(Object.assign({}, sheet, more));
  };
  const load = (voter) => {
    const stored = sheets[voter];
    const group = stored ? stored.group : sheet.group;
    setSheet({ voter, group, territory: sheet.territory, dots: stored ? Object.assign({}, stored.dots) : sheet.dots });
  };
  const stored = sheets[String(Number(sheet.voter))];
  const numbers = Object.keys(sheets).sort((a, b) => a - b);
  const left = leftOf(run, sheet.dots);
  const command = Object.assign(
    { type: "enter_paper_ballot", run: run.run, voter: sheet.voter, group: sheet.group, dots: spent(run, sheet.dots) },
    sheet.territory ? { territory: sheet.territory } : {},
  );
  const missing = !/^\d{1,4}$/.test(sheet.voter) ? t("Type the number that stands on the sheet.")
    : !sheet.group ? t("Choose the group that stands on the sheet.") : "";
  const saved = () => {
    actions.say(PLACE, t("Sheet {n} is saved.", { n: Number(sheet.voter) }));
    setSheet(Object.assign({}, EMPTY, { territory: sheet.territory, voter: nextNumber(numbers.concat(sheet.voter)) }));
    if (first.current) first.current.focus();
  };
  const refused = ({ code, params }) => {
    setWrong((params && params.item) || "");
    return lineText(view, run, code, params || {});
  };
  return html`<details class="paper" open=${open || numbers.length > 0 || begun.current || undefined}>
    <summary>${t("Votes on paper")} <span
      class="quiet">${numbers.length > 0 && tn("one sheet", "{n} sheets", numbers.length)}</span></summary>
    ${run.status === "closed" && html`<p>${t("Phones cannot vote any more. Sheets are counted until the result is revealed.")}</p>`}
    <form class="paper-form" onSubmit=${(event) => event.preventDefault()}>
      <div class="paper-head">
        <label><span class="label">${t("Number on the sheet")}</span>
          <input class="input" ref=${first} inputmode="numeric" autocomplete="off" maxlength="4"
            value=${sheet.voter}
            onInput=${(event) => change({ voter: event.currentTarget.value.replace(/\D/g, "") })}
            onChange=${(event) => {
              const voter = String(Number(event.currentTarget.value));
              if (sheets[voter]) load(voter);
            }} /></label>
        <label><span class="label">${t("Group")}</span>
          <select class="input" value=${sheet.group}
            onChange=${(event) => change({ group: event.currentTarget.value })}>
            <option value="">${t("Choose …")}</option>
            ${view.groups.map((group) => html`<option key=${group.id} value=${group.id}>${w(group.name)}</option>`)}
          </select></label>
        ${view.territories.length > 0 && html`<label><span class="label">${t("Territory")}</span>
          <select class="input" value=${sheet.territory}
            onChange=${(event) => change({ territory: event.currentTarget.value })}>
            <option value="">${t("not said")}</option>
            ${view.territories.map((one) => html`<option key=${one.id} value=${one.id}>${w(one.name)}</option>`)}
          </select></label>`}
      </div>
      <p class="hint">${stored
        ? t("Sheet {n} is typed in already. Saving replaces it.", { n: Number(sheet.voter) })
        : t("Type the dots of each item; Enter goes to the next line.")}</p>
      ${run.columns.map((column) => html`<${Lines} key=${column.id} run=${run} column=${column} dots=${sheet.dots}
        wrong=${wrong} actions=${actions} left=${left[run.method.per === "column" ? column.id : ""]}
        set=${(item, dots) => change({ dots: Object.assign({}, sheet.dots, { [item]: dots }) })} />`)}
      <div class="row">
        ${missing
          ? html`<button type="button" class="button-ink" aria-disabled="true">${t("Save the sheet")}</button><span
            class="hint">${missing}</span>`
          : html`<${Act} actions=${actions} place=${PLACE} kind="button-ink" command=${command}
            refused=${refused} onDone=${saved}>${t("Save the sheet")}<//>`}
        <button type="button" class="button-bare" onClick=${() => setSheet(EMPTY)}>${t("Empty the form")}</button>
      </div>
      ${!run.candidates[wrong] && html`<${Said} actions=${actions} place=${PLACE} />`}
    </form>
    ${numbers.length > 0 && html`<p class="paper-sheets"><span>${t("Typed in:")}</span>
      ${numbers.map((voter) => html`<button type="button" key=${voter} class="button-bare"
        onClick=${() => load(voter)}
        aria-label=${t("Correct sheet {n}", { n: voter })}>${voter}</button>`)}</p>`}
  </details>`;
}

/* Hook: the sheet being typed in for this vote, kept on the device until it is saved or emptied. */
function useSheet(vote) {
  const kept = storage.read(KEPT);
  const [sheet, setSheet] = useState(kept && kept.vote === vote ? kept.sheet : EMPTY);
  const keep = (next) => {
    if (next === EMPTY) storage.remove(KEPT);
    else storage.write(KEPT, { vote, sheet: next });
    setSheet(next);
  };
  return [sheet, keep];
}

function linesOf(run, column) {
  return Object.keys(run.candidates).map((id) => run.candidates[id])
    .filter((item) => item.column === column.id).sort((a, b) => a.n - b.n);
}

/* The items of one column with a field for the dots of each. */
function Lines({ run, column, dots, wrong, actions, left, set }) {
  const list = useRef(null);
  useEffect(() => {
    const field = list.current && list.current.querySelector("[aria-invalid]");
    if (field) field.focus(); // where it was refused is where one goes on typing
  }, [wrong]);
  const items = linesOf(run, column);
  if (!items.length) return null;
  const down = (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const fields = Array.from(event.currentTarget.form.querySelectorAll("[data-dots], .button-ink"));
    fields[fields.indexOf(event.currentTarget) + 1].focus();
  };
  return html`<fieldset class="paper-column" ref=${list}>
    <legend>${w(column.name)} <span class=${left < 0 ? "over" : "quiet"}>${left < 0
      ? tn("one dot too many", "{n} dots too many", -left) : tn("one dot left", "{n} dots left", left)}</span></legend>
    ${items.map((item) => [html`<label key=${item.id}
      class=${names("paper-line", item.id === wrong && "is-wrong")}><span><span
      class="item-n">${item.n}</span> ${item.title}</span>
      <input class="input" data-dots="" type="number" min="0" max=${run.method.cap} inputmode="numeric"
        aria-invalid=${item.id === wrong ? "true" : undefined}
        value=${dots[item.id] || ""}
        onFocus=${(event) => event.currentTarget.select()} onKeyDown=${down}
        onInput=${(event) => set(item.id, whole(event.currentTarget.value))} /></label>`,
      item.id === wrong && html`<${Said} key="said" actions=${actions} place=${PLACE} />`])}
  </fieldset>`;
}

/* What was typed as a whole number from 0 to 1000. */
function whole(text) {
  return Math.max(0, Math.min(1000, Math.floor(Number(text)) || 0));
}

/* Dots that are not spent yet, by column, or under "" for the whole stage; below 0 where there are too many. */
function leftOf(run, dots) {
  const left = run.method.per === "column" ? {} : { "": run.method.dots };
  run.columns.forEach((column) => {
    if (run.method.per === "column") left[column.id] = run.method.dots;
  });
  Object.keys(dots).forEach((id) => {
    const item = run.candidates[id];
    if (item) left[run.method.per === "column" ? item.column : ""] -= dots[id];
  });
  return left;
}

/* What is sent: the lines that can be seen, in their order, so that a refusal names the first one that is too much. */
function spent(run, dots) {
  const all = {};
  run.columns.forEach((column) => linesOf(run, column).forEach((item) => {
    if (dots[item.id] > 0) all[item.id] = dots[item.id];
  }));
  return all;
}

/* Why a sheet was not taken, where that is about one of its lines; else "". */
function lineText(view, run, code, params) {
  const item = run.candidates[params.item] || view.items[params.item];
  if (!item) return "";
  const column = run.columns.find((one) => one.id === item.column);
  const line = t("Number {n}, “{title}”, under “{column}”", { n: item.n, title: item.title, column: column ? w(column.name) : "" });
  if (code === "cap_reached") {
    return tn("{line}: one person may give an item one dot at most. Nothing of this sheet was saved.",
      "{line}: one person may give an item {n} dots at most. Nothing of this sheet was saved.", params.cap, { line });
  }
  if (code === "no_dots_left") {
    return tn("{line}: with it the sheet gives more than its one dot. Nothing of this sheet was saved.",
      "{line}: with it the sheet gives more than its {n} dots. Nothing of this sheet was saved.", run.method.dots, { line });
  }
  if (code === "item_hidden" || code === "unknown_item") {
    return t("{line}: it cannot be voted on any more. Nothing of this sheet was saved; save it again without this line.", { line });
  }
  return "";
}

function nextNumber(numbers) {
  return String(Math.min(9999, Math.max(0, ...numbers.map(Number)) + 1));
}
