/* Agree, disagree or pass on each item; one line may say why. */
import { html, useState } from "../../shared/dom.js";
import { t } from "../../shared/i18n.js";
import { opinionWord } from "../../shared/method_words.js";
import { Answers } from "./answers.js";
import { nextOpen } from "./next.js";
import { Progress } from "./parts.js";
import { Reason, hasReason } from "./reason.js";
import { Sign } from "./sign.js";

const ANSWERS = [["agree", "yes"], ["disagree", "no"], ["pass", "take"]];

const nameOf = (answer) => ({ agree: t("Agree"), disagree: t("Disagree"), pass: t("No opinion") })[answer];

function Control(drawing) {
  const { run, item, on } = drawing;
  const answers = ANSWERS.map(([id, icon]) => ({ id, icon, name: nameOf(id) }));
  const given = on(item.id).given.choice;
  const why = run.method.reason && given;
  const [asked, setAsked] = useState(false);
  const open = why && (asked || hasReason(drawing));
  return html`<${Answers} ...${drawing} answers=${answers} kind=${run.method.reason ? "of-three with-reason" : "of-three"}>
      ${why && !open && html`<button type="button" class="button-bare" onClick=${() => setAsked(true)}>${t("Say why")}
        <span class="visually-hidden"> ${item.title}</span></button>`}<//>
    ${open && html`<${Reason} ...${drawing} complete=${true} eager=${asked}>
      ${run.method.may_sign && given === "disagree" && !drawing.live.code.includes("~")
        && ((reason) => html`<${Sign} ...${drawing} reason=${reason} />`)}<//>`}`;
}

export const agree = {
  asks: "each",
  Control,
  Bar: (drawing) => html`<${Progress} ...${nextOpen(drawing)} goTo=${drawing.goTo} />`,
  words: (method, { choice }) => opinionWord(choice),
};
