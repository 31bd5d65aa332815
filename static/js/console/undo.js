// What was done last in this workshop, by whichever console, and can be taken back: a short list, each with what “Undo”
// does. It sends commands like any others; nothing is taken out of the record.
import { html } from "../shared/dom.js";
import { t, tn, w } from "../shared/i18n.js";
import { Icon } from "../shared/parts.js";
import { Said } from "./actions.js";
import { called, minutes, timeOfDay } from "./flow.js";

/** The acts to list beside stepping back, which stands for opening and closing itself: those that whoever looks may undo. */
export function listedActs(view, actions) {
  return view.acts.filter((act) => !["stage_opened", "stage_reopened", "stage_closed"].includes(act.what))
    .filter((act) => act.what !== "workshop_ended" && act.commands.every((command) => actions.may(command.type)));
}

/** The list. */
export function Undo({ view, actions }) {
  const acts = listedActs(view, actions);
  if (!acts.length) return null;
  return html`<h2 class="part-title" id="undo-title">${t("Done lately")}</h2>
    <ul class="undo-list" aria-labelledby="undo-title">${acts.map((act) => html`<${Row} key=${act.seq} act=${act}
      view=${view} actions=${actions} />`)}</ul>`;
}

function Row({ act, view, actions }) {
  const place = `undo.${act.seq}`;
  const { done, then } = actWords(view, act);
  const busy = actions.busy(place) || !actions.ready;
  const name = t("Undo: {act}", { act: done });
  const undo = async () => {
    for (const command of act.commands) {
      const answer = await actions.act(place, command, { name });
      if (!answer || !answer.ok) return; // what was said about it is to stay
    }
  };
  return html`<li class="undo-row">
    <p><span class="undo-done">${done}</span> <span class="undo-then">${t("{time}. Undo: {then}",
      { time: timeOfDay(act.at), then })}</span></p>
    <button type="button" class="button-outline" aria-label=${name} aria-disabled=${busy ? "true" : undefined}
      onClick=${() => !busy && undo()}><${Icon} name="undo" /><span>${t("Undo")}</span></button>
    <${Said} actions=${actions} place=${place} />
  </li>`;
}

/** What was done, and what undoing it does: {done, then}. */
export function actWords(view, act) {
  const item = (id) => view.items[id] || { n: 0, title: "" };
  const numbers = (ids) => ids.map((id) => item(id).n).join(", ");
  if (act.what === "item_hidden") {
    const { n, title } = item(act.items[0]);
    return { done: t("Number {n} hidden: {title}", { n, title }), then: t("it is shown again.") };
  }
  if (act.what === "item_approved") {
    return {
      done: tn("Number {numbers} approved", "Numbers {numbers} approved", act.items.length, { numbers: numbers(act.items) }),
      then: tn("it waits again.", "they wait again.", act.items.length),
    };
  }
  if (act.what === "card_text_settled" && !act.became) {
    return { done: t("A text for a card not taken over"), then: t("it waits again.") };
  }
  if (act.what === "card_text_settled") {
    return {
      done: tn("A text on a card approved", "{n} texts on cards approved", act.items.length),
      then: tn("it waits again.", "they wait again.", act.items.length),
    };
  }
  if (act.what === "items_merged") {
    const [into, ...others] = act.items;
    return {
      done: tn("Number {numbers} merged into number {into}", "Numbers {numbers} merged into number {into}", others.length,
        { numbers: numbers(others), into: item(into).n }),
      then: tn("it stands by itself again.", "each stands by itself again.", others.length),
    };
  }
  const others = OTHERS[act.what];
  if (others) return others(view, act);
  if (act.what === "end_planned") {
    const end = (ms) => (ms ? t("the end is at {time} again.", { time: timeOfDay(ms) }) : t("no end is planned again."));
    return {
      done: act.end_after ? t("End planned at {time}", { time: timeOfDay(act.end_after) }) : t("No fixed end any more"),
      then: end(act.end_before),
    };
  }
  return plannedWords(called(view, act.stage), act);
}

const numberOf = (view, id) => (view.items[id] || { n: 0 }).n;
const personOf = (view, id) => (view.persons[id] || view.door.away[id] || { n: 0 }).n;

/* What is no step of the workshop, by the kind of act. */
const OTHERS = {
  item_unmerged: (view, { items: [into, item] }) => ({
    done: t("Number {n} taken out of number {into}", { n: numberOf(view, item), into: numberOf(view, into) }),
    then: t("it is merged into it again."),
  }),
  item_brought: (view, { items }) => ({
    done: tn("One statement brought in", "{n} statements brought in", items.length),
    then: tn("it is taken out again.", "they are taken out again.", items.length),
  }),
  items_told_apart: (view, { items }) => ({
    done: t("Not the same: numbers {numbers}", { numbers: items.map((id) => numberOf(view, id)).join(", ") }),
    then: t("they may be suggested again."),
  }),
  item_translated: (view, { items: [item], was, became }) => ({
    done: became ? t("Beside number {n}: {text}", { n: numberOf(view, item), text: became })
      : t("Nothing beside number {n} any more", { n: numberOf(view, item) }),
    then: was ? t("“{text}” stands there again.", { text: was }) : t("nothing stands there again."),
  }),
  moderation_set: (view, { became, items }) => {
    if (became) return { done: t("Approval switched on"), then: t("it is off again; what waits goes on waiting.") };
    if (!items) return { done: t("Approval switched off"), then: t("it is on again.") };
    return {
      done: tn("Approval switched off, one contribution approved", "Approval switched off, {n} contributions approved", items.length),
      then: tn("it is on again, and that one waits again.", "it is on again, and they wait again.", items.length),
    };
  },
  described: (view, { person, was, became }) => {
    const name = ({ group }) => w((view.groups.find((one) => one.id === group) || {}).name);
    return {
      done: t("Number {n} corrected: {group}", { n: personOf(view, person), group: name(became) }),
      then: was.group === became.group ? t("as it was before.") : t("“{group}” again.", { group: name(was) }),
    };
  },
  person_turned_away: (view, { person }) => ({
    done: t("Number {n} turned away from the door", { n: personOf(view, person) }), then: t("they wait at the door again."),
  }),
  stage_moved: (view, { stage, was, became }) => ({
    done: movedWords(view, stage, became), then: t("{moved} again.", { moved: movedWords(view, stage, was) }),
  }),
  stage_added: (view, { stage, weighs }) => ({
    done: t("Added: {stage}", { stage: called(view, stage) }),
    then: weighs ? t("it is taken out again. With their own weights again: {stages}.", {
      stages: weighs.map((id) => called(view, id)).join("; ") }) : t("it is taken out again."),
  }),
  heads_counted: (view, { was, became }) => ({
    done: became === undefined ? t("No heads noted any more") : tn("One head noted", "{n} heads noted", became),
    then: was === undefined ? t("none are noted again.") : t("{n} again.", { n: was }),
  }),
};

/* Where a stage stands in such an order. */
function movedWords(view, id, order) {
  const at = order.indexOf(id);
  const stage = called(view, id);
  return at > 0 ? t("{stage} after “{other}”", { stage, other: called(view, order[at - 1]) }) : t("{stage} first", { stage });
}

function plannedWords(stage, { before, after }) {
  if (after.skipped && !before.skipped) {
    return { done: t("Left out: {stage}", { stage }), then: t("it is on the agenda again, with {minutes}.", { minutes: minutes(before.minutes) }) };
  }
  if (before.skipped && !after.skipped) {
    return { done: t("Brought back: {stage}", { stage }), then: t("it is left out again.") };
  }
  return {
    done: t("{stage}: {minutes} instead of {n}", { stage, minutes: minutes(after.minutes), n: before.minutes }),
    then: t("{minutes} again.", { minutes: minutes(before.minutes) }),
  };
}
