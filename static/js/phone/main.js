/* Starts the phone's page. */
import { keepFocusClear } from "../shared/clear.js";
import { open } from "../shared/connection.js";
import { html, pageConfig, render } from "../shared/dom.js";
import { setUpLanguage } from "../shared/i18n.js";
import { followRehearsal } from "../shared/rehearsal.js";
import { App } from "./app.js";
import { takeBadge } from "./badge.js";
import { followTabs, secretFor } from "./identity.js";

const config = pageConfig();
const { code, id } = config;
takeBadge(id);
window.addEventListener("hashchange", () => takeBadge(id)); // the same tab, another badge
const connection = open({ code, role: "phone", secret: secretFor(id), id });
keepFocusClear();
followTabs(id, connection);
followRehearsal(connection, config);
setUpLanguage(config).then(() => {
  const root = document.getElementById("app");
  root.textContent = "";
  render(html`<${App} connection=${connection} config=${config} />`, root);
});
