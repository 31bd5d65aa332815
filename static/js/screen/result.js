// The result of a vote, revealed, as a poster: the first page says what passed, by which rule, and what the two counts say
// differently; pictures, and what people, groups and reasons say, come on pages of their own after the list.
import { html, names } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { Picture } from "../shared/picture.js";
import { columnName, Doubts } from "../shared/result.js";
import { fewSentence, ordinal, placeOf, remarks, tellsTerritories } from "../shared/result_words.js";
import { Legend } from "../shared/results/bars.js";
import { alike, differences } from "../shared/results/differing.js";
import { drawingOf, ruleOf } from "../shared/results/index.js";
import { picturesByColumn, picturesIn } from "../shared/results/pictures.js";
import { ByGroup, Cut, cutBelow, hasGroups, Row, reasonsOf } from "../shared/results/rows.js";
import { bothSentence, settledSentence, tieSentence, titleOf } from "../shared/results/said.js";
import { Pages } from "./fit.js";

const SIZES = [2.25, 2, 1.75];
const MOST_ROWS = 12; // on the pages after the list; the phones have all of them, too
const MOST_TOLD = 3; // differences on the first page
const MOST_REASONS = 3; // of one side of one item; the phones have all of them
const FIRST_MS = 30000; // the page that says what passed stays longer than the others
const ONE_LINE = 105; // characters
const WORDY = 80; // characters of a title, on average
const SHORT_LIST = 12; // rows: in longer lists they do not say each that they are level with others

/* What is said below the list on page one, from the most to nothing (but what marks on the rows mean). */
const LEVELS = [
  { told: MOST_TOLD, ties: true, remarks: true },
  { told: 1, ties: true, remarks: true },
  { told: 1, ties: true },
  { told: 1 },
  { told: 0 },
];

/** The picture of a revealed vote. `both`: what stands after both rounds (standing() in said.js). */
export function VoteResult({ run, groups, territories, code, both }) {
  const { result } = run;
  if (result.few) return html`<${Withheld} result=${result} />`;
  const drawing = Object.assign(drawingOf({ run, groups, territories }), { both });
  const { drawn } = drawing;
  drawing.beside = (row) => besideTitle(row, drawing);
  const rows = result.columns.flatMap((column) => column.items);
  const differing = differences(drawing);
  const must = rows.filter((row) => (drawn.matters || ((one) => one.passes))(row)).map((row) => row.item)
    .concat(both ? both.kept.map((row) => row.item) : []);
  const said = { drawing, differing, rows };
  const kind = names("result", result.columns.length === 1 ? "result-wide" : "result-side", `by-${result.method}`,
    rows.reduce((sum, row) => sum + titleOf(row).length, 0) > WORDY * rows.length && "is-wordy",
    result.rule === "portfolio" && "is-portfolio");
  return html`<div class=${kind}>
    <${Pages} columns=${listsOf(drawing, () => true)} summaries=${must.length ? shortLists(drawing, must, differing) : []}
      must=${must} levels=${LEVELS.length} stay=${FIRST_MS}
      compact=${compactLists(drawing)}
      over=${(page) => html`<${Over} page=${page} drawing=${drawing} />`}
      foot=${(keys, page) => html`<${Foot} keys=${keys} page=${page} ...${said} />`}
      sizes=${SIZES} lanes=${1} listClass="result-list" label=${t("Result")}
      further=${(level) => picturesOf(drawing, code).concat(furtherOf(drawing, keeps(drawing, differing)), restOf(said, level))}
      content=${JSON.stringify([result, both])} />
  </div>`;
}

/** Why there are no figures, and what would help. */
export function Withheld({ result }) {
  return html`<div class="withheld">
    <p class="withheld-why">${fewSentence(result)}</p>
    <p class="plain">${t("What would help: at least three people who take part on their phones. The facilitator can then run this once more.")}</p>
  </div>`;
}

/* Which rows a first page shows if there is room for more than what must stand there. */
function keeps({ drawn }, differing) {
  const told = differing.slice(0, MOST_TOLD).flatMap(({ item, items }) => items || [item]);
  return (row) => row.passes || told.includes(row.item) || Boolean(drawn.matters && drawn.matters(row));
}

/* First pages for lists that cannot begin with all that must stand there, from the one that tells most. */
function shortLists(drawing, must, differing) {
  const several = drawing.result.columns.length > 1;
  const needed = (row) => must.includes(row.item);
  const list = (keep, bars, lines, lanes) => ({
    columns: listsOf(drawing, keep, bars, `is-clamped to-${lines}`), lanes, bars,
  });
  return [
    !several && list(keeps(drawing, differing), "full", 2, 1),
    !several && list(needed, "full", 2, 1),
    // narrow columns: whole titles say more than figures do
    several && list(keeps(drawing, differing), "figures", 9, 1),
    several && list(needed, "figures", 9, 1),
    several && list(needed, "none", 9, 1),
    several && list(needed, "none", 4, 1),
    drawing.drawn.passes && list(needed, "figures", 2, several ? 1 : 2),
    list(needed, "none", 2, several ? 1 : 2),
    list(needed, "none", 1, several ? 1 : 2),
  ].filter(Boolean);
}

/* All rows without bars, for long lists: what the bars are drawn of stands there in figures. */
function compactLists(drawing) {
  const { result, drawn } = drawing;
  return drawn.passes && result.columns.length === 1
    && { columns: listsOf(drawing, () => true, "figures"), lanes: 2, bars: "figures" };
}

/* Above the lists: the rule, on the first page, and what the bars are, where they are drawn. */
function Over({ page: { level, summary, compact }, drawing }) {
  const { result, drawn, counts, both } = drawing;
  const { bars } = compact || summary || { bars: "full" };
  const weights = saidAbove(drawing) && drawn.about && drawn.about(result.columns[0], drawing);
  const counted = drawn.counted !== false && (drawn.width || result.rule === "both"); // else it is said beside each figure
  return html`<div class="result-said">
    ${level !== undefined && html`<p class="plain">${ruleOf(drawing)}${weights && ` ${weights}`}</p>
      ${both && html`<p class="plain result-both">${bothSentence(both)}</p>`}`}
    ${bars !== "none" && html`${bars === "full" && drawn.legend && drawn.legend(drawing)}
      ${counted && html`<${Legend} rule=${drawing.decides ? result.rule : ""} counts=${counts} unit=${drawn.unit()} flat=${!drawn.width} />`}`}
  </div>`;
}

/* Below the lists: on the first page what differs most and why; everywhere what the marks on the rows mean. */
function Foot({ keys, page: { level }, drawing, differing, rows }) {
  const { told = 0, ties, remarks: some } = LEVELS[level] || {};
  const settled = ties && tiesOf(drawing);
  const line = some ? remarkLine(drawing) : "";
  return html`${differing.slice(0, told).map((one) => html`<${Difference} key=${one.item} ...${one} />`)}
    ${ties && alike(drawing) && html`<p class="result-flip">${alike(drawing)}</p>`}
    ${settled && html`<p class="result-flip">${settled}</p>`}
    ${line && html`<p class="result-remarks">${line}</p>`}
    <${Doubts} rows=${rows.filter((row) => keys.includes(row.item))} all=${rows} />`;
}

function Difference({ said, why }) {
  return html`<p class="result-flip">${said} <span class="result-why">${why}</span></p>`;
}

/* What was level with what, and what settled it, each said once. */
function tiesOf({ result, drawn }) {
  const cut = result.columns.map((listing) => tieSentence(listing, result)).filter(Boolean).join(" ");
  const levels = !drawn.passes ? [] : result.columns.flatMap(({ items }) => items.slice(1)
    .map((row, place) => [items[place], row]).filter(([above, row]) => isLevel(above, row, result)));
  if (!levels.length) return cut;
  const how = settledSentence(...levels[0]);
  return [t("The same number: level."), cut, !cut.includes(how) && how].filter(Boolean).join(" ");
}

/* Whether two items that matter for what passes have the same place by the count that decides. */
function isLevel(above, row, { rule }) {
  return row.n > 0 && placeOf(row, rule) !== undefined && placeOf(row, rule) === placeOf(above, rule) && above.passes;
}

/* What stands beside the title of a row: with which place it is level. */
function besideTitle(row, { result, drawn }) {
  const listing = result.columns.find((column) => column.items.includes(row));
  if (!drawn.passes || row.n === 0 || !listing || listing.items.length > SHORT_LIST) return null;
  const place = placeOf(row, result.rule);
  const level = place !== undefined && listing.items.some((other) => other !== row && placeOf(other, result.rule) === place);
  return level ? html`<p class="result-about result-level">${t("Level in {place} place", { place: ordinal(place) })}</p>` : null;
}

/* Whether what a list says of itself belongs to the rule: how criteria weigh, and why nothing can pass. */
const saidAbove = ({ result }) => Boolean(result.weights) || result.method === "agree";

/* What is said beside the figures, of which the first line stands on page one. */
function remarksOf(drawing) {
  const { result, drawn, groups } = drawing;
  const sides = tellsTerritories(result) && !picturesIn(drawing).includes("by_group");
  const about = drawn.about && !saidAbove(drawing) ? result.columns.map((listing) => drawn.about(listing, drawing)) : [];
  return [...remarks(result, groups, sides), ...about].filter(Boolean);
}

function remarkLine(drawing) {
  return remarksOf(drawing).reduce((line, next, place) => (
    place === 0 || `${line} ${next}`.length <= ONE_LINE ? `${line} ${next}`.trim() : line), "");
}

/* A last page with all that had no room on the first one. */
function restOf({ drawing, differing }, level) {
  const { told, ties } = LEVELS[level];
  const all = remarksOf(drawing);
  const more = [
    ...differing.slice(told).map((one) => html`<${Difference} ...${one} />`),
    !ties && tiesOf(drawing) && html`<p class="result-flip">${tiesOf(drawing)}</p>`,
    ...(remarkLine(drawing) === all.join(" ") && LEVELS[level].remarks ? [] : all.map((line) => html`<p>${line}</p>`)),
  ].filter(Boolean);
  return more.length === 0 ? [] : [{
    id: "rest",
    label: t("About this result"),
    lanes: 1,
    listClass: "further",
    head: html`<header class="column-head"><h2>${t("About this result")}</h2></header>`,
    entries: more.map((node, place) => ({ key: `rest.${place}`, node: html`<li key=${place} class="further-row is-rest">${node}</li>` })),
  }];
}

/* The lists of a result with those rows that `keep` keeps, and how much of each row (see Row). */
function listsOf(drawing, keep, bars = "full", kind = "") {
  const { result, columns, counts, drawn, both } = drawing;
  return result.columns.map((listing, column) => {
    const rows = listing.items.filter(keep);
    const decimals = drawn.decimals(listing.items, counts);
    const name = listing.column && columnName(listing.column, columns);
    const over = bars === "full" && drawn.heads && drawn.heads(drawing);
    const kept = both && column === 0 ? both.kept : [];
    return {
      id: listing.column || "all",
      label: name,
      head: name ? html`<header class="column-head"><h2>${name}</h2></header>` : over
        && html`<p class="row-heads" aria-hidden="true">${over.map((one) => html`<span key=${one}>${one}</span>`)}</p>`,
      entries: [
        ...kept.map((row, place) => ({ key: row.item, node: html`<${Kept} key=${row.item} row=${row}
          kind=${names(kind, bars !== "full" && "is-short")}
          cut=${place === kept.length - 1 && !rows.some((one) => one.passes)} />` })),
        ...rows.map((row, place) => ({
          key: row.item,
          node: html`<${Row} key=${row.item} row=${row} drawing=${drawing} decimals=${decimals} order=${place}
            cut=${cutBelow(rows, place)} bars=${bars} kind=${kind} />`,
        })),
      ],
    };
  });
}

/* An item that a second round did not ask about, and that passes. */
function Kept({ row, kind, cut }) {
  return html`<li class=${names("result-row passes is-kept", cut && "is-cut", kind)}>
    <span class="result-rank" aria-hidden="true"></span>
    <div class="result-item"><p class="result-title">${titleOf(row)}</p></div>
    <p class="result-about">${t("passed in the first round, and stays")}</p>
    ${cut && html`<${Cut} />`}
  </li>`;
}

/* A page for each picture of the result. */
function picturesOf(drawing, code) {
  return picturesByColumn(drawing).map(({ name, column, label }) => ({
    id: column ? `${name}.${column}` : name,
    label,
    node: html`<section class="pages-picture" aria-label=${label}>
      <${Picture} key=${`${name}.${column}`} code=${code} run=${drawing.run.run} name=${name} column=${column} place="screen"
        fit=${true} version=${drawing.version} /></section>`,
  }));
}

/* What comes after the list: sentences, groups and reasons of what passes (of everything, where nothing can pass). */
function furtherOf(drawing, kept) {
  const { result, drawn } = drawing;
  const rows = result.columns.flatMap((column) => column.items).filter((row) => row.n > 0 && !row.few)
    .filter((row) => (drawn.passes && drawing.decides ? kept(row) : !drawn.matters || drawn.matters(row)))
    .slice(0, MOST_ROWS);
  const part = (id, name, lanes, node, legend) => ({
    id,
    label: name,
    lanes,
    listClass: "further",
    head: html`<header class="column-head"><h2>${name}</h2>${legend}</header>`,
    entries: rows.map((row) => ({ key: `${id}.${row.item}`, body: node(row) })).filter(({ body }) => body)
      .map(({ key, body }) => ({ key, node: html`<li key=${key} class="further-row">${body}</li>` })),
  });
  return [
    drawn.scores && part("opinions", t("What people think"), 2, (row) => html`<p class="result-title">${titleOf(row)}</p>
      <p>${drawn.sentence(row, drawing).join(" ")}</p>`),
    !picturesIn(drawing).includes("by_group") && part("groups", drawn.inCells(drawing), 2, (row) => {
      if (!hasGroups(row, drawing)) return null; // all of them may have been so few that they count as one
      return html`<p class="result-title">${titleOf(row)}</p><${ByGroup} row=${row} drawing=${drawing} headed=${false} />`;
    }, drawn.legend && drawn.legend(drawing)),
    drawn.sides && part("reasons", t("Reasons"), 2, (row) => {
      const sides = reasonsOf(row, drawn);
      return sides.length > 0 && html`<p class="result-title">${titleOf(row)}</p>
        ${sides.map(({ name, texts }) => html`<p key=${name} class="reason-side">${name}</p>
          <ul>${texts.slice(0, MOST_REASONS).map((text, place) => html`<li key=${place}>${text}</li>`)}</ul>`)}`;
    }),
  ].filter((one) => one && one.entries.length > 0);
}
