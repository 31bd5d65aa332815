"""Dots and points: what people spend on items."""

from typing import ClassVar

from edp_app.report import figures
from edp_app.report.parts import Json, Listing, Row, Spending, Spent, Vote
from edp_app.report.ties import COUNTS, Count, figure, rank
from edp_app.report.votes.base import Telling, asked_as
from edp_app.report.votes.reading import Reading
from edp_app.report.wording import Wording


class _Spent(Telling):
    """What dots and points have in common."""

    pictures: ClassVar[tuple[str, ...]] = ("by_group", "portfolio")

    def part(self, row: Json, reading: Reading) -> Spent:
        return Spent()

    def given(self, row: Json) -> int:
        return int(row.get(self.id, 0))

    def digits(self, listing: Listing) -> int:
        """One where without it two neighbours would show the same figure, as on the screen."""
        return figures.decimals_of(
            *(
                [(rank(row, count) or 0, figure(row, count) or 0.0) for row in listing.rows]
                for count in COUNTS
                if any(figure(row, count) is not None for row in listing.rows)
            )
        )

    def in_column(self, row: Row, words: Wording) -> str:
        return words.number(row.given)


class Dots(_Spent):
    """Dots."""

    id = "dots"

    def asked(self, reading: Reading) -> Spending:
        method = reading.method
        dots, cap = method["dots"], method["cap"]
        return Spending(dots, cap if cap < dots else 0, method["per"] == "column")

    def says(self, vote: Vote, words: Wording) -> str:
        asked = asked_as(vote, Spending)
        dots, cap = asked.amount, asked.cap
        if vote.per_column:
            given = words.ngettext(
                "Everyone had one dot in each column.", "Everyone had %(num)s dots in each column.", dots
            )
        else:
            given = words.ngettext("Everyone had one dot.", "Everyone had %(num)s dots.", dots)
        if dots <= 1 or not cap:
            return given
        capped = words.ngettext(
            "At most one of them on the same item.", "At most %(num)s of them on the same item.", cap
        )
        return f"{given} {capped}"

    def counted(self, count: Count, words: Wording) -> str:
        if count == "headcount":
            return words.gettext("One person, one vote: an item's dots, divided by all dots.")
        return words.gettext(
            "Every group the same: for each group the share of its own dots that the item got, then the mean "
            "of these shares, so that a large group counts no more than a small one."
        )

    def in_cell(self, value: float, listing: Listing, words: Wording) -> str:
        return words.gettext("%(share)s of its dots", share=words.percent(value))

    def unit_says(self, vote: Vote, words: Wording) -> str:
        return words.gettext("A, B, …: each group's share of its own dots.") if vote.by_groups else ""

    def chart_says(self, words: Wording) -> str:
        return words.gettext("Share of each group's own dots; the line is their mean")

    def column(self, words: Wording) -> str:
        return words.gettext("Dots")

    def without(self, number: int, words: Wording) -> str:
        return words.ngettext(
            "One item got no dots; it stands in the annex.",
            "%(num)s items got no dots; they stand in the annex.",
            number,
        )

    def short(self, row: Row, vote: Vote, words: Wording) -> str:
        return words.ngettext("%(num)s dot", "%(num)s dots", row.given)


class Points(_Spent):
    """Points."""

    id = "points"

    def asked(self, reading: Reading) -> Spending:
        return Spending(reading.method["points"], reading.method.get("cap", 0))

    def says(self, vote: Vote, words: Wording) -> str:
        asked = asked_as(vote, Spending)
        given = words.gettext(
            "Everyone divided %(points)s points among the items.", points=words.number(asked.amount)
        )
        if not 0 < asked.cap < asked.amount:
            return given
        capped = words.ngettext(
            "At most one of them on the same item.",
            "At most %(num)s of them on the same item.",
            asked.cap,
        )
        return f"{given} {capped}"

    def counted(self, count: Count, words: Wording) -> str:
        if count == "headcount":
            return words.gettext("One person, one vote: an item's points, divided by all points.")
        return words.gettext(
            "Every group the same: for each group the share of its own points that the item got, then the "
            "mean of these shares, so that a large group counts no more than a small one."
        )

    def in_cell(self, value: float, listing: Listing, words: Wording) -> str:
        return words.gettext("%(share)s of its points", share=words.percent(value))

    def unit_says(self, vote: Vote, words: Wording) -> str:
        return words.gettext("A, B, …: each group's share of its own points.") if vote.by_groups else ""

    def chart_says(self, words: Wording) -> str:
        return words.gettext("Share of each group's own points; the line is their mean")

    def column(self, words: Wording) -> str:
        return words.gettext("Points")

    def without(self, number: int, words: Wording) -> str:
        return words.ngettext(
            "One item got no points; it stands in the annex.",
            "%(num)s items got no points; they stand in the annex.",
            number,
        )

    def short(self, row: Row, vote: Vote, words: Wording) -> str:
        return words.ngettext("%(num)s point", "%(num)s points", row.given)


DOTS = Dots()
POINTS = Points()
