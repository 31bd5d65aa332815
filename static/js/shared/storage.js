/* localStorage that never throws. Where the browser refuses it (private mode, full, switched off) values are kept in
   memory for as long as the page lives, and `trouble()` says why, so that the page can say so. */
const memory = new Map();
const listeners = new Set();
const NEEDED = /^edp\.[^.]+\.(out|draft|edit|answer|reason|part|secret)/; // the other keys hold what can be done without
const CALM_MS = 5000; // not with each tap
let failed = "";
let calm = 0;

function tell(what) {
  if (failed === what) return;
  failed = what;
  listeners.forEach((listener) => listener());
}

/* Browsers give a private window a store of no size; a store in which something stands has run full. */
function reason(error) {
  const quota = error && (error.name === "QuotaExceededError" || error.name === "NS_ERROR_DOM_QUOTA_REACHED");
  try {
    return quota && area().length > 0 ? "full" : "private";
  } catch (other) {
    return "private";
  }
}

function area() {
  try {
    return window.localStorage;
  } catch (error) {
    return null; // cookies switched off: even touching the property throws
  }
}

/* Why something is kept in memory only at the moment: "full", "private" (refused altogether), or "". */
export function trouble() {
  return failed;
}

/* Calls `listener` when storage fails, and when all that matters is stored or sent. Returns the way to stop listening. */
export function onTrouble(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/* The value stored under `key`, or undefined. A value that is no JSON counts as absent. */
export function read(key) {
  if (memory.has(key)) return memory.get(key);
  try {
    const text = area().getItem(key);
    return text === null ? undefined : JSON.parse(text);
  } catch (error) {
    return undefined;
  }
}

/* Stores a JSON value. Returns whether it will survive a reload. Of a `spare` one nobody is told that it will not. */
export function write(key, value, isSpare) {
  try {
    area().setItem(key, JSON.stringify(value));
    memory.delete(key);
    if (failed) keep();
    return true;
  } catch (error) {
    memory.set(key, value);
    if (!isSpare) tell(reason(error));
    calmLater();
    return false;
  }
}

/* Stores a JSON value that can be done without. */
export const spare = (key, value) => write(key, value, true);

/* What could not be stored troubles nobody any more once all of it was sent. */
function calmLater() {
  clearTimeout(calm);
  if (failed) calm = setTimeout(() => Array.from(memory.keys()).some((key) => NEEDED.test(key)) || tell(""), CALM_MS);
}

/* Tries again to store what memory holds. */
function keep() {
  try {
    Array.from(memory.keys()).forEach((key) => {
      area().setItem(key, JSON.stringify(memory.get(key)));
      memory.delete(key);
    });
    tell("");
  } catch (error) {
    tell(reason(error));
  }
}

export function remove(key) {
  memory.delete(key);
  calmLater();
  try {
    area().removeItem(key);
  } catch (error) {
    // nothing was stored there
  }
}

/* All keys that begin with `prefix`, sorted. */
export function keys(prefix) {
  const found = new Set();
  memory.forEach((value, key) => key.startsWith(prefix) && found.add(key));
  try {
    const storage = area();
    for (let i = 0; i < storage.length; i += 1) {
      const key = storage.key(i);
      if (key.startsWith(prefix)) found.add(key);
    }
  } catch (error) {
    // memory is all there is
  }
  return Array.from(found).sort();
}

/* Calls `listener(key, value or undefined)` when another tab changed a key that begins with `prefix`. */
export function onOtherTab(prefix, listener) {
  const heard = (event) => {
    if (!event.key || !event.key.startsWith(prefix)) return;
    listener(event.key, read(event.key));
  };
  window.addEventListener("storage", heard);
  return () => window.removeEventListener("storage", heard);
}
