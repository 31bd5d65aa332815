// Ending the workshop: what was not revealed is named where one presses, and afterwards beside the way back.
import { html, useEffect, useRef, useState } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { Icon } from "../shared/parts.js";
import { Act, Said } from "./actions.js";
import { leftOutWords, unrevealed } from "./flow.js";

/** The button that ends the workshop; where something was not revealed, it first says what the report will lack. */
export function End({ view, actions, place, icon, label }) {
  const [open, setOpen] = useState(false);
  const command = { type: "end_workshop" };
  if (!actions.may(command.type)) return null;
  if (!unrevealed(view).length) return html`<${Act} actions=${actions} place=${place} icon=${icon} command=${command}>${label}<//>`;
  return html`<div class=${open ? "back is-open" : "back"}>
    <button type="button" class="button-outline" aria-expanded=${open ? "true" : "false"} aria-disabled=${actions.ready ? undefined : "true"}
      onClick=${() => setOpen(!open && actions.ready)}>${icon && html`<${Icon} name=${icon} />`}<span>${label}</span></button>
    ${open && html`<${EndAsked} view=${view} actions=${actions} place=${place} leave=${() => setOpen(false)} />`}
  </div>`;
}

/** What the report will lack, and whether to end all the same. It takes the focus, not its button: a second press of the
 *  same key ends nothing. */
export function EndAsked({ view, actions, place, leave }) {
  const box = useRef(null);
  useEffect(() => box.current.focus(), []);
  return html`<div class="back-words end-asked" ref=${box} tabindex="-1">
    <p>${leftOutWords(view)}</p>
    <div class="row"><${Act} actions=${actions} place=${place}
      command=${{ type: "end_workshop" }}>${t("End all the same")}<//>
    <button type="button" class="button-bare" onClick=${leave}>${t("Leave it")}</button></div>
  </div>`;
}

/** After the end: what is not in the report, and how it would come into it. `made`: whether there is a report already. */
export function LeftOut({ view, actions, made }) {
  const runs = unrevealed(view);
  if (!runs.length || !actions.may("reveal_result")) return null;
  return html`<div class="notice notice-warn left-out" role="status">
    <p><b>${leftOutWords(view)}</b></p>
    <p>${t("Reopen the workshop, reveal it there and end again; or reveal it from here. Either way everyone sees it.")}${" "}${made
      ? t("Then make the report again.") : t("A report made after that has it.")}</p>
    <div class="row">${runs.map(({ run, name }) => html`<${Act} key=${run} actions=${actions} place="left-out" icon="screen"
      command=${{ type: "reveal_result", run }}>${t("Reveal: {stage}", { stage: name })}<//>`)}</div>
    <${Said} actions=${actions} place="left-out" />
  </div>`;
}
