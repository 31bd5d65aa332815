"""What was taken out of a workshop that is being prepared, brought back: as it was, at its place, in the
workshop as it is now. What was changed since stays as it was changed."""

from collections.abc import Callable, Collection, Sequence
from copy import deepcopy
from dataclasses import dataclass

from flask_babel import gettext as _

from edp_app.core.definition import in_language
from edp_app.core.editing import may_change_groups
from edp_app.core.removed import Lost, Removal, can_come_back, place_in
from edp_app.core.state import State
from edp_app.i18n import language
from edp_app.web.editor.changes import LOOSE, NEEDED, Table, find, named
from edp_app.web.editor.texts import named as listed

OF_ALL = ("title", "minutes", "prompt", "prompt_for", "year", "step", "kind", "id")
"""What a stage has by whatever method people vote in it."""


@dataclass(frozen=True)
class Out:
    """Something that can be brought back, as the list of stages names it."""

    seq: int
    said: str
    names: str


def out(state: State) -> list[Out]:
    """What can be brought back, the latest first."""
    found = []
    for removal in reversed(state.removed):
        lost = can_come_back(removal, state.definition)
        if any(one.path[0] != "stages" for one in lost) and not may_change_groups(state):
            continue
        if lost:
            names = listed([in_language(one.name, language()) or one.path[-1] for one in lost])
            found.append(Out(removal.seq, _said(removal, lost, names), names))
    return found


def _said(removal: Removal, lost: Sequence[Lost], names: str) -> str:
    """What was taken out, in a sentence."""
    if all(one.path[0] == "stages" and len(one.path) == 2 for one in lost):
        return _("Removed: %(names)s.", names=names)
    inner = {one.path[1] for one in lost if one.path[0] == "stages" and len(one.path) > 2}
    stage = removal.was.stage(next(iter(inner))) if inner else None
    if stage is None:
        return _("Taken out: %(names)s.", names=names)
    return _("Taken out of “%(stage)s”: %(names)s.", stage=in_language(stage.title, language()), names=names)


def ids_out(state: State) -> set[str]:
    """The ids of what can be brought back: nothing else is to be called so meanwhile."""
    return {one.path[-1] for removal in state.removed for one in removal.lost}


def restored(
    now: Table, removals: Sequence[Removal], seq: int, raw_of: Callable[[Removal], tuple[Table, Table]]
) -> Table | None:
    """The workshop with what this removal took out, and with the stages without which that cannot be, which
    were taken out as well. None if there is no such removal. ``raw_of``: the workshop before and after a
    removal as the values of a format file."""
    wanted = next((one for one in removals if one.seq == seq), None)
    if wanted is None:
        return None
    done = brought_back(now, *raw_of(wanted), wanted)
    for _again in removals:  # each brings one of them at least, or nothing is missing
        there = {stage["id"] for stage in done["stages"]}
        missing = {of for stage in done["stages"] for of in named(stage, NEEDED)} - there
        other = next((one for one in reversed(removals) if one.stages & missing), None)
        if other is None:
            break
        done = brought_back(done, *raw_of(other), other)
        done = brought_back(done, *raw_of(wanted), wanted)
    return done


def brought_back(now: Table, was: Table, became: Table, removal: Removal) -> Table:
    """The workshop ``now`` with what there ``was`` before this change and not any more when it ``became``
    what it was after it."""
    done, stages = dict(now), removal.stages
    gone = stages | {one["id"] for one in was["groups"]} - {one["id"] for one in became["groups"]}
    for name in ("groups", "territories", "stages"):
        if name in was:
            order = removal.order if name == "stages" else [one["id"] for one in was[name]]
            done[name] = _entries(now.get(name, []), was[name], became.get(name, []), gone, order)
    for n, stage in enumerate(done["stages"]):
        before = find(now["stages"], stage["id"])
        earlier = {one["id"] for one in done["stages"][:n]}
        if before is not None and named(stage) & stages - earlier:  # it was moved before them since
            names = {key: before[key] for key in (*NEEDED, *LOOSE) if key in before}
            kept = {key: value for key, value in stage.items() if key not in (*NEEDED, *LOOSE)}
            done["stages"][n] = kept | names
    return done


def _entries(
    now: Sequence[Table],
    was: Sequence[Table],
    became: Sequence[Table],
    gone: Collection[str],
    order: Sequence[str],
) -> list[Table]:
    """A list with the entries that are missing in it, each at its place in ``order`` and behind what it rests
    on; and the others with what was in them."""
    then, after = ({one["id"]: one for one in entries} for entries in (was, became))
    done = [
        _entry(one, then[one["id"]], after[one["id"]], gone)
        if one["id"] in then and one["id"] in after
        else one
        for one in now
    ]
    for one in was:
        there = [other["id"] for other in done]
        if one["id"] in after or one["id"] in there:
            continue
        behind = [1 + there.index(of) for of in named(one) if of in there]
        done.insert(max(place_in(there, order[: order.index(one["id"])]), *behind, 0), deepcopy(one))
    return done


def _entry(now: Table, was: Table, became: Table, gone: Collection[str]) -> Table:
    """One entry with what was in it: entries of its lists, what it named of what is gone."""
    done = dict(now)
    if any(_has_entries(value) and key not in became and key not in now for key, value in was.items()):
        done = _judged_as(now, was, became)
    for key, value in was.items():
        if _has_entries(value) and isinstance(value, list) and key in done:
            order = [one["id"] for one in value]
            done[key] = _entries(done[key], value, became.get(key, []), gone, order)
        elif key == "prompt_for":
            lost = {of: value[of] for of in value if of in gone and of not in now.get(key, {})}
            if lost:
                done[key] = {**now.get(key, {}), **lost}
        elif key in (*NEEDED, *LOOSE) and value in gone and now.get(key) == became.get(key):
            done[key] = value
    return done


def _judged_as(now: Table, was: Table, became: Table) -> Table:
    """A stage by the method that it had, or with the lists that it had none of any more."""
    changed = {key for key in {*was, *became} if key not in OF_ALL and was.get(key) != became.get(key)}
    kept = {key: value for key, value in now.items() if key not in changed}
    return kept | {key: deepcopy(was[key]) for key in was if key in changed}


def _has_entries(value: object) -> bool:
    """Whether it is a list of entries with ids, or one such entry."""
    if isinstance(value, list):
        return bool(value) and isinstance(value[0], dict) and "id" in value[0]
    return isinstance(value, dict) and "id" in value
