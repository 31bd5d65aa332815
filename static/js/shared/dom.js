/* What every live page draws with: Preact, its hooks and htm, and the hook that follows a connection.
   Text reaches the page through text nodes only; nothing here takes HTML. */
import { Fragment, h, render } from "preact";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import htm from "htm";

// Preact waits with it and does not ask; Safari has it since 12.1, Chrome since 71.
if (typeof queueMicrotask === "undefined") window.queueMicrotask = (work) => { Promise.resolve().then(work); };

export const html = htm.bind(h);
export { Fragment, h, render, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState };

/* The state of anything with `subscribe(listener)` and `state`; draws again whenever it changes. */
export function useLive(source) {
  const [, again] = useState(0);
  useLayoutEffect(() => source.subscribe(() => again((n) => n + 1)), [source]);
  return source.state;
}

/* Class names, leaving out what is empty or false. */
export function names(...all) {
  return all.filter(Boolean).join(" ");
}

/* The page's settings, which the server wrote into <script id="edp" type="application/json">. */
export function pageConfig() {
  return JSON.parse(document.getElementById("edp").textContent);
}
