"""Badges on the server's pages: the list, hostile lists, sheets to print, badges made anew and taken back."""

import io
import re
from typing import Any

import pytest

from edp_app.core.commands import AddItem, Command, Context, Join, NameMyself, OpenStage
from edp_app.core.door import badge_digest
from edp_app.log import store
from edp_app.rooms import Room
from edp_app.web.badges import badge_secret
from tests.support.definitions import short
from tests.web.conftest import Browser, Site

LIST = "name,organisation,group,territory,funder\nAna Quispe,Minka,business,tacna,no\n,,academia,arica,yes\n"


class Desk:
    """A facilitator at the badges of one workshop."""

    def __init__(self, site: Site, **more: Any) -> None:
        self.site = site
        self.owner = site.account()
        self.code = site.workshop(self.owner, short(**{"door": "badges", **more}))
        self.browser = site.signed_in()
        self.path = f"/workshops/{self.code}/badges"

    @property
    def room(self) -> Room:
        room = self.site.app.extensions["edp.rooms"].by_code(self.code)
        room.when_settled()
        return room

    def send(self, text: str = "", **more: object) -> Any:
        return self.browser.send(self.path, text=text, **more)

    def page(self, more: str = "") -> str:
        return self.browser.get(self.path + more).text


@pytest.fixture
def desk(site: Site) -> Desk:
    return Desk(site)


def test_a_list_makes_badges_whose_names_stand_beside_the_log(desk: Desk) -> None:
    assert desk.send(LIST).status_code == 303
    page = desk.page()
    assert "2 badges, 0 used" in page
    assert "Ana Quispe" in page
    names = desk.site.database.read(store.names_of_workshop, desk.room.id)
    assert names == {"b:2": ("Ana Quispe", "Minka")}
    sheets = desk.page("/sheets")
    secrets = re.findall(r'class="secret">([0-9A-Z ]{19})<', sheets)
    badges = list(desk.room.state.badges.values())
    assert [badge_digest(secret.replace(" ", "")) for secret in secrets] == [badge.digest for badge in badges]
    assert desk.page("/sheets") == sheets, "they can be printed again"
    assert sheets.count("<svg") == 2 * 2, "an icon and a QR code each"
    assert "Ana Quispe" in sheets
    assert f"{desk.code[:3]}\u00a0{desk.code[3:]}" in sheets


def test_a_file_is_taken_too_and_none_of_it_where_a_line_is_wrong(desk: Desk) -> None:
    wrong = io.BytesIO(LIST.replace("academia", "martians").encode())
    answer = desk.send(file=(wrong, "list.csv"))
    assert answer.status_code == 400
    assert "Line 3" in answer.text
    assert "“martians” is no group of this workshop." in answer.text
    assert "Ana Quispe,Minka" in answer.text, "to be corrected there"
    assert not desk.room.state.badges
    assert desk.send(file=(io.BytesIO(LIST.encode("utf-8-sig")), "list.csv")).status_code == 303
    assert len(desk.room.state.badges) == 2


@pytest.mark.parametrize(
    "source",
    [
        b"group,territory\n" + b'"' * 5000,
        b"\x00\x01\x02group,territory\nbusiness,tacna\n",
        b"group,territory\n\xff\xfebusiness,tacna\n",
        b"group,territory\nbusiness,tacna," + b"x" * 200_000,
        b"group,territory\n<script>alert(1)</script>,tacna\n",
        b"group,territory\n%(group)s {n} ${x},tacna\n",
        b"," * 100_000,
        b"PK\x03\x04" + bytes(range(256)) * 40,
    ],
    ids=["quotes", "controls", "not utf-8", "a huge cell", "markup", "blanks", "commas", "a spreadsheet"],
)
def test_a_hostile_file_makes_nothing_and_is_answered_in_words(desk: Desk, source: bytes) -> None:
    answer = desk.send(file=(io.BytesIO(source), "list.csv"))
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert "<script>alert" not in answer.text
    assert not desk.room.state.badges


def test_a_list_may_only_say_how_many_are_expected(desk: Desk) -> None:
    people = "group,territory,e-mail\n" + "business,tacna,a@b.example\n" * 3 + "academia,arica,\n"
    assert desk.send(people, do="expect").status_code == 303
    page = desk.page()
    assert "4 people are expected now, as many of each group as stand on the list" in page
    assert "The column “e-mail” was left out: this program keeps no e-mail addresses." in page
    assert not desk.room.state.badges
    expected = desk.room.state.expected()
    assert (expected["business"], expected["academia"], expected["government"]) == (3, 1, 0)
    assert desk.room.state.expected_from() == {"tacna": 3, "arica": 1}
    assert desk.send("group,territory\nmartians,tacna\n", do="expect").status_code == 400
    assert desk.room.state.expected() == expected


def test_the_same_list_again_makes_badges_for_the_new_people_alone(desk: Desk) -> None:
    first = "name,organisation,group,territory\nAna Quispe,Minka,business,tacna\nLuis,,academia,arica\n"
    assert desk.send(first).status_code == 303
    assert "2 badges were made. Print them" in desk.page()
    assert desk.send(first).status_code == 303, "a button pressed twice"
    again = desk.page()
    assert "2 people on the list are invited already and keep their badges." in again
    assert "Print them" not in again
    grown = "name,organisation,group,territory\nana  QUISPE,Minka,business,arica\nLuis,,business,tacna\n"
    assert desk.send(grown + ",,academia,arica\n" * 2).status_code == 303
    assert "3 badges were made. One person on the list is invited already" in desk.page()
    assert [badge.group for badge in desk.room.state.badges.values()] == [
        "business",
        "academia",
        "business",
        "academia",
        "academia",
    ], "another group is another person, and whoever has no name is one each time"


def test_a_lost_badge_is_made_anew_and_unused_ones_are_taken_back(desk: Desk) -> None:
    desk.send(LIST)
    before = {badge.id: badge.digest for badge in desk.room.state.badges.values()}
    answer = desk.browser.send(f"{desk.path}/anew", page=desk.path, badge="b:2")
    assert answer.location.endswith("/sheets?badge=b:2")
    assert desk.browser.get(answer.location).text.count('class="badge"') == 1
    after = {badge.id: badge.digest for badge in desk.room.state.badges.values()}
    assert {badge for badge in before if before[badge] != after[badge]} == {"b:2"}
    desk.browser.send(f"{desk.path}/back", page=desk.path, badge="b:3")
    assert list(desk.room.state.badges) == ["b:2"]
    desk.browser.send(f"{desk.path}/back", page=desk.path, badge="unused")
    assert not desk.room.state.badges
    assert desk.site.database.read(store.names_of_workshop, desk.room.id) == {}, "the names went with them"
    assert desk.browser.get(f"{desk.path}/sheets").status_code == 404
    desk.browser.send(f"{desk.path}/anew", page=desk.path, badge="b:2")
    assert "This badge is not valid" in desk.page()


def test_the_name_on_a_badge_stands_in_the_list_until_its_person_takes_it_back(desk: Desk) -> None:
    desk.send(LIST)
    badge = desk.room.state.badges["b:2"]
    secret = badge_secret(str(desk.site.app.secret_key), desk.room.id, badge.mark)

    def done(command: Command, n: int) -> bool:
        ctx = Context("p:ana", "participant", desk.room.now(), f"operation-{n}")
        return desk.room.submit(command, ctx, f"{n:064}").ok

    names = f"/workshops/{desk.code}/names"
    assert desk.browser.get(names).json == {}
    assert done(Join(badge=secret), 1)
    assert desk.browser.get(names).json == {"p:ana": {"name": "Ana Quispe", "organisation": "Minka"}}
    assert "used by number 1" in desk.page()
    assert done(NameMyself(name="Anita"), 2)
    assert desk.browser.get(names).json == {"p:ana": {"name": "Anita", "organisation": ""}}
    assert done(NameMyself(), 3)
    assert desk.browser.get(names).json == {}


def test_the_name_of_whom_a_badge_made_anew_puts_out_goes(desk: Desk) -> None:
    desk.send(LIST)
    badge = desk.room.state.badges["b:3"]
    secret = badge_secret(str(desk.site.app.secret_key), desk.room.id, badge.mark)
    for n, command in enumerate((Join(badge=secret), NameMyself(name="Luis Rojas"))):
        ctx = Context("p:luis", "participant", desk.room.now(), f"operation-{n}")
        assert desk.room.submit(command, ctx, f"{n:064}").ok
    names = {"p:luis": ("Luis Rojas", ""), "b:2": ("Ana Quispe", "Minka")}
    assert desk.site.database.read(store.names_of_workshop, desk.room.id) == names
    desk.browser.send(f"{desk.path}/anew", page=desk.path, badge="b:3")
    del names["p:luis"]
    assert desk.site.database.read(store.names_of_workshop, desk.room.id) == names
    page = desk.browser.get(f"/workshops/{desk.code}/personal?person=1")
    assert (page.status_code, "Number 1" in page.text) == (200, True), "whoever it was can still be asked for"


def test_whoever_lost_a_phone_is_handed_on(desk: Desk) -> None:
    desk.send(LIST)
    badge = desk.room.state.badges["b:2"]
    secret = badge_secret(str(desk.site.app.secret_key), desk.room.id, badge.mark)

    def done(command: Command, n: int) -> bool:
        role = "participant" if n else "facilitator"
        ctx = Context("p:ana" if n else f"f:{desk.owner}", role, desk.room.now(), f"operation-{n}")
        return desk.room.submit(command, ctx, f"{n:064}").ok

    assert done(Join(badge=secret), 1)
    assert done(OpenStage(stage="swot"), 0)
    assert "Phone lost" not in desk.page()
    assert done(AddItem(run="swot.1", column="s", title="Sol"), 2)
    assert desk.page().count("Phone lost: go on with another") == 1
    anew = desk.browser.send(f"{desk.path}/anew", page=desk.path, badge="b:2", on="1")
    assert desk.browser.get(anew.location).text.count('class="badge"') == 1
    page = desk.page()
    assert "goes on as the same person" in page
    assert "for another phone of number 1" in page
    assert desk.page("/sheets?which=unused").count('class="badge"') == 2


def test_badges_are_their_facilitators_alone(desk: Desk) -> None:
    desk.send(LIST)
    desk.site.account("bea")
    stranger: Browser = desk.site.signed_in("bea")
    for path in (desk.path, f"{desk.path}/sheets"):
        assert stranger.get(path).status_code == 404
        assert desk.site.browser().get(path).status_code == 302
    for path in ("anew", "back"):
        data = {"badge": "b:2", "csrf_token": stranger.token("/workshops/new")}
        assert stranger.client.post(f"{desk.path}/{path}", data=data).status_code == 404
    assert len(desk.room.state.badges) == 2


def test_a_record_of_another_installation_keeps_its_badges_and_prints_none(desk: Desk) -> None:
    desk.send(LIST)
    desk.site.app.secret_key = "the key of another installation"
    desk.browser = desk.site.signed_in()
    assert "can only be made anew" in desk.page()
    assert desk.browser.get(f"{desk.path}/sheets").status_code == 404
    assert badge_secret("one", "w", "mark") != badge_secret("other", "w", "mark")


def test_the_page_says_where_no_badge_is_asked_for(site: Site) -> None:
    assert "asks for no badge" in Desk(site, door="open").page()


def test_the_door_is_chosen_with_the_form_and_with_the_details(site: Site) -> None:
    desk = Desk(site, door="open")
    details = f"/workshops/{desk.code}/details"
    assert desk.browser.send(details, title="Valle", door="admitted").status_code == 303
    assert desk.room.state.definition.door == "admitted"
    assert desk.browser.send(details, title="Valle", door="windows").status_code == 400
    chosen = re.findall(r'<input checked[^>]*name="door"[^>]*>', desk.browser.get(details).text)
    assert ['value="admitted"' in one for one in chosen] == [True]
    assert site.database.read(store.definition_of, desk.room.id).door == "admitted"
