/* A gather stage: one question, one box, one button; own items below, those of others one tap away. */
import { html, useEffect, useRef, useState } from "../shared/dom.js";
import { t, tn, w } from "../shared/i18n.js";
import { second } from "./arriving.js";
import { Board } from "./board.js";
import { ItemForm, emptyDraft, isEmpty } from "./item_form.js";
import { inOrder, ownItems } from "./model.js";
import { OwnItems } from "./own_items.js";
import { Icon, More, Notice, useKept } from "./parts.js";

export function Gather({ live, run, heading }) {
  const { state, code } = live;
  const [column, setColumn] = useKept(`edp.${code}.column.${run.run}`, run.columns[0].id);
  const chosen = run.columns.find((one) => one.id === column) || run.columns[0];
  const [withdrawn, setWithdrawn] = useState(null);
  const mine = ownItems(state.self, state.outbox, run.run);
  const open = run.status !== "closed";
  const own = new Set(mine.map((item) => item.id));
  const others = run.board && inOrder(run.board.items).filter((item) => !own.has(item.id));
  const brought = run.brought ? inOrder(run.brought.items) : [];
  // where there are several columns, each asks its own question; a single one only adds to that of the stage
  const parts = [w(run.prompt), w(chosen.prompt)];
  const [question, lead] = (run.columns.length > 1 ? parts.reverse() : parts).filter(Boolean);
  return html`
    ${open ? heading(question, lead) : heading()}
    ${open && run.columns.length > 1 && html`<${Columns} columns=${run.columns} chosen=${chosen.id} choose=${setColumn}
      mine=${mine} />`}
    ${open && html`<${Writer} key=${chosen.id} live=${live} run=${run} column=${chosen} mine=${mine} />`}
    ${(mine.length > 0 || withdrawn && open) && html`<section class="own">
      <h2>${t("Your contributions")}</h2>
      <${OwnItems} live=${live} run=${run} items=${mine} withdrawn=${withdrawn} withdraw=${setWithdrawn} />
    </section>`}
    ${others
      ? html`<${More} title=${t("What others wrote")} count=${others.length}>
          <${Board} items=${others} columns=${run.columns} first=${chosen.id} groups=${live.view.groups} sides=${live.view.territories} />
        <//>`
      : html`<p class="quiet later">${t("What others write is shown when this stage closes.")}</p>
        ${brought.length > 0 && html`<${More} title=${t("What was brought in")} count=${brought.length}>
          <${Board} items=${brought} columns=${run.columns} first=${chosen.id} groups=${live.view.groups} sides=${live.view.territories} /><//>`}`}
  `;
}

/* The columns as buttons; each says how many of one's own items stand there. */
function Columns({ columns, chosen, choose, mine }) {
  return html`<div class=${`columns of-${columns.length}`} role="group" aria-label=${t("Write under")}>
    ${columns.map((column) => {
      const count = mine.filter((item) => item.column === column.id).length;
      return html`<button type="button" key=${column.id} aria-pressed=${column.id === chosen ? "true" : "false"}
          class="column" onClick=${() => choose(column.id)}>
        <span>${w(column.name)}</span>
        ${count > 0 && html`<span class="column-count"><span aria-hidden="true">${count}</span>
          <span class="visually-hidden">${tn("one of yours", "{n} of yours", count)}</span></span>`}
      </button>`;
    })}
  </div>`;
}

/* The box for a new item. What is typed is kept on the phone until it is sent. */
function Writer({ live, run, column, mine }) {
  const [draft, setDraft] = useKept(`edp.${live.code}.draft.${run.run}.${column.id}`, emptyDraft());
  const [sent, setSent] = useState({ op: "", title: "", n: 0 });
  const box = useRef(null);
  const { offered } = live;
  const most = run.per_person * (1 + Object.keys(live.state.self.seats || {}).length); // a table writes for all of it
  const full = mine.length >= most;

  useEffect(() => {
    // a text that was not accepted comes back into the box when its author wants to send it again
    if (!offered || offered.column !== column.id) return;
    setDraft({ title: offered.title, fields: offered.fields, sdgs: offered.sdgs, links: offered.links });
    live.offer(undefined);
    if (box.current) box.current.focus();
  }, [offered]);

  const send = (content) => {
    const op = live.send(Object.assign({ type: "add_item", run: run.run, column: column.id }, content));
    setSent({ op, title: content.title, n: sent.n + 1 });
    setDraft(undefined);
    live.announce(t("On its way: {title}", { title: content.title }));
    if (box.current) box.current.focus();
  };

  if (full && isEmpty(draft)) {
    return html`<${Notice}>${tn(
      "You have written the one contribution that this stage takes. You can change or withdraw it.",
      "You have written the {n} contributions that this stage takes. You can change or withdraw them.",
      most)}<//>`;
  }
  return html`<${ItemForm} run=${run} box=${box} draft=${draft} submit=${send} turn=${sent.n}
    done=${isEmpty(draft) && html`<${Sent} sent=${sent} mine=${mine} />`}
    setDraft=${(next) => setDraft(isEmpty(next) ? undefined : next)}
    label=${run.columns.length > 1 ? w(column.name) : t("Your contribution")} word=${t("Send")}
    below=${(run.board || run.brought) && second() && html`<${second().Similar} live=${live} run=${run} column=${column.id} text=${draft.title} />`}
    held=${run.status === "paused" ? t("The stage is paused. You can write now, and send when it goes on.") : ""} />`;
}

/* That the text sent last is saved, beside the button that sent it; until then the list below says where it is. */
function Sent({ sent, mine }) {
  const saved = sent.op && mine.some((item) => item.state !== "sending" && item.title === sent.title.trim().normalize("NFC"));
  return saved && html`<p class="sent" aria-hidden="true"><${Icon} name="check" /><span>${t("Saved")}: ${sent.title}</span></p>`;
}
