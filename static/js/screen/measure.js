// Entries are measured as they will be drawn, at ever smaller sizes down to a floor.
import { html, names, render } from "../shared/dom.js";
import { evened, paginate } from "./paginate.js";

const WELL = 2.25; // rem: at this size, or a larger one, one lane is better than several
const MANY = 150; // entries: more of them go straight to the floor size, without trying the larger ones

/** Measures by drawing out of sight in `host`; `area`: where the pages are drawn. Each thing is drawn once only, so one of
 *  these is good for as long as nothing changes. */
export class Ruler {
  constructor(host, area) {
    this.host = host;
    this.area = area;
    this.known = new Map();
    this.rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  }

  once(key, read) {
    if (!this.known.has(key)) this.known.set(key, read());
    return this.known.get(key);
  }

  /* What is drawn at this size (rem; 0: as the page has it) and width, read by `read`. */
  drawn(size, width, what, read) {
    this.host.style.fontSize = size ? `${size}rem` : "";
    this.host.style.width = `${Math.floor(width)}px`;
    render(what, this.host);
    const found = read(Array.from(this.host.children));
    render(null, this.host);
    return found;
  }

  /** How high the pages are, with what is said above and below. */
  get height() {
    return this.area.parentElement.clientHeight;
  }

  /** How high something is that stands over the whole width: `name` is its class. */
  said(name, node) {
    return this.drawn(0, this.area.parentElement.clientWidth, html`<div class=${name}>${node}</div>`,
      ([one]) => one.getBoundingClientRect().height);
  }

  /** How high the entries of each column of a plan are. */
  entries({ id, columns, listClass }, size, width) {
    return this.once(`${id} entries ${size} ${Math.floor(width)}`, () => columns.map((column) => this.drawn(size, width,
      html`<ol class=${names("lane", listClass)}>${column.entries.map((entry) => entry.node)}</ol>`,
      ([list]) => Array.from(list.children, (child) => child.getBoundingClientRect().height
        + (parseFloat(getComputedStyle(child).marginTop) || 0))))); // a head keeps a distance from what stands above it
  }

  /* How high what stands over the columns gets: measured as it will be, the page that is shown may be another one. */
  heads({ id, columns }, size, width) {
    return this.once(`${id} heads ${size} ${Math.floor(width)}`, () => this.drawn(size, width,
      columns.map((column) => html`<div class="pages-foot">${column.head}</div>`),
      (all) => Math.max(...all.map((child) => child.getBoundingClientRect().height))));
  }

  /** Width of a lane at this size, and its height on the first page and on the others. `room`: {first, later}, of the
   *  columns together. */
  box(plan, size, lanes, room) {
    const { shape } = plan;
    const gaps = this.once(`gaps ${size}`, () => this.gaps(size));
    const width = (this.area.clientWidth - gaps.column * (shape.across - 1)) / shape.across;
    const head = this.heads(plan, size, width);
    // one line is kept free below, where the page number may have to stand
    const high = (all) => (all - gaps.row * (shape.down - 1)) / shape.down - head - 0.25 * this.rem;
    return { width: (width - gaps.lane * (lanes - 1)) / lanes, first: high(room.first), later: high(room.later) };
  }

  gaps(size) {
    const { style } = this.area;
    const before = style.fontSize;
    style.fontSize = `${size}rem`;
    const own = getComputedStyle(this.area);
    const found = {
      column: parseFloat(own.columnGap) || 0,
      row: parseFloat(own.rowGap) || 0,
      lane: parseFloat(getComputedStyle(this.area.querySelector(".pages-lanes")).columnGap) || 0,
    };
    style.fontSize = before;
    return found;
  }
}

/** The largest size at which everything stands on one page, else the floor, and what stands on which page.
 *
 *  `plan`: {id, columns, sizes, shape, lanes, listClass, fewest, even}: `lanes` within each column, or one where `fewest`
 *  and that will do; `even`: one page's lanes are equally high. `room`: {first, later}, see {@link Ruler#box}.
 *  Returns {size, lanes, pages: column to pages of lanes of indexes, single}; null where there is nothing. */
export function fit(ruler, plan, room) {
  const { columns, sizes, shape } = plan;
  if (!columns.length) return null;
  const many = columns.reduce((sum, column) => sum + column.entries.length, 0) > MANY;
  const tried = many ? [sizes[sizes.length - 1]] : sizes;
  const one = plan.fewest ? tried.filter((size) => size >= WELL).map((size) => [size, 1]) : [];
  const several = tried.filter((size) => !plan.fewest || size <= WELL).map((size) => [size, plan.lanes]);
  let found = null;
  one.concat(several).some(([size, lanes]) => {
    const pages = pagesAt(ruler, plan, room, size, lanes);
    const single = columns.length <= shape.across * shape.down && columns.every((column) => pages[column.id].length === 1);
    found = { size, lanes, pages, single };
    return single;
  });
  return found;
}

function pagesAt(ruler, plan, room, size, lanes) {
  const { columns, shape } = plan;
  const box = ruler.box(plan, size, lanes, room);
  const heights = ruler.entries(plan, size, box.width);
  const pages = {};
  columns.forEach((column, place) => {
    const heading = (index) => Boolean(column.entries[index].heading);
    const first = place < shape.across * shape.down; // others come on pages after those of the first ones
    const own = paginate(heights[place], (page) => (first && page === 0 ? box.first : box.later), lanes, heading);
    const even = plan.even && lanes > 1 && own.length === 1 && first;
    pages[column.id] = even ? evened(heights[place], box.first, lanes, heading) : own;
  });
  return pages;
}
