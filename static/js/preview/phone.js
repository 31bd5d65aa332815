/* Starts the preview of a phone: the phone's page as it is, in the language that was asked for. */
import { html, pageConfig, render } from "../shared/dom.js";
import { setUpLanguage } from "../shared/i18n.js";
import { App } from "../phone/app.js";
import { keepNothing, onlyLook, still } from "./still.js";

const config = pageConfig();
keepNothing();
onlyLook();
setUpLanguage(Object.assign({}, config, { ownLanguage: true })).then(() => {
  const root = document.getElementById("app");
  root.textContent = "";
  render(html`<${App} connection=${still(config.preview)} config=${config} />`, root);
});
