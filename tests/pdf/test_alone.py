"""What belongs together stands on one page, wherever that page happens to end: the last answers of the
evaluation, and a key with what it explains."""

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from edp_app.core.commands import Answer, CloseStage, OpenStage, RevealResult
from edp_app.core.definition import CriteriaMethod, Criterion
from edp_app.report import pages, pdf
from edp_app.report.contents import Report
from edp_app.report.model import report_model
from tests.pdf.sample import people_of
from tests.support.definitions import border_region
from tests.support.memory import MemoryWorkshop
from tests.support.one_vote import held


def printed(report: Report, part: str, heights: Iterable[int], folder: Path) -> Iterator[list[list[str]]]:
    """The lines of each page on which this part of the report stands, below so many millimetres of something
    else; without the numbers of the pages."""
    setter = pdf.Typesetter(report)
    whole = setter.html("report/report.html", fit=pages.FITS[0])
    head, section = whole.split("<body")[0], whole[whole.index(f'<section class="{part}"') :]
    section = section[: section.index("</section>") + len("</section>")]
    for height in heights:
        above = f'<body data-title="" data-of="" data-draft=""><div style="height: {height}mm"></div>'
        document = setter.layout(f"{head}{above}{section}</body></html>")
        file = folder / "part.pdf"
        document.write_pdf(file)
        said = subprocess.run(["pdftotext", "-layout", file, "-"], check=True, capture_output=True, text=True)
        every = [[line for line in page.splitlines() if line.strip()] for page in said.stdout.split("\f")]
        yield [lines[:-1] for lines in every if lines]


@pytest.mark.parametrize("answers", [2, 6])
def test_the_last_answers_have_no_page_to_themselves(answers: int, tmp_path: Path) -> None:
    workshop = MemoryWorkshop(border_region("en"))
    workshop.must(OpenStage("who"))
    people = people_of(workshop, {"government": 7})
    workshop.must(OpenStage("evaluation"))
    for n, person in enumerate(people):
        workshop.must(Answer("evaluation.1", "useful", 1 + n % 5), person)
        workshop.must(Answer("evaluation.1", "heard", 3), person)
        if n < answers:
            workshop.must(Answer("evaluation.1", "remark", f"Remark {n}"), person)
    workshop.must(CloseStage("evaluation.1"))
    workshop.must(RevealResult("evaluation.1"))
    report = report_model(workshop.state)
    seen = 0
    for every in printed(report, "evaluation", (81, 90, 99), tmp_path):
        page = every[-1]
        remarks = [line for line in page if "Remark" in line]
        assert len(remarks) >= min(answers, 4)
        assert answers > 2 or any("mean of" in line for line in page), "not the question alone either"
        seen = max(seen, len(every))
    assert seen > 1, "at some of these heights the part does not fit"


def test_the_key_of_the_groups_stands_with_the_first_priority(tmp_path: Path) -> None:
    method = CriteriaMethod([Criterion(c, {"en": f"Criterion {c}"}) for c in "ab"])
    room, _ = held(
        method, lambda _, place: {"scores": {"a": 5 - place, "b": 3}}, sizes={"gov": 4, "biz": 4}, passes=2
    )
    moved = 0
    for every in printed(report_model(room.state), "priorities", (168, 186, 204), tmp_path):
        (page,) = (lines for lines in every if any("gov: 4 voters" in line for line in lines))
        assert any("Alpha" in line for line in page)
        moved += page is not every[0]
    assert moved > 1, "at some of these heights there is room for the key alone"
