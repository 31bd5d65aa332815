// A second device of the same facilitator: a link that signs it in, and signing out everywhere else.
import { html, useEffect, useState } from "../shared/dom.js";
import { t, tn } from "../shared/i18n.js";
import { Icon } from "../shared/parts.js";
import { ask } from "./asking.js";
import { timeOfDay } from "./flow.js";
import { OnceLink, useOnceLink } from "./link.js";

/** The part "Use your phone as well" of "Join and links". */
export function Device({ config }) {
  const [made, setMade, take, problem] = useOnceLink();
  const [others, setOthers] = useState(0);
  useEffect(() => {
    ask(config.devices_url).then(({ data }) => data && setOthers(data.others));
  }, [made]);
  const make = async () => take(await ask(config.device_url, config), setMade);
  const signOut = async () => take(await ask(`${config.devices_url}/sign-out`, config), (data) => {
    setOthers(data.others);
    setMade(null);
  });
  return html`<section aria-labelledby="device-title">
    <h2 class="part-title" id="device-title">${t("Use your phone as well")}</h2>
    <p>${t("Your phone as a remote control: it shows this console, with the next step, pause and timer under the thumb.")}</p>
    ${made ? html`<${OnceLink} made=${made} until=${t("It works once, until {time}.", { time: timeOfDay(made.until) })}
        done=${() => setMade(null)}
        words=${t("Scan this with your own phone. Whoever opens it leads this workshop in your name: show it to nobody else.")} />`
      : html`<p><button type="button" class="button-outline" onClick=${make}><${Icon}
          name="phone" /><span>${t("Show a link for my phone")}</span></button></p>`}
    ${problem}
    ${others > 0 && html`<p class="device-others">${tn("You are signed in on one other device.",
      "You are signed in on {n} other devices.", others)}
      <button type="button" class="button-bare" onClick=${signOut}>${t("Sign out everywhere else")}</button></p>`}
  </section>`;
}
