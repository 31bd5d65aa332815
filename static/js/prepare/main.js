/* The form for a new workshop: how many are expected is asked of the groups that were chosen, and of no other. Without
   this script it is asked of all, and who is none of the chosen is told when the form is sent. Where the stages are chosen
   afterwards anyway, there is one button for it. */

const form = document.querySelector("main form");
const changing = form.querySelector("[data-unless]");
const fields = Array.prototype.slice.call(form.querySelectorAll("[data-chosen-with]"));

function show() {
  const format = form.querySelector("input[name=format]:checked");
  const groups = form.querySelector("[name=groups]").value;
  const chosen = groups === "format" ? `format:${format ? format.value : ""}` : `groups:${groups}`;
  changing.hidden = Boolean(format && format.value === changing.getAttribute("data-unless"));
  fields.forEach((field) => {
    const input = field.querySelector("input");
    const is = field.getAttribute("data-chosen-with").split(" ").indexOf(chosen) >= 0;
    field.hidden = !is;
    input.disabled = !is; // what was typed stays, and is sent only if its group is chosen again
  });
}

form.addEventListener("change", show);
show();
