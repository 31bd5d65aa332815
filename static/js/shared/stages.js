/* Where a workshop is in its agenda. Pure functions. */

/* The stage that something belongs to: runs are named after it. */
export function stageOf({ run }) {
  return run.replace(/\.\d+$/, "");
}

/* The first of `stages` after the current one, `now`, that has not been open yet and is not left out, or undefined. */
export function nextOf(stages, now) {
  const at = now ? stages.findIndex((stage) => stage.id === now.stage) : -1;
  return stages.slice(at + 1).find((stage) => stage.status === "waiting" && !stage.skipped);
}
