"""Ranking: everybody puts the items in order."""

from edp_app.report.parts import Json, Listing, Ordering, Ranked, Row, Vote
from edp_app.report.ties import Count, figure
from edp_app.report.votes.base import Telling
from edp_app.report.votes.reading import Reading
from edp_app.report.wording import Wording


class Ranking(Telling):
    """The method itself. An item's figure is what its places are worth, from 0 (last for everyone) to 1; in
    words it is told as the mean place, which says the same."""

    id = "ranking"

    def asked(self, reading: Reading) -> Ordering:
        return Ordering(reading.method.get("top"))

    def part(self, row: Json, reading: Reading) -> Ranked:
        return Ranked(row["mean_place"])

    def told(self, row: Json) -> bool:
        return "mean_place" in row

    def given(self, row: Json) -> int:
        """Everybody who put anything in order has judged every item: those left out come last."""
        return 1 if "headcount" in row else 0

    def says(self, vote: Vote, words: Wording) -> str:
        if isinstance(vote.asked, Ordering) and vote.asked.top:
            said = words.ngettext(
                "Everyone said which item comes first.",
                "Everyone put up to %(num)s items in order, the best first.",
                vote.asked.top,
            )
        else:
            said = words.gettext("Everyone put the items in order, the best first.")
        shared = words.gettext("Items that somebody left out share the places that are left.")
        return f"{said} {shared}"

    def counted(self, count: Count, words: Wording) -> str:
        if count == "headcount":
            return words.gettext("One person, one vote: the mean of all places.")
        return words.gettext(
            "Every group the same: the mean place within each group, then the mean over the groups."
        )

    def written(self, value: float, count: Count, listing: Listing, words: Wording, digits: int) -> str:
        return words.number(place_of(value, len(listing.rows)), max(1, digits))

    def figure(self, row: Row, count: Count, listing: Listing, words: Wording) -> str:
        value = figure(row, count)
        if value is None:
            return "–"
        return self.in_cell(value, listing, words)

    def digits(self, listing: Listing) -> int:
        values = {v for row in listing.rows for v in (row.headcount, row.balanced) if v is not None}
        places = [place_of(value, len(listing.rows)) for value in values]
        return 1 if len({round(place, 1) for place in places}) == len(places) else 2

    def in_cell(self, value: float, listing: Listing, words: Wording) -> str:
        place = words.number(place_of(value, len(listing.rows)), self.digits(listing))
        return words.gettext("mean place %(place)s", place=place)

    def unit(self, count: Count, words: Wording) -> str:
        return words.gettext("place")

    def unit_says(self, vote: Vote, words: Wording) -> str:
        return words.gettext("A, B, …: the mean place within each group.") if vote.by_groups else ""

    def in_table(self, value: float, listing: Listing, words: Wording) -> str:
        return words.number(place_of(value, len(listing.rows)), 2)

    def chart_says(self, words: Wording) -> str:
        return words.gettext(
            "How high each group puts it (100 per cent: first for all); the line is their mean"
        )

    def length(self, value: float, longest: float) -> float:
        return value

    def column(self, words: Wording) -> str:
        return words.gettext("Put in order by")

    def short(self, row: Row, vote: Vote, words: Wording) -> str:
        if not isinstance(row.part, Ranked):
            return words.gettext("too few for a figure")
        place = words.number(row.part.mean_place, 1)
        return words.gettext("mean place %(place)s", place=place)


def place_of(value: float, items: int) -> float:
    """The mean place that is worth so much: 1 for the first, ``items`` for the last."""
    return items - value * (items - 1)


RANKING = Ranking()
