"""How the report tells a vote by one method: what it reads of the published result, and how it says it.

The templates and the other modules of the report know methods only through :class:`Telling`. What most
methods have in common stands in it; each method says what is its own.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar, TypeVar

from edp_app.charts.measure import Measure
from edp_app.report.parts import Asked, Json, Listing, Part, Row, Vote
from edp_app.report.ties import Count, figure
from edp_app.report.votes.reading import Reading
from edp_app.report.wording import Wording


class Telling(ABC):
    """One method. ``template``: what shows a vote by it, under its pictures; ``annex``: its figures, in full;
    ``pictures``: of which of them, in this order (names
    of :mod:`edp_app.charts.published`)."""

    id: ClassVar[str]
    template: ClassVar[str] = "report/votes/_ranked.html"
    annex: ClassVar[str] = "report/votes/_figures.html"
    pictures: ClassVar[tuple[str, ...]] = ()

    # ---- reading

    @abstractmethod
    def asked(self, reading: Reading) -> Asked:
        """The settings."""

    @abstractmethod
    def part(self, row: Json, reading: Reading) -> Part:
        """What this method adds to a row that has figures."""

    def told(self, row: Json) -> bool:
        """Whether there is anything to read of a row: somebody judged the item."""
        return bool(row["n"])

    def given(self, row: Json) -> int:
        """See :attr:`edp_app.report.parts.Row.given`."""
        return int(row["n"]) if "headcount" in row else 0

    def cells(self, row: Json) -> Mapping[str, float]:
        """Cell key to the figure by which items are listed."""
        found: Mapping[str, float] = row.get("cells", {})
        return found

    def territories(self, row: Json) -> Mapping[str, float]:
        """Territory to the same."""
        found: Mapping[str, float] = row.get("territories", {})
        return found

    # ---- saying

    @abstractmethod
    def says(self, vote: Vote, words: Wording) -> str:
        """What everybody could do."""

    def counted(self, count: Count, words: Wording) -> str:
        """How a count is made; empty for methods by which nothing is ranked."""
        return ""

    def written(self, value: float, count: Count, listing: Listing, words: Wording, digits: int) -> str:
        """A figure in a table."""
        return words.percent(value, digits)

    def drawn(self, count: Count) -> bool:
        """Whether a figure by this count has a bar in the ranking: all bars of a table are of one measure."""
        return True

    def in_ranking(self, value: float, count: Count, listing: Listing, words: Wording, digits: int) -> str:
        """A figure in the ranking."""
        return self.written(value, count, listing, words, digits)

    def rule_says(self, vote: Vote, words: Wording) -> str:
        """What else the rule does that nobody would guess from the figures; empty where nothing."""
        return ""

    def figure_says(self, vote: Vote, words: Wording) -> str:
        """What a figure means that its name does not say; empty where it does."""
        return ""

    def why_nothing(self, vote: Vote, words: Wording) -> str:
        """Why nothing could pass, where the figures say it; empty where they do not."""
        return ""

    def order_says(self, words: Wording) -> str:
        """In which order items are listed that have no rank; empty where ranks or the picture show it."""
        return ""

    def figure(self, row: Row, count: Count, listing: Listing, words: Wording) -> str:
        """An item's figure in a sentence."""
        value = figure(row, count)
        if value is None:
            return "–"
        return self.written(value, count, listing, words, max(1, self.digits(listing)))

    def digits(self, listing: Listing) -> int:
        """With how many decimals the figures of a list are told, so that different ones read differently."""
        return 0

    def in_cell(self, value: float, listing: Listing, words: Wording) -> str:
        """One cell's figure, as it stands in brackets behind its name."""
        return words.percent(value)

    def chart_says(self, words: Wording) -> str:
        """What stands over the chart of an item's figure in every group."""
        return words.gettext("Share of each group; the line is their mean")

    def measure(self, listing: Listing) -> Measure:
        """On what scale the figures of a list are drawn."""
        return Measure()

    def unit(self, count: Count, words: Wording) -> str:
        """In what a column of figures stands."""
        return "%"

    def unit_says(self, vote: Vote, words: Wording) -> str:
        """What the columns of figures by group hold; empty without groups."""
        return ""

    def in_table(self, value: float, listing: Listing, words: Wording) -> str:
        """One cell's figure under :meth:`unit`."""
        return words.points(value, 1)

    def figure_in_table(self, row: Row, count: Count, listing: Listing, words: Wording) -> str:
        """An item's figure under :meth:`unit`."""
        value = figure(row, count)
        return "–" if value is None else self.in_table(value, listing, words)

    def on_line(self, value: float, listing: Listing, words: Wording) -> str:
        """The same where it stands by itself, behind a name."""
        return self.written(value, "headcount", listing, words, 0)

    def length(self, value: float, longest: float) -> float:
        """How much of a full bar a figure fills, 0 to 1; ``longest``: the highest figure of the vote."""
        return value / longest if longest else 0.0

    def column(self, words: Wording) -> str:
        """What the last column of the ranking holds."""
        return words.gettext("People")

    def in_column(self, row: Row, words: Wording) -> str:
        """An item's entry there."""
        return words.number(row.n)

    def under(self, row: Row, vote: Vote, words: Wording) -> list[str]:
        """What stands under an item's title in the ranking."""
        return []

    def without(self, number: int, words: Wording) -> str:
        """That so many items have no figure."""
        return words.ngettext(
            "Of one item too few judged it for a figure; it stands in the annex.",
            "Of %(num)s items too few judged each for a figure; they stand in the annex.",
            number,
        )

    @abstractmethod
    def short(self, row: Row, vote: Vote, words: Wording) -> str:
        """What this vote says of an item, in a line beside another one's result."""


A = TypeVar("A")


def asked_as(vote: Vote, kind: type[A]) -> A:
    """The settings of a vote by a known method. Raises ``TypeError`` for one of another method."""
    if not isinstance(vote.asked, kind):
        raise TypeError(f"{vote.run} has other settings than {kind.__name__}")
    return vote.asked


def longest_of(vote: Vote) -> float:
    """The highest figure of a vote, against which bars are measured."""
    return max([0.01, *(max(row.headcount or 0, row.balanced or 0) for row in vote.rows)])


NUMBERS = 10
"""Below this, numbers of people are written as words: "four gave it 3" can be read, "4 gave it 3" cannot."""


class People:
    """Numbers of people as they stand in a sentence; nobody did it as one person does."""

    def __init__(self, words: Wording) -> None:
        self._words = words
        self._spelled = words.gettext("nobody one two three four five six seven eight nine").split()

    def number(self, number: int) -> str:
        """A word below :data:`NUMBERS`, else a number."""
        spelled = self._spelled
        return spelled[number] if number < min(NUMBERS, len(spelled)) else self._words.number(number)

    def ngettext(self, one: str, many: str, num: int, **values: object) -> str:
        """The message in the number that ``num`` asks for; ``num`` is one of its blanks."""
        message = self._words.translations.ngettext(one, many, num or 1)
        return message % {"num": self.number(num), **values}
