"""What the crowd does, one thing after the other, and what each costs the server.

Every phase returns figures under names that end with their unit. Latencies count from the tap, which is when
the phone was to send, not from when the load generator got round to it: what the generator adds is in them,
and is told apart as ``late_p99_ms``.
"""

import time
from collections.abc import Callable
from typing import Any

from bench.crowd import GROUPS, Crowd, Failed, Op
from bench.figures import percentile, visible
from bench.loop import clock
from bench.machine import cpu_seconds, resident_kb
from bench.page import Page

Figures = dict[str, Any]

COMING_AT_ONCE = 50
"""Phones that are in the middle of joining at any moment."""

ITEMS = 40
"""Items on the board, and then candidates of the vote."""

TICK = 0.1
BALLOTS_EACH = 10
"""Dots that one person places in a vote, one tap each, ten taps a second."""

STEADY_SECONDS = 10.0
FLAT_EACH = 18
"""Ballots of each phone flat out: within the twenty that the server takes from a phone at once."""

REFILL_SECONDS = 2.5
"""After so long a phone may send twenty operations at once again."""

COMING_BACK = (0.25, 0.75)
"""When a page tries again after its connection broke, in seconds (static/js/shared/line.js)."""


class Meter:
    """The server's and our own processor time over a phase."""

    def __init__(self, crowd: Crowd, server: int) -> None:
        self._crowd, self._server = crowd, server
        crowd.phone_audience.clear()
        crowd.screen_audience.clear()
        crowd.refusals.clear()
        self._bytes = sum(page.bytes_in for page in crowd.phones)
        self._selves = sum(page.selves for page in crowd.phones)
        self._lost = sum(page.lost for page in crowd.pages())
        self._wall, self._own, self._cpu = clock(), time.process_time(), cpu_seconds(server)

    def figures(self) -> Figures:
        """What has passed since the beginning."""
        seconds = clock() - self._wall
        crowd, phones = self._crowd, self._crowd.phones
        cpu = cpu_seconds(self._server) - self._cpu
        received = sum(page.bytes_in for page in phones) - self._bytes
        return {
            "seconds": seconds,
            "cpu_s": cpu,
            "server_busy_pct": 100 * cpu / seconds,
            "load_busy_pct": 100 * (time.process_time() - self._own) / seconds,
            "deliveries": crowd.phone_audience.deliveries + crowd.screen_audience.deliveries,
            "selves": sum(page.selves for page in phones) - self._selves,
            "broadcasts_per_phone": crowd.phone_audience.deliveries / len(phones),
            "bytes_per_phone": received / len(phones),
            "lost": sum(page.lost for page in crowd.pages()) - self._lost,
            "refused": dict(crowd.refusals),
        }


def answers(ops: list[Op]) -> Figures:
    """How long the answers took, and what they were."""
    stored = [op for op in ops if op.first > 0]
    waits = sorted(1000 * (op.answered - op.tapped) for op in ops)
    late = sorted(1000 * (op.sent - op.tapped) for op in ops)
    return {
        "ops": len(ops),
        "stored": len(stored),
        "ack_p50_ms": percentile(waits, 50),
        "ack_p99_ms": percentile(waits, 99),
        "ack_max_ms": waits[-1] if waits else None,
        "late_p99_ms": percentile(late, 99),
        "answer_bytes": percentile(sorted(op.size for op in ops), 50),
    }


def join(crowd: Crowd, server: int, people: int) -> Figures:
    """So many phones come in: connect, get the view, join, say for whom they speak."""
    crowd.settle()
    before = resident_kb(server)
    phones = [crowd.new_phone() for _ in range(people)]
    meter = Meter(crowd, server)
    number = {phone: index for index, phone in enumerate(phones)}
    waiting, took = list(reversed(phones)), []

    def come() -> None:
        if waiting:
            phone, begun = waiting.pop(), clock()
            phone.open(lambda: crowd.op(phone, '{"type":"join"}', begun, lambda op: speak(phone, op)))

    def speak(phone: Page, op: Op) -> None:
        group = GROUPS[number[phone] % len(GROUPS)]
        crowd.op(phone, f'{{"type":"describe","group":"{group}"}}', op.tapped, there)

    def there(op: Op) -> None:
        took.append(1000 * (op.answered - op.tapped))
        come()

    for _ in range(COMING_AT_ONCE):
        come()
    crowd.until(lambda: len(took) == people, "joining")
    figures = meter.figures()
    if crowd.refusals:
        raise Failed(f"Not everybody could join: {dict(crowd.refusals)}")
    crowd.settle()
    took.sort()
    return figures | {
        "joins_per_s": people / figures["seconds"],
        "join_p50_ms": percentile(took, 50),
        "join_p99_ms": percentile(took, 99),
        "cpu_per_join_us": 1e6 * figures["cpu_s"] / people,
        "kb_per_phone": (resident_kb(server) - before) / people,
        "view_bytes": percentile(sorted(phone.view_bytes for phone in phones), 50),
    }


def write(crowd: Crowd, server: int, run: str) -> tuple[Figures, list[str]]:
    """One item in each tick, told to every phone: the fan-out by itself. Also the ids of the items."""
    ops: list[Op] = []
    writers = crowd.chance.choices(crowd.phones, k=ITEMS)
    meter, start = Meter(crowd, server), clock() + TICK
    for number, phone in enumerate(writers):
        column = ("strengths", "openings")[number % 2]
        title = f"Strength number {number} of this territory, in a few words"
        command = f'{{"type":"add_item","run":"{run}","column":"{column}","title":"{title}"}}'
        tap(crowd, phone, start + number * TICK, lambda command=command: command, ops.append)
    crowd.until(lambda: len(ops) == ITEMS, "writing items")
    last = max(op.first for op in ops)
    reached = len(crowd.phones)

    def seen() -> bool:
        changes = crowd.phone_audience.order
        return bool(changes) and changes[-1].to >= last and len(changes[-1].arrivals) == reached

    crowd.until(seen, "telling everybody about the last item")
    figures = meter.figures()
    times = visible(ops, crowd.phone_audience.order)
    sizes = sorted(change.size for change in crowd.phone_audience.order)
    found = figures | answers(ops)
    found["visible_p50_ms"], found["visible_p99_ms"] = percentile(times, 50), percentile(times, 99)
    found["cpu_per_delivery_us"] = 1e6 * figures["cpu_s"] / figures["deliveries"]
    found["change_bytes"] = percentile(sizes, 50)
    return found, [f"i{op.first}" for op in sorted(ops, key=lambda op: op.first)]


def tap(
    crowd: Crowd, phone: Page, when: float, command: Callable[[], str], then: Callable[[Op], object]
) -> None:
    """One tap at that time. The command is made when it is sent: its revision depends on those before."""
    crowd.loop.at(when, lambda: crowd.op(phone, command(), when, then))


def steady(
    crowd: Crowd,
    server: int,
    run: str,
    items: list[str],
    counts: Callable[[Op], bool] = lambda _: True,
) -> Figures:
    """People begin one after the other and place ten dots each, one every 100 ms: as many votes a second as
    there are phones, for ten seconds. Every first dot of somebody changes what the screen shows. ``counts``
    is asked at the end which operations are to be looked at."""
    ops: list[Op] = []
    first: list[Op] = []
    people = crowd.phones
    meter, start = Meter(crowd, server), clock() + TICK
    for number, phone in enumerate(crowd.chance.sample(people, len(people))):
        begin = start + number * STEADY_SECONDS / len(people)
        liked = crowd.chance.sample(items, BALLOTS_EACH)
        _taps(crowd, phone, run, begin, liked, ops, first)
    crowd.until(lambda: len(ops) == BALLOTS_EACH * len(people), "steady voting")
    figures = meter.figures()
    crowd.settle()
    return _votes(crowd, figures, [op for op in ops if counts(op)], [op for op in first if counts(op)])


def _taps(
    crowd: Crowd,
    phone: Page,
    run: str,
    begin: float,
    items: list[str],
    ops: list[Op],
    first: list[Op],
) -> None:
    """One person's taps. A phone has one operation under way at a time: the next waits for the answer."""

    def send(number: int) -> None:
        tapped = begin + number * TICK
        crowd.op(phone, crowd.ballot(phone, run, items[number], 1), tapped, lambda op: answered(number, op))

    def answered(number: int, op: Op) -> None:
        ops.append(op)
        if number == 0:
            first.append(op)
        if number + 1 < len(items):
            crowd.loop.at(begin + (number + 1) * TICK, lambda: send(number + 1))

    crowd.loop.at(begin, lambda: send(0))


def everyone(crowd: Crowd, server: int, run: str, items: list[str]) -> Figures:
    """Everybody places a first dot at some moment of one second."""
    ops: list[Op] = []
    meter, start = Meter(crowd, server), clock() + TICK
    for phone in crowd.phones:
        when, item = start + crowd.chance.random(), crowd.chance.choice(items)
        tap(crowd, phone, when, lambda phone=phone, item=item: crowd.ballot(phone, run, item, 1), ops.append)
    crowd.until(lambda: len(ops) == len(crowd.phones), "everybody's tap")
    figures = meter.figures()
    crowd.settle()
    return _votes(crowd, figures, ops, ops)


def flat_out(crowd: Crowd, server: int, run: str, items: list[str]) -> Figures:
    """Every phone places and changes its dots on one item as fast as it is answered. No view changes (all
    have voted before), so this is what votes cost without telling anybody."""
    crowd.pass_time(REFILL_SECONDS)
    ops: list[Op] = []
    meter = Meter(crowd, server)

    def go_on(phone: Page, item: str, left: int) -> Callable[[Op], None]:
        def answered(op: Op) -> None:
            ops.append(op)
            if left:
                again = crowd.ballot(phone, run, item, 2 + left % 2)
                crowd.op(phone, again, clock(), go_on(phone, item, left - 1))

        return answered

    for phone in crowd.phones:
        item = crowd.chance.choice(items)
        again = crowd.ballot(phone, run, item, 2 + FLAT_EACH % 2)
        crowd.op(phone, again, clock(), go_on(phone, item, FLAT_EACH - 1))
    crowd.until(lambda: len(ops) == FLAT_EACH * len(crowd.phones), "voting flat out")
    return _votes(crowd, meter.figures(), ops, [])


def storm(crowd: Crowd, server: int) -> Figures:
    """All connections break at once and every phone comes back as the pages do, until all have the view."""
    took: list[float] = []
    people = len(crowd.phones)
    meter, start = Meter(crowd, server), clock()

    def back(phone: Page) -> None:
        begun = clock()
        phone.open(lambda: took.append(1000 * (phone.opened_at - begun)))

    for phone in crowd.phones:
        phone.cut()
        crowd.loop.at(start + crowd.chance.uniform(*COMING_BACK), lambda phone=phone: back(phone))
    crowd.until(lambda: len(took) == people, "coming back")
    figures = meter.figures()
    crowd.settle()
    took.sort()
    return figures | {
        "back_after_s": figures["seconds"],
        "reconnect_p50_ms": percentile(took, 50),
        "reconnect_p99_ms": percentile(took, 99),
        "cpu_per_reconnect_us": 1e6 * figures["cpu_s"] / people,
    }


def _votes(crowd: Crowd, figures: Figures, ops: list[Op], shown: list[Op]) -> Figures:
    """The figures of votes; ``shown`` are those that change what the screen shows."""
    found = figures | answers(ops)
    found["votes_per_s"] = found["stored"] / (max(op.answered for op in ops) - min(op.sent for op in ops))
    found["cpu_per_vote_us"] = 1e6 * figures["cpu_s"] / len(ops)
    if shown:
        times = visible([op for op in shown if op.first > 0], crowd.screen_audience.order)
        found["visible_p50_ms"], found["visible_p99_ms"] = percentile(times, 50), percentile(times, 99)
    return found
