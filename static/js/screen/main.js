// Starts the big screen.
import "../shared/more_icons.js";
import "../shared/older.js";
import { html, pageConfig, render } from "../shared/dom.js";
import { setUpLanguage } from "../shared/i18n.js";
import { followRehearsal } from "../shared/rehearsal.js";
import { open } from "../shared/connection.js";
import { Screen } from "./app.js";

const config = pageConfig();
// the screen speaks the workshop's language, whatever was chosen on this computer for other pages
setUpLanguage(Object.assign({}, config, { ownLanguage: true })).then(() => {
  const connection = open({ code: config.code, role: "screen" });
  followRehearsal(connection, config);
  const root = document.getElementById("app");
  root.textContent = "";
  render(html`<${Screen} connection=${connection} config=${config} />`, root);
});
