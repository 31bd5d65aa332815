"""The catalogues say in Spanish and Portuguese what the code says in English: all of it, and nothing else."""

import gettext
import io
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from edp_app.core.definition import LANGUAGES
from edp_app.words import SENTENCES
from tools import catalogues

ROOT = Path(__file__).resolve().parents[2]

SAME_EVERYWHERE = {
    "%(group)s: %(share)s",
    "Id",
    "total",
    "%(hours)s h",
    "%(hours)s h %(minutes)s min",
    "{n} min",
    "+{n} min",
    "Total",
    "“%(title)s”",
}
SAME = {"es": SAME_EVERYWHERE | {"no"}, "pt": SAME_EVERYWHERE | {"Item"}}
"""Messages that read as in English. Who finds another one writes it here."""

each_language = pytest.mark.parametrize("language", sorted(catalogues.PLURALS))


@cache
def code() -> Catalog:
    return catalogues.extracted()


@cache
def compiled(language: str) -> gettext.GNUTranslations:
    """The catalogue as the server reads it."""
    file = io.BytesIO()
    write_mo(file, catalogues.read(language))
    file.seek(0)
    return gettext.GNUTranslations(file)


def test_every_language_but_that_of_the_messages_has_a_catalogue():
    assert set(catalogues.PLURALS) == set(LANGUAGES) - {"en"}
    on_disk = {path.parent.parent.name for path in catalogues.TRANSLATIONS.glob("*/LC_MESSAGES/*.po")}
    assert on_disk == set(catalogues.PLURALS)


@each_language
def test_every_message_is_translated_and_fits(language):
    assert catalogues.problems(language, code()) == []


@each_language
def test_the_file_is_as_the_tool_writes_it(language):
    text = catalogues.written(language, code(), catalogues.read(language))
    assert catalogues.catalogue_file(language).read_bytes() == text, (
        "please run: .venv/bin/python tools/catalogues.py update"
    )


@each_language
def test_the_file_names_nobody_and_no_moment(language):
    text = catalogues.catalogue_file(language).read_text("utf-8")
    assert not re.search(
        r"\S@\S|Creation-Date|Revision-Date|Last-Translator|#~|^#, .*fuzzy", text, re.MULTILINE
    )
    assert not re.search(r"^#: .*:\d+$", text, re.MULTILINE)


@each_language
def test_nothing_is_left_in_english(language):
    same = {
        original
        for message in catalogues.messages(catalogues.read(language))
        for original, text in zip(catalogues.originals(message), catalogues.forms(message), strict=True)
        if original == text
    }
    assert same == SAME[language]


@each_language
def test_every_refusal_says_why_in_the_readers_language(language):
    words = compiled(language)
    english = [code for code, sentence in SENTENCES.items() if words.gettext(sentence) == sentence]
    assert english == []


@pytest.mark.parametrize(
    ("language", "singular", "plural"), [("es", (1,), (0, 2, 5, 100)), ("pt", (1,), (0, 2, 5, 100))]
)
def test_numbers_take_the_form_that_the_language_asks_for(language, singular, plural):
    words = compiled(language)
    one, many = "{n} minute", "{n} minutes"
    assert len({words.ngettext(one, many, n) for n in singular}) == 1
    assert len({words.ngettext(one, many, n) for n in plural}) == 1
    assert words.ngettext(one, many, 1) != words.ngettext(one, many, 2)


def test_the_browser_counts_as_the_server_does():
    script = (ROOT / "static/js/shared/i18n.js").read_text("utf-8")
    # of none, too, in Portuguese: the singular says "um"
    assert "return Number(n !== 1);" in script
    assert all("(n != 1)" in rule for rule in catalogues.PLURALS.values())


def test_spanish_questions_and_cries_open_as_they_close():
    for message in catalogues.messages(catalogues.read("es")):
        for text in catalogues.forms(message):
            assert text.count("¿") == text.count("?"), text
            assert text.count("¡") == text.count("!"), text


@each_language
def test_quotation_marks_close(language):
    for message in catalogues.messages(catalogues.read(language)):
        for text in catalogues.forms(message):
            assert text.count("“") == text.count("”"), text
            assert text.count("(") - text.count("%(") == text.count(")") - text.count("%("), text


OTHER_MARKS = re.compile("[«»‹›„‟‚‛]")
"""Quotation marks that are right elsewhere: here “ and ” stand in every language, ‘ and ’ inside of them."""


@each_language
def test_one_kind_of_quotation_marks_stands_throughout(language):
    for message in catalogues.messages(catalogues.read(language)):
        for original, text in zip(catalogues.originals(message), catalogues.forms(message), strict=True):
            assert not OTHER_MARKS.search(text), text
            straight = original.count('"'), text.count('"')
            assert straight[0] == straight[1], f"straight ones are what is typed, in every language: {text}"


def test_the_same_kind_stands_in_library_formats_examples_and_pages():
    written = [path for path in (ROOT / "workshops").rglob("*") if path.suffix in (".toml", ".json", ".csv")]
    written += [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    written += (ROOT / "edp_app").rglob("*.py")
    written += (path for path in (ROOT / "static/js").rglob("*.js"))
    assert len(written) > 100
    assert [str(path) for path in written if OTHER_MARKS.search(path.read_text("utf-8"))] == []


def texts_in(value, key=""):
    """The texts of a file that people read: those of a language, and a workshop's own words."""
    if isinstance(value, dict):
        return [text for name, one in value.items() for text in texts_in(one, name)]
    if isinstance(value, list):
        return [text for one in value for text in texts_in(one, key)]
    return [value] if isinstance(value, str) else []


def test_the_texts_of_the_library_quote_as_the_catalogues_do():
    texts = [
        text
        for path in (ROOT / "workshops").rglob("*.toml")
        for text in texts_in(tomllib.loads(path.read_text("utf-8")))
    ]
    assert len(texts) > 500
    assert [text for text in texts if '"' in text or text.count("“") != text.count("”")] == []


# ---- the tool finds what it should


@pytest.mark.parametrize(
    ("original", "text"),
    [
        ("{n} of {all}", "{n} de todos"),
        ("{n} left", "quedan {m}"),
        ("%(num)s groups", "%(nums)s grupos"),
        ("no blank", "ningún {n}"),
        (("one of {all}", "{n} of {all}"), ("uno", "{n} de {all}")),
        (("one", "{n} of them"), ("{m}", "{n} de ellos")),
        (("one", "{n} of them"), ("uno", "muchos")),
        (("{n} stage", "{n} stages"), ("una etapa", "{n} etapas")),
        ("<b>bold</b>", "<b>negrita"),
        ("a third", "33 %"),
        ("two\nlines", "dos líneas"),
        ("a word ", "una palabra"),
        ("a word", " una palabra"),
    ],
)
def test_a_translation_that_does_not_fit_is_found(original, text):
    assert catalogues.misfits(Message(original, text))


@pytest.mark.parametrize(
    ("original", "text"),
    [
        ("{n} of {all}", "de {all}, {n}"),
        (("{n} stage", "{n} stages"), ("{n} etapa", "{n} etapas")),
        (("one stage", "{n} stages"), ("{n} etapa", "{n} etapas")),
        (("of {people} has voted", "of {people} have voted"), ("de {people} votó", "de {people} votaron")),
        ("<b>bold</b>", "<b>negrita</b>"),
        (" and ", " y "),
    ],
)
def test_a_translation_that_fits_passes(original, text):
    assert catalogues.misfits(Message(original, text)) == []


def entry(catalogue: Catalog, name: str, string: str, **more: object) -> None:
    catalogue.add(name, string, [(f"{name}.py", 1)], **more)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder in place of the catalogues."""
    monkeypatch.setattr(catalogues, "TRANSLATIONS", tmp_path)
    return tmp_path


def save(catalogue: Catalog, language: str = "es") -> None:
    path = catalogues.catalogue_file(language)
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, catalogue)


def test_what_is_missing_left_over_or_guessed_is_said(folder):
    wanted = Catalog()
    for name in ("kept", "empty", "guessed", "new"):
        wanted.add(name, None, [("a.py", 1)])
    known = Catalog(locale="es")
    entry(known, "kept", "queda")
    entry(known, "empty", "")
    entry(known, "guessed", "adivinado", flags=["fuzzy"])
    entry(known, "old", "viejo")
    save(known)

    assert catalogues.problems("es", wanted) == [
        "no longer in the code: 'old'",
        "not translated: 'empty'",
        "marked as a guess: 'guessed'",
        "not in the catalogue: 'new'",
    ]


def test_bringing_up_to_date_keeps_what_is_right_and_guesses_nothing(folder):
    wanted = Catalog()
    for name in ("kept", "guessed", "kept too"):
        wanted.add(name, None, [("b.py", 7), ("a.py", 1)])
    wanted.add(("now", "many"), None, [("c.py", 1)])
    known = Catalog(locale="es")
    entry(known, "kept", "queda")
    entry(known, "guessed", "adivinado", flags=["fuzzy"])
    entry(known, "old", "viejo")
    entry(known, "now", "ahora")
    save(known)

    text = catalogues.written("es", wanted, catalogues.read("es"))
    new = read_po(io.BytesIO(text), locale="es")

    assert {m.id: catalogues.forms(m) for m in catalogues.messages(new)} == {
        "kept": ["queda"],
        "guessed": [""],
        "kept too": [""],
        ("now", "many"): ["", ""],
    }
    assert not new.obsolete
    assert catalogues.written("es", wanted, new) == text


def test_one_singular_with_two_plurals_is_an_error(monkeypatch):
    found = [
        ("a.py", 3, ("one vote", "{n} votes"), [], None),
        ("b.py", 9, ("one vote", "%(num)s votes"), [], None),
    ]
    monkeypatch.setattr(catalogues, "extract_from_dir", lambda *_args, **_options: iter(found))
    with pytest.raises(ValueError, match=r"b\.py, line 9: 'one vote'"):
        catalogues.extracted()


def test_messages_of_every_kind_of_source_are_found():
    found = {message.id: {path for path, _ in message.locations} for message in catalogues.messages(code())}
    assert "edp_app/words.py" in found["This stage is still open. Close it first."]
    assert "static/js/shared/words.js" in found["This stage is still open. Close it first."]
    assert "templates/pages/join.html" in found["Join the workshop"]
    assert "edp_app/web/forms.py" in found["Code of the workshop"]
    assert "edp_app/core/formats/messages.py" in found["“%(key)s” must be a list."]
    assert "edp_app/report/goals.py" in found["No poverty"]


@pytest.mark.parametrize("arguments", [[], ["help"], ["update", "fr"], ["check", "es", "xx"]])
def test_a_command_that_is_none_says_what_there_is(arguments, capsys, folder):
    assert catalogues.main(arguments) == 2
    assert "tools/catalogues.py update" in capsys.readouterr().out
    assert not list(folder.iterdir())


def test_a_new_catalogue_begins_empty_and_is_written_once(folder, monkeypatch, capsys):
    monkeypatch.setattr(catalogues, "ROOT", folder)
    monkeypatch.setattr(catalogues, "extracted", code)
    assert catalogues.main(["update", "es"]) == 0
    assert "messages.po: written" in capsys.readouterr().out
    assert catalogues.main(["update", "es"]) == 0
    assert capsys.readouterr().out == ""
    assert catalogues.main(["check", "es"]) == 1
    assert len(capsys.readouterr().out.splitlines()) == sum(1 for _ in catalogues.messages(code()))


@each_language
def test_being_over_does_not_read_as_having_time_to_spare(language: str) -> None:
    words = compiled(language)
    even = "Even with all of this it is {n} %s too many. What then is left cannot be spared: end later, or close stages earlier."  # noqa: E501
    for msgid in ("{n} %s too many", even):
        said = words.ngettext(msgid % "minute", msgid % "minutes", 25)
        assert said not in (msgid % "minutes", "")
        assert not re.search("sobra|libre|livre", said, re.IGNORECASE)
