// The voting methods and how the results of each are drawn and said. A method's entry has
//   passes     whether anything can pass by it
//   unit()     what the figures are, over them      spoken()   the same after each for those who hear it, where it differs
//   write(value, decimals, items, count)   a figure as it stands beside its bar ("": none); decimals(rows, counts)
//   width(value, longest)   how long its bar is, 0 to 1; left out where there are no bars
//   figure(value, items), bare(value, items)   a group's figure in a sentence, with and without what it is part of
// and, as far as it has them,
//   rule(rule)  what else has to be known of how it is decided      about(listing, drawing)   of the whole list
//   legend(drawing), picture(row, drawing)  what is drawn besides bars      label(row)   a word on it
//   sentence(row, drawing)   sentences about a row
//   cells(row, cells, drawing)  its groups, where they are no plain figures     inCells()   what stands over them
//   scores(row, drawing)     its criteria      sides()   the sides that give reasons
//   own(ballots, row, drawing)   what the reader gave it
//   headline(result, method), flip(result, method)   where nothing passes      matters(row)   whether to tell more of it
//   heads(drawing)           what stands over the parts of its picture where they stand side by side
import { decidingSentence } from "../method_words.js";
import { allInDoubt, countsOf, informs, placeOf, ruleSentence } from "../result_words.js";
import { agree } from "./agree.js";
import { axes } from "./axes.js";
import { choice } from "./choice.js";
import { criteria } from "./criteria.js";
import { ranking } from "./ranking.js";
import { passedHeadline } from "./said.js";
import { dots, points } from "./spent.js";

export const METHODS = { dots, points, agree, criteria, axes, choice, ranking };

/** Everything that drawing a result needs: `run` is the run with its result, as views have it. */
export function drawingOf({ run, groups, territories = [] }) {
  const { result, columns = [], method = {} } = run;
  const drawn = METHODS[result.method || method.type] || dots;
  const counts = (drawn.countsOf || countsOf)(result);
  const rows = result.few ? [] : result.columns.flatMap((column) => column.items);
  return {
    run, result, method, drawn, counts, columns, groups, territories, rule: result.rule, items: rows.length,
    decides: !informs(result.method || method.type, result.passes),
    doubted: allInDoubt(rows),
    version: JSON.stringify(rows.map((row) => row.title)),
    longest: rows.reduce((most, row) => counts.reduce((best, count) => Math.max(best, row[count] || 0), most), 0) || 1,
  };
}

/** The number before a row, or "" by methods that rank nothing. */
export function numberOf(row, drawing) {
  const place = placeOf(row, drawing.rule);
  return place === undefined ? "" : place;
}

/** The rule that a result was decided by, in sentences. */
export function ruleOf({ run, result, drawn, method, decides }) {
  if (!decides) return decidingSentence({ method });
  const decided = drawn.passes && ruleSentence(result.rule, result.passes, method.per === "column");
  return [decided, drawn.rule && drawn.rule(result.rule)].filter(Boolean).join(" ");
}

/** What a result says in the fewest words: the headline of a poster; "" where there are no figures. */
export function headlineOf(run) {
  if (run.result.few) return "";
  const { drawn, method, result } = drawingOf({ run, groups: [] });
  return drawn.headline ? drawn.headline(result, method) : passedHeadline(result);
}
