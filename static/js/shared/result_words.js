// What a result says in plain words. Pure: a result and the groups in, sentences out; phone, console and screen say
// the same.
import { currentLanguage, number, t, tn, w } from "./i18n.js";
import { groupColor } from "./mark.js";

/** A mean with one decimal, or so many, as the reader's language writes it: "3.4", "3,4". */
export function decimal(value, decimals = 1) {
  return number(value, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** A place in an order: "1st", "2nd", "11th"; "1.º" in Spanish, "1º" in Portuguese. */
export function ordinal(n) {
  const code = currentLanguage();
  if (code === "es") return `${n}.º`;
  if (code === "pt") return `${n}º`;
  const tens = n % 100;
  const ending = tens > 10 && tens < 14 ? "th" : { 1: "st", 2: "nd", 3: "rd" }[n % 10] || "th";
  return `${n}${ending}`;
}

/** With how many decimals the figures of a list are told: one more than `fewest` where without it two neighbours with
 *  different places would show the same figure. `write(value, decimals)`: how a figure is written. */
export function decimalsOf(rows, counts, write = share, fewest = 0) {
  const alike = (one, next, count) => next[`rank_${count}`] !== one[`rank_${count}`] && next[count] !== one[count]
    && write(next[count], fewest) === write(one[count], fewest);
  return counts.some((count) => {
    const order = rows.filter((row) => row[count] !== undefined)
      .sort((a, b) => a[`rank_${count}`] - b[`rank_${count}`]);
    return order.some((row, place) => place > 0 && alike(order[place - 1], row, count));
  }) ? fewest + 1 : fewest;
}

/** A share (0 to 1) as per cent with so many decimals. */
export function share(value, decimals) {
  return number(value, { style: "percent", minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** The two counts by their names, as everywhere. */
export function countName(count) {
  return count === "headcount" ? t("One person, one vote") : t("Every group the same");
}

/** The counts to show, the deciding one first. `rule` is that of the vote; without cells there is but one count. */
export function countsOf(result) {
  const rows = result.columns ? result.columns.flatMap((column) => column.items) : [];
  const scores = (row) => Object.keys(row.scores || {}).map((id) => row.scores[id]);
  const both = rows.some((row) => [row].concat(scores(row)).some((of) => of.balanced !== undefined));
  if (!both) return ["headcount"];
  return result.rule === "headcount" ? ["headcount", "balanced"] : ["balanced", "headcount"];
}

/** Whether this count decides under the rule of the vote ("both" has two that decide). */
export function decides(rule, count) {
  return rule === "both" || rule === count;
}

/** Whether a vote by which something could pass only tells how the room stands: a read-back. */
export function informs(method, passes) {
  return method === "agree" && passes === 0;
}

/** The rule of a vote and how many pass, in a sentence or two. */
export function ruleSentence(rule, passes, perColumn) {
  const how = {
    headcount: t("One person, one vote."),
    balanced: t("Every group counts the same, whatever its size."),
    both: t("Only what is ahead by both counts goes through: one person, one vote, and every group counting the same."),
    portfolio: t("Every group received an equal part of the places; a priority enters when its supporters together have enough for a whole place."),
  }[rule];
  return `${how} ${passesSentence(rule, passes, perColumn)}`;
}

function passesSentence(rule, passes, perColumn) {
  if (passes === 0) return t("None of these was among what passed, and none passes now.");
  if (rule === "portfolio") return tn("At most one passes.", "At most {n} pass.", passes);
  if (rule === "both") {
    return perColumn
      ? tn("At most one passes in each column.", "At most {n} pass in each column.", passes)
      : tn("At most one passes.", "At most {n} pass.", passes);
  }
  return perColumn
    ? tn("The first one in each column passes.", "The first {n} in each column pass.", passes)
    : tn("The first one passes.", "The first {n} pass.", passes);
}

/** How one may spend the dots of a vote. */
export function dotsSentence(method) {
  const many = method.per === "column"
    ? tn("Everyone has one dot in each column.", "Everyone has {n} dots in each column.", method.dots)
    : tn("Everyone has one dot.", "Everyone has {n} dots.", method.dots);
  if (method.dots <= 1 || method.cap >= method.dots) return many;
  return `${many} ${tn("At most one on the same item.", "At most {n} on the same item.", method.cap)}`;
}

/** Where an item stands by each count. */
export function placesSentence(row) {
  if (row.rank_balanced === undefined) {
    return t("One person, one vote: {place}.", { place: ordinal(row.rank_headcount) });
  }
  return t("One person, one vote: {heads}. Every group counting the same, whatever its size: {groups}.", {
    heads: ordinal(row.rank_headcount),
    groups: ordinal(row.rank_balanced),
  });
}

/** The place of a row by the count that decides; with both deciding, by that in which every group counts the same. */
export function placeOf(row, rule) {
  return rule === "headcount" || row.rank_balanced === undefined ? row.rank_headcount : row.rank_balanced;
}

/** Rows in listed order, those that pass before all others: where both counts have to agree, something that is ahead
 *  by one of them may stand among those that do not pass. */
export function passingFirst(rows) {
  return rows.filter((row) => row.passes).concat(rows.filter((row) => !row.passes));
}

/** The row for which it matters most which count decides, or null: it would pass by one count and not by the other,
 *  or it leads by one and not by the other. */
export function flip(column) {
  const rows = column.items.filter((row) => row.rank_balanced !== undefined && row.title !== undefined);
  const differs = (row) => row.passes_by && row.passes_by.headcount !== row.passes_by.balanced;
  const leads = (row) => row.rank_headcount !== row.rank_balanced
    && (row.rank_headcount === 1 || row.rank_balanced === 1);
  const widest = (candidates) => candidates.reduce((best, row) => {
    const gap = Math.abs(row.rank_headcount - row.rank_balanced);
    return !best || gap > Math.abs(best.rank_headcount - best.rank_balanced) ? row : best;
  }, null);
  return widest(rows.filter(differs)) || rows.find(leads) || null;
}

/** {@link flip} of every column, the one that says most first: what would pass by the other count comes before what
 *  only leads by it, and a wider gap before a narrower one. */
export function flipsOf(result) {
  const crosses = (row) => Number(Boolean(row.passes_by) && row.passes_by.headcount !== row.passes_by.balanced);
  const gap = (row) => Math.abs(row.rank_headcount - row.rank_balanced);
  return result.columns.map(flip).filter(Boolean).sort((a, b) => crosses(b) - crosses(a) || gap(b) - gap(a));
}

/** The sentence for {@link flip}, the count that decides first. */
export function flipSentence(row, rule) {
  const said = { title: row.title, groups: ordinal(row.rank_balanced), heads: ordinal(row.rank_headcount) };
  return rule === "headcount"
    ? t("“{title}” is {heads} by one person, one vote, and {groups} when every group counts the same.", said)
    : t("“{title}” is {groups} when every group counts the same, and {heads} by one person, one vote.", said);
}

/** The name of a cell, also inside a sentence: its group, those who speak for funders, or the small groups that are
 *  counted together: "Universities", "Civil society + Environment". */
export function cellInWords(cell, groups) {
  return namesIn(cell, groups).join(" + ");
}

function namesIn(cell, groups) {
  const names = cell.groups.map((id) => {
    const group = groups.find((one) => one.id === id);
    return group ? w(group.name) : id;
  });
  return cell.funders ? names.concat(fundersName()) : names;
}

/** Those who speak for a funding institution, where their answers stand apart. */
export function fundersName() {
  return t("those who speak for funders");
}

/** Whether all groups stand in one cell, since some are too small: then there is nothing to tell by group. */
export function allTogether(cells) {
  return Boolean(cells) && cells.length === 1 && cells[0].groups.length > 1;
}

/** What is said once instead of what each group answered, where {@link allTogether}. */
export function togetherSentence() {
  return t("Results cannot be shown by group: in some groups too few people took part.");
}

/** Icon and colour of a cell. */
export function cellMark(cell, groups) {
  if (cell.funders && !cell.groups.length) return { icon: "funding", color: "var(--ink)" };
  if (cell.groups.length > 1) return { icon: "pool", color: "var(--group-pool)" };
  const group = groups.find((one) => one.id === cell.groups[0]);
  return { icon: group ? group.icon : "other", color: groupColor(cell.groups[0]) };
}

/** Whether pages tell figures by territory of a result, one tap away at most. */
export function tellsTerritories({ rule, columns }) {
  return Boolean(rule && columns) && columns.some(({ items }) => items.some((row) => Object.keys(row.territories || {}).length > 0));
}

/** What has to be said beside the figures: who counted, who is missing, what was pooled. `sides`: whether figures by
 *  territory stand among them. */
export function remarks(result, groups, sides = tellsTerritories(result)) {
  const lines = [tn("One person voted.", "{n} people voted.", result.voters)];
  const missing = result.not_represented || [];
  if (missing.length) {
    const names = groups.filter((group) => missing.includes(group.id)).map((group) => w(group.name));
    lines.push(t("{there} of {all} groups voted; no votes from: {names}.", {
      there: groups.length - missing.length,
      all: groups.length,
      names: names.join(", "),
    }));
  }
  const together = (result.cells || []).filter((cell) => cell.groups.length + Boolean(cell.funders) > 1);
  if (allTogether(result.cells)) {
    lines.push(togetherSentence());
  } else if (together.length) {
    lines.push(t("In some groups fewer than three people voted; to protect them their votes are shown together with other small groups."));
    lines.push(t("These count as one group: {groups}.", { groups: together.map((cell) => namesIn(cell, groups).join(", ")).join("; ") }));
  }
  if (result.territories_without && sides) {
    lines.push(t("By territory without groups of which fewer than three people voted on one side: {groups}.", {
      groups: (result.cells || []).filter((cell) => result.territories_without.includes(cell.id))
        .map((cell) => namesIn(cell, groups).join(", ")).join("; "),
    }));
  }
  if (result.territories_withheld) {
    lines.push(t("Figures by territory are withheld: together with those by group they would tell too much about single people."));
  }
  return lines;
}

/** What is said of a row whose place hangs on a very small group. */
export function cautionSentence() {
  return t("Treat this position with caution: it depends on a group with very few voters.");
}

/** Whether everything that passes, two items at least, depends on very few: then that is said once, and of no row. */
export function allInDoubt(rows) {
  const through = rows.filter((row) => row.passes);
  return through.length > 1 && through.every((row) => row.cut_depends);
}

/** What the warning mark beside these rows stands for, each said once; `all`: every row of the result. */
export function doubts(rows, all = rows) {
  return [
    allInDoubt(all)
      ? rows.some((row) => row.passes) && t("Treat all positions with caution: what passes depends on groups with very few voters.")
      : rows.some((row) => row.cut_depends) && cautionSentence(),
    rows.some((row) => row.lot) && lotSentence(),
  ].filter(Boolean);
}

/** What is said of a row that passed, or did not, by lot. */
export function lotSentence() {
  return t("A tie at the cut was decided by lot.");
}

/** What is said where there are too few voters for figures: sheets of paper do not count towards the three. */
export function fewSentence(result) {
  if (result.voters >= 3) return t("Fewer than three people voted on a phone. To protect them no figures are shown.");
  return t("Fewer than three people took part. To protect them no figures are shown.");
}
