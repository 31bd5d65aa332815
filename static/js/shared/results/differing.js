// Where the two counts, or equal shares, let something else pass or lead: the sentence and why, as far as the figures tell.
import { t } from "../i18n.js";
import { countsOf, flip, flipSentence, flipsOf, placeOf, share } from "../result_words.js";
import { agreeingSentence, backedSentence, brief, consequence, portfolioFlip, portfolioFlipOf, titleOf, whySentence } from "./said.js";

const perCent = (value) => share(value, 0);

/** What differs in a result, what matters most first: what would pass by the other count, then which items stand elsewhere
 *  and why: [{item, said, why}]. Nothing where nothing passes by its method and all stand alike. */
export function differences(drawing) {
  const other = drawing.drawn.passes && consequence(drawing.result);
  const first = other ? [{ item: "other", items: other.rows.map((row) => row.item), said: other.said, why: "" }] : [];
  return first.concat(rowsThatDiffer(drawing));
}

function rowsThatDiffer(drawing) {
  const { result, drawn, method } = drawing;
  if (drawn.flip) return [drawn.flip(result, method)].filter(Boolean);
  if (!drawn.passes) return [];
  const chosen = result.rule === "portfolio" && portfolioFlipOf(result.columns[0]);
  if (chosen) return [{ item: chosen.item, said: portfolioFlip(chosen), why: backing(chosen, drawing) }];
  const rows = flipsOf(result);
  const second = result.columns.length === 1 && secondOf(result);
  const mirrored = second && rows.some((row) => row.rank_balanced === second.rank_headcount
    && row.rank_headcount === second.rank_balanced);
  return (second && !mirrored && !rows.includes(second) ? rows.concat(second) : rows).map((row) => told(row, drawing));
}

/* The second of the list, if it stands elsewhere by the other count. */
function secondOf({ columns, rule }) {
  return columns[0].items.find((row) => row.title !== undefined && placeOf(row, rule) === 2
    && row.rank_balanced !== undefined && row.rank_balanced !== row.rank_headcount);
}

/** What differs in one list of a result. */
export function differencesIn(listing, drawing) {
  if (drawing.result.columns.length === 1) return differences(drawing);
  const row = flip(listing);
  return row ? [told(row, drawing)] : [];
}

/** Said where there are two counts and nothing differs by them; else "". */
export function alike(drawing) {
  const { result, drawn } = drawing;
  if (!drawn.passes || result.rule === "portfolio" || countsOf(result).length < 2) return "";
  const rows = result.columns.flatMap((column) => column.items);
  return rows.some((row) => row.passes) && rows.every(sameByBoth) ? agreeingSentence() : "";
}

/* Whether a row, hidden since or not, passes by both counts or by neither, and is first by both or by neither. */
function sameByBoth({ passes_by: by, rank_headcount: heads, rank_balanced: groups }) {
  return (!by || by.headcount === by.balanced) && (heads === 1) === (groups === 1);
}

/** What backed the row under equal shares, where they chose it; else "". */
export function backing(row, { result, groups }) {
  const { portfolio } = result.columns[0];
  const chosen = portfolio && portfolio.chosen.find((one) => one.item === row.item);
  return chosen ? backedSentence(chosen, result.cells || [], groups, perCent) : "";
}

/** What equal shares would have chosen, where another rule decided and there is something to tell; else "". */
export function otherwise({ result }) {
  const [listing] = result.columns;
  if (!listing || !listing.portfolio || result.rule === "portfolio") return "";
  const rows = listing.portfolio.chosen.map(({ item }) => listing.items.find((row) => row.item === item)).filter(Boolean);
  if (!rows.length) return "";
  const passing = listing.items.filter((row) => row.passes);
  if (rows.length === passing.length && rows.every((row) => row.passes)) {
    return t("With the list shared out among the groups, an equal part for each, the same would pass.");
  }
  return t("With the list shared out among the groups, an equal part for each, these would pass: {titles}.", {
    titles: rows.map((row) => `“${titleOf(row)}”`).join(", "),
  });
}

function told(row, { result, drawn, groups, items }) {
  const say = { figure: (value) => drawn.figure(value, items), bare: (value) => drawn.bare(value, items), alone: drawn.alone };
  return { item: row.item, said: flipSentence(Object.assign({}, row, { title: brief(row.title) }), result.rule), why: whySentence(row, result.cells || [], groups, say) };
}
