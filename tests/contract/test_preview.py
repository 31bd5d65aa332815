"""Every kind of stage and every voting method can be previewed, on the phone and on the screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from edp_app.core.definition import (
    CardSettings,
    Definition,
    GatherSettings,
    SortSettings,
    Stage,
    VoteSettings,
    kind_of,
)
from edp_app.core.formats import read_format
from edp_app.core.preview import PHONE, Preview, preview
from edp_app.core.stages import KINDS
from edp_app.core.voting import METHODS, method_for
from edp_app.web.definitions import library, shipped
from tests.support.memory import START

ROOT = Path(__file__).resolve().parents[2]
PRESETS = read_format((ROOT / "tests/support/every_preset.toml").read_bytes(), "every_preset.toml", library())


def every() -> Iterator[tuple[Definition, Stage]]:
    """All that people begin with: each stage of each format, and each of the library."""
    for definition in (PRESETS, *(one.definition for one in shipped().values())):
        for stage in definition.stages:
            yield definition, stage


EVERY = list(every())


def seen(definition: Definition, stage: str, **more: str) -> Preview:
    return preview(definition, stage, code="314159", now=START, called=lambda n: f"Example {n}", **more)


def test_nothing_is_missing_from_what_is_tried_here() -> None:
    assert {kind_of(stage.settings) for _, stage in EVERY} == {kind.id for kind in KINDS}
    votes = [stage.settings for _, stage in EVERY if isinstance(stage.settings, VoteSettings)]
    assert {method_for(vote.method).id for vote in votes} == {method.id for method in METHODS}
    assert any(vote.second_of for vote in votes)


@pytest.mark.parametrize(("definition", "stage"), EVERY, ids=[f"{d.title[:12]} {s.id}" for d, s in EVERY])
def test_each_stage_is_shown_as_it_is_when_it_opens(definition: Definition, stage: Stage) -> None:
    phone, own, screen = seen(definition, stage.id)
    for shown in (phone, screen):
        now = shown["now"]
        assert (now["stage"], now["kind"], now["status"]) == (stage.id, kind_of(stage.settings), "open")
        assert now["title"] == stage.title
        assert "result" not in now
        assert shown["workshop"]["title"] == definition.title
    assert own["person"] == PHONE
    assert own["joined"]
    assert own["group"] == definition.groups[0].id
    assert screen["people"]["total"] == 3 * len(definition.groups)
    match stage.settings:
        case VoteSettings():
            candidates = phone["now"]["candidates"]
            of = definition.stage(stage.settings.of)
            let_through = of.settings.passes if of and isinstance(of.settings, VoteSettings) else 4
            assert len(candidates) >= min(4, let_through)
            assert {one["title"][:8] for one in candidates.values()} == {"Example "}
            assert phone["now"]["method"]["type"] == method_for(stage.settings.method).id
            assert screen["now"]["cast"] == 0
        case CardSettings() | SortSettings():
            assert "Example 1" in str(phone["now"])
        case GatherSettings():
            assert not phone["now"].get("board", {}).get("items")
            assert ("Example 1" in str(phone)) is bool(stage.settings.links_to)


def test_a_second_round_shows_what_was_said_in_the_first() -> None:
    definition, stage = next(
        (d, s) for d, s in EVERY if isinstance(s.settings, VoteSettings) and s.settings.second_of
    )
    for candidate in seen(definition, stage.id).phone["now"]["candidates"].values():
        assert candidate["before"]["label"] in ("divided", "groups_differ")


def test_the_phone_is_that_of_the_group_that_is_asked_for() -> None:
    definition = shipped()["short"].definition
    last = definition.groups[-1].id
    assert seen(definition, "who", group=last).own["group"] == last
    assert seen(definition, "who", group="nobody").own["group"] == definition.groups[0].id
    with pytest.raises(LookupError):
        seen(definition, "no_such_stage")


@pytest.mark.parametrize(
    "changes",
    [{"door": "badges"}, {"door": "admitted"}, {"moderated": True}, {"privacy": "headcount"}],
    ids=lambda change: next(iter(change)),
)
def test_how_people_come_in_and_what_waits_hides_no_example(changes: dict[str, object]) -> None:
    definition = replace(shipped()["half_day"].definition, **changes)
    for stage in definition.stages:
        phone, own, screen = seen(definition, stage.id)
        assert own["joined"]
        assert phone["workshop"].get("moderated", False) is definition.moderated
        assert screen["workshop"]["way_in"] == definition.door
        if isinstance(stage.settings, VoteSettings):
            assert phone["now"]["candidates"]


def test_few_people_may_write_little_under_many_headings() -> None:
    definition = shipped()["short"].definition
    swot = definition.stage("swot")
    assert swot is not None
    columns = [replace(swot.settings.columns[0], id=f"c{n}") for n in range(12)]
    narrow = replace(swot, settings=replace(swot.settings, columns=columns, per_person=1))
    small = replace(
        definition,
        groups=definition.groups[:2],
        stages=[narrow if one.id == "swot" else one for one in definition.stages],
    )
    candidates = seen(small, "weigh").phone["now"]["candidates"]
    assert len(candidates) == 6


def test_the_same_workshop_gives_the_same_preview() -> None:
    definition, stage = EVERY[-1]
    assert seen(definition, stage.id) == seen(definition, stage.id)
