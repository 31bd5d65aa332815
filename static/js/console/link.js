// A link that works once, as it is handed on: a QR code to scan, the address to copy, and until when it can be used.
import { html, useState } from "../shared/dom.js";
import { currentLanguage, t } from "../shared/i18n.js";
import { copy } from "../shared/parts.js";

/** `made`: {url, qr: {size, path}, until}. `words` says whom it is for, `until` how long it can be used. */
export function OnceLink({ made, words, until, done }) {
  const [copied, setCopied] = useState("");
  const { size, path } = made.qr;
  const press = () => setCopied(copy(made.url) ? t("Copied")
    : t("Copying did not work. Please select the text and copy it by hand."));
  return html`<div class="once">
    <svg class="once-qr" viewBox=${`0 0 ${size} ${size}`} role="img" aria-label=${t("QR code of the link")}
      shape-rendering="crispEdges"><rect width=${size} height=${size} fill="#fff" /><path d=${path} fill="#000" /></svg>
    <div>
      <p>${words}</p>
      <p>${until}</p>
      <input class="input" readonly aria-label=${t("The link")} value=${made.url}
        onFocus=${(event) => event.currentTarget.select()} />
      <p class="row"><button type="button" class="button-outline" onClick=${press}>${t("Copy the link")}</button>
        <button type="button" class="button-bare" onClick=${done}>${t("Close")}</button></p>
      <p role="status">${copied}</p>
    </div>
  </div>`;
}

/** A part of the console that makes such links: [made, setMade, take, problem]. `take(answer, keep)` keeps what the server
 *  answered, or says why there is nothing; `problem` is that, drawn. */
export function useOnceLink() {
  const [made, setMade] = useState(null);
  const [problem, setProblem] = useState("");
  const take = ({ data, error }, keep) => {
    setProblem(data ? "" : error || t("The server could not be reached. Please try again."));
    if (data) keep(data);
  };
  return [made, setMade, take, problem && html`<p class="said said-bad" role="alert">${problem}</p>`];
}

/** A moment within a week: "Monday 14:05". */
export function dayAndTime(ms) {
  const parts = { weekday: "long", hour: "2-digit", minute: "2-digit", hour12: false };
  return new Intl.DateTimeFormat(currentLanguage(), parts).format(ms);
}
