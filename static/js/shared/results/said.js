// Sentences that results of several methods have in common, beside those of result_words.js. Pure: figures in, sentences
// out; they say no more than what is published.
import { t, tn, w } from "../i18n.js";
import { allTogether, cellInWords, countsOf, decides, ordinal } from "../result_words.js";

/** A number of people as a word if it is small: "four"; as a figure else. One has its own sentence wherever it is said. */
export function spelled(n) {
  const words = [t("two"), t("three"), t("four"), t("five"), t("six"), t("seven"), t("eight"), t("nine")];
  return words[n - 2] || String(n);
}

/** "a, b and c". */
export function listed(parts) {
  if (parts.length < 2) return parts.join("");
  return t("{list} and {last}", { list: parts.slice(0, -1).join(", "), last: parts[parts.length - 1] });
}

const BRIEF = 45; // characters of a title in a sentence, about
const NAMED = 2; // titles in a sentence

/** A title as it stands in a sentence: a long one ends after a word, and says so. */
export function brief(title) {
  if (title.length <= BRIEF + 5) return title;
  const end = title.lastIndexOf(" ", BRIEF);
  return `${title.slice(0, end > BRIEF / 2 ? end : BRIEF).replace(/[\s.,;:–-]+$/, "")}\u00a0…`;
}

/** Items in a sentence: the first two by their titles, and how many more. */
export function quoted(rows) {
  const titles = rows.map((row) => `“${brief(titleOf(row))}”`);
  const more = titles.length - NAMED;
  if (more < 1) return listed(titles);
  return tn("{list} and one more", "{list} and {n} more", more, { list: titles.slice(0, NAMED).join(", ") });
}

/** The cells of a key: one, or several that stand together for one item (their ids joined by "+"). */
export function cellOf(key, cells) {
  const parts = cells.filter((cell) => key.split("+").includes(cell.id));
  return {
    id: key,
    groups: parts.reduce((all, cell) => all.concat(cell.groups), []),
    funders: parts.some((cell) => cell.funders),
    voters: parts.reduce((sum, cell) => sum + cell.voters, 0),
  };
}

/** Figures by key as [{cell, value}], in the order of the cells; nothing where all groups stand in one cell. */
export function byCell(figures, cells) {
  if (!figures || !cells || allTogether(cells)) return [];
  return Object.keys(figures).map((key) => ({ cell: cellOf(key, cells), value: figures[key] }));
}

/** Why an item stands higher by one count than by the other, as far as the published figures of the groups say it: what
 *  the largest group thinks of it and what the others do, else where it is strongest and weakest. "" where they say
 *  nothing. `alone`: one group weighs more than a mean says, so only the strongest and the weakest are named. `figure`,
 *  `bare`: how the method says a group's figure, with and without what it is part of. */
export function whySentence(row, cells, groups, { figure, bare, alone }) {
  const found = byCell(row.cells, cells);
  if (found.length < 2 || row.rank_balanced === undefined) return "";
  const order = found.slice().sort((a, b) => b.cell.voters - a.cell.voters);
  const [largest, ...others] = order;
  const single = largest.cell.groups.length === 1 && !largest.cell.funders;
  const mean = others.reduce((sum, one) => sum + one.value, 0) / others.length;
  if (!alone && single && largest.cell.voters > others[0].cell.voters) {
    const said = { group: cellInWords(largest.cell, groups), here: figure(largest.value), there: bare(mean) };
    if (row.rank_headcount < row.rank_balanced && largest.value > mean) {
      return t("The largest group, {group}, is more in favour of it ({here}) than the other groups (on average {there}).", said);
    }
    if (row.rank_balanced < row.rank_headcount && largest.value < mean) {
      return t("The largest group, {group}, is less in favour of it ({here}) than the other groups (on average {there}).", said);
    }
  }
  const ranked = found.slice().sort((a, b) => b.value - a.value);
  const last = ranked[ranked.length - 1];
  if (ranked[0].value === last.value) return "";
  return t("It is strongest in: {most} ({here}), and weakest in: {least} ({there}).", {
    most: cellInWords(ranked[0].cell, groups),
    here: figure(ranked[0].value),
    least: cellInWords(last.cell, groups),
    there: figure(last.value),
  });
}

/** Said where no item stands otherwise by the other count in a way that matters. */
export function agreeingSentence() {
  return t("Both counts let the same pass, and the same one is first.");
}

/** What told two items apart that are level by a count, `above` and `below`, by the published figures: "cells", the lowest
 *  figure of any group; "agreement"; else "lot". The rule is that of docs/results.md. */
export function settledBy(above, below) {
  const lowest = ({ cells }) => (cells && Object.keys(cells).length ? Math.min(...Object.keys(cells).map((key) => cells[key])) : 0);
  if (lowest(above) !== lowest(below)) return "cells";
  return above.agreement === below.agreement ? "lot" : "agreement";
}

const SETTLED = {
  cells: () => t("A tie goes to the item with more support in the group where it has least."),
  agreement: () => t("A tie goes to the one on which people agree more."),
  lot: () => t("Where nothing else tells them apart, a lot says which stands first."),
};

/** What was level with the last one through and is not through, and what settled it; of a lot the mark on its rows tells.
 *  `listing`: one of the result. */
export function tieSentence(listing, result) {
  const out = (listing.tied_out || []).map((id) => listing.items.find((row) => row.item === id)).filter(Boolean);
  if (!out.length) return "";
  const how = countsOf(result).filter((count) => decides(result.rule, count))
    .map((count) => stepAtCut(listing.items, count)).filter((step) => step && step !== "lot");
  return [t("Level at the cut, and not through: {titles}.", { titles: quoted(out) })]
    .concat(how.filter((step, place) => how.indexOf(step) === place).map((step) => SETTLED[step]())).join(" ");
}

/* What told the last of those that a count lets through from the first of those level with it; undefined without a tie. */
function stepAtCut(items, count) {
  const rank = (row) => row[`rank_${count}`];
  const through = items.filter((row) => row.passes_by && row.passes_by[count]);
  const last = Math.max(0, ...through.map(rank));
  const won = through.filter((row) => rank(row) === last);
  const lost = items.filter((row) => rank(row) === last && !won.includes(row));
  const steps = won.flatMap((above) => lost.map((below) => settledBy(above, below)));
  return ["lot", "agreement", "cells"].find((step) => steps.includes(step));
}

/** What settled in which order two rows stand that are level by the count that decides, `above` and `below` it. */
export function settledSentence(above, below) {
  return SETTLED[settledBy(above, below)]();
}

/** What stands after a second round, as it is published (`both_rounds`), with the rows of both rounds: those that keep the
 *  place of the first (`kept`), that had one and have none (`out`), that have one and had none (`added`); how many pass by
 *  both rounds together, of how many. null where there are no figures of it. */
export function afterBoth(both, result, first) {
  if (!both || !both.kept || !first || first.few || result.few) return null;
  const before = first.columns.flatMap((column) => column.items);
  const now = result.columns.flatMap((column) => column.items);
  const rowsOf = (ids) => ids.map((id) => now.concat(before).find((row) => row.item === id)).filter(Boolean);
  return {
    kept: rowsOf(both.kept),
    out: rowsOf(both.out),
    added: rowsOf(both.added),
    passing: both.kept.length + now.filter((row) => row.passes).length,
    all: both.items,
  };
}

/** {@link afterBoth} of a run that is a second round: `results` are those that were revealed before, as the view has them.
 *  Nothing where this is none, or that cannot be told. */
export function standing(run, results = {}) {
  const first = run.both_rounds && results[run.both_rounds.first];
  return first ? afterBoth(run.both_rounds, run.result, first.result) : null;
}

/** {@link afterBoth} as a headline. */
export function bothHeadline({ passing, all }) {
  return passing
    ? tn("After both rounds one of {all} passes", "After both rounds {n} of {all} pass", passing, { all })
    : t("After both rounds nothing passes");
}

/** What a second round changed, of {@link afterBoth}. */
export function bothSentence({ out, added }) {
  if (!out.length && !added.length) return t("The second round left what passes as it was.");
  return [
    out.length > 0 && t("Passed in the first round, and is out: {titles}.", { titles: quoted(out) }),
    added.length > 0 && t("Passes now, and did not before: {titles}.", { titles: quoted(added) }),
  ].filter(Boolean).join(" ");
}

/** What kept its place, of {@link afterBoth}, where no list names it. */
export function keptSentence({ kept }) {
  return kept.length ? t("Passed in the first round, and stays: {titles}.", { titles: quoted(kept) }) : "";
}

/** The title of a row, or what stands for it. */
export function titleOf(row) {
  return row.title === undefined ? t("(hidden by the facilitator)") : row.title;
}

/** What passed, as the headline of a poster. */
export function passedHeadline(result) {
  const rows = result.columns.flatMap((column) => column.items);
  const passing = rows.filter((row) => row.passes);
  if (!passing.length) return t("Nothing passes");
  if (passing.length === 1 && passing[0].title !== undefined && passing[0].title.length <= 70) {
    return t("“{title}” passes", { title: passing[0].title });
  }
  return tn("One of {all} passes", "{n} of {all} pass", passing.length, { all: rows.length });
}

/** What would pass by the other count: the items, and the sentence; null where it is the same, or there is one count. */
export function consequence({ rule, columns }) {
  const [listing] = columns;
  const rows = columns.length === 1 ? listing.items.filter((row) => row.title !== undefined && row.passes_by) : [];
  if (!rows.some((row) => row.passes_by.balanced !== undefined)) return null;
  if (rule === "both") {
    const halves = rows.filter((row) => !row.passes && (row.passes_by.headcount || row.passes_by.balanced));
    return halves.length > 0 && {
      rows: halves, said: t("Ahead by one of the counts only, so not through: {titles}.", { titles: quoted(halves) }),
    };
  }
  const other = rule === "headcount" ? "balanced" : "headcount";
  const ins = rows.filter((row) => row.passes_by[other] && !row.passes);
  const outs = rows.filter((row) => row.passes && !row.passes_by[other]);
  if (!ins.length || !outs.length) return null;
  const said = { ins: quoted(ins), outs: quoted(outs) };
  return { rows: ins, said: other === "headcount"
    ? tn("By one person, one vote, {ins} would pass instead of {outs}.",
      "By one person, one vote, these would pass instead of {outs}: {ins}.", ins.length, said)
    : tn("If every group counted the same, {ins} would pass instead of {outs}.",
      "If every group counted the same, these would pass instead of {outs}: {ins}.", ins.length, said) };
}

/** What backed an item under equal shares: "Backed by: Businesses 60%, Universities 40%." */
export function backedSentence(chosen, cells, groups, percent) {
  if (!chosen.backed_by) return t("Filled up by the count in which every group weighs the same.");
  const parts = Object.keys(chosen.backed_by)
    .map((id) => ({ cell: cellOf(id, cells), share: chosen.backed_by[id] }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share)
    .map(({ cell, share }) => `${cellInWords(cell, groups)} ${percent(share)}`);
  return t("Backed by: {groups}.", { groups: parts.join(", ") });
}

/** Of a row under equal shares that stands otherwise by the balanced count: why it is in, or is not. */
export function portfolioFlip(row) {
  const place = ordinal(row.rank_balanced);
  return row.passes
    ? t("“{title}” is only {place} when every group counts the same, and yet passes: its supporters together had enough.",
      { title: brief(titleOf(row)), place })
    : t("“{title}” is {place} when every group counts the same, and yet does not pass: its supporters together did not have enough left.",
      { title: brief(titleOf(row)), place });
}

/** The row that stands otherwise under equal shares than by the balanced count, the one furthest up first; or null. */
export function portfolioFlipOf(listing) {
  const rows = listing.items.filter((row) => row.passes_by && row.title !== undefined
    && row.passes_by.portfolio !== undefined && row.passes_by.portfolio !== row.passes_by.balanced);
  return rows.find((row) => !row.passes) || rows[0] || null;
}

/** Figures by territory in one line, or "" where there are none: "Tacna 45%, Arica 20%". */
export function territoriesLine(figures, territories, write) {
  const name = (id) => {
    const found = territories.find((one) => one.id === id);
    return found ? w(found.name) : id;
  };
  return Object.keys(figures || {}).map((id) => `${name(id)} ${write(figures[id])}`).join(", ");
}
