/* Coming in: one page, one choice, one button. The same chooser serves later changes. */
import { html, useEffect, useRef, useState } from "../shared/dom.js";
import { t, w } from "../shared/i18n.js";
import { groupColor, Mark } from "../shared/mark.js";
import { Later, second } from "./arriving.js";
import { hasActed, isAboutOneself } from "./model.js";
import { Sending } from "./own_items.js";
import { Icon, More, Notice, sentence, useKept } from "./parts.js";
import { Recover } from "./recovery.js";
import { tableKey } from "./shared.js";

/* What is anonymous and what is not, before the first answer. */
export function privacySentence(privacy) {
  return {
    grouped:
      t("You take part without giving your name. Results are shown by group, and groups with fewer than three voters are shown together and count as one; only where a whole group votes alike can others tell how its members voted."),
    open:
      t("You take part without giving your name. In this workshop every group is shown, however small: whoever is alone in a group can be recognised by their vote."),
    headcount:
      t("You take part without giving your name. Results count everybody together; nothing is shown by group."),
  }[privacy];
}

/* The first page for somebody who is not in yet. */
export function Join({ live }) {
  const { view, state } = live;
  const pending = state.outbox.filter(isAboutOneself);
  // what was sent with a coming in that was refused goes with it again: it says nothing of its own
  const refused = pending.find((entry) => entry.state === "refused" && entry.refusal.code !== "not_joined");
  const joining = pending.find((entry) => entry.state !== "refused");
  const inside = Boolean(state.self && state.self.joined);
  const { ended, way_in: way } = view.workshop;
  const { waiting } = state.self;
  const away = state.self.turned_away && way === "admitted"; // else the door is open to whoever was turned away, too
  const no = ended ? "workshop_ended" : !view.workshop.door && !inside ? "door_closed" : "";
  const stale = !no && refused && refused.refusal.code === "door_closed"; // it is open by now
  useEffect(() => {
    if (stale) pending.forEach((entry) => live.dismiss(entry.op));
  }, [stale]);
  const facts = [view.workshop.territory, view.workshop.convener].filter(Boolean).join(" · ");

  const join = (choice) => {
    pending.forEach((entry) => live.dismiss(entry.op));
    const { badge } = choice;
    if (!inside) live.send(badge ? { type: "join", badge } : { type: "join" }, "join");
    if (choice.place) live.send(Object.assign({ type: "describe" }, choice.place), "describe");
    if (choice.name || choice.organisation) {
      const { name, organisation } = choice;
      live.send({ type: "name_myself", name, organisation }, "name");
    }
  };

  const later = second();
  if ((waiting || away) && !ended) {
    return html`<main class="page join" id="main">${later && html`<${later.Waits} live=${live} />`}<${Later} part="Underway" live=${live} /></main>`;
  }
  return html`<main class="page join" id="main">
    <header class="join-head">
      <h1 tabindex="-1">${view.workshop.title}</h1>
      ${facts && html`<p class="quiet">${facts}</p>`}
    </header>
    <p class="privacy">${privacySentence(view.workshop.privacy)} <a href="/privacy" target="_blank" rel="noopener">
      ${t("More about privacy")}</a></p>
    ${no && html`<${Notice} kind="warn" icon=${ended ? "lock" : "door"}>${sentence({ code: no })}<//>`}
    <${Later} part="Refused" live=${live} outside=${true} />
    <${Later} part="Underway" live=${live} />
    ${!joining && !hasActed(state.self, state.outbox) && html`<${Recover} live=${live} />`}
    ${no
      ? later && html`<${later.ResultsSoFar} view=${view} self=${state.self} open=${true} />`
      : way === "badges" && !inside
        ? later && html`<${later.BadgeJoin} live=${live} join=${join} busy=${joining} refused=${refused} />`
        : html`<${Chooser} live=${live} submit=${join} busy=${joining} word=${t("Join")} withName=${true} />`}
    ${refused && !stale && refused.refusal.code !== no && html`<${Notice} kind="bad" icon="warning" role="alert">
      ${sentence(refused.refusal)}<//>`}
  </main>`;
}

/* Group, territory where there are several, the mark of a funding institution; optionally a name. `busy` is the entry of
   the outbox that is on its way. */
export function Chooser({ live, self = {}, submit, busy, word, withName, level = 2 }) {
  const { view, code, state } = live;
  const [group, setGroup] = useState(self.group || "");
  const [territory, setTerritory] = useState(self.territory || "");
  const [funder, setFunder] = useState(Boolean(self.funder));
  const [name, setName] = useKept(`edp.${code}.name`, { name: "", organisation: "" });
  const [table, setTable] = useKept(tableKey(code), false);
  const [asked, setAsked] = useState(false);
  const form = useRef(null);
  const several = view.territories.length > 1;
  const placeless = several && !territory; // asked first, so said first
  const missing = placeless
    ? t("Please choose your territory.")
    : !group
      ? t("Please choose the group you speak for.")
      : "";

  const press = (event) => {
    event.preventDefault();
    if (busy) return;
    setAsked(true);
    if (missing) {
      const first = form.current.querySelector(`input[name="${placeless ? "territory" : "group"}"]`);
      first.closest("fieldset").scrollIntoView({ block: "start" });
      first.focus({ preventScroll: true });
      return;
    }
    const place = { group, funder };
    if (several) place.territory = territory;
    submit(Object.assign({ place }, withName ? name : {}));
  };

  return html`<form class="chooser" ref=${form} onSubmit=${press} novalidate>
    ${several && html`<fieldset>
      <legend><${`h${level}`}>${t("Which territory are you from?")}<//></legend>
      <div class="rows">
        ${view.territories.map((one) => html`<label key=${one.id}
            class=${territory === one.id ? "row chosen" : "row"}>
          <span class="row-words"><span class="row-name">${w(one.name)}</span></span>
          <input type="radio" name="territory" checked=${territory === one.id}
            onChange=${() => setTerritory(one.id)} />
        </label>`)}
      </div>
    </fieldset>`}
    <fieldset>
      <legend><${`h${level}`}>${t("Which group do you speak for today?")}<//></legend>
      <div class="rows">
        ${view.groups.map((one) => html`<${GroupRow} key=${one.id} group=${one} chosen=${group === one.id}
          choose=${() => setGroup(one.id)} />`)}
      </div>
    </fieldset>
    <label class="check"><input type="checkbox" checked=${funder}
        onChange=${(event) => setFunder(event.currentTarget.checked)} />
      <span>${t("I speak for a funding institution")}</span></label>
    ${withName && view.workshop.way_in === "open" && html`<label class="check"><input type="checkbox" checked=${table}
        onChange=${(event) => setTable(event.currentTarget.checked)} />
      <span>${t("Several people share this phone: it is passed round at our table")}</span></label>`}
    ${withName && html`<${More} title=${t("Name and organisation (optional)")}>
      <${NameFields} name=${name} setName=${setName} />
    <//>`}
    <div class="act">
      ${asked && missing && html`<p class="act-hint" role="alert">${missing}</p>`}
      ${busy && busy.why === "too_fast" && html`<p class="act-hint" role="status">
        ${t("Many people are joining right now. You will be let in automatically.")}</p>`}
      <button type="submit" class="button button-wide" aria-disabled=${busy ? "true" : undefined}>${!busy ? word
        : state.status !== "live" ? t("Waiting for the connection")
          : busy.slow ? t("Sending…") : t("One moment…")}</button>
    </div>
  </form>`;
}

function GroupRow({ group, chosen, choose }) {
  const examples = w(group.examples);
  return html`<label class=${chosen ? "row chosen" : "row"} style=${{ "--group": groupColor(group.id) }}>
    <${Mark} icon=${group.icon} color=${groupColor(group.id)} />
    <span class="row-words"><span class="row-name">${w(group.name)}</span>
      ${examples && html`<span class="row-examples">${examples}</span>`}</span>
    <input type="radio" name="group" checked=${chosen} onChange=${choose} />
  </label>`;
}

/* Two optional lines, and what becomes of them. */
export function NameFields({ name, setName }) {
  const line = (key, label, autocomplete) => html`<label class="field"><span class="label">${label}</span>
    <input class="input" type="text" maxlength="120" autocomplete=${autocomplete} value=${name[key]}
      onInput=${(event) => setName(Object.assign({}, name, { [key]: event.currentTarget.value }))} /></label>`;
  return html`<p class="hint">
      ${t("The facilitator sees it in the list of participants. It never stands beside what you write or how you vote, unless you tick it there.")}</p>
    ${line("name", t("Name"), "name")}
    ${line("organisation", t("Organisation"), "organization")}`;
}

/* Where a choice of one's own stands. */
function Standing({ entry, done, live }) {
  if (entry && entry.state === "refused") return null; // said at the top of the page
  if (entry) return html`<p role="status"><${Sending} entry=${entry} online=${live.state.status === "live"} /></p>`;
  return done ? html`<p role="status" class="state saved"><${Icon} name="check" />${t("Saved")}</p>` : null;
}

/* Who one is, for somebody who is in: shown, and changed until the first vote. */
export function You({ live }) {
  const { state, code } = live;
  const { self } = state;
  const [name, setName] = useKept(`edp.${code}.name`, { name: "", organisation: "" });
  const slot = (wanted) => state.outbox.find((entry) => entry.slot === wanted);
  const describing = slot("describe");
  const saveName = (event) => {
    event.preventDefault();
    live.send(Object.assign({ type: "name_myself" }, name), "name");
  };
  return html`<div class="you">
    ${self.n && html`<p>
      ${t("Your number in this workshop is {n}. The facilitator finds you by it.", { n: self.n })}</p>`}
    ${!hasActed(self, state.outbox) && html`<${Recover} live=${live} />`}
    ${self.group_fixed || self.badge
      ? html`<p>${sentence({ code: self.badge ? "group_from_badge" : "group_fixed" })}</p>`
      : html`<${Chooser} key=${`${self.group}.${self.territory}.${self.funder}`} live=${live} self=${self}
          busy=${describing && describing.state !== "refused" && describing} word=${t("Change my group")} level=${3}
          submit=${(choice) => live.send(Object.assign({ type: "describe" }, choice.place), "describe")} />`}
    <${Standing} entry=${describing} live=${live} />
    <form class="naming" onSubmit=${saveName}>
      <h3>${t("Name and organisation (optional)")}</h3>
      <${NameFields} name=${name} setName=${setName} />
      <button type="submit" class="button-outline">${t("Save the name")}</button>
      <${Standing} entry=${slot("name")} done=${self.named} live=${live} />
    </form>
  </div>`;
}
