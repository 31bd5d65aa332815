/* Small pieces that several screens of the phone are made of. */
import { Fragment, html, useEffect, useLayoutEffect, useRef, useState } from "../shared/dom.js";
import { t, w } from "../shared/i18n.js";
import { copy, Icon, useLasting } from "../shared/parts.js";
import { randomId } from "../shared/ids.js";
import { groupColor, Mark } from "../shared/mark.js";
import * as storage from "../shared/storage.js";
import { refusalText } from "../shared/words.js";

/* A group: its icon in its colour, and its name. */
export function GroupName({ group }) {
  return html`<span class="group-name"><${Mark} icon=${group.icon} color=${groupColor(group.id)} />
    <span>${w(group.name)}</span></span>`;
}

/* Something one tap away: a native disclosure, so it works with every keyboard and screen reader. */
export function More({ title, count, open, children, onOpen }) {
  return html`<details class="more" open=${open} onToggle=${(event) => onOpen && onOpen(event.currentTarget.open)}>
    <summary><span class="more-title">${title}</span>
      ${count !== undefined && html`<span class="more-count">${count}</span>`}<${Icon} name="down" /></summary>
    <div class="more-body">${children}</div>
  </details>`;
}

/* Dots, drawn the same everywhere: filled is given, an outline can still be given. `all` says how many there are;
   whatever does not fit is said by a figure. Words for screen readers stand beside them. */
export function Dots({ given, all = given, most = 5 }) {
  const many = given > most;
  const drawn = many ? 1 : Math.min(Math.max(all, given), most);
  return html`<span class="dots" aria-hidden="true">
    ${Array.from({ length: drawn }, (_, i) => html`<i key=${i} class=${i < given ? "dot on" : "dot"}></i>`)}
    ${many && html`<b class="numbers">× ${given}</b>`}</span>`;
}

/* A notice in words; `kind` is "good", "warn", "bad" or nothing. */
export function Notice({ kind, icon, children, role }) {
  return html`<div class=${`notice ${kind ? `notice-${kind}` : ""}`} role=${role}>
    ${icon && html`<${Icon} name=${icon} />`}<div>${children}</div>
  </div>`;
}

/* The sentence of a refusal in the reader's language; of one without a code, that it was in a record that is gone. */
export function sentence(refusal) {
  if (!refusal.code) return t("The server was set back to an earlier state, in which this is missing. If your other phone does not bring it back, please send it again.");
  return refusalText(refusal.code, refusal.params, t);
}

/* A text box that grows with what is in it: by itself where the browser can (field-sizing), else as one writes and whenever the
   window changes. 16 px at least, or phones zoom in. */
const grows = window.CSS && CSS.supports("field-sizing", "content");
export function TextBox({ value, onInput, box, ...rest }) {
  const own = useRef(null);
  const ref = box || own;
  useLayoutEffect(() => {
    if (grows) return undefined;
    const fit = () => {
      const element = ref.current;
      element.style.height = "auto";
      element.style.height = `${element.scrollHeight + 2}px`;
    };
    fit();
    window.addEventListener("resize", fit);
    return () => window.removeEventListener("resize", fit);
  }, [value]);
  return html`<textarea class="input" ref=${ref} value=${value} dir="auto"
    onInput=${(event) => onInput(event.currentTarget.value)} ...${rest}></textarea>`;
}

/* How many characters are left of `limit`: words that a screen reader hears only when there are few. Characters are
   counted as the server does: code points of the composed form without blanks at the ends. */
export function Counter({ id, text, limit }) {
  const left = limit - textLength(text);
  const message = left < 0 ? t("{n} characters too many", { n: -left }) : t("{n} characters left", { n: left });
  return html`<p id=${id} class=${left < 0 ? "counter over" : "counter"}>
    <span aria-live=${left < 20 ? "polite" : "off"}>${message}</span></p>`;
}

export function textLength(text) {
  return Array.from(text.trim().normalize("NFC")).length;
}

/* Names this tab for as long as the page lives. */
export const TAB = randomId(8);

/* A value that is kept on the device under `key` until it is set to undefined. Where another tab writes or sends under
   the same key, a text that was typed here stays, and is kept from then on under a name of this tab's own. */
export function useKept(key, initial) {
  const [state, setState] = useState({ key, value: storage.read(key) });
  const current = state.key === key ? state : { key, value: storage.read(key) };
  const mine = useRef({});
  if (mine.current.key !== key) mine.current = { key, at: key };
  useEffect(() => storage.onOtherTab(key, (changed) => {
    const { value } = mine.current;
    if (changed !== key || value === undefined || !/\.(draft|edit|answer|reason|card)\./.test(key)) return;
    if (JSON.stringify(storage.read(key)) === JSON.stringify(value)) return; // ours came later: the other tab makes room
    mine.current.at = `${key}~${TAB}`;
    storage.write(mine.current.at, value);
  }), [key]);
  const set = (value) => {
    mine.current.value = value;
    if (value === undefined) {
      storage.remove(mine.current.at);
      mine.current.at = key;
    } else storage.write(mine.current.at, value);
    setState({ key, value });
  };
  return [current.value === undefined ? initial : current.value, set];
}

/* Buttons for a text that was not sent or not accepted. */
export function CopyButton({ text, announce }) {
  const [done, setDone] = useState(false);
  const press = () => {
    const worked = copy(text);
    setDone(worked);
    announce(worked ? t("Copied") : t("Copying did not work. Please select the text and copy it by hand."));
  };
  return html`<button type="button" class="button-bare" onClick=${press}>${done ? t("Copied") : t("Copy")}</button>`;
}

export { copy, Fragment, Icon, useLasting };
