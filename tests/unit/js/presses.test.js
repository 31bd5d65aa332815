import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { profile } from "./browser.js";

const { makeOutbox } = await import("../../../static/js/shared/outbox.js");

beforeEach(() => {
  profile();
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_770_000_000_000 });
});

test("what is meant for its moment is tried for some seconds only", () => {
  for (const last of [{ ok: false, refusal: { code: "try_again" } }, undefined]) {
    const emitted = [];
    const answers = [];
    const outbox = makeOutbox({
      prefix: "",
      patience: 6_000,
      emit: (entry, callback) => emitted.push(callback),
      changed: () => {},
      answered: (entry, answer) => answers.push(answer),
      settledElsewhere: () => {},
    });
    outbox.online(true);
    outbox.add({ type: "pause_stage", run: "swot.1" });
    emitted[0](null, { ok: false, refusal: { code: "try_again" } });
    mock.timers.tick(5_900);
    assert.equal(emitted.length, 2, "tried again");
    assert.deepEqual(answers, []);
    mock.timers.tick(200);
    if (last) emitted[1](null, last);
    else emitted[1](new Error("timeout"));
    assert.deepEqual(answers, [last || { ok: false, lost: true }]);
    mock.timers.tick(60_000);
    assert.equal(emitted.length, 2, "and never after that");
    assert.deepEqual(outbox.entries(), []);
  }
});
