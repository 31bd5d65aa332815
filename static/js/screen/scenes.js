// The other pictures: who is here, questions, a text or a break, the wait before the first stage, the end.
import { html, names } from "../shared/dom.js";
import { number, t, tn, w } from "../shared/i18n.js";
import { groupColor, Mark } from "../shared/mark.js";
import { columnName, Scale } from "../shared/result.js";
import { allTogether, placeOf, togetherSentence } from "../shared/result_words.js";
import { clock, useRemaining } from "../shared/timer.js";
import { Pages } from "./fit.js";
import { Figure } from "./pieces.js";
import { Withheld } from "./result.js";
import { standingRuns } from "./stands.js";
import { spaced } from "../shared/parts.js";

const MARKS = 60; // so many little figures in a row; a bigger group is drawn as a bar

/** Who is in the room against who was expected: a figure for each person, an outline for each one who is missing. */
export function Who({ groups, people }) {
  const most = groups.reduce((sofar, group) => {
    return Math.max(sofar, people.by_group[group.id] || 0, (people.expected || {})[group.id] || 0);
  }, 1);
  const entries = groups.map((group) => ({
    key: group.id,
    node: html`<${WhoGroup} key=${group.id} group=${group} most=${most}
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

function WhoGroup({ group, here, expected, most }) {
  const marks = Math.max(here, expected || 0);
  const small = most <= MARKS;
  return html`<li class="who-group" style=${{ color: groupColor(group.id) }}>
    <p class="who-name"><${Mark} icon=${group.icon} /><span>${w(group.name)}</span></p>
    ${small
      ? html`<p class="who-marks" aria-hidden="true">${Array.from({ length: marks }, (_, place) => html`<i
          key=${place} class=${place < here ? "is-here" : "is-missing"}></i>`)}</p>`
      : html`<p class="who-bar" aria-hidden="true">
          <span class="is-missing" style=${{ width: `${(100 * marks) / most}%` }}></span>
          <span class="is-here" style=${{ width: `${(100 * here) / most}%` }}></span></p>`}
    <p class="who-count"><b>${number(here)}</b>${expected > 0 && html` <span>${t("of {expected}", { expected })}</span>`}</p>
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

/** Before the first stage: how to join, in three steps. The code and the QR stand beside it, large. */
export function Waiting({ people, config }) {
  return html`<div class="waiting">
    <ol class="steps">
      <li><b>${t("Scan the code, or open")}</b> <span class="address">${config.short_url}</span></li>
      <li><b>${t("Type the six digits")}</b> <span class="address">${spaced(config.code)}</span></li>
      <li><b>${t("Say which group you speak for")}</b></li>
    </ol>
    <p class="plain">${people.total > 0
      ? tn("One person is in.", "{n} people are in.", people.total)
      : t("No account, no app, no e-mail.")}</p>
  </div>`;
}

/** The end: thank you, and what the room decided, the last decision first. */
export function Ended({ results, order }) {
  const entries = standingRuns(results, order).reverse()
    .flatMap(({ run, kept }) => passingOf(run, results[run], (item) => !kept || kept.includes(item)));
  if (!entries.length) return html`<p
    class="show-text">${t("The report is being written; ask the facilitator for it.")}</p>`;
  return html`<${Pages} columns=${[{ id: "decided", entries }]} sizes=${[2.5, 2.25, 2, 1.75]} lanes=${2}
    listClass="ended" label=${t("What was decided")}
      content=${JSON.stringify(entries.map((entry) => entry.key))} />`;
}

/* What passed in one vote, under the name of the vote and, where there are several, of the column. */
function passingOf(run, past, keeps) {
  return ((past && past.result.columns) || []).flatMap((list) => {
    const passing = list.items.filter((row) => row.passes && row.title && keeps(row.item));
    if (!passing.length) return [];
    const column = list.column && columnName(list.column, past.columns || []);
    const heading = [w(past.title), column].filter(Boolean).join(" · ");
    const entry = (key, kind, words) => ({ key, heading: kind === "ended-stage", node: html`<li key=${key}
      class=${kind}>${words}</li>` });
    return [
      entry(`${run}.${list.column}`, "ended-stage", heading),
      ...passing.map((row) => entry(`${run}.${row.item}`, "ended-item", html`<span
        class="ended-rank">${placeOf(row, past.result.rule)}</span> <span>${row.title}</span>`)),
    ];
  });
}
