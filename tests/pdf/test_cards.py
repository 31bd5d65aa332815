"""Cards in the report: short ones as a table and with each priority, long ones one after the other."""

from pathlib import Path

import pytest

from edp_app.report.model import report_model
from tests.pdf.conftest import printed
from tests.support.cards import held
from tests.support.memory import MemoryWorkshop


@pytest.fixture(scope="module")
def room() -> MemoryWorkshop:
    return held()


def test_short_cards_are_a_table_and_stand_with_their_priority(room: MemoryWorkshop) -> None:
    mix, project = report_model(room.state).cards
    assert (mix.as_table, project.as_table) == (True, False)
    card, empty = mix.cards
    assert empty.written == ()
    assert [line.texts for line in card.lines] == [("Plan de riego <b>",), ("Encaja",)]
    assert [(card.title, card.missing) for card in project.cards] == [
        ("Riego", ("Costo",)),
        ("Queso", ("Solución",)),
    ]
    assert project.cards[1].lines[1].texts == ("Poco", "Casi nada")


def test_all_of_it_is_on_paper(room: MemoryWorkshop, tmp_path: Path) -> None:
    found = printed(room, tmp_path)
    assert not found.complaints
    text = found.text
    for words in (
        "Combinación de políticas",
        "1 de 2 fichas están completas",
        "Instrumento Plan de riego <b>",
    ):
        assert words in text, words
    assert text.replace("- ", "").count("Una norma común para las dos orillas") == 20
    assert "Casi nada" in text
    assert "No se escribió nada en: Costo." in text
    assert "UNSEEN" not in text
