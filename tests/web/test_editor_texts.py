"""The editor: the texts of a stage in the languages of the workshop."""

import html
import re

from tests.support.editor import filled, now, press
from tests.web.conftest import Browser, Site


def test_texts_are_shown_in_one_language_or_in_all(site: Site, ana: Browser, code: str) -> None:
    path = f"/workshops/{code}/stages/who"
    swot = ana.get(f"/workshops/{code}/stages/swot").text
    assert '<input type="hidden" name="columns.0.name.pt" value="Forças">' in swot
    every = press(ana, path, "all", **{"title.en": "Here"}).text
    assert 'id="title.pt"' in every
    assert 'value="Here"' in every
    changed = {**filled(every), "title.pt": "Presentes", "prompt.es": "", "do": "save"}
    assert ana.client.post(path, data=changed).status_code == 303
    who = now(site, code).stage("who")
    assert who is not None
    assert who.title["pt"] == "Presentes"
    assert set(who.prompt) == {"en", "pt"}


def test_what_a_change_leaves_behind_in_other_languages_is_named(ana: Browser, code: str) -> None:
    path = f"/workshops/{code}/stages/swot"

    def said_after(do: str = "save", **changes: object) -> list[str]:
        assert press(ana, path, do, **changes).status_code == 303
        told = re.findall(r'notice-warn" role="status">(.*?)</p>', ana.get(f"/workshops/{code}/stages").text)
        return [one for one in told if "what is said of it has not" not in one]  # of that, another test

    both = "In Spanish and Portuguese this still says what it said before: "
    ways = f'. <a href="/workshops/{code}/stages/swot?all=1">Change it there, too</a>'
    assert said_after(**{"prompt.en": "What now?", "columns.1.name.en": "Not so good"}) == [
        f"{both}What is asked; Heading (Not so good){ways}"
    ]
    assert said_after(minutes="17") == []
    assert said_after(all="1", **{"title.en": "We", "title.es": "Lo nuestro"}) == [
        f"In Portuguese this still says what it said before: Title{ways}"
    ]
    assert said_after(all="1", **{"title.pt": "O que temos"}) == [], "a translation that was corrected"
    assert said_after(**{"prompt.en": ""}) == [], "gone in every language"
    assert said_after(**{"prompt.en": "In one language"}) == []
    assert said_after(**{"prompt.en": "Still in one"}) == []
    moved = filled(press(ana, path, "down:columns.1").text)
    assert ana.client.post(path, data={**moved, "do": "save"}).status_code == 303
    assert "notice-warn" not in ana.get(f"/workshops/{code}/stages").text, "moved, and nothing else"
    groups = press(ana, f"/workshops/{code}/groups", "save", **{"groups.0.name.en": "The state"})
    assert groups.status_code == 303
    ways = f'. <a href="/workshops/{code}/groups?all=1">Change it there, too</a>'
    assert f"{both}Name of the group (The state){ways}" in ana.get(f"/workshops/{code}/stages").text


def test_other_languages_are_folded_below_a_text(site: Site, ana: Browser, code: str) -> None:
    path = f"/workshops/{code}/stages/swot"
    page = html.unescape(ana.get(path).text)
    assert "You change the texts in English, the language of the workshop." in page
    assert page.count("It stays as it is in Español, Português") == 2
    assert re.search(r'<textarea[^>]*name="prompt\.pt"', page)
    assert press(ana, path, "save", **{"prompt.en": "", "prompt.pt": "E aqui?"}).status_code == 303
    swot = now(site, code).stage("swot")
    assert swot is not None
    assert swot.prompt["pt"] == "E aqui?", "what was typed is not taken out with the other"
    assert "en" not in swot.prompt
    assert press(ana, path, "save", **{"title.es": "", "title.pt": ""}).status_code == 303
    page = html.unescape(ana.get(path).text)
    assert "Say it in other languages, too" in page
    assert "<summary>" not in html.unescape(ana.get(f"{path}?all=1").text).partition('id="title.en"')[2][:400]


def test_a_text_that_lacks_a_language_is_named_in_the_list(ana: Browser, code: str) -> None:
    path, page = f"/workshops/{code}/stages/shortlist", f"/workshops/{code}/stages"

    def notes() -> list[str]:
        return re.findall(r'class="stages-note">(.*?)</p>', ana.get(page).text)

    assert notes() == []
    swot = {"title.pt": "", "columns.0.name.pt": "", "prompt.es": "", "prompt_for.academia.en": "Why?"}
    assert press(ana, f"{page}/swot", "save", all="1", **swot).status_code == 303
    said = (
        "No text in Spanish, so another language is shown there: What is asked. "
        "No text in Portuguese, so another language is shown there: Title; Heading (Strengths)."
    )
    assert notes() == [said], "what is written in one language alone lacks none"
    assert press(ana, path, "save", all="1", **{"title.en": ""}).status_code == 303
    assert notes()[1] == "No text in English, so another language is shown there: Title."
    assert press(ana, page, "remove:group_ideas").status_code == 303
    first, second = notes()
    assert first == said
    assert second.startswith("“Ideas”")
    assert "No text in English" in second, "both are said"
