"""What the settings of a workshop mean together: ids, references between stages, limits that depend on
others."""

from collections.abc import Sequence

from edp_app.core.formats import messages as say
from edp_app.core.formats.cards import check_cards
from edp_app.core.formats.placeholders import check_placeholders
from edp_app.core.formats.references import ABOUT_PASSED, reference, unique
from edp_app.core.formats.shapes import Shapes, shown
from edp_app.core.formats.source import Place, Table
from edp_app.core.formats.statements import check_statements
from edp_app.core.formats.votes import check_of, check_vote, check_weighs
from edp_app.core.hours import minutes_of
from edp_app.core.results.cells import FEWEST

LISTS_OF_A_STAGE = ("columns", "fields", "questions")


def check_meaning(shapes: Shapes, read: Table, top: Place, stages: Sequence[Place]) -> None:
    """Note what does not fit together in a workshop. ``read`` may lack what was wrong by itself; ``stages``
    are the places of its stages."""
    for key in ("groups", "territories"):
        entries = read.get(key, [])
        unique(shapes, entries, [top.at(key).at(n) for n in range(len(entries))])
        _same_name(shapes, entries, top.at(key))
    _few_expected(shapes, read, top.at("groups"))
    _times(shapes, read, top.at("ends"))
    unique(shapes, read["stages"], stages)
    shapes.places = stages
    groups = [str(group["id"]) for group in read["groups"] if "id" in group]
    for n, (stage, place) in enumerate(zip(read["stages"], stages, strict=True)):
        settings = stage.get("settings", {})
        for group in stage.get("prompt_for", {}):
            if group not in groups and not shapes.wrong_groups:
                _unknown_group(shapes, group, groups, place.at("prompt_for").at(group))
        check_placeholders(shapes, stage, place)
        for key in LISTS_OF_A_STAGE:
            entries = settings.get(key, [])
            unique(shapes, entries, [place.at(key).at(k) for k in range(len(entries))])
        if settings.get("kind") == "gather":
            check_statements(shapes, settings, place.at("statements"))
        if "of" in settings and settings.get("kind") not in ABOUT_PASSED:
            reference(shapes, read["stages"], n, "of", settings["of"], place.at("of"))
        if "links_to" in settings:
            check_of(shapes, read["stages"], n, place.at("links_to"), "links_to")
        if settings.get("kind") == "vote":
            check_vote(shapes, read["stages"], n, place)
        if settings.get("kind") == "ask":
            check_weighs(shapes, read["stages"], n, place)
        if settings.get("kind") == "card":
            check_cards(shapes, read["stages"], n, place)


def _unknown_group(shapes: Shapes, group: str, groups: Sequence[str], place: Place) -> None:
    params = {"key": "prompt_for", "value": shown(group)}
    if close := shapes.near(group, groups):
        shapes.wrong(place, say.UNKNOWN_GROUP_NEAR, near=close, **params)
    else:
        shapes.wrong(place, say.UNKNOWN_GROUP, **params)


def _same_name(shapes: Shapes, entries: Sequence[Table], place: Place) -> None:
    """Warn of groups, or territories, that are called alike: people choose by the name."""
    first: dict[tuple[str, str], str] = {}
    for n, entry in enumerate(entries):
        for language, name in entry.get("name", {}).items():
            own, called = str(entry.get("id", "")), (language, name.casefold())
            if first.setdefault(called, own) != own:
                at = place.at(n).at("name").at(language)
                shapes.warnings.append(at.error(say.SAME_NAME, value=own, other=first[called], name=name))
                break


def _times(shapes: Shapes, read: Table, place: Place) -> None:
    """Note an end before the beginning, and warn where the stages do not fit between them."""
    starts, ends = read.get("starts"), read.get("ends")
    if not starts or not ends:
        return
    there = minutes_of(ends) - minutes_of(starts)
    if there <= 0:
        shapes.wrong(place, say.ENDS_BEFORE, key="ends", value=ends, starts=starts)
        return
    total = sum(stage.get("minutes", 0) for stage in read["stages"])
    if total > there:
        params = {"minutes": total, "there": there, "over": total - there}
        shapes.warnings.append(place.error(say.TOO_LONG_FOR_END, starts=starts, ends=ends, **params))


def _few_expected(shapes: Shapes, read: Table, place: Place) -> None:
    """Warn of groups that will hardly be told by themselves: facilitators hear it otherwise in front of the
    room."""
    if read.get("privacy", "grouped") != "grouped":
        return
    for n, group in enumerate(read["groups"]):
        expected = group.get("expected")
        if isinstance(expected, int) and 0 < expected < FEWEST:
            at = place.at(n).at("expected")
            shapes.warnings.append(at.error(say.FEW_EXPECTED, value=group.get("id", ""), expected=expected))
