// The icon and the colour of a group; the word stands beside them.
import { html } from "./dom.js";
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
