"""Two axes: where each item stands on both."""

from typing import ClassVar

from edp_app.report.parts import Axis, Json, Measured, Placed, Placing, Row, Vote
from edp_app.report.ties import Count
from edp_app.report.votes.base import Telling, asked_as
from edp_app.report.votes.reading import Reading
from edp_app.report.wording import Wording


class Axes(Telling):
    """The method itself. Nothing passes by it."""

    id = "axes"
    template = "report/votes/_plain.html"
    annex = "report/votes/_axes.html"
    pictures: ClassVar[tuple[str, ...]] = ("axes",)

    def asked(self, reading: Reading) -> Placing:
        def axis(setting: Json) -> Axis:
            low, high = (reading.say(setting.get(end, {})) for end in ("low", "high"))
            return Axis(reading.say(setting["name"]), low, high)

        return Placing(axis(reading.method["x"]), axis(reading.method["y"]))

    def part(self, row: Json, reading: Reading) -> Placed:
        return Placed(reading.measured(row["x"]), reading.measured(row["y"]))

    def given(self, row: Json) -> int:
        return int(row["n"]) if "x" in row else 0

    def cells(self, row: Json) -> dict[str, float]:
        return {}

    def territories(self, row: Json) -> dict[str, float]:
        return {}

    def says(self, vote: Vote, words: Wording) -> str:
        asked = asked_as(vote, Placing)
        return words.gettext(
            "Everyone placed each item on two axes from 1 to 5, or said that they do not know: %(axes)s.",
            axes=words.listed([_called(asked.x), _called(asked.y)]),
        )

    def short(self, row: Row, vote: Vote, words: Wording) -> str:
        if not isinstance(row.part, Placed) or not isinstance(vote.asked, Placing):
            return words.gettext("too few for a figure")
        count: Count = "balanced" if vote.by_groups else "headcount"
        told = ((vote.asked.x.name, row.part.x), (vote.asked.y.name, row.part.y))
        return ", ".join(f"{name} {_figure(axis, count, words)}" for name, axis in told)


def _called(axis: Axis) -> str:
    if not axis.low or not axis.high:
        return axis.name
    return f"{axis.name} (1: {axis.low}, 5: {axis.high})"


def _figure(axis: Measured, count: Count, words: Wording) -> str:
    value = axis.headcount if count == "headcount" else axis.balanced
    return "–" if value is None else words.number(value, 1)


AXES = Axes()
