/* The reader's language. msgids are English sentences. Every one stands as a literal in a call of t() or tn(), where the
   build finds it and puts a number in its place; the words of a page are a list, fetched in one language from the address
   that the page's settings name: ["sentence", ["one", "many"], …]. Without a list the msgids themselves are said. */
import { read, write } from "./storage.js";

const KEY = "edp.language";
const PAUSE_MS = 1500;
const listeners = new Set();
let language = "en";
let urls = {};
let more = {}; // addresses of the words that come after the first ones
let languages = ["en", "es", "pt"];
let catalogue = [];

/* How languages call themselves; never translated. */
export const LANGUAGE_NAMES = { en: "English", es: "Español", pt: "Português" };

function fill(text, params) {
  if (!params) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in params ? String(params[name]) : whole));
}

/* Which of [one, many] to take. Of none, too, it is the many, also in Portuguese: the one says "um". */
function form(n) {
  return Number(n !== 1);
}

/* The sentence in the reader's language, `{name}` replaced by params.name. */
export function t(msgid, params) {
  return fill(msgid in catalogue ? catalogue[msgid] : msgid, params);
}

/* The sentence for `n` of something; {n} is filled in. */
export function tn(one, many, n, params) {
  const forms = one in catalogue ? catalogue[one] : [one, many];
  return fill(forms[form(n)], Object.assign({ n }, params));
}

/* Words ({"en": …, "es": …}) in the reader's language, else English, else whichever there is, else "". */
export function w(words) {
  if (!words) return "";
  return words[language] || words.en || words[Object.keys(words)[0]] || "";
}

/* The language in which `w` answers for these words, for a lang attribute; undefined where it is the page's. */
export function langOf(words) {
  if (!words || words[language]) return undefined;
  return words.en ? "en" : Object.keys(words)[0];
}

export function currentLanguage() {
  return language;
}

export function offeredLanguages() {
  return languages;
}

/* Calls `listener` after each switch. Returns the way to stop. */
export function onLanguage(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/* A number as the reader writes it; `options` as for Intl.NumberFormat. */
export function number(value, options) {
  return new Intl.NumberFormat(language, options).format(value);
}

/* A share (0 to 1) as whole per cent. */
export function percent(share) {
  return number(share, { style: "percent", maximumFractionDigits: 0 });
}

async function fetched(url) {
  if (!url) return [];
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

async function load(chosen) {
  const further = more;
  const [words, rest] = await Promise.all([fetched(urls[chosen]), fetched(further[chosen])]);
  return further === more ? words.concat(rest) : load(chosen);
}

function use(chosen, words) {
  language = chosen;
  catalogue = words;
  document.documentElement.lang = chosen;
  listeners.forEach((listener) => listener(chosen));
}

/* Takes the page's settings; resolves when the words are there, however long that takes. `config.ownLanguage` ignores the
   language chosen on this device (the screen speaks the workshop's). */
export async function setUpLanguage(config) {
  urls = config.i18n || {};
  languages = config.languages || languages;
  const kept = config.ownLanguage ? undefined : read(KEY);
  const chosen = languages.includes(kept) ? kept : config.language;
  let words;
  while (!words) {
    try {
      words = await load(chosen);
    } catch (error) {
      await new Promise((resolve) => { setTimeout(resolve, PAUSE_MS); });
    }
  }
  use(chosen, words);
}

/* Takes in the words of a script that comes later: their addresses by language. Resolves when they are there. */
export async function addWords(addresses) {
  more = addresses;
  const chosen = language;
  const words = await load(chosen);
  if (chosen === language) use(chosen, words);
}

/* Switches without a reload, so nothing typed is lost; the choice is kept on the device and, in the cookie that
   the server reads, for the server's own pages. Resolves to whether it worked. */
export async function switchLanguage(chosen) {
  let words;
  try {
    words = await load(chosen);
  } catch (error) {
    return false; // no connection, or a newer server with other words: the page stays as it was
  }
  write(KEY, chosen);
  document.cookie = `language=${chosen}; path=/; max-age=31536000; samesite=lax`;
  use(chosen, words);
  return true;
}
