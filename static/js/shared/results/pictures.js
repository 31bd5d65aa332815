// Which pictures of a result are worth a page or a tap, by what the result has; the server draws them (see picture.js).
import { html, useState } from "../dom.js";
import { t, w } from "../i18n.js";
import { Picture } from "../picture.js";

/** The names of the pictures, the one that says most first. */
export function picturesIn({ result }) {
  if (result.few || !result.columns.some((listing) => listing.items.length)) return [];
  const { method } = result;
  const rows = result.columns.flatMap((listing) => listing.items);
  return [
    method === "axes" && "axes",
    method === "criteria" && "heat",
    rows.some((row) => row.before) && "before_and_after",
    result.rule === "portfolio" && (result.columns[0].portfolio || { chosen: [] }).chosen.length > 0 && "portfolio",
    ["dots", "points"].includes(method) && (result.cells || []).length > 1 && "by_group",
  ].filter(Boolean);
}

/* What a picture is called. */
function pictureName(name) {
  return {
    axes: t("Both scales in one picture"),
    heat: t("All criteria in one picture"),
    before_and_after: t("Before and after"),
    portfolio: t("Who backed what"),
    by_group: t("All groups in one picture"),
  }[name];
}

/** The pictures of a result, one for each of its lists where each has its own: [{name, column, label}]. */
export function picturesByColumn(drawing) {
  const columns = drawing.result.columns.map((listing) => listing.column);
  return picturesIn(drawing).flatMap((name) => (name === "by_group" ? columns : columns.slice(0, 1)).map((column) => {
    const under = column && drawing.columns.find((one) => one.id === column);
    return { name, column, label: under ? `${pictureName(name)} · ${w(under.name)}` : pictureName(name) };
  }));
}

/** The same, each one tap away and not fetched before. `of`: {code, run}. */
export function FoldedPictures({ of, drawing, place }) {
  return picturesByColumn(drawing).map(({ name, column, label }) => html`<${Folded}
    key=${`${name}.${column}`} of=${of} name=${name} column=${column} label=${label} place=${place} drawing=${drawing} />`);
}

function Folded({ of, name, column, label, place, drawing }) {
  const [open, setOpen] = useState(false);
  return html`<details class="result-picture" onToggle=${(event) => setOpen(event.currentTarget.open)}>
    <summary>${label}</summary>
    ${open && html`<${Picture} ...${of} name=${name} column=${column} place=${place} version=${drawing.version} />`}
  </details>`;
}
