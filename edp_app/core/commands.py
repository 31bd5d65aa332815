"""What may be asked of a workshop. One type for each, told apart by ``type``; other fields are not accepted.

The identity of whoever asks is never in a command: it comes from the connection, as :class:`Context`.
``roles`` says who may ask at all; everything else is decided in :mod:`edp_app.core.workshop`.
"""

from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from edp_app.core.definition import MOST_STATEMENTS, Clock, Door, Language, Privacy, Stage
from edp_app.core.formats.library import Library
from edp_app.core.parts import Group, Territory

Id = Annotated[str, Meta(min_length=1, max_length=64)]
RunId = Annotated[str, Meta(min_length=1, max_length=64)]
Seat = Annotated[str, Meta(pattern=r"^[a-z0-9]{0,8}\Z")]
"""A seat at a phone that several people share; "" is whoever joined with it."""
RawText = Annotated[str, Meta(max_length=5000)]
Revision = Annotated[int, Meta(ge=0, le=1_000_000)]
Count = Annotated[int, Meta(ge=0, le=1000)]
Mark = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{8,40}\Z")]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
ItemId = Annotated[str, Meta(max_length=64)]
"""An item, or "" for all of a vote's items together."""
Role = Literal["participant", "facilitator", "assistant", "system"]
"""``assistant`` helps the facilitator in the room: with items, paper and the door, not with the course of the
workshop."""

Stood = Literal["running", "closed", "revealed", "ended"]
"""How a workshop stands: its latest run is open or paused, closed, or its result shown; or it has ended."""

PARTICIPANT: tuple[Role, ...] = ("participant",)
FACILITATOR: tuple[Role, ...] = ("facilitator",)
HELPERS: tuple[Role, ...] = ("facilitator", "assistant")
"""For what tends to the items, the paper and who waits at the door, and leaves the course of the workshop as
it is."""


class Context(msgspec.Struct, frozen=True):
    """Who asks, and when. ``actor`` is ``p:…`` for a participant, ``f:…`` for a facilitator, ``system``.

    ``now`` is in milliseconds since 1970, UTC. ``library``: the stages that there are to be added.
    """

    actor: str
    role: Role
    now: int
    op_id: str = ""
    library: Library = Library()


class Command(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", omit_defaults=True):
    """Base of all commands."""

    roles: ClassVar[tuple[Role, ...]] = PARTICIPANT


# ---- participants


class Join(Command, frozen=True, tag="join"):
    """Come in; where each is let in, wait for that. Repeatable: who is in stays in. ``badge``: what the badge
    says by which one comes in, where badges were given."""

    badge: Annotated[str, Meta(max_length=64)] = ""


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
    back. ``signed``: whether the name that the voter gave may stand beside a reason against it."""

    run: RunId
    item: ItemId = ""
    dots: Count = 0
    revision: Revision = 0
    choice: Annotated[str, Meta(max_length=64)] = ""
    scores: dict[Id, Count] = {}
    order: Annotated[list[Id], Meta(max_length=1000)] = []
    reason: RawText = ""
    signed: bool = False
    seat: Seat = ""


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
    seat: Seat = ""


class FillCard(Command, frozen=True, tag="fill_card"):
    """Write one field of an item's card anew, which everybody shares; an empty text takes it back.
    ``revision`` is the one it replaces: where somebody else has written meanwhile, it is refused as
    ``outdated``. Facilitators may until the end of the workshop, people while the run is open. Where what
    people write waits for approval, this does, too, and is refused as ``outdated`` by nothing."""

    roles: ClassVar[tuple[Role, ...]] = ("participant", "facilitator", "assistant")
    run: RunId
    item: Id
    field: Id
    value: RawText
    revision: Revision = 0


class TakeSeat(Command, frozen=True, tag="take_seat"):
    """One more person at this phone, who votes for themselves under ``seat``, a name that the phone makes;
    or, for one who sits there, another group, as by :class:`Describe`. What is left out stays as it is."""

    seat: Annotated[str, Meta(pattern=r"^[a-z0-9]{1,8}\Z")]
    group: Id
    territory: Id | None = None
    funder: bool | None = None


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
    """Add seconds to the timer, running, held or run out (then from now). Where there is none, none begins
    by it."""

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

    roles: ClassVar[tuple[Role, ...]] = HELPERS
    item: Id


class ShowItem(Command, frozen=True, tag="show_item"):
    """Undo :class:`HideItem`."""

    roles: ClassVar[tuple[Role, ...]] = HELPERS
    item: Id


class MergeItems(Command, frozen=True, tag="merge_items"):
    """Let ``items`` stand under ``into`` from now on (same stage and column). ``title``, if given, is what
    the merged item is called; the originals are kept."""

    roles: ClassVar[tuple[Role, ...]] = HELPERS
    into: Id
    items: Annotated[list[Id], Meta(min_length=1, max_length=50)]
    title: RawText = ""


class UnmergeItem(Command, frozen=True, tag="unmerge_item"):
    """Let an item that was merged stand by itself again."""

    roles: ClassVar[tuple[Role, ...]] = HELPERS
    item: Id


Several = Annotated[list[Id], Meta(min_length=1, max_length=2000)]


class SetModeration(Command, frozen=True, tag="set_moderation"):
    """Have what people write from now on wait until it is approved, or not. ``approve``, when this is turned
    off: whatever waits then is approved; else it goes on waiting."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    on: bool
    approve: bool = False


class Brought(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One statement, or earlier priority. ``column`` may be left out where the stage has one only; ``source``
    is a line that says where it comes from; ``translations``: language to the line that stands beside it."""

    title: RawText
    column: Annotated[str, Meta(max_length=64)] = ""
    source: RawText = ""
    translations: dict[str, RawText] = {}


class BringItems(Command, frozen=True, tag="bring_items"):
    """Give a gather stage statements, or earlier priorities, that nobody in the room wrote: all of these, or
    none. Before the first stage was opened they become part of the workshop as it is prepared; after that
    they stand among the items of the stage at once, whether or not it was opened."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    stage: Id
    items: Annotated[list[Brought], Meta(min_length=1, max_length=MOST_STATEMENTS)]


class TakeBackItems(Command, frozen=True, tag="take_back_items"):
    """Undo :class:`BringItems`: these are gone. What was merged meanwhile is passed over; ``item_merged``
    where that is all of them."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    items: Annotated[list[Id], Meta(min_length=1, max_length=2 * MOST_STATEMENTS)]


class ApproveItem(Command, frozen=True, tag="approve_item"):
    """Let everyone see an item that waits."""

    roles: ClassVar[tuple[Role, ...]] = HELPERS
    item: Id


class ApproveItems(Command, frozen=True, tag="approve_items"):
    """Approve all of these that still wait; what was hidden or taken back meanwhile is passed over."""

    roles: ClassVar[tuple[Role, ...]] = HELPERS
    items: Several


class HoldItems(Command, frozen=True, tag="hold_items"):
    """Undo :class:`ApproveItem`: these wait again. What was merged meanwhile is passed over; ``item_merged``
    where that is all of them."""

    roles: ClassVar[tuple[Role, ...]] = HELPERS
    items: Several


class ApproveTexts(Command, frozen=True, tag="approve_texts"):
    """Let everyone see what was written on cards and waits, each in the place of what stands there. What was
    settled meanwhile is passed over."""

    roles: ClassVar[tuple[Role, ...]] = HELPERS
    texts: Several


class RefuseText(Command, frozen=True, tag="refuse_text"):
    """Do not take over what was written on a card and waits: its author is told, nobody else sees it."""

    roles: ClassVar[tuple[Role, ...]] = HELPERS
    text: Id


class HoldTexts(Command, frozen=True, tag="hold_texts"):
    """Undo :class:`ApproveTexts` and :class:`RefuseText`: these wait again, and what stood there before
    stands there again. What was written over since is passed over; ``outdated`` where that is all of them."""

    roles: ClassVar[tuple[Role, ...]] = HELPERS
    texts: Several


class TellApart(Command, frozen=True, tag="tell_apart"):
    """Say that these items do not say the same, any two of them, so that they are not suggested again; or,
    with ``apart`` false, undo it."""

    roles: ClassVar[tuple[Role, ...]] = HELPERS
    items: Annotated[list[Id], Meta(min_length=2, max_length=50)]
    apart: bool = True


class TranslateItem(Command, frozen=True, tag="translate_item"):
    """Have a line in another language stand beside what an item is called now; an empty one takes it away.
    The original stays as it was written."""

    roles: ClassVar[tuple[Role, ...]] = HELPERS
    item: Id
    language: Language
    text: RawText = ""


class EnterPaperBallot(Command, frozen=True, tag="enter_paper_ballot"):
    """Type in one person's paper ballot for a vote run that is not revealed yet: open, paused or closed.
    ``voter`` is the number written on the sheet; the same number again replaces that sheet's ballot, unless
    ``replaces`` is given: the revision that the console shows of the sheet, 0 for one that it does not show.
    Then a sheet that stands with another revision, and says something else, is refused as ``outdated``. A
    refusal names the ``item`` and ``column`` of the line that does not fit."""

    roles: ClassVar[tuple[Role, ...]] = HELPERS
    run: RunId
    voter: Annotated[str, Meta(pattern=r"^[0-9]{1,4}\Z")]
    group: Id
    dots: dict[str, Count] = {}
    territory: Id | None = None
    ballots: dict[ItemId, Sheet] = {}
    """What is not dots: item (or "") to what the sheet says of it."""
    replaces: Revision | None = None


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


class Admit(Command, frozen=True, tag="admit"):
    """Let somebody in who waits at the door, or was turned away."""

    roles: ClassVar[tuple[Role, ...]] = HELPERS
    person: Id


class AdmitAll(Command, frozen=True, tag="admit_all"):
    """Let everybody in who waits and whose number is at most ``upto``: those whom the console showed."""

    roles: ClassVar[tuple[Role, ...]] = HELPERS
    upto: Annotated[int, Meta(ge=1, le=1_000_000)]


class TurnAway(Command, frozen=True, tag="turn_away"):
    """Do not let somebody in who waits. Their phone asks no more; :class:`Admit` still lets them in."""

    roles: ClassVar[tuple[Role, ...]] = HELPERS
    person: Id


class PutBack(Command, frozen=True, tag="put_back"):
    """Undo :class:`Admit` or :class:`TurnAway`: the person waits again. Whoever has written, answered or
    voted stays in."""

    roles: ClassVar[tuple[Role, ...]] = HELPERS
    person: Id


class CountHeads(Command, frozen=True, tag="count_heads"):
    """Note how many people are in the room, to be held against the phones; null takes the count back."""

    roles: ClassVar[tuple[Role, ...]] = HELPERS
    heads: Annotated[int, Meta(ge=0, le=100_000)] | None = None


class NewBadge(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One line of an invitation list. ``mark`` is what the badge's secret is made from together with the
    installation's key, ``digest`` the SHA-256 of that secret. Name and organisation are kept beside the
    log."""

    mark: Mark
    digest: Sha256
    group: Id
    territory: Id | None = None
    funder: bool = False
    name: RawText = ""
    organisation: RawText = ""


class MakeBadges(Command, frozen=True, tag="make_badges"):
    """Invite: a badge for each, with the group and territory that it assigns. All of them, or none."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    badges: Annotated[list[NewBadge], Meta(min_length=1, max_length=1000)]


class RemakeBadge(Command, frozen=True, tag="remake_badge"):
    """Make a lost badge anew; the old one is void. Somebody who came in with it and has done nothing yet is
    out again. Once they have, it is refused, unless the new badge is to hand that person on: whoever comes in
    with it is the same person on another phone, and the phone before is nobody's."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    badge: Id
    mark: Mark
    digest: Sha256
    hand_on: bool = False


class VoidBadges(Command, frozen=True, tag="void_badges"):
    """Take back invitations that nobody has used. All of them, or none."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    badges: Annotated[list[Id], Meta(min_length=1, max_length=1000)]


class DescribeWorkshop(Command, frozen=True, tag="describe_workshop"):
    """Correct what the workshop is called and in which language screen and report are and, before its first
    stage was opened, what region it is about, who convened it, on which day (``2026-03-14``, or empty), and
    how people come in; how results protect people, before anybody has come. What is left out stays as it
    is."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    title: RawText
    territory: RawText | None = None
    convener: RawText | None = None
    date: Annotated[str, Meta(max_length=10)] | None = None
    door: Door | None = None
    language: Language | None = None
    privacy: Privacy | None = None


class EditWorkshop(Command, frozen=True, tag="edit_workshop"):
    """Prepare the workshop otherwise, before its first stage was opened: these are its stages from now on,
    in this order, with all their settings; and, before anybody has come or was invited, these its groups and
    its territories; and its times of day. What is left out stays as it is. ``edition`` is that of the stages
    which this replaces; where somebody else has changed them since, it is refused as ``outdated``."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    edition: Annotated[int, Meta(ge=0)]
    stages: Annotated[list[Stage], Meta(min_length=1, max_length=60)]
    groups: Annotated[list[Group], Meta(min_length=2, max_length=12)] | None = None
    territories: Annotated[list[Territory], Meta(max_length=6)] | None = None
    starts: Clock | None = None
    ends: Clock | None = None


class ExpectPeople(Command, frozen=True, tag="expect_people"):
    """Say how many people of each group are expected; of a group that is left out nothing is said. Where
    nothing is said of any, it is those who were given a badge."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    expected: dict[Id, Annotated[int, Meta(ge=0, le=100_000)]]
    territories: dict[Id, Annotated[int, Meta(ge=0, le=100_000)]] | None = None
    """The same of each territory; left out, what was said of them stays."""


class PlanStage(Command, frozen=True, tag="plan_stage"):
    """Plan other minutes for a stage that is not closed yet, leave one out that was not opened yet, or bring
    it back. What is left out of the command stays as it is."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    stage: Id
    minutes: Annotated[int, Meta(ge=1, le=600)] | None = None
    skipped: bool | None = None


class MoveStage(Command, frozen=True, tag="move_stage"):
    """Have a stage that was not opened yet come directly ``after`` another one; "" is the beginning. None
    goes before one that it needs."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    stage: Id
    after: Annotated[str, Meta(max_length=64)] = ""


class AddStage(Command, frozen=True, tag="add_stage"):
    """Put a stage of the library into the agenda, ``after`` another one, under its own title and with its own
    minutes if none are given. What it refers to is chosen from the stages before it: what was written there
    (``of``), evidence (``links_to``), a first round (``second_of``), agreed weights (``weights_from``).
    ``prompt``: another question than the library's, in the workshop's language and in any other; where a
    language has none, one of these is shown."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    preset: Id
    after: Annotated[str, Meta(max_length=64)] = ""
    title: RawText = ""
    prompt: dict[Language, RawText] = {}
    minutes: Annotated[int, Meta(ge=1, le=600)] | None = None
    of: Id | None = None
    links_to: Id | None = None
    second_of: Id | None = None
    weights_from: Id | None = None


class RemoveStage(Command, frozen=True, tag="remove_stage"):
    """Undo :class:`AddStage`, as long as the stage was not opened and no other one needs it."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    stage: Id


class PlanEnd(Command, frozen=True, tag="plan_end"):
    """Say when the workshop is to end (ms since 1970, UTC, within a year of now), or that this is open.
    Nothing is closed then; the console says what does not fit. ``starts_at``: when it is to begin, which
    counts until its first stage is opened; left out, it begins at any moment."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    ends_at: Annotated[int, Meta(ge=0)] | None = None
    starts_at: Annotated[int, Meta(ge=0)] | None = None


class RemindRoom(Command, frozen=True, tag="remind_room"):
    """Tell the whole room, on screen and phones, that somebody of ``group`` is still waited for: to come, or
    to send something in the open stage. It stays until a stage is opened or closed, or until all of them
    have come or answered; without a group it is taken away. Where one or two of the group are here, the room
    is asked for answers without naming it."""

    roles: ClassVar[tuple[Role, ...]] = FACILITATOR
    group: Id | None = None
    about: Literal["here", "answered"] = "here"


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
    | FillCard
    | TakeSeat
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
    | BringItems
    | TakeBackItems
    | SetModeration
    | ApproveItem
    | ApproveItems
    | HoldItems
    | ApproveTexts
    | RefuseText
    | HoldTexts
    | TellApart
    | TranslateItem
    | EnterPaperBallot
    | CorrectGroup
    | SetDoor
    | Admit
    | AdmitAll
    | TurnAway
    | PutBack
    | CountHeads
    | MakeBadges
    | RemakeBadge
    | VoidBadges
    | DescribeWorkshop
    | EditWorkshop
    | ExpectPeople
    | PlanStage
    | MoveStage
    | AddStage
    | RemoveStage
    | PlanEnd
    | RemindRoom
    | EndWorkshop
    | ReopenWorkshop
)
