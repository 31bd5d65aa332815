"""Page one after a second round, with ties, and where nothing was to pass."""

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from edp_app.core.commands import HideItem
from edp_app.core.definition import LANGUAGES
from edp_app.report import contested, disagreeing, heard, pages, pdf, ties
from edp_app.report.contents import Report
from edp_app.report.model import report_model
from edp_app.report.wording import wording
from tests.support.twice import Twice

EN = wording("en")


def page_one(report: Report) -> list[str]:
    """The lines of page one."""
    html = pdf.Typesetter(report).html("report/page_one.html", fit=pages.fits_for(report.decision)[0])
    html = re.sub(r"<(style|svg).*?</\1>", " ", html, flags=re.DOTALL)
    lines = re.sub(r"<[^>]+>", "", re.sub(r"</(p|li|div|h\d)>", "\n", html)).replace("​", "").split("\n")
    return [line for one in lines if (line := " ".join(unescape(one).split()))]


# ---- second rounds


def test_what_a_second_round_decided_is_told_with_its_figures_and_no_rank() -> None:
    room = Twice()
    room.vote("again", {"Alpha": (5, 0), "Gamma": (1, 1)})
    lines = page_one(room.report)
    assert lines[lines.index("Epsilon") - 1] == "1"
    assert not lines[lines.index("Gamma") - 1].isdigit()
    told = lines[lines.index("Gamma") + 1]
    assert told == (
        "Once more · One person, one vote: 1.0. Every group counting the same, whatever its size: 1.0. "
        "Of 10 people, 10 gave it 1 or 2."
    )
    said = "Once more · “Gamma” (passed): broad no. Of 10 people, 10 gave it 1 or 2. Nobody wrote why."
    assert said in lines
    assert not any("No group's first choice" in line for line in lines)


def test_first_choices_are_those_of_the_round_that_asked_last() -> None:
    room = Twice({"Alpha": (5, 2), "Beta": (5, 4), "Gamma": (5, 1)}, passes=1)
    room.vote("again", {"Alpha": (5, 5), "Gamma": (1, 1)})
    assert heard.left_out_is_known(room.report)
    told = heard.left_out(room.report, EN)
    assert told == [
        f"Once more · {group}: the first choice, “Alpha” (mean 5.0), did not pass."
        for group in ("Government", "Business")
    ]
    lines = page_one(room.report)
    assert all(any(line.startswith(one) for line in lines) for one in told)


def test_where_a_second_round_shows_other_cells_nothing_is_said_of_every_group() -> None:
    room = Twice({"Alpha": (5, 1), "Beta": (4, 4), "Gamma": (2, 2)}, passes=2)
    room.vote("again", {"Alpha": (5, 5)}, people=6)
    (second,) = room.report.second_rounds
    assert [len(cell.groups) for cell in second.cells] == [2]
    assert not heard.left_out_is_known(room.report)
    assert disagreeing.disagreements(room.report, EN) == []
    assert "Who disagrees" not in page_one(room.report)
    room.vote("again", {"Alpha": (5, 5)})
    assert "No group's first choice was left out, and both counts let the same through." in page_one(
        room.report
    )


@pytest.mark.parametrize("merged", [True, False])
def test_an_item_that_is_no_more_is_nobodys_first_choice(merged: bool) -> None:
    room = Twice()
    if merged:
        room.merge("Alpha", "Beta", "Alpha and beta")
    else:
        room.workshop.must(HideItem(room.ids["Alpha"]))
    room.vote("again", {"Beta": (2, 2), "Gamma": (5, 5)})
    assert heard.left_out(room.report, EN) == []
    lines = page_one(room.report)
    assert "Alpha" not in lines
    assert "(hidden by the facilitator)" not in lines


def test_a_second_round_with_too_few_voters_is_said_to_have_changed_nothing() -> None:
    room = Twice()
    before = page_one(room.report)
    room.vote("again", {"Alpha": (1, 1)}, people=2)
    lines = page_one(room.report)
    said = (
        "“Once more” was held, and changed nothing. Fewer than three people took part. "
        "To protect them no figures are shown."
    )
    assert [line for line in lines if line not in before] == ["Second round", said]
    room.vote("again", {"Alpha": (1, 1)}, people=1)
    assert heard.second_rounds(room.report, EN)[1].startswith("“Once more” was held once more, and changed")
    for language in set(LANGUAGES) - {"en"}:
        assert said not in heard.second_rounds(room.report, wording(language))


# ---- ties

CASES = json.loads((Path(__file__).parents[1] / "support" / "ties.json").read_text("utf-8"))
TIED = {"Alpha": (3, 3), "Beta": (5, 1), "Gamma": (2, 2)}


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_what_told_two_apart_is_read_as_the_pages_read_it(case: dict) -> None:
    report = Twice(TIED, passes=1).report
    assert report.decision is not None
    cell = report.decision.cells[0]

    def row(told: dict, model) -> object:
        figures = tuple((replace(cell, id=key), figure) for key, figure in told.get("cells", {}).items())
        return replace(model, by_cell=figures, part=replace(model.part, agreement=told.get("agreement")))

    above, below = report.decision.rows[:2]
    assert ties.settled_by(row(case["above"], above), row(case["below"], below)) == case["step"]
    assert ties.settled_by(row(case["below"], below), row(case["above"], above)) == case["step"]


@pytest.mark.parametrize(("privacy", "rule"), [("grouped", "balanced"), ("headcount", "headcount")])
def test_a_tie_that_agreement_settled_is_told_as_that(privacy, rule) -> None:
    report = Twice(TIED, passes=1, rule=rule, privacy=privacy).report
    assert report.decision is not None
    (told,) = contested.decided_ties(report.decision, EN)
    assert told == (
        "Tied for 1st: “Alpha” and “Beta”. The tie-break (more agreement among people) gives the place to "
        "“Alpha”."
    )
    rule_said = contested.tie_rule(report, EN)
    assert "agree more" in rule_said
    assert ("where its support is lowest" in rule_said) == (privacy == "grouped")
    assert rule_said.endswith("anyone can draw it again.")


def test_how_ties_are_settled_speaks_of_agreement_only_where_there_are_scores() -> None:
    report = Twice().report
    dots = replace(report, votes=(replace(report.votes[0], method="dots"),))
    assert "agree" not in contested.tie_rule(dots, EN)
    heads = contested.tie_rule(replace(dots, privacy="headcount"), EN)
    assert heads.startswith(
        "Equal figures share a rank. A tie at the cut is settled by a lot. The lot is drawn"
    )


# ---- nothing was to pass


def test_where_votes_only_inform_page_one_says_so() -> None:
    report = Twice().report
    informs = replace(report, votes=(replace(report.votes[0], rule=None),))
    assert informs.decision is None
    said = "What was voted informs, and nothing was to pass by it: “Scores”."
    assert said in page_one(informs)
    nothing = "No vote's result has been revealed, so nothing has been decided."
    assert nothing not in page_one(informs)
    assert nothing in page_one(replace(report, votes=()))
    for language in set(LANGUAGES) - {"en"}:
        assert heard.informing(informs, wording(language)) != said


def test_the_report_reads_what_the_room_was_shown() -> None:
    room = Twice()
    room.vote("again", {"Alpha": (2, 2), "Beta": (4, 4), "Gamma": (5, 5)})
    assert report_model(room.workshop.refolded()).through == room.report.through
