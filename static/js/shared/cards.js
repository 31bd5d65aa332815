// Cards as phone, screen and console are shown them, worked out from a run. Pure functions.
import { w } from "./i18n.js";

const NOTHING = { value: "", revision: 0 };

/** What stands in one field of an item's card: {value, revision, also?}. */
export function standsIn(run, item, field) {
  return ((run.cards || {})[item] || {})[field] || NOTHING;
}

/** The words for a value: of a choice the option's name. One that is no option (any more) is said as it is. */
export function wordsFor(field, value) {
  const option = (field.options || []).find((one) => one.id === value);
  return option ? w(option.name) : value;
}

/** Whether anything stands in a field, written here or on the card of what was merged into the item. */
export function isFilled(run, item, field) {
  const { value, also } = standsIn(run, item, field);
  return Boolean(value || also);
}

/** How many fields of an item's card are filled. */
export function filledOn(run, item) {
  return run.fields.filter((field) => isFilled(run, item, field.id)).length;
}

/** The items in order, and of how many the card is complete. */
export function cardsOf(run) {
  const items = run.order.map((id) => run.candidates[id]).filter(Boolean);
  return { items, complete: items.filter(({ id }) => filledOn(run, id) === run.fields.length).length };
}
