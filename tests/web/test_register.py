"""The list of workshops: finding one among many, copying, putting away and bringing back."""

import re

import msgspec
import pytest

from edp_app.core.commands import Command, Context, EndWorkshop, Join, OpenStage
from edp_app.log import store
from edp_app.web.definitions import definition_of
from tests.support.definitions import short
from tests.web.conftest import Browser, Site


def workshop(site: Site, title: str, territory: str = "", date: str = "", owner: str = "ana") -> str:
    """A workshop of this account's; its code."""
    account = site.database.read(store.account_by_login, owner)
    assert account is not None
    definition = msgspec.structs.replace(short(), title=title, territory=territory, date=date)
    return site.workshop(account.id, definition)


def carry_out(site: Site, code: str, command: Command) -> None:
    """A command of the console, accepted."""
    room = site.app.extensions["edp.rooms"].by_code(code)
    ctx = Context(f"f:{room.state.owner}", "facilitator", room.state.at + 5, f"op-{room.state.seq}")
    assert room.submit(command, ctx, "").ok


def titles(page: str) -> list[str]:
    """The titles on the list, from the top."""
    return re.findall(r"<h2>(?:<a [^>]*>)?([^<]+)", page)


class TestFinding:
    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("peru", ["Olivos del Perú"]),
            ("PERÚ olivos", ["Olivos del Perú"]),
            ("tacna", ["Olivos del Perú", "Valle"]),
            ("2027-03", ["Valle"]),
            ("march 14", ["Valle"]),
            ("nothing", []),
            ("  ", ["Alentejo", "Olivos del Perú", "Valle"]),
        ],
    )
    def test_by_title_territory_and_date(
        self, site: Site, ana: Browser, words: str, found: list[str]
    ) -> None:
        workshop(site, "Valle", "Tacna y Arica", "2027-03-14")
        workshop(site, "Olivos del Perú", "Tacna")
        workshop(site, "Alentejo")
        page = ana.get("/workshops", query_string={"q": words}).text
        assert sorted(titles(page)) == found
        assert f'value="{words.strip()}"' in page
        assert ("No workshop here has" in page) is (not found)

    def test_by_code_as_it_is_read_out(self, site: Site, ana: Browser) -> None:
        code = workshop(site, "Valle")
        workshop(site, "Alentejo")
        for typed in (code, f"{code[:3]} {code[3:]}", f"{code[:3]}-{code[3:]}"):
            assert titles(ana.get("/workshops", query_string={"q": typed}).text) == ["Valle"]

    def test_by_how_they_stand(self, site: Site, ana: Browser) -> None:
        workshop(site, "Prepared one")
        for title, commands in (
            ("Running one", [OpenStage(stage="swot")]),
            ("Ended one", [OpenStage(stage="swot"), EndWorkshop()]),
        ):
            code = workshop(site, title)
            for command in commands:
                carry_out(site, code, command)
        for state in ("prepared", "running", "ended"):
            page = ana.get("/workshops", query_string={"state": state}).text
            assert titles(page) == [f"{state.title()} one"]
            assert re.search(rf'state={state}" aria-current="true"', page)
        assert len(titles(ana.get("/workshops?state=nonsense").text)) == 3
        assert "No workshop stands like this" not in ana.get("/workshops").text

    def test_an_empty_list_says_what_to_do(self, ana: Browser) -> None:
        page = ana.get("/workshops").text
        assert "You have no workshop yet" in page
        assert "register-search" not in page

    def test_sixty_are_listed(self, site: Site, ana: Browser) -> None:
        for n in range(60):
            workshop(site, f"Taller {n}")
        assert len(titles(ana.get("/workshops").text)) == 60
        assert len(titles(ana.get("/workshops?q=taller+5").text)) >= 11


class TestDuplicate:
    def test_the_same_course_without_anybody(self, site: Site, ana: Browser) -> None:
        code = workshop(site, "Valle", "Tacna", "2027-03-14")
        room = site.app.extensions["edp.rooms"].by_code(code)
        assert room.submit(Join(), Context("p:a", "participant", room.state.at + 5, "op-1"), "").ok
        carry_out(site, code, OpenStage(stage="swot"))
        answer = ana.send(f"/workshops/{code}/duplicate", page="/workshops")
        made = re.fullmatch(r"/workshops/(\d{6})/details", answer.location)
        assert answer.status_code == 303
        assert made
        assert made[1] != code
        row = site.database.read(store.workshop_by_code, made[1])
        first = site.database.read(store.workshop_by_code, code)
        assert row is not None
        assert first is not None
        copy = site.database.read(definition_of, row.id)
        before = site.database.read(definition_of, first.id)
        assert copy == msgspec.structs.replace(before, title="Valle (copy)", date="")
        assert not site.database.read(store.has_begun, row.id)
        assert site.app.extensions["edp.rooms"].by_code(made[1]).state.persons == {}
        page = ana.get(answer.location).text
        assert 'value="Valle (copy)"' in page
        assert f"Its code is {made[1][:3]}\u00a0{made[1][3:]}" in page

    def test_a_title_that_is_full_stays_as_it_is(self, site: Site, ana: Browser) -> None:
        code = workshop(site, "V" * 200)
        ana.send(f"/workshops/{code}/duplicate", page="/workshops")
        assert titles(ana.get("/workshops").text) == ["V" * 200] * 2


class TestPuttingAway:
    def test_there_and_back(self, site: Site, ana: Browser) -> None:
        code = workshop(site, "Valle")
        answer = ana.send(f"/workshops/{code}/archive", page="/workshops")
        assert (answer.status_code, answer.location) == (303, "/workshops")
        page = ana.get("/workshops").text
        assert titles(page) == []
        assert "Every workshop is archived" in page
        assert site.browser().get(f"/j/{code}").status_code == 404
        assert ana.get(f"/workshops/{code}/console").status_code == 404
        away = ana.get("/workshops?state=archived").text
        assert titles(away) == ["Valle"]
        ana.send(f"/workshops/{code}/bring-back", page="/workshops?state=archived")
        assert titles(ana.get("/workshops").text) == ["Valle"]
        assert site.browser().get(f"/j/{code}").status_code == 200
        assert "Nothing is archived." in ana.get("/workshops?state=archived").text

    def test_one_that_is_under_way_is_asked_about_first(self, site: Site, ana: Browser) -> None:
        code = workshop(site, "Valle")
        carry_out(site, code, OpenStage(stage="swot"))
        asked = ana.send(f"/workshops/{code}/archive", page="/workshops")
        assert "It is under way" in asked.text
        assert titles(ana.get("/workshops").text) == ["Valle"]
        assert ana.send(f"/workshops/{code}/archive", sure="1").status_code == 303
        assert titles(ana.get("/workshops").text) == []

    def test_only_its_owner_and_only_with_the_token(self, site: Site, ana: Browser) -> None:
        code = workshop(site, "Valle")
        row = site.database.read(store.workshop_by_code, code)
        assert row is not None
        site.database.call(store.grant_access, row.id, site.account("bea"))
        bea, eva = site.signed_in("bea"), (site.account("eva"), site.signed_in("eva"))[1]
        assert titles(bea.get("/workshops").text) == ["Valle"]
        assert "/archive" not in bea.get("/workshops").text
        for browser in (bea, eva):
            token = browser.token("/workshops")
            for what in ("archive", "bring-back"):
                sent = browser.client.post(f"/workshops/{code}/{what}", data={"csrf_token": token})
                assert sent.status_code == 404, what
        assert (
            eva.client.post(
                f"/workshops/{code}/duplicate", data={"csrf_token": eva.token("/workshops")}
            ).status_code
            == 404
        )
        for what in ("archive", "bring-back", "duplicate"):
            assert ana.client.post(f"/workshops/{code}/{what}").status_code == 400
        assert titles(ana.get("/workshops").text) == ["Valle"]
        site.database.call(store.archive_workshop, row.id, 1)
        assert "Its owner can bring it back." in bea.get("/workshops?state=archived").text
