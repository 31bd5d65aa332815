/* The phone's second script: votes, answers, results, and what was refused. It is asked for as soon as the page has drawn itself, with its style and
   its words, and again until all three are there; then it stays for as long as the page does. */
import { html } from "../shared/dom.js";
import { addWords } from "../shared/i18n.js";
import { lent } from "./lent.js";

const AGAIN_MS = 2000;
const LONGEST_MS = 15000;
let parts; // what the script brought
let failures = 0;

/* What the second script brought, or undefined as long as it is not there. */
export const second = () => parts;

/* A part of the page that the second script brings, nothing as long as it is on its way. The rest is handed to it. */
export function Later({ part, ...drawing }) {
  return parts ? html`<${parts[part]} ...${drawing} />` : null;
}

/* How often it could not be had. */
export const secondFailed = () => failures;

/* Fetches it; `addresses`: {script, style, words by language}. Calls `changed` when it is there, and when it failed. */
export function fetchSecond({ script, style, words }, changed) {
  let brought;
  let dressed = false;
  window.lent = Object.assign({ bring: (them) => { brought = them; } }, lent);
  const attempt = () => Promise.all([
    addWords(words),
    brought || added("script", { src: script }),
    dressed || added("link", { rel: "stylesheet", href: style }).then(() => { dressed = true; }),
  ]).then(() => {
    parts = brought;
    changed();
  }, () => {
    failures += 1;
    setTimeout(attempt, Math.min(LONGEST_MS, AGAIN_MS * failures) * (0.5 + Math.random()));
    changed();
  });
  attempt();
}

/* Adds an element to the page's head; resolves when what it names is there. One that failed is taken out again. */
function added(name, attributes) {
  const element = Object.assign(document.createElement(name), attributes);
  document.head.appendChild(element);
  return new Promise((resolve, reject) => {
    element.onload = resolve;
    element.onerror = () => {
      element.remove();
      reject(new Error(name));
    };
  });
}
