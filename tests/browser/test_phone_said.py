"""What a phone says of what is on its way, was refused or could not be stored; and the way back in."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page, WebSocketRoute, expect

from tests.support.air import Air, Clerk, to_the_vote
from tests.support.definitions import short
from tests.support.desk import Begin, Contexts
from tests.support.phone import ALL_ANSWERED, KEEPS_NOTHING, OFFLINE, SEEN, Phone, arrive_at
from tests.support.stage import Hand

NOT_STORED = "The server could not store this just now. It is kept here and will be sent again."
CLOSED = "The door of this workshop is closed at the moment."

Arrive = Callable[..., Phone]


@pytest.fixture
def hand(begin: Begin) -> Hand:
    return begin(short(per="stage"))


@pytest.fixture
def arrive(hand: Hand, contexts: Contexts) -> Arrive:
    """Somebody new opens the page, in a context of their own unless it is given."""
    return lambda context=None: arrive_at(hand.join_url, context or contexts())


def choose(page: Page) -> None:
    """Chooses a group and presses the one button."""
    page.get_by_role("radio", name="Business").check()
    page.get_by_role("radio", name="Tacna").check()
    page.locator(".act .button").click()


def left_over(page: Page, titles: dict[str, str], *entries: dict[str, object]) -> None:
    """Puts these into the phone's outbox, as they are there after a restoration of the server."""
    page.evaluate(
        """([titles, entries]) => {
          const secret = Object.keys(localStorage).find((key) => key.endsWith(".secret"));
          const place = secret.slice(0, -"secret".length);
          const store = (key, value) => localStorage.setItem(place + key, JSON.stringify(value));
          store("titles", titles);
          entries.forEach((entry, n) => store(`out.00000000${n}.${n}`, { at: 1, again: true, ...entry }));
        }""",
        [titles, entries],
    )
    page.reload()


def test_whoever_is_not_in_any_more_sees_what_waits_and_what_was_refused(hand: Hand, arrive: Arrive) -> None:
    page = arrive().page
    expect(page.locator(".recover")).to_have_count(1, timeout=SEEN)
    item = {"type": "add_item", "run": "swot.1", "column": "s"}
    vote = {"type": "cast_ballot", "run": "weigh.1", "item": "i9", "dots": 2, "revision": 0}
    no = {"state": "refused", "refusal": {"code": "not_joined"}}
    left_over(
        page,
        {"i9": "Dry port"},
        {"op": "a" * 22, "state": "queued", "command": {**item, "title": "Olive groves"}},
        {"op": "b" * 22, "state": "queued", "command": vote},
        {"op": "c" * 22, **no, "command": {**item, "title": "Salt"}},
    )
    waiting = page.locator(".join .own-item")
    expect(waiting).to_have_count(2, timeout=SEEN)
    expect(waiting.first).to_contain_text("Olive groves")
    expect(waiting.last).to_contain_text("Your vote: 2 dots")
    expect(waiting.last).to_contain_text("Dry port")
    expect(page.locator(".refusals .notice-bad")).to_contain_text("Salt")
    expect(page.locator(".refusals").get_by_role("button", name="Copy")).to_be_visible()
    expect(page.locator(".recover")).to_have_count(0)  # it would give up what waits
    choose(page)
    hand.until(lambda view: view["people"]["by_group"].get("business") == 1, "who came in, with their group")
    hand.open("swot")
    expect(Phone(page).own("Olive groves").locator(".saved")).to_be_visible(timeout=SEEN)


def test_a_closed_vote_tells_what_is_saved_from_what_is_on_its_way(
    hand: Hand, contexts: Contexts, arrive: Arrive
) -> None:
    context = contexts()
    clerk = Clerk(context)
    phone = arrive(context)
    page = phone.page
    weigh = to_the_vote(hand, phone)
    phone.put_dot("Dry port")
    expect(phone.candidate("Dry port").locator(".saved")).to_be_visible(timeout=SEEN)
    clerk.answer = lambda kind: "try_again" if kind == "cast_ballot" else None
    phone.put_dot("Olive groves")
    expect(page.locator(".line .notice-warn")).to_have_text(NOT_STORED, timeout=SEEN)
    expect(phone.candidate("Olive groves")).to_contain_text("Not saved yet")
    phone.put_dot("Dry port")
    hand.do("close_stage", run=weigh)
    unsaved, mine = page.locator(".unsaved .placed"), page.locator(".own:not(.unsaved) .placed")
    expect(unsaved).to_have_count(2, timeout=SEEN)
    expect(unsaved.filter(has_text="Olive groves")).to_contain_text("One dot of yours")
    expect(unsaved.filter(has_text="Dry port")).to_contain_text("2 dots of yours")
    expect(mine).to_have_count(1)
    expect(mine).to_contain_text("Dry port")
    expect(mine).to_contain_text("One dot of yours")
    clerk.answer = lambda _kind: None
    expect(page.locator(".refusals .notice-bad")).to_have_count(2, timeout=SEEN * 2)
    expect(unsaved).to_have_count(0)
    expect(mine).to_contain_text("One dot of yours")
    expect(page.locator(".line .notice-warn")).to_have_count(0)


def test_a_crowd_at_the_door_is_told_that_it_will_be_let_in(contexts: Contexts, arrive: Arrive) -> None:
    context = contexts()
    clerk = Clerk(context)
    clerk.answer = lambda kind: "" if kind == "join" else None
    page = arrive(context).page
    choose(page)
    expect(page.locator(".act .button")).to_have_text("Sending…", timeout=SEEN)
    clerk.answer = lambda kind: "too_fast" if kind == "join" else None
    expect(page.locator(".act")).to_contain_text("Many people are joining right now.", timeout=SEEN)
    clerk.answer = lambda _kind: None
    expect(page.locator(".now h1")).to_be_visible(timeout=SEEN)


def test_a_door_that_was_closed_is_said_once_and_forgotten_when_it_opens(
    hand: Hand, contexts: Contexts, arrive: Arrive
) -> None:
    context = contexts()
    air = Air(context)
    context.clock.install()
    page = arrive(context).page
    expect(page.locator(".act .button")).to_be_visible(timeout=SEEN)
    air.falls_silent()
    choose(page)
    hand.do("set_door", open=False)
    air.minute_passes()
    air.is_back()
    expect(page.get_by_text(CLOSED)).to_be_visible(timeout=SEEN)
    refused = "() => Object.values(localStorage).filter((one) => one.includes('door_closed')).length === 1"
    page.wait_for_function(refused)
    page.wait_for_function(ALL_ANSWERED)  # the group, too, which goes after it
    expect(page.get_by_text(CLOSED)).to_have_count(1)
    hand.do("set_door", open=True)
    expect(page.locator(".act .button")).to_have_text("Join", timeout=SEEN)
    expect(page.get_by_text(CLOSED)).to_have_count(0)
    expect(page.locator("main .notice")).to_have_count(0)
    choose(page)
    expect(page.locator(".now h1")).to_be_visible(timeout=SEEN)


def test_what_was_sent_with_a_coming_in_that_was_refused_says_nothing_of_its_own(
    hand: Hand, contexts: Contexts, arrive: Arrive
) -> None:
    context = contexts()
    clerk = Clerk(context)
    clerk.answer = lambda kind: {"join": "door_closed", "describe": "late"}.get(kind)
    page = arrive(context).page
    hand.do("set_door", open=False)
    expect(page.get_by_text(CLOSED)).to_be_visible(timeout=SEEN)
    hand.do("set_door", open=True)
    choose(page)
    page.wait_for_function("() => Object.values(localStorage).some((one) => one.includes('sending'))")
    clerk.answer = lambda _kind: None
    clerk.lets_go()
    page.wait_for_function("() => Object.values(localStorage).some((one) => one.includes('not_joined'))")
    expect(page.locator(".act .button")).to_have_text("Join")
    expect(page.locator("main .notice")).to_have_count(0)
    choose(page)
    expect(page.locator(".now h1")).to_be_visible(timeout=SEEN)


def test_a_change_of_group_that_came_too_late_is_said_at_the_top(
    hand: Hand, contexts: Contexts, arrive: Arrive
) -> None:
    context = contexts()
    air = Air(context)
    context.clock.install()
    phone = arrive(context)
    page = phone.page
    to_the_vote(hand, phone)
    air.falls_silent()
    phone.put_dot("Olive groves")
    page.get_by_text("You and your group").click()
    page.get_by_role("radio", name="Academia").check()
    page.get_by_role("button", name="Change my group").click()
    air.minute_passes()
    air.is_back()
    # said for some seconds only, so it is looked for first
    expect(page.locator(".line .notice")).to_contain_text("The connection is back.", timeout=SEEN)
    notice = page.locator(".refusals .notice-bad")
    expect(notice).to_contain_text("Not accepted Your group", timeout=SEEN)
    expect(notice).to_contain_text("Academia")
    expect(notice).to_contain_text("only the facilitator can change your group now")
    expect(page.locator(".line .notice-good")).to_have_count(0)
    notice.get_by_role("button", name="Understood").click()
    expect(notice).to_have_count(0)
    expect(page.locator(".top")).to_contain_text("Business")


def test_the_way_back_is_within_the_first_screen_and_still_open_after_joining(
    hand: Hand, arrive: Arrive
) -> None:
    hand.open("swot")
    ana, other = arrive(), arrive()
    line = other.page.locator("summary").filter(has_text="I was here before")
    expect(line).to_be_in_viewport(ratio=1, timeout=SEEN)
    ana.join("Business", "Tacna")
    ana.write("Salt flats")
    expect(ana.own("Salt flats").locator(".saved")).to_be_visible(timeout=SEEN)
    expect(ana.page.locator(".recover")).to_have_count(0)
    ana.page.get_by_text("Continue on another phone").click()
    code = ana.page.locator(".recovery-code").inner_text()
    other.join("Academia", "Arica")
    other.page.get_by_text("You and your group").click()
    line.click()
    other.page.get_by_label("Your code").fill(code)
    other.page.locator(".recover button").click()
    back = "You are back, with all that was saved."  # said for some seconds only
    expect(other.page.locator(".hint-bar")).to_contain_text(back, timeout=SEEN)
    expect(other.own("Salt flats")).to_be_visible(timeout=SEEN)
    expect(other.page.locator(".top")).to_contain_text("Business")


def test_what_waits_for_the_connection_can_be_written_anew_or_taken_back(hand: Hand, arrive: Arrive) -> None:
    hand.open("swot")
    phone = arrive().join("Business", "Tacna")
    phone.page.context.set_offline(True)
    expect(phone.page.get_by_text(OFFLINE)).to_be_visible(timeout=SEEN)
    phone.write("Solar powre")
    phone.write("A slip")
    expect(phone.page.locator(".sent")).to_have_count(0)
    phone.own("A slip").get_by_role("button", name="Withdraw").click()
    expect(phone.page.locator(".own-item:not(.is-withdrawn)")).to_have_count(1)
    phone.box.fill("Something else")
    phone.own("Solar powre").get_by_role("button", name="Edit").click()
    expect(phone.page.locator(".hint-bar")).to_contain_text("Please send first what stands in the box.")
    phone.box.fill("")
    phone.own("Solar powre").get_by_role("button", name="Edit").click()
    expect(phone.box).to_have_value("Solar powre")
    phone.write("Solar power")
    phone.page.context.set_offline(False)
    expect(phone.own("Solar power").locator(".saved")).to_be_visible(timeout=SEEN)
    expect(phone.page.locator(".sent")).to_have_text("Saved: Solar power")
    view = hand.until(lambda v: len(v["items"]) == 1, "one item")
    assert [item["title"] for item in view["items"].values()] == ["Solar power"]
    expect(phone.page.get_by_text("On its way")).to_have_count(0, timeout=SEEN)


def test_a_page_whose_words_are_in_memory_only_asks_before_it_is_left(hand: Hand, contexts: Contexts) -> None:
    hand.open("swot")
    context = contexts()
    context.add_init_script(KEEPS_NOTHING)
    phone = arrive_at(hand.join_url, context).join("Business", "Tacna")
    page = phone.page
    expect(page.locator(".line")).to_contain_text("only your code brings you back", timeout=SEEN)
    phone.box.fill("Half a thought")
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    dialog: Dialog = asked.value
    assert dialog.type == "beforeunload"
    dialog.dismiss()
    phone.write("A whole one")
    expect(phone.own("A whole one").locator(".saved")).to_be_visible(timeout=SEEN)
    with page.expect_event("close"):
        page.close(run_before_unload=True)


def test_what_is_ones_own_may_come_before_the_first_view(
    hand: Hand, contexts: Contexts, arrive: Arrive
) -> None:
    context = contexts()
    phone = arrive(context).join("Business", "Tacna")
    held: list[tuple[WebSocketRoute, str]] = []

    def own_first(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def heard(message: str | bytes) -> None:
            found = re.match(r"43\d+", str(message))
            answer = json.loads(str(message)[found.end() :])[0] if found else {}
            if held or "view" not in answer:
                socket.send(message)
                return
            held.append((socket, str(message)))  # the first view is still on its way
            socket.send("42" + json.dumps(["self", answer["self"]]))

        server.on_message(heard)

    context.route_web_socket(re.compile(r"/socket\.io/"), own_first)
    # once it stands in the page's storage again, it has come
    ends = "Object.keys(localStorage).filter((key) => key.endsWith('.self'))"
    phone.page.add_init_script(f"{ends}.forEach((key) => localStorage.removeItem(key))")
    phone.page.reload()
    phone.page.wait_for_function(f"() => {ends}.length > 0")
    expect(phone.page.locator("main")).to_have_text("Connecting…")
    ((socket, view),) = held
    socket.send(view)
    phone.sees_heading("You are in.")
    expect(phone.page.get_by_role("link", name="Business")).to_be_visible()
