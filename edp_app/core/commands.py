"""What may be asked of a workshop. One type for each, told apart by ``type``; other fields are not accepted.

The identity of whoever asks is never in a command: it comes from the connection, as :class:`Context`.
``roles`` says who may ask at all; everything else is decided in :mod:`edp_app.core.workshop`.
"""

from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

Id = Annotated[str, Meta(min_length=1, max_length=64)]
RunId = Annotated[str, Meta(min_length=1, max_length=64)]
RawText = Annotated[str, Meta(max_length=5000)]
Revision = Annotated[int, Meta(ge=0, le=1_000_000)]
Count = Annotated[int, Meta(ge=0, le=1000)]
ItemId = Annotated[str, Meta(max_length=64)]
"""An item, or "" for all of a vote's items together."""
Role = Literal["participant", "facilitator", "system"]

Stood = Literal["running", "closed", "revealed", "ended"]
"""How a workshop stands: its latest run is open or paused, closed, or its result shown; or it has ended."""

PARTICIPANT: tuple[Role, ...] = ("participant",)
FACILITATOR: tuple[Role, ...] = ("facilitator",)


class Context(msgspec.Struct, frozen=True):
    """Who asks, and when. ``actor`` is ``p:…`` for a participant, ``f:…`` for a facilitator, ``system``.

    ``now`` is in milliseconds since 1970, UTC.
    """

    actor: str
    role: Role
    now: int
    op_id: str = ""


class Command(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", omit_defaults=True):
    """Base of all commands."""

    roles: ClassVar[tuple[Role, ...]] = PARTICIPANT


# ---- participants


class Join(Command, frozen=True, tag="join"):
    """Come in. Repeatable: who is in stays in."""


class Describe(Command, frozen=True, tag="describe"):
    """Say which group (and side of the border) one speaks for, and whether for a funding institution. What is
    left out stays as it is."""

    group: Id
    territory: Id | None = None
    funder: bool | None = None


class NameMyself(Command, frozen=True, tag="name_myself"):
    """Give (or, with empty texts, take back) a name and an organisation. Kept beside the log."""

    name: RawText = ""
    organisation: RawText = ""


class AddItem(Command, frozen=True, tag="add_item"):
    """Write an item in the open gather run."""

    run: RunId
    column: Id
    title: RawText
    fields: dict[str, RawText] = {}
    sdgs: list[Annotated[int, Meta(ge=1, le=17)]] = []
    links: list[Id] = []


class ChangeItem(Command, frozen=True, tag="change_item"):
    """Rewrite one's own item while its run is open. ``revision`` is the one it replaces."""

    run: RunId
    item: Id
    revision: Revision
    title: RawText
    fields: dict[str, RawText] = {}
    sdgs: list[Annotated[int, Meta(ge=1, le=17)]] = []
    links: list[Id] = []


class WithdrawItem(Command, frozen=True, tag="withdraw_item"):
    """Take one's own item back while its run is open."""

    run: RunId
    item: Id


class CastBallot(Command, frozen=True, tag="cast_ballot"):
    """Judge one item in the open vote run or, by a method of one ballot for all items, the items together.
    How it is said depends on the method: a number of ``dots``, a ``choice``, ``scores`` (of criteria, or
    points of items), an ``order`` of items; with or without a ``reason``. None of them takes the ballot
    back."""

    run: RunId
    item: ItemId = ""
    dots: Count = 0
    revision: Revision = 0
    choice: Annotated[str, Meta(max_length=64)] = ""
    scores: dict[Id, Count] = {}
    order: Annotated[list[Id], Meta(max_length=1000)] = []
    reason: RawText = ""


class Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a sheet of paper says of one item, or of all together; as in :class:`CastBallot`."""

    choice: Annotated[str, Meta(max_length=64)] = ""
    scores: dict[Id, Count] = {}
    order: Annotated[list[Id], Meta(max_length=1000)] = []
    dots: Count = 0
    reason: RawText = ""


class Answer(Command, frozen=True, tag="answer"):
    """Answer one question of the open ask run: a number for a scale, a text for an open question, null to
    take it back."""

    run: RunId
    question: Id
    value: int | RawText | None
    revision: Revision = 0


# ---- facilitators


class OpenStage(Command, frozen=True, tag="open_stage"):
    """Open a stage; the one that is open is closed first. A stage that was open before runs again."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    stage: Id


class PauseStage(Command, frozen=True, tag="pause_stage"):
    """Hold the open run: nothing is accepted until it is resumed. Its timer is held too."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    run: RunId


class ResumeStage(Command, frozen=True, tag="resume_stage"):
    """Go on with a paused run."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    run: RunId


class CloseStage(Command, frozen=True, tag="close_stage"):
    """Close the open run. The system asks for it when a timer that was told to do so runs out."""

    roles: ClassVar[tuple[Role, ...]] = ("facilitator", "system")
    run: RunId


class RevealResult(Command, frozen=True, tag="reveal_result"):
    """Show the result of a closed vote or ask run to everyone."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    run: RunId


class StepBack(Command, frozen=True, tag="step_back"):
    """Undo the latest opening or closing of a stage. A closed run whose result is hidden opens again and
    keeps all it has; one that was revealed starts a new, marked run. ``run`` and ``stood`` say what it is to
    be undone from, as the console showed it: where somebody else has moved the workshop on meanwhile,
    nothing is undone."""

    run: RunId | None = None
    stood: Stood | None = None

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR


class SetTimer(Command, frozen=True, tag="set_timer"):
    """Set the open run's timer to ``seconds`` from now; ``close`` closes the stage then. 0 removes it. One
    that
    is held stays held."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    run: RunId
    seconds: Annotated[int, Meta(ge=0, le=36_000)]
    close: bool = False


class ExtendTimer(Command, frozen=True, tag="extend_timer"):
    """Add seconds to the timer, running, held or run out (then from now)."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    run: RunId
    seconds: Annotated[int, Meta(ge=1, le=36_000)]


class HoldTimer(Command, frozen=True, tag="hold_timer"):
    """Hold the timer, or let it run on."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    run: RunId
    held: bool


class HideItem(Command, frozen=True, tag="hide_item"):
    """Take an item off every page and out of the report, where it appears as a count only."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    item: Id


class ShowItem(Command, frozen=True, tag="show_item"):
    """Undo :class:`HideItem`."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    item: Id


class MergeItems(Command, frozen=True, tag="merge_items"):
    """Let ``items`` stand under ``into`` from now on (same stage and column). ``title``, if given, is what
    the merged item is called; the originals are kept."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    into: Id
    items: Annotated[list[Id], Meta(min_length=1, max_length=50)]
    title: RawText = ""


class UnmergeItem(Command, frozen=True, tag="unmerge_item"):
    """Let an item that was merged stand by itself again."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    item: Id


class EnterPaperBallot(Command, frozen=True, tag="enter_paper_ballot"):
    """Type in one person's paper ballot for a vote run that is not revealed yet: open, paused or closed.
    ``voter`` is the number written on the sheet; the same number again replaces that sheet's ballot. A
    refusal names the ``item`` and ``column`` of the line that does not fit."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    run: RunId
    voter: Annotated[str, Meta(pattern=r"^[0-9]{1,4}\Z")]
    group: Id
    dots: dict[str, Count] = {}
    territory: Id | None = None
    ballots: dict[ItemId, Sheet] = {}
    """What is not dots: item (or "") to what the sheet says of it."""


class CorrectGroup(Command, frozen=True, tag="correct_group"):
    """Correct a person's group or side after they have voted; the record says who did it. What is left out
    stays
    as it is."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    person: Id
    group: Id
    territory: Id | None = None
    funder: bool | None = None


class SetDoor(Command, frozen=True, tag="set_door"):
    """Open or close the door; people who are in stay in."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    open: bool


class DescribeWorkshop(Command, frozen=True, tag="describe_workshop"):
    """Correct what the workshop is called and, before its first stage was opened, what region it is about,
    who convened it and on which day (``2026-03-14``, or empty). What is left out stays as it is."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    title: RawText
    territory: RawText | None = None
    convener: RawText | None = None
    date: Annotated[str, Meta(max_length=10)] | None = None


class EndWorkshop(Command, frozen=True, tag="end_workshop"):
    """End: the open run is closed, nothing more is accepted."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR


class ReopenWorkshop(Command, frozen=True, tag="reopen_workshop"):
    """Undo :class:`EndWorkshop`."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR


AnyCommand = (
    Join
    | Describe
    | NameMyself
    | AddItem
    | ChangeItem
    | WithdrawItem
    | CastBallot
    | Answer
    | OpenStage
    | PauseStage
    | ResumeStage
    | CloseStage
    | RevealResult
    | StepBack
    | SetTimer
    | ExtendTimer
    | HoldTimer
    | HideItem
    | ShowItem
    | MergeItems
    | UnmergeItem
    | EnterPaperBallot
    | CorrectGroup
    | SetDoor
    | DescribeWorkshop
    | EndWorkshop
    | ReopenWorkshop
)
