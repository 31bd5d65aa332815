/* One's name beside a reason against something, in the report: never unless ticked, and until the vote closes unticked again.
   A phone that is passed round has no names of its own, so nobody signs at it. */
import { html, useState } from "../../shared/dom.js";
import { t } from "../../shared/i18n.js";
import { sentence, useKept } from "../parts.js";

/* `reason`: as it stands in the box, sent or not. */
export function Sign({ live, run, item, on, cast, reason }) {
  const [known, setKnown] = useKept(`edp.${live.code}.name`, undefined);
  const [asked, setAsked] = useState(false);
  const { signed } = on(item.id).given;
  const name = ((known || {}).name || "").trim();
  // a badge says a name that this phone does not know
  const byBadge = !known && live.state.self.named;
  const sign = (is) => {
    if (run.status === "paused") {
      live.announce(sentence({ code: "stage_paused" }), true);
      return;
    }
    if (is && !byBadge) live.send({ type: "name_myself", name, organisation: (known || {}).organisation || "" }, "name");
    setAsked(false);
    cast(item.id, (ballot) => Object.assign({}, ballot, { reason, signed: is }));
  };
  const tick = (event) => {
    const is = event.currentTarget.checked;
    event.currentTarget.checked = Boolean(signed);
    if (signed) sign(false);
    else if (is && (name || byBadge) && live.state.self.named) sign(true);
    else setAsked(is && !asked);
  };
  return html`<div class="sign">
    <label class="check"><input type="checkbox" checked=${Boolean(signed || asked)} onChange=${tick} />
      <span>${signed && name ? t("With my name: {name}", { name }) : t("With my name")}</span></label>
    ${asked && !signed && html`<form class="sign-name" onSubmit=${(event) => {
      event.preventDefault();
      if (name) sign(true);
    }}>
      <label class="field"><span class="label">${t("Name")}</span>
        <input class="input" type="text" maxlength="120" autocomplete="name" value=${(known || {}).name || ""}
          onInput=${({ currentTarget }) => setKnown(Object.assign({ organisation: "" }, known, { name: currentTarget.value }))} /></label>
      <p class="hint">${t("The facilitator sees it in the list of participants at once, and it stays there if you untick this again.")}</p>
      <button type="submit" class="button-outline" aria-disabled=${name ? undefined : "true"}>${t("Set my name beside it")}</button>
    </form>`}
    <p class="hint">
      ${t("Your name then stands beside this line in the report; until then nobody sees that you ticked this. You can untick it until the vote closes. In a small group it may also tell who did not sign.")}
    </p>
  </div>`;
}
