"""Sentences stand twice, for the server and for the browser: both have to say the same. Icons stand once."""

import gettext
import json
import re
import subprocess
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from edp_app import i18n
from edp_app.bundle import Bundle
from edp_app.config import resource_dir
from edp_app.core.refusals import CODES, Refusal
from edp_app.i18n import Scripts, browser_catalogue, browser_catalogue_json, short_key
from edp_app.live.protocol import ByeCode, ConnectCode
from edp_app.words import SENTENCES, refusal_text
from tests.web.conftest import Site

ROOT = Path(__file__).resolve().parents[2]
PARAMETERS = {"text_too_long": {"limit", "length"}}


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
    source = (ROOT / "static/js/shared/icons.js").read_text("utf-8")
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


def compiled(catalogue: Catalog, tmp_path: Path) -> dict[str, str | list[str]]:
    """What the browser gets of this catalogue."""
    with (tmp_path / "es" / "LC_MESSAGES" / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    return browser_catalogue("es", "phone")


def test_the_browser_gets_its_own_messages_and_no_others(spanish: Catalog, tmp_path: Path) -> None:
    spanish.add(SENTENCES["stage_paused"], "La etapa está en pausa.")
    spanish.add("A message that only the server has, and no script", "Un mensaje")
    assert compiled(spanish, tmp_path) == {SENTENCES["stage_paused"]: "La etapa está en pausa."}


def test_plurals_come_in_the_order_of_their_forms(
    spanish: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(i18n, "Scripts", lambda _folder, _page: frozenset({"{n} person", "{n} people"}))
    spanish.add(("{n} person", "{n} people"), ("{n} persona", "{n} personas"))
    assert compiled(spanish, tmp_path) == {"{n} person": ["{n} persona", "{n} personas"]}


def test_there_is_nothing_to_fetch_for_english_or_without_a_catalogue(spanish: Catalog) -> None:
    assert browser_catalogue("en", "phone") == {}
    assert browser_catalogue("es", "phone") == {}
    assert spanish.locale_identifier == "es"


def test_the_browser_finds_each_message_under_the_key_that_the_server_gave_it() -> None:
    messages = [*SENTENCES.values(), "", "a", "“Niño” — \U0001f33f", "No connection. You can go on"]
    program = """
    const { hash } = await import(process.argv[1]);
    const messages = JSON.parse(process.argv[2]);
    console.log(JSON.stringify(messages.map((message) => hash(message).toString(36))));
    """
    script = ROOT / "static/js/shared/ids.js"
    command = ["node", "--input-type=module", "-e", program, "--", str(script), json.dumps(messages)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(done.stdout) == [short_key(message) for message in messages]


def test_no_two_messages_of_a_page_have_the_same_key() -> None:
    for page in ("phone", "screen", "console"):
        for code in ("es", "pt"):
            body, _ = browser_catalogue_json(code, page)
            assert len(json.loads(body)) == len(browser_catalogue(code, page)) > 0


def test_messages_are_found_as_whole_literals_in_any_quotes(tmp_path: Path) -> None:
    source = """t("It's “here”"),t('say "no"'),t(`one\ntwo`),t("one\\ntwo \\\\ three"),t("whole sentence")"""
    (tmp_path / "a.js").write_text(source, "utf-8")
    scripts = Scripts(tmp_path)
    for message in ("It's “here”", 'say "no"', "one\ntwo", "one\ntwo \\ three", "whole sentence"):
        assert message in scripts
    for message in ("whole", "sentence", "here", "It's"):
        assert message not in scripts


def test_each_page_gets_the_messages_of_its_own_script(spanish: Catalog, tmp_path: Path) -> None:
    spanish.add("Write here", "Escriba aquí")
    assert compiled(spanish, tmp_path) == {"Write here": "Escriba aquí"}
    assert browser_catalogue("es", "screen") == {}


def test_every_message_of_the_scripts_is_found_in_the_bundle() -> None:
    """So that no translated sentence is left out of what the browser gets."""
    from babel.messages.extract import extract_from_file

    used = Scripts(resource_dir("static") / "dist")
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


def test_the_catalogue_is_served_under_its_hash(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from edp_app.web import join, shells

    def one(code: str, page: str) -> tuple[bytes, str]:
        assert page == "phone"
        return (b'{"a":"b"}', "0123456789") if code == "es" else (b"{}", "x")

    monkeypatch.setattr(join, "browser_catalogue_json", one)
    monkeypatch.setattr(shells, "browser_catalogue_json", one)
    with site.app.test_request_context("/"):
        assert shells.catalogue_urls("phone") == {"es": "/i18n/es.json?page=phone&v=0123456789"}
    answer = site.browser().get("/i18n/es.json?page=phone&v=0123456789")
    assert answer.json == {"a": "b"}
    assert "immutable" in answer.headers["Cache-Control"]
    assert site.browser().get("/i18n/es.json?page=phone&v=old").headers["Cache-Control"] == "no-cache"
    for nowhere in ("/i18n/fr.json?page=phone", "/i18n/es.json?page=*", "/i18n/es.json"):
        assert site.browser().get(nowhere).status_code == 404


def test_catalogues_that_there_are_can_be_read() -> None:
    for path in i18n.TRANSLATIONS.glob("*/LC_MESSAGES/messages.mo"):
        with path.open("rb") as file:
            assert gettext.GNUTranslations(file)
