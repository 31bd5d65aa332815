"""The computer of the screen is kept awake where the browser lets a page; where not, that is said."""

from playwright.sync_api import expect

from tests.support.definitions import short, weighing
from tests.support.desk import PROJECTOR, Begin, Contexts, NewWorkshop, Opens
from tests.support.poster import poster

LOCKS = """
  window.refuses = false;
  window.locks = [];
  const real = Date.now;
  window.later = 0;
  window.stands = 0;
  Date.now = () => window.stands || real() + window.later;
  Object.defineProperty(navigator, "wakeLock", { value: { request: async () => {
    if (window.refuses) throw new Error("no");
    const lock = Object.assign(new EventTarget(), { released: false, release: async () => {} });
    window.locks.push(lock);
    return lock;
  } } });
  window.takeAway = () => {
    const lock = window.locks[window.locks.length - 1];
    lock.released = true;
    lock.dispatchEvent(new Event("release"));
  };
"""


def test_a_wake_lock_that_the_system_takes_away_is_taken_again_or_said(
    begin: Begin, screen: Opens, contexts: Contexts
) -> None:
    hand = begin(short())
    context = contexts(viewport=PROJECTOR, has_touch=False)
    context.add_init_script(LOCKS)
    page = screen(hand.code, context)
    page.wait_for_function("window.locks.length === 1")
    # an hour later; then the clock stands, so that what follows comes at once on a busy machine, too
    page.evaluate("window.later = 3600000; window.stands = Date.now(); window.takeAway()")
    page.wait_for_function("window.locks.length === 2")
    expect(page.locator(".awake")).to_have_count(0)
    page.evaluate("window.takeAway()")  # at once: it would go on so
    expect(page.locator(".awake")).to_be_visible()
    assert page.evaluate("window.locks.length") == 2


def test_a_computer_that_may_fall_asleep_is_said_in_words(
    screen: Opens, contexts: Contexts, workshop: NewWorkshop
) -> None:
    context = contexts(viewport=PROJECTOR, has_touch=False)
    context.add_init_script("Object.defineProperty(navigator, 'wakeLock', {value: undefined})")
    context.clock.install()
    page = screen(workshop(weighing()), context)
    awake = page.locator(".awake")
    with poster(page):
        expect(awake).to_contain_text("may go to sleep")
    picture = page.locator(".picture").bounding_box()
    context.clock.fast_forward(20_000)
    expect(awake).to_have_count(0)
    assert page.locator(".picture").bounding_box() == picture
    page.mouse.move(400, 400)
    expect(awake).to_be_visible()
