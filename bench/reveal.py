"""What revealing costs: a big vote is closed, counted and revealed, while people vote in another workshop."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bench import machine
from bench.account import NOISY, markdown
from bench.servers import LOGIN, Load, Place, lifted_with, product
from bench.stored import Room, Stored, put
from edp_app.log.database import Database

Json = dict[str, Any]
Say = Callable[[str], None]

ORDINARY = (Room(40, 20, apart=False), Room(40, 20, apart=True))
BIG = (Room(1000, 300, apart=False), Room(1000, 300, apart=True))
"""The most that a workshop is made for."""

SATURATED = 85.0


@dataclass(frozen=True)
class Plan:
    """What is to be measured: every room with every number of voters in the other workshop."""

    place: Place
    rooms: tuple[Room, ...] = ORDINARY + BIG
    voters: tuple[int, ...] = (50, 200)
    pages: int = 20
    """Phones that are connected to the big room."""
    quiet_seconds: float = 10.0
    seed: int = 1


@dataclass(frozen=True)
class Measured:
    """What became of one room beside so many voters elsewhere."""

    room: Room
    voters: int
    opened: Json
    score: Json
    reveal: Json
    back: Json

    @property
    def title(self) -> str:
        """What it is called in tables."""
        return f"{self.room.title}; {self.voters} vote elsewhere"

    def span(self, name: str) -> Json:
        """What was measured in one part: ``quiet``, ``counting``, ``revealing``, ``after``."""
        found: Json = self.reveal["spans"][name]
        return found

    def beyond_quiet(self, name: str) -> float:
        """The server's processor time in that part, less what votes cost it in the same time when all is
        quiet: seconds."""
        quiet, span = self.span("quiet"), self.span(name)
        return float(span["cpu_s"] - quiet["cpu_s"] / quiet["seconds"] * span["seconds"])


def measure(plan: Plan, say: Say) -> list[Measured]:
    """Everything, each on a server of its own. Raises :class:`bench.crowd.Failed`."""
    found = []
    for room in plan.rooms:
        for voters in plan.voters:
            say(f"{room.title}: {voters} vote elsewhere")
            found.append(measure_one(plan, room, voters))
    return found


def measure_one(plan: Plan, room: Room, voters: int) -> Measured:
    """One room, its result revealed to ``plan.pages`` phones, a screen and a console."""
    stored: list[Stored] = []

    def before(database: Database) -> None:
        stored.append(put(database, LOGIN, room))

    with product(plan.place, before=before) as running:
        big = stored[0]
        more = {"big": big.code, "scored": big.items}
        with Load(plan.place, running, plan.seed, "bench.revealing", **more) as load:
            opened = load.do("open", secrets=big.secrets[: plan.pages])
            load.do("join", people=voters)
            load.do("write")
            score = load.do("score")
            with lifted_with(running.pid) if plan.place.first else nullcontext():
                reveal = load.do("reveal", quiet_seconds=plan.quiet_seconds)
            back = load.do("come_back")
            load.do("end")
    return Measured(room, voters, opened, score, reveal, back)


Value = Callable[[Measured], float | None]


def of_span(name: str, figure: str) -> Value:
    """A figure of one part."""
    return lambda one: one.span(name)[figure]


def beside_quiet(name: str, figure: str) -> Value:
    """How many times as much it is as when all is quiet."""

    def ratio(one: Measured) -> float | None:
        mine, quiet = one.span(name)[figure], one.span("quiet")[figure]
        return mine / quiet if mine and quiet else None

    return ratio


def of_pages(role: str) -> Iterator[tuple[str, Value, int]]:
    """What a page of this kind is sent."""
    yield f"KB of the result, {role}", lambda m: m.reveal["result_bytes"][role] / 1000, 1
    yield f"KB of the view after it, {role}", lambda m: m.back["view_bytes"][role] / 1000, 1


def of_votes(name: str, what: str) -> Iterator[tuple[str, Value, int]]:
    """What votes elsewhere take in one part, beside when all is quiet."""
    yield f"{what}: ack p50 ms", of_span(name, "ack_p50_ms"), 1
    yield f"{what}: ack p99 ms", of_span(name, "ack_p99_ms"), 1
    yield f"{what}: of that the load generator's, p99 ms", of_span(name, "late_p99_ms"), 1
    if name != "quiet":
        yield f"{what}: ack max ms", of_span(name, "ack_max_ms"), 0
        yield f"{what}: p50 beside quiet, ×", beside_quiet(name, "ack_p50_ms"), 2
        yield f"{what}: p99 beside quiet, ×", beside_quiet(name, "ack_p99_ms"), 2


def figures() -> Iterator[tuple[str, Value, int]]:
    """Heading with its unit, the figure, decimals."""
    yield from of_votes("quiet", "elsewhere, quiet")
    yield from of_votes("counting", "while it is counted")
    yield from of_votes("revealing", "while it is revealed")
    yield "after it: p99 beside quiet, ×", beside_quiet("after", "ack_p99_ms"), 2
    yield "from closing until counted, s", lambda m: m.reveal["counted_s"], 1
    yield "CPU s of the process that counts", lambda m: m.reveal["child_cpu_s"] or None, 1
    yield "CPU s of the server while it does", lambda m: m.beyond_quiet("counting"), 2
    yield "from pressing reveal until the first page, s", lambda m: m.reveal["first_page_s"], 2
    yield "from pressing reveal until the last page, s", lambda m: m.reveal["last_page_s"], 2
    yield "CPU s of the server for the reveal", lambda m: m.beyond_quiet("revealing"), 2
    for role in ("phone", "screen", "console"):
        yield from of_pages(role)
    yield "µs CPU per vote in that room", lambda m: m.score["cpu_per_vote_us"], 0
    yield "KB of its answer", lambda m: m.score["answer_bytes"] / 1000, 1
    yield "MB of the server, the room loaded", lambda m: m.reveal["loaded_kb"] / 1024, 0
    yield "MB of the server, counted", lambda m: m.reveal["counted_kb"] / 1024, 0
    yield "MB of the server, revealed", lambda m: m.reveal["revealed_kb"] / 1024, 0
    yield "MB of the process that counts, at most", lambda m: m.reveal["child_kb"] / 1024 or None, 0


def rows(found: list[Measured]) -> Iterator[list[str]]:
    """A line for each figure, with one value for each that was measured."""
    for heading, value, places in figures():
        values = (value(one) for one in found)
        yield [heading, *("–" if v is None else f"{v:,.{places}f}" for v in values)]


def table(found: list[Measured]) -> Iterator[str]:
    """All of it, in Markdown."""
    yield from markdown(["", *(one.title for one in found)], rows(found))


def warnings(found: list[Measured]) -> Iterator[str]:
    """What makes the figures less than they seem."""
    for one in found:
        if one.reveal["lost"]:
            yield f"{one.title}: {one.reveal['lost']} connections were lost."
        late = one.span("quiet")["late_p99_ms"]
        if late is not None and late > one.span("quiet")["ack_p50_ms"]:
            yield f"{one.title}: the load generator was late by {late:.0f} ms (p99) when all was quiet."
        if one.score["load_busy_pct"] > SATURATED:
            yield f"{one.title}: the load generator was saturated while people scored."


def entry(plan: Plan, found: list[Measured], before: float, others: float) -> str:
    """One dated entry for RESULTS.md. ``before``: the load before it; ``others``: percent of the processors
    that the rest of the machine took."""
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    running = ", ".join(f"{name} {version}" for name, version in machine.versions().items())
    place = plan.place
    cores = f"server and whatever it starts on processor {place.server_core}, load on {place.load_core}"
    priority = "before all ordinary processes" if place.first else "ordinary priority"
    pages = f"{plan.pages} phones, a screen and a console"
    noise = f"{others:.0f} % of all processors{'' if others < NOISY else ': it was not quiet'}"
    lines = [
        f"## {now}, commit {machine.commit() or 'unknown'}: what revealing costs",
        "",
        f"{machine.processor()}, {machine.cores()} processors, {running}.",
        f"{cores}, {priority}; {pages} in the room that is revealed; one round.",
        f"load average before it {before:.1f}; the rest of the machine took {noise}.",
        "",
        *table(found),
        "",
        *warnings(found),
    ]
    return "\n".join(lines).rstrip() + "\n"


def as_json(found: list[Measured]) -> Json:
    """Everything, for machines."""
    return {
        one.title: {"opened": one.opened, "score": one.score, "reveal": one.reveal, "back": one.back}
        for one in found
    }
