// Who is waited for in front of everybody, as one polite line: the same on the screen and on the phones.
import { t, tn, w } from "./i18n.js";

/** The line that `view` asks for, or "". */
export function reminderLine(view) {
  const { reminder } = view;
  if (!reminder || view.workshop.ended) return "";
  if (!reminder.group) return someLine(reminder.kind);
  const found = view.groups.find((group) => group.id === reminder.group);
  if (!found) return "";
  const group = w(found.name);
  if (reminder.about === "answered") {
    return {
      vote: t("{group}: please take a moment to vote.", { group }),
      ask: t("{group}: please take a moment to answer.", { group }),
    }[reminder.kind] || t("{group}: please take a moment to write something.", { group });
  }
  const { here, expected } = reminder;
  if (!expected) return t("Is anybody here for “{group}”?", { group });
  if (here) {
    return tn("{group}: {n} of {expected} is here. Who is still on the way?",
      "{group}: {n} of {expected} are here. Who is still on the way?", here, { group, expected });
  }
  return tn("Is anybody here for “{group}”? One person was expected.",
    "Is anybody here for “{group}”? {n} were expected.", expected, { group });
}

/* The same without naming a group, which would point at the one or two people of it. */
function someLine(kind) {
  return {
    vote: t("Some votes are still missing: please take a moment to vote."),
    ask: t("Some answers are still missing: please take a moment to answer."),
  }[kind] || t("Some have written nothing yet: please take a moment to write something.");
}
