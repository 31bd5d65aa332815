/* Pictures of a revealed result. The server draws them (edp_app/charts); here they are put into the page, so that they
   follow its theme and type, with their words and a table beside them. A page that shows them imports _picture.css. */
import { html, useEffect, useRef, useState } from "./dom.js";
import { currentLanguage, t } from "./i18n.js";

const SETTLE_MS = 200;

function address(code, run, name, kind, params) {
  const asked = [];
  Object.keys(params).forEach((key) => {
    [].concat(params[key]).forEach((value) => {
      if (value !== undefined && value !== "") asked.push(`${key}=${encodeURIComponent(value)}`);
    });
  });
  return `/j/${code}/picture/${encodeURIComponent(run)}/${name}.${kind}?${asked.join("&")}`;
}

/** The names of the pictures that the result of a run has: {pictures, of_item}. Rejects where it has none to show. */
export async function picturesOf(code, run) {
  const answer = await fetch(`/j/${code}/pictures/${encodeURIComponent(run)}.json`, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`pictures: ${answer.status}`);
  return answer.json();
}

async function fetched(url) {
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`picture: ${answer.status}`);
  return answer.text();
}

/* The drawing as an element of this page; scripts cannot be in it, and would not run. */
function drawing(text) {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (parsed.localName !== "svg") throw new Error("picture: not a drawing");
  const svg = document.importNode(parsed, true);
  svg.setAttribute("class", "picture-drawing");
  return svg;
}

/* How wide a box is in pixels of a screen of 1920 × 1080, or as it is elsewhere: on the screen a rem is 16 of those. */
function measured(box, place) {
  const rem = place === "screen" ? parseFloat(getComputedStyle(document.documentElement).fontSize) : 16;
  return { width: Math.floor((box.clientWidth * 16) / rem), height: Math.floor((box.clientHeight * 16) / rem) };
}

/* The size of the element in `ref`, again after the window has come to rest in another one. */
function useSize(ref, place) {
  const [size, setSize] = useState(null);
  useEffect(() => {
    let timer;
    const look = () => ref.current && setSize(measured(ref.current, place));
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(look, SETTLE_MS);
    };
    look();
    window.addEventListener("resize", later);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("resize", later);
    };
  }, [place]);
  return size;
}

/** One picture of a revealed run, drawn for the width it has.
 *
 *  `code`: of the workshop. `run`: id of the revealed run. `name`: one of those that {@link picturesOf} tells.
 *  `place`: "screen" (no controls, nothing below 28 px at 1080 lines), "page" or "phone".
 *  `column`, `items` (ids), `start`, `limit`: of what; all of it, if left out.
 *  `fit`: also as high as the box at most, which then needs a height of its own: it shows as many items as fit.
 *  `version`: anything that changes when the result may have changed (a hidden title), so that it is fetched anew.
 *  `onShown({start, shown, all})`: which items are in it now, for turning pages. */
export function Picture({
  code, run, name, place = "page", column = "", items = [], start = 0, limit, fit = false, version = 0, onShown,
}) {
  const frame = useRef(null);
  const size = useSize(frame, place);
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const lang = currentLanguage();
  const params = { lang, for: place, column, item: items, start: start || undefined, limit };
  const room = size && Object.assign({ width: size.width, height: fit ? size.height : undefined }, params);
  const url = room && size.width > 0 ? address(code, run, name, "svg", room) : "";
  useEffect(() => {
    if (!url) return undefined;
    let wanted = true;
    fetched(url).then((text) => {
      if (!wanted || !frame.current) return;
      const svg = drawing(text);
      while (frame.current.firstChild) frame.current.removeChild(frame.current.firstChild);
      frame.current.appendChild(svg);
      setFailed(false);
      const of = (fact) => Number(svg.getAttribute(`data-${fact}`));
      if (onShown) onShown({ start: of("start"), shown: of("shown"), all: of("all") });
    }).catch(() => wanted && setFailed(true));
    return () => { wanted = false; };
  }, [url, version, attempt]);
  return html`<figure class=${`picture-figure is-${place}${fit ? " fits" : ""}`}>
    <div class="picture-frame" ref=${frame}></div>
    ${failed && html`<p class="picture-failed">${t("The picture could not be fetched.")}
      ${place !== "screen" && html` <button type="button" class="button-bare" onClick=${() => setAttempt(attempt + 1)}>
        ${t("Try again")}</button>`}</p>`}
    ${place !== "screen" && html`<${AsTable} key=${`${run} ${name} ${column} ${items} ${lang} ${version}`}
      url=${address(code, run, name, "json", { lang, for: place, column, item: items })} />`}
  </figure>`;
}

/* The figures of a picture one tap away. */
function AsTable({ url }) {
  const [told, setTold] = useState(null);
  const [failed, setFailed] = useState(false);
  const open = (event) => {
    if (!event.currentTarget.open || told) return;
    fetched(url).then((text) => setTold(JSON.parse(text))).then(() => setFailed(false)).catch(() => setFailed(true));
  };
  return html`<details class="picture-table" onToggle=${open}>
    <summary>${t("Show as a table")}</summary>
    ${failed && html`<p>${t("The table could not be fetched. Please close it and open it again.")}</p>`}
    ${told && html`<p>${told.alt}</p>
    <div class="picture-scroll" tabindex="0" role="group" aria-label=${t("Table")}><table>
      <thead><tr>${told.table.head.map((head, place) => html`<th key=${place} scope="col">${head}</th>`)}</tr></thead>
      <tbody>${told.table.rows.map((row, line) => html`<tr key=${line}>${row.map((cell, place) => (place === 0
        ? html`<th key=${place} scope="row">${cell}</th>` : html`<td key=${place}>${cell}</td>`))}</tr>`)}</tbody>
    </table></div>`}
  </details>`;
}
