// Where a stage that was not opened yet can go in the agenda, worked out from the console's view. Pure functions.
import { t, w } from "../shared/i18n.js";
import { called, stepName } from "./flow.js";

const STEPS = ["", "analysis", "governance", "vision", "priorities", "policy_mix", "monitoring"];

/** Stages of the library as one chooses them: [{step, name, presets}], under their steps in the order of the method and
 *  there by their titles in the language that is shown. */
export function bySteps(presets) {
  return STEPS.map((step) => ({
    step,
    name: stepName(step) || t("For any step"),
    presets: presets.filter((one) => one.step === step).sort((a, b) => w(a.title).localeCompare(w(b.title))),
  })).filter((one) => one.presets.length);
}

/** One place up, and one down: {up, down}, each {after} (the stage it would come after; "" is the beginning), with
 *  `why` where it cannot go there; undefined where there is no place. One that the workshop has gone past comes right
 *  after the current stage. */
export function movesOf(view, stage) {
  const { stages } = view;
  const at = stages.findIndex((one) => one.id === stage.id);
  const now = view.now ? stages.findIndex((one) => one.id === view.now.stage) : -1;
  if (at < now) return { down: place(view, stages[now].id, stages.slice(at + 1, now + 1).map((one) => [one, stage])) };
  const up = at - 1 > now && place(view, at > 1 ? stages[at - 2].id : "", [[stage, stages[at - 1]]]);
  const down = at + 1 < stages.length && place(view, stages[at + 1].id, [[stages[at + 1], stage]]);
  return { up: up || undefined, down: down || undefined };
}

/* A place, if of none of these pairs the first needs the second. */
function place(view, after, pairs) {
  const found = pairs.find(([one, other]) => doesNeed(one, other));
  if (!found) return { after };
  const [one, other] = found.map(({ id }) => called(view, id));
  return { after, why: t("“{stage}” needs “{other}”, so it cannot come before it.", { stage: one, other }) };
}

/* A vote can do without the sorting that should come before it, and with nothing else that it refers to. */
function doesNeed(one, other) {
  return other.kind !== "sort" && (other.needed_by || []).includes(one.id);
}
