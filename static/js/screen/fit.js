// Nothing on the screen is ever cut off: entries are measured as they will be drawn, at ever smaller sizes down to a
// floor; what does not fit on one page then goes on further pages.
import { html, names, render, useEffect, useLayoutEffect, useRef, useState } from "../shared/dom.js";
import { t } from "../shared/i18n.js";

const PAGE_MS = 12000;
const MANY = 150; // entries: more of them go straight to the floor size, without trying the larger ones

/** Fills lanes of height `room` with entries of these `heights` in order, `lanes` to a page. `heading(index)`: whether
 *  an entry is a heading: it stands in one lane with all that follows it up to the next heading if a lane has room for
 *  them, and never last.
 *  Returns pages of lanes of indexes: [[[0, 1], [2]], …]; an entry higher than a lane has a lane of its own. */
export function paginate(heights, room, lanes, heading = () => false) {
  const filled = [];
  let left = -1;
  heights.forEach((height, index) => {
    const needed = heading(index) ? together(heights, index, room, heading) : height;
    if (!filled.length || needed > left) {
      filled.push([]);
      left = room;
    }
    filled[filled.length - 1].push(index);
    left -= height;
  });
  const pages = [];
  for (let start = 0; start < filled.length; start += lanes) pages.push(filled.slice(start, start + lanes));
  return pages.length ? pages : [[[]]];
}

/* The height of a heading with what stands under it, or, where no lane holds that, with the first entry only. */
function together(heights, index, room, heading) {
  let whole = heights[index];
  for (let next = index + 1; next < heights.length && !heading(next); next += 1) whole += heights[next];
  return whole <= room ? whole : heights[index] + (heights[index + 1] || 0);
}

/** How `count` columns stand on one page: so many across, so many rows, and lanes within each column. */
export function arrange(count, widest = 4) {
  const down = Math.max(1, Math.ceil(count / widest));
  const across = Math.max(1, Math.ceil(count / down));
  const lanes = Math.max(1, Math.floor(3.5 / across));
  return { across, down: Math.min(down, 2), lanes };
}

/* Draws entries out of sight at this size and lane width, and reads how high they are. */
function measure(host, columns, size, width, listClass) {
  host.style.fontSize = `${size}rem`;
  host.style.width = `${Math.floor(width)}px`;
  const heights = columns.map((column) => {
    render(html`<ol class=${names("lane", listClass)}>${column.entries.map((entry) => entry.node)}</ol>`, host);
    return Array.from(host.firstChild.children, (child) => child.getBoundingClientRect().height);
  });
  render(null, host);
  return heights;
}

/** Columns of entries on as many pages as it takes.
 *
 *  `columns`: [{id, label?, head?: node, entries: [{key, node: <li>, heading?}]}]; `sizes` in rem, largest first, the
 *  last one the floor; `lanes` within each column (left out: by how many columns there are). Pages turn by themselves,
 *  calmly, and say so. `content`: a text that changes whenever anything that is drawn changes; only then, and when the
 *  room for it changes, is it all measured again.
 *
 *  `summaries`: {columns, lanes} for a page before all others, ever shorter: the first of them that one page holds, else
 *  the last; none where the first page of `columns` shows `must` (keys) anyway.
 *  `foot(keys, page)`: what is said below about the entries with these keys, the ones on this page (-1: of the summary, 0:
 *  the first one); its room is that of the first page and of what there is to say about all. `further`: what comes on
 *  pages of its own after them: [{id, label, listClass, lanes, entries}], or [{id, label, node}] on one page as it is. `follow`: {key, mark}; with each new mark the page with that entry is turned to. */
export function Pages({
  columns, sizes, lanes, listClass, label, widest, content, summaries = [], must = [], foot, follow, further = [],
}) {
  const area = useRef(null);
  const ruler = useRef(null);
  const [layout, setLayout] = useState(null);
  const [page, setPage] = useState(0);
  const [measured, remeasure] = useState(0);
  const shape = arrange(columns.length, widest);
  const inColumn = lanes || shape.lanes;

  useEffect(() => {
    const again = () => remeasure((n) => n + 1);
    const watch = typeof ResizeObserver === "function" ? new ResizeObserver(again) : null;
    if (watch) watch.observe(area.current.parentElement);
    else window.addEventListener("resize", again);
    if (document.fonts && document.fonts.ready) document.fonts.ready.then(again);
    return () => {
      if (watch) watch.disconnect();
      else window.removeEventListener("resize", again);
    };
  }, []);

  useLayoutEffect(() => {
    if (!area.current.querySelector(".pages-lanes")) { // another page is shown now, which has nothing to measure by
      setPage(0);
      remeasure((n) => n + 1);
      return;
    }
    const below = (own, page) => (foot ? heightOf(ruler.current, area.current, foot(keysOf(own), page)) : 0);
    const drawn = { area: area.current, ruler: ruler.current, sizes, shape, lanes: inColumn, listClass };
    const all = fit(Object.assign({ columns, below: below(columns, 0) }, drawn));
    const missing = summaries.length > 0 && all && must.some((key) => !columns.some((column) => (
      (all.pages[column.id][0] || []).some((lane) => lane.some((index) => column.entries[index].key === key)))));
    const next = { all };
    for (let place = 0; missing && place < summaries.length && !(next.summary && next.summary.single); place += 1) {
      next.short = place;
      next.summary = fit(Object.assign({}, drawn, summaries[place], { below: below(summaries[place].columns, -1) }));
    }
    const whole = { across: 1, down: 1 };
    next.further = further.map((part) => !part.node && fit(Object.assign({}, drawn, {
      columns: [part], shape: whole, lanes: part.lanes, listClass: part.listClass, below: 0,
    })));
    if (JSON.stringify(next) !== JSON.stringify(layout)) setLayout(next);
  }, [content, measured]);

  const sheets = sheetsOf(layout, summaries, columns, shape.across * shape.down).concat(furtherSheets(layout, further));
  const count = sheets.length;
  const shown = Math.min(page, count - 1);
  useEffect(() => {
    const found = follow ? sheets.findIndex((sheet) => keysOn(sheet).includes(follow.key)) : -1;
    if (found >= 0) setPage(found);
  }, [follow && follow.mark, layout]);
  useEffect(() => {
    if (count < 2) return undefined;
    const turnTo = (step) => setPage((n) => (Math.min(n, count - 1) + count + step) % count);
    let timer = setInterval(() => turnTo(1), PAGE_MS);
    // whoever sits at the projector may turn pages too; then the next turn is a whole while away
    const pressed = (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
      turnTo(step);
      clearInterval(timer);
      timer = setInterval(() => turnTo(1), PAGE_MS);
    };
    document.addEventListener("keydown", pressed);
    return () => {
      clearInterval(timer);
      document.removeEventListener("keydown", pressed);
    };
  }, [count, follow && follow.mark]);
  const sheet = sheets[shown];
  const style = sheet.part
    ? { "--across": 1, "--down": 1, "--lanes": sheet.part.lanes }
    : { "--across": shape.across, "--down": shape.down, "--lanes": sheet.summary ? sheet.summary.lanes : inColumn };
  if (sheet.size) style.fontSize = `${sheet.size}rem`;
  return html`<div class="pages">
    <div class="pages-area" ref=${area} style=${style}>
      ${sheet.node}
      ${sheet.columns.map(({ column, lanes: filled }) => html`<section key=${column.id} class="pages-column"
        aria-label=${column.label || label}>
          ${column.head}
          <div class="pages-lanes" data-lanes=${column.id}>
            ${filled.map((lane, place) => html`<ol key=${`${shown}.${place}`}
              class=${names("lane", sheet.part ? sheet.part.listClass : listClass)}
              start=${(lane[0] || 0) + 1}>
              ${lane.filter((index) => index < column.entries.length).map((index) => column.entries[index].node)}
            </ol>`)}
            ${column.entries.length > 0 && filled.every((lane) => !lane.length) && html`<p
              class="pages-over">${t("All of these have been shown.")}</p>`}
          </div>
        </section>`)}
    </div>
    ${foot && !sheet.part && html`<div class="pages-foot">${foot(keysOn(sheet), sheet.summary ? -1 : shown)}</div>`}
    <div class="pages-ruler" ref=${ruler} aria-hidden="true"></div>
    ${count > 1 && html`<p class="pages-of">${t("Page {page} of {pages}", { page: shown + 1, pages: count })}</p>`}
  </div>`;
}

/* Every page in order: [{size, columns: [{column, lanes: [[index, …], …]}]}]; those of the summary first. A column that
   is over before the others stays empty. */
function sheetsOf(layout, summaries, columns, perPage) {
  const part = (fitted, own, summary) => chunk(own, perPage).flatMap((group) => {
    const pages = group.map((column) => (fitted && fitted.pages[column.id]) || [[column.entries.map((_, index) => index)]]);
    return Array.from({ length: Math.max(1, ...pages.map((all) => all.length)) }, (_, turn) => ({
      summary,
      size: fitted && fitted.size,
      columns: group.map((column, place) => ({ column, lanes: pages[place][turn] || [[]] })),
    }));
  });
  const short = layout && layout.summary && summaries[layout.short];
  return (short ? part(layout.summary, short.columns, short) : []).concat(part(layout && layout.all, columns));
}

/* The pages of what comes after the columns. */
function furtherSheets(layout, further) {
  return further.flatMap((part, place) => {
    if (part.node) return [{ part, node: part.node, columns: [] }];
    const fitted = layout && layout.further && layout.further[place];
    return ((fitted && fitted.pages[part.id]) || []).map((lanes) => ({
      part, size: fitted.size, columns: [{ column: part, lanes }],
    }));
  });
}

function keysOf(columns) {
  return columns.flatMap((column) => column.entries.map((entry) => entry.key));
}

/* How high what is said below may get. */
function heightOf(host, area, said) {
  host.style.fontSize = "";
  host.style.width = `${area.parentElement.clientWidth}px`;
  render(html`<div class="pages-foot">${said}</div>`, host);
  const { height } = host.firstChild.getBoundingClientRect();
  render(null, host);
  return height;
}

function keysOn(sheet) {
  return sheet.columns.flatMap(({ column, lanes }) => lanes.flatMap((lane) => lane
    .filter((index) => index < column.entries.length).map((index) => column.entries[index].key)));
}

function chunk(all, size) {
  const parts = [];
  for (let start = 0; start < all.length; start += size) parts.push(all.slice(start, start + size));
  return parts.length ? parts : [[]];
}

/* The largest size at which everything stands on one page, else the floor, and what stands on which page. */
function fit({ area, ruler, columns, sizes, shape, lanes, listClass, below }) {
  const list = area.querySelector(".pages-lanes");
  if (!list || !columns.length) return null;
  const floor = sizes[sizes.length - 1];
  const many = columns.reduce((sum, column) => sum + column.entries.length, 0) > MANY;
  for (const size of many ? [floor] : sizes) {
    const box = boxAt({ area, ruler, columns, size, shape, lanes, below });
    const heights = measure(ruler, columns, size, box.width, listClass);
    const pages = {};
    columns.forEach((column, place) => {
      pages[column.id] = paginate(heights[place], box.height, lanes, (index) => Boolean(column.entries[index].heading));
    });
    const single = columns.length <= shape.across * shape.down
      && columns.every((column) => pages[column.id].length === 1);
    if (single || size === floor) return { size, pages, single };
  }
  return null;
}

/* Width and height of one lane at this size. What stands over the columns is measured as they will be: the page that is
   shown may be another one. */
function boxAt({ area, ruler, columns, size, shape, lanes, below }) {
  const before = area.style.fontSize;
  area.style.fontSize = `${size}rem`;
  const style = getComputedStyle(area);
  const inner = getComputedStyle(area.querySelector(".pages-lanes"));
  const gap = parseFloat(style.columnGap) || 0;
  const rowGap = parseFloat(style.rowGap) || 0;
  const laneGap = parseFloat(inner.columnGap) || 0;
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  area.style.fontSize = before;
  const width = (area.clientWidth - gap * (shape.across - 1)) / shape.across;
  ruler.style.fontSize = `${size}rem`;
  ruler.style.width = `${Math.floor(width)}px`;
  render(columns.map((column) => html`<div class="pages-foot">${column.head}</div>`), ruler);
  const head = Math.max(...Array.from(ruler.children, (child) => child.getBoundingClientRect().height));
  render(null, ruler);
  // one line is kept free below, where the page number may have to stand
  const height = (area.parentElement.clientHeight - below - rowGap * (shape.down - 1)) / shape.down - head - 0.25 * rem;
  return { width: (width - laneGap * (lanes - 1)) / lanes, height };
}
