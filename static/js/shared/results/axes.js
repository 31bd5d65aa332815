// Items placed on two axes from 1 to 5: each axis by both counts; nothing passes.
import { html } from "../dom.js";
import { t, tn, w } from "../i18n.js";
import { countsOf, decimal } from "../result_words.js";
import { Bars, LabelOf } from "./bars.js";
import { brief, byCell, titleOf } from "./said.js";

const MIDDLE = 3;
const LOWEST = 1;
const STEPS = 4;

/** A vote that places items on two axes. */
export const axes = {
  passes: false,
  unit: () => t("from 1 to 5"),
  write: decimal,
  decimals: () => 1,
  width: (value) => (value - LOWEST) / STEPS,
  rule: () => `${t("Nothing passes or drops out by this vote.")} ${t("Listed from high to low, both scales together.")}`,
  countsOf: (result) => countsOf({ columns: [{ items: result.columns[0].items.flatMap((row) => [row.x, row.y]).filter(Boolean) }] }),
  label: (row) => aboveMiddle(row, "balanced") && html`<${LabelOf} icon="high" words=${t("Above the middle on both")} />`,
  heads: ({ method }) => [w(method.x.name), w(method.y.name)],
  matters: (row) => aboveMiddle(row, "balanced"),
  picture: (row, drawing) => html`<div class="result-axes">${["x", "y"].map((axis) => row[axis] && html`<div key=${axis}>
    <p class="result-axis">${w(drawing.method[axis].name)}</p>
    ${row[axis].headcount === undefined
      ? html`<p>${t("Too few scores for a figure.")}</p>`
      : html`<div class="result-bars"><${Bars} drawing=${drawing} row=${row[axis]} decimals=${1} /></div>`}</div>`)}</div>`,
  cells: (row, cells) => {
    const figures = ["x", "y"].map((axis) => (row[axis] || {}).cells || {});
    return byCell(Object.assign({}, figures[1], figures[0]), cells).map(({ cell }) => ({
      cell, said: figures.map((of) => (of[cell.id] === undefined ? "–" : decimal(of[cell.id]))).join(" · "),
    }));
  },
  inCells: ({ method }) => t("Means in each group, {x} and {y}", { x: w(method.x.name), y: w(method.y.name) }),
  headline: (result, method) => {
    const rows = result.columns[0].items;
    const high = rows.filter((row) => aboveMiddle(row, "balanced"));
    const onBoth = (placed) => rows.some((row) => ["x", "y"].every((axis) => row[axis] && placed(row[axis])));
    const said = { all: rows.length, x: w(method.x.name), y: w(method.y.name) };
    if (!onBoth((of) => of.headcount !== undefined)) {
      return rows.some((row) => row.few) || onBoth((of) => of.n > 0) ? t("Too few people placed anything on both: {x}, {y}", said) : t("Nobody placed anything on both: {x}, {y}", said);
    }
    return high.length
      ? tn("One of {all} is above the middle on both: {x}, {y}", "{n} of {all} are above the middle on both: {x}, {y}", high.length, said)
      : t("None of {all} is above the middle on both: {x}, {y}", said);
  },
  flip: (result, method) => {
    const moved = result.columns[0].items.find((row) => row.title !== undefined
      && (row.x || {}).balanced !== undefined && (row.y || {}).balanced !== undefined
      && aboveMiddle(row, "balanced") !== aboveMiddle(row, "headcount"));
    return moved && { item: moved.item, said: axesFlip(moved, method) };
  },
  own: (ballots, row, { method }) => {
    const { scores } = ballots[row.item] || {};
    return scores && t("You scored: {scores}", { scores: [method.x, method.y]
      .map((one) => `${w(one.name)} ${scores[one.id] || t("don't know")}`).join(", ") });
  },
};

/* Whether both axes of a row are above the middle, by this count where there is one, else by heads. */
function aboveMiddle(row, count) {
  return ["x", "y"].every((axis) => {
    const of = row[axis] || {};
    return (of[count] === undefined ? of.headcount || 0 : of[count]) > MIDDLE;
  });
}

/** What differs between the counts for a row that is above the middle of both axes by one of them only. */
export function axesFlip(row, method) {
  const axis = ["x", "y"].find((one) => (row[one].balanced > MIDDLE) !== (row[one].headcount > MIDDLE));
  const said = {
    title: brief(titleOf(row)), axis: w(method[axis].name), groups: decimal(row[axis].balanced), heads: decimal(row[axis].headcount),
  };
  return aboveMiddle(row, "balanced")
    ? t("“{title}” is above the middle on both only when every group counts the same: {axis} {groups}, by one person, one vote {heads}.", said)
    : t("“{title}” is above the middle on both only by one person, one vote: {axis} {heads}, when every group counts the same {groups}.", said);
}
