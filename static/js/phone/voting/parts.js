/* What the ballots of several methods are made of. */
import { html, names } from "../../shared/dom.js";
import { t, tn, w } from "../../shared/i18n.js";
import { Extras } from "../board.js";
import { SentState } from "../own_items.js";
import { Dots, Icon, sentence } from "../parts.js";

/* An item that is voted on, its control below it, or, with `beside`, at its side. `column`: the heading it stands under,
   where that has to be said. */
export function Candidate({ live, item, column, given, beside, children }) {
  // whose idea it was stays out of sight while one judges it
  const { group, territory, ...content } = item;
  return html`<li class=${names("candidate", given && "is-given", beside && "is-row")} id=${`item-${item.id}`}>
    <div class="candidate-text">
      ${column && html`<p class="quiet small">${w(column.name)}</p>`}
      <p class="words candidate-title" id=${`title-${item.id}`}><span class="candidate-n">${item.n}</span> ${item.title}</p>
      <${Extras} item=${content} groups=${live.view.groups} sides=${live.view.territories} fold=${true} />
    </div>
    ${children}
  </li>`;
}

/* Where a ballot stands: saved, or on its way; nothing where there is none. */
export function BallotState({ ballot, given, live }) {
  const { entry } = ballot;
  return html`<${SentState} entry=${entry && entry.state !== "refused" && entry} given=${given} live=${live} />`;
}

/* Why a ballot was not accepted, until that is read. */
export function RefusedBallot({ ballot, dismiss }) {
  const { entry } = ballot;
  if (!entry || entry.state !== "refused") return null;
  return html`<p class="refused" role="alert">${sentence(entry.refusal)}
    <button type="button" class="button-bare" onClick=${dismiss}>${t("Understood")}</button></p>`;
}

/* What is left or done, always in sight, where the thumb is. */
export function Bar({ children, go, to }) {
  return html`<div class="left">
    <p class="left-words" role="status">${children}</p>
    ${go && html`<button type="button" class="button-outline" onClick=${go}>${to}<${Icon} name="next" /></button>`}
  </div>`;
}

/* How many items one has voted on, in words. */
export function doneWords(done, all) {
  return done === all ? t("Done: you have voted on everything") : t("{n} of {all} voted on", { n: done, all });
}

/* How many items one has voted on, and the way to the next one that is left, also under another heading. `next`: {item,
   column}, or undefined. */
export function Progress({ done, all, next, goTo }) {
  return html`<${Bar} go=${next && (() => goTo(next))} to=${t("Next one")}><b>${doneWords(done, all)}</b><//>`;
}

/* The dots on one item, drawn up to the cap, and said. */
export function DotRow({ dots, cap }) {
  return html`<span class="dot-row">
    <span class="visually-hidden">${tn("One dot of yours", "{n} dots of yours", dots)}</span>
    <${Dots} given=${dots} all=${cap} /></span>`;
}

/* Brings an element into sight and gives it the focus, once the page is drawn. */
export function show(id) {
  requestAnimationFrame(() => {
    const element = document.getElementById(id);
    if (!element) return;
    element.scrollIntoView({ block: "start" });
    const target = element.matches("[tabindex]") ? element : element.querySelector("button, input, [tabindex]");
    if (target) target.focus({ preventScroll: true });
  });
}

/* The heading under which an item stands, where there are several of them. */
export function columnOf(item, columns) {
  return columns.length > 1 ? columns.find((one) => one.id === item.column) : undefined;
}
