"""Where nothing could pass, page one says why and claims nothing of counts that there are none of."""

import re

import pytest

from edp_app.core.commands import HideItem
from edp_app.core.definition import AgreeMethod, CriteriaMethod, Criterion, DotsMethod, Rule
from edp_app.report import pages, pdf
from edp_app.report.model import report_model
from tests.support.memory import MemoryWorkshop
from tests.support.one_vote import held

GROUPS = {"gov": 4, "biz": 4}
TWO = CriteriaMethod([Criterion("p", {"en": "Potential"}), Criterion("q", {"en": "Quality"})])
ALIKE = "both counts let the same through"


def page_one(room: MemoryWorkshop) -> str:
    report = report_model(room.state)
    told = pdf.Typesetter(report).html("report/page_one.html", fit=pages.FITS[0])
    return " ".join(re.sub(r"<[^>]+>", " ", told).replace("&#39;", "'").split())


@pytest.mark.parametrize("rule", ["balanced", "portfolio"])
def test_nobody_agreed(rule: Rule) -> None:
    room, _ = held(AgreeMethod(), lambda _, __: {"choice": "disagree"}, rule=rule, sizes=GROUPS)
    text = page_one(room)
    assert "Nothing passed. Nobody agreed with any of these, so nothing could pass." in text
    assert ALIKE not in text
    assert "supporters together did not" not in text


def test_a_criterion_that_nobody_scored() -> None:
    room, _ = held(TWO, lambda _, place: {"scores": {"p": 4 - place, "q": 0}}, sizes=GROUPS)
    text = page_one(room)
    assert "Nothing passed. Nobody scored “Quality”, so there is no total, and nothing could pass." in text
    assert ALIKE not in text


def test_a_criterion_that_too_few_scored() -> None:
    few = ("p:gov0", "p:biz0")
    room, _ = held(TWO, lambda person, _: {"scores": {"p": 4, "q": 3 if person in few else 0}}, sizes=GROUPS)
    assert "Nothing passed. Too few people scored “Quality”, so there is no total" in page_one(room)


def test_where_there_are_totals_nothing_is_said_of_them() -> None:
    room, _ = held(TWO, lambda _, place: {"scores": {"p": 4 - place, "q": 3}}, sizes=GROUPS)
    text = page_one(room)
    assert "no total" not in text
    assert ALIKE in text


def test_that_both_counts_let_the_same_through_is_said_only_where_it_is_true_of_hidden_items_too() -> None:
    gives = {"gov": (6, 1, 3), "biz": (6, 4, 0)}

    def dots(person: str, place: int) -> dict[str, int] | None:
        return {"dots": n} if (n := gives[person[2:5]][place]) else None

    room, (alpha, beta, gamma) = held(DotsMethod(dots=10, cap=10), dots, passes=2, sizes={"gov": 7, "biz": 3})
    rows = {row.item: row for row in report_model(room.state).decision.rows}
    assert [rows[i].passes_headcount for i in (alpha, beta, gamma)] == [True, False, True]
    assert [rows[i].passes_balanced for i in (alpha, beta, gamma)] == [True, True, False]
    for item in (beta, gamma):
        room.must(HideItem(item))
    assert ALIKE not in page_one(room)


def test_what_is_level_on_top_of_a_column_is_named_whole_on_page_one() -> None:
    """Both, not the one that came first in the list."""
    room, _ = held(
        DotsMethod(dots=4, cap=1, per="column"),
        lambda _, place: {"dots": 1} if place < 2 else None,
        sizes=GROUPS,
        columns=1,
    )
    report = report_model(room.state)
    assert [{row.title for row in level} for _, level in pages.firsts(report.votes)] == [{"Alpha", "Beta"}]
