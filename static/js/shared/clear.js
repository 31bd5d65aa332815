/* Whatever gets the focus is brought out from under the bars that stand over the page, and out of the edge of a row that
   scrolls. How high the bars are depends on the words in them and on the size of the text, which no style sheet knows. */
const BARS = ".act, .left, .line, .send, .sitting, .thumb, .merge";

let stillUntil = 0; // while a finger or a mouse is down, and as long as a second tap may follow, nothing moves under it

/* What lies between the bars, from the top and from the bottom of the window, that do not hold this element. */
function freeFor(element) {
  let top = 0;
  let bottom = window.innerHeight;
  document.querySelectorAll(BARS).forEach((bar) => {
    const box = bar.getBoundingClientRect();
    if (bar.contains(element) || !box.height || !/sticky|fixed/.test(getComputedStyle(bar).position)) return;
    if (box.top <= 1 && box.bottom < bottom) top = Math.max(top, box.bottom);
    else if (box.bottom >= window.innerHeight - 1) bottom = Math.min(bottom, box.top);
  });
  return { top, bottom };
}

function clear({ target }) {
  if (Date.now() < stillUntil || !target.matches("a, button, input, select, textarea, summary, [tabindex='0']")) return;
  const shown = (target.matches("[type=radio], [type=checkbox]") && target.closest("label")) || target;
  const across = shown.getBoundingClientRect();
  // what is in sight by a hair's breadth a browser takes for seen
  if (across.left < 0 || across.right > window.innerWidth) shown.scrollIntoView({ block: "nearest", inline: "nearest" });
  const box = shown.getBoundingClientRect();
  if (box.bottom < 0 || box.top > window.innerHeight) return; // whoever set the focus wanted nothing moved
  const { top, bottom } = freeFor(target);
  const apart = 8;
  if (box.top < top) window.scrollBy(0, box.top - top - apart);
  else if (box.bottom > bottom) window.scrollBy(0, Math.min(box.bottom - bottom + apart, box.top - top - apart));
}

/** From now on; by keyboard, or where a script sets the focus. */
export function keepFocusClear() {
  document.addEventListener("mousedown", () => { stillUntil = Infinity; }, true);
  ["mouseup", "click"].forEach((name) => document.addEventListener(name, () => { stillUntil = Date.now() + 300; }, true));
  document.addEventListener("focusin", clear);
}
