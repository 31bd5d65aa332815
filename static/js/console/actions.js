// Sending commands: one at a time for each place on the page, nothing shown as done before the server said so, and
// every refusal said in words where it was pressed.
import { html, names, useEffect, useRef, useState } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { Icon, useLasting } from "../shared/parts.js";
import { refusalText } from "../shared/words.js";

const SLOW_MS = 2500;
const LOST_MS = 1500; // a loss that is over before is none: what was pressed is asked again, and happens once

/** Hook: {ready, busy(place), said, act(place, command, refused?), say(place, text, undo?), hush(place)}.
 *
 *  A place is a name for where on the page something was pressed; what has to be said about it is shown there by
 *  {@link Said} and read out. `act` answers with the server's answer, or undefined if it was not sent; `refused` may
 *  give words of its own for a refusal, or "" for the usual ones.
 *
 *  Nothing is kept for later: a press in a hall is meant for that moment. What had no answer when the connection broke
 *  is not sent again once the loss lasts, and that is said. */
export function useActions(connection, status) {
  const [busy, setBusy] = useState({});
  const [said, setSaid] = useState({ place: "", text: "", bad: false });
  const underWay = useRef(new Set());
  const ready = status === "live";
  const lost = useLasting(!ready, LOST_MS);
  useEffect(() => {
    if (lost) connection.giveUp();
  }, [lost]);

  const hold = (place, is) => {
    if (is) underWay.current.add(place);
    else underWay.current.delete(place);
    setBusy((was) => Object.assign({}, was, { [place]: is }));
  };
  const say = (place, text, undo) => setSaid({ place, text, undo, bad: false });
  const act = async (place, command, refused) => {
    if (underWay.current.has(place)) return undefined;
    if (!ready) {
      setSaid({ place, text: t("There is no connection now. Nothing was sent."), bad: true });
      return undefined;
    }
    hold(place, true);
    setSaid({ place: "", text: "", bad: false });
    const slow = setTimeout(() => setSaid({ place, text: t("Sending…"), bad: false, slow: true }), SLOW_MS);
    const answer = await connection.ask(command);
    clearTimeout(slow);
    hold(place, false);
    setSaid((was) => (was.slow ? { place: "", text: "", bad: false } : was));
    if (answer.lost) {
      setSaid({
        place,
        text: t("The connection broke before the server answered. Nothing is sent later: once it is back, look how things stand, and press again if need be."),
        bad: true,
      });
    } else if (!answer.ok) {
      const { code, params } = answer.refusal;
      setSaid({ place, text: (refused && refused(answer.refusal)) || refusalText(code, params, t), bad: true });
    }
    return answer;
  };
  return { ready, said, act, say, busy: (place) => Boolean(busy[place]), hush: () => say("", "") };
}

/** What has to be said about what was pressed here, with a way to undo it where there is one. */
export function Said({ actions, place }) {
  const { said } = actions;
  if (said.place !== place || !said.text) return null;
  return html`<div class=${names("said", said.bad && "said-bad", said.slow && "said-slow")}>
    ${said.bad && html`<${Icon} name="warning" />`}<p>${said.text}</p>
    ${said.undo && html`<button type="button" class="button-bare" onClick=${said.undo}><${Icon}
      name="undo" />${t("Undo")}</button>`}
    <button type="button" class="button-bare" aria-label=${t("Close this message")} onClick=${actions.hush}><${Icon}
      name="close" /></button>
  </div>`;
}

/** The same words for those who listen: one live region for the whole page. */
export function Announcer({ actions }) {
  return html`<p class="visually-hidden" role="status" aria-live="polite">${actions.said.text}</p>`;
}

/** A button that sends one command. While it is under way, or there is no connection, it says so and does nothing. */
export function Act({ actions, place, command, kind = "button-outline", icon, children, onDone, refused, label }) {
  const busy = actions.busy(place);
  const press = async () => {
    const answer = await actions.act(place, command, refused);
    if (answer && answer.ok && onDone) onDone(answer);
  };
  return html`<button type="button" class=${kind} aria-disabled=${busy || !actions.ready ? "true" : undefined}
    aria-label=${label} onClick=${press}>${icon && html`<${Icon}
    name=${icon} />`}<span>${children}</span></button>`;
}
