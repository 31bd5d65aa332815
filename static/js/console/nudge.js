// Who is missing, in one plain sentence that can be said aloud, and one tap to show it to the room.
import { html, useState } from "../shared/dom.js";
import { t, tn, w } from "../shared/i18n.js";
import { Icon } from "../shared/parts.js";
import { reminderLine } from "../shared/reminder.js";
import { Act, Said } from "./actions.js";

const PLACE = "nudge";
const FEW = 2 / 3; // a group of which no more than this share is here, or has answered, is spoken of
const ENOUGH = 1 / 2; // while fewer than this share of the room have answered, nobody is late
const NAMED = 3; // a group of which fewer are here is not named on the screen: that would point at a person

/** Who is missing: [{about, group, here, expected | answered}], at most one of each kind, the most missing first; without
 *  those that were `put(key)` away. `others`: further groups of which nobody is here. */
export function missing(view, put = () => false) {
  if (view.workshop.ended || !view.people.total) return [];
  return [missingHere(view, put), missingAnswers(view, put)].filter(Boolean);
}

function missingHere({ groups, people }, put) {
  const all = groups.map((group) => ({ about: "here", key: `here.${group.id}`, group, here: people.by_group[group.id] || 0,
    expected: people.expected[group.id] || 0 }));
  const late = all.filter((one) => one.expected > 0 && one.here <= one.expected * FEW && !put(one.key));
  const first = most(late, (one) => one.here / one.expected, (one) => one.expected);
  return first && Object.assign({ others: late.filter((one) => one !== first && !one.here).map((one) => one.group) }, first);
}

function missingAnswers(view, put) {
  const { answered, now, groups } = view;
  if (!answered || !now || !["gather", "vote", "ask"].includes(now.kind)) return undefined;
  const here = answered.able; // not those whose sheets of paper are of another vote
  if (!here.total || answered.total < here.total * ENOUGH) return undefined;
  const all = groups.map((group) => ({ about: "answered", key: `${now.run}.${group.id}`, kind: now.kind, group,
    here: here.by_group[group.id] || 0, present: view.people.by_group[group.id] || 0, answered: answered.by_group[group.id] || 0 }));
  return most(all.filter((one) => one.here > 0 && one.answered <= one.here * FEW && !put(one.key)),
    (one) => one.answered / one.here, (one) => one.here);
}

/* The one with the smallest share; of the same share the largest. */
function most(all, share, size) {
  return all.sort((a, b) => share(a) - share(b) || size(b) - size(a))[0];
}

/** One of them as a sentence. */
export function missingWords({ about, group, others, here, expected, answered, kind }) {
  const name = w(group.name);
  if (about === "here") {
    const words = here
      ? tn("{group}: {n} of {expected} is here.", "{group}: {n} of {expected} are here.", here, { group: name, expected })
      : tn("Nobody of “{group}” is here yet; one person was expected.",
        "Nobody of “{group}” is here yet; {n} were expected.", expected, { group: name });
    const also = (others || []).map((one) => w(one.name)).join(", ");
    return also ? `${words} ${t("Missing, too: {groups}.", { groups: also })}` : words;
  }
  const params = { group: name, here };
  if (kind === "vote") return tn("{group}: {n} of {here} has voted.", "{group}: {n} of {here} have voted.", answered, params);
  return kind === "ask" ? tn("{group}: {n} of {here} has answered.", "{group}: {n} of {here} have answered.", answered, params)
    : tn("{group}: {n} of {here} has written something.", "{group}: {n} of {here} have written something.", answered, params);
}

/** Hook: {put, putAway}: which sentences were put away on this console, until the browser's tab is closed. */
export function usePutAway(code) {
  const name = `edp.${code}.nudges`;
  const [keys, setKeys] = useState(() => readTab(name));
  const putAway = (key) => {
    const all = keys.concat(key);
    setKeys(all);
    writeTab(name, all);
  };
  return { put: (key) => keys.includes(key), putAway };
}

function readTab(name) {
  try {
    return JSON.parse(window.sessionStorage.getItem(name)) || [];
  } catch (error) {
    return []; // no storage here
  }
}

function writeTab(name, value) {
  try {
    window.sessionStorage.setItem(name, JSON.stringify(value));
  } catch (error) {
    // then for as long as the page lives
  }
}

/** The sentences, each with a tap that shows the room who is waited for, and one that puts it away here; and what the room
 *  is shown now. `away`: see {@link usePutAway}. */
export function Nudges({ view, actions, away }) {
  const found = missing(view, away.put);
  const shown = view.reminder;
  const same = (one) => Boolean(shown) && shown.about === one.about
    && (shown.group ? shown.group === one.group.id : isFew(one));
  if (!found.length && !shown) return null;
  const onScreen = shown && html`<p class="nudge-line"><${Icon} name="screen" /> <span>${t("On the screen: “{line}”",
      { line: reminderLine(view) })}</span></p>
    <${Act} actions=${actions} place=${PLACE} command=${{ type: "remind_room" }}>${t("Take it off the screen")}<//>`;
  return html`<div class="nudges">
    ${found.map((one) => html`<div class="nudge" key=${one.about}>
      ${same(one) ? html`<p>${missingWords(one)}</p>${onScreen}` : html`<div class="nudge-head"><p>${missingWords(one)}</p>
          <button type="button" class="button-bare" aria-label=${t("Do not mention this again: {words}", { words: missingWords(one) })}
            title=${t("Do not mention this again")} onClick=${() => away.putAway(one.key)}><${Icon} name="close" /></button></div>
        <${Act} actions=${actions} place=${PLACE} icon="screen"
          label=${isFew(one) ? t("Ask everybody on the screen: {group} is not named", { group: w(one.group.name) })
            : t("Ask on the screen: {group}", { group: w(one.group.name) })}
          command=${{ type: "remind_room", group: one.group.id, about: one.about }}>${isFew(one)
            ? t("Ask everybody on the screen") : t("Ask on the screen")}<//>`}
    </div>`)}
    ${shown && !found.some(same) && html`<div class="nudge">${onScreen}</div>`}
    <${Said} actions=${actions} place=${PLACE} />
  </div>`;
}

/* Whether the room is asked without naming the group. */
function isFew({ about, present }) {
  return about === "answered" && present < NAMED;
}
