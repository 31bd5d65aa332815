// What tests of a restoration stand on: a server of a few lines that can be set back, and a phone with its outbox.
import { mock } from "node:test";

const { aboutOf, linkedUp, makeKept, revisionIn, verdict } = await import("../../../static/js/shared/again.js");
const { makeOutbox } = await import("../../../static/js/shared/outbox.js");

export const add = (title, links) => Object.assign({ type: "add_item", run: "swot.1", column: "s", title }, links && { links });
export const ballot = (item, dots, revision = 0) => ({ type: "cast_ballot", run: "weigh.1", item, dots, revision });

/** A server of a few lines, as much of the real one as matters here: it numbers, remembers op_ids, and refuses. */
export function server() {
  return {
    seq: 0,
    answers: new Map(),
    items: {},
    ballots: {},
    runs: [],
    refuse: () => undefined,
    joined: true,
    group: "business",
    view: { workshop: { ended: false, door: true }, agenda: [{ id: "swot", status: "open" }, { id: "weigh", status: "waiting" }] },
    do(op, command) {
      const known = this.answers.get(op);
      const content = JSON.stringify(command);
      if (known) return known.content === content ? known.answer : { ok: false, refusal: { code: "op_id_reused" } };
      const code = this.refuse(command);
      const answer = code ? { ok: false, refusal: { code } } : { ok: true, first: this.apply(command) };
      answer.last = answer.first;
      this.answers.set(op, { content, answer });
      return answer;
    },
    apply(command) {
      this.seq += 1;
      if (command.type === "add_item") this.items[`i${this.seq}`] = { title: command.title, revision: 1, state: "shown" };
      if (command.type === "change_item") Object.assign(this.items[command.item], { title: command.title }).revision += 1;
      if (command.type === "withdraw_item") this.items[command.item].state = "withdrawn";
      if (command.type === "cast_ballot") {
        this.ballots[command.item] = { dots: command.dots, revision: command.revision + 1 };
      }
      return this.seq;
    },
    self() {
      if (!this.joined) return { joined: false };
      const runs = this.runs.map((run) => [run, structuredClone(run === "weigh.1" ? this.ballots : {})]);
      return { joined: true, group: this.group, items: structuredClone(this.items), ballots: Object.fromEntries(runs) };
    },
    /** What it is set back to. */
    backup() {
      const { seq, joined, group, runs, items, ballots, answers } = this;
      return { ...structuredClone({ seq, joined, group, runs, items, ballots }), answers: new Map(answers) };
    },
    restore(backup) {
      Object.assign(this, structuredClone({ ...backup, answers: undefined }), { answers: new Map(backup.answers) });
    },
    vote(candidates, status = "open") {
      this.runs = ["weigh.1"];
      this.view = Object.assign({}, this.view, {
        agenda: [{ id: "swot", status: "closed" }, { id: "weigh", status }],
        now: { run: "weigh.1", status, candidates },
      });
    },
  };
}

/** A phone with its outbox and what it keeps, whose line to the server can be cut. */
export function phone(world) {
  const kept = makeKept("edp.123456.kept.");
  const sent = [];
  const settled = [];
  const outbox = makeOutbox({
    prefix: "edp.123456.out.",
    emit(entry, callback) {
      sent.push(entry.op);
      callback(null, { ...world.do(entry.op, entry.command), self: world.self() });
    },
    changed: () => {},
    answered(entry, answer) {
      settled.push([entry.op, answer.ok ? "ok" : answer.refusal.code]);
      if (answer.ok && answer.first) kept.keep(entry, outbox.place(entry), answer.first);
    },
    settledElsewhere: () => {},
    verdict: (entry) => verdict(entry, world.view, world.self(), revisionIn(world.self(), entry.command)),
    stored: (command) => revisionIn(world.self(), command),
  });
  outbox.online(true);
  const wait = () => {
    for (let n = 0; n < 200; n += 1) mock.timers.tick(400);
  };
  return {
    outbox,
    kept,
    sent,
    settled,
    wait,
    send(command, slot) {
      mock.timers.tick(10);
      return outbox.add(command, slot, aboutOf(world.view, command));
    },
    /** The server is back, from that backup. */
    comeBack(backup) {
      outbox.online(false);
      world.restore(backup);
      sent.length = 0;
      outbox.offer(linkedUp(kept.all()));
      kept.clear();
      outbox.online(true);
      wait();
    },
    refused: () => outbox.entries().filter((one) => one.state === "refused").map((one) => one.command),
    waiting: () => outbox.entries().filter((one) => one.state !== "refused").map((one) => one.command),
  };
}
