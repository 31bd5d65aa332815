"""What both sides of a border share, and where they part: with the vote and, briefly, on page one."""

import re
from collections.abc import Callable

import pytest

from edp_app.core.commands import AddItem, CastBallot, CloseStage, Describe, Join, OpenStage, RevealResult
from edp_app.core.definition import (
    AgreeMethod,
    Definition,
    DotsMethod,
    GatherSettings,
    Method,
    Stage,
    VoteSettings,
)
from edp_app.core.parts import Column, Group, Territory
from edp_app.report import pages, pdf
from edp_app.report.both_sides import both_sides, in_one_sentence
from edp_app.report.contents import Report
from edp_app.report.model import report_model
from edp_app.report.wording import Wording
from tests.support import one_vote
from tests.support.memory import MemoryWorkshop

TITLES = ("Olives", "Routes", "Solar", "Water", "Fibre", "Tourism")
SIDES = ("tacna", "arica")
GIVES: dict[str, tuple[int, ...]] = {"tacna": (4, 3, 1, 1, 0, 1), "arica": (4, 0, 1, 1, 3, 1)}
"""How many of the five of each group on a side give a dot to each item."""


def held(
    method: Method,
    says: Callable[[str, int, int], dict[str, object] | None],
    per_side: int = 5,
    passes: int = 2,
) -> MemoryWorkshop:
    """One group of five on each side of a border, and a vote on six ideas."""
    words = {"en": "x"}
    definition = Definition(
        title="Border",
        language="en",
        groups=[Group(one, {"en": one.title()}) for one in ("gov", "biz")],
        territories=[Territory(one, {"en": one.title()}) for one in SIDES],
        stages=[
            Stage("ideas", {"en": "Ideas"}, 10, GatherSettings([Column("c", words)], per_person=100)),
            Stage("vote", {"en": "Vote"}, 10, VoteSettings("ideas", method, "balanced", passes)),
        ],
    )
    room = MemoryWorkshop(definition)
    people = [(f"p:{g}{s}{n}", g, s, n) for g in ("gov", "biz") for s in SIDES for n in range(per_side)]
    for person, group, side, _ in people:
        room.must(Join(), person)
        room.must(Describe(group=group, territory=side), person)
    room.must(OpenStage("ideas"))
    for title in TITLES:
        room.must(AddItem("ideas.1", "c", title), people[0][0])
    items = list(room.state.items)
    room.must(OpenStage("vote"))
    for person, _, side, n in people:
        for place, item in enumerate(items):
            if said := says(side, place, n):
                room.must(CastBallot(run="vote.1", item=item, **said), person)  # type: ignore[arg-type]
    room.must(CloseStage("vote.1"))
    room.must(RevealResult("vote.1"))
    return room


def dots(side: str, place: int, n: int) -> dict[str, object] | None:
    return {"dots": 1} if n < GIVES[side][place] else None


def words_of(report: Report) -> Wording:
    return pdf.Typesetter(report).words


def plain(report: Report, template: str) -> str:
    told = pdf.Typesetter(report).html(template, fit=pages.FITS[0])
    return " ".join(re.sub(r"<[^>]+>", " ", told).replace("&#39;", "'").split())


@pytest.fixture(scope="module")
def report() -> Report:
    return report_model(held(DotsMethod(dots=6, cap=1), dots).state)


def test_what_is_first_on_both_sides_and_on_one_of_them(report: Report) -> None:
    sides = both_sides(report.decision, words_of(report))  # type: ignore[arg-type]
    assert sides is not None
    assert sides.heading == "What both sides share, and where they part"
    assert sides.shared == "Among the first 2 on both sides: “Olives”."
    assert sides.parted == (
        "“Routes”: 2nd in Tacna (30%) and nothing in Arica.",
        "“Fibre”: 2nd in Arica (30%) and nothing in Tacna.",
    )


def test_page_one_says_it_in_a_sentence_and_the_part_on_priorities_in_full(report: Report) -> None:
    said = (
        "Among the first 2 on both sides: “Olives”. "
        "They part most over “Routes”: 2nd in Tacna (30%) and nothing in Arica."
    )
    assert in_one_sentence(report, words_of(report)) == said
    assert f"By territory {said}" in plain(report, "report/page_one.html")
    whole = plain(report, "report/report.html")
    assert "What both sides share, and where they part" in whole
    assert "“Fibre”: 2nd in Arica (30%) and nothing in Tacna." in whole


def test_many_that_both_share_are_counted_on_page_one() -> None:
    room = held(
        DotsMethod(dots=6, cap=1), lambda _, place, n: {"dots": 1} if n + place < 5 else None, passes=3
    )
    report = report_model(room.state)
    assert in_one_sentence(report, words_of(report)) == "Both sides have 3 of their first 3 in common."


def test_sides_that_put_the_same_first_part_over_nothing() -> None:
    room = held(AgreeMethod(), lambda _, place, n: {"choice": "agree" if n >= place else "disagree"})
    report = report_model(room.state)
    sides = both_sides(report.decision, words_of(report))  # type: ignore[arg-type]
    assert sides is not None
    assert sides.shared == "Among the first 2 on both sides: “Olives” and “Routes”."
    assert sides.parted == ("They put nothing else among their first 2.",)
    assert "part most" not in in_one_sentence(report, words_of(report))


def test_where_the_figures_by_territory_are_withheld_so_is_this() -> None:
    report = report_model(held(DotsMethod(dots=6, cap=1), dots, per_side=2).state)
    assert report.decision is not None
    assert report.decision.territories_withheld or not report.decision.territories
    assert both_sides(report.decision, words_of(report)) is None
    assert in_one_sentence(report, words_of(report)) == ""
    assert "They part" not in plain(report, "report/page_one.html")
    whole = plain(report, "report/report.html")
    assert whole.count("by territory") == 2  # in the one sentence, twice
    assert (
        "What both sides share, and where they part Nothing is told by territory, of any vote: too many "
        "people belong to a group of which only one or two voted on one side."
    ) in whole


def test_without_territories_there_are_no_sides() -> None:
    room, _ = one_vote.held(
        DotsMethod(dots=6, cap=1),
        lambda _, place: {"dots": 1} if place else None,
        sizes={"gov": 4, "biz": 4},
        titles=TITLES,
    )
    report = report_model(room.state)
    assert both_sides(report.decision, words_of(report)) is None  # type: ignore[arg-type]
    assert "What both sides share" not in plain(report, "report/report.html")
    assert "by territory" not in plain(report, "report/report.html")
