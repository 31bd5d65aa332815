"""Merging and hiding, and undoing both."""

from edp_app.core.commands import Describe, HideItem, Join, MergeItems, OpenStage, ShowItem, UnmergeItem
from edp_app.core.views import self_view, view
from tests.support.acting import ANA, BETO, refused, write
from tests.support.memory import MemoryWorkshop


class TestCuration:
    def test_merge_and_undo_keep_both_originals(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        first, second = write(room, ANA, "Sol"), write(room, BETO, "Mucho sol")
        room.must(MergeItems(into=first, items=[second], title="Sol todo el año"))
        board = view(room.state, "phone")["now"]["board"]["items"]
        assert board[first]["title"] == "Sol todo el año"
        assert board[first]["merged"] == [{"id": second, "title": "Mucho sol"}]
        assert second not in board
        own = self_view(room.state, BETO)["items"][second]
        assert (own["state"], own["into"]["title"]) == ("merged", "Sol todo el año")
        room.must(UnmergeItem(item=second))
        board = view(room.state, "phone")["now"]["board"]["items"]
        assert (board[first]["title"], board[second]["title"]) == ("Sol", "Mucho sol")

    def test_what_cannot_be_merged(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        first, other_column = write(room, ANA, "Sol"), write(room, ANA, "Sequía", "t")
        refused(room, MergeItems(into=first, items=[first]), "f:1", "cannot_merge")
        refused(room, MergeItems(into=first, items=[other_column]), "f:1", "cannot_merge")
        refused(room, MergeItems(into=first, items=["i999"]), "f:1", "unknown_item")
        refused(room, MergeItems(into=first, items=[first]), ANA, "not_allowed")

    def test_a_hidden_item_is_nowhere_but_on_the_console(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        item = write(room, ANA, "Insulto")
        room.must(HideItem(item=item))
        assert "Insulto" not in str(view(room.state, "screen"))
        assert "Insulto" not in str(view(room.state, "phone"))
        assert view(room.state, "console")["items"][item]["state"] == "hidden"
        assert self_view(room.state, ANA)["items"][item]["state"] == "hidden"
        room.must(ShowItem(item=item))
        assert "Insulto" in str(view(room.state, "screen"))

    def test_an_idea_of_a_group_of_two_carries_no_label(self, room: MemoryWorkshop) -> None:
        for n, group in enumerate(("business", "business", "business", "civil_society")):
            room.must(Join(), f"p:b{n}")
            room.must(Describe(group=group), f"p:b{n}")
        room.must(OpenStage(stage="swot"))
        alone, many = write(room, ANA, "From one"), write(room, "p:b0", "From many")
        board = view(room.state, "screen")["now"]["board"]["items"]
        assert "group" not in board[alone]
        assert board[many]["group"] == "business"
