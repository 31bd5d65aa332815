// Contributions that may say the same, as the server's comparison of their words finds them: to be merged, or told apart.
// Nothing is merged by itself.
import { html, useEffect, useState } from "../shared/dom.js";
import { number, t, tn, w } from "../shared/i18n.js";
import { Act, Said } from "./actions.js";
import { itemsOf } from "./flow.js";

const PAUSE_MS = 800; // after a change, before the server is asked again
const AGAIN_MS = 1500; // while it is still comparing
const SHOWN = 5;
const PLACE = "alike";

/** `pick(ids)` has them chosen for a merge; `open`: unfolded from the beginning. */
export function Alike({ view, stage, actions, pick, open }) {
  const [across, setAcross] = useState(false);
  const [most, setMost] = useState(SHOWN);
  const found = useAlike(view, stage, actions, across);
  const { columns } = view.stages.find((one) => one.id === stage);
  const groups = found.map((ids) => ids.map((id) => view.items[id]).filter((item) => item && item.state === "shown"))
    .filter((items) => items.length > 1);
  if (!groups.length && !across) return html`<${Said} actions=${actions} place=${PLACE} />`;
  return html`<section class="alike">
    <details open=${open}><summary><h2>${t("These may say the same")} <span>${number(groups.length)}</span></h2></summary>
      ${columns.length > 1 && html`<label class="switch"><input type="checkbox" checked=${across}
        onChange=${() => setAcross(!across)} /> <span>${t("Also across columns")}</span></label>`}
      <ul class="alike-list">${groups.slice(0, most).map((items) => html`<${Group} key=${items.map((item) => item.id).join()}
        items=${items} columns=${columns} actions=${actions} pick=${pick} />`)}</ul>
      ${groups.length > most && html`<button type="button" class="button-bare" onClick=${() => setMost(most + SHOWN)}>
        ${tn("Show one more", "Show {n} more", Math.min(SHOWN, groups.length - most))}</button>`}
      ${!groups.length && html`<p class="empty">${t("Nothing here.")}</p>`}
    </details>
    <${Said} actions=${actions} place=${PLACE} />
  </section>`;
}

/* Asked for when what stands has changed, and again as long as the server says that it is not ready. */
function useAlike(view, stage, actions, across) {
  const [groups, setGroups] = useState([]);
  const { ready, inquire } = actions;
  const standing = itemsOf(view, stage).map((item) => [item.id, item.title, item.state, item.into]);
  const key = JSON.stringify([stage, across, ready, standing]);
  useEffect(() => {
    let timer;
    let over = false;
    const ask = () => inquire("alike", across ? { stage, across } : { stage }, (answer) => {
      if (over) return;
      if (answer.groups) setGroups(answer.groups);
      else timer = setTimeout(ask, AGAIN_MS);
    });
    if (standing.length > 1) timer = setTimeout(ask, PAUSE_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [key]);
  return groups;
}

function Group({ items, columns, actions, pick }) {
  const ids = items.map((item) => item.id);
  const several = new Set(items.map((item) => item.column)).size > 1;
  const command = { type: "tell_apart", items: ids };
  const undo = () => actions.act(PLACE, Object.assign({ apart: false }, command), { name: t("Undo") });
  const nameOf = (id) => w(columns.find((one) => one.id === id).name);
  return html`<li class="alike-group">
    <ul>${items.map((item) => html`<li key=${item.id}><span class="item-n">${item.n}</span> ${item.title}
      ${several && html`<span class="item-own">${nameOf(item.column)}</span>`}</li>`)}</ul>
    <div class="row">
      ${several
        ? html`<p class="hint">${t("They stand in different columns and cannot be merged.")}</p>`
        : html`<button type="button" class="button-outline" disabled=${!actions.ready}
            onClick=${() => pick(ids)}>${t("Merge these {n}", { n: ids.length })} …</button>`}
      <${Act} actions=${actions} place=${PLACE} kind="button-bare" command=${command}
        onDone=${() => actions.say(PLACE, t("They are not suggested again."), undo)}>${t("Not the same")}<//>
    </div>
  </li>`;
}
