"""Letters look like themselves: compared as pixels, for the text stays right when the drawing is wrong."""

import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from edp_app.bundle import Bundle
from edp_app.report.pdf import OWN, OwnFiles

pytestmark = pytest.mark.pdf

LETTERS = "ŠkodaŁóźñãçÜéõ"
EXTENDED = "ŠŁź"
"""Those that the file of common Latin letters does not have."""


def boxes(style: str) -> str:
    """Each letter in a place of its own, so that two drawings of them can be laid over one another."""
    letters = "".join(
        f'<b class="{"ext" if letter in EXTENDED else "latin"}" style="left:{12 * n}mm">{letter}</b>'
        for n, letter in enumerate(LETTERS)
    )
    return (
        f"<html lang=en><style>@page{{size:190mm 20mm;margin:0;@bottom-right{{content:none}}}}"
        f"b{{position:absolute;top:4mm;font-size:24pt;font-weight:400;line-height:1;color:black}}{style}</style>{letters}</html>"
    )


def drawn(html: str, folder: Path, name: str) -> Image.Image:
    path = folder / f"{name}.pdf"
    document = HTML(string=html, base_url=OWN, url_fetcher=OwnFiles(Bundle().folder))
    document.write_pdf(path, font_config=FontConfiguration())
    subprocess.run(["pdftoppm", "-r", "80", "-gray", "-png", "-singlefile", path, folder / name], check=True)
    return Image.open(folder / f"{name}.png").convert("L")


def face(family: str, subset: str) -> str:
    url = f"{OWN}fonts/source-sans-3-{subset}-400-normal.woff2"
    return f'@font-face{{font-family:"{family}";font-weight:400;src:url("{url}")}}'


@pytest.fixture(scope="module")
def reference(tmp_path_factory) -> Image.Image:
    """Each letter from the one file that has it, under a family name of its own."""
    style = face("Only Latin", "latin") + face("Only Extended", "latin-ext")
    style += '.latin{font-family:"Only Latin"}.ext{font-family:"Only Extended"}'
    return drawn(boxes(style), tmp_path_factory.mktemp("reference"), "reference")


def test_the_reports_own_style_draws_every_letter_right(reference, tmp_path):
    sheet = f'<style>@import url("{OWN}{Bundle().path("report.css")}");'
    page = drawn(boxes("").replace("<style>", sheet, 1), tmp_path, "own")
    assert page.size == reference.size
    assert ImageChops.difference(page, reference).getbbox() is None


def test_one_name_for_both_subsets_would_be_seen(reference, tmp_path):
    """The mistake this guards against, made on purpose."""
    style = face("Both", "latin") + face("Both", "latin-ext") + 'b{font-family:"Both"}'
    page = drawn(boxes(style), tmp_path, "both")
    assert ImageChops.difference(page, reference).getbbox() is not None


def test_letters_differ_from_one_another_and_from_a_missing_one(reference):
    step = reference.width / 190 * 12
    cut = [
        reference.crop((round(n * step), 0, round((n + 1) * step) - 1, reference.height)).tobytes()
        for n in range(len(LETTERS))
    ]
    assert len(set(cut)) == len(set(LETTERS))
