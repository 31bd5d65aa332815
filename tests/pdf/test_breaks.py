"""Tables of any length can be laid out: none of them forbids every break."""

import random
from typing import Any

import pytest

from edp_app.core.definition import (
    AgreeMethod,
    AxesMethod,
    Axis,
    ChoiceMethod,
    CriteriaMethod,
    Criterion,
    DotsMethod,
    Method,
)
from edp_app.core.parts import Option
from edp_app.report import pages, pdf
from edp_app.report.model import report_model
from tests.support.one_vote import held


def criteria(count: int) -> CriteriaMethod:
    return CriteriaMethod([Criterion(c, {"en": f"Criterion {c}"}) for c in "abcdef"[:count]])


def setter_of(method: Method, items: int, groups: int) -> pdf.Typesetter:
    """The report of a vote by this method about so many items, with five voters in each of so many groups.
    Where each column has its own dots, two items stand in a column."""
    chance = random.Random(7)

    def says(_: str, __: int) -> dict[str, Any]:
        if isinstance(method, CriteriaMethod):
            return {"scores": {c.id: chance.randint(1, 5) for c in method.criteria}}
        if isinstance(method, AxesMethod):
            return {"scores": {"x": chance.randint(1, 5), "y": chance.randint(1, 5)}}
        if isinstance(method, DotsMethod):
            return {"dots": 1}
        return {"choice": chance.choice(["agree", "pass"] if isinstance(method, AgreeMethod) else ["o0"])}

    room, _ = held(
        method,
        says,
        sizes={group: 5 if n < groups else 0 for n, group in enumerate(("gov", "biz", "aca"))},
        titles=[f"Idea number {n} of a long afternoon" for n in range(items)],
        columns=items // 2 if isinstance(method, DotsMethod) else 1,
        passes=3,
    )
    return pdf.Typesetter(report_model(room.state))


@pytest.mark.parametrize(
    ("method", "items", "groups"),
    [
        (criteria(1), 32, 3),
        (criteria(2), 10, 3),
        (criteria(3), 14, 3),
        (ChoiceMethod([Option(f"o{n}", {"en": f"Option {n}"}) for n in range(2)]), 30, 1),
        (ChoiceMethod([Option(f"o{n}", {"en": f"Option {n}"}) for n in range(2)]), 30, 3),
        (AxesMethod(Axis("x", {"en": "Impact"}), Axis("y", {"en": "Doubt"})), 30, 3),
        (AgreeMethod(), 30, 3),
        (DotsMethod(dots=2, cap=1, per="column"), 24, 3),
    ],
)
def test_a_long_vote_is_laid_out_as_it_was_wished(method: Method, items: int, groups: int) -> None:
    setter = setter_of(method, items, groups)
    assert len(setter._laid_out(setter.html("report/report.html", fit=pages.FITS[0])).pages) > 3


def test_what_may_break_nowhere_is_laid_out_all_the_same(caplog: pytest.LogCaptureFixture) -> None:
    setter = setter_of(criteria(2), 14, 3)
    nowhere = "<style>tr { break-before: avoid !important; break-after: avoid !important; }</style></head>"
    html = setter.html("report/report.html", fit=pages.FITS[0]).replace("</head>", nowhere, 1)
    with pytest.raises(AssertionError):
        setter._laid_out(html)
    assert len(setter.layout(html).pages) > 3
    assert "Laid out anew" in caplog.text
