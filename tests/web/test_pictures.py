"""Pictures over the web: of revealed results only, for whoever may open the screen, kept as long as they
hold."""

import re
import secrets
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree

import msgspec
import pytest

from edp_app.core.canonical import command_hash
from edp_app.core.commands import Command, Context, HideItem, RevealResult
from edp_app.rooms import Room
from tests.support import voted
from tests.web.conftest import Browser, Site, site_in

SVG = "{http://www.w3.org/2000/svg}"
HIDDEN = ("ranking",)
"""Closed, but not revealed."""


class Held:
    """A workshop on a site, with its votes."""

    def __init__(self, site: Site, methods: Sequence[str], reveal: Sequence[str]) -> None:
        self.site = site
        self.code = site.workshop(site.account(), voted.definition())
        self.now = 1_700_000_000_000
        voted.hold(self.do, lambda: self.room.state, methods=methods, reveal=reveal)

    @property
    def room(self) -> Room:
        found = self.site.app.extensions["edp.rooms"].by_code(self.code)
        assert found is not None
        return found

    def do(self, command: Command, actor: str = "") -> None:
        self.now += 1000
        ctx = Context(
            actor or "f:1", "participant" if actor else "facilitator", self.now, secrets.token_urlsafe(16)
        )
        content = command_hash(msgspec.json.encode(command, order="deterministic"))
        outcome = self.room.submit(command, ctx, content)
        assert outcome.ok, outcome.refusal


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    """Everything was voted on, and all but the ranking revealed; no test changes it."""
    with site_in(tmp_path_factory.mktemp("pictures")) as site:
        reveal = [name for name in (*voted.METHODS, "wheel") if name not in HIDDEN]
        yield Held(site, tuple(voted.METHODS), reveal)


@pytest.fixture
def short(site: Site) -> Held:
    """A vote with dots, revealed, and a ranking, closed; for tests that go on with it."""
    return Held(site, ("dots", "ranking"), ("dots",))


@pytest.fixture
def browser(held: Held) -> Browser:
    return held.site.browser()


def path(held: Held, run: str, name: str, kind: str = "svg", **args: object) -> str:
    asked = "&".join(f"{key.rstrip('_')}={value}" for key, value in args.items())
    return f"/j/{held.code}/picture/{run}/{name}.{kind}?{asked}"


def test_every_method_has_its_pictures_drawn_from_what_the_rules_publish(
    held: Held, browser: Browser
) -> None:
    for stage, pictures in voted.PICTURES.items():
        listed = browser.get(f"/j/{held.code}/pictures/{stage}.1.json")
        if stage in HIDDEN:
            assert listed.status_code == 404
            continue
        assert listed.json["pictures"] == pictures, stage
        assert set(listed.json["of_item"]) <= {"shares", "radar"}
        for name in pictures:
            for place in ("screen", "page", "phone"):
                answer = browser.get(path(held, f"{stage}.1", name, for_=place, lang="en"))
                assert answer.status_code == 200, (stage, name)
                drawn = ElementTree.fromstring(answer.data)  # noqa: S314 -- our own drawing
                assert drawn.find(f"{SVG}title").text  # type: ignore[union-attr]
                told = browser.get(path(held, f"{stage}.1", name, "json", for_=place, lang="en")).json
                assert told["alt"]
                assert len(told["table"]["rows"][0]) == len(told["table"]["head"])


def test_what_was_not_revealed_has_no_picture(short: Held) -> None:
    browser = short.site.browser()
    for kind in ("svg", "json"):
        assert browser.get(path(short, "ranking.1", "counts", kind)).status_code == 404
    assert browser.get(f"/j/{short.code}/pictures/ranking.1.json").status_code == 404
    short.do(RevealResult(run="ranking.1"))
    assert browser.get(path(short, "ranking.1", "counts")).status_code == 200


def test_another_workshop_has_none_of_it(held: Held, browser: Browser) -> None:
    other = held.site.workshop(held.site.account("eva"), voted.definition())
    for answer in (
        browser.get(path(held, "dots.1", "counts").replace(held.code, other)),
        browser.get(path(held, "dots.1", "counts").replace(held.code, "000000")),
        browser.get(f"/j/{other}/pictures/dots.1.json"),
    ):
        assert answer.status_code == 404
    # spaces and dashes do not matter here either
    code = f"{held.code[:3]}-{held.code[3:]}"
    assert browser.get(path(held, "dots.1", "counts").replace(held.code, code)).status_code == 200


@pytest.mark.parametrize(
    ("run", "name", "args"),
    [
        ("dots.1", "heat", {}),
        ("dots.1", "nothing", {}),
        ("dots.2", "counts", {}),
        ("dots.1", "counts", {"lang": "fr"}),
        ("dots.1", "counts", {"for_": "wall"}),
        ("dots.1", "counts", {"limit": "-1"}),
        ("dots.1", "counts", {"start": "99"}),
        ("dots.1", "counts", {"width": "1e3"}),
        ("dots.1", "counts", {"column": "none"}),
        ("dots.1", "shares", {"item": "nobody"}),
        ("criteria.1", "radar", {"item": "x&item=y&item=z&item=w"}),
    ],
)
def test_what_there_is_not_is_not_found(
    held: Held, browser: Browser, run: str, name: str, args: dict[str, str]
) -> None:
    for kind in ("svg", "json"):
        if kind == "json" and "start" in args:
            continue  # the table always holds all items
        assert browser.get(path(held, run, name, kind, **args)).status_code == 404


def test_a_picture_is_kept_as_long_as_it_holds(held: Held, browser: Browser) -> None:
    first = browser.get(path(held, "dots.1", "counts", lang="en"))
    assert first.headers["Cache-Control"] == "private, no-cache"
    tag = first.headers["ETag"]
    again = browser.get(path(held, "dots.1", "counts", lang="en"), headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag
    others = [
        browser.get(path(held, "dots.1", "counts", lang="es")),
        browser.get(path(held, "dots.1", "counts", lang="en", for_="screen")),
        browser.get(path(held, "dots.1", "counts", lang="en", width=900)),
        browser.get(path(held, "dots.1", "counts", "json", lang="en")),
    ]
    assert len({tag, *(other.headers["ETag"] for other in others)}) == 5


def test_a_title_that_is_hidden_later_is_gone_whatever_the_browser_has_kept(short: Held) -> None:
    browser = short.site.browser()
    first = browser.get(path(short, "dots.1", "counts", lang="en"))
    short.do(HideItem(item=list(short.room.state.items)[1]))
    kept = {"If-None-Match": first.headers["ETag"]}
    fresh = browser.get(path(short, "dots.1", "counts", lang="en"), headers=kept)
    assert fresh.status_code == 200
    assert "Solar desalination" in first.text
    assert "Solar desalination" not in fresh.text
    assert "hidden by the facilitator" in fresh.text


def test_what_people_wrote_cannot_become_markup(held: Held, browser: Browser) -> None:
    answer = browser.get(path(held, "dots.1", "counts"))
    assert answer.mimetype == "image/svg+xml"
    assert "Olive oil &amp; &lt;salt&gt;" in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert not re.search(r'\bstyle="|<style|<script|\bon\w+="|href=', answer.text)


def test_it_speaks_the_language_asked_for_and_else_the_workshops(held: Held, browser: Browser) -> None:
    assert "Cada grupo vale lo mismo" in browser.get(path(held, "dots.1", "counts")).text
    assert 'lang="es"' in browser.get(path(held, "dots.1", "counts")).text
    english = browser.get(path(held, "dots.1", "counts", lang="en")).text
    assert "Every group the same" in english
    assert "Cada grupo" not in english


def test_words_are_as_large_as_the_place_asks(held: Held, browser: Browser) -> None:
    for place, smallest, width in (("screen", 28, 1420), ("page", 14, 760), ("phone", 13, 320)):
        drawn = ElementTree.fromstring(browser.get(path(held, "criteria.1", "heat", for_=place)).data)  # noqa: S314
        scale = float(drawn.get("width", "0")) / float(drawn.get("viewBox", "").split()[2])
        sizes = [float(text.get("font-size", "0")) * scale for text in drawn.iter(f"{SVG}text")]
        assert min(sizes) == pytest.approx(smallest, rel=0.001)
        assert float(drawn.get("width", "0")) == pytest.approx(width, abs=1)


def test_it_holds_as_many_items_as_there_is_room_for_and_says_so(held: Held, browser: Browser) -> None:
    drawn = ElementTree.fromstring(  # noqa: S314
        browser.get(path(held, "dots.1", "counts", for_="screen", height=400, lang="en")).data
    )
    shown = int(drawn.get("data-shown", "0"))
    assert (drawn.get("data-start"), drawn.get("data-all")) == ("0", "5")
    assert 1 <= shown < 5
    assert float(drawn.get("height", "0")) <= 400
    assert f"Items 1 to {shown} of 5." in drawn.get("aria-label", "")
    rest = browser.get(path(held, "dots.1", "counts", start=shown, lang="en")).text
    assert f'data-start="{shown}" data-shown="{5 - shown}"' in rest
    table = browser.get(path(held, "dots.1", "counts", "json", start=shown, limit=1)).json
    assert len(table["table"]["rows"]) == 5


def test_pictures_travel_compressed(held: Held, browser: Browser) -> None:
    plain = browser.get(path(held, "dots.1", "by_group"))
    packed = browser.get(path(held, "dots.1", "by_group"), headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 3
