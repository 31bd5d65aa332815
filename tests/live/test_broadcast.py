"""The broadcaster's rules, on a workshop in memory and sockets that only note what they are given."""

import json
import time
import types

import gevent
import msgspec
import pytest
from engineio.exceptions import SocketIsClosedError

from edp_app.core import commands as c
from edp_app.core import patch, views
from edp_app.live import broadcast
from edp_app.live.broadcast import Broadcaster, Member
from edp_app.live.limits import Bucket
from edp_app.live.protocol import Report
from tests.support.memory_room import MemoryRoom
from tests.support.waiting import until

pytestmark = pytest.mark.live

ANA, BEA, CAI = "p:ana", "p:bea", "p:cai"


class NotingSocket:
    """Stands where Engine.IO's socket stands."""

    def __init__(self):
        self.queue = types.SimpleNamespace(bytes=0)
        self.packets = []
        self.closed = False

    def send(self, packet):
        if self.closed:
            raise SocketIsClosedError
        self.packets.append(packet)

    def close(self, **_):
        self.closed = True


@pytest.fixture
def room():
    return MemoryRoom()


@pytest.fixture
def broadcaster(monkeypatch):
    monkeypatch.setattr(broadcast, "TICK", 0.02)
    monkeypatch.setattr(broadcast, "PRESENCE_SECONDS", 0.02)
    made = Broadcaster()
    yield made
    made.stop()


class Reader:
    """A member, and what its page makes of what it is sent."""

    def __init__(self, broadcaster, room, role, actor=""):
        self.broadcaster, self.socket = broadcaster, NotingSocket()
        self.member = Member(
            sid=f"{role}{id(self)}",
            engine=self.socket,
            room=room,
            role=role,
            actor=actor,
            ops=Bucket(1, 1),
            views=Bucket(1, 1),
            asks=Bucket(1, 1),
        )
        broadcaster.add(self.member)
        self.read = 0

    def subscribe(self):
        self.seq, base, self.own = self.broadcaster.subscribe(self.member)
        self.view = json.loads(bytes(base))
        self.read = len(self.socket.packets)
        return self

    def told(self, name):
        events = [json.loads(packet.data[1:]) for packet in self.socket.packets]
        return [payload for told, payload in events if told == name]

    def catch_up(self):
        """Apply what came since, strictly."""
        for packet in self.socket.packets[self.read :]:
            name, payload = json.loads(packet.data[1:])
            if name == "change":
                assert payload["from"] == self.seq < payload["to"]
                self.view, self.seq = patch.apply(self.view, payload["patch"]), payload["to"]
        self.read = len(self.socket.packets)
        return self.view


def fresh(room, audience):
    return json.loads(msgspec.json.encode(views.view(room.state, audience)))


@pytest.fixture
def reader(broadcaster, room):
    return lambda role, actor="": Reader(broadcaster, room, role, actor)


@pytest.fixture
def a_tick(broadcaster):
    """Waits until everybody was told what there is to tell, however long the machine takes for it."""

    def told():
        channels = broadcaster._channels.values()
        return all(channel.ticker is None and channel.presence is None for channel in channels)

    return lambda: until(told)


def a_while():
    """Long enough for a tick, where nothing is to be told."""
    gevent.sleep(0.06)


def join(room, *people):
    for person in people:
        room.do(c.Join(), person)
        room.do(c.Describe(group="business", territory="tacna"), person)


def test_whoever_asks_between_two_ticks_gets_what_the_others_have(room, reader, a_tick):
    early = reader("screen").subscribe()
    room.do(c.OpenStage("swot"))
    between = reader("screen").subscribe()
    assert (between.seq, between.view) == (early.seq, early.view), "a fresher state would leave a gap"
    a_tick()
    assert early.catch_up() == between.catch_up() == fresh(room, "screen")
    assert early.seq == between.seq == room.state.seq


def test_the_first_of_an_audience_gets_the_state_as_it_is(room, reader, a_tick):
    reader("screen").subscribe()
    room.do(c.OpenStage("swot"))
    phone = reader("phone", ANA).subscribe()
    assert phone.view == fresh(room, "phone")
    a_tick()
    assert phone.told("change") == []


def test_the_position_stays_where_nothing_can_be_seen(room, reader, a_tick):
    phone, screen = reader("phone", ANA).subscribe(), reader("screen").subscribe()
    at = phone.seq
    join(room, BEA)
    a_tick()
    assert phone.told("change") == []
    late = reader("phone", CAI).subscribe()
    assert late.seq == at < room.state.seq
    room.do(c.OpenStage("swot"))
    a_tick()
    (change,) = phone.told("change")
    assert (change["from"], change["to"]) == (at, room.state.seq)
    assert phone.catch_up() == late.catch_up() == fresh(room, "phone")
    assert screen.catch_up() == fresh(room, "screen")


def test_many_commits_make_one_change_and_the_last_is_never_missed(room, reader, monkeypatch, a_tick):
    screen = reader("screen").subscribe()
    monkeypatch.setattr(broadcast, "TICK", 60)
    room.do(c.OpenStage("swot"))
    a_tick()  # the first goes at once
    assert len(screen.told("change")) == 1
    monkeypatch.setattr(broadcast, "TICK", 0.02)
    join(room, ANA)
    for i in range(10):
        room.do(c.AddItem("swot.1", "s", f"Item {i}"), ANA)
    a_tick()
    assert len(screen.told("change")) == 2
    assert screen.catch_up() == fresh(room, "screen")


def test_a_change_is_encoded_once_for_all(room, reader, a_tick):
    screens = [reader("screen").subscribe() for _ in range(3)]
    room.do(c.OpenStage("swot"))
    a_tick()
    sent = {id(screen.socket.packets[-1]) for screen in screens}
    assert len(sent) == 1


def test_nothing_is_read_while_a_commit_is_under_way(room, reader, a_tick):
    screen = reader("screen").subscribe()
    room.settled.clear()
    room.do(c.OpenStage("swot"))
    a_while()
    assert screen.told("change") == []
    asking = gevent.spawn(reader("screen").subscribe)
    a_while()
    assert not asking.ready()
    room.settled.set()
    a_tick()
    assert asking.get().view == screen.catch_up() == fresh(room, "screen")


def test_a_room_that_was_folded_anew_is_told_too(room, reader, a_tick):
    screen = reader("screen").subscribe()
    room.workshop.must(c.OpenStage("swot"))
    room.tell([])
    a_tick()
    assert screen.catch_up() == fresh(room, "screen")


def test_after_a_room_was_folded_anew_everybody_is_told_their_own_again(room, reader, a_tick):
    """What is one's own may be another, and no event says whose; also of somebody who is no longer there."""
    join(room, ANA)
    phones = [reader("phone", person).subscribe() for person in (ANA, BEA)]
    room.workshop.must(c.OpenStage("swot"))
    room.tell([])
    a_tick()
    assert [phone.told("self")[-1]["joined"] for phone in phones] == [True, False]


def test_what_cannot_be_shown_to_one_audience_is_shown_to_the_others(
    room, reader, monkeypatch, caplog, a_tick
):
    screen, console = reader("screen").subscribe(), reader("console").subscribe()
    view, text = views.view, " ".join(["Olive", "groves"])

    def failing(state, audience):
        if audience == "screen":
            raise RuntimeError(text)
        return view(state, audience)

    monkeypatch.setattr(views, "view", failing)
    room.do(c.OpenStage("swot"))
    a_tick()
    assert screen.told("change") == []
    assert len(console.told("change")) == 1
    assert "RuntimeError" in caplog.text
    assert "Olive groves" not in caplog.text
    monkeypatch.setattr(views, "view", view)
    room.do(c.PauseStage("swot.1"))
    a_tick()
    assert screen.catch_up() == fresh(room, "screen")


def test_a_page_that_falls_behind_is_cut_off_and_the_others_are_not(room, reader, a_tick):
    slow, quick = reader("screen").subscribe(), reader("screen").subscribe()
    slow.socket.queue.bytes = broadcast.MOST_WAITING + 1
    room.do(c.OpenStage("swot"))
    a_tick()
    assert slow.socket.closed
    assert slow.told("change") == []
    assert len(quick.told("change")) == 1


def test_a_page_that_has_gone_disturbs_nobody(room, reader, broadcaster, a_tick):
    gone, here = reader("screen").subscribe(), reader("screen").subscribe()
    gone.socket.closed = True
    room.do(c.OpenStage("swot"))
    a_tick()
    assert len(here.told("change")) == 1
    for _ in range(2):
        broadcaster.remove(gone.member)
    assert room.listeners
    broadcaster.remove(here.member)
    assert room.listeners == [], "an empty room is let go"
    room.do(c.PauseStage("swot.1"))


def test_an_audience_that_was_empty_starts_anew(room, reader, broadcaster, a_tick):
    reader("console").subscribe()
    first = reader("screen").subscribe()
    broadcaster.remove(first.member)
    room.do(c.OpenStage("swot"))
    a_tick()
    assert reader("screen").subscribe().view == fresh(room, "screen")


# ---- one's own


def test_people_are_told_what_others_did_to_their_own(room, reader, a_tick):
    ana, bea = reader("phone", ANA).subscribe(), reader("phone", BEA).subscribe()
    room.do(c.OpenStage("swot"))
    join(room, ANA, BEA)
    room.do(c.AddItem("swot.1", "s", "Olives"), ANA)
    a_tick()
    for page in (ana, bea):
        page.socket.packets.clear()
    item = next(iter(room.state.items))
    room.do(c.HideItem(item))
    a_tick()
    (own,) = ana.told("self")
    assert own == json.loads(msgspec.json.encode(views.self_view(room.state, ANA)))
    assert own["items"][item]["state"] == "hidden"
    assert bea.told("self") == []


def test_whoever_acts_is_told_in_the_answer_and_only_their_other_pages_besides(room, reader, a_tick):
    ana = reader("phone", ANA).subscribe()
    room.do(c.Join(), ANA)
    a_tick()
    assert ana.told("self") == []
    second = reader("phone", ANA).subscribe()
    room.do(c.Describe(group="business", territory="tacna"), ANA)
    a_tick()
    assert len(second.told("self")) == 1


def test_a_stage_that_opens_is_told_to_everybody_a_few_at_a_time(room, reader, monkeypatch, a_tick):
    monkeypatch.setattr(broadcast, "SELVES_PER_TICK", 2)
    people = [f"p:{i}" for i in range(7)]
    pages = [reader("phone", person).subscribe() for person in people]
    stranger = reader("phone", "p:not-joined").subscribe()
    join(room, *people)
    a_tick()
    tick, told = broadcast.tick, []

    def noted(channel):
        tick(channel)
        told.append(sum(bool(page.told("self")) for page in pages))

    monkeypatch.setattr(broadcast, "tick", noted)
    room.do(c.OpenStage("swot"))
    a_tick()
    assert told == [2, 4, 6, 7]
    assert all(len(page.told("self")) == 1 for page in pages)
    assert stranger.told("self") == []


# ---- consoles


def test_consoles_are_told_who_is_there_and_nobody_else(room, reader, broadcaster, a_tick):
    console, screen = reader("console").subscribe(), reader("screen").subscribe()
    phones = [reader("phone", person) for person in (ANA, ANA, BEA)]
    a_tick()
    assert console.told("presence")[-1] == {"phones": 2, "screens": 1, "consoles": 1}
    for phone in phones:
        broadcaster.remove(phone.member)
    a_tick()
    assert console.told("presence")[-1] == {"phones": 0, "screens": 1, "consoles": 1}
    assert screen.told("presence") == []


def test_a_crowd_that_arrives_is_counted_a_few_times_only(room, reader, monkeypatch, a_tick):
    monkeypatch.setattr(broadcast, "PRESENCE_SECONDS", 0.1)
    console = reader("console").subscribe()
    began = time.monotonic()
    for i in range(100):
        reader("phone", f"p:{i}")
        gevent.sleep(0)
    a_tick()
    assert len(console.told("presence")) <= 2 + (time.monotonic() - began) / 0.1
    assert console.told("presence")[-1]["phones"] == 100


def test_reports_are_told_to_the_consoles_of_that_workshop(room, reader, broadcaster):
    console, screen = reader("console").subscribe(), reader("screen").subscribe()
    broadcaster.to_consoles(room.code, "report", Report(job="r1", state="layout", page=2, pages=9))
    broadcaster.to_consoles("999999", "report", Report(job="r2", state="done"))
    assert console.told("report") == [{"job": "r1", "state": "layout", "page": 2, "pages": 9}]
    assert screen.told("report") == []
