"""What the report knows of a workshop: plain values in one language, nothing that a reader may not see.

Every format of the report is made from these and from nothing else. Shares are between 0 and 1; times are
milliseconds since 1970, UTC.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from edp_app.core.definition import Door as Way
from edp_app.core.definition import Privacy
from edp_app.report.cards import Cards
from edp_app.report.entries import Action, Entry, Goal, Mark, Original, Reference
from edp_app.report.parts import Cell, Listing, Row, Vote

__all__ = [
    "Action",
    "Cell",
    "Column",
    "Door",
    "Entry",
    "Gathering",
    "Goal",
    "GroupCount",
    "Held",
    "Listing",
    "Mark",
    "Original",
    "QuestionResult",
    "Questionnaire",
    "Reference",
    "Report",
    "Row",
    "TerritoryCount",
    "Vote",
]


@dataclass(frozen=True, slots=True)
class GroupCount:
    """How many people spoke for a group, and how many were expected (None: nobody said)."""

    mark: Mark
    people: int
    expected: int | None


@dataclass(frozen=True, slots=True)
class TerritoryCount:
    """How many people came from one side of the border, and how many were expected (None: nobody said)."""

    name: str
    people: int
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A stage of the agenda and whether it was held. ``minutes``: as it was prepared; ``planned``: as it was
    planned at last; ``took``: how many it was open, if it was. ``skipped``: it was left
    out; ``added``: it was put in while the workshop ran."""

    title: str
    kind: str
    minutes: int
    held: bool
    planned: int
    took: int | None
    skipped: bool
    added: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One heading of a gather stage and what stands under it, in order of arrival. ``prompt``: its question,
    if it has one."""

    id: str
    name: str
    prompt: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Gathering:
    """A gather stage that was held."""

    stage: str
    title: str
    prompt: str
    step: str
    columns: tuple[Column, ...]
    withdrawn: int
    hidden: int
    waiting: int
    not_shown_yet: bool
    """It is still open and what was written is not to be seen before it closes."""
    prompts_for: tuple[tuple[str, str], ...] = ()
    """What groups were asked instead: a group's name and its question."""
    feeds: str = ""
    actions: tuple[Action, ...] = ()
    """Of a stage that feeds a list of actions: these."""
    fields: tuple[str, ...] = ()
    """The names of what may be said besides the title."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for column in self.columns for entry in column.entries)

    @property
    def brought(self) -> int:
        """How many of them nobody in the room wrote."""
        return sum(bool(entry.origin) for entry in self.entries)

    @property
    def as_written(self) -> bool:
        """Whether every contribution stands under the very words in which it was written, and by itself."""
        return not any(entry.merged or entry.own_title != entry.title for entry in self.entries)


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """The answers to one question. ``mean`` is None where fewer than three answered, ``balanced`` also where
    heads alone are counted; ``agreement`` is van der Eijk's A; texts have no authors."""

    text: str
    scale: bool
    n: int
    mean: float | None
    balanced: float | None
    agreement: float | None
    gap: float | None
    counts: tuple[int, ...]
    low: str
    high: str
    first: int
    """The lowest step."""
    by_cell: tuple[tuple[str, float], ...]
    by_territory: tuple[tuple[str, float], ...]
    together: bool
    """Too few of each group answered to show the groups apart; ``by_cell`` is empty then."""
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A round of questions whose result was revealed."""

    run: str
    title: str
    prompt: str
    number: int
    voters: int
    few: bool
    questions: tuple[QuestionResult, ...]
    prompts_for: tuple[tuple[str, str], ...] = ()
    """As of a :class:`Gathering`."""
    past: dict[str, Any] = field(default_factory=dict)
    """The round and its result as they were published, and the workshop's ``groups``: pictures are drawn of
    these."""
    groups: tuple[dict[str, Any], ...] = ()

    @property
    def together(self) -> bool:
        """Whether no question has figures that are told by group, because there were too few in each."""
        figures = [one for one in self.questions if one.mean is not None]
        return bool(figures) and all(one.together for one in figures)


@dataclass(frozen=True, slots=True)
class Door:
    """How people came in: in which ``way``, how many by phone, how many of them a facilitator let in or had a
    badge, of how many ``badges`` that were made; ``heads`` that were counted in the room (None: nobody
    did)."""

    way: Way
    phones: int
    heads: int | None
    admitted: int
    by_badge: int
    badges: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the report says."""

    language: str
    title: str
    territory: str
    convener: str
    date: str
    """The day on which it was held; while nothing has begun, the one for which it is planned."""
    date_is_planned: bool
    draft: bool
    privacy: Privacy
    credit: str
    seq: int
    digest: str
    at: int
    people: int
    undecided: int
    funders: int
    paper: int
    door: Door
    groups: tuple[GroupCount, ...]
    territories: tuple[TerritoryCount, ...]
    agenda: tuple[Held, ...]
    gatherings: tuple[Gathering, ...]
    votes: tuple[Vote, ...]
    questionnaires: tuple[Questionnaire, ...]
    unrevealed: tuple[str, ...]
    """Titles of stages with a result that has not been revealed."""
    erased: int
    rehearsal: bool = False
    """Of a copy that was made to rehearse with."""
    cards: tuple[Cards, ...] = ()

    @property
    def placeless(self) -> int:
        """People who named no territory."""
        return self.people - sum(place.people for place in self.territories)

    @property
    def decision(self) -> Vote | None:
        """The vote that decided: on priorities, else on ideas that name evidence, else on anything; the last
        one by criteria, else the last one that was no agreement, else the last. One that chose among what
        another let through decides instead of that one.

        Scores weigh more than what came before or after: an agreement on what was scored is the room's
        read-back of it. A second round asks again about some of the items; the places that they
        had are given by it."""
        told = [vote for vote in self.votes if vote.last and vote.decides and not vote.second_of]
        chosen_from = {vote.passed_by for vote in told if _weight(vote.method) and not vote.few}
        deciding = [vote for vote in told if vote.stage not in chosen_from]
        steps = {gathering.stage: gathering.step for gathering in self.gatherings}
        linking = {g.stage for g in self.gatherings if any(entry.links for entry in g.entries)}
        for wanted in (
            [vote for vote in deciding if steps.get(vote.of) == "priorities"],
            [vote for vote in deciding if vote.of in linking],
            deciding,
        ):
            if wanted:
                return self._decided_again(max(reversed(wanted), key=lambda vote: _weight(vote.method)))
        return None

    def _decided_again(self, first: Vote) -> Vote:
        """The vote with the places that stand after its second round, and with what these hang on: what was
        asked again has those of that round, everything else keeps its own, or has none any more."""
        second = self.second_round_of(first)
        if second is None:
            return first
        again = {row.item: row for row in second.rows}

        def placed(row: Row) -> Row:
            if given := again.get(row.item):
                return replace(row, passes=given.passes, lot=given.lot, cut_depends=given.cut_depends)
            return row if row.item in second.kept else replace(row, passes=False)

        listings = tuple(
            replace(listing, rows=tuple(map(placed, listing.rows))) for listing in first.listings
        )
        return replace(first, listings=listings)

    def second_round_of(self, vote: Vote) -> Vote | None:
        """The second round of this very run that counts: of several the last in which enough people
        voted."""
        rounds = [one for one in self.votes if one.follows == vote.run and not one.few]
        return rounds[-1] if rounds else None

    def latest(self, row: Row, vote: Vote) -> tuple[Row, Vote]:
        """What is thought of an item of this vote: as its second round has it where it was scored in that,
        with that round; else as the vote itself has it."""
        if second := self.second_round_of(vote):
            again = second.row_of(row.item)
            if again and again.scored and again.scored.label:
                return again, second
        return row, vote

    def placed_by(self, row: Row, vote: Vote) -> tuple[Row, Vote]:
        """The round that says whether an item of this vote has a place, with the item as that round has
        it."""
        second = self.second_round_of(vote)
        again = second.row_of(row.item) if second else None
        return (again, second) if again and second else (row, vote)

    @property
    def through(self) -> tuple[Row, ...]:
        """What has a place after everything: what its first round gave one, then what a second round did,
        each as that round lists them. The rows are those of the decision."""
        decision = self.decision
        if decision is None:
            return ()
        second = self.second_round_of(decision)
        order = [row.item for row in second.rows] if second else []
        return tuple(
            sorted(decision.through, key=lambda row: order.index(row.item) if row.item in order else -1)
        )

    def decided_by(self, vote: Vote) -> bool:
        """Whether this is the vote that decided. Asked by its run: the decision itself is another object
        where a second round has changed places."""
        decision = self.decision
        return decision is not None and vote.run == decision.run

    @property
    def read_backs(self) -> tuple[Vote, ...]:
        """Whether the room stands by what it decided: the agreements on that by which nothing passes."""
        decision = self.decision
        return tuple(
            vote
            for vote in self.votes
            if decision is not None
            and vote.passed_by == decision.stage
            and vote.method == "agree"
            and vote.last
            and not (vote.decides or vote.few or decision.few)
        )

    @property
    def before_decision(self) -> tuple[Vote, ...]:
        """The votes that let through what the vote that decided was about, the last one first."""
        found: list[Vote] = []
        by = self.decision.passed_by if self.decision else ""
        while by:
            run = next((one for one in self.votes if one.stage == by and one.last), None)
            found += [run] if run else []
            by = run.passed_by if run else ""
        return tuple(found)

    @property
    def second_rounds(self) -> tuple[Vote, ...]:
        """The second round of the vote that decided, the one that counts; none where there is none."""
        decision = self.decision
        second = self.second_round_of(decision) if decision else None
        return (second,) if second else ()

    @property
    def idle_rounds(self) -> tuple[Vote, ...]:
        """Second rounds of the vote that decided in which too few voted, so that they changed nothing."""
        decision = self.decision
        return tuple(one for one in self.votes if decision and one.follows == decision.run and one.few)

    def vote_on(self, gathering: Gathering) -> Vote | None:
        """The last vote on what this stage gathered by which something passed, else the last."""
        on_it = [vote for vote in self.votes if vote.of == gathering.stage and not vote.second_of]
        decided = [vote for vote in on_it if vote.decides]
        return next(iter(reversed(decided or on_it)), None)


def _weight(method: str) -> int:
    return {"criteria": 2, "agree": 0}.get(method, 1)
