// Scores from 1 to 5 on criteria: the total, what people think of it as a whole, each criterion, what an earlier round had.
import { html } from "../dom.js";
import { t, tn, w } from "../i18n.js";
import { weightsSentence } from "../method_words.js";
import { countsOf, decimal, decimalsOf } from "../result_words.js";
import { byCell, listed, spelled } from "./said.js";
import { Bars, LabelOf } from "./bars.js";

const LOWEST = 1;
const HIGHEST = 5;
const HIGH = 3.5; // of a person's own total, as edp_app/core/results/labels.py has it
const LOW = 2.5;
const SIDES = ["high", "middle", "low"];

/** A vote with scores on criteria. */
export const criteria = {
  passes: true,
  unit: () => t("from 1 to 5"),
  inCells: () => t("Mean in each group"),
  write: decimal,
  decimals: (rows, counts) => decimalsOf(rows, counts, decimal, 1),
  width: (value) => (value - LOWEST) / (HIGHEST - LOWEST),
  figure: (value) => decimal(value),
  bare: (value) => decimal(value),
  about: (listing, { result: { weights, weights_agreed }, method }) => [
    weightsSentence({ method, weights, weights_agreed }), noTotalsSentence(listing.items, counting(method, weights)),
  ].filter(Boolean).join(" "),
  label: (row) => row.label && html`<${Label} row=${row} />`,
  sentence: (row, { method, result }) => [
    noTotalSentence(row, result, method),
    sidesSentence(row, method.criteria.filter((one) => !one.beside).length),
    row.label && labelSentence(row.label, Boolean(result.cells)),
    ...flagged(row, method.criteria),
    ...beside(row, method.criteria),
    beforeSentence(row),
    unsureSentence(row),
  ].filter(Boolean),
  scores: (row, drawing) => html`<${Scores} row=${row} drawing=${drawing} />`,
  sides: () => SIDES.map((side) => ({ side, name: {
    high: t("Why some rate it high"), middle: t("Why some are in the middle"), low: t("Why some rate it low"),
  }[side] })),
  own: (ballots, row, { method }) => {
    const { scores } = ballots[row.item] || {};
    return scores && t("You scored: {scores}", { scores: method.criteria.filter((one) => one.id in scores)
      .map((one) => `${w(one.name)} ${scores[one.id] || t("don't know")}`).join(", ") });
  },
};

/** What people think of an item: a word with its icon. */
function Label({ row }) {
  const { label } = row;
  const icon = { shared_yes: "yes", shared_no: "no", divided: "divided", groups_differ: "group", open: "more" }[label];
  return html`<${LabelOf} icon=${icon} words=${labelName(label)} before=${labelBefore(row)} />`;
}

/** What an earlier round said of an item: "before: groups disagree, 3.3"; "" where there was none. */
export function labelBefore({ before, balanced }) {
  if (!before) return "";
  const total = balanced === undefined ? before.headcount : before.balanced;
  const said = [before.label && labelInSentence(before.label), total !== undefined && decimal(total)].filter(Boolean).join(", ");
  return said && t("before: {said}", { said });
}

function labelName(label) {
  return {
    shared_yes: t("Broad yes"), shared_no: t("Broad no"), divided: t("Opinions divided"), groups_differ: t("Groups disagree"),
    open: t("No clear answer"),
  }[label];
}

function labelInSentence(label) {
  return {
    shared_yes: t("broad yes"), shared_no: t("broad no"), divided: t("opinions divided"), groups_differ: t("groups disagree"),
    open: t("no clear answer"),
  }[label];
}

/** What the label means. */
export function labelSentence(label, grouped) {
  return {
    shared_yes: grouped
      ? t("At least seven in ten people, and half of every group, rate it high.")
      : t("At least seven in ten people rate it high."),
    shared_no: grouped
      ? t("At least seven in ten people, and half of every group, rate it low.")
      : t("At least seven in ten people rate it low."),
    divided: t("Opinions are divided; read both sides' reasons before deciding."),
    groups_differ: t("The groups see it differently, more than chance would often make it; read both sides' reasons before deciding."),
    open: t("There is no common opinion yet."),
  }[label];
}

/** How many people rate an item high, in the middle and low: by their scores where there is one criterion, else by
 *  their own totals. "" where it is not told. */
export function sidesSentence(row, criteriaThatCount) {
  if (!row.sides) return "";
  const { high, middle, low } = row.sides;
  const one = criteriaThatCount === 1;
  if (high === row.rated) return (one ? t("All {all} people gave it 4 or 5.", { all: high }) : t("All {all} people rate it high ({from} or more).", { all: high, from: decimal(HIGH) }));
  if (low === row.rated) return (one ? t("All {all} people gave it 1 or 2.", { all: low }) : t("All {all} people rate it low ({to} or less).", { all: low, to: decimal(LOW) }));
  const said = one
    ? [
      high > 0 && tn("one gave it 4 or 5", "{n} gave it 4 or 5", high, { n: spelled(high) }),
      middle > 0 && tn("one gave it 3", "{n} gave it 3", middle, { n: spelled(middle) }),
      low > 0 && tn("one gave it 1 or 2", "{n} gave it 1 or 2", low, { n: spelled(low) }),
    ]
    : [
      high > 0 && tn("one rates it high ({from} or more)", "{n} rate it high ({from} or more)", high,
        { n: spelled(high), from: decimal(HIGH) }),
      middle > 0 && tn("one in the middle", "{n} in the middle", middle, { n: spelled(middle) }),
      low > 0 && tn("one rates it low ({to} or less)", "{n} rate it low ({to} or less)", low,
        { n: spelled(low), to: decimal(LOW) }),
    ];
  return t("Of {all} people, {said}.", { all: row.rated, said: listed(said.filter(Boolean)) });
}

/* The criteria that count: those beside the total and those of no weight do not. */
function counting(method, weights) {
  return method.criteria.filter((one) => !one.beside && (!weights || weights[one.id] > 0));
}

/* Those of the criteria that have no figure in any of these rows; of several, those that nobody scored. */
function unscored(rows, all) {
  const told = rows.filter((row) => row.scores);
  const lacking = all.filter((one) => told.length && told.every((row) => (row.scores[one.id] || {}).headcount === undefined));
  const nobody = lacking.filter((one) => rows.every((row) => !row.few && !((row.scores || {})[one.id] || {}).n));
  return { nobody: nobody.length > 0, names: listed((nobody.length ? nobody : lacking).map((one) => `“${w(one.name)}”`)) };
}

/** Why nothing has a total: the criterion that nobody scored, or too few; "" where that is not so. */
export function noTotalsSentence(rows, all) {
  const { nobody, names } = unscored(rows, all);
  if (!names) return "";
  return nobody
    ? t("Nobody scored {criteria}, so there is no total, and nothing can pass.", { criteria: names })
    : t("Too few people scored {criteria}, so there is no total, and nothing can pass.", { criteria: names });
}

/* Why one item alone has no total. */
function noTotalSentence(row, { columns, weights }, method) {
  const all = counting(method, weights);
  if (row.headcount !== undefined || noTotalsSentence(columns[0].items, all)) return "";
  const { nobody, names } = unscored([row], all);
  if (!names) return "";
  return nobody ? t("No total: nobody scored {criteria}.", { criteria: names }) : t("No total: too few people scored {criteria}.", { criteria: names });
}

function unsureSentence(row) {
  if (row.dont_know > 0 && !row.sides) {
    return tn("One answered “don't know” at least once.", "{n} answered “don't know” at least once.", row.dont_know,
      { n: row.dont_know });
  }
  return row.dont_know > 0
    && tn("Besides, one answered “don't know” at least once.", "Besides, {n} answered “don't know” at least once.",
      row.dont_know, { n: spelled(row.dont_know) });
}

/** How many gave the lowest score, where a criterion asks for that to be told. */
export function flagged(row, all) {
  return all.filter((one) => ((row.scores || {})[one.id] || {}).ones).map((one) => {
    const { ones } = row.scores[one.id];
    return tn("On “{criterion}”, one person gave it a 1.", "On “{criterion}”, {n} people gave it a 1.", ones,
      { criterion: w(one.name), n: spelled(ones) });
  });
}

/** What those who speak for funders say, beside the total. */
export function beside(row, all) {
  return all.filter((one) => one.beside && ((row.scores || {})[one.id] || {}).headcount !== undefined)
    .map((one) => t("{criterion}, by those who speak for funders: {mean}. It is not part of the total.",
      { criterion: w(one.name), mean: decimal(row.scores[one.id].headcount) }));
}

/** What a second round changed: the total, the place. "" where there was no earlier figure. */
export function beforeSentence(row) {
  const { before } = row;
  const count = row.balanced === undefined ? "headcount" : "balanced";
  if (!before || before[count] === undefined || row[count] === undefined) return "";
  const said = { before: decimal(before[count]), after: decimal(row[count]) };
  return said.before === said.after
    ? t("As in the round before: {after}.", said)
    : t("Before: {before}. Now: {after}.", said);
}

/* Each criterion of one item by both counts, with the means of the groups. */
function Scores({ row, drawing }) {
  const counts = countsOf(drawing.result);
  return html`<dl class="result-scores">${drawing.method.criteria.filter((one) => (row.scores || {})[one.id])
    .map((one) => html`<${Criterion} key=${one.id} criterion=${one} of=${row.scores[one.id]} counts=${counts}
      drawing=${drawing} />`)}</dl>`;
}

function Criterion({ criterion, of, counts, drawing }) {
  const known = counts.filter((count) => of[count] !== undefined);
  const cells = byCell(of.cells, drawing.result.cells);
  return html`<div><dt>${w(criterion.name)}${of.beside && html` <span class="quiet">${
    t("by those who speak for funders; not part of the total")}</span>`}</dt>
    <dd>${known.length > 0
      ? html`<${Bars} drawing=${Object.assign({}, drawing, { counts: of.beside ? ["headcount"] : counts })} row=${of} decimals=${1} />`
      : t("Too few scores for a figure.")}
    ${cells.length > 0 && html`<${drawing.Cells} figures=${cells.map(({ cell, value }) => ({ cell, said: decimal(value) }))}
      groups=${drawing.groups} />`}</dd></div>`;
}
