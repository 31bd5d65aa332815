"""Whatever is taken out of a workshop in the editor, and in whichever order it is brought back: it is as it
was."""

from hypothesis import given, settings
from hypothesis import strategies as st

from edp_app.core.commands import EditWorkshop
from edp_app.core.formats import check_values
from edp_app.web.definitions import library, shipped
from edp_app.web.editor import changes, restoring
from edp_app.web.editor.changes import Table
from tests.support.memory import MemoryWorkshop


def edited(room: MemoryWorkshop, raw: Table) -> None:
    """Have the workshop be as these values say, which the rules of format files allow."""
    found = check_values(raw, library())
    assert found.definition is not None, [error.message for error in found.errors]
    room.must(EditWorkshop(edition=room.state.edition, stages=found.definition.stages))


def words_of(raw: Table) -> list[Table]:
    """The stages without which others they name."""
    return [
        {key: value for key, value in stage.items() if key not in (*changes.NEEDED, *changes.LOOSE)}
        for stage in raw["stages"]
    ]


@settings(max_examples=25)
@given(data=st.data())
def test_everything_comes_back_in_any_order(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(shipped())), "format")
    room = MemoryWorkshop(shipped()[name].definition)
    before = room.state.definition
    for _ in range(data.draw(st.integers(1, 4), "removals")):
        raw = changes.values_of(room.state)
        ids = [stage["id"] for stage in raw["stages"]]
        stage = data.draw(st.sampled_from(ids), "stage")
        gone = {stage, *changes.needing(raw["stages"], stage)}
        if len(gone) < len(ids):
            edited(room, {**raw, "stages": changes.without(raw["stages"], gone)})
    assert room.refolded().removed == room.state.removed
    is_undone = data.draw(st.booleans(), "the latest first")
    while room.state.removed:
        there = [one.seq for one in room.state.removed]
        seq = there[-1] if is_undone else data.draw(st.sampled_from(there), "back")
        done = restoring.restored(
            changes.values_of(room.state),
            room.state.removed,
            seq,
            lambda one: (changes.raw_of(one.was), changes.raw_of(one.became)),
        )
        assert done is not None
        edited(room, done)
        assert all(one.seq != seq for one in room.state.removed)
    if is_undone:
        assert room.state.definition == before
    # else what named a stage while that was out, and was taken out itself, names it no more
    assert words_of(changes.values_of(room.state)) == words_of(changes.raw_of(before))
