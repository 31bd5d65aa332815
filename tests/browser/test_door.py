"""The door in real browsers: from an invitation list to a phone that came in by its badge, and one by one."""

import re

from playwright.sync_api import expect

from tests.support.at_rest import comes_to, dressed
from tests.support.axe import findings
from tests.support.definitions import short, weighing
from tests.support.desk import DESK, Begin, Contexts, Opens, items, open_screen, sign_in
from tests.support.looks import WHOLE, judge
from tests.support.phone import SEEN, arrive_at
from tests.support.stage import Stage

LIST = """name;organisation;group;territory;funder
Ana Quispe;Minka;business;tacna;no
Luis Rojas;;academia;arica;yes
"""


def test_from_the_list_to_a_phone_that_came_in_by_its_badge(
    server: Stage, begin: Begin, contexts: Contexts
) -> None:
    hand = begin(short(door="badges"))
    code = hand.join_url[-6:]
    desk = contexts(viewport=DESK).new_page()
    sign_in(desk, server)
    desk.goto(f"{server.url}/workshops/{code}/badges")
    desk.get_by_label("The list").fill(LIST.replace("academia", "martians"))
    desk.get_by_role("button", name="Make the badges").click()
    expect(desk.get_by_role("alert")).to_contain_text("Line 3")
    desk.get_by_label("The list").fill(LIST)
    desk.get_by_role("button", name="Make the badges").click()
    expect(desk.locator(".badge-row")).to_have_count(2)
    assert findings(desk) == []
    desk.set_viewport_size({"width": 390, "height": 844})
    tops = "all => all.map((one) => one.getBoundingClientRect().top)"
    acts = desk.locator(".badge-row").first.locator(".badge-acts .button-bare").evaluate_all(tops)
    assert len(acts) == 3, "print, make anew, take back"
    assert max(acts) - min(acts) < 1, "on one row"
    assert desk.locator(".example").evaluate("it => it.scrollWidth <= it.clientWidth"), "the example is whole"
    desk.get_by_role("link", name="Print all").click()
    expect(desk.locator(".sheet .badge")).to_have_count(2)
    dressed(desk)
    assert desk.locator("main").evaluate("it => it.scrollWidth <= it.clientWidth"), (
        "one badge below the other"
    )
    desk.emulate_media(media="print")
    assert len(set(desk.locator(".badge").evaluate_all(tops))) == 1, "two by two on paper"
    desk.emulate_media(media="screen")
    desk.set_viewport_size(DESK)
    expect(desk.locator(".badge")).to_have_count(2)
    printed = desk.locator(".badge").filter(has_text="Luis Rojas")
    badge = (printed.locator(".secret").text_content() or "").replace(" ", "")
    assert re.fullmatch("[0-9A-Z]{16}", badge)
    assert findings(desk) == []

    luis = arrive_at(f"{hand.join_url}#b={badge}", contexts())
    expect(luis.page.get_by_text("Your badge is here.")).to_be_visible(timeout=SEEN)
    expect(luis.page).to_have_url(hand.join_url)  # the code is out of the address
    assert judge(luis.page, "phone", "a badge is here", WHOLE, "en") == []
    luis.page.get_by_role("button", name="Come in").click()
    luis.sees_heading("You are in.")
    expect(luis.page.locator(".big-group")).to_contain_text("Academia")

    kept = "Object.keys(localStorage).filter((key) => key.endsWith('.badge'))"
    assert comes_to(luis.page, lambda: luis.page.evaluate(kept), []) == [], "forgotten once it was used"

    neighbours = "ABCDEFGH01234567"
    luis.page.goto(f"{hand.join_url}#b={neighbours}")
    notice = luis.page.get_by_text("You are in on this phone already, as number 1.")
    expect(notice).to_be_visible(timeout=SEEN)
    expect(luis.page).to_have_url(hand.join_url)
    assert neighbours not in luis.page.evaluate("JSON.stringify(localStorage)")
    assert judge(luis.page, "phone", "a second badge", WHOLE, "en") == []
    luis.page.get_by_role("button", name="Understood").click()
    expect(notice).to_have_count(0)
    luis.page.evaluate(f"location.hash = 'b={neighbours}'")  # as by a camera that opens the same tab
    expect(notice).to_be_visible()
    luis.page.reload()
    luis.sees_heading("You are in.")
    expect(notice).to_have_count(0)

    thief = arrive_at(f"{hand.join_url}#b={badge}", contexts())
    thief.page.get_by_role("button", name="Come in").click()
    expect(thief.page.get_by_role("alert")).to_contain_text("This badge was used already.")
    thief.page.get_by_text("Type the badge’s code instead").click()
    thief.page.get_by_label("The badge’s code").fill("1234")
    thief.page.get_by_role("button", name="Come in").click()
    expect(thief.page.get_by_text("This code has 16 figures and letters")).to_be_visible()
    assert judge(thief.page, "phone", "a badge that was used", WHOLE, "en") == []

    desk.go_back()
    first = desk.locator(".badge-row").filter(has_text="Ana Quispe")
    first.get_by_role("button", name="Lost: make anew").click()
    anew = (desk.locator(".secret").text_content() or "").lower()  # as somebody would type it
    thief.page.get_by_label("The badge’s code").fill(anew)
    thief.page.get_by_role("button", name="Come in").click()
    thief.sees_heading("You are in.")
    assert hand.until(lambda view: view["people"]["total"] == 2, "both")["door"]["badges"]["used"] == 2

    screen = open_screen(contexts(viewport={"width": 1920, "height": 1080}), server, code)
    expect(screen.locator(".steps li").first).to_contain_text("Escanee su credencial")
    expect(screen.locator(".spine .code-digits")).to_be_visible()


def test_one_by_one_with_a_draft_that_is_kept(begin: Begin, contexts: Contexts, console: Opens) -> None:
    hand = begin(short(door="admitted"))
    hand.open("swot")
    desk = console(hand.join_url[-6:])
    ana = arrive_at(hand.join_url, contexts())
    ana.page.get_by_text("Name and organisation (optional)").click()
    ana.page.get_by_label("Name", exact=True).fill("Ana Quispe")
    ana.page.get_by_role("radio", name="Business").check()
    ana.page.get_by_role("radio", name="Tacna").check()
    ana.page.locator(".act .button").click()
    expect(ana.page.get_by_role("heading", name="You are at the door.")).to_be_visible(timeout=SEEN)
    expect(ana.page.locator(".door-number")).to_contain_text("1")
    assert judge(ana.page, "phone", "at the door", WHOLE, "en") == []
    luis = arrive_at(hand.join_url, contexts())
    luis.page.get_by_role("radio", name="Academia").check()
    luis.page.get_by_role("radio", name="Arica").check()
    luis.page.locator(".act .button").click()

    waiting = desk.locator(".waiting-row")
    expect(waiting).to_have_count(2, timeout=SEEN)
    expect(waiting.first).to_contain_text("Ana Quispe")
    assert judge(desk, "console", "two at the door", WHOLE, "en") == []
    waiting.first.get_by_role("button", name="Let in: number 1").click()
    expect(ana.box).to_be_visible(timeout=SEEN)
    ana.box.fill("Olive groves")
    desk.locator(".waiting .said").get_by_role("button", name="Undo").click()
    expect(ana.page.get_by_role("heading", name="You are at the door.")).to_be_visible(timeout=SEEN)
    desk.get_by_role("button", name="Turn away: number 2").click()
    expect(luis.page.get_by_role("heading", name="You were not let in.")).to_be_visible(timeout=SEEN)
    desk.get_by_role("button", name="Close the door").click()
    hand.until(lambda view: not view["workshop"]["door"], "the closed door")
    late = arrive_at(hand.join_url, contexts())
    expect(late.page.get_by_text("The door of this workshop is closed")).to_be_visible(timeout=SEEN)
    desk.get_by_role("button", name="Let in: number 1").click()
    expect(ana.box).to_have_value("Olive groves", timeout=SEEN)
    ana.page.get_by_role("button", name="Send", exact=True).click()
    hand.until(lambda view: len(view["items"]) == 1 and view["people"]["total"] == 1, "what Ana wrote")
    desk.locator(".away summary").click()
    desk.get_by_role("button", name="Let wait again: number 2").click()
    expect(waiting).to_have_count(1)
    waiting.first.get_by_role("button", name="Let in: number 2").click()
    assert hand.until(lambda view: view["people"]["total"] == 2, "both")["door"]["waiting"] == {}


def test_a_door_that_is_opened_to_all_is_open_to_whoever_was_turned_away(
    begin: Begin, contexts: Contexts
) -> None:
    hand = begin(short(door="admitted"))
    rosa = arrive_at(hand.join_url, contexts())

    def join() -> None:
        rosa.page.get_by_role("radio", name="Academia").check()
        rosa.page.get_by_role("radio", name="Arica").check()
        rosa.page.locator(".act .button").click()

    join()
    waits = hand.until(lambda view: len(view["door"]["waiting"]) == 1, "Rosa at the door")["door"]["waiting"]
    hand.do("turn_away", person=next(iter(waits)))
    expect(rosa.page.get_by_role("heading", name="You were not let in.")).to_be_visible(timeout=SEEN)
    hand.do("describe_workshop", title="Open to all", door="open")
    join()
    hand.until(lambda view: view["people"]["total"] == 1 and view["door"]["away"] == {}, "Rosa")
    expect(rosa.page.locator(".now h1")).to_be_visible(timeout=SEEN)


def test_who_comes_late_lands_in_the_current_stage(begin: Begin, contexts: Contexts) -> None:
    """While something is gathered, while it is voted on, and once the result is shown."""
    hand = begin(weighing())
    written = items(hand.open("swot"), ["Olive groves"])
    hand.somebody("business", *written)
    gathering = arrive_at(hand.join_url, contexts()).join("Academia")
    expect(gathering.box).to_be_visible(timeout=SEEN)
    expect(gathering.page.get_by_text("Olive groves")).to_be_attached()
    hand.open("weigh")
    voting = arrive_at(hand.join_url, contexts()).join("Government")
    expect(voting.candidate("Olive groves")).to_be_visible(timeout=SEEN)
    hand.do("close_stage", run=hand.run)
    hand.do("reveal_result", run=hand.run)
    seeing = arrive_at(hand.join_url, contexts()).join("Government")
    seeing.sees_heading("The result")
