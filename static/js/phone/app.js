/* The phone's page: who one is and the language at the top, what is asked now, everything else one tap away. */
import { html, useEffect, useLayoutEffect, useLive, useRef, useState } from "../shared/dom.js";
import {
  LANGUAGE_NAMES, currentLanguage, offeredLanguages, onLanguage, switchLanguage, t, tn, w,
} from "../shared/i18n.js";
import * as storage from "../shared/storage.js";
import { clock, useRemaining } from "../shared/timer.js";
import { Later, fetchSecond, second, secondFailed } from "./arriving.js";
import { Gather } from "./gather.js";
import { recoveryCode } from "./identity.js";
import { Join, You, privacySentence } from "./join.js";
import { keptTexts } from "./kept.js";
import { askedOf, ownItems, stageOf } from "./model.js";
import { OwnItems } from "./own_items.js";
import { GroupName, Icon, More, Notice, sentence, useLasting } from "./parts.js";
import { Ended, Next, Show, Sort, Waiting, Who } from "./quiet.js";
import { OwnCode } from "./recovery.js";
import { commonOf, isShared } from "./shared.js";

const BACK_MS = 5000;
const SAID_MS = 6000;
const LONG = 60; // letters of a question that would fill three lines and more at full size

/* What comes with the second script, or, as long as it is on its way, that it is. */
const later = (name) => (drawing) => {
  const Part = (second() || {})[name];
  return Part ? html`<${Part} ...${drawing} />` : html`${drawing.heading()}<${Coming} />`;
};
const Vote = later("Vote");
const Ask = later("Ask");
const Cards = later("Cards");
const Passed = later("Passed"); // from hand to hand

const KINDS = { who: Who, gather: Gather, sort: Sort, vote: Vote, card: Cards, ask: Ask, show: Show };

export function App({ connection, config }) {
  const state = useLive(connection);
  const [, redraw] = useState(0);
  const [said, setSaid] = useState({ text: "", n: 0 });
  const [offered, setOffered] = useState(undefined);
  const code = config.id; // what this phone keeps stands under it: codes are given to others one day
  useEffect(() => onLanguage(() => redraw((n) => n + 1)), []);
  useEffect(() => storage.onTrouble(() => redraw((n) => n + 1)), []);
  useEffect(() => {
    if (!said.text) return undefined;
    const timer = setTimeout(() => setSaid({ text: "", n: 0 }), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  useEffect(() => fetchSecond(config.second, () => redraw((n) => n + 1)), []);
  useEffect(() => warnOnLeaving(() => connection.state.outbox.length + keptTexts(code).length > 0), []);

  const shared = isShared(code, state.self);
  const live = {
    state: commonOf(state, shared),
    shared,
    view: state.view,
    connection,
    code,
    offered,
    titles: storage.read(`edp.${code}.titles`) || {},
    methods: storage.read(`edp.${code}.methods`) || {},
    send: (command, slot) => connection.send(command, { slot }),
    dismiss: connection.dismiss,
    /* Takes back what has not left this phone; whether it was in time. */
    takeBack(op) {
      connection.dismiss(op);
      return !connection.state.outbox.some((entry) => entry.op === op);
    },
    /* Says something to screen readers; with `aloud` it is shown for a moment as well. */
    announce(text, aloud) {
      setSaid((before) => ({ text, aloud, n: before.n + 1 }));
    },
    /* Puts a text back into the box it belongs to. */
    offer(draft, run) {
      if (draft && run) storage.write(`edp.${code}.column.${run.run}`, draft.column);
      setOffered(draft);
    },
  };
  const ready = state.view && state.self; // what is one's own may come before the first view
  const inside = ready && state.self.joined && state.self.group;
  useTopOnceInside(ready, inside);

  return html`
    ${config.rehearsal && html`<p class="rehearsal">${w(config.rehearsal)}</p>`}
    <${Top} live=${live} inside=${inside} />
    <${Line} state=${state} />
    ${state.status === "refused"
      ? html`<${Closed} live=${live} connection=${connection} />`
      : !ready
        ? html`<${Loading} state=${state} />`
        : inside
          ? html`<${Inside} live=${live} />`
          : html`<${Join} live=${live} />${config.lan && html`<p class="page quiet">${w(config.lan)}</p>`}`}
    <p class="visually-hidden" role="status" aria-live="polite">${said.text}${said.n % 2 ? "\u00a0" : ""}</p>
    ${said.aloud && html`<p class="hint-bar" aria-hidden="true">${said.text}</p>`}
  `;
}

/* The browser asks before the page is left while something stands in its memory only. Returns the way to stop. */
function warnOnLeaving(holds) {
  const asked = (event) => {
    if (!storage.trouble() || !holds()) return;
    event.preventDefault();
    event.returnValue = "";
  };
  window.addEventListener("beforeunload", asked);
  return () => window.removeEventListener("beforeunload", asked);
}

/* Whoever has just joined begins at the top, wherever the join page was scrolled to. */
function useTopOnceInside(ready, inside) {
  const outside = useRef(false);
  useLayoutEffect(() => {
    if (ready && outside.current && inside) {
      window.scrollTo(0, 0);
      const heading = document.querySelector(".now h1");
      if (heading) heading.focus({ preventScroll: true });
    }
    if (ready) outside.current = !inside;
  }, [ready, inside]);
}

function Top({ live, inside }) {
  const group = inside && !live.shared && live.view.groups.find((one) => one.id === live.state.self.group);
  return html`<header class="top">
    ${group ? html`<a class="me" href="#you" onClick=${() => openDetails("you")}><${GroupName} group=${group} /></a>`
      : html`<span></span>`}
    <${Languages} full=${!inside} />
  </header>`;
}

function openDetails(id) {
  const found = document.getElementById(id);
  const details = found && found.querySelector("details");
  if (details) details.open = true;
}

function Languages({ full }) {
  const [failed, setFailed] = useState(false);
  const choose = (language) => switchLanguage(language).then((worked) => setFailed(!worked));
  return html`<nav class="languages" aria-label=${t("Language")}>
    ${offeredLanguages().map((language) => html`<button type="button" key=${language} lang=${language}
        aria-current=${language === currentLanguage() ? "true" : undefined} onClick=${() => choose(language)}>
      ${full ? LANGUAGE_NAMES[language] : html`${language.toUpperCase()}<span class="visually-hidden">
        ${` ${LANGUAGE_NAMES[language]}`}</span>`}
    </button>`)}
    ${failed && html`<span role="alert" class="small">${t("The language could not be changed. Please try again, or reload the page.")}</span>`}
  </nav>`;
}

/* The connection in words, when there is something to say. */
function Line({ state }) {
  const away = useLasting(state.status === "offline", 1200);
  const live = state.status === "live";
  const held = state.outbox.filter((entry) => entry.held && entry.state !== "refused").length;
  const setBack = state.outbox.filter((entry) => entry.held === "hold" && entry.state !== "refused").length;
  const waiting = state.outbox.filter((entry) => entry.state !== "refused").length - (live ? held : 0);
  const refused = state.outbox.some((entry) => entry.state === "refused");
  const unstored = live && state.outbox.some((entry) => entry.why === "try_again" && entry.state !== "refused");
  const trouble = storage.trouble();
  const back = useBack(away, live, waiting > 0);
  return html`<div class="line" role="status">
    ${away && (state.view || waiting > 0) && html`<${Notice} kind="warn" icon="offline">
      <p>${state.view
        ? t("No connection. You can go on: everything is sent later.")
        : t("No connection. What you wrote or voted is kept on this phone and sent as soon as the connection is back.")}</p>
      ${state.view && !trouble && html`<p>
        ${t("Please do not close or reload this page now. If it happens: what you wrote is kept on this phone.")}</p>`}
      ${waiting > 0 && html`<p>
        ${tn("One thing is waiting to be sent.", "{n} things are waiting to be sent.", waiting)}</p>`}<//>`}
    ${back && !unstored && html`<${Notice} kind=${refused ? "" : "good"} icon=${waiting ? "sending" : refused ? "info" : "check"}>
      <p>${t("The connection is back.")} ${waiting > 0
        ? t("Sending what was waiting…")
        : !refused && held === 0 && t("Everything is saved.")}</p><//>`}
    ${unstored && html`<${Notice} kind="warn" icon="warning"><p>${sentence({ code: "try_again" })}</p><//>`}
    ${live && setBack > 0 && html`<${Notice} kind="warn" icon="info"><p>
      ${tn("The server was set back to an earlier state. One thing of yours waits on this phone until its stage is open again; nothing is lost.",
        "The server was set back to an earlier state. {n} things of yours wait on this phone until their stages are open again; nothing is lost.",
        setBack)}</p><//>`}
    ${trouble && html`<${Notice} kind="warn" icon="warning">
      <p>${trouble === "full"
        ? t("The storage of this browser is full. Please leave this page open until everything is sent.")
        : state.outbox.length
          ? t("This browser keeps nothing (a private window?). Please leave this page open until everything is sent.")
          : t("This browser keeps nothing (a private window?). Once this page is closed, only your code brings you back.")}</p><//>`}
  </div>`;
}

/* True for a moment after a loss that was said, and for as long as what waited meanwhile is on its way. */
function useBack(away, live, busy) {
  const [back, setBack] = useState(false);
  const was = useRef(false);
  useEffect(() => {
    if (away) {
      was.current = true;
      setBack(false);
    } else if (live && was.current) {
      was.current = false;
      setBack(true);
    }
  }, [away, live]);
  useEffect(() => {
    if (!back || busy) return undefined;
    const timer = setTimeout(() => setBack(false), BACK_MS);
    return () => clearTimeout(timer);
  }, [back, busy]);
  return back && live;
}

function Loading({ state }) {
  return html`<main class="page loading" id="main"><p class="lead">${state.status === "offline"
    ? t("The workshop cannot be reached at the moment. Trying again…")
    : t("Connecting…")}</p></main>`;
}

/* The server said no. */
function Closed({ live, connection }) {
  const { state } = live;
  const old = state.refusal.code === "outdated_page";
  return html`<main class="page closed" id="main">
    <h1 tabindex="-1">${sentence(state.refusal)}</h1>
    <p><button type="button" class="button button-wide"
        onClick=${() => (old ? window.location.reload() : connection.retry())}>
      ${old ? t("Reload the page") : t("Try again")}</button></p>
    <p><a href="/">${t("Enter another code")}</a></p>
    ${state.refusal.code === "unknown_workshop" && html`<${Later} part="Stranded" live=${live} />`}
  </main>`;
}

function Inside({ live }) {
  const { view } = live;
  const run = view.now;
  const stage = run ? `${run.run}.${run.status === "closed"}.${run.revealed}` : "waiting";
  const asked = view.workshop.ended ? "ended" : stage;
  return html`<main class="page" id="main">
    ${second() && html`<${second().Reminder} view=${view} />`}
    <${Later} part="SecondBadge" live=${live} />
    <${Later} part="Refused" live=${live} />
    <${Focused} on=${asked}>
      ${view.workshop.ended
        ? html`<${Ended} live=${live} />`
        : run
          ? html`<${Stage} live=${live} run=${run} />`
          : html`<${Waiting} live=${live} />`}
    <//>
    <${Later} part="Unsent" live=${live} />
    <${Elsewhere} live=${live} />
  </main>`;
}

/* Moves the focus to the new heading when what is asked changes, unless somebody is typing. */
function Focused({ on, children }) {
  const box = useRef(null);
  const before = useRef(on);
  useEffect(() => {
    if (before.current === on) return;
    before.current = on;
    const active = document.activeElement;
    if (active && active.matches("textarea, input[type=text], input[type=search]")) return;
    const heading = box.current.querySelector("h1");
    window.scrollTo(0, 0);
    if (heading) heading.focus({ preventScroll: true });
  }, [on]);
  return html`<div class="now" ref=${box}>${children}</div>`;
}

function Stage({ live, run: opened }) {
  const goesRound = live.shared && ["vote", "ask"].includes(opened.kind);
  const Kind = goesRound ? Passed : KINDS[opened.kind];
  const run = goesRound ? opened : askedOf(opened, live.state.self.group);
  const revealed = run.revealed && run.result;
  const closed = run.status === "closed";
  const title = w(run.title);
  const again = run.number > 1 && html` <span>${t("Round {n}", { n: run.number })}</span>`;
  /* Title small and question big; where nothing is asked (any more) the title is. */
  const heading = (question, lead) => html`<div class="stage-head">
    <div class="eyebrow-line"><p class="eyebrow">${question && title}${again}</p>
      <${Clock} run=${run} clockOffset=${live.state.clockOffset} live=${live} /></div>
    <h1 tabindex="-1" class=${(question || title).length > LONG ? "is-long" : ""}>${question || title}</h1>
    ${lead && html`<p class="lead">${lead}</p>`}
    ${run.status === "paused" && html`<${Notice} kind="warn" icon="pause">
      <p>${t("The facilitator has paused this stage. It goes on in a moment; nothing is lost.")}</p><//>`}
    ${closed && !run.reveals && html`<${Notice} icon="lock"><p>${t("This stage is closed.")}</p><//>`}
  </div>`;
  return html`
    ${revealed
      ? html`${heading(t("The result"))}<${ResultNow} live=${live} run=${run} />`
      : html`<${Kind} key=${run.run} live=${live} run=${run} heading=${heading} />`}
    ${closed && html`<${Next} view=${live.view} />`}
  `;
}

function ResultNow({ live, run }) {
  if (!second()) return html`<${Coming} />`;
  const { Result, ballotsIn } = second();
  return html`<${Result} past=${run} run=${run.run} view=${live.view}
    ballots=${ballotsIn(live.state.self, run.run)} />
    ${live.shared && html`<${second().SeatVotes} live=${live} run=${run} />`}`;
}

/* Something that is on its way to this phone. Where it cannot be had although the server is there, the page is of an
   older one. */
function Coming() {
  return html`<p class="lead" role="status">${secondFailed() < 3 ? t("One moment…")
    : t("This part of the page has not arrived yet. It is asked for again; if it does not come, please reload the page.")}</p>
    ${secondFailed() >= 3 && html`<button type="button" class="button" onClick=${() => window.location.reload()}>${t("Reload the page")}</button>`}`;
}

function Clock({ run, clockOffset, live }) {
  const left = useRemaining(run.timer, clockOffset);
  const minute = left !== undefined && left > 0 && left <= 60000;
  const over = left === 0;
  useEffect(() => {
    if (minute) live.announce(t("One minute left"));
  }, [minute]);
  if (left === undefined || run.status === "closed") return null;
  return html`<p class=${minute || over ? "clock short" : "clock"}><${Icon} name="timer" />
    <span class="visually-hidden">${t("Time left")}: </span>
    <span class="numbers">${over ? t("Time is up") : clock(left)}</span></p>`;
}

/* Everything else: results so far, one's own things, the agenda, who one is. */
function Elsewhere({ live }) {
  const { view, state } = live;
  const shownNow = view.now && view.now.revealed && !view.workshop.ended ? view.now.run : undefined;
  const items = ownItems(state.self, state.outbox);
  const { kind, run, of } = view.now || {};
  const shown = (item) => (kind === "gather" && item.run === run) || (kind === "sort" && stageOf(item) === of);
  const elsewhere = items.filter((item) => !shown(item));
  return html`<footer class="elsewhere">
    ${second() && html`<${second().ResultsSoFar} view=${view} self=${state.self} except=${shownNow} />`}
    ${elsewhere.length > 0 && !view.workshop.ended && html`<${More} title=${t("What I wrote so far")}
        count=${elsewhere.length}>
      <${OwnItems} live=${live} items=${elsewhere} /><//>`}
    ${second() && html`<${second().Agenda} view=${view} />`}
    ${!view.workshop.ended && html`${second() && html`<${second().AtTable} live=${live} />`}
      ${recoveryCode(live.code) && html`<${More} title=${t("Continue on another phone")}>
        <${OwnCode} live=${live} /><//>`}
      <div id="you"><${More} title=${t("You and your group")}>
      <p class="hint">${privacySentence(view.workshop.privacy)}</p>
      <${You} live=${live} /><//></div>`}
    <p class="small"><a href="/privacy" target="_blank" rel="noopener">${t("What is stored, and who sees it")}</a></p>
  </footer>`;
}
