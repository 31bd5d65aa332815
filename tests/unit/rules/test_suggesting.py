"""What is suggested of items that may say the same, and to whom."""

from edp_app.core.commands import (
    ChangeItem,
    CloseStage,
    Describe,
    HideItem,
    Join,
    MergeItems,
    OpenStage,
    SetModeration,
    TellApart,
    WithdrawItem,
)
from edp_app.core.similar import Index
from edp_app.core.suggesting import for_merging, for_writer, texts_of
from tests.support.acting import ANA, BETO, CARLA, PEOPLE, write
from tests.support.definitions import GROUPS, short
from tests.support.memory import MemoryWorkshop


def index_of(workshop: MemoryWorkshop, stage: str = "swot") -> Index:
    index = Index()
    for key, text in texts_of(workshop.state, stage).items():
        index.put(key, text)
    return index


def to(workshop: MemoryWorkshop, person: str, text: str, column: str = "s", run: str = "swot.1") -> list[str]:
    return for_writer(workshop.state, person, run, column, index_of(workshop).like(text))


def groups(workshop: MemoryWorkshop, *, across: bool = False) -> list[list[str]]:
    return for_merging(workshop.state, index_of(workshop).pairs(), across=across)


def test_whoever_writes_is_told_what_others_wrote_in_that_column(room: MemoryWorkshop) -> None:
    room.must(OpenStage(stage="swot"))
    item = write(room, ANA, "Sol todo el año")
    assert to(room, BETO, "El sol de todo el año") == [item]
    assert to(room, BETO, "El sol de todo el año", "w") == []
    assert to(room, ANA, "El sol de todo el año") == [], "one's own is no news"
    room.must(HideItem(item=item))
    assert to(room, BETO, "El sol de todo el año") == []


def test_nothing_is_told_that_is_not_on_the_board(room: MemoryWorkshop) -> None:
    room.must(SetModeration(on=True))
    room.must(OpenStage(stage="swot"))
    write(room, ANA, "Sol todo el año")
    assert to(room, BETO, "Sol todo el año") == []


def test_nothing_is_told_where_others_are_hidden_until_the_stage_closes() -> None:
    workshop = MemoryWorkshop(short(others="after_close"))
    for person, group in zip(PEOPLE, GROUPS, strict=False):
        workshop.must(Join(), person)
        workshop.must(Describe(group=group), person)
    workshop.must(OpenStage(stage="swot"))
    item = write(workshop, ANA, "Sol todo el año")
    assert to(workshop, BETO, "Sol todo el año") == []
    workshop.must(CloseStage(run="swot.1"))
    assert to(workshop, BETO, "Sol todo el año") == [item]


def test_what_was_merged_is_told_as_what_it_stands_under(room: MemoryWorkshop) -> None:
    room.must(OpenStage(stage="swot"))
    first, second = write(room, ANA, "Clima seco"), write(room, BETO, "Sol todo el año")
    room.must(MergeItems(into=first, items=[second], title="Cielos despejados siempre"))
    assert to(room, CARLA, "El sol todo el año") == [first]
    assert to(room, CARLA, "Cielos siempre despejados") == [first]


def test_what_to_merge_is_of_one_column_unless_asked_and_not_what_was_told_apart(
    room: MemoryWorkshop,
) -> None:
    room.must(OpenStage(stage="swot"))
    one, two = write(room, ANA, "Sol todo el año"), write(room, BETO, "El sol de todo el año")
    other = write(room, CARLA, "Todo el año con sol", "o")
    assert groups(room) == [[one, two]]
    assert sorted(groups(room, across=True)) == sorted([[one, two], [one, other], [two, other]])
    room.must(TellApart(items=[one, two]))
    assert groups(room) == []
    room.must(TellApart(items=[one, two], apart=False))
    room.must(MergeItems(into=one, items=[two]))
    assert groups(room) == [], "they are one already"


def test_what_was_withdrawn_or_rewritten_is_compared_no_more(room: MemoryWorkshop) -> None:
    room.must(OpenStage(stage="swot"))
    one, two = write(room, ANA, "Sol todo el año"), write(room, BETO, "El sol de todo el año")
    room.must(ChangeItem(run="swot.1", item=one, revision=1, title="Puerto cercano"), ANA)
    assert groups(room) == []
    room.must(WithdrawItem(run="swot.1", item=two), BETO)
    assert set(texts_of(room.state, "swot")) == {one}
