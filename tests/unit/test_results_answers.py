"""Results of questions: means, counts, and texts that do not tell who wrote them."""

import pytest

from edp_app.core.parts import Question
from edp_app.core.results.answers import ask_result
from edp_app.core.results.voted import Room

ORDER = ["gov", "biz", "aca"]
USEFUL = Question("useful", {"en": "Was it useful?"})
HEARD = Question("heard", {"en": "Were you heard?"}, steps=3)
OPEN = Question("open", {"en": "One more thing?"}, type="text")
GROUPS = {
    **{f"g{n}": "gov" for n in range(4)},
    **{f"b{n}": "biz" for n in range(4)},
    "a0": "aca",
    "a1": "aca",
}


def asked(answers, *, questions=(USEFUL, HEARD, OPEN), privacy="grouped", seed="00"):
    return ask_result(questions, answers, Room(privacy=privacy, order=ORDER, groups=GROUPS, seed=seed))


def by_id(result):
    return {question["id"]: question for question in result["questions"]}


EVERYONE = {person: {"useful": 5 if person[0] == "g" else 2} for person in GROUPS}


def test_means_and_counts():
    result = asked(EVERYONE)
    assert result["voters"] == 10
    # Two of aca cannot stand alone: gov joins them, the first of the groups that are next smallest.
    assert result["cells"] == [
        {"id": "c1", "groups": ["biz"], "voters": 4},
        {"id": "pool", "groups": ["gov", "aca"], "voters": 6},
    ]
    useful = by_id(result)["useful"]
    assert (useful["n"], useful["mean"], useful["counts"]) == (10, 3.2, [0, 6, 0, 0, 4])
    assert useful["by_cell"] == {"c1": 2.0, "pool": 4.0}
    assert by_id(result)["heard"] == {"id": "heard", "n": 0}
    assert by_id(result)["open"] == {"id": "open", "n": 0, "texts": []}


def test_a_cell_with_one_or_two_answers_to_a_question_is_merged_for_that_question_alone():
    answers = {p: {"useful": 4} for p in GROUPS}
    for person, value in {"g0": 1, "g1": 1, "g2": 2, "g3": 2, "b0": 3}.items():
        answers[person]["heard"] = value
    result = asked(answers)
    assert by_id(result)["useful"]["by_cell"] == {"c1": 4.0, "pool": 4.0}
    assert by_id(result)["heard"]["by_cell"] == {"c1+pool": 1.8}
    assert by_id(result)["heard"]["counts"] == [2, 2, 1]


def test_an_open_workshop_merges_nothing():
    result = asked({**EVERYONE, "a0": {"useful": 5}}, privacy="open")
    assert by_id(result)["useful"]["by_cell"] == {"c1": 5.0, "c2": 2.0, "c3": 3.5}


def test_where_heads_are_counted_there_is_nothing_by_group():
    result = asked(EVERYONE, privacy="headcount")
    assert "cells" not in result
    assert "by_cell" not in by_id(result)["useful"]
    assert by_id(result)["useful"]["mean"] == 3.2


def test_one_or_two_answers_to_a_question_have_no_figures():
    answers = {p: {"open": "Gracias"} for p in GROUPS}
    answers["g0"]["useful"] = 1
    answers["g1"]["useful"] = 5
    assert by_id(asked(answers))["useful"] == {"id": "useful", "n": 2}


def test_fewer_than_three_people_have_no_result():
    assert asked({"g0": {"useful": 4, "open": "I was here"}, "g1": {"open": "Me too"}}) == {
        "voters": 2,
        "few": True,
    }
    assert asked({}) == {"voters": 0, "few": True}


@pytest.mark.parametrize("value", [0, 6, True, "5"])
def test_what_is_not_on_the_scale_does_not_count(value):
    result = asked({**EVERYONE, "g0": {"useful": value}})
    assert result["voters"] == 9
    assert by_id(result)["useful"]["n"] == 9


def test_the_order_of_texts_depends_on_nothing_but_the_texts_and_the_seed():
    texts = [f"Thought {n}" for n in range(10)]
    there = {person: {"open": text} for person, text in zip(GROUPS, texts, strict=True)}
    back = {person: {"open": text} for person, text in zip(GROUPS, reversed(texts), strict=True)}
    shown = by_id(asked(there))["open"]["texts"]
    assert by_id(asked(back))["open"]["texts"] == shown
    assert sorted(shown) == texts
    assert shown != texts
    assert by_id(asked(there, seed="01"))["open"]["texts"] != shown


def test_a_question_is_told_by_territory_only_of_all_the_groups_that_the_run_is_told_of():
    people = {f"{group}{n}": group for group in ("gov", "biz") for n in range(6)}
    answers = {person: {"useful": 5 if person[0] == "g" else 1, "heard": 2} for person in people}
    del answers["biz0"]["useful"]
    room = Room(
        privacy="grouped",
        order=ORDER,
        groups=people,
        seed="00",
        territories=["north", "south"],
        sides={person: "north" if int(person[-1]) < 3 else "south" for person in people},
    )
    told = by_id(ask_result([USEFUL, HEARD], answers, room))
    assert "territories" not in told["useful"]
    assert told["heard"]["territories"] == {"north": 2.0, "south": 2.0}
