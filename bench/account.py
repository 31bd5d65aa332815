"""What was measured, as people read it: tables, the aims beside them, and the entry in RESULTS.md."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bench import machine
from bench.run import Measured, Plan

Json = dict[str, Any]

SERVERS = {"edp": "edp serve", "node": "Node ws", "websockets": "Python websockets"}
FULL_HALL, BIG_HALL = 1000, 2000
SATURATED = 85.0
"""Percent of its processor from which on the load generator measures itself."""

FIGURES: list[tuple[str, str, str, int]] = [
    ("joins/s", "join", "joins_per_s", 0),
    ("µs CPU per join", "join", "cpu_per_join_us", 0),
    ("KB per phone", "join", "kb_per_phone", 1),
    ("µs CPU per delivery", "write", "cpu_per_delivery_us", 1),
    ("item visible p50 ms", "write", "visible_p50_ms", 0),
    ("item visible p99 ms", "write", "visible_p99_ms", 0),
    ("steady ack p50 ms", "steady", "ack_p50_ms", 1),
    ("steady ack p99 ms", "steady", "ack_p99_ms", 1),
    ("vote visible p99 ms", "steady", "visible_p99_ms", 0),
    ("steady CPU %", "steady", "server_busy_pct", 0),
    ("all tap: ack p99 ms", "everyone", "ack_p99_ms", 0),
    ("flat out votes/s", "flat_out", "votes_per_s", 0),
    ("µs CPU per vote", "flat_out", "cpu_per_vote_us", 0),
    ("storm: back after s", "storm", "back_after_s", 2),
    ("storm: p99 ms", "storm", "reconnect_p99_ms", 0),
    ("broadcasts per phone", "write", "broadcasts_per_phone", 0),
    ("KB received per phone", "write", "bytes_per_phone", 1),
]
"""Heading with its unit, phase, figure, decimals."""

THOUSANDTHS = {"bytes_per_phone"}


@dataclass(frozen=True)
class Aim:
    """One aim and what became of it."""

    what: str
    aim: str
    measured: str
    met: bool | None
    """None: it was not measured as the aim has it."""

    @property
    def verdict(self) -> str:
        return {True: "met", False: "**missed**", None: "not measured"}[self.met]


def aims(plan: Plan, found: Measured) -> list[Aim]:
    """Every aim beside what was measured."""
    most = plan.most
    mine = found.crowds["edp", most]
    node = found.crowds.get(("node", most), {})
    votes = found.durable["flat_out"]["votes_per_s"]
    full = most >= FULL_HALL
    hall = f"{most:,} phones"
    return [
        _ratio(
            f"CPU of a delivery, beside Node ws ({hall})",
            mine["write"]["cpu_per_delivery_us"],
            node.get("write", {}).get("cpu_per_delivery_us"),
            at_most=1.3,
            unit="µs",
        ),
        _ratio(
            f"votes flat out, beside a commit for each through the ORM ({hall})",
            votes,
            found.orm["flat_out"]["votes_per_s"],
            at_least=8,
            unit="/s",
        ),
        _ratio(
            f"votes flat out, beside itself without waiting for the disk ({hall})",
            votes,
            found.unsynced["flat_out"]["votes_per_s"],
            at_least=0.9,
            unit="/s",
        ),
        _most(f"{hall}, {most:,} votes/s: ack p99", mine["steady"]["ack_p99_ms"], 50, "ms", full),
        _most(
            f"{hall}, {most:,} votes/s: visible on the screen p99",
            mine["steady"]["visible_p99_ms"],
            150,
            "ms",
            full,
        ),
        _most(
            f"{hall}: an item visible on every phone p99", mine["write"]["visible_p99_ms"], 150, "ms", full
        ),
        _most(
            f"{plan.hall or BIG_HALL:,} phones tapping within a second: ack p99",
            found.hall.get("everyone", {}).get("ack_p99_ms"),
            200,
            "ms",
            plan.hall >= BIG_HALL,
        ),
        _most(f"memory of a phone ({hall})", mine["join"]["kb_per_phone"], 60, "KB", full),
        _ratio(
            f"ack p99 while a report is made, beside without ({hall})",
            found.reporting["steady"]["ack_p99_ms"],
            found.quiet["steady"]["ack_p99_ms"],
            at_most=1.2,
            unit="ms",
        ),
    ]


def _ratio(
    what: str,
    mine: float,
    other: float | None,
    *,
    at_most: float | None = None,
    at_least: float | None = None,
    unit: str,
) -> Aim:
    aim = f"≤ {at_most} ×" if at_most is not None else f"≥ {at_least} ×"
    if not other:
        return Aim(what, aim, "", None)
    ratio = mine / other
    met = ratio <= at_most if at_most is not None else ratio >= (at_least or 0)
    return Aim(what, aim, f"{ratio:.2f} × ({mine:,.1f} beside {other:,.1f} {unit})", met)


def _most(what: str, value: float | None, most: float, unit: str, as_aimed: bool) -> Aim:
    shown = "" if value is None else f"{value:,.1f} {unit}"
    met = value <= most if as_aimed and value is not None else None
    return Aim(what, f"≤ {most:,} {unit}", shown, met)


def table(found: Measured) -> Iterator[str]:
    """A line for each figure, a column for each server and number of phones, in Markdown."""
    crowds = sorted(found.crowds, key=lambda key: key[1])
    head = ["", *(f"{people:,}: {SERVERS[server]}" for server, people in crowds)]
    rows = (
        [heading, *(_cell(found.crowds[key], phase, name, places) for key in crowds)]
        for heading, phase, name, places in FIGURES
    )
    yield from markdown(head, rows)


def _cell(phases: Json, phase: str, name: str, places: int) -> str:
    value = phases.get(phase, {}).get(name)
    if value is None:
        return "–"
    return f"{value / 1000 if name in THOUSANDTHS else value:,.{places}f}"


def aims_table(judged: list[Aim]) -> Iterator[str]:
    """The aims, in Markdown."""
    rows = ([aim.what, aim.aim, aim.measured or "–", aim.verdict] for aim in judged)
    yield from markdown(["", "aim", "measured", ""], rows)


def markdown(head: list[str], rows: Any) -> Iterator[str]:
    """A table, line by line."""
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def warnings(found: Measured) -> list[str]:
    """What makes the figures less than they seem."""
    said = []
    alone = {
        "the big hall": found.hall,
        "flat out again": found.durable,
        "without waiting for the disk": found.unsynced,
    }
    named = {f"{SERVERS[server]}, {people:,} phones": of for (server, people), of in found.crowds.items()}
    for name, phases in (named | alone).items():
        for phase, figures in phases.items():
            if figures.get("load_busy_pct", 0) > SATURATED:
                said.append(
                    f"{name}, {phase}: the load generator was saturated ({figures['load_busy_pct']:.0f} %)."
                )
            if figures.get("lost"):
                said.append(f"{name}, {phase}: {figures['lost']} connections were lost.")
            if figures.get("refused"):
                refusals = ", ".join(f"{code} {count}" for code, count in figures["refused"].items())
                said.append(f"{name}, {phase}: refused: {refusals}.")
    return said


def surroundings(plan: Plan, before: float, others: float) -> list[str]:
    """On what, when and how it was measured."""
    place = plan.place
    running = ", ".join(f"{name} {version}" for name, version in machine.versions().items())
    cores = f"server on processor {place.server_core}, load on {place.load_core}"
    priority = "before all ordinary processes" if place.first else "ordinary priority"
    noise = (
        f"load average before it {before:.1f}; the rest of the machine took {others:.0f} % of all processors"
    )
    return [
        f"{machine.processor()}, {machine.cores()} processors, {running}.",
        f"{cores}, {priority}; medians of {plan.rounds} round{'s' if plan.rounds > 1 else ''}.",
        f"{noise}{'' if others < NOISY else ': it was not quiet'}.",
    ]


NOISY = 5.0
"""Percent of the processors in others' hands from which on a machine was not quiet."""


def entry(plan: Plan, found: Measured, before: float, others: float) -> str:
    """One dated entry for RESULTS.md."""
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    lines = [
        f"## {now}, commit {machine.commit() or 'unknown'}",
        "",
        *surroundings(plan, before, others),
        "",
        *table(found),
        "",
        *aims_table(aims(plan, found)),
        "",
        *warnings(found),
    ]
    return "\n".join(lines).rstrip() + "\n"


def as_json(found: Measured) -> Json:
    """All medians, for machines."""
    crowds = {f"{server} {people}": phases for (server, people), phases in found.crowds.items()}
    return crowds | {
        "hall": found.hall,
        "durable": found.durable,
        "unsynced": found.unsynced,
        "orm": found.orm,
        "quiet": found.quiet,
        "reporting": found.reporting,
    }
