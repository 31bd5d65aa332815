"""Every registry, walked: what stands in one has all that belongs to it, or what is missing is named."""

import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from edp_app import cli_operate
from edp_app.core import commands, definition, events, plan
from edp_app.core.refusals import CODES
from edp_app.core.registry import Kind
from edp_app.core.stages import KINDS, kind_by_id
from edp_app.core.views import AUDIENCES, view
from edp_app.core.workshop import FOLDED, HANDLED
from edp_app.exports import names
from edp_app.report.wording import wording
from edp_app.web import personal
from edp_app.web.editor import words
from tests.support.definitions import short
from tests.support.memory import MemoryWorkshop

ROOT = Path(__file__).resolve().parents[2]
PHONE = (ROOT / "static/js/phone/app.js").read_text()
CONSOLE = (ROOT / "static/js/console/app.js").read_text()
SCREEN = "\n".join(path.read_text() for path in sorted((ROOT / "static/js/screen").glob("*.js")))


def test_every_command_has_a_handler_and_every_handler_a_command() -> None:
    assert frozenset(get_args(commands.AnyCommand)) == HANDLED


def test_every_event_is_folded_and_every_fold_has_an_event() -> None:
    assert frozenset(get_args(events.AnyEvent)) == FOLDED


def test_every_command_says_who_may_ask() -> None:
    for command in get_args(commands.AnyCommand):
        assert command.roles, command
        assert set(command.roles) <= set(get_args(commands.Role))


def test_there_is_a_kind_for_every_settings_and_the_other_way_round() -> None:
    tags = {settings.__struct_config__.tag for settings in get_args(definition.Settings)}
    assert tags == {kind.id for kind in KINDS}
    assert len({kind.id for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
class TestKind:
    def test_it_is_shown_by_every_audience(self, kind: Kind) -> None:
        workshop, field = short(), definition.CardField("owner", {"en": "Owner"})
        cards = definition.Stage("cards", {"en": "Cards"}, 5, definition.CardSettings("ideas", [field]))
        room = MemoryWorkshop(msgspec.structs.replace(workshop, stages=[*workshop.stages, cards]))
        room.must(commands.Join(), "p:a")
        room.must(commands.Describe(group="business"), "p:a")
        for stage in room.state.definition.stages:
            if stage.settings.__struct_config__.tag == "gather":
                room.must(commands.OpenStage(stage=stage.id))
                column = stage.settings.columns[0].id  # type: ignore[union-attr]
                room.must(commands.AddItem(run=f"{stage.id}.1", column=column, title="Sol"), "p:a")
        stage = next(s for s in room.state.definition.stages if definition.kind_of(s.settings) == kind.id)
        if room.state.now() and room.state.now().stage.id != stage.id:  # type: ignore[union-attr]
            room.must(commands.OpenStage(stage=stage.id))
        for audience in AUDIENCES:
            now = view(room.state, audience)["now"]
            assert (now["kind"], now["reveals"]) == (kind.id, kind.reveals)

    def test_it_is_found_by_its_id_and_has_a_page_of_its_own(self, kind: Kind) -> None:
        assert kind_by_id(kind.id) is kind
        kinds = re.search(r"const KINDS = \{(.*?)\}", PHONE)
        assert kinds, "static/js/phone/app.js has no table of kinds"
        assert kind.id in re.findall(r"(\w+):", kinds.group(1)), f"the phone does not know the kind {kind.id}"
        scene = "<${Show}" if kind.id == "show" else f'scene === "{kind.id}"'
        assert scene in SCREEN, f"the screen does not know the kind {kind.id}"
        panel = 'class="panel shown"' if kind.id == "show" else f'kind === "{kind.id}"'
        assert panel in CONSOLE, f"the console does not know the kind {kind.id}"

    def test_what_else_has_to_know_it_does(self, kind: Kind) -> None:
        """Where a kind is left out these give no error: a stage of it would be a show on the console."""
        console = (ROOT / "static/js/console/app.js").read_text(encoding="utf-8")
        shown = console.partition("const { kind } = view.now;")[2].partition("\n}\n")[0]
        assert kind.id == "show" or f'"{kind.id}"' in shown, f"the console does not know the kind {kind.id}"
        assert kind.id in plan.FLOOR, f"{kind.id}: how few minutes it takes (core/plan.py)"
        assert kind.id in words.KINDS, f"{kind.id}: what it is called in the editor (web/editor/words.py)"
        assert kind.id in names.values(wording("en")), f"{kind.id}: its name in tables (exports/names.py)"
        page = (ROOT / "docs/stages.md").read_text(encoding="utf-8")
        assert f"### `{kind.id}`: " in page, f"{kind.id}: docs/stages.md says nothing of it"

    def test_a_preset_of_it_is_in_the_library(self, kind: Kind) -> None:
        presets = [path.read_text(encoding="utf-8") for path in (ROOT / "workshops/library").glob("*.toml")]
        assert any(re.search(rf'^kind = "{kind.id}"', preset, re.M) for preset in presets), kind.id


def test_whatever_can_be_erased_is_named_before_it_is() -> None:
    texts = {
        str(e.__struct_config__.tag) for e in get_args(events.AnyEvent) if "erased" in e.__struct_fields__
    }
    for named in (cli_operate._KINDS, personal._KINDS):
        assert texts - set(named) == set()


@pytest.mark.parametrize("code", CODES)
def test_every_refusal_can_happen(code: str) -> None:
    """A code that nothing gives back is a sentence nobody will ever read."""
    sources = [
        path for path in (ROOT / "edp_app").rglob("*.py") if path.name not in ("refusals.py", "words.py")
    ]
    assert any(f'"{code}"' in path.read_text(encoding="utf-8") for path in sources), code
