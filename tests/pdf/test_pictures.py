"""Pictures as both engines draw them: the layout engine of the report, and the browser. One of each kind."""

import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import sync_playwright
from weasyprint import HTML

from edp_app.bundle import Bundle
from edp_app.charts import Chart
from edp_app.charts.drawing import PAGE_WIDTH
from edp_app.report.pages import uri
from edp_app.report.pdf import OWN, OwnFiles
from tests.support.chromium import CHROMIUM_ARGUMENTS, chromium_path
from tests.support.drawn import every_picture, look

pytestmark = [pytest.mark.pdf, pytest.mark.browser]

KINDS = (
    "dots counts", "points by_group", "points portfolio", "dots shares", "agree opinions", "criteria heat",
    "criteria agreement", "criteria radar", "axes axes", "funders choice", "second round before_and_after",
)  # fmt: skip
COARSE = 6
"""Pixels that are looked at as one: engines place letters differently by less than that."""


@pytest.fixture(scope="module")
def charts() -> dict[str, Chart]:
    every = every_picture(PAGE_WIDTH, look("es"), language="es", pooled=True)
    return {name: every[name] for name in KINDS}


@pytest.fixture(scope="module")
def printed(charts: dict[str, Chart], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Image.Image]:
    """Each of them on a page of its own, in grey, a pixel for a unit."""
    folder = tmp_path_factory.mktemp("printed")
    bundle = Bundle()
    pages = "".join(f'<p><img src="{uri(chart)}"></p>' for chart in charts.values())
    style = f"@page {{ size: {PAGE_WIDTH}px 520px; margin: 0 }} p {{ margin: 0; break-after: page }}"
    html = f'<link rel="stylesheet" href="{OWN}{bundle.path("report.css")}"><style>{style}</style>{pages}'
    HTML(string=html, base_url=OWN, url_fetcher=OwnFiles(bundle.folder)).write_pdf(folder / "all.pdf")
    subprocess.run(["pdftoppm", "-r", "96", "-gray", "-png", folder / "all.pdf", folder / "page"], check=True)
    images = [Image.open(path).convert("L") for path in sorted(folder.glob("page-*.png"))]
    return dict(zip(charts, images[: len(charts)], strict=True))


@pytest.fixture(scope="module")
def shown(charts: dict[str, Chart], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Image.Image]:
    """The same in the browser, on white."""
    bundle = Bundle()
    page_file: Path = tmp_path_factory.mktemp("shown") / "page.html"
    sheet = bundle.file("site.css").as_uri()
    page_file.write_text(
        f'<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="{sheet}">'
        "<style>body { margin: 0; background: #fff } svg { display: block }</style>"
        + "".join(chart.svg for chart in charts.values())
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        page = browser.new_page(viewport={"width": PAGE_WIDTH, "height": 600})
        page.goto(page_file.as_uri())
        page.evaluate("document.fonts.ready")
        images = [
            Image.open(BytesIO(svg.screenshot())).convert("L") for svg in page.query_selector_all("svg[role]")
        ]
        browser.close()
    return dict(zip(charts, images, strict=True))


def coarse(image: Image.Image, width: int, height: int) -> Image.Image:
    """The upper left part of this size, without its details."""
    part = image.crop((0, 0, width, height))
    return part.resize((width // COARSE, height // COARSE), Image.Resampling.BOX)


@pytest.mark.parametrize("name", KINDS)
def test_both_engines_draw_the_same(name: str, charts, printed, shown) -> None:
    width, height = PAGE_WIDTH, min(int(charts[name].height), shown[name].height)
    one, other = (coarse(images[name], width, height) for images in (printed, shown))
    assert ImageStat.Stat(one).mean[0] < 252  # there is something on it
    apart = ImageStat.Stat(ImageChops.difference(one, other)).mean[0]
    assert apart < 7  # of 255: thin lines are drawn stronger by one of them
    wrong = coarse(shown[KINDS[KINDS.index(name) - 1]], width, height)
    assert ImageStat.Stat(ImageChops.difference(one, wrong)).mean[0] > 2 * apart + 3
