// Nothing on the screen is ever cut off: entries are measured as they will be drawn, at ever smaller sizes down to a
// floor; what does not fit on one page then goes on further pages.
import { html, names, render, useEffect, useLayoutEffect, useRef, useState } from "../shared/dom.js";
import { t } from "../shared/i18n.js";

const PAGE_MS = 12000;
const MANY = 150; // entries: more of them go straight to the floor size, without trying the larger ones

/** Fills lanes of height `room` with entries of these `heights` in order, `lanes` to a page. `heading(index)`: whether
 *  an entry is a heading, which never stands last in a lane.
 *  Returns pages of lanes of indexes: [[[0, 1], [2]], …]; an entry higher than a lane has a lane of its own. */
export function paginate(heights, room, lanes, heading = () => false) {
  const filled = [];
  let left = -1;
  heights.forEach((height, index) => {
    const needed = heading(index) ? height + (heights[index + 1] || 0) : height;
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
 *  `columns`: [{id, head?: node, entries: [{key, node: <li>, heading?}]}]; `sizes` in rem, largest first, the last one
 *  the floor; `lanes` within each column (left out: by how many columns there are). Pages turn by themselves, calmly, and say so.
 *  `content`: a text that changes whenever anything that is drawn changes; only then is it all measured again. */
export function Pages({ columns, sizes, lanes, listClass, label, widest, content }) {
  const area = useRef(null);
  const ruler = useRef(null);
  const [layout, setLayout] = useState(null);
  const [page, setPage] = useState(0);
  const [measured, remeasure] = useState(0);
  const shape = arrange(columns.length, widest);
  const inColumn = lanes || shape.lanes;
  const groups = chunk(columns, shape.across * shape.down);

  useEffect(() => {
    const again = () => remeasure((n) => n + 1);
    window.addEventListener("resize", again);
    if (document.fonts && document.fonts.ready) document.fonts.ready.then(again);
    return () => window.removeEventListener("resize", again);
  }, []);

  useLayoutEffect(() => {
    const next = fit({ area: area.current, ruler: ruler.current, columns, sizes, shape, lanes: inColumn, listClass });
    if (JSON.stringify(next) !== JSON.stringify(layout)) setLayout(next);
  }, [content, measured]);

  const turns = groups.map((group) => Math.max(1, ...group.map((column) => pagesOf(layout, column).length)));
  const count = turns.reduce((sum, n) => sum + n, 0);
  const shown = Math.min(page, count - 1);
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
  }, [count]);
  const { group, turn } = locate(groups, turns, shown);
  const style = { "--across": shape.across, "--down": shape.down, "--lanes": inColumn };
  if (layout) style.fontSize = `${layout.size}rem`;
  return html`<div class="pages">
    <div class="pages-area" ref=${area} style=${style}>
      ${group.map((column) => {
        const pages = pagesOf(layout, column);
        return html`<section key=${column.id} class="pages-column" aria-label=${column.label || label}>
          ${column.head}
          <div class="pages-lanes" data-lanes=${column.id}>
            ${pages[turn % pages.length].map((lane, place) => html`<ol key=${`${turn}.${place}`}
              class=${names("lane", listClass)}
              start=${(lane[0] || 0) + 1}>
              ${lane.filter((index) => index < column.entries.length).map((index) => column.entries[index].node)}
            </ol>`)}
          </div>
        </section>`;
      })}
    </div>
    <div class="pages-ruler" ref=${ruler} aria-hidden="true"></div>
    ${count > 1 && html`<p class="pages-of">${t("Page {page} of {pages}", { page: shown + 1, pages: count })}</p>`}
  </div>`;
}

function chunk(all, size) {
  const parts = [];
  for (let start = 0; start < all.length; start += size) parts.push(all.slice(start, start + size));
  return parts.length ? parts : [[]];
}

function pagesOf(layout, column) {
  return (layout && layout.pages[column.id]) || [[column.entries.map((_, index) => index)]];
}

/* Which group of columns is shown on this page, and which of its pages. */
function locate(groups, turns, page) {
  let before = 0;
  for (let place = 0; place < groups.length; place += 1) {
    if (page < before + turns[place]) return { group: groups[place], turn: page - before };
    before += turns[place];
  }
  return { group: groups[0], turn: 0 };
}

/* The largest size at which everything stands on one page, else the floor, and what stands on which page. */
function fit({ area, ruler, columns, sizes, shape, lanes, listClass }) {
  const list = area.querySelector(".pages-lanes");
  if (!list || !columns.length) return null;
  const floor = sizes[sizes.length - 1];
  const many = columns.reduce((sum, column) => sum + column.entries.length, 0) > MANY;
  for (const size of many ? [floor] : sizes) {
    const box = boxAt(area, size, shape, lanes);
    const heights = measure(ruler, columns, size, box.width, listClass);
    const pages = {};
    columns.forEach((column, place) => {
      pages[column.id] = paginate(heights[place], box.height, lanes, (index) => Boolean(column.entries[index].heading));
    });
    const single = columns.length <= shape.across * shape.down
      && columns.every((column) => pages[column.id].length === 1);
    if (single || size === floor) return { size, pages };
  }
  return null;
}

/* Width and height of one lane at this size, read from the page itself: headings grow with the size too. */
function boxAt(area, size, shape, lanes) {
  const before = area.style.fontSize;
  area.style.fontSize = `${size}rem`;
  const style = getComputedStyle(area);
  const inner = getComputedStyle(area.querySelector(".pages-lanes"));
  const heads = Array.from(area.querySelectorAll(".pages-column"),
    (column) => column.querySelector(".pages-lanes").offsetTop - column.offsetTop);
  const head = Math.max(...heads);
  const gap = parseFloat(style.columnGap) || 0;
  const rowGap = parseFloat(style.rowGap) || 0;
  const laneGap = parseFloat(inner.columnGap) || 0;
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  area.style.fontSize = before;
  const width = (area.clientWidth - gap * (shape.across - 1)) / shape.across;
  // one line is kept free below, where the page number may have to stand
  const height = (area.clientHeight - rowGap * (shape.down - 1)) / shape.down - head - 0.25 * rem;
  return { width: (width - laneGap * (lanes - 1)) / lanes, height };
}
