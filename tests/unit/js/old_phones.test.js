import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { asksOfScript, asksOfStyle } from "./old_phones.js";

const dist = new URL("../../../static/dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("manifest.json", dist)));
const built = (name) => readFileSync(new URL(manifest[name], dist), "utf8");

/* Asked for only where it is there; what happens where it is not. */
const ASKED_FIRST = {
  ResizeObserver: "the screen fits its picture when the window changes, and once more when something arrives",
  "navigator.wakeLock": "the screen says that the computer may go to sleep",
  ".request()": "the same",
  ".moveBefore()": "Preact moves elements as it did before there was this",
};

/* Methods of our own objects that newer interfaces call the same. */
const OURS = [".move()", ".subscribe()", ".retry()", ".unit()", ".flip()", ".drop()"];

/* What a style sheet may ask for in vain; what one sees then. */
const DOES_WITHOUT = {
  "color-scheme": "form fields as in the light theme",
  "@media (prefers-color-scheme)": "the light theme",
  "@media (prefers-reduced-motion)": "motion as everybody sees it",
  "@media (forced-colors)": "there is no such mode",
  "forced-color-adjust": "there is no such mode",
  "text-wrap": "lines break where they are full",
  ":has": "what has the focus may stand below the bar for merging",
  ":focus-visible": "the outline is there after a tap as well",
  "text-decoration-thickness": "the usual line below a link",
  "text-underline-offset": "the usual line below a link",
  "gap in flex": "margins, set by the build (apart() in static/build.mjs)",
  cursor: "a phone has none",
  resize: "the field keeps its height",
  "accent-color": "boxes in the browser's own colour",
  "scroll-behavior": "the page jumps to where it goes",
  "scroll-padding-bottom": "what has the focus may stand below a bar",
  "scroll-margin-bottom": "the same",
  "scroll-margin-top": "a stage that was just added stands at the very top",
  "scroll-padding": "a field with the focus may stand at the very edge",
  "overflow-wrap": "overflow-wrap: break-word, from the body: the same, but for the smallest width of a box",
  "field-sizing": "a text box grows by script (TextBox)",
  "env()": "the padding that stands before it: no home bar to keep clear of",
  "user-select": "one marks the code by hand",
  "scrollbar-width": "the bar below the tabs is seen",
  "align-self": "boxes as high as their neighbours",
  "align-content": "rows spread over the height",
  display: "margins reach through the edge of a box",
  "font-family": "the next typeface of the list",
};

const asked = new Map(); // by the name of the file
function of(name, read) {
  if (!asked.has(name)) asked.set(name, [...read(built(name))]);
  return asked.get(name);
}
const property = (words) => words.replace(/: .*/, "");

for (const name of ["phone.js", "phone.second.js", "console.js", "screen.js"]) {
  test(`${name} asks nothing of a browser of 2017 that it lacks`, () => {
    const known = new Set([...Object.keys(ASKED_FIRST), ...OURS]);
    assert.deepEqual(of(name, asksOfScript).filter((one) => !known.has(one)), []);
  });
}

const sheets = ["phone.css", "phone.second.css", "console.css", "screen.css", "site.css"];
for (const name of sheets) {
  test(`${name} does without what a browser of 2017 lacks`, () => {
    const unknown = of(name, asksOfStyle).filter((one) => !(one in DOES_WITHOUT) && !(property(one) in DOES_WITHOUT));
    assert.deepEqual(unknown, []);
  });
}

test("what is excused is still asked for", () => {
  const scripts = ["phone.js", "phone.second.js", "console.js", "screen.js"].flatMap((name) => of(name, asksOfScript));
  const styles = sheets.flatMap((name) => of(name, asksOfStyle)).flatMap((one) => [one, property(one)]);
  assert.deepEqual([...Object.keys(ASKED_FIRST), ...OURS].filter((one) => !scripts.includes(one)), []);
  assert.deepEqual(Object.keys(DOES_WITHOUT).filter((one) => !styles.includes(one)), []);
});

test("what is later than 2017, or wants a certificate, is noticed", () => {
  const scripted = (source) => [...asksOfScript(source)].sort();
  assert.throws(() => scripted("a?.b"), SyntaxError);
  assert.throws(() => scripted("({...a})"), SyntaxError);
  assert.deepEqual(scripted("[1].flat()"), [".flat()"]);
  assert.deepEqual(scripted("x.at(-1);x.replaceAll('a', 'b')"), [".at()", ".replaceAll()"]);
  assert.deepEqual(scripted("crypto.randomUUID();window.crypto.subtle"), ["crypto.randomUUID", "crypto.subtle"]);
  assert.deepEqual(scripted("navigator.clipboard.writeText('x')"), [".writeText()", "navigator.clipboard"]);
  assert.deepEqual(scripted("navigator.serviceWorker;structuredClone({});new AbortController()"), [
    "AbortController", "navigator.serviceWorker", "structuredClone"]);
  assert.deepEqual(scripted("window.queueMicrotask=function(f){f()};queueMicrotask(f)"), []);
  assert.deepEqual(scripted("fetch(x).then(y);Object.assign({},x);[].includes(1);document.querySelector('a')"), []);
  const styled = (source) => [...asksOfStyle(source)];
  assert.deepEqual(styled("a{inset:0}"), ["inset"]);
  assert.deepEqual(styled("a{aspect-ratio:1}"), ["aspect-ratio"]);
  assert.deepEqual(styled("a:has(b){color:red}@layer x{a{color:red}}"), [":has", "@layer"]);
  assert.deepEqual(styled("a{display:flex;gap:1px}"), ["gap in flex"]);
  assert.deepEqual(styled("a{width:clamp(1px,2vw,3px)}"), ["clamp()"]);
  assert.deepEqual(styled("a{width:1px;width:min(1px,2vw)}"), []);
  assert.deepEqual(styled("a{display:grid;color:var(--x);position:sticky}"), []);
});
