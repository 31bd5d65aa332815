"""Agree, disagree or pass."""

from typing import ClassVar

from edp_app.charts.measure import Measure
from edp_app.core.results.chosen import AGREE as ANSWERS
from edp_app.report import figures
from edp_app.report.parts import Agreeing, Json, Listing, Opinions, Row, Vote
from edp_app.report.ties import COUNTS, Count, figure, rank
from edp_app.report.votes.base import People, Telling
from edp_app.report.votes.reading import Reading
from edp_app.report.wording import Wording


class Agree(Telling):
    """The method itself."""

    id = "agree"
    template = "report/votes/_agree.html"
    pictures: ClassVar[tuple[str, ...]] = ("opinions", "portfolio")

    def asked(self, reading: Reading) -> Agreeing:
        return Agreeing(bool(reading.method.get("reason")))

    def part(self, row: Json, reading: Reading) -> Opinions:
        given = row.get("reasons", {})
        return Opinions(
            agree=row["agree"],
            disagree=row["disagree"],
            passed=row["pass"],
            by_cell=tuple((cell, tuple(counts)) for cell, counts in reading.by_cell(row.get("counts"))),
            reasons=tuple((answer, tuple(given[answer])) for answer in ANSWERS if answer in given),
        )

    def says(self, vote: Vote, words: Wording) -> str:
        said = words.gettext("Everyone agreed or disagreed with each item, or had no opinion.")
        if isinstance(vote.asked, Agreeing) and vote.asked.reason:
            return f"{said} {words.gettext('One line could say why.')}"
        return said

    def counted(self, count: Count, words: Wording) -> str:
        if count == "headcount":
            return words.gettext("One person, one vote: those who agree, divided by all who answered.")
        return words.gettext(
            "Every group the same: the groups' shares that agree, multiplied with each other, so that an "
            "item stands high only where every group agrees (group-informed consensus, from 0 to 1)."
        )

    def written(self, value: float, count: Count, listing: Listing, words: Wording, digits: int) -> str:
        if count == "headcount":
            return words.percent(value, digits)
        return words.number(value, 2 + digits)

    def drawn(self, count: Count) -> bool:
        """The consensus is an index, and no share beside which that of the room could stand."""
        return count == "headcount"

    def in_ranking(self, value: float, count: Count, listing: Listing, words: Wording, digits: int) -> str:
        told = self.written(value, count, listing, words, digits)
        if count == "headcount":
            return told
        return words.gettext("consensus %(figure)s", figure=told)

    def rule_says(self, vote: Vote, words: Wording) -> str:
        """In the words of the screen."""
        if not vote.by_groups or vote.rule not in ("balanced", "both"):
            return ""
        return words.gettext(
            "An item stands high when all groups agree; one group against it weighs heavily."
        )

    def figure_says(self, vote: Vote, words: Wording) -> str:
        if not vote.by_groups:
            return ""
        return words.gettext(
            "The consensus of the groups goes from 0 to 1; few answers keep it from both ends, so it is "
            "below 1 even where all agree."
        )

    def why_nothing(self, vote: Vote, words: Wording) -> str:
        """In the words of the screen."""
        told = [row.part for row in vote.rows if isinstance(row.part, Opinions)]
        if not told or any(row.few for row in vote.rows) or any(part.agree for part in told):
            return ""
        return words.gettext("Nobody agreed with any of these, so nothing could pass.")

    def figure(self, row: Row, count: Count, listing: Listing, words: Wording) -> str:
        value = figure(row, count)
        if value is None:
            return "–"
        if count == "headcount":
            return words.gettext("%(share)s agree", share=words.percent(value, self.digits(listing)))
        consensus = words.number(value, 2 + self.digits(listing))
        return words.gettext("consensus of the groups %(figure)s", figure=consensus)

    def digits(self, listing: Listing) -> int:
        return figures.decimals_of(
            *(
                [(rank(row, count) or 0, figure(row, count) or 0.0) for row in listing.rows if row.given]
                for count in COUNTS
            )
        )

    def in_cell(self, value: float, listing: Listing, words: Wording) -> str:
        return words.gettext("%(share)s agree", share=words.percent(value))

    def chart_says(self, words: Wording) -> str:
        return words.gettext("Share of each group that agrees; the line is the consensus of the groups")

    def measure(self, listing: Listing) -> Measure:
        return Measure("consensus")

    def unit(self, count: Count, words: Wording) -> str:
        return "%" if count == "headcount" else words.gettext("0 to 1")

    def unit_says(self, vote: Vote, words: Wording) -> str:
        if not vote.by_groups:
            return ""
        return words.gettext("A, B, …: the share of each group that agrees, of those who answered.")

    def figure_in_table(self, row: Row, count: Count, listing: Listing, words: Wording) -> str:
        if count == "balanced" and row.balanced is not None:
            return words.number(row.balanced, 3)
        return super().figure_in_table(row, count, listing, words)

    def length(self, value: float, longest: float) -> float:
        return value

    def under(self, row: Row, vote: Vote, words: Wording) -> list[str]:
        return [self.short(row, vote, words), _by_group(row, vote, words)]

    def short(self, row: Row, vote: Vote, words: Wording) -> str:
        """ "19 agree, four disagree and two have no opinion"; without answers that nobody gave."""
        part = row.part
        if not isinstance(part, Opinions):
            return words.gettext("too few for a figure")
        people = People(words)
        told = (
            (part.agree, people.ngettext("%(num)s agrees", "%(num)s agree", part.agree)),
            (part.disagree, people.ngettext("%(num)s disagrees", "%(num)s disagree", part.disagree)),
            (part.passed, people.ngettext("%(num)s has no opinion", "%(num)s have no opinion", part.passed)),
        )
        return words.listed([said for num, said in told if num])


def _by_group(row: Row, vote: Vote, words: Wording) -> str:
    """Of a read-back, which is about who stands by it: how many of each group do."""
    if vote.decides or not isinstance(row.part, Opinions) or len(row.part.by_cell) < 2:
        return ""
    told = [
        words.gettext(
            "%(group)s %(num)s of %(all)s",
            group=cell.mark.name,
            num=words.number(counts[0]),
            all=words.number(sum(counts)),
        )
        for cell, counts in row.part.by_cell
    ]
    return words.gettext("Who agrees, by group: %(figures)s", figures=" · ".join(told))


def answer_name(answer: str, words: Wording) -> str:
    """One of the three answers, as a heading of reasons."""
    return {
        "agree": words.gettext("Those who agree"),
        "disagree": words.gettext("Those who disagree"),
        "pass": words.gettext("Those without an opinion"),
    }[answer]


AGREE = Agree()
