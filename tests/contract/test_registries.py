"""Every registry, walked: what stands in one has all that belongs to it, or what is missing is named."""

import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from edp_app import cli_operate
from edp_app.core import commands, definition, events
from edp_app.core.refusals import CODES
from edp_app.core.registry import Kind
from edp_app.core.stages import KINDS, kind_by_id
from edp_app.core.views import AUDIENCES, view
from edp_app.core.voting import METHODS
from edp_app.core.voting.base import AnyMethod
from edp_app.core.workshop import FOLDED, HANDLED
from edp_app.web import personal
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


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.id)
class TestMethod:
    """What the pages know a method by: each table has it, or is named here."""

    TABLES = (
        ("phone/voting/index.js", "METHODS", "no ballot on the phone"),
        ("shared/method_words.js", "SENTENCES", "no sentence that says how it works"),
        ("console/sheets.js", "METHODS", "no sheet of paper on the console"),
    )

    @pytest.mark.parametrize(("file", "table", "lacks"), TABLES, ids=[file for file, _, _ in TABLES])
    def test_the_pages_know_it(self, method: AnyMethod, file: str, table: str, lacks: str) -> None:
        source = (ROOT / "static/js" / file).read_text()
        found = re.search(rf"const {table} = \{{(.*?)\}};\n", source, re.S)
        assert found, f"static/js/{file} has no table {table}"
        assert re.search(rf"\b{method.id}\b", found.group(1)), f"{method.id}: {lacks} (static/js/{file})"


def test_there_is_a_method_for_every_settings() -> None:
    union = get_args(definition.Method) or (definition.Method,)
    assert set(union) == {method.settings for method in METHODS}


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
