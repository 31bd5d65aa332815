import { currentLanguage } from "./i18n.js";

/* In a rehearsal: once the copy was thrown away, the page is loaded anew, since a fresh copy has the same address. Where there is
   none, the rehearsal has ended, and a page says so. */
export function followRehearsal(connection, { rehearsal, over_url: over }) {
  let gone = !rehearsal;
  const reload = () => window.location.reload();
  const look = () => fetch(window.location.pathname, { credentials: "same-origin" }).then(({ status }) => (
    status === 404 ? window.location.replace(`${over}?language=${currentLanguage()}`) : reload()), reload);
  connection.subscribe(({ refusal }) => {
    if (gone || !refusal || refusal.code !== "unknown_workshop") return;
    gone = true;
    setTimeout(look, 500 + 1000 * Math.random());
  });
}
