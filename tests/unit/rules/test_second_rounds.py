"""What stands after a second round, whatever happens to the items between the rounds."""

from collections.abc import Callable
from itertools import chain

import pytest

from edp_app.core.commands import CloseStage, HideItem, RevealResult, ShowItem
from edp_app.core.results.both import Places, both_rounds, places
from edp_app.core.views import view
from tests.support.memory import plain
from tests.support.twice import FIRST, Twice


def test_what_the_room_was_at_one_on_keeps_its_place() -> None:
    room = Twice()
    assert room.through() == ["Epsilon", "Alpha", "Beta"]
    room.vote("again", {"Alpha": (2, 2), "Beta": (4, 4), "Gamma": (5, 5)})
    assert room.both() == {
        "first": "score.1",
        "kept": ["Epsilon"],
        "out": ["Alpha"],
        "added": ["Gamma"],
        "items": 5,
    }
    assert room.through() == room.on_the_screen() == ["Epsilon", "Gamma", "Beta"]
    assert plain(view(room.workshop.refolded(), "console")) == plain(view(room.workshop.state, "console"))


def hide_before(room: Twice) -> None:
    room.workshop.must(HideItem(room.ids["Alpha"]))
    room.vote("again", {"Beta": (4, 4), "Gamma": (5, 5)})


def hide_while_open(room: Twice) -> None:
    run = room.open("again")
    room.cast(run, {"Alpha": (1, 1), "Beta": (4, 4), "Gamma": (5, 5)})
    room.workshop.must(CloseStage(run))
    room.workshop.must(HideItem(room.ids["Alpha"]))
    room.workshop.must(RevealResult(run))


def hide_and_show(room: Twice) -> None:
    hide_before(room)
    room.workshop.must(ShowItem(room.ids["Alpha"]))


@pytest.mark.parametrize("happens", [hide_before, hide_while_open, hide_and_show])
def test_an_item_that_was_hidden_before_it_could_be_asked_again_has_no_place(
    happens: Callable[[Twice], None],
) -> None:
    room = Twice()
    happens(room)
    assert room.past["again.1"]["result"]["passes"] == 2
    assert room.both() | {"items": 5} == {
        "first": "score.1",
        "kept": ["Epsilon"],
        "out": ["Alpha"],
        "added": ["Gamma"],
        "items": 5,
    }
    assert room.through() == room.on_the_screen() == ["Epsilon", "Gamma", "Beta"]
    assert room.recounted() == 2


def test_what_is_hidden_after_its_reveal_keeps_the_place_it_had() -> None:
    room = Twice()
    room.vote("again", {"Alpha": (2, 2), "Beta": (4, 4), "Gamma": (5, 5)})
    room.workshop.must(HideItem(room.ids["Gamma"]))
    room.workshop.must(HideItem(room.ids["Epsilon"]))
    assert room.through() == room.on_the_screen() == ["Epsilon", "Gamma", "Beta"]
    assert [row.title for row in room.report.through] == ["", "", "Beta"]


def test_items_that_were_merged_have_one_place_and_the_second_round_gives_it() -> None:
    room = Twice()
    room.merge("Alpha", "Beta", "Alpha and beta")
    room.vote("again", {"Beta": (2, 2), "Gamma": (5, 5)})
    assert room.past["again.1"]["result"]["passes"] == room.recounted() == 1
    assert room.both() == {
        "first": "score.1",
        "kept": ["Epsilon"],
        "out": ["Beta"],
        "added": ["Gamma"],
        "items": 4,
    }
    assert room.through() == room.on_the_screen() == ["Epsilon", "Gamma"]


@pytest.mark.parametrize("into", ["Delta", "Epsilon"])
def test_a_divided_item_takes_no_place_along_into_one_that_is_not_asked_again(into: str) -> None:
    room = Twice()
    room.merge("Alpha", into, "One of both")
    room.vote("again", {"Beta": (2, 2), "Gamma": (5, 5)})
    # Epsilon has one place, with or without Alpha; that of Alpha in Delta is given anew.
    assert room.past["again.1"]["result"]["passes"] == room.recounted() == (2 if into == "Delta" else 1)
    assert room.through() == room.on_the_screen()
    assert room.through() == (["Epsilon", "Gamma", "Beta"] if into == "Delta" else ["Epsilon", "Gamma"])


def test_one_that_was_agreed_on_and_merged_into_a_divided_one_is_asked_about_there() -> None:
    room = Twice()
    room.merge("Epsilon", "Gamma", "Gamma and epsilon")
    room.vote("again", {"Alpha": (2, 2), "Beta": (3, 3), "Gamma": (5, 5)})
    assert room.both()["added"] == []
    assert room.through() == room.on_the_screen() == ["Gamma", "Beta", "Alpha"]
    assert room.recounted() == 3


def test_a_merge_after_the_second_round_opened_changes_nothing_of_it() -> None:
    room = Twice()
    room.vote("again", {"Alpha": (2, 2), "Beta": (4, 4), "Gamma": (5, 5)})
    before = room.both()
    room.merge("Epsilon", "Alpha", "Alpha and epsilon")
    assert room.both() == before
    assert room.through() == room.on_the_screen() == ["Epsilon", "Gamma", "Beta"]


def test_a_newer_vote_is_not_overridden_by_the_second_round_of_an_older_one() -> None:
    room = Twice()
    room.vote("again", {"Alpha": (2, 2), "Beta": (4, 4), "Gamma": (5, 5)})
    room.vote("score", dict.fromkeys(FIRST, (1, 1)) | {"Alpha": (5, 5), "Delta": (4, 4)})
    report = room.report
    assert report.decision is not None
    assert report.decision.run == "score.2"
    assert report.second_rounds == ()
    assert {"Alpha", "Delta"} < set(room.through())
    row = next(row for row in report.decision.rows if row.title == "Alpha")
    assert report.latest(row, report.decision)[1].run == "score.2"


def test_of_two_second_rounds_the_last_in_which_enough_voted_counts() -> None:
    room = Twice()
    room.vote("again", {"Alpha": (2, 2), "Beta": (4, 4), "Gamma": (5, 5)})
    room.vote("again", {"Alpha": (5, 5), "Beta": (4, 4), "Gamma": (1, 1)})
    assert room.through() == room.on_the_screen("again.2") == ["Epsilon", "Alpha", "Beta"]
    room.vote("again", {"Gamma": (5, 5)}, people=2)
    assert room.past["again.3"]["both_rounds"] == {"first": "score.1"}
    assert room.through() == ["Epsilon", "Alpha", "Beta"]
    report = room.report
    assert [one.run for one in report.second_rounds] == ["again.2"]
    assert [one.run for one in report.idle_rounds] == ["again.3"]


def test_no_more_stand_than_were_to_pass_whatever_is_merged_or_hidden() -> None:
    """Every way in which one item of five may stand under another, or be hidden."""
    items = list("abcde")
    for passed, divided in ((set("abc"), set("bcd")), (set("ab"), set("abcd")), (set("abc"), set("d"))):
        for one, into, gone in ((x, y, z) for x in items for y in items for z in [*items, ""]):
            top = {item: into if item == one else item for item in items}
            candidates = [i for i in items if i in divided and top[i] == i and i != gone]
            held = places(items, passed, divided, candidates, top.__getitem__)
            assert len(held.kept) + len(held.asked) == len({top[item] for item in passed})
            through = chain(held.kept, candidates[: len(held.asked)])
            assert len({top[item] for item in through}) <= len(passed)
            assert not {top[item] for item in held.kept} & set(candidates)


def test_nothing_is_said_of_places_where_too_few_voted() -> None:
    assert both_rounds("score.1", Places(("a",), ("b",), 3), {"few": True}) == {"first": "score.1"}
