// The languages of the page, switched without a reload.
import { html } from "../shared/dom.js";
import { currentLanguage, LANGUAGE_NAMES, offeredLanguages, switchLanguage, t } from "../shared/i18n.js";

export function Languages() {
  return html`<div class="languages" role="group"
    aria-label=${t("Language")}>${offeredLanguages().map((code) => html`<button
    type="button" key=${code} lang=${code} aria-current=${code === currentLanguage() ? "true" : undefined}
    onClick=${() => switchLanguage(code)}>${LANGUAGE_NAMES[code]}</button>`)}</div>`;
}
