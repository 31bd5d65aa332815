// Agree, disagree or pass: the people side by side in one bar; the order is that of the two counts.
import { html } from "../dom.js";
import { percent, t, tn } from "../i18n.js";
import { combiningSentence, opinionWord } from "../method_words.js";
import { informs, share } from "../result_words.js";
import { byCell, listed, passedHeadline, spelled } from "./said.js";
import { Stack, StackLegend } from "./stack.js";

const SIDES = ["agree", "pass", "disagree"];
const parts = (counts) => SIDES.map((side) => ({ key: side, word: opinionWord(side), n: counts[side] || 0, tone: `is-${side}` }));

/** A vote in which people agree or disagree with the items, or pass. */
export const agree = {
  passes: true,
  alone: true,
  unit: () => "",
  // how far all groups agree is an index, which says less than the place that follows from it
  write: (value, decimals, items, count) => (count === "headcount" ? t("{share} agree", { share: share(value, decimals) }) : ""),
  decimals: () => 0,
  figure: (value) => t("{share} agree", { share: percent(value) }),
  bare: percent,
  rule: (rule) => combiningSentence({ method: { type: "agree" }, rule }),
  headline: (result) => (informs("agree", result.passes) ? agreedHeadline(result) : passedHeadline(result)),
  about: nobodyAgreesSentence,
  legend: () => html`<${StackLegend} parts=${parts({})} />`,
  picture: (row) => html`<${Stack} parts=${parts(row)} words=${false} />`,
  sentence: (row) => [agreeSentence(row)],
  inCells: () => t("In each group"),
  cells: (row, cells) => byCell(row.counts, cells).map(({ cell, value: [yes, no, pass] }) => ({
    cell, picture: html`<${Stack} parts=${parts({ agree: yes, disagree: no, pass })} words=${false} />`,
  })),
  sides: () => SIDES.map((side) => ({ side, name: {
    agree: t("Why some agree"), pass: t("Why some have no opinion"), disagree: t("Why some disagree"),
  }[side] })),
  own: (ballots, row) => {
    const { choice } = ballots[row.item] || {};
    return choice && { agree: t("You agreed"), disagree: t("You disagreed"), pass: t("You said: no opinion") }[choice];
  },
};

/* Of a vote by which nothing passes: how many items more people agree with than disagree. */
function agreedHeadline({ columns: [{ items }] }) {
  const backed = items.filter((row) => row.agree > row.disagree).length;
  return backed
    ? tn("More agree than disagree with one of {all}", "More agree than disagree with {n} of {all}", backed, { all: items.length })
    : t("With none of them more agree than disagree");
}

/** Why nothing passes where nobody agrees with anything; else "". */
export function nobodyAgreesSentence({ items }, { decides = true } = {}) {
  if (!decides) return "";
  return items.some((row) => row.agree !== undefined) && !items.some((row) => row.few || row.agree > 0)
    ? t("Nobody agrees with any of these, so nothing passes.") : "";
}

/** "Of 25 people, 19 agree, four disagree and two have no opinion." */
export function agreeSentence(row) {
  const said = [
    row.agree > 0 && tn("one agrees", "{n} agree", row.agree, { n: spelled(row.agree) }),
    row.disagree > 0 && tn("one disagrees", "{n} disagree", row.disagree, { n: spelled(row.disagree) }),
    row.pass > 0 && tn("one has no opinion", "{n} have no opinion", row.pass, { n: spelled(row.pass) }),
  ].filter(Boolean);
  if (row.agree === row.n) return t("All {all} people agree.", { all: row.n });
  if (row.disagree === row.n) return t("All {all} people disagree.", { all: row.n });
  return t("Of {all} people, {said}.", { all: row.n, said: listed(said) });
}
