// The other pictures: who is here, questions, a text or a break, the wait before the first stage, the end.
import { html, names } from "../shared/dom.js";
import { number, t, tn, w } from "../shared/i18n.js";
import { groupColor, Mark } from "../shared/mark.js";
import { columnName, Scale } from "../shared/result.js";
import { allTogether, lotSentence, placeOf, togetherSentence } from "../shared/result_words.js";
import { tieSentence } from "../shared/results/said.js";
import { clock, useRemaining } from "../shared/timer.js";
import { Pages } from "./fit.js";
import { Figure } from "./pieces.js";
import { Withheld } from "./result.js";
import { decisions } from "./stands.js";
import { spaced } from "../shared/parts.js";

const MARKS = 60; // so many little figures in a row; a bigger group is drawn as a bar

/** Who is in the room against who was expected: a figure for each person, an outline for each one who is missing. */
export function Who({ groups, people }) {
  const most = groups.reduce((sofar, group) => {
    return Math.max(sofar, people.by_group[group.id] || 0, (people.expected || {})[group.id] || 0);
  }, 1);
  const over = groups.some(({ id }) => (people.by_group[id] || 0) > ((people.expected || {})[id] || Infinity));
  const entries = groups.map((group) => ({
    key: group.id,
    node: html`<${WhoGroup} key=${group.id} group=${group} most=${most} over=${over}
      here=${people.by_group[group.id] || 0} expected=${(people.expected || {})[group.id]} />`,
  }));
  return html`<div class="who">
    <${Pages} columns=${[{ id: "groups", entries }]} sizes=${[2.25, 2, 1.75]} lanes=${1} listClass="who-groups"
      label=${t("Groups")} content=${JSON.stringify([groups, people])} />
    <p class="plain">${tn("One person is in.", "{n} people are in.", people.total)}
      ${people.undecided > 0 && html` <span>${tn("One has not chosen a group yet.",
        "{n} have not chosen a group yet.", people.undecided)}</span>`}</p>
  </div>`;
}

function WhoGroup({ group, here, expected, most, over }) {
  const marks = Math.max(here, expected || 0);
  const small = most <= MARKS;
  return html`<li class=${names("who-group", over && "has-over")} style=${{ color: groupColor(group.id) }}>
    <p class="who-name"><${Mark} icon=${group.icon} /><span>${w(group.name)}</span></p>
    ${small
      ? html`<p class="who-marks" aria-hidden="true">${Array.from({ length: marks }, (_, place) => html`<i
          key=${place} class=${place < here ? "is-here" : "is-missing"}></i>`)}</p>`
      : html`<p class="who-bar" aria-hidden="true">
          <span class="is-missing" style=${{ width: `${(100 * marks) / most}%` }}></span>
          <span class="is-here" style=${{ width: `${(100 * here) / most}%` }}></span></p>`}
    <p class="who-count"><b>${number(here)}</b>${expected > 0 && (here > expected
      ? html`<span class="is-over">${t("{n} expected", { n: number(expected) })}</span>` : html` <span>${t("of {expected}", { expected })}</span>`)}</p>
  </li>`;
}

/** Questions: how many have answered while it runs, the means once they are revealed. */
export function Ask({ run, groups, territories, people }) {
  if (run.revealed && run.result) {
    return html`<${AskMeans} run=${run} groups=${groups} territories=${territories} />`;
  }
  const answered = run.answered || 0;
  const entries = run.questions.map((question, place) => ({
    key: question.id,
    node: html`<li key=${question.id} class="question"><span
      class="question-n">${place + 1}</span> <span>${w(question.text)}</span></li>`,
  }));
  return html`<div class="vote">
    <div class="vote-facts">
      <${Figure} value=${answered} of=${people}
        words=${tn("of {people} has answered", "of {people} have answered", answered, { people })} />
      ${run.status === "closed" && html`<p
        class="plain">${t("The questions are closed. The answers are shown when the facilitator reveals them.")}</p>`}
    </div>
    <${Pages} columns=${[{ id: "questions", entries }]} sizes=${[2.5, 2.25, 2, 1.75]} lanes=${1}
      listClass="questions"
      label=${t("Questions")} content=${JSON.stringify(run.questions)} />
  </div>`;
}

function AskMeans({ run, groups, territories }) {
  if (run.result.few) return html`<${Withheld} result=${run.result} />`;
  const entries = [];
  run.questions.forEach((question) => {
    const row = run.result.questions.find((one) => one.id === question.id);
    if (!row) return;
    if (question.type !== "text") {
      entries.push({
        key: question.id,
        node: html`<li key=${question.id} class="mean"><p class="mean-question">${w(question.text)}</p>
          <${Scale} question=${question} row=${row} cells=${run.result.cells} groups=${groups}
            territories=${territories} /></li>`,
      });
      return;
    }
    entries.push({ key: question.id, heading: true, node: html`<li key=${question.id}
      class="mean-heading">${w(question.text)}</li>` });
    if (!(row.texts || []).length) {
      entries.push({ key: `${question.id}.none`, node: html`<li key=${`${question.id}.none`}
        class="mean-none">${t("Nobody wrote an answer.")}</li>` });
    }
    (row.texts || []).forEach((text, place) => entries.push({
      key: `${question.id}.${place}`,
      node: html`<li key=${`${question.id}.${place}`} class="mean-text">${text}</li>`,
    }));
  });
  return html`<div class="result means">
    <${Pages} columns=${[{ id: "means", entries }]} sizes=${[2.25, 2, 1.75]} lanes=${entries.length > 3 ? 2 : 1}
      listClass="mean-list" label=${t("Answers")} content=${JSON.stringify(run.result)} />
    <p class="result-remarks">${tn("One person answered.", "{n} people answered.", run.result.voters)}
      ${allTogether(run.result.cells) && ` ${togetherSentence()}`}</p>
  </div>`;
}

/** A text, or a break with its time large. */
export function Show({ run, offset }) {
  const left = useRemaining(run.timer, offset);
  if (run.is_break) {
    return html`<div class="show show-break">
      ${left !== undefined && html`<p class="show-clock">${clock(left)}</p>`}
      ${w(run.text) && html`<p class="show-text">${w(run.text)}</p>`}
    </div>`;
  }
  const text = w(run.text);
  const size = text.length > 320 ? "is-long" : text.length < 140 && "is-brief";
  return html`<div class="show">${text.split(/\n+/).filter(Boolean).map((line, place) => html`<p key=${place}
    class=${names("show-text", size)}>${line}</p>`)}</div>`;
}

/** Before the first stage: the two ways in, with a camera or without. The code and the QR stand beside them, large. */
export function Waiting({ people, way, config }) {
  const { wifi } = config;
  const typed = { address: config.short_url, code: spaced(config.code) };
  const badges = way === "badges";
  return html`<div class="waiting">
    <ol class=${names("steps", wifi && "has-wifi")}>
      ${wifi && html`<${WifiStep} wifi=${wifi} />`}
      <li class="step-ways">
        <p class="step-way"><b>${t("With the camera")}</b> <span
          class="address">${badges ? t("Scan your badge") : t("Scan the code")}</span></p>
        <p class="step-way"><b>${t("Without a camera")}</b> <span class="address">${badges
          ? t("Open {address} and type {code}, then the badge’s code", typed)
          : t("Open {address} and type {code}", typed)}</span></p>
      </li>
      ${!badges && html`<li><b>${t("Say which group you speak for")}</b>${way === "admitted" && html` <span
        class="address">${t("The facilitator lets you in")}</span>`}</li>`}
    </ol>
    <p class="plain">${people.total > 0
      ? tn("One person is in.", "{n} people are in.", people.total)
      : badges ? t("The badge lets you in, and says your group.") : t("No account, no app, no e-mail.")}</p>
  </div>`;
}

/* What comes before everything else where the screen says it: the Wi-Fi of the room. */
function WifiStep({ wifi }) {
  return html`<li class="step-wifi"><b>${t("Join the Wi-Fi")}</b>
    <span class="address">${wifi.name}${wifi.password && html`<br />${t("Password: {password}", { password: wifi.password })}`}</span>
    <span class="wifi-qr"><img src=${wifi.qr_url} alt=${t("QR code: {address}", { address: wifi.name })} /></span></li>`;
}

const DECIDED_SIZES = [4, 3.5, 3, 2.75, 2.5, 2.25, 2, 1.75];

/** The end: what the room decided, by the vote that decided as large as it goes; what other votes did is on pages after. */
export function Ended({ results, order }) {
  const [first, ...others] = decisions(results, order).map((one) => entriesOf(one, results));
  if (!first) return html`<p
    class="show-text">${t("The report is being written; ask the facilitator for it.")}</p>`;
  const rest = [].concat(...others);
  return html`<${Pages} columns=${[{ id: "decided", entries: first }]} sizes=${DECIDED_SIZES} lanes=${2} fewest
    listClass="ended" label=${t("What was decided")}
    further=${() => (rest.length ? [{
      id: "beside", label: t("What was decided"), listClass: "ended", lanes: others.length > 1 ? 2 : 1,
      sizes: DECIDED_SIZES.slice(4), entries: rest,
    }] : [])}
    content=${JSON.stringify(first.concat(rest).map((entry) => entry.key))} />`;
}

/* What passed in one vote, under its name, its second round's and, where there are several, that of the column, and what
   was level there. The places of two rounds are not one order, so they are not numbered. */
function entriesOf({ runs, lists }, results) {
  const past = results[runs[0]];
  const titles = runs.map((run) => w(results[run].title));
  const entry = (key, kind, words) => ({ key, heading: kind === "ended-stage", node: html`<li key=${key}
    class=${kind}>${words}</li>` });
  return lists.flatMap(({ column, rows }) => [
    entry(`${runs[0]}.${column}`, "ended-stage",
      titles.concat(column && columnName(column, past.columns || [])).filter(Boolean).join(" · ")),
    ...rows.map((row) => entry(`${runs[0]}.${row.item}`, "ended-item", html`${runs.length < 2 && html`<span
      class="ended-rank">${placeOf(row, past.result.rule)}</span>`} <span>${row.title}</span>`)),
    ...levelOf({ runs, column, rows }, results).map((said) => entry(`${runs[0]}.${column}.${said}`, "ended-note", said)),
  ]);
}

/* What is said below what passed: that the same number means level, what was level at the cut and is not through, and that
   a lot decided, in the round that gave the places last. */
function levelOf({ runs, column, rows }, results) {
  const { result } = results[runs[runs.length - 1]];
  const listing = result.columns.find((one) => one.column === column) || { items: [] };
  const places = runs.length < 2 ? rows.map((row) => placeOf(row, result.rule)).filter((place) => place !== undefined) : [];
  const said = [
    new Set(places).size < places.length && t("The same number: level."),
    tieSentence(listing, result),
    rows.concat(listing.items).some((row) => row.lot) && lotSentence(),
  ].filter(Boolean);
  return said.length ? [said.join(" ")] : [];
}
