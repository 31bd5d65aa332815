/* Two axes: each item is placed on both, and a small picture shows where it lands. */
import { html } from "../../shared/dom.js";
import { t, w } from "../../shared/i18n.js";
import { Scored, scoreWords } from "./scored.js";

const axesOf = ({ x, y }) => [x, y];

function Ballot(drawing) {
  const { method } = drawing.run;
  const measures = axesOf(method).map((one) => ({ id: one.id, name: w(one.name), anchors: { 1: w(one.low), 5: w(one.high) } }));
  return html`<${Scored} ...${drawing} measures=${measures}
    below=${(scores) => html`<${Plane} method=${method} scores=${scores} />`} />`;
}

/* The plane of both axes, the item in it once both have a score. What it shows stands in words above. */
function Plane({ method, scores }) {
  const [x, y] = axesOf(method).map((one) => scores[one.id]);
  const at = (score) => 10 + 20 * (score - 1);
  return html`<figure class="plane" aria-hidden="true">
    <p>↑ ${w(method.y.name)}</p>
    <svg viewBox="0 0 100 100">
      <path class="plane-grid" d="M0 0H100V100H0zM50 0V100M0 50H100" />
      ${x > 0 && html`<path class="plane-at" d=${`M${at(x)} 0V100`} />`}
      ${y > 0 && html`<path class="plane-at" d=${`M0 ${100 - at(y)}H100`} />`}
      ${x > 0 && y > 0 && html`<circle cx=${at(x)} cy=${100 - at(y)} r="6" />`}
    </svg>
    <p class="plane-x">${w(method.x.name)} →</p>
  </figure>`;
}

export const axes = {
  asks: "pages",
  Ballot,
  words: (method, { scores }) => axesOf(method).filter((one) => scores && one.id in scores)
    .map((one) => `${w(one.name)}: ${scoreWords(scores[one.id])}`).join(" · "),
};
