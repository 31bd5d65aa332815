"""What is in an export: all that the room was shown, as it was published, and nothing else."""

import json
from pathlib import Path

import msgspec
import pytest

from edp_app.core.commands import (
    AddItem,
    BringItems,
    Brought,
    CloseStage,
    HideItem,
    MergeItems,
    OpenStage,
    RevealResult,
)
from edp_app.core.views import view
from edp_app.exports.as_json import schema, schema_text, write_json
from edp_app.exports.command import FORMS, made
from edp_app.exports.contents import Export
from edp_app.exports.model import export_model
from tests.support import everything
from tests.support.definitions import short
from tests.support.memory import MemoryWorkshop
from tests.support.sheets import read_csv, read_xlsx

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "export.schema.json"
MODES = ("grouped", "open", "headcount")


@pytest.fixture(scope="module", params=MODES)
def room(request: pytest.FixtureRequest) -> MemoryWorkshop:
    return everything.held(request.param)


def as_json(room: MemoryWorkshop) -> dict:
    return json.loads(write_json(export_model(room.state)))


def written(room: MemoryWorkshop, form: str) -> str:
    """Everything that can be read in an export of this form, as one text."""
    content = made(export_model(room.state), form)
    if form == "csv":
        return "\n".join(cell for rows in read_csv(content).values() for row in rows for cell in row)
    if form == "xlsx":
        return "\n".join(str(cell) for rows in read_xlsx(content).values() for row in rows for cell in row)
    return json.dumps(json.loads(content), ensure_ascii=False)


def test_results_are_taken_over_as_they_are_published(room):
    shown = view(room.state, "screen")
    exported = as_json(room)["results"]
    assert [one["run"] for one in exported] == shown["results_order"]
    assert {one["method"]["type"] for one in exported if one["kind"] == "vote"} == {
        method.__struct_config__.tag for method, _rule in everything.METHODS.values()
    }
    for one in exported:
        past = shown["results"][one["run"]]
        assert one["result"] == json.loads(json.dumps(past["result"]))
        assert (one["title"], one["number"], one["stage"]) == (past["title"], past["number"], past["stage"])
        if one["kind"] == "vote":
            assert one["method"] == past["method"]
        else:
            assert one["questions"] == past["questions"]


def test_what_was_written_is_there_once(room):
    ideas, more = as_json(room)["gatherings"]
    assert [item["title"] for item in ideas["items"]] == [
        "Idea cero, las dos",
        *(f"Idea {n}" for n in range(1, 5)),
    ]
    first = ideas["items"][0]
    assert (first["n"], first["own_title"], first["sdgs"]) == (1, "Idea 0", [2, 6])
    assert first["fields"] == {"who": "Valle 0"}
    assert [one["title"] for one in first["merged"]] == ["Idea 0, otra vez"]
    assert (ideas["hidden"], ideas["withdrawn"]) == (1, 1)
    assert more["items"][0]["links"] == [ideas["items"][1]["id"]]


def test_people_are_numbers(room):
    people = as_json(room)["people"]
    assert people["total"] == sum(everything.SIZES.values()) + 1
    assert {group["id"]: group["people"] for group in people["groups"]} == {
        **everything.SIZES,
        "civil_society": everything.SIZES["civil_society"] + 1,
    }
    assert [group["expected"] for group in people["groups"]] == [5] * 5
    assert people["paper"] == 1


def test_it_says_what_it_was_made_from(room):
    exported = as_json(room)
    assert (exported["format"], exported["version"]) == ("edp-workshop", 1)
    assert (exported["head"]["seq"], exported["head"]["digest"]) == (room.state.seq, room.state.digest)


def test_equal_states_give_equal_bytes(room):
    for form in ("json", "csv"):
        here, again = export_model(room.state), export_model(room.refolded())
        assert made(here, form) == made(again, form)
    assert read_xlsx(made(export_model(room.state), "xlsx")) == read_xlsx(
        made(export_model(room.refolded()), "xlsx")
    )


@pytest.mark.parametrize("form", FORMS)
def test_nobody_can_be_found_in_it(room, form):
    text = written(room, form)
    persons = room.state.persons.values()
    for secret in (*(p.id for p in persons), *(p.id.partition(":")[2] for p in persons if not p.paper)):
        assert secret not in text
    for words in (everything.HIDDEN, everything.WITHDRAWN, everything.NAME, everything.ORGANISATION, "f:1"):
        assert words not in text
    assert everything.REASON in text


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_in_it_before_it_is_revealed(form):
    room = everything.held()
    assert f"{everything.UNREVEALED}.1" not in written(room, form)
    room.must(RevealResult(f"{everything.UNREVEALED}.1"))
    assert f"{everything.UNREVEALED}.1" in written(room, form)


def test_a_draft_says_what_is_still_hidden():
    room = everything.held()
    assert as_json(room)["unrevealed"] == [everything.UNREVEALED]
    assert as_json(room)["workshop"]["ended"] is False


def test_what_others_write_is_not_in_it_before_the_stage_closes():
    room = MemoryWorkshop(short(others="after_close"))
    everything._people(room)
    room.must(OpenStage("swot"))
    room.must(AddItem("swot.1", "s", "Todavía no"), f"p:government{0:020d}")
    assert "Todavía no" not in written(room, "json")
    assert as_json(room)["gatherings"][0]["not_shown_yet"] is True
    room.must(CloseStage("swot.1"))
    assert "Todavía no" in written(room, "json")


@pytest.mark.parametrize("form", FORMS)
def test_what_was_brought_in_is_there_before_what_others_write(form):
    room = MemoryWorkshop(short(others="after_close"))
    everything._people(room)
    room.must(BringItems("swot", [Brought("Censo de 2022: sube la edad", "s", "Censo")]))
    room.must(OpenStage("swot"))
    room.must(AddItem("swot.1", "s", "Todavía no"), f"p:government{0:020d}")
    (brought, hidden) = room.state.items
    assert "Censo de 2022" in written(room, form)
    room.must(MergeItems(into=brought, items=[hidden], title="Todavía no, y sube la edad"))
    assert "Censo de 2022" in written(room, form)
    assert "Todavía no" not in written(room, form)


def test_an_item_hidden_after_the_reveal_keeps_its_figures_and_loses_its_words():
    room = everything.held()
    room.must(HideItem("i52"))
    exported = as_json(room)
    assert "Idea 2" not in json.dumps(exported)
    row = next(r for r in exported["results"][1]["result"]["columns"][0]["items"] if r["item"] == "i52")
    assert "title" not in row
    assert row["headcount"] >= 0
    ranking = read_csv(made(export_model(room.state), "csv"))["rankings.csv"]
    assert "(oculto por quien facilita)" in [cell for line in ranking for cell in line]


def test_nothing_is_finer_than_the_cells():
    for exported in (as_json(everything.held(mode)) for mode in ("grouped", "headcount")):
        for one in exported["results"]:
            cells = one["result"].get("cells", [])
            assert all(cell["voters"] >= 3 for cell in cells)
        if exported["workshop"]["privacy"] == "headcount":
            text = json.dumps(exported["results"])
            assert '"cells"' not in text
            assert '"by_cell"' not in text
            assert '"territories": {' not in text
            assert not any("group" in item for g in exported["gatherings"] for item in g["items"])


def test_the_schema_is_the_one_in_the_documentation():
    assert schema_text() == SCHEMA.read_text("utf-8"), (
        "python -m edp_app.exports.as_json > docs/export.schema.json"
    )
    assert schema()["$ref"] == "#/$defs/Export"


def test_an_export_is_of_the_shape_that_the_schema_is_made_from(room):
    whole = write_json(export_model(room.state))
    assert msgspec.json.decode(whole, type=Export) == export_model(room.state)
    altered = json.loads(whole)
    altered["results"][1]["result"]["columns"][0]["items"][0]["voter"] = "p:1"
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(json.dumps(altered), type=Export)


def test_no_field_is_ever_null(room):
    assert "null" not in write_json(export_model(room.state)).decode().replace('"null"', "")


def test_a_workshop_that_has_not_begun_has_an_export():
    room = MemoryWorkshop(everything.definition())
    for form in FORMS:
        assert made(export_model(room.state), form)
    assert as_json(room)["results"] == []
