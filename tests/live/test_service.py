"""The live side as a whole, inside this process: what is hard to bring about from outside."""

import json
import os
import resource
import subprocess
import sys
import types

import gevent
import msgspec
import pytest
from flask import Flask
from gevent.pywsgi import WSGIServer
from werkzeug.middleware.proxy_fix import ProxyFix

from edp_app.config import Settings
from edp_app.core import commands as c
from edp_app.live import entrance, handlers, limits, service
from edp_app.live.consoles import Login
from edp_app.live.service import Live
from edp_app.live.transport import Handler
from edp_app.rehearsal.own_server import free_port
from edp_app.rooms import Outcome
from tests.support.definitions import short
from tests.support.memory_room import MemoryRoom
from tests.support.page import Page, asynchronous
from tests.support.raw_websocket import SECONDS, RawWebSocket
from tests.support.server import LiveServer
from tests.support.waiting import until

pytestmark = pytest.mark.live

PATH = "/socket.io/?EIO=4&transport=websocket"
SECRET = "s" * 43


class Rooms:
    """One room; looking it up can be made to fail."""

    def __init__(self):
        self.room, self.failure = MemoryRoom(), None
        self.room.submit = self.submit
        self.hold = gevent.event.Event()
        self.hold.set()

    def by_code(self, code):
        if self.failure:
            raise self.failure
        return self.room if code == self.room.code else None

    def submit(self, command, ctx, _content_hash):
        self.hold.wait()
        if self.failure:
            raise self.failure
        before = self.room.state.seq
        self.room.do(command, ctx.actor)
        return Outcome(ok=True, first=before + 1, last=self.room.state.seq)


@pytest.fixture
def live(tmp_path, monkeypatch):
    monkeypatch.setattr(service, "RECHECK_SECONDS", 0.1)
    monkeypatch.setattr(limits, "NEWCOMERS", (2, 0.001))
    monkeypatch.setattr(limits, "SOCKETS_PER_ADDRESS", 4)
    port = free_port()
    settings = Settings(data=tmp_path, database_url="", port=port)
    rooms, allowed = Rooms(), types.SimpleNamespace(denial=None)
    consoles = types.SimpleNamespace(
        login=lambda _: Login("a1", "session"),
        helper=lambda *_: None,
        denial=lambda *_: allowed.denial,
    )
    app = Flask("test")
    reports = {}
    made = Live(app, rooms, settings, consoles, reports.get)
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1)  # so that a test can come from elsewhere
    wsgi = WSGIServer(("127.0.0.1", port), app, handler_class=Handler, log=None, error_log=None)
    wsgi.start()
    hall = types.SimpleNamespace(
        live=made,
        rooms=rooms,
        allowed=allowed,
        reports=reports,
        wires=[],
        address=("127.0.0.1", port),
        code=rooms.room.code,
    )
    yield hall
    for wire in hall.wires:
        wire.raw.sock.close()
    made.stop()
    wsgi.stop(timeout=1)


class Wire:
    """Socket.IO by hand."""

    def __init__(self, live, role, address=None, **auth):
        headers = {"X-Forwarded-For": address} if address else {}
        self.raw = RawWebSocket(live.address, PATH, headers).open()
        live.wires.append(self)
        assert self.raw.read_text()[0] == "0"
        if role is None:
            return
        secret = {"secret": SECRET} if role == "phone" else {}
        self.raw.text("40" + json.dumps({"v": 1, "role": role, "code": live.code, **secret, **auth}))
        self.answer = self.raw.read_text()

    def ask(self, number, name, data):
        self.raw.text(f"42{number}" + json.dumps([name, data]))

    def answer_to(self, number):
        """The answer to this question; what the page is told meanwhile is passed over."""
        while not (text := self.raw.read_text()).startswith(f"43{number}["):
            pass
        return json.loads(text.removeprefix(f"43{number}"))[0]

    def is_ended(self):
        """Read until the server closes the connection."""
        try:
            with gevent.Timeout(SECONDS, AssertionError("the server did not close the connection")):
                while True:
                    self.raw.read_frame()
        except ConnectionError:
            return True


@pytest.fixture
def swept(live, monkeypatch):
    """The same, where connections are looked through often."""
    monkeypatch.setattr(service, "SWEEP_SECONDS", 0.1)
    return live


def test_a_connection_that_never_says_who_it_is_is_closed(swept):
    wire = Wire(swept, None)
    assert wire.is_ended()
    until(lambda: not swept.live.server.eio.sockets)


def test_one_that_has_said_so_stays(swept):
    wire = Wire(swept, "screen")
    assert wire.answer.startswith("40{")
    gevent.sleep(0.5)
    assert len(swept.live.server.eio.sockets) == 1


def test_a_workshop_that_cannot_be_loaded_is_to_be_tried_again(live, caplog):
    live.rooms.failure = RuntimeError("secret text")
    wire = Wire(live, "phone")
    assert json.loads(wire.answer[2:]) == {"message": "refused", "data": {"code": "try_again"}}
    assert "RuntimeError" in caplog.text
    assert "secret text" not in caplog.text.replace('RuntimeError("secret text")', "")
    assert live.live.handlers.members == {}


def test_a_command_that_fails_is_answered_and_the_page_stays(live):
    wire = Wire(live, "phone")
    live.rooms.failure = RuntimeError("a fault")
    wire.ask(1, "op", {"op_id": "abcdefgh", "command": {"type": "join"}})
    assert wire.answer_to(1)["refusal"]["code"] == "try_again"
    live.rooms.failure = None
    wire.ask(2, "op", {"op_id": "abcdefgh", "command": {"type": "join"}})
    assert wire.answer_to(2)["ok"]


def test_a_commit_that_takes_too_long_is_answered_with_try_again(live, monkeypatch):
    monkeypatch.setattr(handlers, "SUBMIT_SECONDS", 0.1)
    wire = Wire(live, "phone")
    live.rooms.hold.clear()
    wire.ask(1, "op", {"op_id": "abcdefgh", "command": {"type": "join"}})
    assert wire.answer_to(1)["refusal"]["code"] == "try_again"
    live.rooms.hold.set()


def test_a_console_whose_right_was_taken_elsewhere_is_found_out(live):
    """The change was made by another process: nobody calls cut_account here."""
    wire = Wire(live, "console")
    live.allowed.denial = "not_allowed"
    assert json.loads(wire.raw.read_text()[2:]) == ["bye", {"code": "not_allowed"}]
    assert wire.raw.read_text() == "41"


def test_cutting_an_account_that_kept_its_right_does_nothing(live):
    wire = Wire(live, "console")
    live.live.cut_account("a1")
    live.live.cut_account("a2")
    assert len(live.live.handlers.members) == 1
    live.allowed.denial = "not_allowed"
    live.live.cut_account("a2")
    assert len(live.live.handlers.members) == 1
    live.live.cut_account("a1")
    assert live.live.handlers.members == {}
    assert json.loads(wire.raw.read_text()[2:]) == ["bye", {"code": "not_allowed"}]


def test_a_workshop_that_another_process_archived_is_left_at_the_next_look(live):
    wires = [Wire(live, role) for role in ("phone", "screen", "console")]
    live.live.handlers.recheck()
    assert len(live.live.handlers.members) == 3
    live.rooms.room.archived = True
    live.live.handlers.recheck()
    assert live.live.handlers.members == {}
    for wire in wires:
        assert json.loads(wire.raw.read_text()[2:]) == ["bye", {"code": "unknown_workshop"}]


def test_a_console_is_told_that_the_log_was_put_in_place_from_a_backup_and_nobody_else_is(live):
    for restored in (None, 1_770_000_000_000):
        live.rooms.room.restored = restored
        for role in ("console", "phone", "screen"):
            wire = Wire(live, role)
            wire.ask(1, "view", {})
            assert wire.answer_to(1).get("restored") == (restored if role == "console" else None)
            wire.raw.sock.close()


def test_an_archived_workshop_is_left_by_all(live):
    wires = [Wire(live, role) for role in ("phone", "screen", "console")]
    live.live.cut_workshop("another")
    assert len(live.live.handlers.members) == 3
    live.live.cut_workshop(live.rooms.room.id)
    assert live.live.handlers.members == {}
    for wire in wires:
        assert json.loads(wire.raw.read_text()[2:]) == ["bye", {"code": "unknown_workshop"}]
        assert wire.raw.read_text() == "41"


def test_progress_of_reports_reaches_consoles_and_must_have_its_shape(live):
    wire = Wire(live, "console")
    wire.ask(1, "view", {})
    presence, answer = wire.raw.read_text(), wire.raw.read_text()
    assert (presence[:2], answer[:3]) == ("42", "431")
    live.live.report_progress(live.code, {"job": "r1", "state": "layout", "page": 2, "pages": 9})
    while (event := json.loads(wire.raw.read_text()[2:]))[0] == "presence":
        pass
    assert event == ["report", {"job": "r1", "state": "layout", "page": 2, "pages": 9}]
    with pytest.raises(msgspec.ValidationError):
        live.live.report_progress(live.code, {"job": "r1", "state": "half done"})


def test_a_console_that_comes_back_is_told_how_far_the_report_is(live):
    last = {"job": "r1", "state": "layout", "page": 2, "pages": 9}
    live.reports[live.rooms.room.id] = last
    console, phone = Wire(live, "console"), Wire(live, "phone")
    for wire in (console, phone):
        wire.ask(1, "view", {})
    told = [console.raw.read_text() for _ in range(3)]
    assert [json.loads(text[2:])[1] for text in told if '"report"' in text[:12]] == [last]
    assert phone.raw.read_text()[:3] == "431"


# ---- how much


def join(wire, number):
    wire.ask(number, "op", {"op_id": f"operation-{number}", "command": {"type": "join"}})
    answer = wire.answer_to(number)
    return "ok" if answer["ok"] else answer["refusal"]["code"]


def test_new_people_of_one_address_are_limited(live):
    def phones(address, letters):
        return [Wire(live, "phone", address, secret=letter * 43) for letter in letters]

    hall = phones("192.0.2.7", "abc")
    assert [join(wire, 1) for wire in hall] == ["ok", "ok", "too_fast"]
    assert join(hall[0], 2) == "ok", "whoever is in may ask again"
    assert [join(wire, 1) for wire in phones("192.0.2.8", "d") + phones(None, "efgh")] == ["ok"] * 5
    assert join(hall[2], 2) == "too_fast"


def test_connections_of_one_address_are_limited(live, caplog):
    from_there = [Wire(live, "screen", "192.0.2.7") for _ in range(4)]
    with RawWebSocket(live.address, PATH, {"X-Forwarded-For": "192.0.2.7"}) as raw:
        assert raw.open().status == 401
    Wire(live, "screen", "192.0.2.8")
    Wire(live, "screen")
    assert "Connections are being refused" in caplog.text
    from_there[0].raw.sock.close()
    until(lambda: len(live.live.server.eio.sockets) == 5)
    Wire(live, "screen", "192.0.2.7")


def test_a_big_hall_may_have_its_sockets():
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (1000, before[1]))
        service.allow_open_files(1500)
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (1500, before[1])
        service.allow_open_files(1200)
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 1500, "never less than it was"
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_a_server_looks_for_cycles_seldom_but_does(tmp_path):
    look = (
        "import gc, weakref\n"
        "from edp_app import server\n"
        "from edp_app.config import from_environment\n"
        "class Knot: pass\n"
        "def while_serving():\n"
        "    knot = Knot()\n"
        "    knot.itself, seen = knot, weakref.ref(knot)\n"
        "    del knot\n"
        "    gc.collect()\n"
        "    print('seen', gc.get_threshold(), gc.isenabled(), gc.get_freeze_count() > 10_000, seen())\n"
        "server.wait_for_stop = while_serving\n"
        "server.serve(from_environment())\n"
    )
    environment = {**os.environ, "EDP_DATA": str(tmp_path), "EDP_PORT": str(free_port())}
    done = subprocess.run(
        [sys.executable, "-c", look], env=environment, capture_output=True, text=True, timeout=120
    )
    assert f"seen {service.COLLECT_AFTER} True True None" in done.stdout, done.stderr


def test_a_page_that_goes_on_asking_too_fast_is_cut(live, monkeypatch):
    monkeypatch.setitem(entrance.OPS, "phone", (20, 0.001))  # however long these take
    wire = Wire(live, "phone")
    for number in range(20 + handlers.MOST_RUSHED + 5):
        wire.ask(number, "op", {"op_id": "operation", "command": {"type": "join"}})
    assert wire.is_ended()
    until(lambda: not live.live.handlers.members)


def test_changes_go_out_over_the_wire_in_the_order_of_the_answers(live):
    wire = Wire(live, "screen")
    wire.ask(1, "view", {})
    base = wire.answer_to(1)
    live.rooms.room.do(c.OpenStage("swot"))
    live.rooms.room.do(c.PauseStage("swot.1"))
    wire.ask(2, "view", {})
    read = [wire.raw.read_text() for _ in range(2)]
    assert sorted(text[:3] for text in read) == ["42[", "432"]
    seq = base["seq"]
    for text in read:
        if text.startswith("42["):
            change = json.loads(text[2:])[1]
            assert change["from"] == seq
            seq = change["to"]
        else:
            assert json.loads(text[3:])[0]["seq"] == seq
    assert seq == live.rooms.room.state.seq


def test_stopping_ends_every_connection(live):
    wires = [Wire(live, role) for role in ("phone", "screen")]
    live.live.stop()
    for wire in wires:
        assert wire.is_ended()
    until(lambda: not live.live.server.eio.sockets)


@asynchronous
async def test_everything_works_on_the_plain_layer_too(tmp_path):
    with LiveServer(tmp_path, EDP_OWN_WEBSOCKET="0") as server:
        owner = server.account("ana")
        _, code = server.workshop(short(), owner)
        async with (
            Page(server.url, "console", code, cookie=server.sign_in("ana")) as console,
            Page(server.url, "phone", code) as phone,
            Page(server.url, "screen", code, transports=("polling",)) as screen,
        ):
            await console.must("open_stage", stage="swot")
            await phone.must("join")
            await phone.must("describe", group="business", territory="tacna")
            await phone.must("add_item", run="swot.1", column="s", title="Olive groves")
            await screen.until(lambda: screen.view.get("now", {}).get("count", {}).get("s") == 1)
            await console.until(lambda: console.view["items"])
