/* The list of stages: the sum, when it would end, and when each stage would begin follow what is typed, and it is said
   that nothing is saved yet. The server adds up, by the rules and in the words of the page itself; what cannot be
   (a field that is empty for a moment) leaves the last sum there. */

import { form, isUnsaved } from "./typed.js";

const PAUSE_MS = 250;

const foot = form.querySelector(".stages-foot");
const wasUnsaved = foot.classList.contains("is-unsaved");
let waiting = 0;
let asked = 0;

function show({ total, fit, fits, clocks }) {
  const put = (kind, text) => Array.prototype.forEach.call(form.querySelectorAll(`[data-${kind}]`), (one) => {
    one.textContent = text;
    one.parentNode.classList.toggle("is-over", !fits);
  });
  put("total", total);
  put("fit", fit);
  Array.prototype.forEach.call(form.querySelectorAll("[data-clock]"), (one) => {
    const clock = clocks[one.getAttribute("data-clock")];
    one.hidden = !clock;
    one.firstElementChild.textContent = clock || "";
  });
  const typedIn = form.contains(document.activeElement) ? document.activeElement : null;
  tell(foot.classList.contains("is-unsaved"), typedIn); // the foot may be higher now
}

function sum() {
  const mine = (asked += 1);
  const typed = new FormData(form);
  typed.append("do", "sum");
  fetch(form.action, { method: "POST", body: typed, credentials: "same-origin" })
    .then((answer) => (answer.status === 200 ? answer.json() : null))
    .then((found) => {
      if (found && mine === asked) show(found);
    })
    .catch(() => undefined); // the line is away: the sum is told when it is saved
}

function makeRoom() {
  const isKept = window.getComputedStyle(foot).position === "sticky";
  document.documentElement.style.scrollPaddingBottom = isKept ? `${foot.offsetHeight + 16}px` : "";
}

/* What is typed in, and what has the focus, is never behind the foot of the list, which stays in sight now. */
function tell(unsaved, typedIn) {
  foot.classList.toggle("is-unsaved", unsaved);
  foot.classList.toggle("is-kept", unsaved);
  makeRoom();
  if (typedIn && unsaved) typedIn.scrollIntoView({ block: "nearest" });
}

tell(wasUnsaved || isUnsaved(), null); // a browser fills in again what was typed before the page was loaded anew
if (isUnsaved()) sum();
window.addEventListener("resize", makeRoom);
form.addEventListener("input", ({ target }) => {
  if (!target.classList.contains("input") || target.name === "after") return;
  tell(wasUnsaved || isUnsaved(), target);
  window.clearTimeout(waiting);
  waiting = window.setTimeout(sum, PAUSE_MS);
});
