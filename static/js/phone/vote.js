/* A vote by dots: the rule in words before the first dot, the items in this phone's own order, what is left always in
   sight. */
import { html, useEffect, useRef } from "../shared/dom.js";
import { t, tn, w } from "../shared/i18n.js";
import { dotsSentence, ruleSentence } from "../shared/result_words.js";
import { Extras } from "./board.js";
import { ballotOn, ballotSlot, dotsLeft, inOrder, shuffled } from "./model.js";
import { Sending } from "./own_items.js";
import { Dots, Icon, More, Notice, sentence, useKept } from "./parts.js";

export function Vote({ live, run, heading }) {
  const { state, code } = live;
  const { self, outbox } = state;
  const { method } = run;
  const perColumn = method.per === "column";
  const [column, setColumn] = useKept(`edp.${code}.column.${run.run}`, run.columns[0].id);
  const [titles, setTitles] = useKept(`edp.${code}.titles`, {});
  const items = shuffled(inOrder(run.candidates), self.person, run.run);
  const ballot = (item) => ballotOn(self, outbox, run.run, item);
  const dotsOn = (item) => ballot(item).dots;
  const used = run.columns.filter((one) => items.some((item) => item.column === one.id));
  const chosen = used.find((one) => one.id === column) || used[0];
  const placed = items.reduce((sum, item) => sum + dotsOn(item.id), 0);
  // The rule is folded away only when one comes back or turns to another column: never under a finger that is about
  // to tap again, which would then hit what slid into its place.
  const place = `${run.run} ${chosen ? chosen.id : ""}`;
  const rules = useRef({});
  if (rules.current.place !== place) rules.current = { place, folded: placed > 0 };
  const leftIn = (id) => dotsLeft(method, items, id, dotsOn);
  const open = used.length > 1 ? used.filter((one) => one !== chosen && (!perColumn || leftIn(one.id) > 0)) : [];
  const next = open.find((one) => used.indexOf(one) > used.indexOf(chosen)) || open[0];
  const goNext = () => {
    setColumn(next.id);
    document.getElementById("ballot").scrollIntoView({ block: "start" });
  };
  // what one's dots stand on can be said later, too: when the vote is over, or did not count
  const unnamed = items.filter((item) => dotsOn(item.id) > 0 && titles[item.id] !== item.title);
  useEffect(() => {
    if (unnamed.length) setTitles(unnamed.reduce((all, { id, title }) => Object.assign(all, { [id]: title }), Object.assign({}, titles)));
  }, [unnamed.map((item) => `${item.id} ${item.title}`).join()]);
  const rule = html`<p>${dotsSentence(method)} ${ruleSentence(run.rule, run.passes, perColumn)}</p>
    <p>${t("You can change your dots until the vote closes. Votes are never shown one by one.")}</p>`;

  const give = (item, dots) => {
    const { revision, entry } = ballot(item.id);
    if (entry && entry.state === "refused") live.dismiss(entry.op);
    live.send({ type: "cast_ballot", run: run.run, item: item.id, dots, revision }, ballotSlot(run.run, item.id));
  };

  if (run.status === "closed") {
    return html`${heading()}
      <${Notice} icon="lock"><p>
        ${t("The vote is closed. The result is shown here as soon as the facilitator reveals it.")}</p><//>
      <${Placed} items=${items} ballot=${ballot} live=${live} />`;
  }
  return html`
    ${heading(w(run.prompt))}
    ${rules.current.folded ? html`<${More} title=${t("How this vote works")}>${rule}<//>` : html`<div class="rule">${rule}</div>`}
    ${used.length > 1 && html`<${Ballots} columns=${used} chosen=${chosen.id} choose=${setColumn} items=${items}
      dotsOn=${dotsOn} />`}
    <ul class="plain-list ballot" id="ballot">
      ${items.filter((item) => used.length < 2 || item.column === chosen.id).map((item) => html`<${Candidate}
        key=${item.id} live=${live} run=${run} item=${item} ballot=${ballot(item.id)} left=${leftIn(item.column)}
        give=${(dots) => give(item, dots)} />`)}
    </ul>
    <${Left} left=${leftIn(chosen ? chosen.id : "")} all=${method.dots} column=${perColumn && chosen} next=${next}
      go=${goNext} done=${used.every((one) => leftIn(perColumn ? one.id : "") === 0)} />
  `;
}

/* The columns as buttons, each with the dots one has placed there. */
function Ballots({ columns, chosen, choose, items, dotsOn }) {
  return html`<div class=${`columns of-${columns.length}`} role="group" aria-label=${t("Vote under")}>
    ${columns.map((column) => {
      const here = items.filter((item) => item.column === column.id).reduce((sum, item) => sum + dotsOn(item.id), 0);
      return html`<button type="button" key=${column.id} class="column"
          aria-pressed=${column.id === chosen ? "true" : "false"} onClick=${() => choose(column.id)}>
        <span>${w(column.name)}</span>
        ${here > 0 && html`<span class="column-count"><${Dots} given=${here} />
          <span class="visually-hidden">${tn("one dot placed", "{n} dots placed", here)}</span></span>`}
      </button>`;
    })}
  </div>`;
}

function Candidate({ live, run, item, ballot, left, give }) {
  const { dots, entry } = ballot;
  const paused = run.status === "paused";
  const { cap } = run.method;
  const mayAdd = !paused && dots < cap && left > 0;
  const mayTake = !paused && dots > 0;
  const why = paused
    ? sentence({ code: "stage_paused" })
    : dots >= cap
      ? sentence({ code: "cap_reached" })
      : sentence({ code: "no_dots_left" });
  const add = () => (mayAdd ? give(dots + 1) : live.announce(why, true));
  const take = () => mayTake && give(dots - 1);
  // whose idea it was stays out of sight while one judges it
  const { group, ...content } = item;
  return html`<li class=${dots ? "candidate has-dots" : "candidate"}>
    <div class="candidate-text">
      <p class="words candidate-title" id=${`title-${item.id}`}><span class="candidate-n">${item.n}</span> ${item.title}</p>
      <${Extras} item=${content} groups=${live.view.groups} fold=${true} />
    </div>
    <div class="candidate-foot">
      ${cap > 1 && html`<${DotRow} dots=${dots} cap=${cap} />`}
      <span class="candidate-state"><${BallotState} entry=${entry} dots=${dots} live=${live} /></span>
      <${cap > 1 || dots > 1 ? Steppers : Toggle} title=${item.title} dots=${dots}
        add=${add} mayAdd=${mayAdd} take=${take} mayTake=${mayTake} />
    </div>
    ${entry && entry.state === "refused" && html`<p class="refused" role="alert">${sentence(entry.refusal)}
      <button type="button" class="button-bare" onClick=${() => live.dismiss(entry.op)}>
        ${t("Understood")}</button></p>`}
  </li>`;
}

function Steppers({ title, add, mayAdd, take, mayTake }) {
  return html`
    <button type="button" class="stepper" onClick=${take} aria-disabled=${mayTake ? undefined : "true"}>
      <${Icon} name="take" /><span class="visually-hidden">
        ${t("Take a dot back from “{title}”", { title })}</span></button>
    <button type="button" class="stepper stepper-add" onClick=${add} aria-disabled=${mayAdd ? undefined : "true"}>
      <${Icon} name="add" /><span class="visually-hidden">
        ${t("Put a dot on “{title}”", { title })}</span></button>`;
}

/* Where an item takes one dot from each person, one button puts it there and takes it back. */
function Toggle({ title, dots, add, mayAdd, take, mayTake }) {
  return html`<button type="button" class="toggle" onClick=${dots ? take : add}
      aria-pressed=${dots ? "true" : "false"} aria-disabled=${mayAdd || mayTake ? undefined : "true"}>
    <i class=${dots ? "dot on" : "dot"} aria-hidden="true"></i>${t("My dot")}
    <span class="visually-hidden"> ${title}</span></button>`;
}

/* The dots on one item, drawn up to the cap, and said. */
export function DotRow({ dots, cap }) {
  return html`<span class="dot-row">
    <span class="visually-hidden">${tn("One dot of yours", "{n} dots of yours", dots)}</span>
    <${Dots} given=${dots} all=${cap} /></span>`;
}

function BallotState({ entry, dots, live }) {
  if (entry && entry.state !== "refused") {
    return html`<${Sending} entry=${entry} online=${live.state.status === "live"} />`;
  }
  return dots ? html`<span class="state saved"><${Icon} name="check" />${t("Saved")}</span>` : null;
}

/* What is left, always in sight, where the thumb is. The dots are drawn as everywhere: those given are filled. */
function Left({ left, all, column, next, go, done }) {
  const words = done ? t("Done: all your dots are placed") : left > 0 ? tn("One dot left", "{n} dots left", left) : t("All dots placed");
  return html`<div class="left">
    <p class="left-words" role="status">
      ${all <= 10 && html`<${Dots} given=${all - left} all=${all} most=${10} />`}
      ${left < all && html`<span class="visually-hidden">${tn("one dot placed", "{n} dots placed", all - left)}, </span>`}
      <b>${words}</b>${column && !done && html` <span class="left-column">${w(column.name)}</span>`}</p>
    ${next && html`<button type="button" class="button-outline" onClick=${go}>
      ${w(next.name)}<${Icon} name="next" /></button>`}
  </div>`;
}

/* What one has voted for, once nothing can be changed: what is saved, and apart from it what is still on its way. */
function Placed({ items, ballot, live }) {
  const under = (item) => {
    const { entry } = ballot(item.id);
    return entry && entry.state !== "refused" ? entry : undefined;
  };
  const mine = items.filter((item) => ballot(item.id).stored > 0);
  const waiting = items.filter(under);
  const stored = (item) => ballot(item.id).stored;
  const list = (some, dots) => html`<ul class="plain-list">${some.map((item) => html`<li key=${item.id}
      class="own-item placed"><p class="words">${item.title}</p><${DotRow} dots=${dots(item)} cap=${1} />
    ${dots !== stored && html`<${Sending} entry=${under(item)} online=${live.state.status === "live"} />`}</li>`)}</ul>`;
  return html`
    ${waiting.length > 0 && html`<section class="own unsaved"><h2>${t("Not saved yet")}</h2>
      <p class="hint">${t("It counts only if it reached the server before the vote was closed. The answer is shown here.")}</p>
      ${list(waiting, (item) => under(item).command.dots)}</section>`}
    ${mine.length > 0
      ? html`<section class="own"><h2>${t("Your dots")}</h2>${list(mine, stored)}</section>`
      : !waiting.length && html`<p class="quiet">${t("You placed no dots in this vote.")}</p>`}`;
}
