/* The reader's language. msgids are English sentences; a catalogue is flat JSON fetched from the address the page's
   settings name: {key: "translation", key: ["one", "many"]}. English needs none. The key is a hash of the msgid (of the
   singular one), since the sentences themselves stand in the script already.
   Every msgid stands as a literal in a call of t() or tn(), where extraction finds it. */
import { hash } from "./ids.js";
import { read, write } from "./storage.js";

const KEY = "edp.language";
const listeners = new Set();
let language = "en";
let urls = {};
let languages = ["en", "es", "pt"];
let catalogue = {};

/* How languages call themselves; never translated. */
export const LANGUAGE_NAMES = { en: "English", es: "Español", pt: "Português" };

function fill(text, params) {
  if (!params) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in params ? String(params[name]) : whole));
}

/* Which of [one, many] to take. Brazilian Portuguese counts 0 as one; English and Spanish do not. */
function form(n) {
  return language === "pt" ? Number(n > 1) : Number(n !== 1);
}

function translated(msgid) {
  return catalogue[hash(msgid).toString(36)];
}

/* The sentence in the reader's language, `{name}` replaced by params.name. */
export function t(msgid, params) {
  const found = translated(msgid);
  return fill((Array.isArray(found) ? found[0] : found) || msgid, params);
}

/* The sentence for `n` of something; {n} is filled in. */
export function tn(one, many, n, params) {
  const found = translated(one);
  const text = Array.isArray(found) && found[form(n)] ? found[form(n)] : n === 1 ? one : many;
  return fill(text, Object.assign({ n }, params));
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

async function load(chosen) {
  if (chosen === "en" || !urls[chosen]) return {};
  const answer = await fetch(urls[chosen], { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`catalogue ${chosen}: ${answer.status}`);
  return answer.json();
}

function use(chosen, words) {
  language = chosen;
  catalogue = words;
  document.documentElement.lang = chosen;
  listeners.forEach((listener) => listener(chosen));
}

/* Takes the page's settings; resolves when the catalogue is there. Without it the page speaks English and stays
   usable. `config.ownLanguage` ignores the language chosen on this device (the screen speaks the workshop's). */
export async function setUpLanguage(config) {
  urls = config.i18n || {};
  languages = config.languages || languages;
  const kept = config.ownLanguage ? undefined : read(KEY);
  const chosen = languages.includes(kept) ? kept : config.language;
  try {
    use(chosen, await load(chosen));
  } catch (error) {
    use("en", {});
  }
}

/* Switches without a reload, so nothing typed is lost; the choice is kept on the device and, in the cookie that
   the server reads, for the server's own pages. Resolves to whether it worked. */
export async function switchLanguage(chosen) {
  let words;
  try {
    words = await load(chosen);
  } catch (error) {
    return false; // no connection: the page stays as it was
  }
  write(KEY, chosen);
  document.cookie = `language=${chosen}; path=/; max-age=31536000; samesite=lax`;
  use(chosen, words);
  return true;
}
