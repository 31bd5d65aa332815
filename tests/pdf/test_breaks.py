"""Tables of any length can be laid out: none of them forbids every break."""

import random

import pytest

from edp_app.core.commands import AddItem, CastBallot, CloseStage, Describe, Join, OpenStage, RevealResult
from edp_app.core.definition import (
    AgreeMethod,
    AxesMethod,
    Axis,
    ChoiceMethod,
    Column,
    CriteriaMethod,
    Criterion,
    Definition,
    DotsMethod,
    GatherSettings,
    Group,
    Option,
    Stage,
    VoteSettings,
)
from edp_app.report import pages, pdf
from edp_app.report.model import report_model
from tests.support.definitions import GROUPS
from tests.support.memory import MemoryWorkshop


def criteria(count: int) -> CriteriaMethod:
    return CriteriaMethod([Criterion(c, {"en": f"Criterion {c}"}) for c in "abcdef"[:count]])


def held(method: object, items: int, groups: int = 3) -> MemoryWorkshop:
    """A vote by this method about so many items, with five voters in each of the groups. Where each column
    has its own dots, two items stand in a column."""
    per_column = isinstance(method, DotsMethod)
    columns = [Column(f"a{n}", {"en": f"Ideas {n}"}) for n in range(items // 2 if per_column else 1)]
    stages = [
        Stage("ideas", {"en": "Ideas"}, 10, GatherSettings(columns, per_person=100)),
        Stage("vote", {"en": "The vote"}, 10, VoteSettings("ideas", method, passes=3)),  # type: ignore[arg-type]
    ]
    room = MemoryWorkshop(
        Definition(
            title="Long tables",
            language="en",
            groups=[Group(g, {"en": g.title()}, icon="group") for g in GROUPS],
            stages=stages,
        )
    )
    people = [f"p:{n:026d}" for n in range(5 * groups)]
    for n, person in enumerate(people):
        room.must(Join(), person)
        room.must(Describe(group=GROUPS[n % groups]), person)
    room.must(OpenStage("ideas"))
    for n in range(items):
        room.must(
            AddItem("ideas.1", columns[n % len(columns)].id, f"Idea number {n} of a long afternoon"),
            people[0],
        )
    room.must(OpenStage("vote"))
    chance = random.Random(7)
    for person in people:
        for item in room.state.items:
            given = {
                "choice": chance.choice(["agree", "pass"] if isinstance(method, AgreeMethod) else ["o0"])
            }
            if isinstance(method, CriteriaMethod):
                given = {"scores": {c.id: chance.randint(1, 5) for c in method.criteria}}
            elif isinstance(method, AxesMethod):
                given = {"scores": {"x": chance.randint(1, 5), "y": chance.randint(1, 5)}}
            elif per_column:
                given = {"dots": 1}
            room.must(CastBallot("vote.1", item=item, **given), person)  # type: ignore[arg-type]
    room.must(CloseStage("vote.1"))
    room.must(RevealResult("vote.1"))
    return room


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
def test_a_long_vote_is_laid_out_as_it_was_wished(method: object, items: int, groups: int) -> None:
    setter = pdf.Typesetter(report_model(held(method, items, groups).state))
    assert len(setter._laid_out(setter.html("report/report.html", fit=pages.FITS[0])).pages) > 3


def test_what_may_break_nowhere_is_laid_out_all_the_same(caplog: pytest.LogCaptureFixture) -> None:
    setter = pdf.Typesetter(report_model(held(criteria(2), 14).state))
    nowhere = "<style>tr { break-before: avoid !important; break-after: avoid !important; }</style></head>"
    html = setter.html("report/report.html", fit=pages.FITS[0]).replace("</head>", nowhere, 1)
    with pytest.raises(AssertionError):
        setter._laid_out(html)
    assert len(setter.layout(html).pages) > 3
    assert "Laid out anew" in caplog.text
