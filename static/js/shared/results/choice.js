// One of a few options for each item: the answers side by side; nothing passes.
import { html } from "../dom.js";
import { percent, t, w } from "../i18n.js";
import { countName } from "../result_words.js";
import { byCell } from "./said.js";
import { Stack, StackLegend } from "./stack.js";

const FUNDERS = "funders";

const parts = (options, counts) => options.map((option, place) => ({
  key: option.id, word: w(option.name), n: counts[option.id] || 0, tone: `is-option is-option-${place + 1}`,
}));

/** A vote in which one of the options is chosen for each item. */
export const choice = {
  passes: false,
  counted: false,
  unit: () => "",
  write: () => "",
  decimals: () => 0,
  rule: () => t("Nothing passes or drops out by this vote."),
  legend: ({ method }) => html`<${StackLegend} parts=${parts(method.options, {})} />`,
  heads: (drawing) => sidesOf(drawing).map(({ name }) => name),
  picture: (row, drawing) => html`<div class="result-axes">${sidesOf(drawing, row).map(({ name, of, joint }) => html`<div key=${name}
    class=${joint ? "is-joint" : ""}><p class="result-axis">${name}</p><${Stack} parts=${of(row)} words=${false} /></div>`)}</div>`,
  sentence: (row, { method }) => [choiceSentence(row, method.options)],
  inCells: () => t("In each group"),
  cells: (row, cells, { method }) => byCell(row.by_cell, cells).map(({ cell, value }) => ({
    cell, picture: html`<${Stack} parts=${parts(method.options, value)} words=${false} />`,
  })),
  headline: (result, method) => {
    const rows = result.columns[0].items.filter((row) => row.counts);
    const firsts = rows.map((row) => leading(row.counts, method.options)).filter((found) => found.length === 1);
    const most = method.options.map((option) => [option, firsts.filter(([id]) => id === option.id).length])
      .reduce((best, one) => (one[1] > best[1] ? one : best), [null, 0]);
    if (!most[0]) return "";
    return t("“{option}” is the most frequent answer for {n} of {all}", {
      option: w(most[0].name), n: most[1], all: result.columns[0].items.length,
    });
  },
  own: (ballots, row, { method }) => {
    const chosen = method.options.find((option) => option.id === (ballots[row.item] || {}).choice);
    return chosen && t("You chose: {option}", { option: w(chosen.name) });
  },
};

function without(counts, some) {
  return Object.keys(counts).reduce((rest, id) => Object.assign(rest, { [id]: counts[id] - (some[id] || 0) }), {});
}

/* What stands side by side of each item: those who speak for funders and everybody else, where they are told apart; else
   the two counts. Of a `row` of which so few of them said anything that they stand together with others: everybody. */
function sidesOf({ method, result }, row) {
  const { options } = method;
  if ((result.cells || []).some((cell) => cell.id === FUNDERS)) {
    if (row && Object.keys(row.by_cell || {}).some((key) => key !== FUNDERS && key.split("+").includes(FUNDERS))) {
      return [{ name: t("All together: too few of those who speak for funders answered this one."), of: () => parts(options, row.counts), joint: true }];
    }
    const apart = (row) => (row.by_cell || {})[FUNDERS] || {};
    return [
      { name: t("Everybody else"), of: (row) => parts(options, without(row.counts, apart(row))) },
      { name: t("Those who speak for funders"), of: (row) => parts(options, apart(row)) },
    ];
  }
  const heads = { name: countName("headcount"), of: (row) => parts(options, row.counts) };
  if (!result.cells) return [heads];
  return [{ name: countName("balanced"), of: (row) => balancedParts(row, options) }, heads];
}

/* The share of each option where every group counts the same: the mean of its shares in the groups. */
function balancedParts(row, options) {
  const cells = Object.keys(row.by_cell || {}).map((key) => row.by_cell[key]);
  const share = (id) => cells.reduce((sum, counts) => {
    const all = options.reduce((total, option) => total + counts[option.id], 0);
    return sum + counts[id] / all / cells.length;
  }, 0);
  return parts(options, {}).map((part) => Object.assign(part, { n: share(part.key), said: percent(share(part.key)) }));
}

/* The ids of what was chosen most often. */
function leading(counts, options) {
  const most = Math.max(...options.map((option) => counts[option.id] || 0));
  return options.map((option) => option.id).filter((id) => (counts[id] || 0) === most);
}

/** "Most often: Now, 14 of 25 people." */
export function choiceSentence(row, options) {
  const names = leading(row.counts, options).map((id) => w(options.find((option) => option.id === id).name));
  const n = Math.max(...options.map((option) => row.counts[option.id] || 0));
  return names.length === 1
    ? t("Most often: {option}, {n} of {all} people.", { option: names[0], n, all: row.n })
    : t("Most often, and equally: {options}; {n} of {all} people each.", { options: names.join(", "), n, all: row.n });
}
