"""What stands on the pages: the read model arranged into sections, with its charts drawn.

The templates only set what is prepared here; they decide nothing about what may be said.
"""

import base64
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from edp_app import charts
from edp_app.charts import Chart, CountRow
from edp_app.report import actions, asking, contested, disagreeing, heard, labels, promised, sentences
from edp_app.report.blocks import decided_blocks, merged_from
from edp_app.report.both_sides import both_sides, in_one_sentence, why_withheld, withheld
from edp_app.report.contents import Gathering, GroupCount, QuestionResult, Report, Row, Vote
from edp_app.report.cover import relief_map
from edp_app.report.illustrations import pictures, wheel
from edp_app.report.matrix import matrix
from edp_app.report.meaning import meanings
from edp_app.report.told import Told, read_back, said_of_all, told
from edp_app.report.votes import telling
from edp_app.report.votes.tables import letter, score
from edp_app.report.wording import Look

CHART_ROWS = 10
"""More items than these are left to the table: a chart is read at a glance or not at all."""

LINES_TOGETHER = 4
"""So many lines at least of the answers to an open question stand on its last page."""

LINE = 95
"""About so many characters are one line there."""

ANSWERS_CHART = 226
"""Width of the chart of one question's answers, in the same units."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How densely page one is set, and how much of each list it shows."""

    size: str
    passing: int
    disagreeing: int
    firsts: int
    second: int
    actions: int
    opinions: bool = False
    """Whether it is said how many rate an item high and low."""
    sides: bool = True
    """Whether it is said what the territories share, and where they part."""
    reason: int = 150
    """About how many characters of a reason are quoted."""


FITS = (
    Fit("roomy", 5, 4, 6, 4, 6, opinions=True),
    Fit("close", 7, 4, 6, 4, 6, opinions=True),
    Fit("close", 7, 3, 6, 3, 5, opinions=True, reason=110),
    Fit("close", 7, 3, 6, 3, 4, reason=110),
    Fit("close", 7, 2, 6, 2, 4, reason=110),
    Fit("tight", 10, 4, 4, 4, 5, opinions=True),
    Fit("tight", 10, 4, 4, 4, 4, reason=110),
    Fit("tight", 10, 3, 4, 3, 4, reason=110),
    Fit("tight", 10, 2, 4, 2, 3, reason=90),
    Fit("tight", 10, 2, 0, 2, 3, reason=90),
    Fit("tight", 10, 1, 0, 1, 2, reason=90),
    Fit("tight", 8, 2, 0, 2, 3, reason=90),
    Fit("tight", 6, 2, 0, 1, 2, reason=90),
    Fit("tight", 5, 1, 0, 1, 2, reason=90),
    Fit("tight", 3, 1, 0, 0, 1, sides=False, reason=60),
)
"""From the most generous. What was decided gives way last."""


def fits_for(decision: Vote | None) -> list[Fit]:
    """The settings in the order in which they are tried: first those that show all that passed."""
    passing = len(decision.through) if decision and not decision.per_column else 0
    return sorted(FITS, key=lambda fit: fit.passing < passing)


@dataclass(frozen=True, slots=True)
class PeopleBar:
    """A group in the table of who took part. Lengths from 0 to 1; ``icon`` is an address."""

    group: GroupCount
    icon: Markup
    colour: str
    length: float
    expected: float | None


def uri(chart: Chart) -> Markup:
    """The drawing as an address of its own: nothing is fetched for it."""
    return _address(chart.svg)


def _address(svg: str) -> Markup:
    return Markup("data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode())  # noqa: S704


def context(report: Report, look: Look) -> dict[str, Any]:
    """Everything that the templates name, but for the density of page one (see :data:`FITS`)."""
    words = look.wording
    decision = report.decision
    return {
        "report": report,
        "words": words,
        "say": sentences,
        "promised": promised,
        "asking": asking,
        "sign": _address(charts.icon("warning", look, "warn")),
        "uri": uri,
        "cover": relief_map(report.groups, look),
        "decision": decision,
        "actions": actions.on_page_one(report, words),
        "commitments": actions.how_many(report, words),
        "firsts": firsts(vote for vote in report.votes if not report.decided_by(vote)),
        "disagreements": disagreeing.disagreements(report, words),
        "second": heard.second_rounds(report, words),
        "people": _people(report, look),
        "gatherings": [_gathering(report, gathering, look) for gathering in report.gatherings],
        "read_backs": [read_back(one, report, look) for one in report.read_backs],
        "others": _others(report, decision, look),
        "letter": letter,
        "merged_from": merged_from,
        "score": score,
        "told_by": telling(decision) if decision else None,
        "blocks": decided_blocks(report, decision, look) if decision and not decision.per_column else [],
        "pictures": pictures(decision, look) if decision else [],
        "decision_chart": _decision_chart(decision, look),
        "chart_rows": _chart_rows(decision),
        "apart": heard.furthest_apart(report, 3, words),
        "left_out": heard.left_out(report, words),
        "differing": heard.differences(report, words),
        "on_page_one": heard.on_page_one,
        "rank_on_page_one": heard.rank_on_page_one,
        "some_are_level": heard.some_are_level,
        "both_sides": (both_sides(decision, words) or why_withheld(report, words)) if decision else None,
        "territories_withheld": withheld(report),
        "sides_in_one": in_one_sentence(report, words),
        "decided_ties": heard.decided_ties(report, words),
        "tie_rule": contested.tie_rule(report, words),
        "through": report.through,
        "informing": heard.informing(report, words),
        "nobody_left_out": heard.left_out_is_known(report),
        "two_sides": heard.two_sides(report, words),
        "all_reasons": heard.all_reasons(report, words),
        "indices": heard.indices(report, words),
        "meanings_of": meanings(report, words),
        "telling": telling,
        "questionnaires": [
            (
                one,
                wheel(one, look),
                [
                    (question, _answers(question, look), texts := _texts(question), _is_brief(texts))
                    for question in one.questions
                ],
            )
            for one in report.questionnaires
        ],
        "goals": _goals(decision),
        "digest": [report.digest[at : at + 8] for at in range(0, len(report.digest), 8)],
    }


def firsts(votes: Iterable[Vote]) -> list[tuple[str, list[Row]]]:
    """What each column of these votes says first: several rows where they are level there."""
    found = []
    for vote in votes:
        if vote.last and vote.per_column:
            for listing in vote.listings:
                given = [row for row in listing.rows if row.given and row.title]
                level = [
                    row for row in given if sentences.rank_of(row, vote) == sentences.rank_of(given[0], vote)
                ]
                if level and listing.rows[0] is level[0]:
                    found.append((listing.name, level))
    return found


def _gathering(report: Report, gathering: Gathering, look: Look) -> dict[str, Any]:
    vote, decision = report.vote_on(gathering), report.decision
    decides = decision is not None and decision.of == gathering.stage and not decision.per_column
    votes = [one for one in report.votes if one.of == gathering.stage and not one.few]
    return {
        "gathering": gathering,
        "size": len(gathering.entries),
        "vote": vote,
        "decides": decides,
        "labelled": any(entry.whose for entry in gathering.entries),
        "sided": any(entry.side for entry in gathering.entries),
        "unlabelled": labels.unlabelled(report, gathering, look.wording),
        "votes": []
        if decides
        else [told(one, look, placed=not said_of_all(report, look.wording)) for one in votes],
        "matrix": matrix(gathering, vote, look),
        "listed": actions.listed(gathering, look.wording),
    }


def _others(report: Report, decision: Vote | None, look: Look) -> list[Any]:
    """The other votes on what was decided about."""
    if decision is None or decision.per_column:
        return []
    votes = [
        one for one in report.votes if one.of == decision.of and not one.few and not report.decided_by(one)
    ]
    return _told([one for one in votes if one not in report.read_backs], report, look)


def _told(votes: Iterable[Vote], report: Report, look: Look) -> list[Told]:
    placed = not said_of_all(report, look.wording)
    return [told(one, look, placed=placed) for one in votes]


def _people(report: Report, look: Look) -> list[PeopleBar]:
    largest = max([1, *(max(group.people, group.expected or 0) for group in report.groups)])
    return [
        PeopleBar(
            group=group,
            icon=_address(charts.icon(group.mark.icon, look)),
            colour=look.colour(group.mark.colour),
            length=group.people / largest,
            expected=None if group.expected is None else group.expected / largest,
        )
        for group in report.groups
    ]


def _count_row(row: Row, vote: Vote, look: Look) -> CountRow:
    return CountRow(
        label=sentences.title_of(row, look.wording),
        headcount=row.headcount,
        rank_headcount=row.rank_headcount,
        balanced=row.balanced,
        rank_balanced=row.rank_balanced,
        passes=row.passes,
        doubtful=bool(sentences.doubt(row, vote, look.wording)),
    )


def _chart_rows(decision: Vote | None) -> list[Row]:
    """The items that are drawn in the overview."""
    if decision is None or decision.per_column:
        return []
    return [row for row in decision.rows if row.given][:CHART_ROWS]


def _decision_chart(decision: Vote | None, look: Look) -> Chart | None:
    drawn = _chart_rows(decision)
    if decision is None or not drawn:
        return None
    rows = [_count_row(row, decision, look) for row in drawn]
    measure = telling(decision).measure(decision.listings[0])
    return charts.two_counts(rows, look, decision.rule, measure=measure)


def _goals(decision: Vote | None) -> list[tuple[str, int]]:
    """The goals that what passed names, with how many name each."""
    counted: dict[str, int] = {}
    order: dict[str, int] = {}
    for row in decision.through if decision else ():
        for goal in row.entry.goals if row.entry else ():
            counted[goal.name] = counted.get(goal.name, 0) + 1
            order[goal.name] = goal.n
    return [(f"{order[name]} {name}", counted[name]) for name in sorted(counted, key=order.__getitem__)]


def _answers(question: QuestionResult, look: Look) -> Chart | None:
    if not question.scale or question.mean is None:
        return None
    return charts.answers(
        question.counts, question.mean, question.low, question.high, look, ANSWERS_CHART, question.first
    )


@dataclass(frozen=True, slots=True)
class Text:
    """What so many people wrote word for word. ``held``: it stands on the page of the one before."""

    text: str
    times: int
    held: bool


def _texts(question: QuestionResult) -> list[Text]:
    """Each text once, in the order in which they first came. Those at the end hold together, so that no two
    or three lines have a page to themselves."""
    found = list(Counter(text.strip() for text in question.texts).items())
    after = 0
    texts = []
    for text, times in reversed(found):
        after += _lines(text)
        texts.append(Text(text, times, held=after < LINES_TOGETHER))
    return texts[::-1]


def _lines(text: str) -> int:
    """About how many lines a text takes."""
    return sum(1 + len(line) // LINE for line in text.split("\n"))


def _is_brief(texts: Sequence[Text]) -> bool:
    """Whether all that was written has fewer lines than may stand alone."""
    return all(text.held for text in texts)
