import assert from "node:assert/strict";
import { test } from "node:test";

import { profile } from "./browser.js";

profile();
const { blockOf, cellsOf, filled, gridColumns, isEmptyRow, isStored, newRow, nextNumber, pick, readRow, rowLeft, tidied } = await import(
  "../../../static/js/console/grid_model.js"
);

const VIEW = {
  groups: [["government", "Government"], ["business", "Businesses"], ["academia", "Académicos"]].map(([id, en]) => ({ id, name: { en } })),
  territories: [],
};
const run = (method) => ({
  run: "weigh.1",
  method,
  columns: [{ id: "s", name: { en: "Strengths" } }, { id: "w", name: { en: "Weaknesses" } }],
  candidates: Object.fromEntries(["i1", "i2", "i3"].map((id, n) => [id, { id, n: n + 1, title: `Item ${n + 1}`, column: n < 2 ? "s" : "w" }])),
});
const name = (en) => ({ en });
const RUNS = {
  dots: run({ type: "dots", dots: 3, per: "stage", cap: 2 }),
  points: run({ type: "points", points: 10, cap: 6 }),
  agree: run({ type: "agree" }),
  criteria: run({ type: "criteria", criteria: [{ id: "a", name: name("Assets") }, { id: "b", name: name("New") }] }),
  axes: run({ type: "axes", x: { id: "x", name: name("Impact") }, y: { id: "y", name: name("Doubt") } }),
  choice: run({ type: "choice", options: [{ id: "now", name: name("Now") }, { id: "not", name: name("Not at all") }] }),
  ranking: run({ type: "ranking", top: 2 }),
};
/* What is typed after number and group, what is sent of it, and something that cannot be with the place of its cell. */
const TYPED = {
  dots: [["2", "", "1"], { dots: { i1: 2, i3: 1 } }, ["3", "", ""], 2],
  points: [["4", "", "6"], { ballots: { "": { scores: { i1: 4, i3: 6 } } } }, ["", "6.5", ""], 3],
  agree: [["a", "2", ""], { ballots: { i1: { choice: "agree" }, i2: { choice: "disagree" } } }, ["", "", "yes"], 4],
  criteria: [["1", "0", "", "", "5", "5"], { ballots: { i1: { scores: { a: 1, b: 0 } }, i3: { scores: { a: 5, b: 5 } } } }, ["6"], 2],
  axes: [["", "", "3", "4"], { ballots: { i2: { scores: { x: 3, y: 4 } } } }, ["", "x"], 3],
  choice: [["Now", "not", ""], { ballots: { i1: { choice: "now" }, i2: { choice: "not" } } }, ["no"], 2],
  ranking: [["2", "", "1"], { ballots: { "": { order: ["i3", "i1"] } } }, ["1", "1"], 3],
};
const rowOf = (columns, cells) => ({ key: "k", cells: columns.map((_, at) => cells[at] || "") });

test("a row says what a sheet says, for every method, and names the cell that cannot be", () => {
  Object.keys(TYPED).forEach((type) => {
    const [cells, sheet, bad, place] = TYPED[type];
    const columns = gridColumns(VIEW, RUNS[type]);
    const { command, wrong } = readRow(VIEW, RUNS[type], columns, rowOf(columns, ["07", "b", ...cells]));
    assert.deepEqual(wrong, [], type);
    assert.deepEqual(command, { type: "enter_paper_ballot", run: "weigh.1", voter: "7", group: "business", ...sheet }, type);
    const again = cellsOf(RUNS[type], columns, "7", { group: "business", ...sheet });
    assert.deepEqual(readRow(VIEW, RUNS[type], columns, rowOf(columns, again)).command, command, type);
    assert.ok(isStored({ group: "business", ...sheet }, command), type);
    assert.ok(!isStored({ group: "academia", ...sheet }, command), type);
    assert.ok(!isStored(undefined, command), type);
    const no = readRow(VIEW, RUNS[type], columns, rowOf(columns, ["7", "b", ...bad])).wrong;
    assert.deepEqual(no.map(({ at }) => at), [place], type);
    assert.match(no[0].text, /Item \d/, type);
  });
});

test("number and group are needed, a number stands once, and more than there is is said of the whole row", () => {
  const columns = gridColumns(VIEW, RUNS.dots);
  const wrong = (cells, twice) => readRow(VIEW, RUNS.dots, columns, rowOf(columns, cells), twice).wrong.map(({ at }) => at);
  assert.deepEqual(wrong(["", "", "1"]), [0, 1]);
  assert.deepEqual(wrong(["12345", "z"]), [0, 1]);
  assert.deepEqual(wrong(["1", "a"], true), [0]);
  assert.deepEqual(wrong(["1", "a", "2", "2"]), [-1]);
  assert.deepEqual(wrong(["1", "a", "2", "1"]), []);
  assert.match(rowLeft(RUNS.dots, columns, rowOf(columns, ["1", "a", "2"])), /1|one/);
  assert.equal(rowLeft(RUNS.agree, gridColumns(VIEW, RUNS.agree), rowOf(columns, ["1", "a", "a"])), "");
});

test("a side of the border stands in a column of its own, and may be left open", () => {
  const view = { ...VIEW, territories: [{ id: "tacna", name: name("Tacna") }, { id: "arica", name: name("Arica") }] };
  const columns = gridColumns(view, RUNS.dots);
  assert.deepEqual(columns.slice(0, 3).map(({ kind }) => kind), ["number", "group", "territory"]);
  const said = (side) => readRow(view, RUNS.dots, columns, rowOf(columns, ["1", "g", side, "1"]));
  assert.equal(said("t").command.territory, "tacna");
  assert.equal("territory" in said("").command, false);
  assert.deepEqual(said("lima").wrong.map(({ at }) => at), [2]);
  assert.equal(cellsOf(RUNS.dots, columns, "1", { group: "academia", dots: {} }, { territory: "arica" })[2], "Arica");
});

test("a word is known by its number, its first letters or as a whole, without accents; never by guessing", () => {
  const options = [["a", "Now"], ["b", "Not at all"], ["c", "No"], ["d", "Índice"]];
  assert.equal(pick(options, "1"), "a");
  assert.equal(pick(options, "not"), "b");
  assert.equal(pick(options, "NO"), "c");
  assert.equal(pick(options, "ind"), "d");
  ["n", "9", "0", "", "  ", "zz"].forEach((text) => assert.equal(pick(options, text), undefined, text));
  assert.equal(tidied({ options }, "ind"), "Índice");
  assert.equal(tidied({ options }, " zz "), "zz");
  assert.equal(tidied({}, " 4 "), "4");
});

test("a block from a spreadsheet fills rows; a heading and what is beyond the last column stay out", () => {
  assert.equal(blockOf("one word"), undefined);
  assert.equal(blockOf("one word\n"), undefined);
  assert.deepEqual(blockOf('1\tb\r\n2\t"a"\r\n'), [["1", "b"], ["2", "a"]]);
  const columns = gridColumns(VIEW, RUNS.dots);
  let keys = 0;
  const make = () => newRow(`new${(keys += 1)}`, columns);
  const rows = [newRow("first", columns, "4")];
  const all = filled(rows, [["No", "Group"], ["5", "b", "1", "2", "1", "9"], ["6", "aca"]], 0, 0, columns, make);
  assert.deepEqual([all.headed, all.beyond, all.rows.length], [true, true, 2]);
  assert.deepEqual(all.rows.map((row) => row.cells), [["5", "Businesses", "1", "2", "1"], ["6", "Académicos", "", "", ""]]);
  assert.equal(all.rows[0].key, "first");
  const beside = filled(all.rows, [["x"], ["2"]], 1, 4, columns, make);
  assert.deepEqual([beside.headed, beside.rows.length], [false, 3]);
  assert.deepEqual(beside.rows.slice(1).map((row) => row.cells[4]), ["x", "2"]);
  assert.ok(isEmptyRow(newRow("x", columns, "4")));
  assert.ok(!isEmptyRow(all.rows[0]));
  assert.deepEqual([nextNumber([]), nextNumber(["3", "x", "11"]), nextNumber(["9999"])], ["1", "12", "9999"]);
});
