"""What was taken out while a workshop was prepared: kept, so that it can be brought back as it was."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from edp_app.core.definition import Definition
from edp_app.core.parts import Words

MOST_KEPT = 60
"""How many removals are kept; of more, the latest."""

Path = tuple[str, ...]
"""Where an entry stands: settings by their names, entries of lists by their ids."""


class Lost(NamedTuple):
    """An entry that was taken out: a stage, a group, a criterion, and what it was called."""

    path: Path
    name: Words


class Removal(NamedTuple):
    """A change by which something was taken out. ``seq``: of its event; ``was``, ``became``: the workshop
    before and after, with the minutes as planned; ``lost``: what was taken out, without what stood in it;
    ``skipped``: those of the stages taken out that were left out; ``order``: the stages before, with those
    that were out already where they had stood."""

    seq: int
    was: Definition
    became: Definition
    lost: tuple[Lost, ...]
    skipped: frozenset[str]
    order: tuple[str, ...]

    @property
    def stages(self) -> set[str]:
        """The stages that were taken out."""
        return {one.path[1] for one in self.lost if one.path[0] == "stages" and len(one.path) == 2}


def removal_of(
    seq: int, was: Definition, became: Definition, skipped: Sequence[str], earlier: Sequence[Removal]
) -> Removal | None:
    """What a change took out; None where that is nothing. ``earlier``: what had been taken out before and
    is not back."""
    there = entries_of(became)
    gone = {path: one for path, one in entries_of(was).items() if path not in there}
    lost = tuple(
        Lost(path, one.get("title") or one.get("name") or one.get("text") or {})
        for path, one in gone.items()
        if not any(path[:n] in gone for n in range(2, len(path)))
    )
    if not lost:
        return None
    out = frozenset(one.path[1] for one in lost) & set(skipped)
    order = [stage.id for stage in was.stages]
    for other in reversed(earlier):
        for n, stage in enumerate(other.order):
            if stage not in order:
                order.insert(place_in(order, other.order[:n]), stage)
    return Removal(seq, was, became, lost, out, tuple(order))


def place_in(there: Sequence[str], before: Sequence[str]) -> int:
    """The place of something in a list: behind the nearest of those that stood before it."""
    return 1 + next((there.index(one) for one in reversed(before) if one in there), -1)


def still_out(removals: Sequence[Removal], now: Definition) -> list[Removal]:
    """Those of which something is not back, and has a place to come back to, or may have one again."""
    there = entries_of(now)
    return [one for one in removals if any(lost.path not in there for lost in one.lost)][-MOST_KEPT:]


def can_come_back(removal: Removal, now: Definition) -> list[Lost]:
    """What of it can be brought back into the workshop as it is now: not what stood in a stage that is out
    itself, which is brought back before."""
    there = entries_of(now)
    return [
        one for one in removal.lost if one.path not in there and (len(one.path) == 2 or one.path[:2] in there)
    ]


def entries_of(definition: Definition) -> dict[Path, dict[str, Any]]:
    """Everything in a workshop that has an id. What a second round has from the first is not its own."""
    raw = msgspec.to_builtins(definition)
    for stage in raw["stages"]:
        if stage["settings"].get("second_of"):
            stage["settings"].pop("method", None)
    return dict(_entries({name: raw.get(name, []) for name in ("stages", "groups", "territories")}, ()))


def _entries(value: Any, at: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            here = (*at, name)
            if isinstance(inner, dict) and "id" in inner:
                yield here, inner
            yield from _entries(inner, here)
    elif isinstance(value, list):
        for one in value:
            if isinstance(one, dict) and "id" in one:
                here = (*at, one["id"])
                yield here, one
                yield from _entries(one, here)
