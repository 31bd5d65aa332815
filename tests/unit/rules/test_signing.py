"""A name beside a reason against what was decided: only if its owner ticks it, and only in the report."""

import json
from typing import Any

import msgspec
import pytest

from edp_app.core.commands import CastBallot, CloseStage, NameMyself, RevealResult, StepBack
from edp_app.core.erasing import holding, is_left, left_of
from edp_app.core.events import BallotCast
from edp_app.core.signing import Signature, called, signatures
from edp_app.core.views import self_view, view
from edp_app.exports.as_csv import read, write_csv
from edp_app.exports.model import export_model
from edp_app.report.model import report_model
from tests.support.acting import refused
from tests.support.memory import plain
from tests.support.shortlisted import PEOPLE, Room
from tests.support.signing import NAMES, WHY, against, at_read_back, read_back


def own(room: Room, person: str, run: str) -> dict[str, Any]:
    found: Any = plain(self_view(room.workshop.state, person))
    return dict(found["ballots"][run][room.ids["Alpha"]])


def signed(room: Room, run: str) -> dict[str, Any]:
    votes = report_model(room.workshop.state, "en", NAMES).votes
    return dict(next(vote for vote in votes if vote.run == run).signed)


def test_nobody_signs_who_has_not_ticked_it() -> None:
    room, run = read_back(signed=False)
    assert signatures(room.workshop.state.runs[run]) == []
    assert signed(room, run) == {}


def test_who_ticked_it_is_named_in_the_report_and_nowhere_else() -> None:
    room, run = read_back()
    assert signatures(room.workshop.state.runs[run]) == [Signature(room.ids["Alpha"], PEOPLE[0], WHY)]
    assert signed(room, run) == {room.ids["Alpha"]: ((WHY, NAMES[PEOPLE[0]]),)}
    assert own(room, PEOPLE[0], run)["signed"] is True
    for audience in ("phone", "screen", "console"):
        shown = json.dumps(plain(view(room.workshop.state, audience)), default=str)  # type: ignore[arg-type]
        assert '"signed"' not in shown
    exported = msgspec.json.encode(export_model(room.workshop.state)).decode()
    assert WHY in exported
    assert "Ana" not in exported
    assert any(
        WHY in str(line) for _, lines in read(write_csv(export_model(room.workshop.state))) for line in lines
    )
    assert "signed" not in exported
    room.holds()


def test_before_the_reveal_the_report_names_nobody() -> None:
    room, run = at_read_back()
    against(room, run, PEOPLE[0])
    assert signatures(room.workshop.state.runs[run]) == []


def test_until_the_vote_closes_it_is_unticked_again() -> None:
    room, run = at_read_back()
    against(room, run, PEOPLE[0])
    against(room, run, PEOPLE[0], revision=1, signed=False)
    assert "signed" not in own(room, PEOPLE[0], run)
    room.workshop.must(CloseStage(run))
    late = CastBallot(run, room.ids["Alpha"], revision=2, choice="disagree", reason=WHY, signed=True)
    refused(room.workshop, late, PEOPLE[0], "stage_closed")


@pytest.mark.parametrize(("choice", "why"), [("agree", WHY), ("pass", WHY), ("disagree", "")])
def test_a_name_stands_beside_a_reason_against_it_and_beside_nothing_else(choice: str, why: str) -> None:
    room, run = at_read_back()
    against(room, run, PEOPLE[0])
    ballot = CastBallot(run, room.ids["Alpha"], revision=1, choice=choice, reason=why, signed=True)
    room.workshop.must(ballot, PEOPLE[0])
    assert "signed" not in own(room, PEOPLE[0], run)
    room.workshop.must(
        CastBallot(run, room.ids["Alpha"], revision=2, choice="disagree", reason=WHY), PEOPLE[0]
    )
    assert "signed" not in own(room, PEOPLE[0], run), "after a change of mind it has to be ticked anew"
    room.holds()


def test_where_the_stage_does_not_let_people_sign_nobody_can() -> None:
    room, run = at_read_back(may_sign=False)
    ballot = CastBallot(run, room.ids["Alpha"], choice="disagree", reason=WHY, signed=True)
    refused(room.workshop, ballot, PEOPLE[0], "bad_message")


def test_a_name_that_was_taken_back_or_never_given_stands_nowhere() -> None:
    room, run = read_back()
    assert called(room.workshop.state, NAMES) == {one: NAMES[one] for one in PEOPLE[:2]}
    room.workshop.must(NameMyself(""), PEOPLE[0])
    assert signed(room, run) == {}
    assert signatures(room.workshop.state.runs[run])


def test_what_is_not_shown_is_not_shown_with_a_name_either() -> None:
    room, run = at_read_back()
    for person in PEOPLE[:2]:
        against(room, run, person)
    room.workshop.must(CloseStage(run))
    room.workshop.must(RevealResult(run))  # of two people nothing is told
    assert signed(room, run) == {}


def test_erasing_somebodys_words_leaves_nothing_that_is_signed() -> None:
    room, run = read_back()
    log = room.workshop.log
    held = [one for one in log if one.seq in holding(log, person=PEOPLE[0])]
    ballots = [one.event for one in held if isinstance(one.event, BallotCast) and one.event.run == run]
    assert [one.signed for one in ballots] == [True]
    left = left_of(ballots[0], "en")
    assert isinstance(left, BallotCast)
    assert (left.reason, left.signed, left.choice) == ("", False, "disagree")
    assert is_left(left)


def test_two_who_wrote_the_same_are_told_apart_by_the_name_alone() -> None:
    room, run = at_read_back()
    for person in PEOPLE[:3]:
        against(room, run, person, signed=person != PEOPLE[1])
    room.workshop.must(NameMyself(NAMES[PEOPLE[2]]), PEOPLE[2])
    room.workshop.must(CloseStage(run))
    room.workshop.must(RevealResult(run))
    assert signed(room, run) == {
        room.ids["Alpha"]: ((WHY, NAMES[PEOPLE[0]]), (WHY, NAMES[PEOPLE[2]])),
    }


def test_opened_again_it_can_be_unticked_again() -> None:
    room, run = at_read_back()
    against(room, run, PEOPLE[0])
    room.workshop.must(CloseStage(run))
    room.workshop.must(StepBack())
    against(room, run, PEOPLE[0], revision=1, signed=False)
    assert "signed" not in own(room, PEOPLE[0], run)
