"""The phone, from the QR code to the last vote, as people use it."""

import io
import re
import time
from collections.abc import Callable, Iterable

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import BrowserContext, Page, WebSocketRoute, expect

from edp_app.core.definition import Definition
from tests.support.at_rest import comes_to
from tests.support.definitions import short
from tests.support.phone import OFFLINE, SEEN, Phone, arrive_at
from tests.support.stage import Hand, Stage

Make = Callable[[Definition], str]
Contexts = Callable[..., BrowserContext]
Facilitate = Callable[[str], Hand]
Arrive = Callable[..., Phone]


@pytest.fixture
def code(workshop: Make) -> str:
    return workshop(short(per="stage"))


@pytest.fixture
def hand(facilitate: Facilitate, code: str) -> Hand:
    return facilitate(code)


@pytest.fixture
def arrive(server: Stage, contexts: Contexts, code: str) -> Arrive:
    """Somebody new who opens the page."""
    return lambda **options: arrive_at(f"{server.url}/j/{code}", contexts(**options))


def written(run: str, titles: Iterable[str]) -> list[dict[str, object]]:
    """Commands that write these titles."""
    return [{"type": "add_item", "run": run, "column": "s", "title": title} for title in titles]


def scanned(page: Page, address: str) -> str:
    """What a camera reads from the QR code at this address."""
    page.goto(address)
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())))
    return found[0].text


def test_two_phones_scan_join_in_spanish_write_and_vote(
    server: Stage, contexts: Contexts, code: str, hand: Hand
) -> None:
    address = scanned(contexts().new_page(), f"{server.url}/qr/{code}.svg")
    assert address == f"{server.url}/j/{code}"
    hand.open("swot")
    phones = []
    for group in ("business", "government"):
        page = contexts(locale="pt-BR").new_page()
        page.goto(address)
        expect(page.locator('.languages [aria-current="true"]')).to_have_text("Português", timeout=SEEN)
        page.get_by_role("button", name="Español").click()
        expect(page.locator("html")).to_have_attribute("lang", "es")
        expect(page.get_by_role("group", name="¿De qué territorio viene?")).to_be_visible()
        phones.append(Phone(page).join(f"{group} es", "Tacna"))
    for phone, text in zip(phones, ("Puerto seco y frío", "Suelo salino"), strict=True):
        phone.box.fill(text)
        phone.page.locator(".send .button").click()
        expect(phone.own(text).locator(".saved")).to_be_visible(timeout=SEEN)
    hand.until(lambda v: len(v["items"]) == 2, "two items")
    hand.open("weigh")
    for phone in phones:
        expect(phone.candidate("Puerto seco y frío")).to_be_visible(timeout=SEEN)
        phone.candidate("Puerto seco y frío").locator(".stepper-add").click()
        expect(phone.candidate("Puerto seco y frío").locator(".saved")).to_be_visible(timeout=SEEN)
    view = hand.until(lambda v: v["now"]["cast"] == 2, "two people have voted")
    assert view["people"]["by_group"]["business"] == 1
    for phone in phones:
        phone.page.reload()
        expect(phone.page.locator("html")).to_have_attribute("lang", "es")
        expect(phone.dots_on("Puerto seco y frío")).to_have_count(1, timeout=SEEN)
    assert hand.view["people"]["total"] == 2


def test_from_the_link_to_the_first_saved_contribution_takes_three_taps(arrive: Arrive, hand: Hand) -> None:
    hand.open("swot")
    begun = time.monotonic()
    phone = arrive().join("Business", "Tacna")
    phone.write("Deep-water port")
    expect(phone.own("Deep-water port").locator(".saved")).to_be_visible(timeout=SEEN)
    assert time.monotonic() - begun < 60
    expect(phone.box).to_be_focused()  # one goes on writing


def test_whoever_has_joined_begins_at_the_top(arrive: Arrive, hand: Hand) -> None:
    hand.open("swot")
    phone = arrive(viewport={"width": 390, "height": 500})
    page = phone.page
    page.get_by_role("radio", name="Business").check()
    page.get_by_role("radio", name="Tacna").check()
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_function("() => window.scrollY > 0")
    page.locator(".act .button").click()
    expect(page.locator(".now h1")).to_be_focused(timeout=SEEN)
    page.wait_for_function("() => window.scrollY === 0")
    expect(page.locator(".top")).to_be_in_viewport(ratio=1)


def test_a_reload_keeps_group_draft_column_and_votes(arrive: Arrive, hand: Hand) -> None:
    hand.open("swot")
    phone = arrive().join("Academia", "Arica")
    phone.write("Olive groves")
    expect(phone.own("Olive groves").locator(".saved")).to_be_visible(timeout=SEEN)
    phone.page.locator(".column").nth(1).click()
    phone.box.fill("half a thought")
    phone.page.reload()
    expect(phone.page.locator(".column").nth(1)).to_have_attribute("aria-pressed", "true", timeout=SEEN)
    expect(phone.box).to_have_value("half a thought")
    expect(phone.page.locator(".top")).to_contain_text("Academia")
    hand.open("weigh")
    phone.put_dot("Olive groves")
    phone.put_dot("Olive groves")
    expect(phone.left).to_contain_text("One dot left")
    expect(phone.candidate("Olive groves").locator(".saved")).to_be_visible(timeout=SEEN)
    phone.page.reload()
    expect(phone.dots_on("Olive groves")).to_have_count(2, timeout=SEEN)
    expect(phone.left).to_contain_text("One dot left")
    assert hand.view["people"]["total"] == 1


def test_own_items_are_changed_and_withdrawn_and_others_read_them(arrive: Arrive, hand: Hand) -> None:
    hand.open("swot")
    author, reader = arrive().join("Business", "Tacna"), arrive().join("Academia", "Tacna")
    author.write("Solar powre")
    expect(author.own("Solar powre").locator(".saved")).to_be_visible(timeout=SEEN)
    author.own("Solar powre").get_by_role("button", name="Edit").click()
    again = author.page.locator(".own-item textarea")
    expect(again).to_be_focused()  # and the cursor stands behind the text
    again.fill("Solar power")
    author.page.get_by_role("button", name="Save the change").click()
    expect(author.own("Solar power").locator(".saved")).to_be_visible(timeout=SEEN)
    reader.page.get_by_text("What others wrote").click()
    expect(reader.page.locator(".board-item")).to_contain_text("Solar power", timeout=SEEN)
    author.own("Solar power").get_by_role("button", name="Withdraw").click()
    expect(author.page.locator(".own-item")).to_have_text(re.compile("^Withdrawn: Solar power"))
    expect(reader.page.locator(".board-item")).to_have_count(0, timeout=SEEN)
    author.page.get_by_role("button", name="Write it again").click()
    expect(author.page.locator(".own-item")).to_have_count(0)
    expect(author.box).to_have_value("Solar power")
    author.page.locator(".send").click()
    expect(reader.page.locator(".board-item")).to_contain_text("Solar power", timeout=SEEN)


def test_edit_leads_to_the_end_of_the_text(arrive: Arrive, hand: Hand) -> None:
    hand.open("swot")
    phone = arrive(viewport={"width": 390, "height": 600}).join("Business", "Tacna")
    for text in ("Copper", "Olive oil", "Two ports"):
        phone.write(text)
        expect(phone.own(text).locator(".saved")).to_be_visible(timeout=SEEN)
    phone.own("Copper").get_by_role("button", name="Edit").click()
    box = phone.page.get_by_label("Edit your contribution")
    expect(box).to_be_focused()
    expect(box).to_be_in_viewport(ratio=1)
    expect(phone.page.get_by_role("button", name="Save the change")).to_be_in_viewport(ratio=1)
    phone.page.keyboard.type(" and salt")
    expect(box).to_have_value("Copper and salt")


def test_offline_it_says_so_and_sends_each_thing_once_afterwards(arrive: Arrive, hand: Hand) -> None:
    hand.open("swot")
    phone = arrive().join("Business", "Tacna")
    phone.page.context.set_offline(True)
    expect(phone.page.get_by_text(OFFLINE)).to_be_visible(timeout=SEEN)
    phone.write("Written in the tunnel")
    phone.write("And another")
    expect(phone.own("Written in the tunnel")).to_contain_text("Waiting for the connection")
    expect(phone.page.locator(".line")).to_contain_text("2 things are waiting to be sent.")
    phone.page.context.set_offline(False)
    expect(phone.own("Written in the tunnel").locator(".saved")).to_be_visible(timeout=SEEN)
    expect(phone.own("And another").locator(".saved")).to_be_visible(timeout=SEEN)
    expect(phone.page.get_by_text(OFFLINE)).to_be_hidden()
    view = hand.until(lambda v: len(v["items"]) == 2, "both items, once each")
    assert [item["title"] for item in view["items"].values()] == ["Written in the tunnel", "And another"]


def test_an_answer_lost_on_the_way_is_asked_for_again_and_counts_once(
    server: Stage, contexts: Contexts, code: str, hand: Hand
) -> None:
    """The server stores the item, its answer never arrives, the page is reloaded: the same operation goes out
    again, and there is one item."""
    hand.open("swot")
    context = contexts()
    deaf = True

    def lossy(route: WebSocketRoute) -> None:
        upstream = route.connect_to_server()

        def from_server(message: str | bytes) -> None:
            # Socket.IO: 43… is the answer to a message; the view's own answers are let through
            is_answer = isinstance(message, str) and message.startswith("43") and '"first"' in message
            if not (deaf and is_answer and '"Heard' in message):
                route.send(message)

        upstream.on_message(from_server)

    context.route_web_socket("**/socket.io/**", lossy)
    page = context.new_page()
    page.goto(f"{server.url}/j/{code}")
    phone = Phone(page).join("Business", "Tacna")
    phone.write("Heard by the server")
    hand.until(lambda v: len(v["items"]) == 1, "the item")
    expect(phone.own("Heard by the server")).to_contain_text("Sending…", timeout=SEEN)
    deaf = False
    page.reload()
    expect(phone.own("Heard by the server").locator(".saved")).to_be_visible(timeout=SEEN)
    expect(phone.page.locator(".own-item")).to_have_count(1)
    assert len(hand.view["items"]) == 1


def test_what_was_refused_keeps_its_words_and_can_be_sent_again(arrive: Arrive, hand: Hand) -> None:
    run = hand.open("swot")
    phone = arrive().join("Business", "Tacna")
    phone.page.context.set_offline(True)
    expect(phone.page.get_by_text(OFFLINE)).to_be_visible(timeout=SEEN)
    phone.write("Too late, but mine")
    hand.do("close_stage", run=run)
    phone.page.context.set_offline(False)
    refused = phone.page.locator(".refusals .notice-bad")
    expect(refused).to_contain_text("Too late, but mine", timeout=SEEN)
    expect(refused).to_contain_text("Not counted")
    expect(refused).to_contain_text("arrived after the stage was closed")
    phone.page.reload()
    expect(refused).to_contain_text("Too late, but mine", timeout=SEEN)
    hand.do("step_back")
    refused.get_by_role("button", name="Edit and send again").click()
    expect(phone.box).to_have_value("Too late, but mine")
    phone.page.get_by_role("button", name="Send", exact=True).click()
    expect(phone.own("Too late, but mine").locator(".saved")).to_be_visible(timeout=SEEN)
    expect(refused).to_have_count(0)


def test_a_stage_that_ends_while_somebody_types_loses_nothing(arrive: Arrive, hand: Hand) -> None:
    hand.open("swot")
    phone = arrive().join("Business", "Tacna")
    phone.box.fill("In the middle of a")
    hand.open("opening")
    phone.sees_heading("Opening")
    unsent = phone.page.locator(".refusals .notice-warn")
    line = phone.page.locator(".refusals summary")
    expect(unsent).to_be_hidden()
    expect(line).to_have_text("Written and not sent")
    height = "line => line.getBoundingClientRect().height"
    one_line = comes_to(phone.page, lambda: 44 <= line.evaluate(height) < 60, True)
    assert one_line, "and large enough for a thumb"
    line.click()
    expect(unsent).to_contain_text("In the middle of a")
    expect(unsent.get_by_role("button", name="Copy")).to_be_visible()
    unsent.get_by_role("button", name="Discard").click()
    expect(phone.page.locator(".refusals")).to_have_count(0)


def test_answers_changes_and_details_begun_in_time_are_offered_afterwards(arrive: Arrive, hand: Hand) -> None:
    run = hand.open("swot")
    phone = arrive().join("Business", "Tacna")
    phone.write("Olive oil")
    expect(phone.own("Olive oil").locator(".saved")).to_be_visible(timeout=SEEN)
    phone.own("Olive oil").get_by_role("button", name="Edit").click()
    phone.page.get_by_label("Edit your contribution").fill("Olive oil of the valley")
    unsent = phone.page.locator(".refusals .notice-warn")
    hand.do("close_stage", run=run)
    expect(unsent).to_contain_text("Olive oil of the valley", timeout=SEEN)
    expect(unsent).to_be_visible()
    unsent.get_by_role("button", name="Discard").click()
    hand.open("ideas")
    phone.page.get_by_text("Add details (optional)").click()
    phone.page.get_by_label("Who benefits").fill("The growers")
    run = hand.open("evaluation")
    expect(unsent).to_contain_text("The growers", timeout=SEEN)
    phone.page.locator(".refusals summary").click()
    unsent.get_by_role("button", name="Discard").click()
    phone.page.get_by_label("More?").fill("Sent")
    phone.page.get_by_role("button", name="Send the answer").click()
    expect(phone.page.locator(".question .saved")).to_be_visible(timeout=SEEN)
    phone.page.get_by_label("More?").fill("Sent, and thought again")
    hand.do("close_stage", run=run)
    expect(unsent).to_contain_text("Sent, and thought again", timeout=SEEN)
    expect(phone.page.locator(".questions .words")).to_have_text("Sent")
    hand.do("reveal_result", run=run)
    phone.sees_heading("The result")
    expect(unsent).to_contain_text("Sent, and thought again")


def test_two_tabs_writing_in_the_same_box_keep_both_texts(
    server: Stage, contexts: Contexts, code: str, hand: Hand
) -> None:
    hand.open("swot")
    context = contexts()
    first, second = Phone(context.new_page()), Phone(context.new_page())
    first.page.goto(f"{server.url}/j/{code}")
    first.join("Business", "Tacna")
    second.page.goto(f"{server.url}/j/{code}")
    second.box.fill("Typed in the second tab")
    first.box.fill("Typed in the first tab")
    first.page.get_by_role("button", name="Send", exact=True).click()
    expect(second.own("Typed in the first tab").locator(".saved")).to_be_visible(timeout=SEEN)
    expect(second.box).to_have_value("Typed in the second tab")
    hand.open("opening")
    expect(second.page.locator(".refusals .notice-warn")).to_contain_text(
        "Typed in the second tab", timeout=SEEN
    )


def test_what_another_tab_wrote_before_leaves_no_second_draft(arrive: Arrive, hand: Hand) -> None:
    hand.open("swot")
    phone = arrive().join("Business", "Tacna")
    phone.box.fill("Olive oil")
    drafts = """() => {
      const drafts = () => Object.keys(localStorage).filter((key) => key.includes(".draft."));
      window.dispatchEvent(new StorageEvent("storage", { key: drafts()[0] }));
      return drafts().length;
    }"""
    assert phone.page.evaluate(drafts) == 1


def test_dots_run_out_are_capped_and_come_back(arrive: Arrive, hand: Hand) -> None:
    run = hand.open("swot")
    hand.somebody("academia", *written(run, ("Alpha", "Beta", "Gamma")))
    hand.open("weigh")
    phone = arrive().join("Business", "Tacna")
    expect(phone.page.locator(".rule")).to_contain_text("Everyone has 3 dots. At most 2 on the same item.")
    expect(phone.page.locator(".rule")).to_contain_text("The first 2 pass.")
    given = phone.left.locator(".dot.on")
    expect(phone.left.locator(".dot")).to_have_count(3)
    expect(given).to_have_count(0)
    phone.put_dot("Alpha")
    phone.put_dot("Alpha")
    expect(given).to_have_count(2)
    expect(phone.left).to_contain_text("2 dots placed, One dot left")
    add = phone.page.get_by_role("button", name="Put a dot on “Alpha”")
    expect(add).to_have_attribute("aria-disabled", "true")
    add.click(force=True)
    expect(phone.page.locator(".hint-bar")).to_contain_text("as many dots on this item as it may have")
    phone.put_dot("Beta")
    expect(phone.left).to_contain_text("all your dots are placed")
    expect(phone.page.get_by_role("button", name="Put a dot on “Gamma”")).to_have_attribute(
        "aria-disabled", "true"
    )
    phone.take_dot("Alpha")
    phone.put_dot("Gamma")
    for title in ("Alpha", "Beta", "Gamma"):
        expect(phone.candidate(title).locator(".saved")).to_be_visible(timeout=SEEN)
        expect(phone.dots_on(title)).to_have_count(1)
    assert hand.until(lambda v: v["now"]["cast"] == 1, "one voter")


def test_one_dot_per_item_is_one_button(
    server: Stage, contexts: Contexts, workshop: Make, facilitate: Facilitate
) -> None:
    hand = facilitate(workshop(short(per="stage", dots=2, cap=1)))
    run = hand.open("swot")
    hand.somebody("government", *written(run, ["Olive oil"]))
    hand.open("weigh")
    page = contexts().new_page()
    page.goto(hand.join_url)
    phone = Phone(page).join("Business", "Tacna")
    button = page.get_by_role("button", name="My dot Olive oil")
    for pressed in ("false", "true", "false"):
        expect(button).to_have_attribute("aria-pressed", pressed)
        expect(page.locator(".left")).to_contain_text("One dot left" if pressed == "true" else "2 dots left")
        button.click()
    expect(phone.candidate("Olive oil").locator(".saved")).to_be_visible(timeout=SEEN)


def test_sending_an_idea_folds_its_details_and_says_that_it_is_saved(arrive: Arrive, hand: Hand) -> None:
    hand.open("ideas")
    phone = arrive().join("Business", "Tacna")
    phone.page.get_by_text("Add details (optional)").click()
    phone.page.get_by_label("Who benefits").fill("The growers")
    expect(phone.page.get_by_role("button", name="Send", exact=True)).to_be_in_viewport()
    phone.write("A cooperative")
    expect(phone.page.locator(".sent")).to_contain_text("Saved: A cooperative", timeout=SEEN)
    expect(phone.page.locator(".item-form details[open]")).to_have_count(0)
    hand.open("shortlist")
    idea = phone.candidate("A cooperative")
    expect(idea.get_by_text("The growers")).to_be_hidden(timeout=SEEN)
    idea.get_by_text("Details").click()
    expect(idea.get_by_text("The growers")).to_be_visible()


def test_each_phone_has_its_own_order_and_keeps_it(arrive: Arrive, hand: Hand) -> None:
    run = hand.open("swot")
    titles = [f"Item {n}" for n in range(8)]
    hand.somebody("academia", *written(run, titles))
    hand.open("weigh")
    orders = []
    for _ in range(3):
        phone = arrive().join("Business", "Tacna")
        expect(phone.page.locator(".candidate")).to_have_count(8, timeout=SEEN)
        order = phone.page.locator(".candidate-title").all_inner_texts()
        phone.page.reload()
        expect(phone.page.locator(".candidate")).to_have_count(8, timeout=SEEN)
        assert phone.page.locator(".candidate-title").all_inner_texts() == order
        assert sorted(line.split(maxsplit=1)[1] for line in order) == titles  # each behind its number
        orders.append(tuple(order))
    assert len(set(orders)) > 1


def test_two_tabs_are_one_person(server: Stage, contexts: Contexts, code: str, hand: Hand) -> None:
    hand.open("swot")
    context = contexts()
    first = context.new_page()
    first.goto(f"{server.url}/j/{code}")
    Phone(first).join("Business", "Tacna")
    second = context.new_page()
    second.goto(f"{server.url}/j/{code}")
    expect(Phone(second).box).to_be_visible(timeout=SEEN)
    Phone(first).write("From the first tab")
    expect(Phone(second).own("From the first tab").locator(".saved")).to_be_visible(timeout=SEEN)
    Phone(second).write("From the second")
    expect(Phone(first).own("From the second").locator(".saved")).to_be_visible(timeout=SEEN)
    view = hand.until(lambda v: len(v["items"]) == 2, "two items")
    assert view["people"]["total"] == 1


def test_the_door_and_a_wrong_code_say_so_in_a_sentence(
    arrive: Arrive, hand: Hand, server: Stage, contexts: Contexts
) -> None:
    inside = arrive().join("Business", "Tacna")
    hand.do("set_door", open=False)
    late = arrive()
    expect(late.page.get_by_text("The door of this workshop is closed")).to_be_visible(timeout=SEEN)
    hand.do("set_door", open=True)
    late.join("Academia", "Arica")
    inside.page.reload()
    expect(inside.page.locator(".now h1")).to_be_visible(timeout=SEEN)
    page = contexts().new_page()
    answer = page.goto(f"{server.url}/j/000000")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_text("000 000")).to_be_visible()


def test_words_that_wait_for_a_workshop_that_is_gone_can_be_copied(arrive: Arrive, hand: Hand) -> None:
    hand.open("swot")
    page = arrive().join("Business", "Tacna").page
    page.context.set_offline(True)
    expect(page.get_by_text(OFFLINE)).to_be_visible(timeout=SEEN)
    Phone(page).write("Olive oil")
    greetings: list[str | bytes] = []

    def refuses(route: WebSocketRoute) -> None:
        route.on_message(lambda message: greetings.append(message))
        route.send('0{"sid":"a","upgrades":[],"pingInterval":10000,"pingTimeout":8000}')
        route.send('44{"data":{"code":"unknown_workshop"}}')

    page.context.route_web_socket("**/socket.io/**", refuses)
    page.clock.install()
    page.context.set_offline(False)
    page.reload()
    waiting = page.locator(".refusals .notice-warn")
    expect(waiting).to_contain_text("Olive oil", timeout=SEEN)
    expect(waiting.get_by_role("button", name="Copy")).to_be_visible()
    before = len(greetings)
    page.clock.fast_forward(95_000)
    expect(waiting).to_contain_text("Olive oil")
    assert comes_to(page, lambda: len(greetings) > before, True), "asked again while something waits"


def test_questions_results_and_the_end(arrive: Arrive, hand: Hand) -> None:
    run = hand.open("swot")
    phone = arrive().join("Business", "Tacna")
    phone.write("Vineyards in the desert")
    hand.until(lambda v: len(v["items"]) == 1, "the item")
    item = next(iter(hand.view["items"]))
    weigh = hand.open("weigh")
    phone.put_dot("Vineyards in the desert")
    expect(phone.candidate("Vineyards in the desert").locator(".saved")).to_be_visible(timeout=SEEN)
    for group in ("government", "academia", "academia"):
        hand.somebody(group, {"type": "cast_ballot", "run": weigh, "item": item, "dots": 2})
    hand.do("close_stage", run=weigh)
    expect(phone.page.get_by_text("The vote is closed.")).to_be_visible(timeout=SEEN)
    expect(phone.page.get_by_text("4 people voted.")).to_be_visible()
    expect(phone.page.locator(".result")).to_have_count(0)
    hand.do("reveal_result", run=weigh)
    phone.sees_heading("The result")
    expect(phone.page.locator(".now .result-row.passes")).to_contain_text("Vineyards in the desert")
    hand.open("evaluation")
    phone.page.get_by_text("Results so far").click()
    expect(phone.page.locator(".elsewhere .result-row")).to_contain_text("Vineyards in the desert")
    phone.page.locator(".step").nth(3).click()
    expect(phone.page.locator(".question .saved").first).to_be_visible(timeout=SEEN)
    hand.until(lambda v: v["now"]["answered"] == 1, "one answer")
    hand.do("end_workshop")
    phone.sees_heading("Thank you for taking part.")
    expect(phone.page.locator(".own").nth(0)).to_contain_text("Vineyards in the desert")
    expect(phone.page.locator(".own").nth(1)).to_contain_text("Vineyards in the desert")
    expect(phone.page.get_by_text("Your number in this workshop is 1.")).to_be_visible()
    phone.page.get_by_text("Your receipt").click()
    entries = {int(n) for n in phone.page.locator("details[open] .numbers").inner_text().split(" · ")}
    assert int(item[1:]) in entries, "an item's id comes from its place in the record"
    assert run == "swot.1"


def test_a_result_says_what_one_gave_and_how_each_group_voted(arrive: Arrive, hand: Hand) -> None:
    run = hand.open("swot")
    hand.somebody("academia", *written(run, ("Alpha", "Beta", "Gamma")))
    items = hand.until(lambda v: len(v["items"]) == 3, "three items")["items"]
    ids = {item["title"]: item_id for item_id, item in items.items()}
    weigh = hand.open("weigh")
    phone = arrive().join("Business", "Tacna")
    phone.put_dot("Gamma")
    phone.put_dot("Gamma")
    expect(phone.candidate("Gamma").locator(".saved")).to_be_visible(timeout=SEEN)
    for group in ("government",) * 3 + ("academia",) * 3 + ("business",) * 2:
        hand.somebody(group, {"type": "cast_ballot", "run": weigh, "item": ids["Alpha"], "dots": 1})
    hand.do("close_stage", run=weigh)
    hand.do("reveal_result", run=weigh)
    phone.sees_heading("The result")
    row = phone.page.locator(".now .result-row")
    alpha, gamma = row.filter(has_text="Alpha"), row.filter(has_text="Gamma")
    expect(gamma).to_contain_text("You placed 2 dots")
    expect(gamma.locator(".dot.on")).to_have_count(2)
    expect(alpha.locator(".dot")).to_have_count(0)
    expect(phone.page.locator(".now .result-unit")).to_have_text("% of the dots")
    expect(alpha.locator(".is-headcount")).to_contain_text("80% of the dots")
    shares = alpha.locator(".result-cells li")
    expect(shares.first).to_be_hidden()
    alpha.get_by_text("By group").click()
    expect(alpha).to_contain_text("Of each group's own dots")
    expect(shares).to_have_text(["Government 100%", "Business 50%", "Academia 100%"])
    expect(shares.locator("svg")).to_have_count(3)
    hand.open("evaluation")
    phone.page.get_by_text("Results so far").click()
    expect(phone.page.locator(".elsewhere .result-row").filter(has_text="Gamma")).to_contain_text(
        "You placed 2 dots"
    )


def test_a_result_by_columns_begins_with_what_passes_and_leads_to_each_column(
    contexts: Contexts, workshop: Make, facilitate: Facilitate
) -> None:
    hand = facilitate(workshop(short(per="column", passes=1)))
    run = hand.open("swot")
    page = contexts(viewport={"width": 390, "height": 600}).new_page()
    page.goto(hand.join_url)
    phone = Phone(page).join("Business", "Tacna")
    for column in "swot":
        texts = (
            {"type": "add_item", "run": run, "column": column, "title": f"{column}{n}"} for n in range(6)
        )
        hand.somebody("academia", *texts)
    items = hand.until(lambda v: len(v["items"]) == 24, "all items")["items"]
    firsts = [item_id for item_id, item in items.items() if item["title"].endswith("0")]
    weigh = hand.open("weigh")
    phone.put_dot("s1")
    expect(phone.candidate("s1").locator(".saved")).to_be_visible(timeout=SEEN)
    for _ in range(3):
        votes = ({"type": "cast_ballot", "run": weigh, "item": one, "dots": 1} for one in firsts)
        hand.somebody("government", *votes)
    hand.do("close_stage", run=weigh)
    hand.do("reveal_result", run=weigh)
    phone.sees_heading("The result")
    column = page.locator(".now .result-column")
    shown = page.locator(".now .result-row:visible .result-title")
    expect(shown).to_have_text(["s0", "w0", "o0", "t0"])
    rest = column.first.locator(".result-rest > summary")
    expect(rest).to_contain_text("5 more, which do not pass")
    expect(rest).to_contain_text("You placed one dot")
    rest.click()
    expect(column.first.locator(".result-row:visible")).to_have_count(6)
    page.get_by_role("navigation", name="Columns").get_by_role("button", name="t", exact=True).click()
    heading = column.nth(3).get_by_role("heading")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport(ratio=1)


def test_where_no_websocket_gets_through_everything_works_as_well(
    server: Stage, contexts: Contexts, code: str, hand: Hand
) -> None:
    hand.open("swot")
    context = contexts()
    asked: list[str] = []
    context.route_web_socket("**/socket.io/**", lambda route: route.close())
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto(f"{server.url}/j/{code}")
    phone = Phone(page).join("Business", "Tacna")
    phone.write("Through the proxy")
    expect(phone.own("Through the proxy").locator(".saved")).to_be_visible(timeout=SEEN)
    hand.open("opening")
    phone.sees_heading("Opening")
    assert any("transport=polling" in url for url in asked)
