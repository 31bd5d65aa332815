/* What one has voted, in words: beside results, at the end, in notices. Pure. */
import { isBlank } from "../../shared/ballots.js";
import { t, tn } from "../../shared/i18n.js";
import { opinionWord } from "../../shared/method_words.js";
import { METHODS } from "./index.js";

/* A ballot in a few words, "" where it says nothing. `method`: the settings of the vote, undefined where they are not known
   (any more); `item`: of a ballot on all items together only what it says of this one. */
export function ownWords(method, ballot, item) {
  if (isBlank(ballot)) return "";
  if (!method) return shapeWords(ballot);
  const way = METHODS[method.type];
  if (!way.rows) return way.words(method, ballot);
  if (item === undefined) return way.words(method, ballot);
  return (way.rows(method, ballot).find((row) => row.item === item) || { words: "" }).words;
}

/* The same of a ballot of which nothing but its fields is known. */
function shapeWords({ dots, choice, scores, order }) {
  if (dots) return tn("one dot", "{n} dots", dots);
  if (order) return tn("one item in its place", "{n} items in order", order.length);
  if (choice) return opinionWord(choice) || t("one answer");
  return scores ? tn("one score", "{n} scores", Object.keys(scores).length) : "";
}

/* One's ballots of a run, item by item: [{item, words, dots}]; `dots` is 0 but for votes by dots. */
export function rowsOf(method, ballots) {
  const rows = ([item, ballot]) => {
    const way = item === "" && method && METHODS[method.type];
    if (way && way.rows) return way.rows(method, ballot);
    return [{ item, words: ownWords(method, ballot), dots: ballot.dots }];
  };
  return Object.keys(ballots || {}).filter((item) => !isBlank(ballots[item]))
    .reduce((all, item) => all.concat(rows([item, ballots[item]])), [])
    .map((row) => Object.assign({ dots: 0 }, row));
}
