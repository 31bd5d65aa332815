"""Texts that lack a language: that of the workshop, or one into which the file translates other texts."""

from edp_app.core.formats import messages as say
from edp_app.core.formats.shapes import Shapes, Worded
from edp_app.core.formats.source import Table


def warn_of_languages(shapes: Shapes, raw: Table, name: str) -> None:
    """Warn of every text that was read and lacks a language. ``name``: the file itself; what the library says
    is whole. A text in one language alone is not meant to be translated: only those are looked at that
    are in several."""
    own = [text for text in shapes.worded if text.place.file == name]
    translated = [text for text in own if len(text.languages) > 1]
    spoken = sorted({language for text in translated for language in text.languages})
    for text in own:
        if shapes.language not in text.languages:
            _warn(shapes, raw, text, (say.NO_LANGUAGE, say.NO_LANGUAGE_OF_STAGE), shapes.language)
    for text in translated:
        for language in spoken:
            if language not in (*text.languages, shapes.language):
                _warn(shapes, raw, text, (say.NOT_TRANSLATED, say.NOT_TRANSLATED_OF_STAGE), language)


def _warn(shapes: Shapes, raw: Table, text: Worded, messages: tuple[str, str], language: str) -> None:
    """``messages``: of a text that stands in no stage, and of one that does."""
    stage = _stage_of(raw, text)
    message = messages[1] if stage else messages[0]
    params = {"stage": stage} if stage else {}
    shapes.warnings.append(text.place.error(message, key=text.key, language=language, **params))


def _stage_of(raw: Table, text: Worded) -> str:
    """The id of the stage that a text stands in, as the file gives it; empty where it stands in none."""
    path = text.place.path
    if len(path) < 2 or path[0] != "stages" or not isinstance(path[1], int):
        return ""
    stage = raw["stages"][path[1]]
    return str(stage.get("id") or stage.get("use") or path[1] + 1)[:40]
