/* What was not accepted, and what was written and never sent: the words are offered again, never lost. */
import { isBlank } from "../shared/ballots.js";
import { html, useState } from "../shared/dom.js";
import { t, w } from "../shared/i18n.js";
import { remove } from "../shared/storage.js";
import { Extras } from "./board.js";
import { isAboutOneself, stageOf, wordsOf } from "./model.js";
import { keptTexts } from "./kept.js";
import { noticesOf, onCard, refusedElsewhere, unsentTexts } from "./notices.js";
import { Sending } from "./own_items.js";
import { methodOf } from "./own_votes.js";
import { CopyButton, Icon, More, TAB, sentence } from "./parts.js";
import { goalName } from "./sdgs.js";
import { ownWords } from "./voting/words.js";

const LATE = ["stage_closed", "unknown_run", "workshop_ended"]; // it came after the end of what it was for

/* All that somebody wrote into one form, to read and to copy. */
function contentText(content) {
  const goals = (content.sdgs || []).map((n) => `${n} ${goalName(n)}`).join(" · ");
  return [wordsOf(content), goals && `${t("SDG")} ${goals}`].filter(Boolean).join("\n");
}

function Written({ content }) {
  const { title, fields, sdgs } = content;
  return html`<blockquote>${title && html`<p class="words">${title}</p>`}<${Extras} item=${{ fields, sdgs }} />
  </blockquote>`;
}

/* What a command would have brought in words; undefined for taps. */
function contentOf(command) {
  if (command.title) return command;
  if (command.reason) return { title: command.reason };
  return typeof command.value === "string" ? { title: command.value } : undefined;
}

/* Refused entries that no control on the page stands for; outside, coming in has its own place. */
export function Refused({ live, outside }) {
  const run = !outside && live.view.now && live.view.now.status !== "closed" ? live.view.now : undefined;
  const refused = refusedElsewhere(live.state.outbox, run);
  const notices = noticesOf(outside ? refused.filter((entry) => !isAboutOneself(entry)) : refused);
  if (!notices.length) return null;
  return html`<section class="refusals" aria-label=${t("Not accepted")}>
    ${notices.map(({ entry, votes }) => html`<${RefusedEntry} key=${entry.op} live=${live} entry=${entry} votes=${votes}
      run=${run} />`)}
  </section>`;
}

/* What is on its way for stages that are not on the page, since one is not in (again) yet. */
export function Underway({ live }) {
  const { state } = live;
  const waiting = state.outbox.filter((entry) => entry.state !== "refused" && !isAboutOneself(entry));
  if (!waiting.length) return null;
  return html`<${More} title=${t("Kept on this phone")} count=${waiting.length} open=${waiting.length < 4}>
    <p class="hint">${t("It is sent once you are in and its stage is open.")}</p>
    <ul class="plain-list">${waiting.map((entry) => html`<li key=${entry.op} class="own-item">
      <p class="quiet small">${kindOf(entry.command, live)}</p>
      <p class="words">${namedIn(entry, live)}</p>
      ${contentOf(entry.command) && html`<p class="words">${contentOf(entry.command).title}</p>`}
      <${Sending} entry=${entry} online=${state.status === "live"} /></li>`)}</ul>
  <//>`;
}

function RefusedEntry({ live, entry, votes, run }) {
  const { command, refusal } = entry;
  const content = contentOf(command);
  const text = content && content.title;
  const vote = command.type === "cast_ballot";
  const name = (vote || !text) && namedIn(entry, live);
  const uncounted = !isAboutOneself(entry) && (!text || vote || LATE.includes(refusal.code));
  // it can go back into the box where the same kind of thing is asked now
  const again = ["add_item", "change_item"].includes(command.type) && run && run.kind === "gather" && run.status === "open";
  const dismiss = () => votes.concat(entry).forEach((one) => live.dismiss(one.op));
  const offer = () => {
    const column = run.columns.some((one) => one.id === command.column) ? command.column : run.columns[0].id;
    const { fields = {}, sdgs = [], links = [] } = command;
    live.offer({ column, title: text, fields, sdgs, links }, run);
    dismiss();
  };
  return html`<div class="notice notice-bad" role="alert"><${Icon} name="warning" /><div>
    <p><b>${uncounted ? t("Not counted") : t("Not accepted")}</b> <span>${kindOf(command, live)}</span></p>
    ${name && html`<${Written} content=${{ title: name }} />`}
    ${text && html`<${Written} content=${content} />`}
    <p>${sentence(refusal)} ${countsInstead(entry, live)}
      ${votes.length > 0 && t("Your vote on it is not counted either.")}</p>
    <div class="notice-acts">
      ${again && html`<button type="button" class="button-outline" onClick=${offer}>
        ${t("Edit and send again")}</button>`}
      ${text && html`<${CopyButton} text=${contentText(content)} announce=${live.announce} />`}
      <button type="button" class="button-bare" onClick=${dismiss}>${text ? t("Discard") : t("Understood")}</button>
    </div></div></div>`;
}

/* A ballot in a few words. */
function voteWords(ballot, run, live) {
  return ownWords(methodOf(live.view, live.methods, run), ballot);
}

/* What somebody did, in a few words. */
function kindOf(command, live) {
  const { type, value, run } = command;
  if (type === "cast_ballot") {
    const vote = isBlank(command) ? t("taken back") : voteWords(command, run, live);
    return vote ? t("Your vote: {vote}", { vote }) : t("Your vote");
  }
  if (type === "answer" && typeof value === "number") return t("Your answer: {n}", { n: value });
  return {
    add_item: t("Your contribution"),
    change_item: t("Your change"),
    withdraw_item: t("Your withdrawal"),
    describe: t("Your group"),
    name_myself: t("Your name"),
    fill_card: t("Your text for the card “{title}”", { title: namedIn({ command, about: {} }, live) }),
    answer: value === null ? t("Your answer, taken back") : t("Your answer"),
  }[type];
}

/* The words of what a tap was about: the item, the question, the group; "" where this phone does not know them. */
function namedIn({ command, lost, refusal = {}, about = {} }, live) {
  const { question, group } = command;
  const item = command.item || (refusal.params || {}).item; // of a ballot on all items the one that was in the way
  if (group) return w((live.view.groups.find((one) => one.id === group) || {}).name);
  if (command.type === "answer") return w(about[question]);
  const own = (live.state.self.items || {})[item];
  return lost || (about[item] || [])[0] || live.titles[item] || (own && own.title) || "";
}

/* Of a vote that came too late: what was saved before it stands. */
function countsInstead({ command, refusal }, live) {
  if (command.type !== "cast_ballot" || !LATE.includes(refusal.code)) return "";
  const vote = voteWords(((live.state.self.ballots || {})[command.run] || {})[command.item], command.run, live);
  return vote && t("What was saved before counts: {vote}.", { vote });
}

/* Texts begun in a stage that is over: in full while that stage is shown, afterwards on one line. */
export function Unsent({ live }) {
  const [, again] = useState(0);
  const { view, state, code } = live;
  const texts = unsentTexts(keptTexts(code), view, state.self, TAB);
  if (!texts.length) return null;
  const discard = (key) => {
    remove(key);
    again((n) => n + 1);
  };
  const stageTitle = (run) => w((run && view.agenda.find((stage) => stage.id === stageOf({ run })) || {}).title);
  const text = ({ key, run, content, past }) => html`<div key=${key} class="notice notice-warn"><${Icon} name="edit" /><div>
    <p>${!past && html`<b>${t("Written and not sent")}</b> `}<span>${stageTitle(run)}</span></p>
    <${Written} content=${content} />
    <div class="notice-acts"><${CopyButton} text=${contentText(content)} announce=${live.announce} />
      <button type="button" class="button-bare" onClick=${() => discard(key)}>${t("Discard")}</button></div>
  </div></div>`;
  const past = texts.filter((one) => one.past);
  return html`<section class="refusals" aria-label=${t("Not sent")}>
    ${texts.filter((one) => !one.past).map(text)}
    ${past.length > 0 && html`<${More} key="past" title=${t("Written and not sent")}
      count=${past.length > 1 ? past.length : undefined}>${past.map(text)}<//>`}
  </section>`;
}

/* What waits on this phone for a workshop that cannot be reached any more: words to copy. */
export function Stranded({ live }) {
  const waiting = live.state.outbox
    .map((entry) => ({ key: entry.op, content: contentOf(entry.command) }))
    .concat(keptTexts(live.code).map(({ key, kind, value }) =>
      ({ key, content: typeof value === "string" ? { title: value } : kind === "card" ? { title: onCard(value) } : value })))
    .filter(({ content }) => content && contentText(content).trim());
  if (!waiting.length) return null;
  return html`<section class="refusals"><h2>${t("Written and not sent")}</h2>
    ${waiting.map(({ key, content }) => html`<div key=${key} class="notice notice-warn"><${Icon} name="edit" /><div>
      <${Written} content=${content} />
      <div class="notice-acts"><${CopyButton} text=${contentText(content)} announce=${live.announce} /></div>
    </div></div>`)}
  </section>`;
}
