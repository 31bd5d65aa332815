// Small pieces that several pictures on the screen share.
import { html, names } from "../shared/dom.js";
import { number, t, w } from "../shared/i18n.js";
import { Translation } from "../shared/translation.js";
import { groupColor, GroupSign, Mark, sideName } from "../shared/mark.js";
import { originWords } from "../shared/origin.js";

/** One figure, as large as it deserves, and what it counts. `of`: out of how many; then a line fills as it grows. */
export function Figure({ value, of, words }) {
  const share = of ? Math.min(1, value / of) : 0;
  return html`<div class="figure">
    <p class="figure-number">${number(value)}</p>
    <p class="figure-words">${words}</p>
    ${of > 0 && html`<p class="figure-line" aria-hidden="true"><span
      style=${{ transform: `scaleX(${share})` }}></span></p>`}
  </div>`;
}

/** A group by icon, colour and word. */
export function GroupWord({ group }) {
  return html`<span class="group-word"><${Mark} icon=${group.icon}
    color=${groupColor(group.id)} />${w(group.name)}</span>`;
}

/** What the icons beside the items mean: the groups that are there. */
export function GroupKey({ groups, items }) {
  const there = groups.filter((group) => items.some((item) => [item].concat(item.merged || []).some((one) => one.group === group.id)));
  if (!there.length) return null;
  return html`<p class="group-key">${there.map((group) => html`<${GroupWord} key=${group.id}
    group=${group} />`)}
    ${items.some((item) => !item.group && !item.brought) && html`<span>${t("no sign: from a small group, or from no group")}</span>`}</p>`;
}

/** One item as it stands on a board: the icon of its group (where that may be told), the number by which the room can
 *  speak of it, its title, what was merged into it.
 *  `indent`: whether others on the board have an icon, so that all words begin on one line; `lines`: what else was asked,
 *  as far as it belongs to the contribution at first sight: of a commitment who does it, and by when. */
export function Note({ item, groups, sides, arrives, indent, lines = [] }) {
  const group = groups.find((one) => one.id === item.group);
  const merged = item.merged || [];
  const side = (one) => sideName(sides, one) && html`<span class="note-side">${sideName(sides, one)}</span>`;
  return html`<li key=${item.id} class=${names("note", arrives && "arrives")} data-item=${item.id}>
    ${group
      ? html`<${Mark} icon=${group.icon} color=${groupColor(group.id)} />`
      : indent && html`<span class="no-mark"></span>`}
    <span class="note-n">${item.n}</span>
    <div class="note-words">
      <span class="note-title">${item.title}</span>
      ${" "}${side(item)}
      <${Translation} of=${item.translations} />
      ${lines.some(({ id }) => said(item, id)) && html`<span class="note-lines">${lines.filter(({ id }) => said(item, id))
    .map(({ id, name }) => html`<span key=${id}><i>${w(name)}:</i> ${said(item, id)}</span> `)}</span>`}
      ${item.brought && html`<span class="note-from">${originWords(item)}</span>`}
      ${merged.map((one) => html`<span key=${one.id} class="note-merged">${one.title} <${GroupSign} groups=${groups} of=${one.group} />${" "}${side(one)}
        <${Translation} of=${one.translations} />${one.brought && html` <span class="note-from">${originWords(one)}</span>`}</span>`)}
    </div>
  </li>`;
}

function said(item, field) {
  return ((item.fields || {})[field] || "").trim();
}

/** The heading of a column: its name and how many stand in it. */
export function ColumnHead({ column, count }) {
  return html`<header class="column-head"><h2>${w(column.name)}</h2>${count !== undefined
    && html`<span class="column-count">${number(count)}</span>`}</header>`;
}

/** Items by column, in order of arrival. */
export function byColumn(columns, items) {
  const inOrder = Object.keys(items || {}).map((id) => items[id]).sort((a, b) => a.n - b.n);
  return columns.map((column) => ({ column, items: inOrder.filter((item) => item.column === column.id) }));
}

/** What stands where there is nothing yet. */
export function Nothing({ words }) {
  return html`<p class="nothing">${words || t("Nothing here yet.")}</p>`;
}
