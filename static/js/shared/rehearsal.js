/* In a rehearsal: once the copy was thrown away, the page is loaded anew, since a fresh copy has the same address. */
export function followRehearsal(connection, { rehearsal }) {
  let gone = !rehearsal;
  connection.subscribe(({ refusal }) => {
    if (gone || !refusal || refusal.code !== "unknown_workshop") return;
    gone = true;
    setTimeout(() => window.location.reload(), 500 + 1000 * Math.random());
  });
}
