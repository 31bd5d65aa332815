"""The result of votes with scores from 1 to 5, on criteria or on two axes, as it is published.

Of each criterion c: *head-count* R_c is the mean of all scores, *balanced* B_c the mean over cells of m_hc,
the mean of the cell's scores. The total T = Σ w_c · B_c with Σ w_c = 1; head-count: Σ w_c · R_c. "Don't know"
is no score. Where a criterion that counts has no figure, there is no total: never a partial one, never one
that was made up. One voter's own total T_v = Σ w_c · score needs all of them, too; labels, agreement and gap
are taken from these.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from edp_app.core.definition import AxesMethod, CriteriaMethod
from edp_app.core.results.agreement import polarisation
from edp_app.core.results.electorate import Electorate, electorate, few
from edp_app.core.results.labels import Opinion, opinion
from edp_app.core.results.published import VERSION, WHOLE_STAGE, Json, present, shuffled
from edp_app.core.results.rated import Measure, Rated, rate
from edp_app.core.results.shares import NOTHING, Counted
from edp_app.core.results.standing import Place, stand
from edp_app.core.results.voted import Voted

BEFORE = ("balanced", "headcount", "rank_balanced", "rank_headcount", "label", "sides", "agreement")
"""What of an earlier round stands beside the figures of a later one."""


def criteria_result(voted: Voted) -> Json:
    """The result of a run in which items were scored on criteria."""
    method = voted.vote.method
    if not isinstance(method, CriteriaMethod):
        raise TypeError("no criteria")
    who = voted.judges
    head: Json = {"version": VERSION, "method": "criteria"}
    people = electorate(voted, who)
    if people is None:
        return head | few(voted, who)
    head |= {"rule": voted.rule, "passes": voted.vote.passes} | people.head()
    head |= present(weights=dict(voted.weights), weights_agreed=voted.weights_agreed or None)
    if voted.before_run:
        head["before"] = voted.before_run
    measures = [c.id for c in method.criteria if not c.beside]
    besides = [c.id for c in method.criteria if c.beside]
    flagged = {c.id for c in method.criteria if c.flag_ones}
    rated = rate(voted, people, measures, besides, voted.weights)
    scored = [_Scored(rated[item], voted, people) for item in voted.candidates]
    counted = [one.counted() for one in scored]
    standing = stand(
        counted,
        voted,
        people.cells,
        lambda cell: [one.counted(without=cell) for one in scored],
    )
    by_item = {one.rated.item: one for one in scored}
    rows = [by_item[c.item].row(standing.places[c.item], c, flagged) for c in standing.order]
    listing = present(column=WHOLE_STAGE, items=rows, tied_out=standing.tied_out)
    return head | {"columns": [listing]}


def axes_result(voted: Voted) -> Json:
    """The result of a run in which items were placed on two axes: nothing passes."""
    method = voted.vote.method
    if not isinstance(method, AxesMethod):
        raise TypeError("no axes")
    who = voted.judges
    head: Json = {"version": VERSION, "method": "axes"}
    people = electorate(voted, who)
    if people is None:
        return head | {"voters": len(who), "few": True}
    rated = rate(voted, people, [method.x.id, method.y.id], [], {})
    rows = [_placed(rated[item], method, voted, people) for item in voted.candidates]
    # Python's sort is stable: items in the same place stay in the order they came in.
    rows.sort(key=lambda row: (row[0] is None, -(row[0] or NOTHING)))
    return head | people.head() | {"columns": [{"column": WHOLE_STAGE, "items": [row for _, row in rows]}]}


def _placed(one: Rated, method: AxesMethod, voted: Voted, people: Electorate) -> tuple[Fraction | None, Json]:
    """An item on the axes, and by what it is listed: the sum of its figures, None unless it has both."""
    title = voted.candidates[one.item].title
    if one.few:
        return None, present(item=one.item, title=title, n=one.n, few=one.n > 0 or None)
    axes = {"x": method.x.id, "y": method.y.id}
    found = [one.figures(axis) for axis in axes.values()]
    figures = [(f.balanced if people.cells else f.headcount) for f in found if f is not None]
    told = {name: _axis(one, axis, people) for name, axis in axes.items()}
    row = present(item=one.item, title=title, n=one.n, **told)
    return (sum(figures, NOTHING) if len(figures) == len(axes) else None), row


def _axis(one: Rated, axis: str, people: Electorate) -> Json:
    told = _measure(one, axis, people, flagged=False)
    told.pop("counts", None)
    return told


@dataclass(frozen=True, slots=True)
class _Total:
    """An item's totals: by both counts, and the mean total of the voters of each cell and territory."""

    headcount: Fraction
    balanced: Fraction


class _Scored:
    """One item's scores on criteria and what follows from them."""

    def __init__(self, rated: Rated, voted: Voted, people: Electorate) -> None:
        self.rated, self.voted, self.people = rated, voted, people
        self.opinion: Opinion | None = None
        if not rated.total_few:
            self.opinion = opinion(rated.by_key, seed=voted.seed, item=rated.item, scale=rated.scale)

    def _total(self, without: str = "") -> _Total | None:
        figures = {c: self.rated.figures(c, without=without) for c in self.voted.weights}
        if self.rated.few or any(f is None for f in figures.values()):
            return None
        weights = self.voted.weights
        return _Total(
            sum((weights[c] * f.headcount for c, f in figures.items() if f), NOTHING),
            sum((weights[c] * f.balanced for c, f in figures.items() if f), NOTHING),
        )

    def counted(self, without: str = "") -> Counted:
        """The figures this item is listed by; with ``without``, as if that cell had not voted."""
        total = self._total(without)
        by_cell = self.rated.total_means(without=without)
        return Counted(
            item=self.rated.item,
            given=self.rated.n if total else 0,
            headcount=total.headcount if total else NOTHING,
            balanced=total.balanced if total else NOTHING,
            by_cell=by_cell,
            lowest=min(by_cell.values(), default=NOTHING),
            agreement=self.rated.agreement(without=without),
            ranked=total is not None,
        )

    def row(self, place: Place, counted: Counted, flagged: set[str]) -> Json:
        rated, people = self.rated, self.people
        item, title = rated.item, self.voted.candidates[rated.item].title
        before = {"before": self.voted.before[item]} if item in self.voted.before else {}
        if rated.few:
            return present(item=item, title=title, n=rated.n, few=rated.n > 0 or None, place=place) | before
        has_total = counted.given > 0
        grouped = bool(people.cells)
        said = self.opinion
        sides = rated.sides()
        built = present(
            item=item,
            title=title,
            n=rated.n,
            headcount=counted.headcount if has_total else None,
            balanced=counted.balanced if has_total and grouped else None,
            place=place,
            cells=rated.total_means() or None if grouped else None,
            territories=rated.total_by_side(),
            scores=self._scores(flagged),
            rated=rated.rated,
            dont_know=rated.n - rated.rated,
            sides={name: len(voters) for name, voters in sides.items()} if said else None,
            gap=said.gap if said else None,
            agreement=counted.agreement,
            polarisation=None if counted.agreement is None else polarisation(counted.agreement),
            label=said.label if said else None,
            p=said.p if said else None,
            reasons=self._reasons(sides),
        )
        return built | before

    def _scores(self, flagged: set[str]) -> Json:
        told = {}
        for measure in self.rated.measures:
            told[measure] = _measure(self.rated, measure, self.people, flagged=measure in flagged)
        for beside, measure_of in self.rated.besides.items():
            n = sum(measure_of.hist)
            enough = not self.people.few(measure_of.voters)
            told[beside] = present(
                beside=True, n=n, headcount=Fraction(measure_of.sum, n) if enough else None
            )
        return told

    def _reasons(self, sides: Mapping[str, Sequence[str]]) -> Json | None:
        if not self.opinion:
            return None
        told = {}
        for side, voters in sides.items():
            texts = [text for voter in voters if (text := self.rated.reasons.get(voter))]
            if texts:
                told[side] = shuffled(texts, self.voted.seed, self.rated.item)
        return told or None


def _measure(rated: Rated, measure: str, people: Electorate, *, flagged: bool) -> Json:
    """What is told of one criterion or axis of an item."""
    of: Measure = rated.measures[measure]
    n = sum(of.hist)
    figures = rated.figures(measure)
    if figures is None:
        return {"n": n}
    return present(
        n=n,
        headcount=figures.headcount,
        balanced=figures.balanced if people.cells else None,
        cells=figures.by_key if people.cells else None,
        territories=rated.by_side(measure),
        ones=of.hist[0] if flagged and of.hist[0] else None,
        counts=list(of.hist),
    )
