// The door on the console: who waits at it, who was turned away, whether it is open, and heads against phones.
import { html, useState } from "../shared/dom.js";
import { number, t, tn, w } from "../shared/i18n.js";
import { Icon } from "../shared/parts.js";
import { groupColor, Mark } from "../shared/mark.js";
import { Act, Said } from "./actions.js";
import { givenLine, useNames } from "./given.js";

const SHOWN = 12; // at once; a hall that waits is let in together

/** How many wait at the door. */
export const waitingAt = (view) => Object.keys(view.door.waiting).length;

const byNumber = (all) => Object.keys(all).map((id) => Object.assign({ id }, all[id])).sort((a, b) => a.n - b.n);

/** Whoever waits or was turned away, each with what to do about it; nothing where there is nobody. */
export function AtTheDoor({ view, actions, config }) {
  const waiting = byNumber(view.door.waiting);
  const away = byNumber(view.door.away);
  const [all, setAll] = useState(false);
  const named = waiting.concat(away).filter((one) => one.named).length;
  const known = useNames(config.names_url, Boolean(config.names_url) && named > 0, named);
  const shown = all ? waiting : waiting.slice(0, SHOWN);
  const upto = waiting.length ? waiting[waiting.length - 1].n : 0;
  const person = (one) => html`<${Waiting} key=${one.id} one=${one} given=${one.named && known.given[one.id]} view=${view}
    actions=${actions} />`;
  if (!waiting.length && !away.length && actions.said.place !== "admit") return null;
  return html`<section class="waiting" aria-labelledby="waiting-title">
    ${waiting.length > 0 && html`<h3 id="waiting-title" class="waiting-title">
      ${tn("One person waits at the door", "{n} people wait at the door", waiting.length)}</h3>`}
    ${waiting.length > 1 && html`<${Act} actions=${actions} place="admit" icon="door"
      command=${{ type: "admit_all", upto }}>${tn("Let in the one who waits", "Let all {n} in", waiting.length)}<//>`}
    <${Said} actions=${actions} place="admit" />
    <ul class="waiting-list">${shown.map(person)}</ul>
    ${waiting.length > shown.length && html`<button type="button" class="button-bare" onClick=${() => setAll(true)}>
      ${tn("Show one more", "Show {n} more", waiting.length - shown.length)}</button>`}
    ${away.length > 0 && html`<details class="away"><summary>${t("Turned away")} <b>${number(away.length)}</b></summary>
      <ul class="waiting-list">${away.map((one) => html`<li key=${one.id} class="waiting-row">
        <${Who} one=${one} given=${one.named && known.given[one.id]} view=${view} />
        <span class="row"><${Act} actions=${actions} place="admit" command=${{ type: "put_back", person: one.id }}
          label=${t("Let wait again: number {n}", { n: one.n })}>${t("Let wait again")}<//></span></li>`)}</ul></details>`}
  </section>`;
}

function Who({ one, given, view }) {
  const group = view.groups.find(({ id }) => id === one.group);
  const side = view.territories.find(({ id }) => id === one.territory);
  return html`<p class="waiting-who"><b>${t("Number {n}", { n: one.n })}</b>${given && html` <span
      class="person-name">${givenLine(given)}</span>`}
    <span class="waiting-group">${group
      ? html`<${Mark} icon=${group.icon} color=${groupColor(group.id)} />${[w(group.name), side && w(side.name)].filter(Boolean).join(" · ")}`
      : t("no group yet")}</span></p>`;
}

function Waiting({ one, given, view, actions }) {
  const undo = () => actions.act("admit", { type: "put_back", person: one.id }, { name: t("Undo") });
  const said = (text) => () => actions.say("admit", text, undo);
  return html`<li class="waiting-row">
    <${Who} one=${one} given=${given} view=${view} />
    <span class="row"><${Act} actions=${actions} place="admit" command=${{ type: "admit", person: one.id }}
        label=${t("Let in: number {n}", { n: one.n })}
        onDone=${said(t("Number {n} is in.", { n: one.n }))}>${t("Let in")}<//>
      <${Act} actions=${actions} place="admit" kind="button-bare" command=${{ type: "turn_away", person: one.id }}
        label=${t("Turn away: number {n}", { n: one.n })}
        onDone=${said(t("Number {n} was turned away.", { n: one.n }))}>${t("Turn away")}<//></span>
  </li>`;
}

/** Whether the door is open, in which way, and the button that closes it. */
export function Door({ view, actions, config }) {
  const { workshop, door } = view;
  const words = {
    open: t("The door is open: new people can join."),
    admitted: t("The door is open: who joins waits until you let them in."),
    badges: t("The door is open to whoever has a badge."),
  }[workshop.way_in];
  return html`<div class="door">
    <p><${Icon} name=${workshop.door ? "door" : "lock"} /><span>${workshop.door
      ? words : t("The door is closed: nobody new can join; who is in stays in.")}</span></p>
    ${workshop.way_in === "badges" && html`<p><${Icon} name="code" /><span>${door.badges
      ? t("{used} of {made} badges are used.", { used: number(door.badges.used), made: number(door.badges.made) })
      : t("There is no badge yet.")} ${config.badges_url && html`<a href=${config.badges_url}>${t("Badges")}</a>`}</span></p>`}
    <${Act} actions=${actions} place="door" command=${{ type: "set_door", open: !workshop.door }}>
      ${workshop.door ? t("Close the door") : t("Open the door")}<//>
    <${Said} actions=${actions} place="door" />
    ${workshop.way_in === "open" && actions.may("count_heads") && html`<${Heads} view=${view} actions=${actions} />`}
  </div>`;
}

/* With the door open to all, one person could come in twice: how many heads there are, against the phones. */
function Heads({ view, actions }) {
  const { heads } = view.door;
  const phones = view.people.total - view.people.paper;
  const [typed, setTyped] = useState(undefined);
  const shown = typed === undefined ? (heads === undefined ? "" : String(heads)) : typed;
  const send = async (event) => {
    event.preventDefault();
    const answer = await actions.act("heads", { type: "count_heads", heads: shown === "" ? null : Number(shown) },
      { name: t("Heads in the room") });
    if (answer && answer.ok) setTyped(undefined);
  };
  return html`<form class="heads" onSubmit=${send}>
    <p class="hint">${t("Anyone with the code can come in, also twice with two phones. Count the heads in the room and compare.")}</p>
    <label><span class="label">${t("Heads in the room")}</span>
      <span class="row"><input class="input" inputmode="numeric" maxlength="5" value=${shown}
        onInput=${(event) => setTyped(event.currentTarget.value.replace(/\D/g, ""))} />
      <button type="submit" class="button-outline" aria-disabled=${actions.ready ? undefined : "true"}>${t("Save")}</button></span></label>
    ${heads !== undefined && html`<p class="heads-compared">${compared(phones, heads)}</p>`}
    <${Said} actions=${actions} place="heads" />
  </form>`;
}

function compared(phones, heads) {
  const said = t("{phones} by phone, {heads} heads.", { phones: number(phones), heads: number(heads) });
  const more = phones - heads;
  return more > 0
    ? `${said} ${tn("One phone more than heads: somebody may be in twice.", "{n} phones more than heads: somebody may be in twice.", more)}`
    : said;
}
