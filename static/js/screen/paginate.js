// How entries of known heights are put on pages. Pure.

/** Fills lanes with entries of these `heights` in order, `lanes` to a page. `room`: how high a lane is, or a function from
 *  the page (0, 1, …) to that. `heading(index)`: whether an entry is a heading: it stands in one lane with all that follows
 *  it up to the next heading if a lane has room for them, and never last.
 *  Returns pages of lanes of indexes: [[[0, 1], [2]], …]; an entry higher than a lane has a lane of its own. */
export function paginate(heights, room, lanes, heading = () => false) {
  const high = typeof room === "function" ? room : () => room;
  const filled = [];
  let left = -1;
  heights.forEach((height, index) => {
    const next = high(Math.floor(filled.length / lanes));
    const needed = heading(index) ? together(heights, index, next, heading) : height;
    if (!filled.length || needed > left) {
      filled.push([]);
      left = next;
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

/** What fits on one page of several lanes, in lanes as equally high as can be: as `paginate` returns it. */
export function evened(heights, room, lanes, heading) {
  let [low, high] = [0, room];
  for (let turn = 0; turn < 12; turn += 1) {
    const middle = (low + high) / 2;
    const fits = heights.every((height) => height <= middle) && paginate(heights, middle, lanes, heading).length === 1;
    if (fits) high = middle;
    else low = middle;
  }
  return paginate(heights, high, lanes, heading);
}

/** How `count` columns stand on one page: so many across, so many rows, and lanes within each column. */
export function arrange(count, widest = 4) {
  const down = Math.max(1, Math.ceil(count / widest));
  const across = Math.max(1, Math.ceil(count / down));
  const lanes = Math.max(1, Math.floor(3.5 / across));
  return { across, down: Math.min(down, 2), lanes };
}
