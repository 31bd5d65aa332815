"""New workshops by form and by file, the list, the console's shell."""

import html
import io
import json
import re
import threading
from typing import Any

import pytest

from edp_app.core.commands import Command, Context, EndWorkshop, OpenStage
from edp_app.core.definition import LANGUAGES, in_language
from edp_app.core.formats import Checked, check_format, write_format
from edp_app.log import store
from edp_app.web.definitions import definition_of, group_sets, library, shipped
from edp_app.web.workshops import file_name
from tests.support.definitions import short
from tests.web.conftest import Browser, Site

GOOD = {
    "title": "Productos del desierto",
    "territory": "Tacna y Arica",
    "convener": "Gobierno regional",
    "date": "2027-03-14",
    "language": "pt",
    "groups": "triple",
    "privacy": "headcount",
}


def made(site: Site) -> list[str]:
    """The codes of all workshops, the oldest first."""
    account = site.database.read(store.account_by_login, "ana")
    assert account is not None
    return [row.code for row in reversed(site.database.read(store.workshops_of, account))]


def carry_out(site: Site, code: str, command: Command) -> None:
    """A command of the console, accepted."""
    room = site.app.extensions["edp.rooms"].by_code(code)
    ctx = Context(f"f:{room.state.owner}", "facilitator", room.state.at + 5, f"op-{room.state.seq}")
    assert room.submit(command, ctx, "").ok


def error_of(page: str, field: str) -> str:
    """What stands beside this field of a form that came back."""
    found = re.search(rf'<p class="error" id="{field}-error">(.*?)</p>', page)
    assert found, f"nothing is said of {field}"
    assert f'aria-describedby="{field}-' in page or f'{field}-error"' in page
    return html.unescape(found[1])


def text_of(page: str) -> str:
    """What stands in the text field of the page."""
    found = re.search(r"<textarea[^>]*>\r?\n?(.*?)</textarea>", page, re.DOTALL)
    assert found
    return html.unescape(found[1])


def test_a_workshop_is_made_by_form(site: Site, ana: Browser) -> None:
    name = next(iter(shipped()))
    answer = ana.send("/workshops/new", format=name, **GOOD)
    assert (answer.status_code, answer.location) == (303, "/workshops")
    (code,) = made(site)
    row = site.database.read(store.workshop_by_code, code)
    assert row is not None
    definition = site.database.read(definition_of, row.id)
    assert definition.stages == shipped()[name].definition.stages
    assert definition.title == GOOD["title"]
    assert definition.territory == GOOD["territory"]
    assert definition.convener == GOOD["convener"]
    assert definition.date == GOOD["date"]
    assert definition.language == "pt"
    assert definition.privacy == "headcount"
    assert [group.id for group in definition.groups] == [group.id for group in group_sets()["triple"]]
    listed = ana.get("/workshops").text
    assert f"{code[:3]}\u00a0{code[3:]}" in listed
    assert "is ready. Its code is" in listed


def test_the_formats_own_groups_stay_unless_others_are_chosen(site: Site, ana: Browser) -> None:
    name = next(iter(shipped()))
    ana.send("/workshops/new", format=name, **{**GOOD, "groups": "format"})
    row = site.database.read(store.workshop_by_code, made(site)[0])
    assert row is not None
    assert site.database.read(definition_of, row.id).groups == shipped()[name].definition.groups


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "   "),
        ("title", "a" * 201),
        ("date", "soon"),
        ("privacy", "none"),
        ("format", "x"),
        ("groups", "x"),
    ],
)
def test_a_form_that_does_not_fit_comes_back_filled_in(
    site: Site, ana: Browser, field: str, value: str
) -> None:
    sent = {"format": next(iter(shipped())), **GOOD, field: value}
    answer = ana.send("/workshops/new", **sent)
    assert answer.status_code == 400
    assert 'class="error"' in answer.text
    assert 'value="Tacna y Arica"' in answer.text
    assert made(site) == []


def test_a_workshop_is_made_from_a_file(site: Site, ana: Browser) -> None:
    given = next(iter(shipped().values())).definition
    source = write_format(given).encode()
    answer = ana.send("/workshops/upload", file=(io.BytesIO(source), "valle.toml"))
    assert answer.status_code == 303
    row = site.database.read(store.workshop_by_code, made(site)[0])
    assert row is not None
    assert site.database.read(definition_of, row.id) == given


WRONG = """format = 1
title = "Valle & <Cerro>"
groups = "quadrupel"

[[stages]]
id = "a"
kind = "x"
minutes = 5
"""


@pytest.mark.parametrize("by", ["file", "text"])
def test_mistakes_in_a_file_are_told_with_their_lines_and_the_text_can_be_corrected(
    site: Site, ana: Browser, by: str
) -> None:
    sent = (io.BytesIO(WRONG.encode()), "valle.toml") if by == "file" else WRONG.replace("\n", "\r\n")
    answer = ana.send("/workshops/upload", **{by: sent})
    assert answer.status_code == 400
    told = re.findall(r"Line (\d+)</b> <span>([^<]+)", answer.text)
    assert [int(line) for line, _ in told] == sorted(int(line) for line, _ in told)
    assert ("3", "“groups” cannot be “quadrupel”. Did you mean “quadruple”?") in [
        (line, html.unescape(text).partition(" It can")[0]) for line, text in told
    ]
    kept = text_of(answer.text)
    assert kept.replace("\r\n", "\n").strip() == WRONG.strip()
    assert made(site) == []
    # What came back, corrected by hand, is accepted.
    right = (
        kept.replace("quadrupel", "quadruple")
        .replace('kind = "x"', 'kind = "show"')
        .replace("minutes = 5", 'minutes = 5\ntitle = "A"')
    )
    assert ana.send("/workshops/upload", text=right).status_code == 303
    assert len(made(site)) == 1


def test_a_file_is_read_beside_the_loop(ana: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    threads = []

    def noting(*given: Any) -> Checked:
        threads.append(threading.get_ident())
        return check_format(*given)

    monkeypatch.setattr("edp_app.web.definitions.check_format", noting)
    answer = ana.send("/workshops/upload", text="[[stages]]\n" * 4900)
    assert "more than 300 headings" in answer.text
    assert threads
    assert threading.get_ident() not in threads


def test_a_file_that_is_no_text_is_told(ana: Browser) -> None:
    answer = ana.send("/workshops/upload", file=(io.BytesIO(b"\x89PNG\r\n\xff\x00"), "valle.png"))
    assert answer.status_code == 400
    assert "From this line on it is no text." in answer.text


@pytest.mark.parametrize(("size", "status"), [(64 * 1024 + 1, 400), (1024 * 1024 + 1, 413)])
def test_a_file_that_is_too_large_is_not_read(site: Site, ana: Browser, size: int, status: int) -> None:
    file = b'Content-Disposition: form-data; name="file"; filename="a.toml"\r\n\r\n' + b"#" * size
    token = f'Content-Disposition: form-data; name="csrf_token"\r\n\r\n{ana.token("/workshops/upload")}'
    body = b"\r\n".join([b"--b", token.encode(), b"--b", file, b"--b--", b""])
    answer = ana.client.post("/workshops/upload", data=body, content_type="multipart/form-data; boundary=b")
    assert answer.status_code == status
    assert "large" in answer.text
    assert len(answer.data) < 400_000
    assert made(site) == []


def test_no_file_and_no_text_is_said(ana: Browser) -> None:
    assert "There is no text yet." in ana.send("/workshops/upload").text


def test_the_list_says_what_state_a_workshop_is_in(site: Site) -> None:
    account = site.account()
    code = site.workshop(account)
    ana = site.signed_in()
    assert ">In preparation<" in ana.get("/workshops").text
    carry_out(site, code, OpenStage(stage="opening"))
    assert ">Under way<" in ana.get("/workshops").text
    row = site.database.read(store.workshop_by_code, code)
    assert row is not None
    site.database.call(store.note_progress, row.id, row.created_at + 9, row.created_at + 9)
    assert ">Finished<" in ana.get("/workshops").text


def test_the_console_knows_its_addresses(site: Site) -> None:
    code = site.workshop(site.account())
    page = site.signed_in().get(f"/workshops/{code}/console").text
    found = re.search(r'<script id="edp" type="application/json">(.*?)</script>', page)
    assert found
    config = json.loads(found[1])
    assert config["role"] == "console"
    assert config["report_url"] == f"/workshops/{code}/report"
    assert config["report_pdf_url"] == f"/workshops/{code}/report.pdf"
    assert config["screen_url"] == f"/screen/{code}"
    assert config["csrf"]


def test_a_title_cannot_end_the_settings_of_a_shell(site: Site) -> None:
    from edp_app.web.definitions import with_changes

    evil = '</script><script>alert("x")</script>'
    code = site.workshop(site.account(), with_changes(short(), title=evil))
    page = site.browser().get(f"/j/{code}").text
    assert "<script>alert" not in page


def test_every_shipped_format_can_be_chosen(ana: Browser) -> None:
    page = ana.get("/workshops/new").text
    assert shipped()
    for name, one in shipped().items():
        assert f'value="{name}"' in page
        assert html.escape(one.called("en")) in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_format_is_called_something_in_the_readers_language(site: Site, language: str) -> None:
    site.account()
    ana = site.signed_in()
    ana.client.set_cookie("language", language)
    page = ana.get("/workshops/new").text
    for one in shipped().values():
        assert set(one.name) == set(LANGUAGES)
        assert f'<span class="choice-name">{html.escape(one.name[language])}</span>' in page
        assert in_language(one.definition.stages[-1].title, language) in html.unescape(page)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Tacna–Arica: ¿dos lados?", "Tacna-Arica-dos-lados-2026-11-21.pdf"),
        ("São José / Ñuñoa…", "Sao-Jose-Nunoa-2026-11-21.pdf"),
        ("Łódź / Škoda", "odz-Skoda-2026-11-21.pdf"),
        ("../../etc/passwd", "etc-passwd-2026-11-21.pdf"),
        ("会議", "workshop-2026-11-21.pdf"),
    ],
)
def test_a_downloads_name_is_plain(title: str, name: str) -> None:
    assert file_name(title, "2026-11-21") == name


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Please give the workshop a title."),
        ("es", "Escriba un título para el taller."),
        ("pt", "Dê um título à oficina."),
    ],
)
def test_an_empty_title_is_said_beside_the_field_and_the_rest_is_kept(
    site: Site, ana: Browser, language: str, said: str
) -> None:
    ana.client.set_cookie("language", language)
    name = next(iter(shipped()))
    answer = ana.send("/workshops/new", format=name, **{**GOOD, "title": " "}, territories="Tacna\r\nArica")
    assert answer.status_code == 400
    assert error_of(answer.text, "title") == said
    page = html.unescape(answer.text)
    for kept in (GOOD["territory"], GOOD["convener"], GOOD["date"]):
        assert f'value="{kept}"' in page
    assert text_of(answer.text).replace("\r\n", "\n") == "Tacna\nArica"
    assert re.search(rf'checked[^>]*value="{name}"', page)
    assert re.search(r'checked[^>]*value="headcount"', page)
    for chosen in ("pt", "triple"):
        assert f'<option selected value="{chosen}">' in page
    assert made(site) == []


def test_territories_are_typed_one_on_each_line(site: Site, ana: Browser) -> None:
    name = next(iter(shipped()))
    ana.send("/workshops/new", format=name, **GOOD, territories=" Tacna \r\n\r\nArica e Parinacota\r\n")
    ana.send("/workshops/new", format=name, **GOOD, territories="\r\n")
    with_sides, without = (site.database.read(store.workshop_by_code, code) for code in made(site))
    assert with_sides is not None
    assert without is not None
    sides = site.database.read(definition_of, with_sides.id).territories
    assert [(side.id, side.name) for side in sides] == [
        ("t1", {"pt": "Tacna"}),
        ("t2", {"pt": "Arica e Parinacota"}),
    ]
    in_format = shipped()[name].definition.territories
    assert site.database.read(definition_of, without.id).territories == in_format
    # As it would be read from a file.
    given = site.database.read(definition_of, with_sides.id)
    assert check_format(write_format(given), "a.toml", library()).definition == given


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Tacna\nArica\n tacna", "“tacna” stands there twice."),
        ("Tacna\n" + "a" * 121, f"“{'a' * 30}…” is too long: 120 characters fit."),
        ("a\nb\nc\nd\ne\nf\ng", "A workshop can have 6 territories at most; here there are 7."),
        ("Tacna\nAri\u202eca", "This text contains characters that cannot be shown."),
    ],
)
def test_territories_that_do_not_fit_are_said_in_one_sentence(
    site: Site, ana: Browser, typed: str, said: str
) -> None:
    answer = ana.send("/workshops/new", format=next(iter(shipped())), **GOOD, territories=typed)
    assert answer.status_code == 400
    assert error_of(answer.text, "territories").startswith(said)
    assert text_of(answer.text) == typed
    assert f'value="{GOOD["title"]}"' in answer.text
    assert made(site) == []


class TestDetails:
    """Title, region, convener and date, corrected after the workshop was made."""

    def test_before_it_begins_all_of_them(self, site: Site) -> None:
        code = site.workshop(site.account())
        ana = site.signed_in()
        page = f"/workshops/{code}/details"
        assert f'href="{page}"' in ana.get("/workshops").text
        sent = {name: GOOD[name] for name in ("title", "territory", "convener", "date")}
        assert ana.send(page, **sent).location == "/workshops"
        listed = ana.get("/workshops").text
        for shown in (GOOD["title"], GOOD["territory"], "March 14, 2027", ">In preparation<"):
            assert shown in listed
        form = ana.get(page).text
        for value in sent.values():
            assert f'value="{value}"' in form
        config = site.signed_in().get(f"/workshops/{code}/console").text
        assert f"<title>{GOOD['title']}" in config
        assert f'"details_url": "{page}"' in config
        assert ana.send(page, **{**sent, "date": "", "convener": ""}).status_code == 303
        row = site.database.read(store.workshop_by_code, code)
        assert row is not None
        stored = site.database.read(definition_of, row.id)
        assert (stored.title, stored.convener, stored.date) == (GOOD["title"], "", "")

    def test_once_it_has_begun_the_title_alone(self, site: Site) -> None:
        code = site.workshop(site.account())
        ana = site.signed_in()
        page = f"/workshops/{code}/details"
        carry_out(site, code, OpenStage(stage="opening"))
        assert 'name="territory"' not in ana.get(page).text
        assert ana.send(page, title="Otro nombre", territory="Arica").status_code == 303
        assert "Otro nombre" in ana.get("/workshops").text
        row = site.database.read(store.workshop_by_code, code)
        assert row is not None
        assert site.database.read(definition_of, row.id).territory == short().territory

    def test_a_form_that_was_open_when_it_began_is_told(self, site: Site) -> None:
        code = site.workshop(site.account())
        ana = site.signed_in()
        page = f"/workshops/{code}/details"
        carry_out(site, code, OpenStage(stage="opening"))
        carry_out(site, code, EndWorkshop())
        answer = ana.send(page, title="Otro nombre")
        assert answer.status_code == 400
        assert "This workshop has ended" in answer.text
        assert 'value="Otro nombre"' in answer.text
        assert f'href="{page}"' not in ana.get("/workshops").text

    def test_an_empty_title_is_said(self, site: Site) -> None:
        code = site.workshop(site.account())
        answer = site.signed_in().send(f"/workshops/{code}/details", title=" ", territory="Tacna")
        assert answer.status_code == 400
        assert error_of(answer.text, "title") == "Please give the workshop a title."
        assert 'value="Tacna"' in answer.text

    def test_nobody_else_reaches_it(self, site: Site) -> None:
        code = site.workshop(site.account())
        site.account("beto")
        assert site.signed_in("beto").get(f"/workshops/{code}/details").status_code == 404
        assert site.browser().get(f"/workshops/{code}/details").status_code == 302
