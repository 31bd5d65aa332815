"""``vote``: people judge the items of an earlier stage, or what an earlier vote let through, by one of the
voting methods.

What is voted on, and what the criteria weigh, is settled when the run opens: a merge acts on later runs. An
item that is hidden meanwhile takes no more votes, and what was spent on it is free again. What the result is
about is settled when it is revealed: what was hidden by then is not in it, what is hidden later keeps its
figures and loses its words. Sheets of paper are collected when a vote closes and typed in afterwards: they
count until the reveal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from typing import Any, ClassVar

import msgspec

from edp_app.core.commands import CastBallot, Context, EnterPaperBallot, Sheet
from edp_app.core.definition import Stage, VoteSettings
from edp_app.core.events import BallotCast, Event, PaperVoterAdded
from edp_app.core.item import Item
from edp_app.core.items import (
    columns_of,
    has_items,
    item_view,
    merged_under,
    standing_items,
    words_of_stage,
)
from edp_app.core.people import check_place
from edp_app.core.refusals import Code, Refusal, refuse
from edp_app.core.registry import Counting, Evolves, Json, RunDecides, settings_as
from edp_app.core.results.both import Places, both_rounds, places
from edp_app.core.results.published import plain
from edp_app.core.results.voted import Candidate, Voted
from edp_app.core.seats import voter_of
from edp_app.core.stages.base import Plain, figures, is_kept, room_facts
from edp_app.core.stages.passed import first_of, items_of_stage, rests_on_vote
from edp_app.core.stages.rounds import Before, first_round, nothing_passed, own_weights, room_weights
from edp_app.core.state import Person, Run, State
from edp_app.core.voting import method_for
from edp_app.core.voting.described import describe


@dataclass(slots=True)
class Ballots:
    """What a vote run holds: its candidates (item to column, as at opening), the method's tally, the weights
    of its criteria, what an earlier round said, and the candidates that were still to be seen when it was
    revealed: the result is theirs, whatever is hidden later."""

    candidates: dict[str, str]
    tally: Any
    passes: int
    """How many pass. In a second round as many as had passed in the first of what it asks about: what the
    room was at one on keeps its place."""
    weights: dict[str, Fraction] = field(default_factory=dict)
    weights_agreed: bool = False
    before: Before = field(default_factory=Before)
    places: Places = field(default_factory=Places)
    """In a second round: what became of the places of the first."""
    counted: dict[str, str] = field(default_factory=dict)
    among: int = 0
    """Of a vote on what an earlier one let through: how many contributions there were when it opened."""


def _settings(run: Run) -> VoteSettings:
    return settings_as(run.stage, VoteSettings)


def votable(state: State, run: Run) -> dict[str, str]:
    """The candidates that can be voted on now: item to column."""
    data: Ballots = run.data
    return {i: column for i, column in data.candidates.items() if state.is_seen(i)}


def cast(state: State, run: Run, command: CastBallot, ctx: Context) -> list[Event] | Refusal:
    settings, data = _settings(run), run.data
    method = method_for(settings.method)
    if refusal := _check_item(state, run, command.item, whole=method.whole):
        return refusal
    ballot = method.read(settings.method, command)
    if isinstance(ballot, Refusal):
        return ballot
    person = voter_of(state, ctx, command.seat)
    if isinstance(person, Refusal):
        return person
    before, revision = data.tally.ballot(person.id, command.item)
    if command.revision != revision:
        return refuse("outdated")
    if before == ballot:
        return []
    if ballot:
        candidates = votable(state, run)
        if refusal := method.check(
            settings.method, data.tally, person.id, command.item, candidates, ballot, funder=person.funder
        ):
            return refusal
    return [_cast(run, person.id, command.item, method.write(ballot), revision + 1)]


def _check_item(state: State, run: Run, item: str, *, whole: bool) -> Refusal | None:
    if whole:
        return refuse("unknown_item") if item else None
    if item not in run.data.candidates:
        return refuse("unknown_item")
    return None if state.is_seen(item) else refuse("item_hidden")


def _cast(run: Run, voter: str, item: str, fields: Json, revision: int) -> BallotCast:
    return BallotCast(run=run.id, voter=voter, item=item, revision=revision, **fields)


def enter_paper(state: State, run: Run, command: EnterPaperBallot, ctx: Context) -> list[Event] | Refusal:
    """The whole sheet or nothing: every line is checked as if it had been tapped. What stands already is
    typed in as often as one likes; something else in its place only by whoever saw it.

    In a closed run it counts for the group that stands on it, whatever its number was in another vote.
    """
    if refusal := check_place(state, command.group, command.territory):
        return refusal
    data = run.data
    voter = f"v:{int(command.voter)}"
    candidates = votable(state, run)
    sheet = _read_sheet(run, command, candidates)
    if isinstance(sheet, Refusal):
        return sheet
    known = state.persons.get(voter)
    events: list[Event] = []
    late = "" if run.running else run.id
    place = (command.group, command.territory)
    stands: tuple[str | None, str | None] = (known.group, known.territory) if known else (None, None)
    if late:
        stands = (run.groups_then.get(voter), run.sides_then.get(voter))
    elif voter in run.late:
        stands = run.late[voter]
    if known is None or stands != place:
        events.append(
            PaperVoterAdded(person=voter, group=command.group, territory=command.territory, run=late)
        )
    method = method_for(_settings(run).method)
    nothing, _ = method.new_tally().ballot(voter, "")
    for item in [""] if method.whole else candidates:
        before, revision = data.tally.ballot(voter, item)
        ballot = sheet.get(item, nothing)
        if ballot != before:
            events.append(_cast(run, voter, item, method.write(ballot), revision + 1))
    if events and command.replaces not in (None, data.tally.changes(voter)):
        return refuse("outdated")
    return events


def _read_sheet(run: Run, command: EnterPaperBallot, candidates: dict[str, str]) -> dict[str, Any] | Refusal:
    """Item to ballot, or the first line that does not fit. Dots stand on a sheet as numbers alone."""
    settings = _settings(run)
    method = method_for(settings.method)
    lines = {item: Sheet(dots=dots) for item, dots in command.dots.items()} | command.ballots
    tally = method.new_tally()
    read = {}
    for item, line in lines.items():
        ballot = method.read(settings.method, line)
        if isinstance(ballot, Refusal):
            return _in_line(ballot, item, candidates)
        if not ballot:
            continue
        if (item != "") if method.whole else item not in candidates:
            code: Code = "item_hidden" if item in run.data.candidates else "unknown_item"
            return _in_line(refuse(code), item, run.data.candidates)
        if refusal := method.check(settings.method, tally, "", item, candidates, ballot):
            return _in_line(refusal, item, candidates)
        tally.cast("", item, ballot, 1)
        read[item] = ballot
    return read


def _in_line(refusal: Refusal, item: str, column_of: Mapping[str, str]) -> Refusal:
    """The refusal with the line of the sheet that does not fit."""
    item = str(refusal.params.get("item", item))
    return refuse(refusal.code, **{**refusal.params, "item": item, "column": column_of.get(item, "")})


def on_cast(state: State, event: BallotCast, at: int, actor: str) -> None:
    run = state.runs[event.run]
    run.contributions += 1
    settings = _settings(run).method
    ballot = method_for(settings).read(settings, event)
    run.data.tally.cast(event.voter, event.item, ballot, event.revision)
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
        """``nothing_to_vote_on``; ``not_revealed_yet`` (``title``) where what this vote rests on has not been
        shown; ``nothing_passed`` (``title``) where it is about what an earlier vote let through, and that was
        nothing; ``nothing_divided`` where a second round has nothing to ask again."""
        settings = settings_as(stage, VoteSettings)
        if not has_items(state, _gathered(state, settings)):
            return refuse("nothing_to_vote_on")
        about = _about(state, settings)
        if isinstance(about, Refusal):
            return about
        if not about and _is_about_passed(state, settings):
            return nothing_passed(state, settings.of)
        weights = room_weights(state, settings.method)
        if isinstance(weights, Refusal):
            return weights
        before = first_round(state, stage, _result_of)
        if isinstance(before, Refusal):
            return before
        asked = not settings.second_of or self._candidates(state, settings, before)
        return None if asked else refuse("nothing_divided")

    def _candidates(self, state: State, settings: VoteSettings, before: Before) -> dict[str, str]:
        about = _about(state, settings)
        items = [] if isinstance(about, Refusal) else about
        return {i.id: i.column for i in items if not settings.second_of or i.id in before.again}

    def start(self, state: State, stage: Stage) -> Ballots:
        settings = settings_as(stage, VoteSettings)
        before = first_round(state, stage, _result_of)
        before = Before() if isinstance(before, Refusal) else before
        agreed = room_weights(state, settings.method)
        weights = agreed if isinstance(agreed, dict) and agreed else own_weights(settings.method)
        candidates = self._candidates(state, settings, before)
        held = places(before.rows, before.passed, before.again, candidates, partial(_top, state))
        chosen = _is_about_passed(state, settings)
        return Ballots(
            candidates=candidates,
            among=len(standing_items(state, _gathered(state, settings))) if chosen else 0,
            passes=len(held.asked) if settings.second_of else settings.passes,
            tally=method_for(settings.method).new_tally(),
            weights=weights,
            weights_agreed=isinstance(agreed, dict) and bool(agreed),
            before=before,
            places=held,
        )

    def reveal(self, state: State, run: Run) -> None:
        run.data.counted = votable(state, run)

    def resumable(self, state: State, run: Run) -> bool:
        """Only while it would be the same question: what was merged or shown since makes it another vote."""
        candidates = self._candidates(state, _settings(run), run.data.before)
        return votable(state, run) == candidates

    def public(self, state: State, run: Run, *, counts: bool) -> Json:
        settings, data = _settings(run), run.data
        under = merged_under(state)
        part: Json = {
            "of": _gathered(state, settings),
            "method": describe(settings.method),
            "columns": columns_of(state, _gathered(state, settings)),
            "candidates": {i: item_view(state, state.items[i], under) for i in votable(state, run)},
        }
        if _is_about_passed(state, settings):
            first = first_of(state, settings.of)
            part |= {
                "passed_by": first,
                "passed_in": words_of_stage(state, first),
                "among": data.among,
            }
        if method_for(settings.method).rules:
            part |= {"rule": self._rule(state, settings), "passes": data.passes}
        if data.weights:
            part["weights"] = plain(data.weights)
            if data.weights_agreed:
                part["weights_agreed"] = True
        if settings.second_of:
            part["second_of"] = settings.second_of
            for item, candidate in part["candidates"].items():
                part["candidates"][item] = candidate | data.before.shown(item)
        if counts:
            part["cast"] = data.tally.voters()
        if run.revealed and (result := self.result(state, run)):
            part["result"] = result
            counted = (state.items[item] for item in data.counted if state.is_seen(item))
            if translations := {item.id: item.translated for item in counted if item.translated}:
                part["translations"] = translations
            if settings.second_of:
                part["both_rounds"] = both_rounds(data.before.run, data.places, result)
        return part

    def _rule(self, state: State, settings: VoteSettings) -> str:
        # Without groups there is nothing to balance.
        return "headcount" if state.definition.privacy == "headcount" else settings.rule

    def result(self, state: State, run: Run) -> Json | None:
        """The figures, with what the items are called now: what was hidden since has no title."""
        counted = figures(run, self.to_count(state, run))
        if run.titled is None or run.titled[0] != state.curations:
            run.titled = (state.curations, _titled(state, counted))
        return run.titled[1]

    def to_count(self, state: State, run: Run) -> Counting | None:
        candidates = tuple(_counted(state, run))
        key = (run.closing_digest, candidates)
        if is_kept(run, key):
            return None
        asked = len(run.data.weights) or 1
        size = run.data.tally.voters() * len(candidates) * asked
        method = method_for(_settings(run).method)
        return Counting(key, size, lambda: partial(method.result, voted(state, run)))

    def own(self, state: State, run: Run, person: Person) -> Json:
        settings = _settings(run)
        method = method_for(settings.method)
        given = run.data.tally.given(person.id)
        columns = [c["id"] for c in columns_of(state, _gathered(state, settings))]
        return {
            "ballots": {
                i: method.write(said) | {"revision": revision} for i, (said, revision) in given.items()
            },
            "left": method.left(settings.method, run.data.tally, person.id, columns, votable(state, run)),
        }

    def took_part(self, state: State, run: Run) -> set[str]:
        return set(run.data.tally.who())


def _gathered(state: State, settings: VoteSettings) -> str:
    """The gather stage whose items these are."""
    return state.definition.gathered_in(settings.of)


def _is_about_passed(state: State, settings: VoteSettings) -> bool:
    """Whether it judges what an earlier vote let through. A second round is about what divided the room in
    its first one, whatever that was about."""
    return settings.second_of is None and rests_on_vote(state, settings.of)


def _about(state: State, settings: VoteSettings) -> list[Item] | Refusal:
    """The items that can be voted on were the vote to open now."""
    of = settings.of if _is_about_passed(state, settings) else _gathered(state, settings)
    return items_of_stage(state, of, _result_of)


def _top(state: State, item_id: str) -> str:
    """The item under which one stands, whether or not it is to be seen."""
    top = state.top(item_id)
    return top.id if top else item_id


def _counted(state: State, run: Run) -> dict[str, str]:
    """The candidates that the result is about: settled at the reveal, until then those that are to be
    seen."""
    return run.data.counted if run.revealed else votable(state, run)


def _titled(state: State, figures: Json) -> Json:
    """The result with titles in its rows. The figures themselves are left as they are."""
    if "columns" not in figures:
        return figures
    columns = []
    for column in figures["columns"]:
        rows = [_row(state, row) for row in column["items"]]
        columns.append(column | {"items": rows})
    return figures | {"columns": columns}


def _row(state: State, row: Json) -> Json:
    """A row with its item's title; of one that was hidden since, neither title nor what people said of it."""
    if state.is_seen(row["item"]):
        return row | {"title": state.items[row["item"]].called}
    return {name: value for name, value in row.items() if name != "reasons"}


def voted(state: State, run: Run) -> Voted:
    """What a closed run's figures are computed from. Items have no titles in it: what they are called may
    change."""
    settings, data = _settings(run), run.data
    return Voted(
        **room_facts(state, run),
        vote=msgspec.structs.replace(settings, passes=data.passes),
        columns=[column["id"] for column in columns_of(state, _gathered(state, settings))],
        candidates={i: Candidate(c) for i, c in _counted(state, run).items() if i in state.items},
        ballots=data.tally.ballots(),
        weights=data.weights,
        weights_agreed=data.weights_agreed,
        before_run=data.before.run,
        before=data.before.rows,
    )


def _result_of(state: State, run: Run) -> Json | None:
    return VOTE.result(state, run)


VOTE = VoteKind()
