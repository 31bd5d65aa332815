/* What was typed in the list of stages: minutes, and when it begins and ends. */

export const form = document.querySelector("form.editor");
const typed = Array.prototype.slice.call(form.querySelectorAll("input.input"));

export function isUnsaved() {
  return typed.some((one) => one.value !== one.defaultValue);
}
