"""What stages and workshops are made of: groups, territories, columns, questions, statements, each with its
words. :mod:`edp_app.core.definition` says what is made of them.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Words = dict[str, str]
"""One text in several languages: language code to text. At least one entry; see :func:`in_language`."""

Slug = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,31}\Z")]
Short = Annotated[str, Meta(min_length=1, max_length=200)]
Optional200 = Annotated[str, Meta(max_length=200)]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of everything that a definition is made of."""


class Group(Part, frozen=True):
    """A helix, called a group in front of people."""

    id: Slug
    name: Words
    examples: Words = {}
    icon: Slug = "group"
    expected: Annotated[int, Meta(ge=0, le=100_000)] | None = None


class Territory(Part, frozen=True):
    """A side of the border, or any other part of the region that results are told apart by."""

    id: Slug
    name: Words
    expected: Annotated[int, Meta(ge=0, le=100_000)] | None = None


class Column(Part, frozen=True):
    """One of the headings under which items are gathered."""

    id: Slug
    name: Words
    prompt: Words = {}


class Field(Part, frozen=True):
    """An optional line of an item, besides its title. ``asks``: what belongs there; ``shown``: whether it
    stands on the phone at once, and not behind "Add details"."""

    id: Slug
    name: Words
    max_length: Annotated[int, Meta(ge=1, le=2000)] = 400
    asks: Words = {}
    shown: bool = False


class Question(Part, frozen=True):
    """One question of an ``ask`` stage: a scale of so many ``steps`` from ``first`` up, or an open text."""

    id: Slug
    text: Words
    type: Literal["scale", "text"] = "scale"
    steps: Annotated[int, Meta(ge=2, le=10)] = 5
    low: Words = {}
    high: Words = {}
    first: Annotated[int, Meta(ge=0, le=1)] = 1
    """The lowest step: 1, or 0 where there may be nothing at all of it."""

    @property
    def last(self) -> int:
        """The highest step."""
        return self.first + self.steps - 1


class Statement(Part, frozen=True):
    """An item that is there before anybody writes: a statement, or an earlier priority. ``column``: empty
    where the stage has one only."""

    title: Annotated[str, Meta(min_length=1, max_length=500)]
    column: Annotated[str, Meta(pattern=r"^([a-z][a-z0-9_]{0,31})?\Z")] = ""
    source: Optional200 = ""
    """A line that says where it comes from."""
    translations: Words = {}
    """Language to the line that stands beside it, as beside what people write."""


class Option(Part, frozen=True):
    """One of the answers of a choice."""

    id: Slug
    name: Words


class CardField(Part, frozen=True):
    """One line of a card: a text of at most ``max_length`` characters or, with ``options``, one of those."""

    id: Slug
    name: Words
    asks: Words = {}
    max_length: Annotated[int, Meta(ge=1, le=2000)] = 400
    options: Annotated[list[Option], Meta(max_length=8)] = []
