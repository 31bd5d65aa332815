/* localStorage that never throws. Where the browser refuses it (private mode, full, switched off) values are kept in
   memory for as long as the page lives, and `trouble()` turns true so that the page can say so. */
const memory = new Map();
const listeners = new Set();
let failed = false;

function fail() {
  if (failed) return;
  failed = true;
  listeners.forEach((listener) => listener());
}

function area() {
  try {
    return window.localStorage;
  } catch (error) {
    return null; // cookies switched off: even touching the property throws
  }
}

/* True once something could be kept in memory only. */
export function trouble() {
  return failed;
}

/* Calls `listener` when storage first fails. Returns the way to stop listening. */
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

/* Stores a JSON value. Returns whether it will survive a reload. */
export function write(key, value) {
  try {
    area().setItem(key, JSON.stringify(value));
    memory.delete(key);
    return true;
  } catch (error) {
    memory.set(key, value);
    fail();
    return false;
  }
}

export function remove(key) {
  memory.delete(key);
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
