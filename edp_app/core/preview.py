"""What a stage will look like, before anything has happened: a workshop that is folded in memory, with people
and contributions who are examples, up to the moment at which that stage was opened. Nothing of it is stored.

It is made by the rules themselves, from commands: whatever a phone and a screen show of it, they show of a
workshop that runs.
"""

import hashlib
from collections.abc import Callable, Iterator
from typing import NamedTuple, cast

import msgspec

from edp_app.core.commands import (
    AddItem,
    Answer,
    CastBallot,
    CloseStage,
    Command,
    Context,
    Describe,
    Join,
    OpenStage,
    RevealResult,
    Role,
)
from edp_app.core.definition import (
    AgreeMethod,
    AskSettings,
    CriteriaMethod,
    Definition,
    DotsMethod,
    GatherSettings,
    PointsMethod,
    RankingMethod,
    Stage,
    VoteSettings,
)
from edp_app.core.events import AnyEvent, Event, Recorded
from edp_app.core.plan import needs
from edp_app.core.refusals import Refusal
from edp_app.core.registry import Json
from edp_app.core.stages.vote import votable
from edp_app.core.state import Run, State
from edp_app.core.views import self_view, view
from edp_app.core.workshop import creation, decide, evolve

PHONE = "p:1"
"""Whose phone is shown."""

_PEOPLE = 3
"""Of each group: as many as it takes for a group's figures to be shown."""
_ITEMS = 4
"""Under one heading; under several, half as many under each."""
_LEADER = "f:1"

Called = Callable[[int], str]
"""What the n-th example of a contribution is called."""


class Preview(NamedTuple):
    """What a phone and the screen show. ``own``: what is the phone's own."""

    phone: Json
    own: Json
    screen: Json


def preview(
    definition: Definition, stage_id: str, *, code: str, now: int, called: Called, group: str = ""
) -> Preview:
    """A stage at the moment at which it is opened, on the phone of somebody of this group (the first one if
    there is none such) and on the screen. ``now`` in ms. Raises ``LookupError`` where there is no such
    stage."""
    groups = [one.id for one in definition.groups]
    first = group if group in groups else groups[0]
    stand_in = _StandIn(definition, code, now, sorted(groups, key=lambda one: one != first))
    stand_in.go_to(_stage(definition, stage_id), called)
    shown = [view(stand_in.state, audience) for audience in ("phone", "screen")]
    for one in shown:  # what the examples had to be spared
        one["workshop"]["way_in"] = definition.door
        if definition.moderated:
            one["workshop"]["moderated"] = True
    return Preview(shown[0], self_view(stand_in.state, PHONE), shown[1])


def _stage(definition: Definition, stage_id: str) -> Stage:
    found = definition.stage(stage_id)
    if found is None:
        raise LookupError(stage_id)
    return found


class _StandIn:
    """A workshop without a log, in which everybody came in and nothing waits for approval."""

    def __init__(self, definition: Definition, code: str, now: int, groups: list[str]) -> None:
        self.state = State()
        self._now = now
        open_to_all = msgspec.structs.replace(definition, door="open", moderated=False)
        self._append(creation(open_to_all, code, _LEADER), "system")
        sides = [one.id for one in definition.territories]
        self._people = [f"p:{n}" for n in range(1, _PEOPLE * len(groups) + 1)]
        for n, person in enumerate(self._people):
            self._do(Join(), person)
            side = sides[n % len(sides)] if sides else None
            self._do(Describe(group=groups[n // _PEOPLE], territory=side), person)

    def go_to(self, stage: Stage, called: Called) -> None:
        """Hold whatever this stage rests on, then open it."""
        for before in _before(self.state.definition, stage):
            self._hold(before, called)
        self._do(OpenStage(stage=stage.id))

    def _hold(self, stage: Stage, called: Called) -> None:
        self._do(OpenStage(stage=stage.id))
        run = self.state.now()
        if run is None:
            raise LookupError(stage.id)
        match stage.settings:
            case GatherSettings() as settings:
                self._write(run, settings, called)
            case VoteSettings() as settings:
                self._vote(run, settings)
            case AskSettings() as settings:
                for question in settings.questions:
                    if question.type == "scale":
                        for person in self._people:
                            self._do(Answer(run=run.id, question=question.id, value=question.last), person)
        self._do(CloseStage(run=run.id))
        if isinstance(stage.settings, VoteSettings | AskSettings):
            self._do(RevealResult(run=run.id))

    def _write(self, run: Run, settings: GatherSettings, called: Called) -> None:
        each = _ITEMS if len(settings.columns) == 1 else _ITEMS // 2
        wanted = [column.id for column in settings.columns for _ in range(each)]
        most = len(self._people) * settings.per_person
        for n, column in enumerate(wanted[:most]):
            author = self._people[n % len(self._people)]
            self._do(AddItem(run=run.id, column=column, title=called(n + 1)), author)

    def _vote(self, run: Run, settings: VoteSettings) -> None:
        """So that something passes, and that a second round has something to ask again: of scores, half of
        the room gives the lowest and half the highest."""
        items = list(votable(self.state, run))
        for n, person in enumerate(self._people):
            for ballot in _ballots(run.id, items, settings, n):
                self._do(ballot, person)

    def _do(self, command: Command, actor: str = _LEADER) -> None:
        role: Role = "facilitator" if actor == _LEADER else "participant"
        decision = decide(self.state, command, Context(actor, role, self._now))
        if isinstance(decision, Refusal):
            raise ValueError(f"{command} was refused: {decision.code}")
        for event in decision:
            self._append(event, actor)

    def _append(self, event: Event, actor: str) -> None:
        seq = self.state.seq + 1
        digest = hashlib.sha256(str(seq).encode()).hexdigest()
        evolve(self.state, Recorded(seq, self._now, actor, cast(AnyEvent, event), digest))


def _before(definition: Definition, stage: Stage) -> list[Stage]:
    """The stages that this one rests on, and those that they rest on, in their order."""
    wanted, more = {stage.id}, needs(stage)
    while more - wanted:
        wanted |= more
        more = {one for other in definition.stages if other.id in wanted for one in needs(other)}
    return [one for one in definition.stages if one.id in wanted - {stage.id}]


def _ballots(run: str, items: list[str], settings: VoteSettings, voter: int) -> Iterator[CastBallot]:
    """What the n-th voter gives. By the other methods nothing passes, so nothing rests on what is given."""
    favourite = items[voter % len(items)]
    match settings.method:
        case DotsMethod():
            yield CastBallot(run=run, item=favourite, dots=1)
        case PointsMethod():
            yield CastBallot(run=run, scores={favourite: 1})
        case RankingMethod():
            yield CastBallot(run=run, order=[favourite])
        case AgreeMethod():
            for item in items:
                yield CastBallot(run=run, item=item, choice="agree")
        case CriteriaMethod(criteria=criteria):
            score = 5 if voter % 2 else 1
            for item in items:
                scores = {one.id: score for one in criteria if not one.beside}
                yield CastBallot(run=run, item=item, scores=scores)
