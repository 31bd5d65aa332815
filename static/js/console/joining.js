// How people come in, the links, the keys, and the end of the workshop.
import { html, useState } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { copy, Icon, spaced } from "../shared/parts.js";
import { Act, Said } from "./actions.js";
import { Languages } from "./languages.js";
import { KeyHelp } from "./keys.js";

/** The panel "Join and links". */
export function Joining({ view, actions, config, keys }) {
  return html`<div class="panel joining">
    <section class="join" aria-labelledby="join-title">
      <h2 class="part-title" id="join-title">${t("How people join")}</h2>
      <span class="join-qr"><img src=${config.qr_url}
        alt=${t("QR code: {address}", { address: config.join_url })} /></span>
      <div><p class="join-code">${spaced(config.code)}</p>
        <p class="join-address">${config.short_url}</p>
        <${CopyLink} address=${config.join_url} actions=${actions} /></div>
    </section>
    <section aria-labelledby="links-title">
      <h2 class="part-title" id="links-title">${t("Pages of this workshop")}</h2>
      <ul class="links">
        <li><a href=${config.screen_url} target="_blank" rel="noopener"><${Icon}
          name="screen" />${t("Open the screen")}</a>
          <span class="hint">${t("For the projector. It has no controls; the key q makes the code large. Switch off the screen saver of its computer: not every browser lets a page keep it awake.")}</span></li>
        <li><a href=${config.join_url} target="_blank" rel="noopener"><${Icon}
          name="phone" />${t("Open the page for phones")}</a></li>
        <li><span class="hint">${t("This page may be open on several devices at once: sign in on your phone, and it is your remote control.")}</span></li>
      </ul>
    </section>
    ${!view.workshop.ended && html`<section aria-labelledby="details-title">
      <h2 class="part-title" id="details-title">${t("Title and details")}</h2>
      <p>${view.now ? t("The title can still be corrected.")
        : t("Until the first stage is opened, all of this can be corrected; after that the title alone.")}</p>
      <p><a class="button-outline" href=${config.details_url}>${t("Correct")}</a></p>
    </section>`}
    <div class="joining-languages"><${Languages} /></div>
    <${KeyHelp} settings=${keys} />
    ${!view.workshop.ended && html`<section aria-labelledby="end-title">
      <h2 class="part-title" id="end-title">${t("The end")}</h2>
      <p>${t("Ending closes the open stage and thanks everyone. You can reopen it.")}</p>
      <${Act} actions=${actions} place="end" icon="stop"
        command=${{ type: "end_workshop" }}>${t("End the workshop")}<//>
      <${Said} actions=${actions} place="end" />
    </section>`}
  </div>`;
}

function CopyLink({ address, actions }) {
  const [done, setDone] = useState(false);
  const press = () => {
    const worked = copy(address);
    setDone(worked);
    actions.say("copy", worked ? t("Copied") : t("Copying did not work. Please select the text and copy it by hand."));
  };
  return html`<p class="join-link"><a href=${address}>${address}</a>
    <button type="button" class="button-outline"
      onClick=${press}>${done ? t("Copied") : t("Copy the link")}</button></p>`;
}
