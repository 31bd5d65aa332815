"""The criteria of the field, ready to be added to a vote, and to the stage in which the room agrees on how
much each counts: those of the presets of the library, and those that no preset has."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from functools import cache, partial
from typing import NamedTuple

from edp_app.core.definition import in_language
from edp_app.core.formats.votes import can_weigh
from edp_app.i18n import language
from edp_app.web import definitions
from edp_app.web.editor.changes import Table, like_others


class Offer(NamedTuple):
    """One entry that can be added as it is. ``says``: what is looked at; ``beside``: whether funders alone
    score it; ``is_there``: whether it is in the list already."""

    name: str
    title: str
    says: str
    beside: bool
    is_there: bool


@cache
def criteria() -> Mapping[str, Table]:
    """All of them by id, those of the presets first, and of these first what ``score`` scores by. Of two with
    the same id the first is meant."""
    library = definitions.library()
    presets = sorted(library.presets, key=lambda name: name != "score")
    found: dict[str, Table] = {}
    for raw in (*(library.presets[name].raw for name in presets), library.more):
        for one in raw.get("criteria", ()):
            found.setdefault(one["id"], one)
    return found


@cache
def questions() -> Mapping[str, Table]:
    """By the id of a criterion: how the room is asked how much it counts."""
    library, known = definitions.library(), criteria()
    asking = [preset.raw for preset in library.presets.values() if preset.raw["kind"] == "ask"]
    asking = [raw for raw in asking if all(one["id"] in known for one in raw["questions"])]
    found: dict[str, Table] = {}
    for raw in (*asking, library.more):
        for one in raw.get("questions", ()):
            found.setdefault(one["id"], one)
    return found


def ready_for(stage: Table, stages: Sequence[Table]) -> dict[str, dict[str, Table]]:
    """What can be added to the lists of a stage as it is: by list and id."""
    if stage.get("method") == "criteria" and not stage.get("second_of"):
        return {"criteria": deepcopy(dict(criteria()))}
    if asks_about_criteria(stage, stages):
        like = like_others(stage)
        return {"questions": {id_: {**deepcopy(one), **like} for id_, one in questions().items()}}
    return {}


def asks_about_criteria(stage: Table, stages: Sequence[Table]) -> bool:
    """Whether the room agrees in this stage on how much criteria count: a vote takes its weights from there,
    or it is as in the library."""
    if stage["kind"] != "ask":
        return False
    asked = [one for one in stage.get("questions", ()) if one.get("id") in questions()]
    return any(one.get("weights_from") == stage["id"] for one in stages) or can_weigh(asked, asked)


def offers(stage: Table, stages: Sequence[Table], own: str) -> dict[str, list[Offer]]:
    """The same as the form lists it, in the reader's language. ``own``: the language of the workshop."""
    there: dict[str, Callable[[Table, Table], bool]] = {
        "criteria": partial(_same_name, own=own),
        "questions": _same_id,
    }
    return {
        name: [
            Offer(
                id_,
                in_language(one.get("name") or one["text"], language()),
                in_language(one.get("asks", {}), language()),
                bool(one.get("beside")),
                any(there[name](one, other) for other in stage.get(name, ())),
            )
            for id_, one in ready.items()
        ]
        for name, ready in ready_for(stage, stages).items()
    }


def _same_id(one: Table, other: Table) -> bool:
    """Whether a question asks about the same criterion: its id says so."""
    return bool(one["id"] == other.get("id"))


def _same_name(one: Table, other: Table, own: str) -> bool:
    """Whether a criterion is called the same in the workshop's ``own`` language; one that was renamed there
    is another, whatever the languages say that were not in sight."""
    return _same_words(one["name"], other.get("name", {}), own)


def _same_words(some: Mapping[str, str], others: Mapping[str, str], own: str) -> bool:
    return some.get(own, "").casefold() == others.get(own, "").casefold()


def asked_as(vote: Table, own: str) -> dict[str, Table]:
    """By id: how the room is asked about those criteria of a vote that are called as here, in the workshop's
    ``own`` language."""
    known = {one["id"]: one for one in vote.get("criteria", ()) if one["id"] in questions()}
    same = (id_ for id_, one in known.items() if _same_name(criteria().get(id_, one), one, own))
    return {id_: questions()[id_] for id_ in same}


def scored_as(asking: Table, own: str) -> dict[str, Table]:
    """By id: the criteria that a stage asks about as here, in the workshop's ``own`` language. A question
    that somebody wrote, or rewrote, is about something else."""
    known = {one["id"]: one for one in asking.get("questions", ()) if one["id"] in questions()}
    same = (
        id_ for id_, one in known.items() if _same_words(questions()[id_]["text"], one.get("text", {}), own)
    )
    return {id_: criteria()[id_] for id_ in same if id_ in criteria()}
