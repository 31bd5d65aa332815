// Reads {"language": …, "numbers": [[value, digits]], "shares": [[value, digits]], "places": [n], "lists": [rows]};
// prints as JSON how the pages write each of them.
import { readFileSync } from "node:fs";

import { profile } from "../unit/js/browser.js";

profile();
globalThis.document = { documentElement: {} };
const i18n = await import("../../static/js/shared/i18n.js");
const words = await import("../../static/js/shared/result_words.js");

const { language, numbers, shares, places, lists } = JSON.parse(readFileSync(0, "utf8"));
await i18n.setUpLanguage({ language, languages: [language], ownLanguage: true });
process.stdout.write(JSON.stringify({
  numbers: numbers.map(([value, digits]) => (digits === 1 ? words.decimal(value) : i18n.number(value))),
  shares: shares.map(([value, digits]) => words.share(value, digits)),
  whole: shares.map(([value]) => i18n.percent(value)),
  places: places.map(words.ordinal),
  decimals: lists.map((rows) => words.decimalsOf(rows, ["headcount", "balanced"])),
}));
