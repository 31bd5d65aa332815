// Paper ballots: the number on the sheet, the group, what it says of each item; the same number again corrects a sheet.
import { html, names, useEffect, useRef, useState } from "../shared/dom.js";
import { t, tn, w } from "../shared/i18n.js";
import * as storage from "../shared/storage.js";
import { Act, Said } from "./actions.js";
import { Grid, fitsGrid } from "./grid.js";
import { isStored, nextNumber } from "./grid_model.js";
import { isBegun, keepSheet, keptSheet, voteOf } from "./kept_sheets.js";
import { lineText, placeText, takenText } from "./paper_words.js";
import { fieldsOf, hintOf, leftOf, leftWords, linesOf, marksOf, misplaced, sheetOf, typedNumber } from "./sheets.js";

const PLACE = "paper";
const WAY = "edp.paper.table";
const EMPTY = { voter: "", group: "", territory: "", marks: {} };

/** The form for the sheets of a vote `run`, and those that are typed in already. `open`: unfolded at first. */
export function Paper({ view, run, actions, open }) {
  const [grid, chooseWay] = useWay(run);
  const many = Object.keys(view.paper[run.run] || {}).length;
  const begun = useRef(isBegun(voteOf(view, run)));
  const drawing = { view, run, actions };
  return html`<details class="paper" open=${open || many > 0 || begun.current || undefined}>
    <summary>${t("Votes on paper")} <span
      class="quiet">${many > 0 && tn("one sheet", "{n} sheets", many)}</span></summary>
    ${run.status === "closed" && html`<p>${t("Phones cannot vote any more. Sheets are counted until the result is revealed.")}</p>`}
    ${fitsGrid(run) && html`<div class="paper-ways" role="group" aria-label=${t("How sheets are typed in")}>
      ${[[false, t("Sheet by sheet")], [true, t("As a table")]].map(([id, word]) => html`<button type="button" key=${word}
        class="button-bare" aria-pressed=${id === grid ? "true" : "false"} onClick=${() => chooseWay(id)}>${word}</button>`)}</div>`}
    ${grid ? html`<${Grid} key=${Object.keys(run.candidates).join()} ...${drawing} />` : html`<${OneSheet} ...${drawing} />`}
  </details>`;
}

/* One sheet, line by line, and the numbers of those that are typed in already. */
function OneSheet({ view, run, actions }) {
  const sheets = view.paper[run.run] || {};
  const [sheet, setSheet] = useSheet(voteOf(view, run));
  const typed = useRef(sheet);
  typed.current = sheet;
  const first = useRef(null);
  const [wrong, setWrong] = useState(""); // the line that the last refusal was about
  const change = (more) => {
    setWrong("");
    setSheet(Object.assign({}, sheet, more));
  };
  const load = (voter) => {
    const stored = sheets[voter];
    const group = stored ? stored.group : sheet.group;
    const seen = stored && { voter, revision: stored.revision };
    setSheet({ voter, group, territory: sheet.territory, marks: stored ? marksOf(run, stored) : sheet.marks, seen }, Boolean(stored));
  };
  const set = (item, field, text) => change({
    marks: Object.assign({}, sheet.marks, { [item]: Object.assign({}, sheet.marks[item], { [field]: text }) }),
  });
  const stored = sheets[String(Number(sheet.voter))];
  const numbers = Object.keys(sheets).sort((a, b) => a - b);
  const left = leftOf(run, sheet.marks);
  const command = Object.assign(
    { type: "enter_paper_ballot", run: run.run, voter: sheet.voter, group: sheet.group, replaces: seenOf(sheet) },
    sheetOf(run, sheet.marks),
    sheet.territory ? { territory: sheet.territory } : {},
  );
  const amiss = misplaced(run, sheet.marks);
  const taken = stored && command.replaces !== stored.revision && !isStored(stored, command);
  const missing = !/^\d{1,4}$/.test(sheet.voter) ? t("Type the number that stands on the sheet.")
    : !sheet.group ? t("Choose the group that stands on the sheet.")
      : amiss ? placeText(run, amiss) : "";
  const saved = () => {
    actions.say(PLACE, t("Sheet {n} is saved.", { n: Number(sheet.voter) }));
    if (typed.current !== sheet) { // typed on before the answer was there: that stays, and is about what is stored now
      if (Number(typed.current.voter) === Number(sheet.voter)) {
        setSheet(Object.assign({}, typed.current, { seen: { voter: sheet.voter, revision: seenOf(sheet) + 1 } }));
      }
      return;
    }
    setSheet(Object.assign({}, EMPTY, { territory: sheet.territory, voter: nextNumber(numbers.concat(sheet.voter)) }));
    if (first.current) first.current.focus();
  };
  const refused = ({ code, params }) => {
    setWrong((params && params.item) || "");
    return lineText(view, run, code, params || {}, Number(sheet.voter));
  };
  return html`
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
      <p class=${taken ? "hint over" : "hint"}>${taken ? takenText(Number(sheet.voter)) : stored
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
        aria-label=${t("Correct sheet {n}", { n: voter })}>${voter}</button>`)}</p>`}`;
}

/* The revision of the stored sheet that was loaded to be corrected; 0: this is a new one. */
const seenOf = ({ voter, seen }) => (seen && Number(seen.voter) === Number(voter) ? seen.revision : 0);

/* Hook: whether sheets are typed in as rows of a table, where they fit; kept on the device. */
function useWay(run) {
  const [grid, setGrid] = useState(storage.read(WAY) === true);
  const choose = (is) => {
    storage.spare(WAY, is);
    setGrid(is);
  };
  return [grid && fitsGrid(run), choose];
}

/* Hook: the sheet being typed in for this vote, kept on the device until it is saved or emptied: it outlives a change of
   tab, a reload, and the opening of the next vote. */
function useSheet(vote) {
  const [sheet, setSheet] = useState(() => keptSheet(vote) || EMPTY);
  const keep = (next, stands) => {
    keepSheet(vote, stands ? EMPTY : next); // what is stored already is not to be saved until something in it is changed
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
