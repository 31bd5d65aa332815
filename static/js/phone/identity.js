/* Who this phone is. Its secret is made here, before joining, one for each workshop; the server derives from it who one
   is, and keeps it nowhere. It is short enough to be written down: typed on another phone it makes that one the same
   person (docs/decisions/0017-recovery-code.md). */
import { isCode, randomCode } from "../shared/ids.js";
import { makeLine } from "../shared/line.js";
import * as storage from "../shared/storage.js";

const VIEW_MS = 8000;
const SHAPE = /^[A-Za-z0-9_-]{16,64}$/; // as the protocol takes them

const keyOf = (id) => `edp.${id}.secret`;

/* This phone's secret for the workshop with this id: a code may be that of another one some day. */
export function secretFor(id) {
  const known = storage.read(keyOf(id));
  if (typeof known === "string" && SHAPE.test(known)) return known;
  const secret = randomCode();
  storage.write(keyOf(id), secret);
  return secret;
}

/* The code by which another phone becomes this person; "" where the secret is none that one could type. */
export function recoveryCode(id) {
  const secret = secretFor(id);
  return isCode(secret) ? secret : "";
}

/* Whether somebody joined the workshop with this secret: "joined", "unknown", or "away" where nobody can tell now. Asks
   over a line of its own, so that this phone stays who it is until that is known. */
export function lookUp(code, secret) {
  return new Promise((resolve) => {
    const line = makeLine({
      address: `${window.location.origin}/socket.io/`,
      auth: { v: 1, role: "phone", code, secret },
      opened() {
        line.send("view", {}, (error, answer) => {
          if (error || !answer.self) done("away");
          else done(answer.self.joined ? "joined" : "unknown");
        }, VIEW_MS);
      },
      refused: () => done("away"),
      lost: () => done("away"),
      heard: () => undefined,
    });
    function done(found) {
      line.stop();
      resolve(found);
    }
    line.connect();
  });
}

/* From now on this phone is whom the secret names, and its other tabs too. */
export function become(id, secret, connection) {
  connection.become(secret);
  storage.write(keyOf(id), secret);
}

/* Follows what another tab of this browser became. */
export function followTabs(id, connection) {
  storage.onOtherTab(keyOf(id), (key, secret) => {
    if (key === keyOf(id) && typeof secret === "string" && SHAPE.test(secret)) connection.become(secret);
  });
}
