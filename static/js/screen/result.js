// The result of a vote, revealed, as a poster: the first page says what passed, by which rule, and what the two counts say
// differently; pictures, and what people, groups and reasons say, come on pages of their own after the list.
import { html } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { Picture } from "../shared/picture.js";
import { columnName, Doubts } from "../shared/result.js";
import { fewSentence, remarks } from "../shared/result_words.js";
import { Legend } from "../shared/results/bars.js";
import { alike, differences } from "../shared/results/differing.js";
import { drawingOf, ruleOf } from "../shared/results/index.js";
import { picturesByColumn, picturesIn } from "../shared/results/pictures.js";
import { ByGroup, cutBelow, Row, reasonsOf } from "../shared/results/rows.js";
import { tieSentence, titleOf } from "../shared/results/said.js";
import { Pages } from "./fit.js";
import { Nothing } from "./pieces.js";

const SIZES = [2.25, 2, 1.75];
const MOST_ROWS = 12; // on the pages after the list; the phones have all of them, too
const MOST_TOLD = 3; // differences on the first page
const MOST_REASONS = 3; // of one side of one item; the phones have all of them

/** The picture of a revealed vote. */
export function VoteResult({ run, groups, territories, code }) {
  const { result } = run;
  if (result.few) return html`<${Nothing} words=${fewSentence(result)} />`;
  const drawing = drawingOf({ run, groups, territories });
  const { drawn, counts } = drawing;
  const rows = result.columns.flatMap((column) => column.items);
  const must = rows.filter((row) => (drawn.matters || ((one) => one.passes))(row)).map((row) => row.item);
  const differing = differences(drawing);
  const kept = (row) => row.passes || differing.slice(0, MOST_TOLD).some(({ item, items }) => (items || [item]).includes(row.item))
    || Boolean(drawn.matters && drawn.matters(row));
  const lists = result.columns.length;
  const short = must.length > 0 ? [
    { columns: listsOf(drawing, kept, "figures"), lanes: 1 },
    { columns: listsOf(drawing, (row) => must.includes(row.item), "none"), lanes: lists > 1 ? 1 : 2 },
  ] : [];
  const kind = lists === 1 ? "result-wide" : "result-side";
  const legend = drawn.legend && drawn.legend(drawing);
  return html`<div class=${`result ${kind} by-${result.method}`}>
    <div class="result-said">
      <p class="plain">${ruleOf(drawing)}</p>
      ${legend}
      ${drawn.counted !== false && html`<${Legend} rule=${result.rule} counts=${counts}
        unit=${drawn.unit()} flat=${!drawn.width} />`}
    </div>
    <${Pages} columns=${listsOf(drawing, () => true)} summaries=${short} must=${must}
      foot=${(keys, page) => html`<${Foot} keys=${keys} page=${page} drawing=${drawing} differing=${differing} rows=${rows} />`}
      sizes=${SIZES} lanes=${1} listClass="result-list" label=${t("Result")} further=${picturesOf(drawing, code).concat(furtherOf(drawing, kept))}
      content=${JSON.stringify(result)} />
  </div>`;
}

/* Below the lists: on the first page what differs most and why, on others what differs of their rows. */
function Foot({ keys, page, drawing, differing, rows }) {
  const first = page < 1;
  const told = first ? differing.slice(0, MOST_TOLD) : differing.filter(({ item }) => keys.includes(item)).slice(0, 1);
  const ties = drawing.result.columns.map(tieSentence).filter(Boolean);
  const about = drawing.drawn.about ? drawing.result.columns.map((listing) => drawing.drawn.about(listing, drawing)) : [];
  const said = [...ties, ...about, ...remarks(drawing.result, drawing.groups)].filter(Boolean);
  return html`${told.map(({ item, said: what, why }) => html`<p key=${item} class="result-flip">${what} <span
      class="result-why">${why}</span></p>`)}
    ${first && alike(drawing) && html`<p class="result-flip">${alike(drawing)}</p>`}
    ${page >= 0 && html`<p class="result-remarks">${said.join(" ")}</p>`}
    <${Doubts} rows=${rows.filter((row) => keys.includes(row.item))} />`;
}

/* The lists of a result with those rows that `keep` keeps, and how much of each row (see Row). */
function listsOf(drawing, keep, bars) {
  const { result, columns, counts, drawn } = drawing;
  return result.columns.map((listing) => {
    const rows = listing.items.filter(keep);
    const decimals = drawn.decimals(listing.items, counts);
    const name = listing.column && columnName(listing.column, columns);
    const over = drawn.heads && drawn.heads(drawing);
    return {
      id: listing.column || "all",
      label: name,
      head: name ? html`<header class="column-head"><h2>${name}</h2></header>` : over
        && html`<p class="row-heads" aria-hidden="true">${over.map((one) => html`<span key=${one}>${one}</span>`)}</p>`,
      entries: rows.map((row, place) => ({
        key: row.item,
        node: html`<${Row} key=${row.item} row=${row} drawing=${drawing} decimals=${decimals} order=${place}
          cut=${cutBelow(rows, place)} bars=${bars} />`,
      })),
    };
  });
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
    .filter((row) => (drawn.passes ? kept(row) : !drawn.matters || drawn.matters(row)))
    .slice(0, MOST_ROWS);
  const part = (id, name, lanes, node) => ({
    id,
    label: name,
    lanes,
    listClass: "further",
    head: html`<header class="column-head"><h2>${name}</h2></header>`,
    entries: rows.map((row) => ({ key: `${id}.${row.item}`, body: node(row) })).filter(({ body }) => body)
      .map(({ key, body }) => ({ key, node: html`<li key=${key} class="further-row">${body}</li>` })),
  });
  return [
    drawn.scores && part("opinions", t("What people think"), 2, (row) => html`<p class="result-title">${titleOf(row)}</p>
      <p>${drawn.sentence(row, drawing).join(" ")}</p>`),
    !picturesIn(drawing).includes("by_group") && part("groups", drawn.inCells(drawing), 2, (row) => {
      const told = ByGroup({ row, drawing, headed: false });
      return told && html`<p class="result-title">${titleOf(row)}</p>${told}`;
    }),
    drawn.sides && part("reasons", t("Reasons"), 2, (row) => {
      const sides = reasonsOf(row, drawn);
      return sides.length > 0 && html`<p class="result-title">${titleOf(row)}</p>
        ${sides.map(({ name, texts }) => html`<p key=${name} class="reason-side">${name}</p>
          <ul>${texts.slice(0, MOST_REASONS).map((text, place) => html`<li key=${place}>${text}</li>`)}</ul>`)}`;
    }),
  ].filter((one) => one && one.entries.length > 0);
}
