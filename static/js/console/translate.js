// A line in another language beside what somebody wrote. The original stays as it is.
import { html, useState } from "../shared/dom.js";
import { LANGUAGE_NAMES, offeredLanguages, t } from "../shared/i18n.js";
import { Act } from "./actions.js";

/** What stands beside an item, in every language. */
export function Translations({ item }) {
  const beside = item.translations || {};
  return Object.keys(beside).map((language) => html`<span key=${language} class="item-own">
    <abbr class="item-language" aria-label=${LANGUAGE_NAMES[language]}>${language.toUpperCase()}</abbr> <span
      lang=${language}>${beside[language]}</span></span>`);
}

/** The form: a language and a line. An empty line takes the translation away. `place`: of the item. */
export function Translate({ view, item, actions, place, close }) {
  const beside = item.translations || {};
  const languages = offeredLanguages();
  const own = view.workshop.language;
  const [language, setLanguage] = useState([own].concat(languages).find((one) => !beside[one]) || own);
  const [text, setText] = useState(beside[language] || "");
  const command = { type: "translate_item", item: item.id, language, text };
  const undo = () => actions.act(place, Object.assign({}, command, { text: beside[language] || "" }), { name: t("Undo") });
  const choose = (chosen) => {
    setLanguage(chosen);
    setText(beside[chosen] || "");
  };
  const done = () => {
    close();
    actions.say(place, text.trim() ? t("It stands beside the original, for whoever reads {language}.",
      { language: LANGUAGE_NAMES[language] }) : t("The translation is gone."), undo);
  };
  return html`<form class="translate" onSubmit=${(event) => event.preventDefault()}>
    <label><span class="visually-hidden">${t("Language")}</span>
      <select class="input" value=${language} onChange=${(event) => choose(event.currentTarget.value)}>
        ${languages.map((one) => html`<option key=${one} value=${one}>${LANGUAGE_NAMES[one]}</option>`)}</select></label>
    <label class="translate-text"><span class="visually-hidden">${t("Translation of number {n}", { n: item.n })}</span>
      <input class="input" value=${text} lang=${language} maxlength="500" placeholder=${t("The same in one line")}
        onInput=${(event) => setText(event.currentTarget.value)} /></label>
    <div class="row"><${Act} actions=${actions} place=${place} command=${command} onDone=${done}>${t("Save")}<//>
      <button type="button" class="button-bare" onClick=${close}>${t("Cancel")}</button></div>
  </form>`;
}
