import assert from "node:assert/strict";
import { test } from "node:test";

import { profile } from "./browser.js";

profile();
const { arrange, evened, paginate } = await import("../../../static/js/screen/paginate.js");

const flat = (pages) => pages.flat(2);

test("everything is on a page exactly once, in order, and no lane is fuller than it is high", () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const heights = Array.from({ length: seed % 61 }, (_, i) => 30 + ((i * 7919 + seed * 104729) % 170));
    const room = 200 + (seed % 5) * 100;
    const lanes = 1 + (seed % 3);
    const pages = paginate(heights, room, lanes);
    assert.deepEqual(flat(pages), heights.map((_, i) => i));
    pages.flat().forEach((lane) => {
      const sum = lane.reduce((all, i) => all + heights[i], 0);
      assert.ok(sum <= room || lane.length === 1);
    });
    pages.forEach((page) => assert.ok(page.length <= lanes));
  }
});

test("nothing at all is one empty page; what is higher than a lane stands alone", () => {
  assert.deepEqual(paginate([], 100, 2), [[[]]]);
  assert.deepEqual(paginate([50, 300, 50], 100, 1), [[[0]], [[1]], [[2]]]);
});

test("a heading never stands last in a lane", () => {
  const heading = (i) => i === 2;
  assert.deepEqual(paginate([40, 40, 20, 40], 110, 2, heading), [[[0, 1], [2, 3]]]);
  assert.deepEqual(paginate([40, 40, 20, 40], 110, 2), [[[0, 1, 2], [3]]]);
});

test("the first page may have another room than those after it", () => {
  const room = (page) => (page === 0 ? 50 : 100);
  assert.deepEqual(paginate([50, 50, 50, 50], room, 1), [[[0]], [[1, 2]], [[3]]]);
  assert.deepEqual(paginate([50, 50, 50, 50], room, 2), [[[0], [1]], [[2, 3]]]);
});

test("lanes of one page are as equally high as can be", () => {
  assert.deepEqual(paginate([30, 30, 30, 30], 100, 2), [[[0, 1, 2], [3]]]);
  assert.deepEqual(evened([30, 30, 30, 30], 100, 2), [[[0, 1], [2, 3]]]);
  assert.deepEqual(evened([90, 30, 30, 30], 100, 2), [[[0], [1, 2, 3]]]);
});

test("up to four columns stand side by side, more in two rows, and few columns have several lanes", () => {
  assert.deepEqual(arrange(1), { across: 1, down: 1, lanes: 3 });
  assert.deepEqual(arrange(4), { across: 4, down: 1, lanes: 1 });
  assert.deepEqual(arrange(6), { across: 3, down: 2, lanes: 1 });
  assert.equal(arrange(12).down, 2);
});
