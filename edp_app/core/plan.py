"""“We end at 12:30”: how the rest of a workshop fits, and what to shorten or to leave out so that it does.

The rule, in the order in which a facilitator would do it:

1. What is on now is left alone, and so is what was gone back from and will go on: the room is at work there.
2. Talks and breaks give first, down to their floor: nothing that is decided later rests on their minutes.
3. Then the working stages with the most to give, as few of them as are enough, each in proportion to what it
   can give. Nothing goes below :data:`FLOOR` minutes of its kind, nor below half of
   what the workshop was prepared with.
4. Only if all of this is not enough, whole stages are left out, as few as possible: talks first, then a
   second round, questions, a vote on items that another vote is about, a gathering of which nothing is made.
   What then is not needed for itself gives its minutes too, and the shortening is worked out anew.

Never left out are: who is here; the opening; a break; what another stage that is still to come needs
(``of``, ``second_of``, ``weights_from``, ``links_to``); cards, without which what was decided has no owner;
the sorting before a vote on the same items; the only
vote on its items; a vote on priorities, unless it is a second round.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from edp_app.core.definition import (
    AskSettings,
    CardSettings,
    CriteriaMethod,
    Definition,
    GatherSettings,
    ShowSettings,
    SortSettings,
    Stage,
    VoteSettings,
    WhoSettings,
    kind_of,
)
from edp_app.core.state import Run, State

Reason = Literal["talk", "break", "long", "second_round", "questions", "voted", "unused"]
"""Why a stage is proposed. To shorten: a ``talk``, a ``break``, one of the ``long`` ones. To leave out: a
``talk``, a ``second_round``, ``questions``, a vote on what is ``voted`` on elsewhere, what is ``unused``
later."""

FLOOR: Mapping[str, int] = {
    "who": 3,
    "gather": 8,
    "sort": 5,
    "vote": 5,
    "card": 8,
    "ask": 3,
    "show": 5,
    "break": 10,
}
"""Minutes below which a stage of a kind is not shortened: what the kind takes to explain and to do once."""

MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Ahead:
    """A stage that is still to come, with the minutes planned for it now. ``fixed``: nothing is proposed for
    it."""

    stage: Stage
    minutes: int
    fixed: bool = False

    @property
    def floor(self) -> int:
        """The minutes below which it is not shortened: half of those it was prepared with, so that proposals
        taken one after the other do not go further than one."""
        if self.fixed:
            return self.minutes
        kind = "break" if is_break(self.stage) else kind_of(self.stage.settings)
        return min(self.minutes, max(FLOOR[kind], -(-self.stage.minutes // 2)))

    @property
    def slack(self) -> int:
        """The minutes it can give."""
        return self.minutes - self.floor


@dataclass(frozen=True, slots=True)
class Change:
    """One proposal: other minutes for a stage, or (0) that it be left out. ``saves``: minutes."""

    stage: str
    minutes: int
    saves: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Proposal:
    """What to change so that the rest fits; ``over``: minutes too many even then."""

    changes: tuple[Change, ...]
    over: int


def propose(definition: Definition, ahead: Sequence[Ahead], over: int, voted: frozenset[str]) -> Proposal:
    """What to change of the stages ``ahead``, in the agenda's order, to save ``over`` minutes; nothing where
    that is 0 or less. ``voted``: the gather stages whose items a vote was held on already."""
    if over <= 0:
        return Proposal((), 0)
    dropped: dict[str, Reason] = {}
    while over > _saved(ahead, dropped) + sum(one.slack for one in _rest(ahead, dropped)):
        optional = _optional(definition, _rest(ahead, dropped), voted)
        if not optional:
            break
        stage, reason = optional[0]
        dropped[stage] = reason
    dropped = _no_more_than_needed(definition, ahead, over, voted, dropped)
    rest = _rest(ahead, dropped)
    wanted = over - _saved(ahead, dropped)
    cuts = _shorten(rest, wanted)
    changes = []
    for one in ahead:
        if reason_ := dropped.get(one.stage.id):
            changes.append(Change(one.stage.id, 0, one.minutes, reason_))
        elif cut := cuts.get(one.stage.id):
            changes.append(Change(one.stage.id, one.minutes - cut, cut, _why_shorter(one.stage)))
    return Proposal(tuple(changes), max(0, wanted - sum(cuts.values())))


def _rest(ahead: Sequence[Ahead], dropped: Mapping[str, Reason]) -> list[Ahead]:
    return [one for one in ahead if one.stage.id not in dropped]


def _saved(ahead: Sequence[Ahead], dropped: Mapping[str, Reason]) -> int:
    return sum(one.minutes for one in ahead if one.stage.id in dropped)


def _no_more_than_needed(
    definition: Definition,
    ahead: Sequence[Ahead],
    over: int,
    voted: frozenset[str],
    dropped: dict[str, Reason],
) -> dict[str, Reason]:
    """The same without the stages whose minutes are not needed after all, as far as what is left out can
    then still be spared."""
    for stage in list(dropped):
        fewer = {one: why for one, why in dropped.items() if one != stage}
        rest = _rest(ahead, fewer)
        enough = _saved(ahead, fewer) + sum(one.slack for one in rest) >= over
        if enough and _may_all_go(definition, ahead, voted, fewer):
            dropped = fewer
    return dropped


def _may_all_go(
    definition: Definition, ahead: Sequence[Ahead], voted: frozenset[str], dropped: Mapping[str, Reason]
) -> bool:
    """Whether these can be left out one after the other."""
    gone: dict[str, Reason] = {}
    for stage in dropped:
        if all(stage != one for one, _ in _optional(definition, _rest(ahead, gone), voted)):
            return False
        gone[stage] = dropped[stage]
    return True


# ---- what can be left out


def is_break(stage: Stage) -> bool:
    """Whether a stage is a break."""
    return isinstance(stage.settings, ShowSettings) and stage.settings.is_break


def needs(stage: Stage) -> set[str]:
    """The stages that this one refers to."""
    settings = stage.settings
    found: set[str | None] = set()
    if isinstance(settings, GatherSettings):
        found = {settings.links_to}
    elif isinstance(settings, SortSettings | CardSettings):
        found = {settings.of}
    elif isinstance(settings, VoteSettings):
        found = {settings.of, settings.second_of}
        if isinstance(settings.method, CriteriaMethod):
            found.add(settings.method.weights_from)
    return {one for one in found if one is not None}


def needed_by(definition: Definition, stage_id: str) -> list[str]:
    """The stages of the agenda that need this one, in their order: those that refer to it and, for a sorting,
    the votes after it on the same items."""
    stage = definition.stage(stage_id)
    return [] if stage is None else [one.id for one in definition.stages if _needs(definition, one, stage)]


def _needs(definition: Definition, stage: Stage, other: Stage) -> bool:
    if other.id in needs(stage):
        return True
    if not isinstance(other.settings, SortSettings) or not isinstance(stage.settings, VoteSettings):
        return False
    later = definition.stages.index(stage) > definition.stages.index(other)
    return later and definition.gathered_in(stage.settings.of) == other.settings.of


def _optional(
    definition: Definition, rest: Sequence[Ahead], voted: frozenset[str]
) -> list[tuple[str, Reason]]:
    """What can be left out of ``rest``, what is missed least first, of that the longest first."""
    order: dict[Reason, int] = {"talk": 0, "second_round": 1, "questions": 2, "voted": 3, "unused": 4}
    found = [(one, why) for one in rest if (why := _why_spared(definition, one, rest, voted))]
    found.sort(key=lambda entry: (order[entry[1]], -entry[0].minutes))
    return [(one.stage.id, why) for one, why in found]


def _why_spared(
    definition: Definition, one: Ahead, rest: Sequence[Ahead], voted: frozenset[str]
) -> Reason | None:
    stage, settings = one.stage, one.stage.settings
    if one.fixed or stage is definition.stages[0] or any(_needs(definition, r.stage, stage) for r in rest):
        return None
    match settings:
        case WhoSettings() | CardSettings():
            return None
        case ShowSettings():
            return None if settings.is_break else "talk"
        case AskSettings():
            return "questions"
        case VoteSettings():
            return _why_vote_spared(definition, stage, settings, rest, voted)
        case GatherSettings() | SortSettings():
            return "unused"
    return None


def _why_vote_spared(
    definition: Definition,
    stage: Stage,
    settings: VoteSettings,
    rest: Sequence[Ahead],
    voted: frozenset[str],
) -> Reason | None:
    if settings.second_of is not None:
        return "second_round"
    if stage.step == "priorities":
        return None
    others = {_voted_on(definition, one.stage) for one in rest if one.stage is not stage}
    return "voted" if definition.gathered_in(settings.of) in voted | others else None


def _voted_on(definition: Definition, stage: Stage) -> str | None:
    """The gather stage whose items this vote is about, if it is one, and no second round."""
    settings = stage.settings
    if not isinstance(settings, VoteSettings) or settings.second_of is not None:
        return None
    return definition.gathered_in(settings.of)


# ---- what can be shortened


def _why_shorter(stage: Stage) -> Reason:
    if is_break(stage):
        return "break"
    return "talk" if isinstance(stage.settings, ShowSettings) else "long"


def _shorten(rest: Sequence[Ahead], wanted: int) -> dict[str, int]:
    """Minutes to take from each stage: talks and breaks first, then the others."""
    shows = [one for one in rest if isinstance(one.stage.settings, ShowSettings)]
    others = [one for one in rest if not isinstance(one.stage.settings, ShowSettings)]
    cuts = _share(shows, wanted)
    return cuts | _share(others, wanted - sum(cuts.values()))


def _share(stages: Sequence[Ahead], wanted: int) -> dict[str, int]:
    """As much of ``wanted`` as they can give, from as few of them as are enough: those that can give the
    most, in proportion to it. Whole minutes, by the largest remainders."""
    givers: list[Ahead] = []
    for one in sorted(stages, key=lambda one: -one.slack):
        if sum(giver.slack for giver in givers) >= wanted:
            break
        givers.append(one)
    total = sum(giver.slack for giver in givers)
    wanted = min(wanted, total)
    if wanted <= 0:
        return {}
    cuts = {giver.stage.id: wanted * giver.slack // total for giver in givers}
    by_remainder = sorted(givers, key=lambda giver: -(wanted * giver.slack % total))
    for giver in by_remainder[: wanted - sum(cuts.values())]:
        cuts[giver.stage.id] += 1
    return {stage: cut for stage, cut in cuts.items() if cut}


# ---- where a workshop stands


def to_come(state: State) -> list[Ahead]:
    """The stages after the current one that are waited for, as planned now: those that were never open and
    are not left out, and one that was closed only because the current one was gone back to."""
    stages = state.definition.stages
    now = state.now()
    at = 1 + next((n for n, stage in enumerate(stages) if now and stage.id == now.stage.id), -1)
    found = []
    for stage in stages[at:]:
        runs = state.runs_of(stage.id)
        again = bool(runs) and now is not None and _interrupted(now, runs[-1])
        if again or (not runs and not state.is_skipped(stage.id)):
            found.append(Ahead(stage, state.minutes_of(stage), fixed=again))
    return found


def _interrupted(now: Run, later: Run) -> bool:
    back = now.reopened_at
    return back is not None and later.status == "closed" and not later.revealed and later.closed_at == back


def minutes_to_go(state: State, now: int) -> int:
    """Minutes that the rest takes as planned, at ``now`` (ms): what the open stage has left, and all that are
    to come."""
    run = state.open_run()
    left = 0
    if run is not None:
        left = max(0, state.minutes_of(run.stage) - (now - run.began) // MINUTE)
    return left + sum(one.minutes for one in to_come(state))


def minutes_taken(state: State, stage_id: str) -> int | None:
    """How many minutes a stage was open, over all its runs, pauses counted, as of the latest event; rounded,
    and at least 1. None if it was never opened."""
    runs = state.runs_of(stage_id)
    if not runs:
        return None
    taken = sum(run.took + (state.at - run.since if run.running else 0) for run in runs)
    return max(1, (taken + MINUTE // 2) // MINUTE)


def fit(state: State, now: int) -> tuple[int, int | None, Proposal]:
    """How the rest fits at ``now`` (ms), or before the first opening, when it is to begin: the minutes it
    takes as planned, those there are until the planned end (None: no end is planned; rounded down, and 0 once
    it has passed), and what to change."""
    go = minutes_to_go(state, now)
    if state.ends_at is None or state.ended:
        return go, None, Proposal((), 0)
    begins = now if state.now() or state.starts_at is None else max(now, state.starts_at)
    there = max(0, (state.ends_at - begins) // MINUTE)
    held = {
        _voted_on(state.definition, run.stage) for run in state.runs.values() if run.status != "cancelled"
    }
    voted = frozenset(one for one in held if one is not None)
    return go, there, propose(state.definition, to_come(state), go - there, voted)
