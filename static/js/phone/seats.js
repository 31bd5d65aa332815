/* Who sits at a phone that several people share, and what each of them sees of it. Pure but for what the phone keeps. */
import { isBlank } from "../shared/ballots.js";
import { randomId } from "../shared/ids.js";
import { read, spare } from "../shared/storage.js";

export const MOST = 12; // as the server has it

const BETWEEN = "/"; // after the seat, in a slot of the outbox
const fields = ({ group, territory, funder }) => ({ group, territory, funder });

/* A name for one more seat: no two devices of one person make the same. */
export const newSeat = () => randomId(8).toLowerCase().replace(/[^a-z0-9]/g, "0").slice(0, 8);

/* Everybody at this phone, in the order in which they sat down, as it will be once all that is on its way has arrived:
   [{seat, place, group, territory, funder, fixed, refusal?}]. `refusal`: why one who wanted to sit down could not. */
export function seatsOf({ self, outbox }) {
  const all = self.seats || {};
  const found = [Object.assign({ seat: "", place: 1, fixed: self.group_fixed }, fields(self))].concat(Object.keys(all)
    .map((seat) => Object.assign({ seat, place: all[seat].place, fixed: all[seat].group_fixed }, fields(all[seat])))
    .sort((a, b) => a.place - b.place));
  outbox.filter(({ command }) => command.seat).forEach(({ command, state, refusal }) => {
    const refused = state === "refused";
    const known = found.find((one) => one.seat === command.seat);
    const sitting = command.type === "take_seat" ? fields(command) : {};
    if (known && !refused) Object.assign(known, sitting);
    if (known && refused && !all[command.seat]) known.refusal = known.refusal || refusal;
    if (!known) found.push(Object.assign({ seat: command.seat, place: found.length + 1 }, sitting, refused && { refusal }));
  });
  return found;
}

/* The names by which people find themselves in the list: kept on this phone alone. */
const namesKey = (code) => `edp.${code}.names`;
export const namesOn = (code) => read(namesKey(code)) || {};
export function callSeat(code, seat, name) {
  spare(namesKey(code), Object.assign(namesOn(code), { [seat]: name.trim() }));
}

/* What a page knows when it is drawn for one seat alone: its own view, what of the outbox is its own, and a place of its
   own for what is typed and not sent. */
export function liveAt(live, sitting) {
  const { seat } = sitting;
  const code = `${live.code}~${seat}`;
  const state = (whole) => stateAt(whole, sitting);
  return Object.assign({}, live, {
    code,
    shared: false,
    state: state(live.connection.state),
    connection: { get state() { return state(live.connection.state); } },
    titles: read(`edp.${code}.titles`) || {},
    methods: read(`edp.${code}.methods`) || {},
    send: (command, slot) => live.send(seat ? Object.assign({}, command, { seat }) : command,
      seat && slot ? `${seat}${BETWEEN}${slot}` : slot),
  });
}

function stateAt(whole, sitting) {
  const { seat } = sitting;
  const mine = seat ? (whole.self.seats || {})[seat] : whole.self;
  const self = Object.assign({ ballots: {}, left: {}, answers: {} }, mine, fields(sitting),
    { person: seat ? `${whole.self.person}.${seat}` : whole.self.person, joined: true, items: {} });
  const outbox = whole.outbox.filter(({ command }) => (command.seat || "") === seat);
  const bare = (slot) => (seat && slot ? slot.slice(seat.length + 1) : slot);
  return Object.assign({}, whole, { self, outbox: outbox.map((entry) => Object.assign({}, entry, { slot: bare(entry.slot) })) });
}

/* Where somebody is with a run, without a word of what they chose: "refused" | "sending" | "done" | "". */
export function standingOf({ self, outbox }, run) {
  const here = outbox.filter(({ command }) => command.run === run);
  if (here.some((entry) => entry.state === "refused")) return "refused";
  if (here.length) return "sending";
  const ballots = (self.ballots || {})[run] || {};
  const answers = (self.answers || {})[run] || {};
  const given = Object.keys(ballots).some((item) => !isBlank(ballots[item]))
    || Object.keys(answers).some((question) => answers[question].value !== undefined);
  return given ? "done" : "";
}
