// Starts the console.
import "../shared/more_icons.js";
import "../shared/older.js";
import { keepFocusClear } from "../shared/clear.js";
import { open } from "../shared/connection.js";
import { html, pageConfig, render } from "../shared/dom.js";
import { setUpLanguage } from "../shared/i18n.js";
import { followRehearsal } from "../shared/rehearsal.js";
import { Console } from "./app.js";

const config = pageConfig();
keepFocusClear();
setUpLanguage(config).then(() => {
  const connection = open({ code: config.code, role: "console" });
  followRehearsal(connection, config);
  const root = document.getElementById("app");
  root.textContent = "";
  render(html`<${Console} connection=${connection} config=${config} />`, root);
});
