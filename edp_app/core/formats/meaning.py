"""What the settings of a workshop mean together: ids, references between stages, limits that depend on
others."""

from collections.abc import Sequence
from typing import Any

from edp_app.core.formats import messages as say
from edp_app.core.formats.shapes import Shapes, shown
from edp_app.core.formats.source import Place, Table

REFERENCES = ("of", "links_to")
"""Settings that name an earlier gather stage."""
LISTS_OF_A_STAGE = ("columns", "fields", "questions")


def check_meaning(shapes: Shapes, read: Table, top: Place, stages: Sequence[Place]) -> None:
    """Note what does not fit together in a workshop. ``read`` may lack what was wrong by itself; ``stages``
    are the places of its stages."""
    for key in ("groups", "territories"):
        entries = read.get(key, [])
        _unique(shapes, entries, [top.at(key).at(n) for n in range(len(entries))])
    _unique(shapes, read["stages"], stages)
    for n, (stage, place) in enumerate(zip(read["stages"], stages, strict=True)):
        settings = stage.get("settings", {})
        for key in LISTS_OF_A_STAGE:
            entries = settings.get(key, [])
            _unique(shapes, entries, [place.at(key).at(k) for k in range(len(entries))])
        for key in REFERENCES:
            if key in settings:
                _reference(shapes, read["stages"], n, key, settings[key], place.at(key))
        if settings.get("kind") == "vote":
            _vote(shapes, read["stages"][:n], settings, place)


def _unique(shapes: Shapes, entries: Sequence[Table], places: Sequence[Place]) -> None:
    first: dict[str, int] = {}
    for entry, place in zip(entries, places, strict=True):
        if (own := entry.get("id")) is None:
            continue
        line = place.at("id").line
        if own in first:
            shapes.wrong(place.at("id"), say.DUPLICATE_ID, value=own, first=first[own])
        first.setdefault(own, line)


def _reference(shapes: Shapes, stages: Sequence[Table], n: int, key: str, target: str, place: Place) -> None:
    params: dict[str, Any] = {"key": key, "value": shown(target)}
    known = [stage.get("id") for stage in stages]
    if target not in known:
        gathers = [str(s["id"]) for s in stages[:n] if _kind(s) == "gather" and "id" in s]
        if close := shapes.near(target, gathers):
            shapes.wrong(place, say.UNKNOWN_STAGE_NEAR, near=close, **params)
        else:
            shapes.wrong(place, say.UNKNOWN_STAGE, **params)
    elif target not in known[:n]:
        shapes.wrong(place, say.STAGE_LATER, **params)
    elif _kind(stages[known.index(target)]) not in ("gather", None):
        shapes.wrong(place, say.NOT_GATHER, **params)


def _kind(stage: Table) -> str | None:
    """The kind of a stage; None where that was wrong by itself."""
    kind: str | None = stage.get("settings", {}).get("kind")
    return kind


def _vote(shapes: Shapes, before: Sequence[Table], settings: Table, place: Place) -> None:
    method = settings.get("method", {})
    if "cap" in method and "dots" in method and method["cap"] > method["dots"]:
        shapes.wrong(place.at("cap"), say.CAP_ABOVE_DOTS, cap=method["cap"], dots=method["dots"])
    of = str(settings.get("of", ""))
    sorted_before = any(_kind(s) == "sort" and s["settings"].get("of") == of for s in before)
    if not sorted_before and of in [s.get("id") for s in before]:
        shapes.warnings.append(place.at("of").error(say.NO_SORT, value=of))
