// A press that had no answer when the connection broke. Whether it was carried out is not asked of the server, since
// asking would be sending it again: once the view is there, it says how things stand. Pure functions.
import { standsIn, wordsFor } from "../shared/cards.js";
import { t, tn, w } from "../shared/i18n.js";
import { reminderLine } from "../shared/reminder.js";
import { called, minutes as minutesOf, stoodOf, timeOfDay } from "./flow.js";
import { saysTheSame } from "./sheets.js";

/** What to say about an unanswered press: {text, bad}. `press`: {name, command}; `view`: what is shown now, or undefined
 *  as long as there is no connection. `bad`: whether something is left to be done. */
export function unanswered({ name, command }, view) {
  if (!view) {
    return {
      text: t("“{press}” was not answered: the connection broke. It will not be sent later. How things stand appears here when the connection is back.",
        { press: name }),
      bad: true,
    };
  }
  const { words, done } = standing(view, command);
  const text = [t("“{press}” was not answered in time.", { press: name }), words,
    !done && t("Press again if need be.")];
  return { text: text.filter(Boolean).join(" "), bad: !done };
}

/** How the thing stands that a command is about: {words, done}; `done`: it is as the command would have it. */
export function standing(view, command) {
  const of = STANDS[command.type];
  return of ? of(view, command) : { words: "", done: false };
}

const runOf = (view, id) => view.stages.flatMap((stage) => stage.runs).find((run) => run.run === id);
const stageOfRun = (view, id) => view.stages.find((stage) => stage.runs.some((run) => run.run === id));

function stageWords(view, id, status) {
  const stage = called(view, id);
  return {
    waiting: t("“{stage}” is not open.", { stage }),
    open: t("“{stage}” is open.", { stage }),
    paused: t("“{stage}” is paused.", { stage }),
    closed: t("“{stage}” is closed.", { stage }),
  }[status] || "";
}

/* Of a run: its status, and whether that is the wanted one. */
const run = (wanted) => (view, command) => {
  const found = runOf(view, command.run);
  if (!found) return { words: "", done: false };
  return { words: stageWords(view, stageOfRun(view, command.run).id, found.status), done: found.status === wanted };
};

function opened(view, { stage }) {
  const { status } = view.stages.find((one) => one.id === stage);
  return { words: stageWords(view, stage, status), done: status === "open" };
}

function revealed(view, command) {
  const found = runOf(view, command.run);
  const done = Boolean(found && found.revealed);
  return { words: done ? t("The result is shown to everyone.") : t("The result is not revealed."), done };
}

function steppedBack(view, command) {
  const { now } = view;
  const done = !now || now.run !== command.run || stoodOf(now) !== command.stood;
  return { words: now ? stageWords(view, now.stage, now.status) : t("No stage is open."), done };
}

const timer = (wanted) => (view, command) => {
  const now = view.now && view.now.run === command.run ? view.now.timer : undefined;
  const words = !now ? t("There is no timer.")
    : now.left !== undefined ? t("The timer is held.")
      : t("The timer runs until {time}.", { time: timeOfDay(now.ends_at) });
  return { words, done: wanted(now, command) };
};

const item = (idOf, wanted) => (view, command) => {
  const found = view.items[idOf(command)];
  if (!found) return { words: "", done: false };
  const words = {
    hidden: t("Number {n} is hidden.", { n: found.n }),
    shown: t("Number {n} is shown.", { n: found.n }),
    waiting: t("Number {n} waits for approval.", { n: found.n }),
    merged: t("Number {n} is merged into another one.", { n: found.n }),
  }[found.state] || "";
  return { words, done: wanted.includes(found.state) };
};

const text = (idOf, wanted) => (view, command) => {
  const waits = Boolean((view.proposed || {})[idOf(command)]);
  return { words: waits ? t("This text waits for approval.") : t("This text does not wait any more."), done: waits === wanted };
};

function moderated(view, { on }) {
  const is = Boolean(view.workshop.moderated);
  return { words: is ? t("Contributions wait for approval.") : t("Contributions are shown at once."), done: is === on };
}

function toldApart(view, { items, apart = true }) {
  const told = Boolean((view.apart || {})[items.slice(0, 2).sort().join("+")]);
  return { words: told ? t("They are not suggested again.") : "", done: told === apart };
}

function translated(view, { item: id, language, text }) {
  const found = view.items[id];
  if (!found) return { words: "", done: false };
  const stands = (found.translations || {})[language] || "";
  return { words: stands ? t("Beside number {n} stands: {text}", { n: found.n, text: stands })
    : t("Nothing stands beside number {n}.", { n: found.n }), done: stands === text.trim() };
}

function sheet(view, command) {
  const { run: id, voter, group } = command;
  const n = Number(voter);
  const stored = (view.paper[id] || {})[String(n)];
  if (!stored) return { words: t("Sheet {n} is not saved.", { n }), done: false };
  const done = stored.group === group && saysTheSame(stored, command);
  return { words: done ? t("Sheet {n} is saved.", { n }) : t("Sheet {n} stands as it was before.", { n }), done };
}

function grouped(view, command) {
  const person = view.persons[command.person];
  const group = person && view.groups.find((one) => one.id === person.group);
  if (!group) return { words: "", done: false };
  const done = ["group", "territory", "funder"].every((key) => command[key] === undefined || command[key] === person[key]);
  return { words: t("Number {n} is in “{group}”.", { n: person.n, group: w(group.name) }), done };
}

function planned(view, { stage: id, minutes, skipped }) {
  const stage = view.stages.find((one) => one.id === id);
  if (!stage) return { words: "", done: false };
  const words = stage.skipped ? t("“{stage}” is left out.", { stage: called(view, id) })
    : t("“{stage}” is planned with {minutes}.", { stage: called(view, id), minutes: minutesOf(stage.minutes) });
  const done = (minutes === undefined || minutes === stage.minutes)
    && (skipped === undefined || skipped === Boolean(stage.skipped));
  return { words, done };
}

function moved(view, { stage: id, after }) {
  const at = view.stages.findIndex((one) => one.id === id);
  const before = at > 0 ? view.stages[at - 1].id : "";
  const words = before ? t("“{stage}” comes after “{other}”.", { stage: called(view, id), other: called(view, before) })
    : t("“{stage}” is the first stage.", { stage: called(view, id) });
  return at < 0 ? { words: "", done: false } : { words, done: before === after };
}

function endPlanned(view, command) {
  const end = view.workshop.ends_at;
  const words = end ? t("The end is planned at {time}.", { time: timeOfDay(end) }) : t("No end is planned.");
  return { words, done: end === command.ends_at };
}

function reminded(view, { group, about }) {
  const shown = view.reminder;
  const words = shown ? t("On the screen: “{line}”", { line: reminderLine(view) }) : t("The screen asks for nobody.");
  return { words, done: group ? Boolean(shown) && (!shown.group || shown.group === group) && shown.about === about : !shown };
}

function atTheDoor(view, { type, person }) {
  const { waiting, away } = view.door;
  const found = waiting[person] || away[person] || view.persons[person];
  if (!found) return { words: "", done: false };
  const { n } = found;
  const words = waiting[person] ? t("Number {n} waits at the door.", { n })
    : away[person] ? t("Number {n} was turned away.", { n }) : t("Number {n} is in.", { n });
  return { words, done: { admit: view.persons[person], turn_away: away[person], put_back: waiting[person] }[type] !== undefined };
}

function ended(view, { type }) {
  const is = view.workshop.ended;
  return { words: is ? t("The workshop has ended.") : t("The workshop has not ended."), done: is === (type === "end_workshop") };
}

function filled(view, { run: id, item, field, value }) {
  const cards = [view.now].concat(Object.keys(view.cards || {}).map((stage) => view.cards[stage])).find((one) => one && one.run === id);
  if (!cards || !cards.candidates[item]) return { words: "", done: false };
  const stands = standsIn(cards, item, field).value;
  const words = stands ? t("It says there now: “{text}”", { text: wordsFor(cards.fields.find((one) => one.id === field), stands) })
    : t("Nothing stands there now.");
  return { words, done: stands === value.trim() };
}

const STANDS = {
  open_stage: opened,
  pause_stage: run("paused"),
  resume_stage: run("open"),
  close_stage: run("closed"),
  reveal_result: revealed,
  step_back: steppedBack,
  set_timer: timer((now, { seconds, close }) => (now ? seconds > 0 && Boolean(now.close) === Boolean(close) : !seconds)),
  extend_timer: timer(() => false), // nobody knows how long it was meant to be
  hold_timer: timer((now, { held }) => Boolean(now) && (now.left !== undefined) === held),
  hide_item: item((command) => command.item, ["hidden"]),
  show_item: item((command) => command.item, ["shown", "waiting"]),
  merge_items: item((command) => command.items[0], ["merged"]),
  unmerge_item: item((command) => command.item, ["shown"]),
  set_moderation: moderated,
  approve_item: item((command) => command.item, ["shown"]),
  approve_items: item((command) => command.items[0], ["shown"]),
  hold_items: item((command) => command.items[0], ["waiting"]),
  approve_texts: text((command) => command.texts[0], false),
  refuse_text: text((command) => command.text, false),
  hold_texts: text((command) => command.texts[0], true),
  tell_apart: toldApart,
  translate_item: translated,
  fill_card: filled,
  enter_paper_ballot: sheet,
  correct_group: grouped,
  admit: atTheDoor,
  turn_away: atTheDoor,
  put_back: atTheDoor,
  admit_all: (view, { upto }) => {
    const { waiting } = view.door;
    const left = Object.keys(waiting).filter((id) => waiting[id].n <= upto).length;
    return { words: tn("One person waits at the door", "{n} people wait at the door", left), done: left === 0 };
  },
  count_heads: ({ door }, { heads }) => ({
    words: door.heads === undefined ? t("No heads are noted.") : t("{n} heads are noted.", { n: door.heads }),
    done: door.heads === (heads === null ? undefined : heads),
  }),
  set_door: (view, { open }) => ({
    words: view.workshop.door ? t("The door is open.") : t("The door is closed."),
    done: view.workshop.door === open,
  }),
  plan_stage: planned,
  move_stage: moved,
  add_stage: () => ({ words: t("The agenda shows whether it was added."), done: false }),
  remove_stage: (view, { stage }) => ({ words: "", done: !view.stages.some((one) => one.id === stage) }),
  plan_end: endPlanned,
  remind_room: reminded,
  end_workshop: ended,
  reopen_workshop: ended,
};
