// The board: what people wrote, filling up as they write (gather), and being put in order (sort).
import { html, useRef } from "../shared/dom.js";
import { t, tn, w } from "../shared/i18n.js";
import { byColumn, ColumnHead, Figure, GroupKey, Note } from "./pieces.js";
import { Pages } from "./fit.js";
import { arrange } from "./paginate.js";

const SIZES = [2.5, 2.25, 2, 1.75]; // rem: 40, 36, 32, 28 px at 1080p
const ARRIVING_MS = 6000;

/* An item as it stands now: it is another one after a merge. */
function markOf(item) {
  return `${item.id}/${(item.merged || []).length}`;
}

/* Which items came, or grew by a merge, while this page was watching, and the newest of them; the first ones it sees
   have always been there. */
function useArrivals(items) {
  const known = useRef(null);
  const newest = useRef(undefined);
  const now = Date.now();
  const first = known.current === null;
  if (first) known.current = new Map();
  items.forEach((item) => {
    const mark = markOf(item);
    if (known.current.has(mark)) return;
    known.current.set(mark, first ? 0 : now);
    if (!first) newest.current = { key: item.id, mark };
  });
  const arrives = (item) => now - known.current.get(markOf(item)) < ARRIVING_MS;
  return { arrives, newest: newest.current };
}

/** The board of a gather or sort run. While nobody may see it yet, what was brought in and how many have been written. */
export function Board({ run, groups, sides, moderated }) {
  const board = run.board || run.brought;
  const items = board ? Object.keys(board.items).map((id) => board.items[id]) : [];
  const { arrives, newest } = useArrivals(items);
  if (!board) return html`<${Counting} run=${run} />`;
  if (!items.length) return html`<${Empty} run=${run} moderated=${moderated} />`;
  const indent = items.some((item) => item.group);
  const lines = (run.fields || []).filter((field) => field.shown);
  const columns = byColumn(run.columns, board.items).map(({ column, items: own }) => ({
    id: column.id,
    label: w(column.name),
    head: html`<${ColumnHead} column=${column} count=${own.length} />`,
    entries: own.map((item) => ({
      key: item.id,
      node: html`<${Note} key=${item.id} item=${item} groups=${groups} sides=${sides} indent=${indent} lines=${lines}
        arrives=${arrives(item)} />`,
    })),
  }));
  return html`<div class="board">
    <${Pages} columns=${columns} sizes=${SIZES} listClass="notes" label=${t("Contributions")}
      content=${contentOf(items, run)} follow=${run.status === "open" ? newest : undefined} />
    <${GroupKey} groups=${groups} items=${items} />
    ${!run.board && html`<p class="plain board-foot">${tn("{n} contribution so far.", "{n} contributions so far.", written(run))} ${
  t("What everyone wrote is shown when the stage is closed.")}</p>`}
  </div>`;
}

/* A board that waits for its first item. */
function Empty({ run, moderated }) {
  const { across } = arrange(run.columns.length);
  return html`<div class="empty">
    <div class="pages-area" style=${{ "--across": across }}>
      ${run.columns.length > 1 && run.columns.map((column) => html`<${ColumnHead} key=${column.id} column=${column} count=${0} />`)}
    </div>
    <p class="nothing">${run.status === "closed" ? t("Nothing was written.") : moderated ? t("Write on your phone: it appears here once the facilitator has read it.")
      : t("Write on your phone: it appears here.")}</p>
  </div>`;
}

/* What a board draws, as one text: it is measured again when this changes. */
function contentOf(items, run) {
  return JSON.stringify([run.columns, items.map((item) => [item.id, item.column, item.title, item.group, item.territory, item.source, item.translations, item.fields,
    (item.merged || []).map((one) => [one.title, one.territory, one.translations])])]);
}

function written({ columns, count = {} }) {
  return columns.reduce((sum, column) => sum + (count[column.id] || 0), 0);
}

/* Nobody sees what others write until the stage is closed: the room sees how much there is. */
function Counting({ run }) {
  const count = run.count || {};
  const total = written(run);
  return html`<div class="counting">
    <${Figure} value=${total} words=${tn("contribution so far", "contributions so far", total)} />
    <ul class="counting-columns">
      ${run.columns.length > 1 && run.columns.map((column) => html`<li key=${column.id}>
        <${ColumnHead} column=${column} count=${count[column.id] || 0} /></li>`)}
    </ul>
    <p class="plain">${t("What everyone wrote is shown when the stage is closed.")}</p>
  </div>`;
}
