"""Scores from 1 to 5, gathered item by item into the cells in which they may be told.

One pass over all ballots; from then on nothing but sums, numbers and the totals of each cell is looked at.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, lcm

from edp_app.core.results.agreement import agreement, averaged
from edp_app.core.results.cells import FEWEST, JOINT
from edp_app.core.results.electorate import Block, Electorate, enough_to_tell, standing_together
from edp_app.core.results.labels import HIGH, LOW, sides
from edp_app.core.results.shares import mean
from edp_app.core.results.voted import Ballot, Voted

STEPS = 5
EVERYBODY = ""
"""The only key where heads alone are counted."""


@dataclass(slots=True)
class Measure:
    """The scores of one item on one criterion: how many gave 1 to 5, and by cell who gave what."""

    hist: list[int] = field(default_factory=lambda: [0] * STEPS)
    sum: int = 0
    voters: list[str] = field(default_factory=list)
    by_block: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    """(cell, side) to the sum of scores, how many they are, and how many of these hide a vote."""

    def add(self, voter: str, block: tuple[str, str], score: int, *, hides: bool) -> None:
        self.hist[score - 1] += 1
        self.sum += score
        self.voters.append(voter)
        entry = self.by_block.setdefault(block, [0, 0, 0])
        entry[0] += score
        entry[1] += 1
        entry[2] += hides

    @property
    def hiding(self) -> int:
        return sum(entry[2] for entry in self.by_block.values())

    def per_cell(self, place: int) -> Counter[str]:
        """Cell to the entries' ``place``: 0 sums, 1 numbers, 2 how many hide a vote."""
        cells: Counter[str] = Counter()
        for (cell, _), entry in self.by_block.items():
            cells[cell] += entry[place]
        return cells


@dataclass(frozen=True, slots=True)
class Figures:
    """One criterion of one item by both counts. ``by_key``: the mean of each cell, or of those that stand
    together."""

    headcount: Fraction
    balanced: Fraction
    by_key: Mapping[str, Fraction]


@dataclass(slots=True)
class Rated:
    """Everything that was said of one item. ``keys``: cell to the key under which it is told for this
    item."""

    item: str
    measures: dict[str, Measure]
    besides: dict[str, Measure]
    scale: int
    """A total is stored as a whole number; it is this many times as large."""
    single: bool
    """Whether one criterion is all that counts, so that a total is a score."""
    n: int = 0
    hiding: int = 0
    few: bool = True
    totals: dict[str, tuple[tuple[str, str], int, bool]] = field(default_factory=dict)
    """Voter to block, total and whether they hide a vote; only of those who scored every criterion that
    counts."""
    reasons: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    told_sides: tuple[str, ...] = ()
    merges: bool = True
    judged: Counter[str] = field(default_factory=Counter)
    """By cell, how many gave any score."""
    by_key: dict[str, list[int]] = field(default_factory=dict)
    """Key (:data:`EVERYBODY` where heads alone are counted) to its voters' totals, ascending; no key without
    any, and none at all where too few have a total."""
    totals_hiding: int = 0
    """How many of those who have a total hide a vote."""

    @property
    def rated(self) -> int:
        """How many have a total of their own."""
        return len(self.totals)

    @property
    def total_few(self) -> bool:
        """Whether they are too few for anything to be told of their totals."""
        return self.few or self.totals_hiding < FEWEST

    def figures(self, measure: str, *, without: str = "") -> Figures | None:
        """The figures of a criterion, or None where too few have scored it. ``without``: as if the key with
        this cell in it had not voted."""
        of = self.measures[measure]
        if self.few or of.hiding < FEWEST:
            return None
        sums, numbers = self._per_key(of.per_cell(0)), self._per_key(of.per_cell(1))
        by_key = {k: Fraction(sums[k], n) for k, n in numbers.items() if n and not _holds(k, without)}
        if without and not by_key:
            return None
        everybody = Fraction(of.sum, sum(of.hist))
        return Figures(everybody, mean(by_key) if self.keys else everybody, by_key)

    def _per_key(self, per_cell: Mapping[str, int]) -> dict[str, int]:
        told: dict[str, int] = {}
        for cell, key in self.keys.items():
            told[key] = told.get(key, 0) + per_cell.get(cell, 0)
        return told

    def total_means(self, *, without: str = "") -> dict[str, Fraction]:
        """The mean total of the voters of each key; nothing where too few have one or heads are counted."""
        if self.total_few or not self.keys:
            return {}
        return {
            key: Fraction(sum(totals), len(totals) * self.scale)
            for key, totals in self.by_key.items()
            if not _holds(key, without)
        }

    def agreement(self, *, without: str = "") -> Fraction | None:
        """Van der Eijk's A of the cell-averaged proportions: of the five scores where one criterion is all
        that counts, else of low, middle and high totals. None where too few have a total."""
        if self.total_few:
            return None
        by_key = [totals for key, totals in self.by_key.items() if not _holds(key, without)]
        if self.single:
            counts = [[totals.count(step * self.scale) for step in range(1, STEPS + 1)] for totals in by_key]
        else:
            counts = [list(sides(totals, self.scale)) for totals in by_key]
        return agreement(averaged(counts)) if counts else None

    def sides(self) -> dict[str, list[str]]:
        """The voters whose total is high, between, and low."""
        found: dict[str, list[str]] = {"high": [], "middle": [], "low": []}
        # Totals are whole numbers, and so may the limits be.
        least, most = ceil(HIGH * self.scale), floor(LOW * self.scale)
        for voter, (_, total, _) in self.totals.items():
            side = "high" if total >= least else "low" if total <= most else "middle"
            found[side].append(voter)
        return found

    def by_side(self, measure: str) -> dict[str, Fraction] | None:
        """The mean of each territory on a criterion, where that may be told."""
        of = self.measures[measure].by_block
        told = self._tellable([(cell, side, n, hides) for (cell, side), (_, n, hides) in of.items()])
        sums: Counter[str] = Counter()
        numbers: Counter[str] = Counter()
        for (cell, side), (total, n, _) in of.items():
            if cell in told:
                sums[side] += total
                numbers[side] += n
        return {s: Fraction(sums[s], numbers[s]) for s in self.told_sides if numbers[s]} or None

    def _tellable(self, blocks: list[Block]) -> frozenset[str]:
        return enough_to_tell(blocks, merges=self.merges) if self.told_sides else frozenset()

    def total_by_side(self) -> dict[str, Fraction] | None:
        """The mean total of the voters of each territory, where that may be told."""
        if not self.told_sides or self.total_few or not self.keys:
            return None
        blocks = [(cell, side, 1, int(hides)) for (cell, side), _, hides in self.totals.values()]
        told = self._tellable(blocks)
        totals: defaultdict[str, list[int]] = defaultdict(list)
        for (cell, side), total, _hides in self.totals.values():
            if cell in told:
                totals[side].append(total)
        found = {
            t: Fraction(sum(totals[t]), len(totals[t]) * self.scale) for t in self.told_sides if totals[t]
        }
        return found or None


def _holds(key: str, cell: str) -> bool:
    return bool(cell) and cell in key.split(JOINT)


def rate(
    voted: Voted,
    people: Electorate,
    measures: Sequence[str],
    besides: Sequence[str],
    weights: Mapping[str, Fraction],
) -> dict[str, Rated]:
    """Item to what was said of it. ``besides``: criteria answered by funders only."""
    scale = lcm(*(w.denominator for w in weights.values())) if weights else 1
    whole = {c: int(w * scale) for c, w in weights.items()}
    rated = {
        item: Rated(
            item, {m: Measure() for m in measures}, {b: Measure() for b in besides}, scale, len(weights) == 1
        )
        for item in voted.candidates
    }
    for voter in people.voters:
        block = (people.cell_of.get(voter, EVERYBODY), people.side_of[voter])
        hides = voter in people.protected
        may_beside = voter in voted.funders
        for item, ballot in voted.ballots[voter].items():
            if item in rated:
                _add(rated[item], voter, block, ballot, whole, hides=hides, beside=may_beside)
    sides = tuple(side.id for side in people.sides or ())
    for one in rated.values():
        _settle(one, people, weights, sides)
    return rated


def _add(
    one: Rated,
    voter: str,
    block: tuple[str, str],
    ballot: Ballot,
    whole: Mapping[str, int],
    *,
    hides: bool,
    beside: bool,
) -> None:
    one.n += 1
    one.hiding += hides
    scores = ballot.scores
    judged = False
    for name, measure in one.measures.items():
        if score := scores.get(name):
            measure.add(voter, block, score, hides=hides)
            judged = True
    one.judged[block[0]] += judged
    if beside:
        for name, measure in one.besides.items():
            if score := scores.get(name):
                measure.add(voter, block, score, hides=hides)
    if whole and (total := _total(scores, whole)):
        one.totals[voter] = (block, total, hides)
        one.totals_hiding += hides
    if ballot.reason:
        one.reasons[voter] = ballot.reason


def _total(scores: Mapping[str, int], whole: Mapping[str, int]) -> int:
    """One voter's total; 0 unless every criterion that counts was scored."""
    total = 0
    for criterion, weight in whole.items():
        score = scores.get(criterion)
        if not score:
            return 0
        total += weight * score
    return total


def _settle(one: Rated, people: Electorate, weights: Mapping[str, Fraction], sides: tuple[str, ...]) -> None:
    """What follows once everything is known of this item."""
    one.few = one.hiding < FEWEST
    one.told_sides, one.merges = sides, people.merges
    if people.cells and not one.few:
        _join(one, people, weights)
    if one.total_few:
        return
    found: dict[str, list[int]] = {key: [] for key in dict.fromkeys(one.keys.values())} or {EVERYBODY: []}
    for (cell, _), total, _hides in one.totals.values():
        found[one.keys.get(cell, EVERYBODY)].append(total)
    one.by_key = {key: sorted(totals) for key, totals in found.items() if totals}


def _join(one: Rated, people: Electorate, weights: Mapping[str, Fraction]) -> None:
    """Which cells stand together for this item."""
    told = [m for m in one.measures.values() if m.hiding >= FEWEST]
    measures = [(m.per_cell(1), m.per_cell(2)) for m in told]
    totals: Counter[str] = Counter()
    hiding: Counter[str] = Counter()
    for (cell, _), _, hides in one.totals.values():
        totals[cell] += 1
        hiding[cell] += hides
    if sum(hiding.values()) >= FEWEST:
        measures.append((totals, hiding))
    if people.merges:
        one.keys = standing_together(people.cells, measures, totals if weights else one.judged)
    else:
        present = [cell.id for cell in people.cells if any(all_of.get(cell.id) for all_of, _ in measures)]
        one.keys = {cell: cell for cell in present}
