"""Scores on several criteria, and what they come to together."""

from collections.abc import Iterable
from fractions import Fraction

from edp_app.rehearsal.oracle.listing import Item, Ranked
from edp_app.rehearsal.oracle.measures import agreement, gap, in_no_order, permutation_p
from edp_app.rehearsal.oracle.question import Json, Question
from edp_app.rehearsal.oracle.room import Block, Room, key, mean_of, mean_score
from edp_app.rehearsal.oracle.scores import Scores, balanced, cell_means, scores_on, summed, told

SIDES = ("high", "middle", "low")
HIGH, LOW = Fraction(7, 2), Fraction(5, 2)


def head(question: Question) -> Json:
    """The weights of the criteria that count, as everybody is told them."""
    agreed = {"weights_agreed": True} if _agreed(question) else {}
    return {"weights": {c: float(w) for c, w in weights(question).items() if w}} | agreed


def weights(question: Question) -> dict[str, Fraction]:
    """Criterion to its share of the whole; equal shares where all weights are 0. None of those beside it."""
    counting = [c for c in question.method["criteria"] if not c["beside"]]
    given = _agreed(question) or {c["id"]: Fraction(c["weight"]) for c in counting}
    total = sum(given[c["id"]] for c in counting)
    if total == 0:
        return {c["id"]: Fraction(1, len(counting)) for c in counting}
    return {c["id"]: given[c["id"]] / total for c in counting}


def _agreed(question: Question) -> dict[str, Fraction] | None:
    return question.weights if question.weights and any(question.weights.values()) else None


def lists(room: Room) -> list[Json]:
    items = [Scored(room, name).item() for name in room.question.items]
    return [{"column": ""} | Ranked(room, items).listing()]


def side_of(score: Fraction) -> str:
    return "high" if score >= HIGH else "low" if score <= LOW else "middle"


class Scored:
    """One item with its scores."""

    def __init__(self, room: Room, name: str) -> None:
        self.room, self.name = room, name
        self.weights = weights(room.question)
        self.ballots = {voter: sheet[name] for voter, sheet in room.sheets.items() if name in sheet}
        self.scores = {criterion: scores_on(room, name, criterion) for criterion in self.weights}
        # A criterion of no weight is asked about and has no part in the total, so nothing lacks without it.
        self.parts = {criterion: weight for criterion, weight in self.weights.items() if weight}
        totals = {
            voter: summed(
                weight * self.scores[c][voter] if voter in self.scores[c] else None
                for c, weight in self.parts.items()
            )
            for voter in self.ballots
        }
        self.total: Scores = {voter: total for voter, total in totals.items() if total is not None}
        self.blocks = room.blocks(*self.scores.values(), self.total, whole=self.total)
        self.means = cell_means(room, self.total, self.blocks)

    def item(self) -> Item:
        row: Json = {"item": self.name, "n": len(self.ballots)}
        question = self.room.question
        if (title := question.items[self.name]["title"]) is not None:
            row["title"] = title
        if before := question.before.get(self.name):
            row["before"] = before
        if not self.ballots:
            return Item(self.name, row)
        if self.room.too_few(self.ballots):
            return Item(self.name, row | {"few": True})
        row["scores"] = {one["id"]: self._criterion(one) for one in question.method["criteria"]}
        row |= {"rated": len(self.total), "dont_know": len(self.ballots) - len(self.total)}
        if not self.room.too_few(self.total):
            row |= self._of_totals()
        if any(self.room.too_few(self.scores[criterion]) for criterion in self.parts):
            return Item(self.name, row)
        heads = [w * mean_of(self.scores[c].values()) for c, w in self.parts.items()]
        return Item(
            id=self.name,
            row=row,
            headcount=sum(heads, Fraction(0)),
            blocks=[
                block for block in self.blocks if any(self.room.of(block, self.scores[c]) for c in self.parts)
            ],
            balanced=self._balanced,
            lowest=self._lowest,
            agreement=self._agreement,
        )

    def _criterion(self, one: Json) -> Json:
        if one["beside"]:
            beside = scores_on(self.room, self.name, one["id"], self.room.question.funders)
            entry = told(self.room, beside, [])
            return {"beside": True} | {name: entry[name] for name in ("n", "headcount") if name in entry}
        scores = self.scores[one["id"]]
        entry = told(self.room, scores, self.blocks)
        if "headcount" not in entry:
            return entry
        entry["counts"] = [sum(score == step for score in scores.values()) for step in range(1, 6)]
        if one["flag_ones"] and entry["counts"][0]:
            entry["ones"] = entry["counts"][0]
        return entry

    def _of_totals(self) -> Json:
        """What is told of the voters' own totals."""
        row: Json = {"sides": self._sides(self.total)}
        if not self.room.heads_only:
            row["cells"] = {key(block): float(mean) for block, mean in self.means.items()}
            if (apart := gap(list(self.means.values()))) is not None:
                row["gap"] = float(apart)
        there = self.room.by_territory(self.total, lambda v: mean_score(self.total, v))
        row |= {"territories": there} if there else {}
        if (a := self._agreement(self.blocks)) is not None:
            row |= {"agreement": float(a), "polarisation": float((1 - a) / 2)}
        if reasons := self._reasons():
            row["reasons"] = reasons
        return row | self._label()

    def _sides(self, voters: Iterable[str]) -> dict[str, int]:
        sides = [side_of(self.total[voter]) for voter in voters]
        return {side: sides.count(side) for side in SIDES}

    def _shares(self, voters: Iterable[str]) -> dict[str, Fraction]:
        sides = self._sides(voters)
        return {side: Fraction(n, sum(sides.values())) for side, n in sides.items()}

    def _label(self) -> Json:
        cells = [self.room.of(block, self.total) for block in self.means]
        apart = gap(list(self.means.values()))
        if apart is not None and apart >= 1:
            p = permutation_p(
                [[self.total[voter] for voter in cell] for cell in cells],
                f"{self.room.question.seed}|{self.name}|labels",
            )
            if p is not None and p <= Fraction(1, 20):
                return {"label": "groups_differ", "p": float(p)}
        overall, by_cell = self._shares(self.total), [self._shares(cell) for cell in cells]
        for label, side in (("shared_yes", "high"), ("shared_no", "low")):
            everywhere = all(shares[side] >= Fraction(1, 2) for shares in by_cell)
            if overall[side] >= Fraction(7, 10) and everywhere:
                return {"label": label}
        both = overall["high"] >= Fraction(3, 10) and overall["low"] >= Fraction(3, 10)
        return {"label": "divided" if both else "open"}

    def _reasons(self) -> dict[str, list[str]]:
        texts: dict[str, list[str]] = {side: [] for side in SIDES}
        for voter, total in self.total.items():
            if reason := self.ballots[voter].get("reason"):
                texts[side_of(total)].append(reason)
        seed = self.room.question.seed
        return {side: in_no_order(given, seed, self.name) for side, given in texts.items() if given}

    # ---- of some of the blocks

    def _balanced(self, blocks: list[Block]) -> Fraction | None:
        parts = (balanced(self.room, self.scores[c], blocks) for c in self.parts)
        weighed = zip(self.parts.values(), parts, strict=True)
        return summed(None if part is None else weight * part for weight, part in weighed)

    def _lowest(self, blocks: list[Block]) -> Fraction | None:
        if self.room.too_few(self.total):
            return None
        return min((self.means[block] for block in blocks if block in self.means), default=None)

    def _agreement(self, blocks: list[Block]) -> Fraction | None:
        """On the three sides, every cell counting the same; of one criterion alone on its five steps."""
        cells = [self.room.of(block, self.total) for block in blocks if block in self.means]
        if self.room.too_few(self.total) or not cells:
            return None
        if len(self.parts) > 1:
            shares = [list(self._shares(cell).values()) for cell in cells]
        else:
            steps = [[self.total[voter] for voter in cell] for cell in cells]
            shares = [[Fraction(one.count(Fraction(n)), len(one)) for n in range(1, 6)] for one in steps]
        return agreement([mean_of(category) for category in zip(*shares, strict=True)])
