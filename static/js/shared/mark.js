// The icon and the colour of a group; the word stands beside them.
import { html } from "./dom.js";
import { w } from "./i18n.js";
import { iconPath } from "./icons.js";

/** A group's or cell's icon in its colour. */
export function Mark({ icon, color }) {
  return html`<svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false" style=${{ color }}>
    <path d=${iconPath(icon)} fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"
      stroke-linecap="round" />
  </svg>`;
}

/** The colour of a group: its own token, or the one for groups that a workshop made itself. */
export function groupColor(id) {
  return `var(--group-${id}, var(--group-other))`;
}

/** The sign of a group among `groups`, its word for those who listen; nothing where none may be told. */
export function GroupSign({ groups, of }) {
  const group = of && groups.find((one) => one.id === of);
  return group && html`<span class="item-group"><${Mark} icon=${group.icon} color=${groupColor(group.id)} /><span
    class="visually-hidden">${w(group.name)}</span></span>`;
}

/** On which side of the border something was written, where that may be told; "" elsewhere. `sides`: the territories. */
export function sideName(sides, { territory }) {
  const side = territory && (sides || []).find((one) => one.id === territory);
  return side ? w(side.name) : "";
}
