"""Lists of statements, whatever stands in them: what a page writes it reads back, whichever way a file was
saved; and what is no list is named, with nothing read of it."""

from unittest.mock import patch

from babel.support import NullTranslations
from hypothesis import given
from hypothesis import strategies as st

from edp_app import pasted
from edp_app.core.bringing import SOURCE_LENGTH, read_statement
from edp_app.core.commands import Brought
from edp_app.core.definition import LANGUAGES, GatherSettings
from edp_app.core.parts import Column, Statement
from edp_app.core.refusals import Refusal
from edp_app.core.text import clean
from edp_app.pasted import Mistake, Text, decoded, holds_mail, plain
from edp_app.web.statements import as_table, read_statements

COLUMNS = [Column("s", {"en": "Strengths"}), Column("w", {"en": "Weaknesses"})]
SETTINGS = GatherSettings(COLUMNS, max_length=60)


def line(limit: int, *, required: bool) -> st.SearchStrategy[str]:
    """What may stand in a stored text: commas, quotation marks and other things that tables are made of."""
    signs = st.sampled_from("abñéÁ ,;\"'.-•1)—@\u2028") | st.characters(codec="utf-8")
    texts = st.text(signs, min_size=int(required), max_size=min(limit, 30))
    cleaned = texts.map(lambda text: clean(text, limit, required=required))
    return cleaned.filter(lambda text: isinstance(text, str) and not holds_mail(text))  # type: ignore[arg-type,return-value]


ITEM = st.builds(
    Brought,
    title=line(60, required=True),
    column=st.sampled_from("sw"),
    source=line(SOURCE_LENGTH, required=False),
    translations=st.dictionaries(st.sampled_from(LANGUAGES), line(500, required=True)),
).filter(lambda one: one.title not in one.translations.values())
ITEMS = st.lists(ITEM, min_size=1, max_size=8, unique_by=lambda one: (plain(one.title), one.column))


def read(text: str, *, is_file: bool = False) -> tuple[list[Brought], list[Mistake]]:
    listed = read_statements(text, SETTINGS, "en", is_file=is_file)
    assert not (listed.items and listed.mistakes)
    return listed.items, listed.mistakes


@given(ITEMS, st.booleans(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_what_is_written_is_read_back(items: list[Brought], is_file: bool, encoding: str) -> None:
    found = decoded(as_table(items).encode(encoding))
    assert isinstance(found, Text)
    assert read(found.text, is_file=is_file) == (items, [])


@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace")))
def test_of_anything_else_nothing_is_half_read(source: bytes) -> None:
    found = decoded(source)
    if isinstance(found, Text):
        items, mistakes = read(found.text, is_file=True)
        for item in items:
            assert not isinstance(read_statement(SETTINGS, item), Refusal), "the rules take what was read"
    else:
        mistakes = [found]
    with patch.object(pasted, "gettext", NullTranslations().gettext):
        for one in mistakes:
            assert one.said()
            assert 0 <= one.line <= source.count(b"\n") + source.count(b"\r") + 1


@given(ITEMS)
def test_the_rules_store_what_was_read(items: list[Brought]) -> None:
    for item in items:
        assert read_statement(SETTINGS, item) == Statement(
            item.title, item.column, item.source, item.translations
        )
