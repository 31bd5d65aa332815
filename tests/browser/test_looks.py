"""Every page, in every state, at every size: nothing sticks out, is cut or covered, and nobody is kept out.

What is asked of a page stands in tests/support/looks.py and looks.js. An ordinary run reaches every page in
each width, once; with ``--long`` each state is looked at in all sizes and themes, in three languages, with
one item and with sixty, and what it came to is written into LOOKS.md.
"""

import datetime
import itertools
import re
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from edp_app.core.definition import LANGUAGES
from edp_app.rehearsal.own_server import serving
from tests.support.desk import DESK, PROJECTOR, Cable, Contexts, open_console, open_screen
from tests.support.looks import SIZES, WHOLE, ZOOMED, Face, Look, Theme, judge
from tests.support.looks_hall import HEARS, TABS, Evening, Faces, Moment, definition
from tests.support.looks_site import ON_PAPER, visits
from tests.support.looks_visitor import Site
from tests.support.stage import Hand, Stage, edp

RESULTS = Path(__file__).with_name("LOOKS.md")

LOCALES = {"en": "en-GB", "es": "es-PE", "pt": "pt-BR"}
FACES: tuple[Face, ...] = ("phone", "console", "screen")

MOTION = """
window.moved = [];
["animationstart", "transitionrun"].forEach((name) => {
  document.addEventListener(name, ({ target }) => window.moved.push(`${name}: ${target.className}`), true);
});
["animate", "scrollIntoView", "scrollTo"].forEach((name) => {
  const real = Element.prototype[name];
  Element.prototype[name] = function (...all) {
    if (name === "animate" || (all[0] && all[0].behavior === "smooth")) window.moved.push(name);
    return real.apply(this, all);
  };
});
"""
"""A script that keeps whatever moves on a page on which nothing should."""

Turn = Callable[[Face, Moment], Look]


class Gallery:
    """What was looked at, and what was found."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.looks = 0
        self.axes = 0
        self.seen: set[tuple[str, str, str]] = set()
        """Face, kind of stage, size."""

    def look(self, page: Page, face: Face, kind: str, name: str, look: Look, language: str) -> None:
        """Judges the page in its state."""
        self.found += [f"{face} in {language}: {words}" for words in judge(page, face, name, look, language)]
        self.seen |= {(face, kind, size.name) for size in look.sizes}
        self.looks += len(look.sizes)
        self.axes += len(look.themes)


def hang(
    gallery: Gallery, server: Stage, contexts: Contexts, languages: Sequence[str], count: int, turn: Turn
) -> None:
    """A whole workshop on the three faces, each in its language, looked at as ``turn`` says."""
    speaks = dict(zip(FACES, languages, strict=True))
    whole = definition(speaks["screen"])
    hand = Hand(server.url, server.new_workshop(whole))
    cables: list[Cable] = []

    def context(face: Face, **options: object) -> BrowserContext:
        made = contexts(locale=LOCALES[speaks[face]], reduced_motion="reduce", **options)
        made.add_cookies([{"name": "language", "value": speaks[face], "url": server.url}])
        made.add_init_script(HEARS + MOTION)
        cables.append(Cable(made))
        return made

    try:
        phone = context("phone").new_page()
        phone.goto(hand.join_url)
        expect(phone.locator(".act .button")).to_be_visible(timeout=20_000)
        pages = Faces(
            phone,
            open_console(context("console", viewport=DESK), server, hand.code),
            open_screen(context("screen", viewport=PROJECTOR, has_touch=False), server, hand.code),
        )
        joining = Moment("joining", "join")
        gallery.look(phone, "phone", "join", joining.name, turn("phone", joining), speaks["phone"])
        for choice in phone.locator("fieldset").all():
            if choice.get_by_role("radio").count():
                choice.get_by_role("radio").first.check()
        phone.locator(".act .button").click()
        expect(phone.locator(".now h1")).to_be_visible()
        for moment in Evening(hand, whole, pages, count, cables).moments():
            for face in FACES:
                page = getattr(pages, face)
                gallery.look(page, face, moment.kind, moment.name, turn(face, moment), speaks[face])
            if moment.kind == "sort":
                _merging(gallery, pages.console, moment, turn, speaks["console"])
            for face in FACES:
                moved = getattr(pages, face).evaluate("window.moved.splice(0)")
                gallery.found += [f"{face}: {moment.name}: moves, {words}" for words in moved]
            if moment.looked_through:
                _tabs(gallery, pages.console, moment, turn, speaks["console"])
                _opened(gallery, pages, moment, turn, speaks)
    finally:
        hand.leave()


def _tabs(gallery: Gallery, console: Page, moment: Moment, turn: Turn, language: str) -> None:
    """Every part of the console that is one tap away on a phone."""
    console.set_viewport_size({"width": 390, "height": 844})
    expect(console.locator(".tab[data-tab=people]")).to_be_visible()
    for tab in console.locator(".tab").all():
        name = tab.get_attribute("data-tab") or ""
        tab.click()
        look = turn("console", Moment(name, f"tab {name}", inside=True))
        gallery.look(console, "console", f"tab {name}", f"{moment.name}, tab {name}", look, language)
    console.locator(".tab").first.click()
    console.set_viewport_size(DESK)
    expect(console.locator(".tab[data-tab=people]")).to_have_count(0)


def _merging(gallery: Gallery, console: Page, moment: Moment, turn: Turn, language: str) -> None:
    """Two items chosen to be merged, if there are two."""
    boxes = console.locator(".item input[type=checkbox]")
    if boxes.count() < 2:
        return
    for place in range(2):
        boxes.nth(place).check()
    expect(console.locator(".merge")).to_be_visible()
    look = turn("console", Moment(moment.name, "merging", inside=True))
    gallery.look(console, "console", "merging", f"{moment.name}, merging", look, language)
    for place in range(2):
        boxes.nth(place).uncheck()


def _opened(gallery: Gallery, pages: Faces, moment: Moment, turn: Turn, speaks: dict[str, str]) -> None:
    """Everything that is folded, unfolded."""
    for face in FACES[:2]:
        page: Page = getattr(pages, face)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        look = turn(face, Moment(moment.name, f"{moment.kind}, unfolded", inside=True))
        gallery.look(page, face, f"{moment.kind}, unfolded", f"{moment.name}, unfolded", look, speaks[face])
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = false; })")


def once() -> Turn:
    """What is new is looked at in all widths, or, where it is only unfolded or another tab, in a narrow and a
    wide one; what was there before, not again, but for the ballots of each method on the phone and its
    results there and on the screen. One theme after the other."""
    seen: set[tuple[str, ...]] = set()
    turns = itertools.count()

    def turn(face: Face, moment: Moment) -> Look:
        kind, form = (face, moment.kind), (face, moment.kind, moment.method)
        fresh, other = kind not in seen, form not in seen
        seen.update((kind, form))
        n = next(turns)
        theme: Theme = "dark" if n % 2 else "light"
        if fresh and moment.inside:
            return Look((SIZES[n % 2], SIZES[2 + n % 3]), (theme,))
        if fresh:
            return Look((*SIZES, ZOOMED[n % 4]), (theme,))
        if not other or face == "console" or (face == "screen" and moment.kind == "vote"):
            return Look((), ())
        narrow = SIZES[n % 2] if face == "phone" else SIZES[3 + n % 2]
        return Look((narrow,), (theme,) if face == "phone" and moment.kind == "vote" else ())

    return turn


def all_of_it(_face: Face, _moment: Moment) -> Look:
    """Everything."""
    return WHOLE


@pytest.fixture
def fresh(tmp_path: Path, contexts: Contexts) -> Iterator[Callable[[str, int], Site]]:
    """A server without an account, for a language and so many workshops."""
    with_server = serving(_prepared(tmp_path))
    with with_server as url:

        def site(language: str, count: int) -> Site:
            context = contexts(viewport=DESK, locale=LOCALES[language], reduced_motion="reduce")
            return Site(context.new_page(), url, tmp_path, language, count)

        yield site


def _prepared(data: Path) -> Path:
    edp(data, "db", "upgrade")
    return data


def visit(gallery: Gallery, site: Site, look: Callable[[int], Look]) -> None:
    """Every page that the server makes."""
    for n, name in enumerate(visits(site)):
        paper = name.partition(",")[0] in ON_PAPER
        turn = Look(SIZES[3:], look(n).themes) if paper else look(n)
        gallery.look(site.page, "site", name, name, turn, site.language)
        folded = site.page.locator("main details:not(.register-more)").first
        if folded.count():
            folded.evaluate("one => { one.open = true; }")
            gallery.look(site.page, "site", name, f"{name}, unfolded", look(n), site.language)


def test_every_page_of_the_server(fresh: Callable[[str, int], Site]) -> None:
    gallery = Gallery()
    themes: tuple[Theme, Theme] = ("light", "dark")
    visit(gallery, fresh("es", 60), lambda n: Look((*SIZES, ZOOMED[n % 4]), (themes[n % 2],)))
    assert not gallery.found, "\n".join(gallery.found)


@pytest.mark.timeout(1200)
def test_a_whole_workshop_on_three_faces(server: Stage, contexts: Contexts) -> None:
    gallery = Gallery()
    hang(gallery, server, contexts, ("pt", "en", "es"), 20, once())
    assert not gallery.found, "\n".join(gallery.found)
    kinds = {(face, kind) for face, kind, _size in gallery.seen}
    assert {kind for _face, kind in kinds if kind.startswith("tab ")} == {f"tab {tab}" for tab in TABS}
    pages = {(face, kind) for face, kind in kinds if not re.match("tab |merging|.*unfolded", kind)}
    assert gallery.seen >= {(face, kind, size.name) for face, kind in pages for size in SIZES}


@pytest.mark.parametrize("count", [1, 60])
@pytest.mark.parametrize("turn", range(3))
def test_the_whole_product(
    long: bool,
    server: Stage,
    contexts: Contexts,
    fresh: Callable[[str, int], Site],
    turn: int,
    count: int,
) -> None:
    if not long:
        pytest.skip("with --long")
    began, gallery = time.monotonic(), Gallery()
    languages = (*LANGUAGES[turn:], *LANGUAGES[:turn])
    visit(gallery, fresh(languages[0], count), lambda _n: WHOLE)
    hang(gallery, server, contexts, languages, count, all_of_it)
    _write_down(gallery, languages, count, time.monotonic() - began)
    assert not gallery.found, "\n".join(gallery.found)


HEAD = """\
# What the long looks came to

Rows are written by `pytest tests/browser/test_looks.py --long` itself. *Looks*: a page in a state in a window
of one size; *axe*: a run of axe-core on one. Each row has phone, console and screen in the three languages,
in this order; every state in nine windows, of which four are zoomed, light and dark.

| date (UTC) | languages | items | looks | axe | found | minutes |
|---|---|---|---|---|---|---|
"""


def _write_down(gallery: Gallery, languages: Sequence[str], count: int, seconds: float) -> None:
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else HEAD
    when = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M")
    cells = (when, " ".join(languages), count, gallery.looks, gallery.axes, len(gallery.found))
    row = " | ".join(str(cell) for cell in (*cells, f"{seconds / 60:.0f}"))
    RESULTS.write_text(f"{text}| {row} |\n", encoding="utf-8")
