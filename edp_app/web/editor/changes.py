"""What can be done with the stages of a workshop that is being prepared, as the values of a format file:
moved, removed with what rests on them, added from the library. Whether the outcome is a workshop, the rules
of format files say."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any

import msgspec

from edp_app.core.definition import Definition
from edp_app.core.editing import stages_as_planned
from edp_app.core.formats import table_of, wired
from edp_app.core.formats.reader import AS_FIRST
from edp_app.core.state import State
from edp_app.core.text import unaccented

Table = dict[str, Any]

NEEDED = ("of", "second_of")
"""Settings that name a stage without which a stage cannot be."""
LOOSE = ("links_to", "weights_from")
"""Those without which it can."""


def values_of(state: State) -> Table:
    """The workshop as the values of a format file, with the minutes that are planned now."""
    return raw_of(msgspec.structs.replace(state.definition, stages=stages_as_planned(state)))


def raw_of(definition: Definition) -> Table:
    """A workshop as the values of a format file. What a second round has from the first is left out, so that
    it follows whatever becomes of that."""
    raw = table_of(definition)
    for stage in raw["stages"]:
        first = find(raw["stages"], stage.get("second_of", ""))
        if first is not None:
            for key in AS_FIRST:
                if key in stage and stage[key] == first.get(key):
                    del stage[key]
    return raw


def asking_its_groups(raw: Table) -> Table:
    """The same workshop without what is asked of groups that it does not have."""
    known = {group["id"] for group in raw["groups"]}
    stages = []
    for stage in raw["stages"]:
        asked = {of: words for of, words in stage.get("prompt_for", {}).items() if of in known}
        rest = {key: value for key, value in stage.items() if key != "prompt_for" or asked}
        stages.append(rest | {"prompt_for": asked} if asked else rest)
    return {**raw, "stages": stages}


def find(stages: Iterable[Table], stage_id: str) -> Table | None:
    """The stage with this id."""
    return next((stage for stage in stages if stage["id"] == stage_id), None)


def named(stage: Table, keys: Sequence[str] = (*NEEDED, *LOOSE)) -> set[str]:
    """The stages that this one names."""
    return {str(stage[key]) for key in keys if stage.get(key)}


def needing(stages: Sequence[Table], stage_id: str) -> list[str]:
    """The stages that cannot be without this one, nor without one of those, in their order."""
    gone = {stage_id}
    for stage in stages:  # a stage names earlier ones only
        lost = named(stage, NEEDED) & gone
        if lost and (stage.get("second_of") in lost or about_instead(stages, stage, gone) is None):
            gone.add(stage["id"])
    return [stage["id"] for stage in stages if stage["id"] in gone - {stage_id}]


def about_instead(stages: Sequence[Table], stage: Table, gone: Collection[str]) -> str | None:
    """What a stage is about once these are gone, or what can be named there, if that was what passed by one
    of them: what that vote had been about. None if it was something else, or nothing of it is left."""
    of = str(stage.get(_rests_by(stage), ""))
    if of not in gone:
        return None
    while of in gone:
        vote = find(stages, of)
        if vote is None or vote["kind"] != "vote":
            return None
        of = wired.about(stages, vote)
    return of


def _rests_by(stage: Table) -> str:
    """The setting by which it may rest on what a vote passed."""
    return "links_to" if stage["kind"] == "gather" else "of"


def turned(stages: Sequence[Table], gone: Collection[str]) -> dict[str, str]:
    """The stages that stay and are about something else then, with what they are about."""
    found = {one["id"]: about_instead(stages, one, gone) for one in stages if one["id"] not in gone}
    return {stage: of for stage, of in found.items() if of is not None}


def loosened(stages: Sequence[Table], gone: set[str]) -> list[str]:
    """The stages that stay and lose what they name among those that go."""
    about = turned(stages, gone)

    def lost(stage: Table) -> set[str]:
        there = [key for key in LOOSE if key != _rests_by(stage) or stage["id"] not in about]
        return named(stage, there) & gone

    return [stage["id"] for stage in stages if stage["id"] not in gone and lost(stage)]


def without(stages: Sequence[Table], gone: set[str]) -> list[Table]:
    """The stages that stay, without what named one of those that go, or about what is left of it."""
    about = turned(stages, gone)
    kept = [
        {key: value for key, value in stage.items() if key not in LOOSE or value not in gone}
        for stage in stages
        if stage["id"] not in gone
    ]
    return [
        stage | {_rests_by(stage): about[stage["id"]]} if stage["id"] in about else stage for stage in kept
    ]


def moved(stages: Sequence[Table], stage_id: str, up: bool) -> list[Table] | Table:
    """The stages with this one moved by one place; or the other one, if one of the two rests on the other."""
    at = next(n for n, stage in enumerate(stages) if stage["id"] == stage_id)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(stages):
        return list(stages)
    first, second = stages[min(at, other)], stages[max(at, other)]
    if first["id"] in named(second):
        return stages[other]
    done = list(stages)
    done[at], done[other] = done[other], done[at]
    return done


def from_library(
    name: str,
    presets: Mapping[str, Table],
    stages: Sequence[Table],
    place: int,
    groups: Collection[str],
    taken: Collection[str] = (),
) -> Table | str:
    """A stage of the library as it would stand at this place: :func:`~edp_app.core.formats.wired.wired`, with
    what it asks of these ``groups``. What is missing before, if it is about something: ``gather`` or
    ``criteria``. ``taken``: ids that it must not have besides."""
    wires = wired.wired(name, presets, stages[:place])
    if isinstance(wires, str):
        return wires
    ids = {one["id"] for one in stages}.union(taken)
    stage: Table = {**deepcopy(dict(presets[name])), "id": free_id(name, ids)}
    if "prompt_for" in stage:
        stage["prompt_for"] = {of: words for of, words in stage["prompt_for"].items() if of in groups}
    return stage | wires


def sorted_before(
    stages: Sequence[Table], vote: Table, presets: Mapping[str, Table], taken: Collection[str]
) -> tuple[list[Table], Table]:
    """The stages with a sort of what this vote is about before the first vote on it: the one that comes too
    late, or else that of the library; and which it is. ``taken``: see :func:`from_library`."""
    votes = [one for one in stages if one["kind"] == "vote" and one.get("of") == vote["of"]]
    sort = next((one for one in stages if one["kind"] == "sort" and one["of"] == vote["of"]), None)
    rest = [one for one in stages if one is not sort]
    if sort is None:
        name = next(name for name, preset in presets.items() if preset["kind"] == "sort")
        ids = {one["id"] for one in stages}.union(taken)
        sort = {**deepcopy(dict(presets[name])), "id": free_id(name, ids), "of": vote["of"]}
    place = rest.index(votes[0])
    return [*rest[:place], sort, *rest[place:]], sort


def weighed(was: Sequence[Table], stages: Sequence[Table]) -> tuple[list[Table], dict[str, str]]:
    """The stages, with each vote that can taking its weights from a stage that has come before it and was not
    there: added, or moved. And which these votes are, with where their weights come from now."""
    places = {one["id"]: n for n, one in enumerate(was)}
    taking = {}
    for n, vote in enumerate(stages):
        for asking in stages[:n]:
            came = places.get(asking["id"], len(was)) >= places.get(vote["id"], 0)
            if came and wired.could_take(vote, asking):
                taking[vote["id"]] = str(asking["id"])
    done = [one | {"weights_from": taking[one["id"]]} if one["id"] in taking else one for one in stages]
    return done, taking


def with_weights_asked(
    stages: Sequence[Table], before: Table, stage: Table, ready: Mapping[str, Table]
) -> str | None:
    """Have the stage in which the room agrees on the weights ask about the criteria of this vote, too:
    about those that are new, as those that are ``ready`` by their id say it, and no more about those that
    went. Changes that stage; its id, if it changed."""
    asking = find(stages, stage.get("weights_from") or "")
    if asking is None or asking["kind"] != "ask" or stage.get("method") != "criteria":
        return None
    wanted = {one["id"]: one for one in stage["criteria"] if not one.get("beside")}
    went = {one["id"] for one in before.get("criteria", ())} - wanted.keys()
    kept = [one for one in asking["questions"] if one["id"] not in went]
    there = {one["id"] for one in kept}
    like = like_others(asking)
    new = [
        {**ready.get(id_, {"text": one["name"]}), "id": id_, **like}
        for id_, one in wanted.items()
        if id_ not in there
    ]
    if not new and len(kept) == len(asking["questions"]):
        return None
    asking["questions"] = [*kept, *new]
    return str(asking["id"])


def like_others(asking: Table) -> Table:
    """How one more scale of a stage has to be, so that all of them are alike."""
    scales = [one for one in asking["questions"] if one.get("type", "scale") == "scale"]
    return {key: scales[0][key] for key in ("steps", "low", "high") if scales and key in scales[0]}


def with_criteria_scored(
    stages: Sequence[Table], before: Table, asking: Table, ready: Mapping[str, Table]
) -> list[str]:
    """Have the votes that take their weights from this stage score by what it asks about now, and did not
    before, where the criterion of that question is ``ready``. Changes those votes; their ids."""
    asked = {one["id"] for one in asking.get("questions", ())}
    new = asked - {one["id"] for one in before.get("questions", ())}
    changed = []
    for vote in stages:
        if vote.get("weights_from") != asking["id"] or vote.get("second_of"):
            continue
        there = {one["id"] for one in vote["criteria"]}
        if more := [deepcopy(one) for id_, one in ready.items() if id_ in new - there]:
            vote["criteria"] = [*vote["criteria"], *more]
            changed.append(str(vote["id"]))
    return changed


def without_example(before: Table, stage: Table, presets: Iterable[Table]) -> Table | None:
    """The stage without the example that goes with the library's question, where that question was replaced
    and the example left: as in a file. None where there is nothing to take out."""
    columns = stage.get("columns", [])
    if stage.get("prompt") == before.get("prompt") or len(columns) != 1:
        return None
    examples = [one["columns"][0].get("prompt") for one in presets if len(one.get("columns", [])) == 1]
    if not columns[0].get("prompt") or columns[0]["prompt"] not in examples:
        return None
    return {**stage, "columns": [{key: value for key, value in columns[0].items() if key != "prompt"}]}


def free_id(wanted: str, taken: set[str]) -> str:
    """An id that says what it is of, and that nothing else has."""
    plain = re.sub(r"[^a-z0-9]+", "_", unaccented(wanted).lower()).strip("_")[:26].rstrip("_")
    stem = plain if plain[:1].isalpha() else f"n_{plain}".rstrip("_")
    n, found = 1, stem
    while found in taken:
        n += 1
        found = f"{stem}_{n}"
    return found
