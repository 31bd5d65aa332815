/* What a preview is drawn with: the page itself, begun with one view, and nobody to send anything to. It can be read and
   unfolded, and nothing else: nothing is typed, chosen, sent or kept. */

/* Stands in for the connection of shared/connection.js. */
export function still({ view, self }) {
  const nothing = () => undefined;
  return {
    state: { status: "live", seq: 0, clockOffset: 0, outbox: [], view, self },
    subscribe: () => nothing,
    on: () => nothing,
    positions: () => [],
    ask: () => new Promise(nothing),
    send: nothing,
    inquire: nothing,
    dismiss: nothing,
    giveUp: nothing,
    become: nothing,
    retry: nothing,
    refresh: nothing,
    close: nothing,
  };
}

/* From here on the page keeps nothing in this browser and does not hold its screen awake. */
export function keepNothing() {
  const kept = new Map();
  const store = {
    get length() {
      return kept.size;
    },
    key: (n) => Array.from(kept.keys())[n] || null,
    getItem: (key) => (kept.has(key) ? kept.get(key) : null),
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  };
  Object.defineProperty(window, "localStorage", { value: store });
  Object.defineProperty(navigator, "wakeLock", { value: { request: () => new Promise(() => undefined) } });
}

const TAPS = ["click", "auxclick", "submit", "beforeinput", "input", "change", "drop", "paste"];
const CHOICES = "select, input[type=range]"; // which change before they say so

/* Whoever taps something unfolds it at most. */
export function onlyLook() {
  const stop = (event) => {
    if (event.type === "click" && event.target.closest("summary")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  TAPS.forEach((name) => window.addEventListener(name, stop, true));
  ["mousedown", "keydown"].forEach((name) => window.addEventListener(name, (event) => {
    if (event.key !== "Tab" && event.target.closest(CHOICES)) event.preventDefault();
  }, true));
}
