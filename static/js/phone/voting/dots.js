/* Dots: everyone has a few, and puts them on items, up to a cap on each. */
import { html } from "../../shared/dom.js";
import { t, tn, w } from "../../shared/i18n.js";
import { Dots, Icon, sentence } from "../parts.js";
import { Bar, BallotState, DotRow } from "./parts.js";

const dotsIn = ({ given }) => given.dots || 0;

/* Dots left under a heading (undefined: in the whole stage), with everything on its way counted. */
export function dotsLeft(method, items, on, column) {
  return items
    .filter((item) => method.per !== "column" || item.column === column)
    .reduce((left, item) => left - dotsIn(on(item.id)), method.dots);
}

function Control({ live, run, item, items, on, cast }) {
  const ballot = on(item.id);
  const dots = dotsIn(ballot);
  const { cap } = run.method;
  const paused = run.status === "paused";
  const left = dotsLeft(run.method, items, on, item.column);
  const mayAdd = !paused && dots < cap && left > 0;
  const mayTake = !paused && dots > 0;
  const why = sentence({ code: paused ? "stage_paused" : dots >= cap ? "cap_reached" : "no_dots_left" });
  const give = (more) => cast(item.id, (given) => ({ dots: Math.max(0, Math.min(cap, (given.dots || 0) + more)) }));
  const add = () => (mayAdd ? give(1) : live.announce(why, true));
  const take = () => mayTake && give(-1);
  return html`<div class="candidate-foot">
    ${cap > 1 && html`<${DotRow} dots=${dots} cap=${cap} />`}
    <span class="candidate-state"><${BallotState} ballot=${ballot} given=${dots > 0} live=${live} /></span>
    <${cap > 1 || dots > 1 ? Steppers : Toggle} title=${item.title} dots=${dots}
      add=${add} mayAdd=${mayAdd} take=${take} mayTake=${mayTake} />
  </div>`;
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

/* What is left. The dots are drawn as everywhere: those given are filled. */
function DotsLeft({ run, items, on, columns, chosen, choose }) {
  const perColumn = run.method.per === "column";
  const all = run.method.dots;
  const leftIn = (column) => dotsLeft(run.method, items, on, column.id);
  const left = leftIn(chosen);
  const done = columns.every((column) => leftIn(column) <= 0);
  const open = columns.filter((column) => column !== chosen && (!perColumn || leftIn(column) > 0));
  const next = open.find((column) => columns.indexOf(column) > columns.indexOf(chosen)) || open[0];
  const words = done ? t("Done: all your dots are placed") : left > 0 ? tn("One dot left", "{n} dots left", left) : t("All dots placed");
  const go = () => {
    choose(next.id);
    document.getElementById("ballot").scrollIntoView({ block: "start" });
  };
  return html`<${Bar} go=${next && go} to=${next && w(next.name)}>
    ${all <= 10 && html`<${Dots} given=${all - left} all=${all} most=${10} />`}
    ${left < all && html`<span class="visually-hidden">${tn("one dot placed", "{n} dots placed", all - left)}, </span>`}
    <b>${words}</b>${perColumn && !done && html` <span class="left-column">${w(chosen.name)}</span>`}<//>`;
}

export const dots = {
  asks: "each",
  Control,
  Bar: DotsLeft,
  words: (method, ballot) => tn("one dot", "{n} dots", ballot.dots),
};
