/* Starts the phone's page. */
import { open } from "../shared/connection.js";
import { html, pageConfig, render } from "../shared/dom.js";
import { setUpLanguage } from "../shared/i18n.js";
import { App } from "./app.js";
import { followTabs, secretFor } from "./identity.js";

const config = pageConfig();
const { code, id } = config;
const connection = open({ code, role: "phone", secret: secretFor(id), id });
followTabs(id, connection);
setUpLanguage(config).then(() => {
  const root = document.getElementById("app");
  root.textContent = "";
  render(html`<${App} connection=${connection} config=${config} />`, root);
});
