/* Criteria: each item is scored on a few of them, with one reason. In a second round the first stands above. */
import { html } from "../../shared/dom.js";
import { t, w } from "../../shared/i18n.js";
import { counted } from "../../shared/results/rows.js";
import { Scored, scoreWords } from "./scored.js";

function Ballot(drawing) {
  const { live, run } = drawing;
  const { criteria, reason } = run.method;
  const measures = criteria.filter((one) => !one.beside || live.state.self.funder).map((one) => ({
    id: one.id, name: w(one.name), asks: w(one.asks), beside: one.beside,
    anchors: { 1: w(one.low), 3: w(one.middle), 5: w(one.high) },
  }));
  return html`<${Scored} ...${drawing} measures=${measures} reason=${reason}
    above=${(item) => html`<${FirstRound} item=${item} />`} />`;
}

/* What the first round said of an item, both sides' reasons side by side. */
function FirstRound({ item }) {
  const { before, reasons = {} } = item;
  if (!before && !Object.keys(reasons).length) return null;
  const { sides, label } = before || {};
  const said = [["high", t("Why high")], ["low", t("Why low")], ["middle", t("Why in between")]].filter(([side]) => (reasons[side] || []).length);
  return html`<section class="first-round">
    <h3>${t("The first round")}</h3>
    <p>${label === "groups_differ" ? t("The groups see it differently.") : label === "divided" && t("Opinions are divided.")}
      ${" "}${said.length > 0 && html`<b>${t("Read both sides’ reasons before deciding.")}</b>`}</p>
    ${sides && html`<p class="quiet">${t("High scores: {high}. In between: {middle}. Low scores: {low}.", sides)}</p>`}
    ${said.map(([side, name]) => html`<div key=${side}><h4>${name}</h4>
      <ul class="plain-list">${counted(reasons[side]).map((text, place) => html`<li key=${place} class="words">${text}</li>`)}</ul></div>`)}
  </section>`;
}

export const criteria = {
  asks: "pages",
  Ballot,
  words: (method, { scores }) => method.criteria.filter((one) => scores && one.id in scores)
    .map((one) => `${w(one.name)}: ${scoreWords(scores[one.id])}`).join(" · "),
};
