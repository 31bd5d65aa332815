"""Revealed results of every voting method, in a real browser: on the screen, on a phone, on the console."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from edp_app.core.definition import Definition, Rule, VoteSettings
from tests.support.at_rest import comes_to, standing
from tests.support.axe import findings
from tests.support.desk import PROJECTOR, Begin, Contexts, Opens, painted
from tests.support.listened import Listened
from tests.support.methods import METHODS, TITLES, ballots, calmer, deciding, room
from tests.support.phone import SEEN, Phone
from tests.support.poster import clipped, hold_the_first, poster
from tests.support.stage import Hand

Json = dict[str, Any]

SMALL = {"government": 8, "business": 3, "academia": 3, "civil_society": 2}
FEW_ITEMS = 6

FONT_SIZE = "(one) => parseFloat(getComputedStyle(one).fontSize)"


@dataclass(frozen=True)
class Case:
    """A vote, and what the first page of its result says: what passed, why something stands elsewhere by the
    other count, and one thing that only this method says."""

    method: str
    rule: Rule
    decided: str
    headline: str
    differs: str
    own: str


SECOND = "is 2nd when every group counts the same, and 3rd by one person, one vote"
NOTHING = "Nothing passes or drops out"

CASES = (
    Case("dots", "balanced", "Every group counts the same", "3 of 6 pass", SECOND, "of the dots"),
    Case(
        "columns",
        "headcount",
        "The first one in each",
        "2 of 6 pass",
        "by one person, one vote",
        "of the dots",
    ),
    Case("points", "portfolio", "Every group received an equal part", "3 of 6 pass", SECOND, "Backed by:"),
    Case("agree", "both", "Only what is ahead by both counts", "3 of 6 pass", "one person", "by groups"),
    Case("criteria", "balanced", "Every group counts the same", "3 of 6 pass", SECOND, "from 1 to 5"),
    Case("axes", "balanced", NOTHING, "above the middle on both: Impact, Uncertainty", "", "Uncertainty"),
    Case("choice", "balanced", NOTHING, "is the most frequent answer for", "", "Every group the same"),
    Case("ranking", "headcount", "One person, one vote.", "3 of 6 pass", "and 3rd when every", "1 is best"),
)


def written(hand: Hand, count: int = FEW_ITEMS, columns: int = 1, longer: str = "") -> None:
    """So many items on the board, each title with ``longer`` behind it."""
    run = hand.open("ideas")
    titles = [TITLES[n % len(TITLES)] + longer + (f" {n}" if n >= len(TITLES) else "") for n in range(count)]
    for start in range(0, count, 30):
        hand.somebody(
            "government",
            *(
                {"type": "add_item", "run": run, "column": f"c{(start + n) % columns}", "title": title}
                for n, title in enumerate(titles[start : start + 30])
            ),
        )


def asked(hand: Hand, stage: str = "vote") -> tuple[str, list[str]]:
    """Opens the vote; its run, and what is voted on in the order in which it was written."""
    run = hand.open(stage)
    view = hand.until(lambda view: view.get("now", {}).get("run") == run, "the vote")
    candidates = view["now"]["candidates"].values()
    return run, [one["id"] for one in sorted(candidates, key=lambda one: one["n"])]


def votes(hand: Hand, definition: Definition, run: str, ids: Sequence[str], people: Sequence[Any]) -> None:
    """Everybody votes."""
    stage = definition.stage(run.rpartition(".")[0])
    assert stage is not None
    assert isinstance(stage.settings, VoteSettings)
    method = stage.settings.method
    hand.everybody(
        [
            (
                {"group": one.group, "territory": one.territory, "funder": one.funder},
                ballots(method, run, ids, one),
            )
            for one in people
        ]
    )


def revealed(
    begin: Begin, definition: Definition, people: Sequence[Any], items: int = FEW_ITEMS, longer: str = ""
) -> Hand:
    """A workshop in which the result of this vote has just been revealed."""
    hand = begin(definition)
    written(hand, items, longer=longer)
    run, ids = asked(hand)
    votes(hand, definition, run, ids, people)
    hand.reveal(run)
    return hand


def at_rest(page: Page) -> None:
    """Bars have grown, fonts and pictures are there."""
    page.wait_for_function(
        "() => document.getAnimations().every((one) => one.playState === 'finished')", timeout=SEEN
    )


def turn_all(page: Page) -> set[str]:
    """Every page of the screen, each looked at; the titles that were on them. What bars mean is said where
    they are, and nowhere else."""
    label = page.locator(".pages-of")
    if label.count():
        hold_the_first(page)
    seen = titles_on(page)
    pages = int(label.inner_text().split()[-1]) if label.count() else 1
    for turn in range(2, pages + 1):
        page.keyboard.press("ArrowRight")
        with poster(page):
            expect(label).to_contain_text(f"Page {turn} of")
            expect(page.locator(".picture-failed")).to_have_count(0)
        bars = page.locator(".result-track, .stack").count() > 0
        assert (page.locator(".result-legend").count() > 0) == bars, label.inner_text()
        seen |= titles_on(page)
    return seen


def pictures_of(page: Page) -> list[str]:
    """What the pages of the screen with a picture are called, once each picture is there and has a title."""
    label = page.locator(".pages-of")
    pages, found = int(label.inner_text().split()[-1]), []
    for _ in range(pages):
        before = label.inner_text()
        page.keyboard.press("ArrowRight")
        expect(label).not_to_have_text(before)
        shown = page.locator(".pages-picture")
        if shown.count():
            drawing = shown.locator("svg.picture-drawing")
            expect(drawing).to_be_visible(timeout=SEEN)
            column = (shown.get_attribute("aria-label") or "").partition(" · ")[2]
            if column:
                said = re.compile(f"^{re.escape(column)} · What each group gave")
                expect(drawing.locator("text").first).to_have_text(said)
            found.append(shown.get_attribute("aria-label") or "")
    return found


def titles_on(page: Page) -> set[str]:
    """The titles in the list that is shown; a mark may stand behind them."""
    return {title.strip() for title in page.locator(".result-list .result-title").all_inner_texts()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.method)
def test_every_method_on_screen_phone_and_console(
    begin: Begin, screen: Opens, console: Opens, contexts: Contexts, case: Case
) -> None:
    columns = 2 if case.method == "columns" else 1
    definition = deciding(
        METHODS[case.method], rule=case.rule, passes=3 if columns == 1 else 1, columns=columns
    )
    hand = begin(definition)
    written(hand, columns=columns)
    run, ids = asked(hand)
    phone = Phone(contexts().new_page())
    pages = [phone.page, screen(hand.code), console(hand.code)]
    told = [Listened(page) for page in pages]
    phone.page.goto(hand.join_url)
    phone.join("Environment", "Arica")
    for page in pages[1:]:
        page.reload()
    painted(pages[1])
    votes(hand, definition, run, ids, room(SMALL))
    hand.until(lambda view: view["now"]["cast"] == sum(SMALL.values()), "all votes")
    hand.do("close_stage", run=run)
    if case.method == "criteria":
        facts = pages[1].locator(".vote-facts")
        expect(facts).to_contain_text("Assets 50% · Market and connections 25% · Sustainability 25%")
    for page, ears in zip(pages, told, strict=True):
        expect(page.get_by_text("closed").first).to_be_visible(timeout=SEEN)
        assert page.locator(".result-row, .result-value, .stack").count() == 0
        assert ears.heard
        assert ears.of_results() == [], "nothing of a result is told before it is revealed"
    hand.do("reveal_result", run=run)
    on_phone, on_screen, on_console = pages
    expect(on_screen.locator(".result-row").first).to_be_visible(timeout=SEEN)
    with poster(on_screen):
        expect(on_screen.locator(".headline")).to_contain_text(case.headline)
        expect(on_screen.locator(".result-said")).to_contain_text(case.decided)
        expect(on_screen.locator(".result")).to_contain_text(case.own)
        if case.differs:
            expect(on_screen.locator(".result-flip").first).to_contain_text(case.differs)
    sizes = [on_screen.locator(of).evaluate(FONT_SIZE) for of in (".headline", ".code-digits")]
    assert sizes[0] > sizes[1], "what passed is said larger than the code"
    assert len(turn_all(on_screen)) == FEW_ITEMS
    if columns > 1:
        assert len(set(pictures_of(on_screen))) == columns
    for page in (on_phone, on_console):
        expect(page.locator(".result-row").first).to_be_visible(timeout=SEEN)
        expect(page.locator(".result-headline")).to_contain_text(case.headline)
        expect(page.locator(".result-rule")).to_contain_text(case.decided)
        found = page.locator(".result-row .result-title").all_text_contents()
        assert {title.strip() for title in found} == set(TITLES[:FEW_ITEMS])
    assert phone.too_wide() <= 0
    for page in pages:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            at_rest(page)
            assert findings(page) == [], (case.method, scheme)
            assert clipped(page) == []
    indices = ("agreement", "polarisation", "“w”", "kendall")
    for page in (on_phone, on_screen):
        assert not [word for word in indices if word in page.locator("#app").inner_text().lower()]


def test_reasons_criteria_groups_and_the_picture_are_one_tap_away(begin: Begin, contexts: Contexts) -> None:
    hand = revealed(begin, deciding(METHODS["criteria"]), room(SMALL))
    phone = Phone(contexts().new_page())
    phone.page.goto(hand.join_url)
    phone.join("Environment", "Arica")
    row = phone.page.locator(".now .result-row").first
    expect(row).to_contain_text("rate it high (3.5 or more)", timeout=SEEN)
    for name, inside in (
        ("By criterion", "Sustainability"),
        ("By group", "Government"),
        ("Reasons", "Why some rate it high"),
    ):
        part = row.locator("details").filter(has=phone.page.locator("summary", has_text=name))
        words = part.get_by_text(inside).first
        expect(words).to_be_hidden()
        part.locator("summary").first.click()
        expect(words).to_be_visible()
    drawing = phone.page.locator(".result-picture svg.picture-drawing")
    assert drawing.count() == 0
    phone.page.locator(".result-picture summary").click()
    expect(drawing).to_be_visible(timeout=SEEN)
    assert phone.too_wide() <= 0
    for width in (390, 360):  # in the type of whatever system this is
        before = drawing.get_attribute("viewBox")
        phone.page.set_viewport_size({"width": width, "height": 740})
        if width == 360:
            expect(drawing).not_to_have_attribute("viewBox", before or "")
        assert clipped(phone.page) == []


def test_a_second_round_says_what_was_before(begin: Begin, screen: Opens, contexts: Contexts) -> None:
    definition = deciding(METHODS["criteria"], again=True)
    people = room({"government": 9, "business": 6, "academia": 5, "civil_society": 4}, spread=0.4)
    hand = revealed(begin, definition, people)
    run, ids = asked(hand, "again")
    first = hand.view["results"]["vote.1"]["result"]["columns"][0]["items"]
    divided = [row["item"] for row in first if row["label"] in ("divided", "groups_differ")]
    assert set(ids) == set(divided)
    assert ids, "the room was not of one mind"
    page = screen(hand.code)
    votes(hand, definition, run, ids, calmer(people))
    hand.reveal(run)
    expect(page.locator(".result-before").first).to_contain_text("before: ", timeout=SEEN)
    with poster(page):
        expect(page.locator(".kicker")).to_contain_text("Second round")
        kept = [row["title"] for row in first if row["passes"] and row["item"] not in ids]
        now = hand.view["results"]["again.1"]["result"]["columns"][0]["items"]
        passing = kept + [row["title"] for row in now if row["passes"]]
        out = [one["title"] for one in now if not one["passes"] and one["item"] in passed(first)]
        assert min(len(kept), len(out)) > 0, "a room in which something stays and something is out"
        expect(page.locator(".headline")).to_have_text(f"After both rounds {len(passing)} of 6 pass")
        titles = page.locator(".passes .result-title")
        assert comes_to(page, lambda: [one.strip() for one in titles.all_inner_texts()], passing) == passing
        expect(page.locator(".is-kept").first).to_contain_text("passed in the first round, and stays")
        expect(page.locator(".result-both")).to_contain_text(f"and is out: “{out[0]}”.")
    turn_all(page)
    phone = Phone(contexts().new_page())
    phone.page.goto(hand.join_url)
    phone.join("Environment", "Arica")
    for words in ("Before: ", f"After both rounds {len(passing)} of 6 pass", f"and stays: “{kept[0][:40]}"):
        expect(phone.page.locator(".now .result")).to_contain_text(words, timeout=SEEN)
    hand.do("end_workshop")
    expect(page.locator(".scene-ended")).to_be_visible(timeout=SEEN)
    with poster(page):
        expect(page.locator(".headline")).to_have_text("What this room decided")
        expect(page.locator(".kicker")).to_contain_text("Thank you")
        expect(page.locator(".ended-stage")).to_have_count(1)
        expect(page.locator(".ended-item > span:last-child")).to_have_text(passing)
        size = "item => parseFloat(getComputedStyle(item).fontSize)"
        assert page.locator(".ended-item").first.evaluate(size) >= 36


def passed(rows: Sequence[Json]) -> set[str]:
    """The items that pass."""
    return {row["item"] for row in rows if row["passes"]}


LONGER = " with producers' associations, municipalities and the universities of the region taking part"


@pytest.mark.parametrize(("method", "passes", "longer"), [("points", 12, ""), ("points", 8, LONGER)])
def test_sixty_items_are_all_there_and_the_first_page_has_what_passes(
    begin: Begin, screen: Opens, method: str, passes: int, longer: str
) -> None:
    definition = deciding(METHODS[method], rule="balanced", passes=passes)
    people = room({"government": 4, "business": 3, "academia": 3})
    hand = revealed(begin, definition, people, items=60, longer=longer)
    page = screen(hand.code)
    rows = hand.view["results"]["vote.1"]["result"]["columns"][0]["items"]
    passing = {row["title"] for row in rows if row["passes"]}
    with poster(page):
        expect(page.locator(".headline")).to_contain_text(f"{len(passing)} of 60 pass")
        assert comes_to(page, lambda: passing - titles_on(page), set()) == set()
        expect(page.locator(".result-cut").first).to_be_visible()
    assert len(turn_all(page)) == 60
    pages = int(page.locator(".pages-of").inner_text().split()[-1])
    assert pages <= 24, "sixty long titles, their groups and reasons"


def test_the_page_that_says_what_passed_stays_longer(begin: Begin, screen: Opens, contexts: Contexts) -> None:
    hand = revealed(begin, deciding(METHODS["dots"]), room(SMALL))
    context = contexts(viewport=PROJECTOR, has_touch=False)
    context.clock.install()
    page = screen(hand.code, context)
    label = page.locator(".pages-of")
    page.evaluate("() => document.fonts.ready.then(() => true)")
    expect(label).to_contain_text("Page 1 of")
    standing(page)
    hold_the_first(page)  # however long it has been shown by now,
    context.clock.run_for(100)
    page.keyboard.press(" ")  # it begins anew
    context.clock.run_for(100)
    expect(page.locator(".pages-held")).to_have_count(0)

    def turned_after(most: int) -> int:
        """After how many seconds another page is shown; in steps, so that the link is not taken for lost."""
        before = label.inner_text().split()[1]
        for second in range(most):
            if label.inner_text().split()[1] != before:
                return second
            context.clock.run_for(1000)
        return most

    assert 28 <= turned_after(60) < 60
    assert turned_after(60) <= 20, "a page that does not say what passed"
    for most, within in ((40, (40,)), (60, range(60))):
        page.keyboard.press(" ")
        assert turned_after(most) in within, "held by the space bar, and let go on by it"


@pytest.mark.parametrize("method", METHODS)
def test_two_voters_are_told_that_there_are_no_figures(
    begin: Begin, screen: Opens, method: str, long: bool
) -> None:
    if not long and method not in ("dots", "criteria"):
        pytest.skip("with --long: the rules keep the figures back, for every method alike")
    people = [replace(one, n=n) for n, one in enumerate(room({"government": 1, "business": 1}))]
    hand = revealed(begin, deciding(METHODS[method], rule="balanced"), people)
    page = screen(hand.code)
    with poster(page):
        expect(page.get_by_text("Fewer than three people took part")).to_be_visible()
    assert page.locator(".result-row").count() == 0


def test_what_nobody_judged_says_so(begin: Begin, screen: Opens, contexts: Contexts) -> None:
    definition = deciding(METHODS["agree"], rule="balanced", passes=2)
    hand = begin(definition)
    written(hand)
    run, ids = asked(hand)
    votes(hand, definition, run, ids[:2], room({"government": 2, "business": 2}))
    hand.somebody(
        "business", {"type": "cast_ballot", "run": run, "item": ids[2], "choice": "agree", "revision": 0}
    )
    page = screen(hand.code)
    hand.reveal(run)
    with poster(page):
        expect(page.get_by_text("Nobody judged it.").first).to_be_visible(timeout=SEEN)
        expect(page.get_by_text("Fewer than three people judged it: no figures.")).to_be_visible()
    phone = Phone(contexts().new_page())
    phone.page.goto(hand.join_url)
    phone.join("Environment", "Arica")
    expect(phone.page.get_by_text("Nobody judged it.").first).to_be_visible(timeout=SEEN)
