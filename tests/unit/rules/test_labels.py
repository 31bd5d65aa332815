"""Whose group stands beside an item: settled when the run closes, and never a hint at who wrote it."""

from typing import Any

import pytest

from edp_app.core.commands import (
    ApproveItem,
    CloseStage,
    CorrectGroup,
    Describe,
    HideItem,
    HoldItems,
    Join,
    MergeItems,
    OpenStage,
    ShowItem,
    UnmergeItem,
    WithdrawItem,
)
from edp_app.core.definition import Privacy
from edp_app.core.views import AUDIENCES, self_view, view
from tests.support.acting import write
from tests.support.definitions import short
from tests.support.memory import MemoryWorkshop

Written = dict[str, str]


def start(by_group: dict[str, int], privacy: Privacy = "grouped") -> tuple[MemoryWorkshop, Written]:
    """An open stage with an item by each of so many people of each group; person to item."""
    room = MemoryWorkshop(short(privacy=privacy))
    room.must(OpenStage(stage="swot"))
    written = {}
    for group, size in by_group.items():
        for n in range(size):
            person = f"p:{group[:3]}{n}"
            room.must(Join(), person)
            room.must(Describe(group=group), person)
            written[person] = write(room, person, f"By {person}")
    return room, written


def labels(room: MemoryWorkshop) -> dict[str, str]:
    """Item to label, which is the same wherever it stands."""
    shown: list[Any] = [view(room.state, audience)["now"]["board"]["items"] for audience in AUDIENCES]
    console = view(room.state, "console")["items"]
    found = [{i: item["group"] for i, item in items.items() if "group" in item} for items in shown]
    assert found[0] == found[1] == found[2]
    assert found[0].items() <= {i: item["group"] for i, item in console.items() if "group" in item}.items()
    return found[0]


def test_none_while_people_write_and_then_those_of_three_authors_or_more() -> None:
    room, written = start({"government": 3, "business": 4, "academia": 2, "environment": 1})
    assert labels(room) == {}
    room.must(CloseStage(run="swot.1"))
    beside = labels(room)
    assert set(beside.values()) == {"government", "business"}
    assert set(beside) == {i for p, i in written.items() if p[2:5] in ("gov", "bus")}
    for person in written:
        assert "group" not in str(self_view(room.state, person)["items"])


def test_two_groups_that_said_the_same_stay_two_where_their_items_are_merged() -> None:
    room, written = start({"government": 3, "business": 3, "academia": 2, "environment": 1})
    into, other, nobodys = written["p:gov0"], written["p:bus0"], written["p:aca0"]
    room.must(CloseStage(run="swot.1"))
    room.must(MergeItems(into=into, items=[other, nobodys]))
    for audience in ("phone", "screen"):
        shown = view(room.state, audience)["now"]["board"]["items"][into]
        groups = [shown.get("group"), *(one.get("group") for one in shown["merged"])]
        assert groups == ["government", "business", None]


def test_people_who_wrote_nothing_hide_nobody() -> None:
    room, _ = start({"government": 3, "business": 1})
    for n in range(9):
        room.must(Join(), f"p:quiet{n}")
        room.must(Describe(group="business"), f"p:quiet{n}")
    room.must(CloseStage(run="swot.1"))
    assert labels(room) == {}  # the one without a label would be as good as named


def test_several_items_of_one_author_are_one_author() -> None:
    room, _ = start({"government": 2, "business": 3})
    for n in range(3):
        write(room, "p:gov0", f"More {n}")
    room.must(CloseStage(run="swot.1"))
    assert labels(room) == {}  # government's two would be the only ones without
    room, _ = start({"government": 2, "business": 3, "academia": 1})
    write(room, "p:gov0", "More")
    room.must(CloseStage(run="swot.1"))
    assert set(labels(room).values()) == {"business"}


@pytest.mark.parametrize(("privacy", "shown"), [("open", {"government", "business"}), ("headcount", set())])
def test_the_other_modes(privacy: Privacy, shown: set[str]) -> None:
    room, _ = start({"government": 3, "business": 1}, privacy)
    assert labels(room) == {}
    room.must(CloseStage(run="swot.1"))
    assert set(labels(room).values()) == shown


def test_a_correction_afterwards_moves_no_label() -> None:
    room, _ = start({"government": 4, "business": 4, "academia": 3})
    room.must(CloseStage(run="swot.1"))
    before = labels(room)
    room.must(CorrectGroup(person="p:gov0", group="academia"))
    room.must(Describe(group="environment"), "p:bus1")
    assert labels(room) == before


def test_reopening_clears_them_and_what_was_told_stays_as_it_was_told() -> None:
    """The third of business would else tell whoever saw the board before that the two older items are of two
    people; and with government's one withdrawn, its two labels would vanish."""
    room, written = start({"government": 3, "business": 2, "academia": 2})
    room.must(CloseStage(run="swot.1"))
    before = labels(room)
    assert set(before.values()) == {"government"}
    room.must(OpenStage(stage="swot"))
    assert labels(room) == {}
    room.must(WithdrawItem(run="swot.1", item=written["p:gov0"]), "p:gov0")
    room.must(Join(), "p:late")
    room.must(Describe(group="business"), "p:late")
    write(room, "p:late", "Late")
    room.must(CloseStage(run="swot.1"))
    assert labels(room) == {i: label for i, label in before.items() if i != written["p:gov0"]}


def test_what_is_written_after_a_reopening_is_labelled_among_its_own_authors() -> None:
    room, _ = start({"government": 3, "business": 2, "academia": 1})
    room.must(CloseStage(run="swot.1"))
    before = labels(room)
    room.must(OpenStage(stage="swot"))
    room.must(Join(), "p:bus2")
    room.must(Describe(group="business"), "p:bus2")
    again = [write(room, f"p:bus{n}", f"Again {n}") for n in range(3)]
    room.must(CloseStage(run="swot.1"))
    assert labels(room) == before | dict.fromkeys(again, "business")


def test_what_waited_at_the_closing_is_not_labelled_later() -> None:
    room, written = start({"government": 4})
    room.must(HoldItems(items=[written["p:gov0"]]))
    room.must(CloseStage(run="swot.1"))
    room.must(OpenStage(stage="swot"))
    room.must(ApproveItem(item=written["p:gov0"]))
    room.must(CloseStage(run="swot.1"))
    assert labels(room).keys() == set(written.values()) - {written["p:gov0"]}


def test_closing_again_after_a_correction_does_not_tell_whose_item_it_is() -> None:
    room, _ = start({"government": 4, "business": 4})
    room.must(CloseStage(run="swot.1"))
    before = labels(room)
    room.must(OpenStage(stage="swot"))
    room.must(CorrectGroup(person="p:gov0", group="business"))
    room.must(CloseStage(run="swot.1"))
    assert labels(room) == before


def test_only_what_stands_at_the_closing_counts_and_is_labelled() -> None:
    room, written = start({"government": 4, "business": 3})
    room.must(HideItem(item=written["p:bus0"]))
    room.must(HideItem(item=written["p:gov0"]))
    room.must(MergeItems(into=written["p:gov1"], items=[written["p:gov2"]]))
    room.must(CloseStage(run="swot.1"))
    assert labels(room) == {}  # two authors of each group are to be seen
    room.must(ShowItem(item=written["p:bus0"]))
    room.must(UnmergeItem(item=written["p:gov2"]))
    assert labels(room) == {}
    room, written = start({"government": 4, "business": 4})
    room.must(HideItem(item=written["p:bus0"]))
    room.must(CloseStage(run="swot.1"))
    room.must(ShowItem(item=written["p:bus0"]))
    assert labels(room).keys() == set(written.values()) - {written["p:bus0"]}


def test_the_one_that_stands_for_several_keeps_its_own() -> None:
    room, written = start({"government": 3, "business": 3})
    room.must(CloseStage(run="swot.1"))
    room.must(MergeItems(into=written["p:gov0"], items=[written["p:bus0"]], title="Both"))
    assert labels(room)[written["p:gov0"]] == "government"
