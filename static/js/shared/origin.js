// Where something comes from that nobody in the room wrote: a statement, or an earlier priority.
import { t } from "./i18n.js";

/** "Brought in · Census of 2022"; "" of what somebody wrote. */
export function originWords(item) {
  return item.brought ? [t("Brought in"), item.source].filter(Boolean).join(" · ") : "";
}
