// Paper ballots: the number on the sheet, the group, what it says of each item; the same number again corrects a sheet.
import { html, names, useEffect, useRef, useState } from "../shared/dom.js";
import { t, tn, w } from "../shared/i18n.js";
import * as storage from "../shared/storage.js";
import { Act, Said } from "./actions.js";
import { fieldsOf, hintOf, leftOf, leftWords, linesOf, marksOf, misplaced, sheetOf, typedNumber } from "./sheets.js";

const PLACE = "paper";
const KEPT = "edp.sheet"; // one sheet at a time; it outlives a change of tab and a reload
const EMPTY = { voter: "", group: "", territory: "", marks: {} };

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
    setSheet({ voter, group, territory: sheet.territory, marks: stored ? marksOf(run, stored) : sheet.marks });
  };
  const set = (item, field, text) => change({
    marks: Object.assign({}, sheet.marks, { [item]: Object.assign({}, sheet.marks[item], { [field]: text }) }),
  });
  const stored = sheets[String(Number(sheet.voter))];
  const numbers = Object.keys(sheets).sort((a, b) => a - b);
  const left = leftOf(run, sheet.marks);
  const command = Object.assign(
    { type: "enter_paper_ballot", run: run.run, voter: sheet.voter, group: sheet.group },
    sheetOf(run, sheet.marks),
    sheet.territory ? { territory: sheet.territory } : {},
  );
  const amiss = misplaced(run, sheet.marks);
  const missing = !/^\d{1,4}$/.test(sheet.voter) ? t("Type the number that stands on the sheet.")
    : !sheet.group ? t("Choose the group that stands on the sheet.")
      : amiss ? placeText(run, amiss) : "";
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
        : hintOf(run)}</p>
      ${left[""] !== undefined && run.columns.length > 1 && html`<p><${Left} run=${run} left=${left[""]} /></p>`}
      ${run.columns.map((column) => html`<${Lines} key=${column.id} run=${run} column=${column} marks=${sheet.marks}
        wrong=${wrong || (amiss && !amiss.gap && amiss.item)} actions=${actions} set=${set} refused=${wrong}
        left=${run.columns.length > 1 ? left[column.id] : left[""]} />`)}
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
  const [sheet, setSheet] = useState(kept && kept.vote === vote && kept.sheet.marks ? kept.sheet : EMPTY);
  const keep = (next) => {
    if (next === EMPTY) storage.remove(KEPT);
    else storage.write(KEPT, { vote, sheet: next });
    setSheet(next);
  };
  return [sheet, keep];
}

function Left({ run, left }) {
  return html`<span class=${left < 0 ? "over" : "quiet"}>${leftWords(run, left)}</span>`;
}

/* The items of one column with the fields of each. `wrong` is the line that does not fit, `refused` the one the server
   named: where it was refused is where one goes on typing. */
function Lines({ run, column, marks, wrong, refused, actions, left, set }) {
  const list = useRef(null);
  useEffect(() => {
    const field = refused && list.current && list.current.querySelector("[aria-invalid]");
    if (field) field.focus();
  }, [refused]);
  const items = linesOf(run, column);
  if (!items.length) return null;
  const fields = fieldsOf(run);
  return html`<fieldset class=${names("paper-column", fields.length > 1 && "has-many", fields[0].options && "has-words")}
    ref=${list}>
    <legend>${w(column.name)} ${left !== undefined && html`<${Left} run=${run} left=${left} />`}</legend>
    ${items.map((item) => [html`<${fields.length > 1 ? "div" : "label"} key=${item.id} role=${fields.length > 1 ? "group" : undefined}
      aria-label=${fields.length > 1 ? item.title : undefined}
      class=${names("paper-line", item.id === wrong && "is-wrong")}><span><span
      class="item-n">${item.n}</span> ${item.title}</span>
      <span class="paper-fields">${fields.map((field) => html`<${Mark} key=${field.id} field=${field}
        value=${(marks[item.id] || {})[field.id] || ""} wrong=${item.id === wrong}
        set=${(text) => set(item.id, field.id, text)} />`)}</span><//>`,
      item.id === refused && html`<${Said} key="said" actions=${actions} place=${PLACE} />`])}
  </fieldset>`;
}

/* One field of a line: a number, or one of a few words. */
function Mark({ field, value, wrong, set }) {
  const { options, label, least, most } = field;
  const down = (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const fields = Array.from(event.currentTarget.form.querySelectorAll("[data-mark], .button-ink"));
    fields[fields.indexOf(event.currentTarget) + 1].focus();
  };
  const all = { class: "input", "data-mark": "", "aria-invalid": wrong ? "true" : undefined, value, onKeyDown: down };
  const control = options
    ? html`<select ...${all} onChange=${(event) => set(event.currentTarget.value)}>
        <option value=""></option>
        ${options.map(([id, word]) => html`<option key=${id} value=${id}>${word}</option>`)}</select>`
    : html`<input ...${all} type="number" min=${least} max=${most} inputmode="numeric"
        onFocus=${(event) => event.currentTarget.select()}
        onInput=${(event) => set(typedNumber(event.currentTarget.value))} />`;
  return label ? html`<label><span>${label}</span>${control}</label>` : control;
}

/* A line of a sheet by its number, words and column. */
function nameOf(run, item) {
  const column = run.columns.find((one) => one.id === item.column);
  return t("Number {n}, “{title}”, under “{column}”", { n: item.n, title: item.title, column: column ? w(column.name) : "" });
}

/* What is amiss with the places of a ranking. */
function placeText(run, { item, place, gap, beyond }) {
  const line = nameOf(run, run.candidates[item]);
  if (beyond) return tn("{line}: there is one place only.", "{line}: there are {n} places only.", beyond, { line });
  return gap ? t("{line}: a place before {place} is empty.", { line, place })
    : t("{line}: place {place} stands on the sheet twice.", { line, place });
}

/* Why a sheet was not taken, where that is about one of its lines; else "". */
function lineText(view, run, code, params) {
  const item = run.candidates[params.item] || view.items[params.item];
  if (!item) return "";
  const line = nameOf(run, item);
  if (code === "cap_reached") {
    return run.method.type === "points"
      ? tn("{line}: one person may give an item one point at most. Nothing of this sheet was saved.",
        "{line}: one person may give an item {n} points at most. Nothing of this sheet was saved.", params.cap, { line })
      : tn("{line}: one person may give an item one dot at most. Nothing of this sheet was saved.",
        "{line}: one person may give an item {n} dots at most. Nothing of this sheet was saved.", params.cap, { line });
  }
  if (code === "no_dots_left") {
    return tn("{line}: with it the sheet gives more than its one dot. Nothing of this sheet was saved.",
      "{line}: with it the sheet gives more than its {n} dots. Nothing of this sheet was saved.", run.method.dots, { line });
  }
  if (code === "incomplete") {
    return t("{line}: not every field is filled; 0 stands for “don’t know”. Nothing of this sheet was saved.", { line });
  }
  if (code === "bad_value") {
    return t("{line}: this cannot stand there. Nothing of this sheet was saved.", { line });
  }
  if (code === "item_hidden" || code === "unknown_item") {
    return t("{line}: it cannot be voted on any more. Nothing of this sheet was saved; save it again without this line.", { line });
  }
  return "";
}

function nextNumber(numbers) {
  return String(Math.min(9999, Math.max(0, ...numbers.map(Number)) + 1));
}
