"""How simulated people are: how fast, how careful, and where each one's choices come from."""

import asyncio
import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """How fast people are. ``speed`` divides every pause; 0 means none at all."""

    speed: float

    async def pause(self, chance: random.Random, shortest: float, longest: float) -> None:
        """Wait as long as a person would for this, divided by the speed."""
        seconds = chance.uniform(shortest, longest)
        await asyncio.sleep(seconds / self.speed if self.speed else 0)


@dataclass(frozen=True)
class Habits:
    """How somebody behaves, drawn once from the seed."""

    group: str
    territory: str | None
    funder: bool
    late_by: int
    """How many stages have passed when they arrive."""
    items: int
    loses_link: float
    changes_mind: float
    taps_late: bool
    overspends: bool


def draw_habits(chance: random.Random, groups: list[str], territories: list[str], number: int) -> Habits:
    """The habits of the ``number``-th person. Groups are of unequal size, as they are in every room, and
    somebody is always there in time: a rehearsal in which everybody is late would be an empty room."""
    weights = [9, 6, 5, 3, 2, 1, 1, 1, 1, 1, 1, 1][: len(groups)]
    group = groups[number % len(groups)] if number < len(groups) else chance.choices(groups, weights)[0]
    territory = chance.choice(territories) if territories else None
    funder = chance.random() < 0.08
    # drawn for the first, too, so that all else of theirs does not depend on it
    late_by = chance.choices([0, 1, 2, 3], [80, 10, 6, 4])[0]
    return Habits(
        group=group,
        territory=territory,
        funder=funder,
        late_by=late_by if number else 0,
        items=chance.choices([1, 2, 3], [45, 40, 15])[0],
        loses_link=chance.choice([0.0, 0.0, 0.02, 0.1]),
        changes_mind=chance.choice([0.05, 0.2, 0.4]),
        taps_late=chance.random() < 0.2,
        overspends=chance.random() < 0.15,
    )


class Dice:
    """Where one person's choices come from: each from a seed of its own, so that what they choose does not
    depend on
    what happened in between. ``time`` is for what the seed need not fix: pauses, lost links, operation
    ids."""

    def __init__(self, seed: int, number: int) -> None:
        self.number = number
        self._seed = seed
        self.time = random.Random(f"{seed} {number} time")  # noqa: S311  # a rehearsal, not a secret

    def about(self, what: str) -> random.Random:
        """The dice for one matter."""
        return random.Random(f"{self._seed} {self.number} {what}")  # noqa: S311

    def of_all(self, what: str) -> random.Random:
        """The dice that everybody shares."""
        return random.Random(f"{self._seed} everybody {what}")  # noqa: S311
