"""Criteria: scores from 1 to 5, weighed into a total; what the room thinks of each item, and why."""

from collections.abc import Sequence
from typing import ClassVar

from edp_app.charts.measure import Measure, score_digits
from edp_app.charts.naming import label_name
from edp_app.core.results.labels import HIGH, LOW
from edp_app.report.parts import (
    Before,
    Criterion,
    Json,
    Listing,
    Measured,
    Row,
    Scored,
    Scoring,
    Side,
    Vote,
)
from edp_app.report.ties import Count, figure
from edp_app.report.votes.base import People, Telling, asked_as
from edp_app.report.votes.reading import Reading
from edp_app.report.votes.unscored import no_totals
from edp_app.report.wording import Wording

SIDES: tuple[Side, ...] = ("high", "middle", "low")


class Criteria(Telling):
    """The method itself."""

    id = "criteria"
    template = "report/votes/_criteria.html"
    pictures: ClassVar[tuple[str, ...]] = ("before_and_after", "heat", "agreement")

    def asked(self, reading: Reading) -> Scoring:
        method = reading.method
        return Scoring(
            tuple(_criterion(one, reading) for one in method["criteria"]),
            agreed=bool(reading.past.get("weights_agreed")),
            reason=bool(method.get("reason")),
        )

    def part(self, row: Json, reading: Reading) -> Scored:
        scores, sides, reasons = row.get("scores", {}), row.get("sides"), row.get("reasons", {})
        return Scored(
            scores=tuple(
                (_criterion(one, reading), reading.measured(scores[one["id"]]))
                for one in reading.method["criteria"]
                if one["id"] in scores
            ),
            rated=row.get("rated", 0),
            dont_know=row.get("dont_know", 0),
            sides=_sides(sides),
            gap=row.get("gap"),
            agreement=row.get("agreement"),
            polarisation=row.get("polarisation"),
            label=row.get("label"),
            p=row.get("p"),
            reasons=tuple((side, tuple(reasons[side])) for side in SIDES if side in reasons),
            before=_before(row.get("before")),
        )

    def why_nothing(self, vote: Vote, words: Wording) -> str:
        return no_totals(vote, words)

    def says(self, vote: Vote, words: Wording) -> str:
        asked = asked_as(vote, Scoring)
        gettext = words.gettext
        said = [
            words.ngettext(
                "Everyone scored each item from 1 to 5 on one criterion, or said that they do not know.",
                "Everyone scored each item from 1 to 5 on %(num)s criteria, or said that they do not know.",
                sum(not one.beside for one in asked.criteria),
            )
        ]
        if asked.reason:
            said.append(gettext("One line could say why."))
        said.append(weights(asked, words))
        if besides := [one.name for one in asked.criteria if one.beside]:
            said.append(
                gettext(
                    "Those who speak for a funding institution also scored %(criteria)s, which stands beside "
                    "the total, never in it.",
                    criteria=words.listed(besides),
                )
            )
        return " ".join(filter(None, said))

    def counted(self, count: Count, words: Wording) -> str:
        if count == "headcount":
            return words.gettext(
                "One person, one vote: the mean of all scores on each criterion, weighed into a total."
            )
        return words.gettext(
            "Every group the same: for each criterion the mean within each group, then the mean over the "
            "groups, weighed into a total; so a large group counts no more than a small one."
        )

    def written(self, value: float, count: Count, listing: Listing, words: Wording, digits: int) -> str:
        return words.number(value, max(1, digits))

    def digits(self, listing: Listing) -> int:
        return score_digits(v for row in listing.rows for v in (row.headcount, row.balanced) if v is not None)

    def figure(self, row: Row, count: Count, listing: Listing, words: Wording) -> str:
        value = figure(row, count)
        return "–" if value is None else words.number(value, self.digits(listing))

    def in_cell(self, value: float, listing: Listing, words: Wording) -> str:
        return words.gettext("mean %(score)s", score=words.number(value, 1))

    def chart_says(self, words: Wording) -> str:
        return words.gettext("Mean total of each group; the line is the total with every group the same")

    def measure(self, listing: Listing) -> Measure:
        return Measure("score", self.digits(listing))

    def unit(self, count: Count, words: Wording) -> str:
        return words.gettext("1 to 5")

    def unit_says(self, vote: Vote, words: Wording) -> str:
        if not vote.by_groups:
            return ""
        return words.gettext("A, B, …: the mean total of those of each group who scored every criterion.")

    def in_table(self, value: float, listing: Listing, words: Wording) -> str:
        return words.number(value, 2)

    def on_line(self, value: float, listing: Listing, words: Wording) -> str:
        return words.number(value, 1)

    def length(self, value: float, longest: float) -> float:
        return (value - 1) / 4

    def under(self, row: Row, vote: Vote, words: Wording) -> list[str]:
        said = row.scored
        return [label_name(said.label, words)] if said and said.label else []

    def short(self, row: Row, vote: Vote, words: Wording) -> str:
        count: Count = "balanced" if vote.by_groups and vote.rule != "headcount" else "headcount"
        if figure(row, count) is None:
            return words.gettext("too few for a figure")
        told = self.figure(row, count, vote.listings[0], words)
        label = label_name(row.scored.label, words) if row.scored and row.scored.label else ""
        return "; ".join(filter(None, [told, label]))


def _criterion(setting: Json, reading: Reading) -> Criterion:
    beside = bool(setting.get("beside"))
    weights = reading.past.get("weights", {})
    return Criterion(
        id=setting["id"],
        name=reading.say(setting["name"]),
        asks=reading.say(setting.get("asks", {})),
        low=reading.say(setting.get("low", {})),
        middle=reading.say(setting.get("middle", {})),
        high=reading.say(setting.get("high", {})),
        weight=None if beside else weights.get(setting["id"], 0.0),
        beside=beside,
    )


def _sides(sides: Json | None) -> tuple[int, int, int] | None:
    return (sides["high"], sides["middle"], sides["low"]) if sides else None


def _before(before: Json | None) -> Before | None:
    if not before:
        return None
    return Before(
        run=before["run"],
        balanced=before.get("balanced"),
        headcount=before.get("headcount"),
        rank_balanced=before.get("rank_balanced"),
        rank_headcount=before.get("rank_headcount"),
        label=before.get("label"),
        sides=_sides(before.get("sides")),
        agreement=before.get("agreement"),
    )


# ---- in words


def weights(asked: Scoring, words: Wording) -> str:
    """What counts how much in the total, and who said so."""
    counting = [one for one in asked.criteria if one.weight]
    if len(counting) < 2:
        return ""
    told = words.listed([f"{one.name} {words.percent(one.weight or 0)}" for one in counting])
    if asked.agreed:
        return words.gettext(
            "The room agreed on what counts how much in the total: %(weights)s.", weights=told
        )
    if len({one.weight for one in counting}) == 1:
        return words.gettext("In the total all of them count the same: %(weights)s.", weights=told)
    return words.gettext("What counts how much in the total was set beforehand: %(weights)s.", weights=told)


def single(vote: Vote) -> bool:
    """Whether one criterion alone makes the total, so that a total is a score that somebody gave."""
    return sum(bool(one.weight) for one in asked_as(vote, Scoring).criteria) == 1


def opinion(said: Scored, vote: Vote, words: Wording) -> str:
    """How many rate an item high, between and low; empty where too few scored every criterion. With several
    criteria nobody gave the total itself, so the words are others."""
    return sides_in_words(said.sides, single(vote), words) if said.sides else ""


def sides_in_words(sides: tuple[int, int, int], one_criterion: bool, words: Wording) -> str:
    """ "Of 25 people, 19 gave it 4 or 5, four gave it 3 and two gave it 1 or 2."; without what nobody did."""
    people, total = People(words), words.number(sum(sides))
    told = _scores_given(sides, people) if one_criterion else _totals(sides, people, words)
    done = [said for number, said in told if number]
    return words.gettext("Of %(people)s people, %(told)s.", people=total, told=words.listed(done))


def _scores_given(sides: tuple[int, int, int], people: People) -> list[tuple[int, str]]:
    high, middle, low = sides
    return [
        (high, people.ngettext("%(num)s gave it 4 or 5", "%(num)s gave it 4 or 5", high)),
        (middle, people.ngettext("%(num)s gave it 3", "%(num)s gave it 3", middle)),
        (low, people.ngettext("%(num)s gave it 1 or 2", "%(num)s gave it 1 or 2", low)),
    ]


def _totals(sides: tuple[int, int, int], people: People, words: Wording) -> list[tuple[int, str]]:
    """The verb stands with the first of them; so where nobody rates it high, low is that."""
    high, middle, low = sides
    between = people.ngettext("%(num)s in between", "%(num)s in between", middle)
    if high:
        above = people.ngettext(
            "%(num)s rates it high (%(score)s or more over all criteria)",
            "%(num)s rate it high (%(score)s or more over all criteria)",
            high,
            score=words.number(float(HIGH), 1),
        )
        below = people.ngettext(
            "%(num)s low (%(score)s or less)",
            "%(num)s low (%(score)s or less)",
            low,
            score=words.number(float(LOW), 1),
        )
        return [(high, above), (middle, between), (low, below)]
    if not low:
        neither = people.ngettext(
            "%(num)s rates it neither high nor low", "%(num)s rate it neither high nor low", middle
        )
        return [(middle, neither)]
    below = people.ngettext(
        "%(num)s rates it low (%(score)s or less over all criteria)",
        "%(num)s rate it low (%(score)s or less over all criteria)",
        low,
        score=words.number(float(LOW), 1),
    )
    return [(low, below), (middle, between)]


def unsure(said: Scored, words: Wording) -> str:
    """How many did not score every criterion that counts."""
    if not said.dont_know:
        return ""
    if said.sides is None:
        return People(words).ngettext(
            "%(num)s said “don’t know” on at least one criterion, and so has no total.",
            "%(num)s said “don’t know” on at least one criterion, and so have no total.",
            said.dont_know,
        )
    return People(words).ngettext(
        "Besides, %(num)s said “don’t know” on at least one criterion, and so has no total.",
        "Besides, %(num)s said “don’t know” on at least one criterion, and so have no total.",
        said.dont_know,
    )


def label_says(row: Row, words: Wording) -> str:
    """How the room stands towards an item, in a sentence."""
    said = row.scored
    gettext = words.gettext
    if said is None or said.label is None:
        return ""
    if said.label == "groups_differ":
        return gettext("The groups see it differently: %(extremes)s.", extremes=extremes(row, words))
    return {
        "shared_yes": gettext("The room agrees: seven in ten or more rate it high, and half of every group.")
        if len(row.by_cell) > 1
        else gettext("The room agrees: seven in ten or more rate it high."),
        "shared_no": gettext("The room agrees: seven in ten or more rate it low, and half of every group.")
        if len(row.by_cell) > 1
        else gettext("The room agrees: seven in ten or more rate it low."),
        "divided": gettext("Opinions are divided."),
        "open": gettext("The room has not made up its mind: neither agreed nor divided."),
    }[said.label]


def extremes(row: Row, words: Wording) -> str:
    """The lowest and the highest mean of a group, with the groups: "1.7 (Business), 4.7 (Environment)"."""
    ends = (pick(row.by_cell, key=lambda pair: pair[1]) for pick in (min, max))
    low, high = (f"{words.number(mean, 1)} ({cell.mark.name})" for cell, mean in ends)
    return words.gettext("from %(low)s to %(high)s", low=low, high=high)


def side_name(side: Side, words: Wording) -> str:
    """Whose reasons follow."""
    gettext = words.gettext
    return {
        "high": gettext("Those who rate it high"),
        "middle": gettext("Those in between"),
        "low": gettext("Those who rate it low"),
    }[side]


def ones(measured: Measured, words: Wording) -> str:
    """How many gave the lowest score, where that is told."""
    if not measured.ones:
        return ""
    return People(words).ngettext("%(num)s gave it 1", "%(num)s gave it 1", measured.ones)


def deciding_figure(row: Row | Before, vote: Vote) -> float | None:
    """The figure by the count that decides; the balanced one where both do."""
    return row.headcount if _by_heads(vote) else row.balanced


def _by_heads(vote: Vote) -> bool:
    return vote.rule == "headcount" or not vote.by_groups


def changed(row: Row, vote: Vote, words: Wording) -> str:
    """What another run changed about an item, on a line: figure, place and label, before → after. Empty for
    one that was not scored before. Places are told only where the same items were asked about again: first of
    two is not what first of eight is."""
    if row.scored is None or row.scored.before is None:
        return ""
    before = row.scored.before
    told = [_arrow(_score(before, vote, words), _score(row, vote, words))]
    if not vote.second_of:
        told.append(_arrow(_rank(before, vote, words), _rank(row, vote, words)))
    names = [label_name(label, words) for label in (before.label, row.scored.label)]
    if names[0] and names[0] == names[1]:
        told.append(words.gettext("still: %(label)s", label=names[0]))
    else:
        told.append(_arrow(*names))
    return ", ".join(filter(None, told))


def _arrow(before: str, after: str) -> str:
    """The one, where nothing changed."""
    return f"{before} → {after}" if before and after and before != after else after or before


def _score(of: Row | Before, vote: Vote, words: Wording) -> str:
    value = deciding_figure(of, vote)
    return "–" if value is None else words.number(value, 1)


def _rank(of: Row | Before, vote: Vote, words: Wording) -> str:
    rank = of.rank_headcount if _by_heads(vote) else of.rank_balanced
    return words.ordinal(rank) if rank else ""


def since(row: Row, vote: Vote, words: Wording) -> str:
    """What another run changed about an item, in a sentence; empty for one that was not scored before."""
    changes = "; ".join(filter(None, [changed(row, vote, words), moved(row, words)]))
    return words.gettext("Since the round before: %(changes)s.", changes=changes) if changes else ""


def moved(row: Row, words: Wording) -> str:
    """How the sides changed between two runs: so many high and low then, so many now."""
    said = row.scored
    if said is None or said.before is None or said.sides is None or said.before.sides is None:
        return ""
    (then_high, _, then_low), (high, _, low) = said.before.sides, said.sides
    if (then_high, then_low) == (high, low):
        return ""
    return words.gettext(
        "rate it high: %(high)s; rate it low: %(low)s",
        high=_arrow(words.number(then_high), words.number(high)),
        low=_arrow(words.number(then_low), words.number(low)),
    )


def quotable(reasons: Sequence[str], most: int = 150) -> str:
    """One reason for a place with little room: the first that is short enough, else the first, cut."""
    for text in reasons:
        if len(text) <= most:
            return " ".join(text.split())
    return " ".join(reasons[0].split())[:most].rsplit(" ", 1)[0].rstrip(",;:.") + "…" if reasons else ""


CRITERIA = Criteria()
