// Dots and points: shares of what was spent.
import { percent, t, tn, w } from "../i18n.js";
import { allTogether, cellInWords, decimalsOf, share } from "../result_words.js";
import { listed } from "./said.js";

const PER_CENT = "%"; // in a message it would be taken for the beginning of a placeholder

const spent = {
  passes: true,
  write: share,
  decimals: (rows, counts) => decimalsOf(rows, counts),
  width: (value, longest) => value / longest,
  bare: percent,
};

/** Which groups gave nothing in one of several lists: their figures are missing there; "" where all gave something. */
export function silentSentence(listing, { result, columns, groups }) {
  const { cells } = result;
  if (result.columns.length < 2 || !cells || allTogether(cells)) return "";
  const heard = listing.items.flatMap((row) => Object.keys(row.cells || {}));
  const silent = cells.filter((cell) => !heard.includes(cell.id));
  if (!heard.length || !silent.length) return "";
  const { name } = columns.find((one) => one.id === listing.column) || {};
  return t("{column}: no dots from {groups}.", { column: w(name) || listing.column, groups: listed(silent.map((cell) => cellInWords(cell, groups))) });
}

/** A vote with dots. */
export const dots = Object.assign({}, spent, {
  about: silentSentence,
  unit: () => t("{sign} of the dots", { sign: PER_CENT }),
  spoken: () => t("of the dots"),
  inCells: () => t("Of each group's own dots"),
  figure: (value) => t("{share} of its dots", { share: percent(value) }),
});

/** A vote with points. */
export const points = Object.assign({}, spent, {
  unit: () => t("{sign} of the points", { sign: PER_CENT }),
  spoken: () => t("of the points"),
  inCells: () => t("Of each group's own points"),
  figure: (value) => t("{share} of its points", { share: percent(value) }),
  own: (ballots, row) => {
    const given = ((ballots[""] || {}).scores || {})[row.item] || 0;
    return given > 0 && tn("You gave it one point", "You gave it {n} points", given);
  },
});
