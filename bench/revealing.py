"""The load generator's process of what revealing costs: it is the phones of two workshops on one server.

In one of them people vote all the time; of the other, in which everybody has voted before, the vote is closed
and its result revealed to a console, a screen and some phones. ``python -m bench.revealing`` is told what to
do as ``bench.load`` is.
"""

import contextlib
import json
from typing import Any

from bench.crowd import Crowd, Failed, Op
from bench.figures import percentile
from bench.load import Show, main
from bench.loop import clock
from bench.machine import children, cpu_seconds, resident_kb
from bench.page import Audience, Page
from bench.phases import Meter, answers
from bench.stored import CRITERIA, VOTE

Json = dict[str, Any]

EACH_SECONDS = 1.0
"""How often somebody votes in the other workshop."""

LIKED = 8
"""Items that one of them votes on, again and again."""

LOOK_SECONDS = 0.05
"""How often it is looked for the process that counts."""

NO_CHILD_SECONDS = 5.0
"""A small vote starts none; so long after it was closed there comes none."""

COUNTING_SECONDS = 900.0
AFTER_SECONDS = 3.0
"""How long a reveal is watched at least: what it has made is sent and thrown away by then."""

SCORED_EACH = 15
"""Items that each phone of the big room scores anew, within what the server takes at once."""

ROLES = ("phone", "screen", "console")


class Steady:
    """People who vote once a second each, until :meth:`stop`; the load is the same all the time."""

    def __init__(self, crowd: Crowd, run: str, items: list[str]) -> None:
        self.ops: list[Op] = []
        self._crowd, self._run, self._going = crowd, run, True
        self._dots: dict[tuple[int, str], int] = {}
        begin = clock() + 0.1
        for number, phone in enumerate(crowd.phones):
            self._next(
                phone, crowd.chance.sample(items, LIKED), begin + number * EACH_SECONDS / len(crowd.phones)
            )

    def stop(self) -> None:
        """No more taps; waits until what was tapped is answered."""
        self._going = False
        self._crowd.until(lambda: not self._crowd.waiting, "the last answers")

    def _next(self, phone: Page, liked: list[str], when: float) -> None:
        self._crowd.loop.at(when, lambda: self._tap(phone, liked, when))

    def _tap(self, phone: Page, liked: list[str], when: float) -> None:
        if not self._going:
            return
        item = self._crowd.chance.choice(liked)
        dots = self._dots[id(phone), item] = 3 - self._dots.get((id(phone), item), 2)

        def answered(op: Op) -> None:
            self.ops.append(op)
            self._next(phone, liked, max(when + EACH_SECONDS, clock()))

        self._crowd.op(phone, self._crowd.ballot(phone, self._run, item, dots), when, answered)


class Child:
    """The process that counts: seen from outside, as often as :data:`LOOK_SECONDS`."""

    def __init__(self, crowd: Crowd, server: int) -> None:
        self._crowd, self._server = crowd, server
        self.begun = clock()
        self.pid = self.most_kb = 0
        self.cpu_s = 0.0
        self.closed: float | None = None
        """When the vote was closed, for all that the server said."""
        self.ended: float | None = None
        self._look()

    @property
    def is_over(self) -> bool:
        """Whether it has ended, or there is none."""
        if self.ended is not None:
            return True
        return not self.pid and self.closed is not None and clock() - self.closed > NO_CHILD_SECONDS

    def _look(self) -> None:
        there = children(self._server)
        if not self.pid and there:
            self.pid = there[0]
        if self.pid and self.pid not in there:
            self.ended = clock()
            return
        if self.pid:
            with contextlib.suppress(OSError):  # it ends in this moment
                self.cpu_s = cpu_seconds(self.pid)
                # It has none any more between its end and the server's taking note of that.
                self.most_kb = max(self.most_kb, resident_kb(self.pid, most=True))
        if not self.is_over:
            self._crowd.loop.at(clock() + LOOK_SECONDS, self._look)


class Revealing(Show):
    """Two workshops on one server."""

    def __init__(self, where: Json) -> None:
        super().__init__(where)
        server = (where["host"], where["port"])
        self._big = Crowd(server, where["big"], where["cookie"], where["seed"], self._crowd.loop)
        self._scored = where["scored"]

    def open(self, secrets: list[str]) -> Json:
        """Console, screen and some phones of the big room, of people who have voted."""
        opened = []
        self._big.seat_facilitator()
        for secret in secrets:
            self._big.new_phone(secret).open(lambda: opened.append(clock()))
        self._big.until(lambda: len(opened) == len(secrets), "opening phones")
        self._big.settle()
        views = {role: page.view_bytes for role, page in self._one_of_each().items()}
        return {"view_bytes": views, "resident_kb": resident_kb(self._server)}

    def score(self) -> Json:
        """What a vote costs there: each phone says something else of a few items, as fast as it is
        answered."""
        ops: list[Op] = []
        meter = Meter(self._big, self._server)
        for phone in self._big.phones:
            self._score(
                phone, self._big.chance.sample(self._scored, min(SCORED_EACH, len(self._scored))), ops
            )
        self._big.until(lambda: not self._big.waiting, "scoring")
        figures = meter.figures()
        if figures["refused"]:
            raise Failed(f"Not every vote was taken: {figures['refused']}")
        return answers(ops) | {
            "cpu_per_vote_us": 1e6 * figures["cpu_s"] / len(ops),
            "load_busy_pct": figures["load_busy_pct"],
        }

    def _score(self, phone: Page, items: list[str], ops: list[Op]) -> None:
        def again(op: Op) -> None:
            ops.append(op)
            self._score(phone, items[1:], ops)

        if items:
            # Twice the same in a row is no vote; so all four alike is nearly always another one.
            scores = dict.fromkeys(CRITERIA, self._big.chance.randint(1, 5))
            command = {"type": "cast_ballot", "run": VOTE, "item": items[0], "scores": scores, "revision": 1}
            self._big.op(phone, json.dumps(command), clock(), again)

    def reveal(self, quiet_seconds: float) -> Json:
        """People vote in the other workshop: quietly; while the big vote is closed and counted; while its
        result is revealed; and quietly again."""
        self._new_vote()
        steady = Steady(self._crowd, self._run, self._items)
        self._crowd.pass_time(EACH_SECONDS + 0.1)
        spans = [self._span("quiet", lambda: self._crowd.pass_time(quiet_seconds))]
        loaded = resident_kb(self._server)
        child: list[Child] = []
        spans.append(self._span("counting", lambda: child.append(self._count())))
        counted = resident_kb(self._server)
        told: Json = {}
        spans.append(self._span("revealing", lambda: told.update(self._press())))
        spans.append(self._span("after", lambda: self._crowd.pass_time(quiet_seconds)))
        steady.stop()
        refused = dict(self._crowd.refusals)
        if refused or self._big.refusals:
            raise Failed(f"Not every vote was taken: {refused or dict(self._big.refusals)}")
        counting = child[0]
        return {
            "spans": {
                span["name"]: span
                | answers([op for op in steady.ops if span["from"] <= op.tapped < span["to"]])
                for span in spans
            },
            "lost": sum(page.lost for page in [*self._crowd.pages(), *self._big.pages()]),
            "child_cpu_s": counting.cpu_s,
            "child_kb": counting.most_kb,
            "counted_s": counting.ended - counting.begun if counting.ended else None,
            "loaded_kb": loaded,
            "counted_kb": counted,
            "revealed_kb": resident_kb(self._server),
            "most_kb": resident_kb(self._server, most=True),
        } | told

    def come_back(self) -> Json:
        """A page that opens now is told the result with everything else."""
        pages = self._one_of_each()
        for page in pages.values():
            page.cut()
            page.open(lambda: None)
        self._big.until(lambda: all(page.is_open for page in pages.values()), "coming back")
        return {"view_bytes": {role: page.view_bytes for role, page in pages.items()}}

    def end(self) -> Json:
        """Everybody goes."""
        self._big.close()
        return super().end()

    def _one_of_each(self) -> dict[str, Page]:
        return dict(zip(ROLES, (self._big.phones[0], self._big.screen, self._big.console), strict=True))

    def _span(self, name: str, what: Any) -> Json:
        """How long something takes and what of it is the server's work."""
        begun, cpu = clock(), cpu_seconds(self._server)
        what()
        used, ended = cpu_seconds(self._server) - cpu, clock()
        return {"name": name, "from": begun, "to": ended, "seconds": ended - begun, "cpu_s": used}

    def _count(self) -> Child:
        """Close the vote, and wait until it was counted ahead."""
        child = Child(self._big, self._server)
        self._big.must("close_stage", run=VOTE)
        child.closed = clock()
        self._big.until(lambda: child.is_over, "counting", COUNTING_SECONDS)
        return child

    def _press(self) -> Json:
        """Reveal the result, and wait until every page has it."""
        audiences = {
            "phone": (self._big.phone_audience, len(self._big.phones)),
            "screen": (self._big.screen_audience, 1),
            "console": (self._big.console_audience, 1),
        }
        for audience, _ in audiences.values():
            audience.clear()
        pressed = clock()
        position = self._big.must("reveal_result", run=VOTE)
        self._big.until(
            lambda: all(len(_arrivals(audience, position)) == n for audience, n in audiences.values()),
            "telling every page the result",
            COUNTING_SECONDS,
        )
        waits = sorted(
            at - pressed for audience, _ in audiences.values() for at in _arrivals(audience, position)
        )
        self._big.pass_time(max(0.0, pressed + AFTER_SECONDS - clock()))
        return {
            "first_page_s": waits[0],
            "half_of_pages_s": percentile(waits, 50),
            "last_page_s": waits[-1],
            "result_bytes": {name: _told(audience, position) for name, (audience, _) in audiences.items()},
        }


def _arrivals(audience: Audience, position: int) -> list[float]:
    """When pages were told of what stands at this position of the log."""
    return next((change.arrivals for change in audience.order if change.to >= position), [])


def _told(audience: Audience, position: int) -> int:
    """How many bytes that took for each."""
    return next(change.size for change in audience.order if change.to >= position)


if __name__ == "__main__":
    main(Revealing)
