"""The harness itself: each defect on a page made for it is found, and a sound page has none."""

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.support.looks import SIZES, Look, judge

SOUND = """<!doctype html><html lang="en"><head><title>Sound</title>
<meta name="viewport" content="width=device-width"><style>
  body { margin: 0; font: 16px/1.5 sans-serif; color: #111; background: #fff; }
  button { min-height: 44px; min-width: 44px; }
  .foot { position: fixed; left: 0; right: 0; bottom: 0; height: 120px; background: #fff; }
</style></head><body><main><h1>One sheet</h1>%s</main></body></html>"""

DOTS = "white-space:nowrap;text-overflow:ellipsis"

DEFECTS = {
    "the page is": "<div style='width:2500px;height:1px'></div>",
    "beyond the edge": "<p style='position:relative;left:-30px'>Here it begins too early.</p>",
    "cut (": "<p style='height:20px;overflow:hidden;width:8em'>More words than fit into one line</p>",
    "cut (1": f"<p style='overflow:hidden;width:8em;{DOTS}'>{'w ' * 90}</p>",
    "placeholder cut": "<label>Name <input style='width:60px' placeholder='A very long example'></label>",
    "sticks out": "<p style='width:3em'>Donaudampfschifffahrt</p>",
    "overlap": "<p>One line</p><p style='margin-top:-40px'>Another line</p>",
    "small": "<button style='min-height:0;min-width:0;width:30px;height:30px'>x</button>",
    "has the focus under": "<div style='height:3000px'></div><button>Below</button><div class='foot'></div>",
    "color-contrast": "<p style='color:#bbb'>Hardly to be read</p>",
    "no language": "<p lang='klingon'>nuqneH</p>",
}


@pytest.fixture(scope="module")
def page(chromium: object) -> Page:
    made: BrowserContext = chromium.new_context(viewport={"width": 390, "height": 844})  # type: ignore[attr-defined]
    return made.new_page()


LOOK = Look((SIZES[1],), ("light",))


@pytest.mark.parametrize("words", DEFECTS)
def test_a_defect_is_found(page: Page, words: str) -> None:
    page.set_content(SOUND % DEFECTS[words])
    found = judge(page, "site", "made", LOOK, "en")
    assert any(words in one for one in found), found


def test_a_sound_page_has_none_and_small_type_is_told_on_the_screen_alone(page: Page) -> None:
    page.set_content(SOUND % "<p>Quite well.</p><button>Go on</button>")
    assert judge(page, "site", "made", LOOK, "en") == []
    assert any("says it is in" in one for one in judge(page, "site", "made", Look((SIZES[1],), ()), "es"))
    screen = judge(page, "screen", "made", Look((SIZES[4],), ()), "en")
    assert any("16.0 px" in one for one in screen), screen


def test_what_ends_in_dots_may_if_it_is_whole_elsewhere(page: Page) -> None:
    dots = (
        f"<p style='overflow:hidden;width:5em;{DOTS}' title='A long line of words'>A long line of words</p>"
    )
    page.set_content(SOUND % dots)
    assert judge(page, "site", "made", LOOK, "en") == []
