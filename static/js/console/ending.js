// “We end at 12:30”: the end as planned, whether the rest fits before it, and what to shorten or to leave out.
import { html, useEffect, useState } from "../shared/dom.js";
import { t, tn } from "../shared/i18n.js";
import { Icon } from "../shared/parts.js";
import { Act, Said } from "./actions.js";
import { farOff, overBy } from "./fit.js";
import { called, clockTime, dayInWords, dayOf, likelyEnd, minutes, minutesLeft, timeNear, timeOfDay } from "./flow.js";
import { useMinute } from "./pace.js";

const PLACE = "ending";

/** In words: whether the rest fits before the planned end (ms). */
export function fitWords(fit, end) {
  const over = overBy(fit);
  const far = farOff(fit, end);
  if (far) return far === "later" ? t("The planned end is only on {day}", { day: dayInWords(end) }) : t("The planned end was on {day}", { day: dayInWords(end) });
  if (over > 0) return tn("{n} minute too many", "{n} minutes too many", over);
  if (over <= -90) return t("It fits, with {time} to spare", { time: hoursInWords(-over) });
  return over < 0 ? tn("It fits, with {n} minute to spare", "It fits, with {n} minutes to spare", -over) : t("It fits exactly");
}

function hoursInWords(n) {
  const time = { hours: Math.floor(n / 60), minutes: n % 60 };
  return time.minutes ? t("{hours} h {minutes} min", time) : t("{hours} h", time);
}

/** The end of the workshop, above the agenda. `fit`: see fit.js. */
export function Ending({ view, fit, actions, offset }) {
  const { starts_at: start, ends_at: end, ended } = view.workshop;
  const [changing, change] = useState(false);
  useEffect(() => change(false), [start, end]);
  const may = actions.may("plan_end");
  if (ended || !(end || may)) return null;
  const set = end && !(changing && may);
  return html`<section class="ending" id="ending" tabindex="-1" aria-label=${t("The end")}>
    ${set ? html`<${Planned} view=${view} fit=${fit} actions=${actions} change=${() => change(true)} />`
      : html`<${Ask} key=${`${start} ${end}`} view=${view} actions=${actions} offset=${offset} leave=${end && (() => change(false))} />`}
    <${Said} actions=${actions} place=${PLACE} />
  </section>`;
}

function Ask({ view, actions, offset, leave }) {
  const now = useMinute(offset);
  const { starts_at: planned, ends_at: ends, starts: prepared, ends: asPrepared } = view.workshop;
  const [from, setFrom] = useState(planned ? clockTime(planned) : prepared || "");
  const [typed, setTyped] = useState(undefined);
  const [wrong, setWrong] = useState(false);
  const start = view.now || !from ? now : timeNear(from, dayOf(view, now));
  const base = Math.max(now, start || now);
  const time = typed !== undefined ? typed : !ends && asPrepared ? asPrepared : clockTime(ends || likelyEnd(view, base));
  const left = minutesLeft(view, now);
  const send = (event) => {
    event.preventDefault();
    const end = timeNear(time, from && !view.now ? base : dayOf(view, now));
    setWrong(!end || !start);
    if (!end || !start) return;
    const command = { type: "plan_end", ends_at: end };
    actions.act(PLACE, start > now ? Object.assign(command, { starts_at: start }) : command, { name: t("Plan this end") });
  };
  const until = timeOfDay(base + left * 60000);
  return html`<form class="ending-ask" onSubmit=${send}>
    ${!view.now && html`<label><span class="label">${t("We start at")}</span>
      <input class="input" type="time" value=${from} aria-invalid=${wrong && !start ? "true" : undefined}
        onInput=${(event) => setFrom(event.currentTarget.value)} /></label>`}
    <label><span class="label">${t("We end at")}</span>
      <input class="input" type="time" value=${time} aria-invalid=${wrong && start ? "true" : undefined}
        onInput=${(event) => setTyped(event.currentTarget.value)} /></label>
    <button class="button-outline" aria-disabled=${actions.ready ? undefined : "true"}>${t("Plan this end")}</button>
    ${leave && html`<button type="button" class="button-bare" onClick=${leave}>${t("Leave it")}</button>`}
    ${wrong ? html`<p class="error">${t("Please type a time, such as 12:30.")}</p>`
      : left > 0 && html`<p class="hint">${start > now
        ? t("{minutes} as planned, from {start} until about {time}", { minutes: minutes(left), start: timeOfDay(start), time: until })
        : view.now ? t("{minutes} to go as planned, until about {time}", { minutes: minutes(left), time: until })
          : t("{minutes} as planned; if it began now, until about {time}", { minutes: minutes(left), time: until })}</p>`}
  </form>`;
}

function Planned({ view, fit, actions, change }) {
  const over = fit ? overBy(fit) : 0;
  const far = fit && farOff(fit, view.workshop.ends_at);
  const { starts_at: start, ends_at: end } = view.workshop;
  return html`<h3 class="ending-title"><${Icon} name="timer" />
      <span>${start ? t("We start at {start} and end at {time}", { start: timeOfDay(start), time: timeOfDay(end) })
        : t("We end at {time}", { time: timeOfDay(end) })}</span></h3>
    <p class=${over > 0 ? "ending-over" : "ending-fits"} role="status">${fit ? fitWords(fit, end) : t("Looking how the rest fits …")}${
      fit && !far && !start && !view.now ? ` ${t("(if it begins now)")}` : ""}</p>
    ${far && actions.may("plan_end") && html`<p class="hint">${t("If the workshop ends today, choose “Another time” and type when.")}</p>`}
    ${over > 0 && !far && actions.may("plan_stage") && html`<${Proposals} view=${view} fit=${fit} actions=${actions} />`}
    <div class="row ending-more">
      ${actions.may("plan_end") && html`<button type="button" class="button-bare" onClick=${change}>${t("Another time")}</button>`}
      <${Act} actions=${actions} place=${PLACE} kind="button-bare" command=${{ type: "plan_end" }}>
        ${t("No fixed end")}<//></div>`;
}

function Proposals({ view, fit, actions }) {
  const { changes } = fit;
  const all = async () => {
    for (const one of changes) {
      const answer = await actions.act(`fit.${one.stage}`, commandOf(one), { name: t("Do all of this") });
      if (!answer || !answer.ok) return; // what was said about it is to stay
    }
  };
  const busy = changes.some((one) => actions.busy(`fit.${one.stage}`));
  const reasons = changes.map(reasonWords).filter((words, place, every) => every.indexOf(words) === place);
  return html`<div class="proposals">
    ${fit.over > 0 && html`<p class="notice notice-warn">${changes.length
      ? tn("Even with all of this it is {n} minute too many. What then is left cannot be spared: end later, or close stages earlier.",
        "Even with all of this it is {n} minutes too many. What then is left cannot be spared: end later, or close stages earlier.",
        fit.over)
      : t("Nothing that is still to come can be spared: end later, or close stages earlier.")}</p>`}
    ${changes.length > 1 && html`<button type="button" class="button-outline"
      aria-disabled=${busy || !actions.ready ? "true" : undefined}
      onClick=${() => !busy && actions.ready && all()}>${fit.over > 0 ? t("Do all of this") : t("Make it fit: do all of this")}</button>`}
    ${reasons.map((words) => html`<div key=${words} class="proposal-kind">
      <p class="proposal-why">${words}</p>
      <ul class="proposal-list">${changes.filter((one) => reasonWords(one) === words).map((one) => html`<${Proposed}
        key=${one.stage} one=${one} view=${view} actions=${actions} />`)}</ul></div>`)}
  </div>`;
}

function commandOf({ stage, minutes: n }) {
  return n ? { type: "plan_stage", stage, minutes: n } : { type: "plan_stage", stage, skipped: true };
}

function Proposed({ one, view, actions }) {
  const place = `fit.${one.stage}`;
  const stage = called(view, one.stage);
  const planned = view.stages.find((entry) => entry.id === one.stage).minutes;
  const words = one.minutes ? t("Shorten") : t("Leave out");
  return html`<li class="proposal">
    <p><b>${stage}</b> <span class="proposal-minutes">${one.minutes
      ? t("{minutes} instead of {n}", { minutes: minutes(one.minutes), n: planned })
      : t("left out: saves {minutes}", { minutes: minutes(one.saves) })}</span></p>
    <${Act} actions=${actions} place=${place} command=${commandOf(one)} label=${`${words}: ${stage}`}>${words}<//>
    <${Said} actions=${actions} place=${place} />
  </li>`;
}

/** Why a stage is proposed, in a sentence. */
export function reasonWords({ reason, minutes: n }) {
  if (reason === "talk" && !n) return t("Nothing that is decided later needs it.");
  return {
    talk: t("Nothing is written or decided here."),
    break: t("A break can be shorter; at least ten minutes of it stay."),
    long: t("The most time can be saved here; at least half of it stays."),
    second_round: t("The first round has a result without it."),
    questions: t("No later stage rests on the answers."),
    voted: t("There is another vote on the same contributions."),
    unused: t("No later stage needs it."),
  }[reason] || "";
}
