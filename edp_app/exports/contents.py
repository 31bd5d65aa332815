"""What an export holds, version 1. The shape of its JSON; everything else is made of it."""

from typing import Any, Literal

from msgspec import UNSET

from edp_app.core.definition import Privacy, Step
from edp_app.core.parts import Words
from edp_app.exports.published import AnyVote, AskResult, Maybe, Shape

VERSION = 1
FORMAT: Literal["edp-workshop"] = "edp-workshop"


class Workshop(Shape, frozen=True, kw_only=True):
    """What the workshop is called. ``date``: YYYY-MM-DD, or "" where none was given."""

    title: str
    territory: str
    convener: str
    date: str
    code: str
    language: str
    privacy: Privacy
    ended: bool
    credit: Maybe[str] = UNSET


class Head(Shape, frozen=True, kw_only=True):
    """The last entry of the record that this was made from: its position, its digest in the chain, and when
    it was made (RFC 3339, UTC). ``erased``: of how many entries the words were erased."""

    seq: int
    digest: str
    at: str
    erased: int


class Named(Shape, frozen=True, kw_only=True):
    """Something with an id and a name (language to text)."""

    id: str
    name: Words


class GroupCount(Named, frozen=True, kw_only=True):
    """How many people speak for a group, and how many were expected."""

    people: int
    expected: Maybe[int] = UNSET


class TerritoryCount(Named, frozen=True, kw_only=True):
    """How many people come from a territory, and how many were expected."""

    people: int
    expected: Maybe[int] = UNSET


class People(Shape, frozen=True, kw_only=True):
    """Who is here, in numbers. ``undecided``: have named no group. ``funders``: speak for a funding
    institution. ``paper``: vote on paper."""

    total: int
    undecided: int
    funders: int
    paper: int
    groups: list[GroupCount]
    territories: list[TerritoryCount]


class Planned(Shape, frozen=True, kw_only=True):
    """A stage of the agenda. ``minutes``: as planned at last; ``prepared``: as the workshop was prepared;
    ``took``: how many it was open, if it was. ``skipped``: it was left out.
    ``added``: it was put in while the workshop ran."""

    id: str
    title: Words
    kind: str
    step: Step
    minutes: int
    status: str
    skipped: bool = False
    added: bool = False
    prepared: int
    took: int | None = None


class Original(Shape, frozen=True, kw_only=True):
    """An item that was merged into another one, as it was written. ``group`` and ``territory``: whose it is,
    where that may be told; ``translations``: language to the line that stands beside it."""

    id: str
    n: int
    title: str
    translations: Maybe[dict[str, str]] = UNSET
    group: Maybe[str] = UNSET
    brought: Maybe[bool] = UNSET
    source: Maybe[str] = UNSET
    territory: Maybe[str] = UNSET


class Item(Shape, frozen=True, kw_only=True):
    """Something that people wrote, or that was ``brought`` in by the facilitator from a ``source``, and that
    is to be seen. ``n``: its running number. ``own_title``: how its author wrote it, where it was renamed.
    ``links``: the ids of what it rests on; of a stage whose ``links_name`` priorities, of those it is for.
    ``group`` and ``territory``: whose it is, where that may be told.
    ``translations``: language to the line that stands beside the title."""

    id: str
    n: int
    column: str
    title: str
    own_title: Maybe[str] = UNSET
    fields: Maybe[dict[str, str]] = UNSET
    sdgs: Maybe[list[int]] = UNSET
    links: Maybe[list[str]] = UNSET
    merged: Maybe[list[Original]] = UNSET
    translations: Maybe[dict[str, str]] = UNSET
    group: Maybe[str] = UNSET
    brought: Maybe[bool] = UNSET
    source: Maybe[str] = UNSET
    territory: Maybe[str] = UNSET


class Gathering(Shape, frozen=True, kw_only=True):
    """A stage in which people wrote. ``hidden``: by facilitators; ``withdrawn``: by their authors.
    ``waiting``: not approved by a facilitator. ``links_name``: what its items may name, contributions to an
    earlier stage as their evidence, or priorities that passed by a vote.
    ``not_shown_yet``: it is open, and what people write is shown when it closes; what was brought in is
    there."""

    stage: str
    title: Words
    step: Step
    columns: list[Named]
    fields: list[Named]
    items: list[Item]
    hidden: int
    withdrawn: int
    links_name: Maybe[Literal["evidence", "priorities"]] = UNSET
    waiting: Maybe[int] = UNSET
    not_shown_yet: Maybe[bool] = UNSET


class Asked(Shape, frozen=True, kw_only=True):
    """A question, on a scale of so many ``steps`` from ``first`` up, or open."""

    id: str
    text: Words
    type: Literal["scale", "text"]
    steps: int
    low: Words
    high: Words
    first: Maybe[int] = UNSET
    """The lowest step, where it is not 1."""


class Run(Shape, frozen=True, kw_only=True):
    """A run whose result was revealed; ``number``: the how many-th of its stage."""

    run: str
    stage: str
    title: Words
    number: int


class Vote(Run, frozen=True, kw_only=True, tag_field="kind", tag="vote"):
    """A vote. ``of``: the stage where the items that were judged had been written. ``passed_by``: the earlier
    vote by which these had passed, where it was about those alone; ``among``: how many there were when it
    opened. ``method``: its settings (docs/formats.md)."""

    of: str
    passed_by: Maybe[str] = UNSET
    among: Maybe[int] = UNSET
    method: dict[str, Any]
    columns: list[Named]
    second_of: Maybe[str] = UNSET
    result: AnyVote


class Ask(Run, frozen=True, kw_only=True, tag_field="kind", tag="ask"):
    """Questions."""

    questions: list[Asked]
    result: AskResult


class CardField(Named, frozen=True, kw_only=True):
    """One line that cards have. ``options``: what there is to choose from, where it is no text."""

    options: Maybe[list[Named]] = UNSET


class CardText(Shape, frozen=True, kw_only=True):
    """What stands in a field of a card: a text, or the id of an option. ``item``: where it was written on the
    card of an item that was merged into this one, that item."""

    field: str
    value: str
    item: Maybe[str] = UNSET


class Card(Shape, frozen=True, kw_only=True):
    """The card of an item; of fields in which nothing stands nothing is said."""

    item: str
    n: int
    title: str
    texts: list[CardText]


class Cards(Run, frozen=True, kw_only=True):
    """The cards of a stage as they stand after its latest run. ``of``: the stage where their items were
    written; ``passed_by``: the vote by which these had passed, where there are cards for those alone.
    ``waiting``: texts that no facilitator has approved."""

    step: Step
    of: str
    passed_by: Maybe[str] = UNSET
    fields: list[CardField]
    cards: list[Card]
    waiting: Maybe[int] = UNSET


class Export(Shape, frozen=True, kw_only=True):
    """A workshop as the room was shown it. ``unrevealed``: stages that have a result nobody was shown."""

    format: Literal["edp-workshop"]
    version: Literal[1]
    workshop: Workshop
    head: Head
    people: People
    agenda: list[Planned]
    gatherings: list[Gathering]
    results: list[Vote | Ask]
    unrevealed: list[str]
    cards: list[Cards]
