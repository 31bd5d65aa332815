"""Every voting method, on every surface: what one lacks is named, with the file in which it belongs.

``docs/extending.md`` lists the same in the order in which one writes it.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from edp_app.bundle import resource_dir
from edp_app.charts.drawers import KINDS
from edp_app.charts.measure import Measure
from edp_app.charts.published import PICTURES
from edp_app.core import definition
from edp_app.core.commands import CastBallot
from edp_app.core.refusals import Refusal
from edp_app.core.views import view
from edp_app.core.voting import METHODS
from edp_app.core.voting.base import AnyMethod
from edp_app.exports import figures, names, published
from edp_app.rehearsal import opinions, recount_votes
from edp_app.rehearsal.oracle.publish import LISTS, WITHOUT_RULE
from edp_app.report.votes import TELLINGS
from edp_app.report.wording import wording
from tests.support import definitions, everything, methods, rooms_at_random, voted
from tests.support.memory import MemoryWorkshop

ROOT = Path(__file__).resolve().parents[2]

PAGES = {
    "phone/voting/index.js": ("METHODS", "no ballot on the phone"),
    "console/library_words.js": ("BRIEF", "no word for it where a stage of the library is chosen"),
    "shared/method_words.js": ("SENTENCES", "no sentence that says how it works"),
    "console/sheets.js": ("METHODS", "no sheet of paper on the console"),
    "shared/results/index.js": ("METHODS", "no result on screen, phone and console"),
}
"""What the pages know a method by."""

ROOMS: Mapping[str, Mapping[str, Any]] = {
    "everything.py": {name: method for name, (method, _) in everything.METHODS.items()},
    "methods.py": methods.METHODS,
    "voted.py": voted.METHODS,
    "definitions.py": {
        stage.id: stage.settings.method
        for stage in definitions.every_method().stages
        if isinstance(stage.settings, definition.VoteSettings)
    },
}
"""The workshops of the tests in which each method is voted by; what is not in them is not looked at."""


def settings_of(method: AnyMethod) -> Any:
    """Settings of it as the tests have them."""
    return next(one for one in voted.METHODS.values() if type(one) is method.settings)


def test_there_is_a_method_for_every_settings() -> None:
    assert set(get_args(definition.Method)) == {method.settings for method in METHODS}


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.id)
class TestMethod:
    @pytest.mark.parametrize("file", PAGES)
    def test_the_pages_know_it(self, method: AnyMethod, file: str) -> None:
        table, lacks = PAGES[file]
        source = (ROOT / "static/js" / file).read_text(encoding="utf-8")
        found = re.search(rf"const {table} = \{{(.*?)\}};\n", source, re.S)
        assert found is not None, f"static/js/{file} has no table {table}"
        known = set(re.findall(r"\b\w+\b", found.group(1)))
        assert method.id in known, f"{method.id}: {lacks} (static/js/{file})"

    def test_the_report_tells_it(self, method: AnyMethod) -> None:
        assert method.id in TELLINGS, f"{method.id}: the report says nothing of it (edp_app/report/votes)"
        telling = TELLINGS[method.id]
        for template in (telling.template, telling.annex):
            assert (resource_dir("templates") / template).is_file(), f"{method.id}: no templates/{template}"
        lacking = [name for name in telling.pictures if name not in PICTURES]
        assert not lacking, (
            f"{method.id}: pictures that nobody draws (edp_app/charts/published.py): {lacking}"
        )

    def test_its_figures_are_drawn_on_their_scale(self, method: AnyMethod) -> None:
        if not method.rules:
            return
        room = MemoryWorkshop(voted.definition())
        voted.hold(
            lambda command, who: room.must(command, who or "f:1"),
            lambda: room.state,
            methods=[method.id],
            reveal=[method.id],
        )
        result = view(room.state, "screen")["results"][f"{method.id}.1"]["result"]
        rows = [row for listing in result["columns"] for row in listing["items"]]
        told = [row[count] for row in rows for count in ("headcount", "balanced")]
        told += [figure for row in rows for figure in row["cells"].values()]
        scale = Measure(KINDS.get(method.id, "share"))
        top = scale.top or 1.0  # a share is drawn beside the largest there is
        beyond = [figure for figure in told if not scale.zero <= figure <= top]
        assert told
        assert not beyond, f"{method.id}: on no scale of theirs (KINDS, charts/drawers.py): {beyond}"

    def test_the_exports_hold_it(self, method: AnyMethod) -> None:
        shapes = {shape.__struct_config__.tag for shape in get_args(published.AnyVote)}
        assert method.id in shapes, f"{method.id}: no shape of its result (edp_app/exports/published.py)"
        words = wording("en")
        assert method.id in names.values(words), f"{method.id}: no name in tables (edp_app/exports/names.py)"
        if method.rules:
            assert method.id in figures.MAIN, f"{method.id}: its figures are left out (exports/figures.py)"
        measures = {measures[method.id] for measures in (figures.MAIN, figures.BALANCED) if method.rules}
        lacking = measures - set(names.measures(words))
        assert not lacking, f"{method.id}: no words for a measure (edp_app/exports/names.py): {lacking}"

    def test_people_of_a_rehearsal_can_vote_by_it(self, method: AnyMethod) -> None:
        if method.id == "dots":  # which they give one by one, and one too many
            return
        says = getattr(opinions.Opinions, f"_{method.id}", None)
        assert says, f"{method.id}: nobody of a rehearsal has an opinion (edp_app/rehearsal/opinions.py)"
        settings = settings_of(method)
        run = {"method": msgspec.to_builtins(settings), "candidates": {"i1": {}, "i2": {}}}
        run["method"] |= recount_votes.whole_method({"method": run["method"]})
        too_far = opinions.out_of_bounds(run)
        assert too_far, f"{method.id}: nobody of a rehearsal goes too far (rehearsal/opinions.py)"
        item, ballot = too_far
        said = method.read(settings, CastBallot(run="v.1", item=item, **ballot))
        refused = (
            said
            if isinstance(said, Refusal)
            else method.check(settings, method.new_tally(), "p:a", item, {"i1": "c", "i2": "c"}, said)
        )
        assert refused is not None, f"{method.id}: what goes too far is let through"

    def test_it_is_counted_a_second_time(self, method: AnyMethod) -> None:
        assert method.id in LISTS, f"{method.id}: not counted a second time (rehearsal/oracle/publish.py)"
        assert (method.id in WITHOUT_RULE) == (not method.rules), f"{method.id}: WITHOUT_RULE there"
        known = recount_votes.LEFT_OUT
        assert method.id in known, f"{method.id}: no settings left out (rehearsal/recount_votes.py)"
        may_be_left_out = {
            field.name for field in msgspec.structs.fields(method.settings) if not field.required
        }
        assert set(known[method.id]) == may_be_left_out, f"{method.id}: rehearsal/recount_votes.py, LEFT_OUT"

    @pytest.mark.parametrize("room", ROOMS)
    def test_the_rooms_of_the_tests_vote_by_it(self, method: AnyMethod, room: str) -> None:
        there = {type(settings) for settings in ROOMS[room].values()}
        assert method.settings in there, f"{method.id}: no vote by it in tests/support/{room}"

    def test_rooms_at_random_vote_by_it(self, method: AnyMethod) -> None:
        there = rooms_at_random.METHODS
        assert method.id in there, f"{method.id}: not in tests/support/rooms_at_random.py"
        assert (method.id in rooms_at_random.WITH_PORTFOLIO) == ("portfolio" in method.rules)

    def test_the_pages_of_the_documentation_name_it(self, method: AnyMethod) -> None:
        page = (ROOT / "docs/stages.md").read_text(encoding="utf-8")
        assert f'`"{method.id}"`' in page, f"{method.id}: docs/stages.md says nothing of it"
        results = (ROOT / "docs/results.md").read_text(encoding="utf-8").partition("## Every method")[2]
        rows = re.findall(r"^\| ([^|]+) \|", results, re.M)
        there = {word for row in rows for word in re.findall(r"\w+", row)}
        assert method.id in there, f"{method.id}: docs/results.md, Every method, does not tell its figure"


def test_every_file_that_the_page_names_is_there() -> None:
    page = (ROOT / "docs/extending.md").read_text(encoding="utf-8")
    named = {name for name in re.findall(r"`([\w./]+/[\w.]*)`", page) if "NAME" not in name}
    assert len(named) > 30
    folders = (ROOT, ROOT / "edp_app", ROOT / "tests")
    gone = {name for name in named if not any((folder / name).exists() for folder in folders)}
    assert gone == set(), "docs/extending.md names what is not there any more"
