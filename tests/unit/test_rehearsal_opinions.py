"""What simulated people say: ballots that the rules accept, by every method, with opinions that differ as
they do in a room; and, where it is meant to be refused, ballots that are."""

from collections import Counter
from statistics import pstdev
from typing import Any

import pytest

from edp_app.core.commands import CastBallot
from edp_app.core.definition import VoteSettings
from edp_app.core.refusals import Refusal
from edp_app.core.voting import method_for
from edp_app.core.voting.described import describe
from edp_app.rehearsal.habits import Dice, Pace, draw_habits
from edp_app.rehearsal.opinions import MOODS, Opinions, best_first, in_turn, out_of_bounds
from edp_app.rehearsal.paper import PaperVoter
from edp_app.rehearsal.play import LATE_SHEETS, PAPER_SHEETS, Room
from edp_app.rehearsal.reasons import REASONS
from edp_app.rehearsal.texts import read_texts, repeats
from tests.support.all_methods import WORKSHOPS, mood_of, workshop

ITEMS = {f"i{n}": {"title": f"Text {n}", "column": "ideas"} for n in range(10)}
VOTES = {stage.id: stage.settings for stage in workshop().stages if isinstance(stage.settings, VoteSettings)}
SHEETS = [stage for stage, vote in VOTES.items() if vote.method.__struct_config__.tag != "dots"]


def run_of(stage: str) -> dict[str, Any]:
    """The run of a vote, as much of it as a phone looks at."""
    vote = VOTES[stage]
    run: dict[str, Any] = {"run": f"{stage}.1", "method": describe(vote.method), "candidates": ITEMS}
    return run | ({"second_of": vote.second_of} if vote.second_of else {})


def people(count: int = 40) -> list[Opinions]:
    return [Opinions(Dice(1, n), n % 5, mood_of, funder=n % 7 == 0) for n in range(count)]


def checked(stage: str, item: str, said: dict[str, Any], *, funder: bool) -> Refusal | None:
    """What the rules say to a ballot."""
    settings: Any = VOTES[stage].method
    method: Any = method_for(settings)
    ballot = method.read(settings, CastBallot(run="r", item=item, **said))
    if isinstance(ballot, Refusal):
        return ballot
    columns = {i: one["column"] for i, one in ITEMS.items()}
    refused: Refusal | None = method.check(
        settings, method.new_tally(), "p:1", item, columns, ballot, funder=funder
    )
    return refused


@pytest.mark.parametrize("stage", SHEETS)
def test_what_they_say_is_accepted_by_the_rules(stage: str) -> None:
    cast = 0
    for mind in people():
        for thought in ("", "another"):
            for item, said in mind.sheet(run_of(stage), thought).items():
                assert checked(stage, item, said, funder=mind.funder) is None
                cast += 1
    assert cast >= 80


@pytest.mark.parametrize("stage", SHEETS)
def test_what_goes_too_far_is_refused(stage: str) -> None:
    item, said = out_of_bounds(run_of(stage)) or ("", {})
    assert checked(stage, item, said, funder=False)
    assert out_of_bounds(run_of(stage) | {"candidates": {}}) is None


def test_the_same_seed_says_the_same_and_second_thoughts_differ() -> None:
    one, same = (Opinions(Dice(3, 5), 0, mood_of) for _ in range(2))
    assert one.sheet(run_of("score")) == same.sheet(run_of("score"))
    assert one.sheet(run_of("score")) != one.sheet(run_of("score"), "another")


def test_moods_are_what_they_say() -> None:
    views = {mood: [mind.of(f"Text {n}") for mind in people()] for n, mood in enumerate(MOODS)}
    high = {mood: sum(view >= 3.5 for view in found) / len(found) for mood, found in views.items()}
    low = {mood: sum(view <= 2.5 for view in found) / len(found) for mood, found in views.items()}
    assert high["liked"] > 0.9
    assert low["disliked"] > 0.9
    assert high["divided"] > 0.3 < low["divided"]
    assert high["open"] < 0.3 > low["open"]
    by_group = [Counter(view > 3 for view in views["by_group"][place::5]) for place in range(5)]
    assert {found.most_common(1)[0][0] for found in by_group} == {True, False}
    assert all(found.most_common(1)[0][1] >= 7 for found in by_group)


def test_opinions_move_towards_each_other_in_a_second_round() -> None:
    for n, mood in enumerate(MOODS):
        first = [mind.of(f"Text {n}") for mind in people()]
        again = [mind.of(f"Text {n}", second=True) for mind in people()]
        if mood in ("divided", "by_group"):
            assert pstdev(again) < 0.6 * pstdev(first)


def test_some_do_not_know_some_give_reasons_and_only_funders_say_what_they_are_asked() -> None:
    run = run_of("score")
    ballots = [ballot for mind in people() for ballot in mind.sheet(run).values()]
    assert any(0 in ballot["scores"].values() for ballot in ballots)
    reasons = {ballot["reason"] for ballot in ballots if "reason" in ballot}
    assert len(reasons) > 10
    assert reasons <= {text for side in REASONS.values() for text in side}
    beside = {"id": "money", "beside": True}
    run["method"] = run["method"] | {"criteria": [*run["method"]["criteria"], beside]}
    for mind in people():
        asked = {criterion for ballot in mind.sheet(run).values() for criterion in ballot["scores"]}
        assert ("money" in asked) == mind.funder


def test_reasons_are_short_enough_and_in_three_languages() -> None:
    texts = [text for side in REASONS.values() for text in side]
    assert max(map(len, texts)) <= 300
    assert len(set(texts)) == len(texts)
    assert all(any(mark in text for text in texts) for mark in ("ñ", "ã", " the "))


def test_everything_is_liked_in_some_order() -> None:
    assert best_first({"a": 1.0, "b": 3.0, "c": 3.0}) == ["b", "c", "a"]
    assert list(in_turn(["b", "a", "b"]).items()) == [("a", MOODS[0]), ("b", MOODS[1])]


@pytest.mark.parametrize("stage", list(VOTES))
def test_people_on_paper_vote_by_every_method(stage: str) -> None:
    voter = PaperVoter.drawn(Dice(1, 99), 4, ["a", "b", "c"], ["x"], mood_of)
    run = run_of(stage)
    sheet, mistyped = voter.sheet(run), voter.mistyped(run)
    assert (sheet["voter"], sheet["territory"]) == ("4", "x")
    if "dots" in sheet:
        assert sum(sheet["dots"].values()) == run["method"]["dots"]
        assert mistyped == sheet
    else:
        others = [PaperVoter.drawn(Dice(n, 99), 4, ["a", "b", "c"], ["x"], mood_of) for n in range(9)]
        assert any(one.mistyped(run) != one.sheet(run) for one in others)
        for item, said in sheet["ballots"].items():
            assert checked(stage, item, said, funder=False) is None


def test_dots_on_paper_stay_within_what_there_is_for_each_column() -> None:
    voter = PaperVoter.drawn(Dice(1, 99), 1, ["a"], [], mood_of)
    items = {f"i{n}": {"title": f"Text {n}", "column": "ab"[n % 2]} for n in range(6)}
    method = {"type": "dots", "dots": 2, "per": "column", "cap": 1}
    dots = voter.sheet({"run": "w.1", "method": method, "candidates": items})["dots"]
    assert Counter(items[item]["column"] for item in dots) == {"a": 2, "b": 2}
    assert "territory" not in voter.sheet({"run": "w.1", "method": method, "candidates": items})


def test_what_is_said_again_is_taken_as_what_it_repeats() -> None:
    texts = read_texts(WORKSHOPS / "demo" / "putumayo-items.toml")
    room = Room("http://nowhere", "123456", workshop(), 12, Pace(0), 1, texts)
    for said, original in repeats(texts).items():
        assert room.mood_of(said) == room.mood_of(original) == room.mood_of(f"{said}.")
    new = [text.title for text in texts if text.stage == "ideas" and not text.same_as]
    assert {room.mood_of(title) for title in new} == set(MOODS)
    assert len(room.paper) == PAPER_SHEETS + LATE_SHEETS


def test_somebody_is_there_in_time_however_the_dice_fall() -> None:
    late = [
        [draw_habits(Dice(seed, n).about("habits"), ["a", "b"], [], n).late_by for n in range(3)]
        for seed in range(500)
    ]
    assert all(of_three[0] == 0 for of_three in late)
    assert any(all(of_three[1:]) for of_three in late), "some of the others come late"
