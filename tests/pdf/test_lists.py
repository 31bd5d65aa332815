"""What a stage feeds: who does what by when, on page one, too; whom to invite; and what groups were asked."""

import re
from dataclasses import replace
from typing import Any

import pytest

from edp_app.core.commands import AddItem, CastBallot, CloseStage, Describe, Join, OpenStage, RevealResult
from edp_app.core.definition import Definition
from edp_app.core.events import ItemAdded
from edp_app.core.formats import read_format
from edp_app.report import actions, asking, pages, pdf
from edp_app.report.contents import Report
from edp_app.report.model import report_model
from edp_app.report.wording import wording
from tests.support.memory import MemoryWorkshop
from tests.unit.test_library import LIBRARY

EN = wording("en")
TEXT = """
format = 1
title = "Promises"
language = "en"
groups = "triple"
stages = [
  { use = "missing_voices" },
  { use = "ideas", prompt = "What could we do?", prompt_for = { business = "What would you pay for?" } },
  { use = "group_and_name", of = "ideas" },
  { use = "shortlist", of = "ideas", passes = 1 },
  { use = "commitments", links_to = "ideas" },
]
"""
PEOPLE = [f"p:{n}" for n in range(6)]


def written(workshop: MemoryWorkshop, stage: str, person: int, title: str, **more: Any) -> str:
    """A contribution; returns its id."""
    said = {"column": "ideas", **more}
    (event,) = workshop.must(AddItem(run=f"{stage}.1", title=title, **said), PEOPLE[person])
    assert isinstance(event, ItemAdded)
    return event.item


@pytest.fixture(scope="module")
def promised() -> Report:
    definition = read_format(TEXT, "w.toml", LIBRARY)
    assert isinstance(definition, Definition)
    workshop = MemoryWorkshop(definition)
    for n, person in enumerate(PEOPLE):
        workshop.must(Join(), person)
        workshop.must(Describe(group=("government", "business")[n % 2]), person)
    workshop.must(OpenStage(stage="missing_voices"))
    fields = {"group": "Business", "step": "Vision"}
    written(workshop, "missing_voices", 0, "The fishers", column="absent", fields=fields)
    workshop.must(OpenStage(stage="ideas"))
    oil, ferry = written(workshop, "ideas", 0, "Olive oil"), written(workshop, "ideas", 1, "A ferry")
    workshop.must(OpenStage(stage="shortlist"))
    for person in PEOPLE:
        workshop.must(CastBallot(run="shortlist.1", item=oil, dots=2), person)
    workshop.must(CloseStage(run="shortlist.1"))
    workshop.must(RevealResult(run="shortlist.1"))
    workshop.must(OpenStage(stage="commitments"))
    whole = {"who": "Port authority", "by_when": "June"}
    promise = [
        ("Ask the neighbours", "personal", {}, []),
        ("Find a boat", "institution", whole, [ferry]),
        ("Build a press", "institution", {"who": "Cooperative", "by_when": "May"}, [oil]),
        ("Find a boat", "institution", whole, [ferry]),
        ("Propose a label", "approval", {"by_when": "autumn"}, [oil]),
    ]
    for n, (title, column, said, links) in enumerate(promise):
        written(workshop, "commitments", n, title, column=column, fields=said, links=links)
    workshop.must(CloseStage(run="commitments.1"))
    return report_model(workshop.state)


def test_page_one_tells_who_does_what_by_when_for_what_passed(promised: Report) -> None:
    """Then what names nothing; for what did not pass only that there is more, and where. Each thing once."""
    told = actions.on_page_one(promised, EN)
    assert [(one.who, one.what, one.rest) for one in told] == [
        ("Cooperative", "Build a press", "by when: May · for priority 1 · For my institution"),
        ("", "Propose a label", "by when: autumn · for priority 1 · Subject to approval"),
        ("", "Ask the neighbours", "Personal"),
    ]
    typeset = pdf.Typesetter(promised).html("report/report.html", fit=pages.FITS[0])
    page_one = typeset.split('<section class="people"')[0]
    assert "Who does what by when" in page_one
    assert page_one.index("Build a press") < page_one.index("Propose a label") < page_one.index("Ask the")
    assert "Find a boat" not in page_one
    assert "and one more commitment; all of them stand in the list of actions." in page_one


def test_where_nothing_passed_page_one_tells_all_of_them(promised: Report) -> None:
    told = actions.on_page_one(replace(promised, votes=()), EN)
    assert [(one.who, one.what, one.rest) for one in told] == [
        ("Port authority", "Find a boat", "by when: June · for “A ferry” · For my institution"),
        ("Cooperative", "Build a press", "by when: May · for “Olive oil” · For my institution"),
        ("", "Propose a label", "by when: autumn · for “Olive oil” · Subject to approval"),
        ("", "Ask the neighbours", "Personal"),
    ]
    assert actions.how_many(promised, EN) == 4


def test_every_commitment_stands_in_the_list_of_actions(promised: Report) -> None:
    gathering = next(one for one in promised.gatherings if one.stage == "commitments")
    found = actions.listed(gathering, EN)
    assert found is not None
    assert found.head == ("What is done", "Who", "By when", "For")
    assert dict(found.parts)["For my institution"] == (
        ("Find a boat (2×)", "Port authority", "June", "A ferry"),
        ("Build a press", "Cooperative", "May", "Olive oil"),
    )
    typeset = pdf.Typesetter(promised).html("report/report.html", fit=pages.FITS[0])
    assert "5 commitments." in typeset


def test_with_each_priority_stand_the_commitments_for_it(promised: Report) -> None:
    typeset = pdf.Typesetter(promised).html("report/report.html", fit=pages.FITS[0])
    (block,) = re.findall(r'<article class="block passes.*?</article>', typeset, re.S)
    lines = re.findall(r'<li class="typed">(.*?)</li>', block)
    assert lines == [
        "Cooperative: Build a press · by when: May · For my institution",
        "Propose a label · by when: autumn · Subject to approval",
    ]


def test_missing_voices_are_whom_to_invite(promised: Report) -> None:
    gathering = next(one for one in promised.gatherings if one.stage == "missing_voices")
    found = actions.listed(gathering, EN)
    assert found is not None
    assert found.head[0] == "Who is invited"
    assert found.parts == (("Who is absent", (("The fishers", "Business", "Vision", "–"),)),)
    assert all(actions.listed(one, EN) is None for one in promised.gatherings if not one.feeds)


def test_what_a_group_was_asked_instead_stands_beside_what_the_others_were(promised: Report) -> None:
    gathering = next(one for one in promised.gatherings if one.stage == "ideas")
    assert asking.of_gathering(gathering, EN) == (
        "What was asked: What could we do? Businesses, cooperatives and producers were asked: "
        "What would you pay for?"
    )
    assert any("What would you pay for?" in said for said in asking.of_decision(promised, EN))


def test_the_same_promise_stands_once_on_page_one_with_all_who_made_it() -> None:
    one = actions.Told("Business", "Find a boat.", "by when: June")
    other = actions.Told("Academia", "Find a boat", "by when: June")
    later = actions.Told("Academia", "Find a boat", "by when: July")
    assert actions.together([one, other, later], EN) == [
        actions.Told("Business and Academia", "Find a boat.", "by when: June"),
        later,
    ]
