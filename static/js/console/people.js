// Who is here: by group against who was expected, who has answered, and the list in which a group can be corrected.
import { html, names, useState } from "../shared/dom.js";
import { number, t, tn, w } from "../shared/i18n.js";
import { Icon } from "../shared/parts.js";
import { groupColor, Mark } from "../shared/mark.js";
import { Act, Said } from "./actions.js";
import { AtTheDoor, Door } from "./door.js";
import { givenLine, useNames } from "./given.js";
import { Nudges } from "./nudge.js";

const MANY = 40;

/** The right column. */
export function People({ view, presence, actions, config, away }) {
  const { people, workshop } = view;
  const whole = wholes(view);
  const answered = view.answered && ["gather", "vote", "ask"].includes(view.now.kind) ? view.answered : undefined;
  return html`<aside class="people" id="people" tabindex="-1" aria-labelledby="people-title">
    <h2 class="part-title" id="people-title">${t("Who is here")}</h2>
    <p class="people-total"><b>${number(people.total)}</b> ${tn("person", "people", people.total)}</p>
    <p class="people-phones">${presence
      ? tn("One phone is connected", "{n} phones are connected", presence.phones) : ""}</p>
    ${!workshop.ended && html`<${AtTheDoor} view=${view} actions=${actions} config=${config} />`}
    <${Nudges} view=${view} actions=${actions} away=${away} />
    <ul class="groups">
      ${view.groups.map((group) => html`<${Group} key=${group.id} group=${group}
        here=${people.by_group[group.id] || 0} whole=${whole(group.id)}
        expected=${people.expected[group.id]} answered=${answered && answered.by_group[group.id]} />`)}
    </ul>
    ${view.territories.length > 0 && html`<${Sides} view=${view} answered=${answered} />`}
    <ul class="people-facts">
      ${answered && html`<li><b>${number(answered.total)}</b> ${tn("has answered in this stage",
        "have answered in this stage", answered.total)}</li>`}
      ${people.undecided > 0 && html`<li><b>${number(people.undecided)}</b> ${t("without a group yet")}</li>`}
      ${people.funders > 0 && html`<li><${Icon}
        name="funding" /> <b>${number(people.funders)}</b> ${t("for a funding institution")}</li>`}
      ${people.tables > 0 && html`<li><${Icon} name="people" /> <span><b>${number(people.phones)}</b>
        ${" "}${tn("phone", "phones", people.phones)}, ${tn("one of them shared by a table", "{n} of them shared by tables", people.tables)}</span></li>`}
      ${people.paper > 0 && html`<li><${Icon} name="paper" /> <b>${number(people.paper)}</b> ${t("on paper")}</li>`}
    </ul>
    ${!workshop.ended && html`<${Door} view=${view} actions=${actions} config=${config} />`}
    ${people.total > 0 && actions.may("correct_group") && html`<${Persons} view=${view} actions=${actions}
      namesUrl=${config.names_url} />`}
    ${people.total > 0 && config.personal_url && html`<p class="persons-erase"><a
      href=${config.personal_url}>${t("Erase what somebody wrote")}</a></p>`}
  </aside>`;
}

/* How many are here from each side of the border, and have answered. */
function Sides({ view: { territories, people }, answered }) {
  const unsaid = people.total - territories.reduce((all, { id }) => all + people.territories[id].here, 0);
  return html`<ul class="groups sides" aria-label=${t("By territory")}>
    ${territories.map(({ id, name }) => html`<li key=${id} class="group-row">
      <p class="group-line"><span class="group-name">${w(name)}</span>
        <${Count} here=${people.territories[id].here} expected=${people.territories[id].expected} /></p>
      <${HaveAnswered} here=${people.territories[id].here} answered=${answered && answered.by_territory[id]} />
    </li>`)}
    ${unsaid > 0 && html`<li class="group-row group-answered">${tn("One has not said from where.", "{n} have not said from where.", unsaid)}</li>`}
  </ul>`;
}

function Count({ here, expected }) {
  return html`<span class="group-count"><b>${number(here)}</b>${expected > 0 && (here > expected
    ? `, ${t("{n} expected", { n: number(expected) })}` : ` ${t("of {n}", { n: number(expected) })}`)}</span>`;
}

function HaveAnswered({ here, answered }) {
  return answered !== undefined && here > 0 && html`<p
    class="group-answered">${tn("{n} has answered", "{n} have answered", answered)}</p>`;
}

/* How many people a group's bar stands for: with all of them here it is full. Where nobody was expected it is the largest
   group, so that the bars compare the groups. */
function wholes({ groups, people }) {
  const here = (id) => people.by_group[id] || 0;
  const most = Math.max(1, ...groups.map(({ id }) => here(id)));
  const told = groups.some(({ id }) => people.expected[id] > 0);
  return (id) => (told ? Math.max(1, here(id), people.expected[id] || 0) : most);
}

/* One bar: outlined who was expected, pale who is here, full who has answered. */
function Group({ group, here, expected, answered, whole }) {
  const wide = (n) => ({ width: `${(100 * n) / whole}%` });
  const full = answered === undefined ? here : Math.min(answered, here);
  return html`<li class="group-row" style=${{ color: groupColor(group.id) }}>
    <p class="group-line"><${Mark} icon=${group.icon} /><span class="group-name">${w(group.name)}</span>
      <${Count} here=${here} expected=${expected} /></p>
    <p class="group-bar" aria-hidden="true">${expected >= here && expected > 0 && html`<span class="is-expected"
      style=${wide(expected)}></span>`}
      <span class="is-here" style=${wide(here)}></span><span class="is-full" style=${wide(full)}></span></p>
    <${HaveAnswered} here=${here} answered=${answered} />
  </li>`;
}

/* The one who joined with the phone by which somebody takes part. */
const phoneOf = (view, person) => view.persons[person.phone] || person;

/* Everybody by number, with the name where one was given, to correct a group. */
function Persons({ view, actions, namesUrl }) {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState("");
  const [most, setMost] = useState(MANY);
  const all = Object.keys(view.persons).map((id) => Object.assign({ id }, view.persons[id]))
    .sort((a, b) => phoneOf(view, a).n - phoneOf(view, b).n || a.n - b.n); // those at a table under their phone
  const found = all.filter((person) => !wanted || String(person.n) === wanted || person.group === wanted
    || (wanted === "-" && !person.group));
  const known = useNames(namesUrl, open, all.filter((person) => person.named).length);
  return html`<details class="persons" onToggle=${(event) => setOpen(event.currentTarget.open)}>
    <summary>${t("Correct a group")}</summary>
    <p class="hint">${t("People find their number on their phone, under “You”.")}</p>
    <label class="persons-filter"><span class="label">${t("Number or group")}</span>
      <span class="row"><input class="input" inputmode="numeric" value=${/^\d*$/.test(wanted) ? wanted : ""}
        placeholder=${t("Number")}
        onInput=${(event) => setWanted(event.currentTarget.value.replace(/\D/g, ""))} />
      <select class="input" aria-label=${t("Group")} value=${/^\d*$/.test(wanted) ? "" : wanted}
        onChange=${(event) => setWanted(event.currentTarget.value)}>
        <option value="">${t("everybody")}</option>
        <option value="-">${t("without a group")}</option>
        ${view.groups.map((group) => html`<option key=${group.id} value=${group.id}>${w(group.name)}</option>`)}
      </select></span></label>
    ${known.failed && html`<p class="hint" role="status">${t("The names people gave could not be fetched. The numbers are right.")}</p>`}
    <ul class="persons-list">${found.slice(0, most).map((person) => html`<${Person} key=${person.id}
      person=${person} given=${person.named && known.given[person.id]}
      view=${view} actions=${actions} />`)}</ul>
    ${!found.length && html`<p class="empty">${t("Nobody.")}</p>`}
    ${found.length > most && html`<button type="button" class="button-bare" onClick=${() => setMost(most + MANY)}>
      ${tn("Show one more", "Show {n} more", Math.min(MANY, found.length - most))}</button>`}
  </details>`;
}

/* What is chosen shows only once the server has said so; until then the fields keep what is. */
function Person({ person, given, view, actions }) {
  const place = `person.${person.id}`;
  const correct = (field, event) => {
    const value = field === "funder" ? event.currentTarget.checked : event.currentTarget.value;
    event.currentTarget.value = person[field] || "";
    if (field === "funder") event.currentTarget.checked = person.funder;
    const { group, territory, funder } = person;
    const now = Object.assign({ group, territory, funder }, { [field]: value });
    if (!now.group) return;
    const command = { type: "correct_group", person: person.id, group: now.group, funder: now.funder };
    actions.act(place, now.territory ? Object.assign(command, { territory: now.territory }) : command,
      { name: t("Group of number {n}", { n: person.n }) });
  };
  const name = t("Number {n}", { n: person.n });
  return html`<li class=${names("person", actions.busy(place) && "is-busy", person.phone && "at-table")}>
    <p class="person-n">${name}${given && html` <span
      class="person-name">${givenLine(given)}</span>`}${person.paper && html` <span
      class="quiet">${t("paper")}</span>`}${person.fixed && html` <span
      class="quiet">${t("has voted")}</span>`}${person.phone && html` <span
      class="quiet">${t("at the phone of number {n}", { n: phoneOf(view, person).n })}</span>`}</p>
    <select class="input" aria-label=${t("Group of number {n}", { n: person.n })} value=${person.group || ""}
      disabled=${!actions.ready} onChange=${(event) => correct("group", event)}>
      ${!person.group && html`<option value="">${t("no group yet")}</option>`}
      ${view.groups.map((group) => html`<option key=${group.id} value=${group.id}>${w(group.name)}</option>`)}
    </select>
    ${view.territories.length > 0 && html`<select class="input"
      aria-label=${t("Territory of number {n}", { n: person.n })}
      value=${person.territory || ""} disabled=${!actions.ready}
      onChange=${(event) => correct("territory", event)}>
      ${!person.territory && html`<option value="">${t("not said")}</option>`}
      ${view.territories.map((one) => html`<option key=${one.id} value=${one.id}>${w(one.name)}</option>`)}
    </select>`}
    ${person.group && html`<label class="switch"><input type="checkbox" checked=${person.funder}
      disabled=${!actions.ready} onChange=${(event) => correct("funder", event)} />
      ${t("for a funding institution")}</label>`}
    ${person.put_back && html`<${Act} actions=${actions} place=${place} kind="button-bare" icon="undo"
      command=${{ type: "put_back", person: person.id }}>${t("Back to the door")}<//>`}
    <${Said} actions=${actions} place=${place} />
  </li>`;
}
