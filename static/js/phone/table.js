/* A phone that is passed round at a table: whoever has it says which of those at it they are, votes or answers for
   themselves, and passes it on. What the person before chose is not shown. */
import { html, useEffect, useRef, useState } from "../shared/dom.js";
import { t, tn } from "../shared/i18n.js";
import { Ask } from "./ask.js";
import { Chooser } from "./join.js";
import { askedOf } from "./model.js";
import { GroupName, Icon, More, Notice, sentence, useKept } from "./parts.js";
import { Unsent } from "./refused.js";
import { MOST, callSeat, liveAt, namesOn, newSeat, seatsOf, standingOf } from "./seats.js";
import { tableKey } from "./shared.js";
import { Vote } from "./vote.js";

const KINDS = { vote: Vote, ask: Ask };

/* A person at the table by number, and by name where one was given on this phone. */
export function seatName(live, { seat, place }) {
  const name = namesOn(live.code)[seat];
  return name ? `${place}, ${name}` : t("Person {n}", { n: place });
}

/* The same beside the number, which is drawn. */
function Named({ live, one }) {
  const name = namesOn(live.code)[one.seat];
  return name ? html`<span class="visually-hidden">${one.place}, </span>${name}` : seatName(live, one);
}

/* Everybody at this phone; pages of the first script keep the state of one alone. */
export const sittersOf = (live) => seatsOf(live.connection.state);

/* A vote or questions on a phone that is passed round. Who has it now is kept, so that a reload changes nothing. */
export function Passed({ live, run, heading }) {
  const [sitting, setSitting] = useKept(`edp.${live.code}.sitting`, undefined);
  const seats = sittersOf(live);
  const here = sitting && sitting.run === run.run ? sitting : {};
  const one = seats.find((each) => each.seat === here.seat && !each.refusal);
  const sit = (seat) => setSitting({ run: run.run, seat });
  const box = useTop(here.isNew ? "new" : one && one.seat);
  return html`<div class="passed" ref=${box}>
    ${one
      ? html`<${AtSeat} key=${one.seat} live=${live} run=${run} heading=${heading} sitter=${one} done=${() => setSitting(undefined)} />`
      : here.isNew
        ? html`<${NewPerson} live=${live} seats=${seats} done=${sit} back=${() => setSitting(undefined)} heading=${heading} />`
        : html`<${Round} live=${live} run=${run} seats=${seats} heading=${heading} sit=${sit}
            more=${() => setSitting({ run: run.run, isNew: true })} />`}
  </div>`;
}

/* Each page of these begins at the top, with its heading, for those who listen as well. */
function useTop(page) {
  const box = useRef(null);
  const before = useRef(page);
  useEffect(() => {
    if (before.current === page) return;
    before.current = page;
    window.scrollTo(0, 0);
    const heading = box.current.querySelector("h1");
    if (heading) heading.focus({ preventScroll: true });
  }, [page]);
  return box;
}

/* Between two people: nothing of either is shown. */
function Round({ live, run, seats, heading, sit, more }) {
  const closed = run.status === "closed";
  const begun = seats.some((one) => standing(live, run, one));
  const lead = t("What the person before chose is not shown.");
  return html`
    ${closed ? heading(undefined, t("Choose your name to see what you chose."))
      : begun ? heading(t("Pass the phone on."), lead)
        : heading(t("This phone goes round the table."), t("Everybody votes or answers for themselves, one after the other."))}
    ${closed && html`<${Notice} icon="lock"><p>${run.kind === "vote"
      ? t("The vote is closed. The result is shown here as soon as the facilitator reveals it.")
      : t("This stage is closed. The result is shown here as soon as the facilitator reveals it.")}</p><//>`}
    <h2 class="seats-title">${t("Who has the phone now?")}</h2>
    <ul class="plain-list seats">${seats.map((one) => html`<li key=${one.seat}>${one.refusal
      ? html`<${NotSeated} live=${live} one=${one} />`
      : html`<${SeatButton} live=${live} one=${one} stands=${standing(live, run, one)} press=${() => sit(one.seat)} />`}</li>`)}</ul>
    ${!closed && (seats.length < MOST
      ? html`<p><button type="button" class="button-outline button-wide" onClick=${more}>
          <${Icon} name="add" />${t("Somebody else at the table")}</button></p>`
      : html`<p class="hint">${sentence({ code: "table_full", params: { most: MOST } })}</p>`)}
    <p class="hint">${t("Votes on a shared phone are only as secret as the table is: whoever holds it can choose any name in the list.")}</p>`;
}

const standing = (live, run, one) => standingOf(liveAt(live, one).state, run.run);

function SeatButton({ live, one, stands, press }) {
  const group = live.view.groups.find((each) => each.id === one.group);
  const words = {
    done: html`<span class="state saved"><${Icon} name="check" />${t("Done")}</span>`,
    sending: live.state.status === "live" ? t("Sending…") : t("Waiting for the connection"),
    refused: html`<b>${t("Something was not accepted")}</b>`,
  }[stands];
  return html`<button type="button" class="seat" onClick=${press}>
    <span class="seat-n numbers" aria-hidden="true">${one.place}</span>
    <span class="row-words"><span class="row-name"><${Named} live=${live} one=${one} /></span>
      ${group && html`<span class="seat-group"><${GroupName} group=${group} /></span>`}</span>
    ${words && html`<span class="seat-state small">${words}</span>`}</button>`;
}

/* Somebody who wanted to sit down and could not: what they tapped does not count. */
function NotSeated({ live, one }) {
  const dismiss = () => live.connection.state.outbox
    .filter(({ command }) => command.seat === one.seat).forEach(({ op }) => live.dismiss(op));
  return html`<${Notice} kind="bad" icon="warning" role="alert">
    <p><b>${seatName(live, one)}</b> ${sentence(one.refusal)}</p>
    <p>${t("What this person chose was not counted.")}</p>
    <div class="notice-acts"><button type="button" class="button-bare" onClick=${dismiss}>${t("Understood")}</button></div><//>`;
}

/* Somebody new says who they are. */
function NewPerson({ live, seats, done, back, heading }) {
  const [name, setName] = useState("");
  const [{ territory }] = seats;
  const submit = ({ place }) => {
    const seat = newSeat();
    if (name.trim()) callSeat(live.code, seat, name);
    live.send(Object.assign({ type: "take_seat", seat }, place), `${seat}/seat`);
    done(seat);
  };
  return html`
    ${heading && heading(t("Welcome at this phone."))}
    <p class="hint">${t("Say once which group you speak for. Then everything here is yours alone until you pass the phone on.")}</p>
    <label class="field seat-name"><span class="label">${t("A name or a number by which you find yourself (optional)")}</span>
      <input class="input" type="text" maxlength="24" autocomplete="off" value=${name} aria-describedby="seat-name-hint"
        onInput=${(event) => setName(event.currentTarget.value)} /></label>
    <p class="hint" id="seat-name-hint">${t("It stays on this phone.")}</p>
    <${Chooser} live=${live} self=${{ group: seats[0].group, territory }} submit=${submit} word=${t("Go on")} />
    <p><button type="button" class="button-bare" onClick=${back}>${t("Back")}</button></p>`;
}

/* The stage as one person at the table sees it. */
function AtSeat({ live, run, heading, sitter, done }) {
  const mine = liveAt(live, sitter);
  const Kind = KINDS[run.kind];
  const closed = run.status === "closed";
  const word = closed ? t("Hide it again") : t("Done: next person");
  const change = ({ place }) => mine.send(Object.assign({ type: "take_seat" }, place), "seat");
  const seatless = !sitter.seat || sitter.fixed || closed || standing(live, run, sitter);
  return html`
    <div class="sitting">
      <p><span class="seat-n numbers" aria-hidden="true">${sitter.place}</span> <b><${Named} live=${live} one=${sitter} /></b></p>
      <button type="button" class="button-outline" onClick=${done}>${word}</button></div>
    <${Kind} key=${run.run} live=${mine} run=${askedOf(run, sitter.group)} heading=${heading} />
    ${!closed && html`<p class="sitting-end"><button type="button" class="button button-wide" onClick=${done}>${word}</button></p>`}
    ${!seatless && html`<${More} title=${t("Change my group")}>
      <${Chooser} key=${sitter.group} live=${mine} self=${sitter} submit=${change} word=${t("Change my group")} level=${3} /><//>`}
    <${Unsent} live=${mine} />`;
}

/* Who is at this phone, at any time; or how to make it a table's. */
export function AtTable({ live }) {
  const [, setTable] = useKept(tableKey(live.code), false);
  const [adding, setAdding] = useState(false);
  const seats = sittersOf(live);
  if (!live.shared) {
    if (live.view.workshop.way_in !== "open") return null; // everybody comes in by themselves
    return html`<${More} title=${t("Share this phone with others at the table")}>
      <p>${t("Several people can vote with one phone: it is passed round, and each has votes of their own. What you voted so far stays yours.")}</p>
      <p class="hint">${t("Votes on a shared phone are only as secret as the table is: whoever holds it can choose any name in the list.")}</p>
      <p><button type="button" class="button-outline" onClick=${() => setTable(true)}>${t("This phone is for a table")}</button></p><//>`;
  }
  const many = seats.filter((one) => !one.refusal).length;
  return html`<${More} title=${t("People at this phone")} count=${many}>
    <ul class="plain-list seats">${seats.map((one) => html`<li key=${one.seat}>${one.refusal
      ? html`<${NotSeated} live=${live} one=${one} />` : html`<${Sitter} live=${live} one=${one} />`}</li>`)}</ul>
    ${adding
      ? html`<${NewPerson} live=${live} seats=${seats} done=${() => setAdding(false)} back=${() => setAdding(false)} />`
      : seats.length < MOST && html`<p><button type="button" class="button-outline" onClick=${() => setAdding(true)}>
          <${Icon} name="add" />${t("Add somebody")}</button></p>`}
    <p class="hint">${tn("One person votes with this phone.", "{n} people vote with this phone, each for themselves.", many)}
      ${" "}${t("What is written here is written for the table.")}</p>
    ${seats.length === 1 && html`<p><button type="button" class="button-bare" onClick=${() => setTable(undefined)}>
      ${t("This phone is mine alone")}</button></p>`}<//>`;
}

/* One of those at this phone, with the name by which they find themselves. */
function Sitter({ live, one }) {
  const [name, setName] = useState(namesOn(live.code)[one.seat] || "");
  const group = live.view.groups.find((each) => each.id === one.group);
  const label = t("Name of person {n}", { n: one.place });
  const keep = (event) => {
    setName(event.currentTarget.value);
    callSeat(live.code, one.seat, event.currentTarget.value);
  };
  return html`<div class="seat is-still">
    <span class="seat-n numbers" aria-hidden="true">${one.place}</span>
    <span class="row-words"><input class="input" type="text" maxlength="24" autocomplete="off" aria-label=${label}
        placeholder=${t("Person {n}", { n: one.place })} value=${name} onInput=${keep} />
      ${group && html`<span class="seat-group"><${GroupName} group=${group} /></span>`}</span></div>`;
}
