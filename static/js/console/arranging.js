// The agenda changed while the workshop runs: a stage not opened yet moves up or down. One of the library is put in: adding.js.
import { html, useEffect, useRef } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { Icon } from "../shared/parts.js";
import { Said } from "./actions.js";
import { movesOf } from "./order.js";

/** A stage goes one place up or down; what it cannot pass is said. */
export function Moving({ stage, view, actions }) {
  const place = `move.${stage.id}`;
  const pressed = useRef("");
  const own = useRef(null);
  const moves = movesOf(view, stage);
  const { up, down } = moves;
  const order = view.stages.map((one) => one.id).join(" ");
  useEffect(() => { // a row that changes its place in the page loses the focus
    const button = pressed.current && own.current && own.current.querySelector(`[data-way=${pressed.current}]`);
    if (button) button.focus();
    pressed.current = "";
  }, [order]);
  if (!actions.may("move_stage") || !(up || down)) return null;
  const go = (way, name) => async () => {
    if (!moves[way] || moves[way].why) return;
    pressed.current = way;
    await actions.act(place, { type: "move_stage", stage: stage.id, after: moves[way].after }, { name });
  };
  const button = (way, brief, name) => html`<button type="button" class="button-outline" data-way=${way} aria-label=${name}
    onClick=${go(way, name)}
    aria-disabled=${!moves[way] || moves[way].why || actions.busy(place) || !actions.ready ? "true" : undefined}><${Icon}
    name=${way} /><span>${brief}</span></button>`;
  const whys = [up, down].map((one) => one && one.why).filter(Boolean);
  return html`<div class="moving" ref=${own}>${button("up", t("Up"), t("Move up"))}${button("down", t("Down"), t("Move down"))}
    ${whys.map((why) => html`<p key=${why} class="moving-why">${why}</p>`)}
    <${Said} actions=${actions} place=${place} /></div>`;
}
