// How people vote in a stage of the library, in a word or two behind its name: "Shortlist" alone tells nobody whether
// dots are placed or points divided. Pure.
import { t, tn, w } from "../shared/i18n.js";
import { decidingSentence, methodSentence } from "../shared/method_words.js";

/** A stage of the library as it stands in a list: of a vote with how people vote. */
export function libraryName({ title, vote }) {
  return vote ? `${w(title)} · ${BRIEF[vote.method.type](vote.method)}` : w(title);
}

/** The same of a vote in full sentences, with what passes; "" for any other stage. */
export function librarySentence({ vote }) {
  if (!vote) return "";
  const again = vote.method.type === "criteria" && !vote.method.criteria;
  return `${again ? t("Score once more from 1 to 5, by the criteria of the first round.") : methodSentence(vote.method)} ${decidingSentence(vote)}`;
}

const BRIEF = {
  dots: ({ dots }) => t("dots: {n}", { n: dots }),
  points: ({ points }) => t("a budget of {n} points", { n: points }),
  agree: () => t("agree or disagree"),
  criteria: () => t("by criteria, from 1 to 5"),
  axes: () => t("on two scales"),
  choice: () => t("one answer for each"),
  ranking: () => t("in order, the best first"),
};
