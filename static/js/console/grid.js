// Many sheets of paper, one a row, typed with the keyboard alone: number, group, figures, Enter. What was saved stands above
// as it is stored; what is being typed, or was not taken, stays below in its cells.
import { Fragment, html, names, useEffect, useMemo, useRef, useState } from "../shared/dom.js";
import { randomId } from "../shared/ids.js";
import { t, tn, w } from "../shared/i18n.js";
import { Icon } from "../shared/parts.js";
import { refusalText } from "../shared/words.js";
import {
  blockOf, cellsOf, filled, gridColumns, isEmptyRow, isStored, newRow, nextNumber, readRow, rowLeft, tidied,
} from "./grid_model.js";
import { keepRows, keptRows, voteOf } from "./kept_sheets.js";
import { lineText } from "./paper_words.js";
import { fieldsOf, linesOf } from "./sheets.js";

const WIDEST = 130; // figures in a row: a sheet that has more is quicker line by line

/** Whether the sheets of a vote fit into rows. */
export const fitsGrid = (run) => Object.keys(run.candidates).length * fieldsOf(run).length <= WIDEST;

/** The table for the sheets of a vote `run`. */
export function Grid({ view, run, actions }) {
  const sheets = view.paper[run.run] || {};
  const columns = useMemo(() => gridColumns(view, run), [run.run, Object.keys(run.candidates).join()]);
  const [rows, setRows] = useRows(voteOf(view, run), columns);
  const [note, setNote] = useState("");
  const table = useRef(null);
  const latest = useRef({});
  const stored = (row) => sheets[String(Number(row.cells[0]))];
  const shown = rows.filter((row) => !(row.done && isStored(stored(row), row.done)));
  const make = (voter = "") => newRow(randomId(8), columns, voter);
  const used = (of) => Object.keys(sheets).concat(of.map((row) => row.cells[0]));
  const blank = useRef(undefined); // stands where nothing is typed, and stays the same row until something is
  if (!blank.current || rows.some(({ key }) => key === blank.current.key) || sheets[blank.current.cells[0]]) {
    blank.current = make(nextNumber(used([])));
  }
  const open = shown.length ? shown : [blank.current];
  useEffect(() => {
    if (shown.length < rows.length) setRows((was) => was.filter((row) => shown.some(({ key }) => key === row.key)));
  }, [shown.length < rows.length]);

  const put = (key, changes) => setRows((was) => (was.some((row) => row.key === key) ? was : open)
    .map((row) => (row.key === key ? Object.assign({}, row, typeof changes === "function" ? changes(row) : changes) : row)));
  const focus = (key, at) => setTimeout(() => {
    const cell = table.current && table.current.querySelector(`[data-cell="${key}.${at}"]`);
    if (cell) {
      cell.focus();
      cell.select();
    }
  }, 0);
  const known = open.filter((row) => !row.done && !isEmptyRow(row)).map((row) => Number(row.cells[0]));
  const isTwice = (row) => known.filter((n) => n === Number(row.cells[0])).length > (row.done || isEmptyRow(row) ? 0 : 1);

  /* Sends a row whose cells can all be; whether it was sent. */
  const save = (row) => {
    const { command: said, wrong } = readRow(view, run, columns, row, isTwice(row));
    const command = said && Object.assign(said, { replaces: row.replaces || 0 });
    if (wrong.length) {
      put(row.key, { checked: true, said: "" });
      focus(row.key, Math.max(0, wrong[0].at));
      return false;
    }
    put(row.key, { checked: true, said: "", busy: true });
    actions.act(`grid.${row.key}`, command, { name: t("Sheet {n}", { n: command.voter }), refused: (refusal) => sentence(view, run, refusal, command) })
      .then((answer) => {
        const [said, at] = outcome(view, run, columns, answer, command);
        const done = answer && (answer.ok || answer.lost) ? command : undefined;
        put(row.key, (now) => (isSameRow(columns, now, row) ? { busy: false, said, at, done } : { busy: false }));
        if (answer && answer.ok) actions.say("grid", t("Sheet {n} is saved.", { n: command.voter }));
      });
    return true;
  };

  const acts = {
    type: (row, at, text) => put(row.key, ({ cells, replaces }) => ({
      cells: cells.map((old, place) => (place === at ? text : old)), said: "", at: undefined, done: undefined,
      replaces: at === 0 ? undefined : replaces,
    })),
    replace: (row) => {
      put(row.key, { replaces: stored(row).revision, said: "", at: undefined });
      focus(row.key, 0);
    },
    leave: (row, at) => {
      const text = tidied(columns[at], row.cells[at]);
      const found = at === 0 && isEmptyRow(row) && stored(row);
      if (found) {
        const voter = String(Number(text));
        put(row.key, { cells: cellsOf(run, columns, voter, found, view.persons[`v:${voter}`]), replaces: found.revision, checked: false });
      } else if (text !== row.cells[at]) acts.type(row, at, text);
    },
    enter: (row) => {
      if (row.busy || !save(row)) return;
      const at = open.findIndex((one) => one.key === row.key);
      const next = open[at + 1] || make(nextNumber(used(open)));
      if (!open[at + 1]) setRows((was) => was.concat(next));
      focus(next.key, 0);
    },
    move: (row, at, by) => {
      const next = open[open.findIndex((one) => one.key === row.key) + by];
      if (next) focus(next.key, at);
    },
    paste: (row, at, text) => {
      const block = blockOf(text);
      if (!block) return false;
      const from = open.findIndex((one) => one.key === row.key);
      const result = filled(open, block, from, at, columns, make);
      setRows(() => result.rows);
      setNote([
        tn("One row was filled in. It is not saved yet.", "{n} rows were filled in. They are not saved yet.", block.length - (result.headed ? 1 : 0)),
        result.headed && t("The first line was taken for a heading."),
        result.beyond && t("What stood to the right of the last column was left out."),
      ].filter(Boolean).join(" "));
      return true;
    },
    drop: (row) => setRows((was) => was.filter((one) => one.key !== row.key)),
  };
  latest.current = acts;
  const pending = open.filter((row) => !row.done && !row.busy && !isEmptyRow(row));
  const saveAll = () => {
    setNote("");
    pending.slice().reverse().forEach(save); // the first one that cannot be saved gets the focus
  };
  const correct = (voter) => {
    const row = Object.assign(make(voter), {
      cells: cellsOf(run, columns, voter, sheets[voter], view.persons[`v:${voter}`]), replaces: sheets[voter].revision,
    });
    setRows(() => open.filter((one) => !isEmptyRow(one)).concat(row));
    focus(row.key, columns.findIndex(({ kind }) => kind === "figure"));
  };
  const numbers = Object.keys(sheets).sort((a, b) => a - b);
  return html`<div class="grid-box">
    <p class="hint">${t("Number, group by its first letters or its place in the list, then the figures. Tab goes to the next cell, Enter saves the row. A number that was typed in already brings that sheet back. A block copied from a spreadsheet can be pasted.")}</p>
    ${[...new Set(columns.map(({ options }) => options))].filter(Boolean).map((options, at) => html`<ol key=${at}
      class="grid-words">${options.map(([id, word]) => html`<li key=${id}>${word}</li>`)}</ol>`)}
    <div class="grid-scroll" tabindex="0" role="region" aria-label=${t("Votes on paper")}><table class="grid" ref=${table}>
      <${Head} run=${run} columns=${columns} />
      <tbody>
        ${numbers.map((voter) => html`<${Saved} key=${voter} run=${run} columns=${columns} voter=${voter} stored=${sheets[voter]}
          person=${view.persons[`v:${voter}`]} correct=${correct} />`)}
        ${open.map((row) => html`<${Typed} key=${row.key} view=${view} run=${run} columns=${columns} row=${row} acts=${latest}
          twice=${isTwice(row)} stands=${!stored(row) ? "" : stored(row).revision === row.replaces ? "seen" : "taken"} />`)}
      </tbody></table></div>
    <div class="row">
      <button type="button" class="button-ink" aria-disabled=${pending.length ? undefined : "true"} onClick=${saveAll}>
        ${pending.length > 1 ? t("Save {n} rows", { n: pending.length }) : t("Save the row")}</button>
      ${note && html`<span class="hint" role="status">${note}</span>`}</div>
  </div>`;
}

/* Hook: the rows being typed for this vote, kept on the device until they are saved. */
function useRows(vote, columns) {
  const [rows, setRows] = useState(() => keptRows(vote, columns));
  useEffect(() => {
    const wanted = rows.filter((row) => !(row.done && !row.said) && !isEmptyRow(row)).map((row) => Object.assign({}, row, { busy: false }));
    keepRows(vote, columns, wanted);
  }, [rows]);
  return [rows, setRows];
}

const isSameRow = (columns, one, other) => columns.every((column, at) => tidied(column, one.cells[at]) === tidied(column, other.cells[at]));

const sentence = (view, run, { code, params = {} }, { voter }) => lineText(view, run, code, params, voter) || refusalText(code, params, t);

/* What is said of a row after its answer, and the cell that it is about. */
function outcome(view, run, columns, answer, command) {
  if (!answer) return [t("This row was not sent: there was no connection. Press Enter in it to try again.")];
  if (answer.lost) return [t("No answer came before the connection was lost. Press Enter in this row to send it again; it counts once.")];
  if (answer.ok) return [""];
  const at = columns.findIndex(({ item }) => item && item === (answer.refusal.params || {}).item);
  return [sentence(view, run, answer.refusal, command), at < 0 ? undefined : at];
}

/* The heads of the columns: the heading and the item, then what is asked of it. */
function Head({ run, columns }) {
  const fields = fieldsOf(run);
  const many = fields.length > 1;
  const heads = { number: t("Number"), group: t("Group"), territory: t("Territory") };
  const items = run.columns.reduce((all, column) => all.concat(linesOf(run, column).map((item) => ({ item, column }))), []);
  return html`<thead>
    <tr>${columns.filter(({ kind }) => kind !== "figure").map(({ kind }) => html`<th key=${kind} scope="col" rowspan=${many ? 2 : 1}
        class=${`of-${kind}`}>${heads[kind]}</th>`)}
      ${items.map(({ item, column }) => html`<th key=${item.id} scope="col" colspan=${fields.length} class=${names("of-item", many && "is-wide")}
        title=${run.columns.length > 1 ? `${w(column.name)}: ${item.title}` : item.title}><b>${item.n}</b><span>${item.title}</span></th>`)}
      <th rowspan=${many ? 2 : 1}><span class="visually-hidden">${t("Where it stands")}</span></th></tr>
    ${many && html`<tr>${items.map(({ item }) => fields.map((field) => html`<th key=${`${item.id}.${field.id}`} scope="col"
      class="of-field"><span>${field.label}</span></th>`))}</tr>`}
  </thead>`;
}

/* A sheet as it is stored. */
function Saved({ run, columns, voter, stored, person, correct }) {
  const latest = useRef(correct);
  latest.current = correct;
  return useMemo(() => html`<tr class="is-saved">
    ${cellsOf(run, columns, voter, stored, person).map((text, at) => (at
      ? html`<td key=${at}>${text}</td>` : html`<th key=${at} scope="row">${text}</th>`))}
    <td class="grid-state"><span class="state-good"><${Icon} name="check" />${t("Saved")}</span>
      <button type="button" class="button-bare" aria-label=${t("Correct sheet {n}", { n: voter })}
        onClick=${() => latest.current(voter)}>${t("Correct")}</button></td></tr>`, [JSON.stringify(stored), person && person.territory, columns]);
}

/* A row that is being typed. `stands`: whether a sheet with its number is stored already: "seen" as it is now, by whoever
   types, or "taken" meanwhile; then replacing it is asked for by itself. The row is drawn again only where something in it
   has changed. */
function Typed({ view, run, columns, row, acts, twice, stands }) {
  return useMemo(() => {
    const { wrong } = row.checked ? readRow(view, run, columns, row, twice) : { wrong: [] };
    const said = row.said ? [{ at: row.at, text: row.said }] : wrong;
    const bad = said.map(({ at }) => at);
    const n = row.cells[0] || "–";
    const where = { seen: t("replaces what was saved"), taken: t("this number is saved already") }[stands] || t("not saved yet");
    return html`<${Fragment}><tr class=${names("is-typed", row.busy && "is-busy")}>
      ${columns.map((column, at) => html`<td key=${at}><${Cell} row=${row} at=${at} acts=${acts} wrong=${bad.includes(at)}
        label=${cellName(run, column, n)} kind=${column.kind} wide=${Boolean(column.options)} /></td>`)}
      <td class=${names("grid-state", stands === "taken" && !row.busy && "is-taken")}>${row.busy ? t("Sending…") : isEmptyRow(row) ? "" : row.done && !row.said ? t("Saved")
          : html`<span class="quiet">${[rowLeft(run, columns, row), where].filter(Boolean).join(" · ")}</span>
            ${stands === "taken" && html`<button type="button" class="button-bare" aria-label=${t("Replace sheet {n}", { n })}
              onClick=${() => acts.current.replace(row)}>${t("Replace")}</button>`}
            <button type="button" class="button-bare" aria-label=${t("Discard row {n}", { n })}
              onClick=${() => acts.current.drop(row)}><${Icon} name="close" /></button>`}</td></tr>
      ${said.length > 0 && html`<tr class="is-wrong"><td colspan=${columns.length + 1}><div><${Icon} name="warning" />
        <ul>${said.map(({ text }, at) => html`<li key=${at}>${text}</li>`)}</ul></div></td></tr>`}<//>`;
  }, [row, twice, stands, columns]);
}

function cellName(run, { kind, item, label }, n) {
  const heads = { number: t("Number"), group: t("Group"), territory: t("Territory") };
  const what = item ? [`${run.candidates[item].n} ${run.candidates[item].title}`, label].filter(Boolean).join(", ") : heads[kind];
  return t("Sheet {n}: {what}", { n, what });
}

function Cell({ row, at, acts, wrong, label, kind, wide }) {
  const down = (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key === "Enter") acts.current.enter(row);
    else if (steps[event.key]) acts.current.move(row, at, steps[event.key]);
    else return;
    event.preventDefault();
  };
  const paste = (event) => {
    if (acts.current.paste(row, at, event.clipboardData.getData("text"))) event.preventDefault();
  };
  return html`<input class=${names("input", wide && "is-wide")} type="text" inputmode=${kind === "number" || (kind === "figure" && !wide) ? "numeric" : "text"}
    autocomplete="off" data-cell=${`${row.key}.${at}`} aria-label=${label} aria-invalid=${wrong ? "true" : undefined} value=${row.cells[at]}
    onKeyDown=${down} onPaste=${paste} onFocus=${(event) => event.currentTarget.select()}
    onInput=${(event) => acts.current.type(row, at, event.currentTarget.value)} onBlur=${() => acts.current.leave(row, at)} />`;
}
