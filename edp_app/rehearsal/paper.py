"""People without a phone, whose sheets of paper the facilitator types in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edp_app.rehearsal.opinions import Mood, Opinions, best_first

if TYPE_CHECKING:
    from edp_app.rehearsal.habits import Dice

Json = dict[str, Any]


@dataclass(frozen=True)
class PaperVoter:
    """One of them, with the number that stands on every sheet of theirs."""

    number: int
    group: str
    territory: str | None
    opinions: Opinions

    @classmethod
    def drawn(
        cls,
        dice: "Dice",
        number: int,
        groups: list[str],
        territories: list[str],
        mood_of: Callable[[str], Mood],
    ) -> "PaperVoter":
        """Whoever these dice make."""
        chance = dice.about("paper")
        group = chance.choice(groups)
        territory = chance.choice(territories) if territories else None
        return cls(number, group, territory, Opinions(dice, groups.index(group), mood_of))

    def sheet(self, run: Json) -> Json:
        """What is to be typed in for this vote: the fields of ``enter_paper_ballot``."""
        said = {"dots": self._dots(run)} if run["method"]["type"] == "dots" else self._ballots(run)
        place = {"territory": self.territory} if self.territory else {}
        return {"run": run["run"], "voter": str(self.number), "group": self.group, **place, **said}

    def mistyped(self, run: Json) -> Json:
        """The same sheet with another opinion on it, as it is typed in first by mistake."""
        sheet = self.sheet(run)
        return sheet if "dots" in sheet else sheet | self._ballots(run, "mistyped")

    def _ballots(self, run: Json, thought: str = "") -> Json:
        return {"ballots": self.opinions.sheet(run, thought)}

    def _dots(self, run: Json) -> dict[str, int]:
        """One on each of the items liked best, as far as they go."""
        method, candidates = run["method"], run["candidates"]
        views = {item: self.opinions.of(candidate["title"]) for item, candidate in candidates.items()}
        left: dict[str, int] = {}
        dots = {}
        for item in best_first(views):
            purse = candidates[item]["column"] if method["per"] == "column" else ""
            if left.setdefault(purse, method["dots"]):
                left[purse] -= 1
                dots[item] = 1
        return dots
