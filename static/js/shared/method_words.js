// How a vote works, in plain words: phone, console and screen say the same before the first ballot. Pure.
import { percent, t, tn, w } from "./i18n.js";
import { dotsSentence, informs, ruleSentence } from "./result_words.js";

/** The method of a vote in a sentence or two. */
export function methodSentence(method) {
  return SENTENCES[method.type](method);
}

const SENTENCES = {
  dots: dotsSentence,
  points: ({ points, cap }) => [
    t("Everyone divides {n} points among the items as they like.", { n: points }),
    cap && cap < points && tn("At most one on the same item.", "At most {n} on the same item.", cap),
  ].filter(Boolean).join(" "),
  agree: ({ reason }) => [
    t("Say of each item whether you agree or disagree, or that you have no opinion."),
    reason && t("One line may say why."),
  ].filter(Boolean).join(" "),
  criteria: ({ criteria, reason }) => [
    tn("Score each item from 1 to 5, or say that you don’t know.",
      "Score each item from 1 to 5 on {n} criteria, or say that you don’t know.", criteria.filter((one) => !one.beside).length),
    reason && t("One reason may go with it."),
  ].filter(Boolean).join(" "),
  axes: ({ x, y }) => t("Place each item on two scales from 1 to 5: {x}, {y}.", { x: w(x.name), y: w(y.name) }),
  choice: () => t("Choose one answer for each item."),
  ranking: ({ top }) => (top
    ? tn("Choose the item that you put first.", "Put up to {n} items in order, the best first.", top)
    : t("Put the items in order, the best first, as far as you like.")),
};

/** What somebody says of an item by agreeing or not, in a word; "" for anything else. */
export function opinionWord(choice) {
  return { agree: t("agree"), disagree: t("disagree"), pass: t("no opinion") }[choice] || "";
}

/** What the vote decides, and by which rule; where nothing passes, that. */
export function decidingSentence({ method, rule, passes }) {
  return rule && !informs(method.type, passes)
    ? [ruleSentence(rule, passes, method.per === "column"), combiningSentence({ method, rule })].filter(Boolean).join(" ")
    : t("Nothing passes or drops out by this vote.");
}

/** How what the groups say is put together, where that is more than a mean of them; else "". */
export function combiningSentence({ method, rule }) {
  return method.type === "agree" && ["balanced", "both"].includes(rule)
    ? t("An item stands high when all groups agree; one group against it weighs heavily.") : "";
}

/** What counts how much in a vote by criteria: [{id, name, share}], `share` in per cent, "" for one that is shown and not
 *  counted; [] where all count the same. Without those that stand beside the total. */
export function weightsOf({ method, weights }) {
  const shares = Object.keys(weights || {}).map((id) => weights[id]);
  const counting = (method.criteria || []).filter((one) => !one.beside);
  if (shares.length === counting.length && shares.every((one) => Math.abs(one - shares[0]) < 1e-9)) return [];
  return counting.map(({ id, name }) => ({ id, name: w(name), share: weights && weights[id] ? percent(weights[id]) : "" }));
}

/** How much the criteria count, in one sentence; "" for other methods. */
export function weightsSentence(run) {
  if (run.method.type !== "criteria" || run.method.criteria.length < 2) return "";
  const weights = weightsOf(run);
  const listed = weights.map(({ name, share }) => (share ? `${name} ${share}` : t("{name} (not counted)", { name }))).join(" · ");
  return [
    weights.length ? t("What counts how much: {weights}.", { weights: listed }) : t("All criteria count the same."),
    run.weights_agreed && t("This room agreed on that."),
  ].filter(Boolean).join(" ");
}

/** What this vote is about where that is not everything: a second round, or what an earlier vote let through; else "". */
export function roundSentence(run) {
  if (run.second_of) return t("Second round: only what divided the room, or the groups, in the first.");
  if (!run.passed_in) return "";
  return tn("Only what passed in “{stage}”: one of {all}.", "Only what passed in “{stage}”: {n} of {all}.",
    Object.keys(run.candidates).length, { stage: w(run.passed_in), all: run.among });
}
