// Rankings: the mean place of each item, and how much the orders agree.
import { t } from "../i18n.js";
import { decimal, decimalsOf, ordinal } from "../result_words.js";

/* A share of Borda's count as the mean place that it stands for, among so many items. */
const place = (value, items) => items - value * (items - 1);
const written = (value, decimals, items) => decimal(place(value, items), decimals);

/** A vote in which everybody puts the items in order. */
export const ranking = {
  passes: true,
  unit: () => t("mean place: 1 is best, a longer bar is better"),
  spoken: () => t("mean place"),
  inCells: () => t("Mean place in each group"),
  write: written,
  decimals: (rows, counts) => decimalsOf(rows, counts, (value, decimals) => written(value, decimals, rows.length), 1),
  width: (value) => value,
  figure: (value, items) => t("place {place}", { place: written(value, 1, items) }),
  bare: (value, items) => written(value, 1, items),
  about: (listing) => agreementSentence(listing),
  own: (ballots, row) => {
    const order = (ballots[""] || {}).order || [];
    const at = order.indexOf(row.item);
    return at >= 0 && t("You put it {place}", { place: ordinal(at + 1) });
  },
};

// Where Kendall's W is called strong or moderate agreement by R. C. Schmidt, Managing Delphi surveys using nonparametric
// statistical techniques, Decision Sciences 28 (1997), table 2.
const MUCH = 0.7;
const SOME = 0.5;

/** How much the orders of a listing agree, in words; "" where it cannot be said. */
export function agreementSentence({ w, rankings }) {
  if (w === undefined) return "";
  const said = { n: rankings };
  if (w >= MUCH) return t("The {n} orders agree much: most people put the items in a similar order.", said);
  if (w >= SOME) return t("The {n} orders agree somewhat.", said);
  return t("The {n} orders agree little: people put the items in very different orders.", said);
}
