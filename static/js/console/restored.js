// That the server went back to an earlier state: said to whoever has to open the stage again, until it is dismissed.
import { html, useState } from "../shared/dom.js";
import { currentLanguage, t } from "../shared/i18n.js";
import { historyOf } from "../shared/again.js";
import { Icon } from "../shared/parts.js";
import * as storage from "../shared/storage.js";

/** The notice; nothing where the server was not restored, where it was dismissed in this browser, or at the end. */
export function Restored({ state, code }) {
  const key = `edp.${code}.restored`;
  const [dismissed, setDismissed] = useState(storage.read(key));
  const { restored, view } = state;
  const history = historyOf(state.epoch); // another one with each restoration
  if (restored === undefined || dismissed === history || view.workshop.ended) return null;
  const dismiss = () => {
    storage.write(key, history);
    setDismissed(history);
  };
  return html`<section class="restored" aria-labelledby="restored-title">
    <h2 class="part-title" id="restored-title"><${Icon} name="warning" />${t("The server went back to an earlier state")}</h2>
    <p>${t("It was restored from a backup in which the record of this workshop ends on {moment}. What facilitators pressed after that is gone.",
      { moment: moment(restored) })}</p>
    <p>${t("Phones offer again what people had sent. What belongs to a stage that is not open yet waits on the phones until you open it. So open the stage that was open, and leave it open until the phones are back.")}</p>
    <button type="button" class="button-outline" onClick=${dismiss}>${t("Close this message")}</button>
  </section>`;
}

/* Day and time, in the time of this device. */
function moment(ms) {
  return new Intl.DateTimeFormat(currentLanguage(),
    { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(ms);
}
