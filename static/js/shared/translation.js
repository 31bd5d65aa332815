// The line that facilitators have put beside what somebody wrote, where there is one in the reader's language.
import { html } from "./dom.js";
import { currentLanguage } from "./i18n.js";

/** `of`: the translations of an item, language to text. The original stands before it. */
export function Translation({ of }) {
  const text = (of || {})[currentLanguage()];
  return text && html`<span class="translation words">${text}</span>`;
}
