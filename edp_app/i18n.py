"""Languages: which one a reader gets, and the part of the catalogue that the browser's pages need."""

import gettext
import hashlib
import json
import re
from functools import cache
from pathlib import Path

from babel.support import Translations
from flask import Flask, current_app, request
from flask_babel import Babel, get_locale
from flask_login import current_user

from edp_app.config import PACKAGE, Settings, resource_dir
from edp_app.core.definition import LANGUAGES

TRANSLATIONS = PACKAGE / "translations"

LANGUAGE_NAMES = {"en": "English", "es": "Español", "pt": "Português"}
"""How languages call themselves; never translated."""

COOKIE = "language"
"""The reader's explicit choice. Pages in the browser set it as well, so it is not HttpOnly; it holds nothing
else."""

COOKIE_SECONDS = 365 * 24 * 3600

_LITERAL = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|`(?:\\.|[^`\\$])*`', re.DOTALL)
_ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|.)", re.DOTALL)
_SHORT_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\n": "", "\r\n": ""}


def choose_language() -> str:
    """The language of this request: the reader's choice, else the account's, else the browser's, else the
    installation's."""
    chosen = request.cookies.get(COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    account_language = getattr(current_user, "language", "") if current_user else ""
    if account_language in LANGUAGES:
        return str(account_language)
    settings: Settings = current_app.extensions["edp.settings"]
    # By quality; "pt-BR" is Portuguese even where English stands behind it, which best_match() does not see.
    for tag, _quality in request.accept_languages:
        primary = tag.replace("_", "-").split("-")[0].lower()
        if primary in LANGUAGES:
            return primary
    return settings.language


def language() -> str:
    """The language in which this request is being answered."""
    return str(get_locale() or "en").split("_")[0]


def init(app: Flask) -> None:
    """Sets up Flask-Babel with our catalogues."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    app.config["BABEL_DEFAULT_LOCALE"] = "en"
    Babel(app, locale_selector=choose_language)


def browser_catalogue(code: str) -> dict[str, str | list[str]]:
    """Every translated message that the browser's pages use: msgid to translation, or, for a plural, the
    singular's msgid to its forms. Empty for English and for a language without a catalogue.

    The messages are told from the server's by looking into the bundle: a msgid stands there as a literal.
    """
    found = TRANSLATIONS / code / "LC_MESSAGES" / "messages.mo"
    if code == "en" or not found.is_file():
        return {}
    with found.open("rb") as file:
        messages = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    used = bundle_literals(resource_dir("static") / "dist")
    catalogue: dict[str, str | list[str]] = {}
    for key, text in messages.items():
        if isinstance(key, tuple):
            msgid, index = key
            if msgid in used:
                forms = catalogue.setdefault(msgid, [])
                if isinstance(forms, list):
                    forms.insert(index, text)
        elif key and key in used and text:
            catalogue[key] = text
    return catalogue


def bundle_literals(folder: Path) -> frozenset[str]:
    """Every string literal in the scripts of this folder, as the script sees it."""
    found: set[str] = set()
    for script in sorted(folder.glob("*.js")):
        found.update(_unescape(match.group()[1:-1]) for match in _LITERAL.finditer(script.read_text("utf-8")))
    return frozenset(found)


def _unescape(raw: str) -> str:
    def one(match: re.Match[str]) -> str:
        code = match.group(1)
        if code[0] in "ux" and len(code) > 1:
            return chr(int(code[1:].strip("{}"), 16))
        return _SHORT_ESCAPES.get(code, code)

    return _ESCAPE.sub(one, raw)


@cache
def browser_catalogue_json(code: str) -> tuple[bytes, str]:
    """The catalogue as it is sent, and a short hash of it that stands in its address."""
    body = json.dumps(
        browser_catalogue(code), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()
    return body, hashlib.sha256(body).hexdigest()[:10]


def translator(code: str) -> gettext.NullTranslations:
    """The catalogue of one language for work outside a request, such as the command line."""
    return Translations.load(str(TRANSLATIONS), [code])
