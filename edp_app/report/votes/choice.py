"""Choice: one of a few options for each item."""

from collections.abc import Sequence
from typing import ClassVar

from edp_app.report.parts import Choosing, Chosen, Json, Row, Vote
from edp_app.report.votes.base import Telling, asked_as
from edp_app.report.votes.reading import Reading
from edp_app.report.wording import Wording


class Choice(Telling):
    """The method itself. Nothing passes by it."""

    id = "choice"
    template = "report/votes/_plain.html"
    annex = "report/votes/_choice.html"
    pictures: ClassVar[tuple[str, ...]] = ("choice",)

    def asked(self, reading: Reading) -> Choosing:
        method = reading.method
        options = tuple(reading.say(option["name"]) for option in method["options"])
        return Choosing(options, bool(method.get("funders_apart")))

    def part(self, row: Json, reading: Reading) -> Chosen:
        options = [option["id"] for option in reading.method["options"]]

        def told(counts: Json) -> tuple[int, ...]:
            return tuple(counts.get(option, 0) for option in options)

        by_cell = reading.by_cell(row.get("by_cell"))
        return Chosen(told(row["counts"]), tuple((cell, told(counts)) for cell, counts in by_cell))

    def given(self, row: Json) -> int:
        return int(row["n"]) if "counts" in row else 0

    def cells(self, row: Json) -> dict[str, float]:
        return {}

    def territories(self, row: Json) -> dict[str, float]:
        return {}

    def order_says(self, words: Wording) -> str:
        return words.gettext("Listed in the order in which they were written.")

    def says(self, vote: Vote, words: Wording) -> str:
        asked = asked_as(vote, Choosing)
        said = words.gettext(
            "For each item everyone chose one of: %(options)s.", options=" · ".join(asked.options)
        )
        if not asked.funders_apart:
            return said
        apart = words.gettext("Those who speak for a funding institution are counted apart.")
        return f"{said} {apart}"

    def short(self, row: Row, vote: Vote, words: Wording) -> str:
        """ "now 12, with changes 3; funders: now 3"."""
        if not isinstance(row.part, Chosen) or not isinstance(vote.asked, Choosing):
            return words.gettext("too few for a figure")
        said = _listed(vote.asked.options, row.part.counts, words)
        if row.part.funders is None:
            return said
        funders = _listed(vote.asked.options, row.part.funders, words)
        return words.gettext("%(all)s; of these the funders: %(funders)s", all=said, funders=funders)


def _listed(options: Sequence[str], counts: Sequence[int], words: Wording) -> str:
    told = [f"{option} {words.number(n)}" for option, n in zip(options, counts, strict=True) if n]
    return ", ".join(told)


CHOICE = Choice()
