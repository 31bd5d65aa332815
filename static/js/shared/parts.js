/* Small pieces that phone, screen and console are made of. */
import { html, useEffect, useState } from "./dom.js";
import { iconPath } from "./icons.js";

/* An icon beside a word; hidden from screen readers. */
export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d=${iconPath(name)} fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"
      stroke-linecap="round" />
  </svg>`;
}

/* True once `condition` has held for `ms`: a connection that is back at once raises no alarm. */
export function useLasting(condition, ms) {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!condition) {
      setLasting(false);
      return undefined;
    }
    const timer = setTimeout(() => setLasting(true), ms);
    return () => clearTimeout(timer);
  }, [condition]);
  return condition && lasting;
}

/* Copies without the clipboard API, which plain http does not have. Returns whether it worked. */
export function copy(text) {
  const box = document.createElement("textarea");
  box.value = text;
  box.setAttribute("readonly", "");
  box.className = "visually-hidden";
  document.body.appendChild(box);
  box.select();
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch (error) {
    done = false;
  }
  box.remove();
  return done;
}

/* The six digits of a code as they are read out: "123 456". */
export function spaced(code) {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}
