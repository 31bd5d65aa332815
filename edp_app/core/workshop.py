"""The rules of a workshop: what a command leads to (``decide``) and what an event changes (``evolve``).

Both only look up who handles what: the people, the agenda, the curation of items, the description of the
workshop, and the kinds of stage each bring their tables. Nothing here knows a stage, a method or a page by
name.
"""

from collections.abc import Iterable, Sequence

from edp_app.core import (
    agenda,
    arranging,
    bringing,
    curation,
    describing,
    door,
    editing,
    moderation,
    people,
    planning,
    seats,
    undo,
)
from edp_app.core.commands import (
    PARTICIPANT,
    ApproveItem,
    ApproveItems,
    ApproveTexts,
    Command,
    Context,
    Describe,
    EndWorkshop,
    HideItem,
    HoldItems,
    HoldTexts,
    Join,
    MakeBadges,
    NameMyself,
    RefuseText,
    RemakeBadge,
    ReopenWorkshop,
    RevealResult,
    ShowItem,
    StepBack,
    TranslateItem,
    VoidBadges,
)
from edp_app.core.definition import RULES, Definition
from edp_app.core.events import (
    Answered,
    BadgeRemade,
    BallotCast,
    CardFilled,
    Erased,
    Event,
    ItemAdded,
    ItemApproved,
    ItemChanged,
    ItemHeld,
    ItemWithdrawn,
    Recorded,
    WorkshopCreated,
)
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.registry import Decides, Decision, Evolves, RunDecides
from edp_app.core.stages import KINDS, kind_by_id
from edp_app.core.state import State

_DECIDES: Decides = {
    **people.DECIDES,
    **door.DECIDES,
    **seats.DECIDES,
    **agenda.DECIDES,
    **bringing.DECIDES,
    **curation.DECIDES,
    **moderation.DECIDES,
    **describing.DECIDES,
    **editing.DECIDES,
    **planning.DECIDES,
    **arranging.DECIDES,
}
_RUN_DECIDES: RunDecides = {command: f for kind in KINDS for command, f in kind.decides.items()}
_EVOLVES: Evolves = {
    **people.EVOLVES,
    **door.EVOLVES,
    **seats.EVOLVES,
    **agenda.EVOLVES,
    **bringing.EVOLVES,
    **curation.EVOLVES,
    **moderation.EVOLVES,
    **describing.EVOLVES,
    **editing.EVOLVES,
    **planning.EVOLVES,
    **arranging.EVOLVES,
    **{event: f for kind in KINDS for event, f in kind.evolves.items()},
}
AFTER_THE_END: frozenset[type] = frozenset(
    (
        Join,
        NameMyself,
        RevealResult,
        HideItem,
        ShowItem,
        ApproveItem,
        ApproveItems,
        HoldItems,
        ApproveTexts,
        RefuseText,
        HoldTexts,
        TranslateItem,
        StepBack,
        EndWorkshop,
        ReopenWorkshop,
    )
)
"""What may still be asked once the workshop has ended: coming back, a name given or taken back, revealing
what was voted, taking an insult out of the report, approving what waits so that it comes into it, a line of
translation, and undoing the end. Nothing that changes what was contributed or counted."""
AT_THE_DOOR: frozenset[type] = frozenset((Describe, NameMyself))
"""What somebody who waits may say, so that the facilitator sees who it is."""
HANDLED: frozenset[type] = frozenset(_DECIDES) | frozenset(_RUN_DECIDES)
FOLDED: frozenset[type] = frozenset(_EVOLVES) | {WorkshopCreated, Erased}


def creation(definition: Definition, code: str, owner: str, rehearsal_of: str = "") -> WorkshopCreated:
    """The first event of a new workshop's log; of a copy to rehearse with, if another's id is given."""
    return WorkshopCreated(
        definition=definition, code=code, owner=owner, rules=RULES, rehearsal_of=rehearsal_of
    )


def decide(state: State, command: Command, ctx: Context) -> Decision:
    """What ``command`` leads to: events to append (none if there is nothing to do), or why not.

    Pure: reads ``state``, changes nothing, knows no clock. Whether ``ctx.actor`` is who they say has been
    settled before; whether they may ask for this is settled here.
    """
    if ctx.role not in command.roles:
        return refuse("not_allowed")
    if ctx.role in PARTICIPANT and ctx.actor not in state.persons and not isinstance(command, Join):
        if not state.somebody(ctx.actor):
            return refuse("not_joined")
        if type(command) not in AT_THE_DOOR:
            return refuse("not_admitted")
    if state.ended and type(command) not in AFTER_THE_END:
        return refuse("workshop_ended")
    if handler := _DECIDES.get(type(command)):
        return handler(state, command, ctx)
    return _decide_in_run(state, command, ctx)


def _decide_in_run(state: State, command: Command, ctx: Context) -> Decision:
    """Commands that name a run: it must be of a kind that takes them, and the one that is open; or closed and
    not revealed yet, for what the kind takes so late."""
    run = agenda.known_run(state, getattr(command, "run", ""))
    if isinstance(run, Refusal):
        return run
    kind = kind_by_id(run.kind)
    handler = kind.decides.get(type(command))
    if handler is None:
        return refuse("unknown_run")
    if not run.running:
        if type(command) not in kind.late:
            return refuse("stage_closed")
        if run.revealed:
            return refuse("result_revealed")
    if ctx.role in PARTICIPANT:
        if run.status == "paused":
            return refuse("stage_paused")
        if state.persons[ctx.actor].group is None:
            return refuse("group_needed")
    return handler(state, run, command, ctx)


def evolve(state: State, recorded: Recorded) -> None:
    """Fold one event into ``state``, in place. Events come in order of ``seq``, each once.

    Raises ``ValueError`` for a gap, which would mean a broken log.
    """
    if recorded.seq != state.seq + 1:
        raise ValueError(f"event {recorded.seq} after {state.seq}")
    state.seq, state.at, state.digest = recorded.seq, recorded.at, recorded.digest
    event = recorded.event
    if isinstance(event, Erased) or getattr(event, "erased", False):
        state.erased += 1
    if isinstance(event, WorkshopCreated):
        state.definition, state.code, state.owner = event.definition, event.code, event.owner
        state.rules, state.created_at = event.rules, recorded.at
        state.rehearsal = bool(event.rehearsal_of)
        state.moderated = event.definition.moderated
    elif not isinstance(event, Erased):
        undo.remember(state, recorded)
        _EVOLVES[type(event)](state, event, recorded.at, recorded.actor)
        if person := state.persons.get(_gave(event, recorded.actor)):
            person.acted = True
            planning.settle(state)
        if type(event) in _CURATIONS:
            state.curations += 1
            if run := state.open_run():
                run.contributions += 1  # a stage in which something was sorted was held


def _gave(event: Event, actor: str) -> str:
    """Who has written, judged or answered something by this event; "" where nobody has."""
    match event:
        case ItemAdded():
            return event.author
        case BallotCast() | Answered():
            return event.voter
        case CardFilled():
            return actor
    return ""


_CURATIONS = {*curation.EVOLVES, ItemApproved, ItemHeld, ItemChanged, ItemWithdrawn}
"""Events after which a closed run's result may call its items otherwise: an author may do so, too, when the
gathering is opened again."""


def fold(log: Iterable[Recorded]) -> State:
    """The state of a workshop after these events, from the first."""
    state = State()
    for recorded in log:
        evolve(state, recorded)
    return state


def names_beside(command: Command, actor: str, recorded: Sequence[Recorded]) -> list[tuple[str, str, str]]:
    """Whose name and organisation an accepted command wants stored beside the log, and these (both empty:
    taken away): its actor's, those of the badges that it made or took back, or of whom it put out.
    ``recorded``: what it led to."""
    if isinstance(command, MakeBadges) and recorded:
        return door.badge_names(command, recorded[0].seq)
    if isinstance(command, RemakeBadge):
        made = (one.event for one in recorded)
        return [(one.person, "", "") for one in made if isinstance(one, BadgeRemade) and one.person]
    if isinstance(command, VoidBadges):
        return [(badge, "", "") for badge in command.badges]
    if not isinstance(command, NameMyself):
        return []
    names = people.names_of(command)
    return [] if isinstance(names, Refusal) else [(actor, *names)]
