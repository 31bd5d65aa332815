"""A picture in a page: put in as part of it, under the page's own policy, in its theme, with its table."""

import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from edp_app.charts.drawing import SMALL
from edp_app.charts.published import Wanted, fitting
from tests.support import axe
from tests.support.definitions import short
from tests.support.desk import Contexts
from tests.support.drawn import look
from tests.support.published import Sample
from tests.support.stage import Stage

ROOT = Path(__file__).resolve().parents[2]

ENTRY = """
import { html, render } from "./shared/dom.js";
import { Picture } from "./shared/picture.js";
const noted = (shown) => { document.body.dataset.shown = JSON.stringify(shown); };
const place = document.getElementById("app");
window.show = (props) => render(html`<main><h1>A result</h1>
  <${Picture} code="123456" run="vote.1" onShown=${noted} ...${props} /></main>`, place);
window.show(window.first || { name: "by_group" });
"""
BUILD = """
const [root] = process.argv.slice(1);
const { build } = require(`${root}/node_modules/esbuild`);
let contents = "";
process.stdin.on("data", (part) => { contents += part; }).on("end", () => build({
  stdin: { contents, resolveDir: `${root}/static/js` }, bundle: true, format: "iife", target: "es2017",
}));
"""

SCALES = {"screen": 28 / SMALL, "page": 14 / SMALL, "phone": 13 / SMALL}


@pytest.fixture(scope="module")
def script() -> str:
    """The component and a page that shows it."""
    command = ["node", "-e", BUILD, str(ROOT)]
    return subprocess.run(command, input=ENTRY, capture_output=True, text=True, check=True).stdout


class Drawer:
    """Answers for the server, from a sample of 20 items."""

    def __init__(self) -> None:
        self.sample = Sample(items=20)
        self.past = self.sample.spent()
        self.asked: list[dict[str, str]] = []
        self.broken = False
        self.extra = ""

    def answer(self, route: Route) -> None:
        parts = urlsplit(route.request.url)
        asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
        name, _, kind = parts.path.rpartition("/")[2].partition(".")
        if self.broken:
            route.fulfill(status=503, body="not now")
            return
        scale = SCALES[asked["for"]]
        high = float(asked["height"]) / scale if "height" in asked else 100_000.0
        width = float(asked.get("width", 600)) / scale
        drawn = fitting(Wanted(name), self.past, self.sample.groups, look("en", scale), width, high)
        if kind == "json":
            told = {"alt": drawn.chart.alt, "table": asdict(drawn.chart.table)}
            route.fulfill(body=json.dumps(told), content_type="application/json")
            return
        self.asked.append(asked)
        facts = f'<svg data-start="0" data-shown="{drawn.shown}" data-all="{drawn.all}" '
        svg = drawn.chart.svg.replace("<svg ", facts, 1).replace("</svg>", f"{self.extra}</svg>")
        route.fulfill(body=svg, content_type="image/svg+xml")


Shows = Callable[..., tuple[Page, Drawer]]


@pytest.fixture
def shows(server: Stage, contexts: Contexts, script: str) -> Shows:
    """A real page of the server, with its own headers, whose script is the one above."""
    code = server.new_workshop(short())

    def open_it(first: dict[str, object], role: str = "phone", **options: object) -> tuple[Page, Drawer]:
        context, drawer = contexts(**options), Drawer()
        context.route("**/picture/**", drawer.answer)
        context.route(
            f"**/{role}.*.js", lambda route: route.fulfill(body=script, content_type="text/javascript")
        )
        context.add_init_script(f"window.first = {json.dumps(first)}")
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        said: list[str] = []
        page.goto(f"{server.url}/{'screen' if role == 'screen' else 'j'}/{code}")
        expect(page.locator("svg.picture-drawing, .picture-failed").first).to_be_visible()
        assert not [text for text in said if "Content Security Policy" in text]
        return page, drawer

    return open_it


def test_it_stands_in_the_page_with_its_words_and_its_table(shows: Shows) -> None:
    page, drawer = shows({"name": "by_group", "place": "phone"})
    drawing = page.get_by_role("img")
    assert "What each group gave · Every group the same" in (drawing.get_attribute("aria-label") or "")
    assert drawing.evaluate("svg => svg.scrollWidth <= document.documentElement.clientWidth")
    assert drawer.asked[0]["for"] == "phone"
    assert 300 <= int(drawer.asked[0]["width"]) <= 390
    page.get_by_text("Show as a table").click()
    table = page.get_by_role("table")
    expect(table.get_by_role("row")).to_have_count(21)
    expect(table.get_by_role("columnheader").first).to_have_text("Item")
    assert axe.findings(page) == []


def test_it_takes_the_colours_of_the_theme(shows: Shows) -> None:
    found = {}
    for scheme in ("light", "dark"):
        page, _ = shows({"name": "by_group"}, "screen", color_scheme=scheme)
        found[scheme] = page.evaluate(
            """() => ["text.f-ink", "rect.f-group-business", "path.s-grain"].map((part) => {
                const style = getComputedStyle(document.querySelector(`.picture-drawing ${part}`));
                return part.includes("path") ? style.stroke : style.fill;
            })"""
        )
        assert axe.findings(page) == []
    assert found["light"] == ["rgb(29, 42, 47)", "rgb(166, 124, 0)", "rgb(29, 42, 47)"]
    assert found["dark"] == ["rgb(240, 234, 221)", "rgb(221, 204, 102)", "rgb(20, 25, 28)"]


def test_on_the_screen_it_has_no_controls_and_fits(shows: Shows) -> None:
    page, drawer = shows(
        {"name": "counts", "place": "screen", "fit": True}, "screen", viewport={"width": 1920, "height": 1080}
    )
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_text("Show as a table")).to_have_count(0)
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll(".picture-drawing text")].map((text) =>
            parseFloat(getComputedStyle(text).fontSize) * text.getCTM().a))"""
    )
    assert smallest >= 27.9
    family = page.evaluate("getComputedStyle(document.querySelector('.picture-drawing text')).fontFamily")
    assert family.startswith('"Source Sans 3"')
    assert drawer.asked[0]["for"] == "screen"


def test_it_is_drawn_anew_for_another_width(shows: Shows) -> None:
    page, drawer = shows({"name": "counts", "place": "page"}, viewport={"width": 390, "height": 844})
    page.set_viewport_size({"width": 700, "height": 500})
    expect(page.locator(".picture-drawing")).to_have_attribute("viewBox", re.compile(r"^0 -\d+ [45]\d\d"))
    widths = [int(asked["width"]) for asked in drawer.asked]
    assert widths[-1] > widths[0]


def test_the_page_hears_which_items_are_shown(shows: Shows) -> None:
    page, _ = shows({"name": "counts"})
    expect(page.locator("body")).to_have_attribute("data-shown", '{"start":0,"shown":20,"all":20}')


def test_what_cannot_be_fetched_is_said_and_can_be_tried_again(shows: Shows) -> None:
    page, drawer = shows({"name": "counts"})
    drawer.broken = True
    page.evaluate("show({name: 'by_group'})")
    expect(page.get_by_text("The picture could not be fetched.")).to_be_visible()
    drawer.broken = False
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("The picture could not be fetched.")).to_have_count(0)
    expect(page.get_by_role("img")).to_have_attribute("aria-label", re.compile("What each group gave"))


def test_a_script_in_a_drawing_would_not_run(shows: Shows) -> None:
    page, drawer = shows({"name": "counts"})
    drawer.extra = "<script>window.ran = true</script>"
    page.evaluate("show({name: 'by_group', version: 1})")
    expect(page.locator(".picture-drawing script")).to_have_count(1)
    assert page.evaluate("window.ran") is None
