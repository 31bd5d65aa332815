/* Points: everyone divides a number of them among the items; one ballot for all. */
import { html, useEffect, useRef, useState } from "../../shared/dom.js";
import { t, tn } from "../../shared/i18n.js";
import { Icon, sentence } from "../parts.js";
import { Bar, BallotState, Candidate, RefusedBallot, columnOf } from "./parts.js";

const PAUSE_MS = 900;

const sum = (scores) => Object.keys(scores).reduce((all, id) => all + scores[id], 0);

/* The scores of a ballot on items that can be voted on. */
export function counting(given, items) {
  return items.filter((item) => (given.scores || {})[item.id] > 0)
    .reduce((scores, item) => Object.assign(scores, { [item.id]: given.scores[item.id] }), {});
}

/* A ballot with `n` on this item, or as much of it as the cap and what is left allow. */
export function withPoints({ points, cap }, given, items, id, n) {
  const scores = counting(given, items);
  delete scores[id];
  const most = Math.min(cap || points, points - sum(scores));
  const put = Math.max(0, Math.min(most, n));
  return { scores: put ? Object.assign(scores, { [id]: put }) : scores };
}

/* By how much a button adds or takes: a hundred points are not given one by one. */
export function stepOf({ points }) {
  return points < 40 ? 1 : points < 200 ? 5 : points < 500 ? 10 : 50;
}

function Ballot({ live, run, items, columns, on, cast, dismiss }) {
  const { method } = run;
  const ballot = on("");
  const scores = counting(ballot.given, items);
  const left = method.points - sum(scores);
  const paused = run.status === "paused";
  const say = (text) => live.announce(text, true);
  const put = (item, wanted) => {
    if (paused) {
      say(sentence({ code: "stage_paused" }));
      return;
    }
    const most = Math.min(method.cap || method.points, left + (scores[item.id] || 0));
    const asked = wanted(scores[item.id] || 0);
    if (asked > most) {
      say(most === method.cap
        ? tn("At most one on the same item.", "At most {n} on the same item.", method.cap)
        : tn("Only one point could be placed here.", "Only {n} points could be placed here.", most));
    }
    cast("", (given) => withPoints(method, given, items, item.id, wanted(counting(given, items)[item.id] || 0)));
  };
  return html`
    <${RefusedBallot} ballot=${ballot} dismiss=${() => dismiss("")} />
    <ul class="plain-list ballot" id="ballot">
      ${items.map((item) => html`<${Candidate} key=${item.id} live=${live} item=${item} given=${scores[item.id] > 0}
          column=${columnOf(item, columns)}>
        <${Amount} item=${item} method=${method} value=${scores[item.id] || 0} left=${left} paused=${paused}
          put=${(wanted) => put(item, wanted)} /><//>`)}
    </ul>
    <${Bar}>
      <b>${left > 0 ? tn("One point left", "{n} points left", left) : t("Done: all your points are placed")}</b>
      <span class="gauge" aria-hidden="true"><i style=${{ width: `${(100 * left) / method.points}%` }}></i></span>
      <${BallotState} ballot=${ballot} given=${left < method.points} live=${live} /><//>`;
}

/* How many points stand on an item: buttons for a step up or down, and a field to type in. */
function Amount({ item, method, value, left, paused, put }) {
  const [typed, setTyped] = useState(undefined);
  const timer = useRef(0);
  const { title } = item;
  const step = stepOf(method);
  const mayAdd = !paused && left > 0 && value < (method.cap || method.points);
  const settle = (text) => {
    clearTimeout(timer.current);
    setTyped(undefined);
    const n = Number(text);
    if (text !== "" && n !== value) put(() => n);
    else if (text === "" && value) put(() => 0);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (event) => {
    const text = event.currentTarget.value.replace(/\D/g, "").slice(0, 4);
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => text && settle(text), PAUSE_MS);
  };
  const more = (by) => put((had) => had + by);
  return html`<div class="candidate-foot amount">
    <button type="button" class="stepper" onClick=${() => value > 0 && more(-step)}
      aria-disabled=${!paused && value > 0 ? undefined : "true"}>
      <${Icon} name="take" />${step > 1 && html`<span aria-hidden="true">${step}</span>`}
      <span class="visually-hidden">${tn("Take a point back from “{title}”", "Take {n} points back from “{title}”", step, { title })}</span></button>
    <input class="input numbers" type="text" inputmode="numeric" autocomplete="off" aria-label=${t("Points for “{title}”", { title })}
      value=${typed === undefined ? value : typed} readonly=${paused} onFocus=${(event) => event.currentTarget.select()}
      onInput=${type} onBlur=${() => typed !== undefined && settle(typed)}
      onKeyDown=${(event) => event.key === "Enter" && typed !== undefined && settle(typed)} />
    <button type="button" class="stepper stepper-add" onClick=${() => more(step)} aria-disabled=${mayAdd ? undefined : "true"}>
      <${Icon} name="add" />${step > 1 && html`<span aria-hidden="true">${step}</span>`}
      <span class="visually-hidden">${tn("Put a point on “{title}”", "Put {n} points on “{title}”", step, { title })}</span></button>
  </div>`;
}

export const points = {
  asks: "all",
  Ballot,
  drop: (ballot, items) => ({ scores: counting(ballot, items) }),
  words: (method, { scores = {} }) => tn("one of {points} points placed", "{n} of {points} points placed", sum(scores), { points: method.points }),
  rows: (method, { scores = {} }) => Object.keys(scores).sort((a, b) => scores[b] - scores[a])
    .map((item) => ({ item, words: tn("one point", "{n} points", scores[item]) })),
};
