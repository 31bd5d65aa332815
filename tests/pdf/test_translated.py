"""The line in the report's language stands wherever a contribution decides something, below the original."""

import re

from edp_app.core.commands import TranslateItem
from edp_app.core.definition import AgreeMethod
from edp_app.report import pages, pdf
from edp_app.report.model import report_model
from tests.support.one_vote import held

LINE = "translated: “Lithium from the salt flats”"


def test_the_line_stands_on_page_one_with_the_priority_and_in_the_annex_and_in_no_other_language() -> None:
    room, (lithium, _) = held(
        AgreeMethod(),
        lambda _, place: {"choice": "disagree" if place else "agree"},
        sizes={"gov": 4, "biz": 4},
        titles=("Litio de los salares", "Turismo"),
    )
    room.must(TranslateItem(lithium, "en", "Lithium from the salt flats"))
    room.must(TranslateItem(lithium, "pt", "Lítio dos salares"))
    report = report_model(room.state)
    typesetter = pdf.Typesetter(report)
    whole = typesetter.html("report/report.html", fit=pages.FITS[0])
    parts = {
        name: whole.split(f'id="{name}"')[1].split("<section")[0]
        for name in ("decided", "priorities", "annex")
    }
    titled = re.compile(rf"Litio de los salares\s*(</\w+>\s*)+<p[^>]*>{re.escape(LINE)}")
    for name, text in parts.items():
        assert titled.search(text), name
    assert "Lítio" not in whole
