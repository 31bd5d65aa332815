// What the console asks of the pages of its own server, beside the live connection: JSON, signed with the page's token.

/** The answer to `url` as JSON: {data} or {error}, words that can be shown. Asks with POST where `config` is given,
 *  whose token says that it was this page. */
export async function ask(url, config) {
  const headers = { Accept: "application/json" };
  const post = config ? { method: "POST" } : {};
  if (config) headers["X-CSRFToken"] = config.csrf;
  try {
    const answer = await fetch(url, Object.assign({ credentials: "same-origin", headers }, post));
    const data = await answer.json();
    return answer.ok ? { data } : { error: data.error };
  } catch (problem) {
    return {}; // no connection, or no answer that could be read
  }
}
