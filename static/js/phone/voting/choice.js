/* Choice: one of a few answers for each item. */
import { html } from "../../shared/dom.js";
import { w } from "../../shared/i18n.js";
import { Answers } from "./answers.js";
import { nextOpen } from "./next.js";
import { Progress } from "./parts.js";

function Control(drawing) {
  const answers = drawing.run.method.options.map(({ id, name }) => ({ id, name: w(name) }));
  return html`<${Answers} ...${drawing} answers=${answers} kind="of-many" />`;
}

export const choice = {
  asks: "each",
  Control,
  Bar: (drawing) => html`<${Progress} ...${nextOpen(drawing)} goTo=${drawing.goTo} />`,
  words: (method, ballot) => w((method.options.find((one) => one.id === ballot.choice) || {}).name),
};
