"""Writing: what is accepted, from whom, and who sees it."""

import pytest

from edp_app.core.commands import (
    AddItem,
    ChangeItem,
    CloseStage,
    Describe,
    Join,
    OpenStage,
    PauseStage,
    ResumeStage,
    WithdrawItem,
)
from edp_app.core.views import view
from tests.support.acting import ANA, BETO, refused, write
from tests.support.definitions import short
from tests.support.memory import MemoryWorkshop


class TestGathering:
    def test_an_item_can_be_written_changed_and_withdrawn_by_its_author_only(
        self, room: MemoryWorkshop
    ) -> None:
        room.must(OpenStage(stage="swot"))
        item = write(room, ANA, "  Aceitunas   de\nTacna ")
        assert room.state.items[item].title == "Aceitunas de Tacna"
        refused(room, ChangeItem(run="swot.1", item=item, revision=1, title="x"), BETO, "not_yours")
        room.must(ChangeItem(run="swot.1", item=item, revision=1, title="Aceituna"), ANA)
        refused(room, ChangeItem(run="swot.1", item=item, revision=1, title="older"), ANA, "outdated")
        refused(room, WithdrawItem(run="swot.1", item=item), BETO, "not_yours")
        room.must(WithdrawItem(run="swot.1", item=item), ANA)
        refused(room, WithdrawItem(run="swot.1", item=item), ANA, "unknown_item")
        assert view(room.state, "phone")["now"]["board"]["items"] == {}

    @pytest.mark.parametrize(
        ("title", "code"),
        [("", "empty_text"), (" \n\t ", "empty_text"), ("x" * 201, "text_too_long"), ("a\x00b", "bad_text"),
         ("\ud83d", "bad_text"), ("\u202eevil", "bad_text"), ("\x1b[31m", "bad_text")],
    )  # fmt: skip
    def test_bad_text_is_refused(self, room: MemoryWorkshop, title: str, code: str) -> None:
        room.must(OpenStage(stage="swot"))
        refused(room, AddItem(run="swot.1", column="s", title=title), ANA, code)

    def test_only_in_the_open_run_and_its_columns(self, room: MemoryWorkshop) -> None:
        refused(room, AddItem(run="swot.1", column="s", title="early"), ANA, "unknown_run")
        room.must(OpenStage(stage="swot"))
        refused(room, AddItem(run="swot.1", column="x", title="a"), ANA, "unknown_column")
        room.must(PauseStage(run="swot.1"))
        refused(room, AddItem(run="swot.1", column="s", title="a"), ANA, "stage_paused")
        room.must(ResumeStage(run="swot.1"))
        room.must(CloseStage(run="swot.1"))
        refused(room, AddItem(run="swot.1", column="s", title="late"), ANA, "stage_closed")

    def test_someone_without_a_group_is_asked_for_it(self, room: MemoryWorkshop) -> None:
        room.must(Join(), "p:new")
        room.must(OpenStage(stage="swot"))
        refused(room, AddItem(run="swot.1", column="s", title="a"), "p:new", "group_needed")

    def test_evidence_goals_and_fields(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        strength = write(room, ANA, "Sol todo el año")
        gone = write(room, ANA, "Retirado")
        room.must(WithdrawItem(run="swot.1", item=gone), ANA)
        room.must(OpenStage(stage="ideas"))
        idea = AddItem(run="ideas.1", column="idea", title="Secadores", links=[strength], sdgs=[7, 2, 7])
        room.must(idea, BETO)
        item = f"i{room.state.seq}"
        assert view(room.state, "phone")["now"]["board"]["items"][item]["links"] == [strength]
        assert view(room.state, "phone")["now"]["board"]["items"][item]["sdgs"] == [2, 7]
        for link in (gone, "i999", item):
            command = AddItem(run="ideas.1", column="idea", title="x", links=[link])
            refused(room, command, BETO, "unknown_link")
        command = AddItem(run="ideas.1", column="idea", title="x", fields={"forged": "1"})
        refused(room, command, BETO, "bad_message")
        command = AddItem(run="ideas.1", column="idea", title="x", fields={"who": "y" * 101})
        refused(room, command, BETO, "text_too_long")

    def test_so_many_items_a_person(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="ideas"))
        for n in range(3):
            write(room, ANA, f"idea {n}", "idea", "ideas.1")
        refused(room, AddItem(run="ideas.1", column="idea", title="one more"), ANA, "too_many_items")

    def test_others_are_hidden_until_closing_where_the_stage_says_so(self) -> None:
        room = MemoryWorkshop(short(others="after_close"))
        room.must(Join(), ANA)
        room.must(Describe(group="business"), ANA)
        room.must(OpenStage(stage="swot"))
        write(room, ANA, "Secret until closing")
        for audience in ("phone", "screen"):
            assert "Secret" not in str(view(room.state, audience))  # type: ignore[arg-type]
            assert view(room.state, audience)["now"]["count"]["s"] == 1  # type: ignore[arg-type]
        room.must(CloseStage(run="swot.1"))
        assert "Secret" in str(view(room.state, "screen"))
