"""Of every refusal that a rehearsal meets, the log has to give the reason."""

from typing import Any

import pytest

from edp_app.rehearsal.borne_out import borne_out
from edp_app.rehearsal.ledger import Operation
from edp_app.rehearsal.retally import Replay
from tests.support.all_methods import Played


@pytest.fixture(scope="module")
def replay() -> Replay:
    return Replay(Played(5).rows())


def refused(replay: Replay, run: str, code: str, item: str, **said: Any) -> bool:
    command = {"type": "cast_ballot", "run": run, "item": item, **said}
    answer = {"ok": False, "refusal": {"code": code}}
    return borne_out(Operation("o", "p:1", command, "ballot", answer=answer), replay)


SCORES = {"assets": 1, "added_value": 0, "distinctiveness": 5, "market": 3}


@pytest.mark.parametrize(
    ("run", "code", "whole", "wrong", "right"),
    [
        ("points", "no_points_left", True, {"scores": {"ITEM": 11}}, {"scores": {"ITEM": 10}}),
        ("points", "bad_value", True, {"scores": {"ITEM": 0}}, {"scores": {"ITEM": 1}}),
        ("points", "unknown_item", True, {"scores": {"i0": 1}}, {"scores": {"ITEM": 1}}),
        ("shortlist", "cap_reached", False, {"dots": 3}, {"dots": 2}),
        ("shortlist", "no_dots_left", False, {"dots": 3}, {"dots": 0}),
        ("evidence_check", "bad_value", False, {"choice": "perhaps"}, {"choice": "pass"}),
        ("fundability", "bad_value", False, {"choice": "agree"}, {"choice": "with_changes"}),
        ("score", "incomplete", False, {"scores": {"assets": 1}}, {"scores": SCORES}),
        ("score", "bad_value", False, {"scores": SCORES | {"market": 6}}, {"scores": SCORES}),
        (
            "drivers",
            "incomplete",
            False,
            {"scores": {"impact": 3}},
            {"scores": {"impact": 3, "uncertainty": 0}},
        ),
        ("rank", "bad_value", True, {"order": ["ITEM", "ITEM"]}, {"order": ["ITEM"]}),
        ("rank", "unknown_item", True, {"order": ["ITEM", "i0"]}, {"order": ["ITEM"]}),
    ],
)
def test_a_refusal_follows_from_the_ballot(
    replay: Replay, run: str, code: str, whole: bool, wrong: Any, right: Any
) -> None:
    item = next(iter(replay.votes[f"{run}.1"].candidates))

    def named(said: dict[str, Any]) -> dict[str, Any]:
        """The same with an item of this run for ITEM."""
        put = {"ITEM": item}
        if "scores" in said:
            return {"scores": {put.get(name, name): n for name, n in said["scores"].items()}}
        return {"order": [put.get(name, name) for name in said["order"]]} if "order" in said else said

    on = "" if whole else item
    assert refused(replay, f"{run}.1", code, on, **named(wrong))
    assert not refused(replay, f"{run}.1", code, on, **named(right))
    assert not refused(replay, f"{run}.1", "not_allowed", on, **named(wrong))


def test_an_order_may_not_be_longer_than_there_are_places(replay: Replay) -> None:
    items = list(replay.votes["rank.1"].candidates)
    assert refused(replay, "rank.1", "bad_value", "", order=items[:6])
    assert not refused(replay, "rank.1", "bad_value", "", order=items[:5])


def test_a_closed_stage_is_borne_out_and_a_paused_one_is_not(replay: Replay) -> None:
    item = next(iter(replay.votes["score.1"].candidates))
    assert refused(replay, "score.1", "stage_closed", item, scores=SCORES)
    assert not refused(replay, "score.1", "stage_paused", item, scores=SCORES)
    assert refused(replay, "nowhere.1", "unknown_item", "i0", dots=1)
