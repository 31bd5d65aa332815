"""The texts of a form in every language: which of them a change left behind, and what each is called."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from flask_babel import gettext as _
from markupsafe import Markup

from edp_app.core.definition import LANGUAGES, in_language
from edp_app.i18n import language, languages_in_words
from edp_app.web.editor.controls import Control, entries
from edp_app.web.editor.telling import tell

MOST_NAMED = 8
"""How many texts are named in one sentence; it travels in a cookie."""


def groups_of(raw: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The groups of the workshop, and what they are called in the reader's language."""
    return [(one["id"], in_language(one["name"], language())) for one in raw["groups"]]


class Text(NamedTuple):
    """One text. ``name``: of its field; ``key``: the same for as long as it is of the same entry, wherever
    that stands; ``label``: what it is called, outside of its form, too."""

    name: str
    key: str
    label: str
    words: Mapping[str, str]


def texts_of(controls: Sequence[Control], key: str = "", of: str = "") -> Iterator[Text]:
    """Every text of a form. ``key`` and ``of``: of the entry that these fields belong to, and what that is
    called."""
    for one in controls:
        own = f"{key}/{one.name.rpartition('.')[2]}"
        if one.type == "words":
            said = {line.language: line.text for line in one.lines if line.text}
            yield Text(one.name, own, f"{one.label} ({of})" if of else one.label, said)
        yield from texts_of(one.parts, own, one.label if one.type == "part" else of)
        for row in one.rows:
            yield from texts_of(row.parts, f"{own}/{row.id}", row.title)


def named(texts: Sequence[str]) -> str:
    """What these are called, in a sentence; some have a comma of their own."""
    return "; ".join([*texts[:MOST_NAMED], *(["…"] if len(texts) > MOST_NAMED else [])])


def without_text(code: str, texts: str) -> str:
    """That these have no text in a language in which others are written."""
    return _(
        "No text in %(language)s, so another language is shown there: %(texts)s.",
        language=languages_in_words([code]),
        texts=texts,
    )


def left_behind(before: Sequence[Control], now: Sequence[Control], own: str) -> list[str]:
    """Which texts were changed in the language of the workshop and still say in others what they said before,
    a sentence for each set of languages. A translation that was corrected leaves nothing behind."""
    then = {text.key: text.words for text in texts_of(before)}
    found: dict[tuple[str, ...], list[str]] = {}
    for text in texts_of(now):
        was = then.get(text.key, {})
        if not was.get(own) or text.words.get(own, was[own]) == was[own]:
            continue
        same = tuple(
            code for code in LANGUAGES if code != own and code in was and was[code] == text.words.get(code)
        )
        if same:
            found.setdefault(same, []).append(text.label)
    return [
        _(
            "In %(languages)s this still says what it said before: %(texts)s.",
            languages=languages_in_words(codes),
            texts=named(labels),
        )
        for codes, labels in found.items()
    ]


class Renamed(NamedTuple):
    """An entry that has another name while what goes with the name stands as it was. ``at``: its place in the
    form; ``texts``: what these are called."""

    key: str
    at: str
    name: str
    texts: list[str]


def renamed(before: Sequence[Control], now: Sequence[Control], known: Sequence[str] = ()) -> list[Renamed]:
    """The criteria, headings, lines, groups whose name was changed in the workshop's language, and what is
    said of them was not: it may be of the old one. ``known``: keys of such that were changed before."""
    then = {key: _own_words(parts) for key, _at, parts in entries(before)}
    found = []
    for key, at, parts in entries(now):
        was, words = then.get(key, {}), _own_words(parts)
        name, other = was.pop("name", ""), words.pop("name", "")
        if key not in known and (not name or not other or name == other):
            continue
        labels = {one.name.rpartition(".")[2]: one.label for one in parts}
        if same := [labels[of] for of, text in words.items() if text and was.get(of) == text]:
            found.append(Renamed(key, at, other, same))
    return found


def _own_words(parts: Sequence[Control]) -> dict[str, str]:
    """The texts of an entry in the workshop's language, by their setting."""
    return {one.name.rpartition(".")[2]: one.lines[0].text for one in parts if one.type == "words"}


def notes_of_renamed(found: Sequence[Renamed]) -> dict[str, str]:
    """What stands beside each of them in the form."""
    return {
        one.key: _(
            "The name has changed, and these still say what they said: %(texts)s.", texts=named(one.texts)
        )
        for one in found
    }


def tell_renamed(found: Sequence[Renamed], url: Callable[..., str], at: str) -> None:
    """Say on the next page which have another name; ``url``: of the form, with all of them unfolded."""
    if found:
        there = url(renamed=[one.key for one in found[:MOST_NAMED]], _anchor=found[0].at)
        link = Markup('<a href="{}">{}</a>').format(there, _("Look at it"))
        said = _(
            "The name has changed, and what is said of it has not: %(names)s.",
            names=named([f"“{one.name}”" for one in found]),
        )
        tell(Markup("{} {}").format(said, link), at, "warn")


def tell_left_behind(said: Sequence[str], url: str, at: str) -> None:
    """Say so on the next page, with the way (``url``) to where these texts stand in all languages."""
    for sentence in said:
        link = Markup('<a href="{}">{}</a>').format(url, _("Change it there, too"))
        tell(Markup("{} {}").format(sentence, link), at, "warn")
