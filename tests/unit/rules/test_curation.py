"""Merging and hiding, and undoing both."""

import msgspec
import pytest

from edp_app.core.commands import (
    AddItem,
    AnyCommand,
    CastBallot,
    HideItem,
    MergeItems,
    OpenStage,
    ShowItem,
    TranslateItem,
    UnmergeItem,
    WithdrawItem,
)
from edp_app.core.events import ItemUnmerged
from edp_app.core.undo import acts_view
from edp_app.core.views import AUDIENCES, self_view, view
from edp_app.core.workshop import fold
from tests.support.acting import ANA, BETO, CARLA, PEOPLE, refused, write
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

    def test_undoing_a_second_merge_brings_the_name_of_the_first_back(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        titles = ("Port of Arica", "The port", "Airport", "Roads", "Rail")
        a, b, c, d, e = (write(room, ANA, title) for title in titles)

        def called() -> tuple[str, dict[str, str]]:
            assert room.refolded().items[a] == room.state.items[a]
            return room.state.items[a].called, room.state.items[a].translated

        def undo() -> None:
            for command in acts_view(room.state)[0]["commands"]:
                room.must(msgspec.convert(command, AnyCommand))

        first = ("Our port", {"es": "Nuestro puerto"})
        room.must(MergeItems(into=a, items=[b], title="Our port"))
        room.must(TranslateItem(item=a, language="es", text="Nuestro puerto"))
        room.must(MergeItems(into=a, items=[c, d], title="Transport"))
        undo()
        assert called() == first
        assert [i.id for i in room.state.merged_into(a)] == [b]

        # one by one: as long as one of that merge is left, its name stands
        room.must(MergeItems(into=a, items=[c, d], title="Transport"))
        room.must(UnmergeItem(item=c))
        assert called() == ("Transport", {})
        room.must(UnmergeItem(item=d))
        assert called() == first

        # what was merged without a name goes without a trace; an earlier merge that is taken out leaves the
        # later name, and what then comes back is the name from before both
        room.must(MergeItems(into=a, items=[e]))
        room.must(MergeItems(into=a, items=[c], title="Transport"))
        room.must(UnmergeItem(item=b))
        assert called() == ("Transport", {})
        undo()
        assert called() == ("Port of Arica", {})
        room.must(UnmergeItem(item=e))
        assert called() == ("Port of Arica", {})

    def test_in_older_records_the_latest_name_stays(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        a, b, c = (write(room, ANA, title) for title in ("Port of Arica", "The port", "Airport"))
        room.must(MergeItems(into=a, items=[b], title="Our port"))
        room.must(MergeItems(into=a, items=[c], title="Transport"))
        [undone] = room.must(UnmergeItem(item=c))
        assert undone == ItemUnmerged(item=c, renames=True)
        older = fold(
            msgspec.structs.replace(one, event=ItemUnmerged(item=c)) if one.event == undone else one
            for one in room.log
        )
        assert (room.state.items[a].called, older.items[a].called) == ("Our port", "Transport")

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


class TestHidingWhatOthersStandUnder:
    """Beto's item and Carla's were merged into Ana's, which is then hidden."""

    @pytest.fixture
    def merged(self, room: MemoryWorkshop) -> list[str]:
        room.must(OpenStage(stage="swot"))
        items = [write(room, person, f"By {person[2:]}") for person in PEOPLE]
        room.must(MergeItems(into=items[0], items=items[1:], title="All of us"))
        return items

    def test_all_of_them_are_hidden_and_come_back_together(
        self, room: MemoryWorkshop, merged: list[str]
    ) -> None:
        before = {audience: view(room.state, audience) for audience in AUDIENCES}
        own = {person: self_view(room.state, person) for person in PEOPLE}
        room.must(HideItem(item=merged[0]))
        for person, item in zip(PEOPLE, merged, strict=True):
            mine = self_view(room.state, person)["items"]
            assert mine[item]["state"] == "hidden"
            assert mine[item].keys().isdisjoint({"into", "merged"})
            assert all(f"By {other[2:]}" not in str(mine) for other in PEOPLE if other != person)
        for audience in ("phone", "screen"):
            assert "By " not in str(view(room.state, audience))  # type: ignore[arg-type]
        room.must(ShowItem(item=merged[0]))
        assert {audience: view(room.state, audience) for audience in AUDIENCES} == before
        assert {person: self_view(room.state, person) for person in PEOPLE} == own

    def test_the_console_lists_them_under_the_hidden_one(
        self, room: MemoryWorkshop, merged: list[str]
    ) -> None:
        first, *others = merged
        room.must(HideItem(item=first))
        items = view(room.state, "console")["items"]
        assert items[first]["state"] == "hidden"
        assert [one["id"] for one in items[first]["merged"]] == others
        assert [items[one]["state"] for one in others] == ["merged", "merged"]

    def test_what_is_taken_out_of_it_is_seen_again(self, room: MemoryWorkshop, merged: list[str]) -> None:
        first, second, third = merged
        room.must(HideItem(item=first))
        room.must(UnmergeItem(item=second))
        assert list(view(room.state, "screen")["now"]["board"]["items"]) == [second]
        assert self_view(room.state, BETO)["items"][second]["state"] == "shown"
        assert self_view(room.state, CARLA)["items"][third]["state"] == "hidden"

    def test_one_hidden_by_itself_stays_so(self, room: MemoryWorkshop, merged: list[str]) -> None:
        first, second, third = merged
        room.must(HideItem(item=second))
        room.must(HideItem(item=first))
        room.must(ShowItem(item=first))
        board = view(room.state, "screen")["now"]["board"]["items"]
        assert [one["id"] for one in board[first]["merged"]] == [third]
        assert self_view(room.state, BETO)["items"][second]["state"] == "hidden"

    def test_its_author_cannot_take_it_away_while_a_hidden_one_stands_under_it(
        self, room: MemoryWorkshop, merged: list[str]
    ) -> None:
        first, *others = merged
        for item in others:
            room.must(HideItem(item=item))
        refused(room, WithdrawItem(run="swot.1", item=first), ANA, "item_merged")
        for item in others:
            room.must(ShowItem(item=item))
        board = view(room.state, "screen")["now"]["board"]["items"]
        assert [one["id"] for one in board[first]["merged"]] == others

    def test_it_cannot_be_linked_to(self, room: MemoryWorkshop, merged: list[str]) -> None:
        room.must(HideItem(item=merged[0]))
        room.must(OpenStage(stage="ideas"))
        for item in merged:
            command = AddItem(run="ideas.1", column="idea", title="x", links=[item])
            refused(room, command, BETO, "unknown_link")

    def test_a_vote_that_began_before_the_merge_does_not_show_it_either(self, voting: MemoryWorkshop) -> None:
        first, second, third, fourth = voting.state.items
        for person in PEOPLE:
            voting.must(CastBallot(run="weigh.1", item=second, dots=2), person)
        voting.must(MergeItems(into=first, items=[second]))
        voting.must(HideItem(item=first))
        assert list(view(voting.state, "phone")["now"]["candidates"]) == [third, fourth]
        refused(voting, CastBallot(run="weigh.1", item=second, dots=1, revision=1), ANA, "item_hidden")
        assert self_view(voting.state, ANA)["left"]["weigh.1"]["s"] == 3
