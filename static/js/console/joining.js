// How people come in, the links, the keys, and the end of the workshop.
import { html, useState } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { copy, Icon, spaced } from "../shared/parts.js";
import { Said } from "./actions.js";
import { Device } from "./device.js";
import { End } from "./final.js";
import { Helpers, Leave } from "./helpers.js";
import { Languages } from "./languages.js";
import { KeyHelp } from "./keys.js";
import { Rehearse } from "./rehearsal.js";

/** The panel "Join and links". */
export function Joining({ view, actions, config, keys, presence }) {
  return html`<div class="panel joining">
    ${config.wifi && html`<${Wifi} wifi=${config.wifi} />`}
    <section class="join" aria-labelledby="join-title">
      <h2 class="part-title" id="join-title">${config.wifi ? t("2. Scan to join") : t("How people join")}</h2>
      <span class="join-qr"><img src=${config.qr_url}
        alt=${t("QR code: {address}", { address: config.join_url })} /></span>
      <div><p class="join-code">${spaced(config.code)}</p>
        <p class="join-address">${config.short_url}</p>
        <${CopyLink} address=${config.join_url} actions=${actions} /></div>
      ${config.lan && html`<p class="join-note">${t("Phones may leave a Wi-Fi that has no internet, without a word. Tell people at the beginning: switch mobile data off; or, if the phone asks, choose “stay connected”.")}</p>`}
    </section>
    <section aria-labelledby="links-title">
      <h2 class="part-title" id="links-title">${t("Pages of this workshop")}</h2>
      <ul class="links">
        <li><a href=${config.screen_url} target="_blank" rel="noopener"><${Icon}
          name="screen" />${t("Open the screen")}</a>
          <span class="hint">${t("For the projector. It has no controls; Enter makes the code large. Switch off the screen saver of its computer: not every browser lets a page keep it awake.")}</span></li>
        <li><a href=${config.join_url} target="_blank" rel="noopener"><${Icon}
          name="phone" />${t("Open the page for phones")}</a></li>
      </ul>
    </section>
    <${Rehearse} config=${config} view=${view} />
    ${config.device_url && html`<${Device} config=${config} />`}
    ${config.helpers_url && html`<${Helpers} config=${config} consoles=${presence && presence.consoles} />`}
    ${config.helper && html`<${Leave} config=${config} />`}
    ${!view.workshop.ended && config.badges_url && html`<section aria-labelledby="way-title">
      <h2 class="part-title" id="way-title">${t("The door")}</h2>
      <p>${wayWords(view.workshop.way_in)}${!view.now && ` ${t("Until the first stage is opened, you can choose another way under “Title and details”.")}`}</p>
      <p><a class="button-outline" href=${config.badges_url}>${t("Invite people and print badges")}</a></p>
    </section>`}
    ${!view.now && !view.workshop.ended && config.stages_url && html`<section aria-labelledby="stages-title">
      <h2 class="part-title" id="stages-title">${t("Stages and questions")}</h2>
      <p>${t("Until the first stage is opened, stages can be added, moved, removed and asked in other words.")}</p>
      <p><a class="button-outline" href=${config.stages_url}>${t("Change the stages")}</a></p>
    </section>`}
    ${!view.workshop.ended && config.details_url && html`<section aria-labelledby="details-title">
      <h2 class="part-title" id="details-title">${t("Title and details")}</h2>
      <p>${view.now ? t("The title, the language and how many people are expected can still be corrected.")
        : t("Until the first stage is opened, all of this can be corrected; after that the title, the language and how many people are expected.")}</p>
      <p><a class="button-outline" href=${config.details_url}>${t("Correct")}</a></p>
    </section>`}
    <div class="joining-languages"><${Languages} /></div>
    ${actions.may("open_stage") && html`<${KeyHelp} settings=${keys} />`}
    ${!view.workshop.ended && actions.may("end_workshop") && html`<section aria-labelledby="end-title">
      <h2 class="part-title" id="end-title">${t("The end")}</h2>
      <p>${t("Ending closes the open stage and thanks everyone. You can reopen it.")}</p>
      <${End} view=${view} actions=${actions} place="end" icon="stop" label=${t("End the workshop")} />
      <${Said} actions=${actions} place="end" />
    </section>`}
  </div>`;
}

function Wifi({ wifi }) {
  return html`<section class="join" aria-labelledby="wifi-title">
    <h2 class="part-title" id="wifi-title">${t("1. Join the Wi-Fi")}</h2>
    <span class="join-qr"><img src=${wifi.qr_url} alt=${t("QR code: {address}", { address: wifi.name })} /></span>
    <div><p class="join-wifi">${wifi.name}</p>
      <p class="join-address">${wifi.password ? t("Password: {password}", { password: wifi.password })
        : t("It needs no password.")}</p></div>
  </section>`;
}

function wayWords(way) {
  return {
    open: t("Open: anyone with the code comes in at once; one person could join twice."),
    admitted: t("One by one: who joins waits until you let them in."),
    badges: t("By badge: each lets in one phone, once, and says the group."),
  }[way];
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
