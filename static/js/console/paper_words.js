// What is said of a sheet of paper that was not taken: which line it is about, and why.
import { t, tn, w } from "../shared/i18n.js";

/** A line of a sheet by its number, words and column. */
export function nameOf(run, item) {
  const column = run.columns.find((one) => one.id === item.column);
  return t("Number {n}, “{title}”, under “{column}”", { n: item.n, title: item.title, column: column ? w(column.name) : "" });
}

/** What is amiss with the places of a ranking. */
export function placeText(run, { item, place, gap, beyond }) {
  const line = nameOf(run, run.candidates[item]);
  if (beyond) return tn("{line}: there is one place only.", "{line}: there are {n} places only.", beyond, { line });
  return gap ? t("{line}: a place before {place} is empty.", { line, place })
    : t("{line}: place {place} stands on the sheet twice.", { line, place });
}

/** That a sheet with this number stands already and says something else. */
export const takenText = (n) => t("Another sheet {n} was typed in meanwhile. It stands as it is. Give this one its own number, or correct that one.", { n });

/** Why the sheet `n` was not taken, where that is about one of its lines or its number; else "". */
export function lineText(view, run, code, params, n) {
  if (code === "outdated") return takenText(n);
  const item = run.candidates[params.item] || view.items[params.item];
  if (!item) return "";
  const line = nameOf(run, item);
  if (code === "cap_reached") {
    return run.method.type === "points"
      ? tn("{line}: one person may give an item one point at most. Nothing of this sheet was saved.",
        "{line}: one person may give an item {n} points at most. Nothing of this sheet was saved.", params.cap, { line })
      : tn("{line}: one person may give an item one dot at most. Nothing of this sheet was saved.",
        "{line}: one person may give an item {n} dots at most. Nothing of this sheet was saved.", params.cap, { line });
  }
  if (code === "no_dots_left") {
    return tn("{line}: with it the sheet gives more than its one dot. Nothing of this sheet was saved.",
      "{line}: with it the sheet gives more than its {n} dots. Nothing of this sheet was saved.", run.method.dots, { line });
  }
  if (code === "incomplete") {
    return t("{line}: not every field is filled; 0 stands for “don’t know”. Nothing of this sheet was saved.", { line });
  }
  if (code === "bad_value") {
    return t("{line}: this cannot stand there. Nothing of this sheet was saved.", { line });
  }
  if (code === "item_hidden" || code === "unknown_item") {
    return t("{line}: it cannot be voted on any more. Nothing of this sheet was saved; save it again without this line.", { line });
  }
  return "";
}
