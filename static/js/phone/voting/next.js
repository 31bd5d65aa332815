/* What is still to be voted on. Pure. */
import { isBlank } from "../../shared/ballots.js";

/* {done, all, next}: how many of all items have a vote, and the first one that has none: below `from` (an id) if there is
   one, then from the top; `columns` in the order in which they are shown, `chosen` being the one on the page. */
export function nextOpen({ items, on, columns, chosen, from }) {
  const order = columns.length > 1
    ? columns.slice(columns.indexOf(chosen)).concat(columns.slice(0, columns.indexOf(chosen)))
      .reduce((all, column) => all.concat(items.filter((item) => item.column === column.id)), [])
    : items;
  const at = order.findIndex((item) => item.id === from) + 1;
  const open = order.slice(at).concat(order.slice(0, at)).filter((item) => isBlank(on(item.id).given));
  return { done: items.length - open.length, all: items.length, next: open.find((item) => item.id !== from) || open[0] };
}
