/* A vote: how it works in words before the first ballot, the items in this phone's own order, and, once it is closed, what
   one has voted. How one votes is a method's own (voting/). */
import { html, useEffect, useRef } from "../shared/dom.js";
import { isBlank, isSame, saidIn } from "../shared/ballots.js";
import { t, tn, w } from "../shared/i18n.js";
import { decidingSentence, methodSentence, roundSentence, weightsSentence } from "../shared/method_words.js";
import { ballotOn, ballotSlot, inOrder, recast, shuffled } from "./model.js";
import { Sending } from "./own_items.js";
import { Dots, More, Notice, useKept } from "./parts.js";
import { OwnRows } from "./own_votes.js";
import { METHODS } from "./voting/index.js";
import { Candidate, RefusedBallot, show } from "./voting/parts.js";
import { keepReason } from "./voting/reason.js";
import { begunIn } from "./voting/scored.js";
import { rowsOf } from "./voting/words.js";

export function Vote({ live, run, heading }) {
  const way = METHODS[run.method.type];
  const items = shuffled(inOrder(run.candidates), live.state.self.person, run.run);
  const used = run.columns.filter((one) => items.some((item) => item.column === one.id));
  const [column, setColumn] = useKept(`edp.${live.code}.column.${run.run}`, undefined);
  const chosen = used.find((one) => one.id === column) || used[0];
  const acts = useBallots(live, run, way, items);
  const { on } = acts;
  useRemembered(live, run, items, on);

  if (run.status === "closed") {
    return html`${heading()}
      <${Notice} icon="lock"><p>
        ${t("The vote is closed. The result is shown here as soon as the facilitator reveals it.")}
        ${" "}${tn("One person voted.", "{n} people voted.", run.cast || 0)}</p><//>
      <${Placed} live=${live} run=${run} items=${items} />`;
  }
  const begun = [""].concat(items.map((item) => item.id)).some((item) => !isBlank(on(item).given));
  const drawing = Object.assign({ live, run, items, columns: used, chosen, choose: setColumn }, acts);
  return html`
    ${heading(w(run.prompt))}
    <${Rule} run=${run} place=${`${run.run} ${chosen && way.asks === "each" ? chosen.id : ""}`} begun=${begun} />
    ${way.asks === "each" ? html`<${Each} ...${drawing} way=${way} />` : html`<${way.Ballot} ...${drawing} />`}
  `;
}

/* One's ballots in this run: `on(item)`, `cast(item, change)`, `dismiss(item)`; "" is the ballot on all items together. */
function useBallots(live, run, way, items) {
  const { self, outbox } = live.state;
  const on = (item) => ballotOn(self, outbox, run.run, item);
  // not as it was drawn: a second tap may come before the answer to the first is
  const now = (item) => ballotOn(live.connection.state.self, live.connection.state.outbox, run.run, item);
  const dismiss = (item) => {
    const { entry } = now(item);
    if (!entry || entry.state !== "refused") return;
    keepReason(live, run, item, entry.command.reason);
    live.dismiss(entry.op);
  };
  const cast = (item, change) => {
    const { state } = live.connection;
    const { given } = now(item);
    const command = recast(state.self, state.outbox, run.run, item, change);
    if (isSame(command, given)) return;
    dismiss(item);
    if (!command.reason && isBlank(command)) keepReason(live, run, item, given.reason);
    live.send(command, ballotSlot(run.run, item));
  };
  // what was given to an item that is gone by now held up all the rest: the rest goes again
  const { entry } = on("");
  useEffect(() => {
    if (!way.drop || !entry || entry.state !== "refused" || entry.refusal.code !== "unknown_item" || run.status !== "open") return;
    const rest = way.drop(saidIn(entry.command), items);
    if (entry.lost === undefined && !isSame(rest, entry.command)) cast("", () => rest);
  }, [entry && entry.op, entry && entry.state, run.status, items.length]);
  return { on, cast, dismiss };
}

/* What one's votes stand on, and how they were given, can be said later, too: when the vote is over, or did not count. */
function useRemembered(live, run, items, on) {
  const [titles, setTitles] = useKept(`edp.${live.code}.titles`, {});
  const [methods, setMethods] = useKept(`edp.${live.code}.methods`, {});
  const all = on("").given;
  const named = (item) => !isBlank(on(item.id).given) || (all.scores || {})[item.id] || (all.order || []).includes(item.id);
  const unnamed = items.filter((item) => named(item) && titles[item.id] !== item.title);
  useEffect(() => {
    if (unnamed.length) setTitles(unnamed.reduce((known, { id, title }) => Object.assign(known, { [id]: title }), Object.assign({}, titles)));
  }, [unnamed.map((item) => `${item.id} ${item.title}`).join()]);
  useEffect(() => {
    if (!methods[run.run]) setMethods(Object.assign({}, methods, { [run.run]: run.method }));
  }, [run.run]);
}

/* How the vote works: what to do and what decides at once, the rest one tap away, so that there is something to vote on
   in the first view. It is folded away whole only when one comes back or turns to another column: never under a finger that
   is about to tap again, which would then hit what slid into its place. */
function Rule({ run, place, begun }) {
  const seen = useRef({});
  if (seen.current.place !== place) seen.current = { place, folded: begun };
  const { method } = run;
  const first = html`<p>${roundSentence(run)} ${methodSentence(method)} ${decidingSentence(run)}</p>`;
  const rest = html`<p>${weightsSentence(run)}</p>
    <p>${t("You can change your vote until the vote closes. Votes are never shown one by one.")} ${method.reason
      && t("Reasons are shown with the result, without names.")} ${method.may_sign
      && t("Who disagrees may ask for their name beside it in the report.")}</p>`;
  if (seen.current.folded) return html`<${More} title=${t("How this vote works")}>${first}${rest}<//>`;
  return html`<div class="rule">${first}<details class="merged"><summary>${t("More about it")}</summary>${rest}</details></div>`;
}

/* A list in which every item is voted on by itself, one column at a time. */
function Each({ way, ...drawing }) {
  const { live, items, columns, chosen, choose, on, dismiss } = drawing;
  const here = items.filter((item) => columns.length < 2 || item.column === chosen.id);
  const goTo = (item) => {
    choose(item.column);
    show(`item-${item.id}`);
  };
  return html`
    ${columns.length > 1 && html`<${Columns} columns=${columns} chosen=${chosen.id} choose=${choose} items=${items} on=${on} />`}
    <ul class="plain-list ballot" id="ballot">
      ${here.map((item) => html`<${Candidate} key=${item.id} live=${live} item=${item} given=${!isBlank(on(item.id).given)}>
        <${way.Control} ...${drawing} item=${item} />
        <${RefusedBallot} ballot=${on(item.id)} dismiss=${() => dismiss(item.id)} /><//>`)}
    </ul>
    <${way.Bar} ...${drawing} goTo=${goTo} />`;
}

/* The columns as buttons, each with what one has given there. */
function Columns({ columns, chosen, choose, items, on }) {
  return html`<div class=${`columns of-${columns.length}`} role="group" aria-label=${t("Vote under")}>
    ${columns.map((column) => {
      const given = items.filter((item) => item.column === column.id).map((item) => on(item.id).given);
      const dots = given.reduce((sum, one) => sum + (one.dots || 0), 0);
      const voted = given.filter((one) => !isBlank(one)).length;
      return html`<button type="button" key=${column.id} class="column"
          aria-pressed=${column.id === chosen ? "true" : "false"} onClick=${() => choose(column.id)}>
        <span>${w(column.name)}</span>
        ${dots > 0 ? html`<span class="column-count"><${Dots} given=${dots} />
            <span class="visually-hidden">${tn("one dot placed", "{n} dots placed", dots)}</span></span>`
          : voted > 0 && html`<span class="column-count">${t("{n} of {all}", { n: voted, all: given.length })}</span>`}
      </button>`;
    })}
  </div>`;
}

/* What one has voted, once nothing can be changed: what is saved, and apart from it what is still on its way. */
function Placed({ live, run, items }) {
  const { self, outbox } = live.state;
  const { method } = run;
  const dots = method.type === "dots";
  const there = (rows) => rows.filter((row) => items.some((item) => item.id === row.item));
  const stored = there(rowsOf(method, (self.ballots || {})[run.run]));
  const sent = outbox.filter(({ command, state }) => command.type === "cast_ballot" && command.run === run.run && state !== "refused");
  const latest = sent.filter((entry, at) => !sent.slice(at + 1).some((later) => later.slot === entry.slot));
  const nameOf = (id) => items.find((item) => item.id === id).title;
  const begun = there(rowsOf(method, begunIn(live, run)));
  return html`
    ${latest.length > 0 && html`<section class="own unsaved"><h2>${t("Not saved yet")}</h2>
      <p class="hint">${t("It counts only if it reached the server before the vote was closed. The answer is shown here.")}</p>
      ${latest.map((entry) => html`<div key=${entry.op}>
        <${OwnRows} rows=${there(underWay(method, entry.command))} nameOf=${nameOf} />
        <${Sending} entry=${entry} online=${live.state.status === "live"} /></div>`)}</section>`}
    ${stored.length > 0
      ? html`<section class="own"><h2>${dots ? t("Your dots") : t("Your vote")}</h2>
          <${OwnRows} rows=${stored} nameOf=${nameOf} /></section>`
      : !latest.length && html`<p class="quiet">${dots ? t("You placed no dots in this vote.") : t("You did not vote here.")}</p>`}
    ${begun.length > 0 && html`<section class="own"><h2>${t("Begun, and not counted")}</h2>
      <p class="hint">${t("Something here had no answer when the vote was closed.")}</p>
      <${OwnRows} rows=${begun} nameOf=${nameOf} /></section>`}`;
}

/* The rows of a ballot on its way; one that takes a vote back says so. */
function underWay(method, command) {
  const rows = rowsOf(method, { [command.item]: command });
  return rows.length || !command.item ? rows : [{ item: command.item, words: t("taken back") }];
}
