// Sheets of paper as rows of a table: its columns, what a row says, which of its cells cannot be, and a block that was
// copied from a spreadsheet. Pure functions.
import { folded } from "../shared/fold.js";
import { t, w } from "../shared/i18n.js";
import { nameOf, placeText } from "./paper_words.js";
import { fieldsOf, leftOf, leftWords, linesOf, marksOf, misplaced, saysTheSame, sheetOf } from "./sheets.js";

const MOST_ROWS = 500;
const plain = (text) => folded(text.trim());

/** The columns of the table: [{kind: "number" | "group" | "territory" | "figure", options?, item?, field?, least?, most?}];
 *  `options` are [id, word]. */
export function gridColumns(view, run) {
  const named = (all) => all.map(({ id, name }) => [id, w(name)]);
  const fields = fieldsOf(run);
  const figures = run.columns.reduce((all, column) => all.concat(linesOf(run, column)), [])
    .reduce((all, item) => all.concat(fields.map((field) => ({
      kind: "figure", item: item.id, field: field.id, label: field.label, options: field.options, least: field.least, most: field.most,
    }))), []);
  return [{ kind: "number" }, { kind: "group", options: named(view.groups) }]
    .concat(view.territories.length ? [{ kind: "territory", options: named(view.territories) }] : [], figures);
}

/** Which of [[id, word]] a text means: by its number, its first letters or the whole word. Undefined where that is none, or
 *  more than one. */
export function pick(options, text) {
  const typed = plain(text);
  if (/^\d+$/.test(typed)) return (options[Number(typed) - 1] || [])[0];
  const whole = options.filter(([, word]) => plain(word) === typed);
  const found = whole.length ? whole : options.filter(([, word]) => plain(word).startsWith(typed));
  return typed && found.length === 1 ? found[0][0] : undefined;
}

/** What stands in a cell once it is left: of a word its whole, so that one sees what it was taken for. */
export function tidied(column, text) {
  const id = column.options && pick(column.options, text);
  return id === undefined ? text.trim() : column.options.find(([one]) => one === id)[1];
}

/** A new row; `voter`: its number. */
export const newRow = (key, columns, voter = "") => ({ key, cells: columns.map((one, at) => (at ? "" : voter)) });

/** Whether nothing was typed into a row but, perhaps, its number. */
export const isEmptyRow = ({ cells }) => cells.slice(1).every((text) => !text);

/** The number after those of all these. */
export function nextNumber(numbers) {
  return String(Math.min(9999, Math.max(0, ...numbers.map(Number).filter(Number.isFinite)) + 1));
}

/** What a row says: {command, wrong}. `wrong`: [{at, text}], the cells that cannot be, each with why; -1 stands for the row.
 *  `twice`: whether its number stands in another row, too. */
export function readRow(view, run, columns, { cells }, twice) {
  const wrong = [];
  const said = { marks: {} };
  columns.forEach((column, at) => {
    const text = (cells[at] || "").trim();
    const why = readCell(view, run, column, text, said);
    if (why) wrong.push({ at, text: why });
  });
  if (said.voter && twice) {
    wrong.unshift({ at: 0, text: t("Number {n} stands in another row, too.", { n: said.voter }) });
  }
  if (!wrong.length) wrong.push(...wrongTogether(run, columns, said.marks));
  const { voter, group, territory, marks } = said;
  const command = Object.assign({ type: "enter_paper_ballot", run: run.run, voter, group }, sheetOf(run, marks),
    territory ? { territory } : {});
  return { command, wrong };
}

/* Takes one cell into `said`; why it cannot be, or "". */
function readCell(view, run, column, text, said) {
  const { kind, options, item, field, least, most } = column;
  if (kind === "number") {
    if (!/^\d{1,4}$/.test(text)) return t("Type the number that stands on the sheet.");
    said.voter = String(Number(text));
    return "";
  }
  if (!text) return kind === "group" ? t("Choose the group that stands on the sheet.") : "";
  const id = options && pick(options, text);
  if (kind !== "figure") {
    said[kind] = id;
    return id === undefined ? t("“{text}” is none of those in this workshop, or more than one. Type more of it, or its number.", { text }) : "";
  }
  const line = [nameOf(run, run.candidates[item]), column.label].filter(Boolean).join(", ");
  if (options && id === undefined) return t("{line}: “{text}” is none of the answers, or more than one.", { line, text });
  if (!options && !(/^\d{1,4}$/.test(text) && Number(text) >= least && Number(text) <= most)) {
    return t("{line}: “{text}” cannot stand there, only {least} to {most}.", { line, text, least, most });
  }
  said.marks[item] = Object.assign({}, said.marks[item], { [field]: options ? id : String(Number(text)) });
  return "";
}

/* What cannot be although each cell can: too much in all, or places that do not follow one another. */
function wrongTogether(run, columns, marks) {
  const amiss = misplaced(run, marks);
  if (amiss) return [{ at: columns.findIndex(({ item }) => item === amiss.item), text: placeText(run, amiss) }];
  const left = leftOf(run, marks);
  return Object.keys(left).filter((place) => left[place] < 0).map((place) => {
    const column = run.columns.find(({ id }) => id === place);
    return { at: -1, text: [column && w(column.name), leftWords(run, left[place])].filter(Boolean).join(": ") };
  });
}

/** What is left of a row's dots or points, in words; "" where that is not asked. */
export function rowLeft(run, columns, row) {
  const marks = {};
  columns.forEach(({ kind, item, field }, at) => {
    if (kind === "figure" && /^\d{1,4}$/.test(row.cells[at])) marks[item] = { [field]: row.cells[at] };
  });
  const left = leftOf(run, marks);
  const places = Object.keys(left);
  return places.length === 1 ? leftWords(run, left[places[0]]) : "";
}

/** Whether a stored sheet is this one, group included. */
export function isStored(stored, command) {
  return Boolean(stored) && stored.group === command.group && saysTheSame(stored, command);
}

/** The cells of a sheet that is stored; `person`: what the console knows of the one who filled it in. */
export function cellsOf(run, columns, voter, stored, person = {}) {
  const marks = marksOf(run, stored);
  return columns.map(({ kind, options, item, field }) => {
    if (kind === "number") return voter;
    const id = { group: stored.group, territory: person.territory }[kind] || (marks[item] || {})[field] || "";
    const option = options && options.find(([one]) => one === id);
    return option ? option[1] : id;
  });
}

/** A block of text from a spreadsheet as rows of cells; undefined where it is one cell only. */
export function blockOf(text) {
  if (!/[\t\n\r]/.test(text.replace(/[\n\r]+$/, ""))) return undefined;
  return text.replace(/[\n\r]+$/, "").split(/\r\n|\n|\r/).slice(0, MOST_ROWS)
    .map((line) => line.split("\t").map((cell) => cell.trim().replace(/^"(.*)"$/, "$1")));
}

/** The rows once a block stands in them from the row `from` and the column `at` on: {rows, headed, beyond}. A first line
 *  without a number where the numbers stand is a heading and left out (`headed`); cells beyond the last column are left
 *  out, too (`beyond`). `make(number)` gives a new row. */
export function filled(rows, block, from, at, columns, make) {
  const headed = at === 0 && block.length > 1 && !/\d/.test(block[0][0]);
  const lines = headed ? block.slice(1) : block;
  const all = rows.slice();
  let beyond = false;
  lines.forEach((line, n) => {
    const row = all[from + n] || make();
    const cells = row.cells.slice();
    line.forEach((text, place) => {
      const column = columns[at + place];
      if (column) cells[at + place] = tidied(column, text);
      else beyond = beyond || Boolean(text);
    });
    all[from + n] = Object.assign({}, row, { cells, checked: true, said: "" });
  });
  return { rows: all, headed, beyond };
}
