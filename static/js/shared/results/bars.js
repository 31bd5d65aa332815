// Figures beside bars: one for each count, the deciding one first and dark.
import { html } from "../dom.js";
import { t } from "../i18n.js";
import { Mark } from "../mark.js";
import { countName, decides, ordinal } from "../result_words.js";

const TONES = ["is-first", "is-second"]; // the deciding count is the first one

/** Which bar is which, and which of them decides. `unit`: what the figures are, where nothing else says it.
 *  `flat`: there are no bars, so no colours to explain. */
export function Legend({ rule, counts, unit, flat }) {
  return html`<ul class="result-legend">
    ${counts.map((count, place) => html`<li key=${count}>
      ${!flat && html`<span class=${`result-swatch is-${count} ${TONES[place]}`} aria-hidden="true"></span>`}
      ${countName(count)}${counts.length > 1 && rule !== "both" && decides(rule, count) && html`: <b>${t("this count decides")}</b>`}
    </li>`)}
    ${counts.length > 1 && rule === "both" && html`<li><b>${t("both decide")}</b></li>`}
    ${unit && html`<li class="result-unit-said" aria-hidden="true">${unit}</li>`}
  </ul>`;
}

/* A place by one of the counts, in the fewest words. */
function placeBy(count, rank) {
  const place = ordinal(rank);
  return count === "headcount" ? t("{place} by heads", { place }) : t("{place} by groups", { place });
}

/** A word on an item, with its icon; `before`: what was said of it in an earlier round. */
export function LabelOf({ icon, words, before }) {
  return html`<p class="result-label"><span><${Mark} icon=${icon} /> ${words}</span>${before && html` <span
    class="result-before">${before}</span>`}</p>`;
}

/** The figures of a row by both counts. `kind`: "full", or "figures" (without bars, on one line). */
export function Bars({ row, drawing, decimals, kind = "full" }) {
  const { counts, drawn, longest, items } = drawing;
  return counts.filter((count) => row[count] !== undefined).map((count) => html`<${Bar} key=${count} count=${count}
    tone=${TONES[counts.indexOf(count)]} width=${drawn.width && kind === "full" ? drawn.width(row[count], longest) : undefined}
    flat=${!drawn.width} said=${drawn.write(row[count], decimals, items, count)} unit=${(drawn.spoken || drawn.unit)()} rank=${row[`rank_${count}`]}
    />`);
}

function Bar({ count, tone, flat, width, said, unit, rank }) {
  if (flat) {
    return html`<p class=${`result-bar is-flat is-${count} ${tone}`}>${placeBy(count, rank)}${said && `, ${said}`}</p>`;
  }
  return html`<div class=${`result-bar is-${count} ${tone}`}>
    <span class="visually-hidden">${countName(count)}: </span>
    <span class="result-track" aria-hidden="true"><span class="result-fill" style=${width === undefined ? {} : {
      width: `${Math.max(0, Math.min(100, 100 * width))}%` }}></span></span>
    ${said && html`<span class="result-value">${said}${unit && html`<span class="visually-hidden"> ${unit}</span>`}</span>`}
    ${rank !== undefined && html`<span class="result-place">${ordinal(rank)}</span>`}
  </div>`;
}
