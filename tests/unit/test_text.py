"""What people may type, and what is made of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edp_app.core.refusals import Refusal
from edp_app.core.text import clean, clean_lines, folded, unaccented


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Aceite \t de\n oliva ", "Aceite de oliva"),
        ("Cafe\u0301", "Café"),
        ("so\u00adft\u200b hyphen\u2060", "soft hyphen"),
        ("q\u02bcara, ch\u2019aska", "q\u02bcara, ch\u2019aska"),
        ("👩\u200d🌾 y 🇵🇪", "👩\u200d🌾 y 🇵🇪"),
        ("nuevo \U0001fa77 \U0001fae8", "nuevo \U0001fa77 \U0001fae8"),
        ("1\ufe0f\u20e3", "1\ufe0f\u20e3"),
    ],
)
def test_what_is_kept(typed: str, kept: str) -> None:
    assert clean(typed, 100) == kept


def test_words_are_compared_without_case_and_accents() -> None:
    assert folded("ÁRBOL, São Tomé, Straße, ﬁn") == "arbol, sao tome, strasse, fin"
    assert unaccented("Ñandú São") == "Nandu Sao"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("\u200b", "empty_text"),
        ("\u2060\u00ad", "empty_text"),
        ("\u3164", "empty_text"),
        ("\u2800 \u115f", "empty_text"),
        ("\u0301", "empty_text"),
        ("a" + "\u0301\u0302" * 3, "bad_text"),
        ("\x07", "bad_text"),
        ("\ud800", "bad_text"),
        ("\ue000", "bad_text"),
        ("\ufdd0", "bad_text"),
        ("\U0010ffff", "bad_text"),
        ("\u2067abc", "bad_text"),
        ("x" * 101, "text_too_long"),
    ],
)
def test_what_is_refused(typed: str, code: str) -> None:
    for cleaned in (clean(typed, 100), clean_lines(typed, 100, required=True)):
        assert isinstance(cleaned, Refusal)
        assert cleaned.code == code


def test_lines_stay_where_they_are_asked_for() -> None:
    assert clean_lines("uno\r\n dos \n\n\n\ntres", 100) == "uno\ndos\n\ntres"


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing(typed: str) -> None:
    for function in (clean, clean_lines):
        once = function(typed, 200)
        if isinstance(once, str) and once:
            assert function(once, 200) == once
