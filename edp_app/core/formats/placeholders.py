"""Placeholders in what is asked: ``{year}`` is filled with the year that the stage looks at."""

from collections.abc import Iterator
from typing import Any

from edp_app.core.definition import LANGUAGES, PLACEHOLDER
from edp_app.core.formats import messages as say
from edp_app.core.formats.shapes import Shapes, shown
from edp_app.core.formats.source import Place, Table
from edp_app.core.parts import Words

KNOWN = ("year",)


def check_placeholders(shapes: Shapes, stage: Table, place: Place) -> None:
    """Note every placeholder of a stage that nothing would be put in the place of."""
    for words, at, key in _asked(stage, place):
        for language, name in _found(words):
            here = at.at(language)
            if name in KNOWN:
                if not place.holds(name):
                    shapes.wrong(here, say.NO_YEAR, key=key)
            elif close := shapes.near(name, KNOWN):
                shapes.wrong(here, say.UNKNOWN_PLACEHOLDER_NEAR, key=key, value=shown(name), near=close)
            else:
                shapes.wrong(here, say.UNKNOWN_PLACEHOLDER, key=key, value=shown(name))
    for text, at, key in _elsewhere(stage, place):
        for name in PLACEHOLDER.findall(text):
            if name in KNOWN:
                shapes.wrong(at, say.PLACEHOLDER_ELSEWHERE, key=key, value=name)


def _asked(stage: Table, place: Place) -> Iterator[tuple[Words, Place, str]]:
    """What is asked, where it stands, and what it is called."""
    yield stage.get("prompt", {}), place.at("prompt"), "prompt"
    for group, words in stage.get("prompt_for", {}).items():
        yield words, place.at("prompt_for").at(group), "prompt_for"
    for n, column in enumerate(stage.get("settings", {}).get("columns", [])):
        yield column.get("prompt", {}), place.at("columns").at(n).at("prompt"), "prompt"


def _elsewhere(stage: Table, place: Place) -> Iterator[tuple[str, Place, str]]:
    """Every other text of the stage. Of what a stage is made of, its settings stand flat in the file."""
    for key in stage.keys() - {"prompt", "prompt_for", "settings"}:
        yield from _texts(stage[key], place.at(key), key)
    for key, value in stage.get("settings", {}).items():
        yield from _texts(value, place.at(key), key)


def _texts(value: Any, place: Place, key: str) -> Iterator[tuple[str, Place, str]]:
    if isinstance(value, str):
        yield value, place, key
    elif isinstance(value, list):
        for n, one in enumerate(value):
            yield from _texts(one, place.at(n), key)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name != "prompt":
                yield from _texts(one, place.at(name), key if name in LANGUAGES else name)


def _found(words: Words) -> Iterator[tuple[str, str]]:
    """Language and name of each placeholder."""
    for language, text in words.items():
        yield from ((language, name) for name in dict.fromkeys(PLACEHOLDER.findall(text)))
