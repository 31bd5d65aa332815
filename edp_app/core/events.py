"""What happened in a workshop: the payloads of the log, one type for each kind of event.

A payload is stored as canonical JSON under its ``kind`` and ``version`` (see :mod:`edp_app.core.canonical`);
a kind's meaning never changes once a workshop was run with it: a new version gets an upcaster. Who did it
and when stand beside the payload, in :class:`Recorded`. ``voter`` and ``author`` say whom it counts for,
which is another person than the actor where a facilitator types in a sheet of paper.

Events that hold what somebody wrote have ``erased``: 0, or the version in which that is written what was left
when the words were erased (see :mod:`edp_app.core.erasing`).
"""

from typing import ClassVar, Literal

import msgspec

from edp_app.core.definition import Definition, Stage
from edp_app.core.parts import Group, Territory


class Event(msgspec.Struct, frozen=True, tag_field="kind", omit_defaults=True):
    """Base of all payloads. ``version`` counts the changes to a kind's shape."""

    version: ClassVar[int] = 1


class WorkshopCreated(Event, frozen=True, tag="workshop_created"):
    """The first event of every log. ``code`` is the six digits; ``owner`` the facilitator's account;
    ``rehearsal_of`` the id of the workshop of which this is a copy to rehearse with."""

    definition: Definition
    code: str
    owner: str
    rules: int
    rehearsal_of: str = ""


class WorkshopDescribed(Event, frozen=True, tag="workshop_described"):
    """What the workshop is called from now on, what region it is about, who convened it, on which day, how
    people come in, the language of screen and report, and how results protect people: all seven, whether or
    not they changed. What of the last three is empty (in older records) changes nothing."""

    title: str
    territory: str = ""
    convener: str = ""
    date: str = ""
    door: str = ""
    language: str = ""
    privacy: str = ""


class WorkshopEdited(Event, frozen=True, tag="workshop_edited"):
    """The workshop has these stages from now on, in this order, and these groups and territories: all of
    them, whether or not they changed. What was planned otherwise for a stage is in its minutes; what was left
    out stays left out."""

    stages: list[Stage]
    groups: list[Group]
    territories: list[Territory] = []
    starts: str | None = None
    """The time of day at which it is to begin, and to end (``ends``); None: as it was."""
    ends: str | None = None


class PeopleExpected(Event, frozen=True, tag="people_expected"):
    """How many people of each group, and from each territory, are expected from now on; of those left out
    nothing is said."""

    expected: dict[str, int]
    territories: dict[str, int] = {}


class CodeGiven(Event, frozen=True, tag="code_given"):
    """The six digits are others from now on: where the workshop was brought to, its own were taken."""

    code: str


class DoorSet(Event, frozen=True, tag="door_set"):
    open: bool


class Joined(Event, frozen=True, tag="joined"):
    """Somebody is in. ``badge``: the one by which they came."""

    person: str
    badge: str = ""


class PersonWaiting(Event, frozen=True, tag="person_waiting"):
    """Somebody asked to come in and waits at the door."""

    person: str


class PersonAdmitted(Event, frozen=True, tag="person_admitted"):
    """Somebody who waited, or was turned away, is in."""

    person: str


class PersonTurnedAway(Event, frozen=True, tag="person_turned_away"):
    """Somebody who waited was not let in."""

    person: str


class PersonPutBack(Event, frozen=True, tag="person_put_back"):
    """Somebody who was let in, or turned away, waits again."""

    person: str


class HeadsCounted(Event, frozen=True, tag="heads_counted"):
    """How many people a facilitator counted in the room; None: the count was taken back."""

    heads: int | None


class BadgeMade(Event, frozen=True, tag="badge_made"):
    """An invitation. ``digest`` is the SHA-256 of the badge's secret, which stands nowhere; ``mark`` what it
    is made from together with the installation's key. ``named``: a name or an organisation stands beside the
    log, under the badge's id."""

    badge: str
    mark: str
    digest: str
    group: str
    territory: str | None = None
    funder: bool = False
    named: bool = False


class BadgeRemade(Event, frozen=True, tag="badge_remade"):
    """The badge has another secret and the old one is void. ``person``: who had come in with it, and is out
    again; empty: nobody."""

    badge: str
    mark: str
    digest: str
    person: str = ""


class BadgeHandedOn(Event, frozen=True, tag="badge_handed_on"):
    """The badge has another secret, and the next phone that shows it is the person who came in with it."""

    badge: str
    mark: str
    digest: str


class PhoneChanged(Event, frozen=True, tag="phone_changed"):
    """Somebody goes on with another phone, by a badge that was handed on; those before are nobody's."""

    person: str
    phone: str


class BadgeVoided(Event, frozen=True, tag="badge_voided"):
    """The invitation was taken back."""

    badge: str


class Described(Event, frozen=True, tag="described"):
    """A person's group, side and mark. The actor is not ``person`` where a facilitator corrects it."""

    person: str
    group: str
    territory: str | None = None
    funder: bool = False


class Named(Event, frozen=True, tag="named"):
    """A name or an organisation was given (or taken back); the words themselves stand beside the log."""

    person: str
    given: bool
    erased: int = 0


class SeatTaken(Event, frozen=True, tag="seat_taken"):
    """One more person at a phone that several share. ``person`` is the phone's id, a dot, and the seat's own
    name; the actor is the phone."""

    person: str
    group: str
    territory: str | None = None
    funder: bool = False


class PaperVoterAdded(Event, frozen=True, tag="paper_voter_added"):
    """Somebody who votes on paper, or their group and side corrected. ``run``: the closed vote for which the
    sheet came in late; there the person counts for this group, too."""

    person: str
    group: str
    territory: str | None = None
    run: str = ""


class StageOpened(Event, frozen=True, tag="stage_opened"):
    """A run begins. ``again_after`` names the run of the same stage that came before; ``closes`` the run that
    the same press of a button closed."""

    stage: str
    run: str
    again_after: str | None = None
    closes: str | None = None


class StagePaused(Event, frozen=True, tag="stage_paused"):
    run: str


class StageResumed(Event, frozen=True, tag="stage_resumed"):
    run: str


class StageClosed(Event, frozen=True, tag="stage_closed"):
    run: str


class StageReopened(Event, frozen=True, tag="stage_reopened"):
    """A run that was closed and not revealed goes on, with everything it has. ``closes`` as in
    :class:`StageOpened`."""

    run: str
    closes: str | None = None


class StageCancelled(Event, frozen=True, tag="stage_cancelled"):
    """A run that was opened by mistake and got nothing is as if it had not been opened."""

    run: str


class ResultRevealed(Event, frozen=True, tag="result_revealed"):
    run: str


class TimerSet(Event, frozen=True, tag="timer_set"):
    """``ends_at`` (ms) while it runs; ``left`` (ms) while it does not; neither: there is none. ``held``: by
    hand,
    so that it does not run on when a paused stage does."""

    run: str
    ends_at: int | None = None
    left: int | None = None
    close: bool = False
    held: bool = False


class StagePlanned(Event, frozen=True, tag="stage_planned"):
    """What is planned for a stage from now on: its minutes, and whether it is left out."""

    stage: str
    minutes: int
    skipped: bool = False


class StageMoved(Event, frozen=True, tag="stage_moved"):
    """A stage comes directly ``after`` another one from now on; "": it is the first."""

    stage: str
    after: str = ""


class StageAdded(Event, frozen=True, tag="stage_added"):
    """A stage was put in while the workshop ran, as it then stands in the definition; ``after`` as in
    :class:`StageMoved`. ``weighs``: the votes, none of them opened yet, that take their weights from it since
    then."""

    stage: Stage
    after: str = ""
    weighs: list[str] = []


class StageRemoved(Event, frozen=True, tag="stage_removed"):
    """A stage that was put in is taken out again; it was never opened. A vote that took its weights from it
    has its own again."""

    stage: str


class EndPlanned(Event, frozen=True, tag="end_planned"):
    """When the workshop is to end, and to begin (ms since 1970, UTC); None: that is open."""

    ends_at: int | None = None
    starts_at: int | None = None


class RoomReminded(Event, frozen=True, tag="room_reminded"):
    """Who is waited for in front of everybody, until a stage is opened or closed; no group: nobody."""

    group: str | None = None
    about: Literal["here", "answered"] = "here"


class ItemAdded(Event, frozen=True, tag="item_added"):
    """``waiting``: for a facilitator to approve it."""

    item: str
    run: str
    author: str
    column: str
    title: str
    fields: dict[str, str] = {}
    sdgs: list[int] = []
    links: list[str] = []
    erased: int = 0
    waiting: bool = False


class ItemBrought(Event, frozen=True, tag="item_brought"):
    """A statement, or an earlier priority, that a facilitator gave a gather stage: in no run, and nobody's.
    ``source``: a line that says where it comes from; ``translations``: language to the line beside it."""

    item: str
    stage: str
    column: str
    title: str
    source: str = ""
    translations: dict[str, str] = {}
    erased: int = 0


class ItemChanged(Event, frozen=True, tag="item_changed"):
    """``waiting`` as in :class:`ItemAdded`: a text that was approved and rewritten is another one."""

    item: str
    revision: int
    title: str
    fields: dict[str, str] = {}
    sdgs: list[int] = []
    links: list[str] = []
    erased: int = 0
    waiting: bool = False


class ItemWithdrawn(Event, frozen=True, tag="item_withdrawn"):
    item: str


class ItemHidden(Event, frozen=True, tag="item_hidden"):
    item: str


class ItemShown(Event, frozen=True, tag="item_shown"):
    item: str


class ItemsMerged(Event, frozen=True, tag="items_merged"):
    into: str
    items: list[str]
    title: str = ""
    erased: int = 0


class ItemUnmerged(Event, frozen=True, tag="item_unmerged"):
    """``renames``: nothing is left of the merge that named what it stood under, so that the name from before
    that merge stands again. (In older records the name stayed as long as anything stood there.)"""

    item: str
    renames: bool = False


class ModerationSet(Event, frozen=True, tag="moderation_set"):
    """Whether what people write waits for a facilitator from now on."""

    on: bool


class ItemApproved(Event, frozen=True, tag="item_approved"):
    item: str


class ItemHeld(Event, frozen=True, tag="item_held"):
    """An approval was undone: the item waits again."""

    item: str


class ItemsToldApart(Event, frozen=True, tag="items_told_apart"):
    """Any two of these do not say the same; ``apart`` false: that was undone."""

    items: list[str]
    apart: bool = True


class ItemTranslated(Event, frozen=True, tag="item_translated"):
    """A line in ``language`` stands beside what the item is called at this moment; empty: not any more."""

    item: str
    language: str
    text: str = ""
    erased: int = 0


class BallotCast(Event, frozen=True, tag="ballot_cast", kw_only=True):
    """One voter's judgement of one item in one run (or, item "", of all its items), replacing the one before.
    What the run's method has no use for is left out; with nothing in it the ballot is taken back. ``signed``:
    the voter's name, which stands beside the log, may stand beside the reason in the report."""

    version: ClassVar[int] = 2
    run: str
    voter: str
    item: str
    dots: int = 0
    revision: int
    choice: str = ""
    scores: dict[str, int] = {}
    order: list[str] = []
    reason: str = ""
    signed: bool = False
    erased: int = 0


class Answered(Event, frozen=True, tag="answered"):
    """One person's answer to one question, replacing the one before; None takes it back."""

    run: str
    voter: str
    question: str
    value: int | str | None
    revision: int
    erased: int = 0


class CardFilled(Event, frozen=True, tag="card_filled"):
    """One field of an item's card, as its actor wrote it, in the place of what stood there before; an empty
    ``value`` takes it back. ``waiting``: for a facilitator to approve it, as text ``t`` and the position of
    this event; what stands there stays until then."""

    run: str
    item: str
    field: str
    value: str
    revision: int
    erased: int = 0
    waiting: bool = False


class CardTextSettled(Event, frozen=True, tag="card_text_settled"):
    """A text that waited was put on its card, or not taken over."""

    run: str
    text: str
    approved: bool


class CardTextHeld(Event, frozen=True, tag="card_text_held"):
    """It waits again, and what had stood on the card before stands there again."""

    run: str
    text: str


class WorkshopEnded(Event, frozen=True, tag="workshop_ended"):
    pass


class WorkshopReopened(Event, frozen=True, tag="workshop_reopened"):
    pass


class Erased(Event, frozen=True, tag="erased"):
    """What stands for an event of which nothing was left when it was erased: folding it changes nothing."""


AnyEvent = (
    WorkshopCreated
    | WorkshopDescribed
    | WorkshopEdited
    | PeopleExpected
    | CodeGiven
    | DoorSet
    | Joined
    | PersonWaiting
    | PersonAdmitted
    | PersonTurnedAway
    | PersonPutBack
    | HeadsCounted
    | BadgeMade
    | BadgeRemade
    | BadgeHandedOn
    | PhoneChanged
    | BadgeVoided
    | Described
    | Named
    | SeatTaken
    | PaperVoterAdded
    | StageOpened
    | StagePaused
    | StageResumed
    | StageClosed
    | StageReopened
    | StageCancelled
    | ResultRevealed
    | TimerSet
    | StagePlanned
    | StageMoved
    | StageAdded
    | StageRemoved
    | EndPlanned
    | RoomReminded
    | ItemAdded
    | ItemBrought
    | ItemChanged
    | ItemWithdrawn
    | ItemHidden
    | ItemShown
    | ItemsMerged
    | ItemUnmerged
    | ModerationSet
    | ItemApproved
    | ItemHeld
    | ItemsToldApart
    | ItemTranslated
    | BallotCast
    | Answered
    | CardFilled
    | CardTextSettled
    | CardTextHeld
    | WorkshopEnded
    | WorkshopReopened
    | Erased
)


class Recorded(msgspec.Struct, frozen=True):
    """An event as it stands in the log. ``at`` is in ms since 1970 and never runs backwards; ``digest`` is
    the hex chain digest up to and including this event."""

    seq: int
    at: int
    actor: str
    event: AnyEvent
    digest: str
