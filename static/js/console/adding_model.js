// A stage of the library as it would be put in: what it refers to, and what it asks. Pure functions.
import { LANGUAGE_NAMES, t } from "../shared/i18n.js";
import { called } from "./flow.js";

/** What it refers to: as chosen ("" is nothing), else what the server would take, as the editor does. */
export function refersOf({ refers, takes }, chosen) {
  const found = {};
  Object.keys(refers).forEach((key) => {
    const id = chosen[key] === undefined ? takes[key] : chosen[key];
    if (id) found[key] = id;
  });
  return found;
}

/** Which votes take their weights from it, a sentence for each. `asking`: what it is called once it is there, "" before. */
export function weighsWords(view, { weighs }, asking) {
  return weighs.map((id) => asking ? t("“{stage}” takes its weights from “{asking}” now.", { stage: called(view, id), asking })
    : t("“{stage}” will take its weights from what the room agrees on here.", { stage: called(view, id) }));
}

/** What it asks, where `asked` was typed: {lines, own, said}. `lines`: one a language, the workshop's own first, each with
 *  what stands in its field and what is asked if that is left empty; `own`: what is sent, if it is not the library's
 *  question; `said`: what becomes of the languages in which the library's question would contradict the new one. */
export function questionOf({ prompt }, asked, own, languages) {
  const order = [own].concat(languages.filter((one) => one !== own));
  const library = (language) => prompt[language] || "";
  const typed = (language) => asked[language] !== undefined && asked[language].trim() ? asked[language].trim() : "";
  const isNew = !!typed(own) && typed(own) !== library(own);
  const lines = order.map((language) => {
    const stands = isNew && language !== own ? "" : library(language);
    return { language, stands, text: asked[language] === undefined ? stands : asked[language] };
  });
  const said = (language) => typed(language) || (isNew ? "" : library(language));
  const isOther = order.some((language) => said(language) !== library(language));
  if (!isOther) return { lines, own: undefined, said: [] };
  const without = order.filter((language) => !said(language));
  return {
    lines,
    own: order.reduce((all, one) => said(one) ? Object.assign(all, { [one]: said(one) }) : all, {}),
    said: isNew && without.length > 0 ? [t("Nothing is written in {languages}: whoever reads it sees another language there.",
      { languages: without.map((one) => LANGUAGE_NAMES[one]).join(", ") })] : [],
  };
}
