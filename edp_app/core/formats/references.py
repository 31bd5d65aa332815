"""Ids that stand only once, and settings that name an earlier stage."""

from collections.abc import Sequence
from typing import Any

from edp_app.core.formats import messages as say
from edp_app.core.formats.shapes import Shapes, shown
from edp_app.core.formats.source import Place, Table


def unique(shapes: Shapes, entries: Sequence[Table], places: Sequence[Place]) -> None:
    """Note every id that stands a second time."""
    first: dict[str, int] = {}
    for entry, place in zip(entries, places, strict=True):
        if (own := entry.get("id")) is None:
            continue
        line = place.at("id").line
        if own in first:
            shapes.wrong(place.at("id"), say.DUPLICATE_ID, value=own, first=first[own])
        first.setdefault(own, line)


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
        fitting = [str(s["id"]) for s in stages[:n] if kind_of(s) in (kind, *also) and "id" in s]
        if close := shapes.near(target, fitting):
            shapes.wrong(place, say.UNKNOWN_STAGE_NEAR, near=close, **params)
        else:
            shapes.wrong(place, say.UNKNOWN_STAGE, **params)
        return None
    found = find(stages[:n], target)
    if found is None:
        itself = stages[n].get("id") == target
        shapes.wrong(place, say.STAGE_ITSELF if itself else say.STAGE_LATER, **params)
    elif kind_of(found) == kind:
        return found
    elif kind_of(found) is not None:
        shapes.wrong(place, message, **params)
    return None


def find(stages: Sequence[Table], target: str) -> Table | None:
    """The first stage with this id."""
    return next((stage for stage in stages if stage.get("id") == target), None)


def kind_of(stage: Table) -> str | None:
    """The kind of a stage; None where that was wrong by itself."""
    kind: str | None = stage.get("settings", {}).get("kind")
    return kind
