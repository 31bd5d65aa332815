/* Items to read: by column, each with its group where that may be shown, and what was merged into it. */
import { html } from "../shared/dom.js";
import { t, tn, w } from "../shared/i18n.js";
import { GroupName } from "./parts.js";
import { goalName } from "./sdgs.js";

/* `items` in order; the column `first` stands first. */
export function Board({ items, columns, first, groups }) {
  if (!items.length) return html`<p class="quiet">${t("Nothing yet.")}</p>`;
  const sorted = columns.slice().sort((a, b) => Number(b.id === first) - Number(a.id === first));
  return html`${sorted.map((column) => {
    const here = items.filter((item) => item.column === column.id);
    return here.length > 0 && html`<section key=${column.id} class="board-column">
      ${columns.length > 1 && html`<h3>${w(column.name)}</h3>`}
      <ul class="plain-list">${here.map((item) => html`<li key=${item.id} class="board-item">
        <p class="words">${item.title}</p>
        <${Extras} item=${item} groups=${groups} />
      </li>`)}</ul>
    </section>`;
  })}`;
}

/* Details, goals, group and merged originals of an item; with `fold` the details are one tap away. */
export function Extras({ item, groups, fold }) {
  const group = item.group && groups.find((one) => one.id === item.group);
  const goals = item.sdgs || [];
  const merged = item.merged || [];
  const fields = Object.keys(item.fields || {});
  const details = html`
    ${fields.map((id) => html`<p key=${id} class="words quiet small">${item.fields[id]}</p>`)}
    ${goals.length > 0 && html`<p class="quiet small">
      ${t("SDG")} ${goals.map((n) => `${n} ${goalName(n)}`).join(" · ")}</p>`}`;
  return html`
    ${fold && fields.length + goals.length > 0
      ? html`<details class="merged"><summary>${t("Details")}
          ${item.title && html`<span class="visually-hidden"> ${item.title}</span>`}</summary>${details}</details>`
      : details}
    ${group && html`<p class="small"><${GroupName} group=${group} /></p>`}
    ${merged.length > 0 && html`<details class="merged"><summary>
        ${tn("Together with one more", "Together with {n} more", merged.length)}</summary>
      <ul>${merged.map((one) => html`<li key=${one.id} class="words">${one.title}</li>`)}</ul></details>`}
  `;
}
