// How stages are counted: one that is left out has no number, so that nobody waits for it. Pure functions.

/** Where a stage stands among those that are held: {place, all}; place 0 if it is not there or left out. */
export function placeOf(stages, id) {
  const held = stages.filter((stage) => !stage.skipped);
  return { place: held.findIndex((stage) => stage.id === id) + 1, all: held.length };
}
