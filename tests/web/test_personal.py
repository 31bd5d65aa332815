"""Erasing what a person gave, from the owner's page."""

from pathlib import Path

import pytest

from edp_app.core.commands import (
    AddItem,
    CastBallot,
    Command,
    Context,
    Describe,
    Join,
    NameMyself,
    OpenStage,
    TurnAway,
)
from edp_app.core.definition import Door
from edp_app.log import store
from tests.support.definitions import short
from tests.web.conftest import Browser, Site

ROSA, OTHER = "p:rosa", "p:other"
WORDS = "The mayor keeps the water"


class Case:
    """A workshop in which two people wrote, one of whom gave a name and voted."""

    def __init__(self, site: Site, way: Door = "open") -> None:
        self.site, self.rooms = site, site.app.extensions["edp.rooms"]
        self.owner = site.account()
        self.code = site.workshop(self.owner, short(door=way))
        self.room = self.rooms.by_code(self.code)
        self.path = f"/workshops/{self.code}/personal"
        self.ana: Browser = site.signed_in()
        if way == "open":
            self.fill()

    def fill(self) -> None:
        for person in (ROSA, OTHER):
            self.do(Join(), person)
            self.do(Describe(group="business"), person)
        self.do(NameMyself(name="Rosa Quispe", organisation="Minka"), ROSA)
        self.do(OpenStage(stage="swot"))
        self.do(AddItem(run="swot.1", column="w", title=WORDS), ROSA)
        self.do(AddItem(run="swot.1", column="w", title="Few roads"), OTHER)
        self.do(OpenStage(stage="weigh"))
        self.do(CastBallot(run="weigh.1", item=next(iter(self.room.state.items)), dots=2), ROSA)

    def do(self, command: Command, actor: str = "") -> None:
        role = "participant" if actor else "facilitator"
        ctx = Context(actor or f"f:{self.owner}", role, self.room.state.at + 5, f"op-{self.room.state.seq}")
        assert self.room.submit(command, ctx, "").ok


@pytest.fixture
def case(site: Site) -> Case:
    return Case(site)


def test_what_would_be_erased_is_said_before(case: Case) -> None:
    start = case.ana.get(case.path).text
    assert "Rosa Quispe, Minka" in start
    page = case.ana.get(f"{case.path}?person=1").text
    assert "Number 1, Rosa Quispe, Minka" in page
    assert "the words of one contribution" in page
    assert "the name or organisation they gave" in page
    assert "every result stays as it is" in page
    assert "in words" not in page
    nobody = case.ana.get(f"{case.path}?person=9")
    assert (nobody.status_code, "nobody with this number" in nobody.text) == (400, True)


def test_it_is_erased_once_the_number_was_typed_again(case: Case) -> None:
    folder = case.site.settings.data / "reports" / case.room.id
    folder.mkdir(parents=True)
    (folder / "report-1.pdf").write_bytes(b"%PDF")
    slip = case.ana.send(case.path, page=f"{case.path}?person=1", person="1", again="2")
    assert (slip.status_code, "nothing was erased" in slip.text) == (400, True)
    assert case.room.state.items
    epoch = case.room.epoch
    done = case.ana.send(case.path, page=f"{case.path}?person=1", person="1", again=" 1 ")
    assert (done.status_code, done.location) == (303, case.path)
    case.room.when_settled()
    state = case.room.state
    assert [item.title for item in state.items.values()] == ["(borrado)", "Few roads"]
    assert case.room.epoch != epoch, "pages that are open fetch everything again"
    assert not state.persons[ROSA].named
    assert state.persons[ROSA].group == "business"
    assert case.site.database.read(store.names_of_workshop, case.room.id) == {}
    assert not folder.exists()
    for file in Path(case.site.settings.data).glob("edp.sqlite3*"):
        assert WORDS.encode() not in file.read_bytes(), file.name
        assert b"Rosa Quispe" not in file.read_bytes(), file.name
    assert case.site.database.read(store.verify, case.room.id).ok
    after = case.ana.get(f"{case.path}?person=1").text
    assert "There is nothing to erase" in after
    assert "erased, and finished reports with it" in after


@pytest.mark.parametrize("last", [Join(), TurnAway(person=OTHER)], ids=["who waits", "who was turned away"])
def test_what_is_known_of_who_is_not_in_is_erased_too(site: Site, last: Command) -> None:
    """They gave a name at the door, and were not let in."""
    case = Case(site, way="admitted")
    case.do(Join(), ROSA)
    case.do(Join(), OTHER)
    case.do(NameMyself(name="Eva Mamani", organisation="Port"), OTHER)
    case.do(last, OTHER if isinstance(last, Join) else "")
    assert OTHER not in case.room.state.persons
    assert "Eva Mamani, Port" in case.ana.get(case.path).text
    assert "the name or organisation they gave" in case.ana.get(f"{case.path}?person=2").text
    case.ana.send(case.path, page=f"{case.path}?person=2", person="2", again="2")
    assert OTHER not in case.site.database.read(store.names_of_workshop, case.room.id)
    assert "There is nothing to erase" in case.ana.get(f"{case.path}?person=2").text


def test_votes_stay(case: Case) -> None:
    from edp_app.core.views import self_view

    before = self_view(case.room.state, ROSA)["ballots"]
    case.ana.send(case.path, page=f"{case.path}?person=1", person="1", again="1")
    case.room.when_settled()
    assert self_view(case.room.state, ROSA)["ballots"] == before != {}


def test_only_the_owner_and_only_with_the_token(case: Case) -> None:
    case.site.database.call(store.grant_access, case.room.id, case.site.account("bea"))
    bea = case.site.signed_in("bea")
    assert "personal_url" not in bea.get(f"/workshops/{case.code}/console").text
    assert bea.get(case.path).status_code == 404
    assert case.site.browser().get(case.path).status_code == 302
    token = bea.token("/workshops")
    assert (
        bea.client.post(case.path, data={"csrf_token": token, "person": "1", "again": "1"}).status_code == 404
    )
    late = case.ana.client.post(case.path, data={"person": "1", "again": "1"})
    assert late.status_code == 400
    assert "had been open for a long time" in late.text
    assert case.room.state.persons[ROSA].named
    assert case.path in case.ana.get(f"/workshops/{case.code}/console").text
