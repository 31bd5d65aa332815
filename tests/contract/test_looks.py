"""Whatever can be seen is looked at: pages, kinds of stage, methods and tabs, each by its registry."""

import re
from pathlib import Path

from edp_app.core.stages import KINDS
from edp_app.core.voting import METHODS
from tests.support.looks_hall import TABS, definition
from tests.support.looks_site import LIVE, NO_PAGES, PAGES
from tests.web.conftest import site_in

ROOT = Path(__file__).resolve().parents[2]


def test_every_address_is_a_page_that_is_looked_at_or_no_page(tmp_path: Path) -> None:
    known = {*PAGES, *LIVE, *NO_PAGES} - {"an error"}
    with site_in(tmp_path) as site:
        asked = {rule.endpoint for rule in site.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert asked - known == set(), "bring a browser there in tests/support/looks_site.py"
    assert known - asked == set(), "not there any more"


def test_every_kind_of_stage_and_every_method_is_looked_at() -> None:
    stages = definition("es").stages
    kinds = {stage.settings.__struct_config__.tag for stage in stages}
    assert {kind.id for kind in KINDS} - kinds == set(), "not looked at: tests/support/looks_hall.py"
    methods = {type(stage.settings.method) for stage in stages if hasattr(stage.settings, "method")}
    lacking = {method.id for method in METHODS if method.settings not in methods}
    assert lacking == set(), "not looked at: tests/support/definitions.py, every_method"


def test_every_tab_of_the_console_is_looked_at() -> None:
    source = (ROOT / "static/js/console/app.js").read_text(encoding="utf-8")
    body = source.partition("function tabsOf")[2].partition("\n}\n")[0]
    assert set(re.findall(r'\["(\w+)",', body)) == TABS
