"""Sentences stand twice, for the server and for the browser: both have to say the same. Icons stand once."""

import gettext
import json
import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from edp_app import i18n
from edp_app.bundle import Bundle
from edp_app.core.refusals import CODES, Refusal
from edp_app.i18n import browser_catalogue
from edp_app.live.protocol import ByeCode, ConnectCode
from edp_app.words import SENTENCES, refusal_text
from tests.web.conftest import Site

ROOT = Path(__file__).resolve().parents[2]
PARAMETERS = {
    "text_too_long": {"limit", "length"},
    "not_revealed_yet": {"title"},
    "nothing_passed": {"title"},
    "has_acted": {"n"},
    "table_full": {"most"},
    "stage_needs": {"stage", "other"},
    "too_many_stages": {"most"},
}


def browser_sentences() -> dict[str, str]:
    """The table in static/js/shared/words.js."""
    source = (ROOT / "static/js/shared/words.js").read_text("utf-8")
    found = re.findall(r'^  (\w+):\s*N_\(\s*("(?:\\.|[^"\\])*")\s*,?\s*\),$', source, re.MULTILINE)
    return {code: json.loads(literal) for code, literal in found}


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    assert set(SENTENCES) == {*CODES, *get_args(ConnectCode), *get_args(ByeCode)}


def test_server_and_browser_say_the_same() -> None:
    assert browser_sentences() == SENTENCES


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_says_what_happened_and_fills_only_what_it_is_given(code: str) -> None:
    text = SENTENCES[code]
    assert text[0].isupper()
    assert text.endswith(".")
    assert 15 < len(text) < 140
    assert {name for _, name, _, _ in Formatter().parse(text) if name} == PARAMETERS.get(code, set())


def test_a_refusal_is_said_with_its_figures(site: Site) -> None:
    with site.app.test_request_context("/"):
        said = refusal_text(Refusal("text_too_long", {"limit": 200, "length": 231}))
        assert said == "This text has 231 characters, and 200 fit. Please shorten it."


def test_the_server_draws_the_icons_of_the_scripts(site: Site) -> None:
    names = ("icons", "more_icons")
    source = "\n".join((ROOT / f"static/js/shared/{name}.js").read_text("utf-8") for name in names)
    icons = dict(re.findall(r'^  "(\w+)": "([^"]+)",$', source, re.MULTILINE))
    assert Bundle().icons() == icons
    assert {"government", "business", "academia", "civil_society", "environment", "other"} <= set(icons)
    draw = site.app.jinja_env.get_template("_icons.html").module.icon  # type: ignore[attr-defined]
    assert f'd="{icons["environment"]}"' in draw("environment")


def test_every_icon_that_a_page_names_is_there() -> None:
    pages = "".join(path.read_text("utf-8") for path in (ROOT / "templates").rglob("*.html"))
    scripts = "".join(path.read_text("utf-8") for path in (ROOT / "static/js").rglob("*.js"))
    named = {*re.findall(r'\bicon\("(\w+)"', pages), *re.findall(r'Icon\} name="?(\w+)"?', scripts)}
    assert {"mark", "check"} <= named
    assert named <= set(Bundle().icons())


def test_an_icon_is_silent_unless_it_has_a_name(site: Site) -> None:
    draw = site.app.jinja_env.get_template("_icons.html").module.icon  # type: ignore[attr-defined]
    assert 'aria-hidden="true"' in draw("environment")
    assert 'role="img" aria-label="Leaf &lt;"' in draw("environment", title="Leaf <")
    assert draw("no_such_icon") == draw("other")


# ---- the browser's part of the catalogues


@pytest.fixture
def spanish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    """A catalogue that is compiled and read in place of ours."""
    catalogue = Catalog("es")
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    monkeypatch.setattr(i18n, "TRANSLATIONS", tmp_path)
    return catalogue


def compiled(catalogue: Catalog, tmp_path: Path) -> dict[str, object]:
    """What the browser gets of this catalogue: each message that is not in English, under the English one."""
    with (tmp_path / "es" / "LC_MESSAGES" / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    pairs = zip(browser_catalogue("en", "phone"), browser_catalogue("es", "phone"), strict=True)
    return {str(message): said for message, said in pairs if said != message}


def messages_of(page: str) -> set[str]:
    """The messages of a page, of a plural the first form."""
    return {said if isinstance(said, str) else said[0] for said in browser_catalogue("en", page)}


def test_the_browser_gets_its_own_messages_and_no_others(spanish: Catalog, tmp_path: Path) -> None:
    spanish.add(SENTENCES["stage_paused"], "La etapa está en pausa.")
    spanish.add("A message that only the server has, and no script", "Un mensaje")
    assert compiled(spanish, tmp_path) == {SENTENCES["stage_paused"]: "La etapa está en pausa."}
    assert "Write here" in messages_of("phone")
    assert "Write here" not in messages_of("screen")


def test_plurals_come_in_the_order_of_their_forms(spanish: Catalog, tmp_path: Path) -> None:
    forms = ("One thing is waiting to be sent.", "{n} things are waiting to be sent.")
    assert list(forms) in browser_catalogue("en", "phone")
    spanish.add(forms, ("Una cosa", "{n} cosas"))
    assert compiled(spanish, tmp_path) == {str(list(forms)): ["Una cosa", "{n} cosas"]}


def test_what_has_no_translation_is_said_in_english(spanish: Catalog) -> None:
    assert browser_catalogue("es", "phone") == browser_catalogue("en", "phone") != []
    assert spanish.locale_identifier == "es"


def test_the_second_script_goes_on_where_the_words_of_the_first_end() -> None:
    first, second = browser_catalogue("en", "phone"), browser_catalogue("en", "phone.second")
    script = Bundle().file("phone.second.js").read_text("utf-8")
    places = {int(place) for place in re.findall(r"(?<![\w.])\(?(\d+)\b", script)}
    assert {len(first) + n for n in range(len(second))} <= places
    assert not [said for said in second if said in first], "what the first has is not sent once more"


@pytest.mark.parametrize("page", ["phone", "screen", "console"])
def test_a_script_holds_places_and_no_sentences(page: str) -> None:
    """Each place in the list of its words once at least, and the words nowhere but there."""
    script = Bundle().file(f"{page}.js").read_text("utf-8")
    messages = browser_catalogue("en", page)
    places = {int(place) for place in re.findall(r"(?<![\w.])\(?(\d+)\b", script)}
    assert set(range(len(messages))) <= places
    assert not [
        said for said in messages if isinstance(said, str) and len(said) > 20 and f'"{said}"' in script
    ]


def test_every_message_of_the_scripts_is_found_in_the_bundle() -> None:
    """So that no translated sentence is left out of what the browser gets."""
    from babel.messages.extract import extract_from_file

    pages = ("phone", "phone.second", "screen", "console")
    used = {message for page in pages for message in messages_of(page)}
    missing = []
    for path in sorted((ROOT / "static/js").rglob("*.js")):
        method = "tools.htm_messages:extract"
        for _line, message, _comments, _context in extract_from_file(
            method, str(path), keywords={"t": None, "tn": (1, 2), "N_": None}
        ):
            first = message if isinstance(message, str) else message[0]
            if first and first not in used:
                missing.append(f"{path.name}: {first}")
    assert missing == []


def test_the_catalogue_is_served_under_its_hash(site: Site) -> None:
    from edp_app.web import shells

    with site.app.test_request_context("/"):
        urls = shells.catalogue_urls("phone")
    assert set(urls) == {"en", "es", "pt"}
    for code, url in urls.items():
        answer = site.browser().get(url)
        assert answer.json == browser_catalogue(code, "phone")
        assert "immutable" in answer.headers["Cache-Control"]
    for nowhere in (
        "/i18n/fr.json?page=phone",
        "/i18n/es.json?page=*",
        "/i18n/es.json",
        "/i18n/es.json?page=phone",
        "/i18n/es.json?page=phone&v=old",
    ):
        assert site.browser().get(nowhere).status_code == 404


def test_catalogues_that_there_are_can_be_read() -> None:
    for path in i18n.TRANSLATIONS.glob("*/LC_MESSAGES/messages.mo"):
        with path.open("rb") as file:
            assert gettext.GNUTranslations(file)
