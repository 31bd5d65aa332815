"""The side of the border beside an item: settled when the run closes, for all under one label or for none."""

import pytest

from edp_app.core.commands import CloseStage, CorrectGroup, Describe, Join, MergeItems, OpenStage, StepBack
from edp_app.core.definition import Privacy
from edp_app.core.results.cells import side_labels_allowed
from edp_app.core.views import AUDIENCES, self_view, view
from tests.support.acting import write
from tests.support.definitions import short
from tests.support.memory import MemoryWorkshop

Written = dict[str, str]
Blocks = dict[tuple[str, str], int]


def start(blocks: Blocks, privacy: Privacy = "grouped") -> tuple[MemoryWorkshop, Written]:
    """An open stage with an item by each of so many people of a group and side ("" for none said)."""
    room = MemoryWorkshop(short(privacy=privacy))
    room.must(OpenStage(stage="swot"))
    written = {}
    for (group, side), size in blocks.items():
        for n in range(size):
            person = f"p:{group[:3]}{side}{n}"
            room.must(Join(), person)
            room.must(Describe(group=group, territory=side or None), person)
            written[person] = write(room, person, f"By {person}")
    return room, written


def sides(room: MemoryWorkshop) -> dict[str, str]:
    """Item to side, which is the same wherever it stands."""
    shown = [view(room.state, audience)["now"]["board"]["items"] for audience in AUDIENCES]
    found = [{i: one["territory"] for i, one in items.items() if "territory" in one} for items in shown]
    assert found[0] == found[1] == found[2]
    return found[0]


def whose(room: MemoryWorkshop, written: Written) -> set[str]:
    """The authors of the items that carry a side; it is the right one."""
    told = sides(room)
    assert all(told[item] in person for person, item in written.items() if item in told)
    return {person.rstrip("0123456789") for person, item in written.items() if item in told}


def test_where_every_block_of_a_group_has_three_authors_or_nobody() -> None:
    room, written = start(
        {
            ("government", "tacna"): 3,
            ("government", "arica"): 3,
            ("business", "tacna"): 4,
            ("business", "arica"): 2,
            ("academia", "tacna"): 3,
        }
    )
    assert sides(room) == {}
    room.must(CloseStage(run="swot.1"))
    assert whose(room, written) == {"p:govtacna", "p:govarica", "p:acatacna"}
    for person in written:
        assert "territory" not in str(self_view(room.state, person)["items"])


def test_who_said_no_side_is_a_block_too() -> None:
    room, written = start({("government", "tacna"): 4, ("government", ""): 1, ("business", "arica"): 3})
    room.must(CloseStage(run="swot.1"))
    assert whose(room, written) == {"p:busarica"}


def test_small_groups_without_a_label_are_told_together() -> None:
    blocks: Blocks = {("academia", "tacna"): 2, ("environment", "tacna"): 1, ("business", "arica"): 3}
    room, written = start(blocks)
    room.must(CloseStage(run="swot.1"))
    assert whose(room, written) == {"p:acatacna", "p:envtacna", "p:busarica"}
    room, written = start({("academia", "tacna"): 2, ("environment", "arica"): 1, ("business", "arica"): 3})
    room.must(CloseStage(run="swot.1"))
    assert whose(room, written) == {"p:busarica"}


@pytest.mark.parametrize(("privacy", "told"), [("open", {"p:govtacna", "p:govarica"}), ("headcount", set())])
def test_by_the_privacy_that_was_announced(privacy: Privacy, told: set[str]) -> None:
    room, written = start({("government", "tacna"): 1, ("government", "arica"): 1}, privacy)
    room.must(CloseStage(run="swot.1"))
    assert whose(room, written) == told


def test_a_side_corrected_later_changes_no_label() -> None:
    room, written = start({("government", "tacna"): 3, ("government", "arica"): 3})
    room.must(CloseStage(run="swot.1"))
    before = sides(room)
    room.must(CorrectGroup(person="p:govtacna0", group="government", territory="arica"))
    room.must(StepBack())
    assert sides(room) == {}
    room.must(CloseStage(run="swot.1"))
    assert sides(room) == before == {item: person[5:10] for person, item in written.items()}


def test_what_is_merged_keeps_its_side() -> None:
    room, written = start({("government", "tacna"): 3, ("business", "arica"): 3})
    room.must(CloseStage(run="swot.1"))
    room.must(MergeItems(into=written["p:govtacna0"], items=[written["p:busarica0"]]))
    shown = view(room.state, "phone")["now"]["board"]["items"][written["p:govtacna0"]]
    assert (shown["territory"], shown["merged"][0]["territory"]) == ("tacna", "arica")


def test_all_under_a_label_or_none() -> None:
    assert side_labels_allowed({("a", "x"): 3, ("a", "y"): 0, ("", "x"): 2}, "grouped") == {"a"}
    assert side_labels_allowed({("a", "x"): 30, ("a", ""): 2}, "grouped") == set()
    assert side_labels_allowed({}, "open") == set()
