"""What happened in a workshop: the payloads of the log, one type for each kind of event.

A payload is stored as canonical JSON under its ``kind`` and ``version`` (see :mod:`edp_app.core.canonical`);
a kind's meaning never changes once a workshop was run with it: a new version gets an upcaster. Who did it
and when stand beside the payload, in :class:`Recorded`. ``voter`` and ``author`` say whom it counts for,
which is another person than the actor where a facilitator types in a sheet of paper.

Events that hold what somebody wrote have ``erased``: 0, or the version in which that is written what was left
when the words were erased (see :mod:`edp_app.core.erasing`).
"""

from typing import ClassVar

import msgspec

from edp_app.core.definition import Definition


class Event(msgspec.Struct, frozen=True, tag_field="kind", omit_defaults=True):
    """Base of all payloads. ``version`` counts the changes to a kind's shape."""

    version: ClassVar[int] = 1


class WorkshopCreated(Event, frozen=True, tag="workshop_created"):
    """The first event of every log. ``code`` is the six digits; ``owner`` the facilitator's account."""

    definition: Definition
    code: str
    owner: str
    rules: int


class WorkshopDescribed(Event, frozen=True, tag="workshop_described"):
    """What the workshop is called from now on, what region it is about, who convened it, on which day: all
    four, whether or not they changed."""

    title: str
    territory: str = ""
    convener: str = ""
    date: str = ""


class CodeGiven(Event, frozen=True, tag="code_given"):
    """The six digits are others from now on: where the workshop was brought to, its own were taken."""

    code: str


class DoorSet(Event, frozen=True, tag="door_set"):
    open: bool


class Joined(Event, frozen=True, tag="joined"):
    person: str


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


class ItemAdded(Event, frozen=True, tag="item_added"):
    item: str
    run: str
    author: str
    column: str
    title: str
    fields: dict[str, str] = {}
    sdgs: list[int] = []
    links: list[str] = []
    erased: int = 0


class ItemChanged(Event, frozen=True, tag="item_changed"):
    item: str
    revision: int
    title: str
    fields: dict[str, str] = {}
    sdgs: list[int] = []
    links: list[str] = []
    erased: int = 0


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
    item: str


class BallotCast(Event, frozen=True, tag="ballot_cast", kw_only=True):
    """One voter's judgement of one item in one run (or, item "", of all its items), replacing the one before.
    What the run's method has no use for is left out; with nothing in it the ballot is taken back."""

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
    erased: int = 0


class Answered(Event, frozen=True, tag="answered"):
    """One person's answer to one question, replacing the one before; None takes it back."""

    run: str
    voter: str
    question: str
    value: int | str | None
    revision: int
    erased: int = 0


class WorkshopEnded(Event, frozen=True, tag="workshop_ended"):
    pass


class WorkshopReopened(Event, frozen=True, tag="workshop_reopened"):
    pass


class Erased(Event, frozen=True, tag="erased"):
    """What stands for an event of which nothing was left when it was erased: folding it changes nothing."""


AnyEvent = (
    WorkshopCreated
    | WorkshopDescribed
    | CodeGiven
    | DoorSet
    | Joined
    | Described
    | Named
    | PaperVoterAdded
    | StageOpened
    | StagePaused
    | StageResumed
    | StageClosed
    | StageReopened
    | StageCancelled
    | ResultRevealed
    | TimerSet
    | ItemAdded
    | ItemChanged
    | ItemWithdrawn
    | ItemHidden
    | ItemShown
    | ItemsMerged
    | ItemUnmerged
    | BallotCast
    | Answered
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
