// The few things of a browser that the shared modules touch, for tests in node: a localStorage per test, whose writes
// other tabs hear, and timers that a test moves by hand.

/** A new browser profile; `full` makes every write throw, as a full or forbidden store does. */
export function profile({ full = false } = {}) {
  const values = new Map();
  const heard = new Set();
  const localStorage = {
    get length() {
      return values.size;
    },
    key: (i) => Array.from(values.keys())[i],
    getItem: (key) => (values.has(key) ? values.get(key) : null),
    setItem(key, value) {
      if (full) throw new Error("QuotaExceededError");
      values.set(key, String(value));
    },
    removeItem: (key) => values.delete(key),
  };
  globalThis.window = {
    localStorage,
    addEventListener: (name, listener) => name === "storage" && heard.add(listener),
    removeEventListener: (name, listener) => heard.delete(listener),
  };
  return {
    values,
    /** What this page hears when another tab writes (or, with undefined, removes) a key. */
    otherTab(key, value) {
      if (value === undefined) values.delete(key);
      else values.set(key, JSON.stringify(value));
      heard.forEach((listener) => listener({ key }));
    },
  };
}
