// Single keys for those who drive from the keyboard, and a clicker's page keys. Both can be switched off; the clicker's
// are off until somebody asks for them, because the same keys scroll a page.
import { html, useEffect, useRef, useState } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import * as storage from "../shared/storage.js";

const KEYS = "edp.keys"; // the screen listens to it, too
const CLICKER = "edp.clicker";
const TWICE_MS = 4000;

/** Hook: {keys, clicker, setKeys, setClicker}: what is switched on, kept on this device. */
export function useKeySettings() {
  const [keys, setKeys] = useState(storage.read(KEYS) !== false);
  const [clicker, setClicker] = useState(storage.read(CLICKER) === true);
  const keep = (key, set) => (value) => {
    storage.write(key, value);
    set(value);
  };
  return { keys, clicker, setKeys: keep(KEYS, setKeys), setClicker: keep(CLICKER, setClicker) };
}

/** Hook: listens. `on`: {n, p, m, "/"}: functions; `next` is what the clicker's forward key does.
 *  `careful`: "", or a name of the next step, which then needs the key twice; the first time `warn` is called. While
 *  it `waits` the key does neither. */
export function useKeys(settings, { on, next, careful, waits, warn, back }) {
  const last = useRef({ step: "", at: 0 });
  const handlers = useRef(null);
  handlers.current = { on, next, careful, waits, warn, back, settings };
  useEffect(() => {
    const forward = () => {
      const step = handlers.current.careful;
      if (handlers.current.waits) return;
      const now = Date.now();
      if (step && (last.current.step !== step || now - last.current.at > TWICE_MS)) {
        last.current = { step, at: now };
        handlers.current.warn();
        return;
      }
      last.current = { step: "", at: 0 };
      handlers.current.next();
    };
    const pressed = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      const { clicker, keys } = handlers.current.settings;
      if (event.key === "PageDown" || event.key === "PageUp") {
        if (!clicker || paging(event.target)) return;
        event.preventDefault();
        if (event.key === "PageDown") forward();
        else handlers.current.back();
      } else if (typing(event.target)) {
        return;
      } else if (keys && event.key === "n") {
        forward();
      } else if (keys && handlers.current.on[event.key]) {
        event.preventDefault();
        handlers.current.on[event.key]();
      }
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
}

const within = (target, fields) => target instanceof Element && Boolean(target.closest(fields));

/* Whether keys are text here. */
const typing = (target) => within(target, "input:not([type=checkbox]):not([type=radio]), textarea, select");

/* Whether a page key does something here. Elsewhere a clicker works whatever has the focus: whoever stands before the room
   does not see what has. */
const paging = (target) => within(target, "textarea, select[size], select[multiple], input[type=number], input[type=time], input[type=range]");

/** What the keys do, and the switches. */
export function KeyHelp({ settings }) {
  const rows = [
    ["n", t("the next step: open, close, reveal")],
    ["p", t("pause, or resume")],
    ["m", t("one minute more on the timer")],
    ["/", t("filter the contributions")],
    ["q", t("on the screen, in this browser: the code large, as Enter does")],
  ];
  return html`<section class="keys" aria-labelledby="keys-title">
    <h2 class="part-title" id="keys-title">${t("Keyboard and clicker")}</h2>
    <dl class="key-list">${rows.map(([key, words]) => html`<div
      key=${key}><dt><kbd>${key}</kbd></dt><dd>${words}</dd></div>`)}</dl>
    <label class="switch"><input type="checkbox" checked=${settings.keys}
      onChange=${(event) => settings.setKeys(event.currentTarget.checked)} /> ${t("Single keys are on")}</label>
    <label class="switch"><input type="checkbox" checked=${settings.clicker}
      onChange=${(event) => settings.setClicker(event.currentTarget.checked)} />
      ${t("A clicker's forward key does the next step (Page Down); its back key goes to “Step back” and does nothing by itself (Page Up)")}</label>
    <p class="hint">${t("What cannot be undone needs the key twice.")}</p>
  </section>`;
}
