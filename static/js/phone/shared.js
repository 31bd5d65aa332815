/* A phone that several people at a table share. Each has a seat there, "" being whoever joined with it, and votes for
   themselves: what concerns one seat is drawn for it alone, by the second script (table.js). */
import * as storage from "../shared/storage.js";

export const tableKey = (code) => `edp.${code}.table`;

/* Whether this phone is a table's: because somebody said so here, or because others sit at it already. */
export const isShared = (code, self) => Boolean((self && self.seats) || storage.read(tableKey(code)));

/* The state without what belongs to one of several seats. */
export function commonOf(state, shared) {
  const ofOne = ({ seat, type }) => seat || (shared && ["cast_ballot", "answer"].includes(type));
  return Object.assign({}, state, {
    outbox: state.outbox.filter(({ command }) => !ofOne(command)),
    self: shared && state.self ? Object.assign({}, state.self, { ballots: {}, answers: {} }) : state.self,
  });
}
