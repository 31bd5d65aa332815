"""Languages: which one a reader gets, and the part of the catalogue that the browser's pages need."""

import gettext
import hashlib
import json
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


def browser_catalogue(code: str, page: str) -> dict[str, str | list[str]]:
    """Every translated message that the script of this page ("phone", "screen" or "console") uses: msgid to
    translation, or, for a plural, the singular's msgid to its forms. Empty for English and for a language
    without a catalogue.

    The messages are told from all others by looking into its bundle: a msgid stands there as a literal. So
    a phone on a slow network does not wait for the sentences of the console.
    """
    found = TRANSLATIONS / code / "LC_MESSAGES" / "messages.mo"
    if code == "en" or not found.is_file():
        return {}
    with found.open("rb") as file:
        messages = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    used = Scripts(resource_dir("static") / "dist", page)
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


class Scripts:
    """The script of a page, or of every page, as one text in which messages can be looked up."""

    def __init__(self, folder: Path, page: str = "*") -> None:
        self._text = "\n".join(path.read_text("utf-8") for path in sorted(folder.glob(f"{page}.*js")))

    def __contains__(self, message: str) -> bool:
        """Whether the message stands there as a whole literal, in any of the three kinds of quotes."""
        plain = message.replace("\\", "\\\\")
        for quote in "\"'`":
            inside = plain.replace(quote, "\\" + quote)
            inside = inside.replace("${", "\\${") if quote == "`" else inside.replace("\n", "\\n")
            if f"{quote}{inside}{quote}" in self._text:
                return True
        return False


@cache
def browser_catalogue_json(code: str, page: str) -> tuple[bytes, str]:
    """The catalogue as it is sent, each message under its :func:`short_key`, and a short hash of it that
    stands in its address. The messages themselves are in the script; without them it is a quarter lighter.
    Raises ValueError where two messages have one key: then one of them has to be put in other words."""
    messages = browser_catalogue(code, page)
    keyed = {short_key(message): text for message, text in messages.items()}
    if len(keyed) < len(messages):
        raise ValueError(f"two messages of the {page}'s catalogue have the same key")
    body = json.dumps(keyed, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return body, hashlib.sha256(body).hexdigest()[:10]


def short_key(message: str) -> str:
    """What a message stands under in a browser's catalogue: its FNV-1a hash of 32 bits over its UTF-16 units,
    in base 36, as ``static/js/shared/ids.js`` computes it (http://www.isthe.com/chongo/tech/comp/fnv/)."""
    value = 0x811C9DC5
    units = message.encode("utf-16-le")
    for at in range(0, len(units), 2):
        value = ((value ^ int.from_bytes(units[at : at + 2], "little")) * 0x01000193) & 0xFFFFFFFF
    digits = ""
    while value:
        value, digit = divmod(value, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"


def translator(code: str) -> gettext.NullTranslations:
    """The catalogue of one language for work outside a request, such as the command line."""
    return Translations.load(str(TRANSLATIONS), [code])
