"""Languages: which one a reader gets, and the part of the catalogue that the browser's pages need."""

import gettext
import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.lists import format_list
from babel.support import Translations
from flask import Flask, current_app, request
from flask_babel import Babel, get_locale
from flask_login import current_user

from edp_app.bundle import Bundle
from edp_app.config import PACKAGE, Settings
from edp_app.core.definition import LANGUAGES

TRANSLATIONS = PACKAGE / "translations"

LANGUAGE_NAMES = {"en": "English", "es": "Español", "pt": "Português"}
"""How languages call themselves; never translated."""

COOKIE = "language"
"""The reader's explicit choice. Pages in the browser set it as well, so it is not HttpOnly; it holds nothing
else."""

COOKIE_SECONDS = 365 * 24 * 3600


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


def languages_in_words(codes: Sequence[str]) -> str:
    """What these languages are called inside a sentence, in the reader's own: "inglés y portugués"."""
    locale = Locale.parse(language())
    return format_list([locale.languages[code] for code in codes], locale=locale)


def init(app: Flask) -> None:
    """Sets up Flask-Babel with our catalogues."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    app.config["BABEL_DEFAULT_LOCALE"] = "en"
    Babel(app, locale_selector=choose_language)


Said = str | list[str]
"""A sentence, or the forms of a plural: one, many."""


def browser_catalogue(code: str, page: str) -> list[Said]:
    """The words of a script ("phone", "phone.second", "screen" or "console") in one language, which says each
    by its place in this list; those of the second script follow on those of the first. What has no
    translation is there in English. Raises
    :class:`~edp_app.bundle.MissingBundleError` where the script was not built."""
    return _words(code, Bundle().file(f"{page}.messages.json"))


def _words(code: str, messages: Path) -> list[Said]:
    found = TRANSLATIONS / code / "LC_MESSAGES" / "messages.mo"
    known: dict[str | tuple[str, int], str] = {}
    if code != "en" and found.is_file():
        with found.open("rb") as file:
            known = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    wanted: list[Said] = json.loads(messages.read_text("utf-8"))
    return [
        known.get(message) or message
        if isinstance(message, str)
        else [known.get((message[0], form)) or text for form, text in enumerate(message)]
        for message in wanted
    ]


def browser_catalogue_json(code: str, page: str) -> tuple[bytes, str]:
    """The catalogue as it is sent, and a short hash of it that stands in its address: other scripts, other
    words."""
    return _words_json(code, Bundle().file(f"{page}.messages.json"))


@lru_cache(maxsize=32)
def _words_json(code: str, messages: Path) -> tuple[bytes, str]:
    body = json.dumps(_words(code, messages), ensure_ascii=False, separators=(",", ":")).encode()
    return body, hashlib.sha256(body).hexdigest()[:10]


def translator(code: str) -> gettext.NullTranslations:
    """The catalogue of one language for work outside a request, such as the command line."""
    return Translations.load(str(TRANSLATIONS), [code])


def in_every_language(message: str) -> dict[str, str]:
    """A sentence of the catalogue in each language, for a page on which the reader may switch."""
    return {code: translator(code).gettext(message) for code in LANGUAGES}
