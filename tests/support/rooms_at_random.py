"""Rooms that vote at random, for every method: large and small, of one mind and of none, with everything that
may be odd about them. ``room(method, seed)`` is the same room each time.
"""

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from edp_app.rehearsal.oracle import Question

Json = dict[str, Any]

METHODS = ("dots", "points", "agree", "criteria", "axes", "choice", "ranking")
RULES = ("headcount", "balanced", "both")
WITH_PORTFOLIO = ("dots", "points", "agree")
COLUMNS = ["s", "w", "o"]
GROUPS = ["government", "business", "academia", "civil_society", "environment", "funding"]
TERRITORIES = ["tacna", "arica", "puno"]
LABELS = ("groups_differ", "shared_yes", "shared_no", "divided", "open")


def room(method: str, seed: int) -> Question:
    """One room and how it voted."""
    return _Room(method, Random(f"{method}|{seed}")).question()


class _Room:
    """The choices that make a room, each drawn once; then everybody's ballots."""

    def __init__(self, method: str, rng: Random) -> None:
        self.type, self.rng = method, rng
        self.groups = GROUPS[: rng.randint(2, 6)]
        self.territories = TERRITORIES[: rng.choice([0, 0, 1, 2, 2, 3])]
        self.items = {
            f"i{n}": self._item(n) for n in range(rng.choice([0, 1, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 10, 12]))
        }
        self.voters = [f"p{n}" for n in range(self._size())]
        self.method = getattr(self, f"_{method}")()
        self._people()
        self._mood()

    def _size(self) -> int:
        small, some, many = self.rng.randint(0, 4), self.rng.randint(5, 14), self.rng.randint(15, 30)
        return self.rng.choice([small, some, some, some, many, many, many])

    def _item(self, n: int) -> Json:
        return {"column": self.rng.choice(COLUMNS), "title": None if self._happens(0.1) else f"Item {n}"}

    def _happens(self, chance: float) -> bool:
        return self.rng.random() < chance

    # ---- settings

    def _dots(self) -> Json:
        per = self.rng.choice(["stage", "stage", "column"])
        return {
            "type": "dots",
            "dots": self.rng.choice([1, 3, 3, 5]),
            "per": per,
            "cap": self.rng.choice([1, 2, 3]),
        }

    def _points(self) -> Json:
        return {"type": "points", "points": self.rng.choice([2, 10, 10, 100]), "cap": None}

    def _agree(self) -> Json:
        return {"type": "agree", "reason": self._happens(0.5)}

    def _criteria(self) -> Json:
        criteria = [self._criterion(n) for n in range(self.rng.choice([1, 2, 3, 4, 4, 5]))]
        criteria[0]["beside"] = False
        return {
            "type": "criteria",
            "criteria": criteria,
            "weights_from": None,
            "reason": self._happens(0.7),
        }

    def _criterion(self, n: int) -> Json:
        words: Json = {"name": {"en": f"C {n}"}, "asks": {}, "low": {}, "middle": {}, "high": {}}
        return {
            "id": f"c{n}",
            "weight": self.rng.choice([0, 1, 1, 1, 2, 3, 70]),
            "beside": self._happens(0.2),
            "flag_ones": self._happens(0.3),
        } | words

    def _axes(self) -> Json:
        axis: Json = {"low": {}, "high": {}}
        return {
            "type": "axes",
            "x": {"id": "impact", "name": {"en": "Impact"}} | axis,
            "y": {"id": "unsure", "name": {"en": "Uncertainty"}} | axis,
        }

    def _choice(self) -> Json:
        options = [{"id": f"o{n}", "name": {"en": f"O {n}"}} for n in range(self.rng.randint(2, 5))]
        return {"type": "choice", "options": options, "funders_apart": self._happens(0.5)}

    def _ranking(self) -> Json:
        return {"type": "ranking", "top": self.rng.choice([None, None, 1, 3])}

    # ---- people

    def _people(self) -> None:
        """Groups of very unequal size, as they are."""
        sizes = [self.rng.choice([0.3, 1, 1, 3, 8]) for _ in self.groups]
        self.group_of = {v: self.rng.choices(self.groups, sizes)[0] for v in self.voters}
        self.territory_of = {}
        if self.territories:
            somewhere = self.rng.choice([0.8, 1, 1])
            sides = [self.rng.choice([0.2, 1, 1]) for _ in self.territories]
            for voter in self.voters:
                if self._happens(somewhere):
                    self.territory_of[voter] = self.rng.choices(self.territories, sides)[0]
        self.funders = self._some(self.rng.choice([0, 0.1, 0.3, 0.6]))
        self.paper = self._some(self.rng.choice([0, 0, 0, 0, 0.1, 0.3, 0.7, 1]))

    def _some(self, share: float) -> set[str]:
        return {voter for voter in self.voters if self._happens(share)}

    def _mood(self) -> None:
        """Of whom the room is of one mind with whom, and how much of it takes part."""
        self.minds = self.rng.choice(["everybody", "group", "group", "own", "own", "two"])
        self.noise = self.rng.choice([0, 0, 0.1, 0.4])
        self.unknowing = self.rng.choice([0, 0, 0, 0.1, 0.1, 0.4, 0.8, 1])
        self.taking_part = self.rng.choice([1, 1, 1, 0.9, 0.9, 0.5, 0.5, 0.2, 0])
        self.opinions: dict[Any, Any] = {}

    def _opinion(self, voter: str, on: str, drawn: Callable[[], Any]) -> Any:
        """What somebody thinks: what those of the same mind think, but for some noise."""
        if self._happens(self.noise):
            return drawn()
        mind = {
            "everybody": "",
            "group": self.group_of[voter],
            "own": voter,
            "two": str(int(voter[1:]) % 2),
        }[self.minds]
        if (mind, on) not in self.opinions:
            self.opinions[mind, on] = drawn()
        return self.opinions[mind, on]

    # ---- ballots

    def _sheet(self, voter: str) -> dict[str, Json]:
        names = [*self.items, "hidden"]
        if self.type in ("points", "ranking"):
            ballot = self._points_of(voter, names) if self.type == "points" else self._order_of(voter, names)
            return {"": ballot} if self._happens(max(self.taking_part, 0.4)) else {}
        self.rng.shuffle(names)
        ballots = {}
        for name in names:
            if self._happens(self.taking_part):
                ballots[name] = getattr(self, f"_{self.type}_of")(voter, name)
        return ballots

    def _dots_of(self, voter: str, name: str) -> Json:
        return {"dots": min(self._opinion(voter, name, lambda: self.rng.randint(0, 3)), self.method["cap"])}

    def _points_of(self, voter: str, names: list[str]) -> Json:
        most, left, scores = self.method["points"], self.method["points"], {}
        for name in names:
            liked = self._opinion(voter, name, lambda: self.rng.choice([0, 0, 1, 2, most // 2, most]))
            if n := min(left, liked):
                scores[name], left = n, left - n
        return {"scores": scores} if scores else {}

    def _order_of(self, voter: str, names: list[str]) -> Json:
        liking = {name: self._opinion(voter, name, self.rng.random) for name in names}
        order = sorted(names, key=lambda name: liking[name])
        most = min(self.method["top"] or len(order), len(order))
        return {"order": order[: self.rng.choice([most, most, self.rng.randint(1, most)])]}

    def _agree_of(self, voter: str, name: str) -> Json:
        choice = self._opinion(voter, name, lambda: self.rng.choice(["agree", "agree", "disagree", "pass"]))
        return {"choice": choice} | self._reason(voter)

    def _choice_of(self, voter: str, name: str) -> Json:
        options = [option["id"] for option in self.method["options"]]
        return {"choice": self._opinion(voter, name, lambda: self.rng.choice(options))}

    def _criteria_of(self, voter: str, name: str) -> Json:
        leaning = self._opinion(voter, name, lambda: self.rng.choice([1, 2, 3, 4, 5, 5]))
        scores = {}
        for criterion in self.method["criteria"]:
            if not criterion["beside"] or (voter in self.funders and self._happens(0.7)):
                scores[criterion["id"]] = self._score(voter, f"{name} {criterion['id']}", leaning)
        return {"scores": scores} | self._reason(voter)

    def _axes_of(self, voter: str, name: str) -> Json:
        leaning = self._opinion(voter, name, lambda: self.rng.randint(1, 5))
        return {
            "scores": {
                self.method[a]["id"]: self._score(voter, f"{name} {self.method[a]['id']}", leaning)
                for a in ("x", "y")
            }
        }

    def _score(self, voter: str, on: str, leaning: int) -> int:
        if self._happens(self.unknowing):
            return 0
        near = [leaning, leaning, max(1, leaning - 1), min(5, leaning + 1)]
        return int(self._opinion(voter, on, lambda: self.rng.choice(near)))

    def _reason(self, voter: str) -> Json:
        if not self.method["reason"] or self._happens(0.5):
            return {}
        return {"reason": self.rng.choice([f"Because of {voter}", "It is ours", "¿Quién paga?"])}

    # ---- all of it

    def question(self) -> Question:
        privacy = self.rng.choice(["grouped", "grouped", "grouped", "open", "headcount"])
        portfolio = self.type in WITH_PORTFOLIO and self.method.get("per") != "column"
        ballots = {voter: self._sheet(voter) for voter in self.voters}
        second = self.type == "criteria" and self._happens(0.3)
        return Question(
            method=self.method,
            rule=self.rng.choice([*RULES, "portfolio", "portfolio"] if portfolio else RULES),
            passes=self.rng.choice([1, 2, 3, 3, 5]),
            privacy=privacy,
            groups=self.groups,
            territories=self.territories,
            columns=COLUMNS,
            items=self.items,
            ballots=ballots,
            group_of=self.group_of,
            seed=f"{self.rng.getrandbits(256):064x}",
            territory_of=self.territory_of,
            funders=self.funders,
            paper=self.paper,
            weights=self._weights(),
            before={item: self._before() for item in self.items} if second else {},
            before_run="score.1" if second else None,
        )

    def _weights(self) -> dict[str, Fraction] | None:
        if self.type != "criteria" or self._happens(0.6):
            return None
        counting = [c["id"] for c in self.method["criteria"] if not c["beside"]]
        return {criterion: Fraction(self.rng.randint(0, 30), 7) for criterion in counting}

    def _before(self) -> Json | None:
        if self._happens(0.2):
            return None
        return {"run": "score.1", "balanced": 3.25, "rank_balanced": 2, "label": self.rng.choice(LABELS)}
