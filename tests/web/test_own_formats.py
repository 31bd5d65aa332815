"""Formats of one's own: saved from a workshop, listed, begun with, replaced and deleted on purpose, seen by
others only where they were shared."""

import html
import re
from typing import Any

import pytest
from msgspec.structs import replace
from werkzeug.test import TestResponse

from edp_app.clock import milliseconds
from edp_app.core.commands import Context, OpenStage, PlanStage
from edp_app.core.definition import Definition
from edp_app.core.editing import asking_its_groups
from edp_app.core.formats import LARGEST, read_format
from edp_app.core.parts import Statement, Territory
from edp_app.log import store
from edp_app.log.store import formats
from edp_app.web.definitions import library, shipped
from edp_app.web.own_formats import text_of
from tests.support.editor import alerts, now
from tests.web.conftest import Browser, Site
from tests.web.test_workshops import GOOD, carry_out, error_of, made

FORMATS = "/workshops/formats"


def prepared() -> Definition:
    """A workshop with something of everything that a format keeps, and of what it does not."""
    base = shipped()["binational"].definition
    groups = [replace(one, expected=n) for n, one in enumerate(base.groups, start=3)]
    fishers = replace(groups[-1], id="fishers", name={"es": "Pescadores"}, expected=9)
    made = replace(
        base,
        title="Aceite y orégano",
        territory="Valle",
        convener="Cámara",
        date="2027-05-04",
        starts="09:00",
        ends="14:00",
        language="es",
        privacy="open",
        door="badges",
        moderated=True,
        groups=[*groups, fishers],
        territories=[Territory("north", {"es": "Norte", "en": "North"}), Territory("south", {"es": "Sur"})],
    )
    return asking_its_groups(made)


@pytest.fixture
def code(site: Site, ana: Browser) -> str:
    """A workshop of hers."""
    return site.workshop(owner(site), prepared())


def owner(site: Site, login: str = "ana") -> str:
    account = site.database.read(store.account_by_login, login)
    assert account is not None
    return account.id


def save(browser: Browser, code: str, name: str, **more: str) -> TestResponse:
    return browser.send(f"/workshops/{code}/save-as-format", name=name, **more)


def kept(site: Site, login: str = "ana") -> list[store.SavedFormat]:
    return site.database.read(store.formats_of, owner(site, login))


def begin(browser: Browser, row: store.SavedFormat, **changes: object) -> TestResponse:
    """Make a workshop with a saved format, chosen in the form as it comes."""
    filled: dict[str, Any] = {**GOOD, "groups": "format", "door": "open", "format": f"saved:{row.id}"}
    return browser.send("/workshops/new", **{**filled, **changes})


def test_a_workshop_saved_as_a_format_begins_others(site: Site, ana: Browser, code: str) -> None:
    asked = ana.get(f"/workshops/{code}/save-as-format").text
    assert 'value="Aceite y orégano"' in asked
    assert save(ana, code, "  Dos   lados ").headers["Location"].partition("?")[0].endswith(FORMATS)
    (row,) = kept(site)
    assert (row.name, row.shared) == ("Dos lados", False)
    assert read_format(row.text.encode(), "it.toml", library()) == replace(
        prepared(), title="Dos lados", territory="", convener="", date="", starts="", ends=""
    )
    page = html.unescape(ana.get("/workshops/new").text)
    assert f'value="saved:{row.id}"' in page
    assert re.search(
        r"Saved on .* 20\d\d, for you alone\. 4 h, \d+ stages, among them: .*Pescadores\. "
        r"Territories: North · Sur\.",
        page,
    )
    assert begin(ana, row).status_code == 303
    again = now(site, made(site)[-1])
    assert again.title == GOOD["title"]
    for part in ("stages", "groups", "territories", "moderated"):
        assert getattr(again, part) == getattr(prepared(), part), part
    assert (again.privacy, again.door, again.territory) == ("headcount", "open", GOOD["territory"])


def test_the_page_leads_back_to_the_workshop_that_was_saved(site: Site, ana: Browser, code: str) -> None:
    done = ana.send(f"/workshops/{code}/save-as-format", name="Mine")
    assert done.status_code == 303
    back = f'href="/workshops/{code}/stages">Back to the stages of'
    assert back in ana.get(done.headers["Location"]).text
    assert back not in ana.get("/workshops/formats").text
    others = site.workshop(site.account("eve"))
    for elsewhere in (others, "000000", "x", "' or 1"):
        page = ana.get(f"/workshops/formats?workshop={elsewhere}")
        assert page.status_code == 200
        assert "Back to the stages" not in page.text, elsewhere


def test_its_settings_stand_in_the_form_where_it_was_chosen_first(
    site: Site, ana: Browser, code: str
) -> None:
    save(ana, code, "Dos lados")
    (row,) = kept(site)
    listed = ana.get(FORMATS).text
    assert f'href="/workshops/new?format=saved:{row.id}"' in listed
    page = ana.get(f"/workshops/new?format=saved:{row.id}").text
    checked = re.findall(r"<input(?=[^>]* checked)[^>]*>", page)
    values = {re.search(r'value="([^"]*)"', one)[1] for one in checked}  # type: ignore[index]
    assert values == {f"saved:{row.id}", "open", "badges"}
    assert re.search(r'<option selected value="es">', page)
    assert 'name="expected-fishers" value="9"' in page
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.partition("<main")[2])
    assert token
    fields = {**GOOD, "groups": "format", "door": "badges", "format": f"saved:{row.id}"}
    fields |= {"filled_in": f"saved:{row.id}", "expected-fishers": "", "expected-business": "7"}
    assert ana.client.post("/workshops/new", data={"csrf_token": token[1], **fields}).status_code == 303
    numbers = {one.id: one.expected for one in now(site, made(site)[-1]).groups if one.expected is not None}
    assert numbers == {"business": 7}, "what was taken out on purpose is out"
    assert ana.get("/workshops/new?format=saved:nothing").status_code == 200


def test_one_of_the_same_name_is_replaced_only_if_that_is_wanted(site: Site, ana: Browser, code: str) -> None:
    save(ana, code, "Dos lados")
    (first,) = kept(site)
    carry_out(site, code, PlanStage(stage="opening", minutes=33))
    asked = save(ana, code, "DOS LADOS", shared="1")
    assert asked.status_code == 409
    assert "You have a format of this name: “Dos lados”" in alerts(asked.text)
    assert 'value="DOS LADOS"' in asked.text
    assert kept(site) == [first]
    other = save(ana, code, "Tres lados", replace="Dos lados")
    assert other.status_code == 303, "whoever typed another name meanwhile replaces nothing"
    assert len(kept(site)) == 2
    assert kept(site)[0] == first
    assert save(ana, code, "DOS LADOS", shared="1", replace="Dos lados").status_code == 303
    now_there = kept(site)[0]
    assert (now_there.id, now_there.name, now_there.shared) == (first.id, "DOS LADOS", True)
    assert read_format(now_there.text.encode(), "it.toml", library()).stages[0].minutes == 33


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Please give the format a name."),
        ("x" * 121, "121 characters"),
        ("a\u202eb", "cannot be shown"),
    ],
)
def test_a_name_that_cannot_be_is_said_beside_its_field(
    site: Site, ana: Browser, code: str, name: str, said: str
) -> None:
    answer = save(ana, code, name)
    assert answer.status_code == 400
    assert said.partition("121")[0] in error_of(answer.text, "name")
    assert kept(site) == []


def test_number_and_size_have_an_end(
    site: Site, ana: Browser, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "MOST_FORMATS", 1)
    save(ana, code, "The first")
    answer = save(ana, code, "The second")
    assert answer.status_code == 400
    assert "Please delete one first" in alerts(answer.text)
    assert save(ana, code, "The first", replace="The first").status_code == 303
    stage = prepared().stages[0]
    long = replace(stage, prompt=dict.fromkeys(("en", "es", "pt"), "ñ" * 600))
    huge = replace(prepared(), stages=[replace(long, id=f"s{n}") for n in range(60)])
    assert len(text_of(huge, "x").encode()) > LARGEST
    too_long = save(ana, site.workshop(owner(site), huge), "The first", replace="The first")
    assert too_long.status_code == 400
    assert "too long for a format" in alerts(too_long.text)
    assert len(kept(site)[0].text) < LARGEST // 2


def test_others_see_what_is_shared_and_change_nothing(site: Site, ana: Browser, code: str) -> None:
    save(ana, code, "For me")
    save(ana, code, "For all", shared="1")
    shared, mine = kept(site)
    site.account("bea")
    bea = site.signed_in("bea")
    page = html.unescape(bea.get(FORMATS).text)
    assert "For all" in page
    assert "Saved by Ana on" in page
    assert "For me" not in page
    assert "Change or delete" not in page
    assert f"saved:{mine.id}" not in bea.get("/workshops/new").text
    assert bea.get(f"{FORMATS}/{shared.id}/format.toml").text == shared.text
    for path in ("format.toml", "delete", ""):
        assert bea.get(f"{FORMATS}/{mine.id}/{path}".rstrip("/")).status_code == 404
    token = bea.token("/workshops/new")
    for path in (f"{shared.id}", f"{shared.id}/delete"):
        fields = {"csrf_token": token, "name": "Taken", "shared": ""}
        assert bea.client.post(f"{FORMATS}/{path}", data=fields).status_code == 404
    assert kept(site) == [shared, mine]
    assert save(bea, site.workshop(owner(site, "bea")), "For all").status_code == 303, "names are one's own"
    assert bea.get(f"/workshops/{code}/save-as-format").status_code == 404
    assert begin(bea, shared).status_code == 303
    answer = begin(bea, mine)
    assert answer.status_code == 400
    assert "This format is not there any more. Please choose another one." in answer.text
    ana.send(f"{FORMATS}/{shared.id}", name="For all", shared="")
    assert "Saved by Ana" not in bea.get(FORMATS).text
    assert begin(bea, shared).status_code == 400


def test_a_format_is_renamed_and_shared(site: Site, ana: Browser, code: str) -> None:
    save(ana, code, "One")
    save(ana, code, "Two")
    one, two = kept(site)
    assert ana.send(f"{FORMATS}/{two.id}", name="Three", shared="1").status_code == 303
    assert [(row.name, row.shared) for row in kept(site)] == [("One", False), ("Three", True)]
    answer = ana.send(f"{FORMATS}/{two.id}", name="óne", shared="")
    assert answer.status_code == 400
    assert "another format of this name" in alerts(answer.text)
    assert ana.send(f"{FORMATS}/{one.id}", name="", shared="").status_code == 400
    assert [(row.name, row.shared) for row in kept(site)] == [("One", False), ("Three", True)]


def test_a_format_is_deleted_after_it_was_asked(site: Site, ana: Browser, code: str) -> None:
    save(ana, code, "One", shared="1")
    (row,) = kept(site)
    begin(ana, row)
    before = made(site)
    asked = ana.get(f"{FORMATS}/{row.id}/delete")
    assert "It cannot be brought back" in asked.text
    assert "Everybody with an account here" in asked.text
    assert kept(site) == [row]
    assert ana.send(f"{FORMATS}/{row.id}/delete").status_code == 303
    assert kept(site) == []
    assert made(site) == before
    assert now(site, before[-1]).stages == prepared().stages
    assert ana.get(f"{FORMATS}/{row.id}/delete").status_code == 404
    assert "Nothing is saved yet" in ana.get(FORMATS).text


def test_one_that_this_version_cannot_read_is_named_with_what_is_wrong(
    site: Site, ana: Browser, code: str
) -> None:
    save(ana, code, "Good")
    old = 'format = 1\ntitle = "Old"\ngroups = "quadruple"\n\n[[stages]]\nuse = "who"\nmood = "calm"\n'
    broken = site.database.call(
        store.save_format, owner(site), name="From before", text=old, shared=True, now=milliseconds()
    )
    listed = html.unescape(ana.get(FORMATS).text)
    assert "This version of the program cannot use it as it is:" in listed
    assert "Line 7: There is no setting called “mood” here." in listed
    assert f"format=saved:{broken}" not in listed
    page = html.unescape(ana.get("/workshops/new").text)
    assert f"saved:{broken}" not in page
    assert "Saved, but not usable with this version: From before." in page
    assert begin(ana, kept(site)[0]).status_code == 400
    text = ana.get(f"/workshops/upload?format={broken}")
    assert "mood = &#34;calm&#34;" in text.text
    assert "There is no setting called" in alerts(text.text)
    corrected = ana.send("/workshops/upload", text=old.replace('mood = "calm"\n', ""))
    assert corrected.status_code == 303
    site.account("bea")
    bea = site.signed_in("bea")
    assert "Line 7: " in bea.get(FORMATS).text
    assert "mood" in bea.get(f"/workshops/upload?format={broken}").text
    ana.send(f"{FORMATS}/{broken}", name="From before", shared="")
    assert "mood" not in bea.get(f"/workshops/upload?format={broken}").text


def test_a_workshop_that_has_begun_is_saved_as_it_was_planned(site: Site, ana: Browser, code: str) -> None:
    carry_out(site, code, OpenStage(stage="opening"))
    room = site.app.extensions["edp.rooms"].by_code(code)
    ctx = Context(f"f:{room.state.owner}", "facilitator", room.state.at + 5, "op-plan")
    assert room.submit(PlanStage(stage="who", minutes=44), ctx, "").ok
    assert f"/workshops/{code}/save-as-format" in ana.get("/workshops").text
    assert f"/workshops/{code}/save-as-format" in ana.get(f"/workshops/{code}/stages").text
    save(ana, code, "As planned")
    assert read_format(kept(site)[0].text.encode(), "it.toml", library()).stages[1].minutes == 44


def test_statements_brought_in_are_saved_only_on_purpose(site: Site, ana: Browser, code: str) -> None:
    page = f"/workshops/{code}/save-as-format"
    assert 'name="statements"' not in ana.get(page).text, "there are none"
    evidence = next(one for one in prepared().stages if one.id == "evidence")
    brought = [Statement("Half of the olives leave unprocessed.", source="A census")]
    stages = [
        replace(one, settings=replace(one.settings, statements=brought)) if one == evidence else one
        for one in prepared().stages
    ]
    code = site.workshop(owner(site), replace(prepared(), stages=stages))
    page = f"/workshops/{code}/save-as-format"
    asked = html.unescape(ana.get(page).text)
    assert "One statement was brought in: it is saved only if you say so below." in asked
    box = re.search(r'<input[^>]*name="statements"[^>]*>', asked)
    assert box
    assert "checked" not in box[0]
    save(ana, code, "Without")
    save(ana, code, "With", statements="y")
    texts = {row.name: row.text for row in kept(site)}
    assert "unprocessed" not in texts["Without"]
    assert "census" not in texts["Without"]
    assert read_format(texts["With"].encode(), "it.toml", library()).stages == stages
    again = save(ana, code, "With", statements="y")
    assert again.status_code == 409
    box = re.search(r'<input[^>]*name="statements"[^>]*>', again.text)
    assert box
    assert "checked" in box[0], "what was chosen stays"


@pytest.mark.parametrize("name", sorted(shipped()))
def test_the_file_and_the_saved_format_give_the_same_workshop(site: Site, ana: Browser, name: str) -> None:
    definition = replace(shipped()[name].definition, title=name)
    code = site.workshop(owner(site), definition)
    save(ana, code, name)
    (row,) = kept(site)
    assert ana.get(f"{FORMATS}/{row.id}/format.toml").text == row.text
    assert row.text == ana.get(f"/workshops/{code}/format.toml").text
    assert (
        begin(
            ana,
            row,
            title=name,
            language=definition.language,
            privacy="grouped",
            territory="",
            convener="",
            date="",
        ).status_code
        == 303
    )
    assert now(site, made(site)[-1]) == definition
