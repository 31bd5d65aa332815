"""What is shipped to begin with: every preset of the library, and the formats that are made of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from edp_app.core import definition as d
from edp_app.core.formats import Checked, Library, check_format

WORKSHOPS = Path(__file__).parents[2] / "workshops"
EVERY_PRESET = Path(__file__).parents[1] / "support" / "every_preset.toml"
LIBRARY = Library.in_folder(WORKSHOPS / "library")

STEPS = {
    "": "opening talk pitches funders_briefing break lunch readiness evaluation weigh",
    "governance": "who missing_voices",
    "analysis": "evidence evidence_check swot value_chain",
    "vision": "changes drivers vision vision_agree",
    "priorities": "group_and_name ideas shortlist points rank agree_criteria score second_round read_back",
    "policy_mix": "fundability policy_mix project_card",
    "monitoring": "commitments feedback indicators",
}
"""The step of smart specialisation that a preset belongs to; none: to any of them, or to the agenda alone."""

MINUTES = {"half_day": 210, "full_day": 420, "lab": 240, "binational": 240}
"""How long the field's formats take."""


def checked(path: Path) -> Checked:
    return check_format(path.read_bytes(), path.name, LIBRARY)


def definition(path: Path) -> d.Definition:
    found = checked(path)
    assert found.definition is not None, [error.sentence() for error in found.errors]
    return found.definition


def words_in(value: Any) -> Iterator[dict[str, str]]:
    """Every text in it that has languages."""
    if isinstance(value, list):
        for entry in value:
            yield from words_in(entry)
    elif isinstance(value, dict):
        if value and set(value) <= set(d.LANGUAGES) and all(isinstance(text, str) for text in value.values()):
            yield value
        else:
            for entry in value.values():
                yield from words_in(entry)


def test_the_presets_of_the_field_have_their_step() -> None:
    """Others may come: a preset is one file."""
    steps = {name: preset.raw.get("step", "") for name, preset in LIBRARY.presets.items()}
    wanted = {name: step for step, names in STEPS.items() for name in names.split()}
    assert {name: steps.get(name) for name in wanted} == wanted


@pytest.mark.parametrize("name", sorted(LIBRARY.presets))
def test_every_preset_says_everything_in_three_languages(name: str) -> None:
    raw = LIBRARY.presets[name].raw
    texts = list(words_in(raw))
    assert len(texts) >= 2, "a title and a prompt"
    for text in texts:
        assert set(text) == set(d.LANGUAGES), text
        assert all(words.strip() == words and words for words in text.values())
    columns = raw.get("columns", [])
    assert all(column.get("prompt") for column in columns), "each column says how to write under it"


def test_one_workshop_holds_every_preset() -> None:
    text = EVERY_PRESET.read_text("utf-8")
    used = {line.partition('"')[2].rstrip('"') for line in text.splitlines() if line.startswith("use = ")}
    lacking = set(LIBRARY.presets) - used
    assert not lacking, f"put it into {EVERY_PRESET.name}, so that it is played to its end: {lacking}"
    assert used <= set(LIBRARY.presets)
    found = checked(EVERY_PRESET)
    assert (found.errors, found.warnings) == ([], [])


@pytest.mark.parametrize("name", MINUTES)
def test_a_format_is_faultless_and_its_minutes_sum_up(name: str) -> None:
    path = WORKSHOPS / "formats" / f"{name}.toml"
    found = checked(path)
    assert (found.errors, found.warnings) == ([], [])
    assert set(found.name) == set(d.LANGUAGES)
    assert found.definition is not None
    stages = found.definition.stages
    assert sum(stage.minutes for stage in stages) == MINUTES[name]
    assert (stages[0].id, stages[1].id, stages[-1].id) == ("opening", "who", "evaluation")
    for words in words_in(msgspec.to_builtins(found.definition)):
        assert set(words) == set(d.LANGUAGES)


@pytest.mark.parametrize("path", sorted((WORKSHOPS / "formats").glob("*.toml")), ids=lambda path: path.stem)
def test_what_was_gathered_is_sorted_before_it_is_voted_on(path: Path) -> None:
    stages = definition(path).stages
    for n, stage in enumerate(stages):
        if isinstance(stage.settings, d.VoteSettings):
            before = [one.settings for one in stages[:n]]
            written = definition(path).gathered_in(stage.settings.of)
            assert d.SortSettings(of=written) in before, stage.id


def test_what_a_stage_leaves_goes_on_in_the_next() -> None:
    """Of the whole method: the evidence of ideas, the room's weights, what is divided, the priority of a
    commitment, what the report makes lists of."""
    for name in ("half_day", "full_day"):
        workshop = definition(WORKSHOPS / "formats" / f"{name}.toml")
        settings = {stage.id: stage.settings for stage in workshop.stages}
        assert getattr(settings["ideas"], "links_to", "") == "swot"
        score, again = settings["score"], settings["second_round"]
        assert isinstance(score, d.VoteSettings)
        assert isinstance(again, d.VoteSettings)
        assert isinstance(score.method, d.CriteriaMethod)
        assert score.method.weights_from == "agree_criteria"
        assert again.second_of == "score"
        assert score.of == again.of == "shortlist"
        shortlist, read_back = settings["shortlist"], settings["read_back"]
        assert isinstance(shortlist, d.VoteSettings)
        assert score.passes < shortlist.passes
        for after in (settings["fundability"], settings["indicators"], read_back):
            assert getattr(after, "of", "") == "score"
        promised = settings["commitments"]
        assert isinstance(promised, d.GatherSettings)
        assert (promised.links_to, promised.feeds) == ("score", "actions")
        assert {"who", "by_when"} <= {field.id for field in promised.fields}
    missing = LIBRARY.presets["missing_voices"].raw
    assert missing["feeds"] == "invitations"
    assert {"group", "step"} <= {field["id"] for field in missing["fields"]}


def test_the_binational_format_has_two_sides() -> None:
    workshop = definition(WORKSHOPS / "formats" / "binational.toml")
    assert len(workshop.territories) == 2
    chain = workshop.stage("value_chain")
    assert chain is not None
    assert isinstance(chain.settings, d.GatherSettings)
    assert len(chain.settings.columns) >= 4
    assert "side" in {field.id for field in chain.settings.fields}


def test_the_wheel_asks_about_the_six_steps_from_nought_to_five() -> None:
    questions = LIBRARY.presets["readiness"].raw["questions"]
    assert [one["id"] for one in questions] == [
        "analysis", "governance", "vision", "priorities", "policy_mix", "monitoring",
    ]  # fmt: skip
    assert {(one["first"], one["steps"]) for one in questions} == {(0, 6)}
