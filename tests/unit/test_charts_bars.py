"""Bars made of pieces: that they are what was published, in the drawing, in its words and in its table."""

import pytest

from edp_app.charts import Chart
from edp_app.charts.drawing import PAGE_WIDTH, SMALL
from edp_app.charts.published import Wanted, draw
from tests.support import drawn
from tests.support.drawn import look, samples
from tests.support.published import Json, Sample


def pieces(chart: Chart, opacity: str) -> list[float]:
    """How long the pieces with ink of this strength are, from above to below; that of the key comes first."""
    found = [r for r in drawn.root(chart.svg).iter(f"{drawn.SVG}rect") if r.get("fill-opacity") == opacity]
    return [float(r.get("width", "0")) for r in found]


def test_people_who_disagree_are_drawn_and_named_as_that():
    past, groups = samples(items=1)["agree"]
    row = past["result"]["columns"][0]["items"][0]
    row |= {"n": 10, "agree": 5, "disagree": 3, "pass": 2}
    chart = draw(Wanted("opinions"), past, groups, look()).chart
    key = {box.words: box.left for box in drawn.words(chart, look())}
    assert key["agree"] < key["no opinion"] < key["disagree"]
    in_bar = [box.words for box in sorted(drawn.words(chart, look()), key=lambda box: box.left)]
    assert [words for words in in_bar if words.isdigit()] == ["5", "2", "3"]
    (_, agreed), (_, passed), (_, disagreed) = (pieces(chart, ink) for ink in ("0.82", "0.04", "0.3"))
    assert (passed / agreed, disagreed / agreed) == pytest.approx((2 / 5, 3 / 5), rel=0.01)
    assert "5 agree, 2 have no opinion, 3 disagree" in chart.alt
    assert dict(zip(chart.table.head[1:], chart.table.rows[0][1:], strict=True)) == {
        "agree": "5", "no opinion": "2", "disagree": "3",
    }  # fmt: skip


# ---- what each group gave


def by_groups(method: str = "dots", rule: str = "balanced", language: str = "en") -> tuple[Chart, Json, str]:
    """The picture of two items in two groups, its first row as published, and its title."""
    sample = Sample(items=2, many_groups=2, language=language)
    past = sample.spent(method, rule)
    for row, cells in zip(
        past["result"]["columns"][0]["items"], ({"c1": 0.6, "c2": 0.3}, {"c1": 0.0, "c2": 0.3}), strict=True
    ):
        row |= {"cells": cells, "balanced": sum(cells.values()) / 2}
    found = draw(Wanted("by_group"), past, sample.groups, look(language))
    return found.chart, past["result"]["columns"][0]["items"][0], found.title


def filled(chart: Chart, fill: str) -> list[float]:
    """The widths of all rectangles of this class, in order, without those of the key."""
    found = [r for r in drawn.root(chart.svg).iter(f"{drawn.SVG}rect") if fill in r.get("class", "").split()]
    return [float(r.get("width", "0")) for r in found][1:]


def test_pieces_tell_the_groups_own_share_and_make_the_balanced_figure_together():
    chart, _, title = by_groups()
    government, business = (filled(chart, f"f-group-{g}") for g in ("government", "business"))
    assert len(government) == 1  # the second bar has no piece of it
    assert government[0] / business[0] == pytest.approx(2, rel=0.01)
    assert business[1] == pytest.approx(business[0], rel=0.01)
    written = [box.words for box in drawn.words(chart, look())]
    assert [words for words in written if words.endswith("%")] == ["60%", "30%", "45.0%", "30%", "15.0%"]
    assert chart.table.rows[0][1:] == ("45.0%", "60.0%", "30.0%")
    assert chart.table.head[2] == "Government and public bodies: share of its own dots"
    assert title == "What each group gave · Every group the same"
    assert "how much of its own dots" in chart.alt
    assert "how much of its own points" in by_groups("points")[0].alt


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("balanced", None),
        ("headcount", "What passes was decided by the other count, “One person, one vote”."),
        ("both", "What passes was decided by both counts together."),
        ("portfolio", "The list of what passes was shared out among the groups."),
    ],
)
def test_a_picture_of_a_count_that_does_not_decide_says_so(rule, said):
    chart = by_groups(rule=rule)[0]
    shown = " ".join(box.words for box in drawn.words(chart, look()))
    assert "What each group gave · Every group the same" in shown
    assert (said in shown and said in chart.alt) if said else "What passes was" not in shown + chart.alt


def test_numbers_of_people_say_so_where_groups_decided():
    past, groups = samples()["agree"]
    found = draw(Wanted("opinions"), past, groups, look())
    assert found.title == "Who agrees · One person, one vote"
    assert "What passes was decided by the other count, “Every group the same”." in found.chart.alt


def test_scores_are_drawn_by_the_count_that_decides():
    past, groups = samples()["criteria"]
    rows = past["result"]["columns"][0]["items"]
    for rule, name in (("balanced", "Every group the same"), ("headcount", "One person, one vote")):
        past["result"]["rule"] = rule
        found = draw(Wanted("heat"), past, groups, look())
        assert found.title == f"Mean score on each criterion · {name}"
        assert float(found.chart.table.rows[0][-1]) == pytest.approx(rows[0][rule], abs=0.051)


def test_a_list_of_its_own_is_named_in_its_picture():
    past, groups = samples()["dots"]
    first = past["result"]["columns"][0]
    past["columns"] = [{"id": "farm", "name": {"en": "Farming"}}, {"id": "sea", "name": {"en": "The sea"}}]
    past["result"]["columns"] = [{**first, "column": "farm"}, {**first, "column": "sea"}]
    for column, name in (("farm", "Farming"), ("sea", "The sea")):
        found = draw(Wanted("by_group", column), past, groups, look())
        assert found.title == f"{name} · What each group gave · Every group the same"
        assert name in found.chart.svg


def test_a_ranking_is_told_in_places_and_has_no_pieces():
    past, groups = samples(items=5)["ranking"]
    assert not {"by_group", "shares"} & set(drawn.pictures_of(past))
    row = past["result"]["columns"][0]["items"][0]
    chart = draw(Wanted("counts"), past, groups, look()).chart
    assert f"mean place {5 - row['balanced'] * 4:.1f} · 1st" in chart.svg
    assert "%" not in chart.svg


@pytest.mark.parametrize("width", [320 * SMALL / 13, 1420 * SMALL / 28, PAGE_WIDTH])
def test_every_picture_shows_its_title_once_and_all_of_it(width):
    for kind, (past, groups) in samples().items():
        for name in drawn.pictures_of(past):
            found = draw(Wanted(name), past, groups, look(), width)
            shown = " ".join(box.words for box in drawn.words(found.chart, look()))
            assert shown.count(found.title) == 1, (kind, name)
            assert found.chart.alt.startswith(f"{found.title}."), (kind, name)


def test_a_title_that_stands_elsewhere_is_not_drawn_but_said():
    past, groups = samples()["dots"]
    found = draw(Wanted("by_group", headed=False), past, groups, look())
    shown = [box.words for box in drawn.words(found.chart, look())]
    assert not any("What each group gave" in words for words in shown)
    assert any("In each piece" in words for words in shown)
    assert found.title in found.chart.alt
    assert found.chart.height < draw(Wanted("by_group"), past, groups, look()).chart.height
