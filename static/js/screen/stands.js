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
