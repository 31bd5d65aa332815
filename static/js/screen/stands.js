// What the end tells of all that was revealed: by run, what passed and still stands. Pure.

/** The runs of which the end tells, in their order: of every stage the last one; of its second rounds the last one with
 *  figures, if it followed that very run. `kept`: the items that keep the place their run gave them, where a second round
 *  has given the others anew; else undefined. */
export function standingRuns(results, order) {
  const last = {};
  const second = {};
  order.forEach((run) => {
    const { stage, second_of: of, both_rounds: both } = results[run];
    if (!of) last[stage] = run;
    else if (both && both.kept) second[both.first] = run;
  });
  const counts = (run) => last[results[run].stage] === run;
  return order.filter((run) => {
    const { second_of: of, both_rounds: both } = results[run];
    return of ? Boolean(both) && second[both.first] === run && counts(both.first) : counts(run);
  }).map((run) => ({ run, kept: second[run] && results[second[run]].both_rounds.kept }));
}

const WEIGHT = { criteria: 2, agree: 0 }; // scores say most, an agreement on the same items least; all others 1

function weightOf(method) {
  return WEIGHT[method] === undefined ? 1 : WEIGHT[method];
}

/** Of these runs the ones whose places stand at the end, one for everything that was voted on, with its second round: the
 *  last one by criteria, else the last one that was no agreement, else the last, but never one among whose items another has
 *  chosen since; the report chooses in the same way. What
 *  passed in a shortlist before the scores, or was agreed with after them, is not told a second time. */
export function decidingRuns(results, runs) {
  const itemsOf = (run) => (results[run].result.columns || []).flatMap(({ items }) => items.map(({ item }) => item));
  const firsts = chosenLast(results, runs.map(({ run }) => run)
    .filter((run) => !results[run].second_of && results[run].result.passes > 0)).reverse();
  const decided = [];
  [2, 1, 0].forEach((weight) => firsts.filter((run) => weightOf(results[run].result.method) === weight).forEach((run) => {
    const told = decided.flatMap(itemsOf);
    if (!itemsOf(run).some((item) => told.includes(item))) decided.push(run);
  }));
  return runs.filter(({ run }) => decided.includes(results[run].second_of ? results[run].both_rounds.first : run));
}

/* Without the votes among what they let through another one has chosen: that one decides instead. */
function chosenLast(results, runs) {
  const choosing = runs.filter((run) => weightOf(results[run].result.method) > 0 && !results[run].result.few);
  return runs.filter((run) => !choosing.some((one) => results[one].passed_by === results[run].stage));
}

/** What the room decided, as the end tells it: [{runs, lists: [{column, rows}]}]. The deciding vote first, that is what weighs
 *  most, as the report chooses it; then the others, the last one first. A vote and its second round are one: what keeps its
 *  place, and after it what the second round gave one; `runs`: both of them. */
export function decisions(results, order) {
  const told = decidingRuns(results, standingRuns(results, order));
  const weight = ({ run }) => weightOf(results[run].result.method);
  const firsts = told.filter(({ run }) => !results[run].second_of).reverse();
  const most = firsts.reduce((best, one) => (best && weight(best) >= weight(one) ? best : one), null);
  return (most ? [most].concat(firsts.filter((one) => one !== most)) : []).map(({ run, kept }) => {
    const again = told.map((one) => one.run)
      .filter((one) => results[one].second_of && results[one].both_rounds.first === run);
    const lists = [];
    [run].concat(again).forEach((one) => (results[one].result.columns || []).forEach(({ column, items }) => {
      const rows = items.filter((row) => row.passes && row.title && (one !== run || !kept || kept.includes(row.item)));
      const own = lists.find((list) => list.column === column);
      if (own) own.rows.push(...rows);
      else lists.push({ column, rows });
    }));
    return { runs: [run].concat(again), lists: lists.filter(({ rows }) => rows.length) };
  }).filter(({ lists }) => lists.length);
}
