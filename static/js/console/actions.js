// Sending commands: one at a time for each place on the page, nothing shown as done before the server said so, and
// every refusal said in words where it was pressed.
import { html, names, useEffect, useRef, useState } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { Icon, useLasting } from "../shared/parts.js";
import { refusalText } from "../shared/words.js";
import { unanswered } from "./unanswered.js";

const SLOW_MS = 2500;
const LOST_MS = 1500; // a loss that is over before is none: what was pressed is asked again, and happens once
const NOTHING = { place: "", text: "", bad: false };

/** Hook: {ready, may(type), busy(place), said, act(place, command, {name, refused}?), say(place, text, undo?), inquire, hush()}.
 *
 *  A place is a name for where on the page something was pressed; what has to be said about it is shown there by
 *  {@link Said} and read out. `act` answers with the server's answer, or undefined if it was not sent. `name` is what
 *  stands on what was pressed; `refused` may give words of its own for a refusal, or "" for the usual ones.
 *
 *  Nothing is kept for later: a press in a hall is meant for that moment. What had no answer when the connection broke
 *  is not sent again once the loss lasts; that is said, and once the connection is back, how things stand. What the
 *  server cannot store is tried for some seconds only.
 *
 *  `may`: whether this page may ask for commands of this type; what it may not ask for is not on it.
 *  `state`: that of the connection. */
export function useActions(connection, state) {
  const [busy, setBusy] = useState({});
  const [said, setSaid] = useState(NOTHING);
  const underWay = useRef(new Set());
  const ready = state.status === "live";
  const lost = useLasting(!ready, LOST_MS);
  const live = useRef(ready);
  live.current = ready;
  useEffect(() => {
    if (!lost) return;
    // what was given up at the end of the loss before is over; what had no answer since has none because of this one
    setSaid((was) => (was.press && !was.before ? NOTHING : Object.assign({}, was, { before: false })));
    connection.giveUp();
  }, [lost]);

  const hold = (place, is) => {
    if (is) underWay.current.add(place);
    else underWay.current.delete(place);
    setBusy((was) => Object.assign({}, was, { [place]: is }));
  };
  const say = (place, text, undo) => setSaid({ place, text, undo, bad: false });
  const act = async (place, command, { name, refused } = {}) => {
    if (underWay.current.has(place)) return undefined;
    if (!ready) {
      setSaid({ place, text: t("“{press}” was not sent: there was no connection.", { press: name }), bad: true });
      return undefined;
    }
    hold(place, true);
    setSaid(NOTHING);
    const slow = setTimeout(() => setSaid({ place, text: t("Sending…"), bad: false, slow: true }), SLOW_MS);
    const answer = await connection.ask(command);
    clearTimeout(slow);
    hold(place, false);
    setSaid((was) => (was.slow ? NOTHING : was));
    if (answer.lost) setSaid({ place, press: { name, command }, before: live.current });
    else if (!answer.ok) {
      const { code, params } = answer.refusal;
      const unstored = code === "try_again" && t("“{press}” could not be stored: the server cannot write at the moment. It will not be sent later. Please press again in a while.", { press: name });
      setSaid({ place, text: unstored || (refused && refused(answer.refusal)) || refusalText(code, params, t), bad: true });
    }
    return answer;
  };
  // worked out anew with each view: what had been on its way may be carried out after the connection is back
  const now = said.press ? Object.assign({ place: said.place }, unanswered(said.press, ready ? state.view : undefined)) : said;
  const may = (type) => !state.may || state.may.includes(type);
  const { inquire } = connection;
  const isBusy = (place) => Boolean(busy[place]);
  return { ready, may, said: now, act, say, inquire, busy: isBusy, hush: () => setSaid(NOTHING) };
}

/** What has to be said about what was pressed here, with a way to undo it where there is one. */
export function Said({ actions, place }) {
  const { said } = actions;
  if (said.place !== place || !said.text) return null;
  return html`<div class=${names("said", said.bad && "said-bad", said.slow && "said-slow")}>
    ${said.bad && html`<${Icon} name="warning" />`}<p>${said.text}</p>
    ${said.undo && html`<button type="button" class="button-bare" aria-disabled=${actions.ready ? undefined : "true"}
      onClick=${said.undo}><${Icon} name="undo" />${t("Undo")}</button>`}
    ${!said.slow && html`<button type="button" class="button-bare" aria-label=${t("Close this message")}
      onClick=${actions.hush}><${Icon} name="close" /></button>`}
  </div>`;
}

/** The same words for those who listen: one live region for the whole page. */
export function Announcer({ actions }) {
  return html`<p class="visually-hidden" role="status" aria-live="polite">${actions.said.text}</p>`;
}

/** A button that sends one command; nothing for those who may not. While it is under way, or there is no connection, it says so and does nothing.
 *  `name`: what it is called in words, where that is not what stands on it. */
export function Act({ actions, place, command, kind = "button-outline", icon, children, onDone, refused, label, name }) {
  if (!actions.may(command.type)) return null;
  const busy = actions.busy(place);
  const send = async () => {
    const press = name || label || [].concat(children).join("").trim();
    const answer = await actions.act(place, command, { name: press, refused });
    if (answer && answer.ok && onDone) onDone(answer);
  };
  return html`<button type="button" class=${kind} aria-disabled=${busy || !actions.ready ? "true" : undefined}
    aria-label=${label} onClick=${send}>${icon && html`<${Icon}
    name=${icon} />`}<span>${children}</span></button>`;
}
