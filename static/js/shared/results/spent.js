// Dots and points: shares of what was spent.
import { percent, t, tn } from "../i18n.js";
import { decimalsOf, share } from "../result_words.js";

const spent = {
  passes: true,
  write: share,
  decimals: (rows, counts) => decimalsOf(rows, counts),
  width: (value, longest) => value / longest,
  bare: percent,
};

/** A vote with dots. */
export const dots = Object.assign({}, spent, {
  unit: () => t("of the dots"),
  inCells: () => t("Of each group's own dots:"),
  figure: (value) => t("{share} of its dots", { share: percent(value) }),
});

/** A vote with points. */
export const points = Object.assign({}, spent, {
  unit: () => t("of the points"),
  inCells: () => t("Of each group's own points:"),
  figure: (value) => t("{share} of its points", { share: percent(value) }),
  own: (ballots, row) => {
    const given = ((ballots[""] || {}).scores || {})[row.item] || 0;
    return given > 0 && tn("You gave it one point", "You gave it {n} points", given);
  },
});
