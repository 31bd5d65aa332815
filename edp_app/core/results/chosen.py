"""The result of votes in which one of a few answers is given to each item, as it is published: agree,
disagree or pass; one of the options of a choice.

*Agree*, head-count: those who agree ÷ those who judged the item. Balanced: group-informed consensus
(:mod:`edp_app.core.results.consensus`). A choice has answers and nothing that could pass.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from edp_app.core.definition import ChoiceMethod
from edp_app.core.results.backed import backed
from edp_app.core.results.cells import FEWEST, JOINT
from edp_app.core.results.consensus import Consensus, consensus, in_one_measure
from edp_app.core.results.electorate import Electorate, electorate, enough_to_tell, few, standing_together
from edp_app.core.results.published import VERSION, WHOLE_STAGE, Json, present, shuffled
from edp_app.core.results.shares import NOTHING, Counted
from edp_app.core.results.standing import Place, stand
from edp_app.core.results.voted import Voted

AGREE = ("agree", "disagree", "pass")


@dataclass(slots=True)
class _Answers:
    """What was answered about one item. ``keys``: cell to the key under which it is told for this item."""

    item: str
    by_block: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    hiding: Counter[tuple[str, str]] = field(default_factory=Counter)
    reasons: list[tuple[str, str]] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)

    @property
    def counts(self) -> Counter[str]:
        return sum(self.by_block.values(), Counter())

    @property
    def n(self) -> int:
        return self.counts.total()

    @property
    def few(self) -> bool:
        return self.hiding.total() < FEWEST

    def by_key(self, without: str = "") -> dict[str, Counter[str]]:
        """Key to what was answered in it, in the order of the cells."""
        told: dict[str, Counter[str]] = {}
        for cell, key in self.keys.items():
            if not without or without not in key.split(JOINT):
                here = told.setdefault(key, Counter())
                for (of, _), answers in self.by_block.items():
                    if of == cell:
                        here.update(answers)
        return told

    def by_side(self, people: Electorate) -> dict[str, Counter[str]] | None:
        """Territory to what was answered there, where that may be told."""
        if people.sides is None or self.few:
            return None
        blocks = [(*block, answers.total(), self.hiding[block]) for block, answers in self.by_block.items()]
        cells = enough_to_tell(blocks, merges=people.merges)
        told: dict[str, Counter[str]] = {side.id: Counter() for side in people.sides}
        for (cell, side), answers in self.by_block.items():
            if side in told and cell in cells:
                told[side].update(answers)
        return {side: answers for side, answers in told.items() if answers}


def agree_result(voted: Voted) -> Json:
    """The result of a run in which people agreed or disagreed with items, or passed."""
    head: Json = {"version": VERSION, "method": "agree"}
    who = voted.judges
    people = electorate(voted, who)
    if people is None:
        return head | few(voted, who)
    head |= {"rule": voted.rule, "passes": voted.vote.passes} | people.head()
    answers = _gather(voted, people)
    counted = _counted(answers)
    portfolio = None
    if people.cells:
        approved = {  # who agrees with nothing has a part of the group's money, too, and spends none
            voter: {i: 1 for i, b in voted.ballots[voter].items() if b.choice == "agree"} for voter in who
        }
        portfolio = backed(counted, approved, people.cell_of, voted.vote.passes, voted.seed)
    standing = stand(
        counted,
        voted,
        people.cells,
        lambda cell: _counted(answers, without=cell),
        portfolio=portfolio.items if portfolio else None,
    )
    by_item = {one.item: one for one in answers}
    rows = [_agree_row(by_item[c.item], c, standing.places[c.item], voted, people) for c in standing.order]
    return head | {
        "columns": [
            present(
                column=WHOLE_STAGE,
                items=rows,
                tied_out=standing.tied_out,
                portfolio=portfolio.published() if portfolio else None,
            )
        ]
    }


def choice_result(voted: Voted) -> Json:
    """The result of a run in which one of the options was chosen for each item: nothing passes."""
    method = voted.vote.method
    if not isinstance(method, ChoiceMethod):
        raise TypeError("no choice")
    head: Json = {"version": VERSION, "method": "choice"}
    who = voted.judges
    people = electorate(voted, who, funders_apart=method.funders_apart)
    if people is None:
        return head | {"voters": len(who), "few": True}
    options = [option.id for option in method.options]
    rows = []
    for one in _gather(voted, people):
        title = voted.candidates[one.item].title
        if one.few:
            rows.append(present(item=one.item, title=title, n=one.n, few=one.n > 0 or None))
            continue
        by_key = {key: _told(answers, options) for key, answers in one.by_key().items()}
        by_side = one.by_side(people)
        rows.append(
            present(
                item=one.item,
                title=title,
                n=one.n,
                counts=_told(one.counts, options),
                by_cell=by_key or None,
                territories={t: _told(a, options) for t, a in by_side.items()} if by_side else None,
            )
        )
    rows.sort(key=lambda row: "counts" not in row)  # stable: those without figures last
    return head | people.head() | {"columns": [{"column": WHOLE_STAGE, "items": rows}]}


def _told(answers: Mapping[str, int], options: Sequence[str]) -> dict[str, int]:
    return {option: answers.get(option, 0) for option in options}


def _gather(voted: Voted, people: Electorate) -> list[_Answers]:
    found = {item: _Answers(item) for item in voted.candidates}
    for voter in people.voters:
        block = (people.cell_of.get(voter, ""), people.side_of[voter])
        for item, ballot in voted.ballots[voter].items():
            if one := found.get(item):
                one.by_block.setdefault(block, Counter())[ballot.choice] += 1
                one.hiding[block] += voter in people.protected
                if ballot.reason:
                    one.reasons.append((ballot.choice, ballot.reason))
    for one in found.values():
        if people.cells and not one.few:
            judged: Counter[str] = Counter()
            hiding: Counter[str] = Counter()
            for block, answers in one.by_block.items():
                judged[block[0]] += answers.total()
                hiding[block[0]] += one.hiding[block]
            present_here = {cell.id: cell.id for cell in people.cells if judged[cell.id]}
            together = standing_together(people.cells, [(judged, hiding)], judged)
            one.keys = together if people.merges else present_here
    return list(found.values())


def _consensus(one: _Answers, without: str = "") -> Consensus | None:
    return None if one.few else consensus((a["agree"], a.total()) for a in one.by_key(without).values())


def _counted(answers: Sequence[_Answers], without: str = "") -> list[Counted]:
    """The figures by which items are listed; with ``without``, as if that cell had not voted. The consensus
    is no fraction: what stands for it has the same order."""
    found = {one.item: said for one in answers if (said := _consensus(one, without))}
    order = in_one_measure(found) if found else {}
    return [_figures(one, order.get(one.item), without) for one in answers]


def _figures(one: _Answers, place: Fraction | None, without: str) -> Counted:
    if one.few or (without and place is None):
        return Counted(one.item, 0, NOTHING, NOTHING, {}, NOTHING, ranked=False)
    by_key = one.by_key(without)
    shares = {key: Fraction(a["agree"], a.total()) for key, a in by_key.items()}
    agree = sum(a["agree"] for a in by_key.values()) if without else one.counts["agree"]
    return Counted(
        item=one.item,
        given=agree,
        headcount=Fraction(one.counts["agree"], one.n),
        balanced=place or NOTHING,
        by_cell=shares,
        lowest=min(shares.values(), default=NOTHING),
    )


def _agree_row(one: _Answers, counted: Counted, place: Place, voted: Voted, people: Electorate) -> Json:
    title = voted.candidates[one.item].title
    if one.few:
        return present(item=one.item, title=title, n=one.n, few=one.n > 0 or None, place=place)
    counts, by_key, by_side = one.counts, one.by_key(), one.by_side(people)
    said = {side: [text for given, text in one.reasons if given == side] for side in AGREE}
    reasons = {side: shuffled(texts, voted.seed, one.item) for side, texts in said.items() if texts}
    return present(
        item=one.item,
        title=title,
        n=one.n,
        **_told(counts, AGREE),
        headcount=counted.headcount,
        balanced=found.value if by_key and (found := _consensus(one)) else None,
        place=place,
        cells=dict(counted.by_cell) or None,
        territories={t: Fraction(a["agree"], a.total()) for t, a in by_side.items()} if by_side else None,
        counts={key: [answers[side] for side in AGREE] for key, answers in by_key.items()} or None,
        reasons=reasons or None,
    )
