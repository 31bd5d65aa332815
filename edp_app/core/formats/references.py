"""Ids that stand only once, and settings that name an earlier stage."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from edp_app.core.formats import messages as say
from edp_app.core.formats.shapes import Shapes, shown
from edp_app.core.formats.source import Place, Table

ABOUT_PASSED = ("vote", "card")
"""The kinds that may be about what passed by a vote."""


def unique(shapes: Shapes, entries: Sequence[Table], places: Sequence[Place]) -> None:
    """Note every id that stands a second time."""
    first: dict[str, int] = {}
    for entry, place in zip(entries, places, strict=True):
        if (own := entry.get("id")) is None:
            continue
        here = place.at("id") if place.holds("id") or not place.holds("use") else place.at("use")
        if own in first:
            message = say.DUPLICATE_ID if here == place.at("id") else say.USED_TWICE
            shapes.wrong(here, message, value=own, first=first[own])
        first.setdefault(own, here.line)


def reference(
    shapes: Shapes,
    stages: Sequence[Table],
    n: int,
    key: str,
    target: str,
    place: Place,
    *,
    kind: str = "gather",
    message: str = say.NOT_GATHER,
    also: Sequence[str] = (),
) -> Table | None:
    """The stage of this ``kind`` before the ``n``-th that a setting names; None, and noted, where there is
    none. ``message`` says that the stage is of another kind; ``also``: the kinds that would do as well, when
    the one that was meant is looked for."""
    params: dict[str, Any] = {"key": key, "value": shown(target)}
    if find(stages, target) is None:
        if target not in shapes.awaited and not shapes.nameless:
            _unknown(shapes, fitting(stages[:n], (kind, *also)), target, place, params)
        return None
    found = find(stages[:n], target)
    if found is None:
        if stages[n].get("id") == target:
            shapes.wrong(place, say.STAGE_ITSELF, **params)
        elif not _goes_round(shapes, stages, n, target, place, params):
            shapes.wrong(place, say.STAGE_LATER, **params)
    elif kind_of(found) == kind:
        return found
    elif kind_of(found) is not None:
        shapes.wrong(place, message, **params)
    return None


def _unknown(
    shapes: Shapes, choices: Sequence[str], target: str, place: Place, params: dict[str, Any]
) -> None:
    if close := shapes.near(target, choices):
        shapes.wrong(place, say.UNKNOWN_STAGE_NEAR, near=close, **params)
    elif choices:
        shapes.wrong(place, say.UNKNOWN_STAGE, choices=", ".join(choices), **params)
    else:
        shapes.wrong(place, say.UNKNOWN_STAGE_NONE, **params)


def name_of(shapes: Shapes, kind: str, before: Sequence[Table], place: Place) -> None:
    """Note that a stage of this kind does not say which of those ``before`` it is about."""
    choices = fitting(before, ("gather", "vote") if kind in ABOUT_PASSED else ("gather",))
    if choices:
        shapes.wrong(place, say.MISSING_OF, key="of", choices=", ".join(choices))
    else:
        shapes.wrong(place, say.MISSING, key="of")


def fitting(stages: Sequence[Table], kinds: Sequence[str]) -> list[str]:
    """The ids of the stages of these kinds."""
    return [str(one["id"]) for one in stages if kind_of(one) in kinds and "id" in one]


def find(stages: Sequence[Table], target: str) -> Table | None:
    """The first stage with this id."""
    return next((stage for stage in stages if stage.get("id") == target), None)


def kind_of(stage: Table) -> str | None:
    """The kind of a stage; None where that was wrong by itself."""
    kind: str | None = stage.get("settings", {}).get("kind")
    return kind


# ---- stages that rest on each other in a circle


def _goes_round(
    shapes: Shapes, stages: Sequence[Table], n: int, target: str, place: Place, params: dict[str, Any]
) -> bool:
    """Whether the later stage that the ``n``-th names rests on that one, by itself or through others; noted,
    once for each circle."""
    own = str(stages[n].get("id", ""))
    way = _way(stages, target, own)
    if not way:
        return False
    around = [own, *way]
    if frozenset(around) not in shapes.circles:
        shapes.circles.add(frozenset(around))
        lines = sorted({place.line, *_lines(shapes, stages, way)})
        shown_lines = ", ".join(map(str, lines))
        shapes.wrong(place, say.CIRCLE, around=" → ".join(around), lines=shown_lines, **params)
    return True


def _way(stages: Sequence[Table], begin: str, end: str) -> list[str]:
    """The shortest way from one stage to another by what each rests on, both of them named; [] where there is
    none."""
    ways = [[begin]]
    seen = {begin}
    for way in ways:
        if way[-1] == end:
            return way
        stage = find(stages, way[-1])
        for _key, named in () if stage is None else _rests_on(stage):
            if named not in seen:
                seen.add(named)
                ways.append([*way, named])
    return []


def _lines(shapes: Shapes, stages: Sequence[Table], way: Sequence[str]) -> Iterator[int]:
    """The lines of the settings by which each stage of a way names the next one."""
    for one, following in pairwise(way):
        at = next(k for k, stage in enumerate(stages) if stage.get("id") == one)
        key = next(key for key, named in _rests_on(stages[at]) if named == following)
        yield shapes.places[at].at(key).line


def _rests_on(stage: Table) -> Iterator[tuple[str, str]]:
    """The settings of a stage that name another one, and what they name."""
    settings = stage.get("settings", {})
    for key in ("second_of", "of", "links_to"):
        if key in settings:
            yield key, settings[key]
    if "weights_from" in (method := settings.get("method", {})):
        yield "weights_from", method["weights_from"]
