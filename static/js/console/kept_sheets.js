// What is being typed of sheets of paper: kept on this device, each vote for itself, until it is saved. Moving on to the
// next vote leaves what was typed for the one before where it is.
import * as storage from "../shared/storage.js";

const sheetKey = (vote) => `edp.sheet.${vote}`; // the one sheet that is typed line by line
const rowsKey = (vote) => `edp.grid.${vote}`; // the rows of the table

/** The name under which what is typed for one run of a vote is kept. */
export const voteOf = (view, run) => `${view.workshop.code}.${run.run}`;

const hasFigures = ({ marks = {} }) => Object.values(marks).some((fields) => Object.values(fields).some(Boolean));

/** The sheet that is being typed for this vote, or undefined. */
export const keptSheet = (vote) => storage.read(sheetKey(vote));

/** Keeps a sheet; one on which nothing but a number stands is forgotten. */
export function keepSheet(vote, sheet) {
  if (sheet.group || hasFigures(sheet)) storage.write(sheetKey(vote), sheet);
  else storage.remove(sheetKey(vote));
}

const named = (columns) => columns.map(({ kind, item, field }) => [kind, item, field].filter(Boolean).join(" "));

/** The rows that are being typed for this vote, their cells under these columns: what was typed under one that is not
 *  there any more is left out. */
export function keptRows(vote, columns) {
  const { heads = [], rows = [] } = storage.read(rowsKey(vote)) || {};
  const places = named(columns).map((name) => heads.indexOf(name));
  return rows.map((row) => Object.assign({}, row, { cells: places.map((at) => (at < 0 ? "" : row.cells[at])) }));
}

/** Keeps these rows; none: forgets. */
export function keepRows(vote, columns, rows) {
  if (rows.length) storage.write(rowsKey(vote), { heads: named(columns), rows });
  else storage.remove(rowsKey(vote));
}

/** Whether something that was typed for this vote is still to be saved. */
export const isBegun = (vote) => Boolean(storage.read(sheetKey(vote)) || storage.read(rowsKey(vote)));

/** Forgets all that was typed for this vote and not saved. */
export function forget(vote) {
  storage.remove(sheetKey(vote));
  storage.remove(rowsKey(vote));
}

/** How many sheets of each run of this workshop were typed and not saved: {run: n}. */
export function unsavedIn(code) {
  const found = {};
  const count = (prefix, of) => storage.keys(prefix).forEach((key) => {
    const n = of(storage.read(key));
    if (n) found[key.slice(prefix.length)] = (found[key.slice(prefix.length)] || 0) + n;
  });
  count(sheetKey(`${code}.`), (sheet) => (hasFigures(sheet) ? 1 : 0));
  count(rowsKey(`${code}.`), ({ rows }) => rows.length);
  return found;
}
