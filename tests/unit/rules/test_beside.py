"""What stands beside an item: a line in another language, and that it does not say the same as another
one."""

import pytest

from edp_app.core.commands import ChangeItem, MergeItems, OpenStage, TellApart, TranslateItem, UnmergeItem
from edp_app.core.erasing import holding, left_of
from edp_app.core.events import ItemTranslated
from edp_app.core.views import self_view, view
from edp_app.exports.model import export_model
from edp_app.exports.names import Names
from edp_app.exports.tables import items as table_of_items
from edp_app.report.model import report_model
from tests.support.acting import ANA, BETO, refused, write
from tests.support.memory import MemoryWorkshop


@pytest.fixture
def two(room: MemoryWorkshop) -> list[str]:
    room.must(OpenStage(stage="swot"))
    return [write(room, ANA, "Sol"), write(room, BETO, "Mucho sol")]


def beside(room: MemoryWorkshop, item: str) -> dict[str, str]:
    return view(room.state, "phone")["now"]["board"]["items"][item].get("translations", {})


def test_a_translation_stands_beside_the_original_for_everyone(room: MemoryWorkshop, two: list[str]) -> None:
    item = two[0]
    room.must(TranslateItem(item=item, language="en", text=" Sun "))
    assert beside(room, item) == {"en": "Sun"}
    assert view(room.state, "screen")["now"]["board"]["items"][item]["title"] == "Sol"
    assert self_view(room.state, ANA)["items"][item]["translations"] == {"en": "Sun"}
    assert not room.must(TranslateItem(item=item, language="en", text="Sun")), "it stands there already"
    room.must(TranslateItem(item=item, language="en"))
    assert beside(room, item) == {}


def test_it_is_of_the_words_that_were_translated(room: MemoryWorkshop, two: list[str]) -> None:
    first, second = two
    room.must(TranslateItem(item=first, language="en", text="Sun"))
    room.must(MergeItems(into=first, items=[second], title="Sol todo el año"))
    assert beside(room, first) == {}, "the new name was not translated"
    room.must(TranslateItem(item=first, language="en", text="Sun all year"))
    room.must(UnmergeItem(item=second))
    assert beside(room, first) == {"en": "Sun"}
    room.must(ChangeItem(run="swot.1", item=first, revision=1, title="Viento"), ANA)
    assert beside(room, first) == {}


def test_what_was_merged_keeps_its_own_line(room: MemoryWorkshop, two: list[str]) -> None:
    first, second = two
    room.must(TranslateItem(item=second, language="en", text="A lot of sun"))
    room.must(MergeItems(into=first, items=[second], title="Sol todo el año"))
    shown = view(room.state, "phone")["now"]["board"]["items"][first]["merged"]
    assert shown == [{"id": second, "title": "Mucho sol", "translations": {"en": "A lot of sun"}}]
    entry = report_model(room.state, "en").gatherings[0].entries[0]
    assert [(one.title, one.translation) for one in entry.merged] == [("Mucho sol", "A lot of sun")]


def test_who_may_translate_what(room: MemoryWorkshop, two: list[str]) -> None:
    refused(room, TranslateItem(item=two[0], language="en", text="Sun"), ANA, "not_allowed")
    refused(room, TranslateItem(item="i999", language="en", text="Sun"), "f:1", "unknown_item")
    refused(room, TranslateItem(item=two[0], language="en", text="x" * 501), "f:1", "text_too_long")


def test_report_and_exports_have_it_in_the_readers_language(room: MemoryWorkshop, two: list[str]) -> None:
    room.must(TranslateItem(item=two[0], language="en", text="Sun"))
    export = export_model(room.state)
    assert export.gatherings[0].items[0].translations == {"en": "Sun"}
    table = table_of_items(export, Names(export, "es"))
    place = [column.id for column in table.columns].index("translation_en")
    assert [row[place] for row in table.rows] == ["Sun", None]
    assert [report_model(room.state, one).gatherings[0].entries[0].translation for one in ("en", "es")] == [
        "Sun",
        "",
    ]


def test_it_is_erased_with_the_item(room: MemoryWorkshop, two: list[str]) -> None:
    room.must(TranslateItem(item=two[0], language="en", text="Sun"))
    seq = room.state.seq
    assert seq in holding(room.log, item=two[0])
    assert seq not in holding(room.log, item=two[1])
    left = left_of(room.log[seq - 1].event, "es")
    assert isinstance(left, ItemTranslated)
    assert (left.text, left.erased) == ("", 1)


def test_what_was_told_apart_stays_so_until_it_is_undone(room: MemoryWorkshop, two: list[str]) -> None:
    first, second = two
    third = write(room, ANA, "Sol y sol")
    room.must(TellApart(items=[third, first, second]))
    assert set(view(room.state, "console")["apart"]) == {
        "+".join(sorted(pair)) for pair in ((first, second), (first, third), (second, third))
    }
    assert "apart" not in view(room.state, "phone")
    assert not room.must(TellApart(items=[second, first]))
    room.must(TellApart(items=[second, first], apart=False))
    assert "+".join(sorted((first, second))) not in view(room.state, "console")["apart"]
    refused(room, TellApart(items=[first, "i999"]), "f:1", "unknown_item")


def test_authors_are_told_with_whom_and_under_which_name(room: MemoryWorkshop, two: list[str]) -> None:
    first, second = two
    room.must(MergeItems(into=first, items=[second], title="Sol todo el año"))
    into = self_view(room.state, BETO)["items"][second]["into"]
    assert into == {"id": first, "title": "Sol todo el año", "own_title": "Sol"}
    own = self_view(room.state, ANA)["items"][first]
    assert (own["title"], own["name"], own["merged"]) == (
        "Sol",
        "Sol todo el año",
        [{"id": second, "title": "Mucho sol"}],
    )
