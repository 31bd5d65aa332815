/* Items to read: by column, each with its group where that may be shown, and what was merged into it. */
import { html } from "../shared/dom.js";
import { t, tn, w } from "../shared/i18n.js";
import { Translation } from "../shared/translation.js";
import { originWords } from "../shared/origin.js";
import { GroupName } from "./parts.js";
import { goalName } from "./sdgs.js";

/* `items` in order; the column `first` stands first. */
export function Board({ items, columns, first, groups, sides }) {
  if (!items.length) return html`<p class="quiet">${t("Nothing yet.")}</p>`;
  const sorted = columns.slice().sort((a, b) => Number(b.id === first) - Number(a.id === first));
  return html`${sorted.map((column) => {
    const here = items.filter((item) => item.column === column.id);
    return here.length > 0 && html`<section key=${column.id} class="board-column">
      ${columns.length > 1 && html`<h3>${w(column.name)}</h3>`}
      <ul class="plain-list">${here.map((item) => html`<li key=${item.id} class="board-item">
        <p class="words">${item.title}</p>
        <${Extras} item=${item} groups=${groups} sides=${sides} />
      </li>`)}</ul>
    </section>`;
  })}`;
}

/* The group that wrote something, and on which side of the border, where that may be told. */
function From({ groups, sides, of }) {
  const group = of.group && groups.find((one) => one.id === of.group);
  const side = of.territory && sides.find((one) => one.id === of.territory);
  return html`<span class="from">${group && html`<${GroupName} group=${group} />`}${" "}
    ${side && html`<span class="quiet">${group ? "· " : ""}${w(side.name)}</span>`}</span>`;
}

/* Details, goals, group and merged originals of an item; with `fold` the details are one tap away. */
export function Extras({ item, groups, sides, fold }) {
  const goals = item.sdgs || [];
  const merged = item.merged || [];
  const fields = Object.keys(item.fields || {});
  const details = html`
    ${fields.map((id) => html`<p key=${id} class="words quiet small">${item.fields[id]}</p>`)}
    ${goals.length > 0 && html`<p class="quiet small">
      ${t("SDG")} ${goals.map((n) => `${n} ${goalName(n)}`).join(" · ")}</p>`}`;
  return html`
    <${Translation} of=${item.translations} />
    ${fold && fields.length + goals.length > 0
      ? html`<details class="merged"><summary>${t("Details")}
          ${item.title && html`<span class="visually-hidden"> ${item.title}</span>`}</summary>${details}</details>`
      : details}
    ${item.brought && html`<p class="quiet small words">${originWords(item)}</p>`}
    ${(item.group || item.territory) && html`<p class="small"><${From} groups=${groups} sides=${sides} of=${item} /></p>`}
    ${merged.length > 0 && html`<details class="merged"><summary>
        ${tn("Together with one more", "Together with {n} more", merged.length)}</summary>
      <ul>${merged.map((one) => html`<li key=${one.id} class="words">${one.title}
        <${Translation} of=${one.translations} /> <${From} groups=${groups} sides=${sides} of=${one} />${one.brought && html`<span class="quiet small"> ${originWords(one)}</span>`}</li>`)}</ul></details>`}
  `;
}
