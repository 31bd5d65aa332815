/* What was not accepted, and what was written and never sent: the words are offered again, never lost. */
import { html, useState } from "../shared/dom.js";
import { t, w } from "../shared/i18n.js";
import * as storage from "../shared/storage.js";
import { Extras } from "./board.js";
import { refusedElsewhere, stageOf, unsentTexts, wordsOf } from "./model.js";
import { CopyButton, Icon, More, TAB, sentence } from "./parts.js";
import { goalName } from "./sdgs.js";

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
  return typeof command.value === "string" ? { title: command.value } : undefined;
}

/* Refused entries that no control on the page stands for. */
export function Refused({ live }) {
  const run = live.view.now && live.view.now.status !== "closed" ? live.view.now : undefined;
  const entries = refusedElsewhere(live.state.outbox, run && run.run);
  if (!entries.length) return null;
  return html`<section class="refusals" aria-label=${t("Not accepted")}>
    ${entries.map((entry) => html`<${RefusedEntry} key=${entry.op} live=${live} entry=${entry} run=${run} />`)}
  </section>`;
}

function RefusedEntry({ live, entry, run }) {
  const { command } = entry;
  const content = contentOf(command);
  const text = content && content.title;
  // it can go back into the box where the same kind of thing is asked now
  const again = text && command.type !== "answer" && run && run.kind === "gather" && run.status === "open";
  const dismiss = () => live.dismiss(entry.op);
  const offer = () => {
    const column = run.columns.some((one) => one.id === command.column) ? command.column : run.columns[0].id;
    const { fields = {}, sdgs = [], links = [] } = command;
    live.offer({ column, title: text, fields, sdgs, links }, run);
    dismiss();
  };
  return html`<div class="notice notice-bad" role="alert"><${Icon} name="warning" /><div>
    <p><b>${text ? t("Not accepted") : t("A tap of yours was not counted")}</b></p>
    ${text && html`<${Written} content=${content} />`}
    ${entry.lost && html`<${Written} content=${{ title: entry.lost }} />`}
    <p>${sentence(entry.refusal)}</p>
    <div class="notice-acts">
      ${again && html`<button type="button" class="button-outline" onClick=${offer}>
        ${t("Edit and send again")}</button>`}
      ${text && html`<${CopyButton} text=${contentText(content)} announce=${live.announce} />`}
      <button type="button" class="button-bare" onClick=${dismiss}>${text ? t("Discard") : t("Understood")}</button>
    </div></div></div>`;
}

/* Everything kept on this phone that was begun in a box and not sent. */
function keptTexts(code) {
  return ["draft", "edit", "answer"].reduce((found, kind) => {
    const prefix = `edp.${code}.${kind}.`;
    return found.concat(storage.keys(prefix).map((key) =>
      ({ key, kind, place: key.slice(prefix.length), value: storage.read(key) })));
  }, []);
}

/* Texts begun in a stage that is over: in full while that stage is shown, afterwards on one line. */
export function Unsent({ live }) {
  const [, again] = useState(0);
  const { view, state, code } = live;
  const texts = unsentTexts(keptTexts(code), view, state.self, TAB);
  if (!texts.length) return null;
  const discard = (key) => {
    storage.remove(key);
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
      ({ key, content: kind === "answer" ? { title: value } : value })))
    .filter(({ content }) => content && contentText(content).trim());
  if (!waiting.length) return null;
  return html`<section class="refusals"><h2>${t("Written and not sent")}</h2>
    ${waiting.map(({ key, content }) => html`<div key=${key} class="notice notice-warn"><${Icon} name="edit" /><div>
      <${Written} content=${content} />
      <div class="notice-acts"><${CopyButton} text=${contentText(content)} announce=${live.announce} /></div>
    </div></div>`)}
  </section>`;
}
