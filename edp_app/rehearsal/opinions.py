"""What simulated people think, and how they say it by each voting method.

Every item has a mood, so that whatever can be said of opinions occurs: some items please everybody, some only
some of the groups, about some everyone is of their own mind. In a second round opinions move towards each
other, as they do when people have read the reasons of both sides.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from edp_app.rehearsal.reasons import REASONS

Json = dict[str, Any]
Sheet = dict[str, Json]
"""Item (or "" where one ballot is about all of them) to what is said of it, as a ballot says it."""

Mood = Literal["liked", "by_group", "divided", "open", "disliked"]
MOODS: tuple[Mood, ...] = ("liked", "by_group", "divided", "open", "disliked")

YES, NO = 4.6, 1.5
MIDDLE = 3.0
MEETING = 3.9
"""Where opinions move to in a second round: those who had doubts are won over more often than lost."""
MOVED = 0.65
"""How far they move there."""
HIGH, LOW = 3.5, 2.5
BEST = 5
GIVES_A_REASON = 0.25
SAYS_NOTHING = 0.04
"""How often somebody leaves an item out."""


class Dice(Protocol):
    """Where the choices of one person come from."""

    def about(self, what: str) -> random.Random:
        """The dice for one matter."""
        ...

    def of_all(self, what: str) -> random.Random:
        """The dice that everybody shares."""
        ...


@dataclass(frozen=True)
class Views:
    """How much somebody likes each of the items that are voted on, and what these are called."""

    liking: dict[str, float]
    titles: dict[str, str]


class Opinions:
    """What one person thinks of items, by their words, which are the same in every rehearsal. ``place``: the
    place of their group among the groups."""

    def __init__(
        self, dice: Dice, place: int, mood_of: Callable[[str], Mood], *, funder: bool = False
    ) -> None:
        self.dice, self.place, self.mood_of, self.funder = dice, place, mood_of, funder
        self.knows = dice.about("knows").choice([0.99, 0.97, 0.9])

    def of(self, title: str, *, second: bool = False) -> float:
        """How much they like an item: about 1 to 5."""
        chance = self.dice.about(f"taste {title}")
        match self.mood_of(title):
            case "liked":
                leaning = YES
            case "disliked":
                leaning = NO
            case "open":
                leaning = MIDDLE
            case "by_group":
                turned = self.dice.of_all(f"turned {title}").randrange(2)
                leaning = YES if (self.place + turned) % 2 else NO
            case "divided":
                leaning = chance.choice([YES, NO])
        if second:
            leaning += MOVED * (MEETING - leaning)
        return leaning + chance.gauss(0, 0.45)

    # ---- what they say of all items of a vote

    def sheet(self, run: Json, thought: str = "") -> Sheet:
        """What they say in a run of a vote, as far as they say anything. ``thought``: another gives another
        opinion here and there. Dots are spent one by one, and not here."""
        method = run["method"]
        chance = self.dice.about(f"{run['run']} {method['type']} {thought}")
        said: Callable[[Json, Views, random.Random], Sheet] = getattr(self, f"_{method['type']}")
        titles = {i: str(run["candidates"][i]["title"]) for i in sorted(run["candidates"])}
        second = "second_of" in run
        liking = {i: self.of(title, second=second) + chance.gauss(0, 0.15) for i, title in titles.items()}
        sheet = said(method, Views(liking, titles), chance)
        if "" in sheet or len(sheet) < 2:
            return sheet
        return {item: ballot for item, ballot in sheet.items() if chance.random() > SAYS_NOTHING}

    def _agree(self, method: Json, views: Views, chance: random.Random) -> Sheet:
        return {
            item: {"choice": "agree" if view >= HIGH else "disagree" if view <= LOW else "pass"}
            | self._reason(method, view, chance)
            for item, view in views.liking.items()
        }

    def _criteria(self, method: Json, views: Views, chance: random.Random) -> Sheet:
        asked = [one["id"] for one in method["criteria"] if not one["beside"] or self.funder]
        return {
            item: {"scores": self._scores(asked, views.titles[item], view, 0.5, chance)}
            | self._reason(method, view, chance)
            for item, view in views.liking.items()
        }

    def _axes(self, method: Json, views: Views, chance: random.Random) -> Sheet:
        axes = [method["x"]["id"], method["y"]["id"]]
        return {
            item: {"scores": self._scores(axes, views.titles[item], view, 1.6, chance)}
            for item, view in views.liking.items()
        }

    def _scores(
        self, asked: Sequence[str], title: str, view: float, apart: float, chance: random.Random
    ) -> dict[str, int]:
        """``apart``: how far what is asked may differ in everybody's eyes, up or down."""
        scores = {}
        for one in asked:
            leaning = view + self.dice.of_all(f"{one} of {title}").uniform(-apart, apart)
            score = within(leaning + chance.gauss(0, 0.5))
            scores[one] = score if chance.random() < self.knows else 0
        return scores

    def _choice(self, method: Json, views: Views, chance: random.Random) -> Sheet:
        """The first of the options is the kindest, and funders are strict."""
        options = [option["id"] for option in method["options"]]
        strict = 0.8 if self.funder else 0.0
        places = (len(options) - 1) / (BEST - 1)
        return {
            item: {"choice": options[round((BEST - within(view - strict + chance.gauss(0, 0.5))) * places)]}
            for item, view in views.liking.items()
        }

    def _points(self, method: Json, views: Views, chance: random.Random) -> Sheet:
        left, scores = method["points"], {}
        most = method.get("cap") or left
        for item in best_first(views.liking):
            if not left:
                break
            given = min(left, most, max(1, round(method["points"] * chance.choice([0.1, 0.2, 0.3, 0.5]))))
            scores[item] = given
            left -= given
        return {"": {"scores": scores}} if scores else {}

    def _ranking(self, method: Json, views: Views, chance: random.Random) -> Sheet:
        order = best_first(views.liking)[: method.get("top") or len(views.liking)]
        far = len(order) if chance.random() < 0.6 else chance.randint(1, max(1, len(order)))
        return {"": {"order": order[:far]}} if order else {}

    def _reason(self, method: Json, view: float, chance: random.Random) -> Json:
        if not method.get("reason") or chance.random() > GIVES_A_REASON:
            return {}
        side = "high" if view >= HIGH else "low" if view <= LOW else "middle"
        return {"reason": chance.choice(REASONS[side])}


def within(view: float) -> int:
    """A score from 1 to 5."""
    return max(1, min(BEST, round(view)))


def best_first(views: dict[str, float]) -> list[str]:
    """The items in the order in which somebody likes them."""
    return sorted(views, key=lambda item: (-views[item], item))


def out_of_bounds(run: Json) -> tuple[str, Json] | None:
    """A ballot that goes too far, as a thumb or a broken page might send it: the item and what it says. None
    where there is nothing to vote on. (With dots, one that is one too many.)"""
    method, items = run["method"], sorted(run["candidates"])
    if not items:
        return None
    match method["type"]:
        case "points":
            return "", {"scores": {items[0]: (method.get("cap") or method["points"]) + 1}}
        case "ranking":
            return "", {"order": [items[0], items[0]]}
        case "agree" | "choice":
            return items[0], {"choice": "perhaps"}
        case "criteria":
            counting = [one["id"] for one in method["criteria"] if not one["beside"]]
            return items[0], {"scores": dict.fromkeys(counting[1:], 3) or {counting[0]: BEST + 1}}
        case "axes":
            return items[0], {"scores": {method["x"]["id"]: 3}}
    return None


def in_turn(titles: list[str]) -> dict[str, Mood]:
    """Each of these texts with a mood, so that every mood comes as often as any other."""
    return {title: MOODS[n % len(MOODS)] for n, title in enumerate(sorted(set(titles)))}
