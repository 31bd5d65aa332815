// Says which votes have sheets of paper that were typed on this device and not saved, and leads back to them: whoever types
// is seldom done when the next stage opens.
import { html, useState } from "../shared/dom.js";
import { t, tn } from "../shared/i18n.js";
import { Icon } from "../shared/parts.js";
import { called, lateVotes } from "./flow.js";
import { forget, unsavedIn } from "./kept_sheets.js";

/** What is to be said: [{run, n, stage, way}], oldest vote first. `way`: "save", they can still be saved; "" not while the
 *  workshop has ended; "late", never, since the result was revealed. Of the vote that is on nothing is said: its sheets
 *  are in sight. */
export function unsavedSheets(view) {
  const typed = unsavedIn(view.workshop.code);
  const open = lateVotes(view).map(({ run }) => run);
  return view.stages.flatMap((stage) => stage.runs.filter(({ run }) => typed[run]).map(({ run, revealed }) => ({
    run, n: typed[run], stage: called(view, stage.id), way: revealed ? "late" : open.includes(run) ? "save" : "",
  }))).filter(({ run, way }) => way || view.workshop.ended || !view.now || run !== view.now.run);
}

/** The lines; `show` brings the sheets into sight, `seen`: they are. */
export function Unsaved({ view, show, seen }) {
  const [, again] = useState(0);
  const drop = (run) => {
    forget(`${view.workshop.code}.${run}`);
    again((n) => n + 1);
  };
  return unsavedSheets(view).filter(({ way }) => !(seen && way === "save")).map(({ run, n, stage, way }) => html`<div key=${run}
    class="said said-bad" role="status"><${Icon} name="warning" />
    <p>${way === "late"
      ? tn("One sheet of “{stage}” was typed in and not saved before its result was revealed. It does not count.",
        "{n} sheets of “{stage}” were typed in and not saved before its result was revealed. They do not count.", n, { stage })
      : tn("One sheet of “{stage}” is typed in and not saved.", "{n} sheets of “{stage}” are typed in and not saved.", n, { stage })}</p>
    ${way === "save" && html`<button type="button" class="button-bare" onClick=${show}>${t("Go to the sheets")}</button>`}
    ${way === "late" && html`<button type="button" class="button-bare" onClick=${() => drop(run)}>${t("Discard")}</button>`}
  </div>`);
}
