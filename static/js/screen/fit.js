// Nothing on the screen is ever cut off: what does not fit on one page at the smallest size goes on further pages.
import { html, names, useEffect, useLayoutEffect, useRef, useState } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { fit, Ruler } from "./measure.js";
import { arrange } from "./paginate.js";

const PAGE_MS = 12000;

/** Columns of entries on as many pages as it takes.
 *
 *  `columns`: [{id, label?, head?: node, entries: [{key, node: <li>, heading?}]}]; `sizes` in rem, largest first, the
 *  last one the floor; `lanes` within each column (left out: by how many columns there are), one of them if that does
 *  where `fewest`. Pages turn by themselves, calmly, and say so; the first one after `stay` milliseconds. `content`: a text
 *  that changes whenever anything that is drawn changes; only then, and when the room for it changes, is it all measured
 *  again.
 *
 *  `over(page)`, `foot(keys, page)`: what is said above and below the entries with these keys. `page`: {level, summary}
 *  of page one, {compact} of a later one. `levels`: how much is said on page one, from 0, the most; less only where not all that
 *  `must` (keys) stand there has room otherwise. `summaries`: [{columns, lanes}] for a page before all others where the
 *  list itself cannot begin with what must stand there, from the one that tells most; the last one may take several.
 *  `compact`: {columns, lanes} of the same in less room, after a summary, where it takes fewer pages.
 *  `further(level)`: what comes on pages of its own after them: [{id, label, listClass, lanes, entries, sizes?}], or
 *  [{id, label, node}] on one page as it is. `follow`: {key, mark}; with each new mark the page with that entry is
 *  turned to. */
export function Pages(props) {
  const { columns, lanes, listClass, label, widest, content, over, foot, follow, further, stay } = props;
  const area = useRef(null);
  const ruler = useRef(null);
  const [layout, setLayout] = useState(null);
  const [page, setPage] = useState(0);
  const [held, setHeld] = useState(false);
  const [measured, remeasure] = useState(0);
  const shape = arrange(columns.length, widest);
  const inColumn = lanes || shape.lanes;
  useRoom(area, () => remeasure((n) => n + 1));

  useLayoutEffect(() => {
    if (!area.current.querySelector(".pages-lanes")) { // another page is shown now, which has nothing to measure by
      if (shown > 0) { // the first one has, unless there are no columns at all: asked again and again, it would never end
        setPage(0);
        remeasure((n) => n + 1);
      }
      return;
    }
    const next = laidOut(new Ruler(ruler.current, area.current), Object.assign({}, props, { shape, lanes: inColumn }));
    if (JSON.stringify(next) !== JSON.stringify(layout)) setLayout(next);
  }, [content, measured]);

  const parts = further ? further(layout ? layout.level : 0) : [];
  const sheets = sheetsOf(layout, props, shape.across * shape.down).concat(furtherSheets(layout, parts));
  const shown = Math.min(page, sheets.length - 1);
  useEffect(() => {
    const found = follow ? sheets.findIndex((sheet) => keysOn(sheet).includes(follow.key)) : -1;
    if (found >= 0 && !held) setPage(found);
  }, [follow && follow.mark, layout]);
  useTurning({ shown, count: sheets.length, setPage, held, setHeld, stay, mark: follow && follow.mark });
  const sheet = sheets[shown];
  const said = !sheet.part && (shown > 0 ? laterPage(layout, props) : { level: layout ? layout.level : 0, summary: sheet.summary });
  const style = sheet.part
    ? { "--across": 1, "--down": 1, "--lanes": sheet.part.lanes }
    : { "--across": shape.across, "--down": shape.down, "--lanes": sheet.lanes || inColumn };
  if (sheet.size) style.fontSize = `${sheet.size}rem`;
  return html`<div class="pages">
    ${over && said && html`<div class="pages-said">${over(said)}</div>`}
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
    ${foot && said && html`<div class="pages-foot">${foot(keysOn(sheet), said)}</div>`}
    <div class="pages-ruler" ref=${ruler} aria-hidden="true"></div>
    ${sheets.length > 1 && html`<div class="pages-where">${held && html`<p class="pages-held">${t("page held")}</p>`}
      <p class="pages-of">${t("Page {page} of {pages}", { page: shown + 1, pages: sheets.length })}</p></div>`}
  </div>`;
}

/* Calls `again` whenever there is another room for the pages, or other letters. */
function useRoom(area, again) {
  useEffect(() => {
    const watch = typeof ResizeObserver === "function" ? new ResizeObserver(again) : null;
    if (watch) watch.observe(area.current.parentElement);
    else window.addEventListener("resize", again);
    if (document.fonts && document.fonts.ready) document.fonts.ready.then(again);
    return () => {
      if (watch) watch.disconnect();
      else window.removeEventListener("resize", again);
    };
  }, []);
}

/* Turns the pages. Whoever sits at the projector, or has a clicker for it, may, too: a page turned to by hand, or by the
   space bar the one that is shown, is held until the space bar lets them go on. */
function useTurning({ shown, count, setPage, held, setHeld, stay = PAGE_MS, mark }) {
  useEffect(() => {
    if (count < 2) return undefined;
    const turnTo = (step) => setPage((n) => (Math.min(n, count - 1) + count + step) % count);
    const timer = held ? 0 : setTimeout(() => turnTo(1), shown > 0 ? PAGE_MS : stay);
    const pressed = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const step = { ArrowRight: 1, ArrowLeft: -1, PageDown: 1, PageUp: -1 }[event.key];
      if (!step && event.key !== " ") return;
      event.preventDefault();
      setHeld(step ? true : !held);
      if (step) turnTo(step);
    };
    document.addEventListener("keydown", pressed);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("keydown", pressed);
    };
  }, [shown, count, held, stay, mark]);
}

function laterPage(layout, { compact }) {
  return layout && layout.isCompact ? { compact } : {};
}

/* What stands on which page at which size: {level, all, short?, summary?, further}. */
function laidOut(ruler, { columns, sizes, shape, lanes, listClass, fewest, over, foot, levels = 1, summaries = [],
  must = [], compact, further }) {
  const left = (own, page) => ruler.height - (over ? ruler.said("pages-said", over(page)) : 0)
    - (foot ? ruler.said("pages-foot", foot(keysOf(own), page)) : 0);
  const later = left(columns, {});
  const whole = { id: "all", columns, sizes, shape, lanes, listClass, fewest, even: fewest };
  const shorts = summaries.map((summary, place) => Object.assign({}, whole, summary, { id: `short ${place}`, even: true }));
  const every = Array.from({ length: levels }, (_, level) => level);
  const listed = (level) => fit(ruler, whole, { first: left(columns, { level }), later });
  const short = (place, level) => {
    const first = left(shorts[place].columns, { level, summary: summaries[place] });
    return fit(ruler, shorts[place], { first, later: first });
  };
  const told = every.slice(0, Math.max(1, levels - 1)); // the last level says nothing of all that
  const begun = { all: listed(0), level: 0 };
  const found = first(told, (level) => {
    const all = level ? listed(level) : begun.all;
    return all && all.single && { all, level };
  }) || first(told, (level) => {
    const all = listed(level);
    return all && holds(all, columns, must) && { all, level };
  }) || first([told, every.slice(told.length)], (some) => first(shorts, (_, place) => first(some, (level) => {
    const summary = short(place, level);
    return summary && summary.single && { level, short: place, summary };
  }))) || (shorts.length > 0 && {
    level: levels - 1, short: shorts.length - 1, summary: short(shorts.length - 1, levels - 1),
  }) || begun;
  // after a summary, all pages of the list are later ones
  const lists = found.all ? [] : [whole].concat(compact ? Object.assign({}, whole, compact, { id: "compact" }) : [])
    .map((plan) => fit(ruler, plan, { first: later, later }));
  const all = found.all || lists.reduce((best, one) => (pagesOf(one) < pagesOf(best) ? one : best));
  const parts = (further ? further(found.level) : []).map((part) => !part.node && fit(ruler, {
    id: part.id, columns: [part], sizes: part.sizes || sizes, shape: { across: 1, down: 1 }, lanes: part.lanes, listClass: part.listClass,
  }, { first: ruler.height, later: ruler.height }));
  return Object.assign({ further: parts }, found, { all, isCompact: all !== found.all && all === lists[1] });
}

function pagesOf(fitted) {
  return Math.max(...Object.keys(fitted.pages).map((id) => fitted.pages[id].length));
}

/* What `find` returns for the first of `all` for which it returns something. */
function first(all, find) {
  for (let place = 0; place < all.length; place += 1) {
    const found = find(all[place], place);
    if (found) return found;
  }
  return null;
}

/* Whether all these keys stand on page one. */
function holds(fitted, columns, keys) {
  const there = columns.flatMap((column) => (fitted.pages[column.id][0] || [])
    .flatMap((lane) => lane.map((index) => column.entries[index].key)));
  return keys.every((key) => there.includes(key));
}

/* Every page in order: [{size, lanes, columns: [{column, lanes: [[index, …], …]}]}]; those of the summary first. A column
   that is over before the others stays empty. */
function sheetsOf(layout, { summaries = [], compact, columns: whole }, perPage) {
  const columns = layout && layout.isCompact ? compact.columns : whole;
  const part = (fitted, own, summary) => chunk(own, perPage).flatMap((group) => {
    const pages = group.map((column) => (fitted && fitted.pages[column.id]) || [[column.entries.map((_, index) => index)]]);
    return Array.from({ length: Math.max(1, ...pages.map((all) => all.length)) }, (_, turn) => ({
      summary,
      size: fitted && fitted.size,
      lanes: fitted && fitted.lanes,
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

function keysOn(sheet) {
  return sheet.columns.flatMap(({ column, lanes }) => lanes.flatMap((lane) => lane
    .filter((index) => index < column.entries.length).map((index) => column.entries[index].key)));
}

function chunk(all, size) {
  const parts = [];
  for (let start = 0; start < all.length; start += size) parts.push(all.slice(start, start + size));
  return parts.length ? parts : [[]];
}
