"""One whole measurement: rounds of everything, then the median of each figure."""

import json
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench.figures import medians
from bench.machine import python
from bench.servers import PRODUCT, UNSYNCED, Load, Place, Running, ceiling, have_ceiling, product

Json = dict[str, Any]
Say = Callable[[str], None]

CEILINGS = ("node", "websockets")
PHASES = ("write", "steady", "everyone", "flat_out", "storm")
ORM_SECONDS = 5.0


@dataclass(frozen=True)
class Plan:
    """What is to be measured."""

    place: Place
    phones: tuple[int, ...]
    rounds: int
    hall: int
    """The phones of the biggest hall, which only taps; 0: none."""
    seed: int = 1

    @property
    def most(self) -> int:
        """The phones of the biggest crowd that does everything."""
        return max(self.phones)


@dataclass
class Measured:
    """Medians: by server and number of phones the figures of each phase, and what stands by itself."""

    crowds: dict[tuple[str, int], Json]
    hall: Json
    durable: Json
    """Voting flat out on the product as it is …"""
    unsynced: Json
    """… and right after it, with all else alike, without waiting for the disk."""
    orm: Json
    quiet: Json
    """Steady voting before and after …"""
    reporting: Json
    """… and while a report is made, on one server."""


def measure(plan: Plan, say: Say) -> Measured:
    """Everything, round by round, so that what disturbs the machine for a while disturbs all alike. Raises
    :class:`bench.crowd.Failed`."""
    rounds: dict[tuple[str, int], list[Json]] = {}
    single: dict[str, list[Json]] = {}
    for number in range(plan.rounds):
        seed = plan.seed + number
        for people in plan.phones:
            say(f"round {number + 1} of {plan.rounds}: {people} phones")
            mine = _phases(plan.place, people, seed, PHASES)
            rounds.setdefault(("edp", people), []).append(mine)
            for name in filter(have_ceiling, CEILINGS):
                say(f"    the ceiling: {name}")
                with ceiling(plan.place, name, _sizes(mine)) as running:
                    rounds.setdefault((name, people), []).append(
                        _crowd(plan.place, running, people, seed, PHASES)
                    )
        say("    by itself: the big hall, waiting for no disk, a commit for each vote, a report meanwhile")
        for name, some in _alone(plan, seed).items():
            single.setdefault(name, []).extend(some)
    middle = {name: _medians(of) for name, of in single.items()}
    return Measured({key: _medians(of) for key, of in rounds.items()}, **middle)


def _alone(plan: Plan, seed: int) -> dict[str, list[Json]]:
    place, until_flat_out = plan.place, ("write", "everyone", "flat_out")
    found = {
        "hall": [_phases(place, plan.hall, seed, ("write", "everyone"))] if plan.hall else [],
        "durable": [_phases(place, plan.most, seed, until_flat_out)],
        "unsynced": [_phases(place, plan.most, seed, until_flat_out, UNSYNCED)],
        "orm": [{"flat_out": _orm(place)}],
    }
    with product(place) as running, Load(place, running, seed) as load:
        load.do("join", people=plan.most)
        load.do("write")
        load.do("steady")
        # An answer holds one's own ballots of every run, so each run costs a little more than the one before:
        # the report stands in the middle.
        before = load.do("steady")
        found["reporting"] = [{"steady": load.do_with_report(running)}]
        found["quiet"] = [{"steady": before}, {"steady": load.do("steady")}]
        load.do("end")
    return found


def _phases(
    place: Place, people: int, seed: int, phases: tuple[str, ...], module: str = PRODUCT
) -> dict[str, Json]:
    with product(place, module) as running:
        return _crowd(place, running, people, seed, phases)


def _crowd(
    place: Place, running: Running, people: int, seed: int, phases: tuple[str, ...]
) -> dict[str, Json]:
    with Load(place, running, seed) as load:
        found = {"join": load.do("join", people=people)}
        for phase in phases:
            found[phase] = load.do(phase)
        load.do("end")
    return found


def _sizes(mine: Json) -> dict[str, int]:
    """The sizes of the product's messages, for the ceilings to send as much."""
    return {
        "answer": int(mine["steady"]["answer_bytes"]),
        "change": int(mine["write"]["change_bytes"]),
        "view": int(mine["join"]["view_bytes"]),
    }


def _orm(place: Place) -> Json:
    with tempfile.TemporaryDirectory(prefix="edp-bench-", dir=place.folder) as folder:
        command = place.pinned(place.server_core, *python("-m", "bench.orm_commit", folder, str(ORM_SECONDS)))
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: Json = json.loads(done.stdout)
    return found


def _medians(rounds: list[Json]) -> Json:
    names = dict.fromkeys(name for one in rounds for name in one)
    return {name: medians([one[name] for one in rounds if name in one]) for name in names}
