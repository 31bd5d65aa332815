// The big screen: a poster of what is now. It follows the workshop, repaints itself after a loss, and has no controls.
import { html, names, useEffect, useLive, useState } from "../shared/dom.js";
import { langOf, t, tn, w } from "../shared/i18n.js";
import { clock, useRemaining } from "../shared/timer.js";
import { placeOf } from "../shared/places.js";
import { reminderLine } from "../shared/reminder.js";
import * as storage from "../shared/storage.js";
import { refusalText } from "../shared/words.js";
import { spaced, useLasting } from "../shared/parts.js";
import { headlineOf as resultHeadline } from "../shared/results/index.js";
import { bothHeadline, standing } from "../shared/results/said.js";
import { Board } from "./board.js";
import { Cards } from "./cards.js";
import { Ask, Ended, Show, Waiting, Who } from "./scenes.js";
import { decisions } from "./stands.js";
import { hasMany, Vote } from "./vote.js";
import { useWakeLock } from "./wake.js";

const NOTICE_MS = 20000;
const LOST_MS = 1500;

/** The whole screen. `connection`: see shared/connection.js; `config`: the page's settings. */
export function Screen({ connection, config }) {
  const state = useLive(connection);
  const large = useLargeCode();
  const scene = sceneOf(state.view);
  return html`<div class=${names("poster", `scene-${scene}`, large && "is-code", tells(state.view) && "has-result")}>
    <div class="over"><${Trouble} state=${state} />
      ${config.rehearsal && html`<p class="rehearsal">${w(config.rehearsal)}</p>`}</div>
    ${state.view
      ? html`<${Picture} scene=${scene} view=${state.view} offset=${state.clockOffset} config=${config} />`
      : html`<main class="sheet"><h1
        class="headline is-short">${state.status === "refused" ? t("Nothing to show") : t("Connecting …")}</h1></main>`}
    <${Spine} view=${state.view} scene=${scene} offset=${state.clockOffset} config=${config} />
    ${large && html`<${LargeCode} config=${config} />`}
  </div>`;
}

/* Which picture is shown: by the kind of the stage that is now. */
function sceneOf(view) {
  if (!view) return "none";
  if (view.workshop.ended) return "ended";
  return view.now ? view.now.kind : "waiting";
}

/* Enter fills the screen with the code, and so does q, unless single keys were switched off on this browser's console;
   Escape, or the same key again, returns. */
function useLargeCode() {
  const [large, setLarge] = useState(false);
  useEffect(() => {
    const pressed = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const single = (event.key === "q" || event.key === "Q") && storage.read("edp.keys") !== false;
      if (single || event.key === "Enter") setLarge((was) => !was);
      else if (event.key === "Escape") setLarge(false);
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
  return large;
}

function Picture({ scene, view, offset, config }) {
  const headline = headlineOf(scene, view);
  const reminder = reminderLine(view);
  const paused = !view.workshop.ended && view.now && view.now.status === "paused";
  return html`<main class="sheet">
    <p class="kicker">${kickerOf(scene, view)}</p>
    <div>
      <h1 class=${names("headline", full(scene, view) ? "is-compact" : lengthClass(headline.text, tells(view)), alone(view) && "is-alone")}
        lang=${headline.lang}>${headline.text}</h1>
      ${paused && html`<p class="paused">${t("paused")}</p>`}
      ${reminder && html`<p class="reminder" role="status">${reminder}</p>`}
    </div>
    <div class="picture" key=${view.now ? `${view.now.run}${view.now.revealed}` : scene}>
      <${Scene} scene=${scene} view=${view} offset=${offset} config=${config} />
    </div>
    <${AwakeNotice} />
  </main>`;
}

function Scene({ scene, view, offset, config }) {
  const run = view.now;
  const people = view.people || { total: 0, by_group: {}, undecided: 0 };
  const able = (run && run.able) || 0; // without those whose sheets of paper are of another vote
  if (scene === "ended") return html`<${Ended} results=${view.results || {}} order=${view.results_order || []} />`;
  if (scene === "waiting") return html`<${Waiting} people=${people}
    way=${view.workshop.way_in} config=${config} />`;
  if (scene === "gather" || scene === "sort") return html`<${Board} moderated=${view.workshop.moderated} run=${run} groups=${view.groups} sides=${view.territories} />`;
  if (scene === "vote") return html`<${Vote} run=${run} groups=${view.groups}
    territories=${view.territories} people=${able} code=${config.code}
    results=${view.results} />`;
  if (scene === "card") return html`<${Cards} run=${run} />`;
  if (scene === "ask") return html`<${Ask} run=${run} groups=${view.groups}
    territories=${view.territories} people=${able} />`;
  if (scene === "who") return html`<${Who} groups=${view.groups} people=${people} />`;
  return html`<${Show} run=${run} offset=${offset} />`;
}

/* The one sentence of the poster: what is asked now, else what the stage is called; of a vote's result, what passed. */
function headlineOf(scene, view) {
  if (scene === "ended") return { text: hasDecided(view) ? t("What this room decided") : t("Thank you") };
  if (scene === "waiting") return { text: view.workshop.title };
  const both = showsResult(view.now) && scene === "vote" && standing(view.now, view.results);
  const passed = both ? bothHeadline(both) : showsResult(view.now) && scene === "vote" && resultHeadline(view.now);
  if (passed) return { text: passed };
  const words = w(view.now.prompt) && !showsResult(view.now) ? view.now.prompt : view.now.title;
  return { text: w(words), lang: langOf(words) };
}

function kickerOf(scene, view) {
  if (scene === "waiting") return [view.workshop.territory, view.workshop.convener].filter(Boolean).join(" · ");
  if (scene === "ended") return (hasDecided(view) ? [t("Thank you")] : []).concat(view.workshop.title).join(" · ");
  const run = view.now;
  const parts = [t("{place} of {all}", placeOf(view.agenda, run.stage))];
  const said = showsResult(run) && run.kind === "vote" && resultHeadline(run);
  const titled = !said && (showsResult(run) || !w(run.prompt)); // then the headline is the title
  if (!titled) parts.push(w(run.title));
  const sorted = run.kind === "sort" && view.agenda.find((stage) => stage.id === run.of);
  if (sorted) parts.push(w(sorted.title));
  if (run.number > 1) parts.push(t("run {n}", { n: run.number }));
  if (run.revealed) parts.push(t("the result"));
  else if (run.status === "closed") parts.push(t("closed"));
  return parts.join(" · ");
}

function showsResult(run) {
  return Boolean(run.revealed && run.result);
}

/* Pictures that need the height more than the headline does. */
function full(scene, view) {
  const run = view.now;
  if (scene === "ended") return hasDecided(view);
  if (scene === "vote" && !tells(view) && hasMany(run)) return true;
  if (scene === "gather") return Boolean(run.board || run.brought) && !alone(view);
  return scene === "sort" || scene === "card";
}

/* Whether there is only the question yet: nothing stands on the board. */
function alone({ workshop, now }) {
  return !workshop.ended && Boolean(now && now.kind === "gather" && now.board) && !Object.keys(now.board.items).length;
}

function hasDecided(view) {
  return decisions(view.results || {}, view.results_order || []).length > 0;
}

/* Whether a result is shown: then its headline is the largest on the poster. */
function tells(view) {
  return Boolean(view && !view.workshop.ended && view.now && ["vote", "ask"].includes(view.now.kind) && showsResult(view.now));
}

function lengthClass(text, told) {
  if (told) return text.length > 36 ? "is-told" : "is-told is-short";
  if (text.length > 120) return "is-very-long";
  if (text.length > 64) return "is-long";
  return text.length > 30 ? "" : "is-short";
}

/* Beside every picture: the timer, who is in, and how to join. */
function Spine({ view, scene, offset, config }) {
  const total = view && view.people ? view.people.total : 0;
  const run = view && !view.workshop.ended ? view.now : undefined;
  return html`<aside class="spine" aria-label=${t("How to join")}>
    ${run && run.timer && !run.is_break && html`<${SpineTimer} timer=${run.timer} paused=${run.status === "paused"}
      offset=${offset} />`}
    <div class="spine-foot">
      ${scene !== "waiting" && scene !== "who" && total > 0 && html`<p
        class="spine-people">${tn("One person is in", "{n} people are in", total)}</p>`}
      ${view && !view.workshop.door && !view.workshop.ended && html`<p
        class="spine-people">${t("The door is closed")}</p>`}
      ${view && view.workshop.way_in === "badges" && scene !== "waiting" && view.workshop.door && !view.workshop.ended && html`<p
        class="spine-badge">${t("Your own badge lets you in")}</p>`}
      <${Code} config=${config} />
    </div>
  </aside>`;
}

function Code({ config }) {
  return html`<div class="code">
    <span class="code-qr"><img src=${config.qr_url}
      alt=${t("QR code: {address}", { address: config.join_url })} /></span>
    <p class="code-digits">${spaced(config.code)}</p>
    <p class="code-address">${config.short_url}</p>
  </div>`;
}

function LargeCode({ config }) {
  return html`<div class="large" role="dialog" aria-label=${t("How to join")}><${Code} config=${config} /></div>`;
}

function SpineTimer({ timer, paused, offset }) {
  const left = useRemaining(timer, offset);
  if (left === undefined) return null;
  const held = timer.left !== undefined;
  const words = left === 0 ? t("Time is up") : held && (paused ? t("paused") : t("held"));
  return html`<div class=${names("spine-timer", left <= 60000 && "is-last")} role="timer">
    <p class="spine-clock">${clock(left)}</p>
    ${words && html`<p class="spine-people">${words}</p>`}
  </div>`;
}

/* The link to the server: said only when it is not there, and not for a loss that is over at once. */
function Trouble({ state }) {
  const lost = useLasting(state.status === "offline", LOST_MS);
  if (state.status === "refused") {
    return html`<p class="trouble" role="alert">${refusalText(state.refusal.code, state.refusal.params, t)}</p>`;
  }
  if (!lost) return null;
  return html`<p class="trouble" role="alert">${state.view
    ? t("This screen has lost its link to the server and may be out of date; it comes back by itself. Your phones keep everything and send it later.")
    : t("The server cannot be reached at the moment. This page tries again by itself.")}</p>`;
}

/* For whoever sits at this computer, not for the room: where the browser does not let the page keep it awake, said small,
   after the page was opened and whenever the mouse is moved. */
function AwakeNotice() {
  const lock = useWakeLock();
  const [shown, setShown] = useState(true);
  useEffect(() => {
    let timer = 0;
    const show = () => {
      setShown(true);
      clearTimeout(timer);
      timer = setTimeout(() => setShown(false), NOTICE_MS);
    };
    show();
    document.addEventListener("mousemove", show);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("mousemove", show);
    };
  }, [lock]);
  if (lock !== "refused" || !shown) return null;
  return html`<p class="awake">${t("This computer may go to sleep: please switch off its screen saver.")}</p>`;
}
