"""The run sheet in a real browser: how late it is, what makes it fit, who is missing, what can be undone."""

import re
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace
from playwright.sync_api import expect

from tests.support.axe import findings
from tests.support.definitions import short
from tests.support.desk import Begin, Contexts, Opens, no_overflow
from tests.support.phone import arrive_at

REMOTE = {"width": 390, "height": 844}
PROPOSAL = ".proposal .button-outline"


def test_the_day_before_the_plan_is_held_against_the_planned_beginning(begin: Begin, console: Opens) -> None:
    page = console(begin(short()).code, reduced_motion="reduce")
    start = page.get_by_label("We start at")
    expect(page.locator(".ending-ask .hint")).to_contain_text("if it began now")
    hour = int(page.evaluate("new Date().getHours()"))
    start.fill(f"{(hour + 3) % 24:02}:00")
    expect(page.locator(".ending-ask .hint")).to_contain_text("110 minutes as planned, from")
    page.get_by_label("We end at").fill(f"{(hour + 4) % 24:02}:30")
    page.get_by_role("button", name="Plan this end").click()
    expect(page.locator(".ending-over")).to_have_text("20 minutes too many")
    expect(page.locator(".ending-title")).to_contain_text("We start at")
    assert findings(page) == []


def test_the_plan_begins_with_the_times_that_were_prepared(begin: Begin, console: Opens) -> None:
    tomorrow = (datetime.now(UTC).astimezone() + timedelta(days=1)).date().isoformat()
    page = console(begin(replace(short(), starts="09:00", ends="12:30", date=tomorrow)).code)
    expect(page.get_by_label("We start at")).to_have_value("09:00")
    expect(page.get_by_label("We end at")).to_have_value("12:30")
    page.get_by_role("button", name="Plan this end").click()
    expect(page.locator(".ending-title")).to_have_text(re.compile("We start at 0?9:00.* and end at 12:30"))
    expect(page.locator(".ending-fits")).to_have_text("It fits, with 1 h 40 min to spare")


def test_an_end_is_planned_made_to_fit_and_undone(begin: Begin, console: Opens, contexts: Contexts) -> None:
    hand = begin(short())
    hand.open("swot")
    page = console(hand.code, reduced_motion="reduce")
    phone = arrive_at(hand.join_url, contexts()).join("Business", "Tacna")

    # now, next, and when it is likely to end
    expect(page.locator(".pace")).to_have_text(re.compile(r"2[45] minutes left\s+of 25 minutes planned"))
    expect(page.locator(".now-next")).to_have_text(re.compile(r"Next\s+Group and name\s+10 minutes"))
    time = page.get_by_label("We end at")
    expect(time).to_have_value(re.compile(r"^\d\d:\d[05]$"))

    # an hour and a quarter for what takes an hour and a half: what to shorten, in one tap each
    clock = "ms => new Date(ms).toTimeString().slice(0, 5)"
    opened = hand.view["now"]["opened_at"]
    time.fill(page.evaluate(clock, opened + 75 * 60_000))
    page.get_by_role("button", name="Plan this end").click()
    expect(page.locator(".ending-over")).to_have_text(re.compile(r"^\d+ minutes too many$"))
    expect(page.locator(".note")).to_contain_text("minutes too many")
    expect(page.locator(PROPOSAL).first).to_be_visible()
    assert page.locator(PROPOSAL).count() > 1
    assert findings(page) == []
    # how many there are may change with the minute; what was done is not proposed again
    done = page.locator(PROPOSAL).first.get_attribute("aria-label") or ""
    page.get_by_role("button", name=done, exact=True).click()
    expect(page.get_by_role("button", name=done, exact=True)).to_have_count(0)
    page.get_by_role("button", name="Make it fit: do all of this").or_(page.locator(PROPOSAL)).first.click()
    expect(page.locator(".ending-fits")).to_have_text(re.compile("^It fits"))

    # by hand: a stage is left out; phones say so, and nobody waits for it
    row = page.locator(".agenda-row", has_text="Group and name")
    row.locator(".agenda-button").click()
    expect(row).to_contain_text("Needed by: “Weigh”")
    row.get_by_role("button", name="Leave it out").click()
    expect(row).to_have_class(re.compile("is-skipped"))
    expect(page.locator(".now-next")).to_contain_text("Weigh")
    expect(page.locator(".kicker")).to_contain_text("Stage 3 of 8")
    phone.page.locator("summary", has_text="Agenda").click()
    expect(phone.page.locator(".agenda .is-skipped")).to_have_text(re.compile(r"Group and name\s*left out"))
    expect(phone.page.locator(".agenda-end")).to_contain_text("The workshop is to end at")

    # what was done lately is undone in one place, by the keyboard
    page.locator("#step-back").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".undo-row").first).to_contain_text("Left out: Group and name")
    expect(page.locator(".undo-row").first).to_contain_text("Undo: it is on the agenda again, with ")
    undo = page.get_by_role("button", name="Undo: Left out: Group and name")
    undo.focus()
    page.keyboard.press("Enter")
    expect(row).not_to_have_class(re.compile("is-skipped"))
    expect(page.locator(".undo-row").first).to_contain_text("instead of")
    back = page.locator("#step-back")
    back.focus()
    page.set_viewport_size({"width": 1920, "height": 1080})
    no_overflow(page)
    assert findings(page) == []

    # the agenda shows where the workshop is, without taking the focus or the page along
    page.set_viewport_size({"width": 1440, "height": 520})
    for stage in ("evaluation", "opening"):
        hand.open(stage)
        expect(page.locator(".agenda-row.is-now")).to_contain_text(stage.title())
        expect(page.locator(".agenda-row.is-now")).to_be_in_viewport(ratio=1)
        expect(back).to_be_focused()
    assert page.evaluate("window.scrollY") == 0


def test_the_remote_in_one_hand_and_who_is_missing(
    begin: Begin, console: Opens, screen: Opens, contexts: Contexts
) -> None:
    hand = begin(short())
    remote = console(hand.code, viewport=REMOTE, reduced_motion="reduce")
    poster = screen(hand.code, reduced_motion="reduce")
    phone = arrive_at(hand.join_url, contexts()).join("Business", "Tacna")
    hand.open("swot")
    hand.somebody("government")

    # next, pause and timer are where the thumb is
    foot = remote.locator(".thumb")
    expect(foot.get_by_role("button", name="Close: SWOT")).to_be_visible()
    foot.get_by_role("button", name="Timer: 25 min").click()
    expect(foot.get_by_role("button", name="+1 min")).to_have_text(re.compile(r"^\+1 min\s2[45]:\d\d left$"))
    foot.get_by_role("button", name="Pause").click()
    expect(remote.locator(".status")).to_have_text("paused")
    foot.get_by_role("button", name="Resume: SWOT").click()
    expect(remote.locator(".status")).to_have_text("open")
    lowest = remote.evaluate("() => document.querySelector('.button-primary').getBoundingClientRect().bottom")
    assert REMOTE["height"] - 40 < lowest <= REMOTE["height"]
    no_overflow(remote)

    # one sentence says who is missing; one tap says it to the room, until it is taken away
    remote.locator(".note", has_text="Nobody of “Academia” is here yet; 5 were expected.").click()
    expect(remote.locator(".nudge")).to_contain_text("Missing, too: Civil_Society, Environment.")
    expect(remote.locator("#people")).to_be_focused()

    # beside any other tab than the stage's own the stage takes two lines, so that the tab is what one sees
    brief = remote.locator(".now")
    expect(brief.locator(".kicker")).to_contain_text(re.compile(r"Stage 3 of 9\s*open\s*2[45] minutes left"))
    expect(brief.locator("h1")).to_have_text("SWOT")
    expect(remote.locator(".note, .now-next, #step-back")).to_have_count(0)
    assert remote.locator(".tabs").evaluate("tabs => tabs.getBoundingClientRect().bottom") < 300
    no_overflow(remote)
    tab = remote.locator(".tab[data-tab=now]")
    tab.click()
    expect(tab).to_be_in_viewport(ratio=1)
    remote.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    remote.locator(".tab[data-tab=people]").click()
    expect(remote.locator(".tabs")).to_be_in_viewport(ratio=1)
    expect(remote.locator(".now h1")).to_be_in_viewport(ratio=1)
    remote.get_by_role("button", name="Ask on the screen: Academia").click()
    expect(remote.locator(".nudge")).to_contain_text("On the screen: “Is anybody here for “Academia”?")
    for page in (poster, phone.page):
        expect(page.locator(".reminder")).to_contain_text(re.compile("academia", re.IGNORECASE))
    expect(foot.locator(".button-primary")).not_to_have_attribute("aria-disabled", "true")
    assert findings(remote) == []
    assert findings(poster) == []
    no_overflow(phone.page)
    remote.get_by_role("button", name="Take it off the screen").click()
    for page in (poster, phone.page):
        expect(page.locator(".reminder")).to_have_count(0)

    # it is known: not said again here, also after a reload; another one is
    remote.get_by_role("button", name="Do not mention this again: Nobody of “Academia”").click()
    expect(remote.locator(".nudge")).not_to_contain_text("Academia")
    expect(remote.locator(".nudge")).to_contain_text("5 were expected")
    remote.reload()
    expect(remote.locator(".note", has_text="is here yet")).not_to_contain_text("Academia")
