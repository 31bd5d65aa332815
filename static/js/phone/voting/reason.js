/* One reason beside a vote: kept on the phone from the first letter, sent when one leaves the box or stops for a moment. */
import { html, useEffect, useRef } from "../../shared/dom.js";
import { t } from "../../shared/i18n.js";
import { read, write as store } from "../../shared/storage.js";
import { Counter, TextBox, textLength, useKept } from "../parts.js";

const LONGEST = 300;
const PAUSE_MS = 1500;

const keyOf = (live, run, item) => `edp.${live.code}.reason.${run.run}.${item}`;

/* Keeps the words of a vote that was taken back, or not accepted, for when it is given again. */
export function keepReason(live, run, item, reason) {
  const key = keyOf(live, run, item);
  if (reason && read(key) === undefined) store(key, reason);
}

/* Whether there is a reason, sent or begun. */
export function hasReason({ live, run, item, on }) {
  return Boolean(on(item.id).given.reason) || read(keyOf(live, run, item.id)) !== undefined;
}

/* `complete`: whether the vote that it goes with is; until then it waits. `eager`: it was asked for just now. `children`
   draws what can be done with a reason, once there is one. */
export function Reason({ live, run, item, on, cast, complete, eager, children }) {
  const [draft, setDraft] = useKept(keyOf(live, run, item.id), undefined);
  const timer = useRef(0);
  const given = on(item.id).given.reason || "";
  const text = draft === undefined ? given : draft;
  const id = `reason-${item.id}`;
  /* Whether nothing is left to be sent. */
  const send = (written) => {
    clearTimeout(timer.current);
    const reason = written.trim();
    const { now } = live.connection.state.view || {}; // as it is by now
    if (!complete || !now || now.run !== run.run || now.status !== "open" || textLength(reason) > LONGEST) return false;
    if (reason !== given) cast(item.id, (ballot) => Object.assign({}, ballot, { reason }, !reason && { signed: false }));
    return true;
  };
  const latest = useRef();
  latest.current = { send, leave: () => draft !== undefined && send(draft) && setDraft(undefined) };
  // what was written before the vote was complete, or while it was paused, goes with it as soon as it can
  useEffect(() => {
    if (draft !== undefined) send(draft);
  }, [complete, run.status]);
  // some phones leave the box without saying so
  useEffect(() => () => latest.current.leave(), []);
  const box = useRef(null);
  useEffect(() => {
    if (eager) box.current.focus();
  }, []);
  const write = (written) => {
    setDraft(written);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => latest.current.send(written), PAUSE_MS);
  };
  return html`<div class="reason">
    <label for=${id}>${t("One reason")} <span class="quiet">${t("(optional)")}</span></label>
    <${TextBox} id=${id} box=${box} rows="2" value=${text} onInput=${write} onBlur=${() => latest.current.leave()}
      aria-invalid=${textLength(text) > LONGEST ? "true" : undefined} aria-describedby=${`${id}-left`} />
    <${Counter} id=${`${id}-left`} text=${text} limit=${LONGEST} />
    ${children && text.trim() && textLength(text) <= LONGEST && children(text.trim())}
  </div>`;
}
