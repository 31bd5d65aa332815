/* What somebody takes home to check the record with: where what this phone showed as saved stands in it. */
import { html } from "../shared/dom.js";
import { number, t } from "../shared/i18n.js";
import { CopyButton, More } from "./parts.js";

export function Receipt({ live }) {
  const positions = live.connection.positions();
  const { n } = live.state.self;
  const listed = positions.map(number).join(" · ");
  return html`${n && html`<p class="quiet">
    ${t("Your number in this workshop is {n}. The facilitator finds you by it.", { n })}</p>`}
    ${positions.length > 0 && html`<${More} title=${t("Your receipt")}>
    <p class="hint">${t("The record of this workshop has numbered entries. These came from this phone and are stored; the report says how many entries it was made from, and how to have them checked.")}</p>
    <p class="numbers words">${listed}</p>
    <p><${CopyButton} text=${`${live.view.workshop.title}: ${positions.join(" ")}`} announce=${live.announce} /></p>
  <//>`}`;
}
