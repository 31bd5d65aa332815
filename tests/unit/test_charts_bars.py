"""Bars made of pieces: that they are what was published, in the drawing, in its words and in its table."""

import pytest

from edp_app.charts import Chart
from edp_app.charts.published import Wanted, draw
from tests.support import drawn
from tests.support.drawn import look, samples


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
