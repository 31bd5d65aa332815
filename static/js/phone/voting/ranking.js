/* Ranking: a tap gives an item the next place; below, one's order, in which each can go up, down or out. Nothing moves
   under the finger: the list to choose from stays as it is, and the order scrolls with what is moved in it. */
import { html, useLayoutEffect, useRef } from "../../shared/dom.js";
import { t, tn } from "../../shared/i18n.js";
import { ordinal } from "../../shared/result_words.js";
import { Icon, sentence } from "../parts.js";
import { Bar, BallotState, Candidate, RefusedBallot, columnOf, show } from "./parts.js";

/* The order of a ballot without items that cannot be voted on. */
export function standing(given, items) {
  return (given.order || []).filter((id) => items.some((item) => item.id === id));
}

/* How many places there are to fill. */
export const placesOf = ({ top }, items) => Math.min(top || items.length, items.length);

/* An order in which this item stands last, or not at all if it stood in it; full ones stay as they are. */
export function toggled(order, id, places) {
  if (order.includes(id)) return order.filter((one) => one !== id);
  return order.length < places ? order.concat(id) : order;
}

/* An order in which this item stands one place higher (-1) or lower (1). */
export function shifted(order, id, by) {
  const at = order.indexOf(id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= order.length) return order;
  const next = order.slice();
  [next[at], next[to]] = [next[to], next[at]];
  return next;
}

function Ballot({ live, run, items, columns, on, cast, dismiss }) {
  const ballot = on("");
  const order = standing(ballot.given, items);
  const places = placesOf(run.method, items);
  const paused = run.status === "paused";
  const full = order.length >= places;
  const change = (work) => {
    if (paused) live.announce(sentence({ code: "stage_paused" }), true);
    else cast("", (given) => ({ order: work(standing(given, items)) }));
  };
  const press = (item) => {
    if (full && !order.includes(item.id)) live.announce(t("All places are filled. Take one out first."), true);
    else change((now) => toggled(now, item.id, places));
  };
  return html`
    <${RefusedBallot} ballot=${ballot} dismiss=${() => dismiss("")} />
    <p class="hint">${t("Tap the items in your order, the best first.")}</p>
    <ul class="plain-list ballot" id="ballot">
      ${items.map((item) => {
        const place = order.indexOf(item.id) + 1;
        return html`<${Candidate} key=${item.id} live=${live} item=${item} given=${place > 0} beside=${true}
            column=${columnOf(item, columns)}>
          <button type="button" class="toggle" aria-pressed=${place ? "true" : "false"} onClick=${() => press(item)}
              aria-disabled=${paused || (full && !place) ? "true" : undefined}>
            ${place ? html`<b class="numbers">${ordinal(place)}</b>` : full ? html`<${Icon} name="add" />`
              : t("Put it {place}", { place: ordinal(order.length + 1) })}
            <span class="visually-hidden"> ${item.title}</span></button><//>`;
      })}
    </ul>
    <${Order} live=${live} order=${order} items=${items} paused=${paused} change=${change} />
    <${Bar} go=${order.length > 1 && (() => show("order"))} to=${t("My order")}>
      <b>${full ? t("Done: all places are filled") : tn("{filled} of one place filled", "{filled} of {n} places filled", places, { filled: order.length })}</b>
      <${BallotState} ballot=${ballot} given=${order.length > 0} live=${live} /><//>`;
}

function Order({ live, order, items, paused, change }) {
  const list = useRef(null);
  const moved = useRef(null); // {id, top, action}: the row that was moved, and where it stood
  useLayoutEffect(() => {
    const was = moved.current;
    moved.current = null;
    const row = was && list.current && list.current.querySelector(`[data-item="${was.id}"]`);
    if (!row) return;
    window.scrollBy(0, row.getBoundingClientRect().top - was.top);
    row.querySelector(`[data-act="${was.act}"]`).focus({ preventScroll: true });
  }, [order.join()]);
  if (!order.length) return null;
  const move = (event, item, by) => {
    const row = event.currentTarget.closest("li");
    const to = order.indexOf(item.id) + by;
    if (!paused && (to < 0 || to >= order.length)) return;
    moved.current = paused ? null : { id: item.id, top: row.getBoundingClientRect().top, act: by < 0 ? "up" : "down" };
    change((now) => shifted(now, item.id, by));
    if (!paused) live.announce(t("“{title}” is {place} now", { place: ordinal(to + 1), title: item.title }));
  };
  return html`<section class="own order" id="order" tabindex="-1"><h2>${t("My order")}</h2>
    <ol class="plain-list" ref=${list}>${order.map((id, at) => {
      const item = items.find((one) => one.id === id);
      const { title } = item;
      const button = (act, icon, words, off, press) => html`<button type="button" class="stepper" data-act=${act}
        aria-disabled=${off || paused ? "true" : undefined} onClick=${press}><${Icon} name=${icon} />
        <span class="visually-hidden">${words}</span></button>`;
      return html`<li key=${id} data-item=${id} class="own-item">
        <p class="words"><b class="numbers">${ordinal(at + 1)}</b> ${title}</p>
        <div class="order-acts">
          ${button("up", "up", t("One place up: “{title}”", { title }), at === 0, (event) => move(event, item, -1))}
          ${button("down", "down", t("One place down: “{title}”", { title }), at === order.length - 1, (event) => move(event, item, 1))}
          ${button("out", "close", t("Take out: “{title}”", { title }), false, () => change((now) => now.filter((one) => one !== id)))}
        </div></li>`;
    })}</ol></section>`;
}

export const ranking = {
  asks: "all",
  Ballot,
  drop: (ballot, items) => ({ order: standing(ballot, items) }),
  words: (method, { order = [] }) => tn("one item in its place", "{n} items in order", order.length),
  rows: (method, { order = [] }) => order.map((item, at) => ({ item, words: ordinal(at + 1) })),
};
