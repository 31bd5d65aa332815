/* The badge by which somebody comes. What stands in the address is taken out of it at once, whoever is in: it is in no
   history, and the next badge opened in the same tab is seen. */
import { isCode } from "../shared/ids.js";
import { write } from "../shared/storage.js";

/* Where a badge is kept until somebody has come in by it, or was in already. */
export const badgeKey = (id) => `edp.${id}.badge`;

export function takeBadge(id) {
  const found = /^#b=(.+)$/.exec(window.location.hash);
  if (!found) return;
  window.history.replaceState(null, "", window.location.pathname);
  if (isCode(found[1])) write(badgeKey(id), found[1]);
}
