// What stands on a sheet of paper, by voting method: its fields, and how it is sent. A sheet is typed in as marks,
// {item: {field: text}}, where "" is nothing and "0" may mean something. Pure functions.
import { isBlank, isSame, saidIn } from "../shared/ballots.js";
import { t, tn, w } from "../shared/i18n.js";
import { opinionWord } from "../shared/method_words.js";

const ONE = "n"; // the field where a line has but one

const DONT_KNOW = 0;
const number = (id, label, least, most) => ({ id, label, least, most });
const choices = (options) => [{ id: ONE, options }];
/* The methods by which one answer, or a few scores, stand on each line; they differ in what there is to choose or score. */
const answered = (fields) => ({
  fields,
  hint: () => t("Choose what stands on the sheet; what was left open stays so."),
  read: ({ n }) => (n ? { choice: n } : {}),
  write: ({ choice }) => ({ n: choice }),
});
const scored = (fields) => ({
  fields,
  hint: () => t("Type the scores of each item, 1 to 5, and 0 for “don’t know”; Enter goes on."),
  read: scoresIn,
  write: ({ scores = {} }) => texts(scores),
});
const scoresOf = (measures) => measures.map((one) => number(one.id, w(one.name), DONT_KNOW, 5));

/* For each method: `fields` of a line; `hint` for the one who types; `read`, what a line says; `write`, the other way
   round. With `whole` there is one ballot for all lines, made of their numbers: `collect` and `spread`. */
const METHODS = {
  dots: {
    fields: ({ cap }) => [number(ONE, "", 0, cap)],
    hint: () => t("Type the dots of each item; Enter goes to the next line."),
    read: ({ n }) => (Number(n) > 0 ? { dots: Number(n) } : {}),
    write: ({ dots }) => ({ n: String(dots) }),
  },
  points: {
    whole: true,
    fields: ({ points, cap }) => [number(ONE, "", 0, cap || points)],
    hint: () => t("Type the points of each item; Enter goes to the next line."),
    collect: (given) => ({ scores: Object.fromEntries(given) }),
    spread: ({ scores = {} }) => Object.keys(scores).map((item) => [item, scores[item]]),
  },
  ranking: {
    whole: true,
    fields: ({ top }, items) => [number(ONE, "", 1, Math.min(top || items, items))],
    hint: () => t("Type the place of each item, 1 for the best; what has no place stays empty."),
    collect: (given) => ({ order: given.slice().sort((a, b) => a[1] - b[1]).map(([item]) => item) }),
    spread: ({ order = [] }) => order.map((item, at) => [item, at + 1]),
  },
  agree: answered(() => choices(["agree", "disagree", "pass"].map((choice) => [choice, opinionWord(choice)]))),
  choice: answered(({ options }) => choices(options.map(({ id, name }) => [id, w(name)]))),
  criteria: scored(({ criteria }) => scoresOf(criteria.filter((one) => !one.beside))),
  axes: scored(({ x, y }) => scoresOf([x, y])),
};

function scoresIn(line) {
  const filled = Object.keys(line).filter((id) => line[id] !== "");
  return filled.length ? { scores: Object.fromEntries(filled.map((id) => [id, Number(line[id])])) } : {};
}

const texts = (numbers) => Object.fromEntries(Object.keys(numbers).map((id) => [id, String(numbers[id])]));

/** The fields of each line: [{id, label, least, most}] for numbers, [{id, options: [[value, word]]}] for a choice. */
export function fieldsOf(run) {
  return METHODS[run.method.type].fields(run.method, Object.keys(run.candidates).length);
}

/** What to say to the one who types a sheet in. */
export function hintOf(run) {
  return METHODS[run.method.type].hint();
}

/** The items of one column, in their order. */
export function linesOf(run, column) {
  return Object.keys(run.candidates).map((id) => run.candidates[id])
    .filter((item) => item.column === column.id).sort((a, b) => a.n - b.n);
}

/** What is sent of the marks: {dots} or {ballots}. Only lines that can be seen, in their order, so that a refusal names
 *  the first one that does not fit. */
export function sheetOf(run, marks) {
  const way = METHODS[run.method.type];
  const lines = run.columns.flatMap((column) => linesOf(run, column)).filter((item) => marks[item.id]);
  if (way.whole) {
    const given = lines.map((item) => [item.id, Number(marks[item.id][ONE])]).filter(([, n]) => n > 0);
    return { ballots: given.length ? { "": way.collect(given) } : {} };
  }
  const said = lines.map((item) => [item.id, way.read(marks[item.id])]).filter(([, ballot]) => !isBlank(ballot));
  if (run.method.type === "dots") return { dots: Object.fromEntries(said.map(([item, { dots }]) => [item, dots])) };
  return { ballots: Object.fromEntries(said) };
}

/** The marks of a sheet that is stored. */
export function marksOf(run, { dots, ballots = {} }) {
  const way = METHODS[run.method.type];
  if (dots) return Object.fromEntries(Object.keys(dots).map((item) => [item, way.write({ dots: dots[item] })]));
  if (way.whole) return Object.fromEntries(way.spread(ballots[""] || {}).map(([item, n]) => [item, { [ONE]: String(n) }]));
  return Object.fromEntries(Object.keys(ballots).map((item) => [item, way.write(ballots[item])]));
}

/** Whether a stored sheet says what this command would have it say. */
export function saysTheSame(stored, { dots = {}, ballots = {} }) {
  const all = (sheet) => Object.assign({}, sheet.ballots,
    Object.fromEntries(Object.keys(sheet.dots || {}).map((item) => [item, { dots: sheet.dots[item] }])));
  const [one, other] = [all(stored), all({ dots, ballots })];
  return Object.keys(Object.assign({}, one, other)).every((item) => isSame(saidIn(one[item]), saidIn(other[item])));
}

/** What of dots or points is not spent yet, by column, or under "" for the whole stage: below 0 where it is too much; {}
 *  where nothing is spent. */
export function leftOf(run, marks) {
  const { type, dots, points, per } = run.method;
  const all = { dots, points }[type];
  if (!all) return {};
  const places = per === "column" ? run.columns.map((column) => column.id) : [""];
  const left = Object.fromEntries(places.map((place) => [place, all]));
  run.columns.flatMap((column) => linesOf(run, column)).forEach((item) => {
    left[per === "column" ? item.column : ""] -= Number((marks[item.id] || {})[ONE]) || 0;
  });
  return left;
}

/** What is left, in words. */
export function leftWords(run, left) {
  if (run.method.type === "points") {
    return left < 0 ? tn("one point too many", "{n} points too many", -left) : tn("one point left", "{n} points left", left);
  }
  return left < 0 ? tn("one dot too many", "{n} dots too many", -left) : tn("one dot left", "{n} dots left", left);
}

/** A line of a ranking that cannot be what stands on the sheet: {item, place}: a place that was given before; with `beyond`
 *  (how many there are) one that there is not; with `gap` one before which a place is empty. Undefined where there is none. */
export function misplaced(run, marks) {
  if (run.method.type !== "ranking") return undefined;
  const placed = run.columns.flatMap((column) => linesOf(run, column)).filter((item) => Number((marks[item.id] || {})[ONE]) > 0)
    .map((item) => ({ item: item.id, place: Number(marks[item.id][ONE]) }));
  const [{ most }] = fieldsOf(run);
  const beyond = placed.find((one) => one.place > most);
  if (beyond) return Object.assign({ beyond: most }, beyond);
  const twice = placed.find((one, at) => placed.slice(0, at).some((other) => other.place === one.place));
  if (twice) return twice;
  const after = placed.sort((a, b) => a.place - b.place).find((one, at) => one.place !== at + 1);
  return after && Object.assign({ gap: true }, after);
}

/** What was typed into a number's field, as it stands there: "" or a whole number up to 1000. */
export function typedNumber(text) {
  const n = Math.floor(Number(text));
  return text === "" || !Number.isFinite(n) ? "" : String(Math.max(0, Math.min(1000, n)));
}
