/* One's own items: where each stands, in words, and what one can still do about it. */
import { html, useEffect, useRef, useState } from "../shared/dom.js";
import { t, w } from "../shared/i18n.js";
import * as storage from "../shared/storage.js";
import { Extras } from "./board.js";
import { ItemForm } from "./item_form.js";
import { Icon, useKept } from "./parts.js";

/* Newest first. With `run` open they can be changed and withdrawn; `withdrawn` is the last one that was, as long as it
   stands here to be written anew, and `withdraw(item)` sets it. */
export function OwnItems({ live, run, items, withdrawn, withdraw }) {
  const [editing, setEditing] = useState("");
  const open = run && run.status === "open";
  const going = run && run.status !== "closed"; // a pause interrupts nobody who is changing a text
  const changeable = (item) => ["saved", "waiting", "sending"].includes(item.state);
  return html`<ul class="plain-list">
    ${withdrawn && open && html`<li key="withdrawn" class="own-item is-withdrawn"><p class="words quiet">
      ${t("Withdrawn: {title}", { title: withdrawn.title })}</p><div class="own-foot"><span class="own-acts">
      <button type="button" class="button-bare" onClick=${() => offered(live, run, withdrawn) && withdraw(null)}>${t("Write it again")}</button>
    </span></div></li>`}
    ${items.slice().reverse().map((item) => html`<li key=${item.key} class="own-item">
      ${going && item.id && editing === item.id && changeable(item)
        ? html`<${Editor} live=${live} run=${run} item=${item} done=${() => setEditing("")} />`
        : html`<${OwnItem} live=${live} run=${run} item=${item} open=${open && changeable(item)} edit=${() => setEditing(item.id)}
          gone=${() => withdraw(item)} />`}
    </li>`)}
  </ul>`;
}

/* Puts what somebody wrote back into its box, to be sent again, if nothing else stands there and `may` still says so;
   whether it did. */
function offered(live, run, { column, title, fields = {}, sdgs = [], links = [], run: number }, may = () => true) {
  if (storage.read(`edp.${live.code}.draft.${number}.${column}`)) {
    live.announce(t("Please send first what stands in the box."), true);
    return false;
  }
  if (!may()) return false;
  live.offer({ column, title, fields, sdgs, links }, run);
  return true;
}

function OwnItem({ live, run, item, open, edit, gone }) {
  const columns = (run && run.columns) || [];
  const column = columns.length > 1 && columns.find((one) => one.id === item.column);
  // what has not left the phone is taken back on the phone
  const waits = !item.id && item.entry.state === "queued" && !item.entry.again;
  const mayChange = open && (item.id || waits);
  const rewrite = () => offered(live, run, item, () => live.takeBack(item.entry.op));
  const withdraw = () => {
    if (waits && !live.takeBack(item.entry.op)) return;
    if (item.id) live.send({ type: "withdraw_item", run: item.run, item: item.id }, `withdraw:${item.id}`);
    gone();
    live.announce(t("Withdrawn: {title}", { title: item.title }));
  };
  return html`<div>
    ${column && html`<p class="quiet small">${w(column.name)}</p>`}
    <p class="words">${item.title}</p>
    <${Extras} item=${{ title: item.title, translations: item.translations, fields: item.fields, sdgs: item.sdgs }} fold=${true} />
    <div class="own-foot">
      <${ItemState} item=${item} online=${live.state.status === "live"} />
      ${mayChange && html`<span class="own-acts">
        <button type="button" class="button-bare" onClick=${waits ? rewrite : edit}>${t("Edit")}
          <span class="visually-hidden"> ${item.title}</span></button>
        <button type="button" class="button-bare" onClick=${withdraw}>${t("Withdraw")}
          <span class="visually-hidden"> ${item.title}</span></button>
      </span>`}
    </div>
  </div>`;
}

/* What became of an item that does not stand by itself, or not alone, in words; else nothing. */
export function fateOf({ state, into, name, merged }) {
  if (state === "waiting") return t("Waiting for the facilitator");
  if (state === "hidden") return t("Taken off the board by the facilitator");
  if (state === "merged" && into) {
    return into.own_title
      ? t("Was put together with “{other}”, under the name “{title}”", { other: into.own_title, title: into.title })
      : t("Was put together with “{title}”", into);
  }
  const others = (merged || []).map((one) => `“${one.title}”`).join(", ");
  return others && (name ? t("Was put together with {others}, under the name “{name}”", { others, name })
    : t("Was put together with {others}", { others }));
}

/* Where an item stands: saved, on its way, waiting, taken off the board, merged. */
export function ItemState({ item, online }) {
  if (item.state === "sending") return html`<${Sending} entry=${item.entry} online=${online} />`;
  const fate = fateOf(item);
  if (fate) {
    const icon = { waiting: "timer", hidden: "hide" }[item.state] || "merge";
    return html`<span class=${`state is-${item.state}`}><${Icon} name=${icon} /><span class="words">${fate}</span></span>`;
  }
  return html`<span class="state saved"><${Icon} name="check" />${t("Saved")}</span>`;
}

/* Where something that one gave stands: on its way, or saved; nothing where there is none (`given`). */
export function SentState({ entry, given, live }) {
  if (entry) return html`<${Sending} entry=${entry} online=${live.state.status === "live"} />`;
  return given ? html`<span class="state saved"><${Icon} name="check" />${t("Saved")}</span>` : null;
}

/* An entry on its way. The first moments say nothing: mostly it is saved by then. */
export function Sending({ entry, online }) {
  if (!online) {
    return html`<span class="state waiting"><${Icon} name="offline" />${t("Waiting for the connection")}</span>`;
  }
  if (entry.held) {
    return html`<span class="state waiting"><${Icon} name="pause" />${entry.held === "paused"
      ? t("The stage is paused: this waits on your phone and is sent when it goes on")
      : t("Waits until its stage is open again")}</span>`;
  }
  if (entry.why === "try_again") {
    return html`<span class="state waiting"><${Icon} name="sending" />${t("Not saved yet")}</span>`;
  }
  if (entry.stuck) {
    return html`<span class="state waiting"><${Icon} name="sending" />
      ${t("No answer yet. It is kept here and sent again.")}</span>`;
  }
  return html`<span class="state">${entry.slow && html`<${Icon} name="sending" />${t("Sending…")}`}</span>`;
}

function Editor({ live, run, item, done }) {
  const stored = { title: item.title, fields: item.fields || {}, sdgs: item.sdgs || [], links: item.links || [] };
  const [draft, setDraft] = useKept(`edp.${live.code}.edit.${item.id}`, stored);
  const box = useRef(null);
  useEffect(() => {
    // one goes on at the end of what stands there
    const field = box.current;
    field.focus({ preventScroll: true });
    field.setSelectionRange(field.value.length, field.value.length);
    field.closest("form").scrollIntoView({ block: "nearest" });
  }, []);
  const finish = () => {
    setDraft(undefined);
    done();
  };
  const save = (content) => {
    const command = { type: "change_item", run: run.run, item: item.id, revision: item.revision };
    live.send(Object.assign(command, content), `item:${item.id}`);
    live.announce(t("On its way: {title}", { title: content.title }));
    finish();
  };
  return html`<${ItemForm} run=${run} draft=${draft} setDraft=${setDraft} submit=${save} cancel=${finish} box=${box}
    held=${run.status === "paused" ? t("The stage is paused. You can write now, and send when it goes on.") : ""}
    id=${item.id} label=${t("Edit your contribution")} word=${t("Save the change")} />`;
}
