// The console: a run sheet from left to right. What is shown is the server's view; only what is being typed is not.
import { html, useEffect, useLive, useRef, useState } from "../shared/dom.js";
import { onLanguage, t, tn, w } from "../shared/i18n.js";
import { Announcer, useActions } from "./actions.js";
import { Agenda } from "./agenda.js";
import { CardsNow } from "./cards.js";
import { Bar, Trouble, useTrouble } from "./bar.js";
import { waitingAt } from "./door.js";
import { useFit } from "./fit.js";
import { called, lateVotes, stageOfItems, textsWaiting, waitingIn } from "./flow.js";
import { Items } from "./items.js";
import { Joining } from "./joining.js";
import { useKeys, useKeySettings } from "./keys.js";
import { Now, usePrimary } from "./now.js";
import { usePutAway } from "./nudge.js";
import { People } from "./people.js";
import { RehearsalBand } from "./rehearsal.js";
import { Report, useReport } from "./report.js";
import { Restored } from "./restored.js";
import { TextQueue } from "./text_queue.js";
import { Unsaved } from "./unsaved.js";
import { Ask, LatePaper, Results, Vote } from "./vote.js";

/** The whole console. `connection`: see shared/connection.js; `config`: the page's settings. */
export function Console({ connection, config }) {
  const state = useLive(connection);
  const [, again] = useState(0);
  useEffect(() => onLanguage(() => again((n) => n + 1)), []);
  const actions = useActions(connection, state);
  const { view } = state;
  const report = useReport(connection, config, view && view.workshop.ended);
  const trouble = useTrouble(state);
  if (!view) return html`<main class="opening">
    ${trouble && html`<${Trouble} state=${state} connection=${connection} config=${config} />`}
    <h1>${state.status === "refused" ? t("Nothing to show") : t("Opening the workshop …")}</h1></main>`;
  return html`<div class="console">
    <${Skip} />
    <div><${Bar} state=${state} connection=${connection} config=${config} />
      <${RehearsalBand} state=${state} config=${config} /></div>
    <${Sheet} connection=${connection} view=${view} state=${state} actions=${actions} report=${report} config=${config} />
    <${Announcer} actions=${actions} />
  </div>`;
}

/* For those who go from one control to the next: past the bar and the agenda. */
function Skip() {
  return html`<a class="skip" href="#middle">${t("Skip to the current stage")}</a>`;
}

function Sheet({ connection, view, state, actions, report, config }) {
  const [tab, setTab] = useState("now");
  const keys = useKeySettings();
  const key = view.now ? view.now.run : "";
  useEffect(() => setTab("now"), [key, view.workshop.ended]);
  const primary = usePrimary(view, actions);
  const wide = useWide();
  const presence = state.status === "live" ? state.presence : undefined; // who was connected is not who is
  const fit = useFit(connection, view, state.status === "live");
  const show = useShow(wide, setTab);
  const away = usePutAway(config.code);
  const agenda = html`<${Agenda} view=${view} fit=${fit} actions=${actions} offset=${state.clockOffset} />`;
  const people = html`<${People} view=${view} presence=${presence} actions=${actions} config=${config}
    away=${away} />`;
  const tabs = tabsOf(view, wide, config);
  const open = tabs.some(([id]) => id === tab) ? tab : tabs[0][0];
  const brief = !wide && open !== tabs[0][0]; // there what the tab shows comes first
  useShortcuts({ view, keys, actions, primary, setTab });
  return html`<main class="runsheet">
    ${wide && agenda}
    <div class="middle" id="middle" tabindex="-1">
      <${Restored} state=${state} code=${config.code} />
      <${Now} view=${view} actions=${actions} offset=${state.clockOffset} primary=${primary}
        fit=${fit} wide=${wide} brief=${brief} show=${show} away=${away}
        made=${Boolean(report.job) && report.job.state === "done"} />
      <${Unsaved} view=${view} show=${() => setTab("paper")} seen=${open === "paper"} />
      <${Tabs} tabs=${tabs} tab=${open} setTab=${setTab} brief=${brief} />
      ${open === "agenda" ? agenda : open === "people" ? people : html`<${Panel} tab=${open} view=${view}
        actions=${actions} report=${report} config=${config} keys=${keys} presence=${presence} />`}
    </div>
    ${wide && people}
  </main>`;
}

/* Brings the agenda (its planned end) or the people into sight: side by side by the focus, else by their tab. */
function useShow(wide, setTab) {
  return (name) => {
    if (!wide) setTab(name);
    setTimeout(() => { // once the tab has been drawn
      const found = document.getElementById(name === "agenda" ? "ending" : name);
      if (!found) return;
      found.scrollIntoView({ block: "nearest" });
      found.focus({ preventScroll: true });
    }, 50);
  };
}

/* Whether the three columns stand side by side, as in console.css. */
function useWide() {
  const [query] = useState(() => window.matchMedia("(min-width: 64rem)"));
  const [, again] = useState(0);
  useEffect(() => {
    const changed = () => again((n) => n + 1);
    query.addListener(changed); // addEventListener is missing on older phones
    return () => query.removeListener(changed);
  }, [query]);
  return query.matches;
}

function useShortcuts({ view, keys, actions, primary, setTab }) {
  const { action } = primary;
  const run = view.now;
  const running = run && !view.workshop.ended && run.status !== "closed";
  useKeys(keys, {
    next: primary.press,
    careful: action && action.careful ? primary.key : "",
    waits: primary.waits,
    warn: () => {
      actions.say("primary", t("Press the key again within four seconds: {action}", { action: action.label }));
    },
    back: () => {
      const button = () => document.getElementById("step-back");
      if (!button()) setTab("now"); // it stands with the stage, which is brief beside other tabs on a phone
      if (button()) button().focus();
      else setTimeout(() => button() && button().focus(), 50); // once it has been drawn
    },
    on: {
      p: () => {
        const type = run && run.status === "paused" ? "resume_stage" : "pause_stage";
        const name = type === "pause_stage" ? t("Pause") : t("Resume: {stage}", { stage: called(view, run.stage) });
        if (running && run.kind === "show" && type === "pause_stage") return false; // nothing is sent in there, as in a break
        return running && actions.may(type) && actions.act("pause", { type, run: run.run }, { name });
      },
      m: () => running && actions.may("extend_timer") && (run.timer
        ? actions.act("timer", { type: "extend_timer", run: run.run, seconds: 60 }, { name: t("+{n} min", { n: 1 }) })
        : actions.say("timer", t("There is no timer."))),
      "/": () => {
        const filter = () => document.getElementById("filter");
        if (!filter()) setTab(run && ["gather", "sort"].includes(run.kind) ? "now" : "items");
        if (filter()) filter().focus();
        else setTimeout(() => filter() && filter().focus(), 50); // once the tab has been drawn
      },
    },
  });
}

/* What the middle column can show below the current stage: pairs of name and words, the first one shown at first. */
function tabsOf(view, wide, config) {
  const report = config.report_url ? [["report", t("Report")]] : [];
  const waits = view.workshop.ended ? 0 : waitingAt(view);
  const first = view.workshop.ended ? report : view.now ? [["now", t("This stage")]] : [];
  const beside = wide ? [] : [["people", waits > 0 ? tn("Who is here: one waits", "Who is here: {n} wait", waits) : t("Who is here")], ["agenda", t("Agenda")]];
  const join = ["join", t("Join and links")];
  const length = waitingIn(view).length + textsWaiting(view).length;
  const written = [["items", length ? tn("Contributions · one waits", "Contributions · {n} wait", length) : t("Contributions")], ["results", t("Results")]];
  if (!view.now && !view.workshop.ended) return [join, ...beside, ...written, ...report];
  const paper = lateVotes(view).length > 0 ? [["paper", t("Votes on paper")]] : [];
  return [...first, ...paper, ...beside, ...written, ...(view.workshop.ended ? [] : report), join];
}

function Tabs({ tabs, tab, setTab, brief }) {
  const row = useRef(null);
  useEffect(() => {
    const chosen = row.current.querySelector("[aria-current]");
    if (chosen) row.current.scrollLeft = chosen.offsetLeft - row.current.offsetLeft - 24; // the one before stays in sight
    // the stage above has become shorter or longer: neither what the tab shows nor a tab with the focus is out of sight
    if (brief && row.current.getBoundingClientRect().top < 0) window.scrollTo(0, 0);
    else if (row.current.contains(document.activeElement)) row.current.scrollIntoView({ block: "nearest" });
  }, [tab]);
  return html`<nav class="tabs" ref=${row} aria-label=${t("More about the workshop")}>${tabs.map(([id, words]) => html`<button
    key=${id}
    type="button" class="tab" data-tab=${id} aria-current=${id === tab ? "true" : undefined}
    onClick=${() => setTab(id)}>${words}</button>`)}</nav>`;
}

function Panel({ tab, view, actions, report, config, keys, presence }) {
  if (tab === "items") return html`<${AllItems} view=${view} actions=${actions} bring=${config.bring_url} />`;
  if (tab === "results") return html`<${Results} view=${view} actions=${actions} />`;
  if (tab === "paper") return html`<${LatePaper} view=${view} actions=${actions} />`;
  if (tab === "report") return html`<${Report} view=${view} report=${report} config=${config}
    actions=${actions} />`;
  if (tab === "join" || !view.now) return html`<${Joining} view=${view} actions=${actions} config=${config}
    keys=${keys} presence=${presence} />`;
  const { kind } = view.now;
  if (kind === "gather" || kind === "sort") return html`<${Items} key=${view.now.run} view=${view}
    stage=${stageOfItems(view)} actions=${actions} bring=${config.bring_url} />`;
  if (kind === "vote") return html`<${Vote} key=${view.now.run} view=${view} actions=${actions} />`;
  if (kind === "card") return html`<${CardsNow} key=${view.now.run} view=${view} actions=${actions} />`;
  if (kind === "ask") return html`<${Ask} view=${view} />`;
  if (kind === "who") return html`<p
    class="panel">${t("Everyone says on the phone which group they speak for. The screen shows who is here and who is missing.")}</p>`;
  return html`<div class="panel shown">${w(view.now.text).split(/\n+/).filter(Boolean).map((line, place) => html`<p
    key=${place}>${line}</p>`)}</div>`;
}

/* The items of every gather stage, one at a time. */
function AllItems({ view, actions, bring }) {
  const stages = view.stages.filter((stage) => stage.kind === "gather");
  const [chosen, setChosen] = useState(stageOfItems(view));
  const stage = stages.find((one) => one.id === chosen) || stages[0];
  const waits = (id) => {
    const { length } = waitingIn(view, id);
    return length && tn("one waits", "{n} wait", length);
  };
  if (!stage) return html`<p class="empty">${t("Nothing is written in this workshop.")}</p>`;
  return html`<div>
    <${TextQueue} view=${view} actions=${actions} />
    ${stages.length > 1 && html`<label class="which"><span class="label">${t("Stage")}</span>
      <select class="input" value=${stage.id} onChange=${(event) => setChosen(event.currentTarget.value)}>
        ${stages.map((one) => html`<option key=${one.id}
          value=${one.id}>${[w(one.title), waits(one.id)].filter(Boolean).join(" · ")}</option>`)}</select></label>`}
    <${Items} key=${stage.id} view=${view} stage=${stage.id} actions=${actions} bring=${bring} />
  </div>`;
}
