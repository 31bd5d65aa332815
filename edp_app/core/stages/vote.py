"""``vote``: people judge the items of an earlier stage by one of the voting methods.

What is voted on is settled when the run opens: a merge acts on later runs. An item that is hidden meanwhile
takes no more votes, and what was spent on it is free again. What the result is about is settled when it is
revealed: what was hidden by then is not in it, what is hidden later keeps its figures and loses its words.
Sheets of paper are collected when a vote closes and typed in afterwards: they count until the reveal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from edp_app.core.commands import CastBallot, Context, EnterPaperBallot
from edp_app.core.definition import Method, Stage, VoteSettings
from edp_app.core.events import BallotCast, Event, PaperVoterAdded
from edp_app.core.items import (
    columns_of,
    item_view,
    merged_under,
    standing_items,
)
from edp_app.core.people import check_place
from edp_app.core.refusals import Code, Refusal, refuse
from edp_app.core.registry import Evolves, Json, RunDecides, settings_as
from edp_app.core.results.dots import Candidate
from edp_app.core.stages.base import Plain, cached
from edp_app.core.state import Person, Run, State
from edp_app.core.voting import method_for


@dataclass(slots=True)
class Ballots:
    """What a vote run holds: its candidates (item to column, as at opening), the method's tally, and the
    candidates that were still to be seen when it was revealed: the result is theirs, whatever is hidden
    later."""

    candidates: dict[str, str]
    tally: Any
    counted: dict[str, str] = field(default_factory=dict)


def _settings(run: Run) -> VoteSettings:
    return settings_as(run.stage, VoteSettings)


def votable(state: State, run: Run) -> dict[str, str]:
    """The candidates that can be voted on now: item to column."""
    data: Ballots = run.data
    return {i: column for i, column in data.candidates.items() if _visible(state, i)}


def _visible(state: State, item_id: str) -> bool:
    item = state.items.get(item_id)
    return item is not None and not item.withdrawn and not state.is_hidden(item)


def cast(state: State, run: Run, command: CastBallot, ctx: Context) -> list[Event] | Refusal:
    return _ballot(state, run, ctx.actor, command.item, command.dots, command.revision)


def _ballot(state: State, run: Run, voter: str, item: str, dots: int, revision: int) -> list[Event] | Refusal:
    settings, data = _settings(run), run.data
    if item not in data.candidates:
        return refuse("unknown_item")
    if not _visible(state, item):
        return refuse("item_hidden")
    before, stored_revision = data.tally.given(voter).get(item, (0, 0))
    if revision != stored_revision:
        return refuse("outdated")
    if before == dots:
        return []
    method = method_for(settings.method)
    if refusal := method.check(settings.method, data.tally, voter, item, votable(state, run), dots):
        return refusal
    return [BallotCast(run=run.id, voter=voter, item=item, dots=dots, revision=stored_revision + 1)]


def enter_paper(state: State, run: Run, command: EnterPaperBallot, ctx: Context) -> list[Event] | Refusal:
    """The whole sheet or nothing: every line is checked as if it had been tapped.

    In a closed run it counts for the group that stands on it, whatever its number was in another vote.
    """
    if refusal := check_place(state, command.group, command.territory):
        return refusal
    settings, data = _settings(run), run.data
    voter = f"v:{int(command.voter)}"
    candidates = votable(state, run)
    for item, dots in command.dots.items():
        if item not in candidates and dots:
            code: Code = "item_hidden" if item in data.candidates else "unknown_item"
            return _in_line(refuse(code), item, data.candidates)
    if refusal := _check_sheet(settings, voter, command.dots, candidates):
        return refusal
    known = state.persons.get(voter)
    events: list[Event] = []
    late = "" if run.running else run.id
    counts_for = run.groups_then.get(voter) if late else command.group
    place = (command.group, command.territory)
    if known is None or (known.group, known.territory) != place or counts_for != command.group:
        events.append(
            PaperVoterAdded(person=voter, group=command.group, territory=command.territory, run=late)
        )
    given = data.tally.given(voter)
    for item in candidates:
        before, revision = given.get(item, (0, 0))
        dots = command.dots.get(item, 0)
        if dots != before:
            events.append(BallotCast(run=run.id, voter=voter, item=item, dots=dots, revision=revision + 1))
    return events


def _check_sheet(
    settings: VoteSettings, voter: str, sheet: dict[str, int], candidates: dict[str, str]
) -> Refusal | None:
    method = method_for(settings.method)
    tally = method.new_tally()
    for item, dots in sheet.items():
        if dots:
            if refusal := method.check(settings.method, tally, voter, item, candidates, dots):
                return _in_line(refusal, item, candidates)
            tally.cast(voter, item, dots, 1)
    return None


def _in_line(refusal: Refusal, item: str, column_of: Mapping[str, str]) -> Refusal:
    """The refusal with the line of the sheet that does not fit."""
    return refuse(refusal.code, **{**refusal.params, "item": item, "column": column_of.get(item, "")})


def on_cast(state: State, event: BallotCast, at: int, actor: str) -> None:
    run = state.runs[event.run]
    run.contributions += 1
    run.data.tally.cast(event.voter, event.item, event.dots, event.revision)
    if not run.running:
        run.closing_digest = state.digest
    if person := state.persons.get(event.voter):
        person.fixed = True


class VoteKind(Plain):
    id: ClassVar[str] = "vote"
    reveals: ClassVar[bool] = True
    decides: ClassVar[RunDecides] = {CastBallot: cast, EnterPaperBallot: enter_paper}
    late: ClassVar[frozenset[type]] = frozenset((EnterPaperBallot,))
    evolves: ClassVar[Evolves] = {BallotCast: on_cast}

    def may_open(self, state: State, stage: Stage) -> Refusal | None:
        of = settings_as(stage, VoteSettings).of
        return None if standing_items(state, of) else refuse("nothing_to_vote_on")

    def start(self, state: State, stage: Stage) -> Ballots:
        settings = settings_as(stage, VoteSettings)
        candidates = {item.id: item.column for item in standing_items(state, settings.of)}
        return Ballots(candidates, method_for(settings.method).new_tally())

    def reveal(self, state: State, run: Run) -> None:
        run.data.counted = votable(state, run)

    def resumable(self, state: State, run: Run) -> bool:
        """Only while it would be the same question: what was merged or shown since makes it another vote."""
        return list(votable(state, run)) == [i.id for i in standing_items(state, _settings(run).of)]

    def public(self, state: State, run: Run, *, counts: bool) -> Json:
        settings = _settings(run)
        under = merged_under(state)
        part: Json = {
            "of": settings.of,
            "method": _describe(settings.method),
            "rule": self._rule(state, settings),
            "passes": settings.passes,
            "columns": columns_of(state, settings.of),
            "candidates": {i: item_view(state, state.items[i], under) for i in votable(state, run)},
        }
        if counts:
            part["cast"] = run.data.tally.voters()
        if run.revealed and (result := self.result(state, run)):
            part["result"] = result
        return part

    def _rule(self, state: State, settings: VoteSettings) -> str:
        # Without groups there is nothing to balance.
        return "headcount" if state.definition.privacy == "headcount" else settings.rule

    def result(self, state: State, run: Run) -> Json | None:
        return cached(state, run, lambda: self._result(state, run))

    def _result(self, state: State, run: Run) -> Json:
        settings = _settings(run)
        candidates = {
            item: Candidate(column, state.items[item].called if _visible(state, item) else None)
            for item, column in run.data.counted.items()
            if item in state.items
        }
        return method_for(settings.method).result(
            settings,
            run.data.tally,
            privacy=state.definition.privacy,
            order=[group.id for group in state.definition.groups],
            columns=[column["id"] for column in columns_of(state, settings.of)],
            candidates=candidates,
            groups=run.groups_then,
            # Whoever votes on paper does so from their first sheet on: nothing to remember at the closing.
            paper=frozenset(person.id for person in state.persons.values() if person.paper),
            seed=run.closing_digest,
        )

    def own(self, state: State, run: Run, person: Person) -> Json:
        settings = _settings(run)
        given = run.data.tally.given(person.id)
        columns = [c["id"] for c in columns_of(state, settings.of)]
        return {
            "ballots": {i: {"dots": dots, "revision": revision} for i, (dots, revision) in given.items()},
            "left": method_for(settings.method).left(
                settings.method, run.data.tally, person.id, columns, votable(state, run)
            ),
        }

    def took_part(self, state: State, run: Run) -> set[str]:
        return set(run.data.tally.who())


def _describe(settings: Method) -> Json:
    """A method's settings, defaults included: what the pages and the report say of it."""
    values = {name: getattr(settings, name) for name in settings.__struct_fields__}
    return {"type": settings.__struct_config__.tag, **values}
