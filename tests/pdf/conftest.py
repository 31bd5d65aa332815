"""Reports, laid out once: the whole sample in Spanish; a draft in English with the last vote hidden; a
workshop with a vote by every method."""

import logging
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from edp_app.report.contents import Report
from edp_app.report.model import report_model
from edp_app.report.pdf import render
from tests.pdf import methods
from tests.pdf.sample import held
from tests.support.definitions import border_region
from tests.support.memory import MemoryWorkshop

DOTS_PER_INCH = 60
MM = DOTS_PER_INCH / 25.4


@dataclass
class Printed:
    """A report's file and what tests look at in it."""

    workshop: MemoryWorkshop
    report: Report
    path: Path
    complaints: list[str]
    """What the layout engine logged as an error."""

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page, as another program takes it out."""
        done = subprocess.run(["pdftotext", self.path, "-"], check=True, capture_output=True, text=True)
        return done.stdout.split("\f")[:-1]

    @property
    def text(self) -> str:
        """All text, with one space wherever there is white space."""
        return " ".join(" ".join(self.pages).split())

    @cached_property
    def images(self) -> list[Image.Image]:
        """Every page as it looks, in grey."""
        stem = self.path.with_suffix("")
        subprocess.run(["pdftoppm", "-r", str(DOTS_PER_INCH), "-gray", "-png", self.path, stem], check=True)
        return [Image.open(page).convert("L") for page in sorted(stem.parent.glob(f"{stem.name}-*.png"))]

    def opened(self) -> pikepdf.Pdf:
        return pikepdf.open(self.path)


class Complaints(logging.Handler):
    """Keeps what is logged."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def printed(workshop: MemoryWorkshop, folder: Path, language: str = "") -> Printed:
    """The workshop's report, written to a folder."""
    report = report_model(workshop.state, language)
    path = folder / f"{report.language}.pdf"
    heard = Complaints(logging.ERROR)
    logging.getLogger("weasyprint").addHandler(heard)
    try:
        path.write_bytes(render(report))
    finally:
        logging.getLogger("weasyprint").removeHandler(heard)
    return Printed(workshop, report, path, heard.said)


@pytest.fixture(scope="session")
def spanish(tmp_path_factory) -> Printed:
    return printed(held().workshop, tmp_path_factory.mktemp("spanish"))


@pytest.fixture(scope="session")
def draft(tmp_path_factory) -> Printed:
    sample = held(border_region("en"), reveal=False, end=False)
    return printed(sample.workshop, tmp_path_factory.mktemp("draft"))


@pytest.fixture(scope="session")
def every(tmp_path_factory) -> Printed:
    return printed(methods.held().workshop, tmp_path_factory.mktemp("every"))
