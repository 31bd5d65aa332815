/* Agree, disagree or pass on each item; one line may say why. */
import { html } from "../../shared/dom.js";
import { t } from "../../shared/i18n.js";
import { Answers } from "./answers.js";
import { Reason } from "./reason.js";
import { nextOpen } from "./next.js";
import { Progress } from "./parts.js";

const ANSWERS = [["agree", "check"], ["disagree", "close"], ["pass", "take"]];

const nameOf = (answer) => ({ agree: t("Agree"), disagree: t("Disagree"), pass: t("Pass") })[answer];

function Control(drawing) {
  const { run, item, on } = drawing;
  const answers = ANSWERS.map(([id, icon]) => ({ id, icon, name: nameOf(id) }));
  const given = on(item.id).given.choice;
  return html`<${Answers} ...${drawing} answers=${answers} kind="of-three" />
    ${run.method.reason && given && html`<${Reason} ...${drawing} complete=${true} />`}`;
}

export const agree = {
  asks: "each",
  Control,
  Bar: (drawing) => html`<${Progress} ...${nextOpen(drawing)} goTo=${drawing.goTo} />`,
  words: (method, { choice }) => ({ agree: t("agree"), disagree: t("disagree"), pass: t("pass") })[choice] || "",
};
