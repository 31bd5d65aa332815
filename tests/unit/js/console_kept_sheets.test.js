import assert from "node:assert/strict";
import { test } from "node:test";

import { profile } from "./browser.js";

profile();
const { forget, isBegun, keepRows, keepSheet, keptRows, keptSheet, unsavedIn } = await import(
  "../../../static/js/console/kept_sheets.js"
);
const { unsavedSheets } = await import("../../../static/js/console/unsaved.js");

const figure = (item) => ({ kind: "figure", item, field: "n" });
const COLUMNS = [{ kind: "number" }, { kind: "group" }, figure("i1"), figure("i2")];
const row = (key, ...cells) => ({ key, cells });
const ONE = "123456.dots.1";
const OTHER = "123456.points.1";

test("each vote keeps its own rows and its own sheet, whatever is typed or emptied in another", () => {
  profile();
  const rows = [row("a", "1", "Business", "2", ""), row("b", "2", "Academia", "", "1")];
  keepRows(ONE, COLUMNS, rows);
  keepSheet(ONE, { voter: "7", group: "business", territory: "", marks: { i1: { n: "2" } } });
  keepRows(OTHER, COLUMNS, []);
  keepSheet(OTHER, { voter: "1", group: "", territory: "", marks: {} });
  assert.deepEqual(keptRows(ONE, COLUMNS), rows);
  assert.equal(keptSheet(ONE).marks.i1.n, "2");
  assert.deepEqual([isBegun(ONE), isBegun(OTHER)], [true, false]);
  assert.deepEqual(unsavedIn("123456"), { "dots.1": 3 });
  assert.deepEqual(unsavedIn("12345"), {});
  forget(ONE);
  assert.deepEqual([isBegun(ONE), unsavedIn("123456")], [false, {}]);
});

test("rows come back under their own columns after one was hidden", () => {
  profile();
  keepRows(ONE, COLUMNS, [row("a", "1", "Business", "2", "1")]);
  assert.deepEqual(keptRows(ONE, [COLUMNS[0], COLUMNS[1], COLUMNS[3]])[0].cells, ["1", "Business", "1"]);
  assert.deepEqual(keptRows(ONE, COLUMNS.concat(figure("i3")))[0].cells, ["1", "Business", "2", "1", ""]);
});

test("what was typed for another vote is spoken of, and whether it can still be saved", () => {
  profile();
  [ONE, OTHER].forEach((vote) => keepRows(vote, COLUMNS, [row("a", "1", "Business", "2", "")]));
  const stage = (id, run) => ({ id, title: { en: id }, runs: [{ run, ...{ status: "closed", revealed: false } }] });
  const dots = { run: "dots.1", stage: "dots", kind: "vote" };
  const view = (more) => Object.assign({
    workshop: { code: "123456", ended: false }, stages: [stage("dots", "dots.1"), stage("points", "points.1")],
    now: { run: "points.1" }, unrevealed: { "dots.1": dots },
  }, more);
  const said = (more) => unsavedSheets(view(more)).map(({ run, n, way }) => [run, n, way]);
  assert.deepEqual(said(), [["dots.1", 1, "save"]]);
  assert.deepEqual(said({ now: { run: "dots.1" }, unrevealed: { "points.1": { ...dots, run: "points.1" } } }), [["points.1", 1, "save"]]);
  assert.deepEqual(said({ workshop: { code: "123456", ended: true } }), [["dots.1", 1, ""], ["points.1", 1, ""]]);
  const revealed = view();
  revealed.stages[0].runs[0].revealed = true;
  assert.deepEqual(unsavedSheets(revealed).map(({ run, way }) => [run, way]), [["dots.1", "late"]]);
});
