"""Cards in exports: JSON, tables and sheets say what everybody was shown, and nothing that was hidden."""

import json

from edp_app.exports.as_csv import read, write_csv
from edp_app.exports.as_json import write_json
from edp_app.exports.model import export_model
from edp_app.exports.names import Names
from edp_app.exports.sheets import all_sheets
from tests.support.cards import LONG, held

EXPORT = export_model(held().state)


def test_the_json_has_every_card_with_its_texts() -> None:
    mix, project = json.loads(write_json(EXPORT))["cards"]
    assert (mix["stage"], mix["of"], project["of"]) == ("mix", "ideas", "ideas")
    assert [field["id"] for field in mix["fields"]] == ["plan", "fit"]
    assert [one["id"] for one in mix["fields"][1]["options"]] == ["si", "no"]
    first, second = project["cards"]
    assert first["texts"] == [{"field": "solution", "value": LONG.strip()}]
    merged = second["texts"][1].pop("item")
    assert second["texts"] == [{"field": "cost", "value": "Poco"}, {"field": "cost", "value": "Casi nada"}]
    assert merged != second["item"]
    assert b"UNSEEN" not in write_json(EXPORT)


def test_a_line_for_each_text_in_csv_and_a_line_for_each_card_on_its_sheet() -> None:
    (head, *rows) = dict(read(write_csv(EXPORT)))["cards.csv"]
    assert [name.rpartition("[")[2].rstrip("]") for name in head[-4:]] == [
        "field",
        "field_name",
        "text",
        "original",
    ]
    assert [row[-4:] for row in rows] == [
        ["plan", "Instrumento", "Plan de riego <b>", ""],
        ["fit", "Encaje", "Encaja", ""],
        ["solution", "Solución", LONG.strip(), ""],
        ["cost", "Costo", "Poco", ""],
        ["cost", "Costo", "Casi nada", "3"],
    ]
    sheets = {sheet.id: sheet for sheet in all_sheets(EXPORT, Names(EXPORT, "en"))}
    headings = [column.heading for column in sheets["cards-mix"].columns]
    assert headings == ["No.", "Contribution", "Instrumento", "Encaje"]
    assert [row[1:] for row in sheets["cards-project"].rows] == [
        ("Riego", LONG.strip(), None),
        ("Queso", None, "Poco\nCasi nada"),
    ]
