"""What the report and the end tell of votes on what an earlier one let through."""

import json
import subprocess
from typing import Any

from edp_app.core.commands import HideItem, OpenStage
from edp_app.core.views import view
from edp_app.exports.as_json import write_json
from edp_app.exports.model import export_model
from edp_app.report import disagreeing, heard, sentences
from edp_app.report.contents import Report
from edp_app.report.model import report_model
from edp_app.report.wording import wording
from tests.support.memory import plain
from tests.support.shortlisted import PEOPLE, Room
from tests.unit.test_both_rounds import ROOT, SCRIPT

EN = wording("en")


def report(room: Room) -> Report:
    return report_model(room.workshop.state)


def at_the_end(room: Room) -> list[list[str]]:
    """What the screen says was decided."""
    done = subprocess.run(
        ["node", "--input-type=module", "-e", SCRIPT],
        input=json.dumps([plain(view(room.workshop.state, "screen"))]),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [room.titles(items) for items in json.loads(done.stdout)[0]["decided"]]


def scored() -> Room:
    room = Room()
    room.spend("Alpha", "Gamma", "Delta")
    room.score(Alpha=(4, 4), Gamma=(5, 4), Delta=(2, 2))
    return room


def test_how_many_of_how_many_and_by_which_vote_they_came_there() -> None:
    room = scored()
    decision = report(room).decision
    assert decision is not None
    assert decision.stage == "score"
    said = "3 of 5 contributions on the board were voted on: what had passed in “Shortlist”."
    assert sentences.about(decision, EN) == said
    assert sentences.how(decision, EN).startswith(said)
    assert [sentences.about(one, EN) for one in report(room).votes if one.stage == "shortlist"] == [""]
    room.workshop.must(HideItem(room.ids["Delta"]))
    hidden = report(room).decision
    assert hidden is not None
    assert sentences.about(hidden, EN) == said, "what was counted stays"


def test_one_alone_is_said_as_one() -> None:
    room = Room(passes=1)
    room.spend("Alpha")
    room.score(Alpha=(4, 4))
    decision = report(room).decision
    assert decision is not None
    assert (
        sentences.about(decision, EN)
        == "One of 5 contributions on the board was voted on: what had passed in “Shortlist”."
    )


def test_what_chose_last_decides() -> None:
    room = scored()
    assert at_the_end(room) == [["Gamma", "Alpha"]]
    run = room.open("points")
    for person in PEOPLE:
        room.points(run, person, "Alpha")
    room.end(run)
    whole = report(room)
    assert whole.decision is not None
    assert whole.decision.stage == "points", "it chose among what the score had let through"
    assert [row.title for row in whole.through] == ["Alpha"]
    assert [one.stage for one in whole.before_decision] == ["score", "shortlist"]
    assert at_the_end(room) == [["Alpha"]]
    room.holds()


def test_with_too_few_voters_nothing_was_chosen_again() -> None:
    room = scored()
    run = room.open("points")
    room.points(run, PEOPLE[0], "Alpha")
    room.end(run)
    assert at_the_end(room) == [["Gamma", "Alpha"]]
    assert [row.title for row in report(room).through] == ["Gamma", "Alpha"]


def test_whose_first_choice_was_not_even_scored_is_said() -> None:
    room = Room(passes=1)
    room.give("shortlist", gov="Alpha", biz="Beta")
    room.score(Alpha=(4, 4))
    whole = report(room)
    left = heard.left_out(whole, EN)
    assert left == ["Shortlist · Business: the first choice, “Beta” (100% of its dots), did not pass."]
    (told,) = [one for one in disagreeing.disagreements(whole, EN) if one.who == left[0]]
    assert told.says(EN) == (
        "Nobody was asked why. Furthest apart: Business (100% of its dots) and Government (0% of its dots)."
    )


def test_exports_say_by_which_vote_they_had_passed() -> None:
    room = scored()
    room.workshop.must(OpenStage("cards"))
    told: Any = json.loads(write_json(export_model(room.workshop.state)))
    votes = {one["stage"]: one for one in told["results"]}
    assert (votes["score"]["of"], votes["score"]["passed_by"], votes["score"]["among"]) == (
        "ideas",
        "shortlist",
        5,
    )
    assert not {"passed_by", "among"} & votes["shortlist"].keys()
    (cards,) = told["cards"]
    assert (cards["of"], cards["passed_by"]) == ("ideas", "score")
