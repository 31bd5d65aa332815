/* Stages in which the phone mostly listens: who, sort, show; waiting between stages; and the end. */
import { html } from "../shared/dom.js";
import { t, tn, w } from "../shared/i18n.js";
import { Later, second } from "./arriving.js";
import { Board } from "./board.js";
import { You } from "./join.js";
import { inOrder, nextStage, ownItems, stageOf } from "./model.js";
import { fateOf, ItemState, OwnItems } from "./own_items.js";
import { GroupName, Icon, More } from "./parts.js";
import { OwnCode } from "./recovery.js";

export function Who({ live, run, heading }) {
  const group = live.view.groups.find((one) => one.id === live.state.self.group);
  return html`
    ${heading(w(run.prompt) || t("Which group do you speak for today?"))}
    <p class="lead">${t("You speak for")}</p>
    <p class="big-group"><${GroupName} group=${group} /></p>
    <${More} title=${t("Change")}><${You} live=${live} /><//>
  `;
}

export function Sort({ live, run, heading }) {
  const { state, view } = live;
  const items = inOrder(run.board.items);
  const mine = ownItems(state.self, state.outbox).filter((item) => stageOf(item) === run.of);
  return html`
    ${heading(w(run.prompt))}
    ${run.status !== "closed" && html`<p class="lead">
      ${t("The facilitator puts similar contributions together, so that nothing is voted on twice. Look at the screen and speak up if two things are not the same.")}</p>`}
    ${mine.length > 0 && html`<section class="own"><h2>${t("Your contributions")}</h2>
      <${OwnItems} live=${live} run=${Object.assign({}, run, { status: "closed" })} items=${mine} /></section>`}
    <${More} title=${t("Everything on the board")} count=${items.length}>
      <${Board} items=${items} columns=${run.columns} groups=${view.groups} sides=${view.territories} /><//>
  `;
}

export function Show({ run, heading }) {
  const text = w(run.text);
  return html`
    ${heading(undefined, w(run.prompt))}
    ${text && html`<div class="lead words">${text.split("\n").map((line, i) => html`<p key=${i}>${line}</p>`)}</div>`}
    ${!run.is_break && html`<p class="quiet"><${Icon} name="screen" />
      ${` ${t("Look at the screen. There is nothing to do on the phone now.")}`}</p>`}
  `;
}

/* What comes next, while nothing is asked. */
export function Next({ view }) {
  const next = nextStage(view);
  return html`<p class="next">
    ${next
      ? html`<span class="quiet">${view.now ? t("Next") : t("First")}</span> <b>${w(next.title)}</b>
          <span class="quiet numbers"> ${tn("one minute", "{n} minutes", next.minutes)}</span>`
      : html`<span class="quiet">${t("This was the last stage.")}</span>`}
  </p>`;
}

/* Before the first stage. */
export function Waiting({ live }) {
  const group = live.view.groups.find((one) => one.id === live.state.self.group);
  return html`
    <h1 tabindex="-1">${t("You are in.")}</h1>
    <p class="big-group"><${GroupName} group=${group} /></p>
    <p class="lead">${t("The workshop has not begun yet. This page changes by itself when it does.")}</p>
    <${Next} view=${live.view} />
    <${OwnCode} live=${live} />
  `;
}

/* The end: thanks, what one leaves behind, and how to check it. */
export function Ended({ live }) {
  const { state } = live;
  const items = ownItems(state.self, state.outbox);
  return html`
    <p class="eyebrow">${t("This workshop has ended.")}</p>
    <h1 tabindex="-1">${t("Thank you for taking part.")}</h1>
    <p class="lead">
      ${t("The report holds every contribution, including those that nobody voted for. Ask the facilitator for it.")}</p>
    <section class="own"><h2>${t("Your contributions")}</h2>
      ${items.length
        ? html`<p class="hint">
            ${t("Each has a number. Look for it in the last part of the report: that is how you check that yours is there.")}</p>
          <ul class="plain-list">${items.map((item) => html`<li key=${item.key} class="own-item numbered">
            <b class="numbers">${item.n}</b><p class="words">${item.title}
              <${Fate} item=${item} /></p>
            ${item.entry && html`<${ItemState} item=${item} online=${state.status === "live"} />`}</li>`)}</ul>`
        : html`<p class="quiet">${t("You wrote no contributions.")}</p>`}
    </section>
    ${second() && html`<${second().OwnVotes} live=${live} />`}
    <${Later} part="Receipt" live=${live} />
  `;
}

/* What became of an item. */
function Fate({ item }) {
  const words = fateOf(item);
  return words && html` <span class="quiet">${words}</span>`;
}
