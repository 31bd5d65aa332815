"""The big screen in a real browser: what the last row sees, and what nobody sees before its time."""

import re

import pytest
from msgspec.structs import replace
from playwright.sync_api import expect

from edp_app.core.definition import DotsMethod, VoteSettings
from tests.support.at_rest import comes_to, standing
from tests.support.definitions import short, weighing
from tests.support.desk import (
    PROJECTOR,
    RECONNECT_MS,
    Begin,
    Cable,
    Contexts,
    Opens,
    ballot,
    items,
)
from tests.support.poster import codes_on, cut_off_for_long, hold_the_first, poster, shows_the_code
from tests.support.stage import Hand

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def test_the_code_can_be_read_from_every_stage(begin: Begin, screen: Opens) -> None:
    hand = begin(short())
    page = screen(hand.code)
    digits = f"{hand.code[:3]} {hand.code[3:]}"

    def check() -> None:
        with poster(page):
            expect(page.locator(".code-digits")).to_have_text(digits)
            expect(page.locator(".code-address")).to_have_text(hand.url.partition("://")[2])
        shows_the_code(page, hand.join_url)

    check()
    ways = page.locator(".step-way")
    without = re.compile(f"Sin cámara.*Abra .*escriba {digits}")
    expect(ways).to_have_text([re.compile("Con la cámara.*Escanee"), without])
    for stage in ("opening", "who", "swot"):
        run = hand.open(stage)
        expect(page.locator(".poster")).to_have_class(f"poster scene-{hand.view['now']['kind']}")
        check()
    commands = [
        {"type": "add_item", "run": run, "column": "swot"[n % 4], "title": f"Number {n}"} for n in range(8)
    ]
    size = "one => parseFloat(getComputedStyle(one).fontSize)"
    alone = page.locator(".headline.is-alone").evaluate(size)
    hand.somebody("business", *commands)
    expect(page.locator(".note")).to_have_count(8)
    assert alone >= 1.6 * page.locator(".headline").evaluate(size), "until something stands on the board"
    hand.somebody("academia")
    for stage in ("sort", "weigh", "ideas", "evaluation"):
        hand.open(stage)
        expect(page.locator(".poster")).to_have_class(f"poster scene-{hand.view['now']['kind']}")
        check()
    hand.do("end_workshop")
    expect(page.locator(".scene-ended")).to_be_visible()
    check()


def test_the_module_of_the_code_is_six_pixels_at_least(begin: Begin, screen: Opens) -> None:
    hand = begin(short())
    hand.open("opening")
    page = screen(hand.code)
    expect(page.locator(".scene-show")).to_be_visible()
    box = page.locator(".code img").bounding_box()
    run = hand.open("swot")
    hand.somebody("business", {"type": "add_item", "run": run, "column": "s", "title": "One"})
    hand.open("weigh")
    expect(page.locator(".scene-vote")).to_be_visible()
    narrow = page.locator(".code img").bounding_box()
    drawn = page.evaluate(
        "() => fetch(document.querySelector('.code img').src).then((answer) => answer.text())"
    )
    modules = re.search(r'viewBox="0 0 ([\d.]+) ', drawn) or re.search(r'width="([\d.]+)"', drawn)
    assert box is not None
    assert narrow is not None
    assert modules is not None
    assert box["width"] > narrow["width"]
    assert narrow["width"] / float(modules[1]) >= 6


def test_a_key_makes_the_code_large_and_another_returns(begin: Begin, screen: Opens) -> None:
    hand = begin(short())
    hand.open("opening")
    page = screen(hand.code)
    page.keyboard.press("q")
    expect(page.locator(".large")).to_be_visible()
    large = "() => document.querySelector('.large img').getBoundingClientRect().height > 700"
    page.wait_for_function(large)
    assert comes_to(page, lambda: set(codes_on(page)), {hand.join_url}) == {hand.join_url}
    page.keyboard.press("Escape")
    expect(page.locator(".large")).to_have_count(0)
    page.keyboard.press("q")
    page.keyboard.press("q")
    expect(page.locator(".large")).to_have_count(0)

    # single keys switched off on this browser: what is no character still does it
    page.evaluate("localStorage.setItem('edp.keys', 'false')")
    page.keyboard.press("q")
    page.keyboard.press("Enter")
    expect(page.locator(".large")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".large")).to_have_count(0)


@pytest.mark.parametrize("count", [0, 1, 25, 60])
def test_a_board_is_never_cut_off_and_shows_everything(begin: Begin, screen: Opens, count: int) -> None:
    hand = begin(weighing())
    run = hand.open("swot")
    titles = [f"Contribution {n} about a valley that chooses" for n in range(count)]
    if count == 60:
        titles[-2:] = [LONG, "word " * 39]
    for start in range(0, count, 20):  # three people, so that their group may be told
        hand.somebody("business", *items(run, titles[start : start + 20]))
    page = screen(hand.code)
    with poster(page):
        expect(page.locator(".column-count").first).to_have_text(str(-(-count // 4)))
        expect(page.locator(".pages-ruler > *")).to_have_count(0)
    if count == 60:
        hold_the_first(page)
    seen = set(page.locator(".note-title").all_inner_texts())
    label = page.locator(".pages-of")
    pages = int(label.inner_text().split()[-1]) if label.count() else 1
    assert (pages > 1) == (count == 60)
    for turn in range(2, pages + 1):
        page.keyboard.press("ArrowRight")
        with poster(page):
            expect(label).to_have_text(f"Page {turn} of {pages}")
        seen |= set(page.locator(".note-title").all_inner_texts())
    assert seen == {title.strip() for title in titles}


def test_new_items_and_merges_arrive_by_themselves(begin: Begin, screen: Opens) -> None:
    hand = begin(weighing(columns=1))
    run = hand.open("swot")
    page = screen(hand.code)
    expect(page.locator(".nothing")).to_be_visible()
    hand.somebody("business", *items(run, ["Young people leave", "The young go away"], 1))
    expect(page.locator(".note")).to_have_count(2)
    view = hand.until(lambda view: len(view["items"]) == 2, "both items")
    ids = {item["title"]: item["id"] for item in view["items"].values()}
    hand.do("merge_items", into=ids["Young people leave"], items=[ids["The young go away"]])
    expect(page.locator(".note")).to_have_count(1)
    expect(page.locator(".note-merged")).to_have_text("The young go away")


def test_what_is_written_is_not_shown_before_its_time(begin: Begin, screen: Opens) -> None:
    hand = begin(short(others="after_close"))
    run = hand.open("swot")
    page = screen(hand.code)
    hand.somebody(
        "business",
        {"type": "add_item", "run": run, "column": "s", "title": "A quiet word"},
    )
    with poster(page):
        expect(page.locator(".figure-number")).to_have_text("1")
    assert "A quiet word" not in page.content()
    hand.do("close_stage", run=run)
    expect(page.locator(".note-title")).to_have_text("A quiet word")


def test_a_vote_counts_aloud_and_shows_nothing_until_it_is_revealed(begin: Begin, screen: Opens) -> None:
    hand = begin(weighing(dots=1, passes=1))
    hand.somebody("business", *items(hand.open("swot"), ["Olives", "Salt", "Sun", "Sea"]))
    run = hand.open("weigh")
    ids = {item["title"]: item["id"] for item in hand.view["items"].values()}
    page = screen(hand.code)
    hidden = page.locator(".result-row, .result-value, .result-bar")
    # five of business want olives, one each of the two others wants salt: heads and groups disagree
    for place in range(5):
        hand.somebody("business", ballot(run, ids["Olives"]))
        expect(page.locator(".figure-number")).to_have_text(str(place + 1))
    for group in ("government", "academia"):
        hand.somebody(group, ballot(run, ids["Salt"]))
    with poster(page):
        expect(page.locator(".figure-number")).to_have_text("7")
        expect(page.locator(".figure-words")).to_have_text("of 8 have voted")
        expect(page.locator(".note-title")).to_have_text(["Olives", "Salt", "Sun", "Sea"])
        expect(page.get_by_text("Every group counts the same")).to_be_visible()
    assert hidden.count() == 0
    assert "%" not in page.locator("#app").inner_text()
    hand.do("close_stage", run=run)
    with poster(page):
        expect(page.get_by_text("The vote is closed")).to_be_visible()
    assert hidden.count() == 0
    hand.do("reveal_result", run=run)
    with poster(page):
        expect(page.locator(".result-row").first).to_contain_text("Salt")
        expect(page.locator(".result-row").first).to_contain_text("67%")
        expect(page.locator(".result-row").nth(1)).to_contain_text("71%")
        expect(page.locator(".result-cut")).to_have_count(1)
        expect(page.locator(".headline")).to_have_text("“Salt” passes")
        expect(page.locator(".result-flip")).to_have_count(2)
        expect(page.locator(".result-flip").first).to_contain_text("By one person, one vote, “")
        expect(page.locator(".result-flip").last).to_contain_text(
            "“Salt” is 1st when every group counts the same, and 2nd by one person, one vote."
        )


def fill(hand: Hand, count: int, columns: int) -> dict[str, str]:
    """So many contributions on the board; their ids by their titles."""
    run = hand.open("swot")
    titles = [f"Number {n} of the contributions about a valley that chooses its way" for n in range(count)]
    for start in range(0, count, 20):
        hand.somebody("business", *items(run, titles[start : start + 20], columns))
    view = hand.until(lambda view: len(view["items"]) == count, f"{count} contributions")
    return {item["title"].split(" of ")[0]: item["id"] for item in view["items"].values()}


def test_the_first_page_of_a_result_holds_all_that_passes(begin: Begin, screen: Opens) -> None:
    definition = weighing(passes=3)
    gather, vote = definition.stages
    settings = VoteSettings("swot", DotsMethod(9, "column", 9), "balanced", 3)
    hand = begin(replace(definition, stages=[gather, replace(vote, settings=settings)]))
    ids = fill(hand, 40, 4)
    run = hand.open("weigh")
    for group in ("government", "business", "academia"):
        dots = [ballot(run, ids[f"Number {n}"], 4 - n // 4) for n in range(12)]
        hand.somebody(group, *dots)
    page = screen(hand.code)
    hand.reveal(run)
    label = page.locator(".pages-of")
    expect(label).to_contain_text("Page 1 of")
    with poster(page):
        expect(page.locator(".result-row.passes")).to_have_count(12)
        expect(page.locator(".result-cut")).to_have_count(4)
        expect(page.get_by_text("The first 3 in each column pass.")).to_be_visible()
        expect(page.locator(".kicker")).to_contain_text("Weigh")
        expect(page.locator(".headline")).to_have_text("12 of 40 pass")
    seen = set(page.locator(".result-title").all_inner_texts())
    expect(page.locator(".pages-held")).to_have_count(0)
    page.keyboard.press(" ")
    expect(page.locator(".pages-held")).to_have_text("page held")
    for turn in range(2, int(label.inner_text().split()[-1]) + 1):
        page.keyboard.press("ArrowRight")
        with poster(page):
            expect(label).to_contain_text(f"Page {turn} of")
        seen |= set(page.locator(".result-title").all_inner_texts())
    assert len(seen) == 40


def test_neighbours_with_different_places_never_show_the_same_figure(begin: Begin, screen: Opens) -> None:
    hand = begin(weighing(columns=1, dots=100, passes=1))
    ids = fill(hand, 3, 1)
    run = hand.open("weigh")
    for group in ("government", "business", "academia"):
        given = {"Number 0": 42, "Number 1": 42, "Number 2": 16}
        if group == "business":
            given = {"Number 0": 43, "Number 1": 42, "Number 2": 15}
        hand.somebody(group, *(ballot(run, ids[name], dots) for name, dots in given.items()))
    page = screen(hand.code)
    hand.reveal(run)
    with poster(page):
        values = page.locator(".result-bar.is-headcount .result-value")
        expect(values).to_contain_text(["42.3%", "42.0%", "15.7%"])


def test_the_page_with_what_has_just_arrived_is_turned_to(
    begin: Begin, screen: Opens, contexts: Contexts
) -> None:
    hand = begin(weighing())
    fill(hand, 60, 4)
    context = contexts(viewport=PROJECTOR, has_touch=False)
    context.clock.install()
    page = screen(hand.code, context)
    label = page.locator(".pages-of")
    expect(label).to_contain_text("Page 1 of")
    standing(page)
    while not label.inner_text().startswith("Page 1 of"):  # a busy machine was slow enough for it to turn
        context.clock.run_for(1000)
    hand.somebody("academia", *items(hand.run, ["The very newest"], 4))
    expect(page.locator(".column-count").first).to_have_text("16")
    context.clock.run_for(4000)  # sooner than a page turns by itself
    expect(page.get_by_text("The very newest")).to_be_visible()
    with poster(page):
        expect(page.locator(".pages-of")).not_to_contain_text("Page 1 of")


def test_a_page_is_held_by_a_key_until_another_one_lets_it_go(
    begin: Begin, screen: Opens, contexts: Contexts
) -> None:
    hand = begin(weighing())
    fill(hand, 60, 4)
    context = contexts(viewport=PROJECTOR, has_touch=False)
    context.clock.install()
    page = screen(hand.code, context)
    label, held = page.locator(".pages-of"), page.locator(".pages-held")
    expect(label).to_contain_text("Page 1 of")
    page.keyboard.press("PageDown")
    expect(held).to_have_text("page held")
    with poster(page):
        expect(label).to_contain_text("Page 2 of")
    hand.somebody("academia", *items(hand.run, ["The very newest"], 4))
    expect(page.locator(".column-count").first).to_have_text("16")
    for _ in range(30):  # in steps, so that the link is not taken for lost
        context.clock.run_for(1000)
    assert label.inner_text().startswith("Page 2 of")
    page.keyboard.press(" ")
    expect(held).to_have_count(0)
    for _ in range(14):
        context.clock.run_for(1000)
    expect(label).not_to_contain_text("Page 2 of")


def test_a_pause_is_said_as_large_as_the_headline_and_a_lost_link_covers_nothing(
    begin: Begin, screen: Opens, contexts: Contexts
) -> None:
    hand = begin(weighing())
    fill(hand, 28, 4)
    context = contexts(viewport=PROJECTOR, has_touch=False)
    cable = Cable(context)
    page = screen(hand.code, context)
    hand.do("pause_stage", run=hand.run)
    with poster(page):
        expect(page.locator(".paused")).to_be_visible()
    cable.pull()
    with poster(page):
        expect(page.locator(".trouble")).to_be_visible(timeout=RECONNECT_MS)
        page.wait_for_timeout(300)  # a resize is told in the frame after it


def test_questions_are_counted_and_their_means_shown_at_the_reveal(begin: Begin, screen: Opens) -> None:
    hand = begin(short())
    run = hand.open("evaluation")
    page = screen(hand.code)
    answer = {"type": "answer", "run": run, "question": "useful", "revision": 0}
    text = {"type": "answer", "run": run, "question": "more", "revision": 0, "value": "More bread"}
    for value in (3, 4, 5):
        hand.somebody("business", {**answer, "value": value})
    hand.somebody("academia", text)
    with poster(page):
        expect(page.locator(".figure-number")).to_have_text("4")
    assert page.locator(".scale").count() == 0
    hand.reveal(run)
    with poster(page):
        expect(page.locator(".scale-mean b")).to_have_text(re.compile(r"4[.,]0"))
        expect(page.locator(".mean-text")).to_have_text("More bread")


def test_the_screen_repaints_itself_after_a_loss(begin: Begin, screen: Opens, contexts: Contexts) -> None:
    hand = begin(weighing())
    context = contexts(viewport=PROJECTOR, has_touch=False)
    cable = Cable(context)
    page = screen(hand.code, context)
    cable.pull()
    expect(page.locator(".trouble")).to_contain_text("This screen has lost its link to the server")
    expect(page.locator(".trouble")).to_contain_text("Your phones keep everything and send it later.")
    shows_the_code(page, hand.join_url)
    hand.open("swot")
    cable.mend()
    expect(page.locator(".trouble")).to_have_count(0, timeout=RECONNECT_MS)
    expect(page.locator(".headline")).to_have_text("What is one strength, one weakness?")


def test_a_timer_is_on_every_picture(begin: Begin, screen: Opens) -> None:
    hand = begin(short())
    page = screen(hand.code)
    for stage in ("opening", "who", "swot"):
        hand.do("set_timer", run=hand.open(stage), seconds=600)
        with poster(page):
            expect(page.locator(".spine-clock")).to_contain_text(":")
    hand.do("set_timer", run=hand.run, seconds=0)
    expect(page.locator(".spine-clock")).to_have_count(0)


def test_the_screen_speaks_the_language_of_the_workshop(begin: Begin, screen: Opens) -> None:
    hand = begin(weighing(language="es"))
    hand.open("swot")
    page = screen(hand.code, locale="en-GB")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    with poster(page):
        expect(page.locator(".headline")).to_have_text("¿Cuál es una fortaleza, una debilidad?")


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768), (3840, 2160)])
def test_other_projectors_get_the_same_poster(begin: Begin, screen: Opens, size: tuple[int, int]) -> None:
    hand = begin(weighing())
    titles = [f"Contribution {n} about a valley that chooses" for n in range(40)]
    hand.somebody("business", *items(hand.open("swot"), titles))
    viewport = {"width": size[0], "height": size[1]}
    page = screen(hand.code, viewport=viewport)
    expect(page.locator(".column-count").first).to_have_text("10")
    assert cut_off_for_long(page) == []
    shows_the_code(page, hand.join_url)
