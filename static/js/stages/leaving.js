/* The list of stages: minutes and times that were typed are saved on the way when one follows a link of the page, so
   that none is lost. Without this script they are saved with the button. */

import { form, isUnsaved } from "./typed.js";

function follow(event) {
  const link = event.target.closest && event.target.closest("a[href]");
  const elsewhere = event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey;
  if (!link || elsewhere || link.target || link.hasAttribute("download") || link.getAttribute("href")[0] === "#") return;
  if (!isUnsaved()) return;
  event.preventDefault();
  const way = document.createElement("input");
  Object.assign(way, { type: "hidden", name: "way", value: link.getAttribute("href") });
  form.appendChild(way);
  form.submit(); // as the first button of the form does: what is wrong is said, and nothing is left
}

document.addEventListener("click", follow);
