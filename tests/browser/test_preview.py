"""The preview in a real browser: the phone's and the screen's own pages show one view and send nothing."""

from playwright.sync_api import FrameLocator, Page, Request, expect

from edp_app.core.definition import Definition, Stage, VoteSettings, in_language, kind_of
from tests.contract.test_preview import EVERY, PRESETS
from tests.support import axe
from tests.support.at_rest import dressed
from tests.support.desk import DESK, Contexts, NewWorkshop, sign_in
from tests.support.phone import SEEN
from tests.support.stage import Stage as Server


def one_of_each(definition: Definition) -> list[Stage]:
    """The first stage of every kind, of every method, and of a second round."""
    found: dict[tuple[str, str, bool], Stage] = {}
    for stage in definition.stages:
        vote = stage.settings if isinstance(stage.settings, VoteSettings) else None
        method = type(vote.method).__name__ if vote else ""
        found.setdefault((kind_of(stage.settings), method, bool(vote and vote.second_of)), stage)
    return list(found.values())


BALLOTS = {
    "DotsMethod": "button",
    "PointsMethod": "input",
    "AgreeMethod": "button",
    "CriteriaMethod": "input[type=radio]",
    "AxesMethod": "input[type=radio]",
    "ChoiceMethod": "button, input[type=radio]",
    "RankingMethod": "button",
}


def frames(page: Page) -> tuple[FrameLocator, FrameLocator]:
    """The phone and the screen, drawn."""
    phone, screen = (page.frame_locator(f".preview-{name} iframe") for name in ("phone", "screen"))
    expect(phone.locator(".now h1")).to_be_visible(timeout=SEEN)
    expect(screen.locator(".picture")).to_be_visible(timeout=SEEN)
    return phone, screen


def test_every_kind_and_every_method_is_drawn_by_the_pages_themselves(
    server: Server, contexts: Contexts, workshop: NewWorkshop
) -> None:
    code = workshop(PRESETS)
    asked: list[Request] = []
    context = contexts(viewport=DESK)
    context.on("request", lambda request: asked.append(request))
    page = context.new_page()
    sign_in(page, server)
    for stage in one_of_each(PRESETS):
        page.goto(f"{server.url}/workshops/{code}/preview/{stage.id}")
        phone, screen = frames(page)
        words = in_language(stage.prompt, "en") or in_language(stage.title, "en")
        expect(phone.locator(".now")).to_contain_text(words)
        expect(screen.locator("main")).to_contain_text(words)
        if isinstance(stage.settings, VoteSettings):
            expect(phone.get_by_text("Example ").first).to_be_visible(timeout=SEEN)
            ballot = BALLOTS[type(stage.settings.method).__name__]
            expect(phone.locator(f".now {ballot}").first).to_be_attached()
            expect(screen.get_by_text("Example ").first).to_be_visible()
    sent = [one.url for one in asked if "socket.io" in one.url or one.method == "POST"]
    assert [url for url in sent if "/login" not in url] == []


def test_nothing_can_be_sent_or_typed_and_nothing_is_kept(
    server: Server, contexts: Contexts, workshop: NewWorkshop
) -> None:
    code = workshop(PRESETS)
    context = contexts(viewport=DESK)
    page = context.new_page()
    sign_in(page, server)
    page.goto(f"{server.url}/workshops/{code}/preview/ideas")
    phone, _ = frames(page)
    expect(page.get_by_text("Preview: nothing is sent")).to_have_count(2)
    box = phone.locator(".now textarea").first
    box.click()
    page.keyboard.type("an idea")
    expect(box).to_have_value("")
    phone.get_by_role("button", name="Português").click()
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    phone.get_by_role("link", name="What is stored").click()
    more = phone.locator("details:not([open]) summary").last
    more.click()
    expect(phone.locator("details[open]").last).to_be_visible()
    page.goto(f"{server.url}/workshops/{code}/preview/shortlist?speaks=es")
    phone, _ = frames(page)
    phone.locator(".candidate button").last.click()
    expect(phone.locator("html")).to_have_attribute("lang", "es")
    expect(phone.get_by_text("Quedan 5 puntos").first).to_be_visible()
    assert page.evaluate("Object.keys(localStorage)") == []
    assert "language" not in {cookie["name"] for cookie in context.cookies()}
    assert len(context.pages) == 1


def test_beside_each_other_on_a_desk_and_below_on_a_phone(
    server: Server, contexts: Contexts, workshop: NewWorkshop
) -> None:
    code = workshop(PRESETS)
    for width, beside in ((1440, True), (390, False)):
        page = contexts(viewport={"width": width, "height": 844}).new_page()
        sign_in(page, server)
        page.goto(f"{server.url}/workshops/{code}/stages/shortlist")
        page.get_by_label("Title", exact=True).fill("Our few")
        page.get_by_role("button", name="Preview").click()
        phone, screen = frames(page)
        expect(phone.locator(".now .eyebrow")).to_have_text("Our few")
        expect(screen.locator(".kicker")).to_contain_text("Our few")
        dressed(page)
        left, right = (page.locator(f".preview-{name}").bounding_box() for name in ("phone", "screen"))
        assert left
        assert right
        assert (right["x"] >= left["x"] + left["width"]) is beside
        assert (right["y"] >= left["y"] + left["height"]) is not beside
        shown = page.locator(".preview-wide").bounding_box()
        assert shown
        assert abs(shown["width"] / shown["height"] - 16 / 9) < 0.05
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert beside or axe.findings(page) == []
        page.get_by_role("button", name="Save").last.click()
        expect(page.get_by_role("status").first).to_contain_text("“Our few” is saved")


def test_each_of_the_methods_is_among_those_that_are_drawn() -> None:
    drawn = {(kind_of(one.settings)) for one in one_of_each(PRESETS)}
    assert drawn == {kind_of(stage.settings) for _, stage in EVERY}
    votes = [one.settings for one in one_of_each(PRESETS) if isinstance(one.settings, VoteSettings)]
    assert {type(vote.method).__name__ for vote in votes} == BALLOTS.keys()
