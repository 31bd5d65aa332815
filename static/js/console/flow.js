// Where a workshop is and what comes next, worked out from the console's view. Pure functions.
import { currentLanguage, t, tn, w } from "../shared/i18n.js";
import { nextOf } from "../shared/stages.js";

const FEWEST = 3; // people, for figures to be shown

/** What a stage is called here: its title and, where another one has the same, what it is about or which of them it
 *  is. `id` names it. */
export function called(view, id) {
  const stage = view.stages.find((one) => one.id === id);
  if (!stage) return "";
  const title = w(stage.title);
  const same = view.stages.filter((one) => w(one.title) === title);
  if (same.length < 2) return title;
  const about = (one) => w((view.stages.find((other) => other.id === one.of) || {}).title);
  const told = about(stage) && same.every((one) => one === stage || about(one) !== about(stage));
  return `${title} · ${told ? about(stage) : same.indexOf(stage) + 1}`;
}

/** How a run stands, in the word with which a step back names what it undoes. */
export function stoodOf(run) {
  return run.status !== "closed" ? "running" : run.revealed ? "revealed" : "closed";
}

/** The stage to open next: one that was closed only because the current one was gone back to, else the first after the
 *  current one that was never open; undefined at the end. */
export function nextStage(view) {
  return interrupted(view) || nextOf(view.stages, view.now);
}

/* The later stage that the step back to the current one closed, as long as its result is hidden. */
function interrupted(view) {
  const at = view.now ? view.stages.findIndex((stage) => stage.id === view.now.stage) : -1;
  const own = at >= 0 && view.stages[at].runs.find((run) => run.run === view.now.run);
  return view.stages.slice(at + 1).find((stage) => {
    const last = stage.runs[stage.runs.length - 1];
    return own && own.reopened_at && last && last.status === "closed" && !last.revealed && last.closed_at === own.reopened_at;
  });
}

/** The one thing to do now: {name, label, command, hint?, careful?}, or null once the workshop has ended.
 *  `careful`: it cannot be undone, so a key alone does not do it. `name` tells one kind of action from another. */
export function primaryAction(view) {
  const run = view.now;
  if (view.workshop.ended) return null;
  if (run && run.status === "paused") {
    const label = t("Resume: {stage}", { stage: called(view, run.stage) });
    return { name: "resume", label, command: { type: "resume_stage", run: run.run } };
  }
  if (run && run.status === "open") {
    const label = t("Close: {stage}", { stage: called(view, run.stage) });
    return { name: "close", label, command: { type: "close_stage", run: run.run } };
  }
  if (run && run.reveals && !run.revealed) {
    const asked = run.kind === "ask";
    const hint = asked ? t("Everyone sees them then. They cannot be hidden again.")
      : t("Everyone sees it then. It cannot be hidden again, and no sheet of paper counts after it.");
    const last = !nextStage(view) && unrevealed(view).length > 0;
    return {
      name: "reveal",
      label: asked ? t("Reveal the answers") : t("Reveal the result"),
      command: { type: "reveal_result", run: run.run },
      hint: last ? `${hint} ${t("What is not revealed is not in the report.")}` : hint,
      careful: true,
    };
  }
  const next = nextStage(view);
  if (next) {
    const stage = called(view, next.id);
    const waits = next.kind === "vote" && waitingWords(view, next.of);
    const hint = openingWords(view, next) || emptyWords(view, next) || thereWords(view, next);
    const label = next.status === "closed" ? t("Open again: {stage}", { stage })
      : run ? t("Open next: {stage}", { stage }) : t("Open: {stage}", { stage });
    const open = { name: "open", label, command: { type: "open_stage", stage: next.id } };
    return Object.assign(open, hint && { hint }, waits && { careful: true });
  }
  return {
    name: "end",
    label: t("End the workshop"),
    command: { type: "end_workshop" },
    hint: [t("Nothing more is accepted then. You can reopen it."), leftOutWords(view)].filter(Boolean).join(" "),
    careful: true,
  };
}

/** The runs in which somebody took part and whose result nobody has seen: [{run, name}]. A report leaves them out. */
export function unrevealed(view) {
  return view.stages.flatMap((stage) => stage.runs.map((run) => {
    const now = view.now && view.now.run === run.run ? view.now : view.unrevealed[run.run];
    if (!now || !now.reveals || now.revealed || !(now.cast || now.answered)) return null;
    const name = called(view, stage.id);
    return { run: run.run, name: stage.runs.length > 1 ? `${name} · ${t("run {n}", { n: run.number })}` : name };
  })).filter(Boolean);
}

/** What the report leaves out, in words; "" where that is nothing. */
export function leftOutWords(view) {
  const stages = unrevealed(view).map(({ name }) => `“${name}”`).join(", ");
  return stages && t("Not revealed, so not in the report: {stages}.", { stages });
}

/** The contributions to a gather stage (or to all) that wait to be approved, oldest first. */
export function waitingIn(view, stage) {
  return Object.keys(view.items).map((id) => view.items[id])
    .filter((item) => item.state === "waiting" && (!stage || item.stage === stage)).sort((a, b) => a.n - b.n);
}

/** What was written on cards and waits to be approved, of one stage or of all, oldest first. */
export function textsWaiting(view, stage) {
  const texts = view.proposed || {};
  return Object.keys(texts).map((id) => texts[id]).filter((one) => !stage || one.stage === stage)
    .sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
}

/** What has to be known before a vote on this gather stage is opened; "" where nothing waits. */
export function waitingWords(view, stage) {
  const { length } = waitingIn(view, stage);
  return length ? tn("One contribution waits for approval. It will not be in this vote.",
    "{n} contributions wait for approval. They will not be in this vote.", length) : "";
}

/** What has to be known before a vote that waits is opened past the sort: that what people wrote was not looked through
 *  for duplicates; "" where it was, or there is nothing in which there could be some. */
export function unsortedWords(view, vote) {
  if (vote.kind !== "vote" || vote.status !== "waiting" || !vote.of || vote.passed_by) return "";
  if (view.stages.some((one) => one.kind === "sort" && one.of === vote.of && one.status !== "waiting")) return "";
  const items = itemsOf(view, vote.of);
  const written = items.filter((item) => item.state === "shown" && !item.brought);
  if (written.length < 2 || items.some((item) => item.merged && item.merged.length)) return "";
  return t("“{stage}” is voted on without anything being merged before: what was written twice splits the votes.",
    { stage: called(view, vote.of) });
}

/** All that has to be known before a stage is opened, wherever one presses; "" where that is nothing. */
export function openingWords(view, stage) {
  return [stage.kind === "vote" && waitingWords(view, stage.of), unsortedWords(view, stage)].filter(Boolean).join(" ");
}

/* How many statements were brought into a gather stage, or are prepared for it. */
function broughtInto(view, id) {
  const { statements = 0 } = view.stages.find((one) => one.id === id) || {};
  return statements + itemsOf(view, id).filter((item) => item.brought && item.state === "shown").length;
}

/* What helps where the next stage is about items and there are none; "" where it is not so. */
function emptyWords(view, next) {
  if (!["vote", "sort", "card"].includes(next.kind) || !next.of || broughtInto(view, next.of)) return "";
  if (itemsOf(view, next.of).some((item) => item.state === "shown")) return "";
  return t("Nothing stands in “{stage}” yet. Open that stage for people to write, or bring statements in under “Contributions”.",
    { stage: called(view, next.of) });
}

/* That a gather stage need not be opened, since what it is about is there. */
function thereWords(view, next) {
  const n = next.kind === "gather" && next.status === "waiting" ? broughtInto(view, next.id) : 0;
  return n ? tn("One statement was brought in for it. If people are not to add to it, leave the stage out on the agenda.",
    "{n} statements were brought in for it. If people are not to add to them, leave the stage out on the agenda.", n) : "";
}

/** Beside revealing: to go on first, with the result still hidden. {label, command, hint?}, or null. */
export function withoutRevealing(view) {
  const primary = primaryAction(view);
  if (!primary || primary.name !== "reveal") return null;
  const next = nextStage(view);
  const hint = next && openingWords(view, next);
  return next
    ? Object.assign({ label: t("Go on without revealing: {stage}", { stage: called(view, next.id) }),
      command: { type: "open_stage", stage: next.id } }, hint && { hint })
    : { label: t("End without revealing"), command: { type: "end_workshop" } };
}

/** Whether a run of this stage is closed and its result still hidden: that it can be revealed now. */
export function canReveal(view, run) {
  const now = view.now && view.now.run === run.run;
  return now ? run.status === "closed" && view.now.reveals && !run.revealed : Boolean(view.unrevealed[run.run]);
}

/** The votes that are not on any more but take sheets of paper until they are revealed. */
export function lateVotes(view) {
  if (view.workshop.ended) return [];
  return Object.keys(view.unrevealed).map((run) => view.unrevealed[run]).filter((run) => run.kind === "vote");
}

/** What stepping back would do, in words; "" where there is nothing to step back from. */
export function stepBackWords(view) {
  if (!view.can_step_back) return "";
  if (view.workshop.ended) return t("The workshop is open again.");
  const run = view.now;
  const stage = called(view, run.stage);
  if (run.status === "closed") {
    return run.revealed
      ? t("“{stage}” starts again from zero, as run {n}. The result already seen stays, marked as run {before}.",
        { stage, n: run.number + 1, before: run.number })
      : t("“{stage}” opens again, with everything that was sent in.", { stage });
  }
  const undone = tookPart(view)
    ? t("“{stage}” is closed; what was sent in is kept.", { stage })
    : t("“{stage}” is as if it had not been opened.", { stage });
  const before = closedWith(view);
  return before ? `${undone} ${t("“{stage}” opens again.", { stage: called(view, before.id) })}` : undone;
}

/** What can be done where the result of the current stage holds no figures, or none by territory, or would not if it were
 *  revealed now; "" where there is nothing to say. */
export function withheldWords(view) {
  const { result, status, revealed, reveals, cast, answered } = view.now;
  const again = view.can_step_back && !view.workshop.ended;
  if (!revealed) {
    const back = again && reveals && status === "closed";
    if (back && (cast === undefined ? answered : cast) < FEWEST) {
      return t("Fewer than three people took part, so no figures would be shown. Step back to open this stage again for more.");
    }
    const few = fewPhonesWords(view, view.now);
    return few && back ? `${few} ${t("Step back to open this stage again for more of them.")}` : few;
  }
  if (result && result.few) {
    return again ? t("Three people who take part on their phones are enough for figures: step back, and this stage starts again as a new run. What this run withholds stays withheld.") : "";
  }
  return result && result.territories_withheld
    ? t("Figures by territory take at least three voters of a group on each side. What this result withholds stays withheld; a later vote may show more.") : "";
}

/** Of a vote that is not revealed: that so few voted on phones, beside sheets of paper, that it would hold no figures;
 *  "" where that is not so. Whoever typed the sheets in knows them: they hide nobody who voted on a phone. */
export function fewPhonesWords(view, run) {
  const typed = (view.paper || {})[run.run] || {};
  const sheets = Object.keys(typed).filter((n) => Object.keys(typed[n].dots || typed[n].ballots || {}).length > 0).length;
  const phones = run.cast - sheets;
  if (run.revealed || !sheets || !(phones > 0 && phones < FEWEST)) return "";
  return tn("Beside the sheets of paper one person has voted on a phone, so no figures would be shown: that takes three on phones, or everybody on paper.",
    "Beside the sheets of paper {n} people have voted on phones, so no figures would be shown: that takes three on phones, or everybody on paper.", phones);
}

/* Whether anybody has sent anything in the current run. */
function tookPart(view) {
  const run = view.now;
  if (run.kind === "gather") return Object.keys(view.items).some((id) => view.items[id].run === run.run);
  if (run.kind === "card") return Object.keys(run.cards).length > 0;
  return (run.cast || run.answered || 0) > 0;
}

/* The stage that was closed by the same press that opened the current one, if its result is still hidden. */
function closedWith(view) {
  return view.stages.find((stage) => stage.runs.some((run) => {
    return run.run !== view.now.run && !run.revealed && run.status === "closed" && run.closed_at === view.now.opened_at;
  }));
}

/** The status of a stage or run in a word. */
export function statusWord(status) {
  return { waiting: t("waiting"), open: t("open"), paused: t("paused"), closed: t("closed") }[status] || "";
}

/** The six steps of smart specialisation by their names. */
export function stepName(step) {
  return {
    analysis: t("Analysis"),
    governance: t("Governance"),
    vision: t("Vision"),
    priorities: t("Priorities"),
    policy_mix: t("Policy mix"),
    monitoring: t("Monitoring"),
  }[step] || "";
}

/** Minutes that the rest of the workshop takes as planned: what the current stage has left, and all that wait after it.
 *  One that was skipped is not waited for. */
export function minutesLeft(view, now) {
  const again = interrupted(view);
  const at = view.now ? view.stages.findIndex((stage) => stage.id === view.now.stage) : -1;
  const waiting = view.stages.slice(at + 1)
    .filter((stage) => (stage.status === "waiting" && !stage.skipped) || stage === again);
  const planned = waiting.reduce((sum, stage) => sum + stage.minutes, 0);
  const run = view.now;
  if (!run || run.status === "closed" || view.workshop.ended) return planned;
  const gone = Math.floor((now - beganAt(run)) / 60000);
  return planned + Math.max(0, run.minutes - gone);
}

/* When a run would have been opened, had it been open since without interruption. */
function beganAt(run) {
  return run.began || run.opened_at;
}

/** How the current stage keeps to its minutes at `now`: {planned, left, over}, whole minutes; null where none is on. */
export function paceOf(view, now) {
  const run = view.now;
  if (!run || view.workshop.ended || run.status === "closed") return null;
  const gone = Math.max(0, now - beganAt(run));
  const planned = run.minutes;
  const left = Math.max(0, Math.ceil(planned - gone / 60000));
  return { planned, left, over: Math.max(0, Math.floor(gone / 60000 - planned)) };
}

/** When the workshop would end as planned: from its first opening (or now) on, rounded up to five minutes (ms). */
export function likelyEnd(view, now) {
  const opened = view.stages.flatMap((stage) => stage.runs.map((run) => run.opened_at));
  const start = opened.length ? Math.min(...opened) : now;
  const all = view.stages.reduce((sum, stage) => sum + (stage.skipped ? 0 : stage.minutes), 0);
  return Math.ceil((start + all * 60000) / 300000) * 300000;
}

/** A time as a field of that type takes it: "14:05", by this device's clock. */
export function clockTime(ms) {
  const two = (n) => String(n).padStart(2, "0");
  const date = new Date(ms);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The moment (ms) that a time of day means when it is typed at `now`: the one from six hours ago to eighteen ahead.
 *  undefined if it is no time. */
export function timeNear(text, now) {
  const found = /^\s*(\d{1,2})[:.h](\d{2})(:\d{2})?\s*$/.exec(text);
  if (!found || Number(found[1]) > 23 || Number(found[2]) > 59) return undefined;
  const date = new Date(now);
  date.setHours(Number(found[1]), Number(found[2]), 0, 0);
  if (date.getTime() < now - 6 * 3600000) date.setDate(date.getDate() + 1);
  else if (date.getTime() > now + 18 * 3600000) date.setDate(date.getDate() - 1);
  return date.getTime();
}

/** What times of day are typed in relation to (ms): now or, before a day that is still to come, the early morning of it. */
export function dayOf(view, now) {
  const [year, month, day] = (view.workshop.date || "").split("-").map(Number);
  return view.now || !day ? now : Math.max(now, new Date(year, month - 1, day, 6).getTime());
}

/** Items of one gather stage, oldest first, without those their authors took back. */
export function itemsOf(view, stage) {
  return Object.keys(view.items)
    .map((id) => view.items[id])
    .filter((item) => item.stage === stage && item.state !== "withdrawn")
    .sort((a, b) => a.n - b.n);
}

/** Which gather stage the current one is about, if any. */
export function stageOfItems(view) {
  const run = view.now;
  if (!run) return undefined;
  return run.kind === "gather" ? run.stage : run.of;
}

/** A time of day as it stands in a run sheet: "14:05". */
export function timeOfDay(ms) {
  return new Intl.DateTimeFormat(currentLanguage(), { hour: "2-digit", minute: "2-digit", hour12: false }).format(ms);
}

/** A day as one says it: "Thursday, 26 November". */
export function dayInWords(ms) {
  return new Intl.DateTimeFormat(currentLanguage(), { weekday: "long", day: "numeric", month: "long" }).format(ms);
}

/** "1 minute", "25 minutes". */
export function minutes(n) {
  return tn("{n} minute", "{n} minutes", n);
}
