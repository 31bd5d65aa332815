/* Starts the preview of the screen: the screen's page as it is. */
import "../shared/more_icons.js";
import "../shared/older.js";
import { html, pageConfig, render } from "../shared/dom.js";
import { setUpLanguage } from "../shared/i18n.js";
import { Screen } from "../screen/app.js";
import { keepNothing, onlyLook, still } from "./still.js";

const config = pageConfig();
keepNothing();
onlyLook();
setUpLanguage(Object.assign({}, config, { ownLanguage: true })).then(() => {
  const root = document.getElementById("app");
  root.textContent = "";
  render(html`<${Screen} connection=${still(config.preview)} config=${config} />`, root);
});
