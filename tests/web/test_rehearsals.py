"""Beginning, starting over and ending a rehearsal: who may, what becomes of it, and what every page says."""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest
from werkzeug.test import TestResponse

from edp_app.core.commands import OpenStage
from edp_app.crowds import MOST_CROWDS, Crowds
from edp_app.exports.command import FORMS
from edp_app.log import store
from edp_app.log.models import Workshop
from edp_app.rehearsal.brief import MOST_PEOPLE
from edp_app.web import shells
from tests.web.conftest import Browser, Site
from tests.web.test_workshops import carry_out

LISTENS = "import sys; sys.stdin.buffer.readline(); sys.stdin.buffer.read()"
FORM = "/workshops/new"
SAID = "Rehearsal: nothing of what is written or voted here counts."


@pytest.fixture
def crowds(site: Site) -> Iterator[Crowds]:
    """The crowds of the application, of people who do nothing."""
    found: Crowds = site.app.extensions["edp.crowds"]
    found.command = [sys.executable, "-c", LISTENS]
    yield found
    found.stop()


@pytest.fixture
def code(site: Site, crowds: Crowds) -> str:
    return site.workshop(site.account())


def begin(ana: Browser, code: str, **asked: object) -> TestResponse:
    return ana.send(f"/workshops/{code}/rehearsal", page=FORM, **asked)


def copy_of(site: Site, code: str) -> Workshop | None:
    real = site.database.read(store.workshop_by_code, code)
    assert real is not None
    return site.database.read(store.rehearsal_of, real.id)


def config(ana: Browser, path: str) -> dict[str, object]:
    found = re.search(r'<script id="edp" type="application/json">(.*?)</script>', ana.get(path).text)
    assert found
    settings: dict[str, object] = json.loads(found[1])
    return settings


def test_it_begins_starts_over_and_ends_with_one_press_each(site: Site, code: str, crowds: Crowds) -> None:
    ana = site.signed_in()
    answer = begin(ana, code, people=5, speed=10)
    copy = copy_of(site, code)
    assert copy is not None
    assert answer.location == f"/workshops/{copy.code}/console"
    assert crowds.here() == [copy.id]
    assert begin(ana, code).location == answer.location, "who asks again is led to it"
    assert crowds.here() == [copy.id]

    first = crowds._crowds[copy.id].child
    answer = ana.send(f"/workshops/{copy.code}/rehearsal/again", page=FORM)
    fresh = copy_of(site, code)
    assert fresh is not None
    assert answer.location == f"/workshops/{copy.code}/console"
    assert fresh.id != copy.id
    assert crowds.here() == [fresh.id]
    assert first.poll() is not None

    answer = ana.send(f"/workshops/{copy.code}/rehearsal/end", page=FORM)
    assert answer.location == f"/workshops/{code}/console"
    assert copy_of(site, code) is None
    assert crowds.here() == []
    assert site.database.read(store.events_after, fresh.id) == []
    assert len(site.database.read(store.workshops_of, fresh.owner_id)) == 1


def test_every_page_says_that_it_is_one(site: Site, code: str) -> None:
    ana = site.signed_in()
    begin(ana, code)
    copy = copy_of(site, code)
    assert copy is not None
    for path in (f"/workshops/{copy.code}/console", f"/screen/{copy.code}", f"/j/{copy.code}"):
        said = config(ana, path)["rehearsal"]
        assert isinstance(said, dict)
        assert said["en"] == SAID
        assert len({*said.values()}) == len(said) == 3
    for path in (f"/workshops/{code}/console", f"/screen/{code}", f"/j/{code}"):
        assert "rehearsal" not in config(ana, path)
    urls = config(ana, f"/workshops/{copy.code}/console")["rehearsal_urls"]
    assert urls == {w: f"/workshops/{copy.code}/rehearsal/{w}" for w in ("again", "end")}
    assert config(ana, f"/workshops/{code}/console")["rehearsal_urls"] == {
        "begin": f"/workshops/{code}/rehearsal"
    }


def test_it_is_in_no_list_and_gives_nothing_away(site: Site, code: str) -> None:
    ana = site.signed_in()
    begin(ana, code)
    copy = copy_of(site, code)
    assert copy is not None
    assert copy.code not in ana.get("/workshops").text.replace("\N{NO-BREAK SPACE}", "")
    for path in ("data", *(f"export.{form}" for form in FORMS)):
        assert ana.get(f"/workshops/{copy.code}/{path}").status_code == 404
    answer = begin(ana, copy.code)
    assert answer.location == "/workshops"
    assert "has begun" in ana.get("/workshops").text, "a rehearsal is not rehearsed"


def test_nobody_else_may(site: Site, code: str) -> None:
    site.account("bea")
    ana, bea, visitor = site.signed_in(), site.signed_in("bea"), site.browser()
    begin(ana, code)
    copy = copy_of(site, code)
    assert copy is not None
    paths = [f"/workshops/{copy.code}/rehearsal{what}" for what in ("/again", "/end")]
    for path in (f"/workshops/{code}/rehearsal", *paths):
        assert bea.send(path, page=FORM).status_code == 404
        assert visitor.send(path, page="/").status_code == 401
        assert ana.client.post(path).status_code == 400, "without the form's token"
        assert ana.get(path).status_code == 405
    for path in (f"/workshops/{code}/rehearsal{what}" for what in ("/again", "/end")):
        assert ana.send(path, page=FORM).status_code == 404, "the workshop itself is none"
    assert copy_of(site, code).id == copy.id


def test_a_workshop_that_has_begun_is_not_rehearsed(site: Site, code: str) -> None:
    ana = site.signed_in()
    carry_out(site, code, OpenStage(stage="opening"))
    assert begin(ana, code).location == "/workshops"
    assert "has begun" in ana.get("/workshops").text
    assert copy_of(site, code) is None


def test_one_more_than_there_may_be_is_told_and_leaves_nothing(site: Site, code: str, crowds: Crowds) -> None:
    ana = site.signed_in()
    owner = site.database.read(store.workshop_by_code, code).owner_id
    for _ in range(MOST_CROWDS):
        begin(ana, site.workshop(owner))
    assert len(crowds.here()) == MOST_CROWDS
    assert begin(ana, code).location == "/workshops"
    assert f"{MOST_CROWDS} rehearsals are under way" in ana.get("/workshops").text
    assert copy_of(site, code) is None


@pytest.mark.parametrize(
    ("asked", "people", "speed"),
    [
        ({}, 12, 3),
        ({"people": "0", "speed": "2"}, 1, 1),
        ({"people": "9999", "speed": "7"}, MOST_PEOPLE, 10),
        ({"people": "many", "speed": "fast"}, 12, 3),
    ],
)
def test_how_many_and_how_fast(site: Site, code: str, asked: dict[str, str], people: int, speed: int) -> None:
    ana = site.signed_in()
    begin(ana, code, **asked)
    with ana.client.session_transaction() as kept:
        assert kept["rehearsal"] == {"people": people, "speed": speed}


def test_the_wifi_is_told_to_facilitators_and_to_the_room_where_the_screen_shows_it(
    site: Site, code: str
) -> None:
    lan = replace(
        site.settings,
        lan=True,
        machine_addresses=("localhost",),
        wifi_name="Sala",
        wifi_password="a password",
    )
    ana, visitor = site.signed_in(), site.browser()
    pages = {"console": f"/workshops/{code}/console", "screen": f"/screen/{code}", "phone": f"/j/{code}"}

    def told() -> dict[str, bool]:
        return {page: "wifi" in config(ana, path) for page, path in pages.items()}

    assert told() == {"console": False, "screen": False, "phone": False}
    assert ana.get("/wifi.svg").status_code == 404
    site.app.extensions["edp.settings"] = lan
    assert told() == {"console": True, "screen": False, "phone": False}
    assert config(ana, pages["phone"])["lan"]["en"] == shells.MAY_LEAVE
    assert shells.MAY_LEAVE in visitor.get("/").text.replace("&#34;", '"')
    assert (ana.get("/wifi.svg").mimetype, visitor.get("/wifi.svg").status_code) == ("image/svg+xml", 404)
    site.app.extensions["edp.settings"] = replace(lan, wifi_on_screen=True)
    assert told() == {"console": True, "screen": True, "phone": False}
    assert visitor.get("/wifi.svg").status_code == 200


def test_a_copy_is_not_prepared_copied_put_away_or_erased_from(site: Site, code: str, crowds: Crowds) -> None:
    ana = site.signed_in()
    begin(ana, code)
    copy = copy_of(site, code)
    assert copy is not None
    token = ana.token(FORM)
    for path in ("personal", "details", "badges", "archive"):
        assert ana.get(f"/workshops/{copy.code}/{path}").status_code == 404, path
    for path in ("archive", "bring-back", "duplicate", "details", "badges", "badges/anew", "personal"):
        done = ana.client.post(f"/workshops/{copy.code}/{path}", data={"csrf_token": token, "sure": "1"})
        assert done.status_code == 404, path
    assert ana.get(f"/workshops/{copy.code}/names").status_code == 200, "its console asks for them"
    assert copy_of(site, code) is not None
    assert len(site.database.read(store.workshops_of, copy.owner_id)) == 1


def test_a_copy_that_was_put_away_is_in_nobodys_way(site: Site, code: str, crowds: Crowds) -> None:
    """By the command line, beside the server."""
    ana = site.signed_in()
    begin(ana, code)
    before = copy_of(site, code)
    assert before is not None
    site.database.call(store.archive_workshop, before.id, 1)
    site.app.extensions["edp.rooms"].notice()
    answer = begin(ana, code)
    after = copy_of(site, code)
    assert after is not None
    assert after.id != before.id
    assert answer.location == f"/workshops/{after.code}/console"
    assert ana.get(answer.location).status_code == 200


def test_when_it_has_ended_its_pages_say_so_calmly_and_nothing_of_an_account(site: Site) -> None:
    site.account()
    ana = site.signed_in()
    for spoken, said in (("es", "El ensayo terminó"), ("pt", "O ensaio terminou"), ("en", "has ended")):
        answer = ana.client.get(f"/rehearsal-over?language={spoken}")
        assert answer.status_code == 200
        assert said in answer.text
        assert f'<html lang="{spoken}">' in answer.text
        assert "/logout" not in answer.text
        assert "masthead" not in answer.text
    assert ana.client.get("/rehearsal-over?language=xx").status_code == 200
