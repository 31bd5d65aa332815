/* One person, two phones: the code to note down, and the field that takes it. */
import { html, useState } from "../shared/dom.js";
import { inFours, readCode } from "../shared/ids.js";
import { t } from "../shared/i18n.js";
import { become, lookUp, recoveryCode } from "./identity.js";
import { CopyButton, More } from "./parts.js";

/* The code, with what it is good for; nothing where this phone has none that could be typed. */
export function OwnCode({ live }) {
  const own = recoveryCode(live.code);
  if (!own) return null;
  return html`<section class="own-code">
    <p>${t("Should this phone fail, this code brings you back on another one, with all that was saved. Note it down, and keep it to yourself: whoever has it can act as you.")}</p>
    <p class="recovery-code" translate=${false}>${inFours(own)}</p>
    <p class="hint">${t("On the other phone, open this workshop and choose “I was here before”. Both phones then count as one person.")}</p>
    <${CopyButton} text=${inFours(own)} announce=${live.announce} />
  </section>`;
}

/* For somebody who was here before, with another phone. */
export function Recover({ live }) {
  const [typed, setTyped] = useState("");
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState("");
  const press = (event) => {
    event.preventDefault();
    if (asking) return;
    const secret = readCode(typed);
    if (!secret) {
      setProblem(t("This code has 16 figures and letters, in four groups. Please compare it and type it again."));
      return;
    }
    setProblem("");
    setAsking(true);
    lookUp(live.view.workshop.code, secret).then((found) => {
      setAsking(false);
      if (found === "joined") {
        become(live.code, secret, live.connection);
        live.announce(t("You are back, with all that was saved. What the other phone has not sent yet, it sends when it has a connection."), true);
      } else {
        setProblem(found === "unknown"
          ? t("Nobody has joined this workshop with this code. Please compare each group, and the code of the workshop.")
          : t("The workshop cannot be reached at the moment. Please try again in a moment."));
      }
    });
  };
  return html`<${More} title=${t("I was here before")}>
    <form class="recover" onSubmit=${press} novalidate>
      <p class="hint" id="recover-hint">${t("With another phone or browser? It showed a code of four groups. With it you go on here as the same person.")}</p>
      <label class="field"><span class="label">${t("Your code")}</span>
        <input class="input" type="text" name="recovery" value=${typed} maxlength="60" autocomplete="off"
          autocapitalize="characters" spellcheck=${false} enterkeyhint="go" aria-describedby="recover-hint"
          aria-invalid=${problem ? "true" : undefined} onInput=${(event) => setTyped(event.currentTarget.value)} /></label>
      ${problem && html`<p class="act-hint" role="alert">${problem}</p>`}
      <button type="submit" class="button-outline" aria-disabled=${asking ? "true" : undefined}>
        ${asking ? t("One moment…") : t("Go on as the same person")}</button>
    </form>
  <//>`;
}
