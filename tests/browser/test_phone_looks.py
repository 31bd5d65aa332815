"""The phone's page as a thing to look at and to touch: widths, colours, contrast, sizes, weight."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Playwright, Response, Route, expect

from tests.support.axe import findings
from tests.support.chromium import CHROMIUM_ARGUMENTS, chromium_path
from tests.support.definitions import short
from tests.support.desk import Begin, Contexts
from tests.support.phone import KEEPS_NOTHING, SEEN, Phone, small_targets
from tests.support.stage import Hand, Stage, stage

Visit = tuple[str, Phone]

FIRST_LOAD = 50 * 1024
SECOND_LOAD = 40 * 1024
SECOND = re.compile(r"phone\.second")
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def journey(hand: Hand, page: Page) -> Iterator[Visit]:
    """One phone through every state of the page; yields after each, with the page at rest."""
    page.goto(hand.join_url)
    phone = Phone(page)
    expect(page.locator(".act .button")).to_be_visible(timeout=SEEN)
    yield "join", phone
    phone.join("Business", "Tacna")
    yield "waiting", phone
    hand.open("opening")
    phone.sees_heading("Opening")
    yield "show", phone
    hand.open("who")
    expect(page.locator(".big-group")).to_be_visible(timeout=SEEN)
    yield "who", phone
    swot = hand.open("swot")
    hand.do("set_timer", run=swot, seconds=600)
    expect(page.locator(".clock")).to_be_visible(timeout=SEEN)
    phone.write(LONG)
    expect(phone.own(LONG).locator(".saved")).to_be_visible(timeout=SEEN)
    titles = ("Vineyards that bear in the desert", LONG[::-1], "A port on each side of the border")
    writing = ({"type": "add_item", "run": swot, "column": "s", "title": title} for title in titles)
    hand.somebody("government", *writing)
    page.get_by_text("What others wrote").click()
    expect(page.locator(".board-item")).to_have_count(3, timeout=SEEN)
    yield "gather", phone
    hand.do("pause_stage", run=swot)
    expect(page.locator(".notice-warn")).to_be_visible(timeout=SEEN)
    yield "paused", phone
    hand.open("sort")
    phone.sees_heading("Group and name")
    yield "sort", phone
    weigh = hand.open("weigh")
    expect(page.locator(".candidate")).to_have_count(4, timeout=SEEN)
    phone.put_dot("Vineyards that bear in the desert")
    expect(phone.page.locator(".candidate .saved")).to_be_visible(timeout=SEEN)
    yield "vote", phone
    item = next(i for i, one in hand.view["items"].items() if one["title"] == titles[0])
    for group in ("government", "academia", "academia", "academia"):
        vote = {"type": "cast_ballot", "run": weigh, "item": item, "dots": 1}
        hand.somebody(group, vote)
    hand.do("close_stage", run=weigh)
    expect(page.locator(".notice")).to_be_visible(timeout=SEEN)
    yield "closed", phone
    hand.do("reveal_result", run=weigh)
    expect(page.locator(".result")).to_be_visible(timeout=SEEN)
    page.wait_for_function("() => document.getAnimations().every((one) => one.playState === 'finished')")
    yield "result", phone
    hand.open("ideas")
    page.get_by_text("Add details (optional)").click()
    expect(page.locator(".pick")).to_have_count(17 + 4, timeout=SEEN)
    yield "details", phone
    hand.open("evaluation")
    page.locator(".step").first.click()
    expect(page.locator(".question .saved")).to_be_visible(timeout=SEEN)
    yield "ask", phone
    page.get_by_text("Agenda", exact=True).click()
    page.get_by_text("You and your group").click()
    yield "elsewhere", phone
    hand.do("end_workshop")
    phone.sees_heading("Thank you")
    yield "ended", phone


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_finding_in_any_state(begin: Begin, contexts: Contexts, scheme: str) -> None:
    page = contexts(color_scheme=scheme).new_page()
    for name, phone in journey(begin(short(per="stage")), page):
        assert not findings(phone.page), name


@pytest.mark.parametrize("width", [320, 390, 430, 820])
def test_everything_fits_and_can_be_touched(begin: Begin, contexts: Contexts, width: int) -> None:
    page = contexts(viewport={"width": width, "height": 700}).new_page()
    for name, phone in journey(begin(short(per="column")), page):
        assert phone.too_wide() <= 0, name
        assert not small_targets(phone.page), name


def test_everything_fits_at_twice_the_text_size(begin: Begin, contexts: Contexts) -> None:
    context = contexts(viewport={"width": 320, "height": 700})
    context.add_init_script(
        """document.addEventListener("DOMContentLoaded", () => {
          document.documentElement.style.fontSize = "200%";
        });"""
    )
    for name, phone in journey(begin(short(per="column")), context.new_page()):
        assert phone.too_wide() <= 0, name


def weights(answers: list[Response]) -> dict[str, int]:
    """How many bytes travelled for each path, without the live connection."""
    return {
        urlsplit(one.url).path: one.request.sizes()["responseBodySize"]
        for one in answers
        if "/socket.io/" not in one.url and one.ok
    }


@pytest.mark.parametrize("locale", ["en-GB", "es-PE", "pt-BR"])
def test_the_first_load_is_light(begin: Begin, contexts: Contexts, locale: str) -> None:
    """Page, style, script, words: everything up to the moment at which one can join, as it travels; what
    votes and results need comes after that, and is light as well."""
    hand = begin(short())
    page = contexts(locale=locale).new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    held: list[Route] = []
    page.route(SECOND, lambda route: held.append(route))
    page.goto(hand.join_url)
    expect(page.locator(".act .button")).to_be_visible(timeout=SEEN)
    first = weights(answers)
    assert any(re.search(r"phone\..*\.js$", path) for path in first)
    assert not any(path.endswith((".woff2", ".png")) for path in first), first
    assert sum(first.values()) < FIRST_LOAD, first
    for route in held:
        route.continue_()
    page.wait_for_function(
        """() => performance.getEntriesByType("resource")
          .filter((one) => one.name.includes("phone.second") && one.responseEnd > 0).length === 3"""
    )
    second = {path: weight for path, weight in weights(answers).items() if path not in first}
    assert sorted(path.rpartition(".")[2] for path in second) == ["css", "js"], second
    words = weights([one for one in answers if "page=phone.second" in one.url])
    assert sum(second.values()) + sum(words.values()) < SECOND_LOAD, (second, words)
    print(sum(first.values()), sum(second.values()) + sum(words.values()))
    hosts = {urlsplit(one.url).netloc for one in answers}
    assert hosts == {urlsplit(hand.join_url).netloc}, "nothing comes from anywhere else"


def test_slow_mobile_networks_wait_less_than_five_seconds(begin: Begin, contexts: Contexts) -> None:
    """As the profile “slow 3G” of browsers has it: 400 kbit/s each way, 400 ms to the server and back."""
    hand = begin(short())
    page = contexts().new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    rate = 400 * 1000 / 8
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 400, "downloadThroughput": rate, "uploadThroughput": rate},
    )
    page.goto(hand.join_url, wait_until="commit")
    expect(page.locator(".act .button")).to_be_visible(timeout=20_000)
    spent = page.evaluate("performance.now()")
    assert spent < 5000


@pytest.fixture(scope="module")
def hall(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Stage, Browser]]:
    """A server in a hall without internet, under a name that browsers do not count as this machine."""
    with stage(tmp_path_factory.mktemp("hall"), EDP_ALLOWED_HOSTS="hall.example") as running:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(),
            args=[*CHROMIUM_ARGUMENTS, "--host-resolver-rules=MAP hall.example 127.0.0.1"],
        )
        yield running, browser
        browser.close()


def test_plain_http_in_a_hall_is_enough(hall: tuple[Stage, Browser]) -> None:
    server, browser = hall
    code = server.new_workshop(short(per="stage"))
    hand = Hand(server.url, code)
    try:
        swot = hand.open("swot")
        page = browser.new_page(viewport={"width": 390, "height": 844}, locale="en-GB")
        page.goto(server.url.replace("127.0.0.1", "hall.example") + f"/j/{code}")
        assert page.evaluate("[isSecureContext, 'subtle' in crypto, 'randomUUID' in crypto]") == [False] * 3
        phone = Phone(page).join("Business", "Tacna")
        phone.write("Without a certificate")
        expect(phone.own("Without a certificate").locator(".saved")).to_be_visible(timeout=SEEN)
        hand.do("close_stage", run=swot)
        hand.open("weigh")
        phone.put_dot("Without a certificate")
        expect(phone.candidate("Without a certificate").locator(".saved")).to_be_visible(timeout=SEEN)
    finally:
        hand.leave()


def test_a_browser_that_keeps_nothing_says_so_and_works(begin: Begin, contexts: Contexts) -> None:
    hand = begin(short(per="stage"))
    hand.open("swot")
    context = contexts()
    context.add_init_script(KEEPS_NOTHING)
    page = context.new_page()
    page.goto(hand.join_url)
    expect(page.get_by_text("This browser keeps nothing")).to_be_visible(timeout=SEEN)
    phone = Phone(page).join("Business", "Tacna")
    phone.write("From a private window")
    expect(phone.own("From a private window").locator(".saved")).to_be_visible(timeout=SEEN)


def test_a_keyboard_is_enough_and_the_focus_follows_the_stage(begin: Begin, contexts: Contexts) -> None:
    hand = begin(short(per="stage"))
    page = contexts(has_touch=False).new_page()
    page.goto(hand.join_url)
    page.get_by_role("radio", name="Business").focus()
    page.keyboard.press("Space")
    page.get_by_role("radio", name="Tacna").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(".now h1")).to_be_visible(timeout=SEEN)
    hand.open("opening")
    expect(page.locator(".now h1")).to_be_focused(timeout=SEEN)
    hand.open("swot")
    phone = Phone(page)
    phone.box.focus()
    page.keyboard.type("Typed, then Ctrl+Enter")
    page.keyboard.press("Control+Enter")
    expect(phone.own("Typed, then Ctrl+Enter").locator(".saved")).to_be_visible(timeout=SEEN)
    expect(phone.box).to_be_focused()
    page.keyboard.type("still wri")
    hand.do("pause_stage", run=hand.run)
    expect(page.locator(".notice-warn")).to_be_visible(timeout=SEEN)
    expect(phone.box).to_be_focused()
    page.keyboard.type("ting")
    expect(phone.box).to_have_value("still writing")
