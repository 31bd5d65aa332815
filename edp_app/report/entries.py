"""Contributions as the report knows them, and how a group is recognised."""

from dataclasses import dataclass

from edp_app.charts import Mark

__all__ = ["Action", "Entry", "Goal", "Mark", "Original", "Reference"]


@dataclass(frozen=True, slots=True)
class Reference:
    """Another item, by its running number and the title under which it stands."""

    n: int
    title: str
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What stands beside every contribution. ``group`` and ``side``: whose it is, where that may be told;
    ``translation``: the line in the report's language beside its title, or empty."""

    group: Mark | None = None
    side: str = ""
    translation: str = ""
    origin: str = ""
    """Of what nobody in the room wrote: that it was brought in, and where it comes from."""

    @property
    def whose(self) -> str:
        """Group and territory in words, as far as they may be told."""
        return " · ".join(filter(None, [self.group.name if self.group else "", self.side]))


@dataclass(frozen=True, slots=True)
class Original(Written):
    """An item that was merged into another one, as it was written."""

    n: int
    title: str


@dataclass(frozen=True, slots=True)
class Goal:
    """A Sustainable Development Goal."""

    n: int
    name: str


@dataclass(frozen=True, slots=True)
class Entry(Written):
    """A contribution that stands by itself. ``own_title`` is how its author wrote it, where a merge renamed
    it."""

    id: str
    n: int
    title: str
    own_title: str
    column: str
    fields: tuple[tuple[str, str], ...]
    goals: tuple[Goal, ...]
    links: tuple[Reference, ...]
    merged: tuple[Original, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """A commitment: who does what by when, as far as its author said so; ``kind`` is its column (for oneself,
    for an institution, subject to approval)."""

    entry: Entry
    who: str
    by_when: str
    kind: str
