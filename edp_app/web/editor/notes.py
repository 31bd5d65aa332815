"""What is worth a look in the list of stages: what ``edp check`` warns of, in the words of the editor."""

from typing import NamedTuple

from edp_app.core.definition import LANGUAGES
from edp_app.core.formats import Mistake, check_values
from edp_app.core.formats import messages as say
from edp_app.web import definitions
from edp_app.web.editor import controls, words
from edp_app.web.editor.changes import Table
from edp_app.web.editor.saving import said
from edp_app.web.editor.stage_fields import stage_fields, top_fields
from edp_app.web.editor.texts import groups_of, named, texts_of, without_text

NOTED = {*words.SAID, say.WEIGHS_NOTHING, say.WEIGHS_TOO_LATE}
"""What the list of stages says of one that is allowed and hardly meant."""


class Notes(NamedTuple):
    """What is worth a look, by the id of the stage; ``unsorted``: the votes before which nothing is
    merged."""

    said: dict[str, str]
    unsorted: set[str]


def notes_of(raw: Table, own: str) -> Notes:
    """Of each stage the first thing that is worth a look, and the texts that lack a language. ``own``: the
    language of the workshop."""
    first: dict[int, str] = {}
    unsorted = set()
    lacking: dict[int, list[Mistake]] = {}
    for warning in check_values(raw, definitions.library()).warnings:
        if warning.path[0] != "stages" or len(warning.path) < 2:
            continue
        place = int(warning.path[1])
        if warning.message in words.LACKS_LANGUAGE:
            lacking.setdefault(place, []).append(warning)
        elif warning.message in NOTED:
            if place not in first and warning.message == say.NO_SORT:
                unsorted.add(raw["stages"][place]["id"])
            first.setdefault(place, said(warning, raw))
    found = {}
    for n, stage in enumerate(raw["stages"]):
        sentences = [first[n]] if n in first else []
        if n in lacking:
            sentences += _without_text(lacking[n], raw, stage, own)
        if sentences:
            found[stage["id"]] = " ".join(sentences)
    return Notes(found, unsorted)


def groups_note(raw: Table, own: str) -> list[str]:
    """What groups and territories are called lacks a language into which the workshop is translated: a
    sentence for each. What the library calls them is whole, so a name in one language alone was typed."""
    speaks = _languages(own)
    spoken = _spoken(raw)
    drawing = controls.Drawing(speaks, {}, lambda _name: [])
    texts = [text for text in texts_of(controls.draw(top_fields(), raw, drawing)) if text.words]
    lacking = {code: [text.label for text in texts if code not in text.words] for code in speaks}
    return [
        without_text(code, named(labels)) for code, labels in lacking.items() if labels and code in spoken
    ]


def _languages(own: str) -> list[str]:
    return [own, *(code for code in LANGUAGES if code != own)]


def _spoken(raw: Table) -> set[str]:
    """The languages into which what is asked in the workshop is translated."""
    found = set()
    for stage in raw["stages"]:
        for words_ in (stage["title"], stage.get("prompt", {})):
            found |= set(words_) if len(words_) > 1 else set()
    return found


def _without_text(lacking: list[Mistake], raw: Table, stage: Table, own: str) -> list[str]:
    """A sentence for each language, with the texts as they are called in the form of the stage and in its
    order."""
    speaks = _languages(own)
    drawing = controls.Drawing(speaks, {}, lambda _name: [], groups_of(raw))
    labels = {text.name: text.label for text in texts_of(controls.draw(stage_fields(stage), stage, drawing))}
    by_language: dict[str, dict[str, str]] = {code: {} for code in speaks}
    for one in lacking:
        place, key = ".".join(str(part) for part in one.path[2:]), str(one.params["key"])
        by_language[str(one.params["language"])][place] = labels.get(place, str(words.LABELS.get(key, key)))
    order = {place: n for n, place in enumerate(labels)}
    return [
        without_text(code, named([texts[place] for place in sorted(texts, key=lambda p: order.get(p, 999))]))
        for code, texts in by_language.items()
        if texts
    ]
