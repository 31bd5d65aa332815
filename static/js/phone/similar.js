/* What others have written that may say the same, while one writes: asked for after a pause in typing, of what is
   shown by then. It stands below the button, so that nothing moves under the finger, and forces nothing. */
import { html, useEffect, useState } from "../shared/dom.js";
import { t, tn } from "../shared/i18n.js";
import { Extras } from "./board.js";
import { Icon } from "./parts.js";

const PAUSE_MS = 1000;
const LEAST = 5; // characters: a word or two
const MOST = 500; // characters that are asked about

export function Similar({ live, run, column, text }) {
  const [found, setFound] = useState([]);
  const words = text.trim();
  useEffect(() => {
    let stale = false;
    if (words.length < LEAST) setFound([]);
    const timer = words.length >= LEAST && setTimeout(() => {
      live.connection.inquire("similar", { run: run.run, column, text: words.slice(0, MOST) },
        (answer) => !stale && setFound(answer.items || []));
    }, PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [words, column]);
  const items = found.map((id) => (run.board || run.brought).items[id]).filter(Boolean);
  return html`<div class="similar" role="status">${words.length >= LEAST && items.length > 0 && html`
    <p class="hint"><b>${tn("Somebody may have written this already.", "Others may have written this already.", items.length)}</b>
      ${" "}${t("You can send yours all the same.")}</p>
    ${items.map((item) => html`<details key=${item.id}><summary><span class="words">${item.title}</span><${Icon} name="down" /></summary>
      <${Extras} item=${item} groups=${live.view.groups} sides=${live.view.territories} /></details>`)}`}</div>`;
}
