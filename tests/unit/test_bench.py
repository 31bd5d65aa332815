"""The parts of the benchmark that can be wrong without anybody noticing: frames, figures, verdicts."""

import socket
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from sqlalchemy import event, text
from sqlalchemy.pool import Pool
from wsproto.connection import Connection, ConnectionType
from wsproto.events import TextMessage

from bench import account, machine, unsynced
from bench.figures import medians, percentile, visible
from bench.frames import masked, split
from bench.loop import Loop, clock
from bench.page import Audience, position
from bench.run import Measured, Plan
from bench.servers import Place, lift_session
from edp_app import cli_bench
from edp_app.log.database import Database
from edp_app.log.engine import database_url


@pytest.mark.parametrize("size", [0, 1, 3, 4, 125, 126, 127, 1000, 65535])
def test_a_frame_of_ours_is_read_by_the_library(size):
    said = ("año 🦋 " * (size // 8 + 1)).encode()[:size].decode(errors="ignore")
    server = Connection(ConnectionType.SERVER)
    server.receive_data(masked(said.encode()))
    (heard,) = server.events()
    assert isinstance(heard, TextMessage)
    assert (heard.data, heard.message_finished) == (said, True)


def test_no_mask_is_zero_since_servers_skip_the_work_for_that():
    assert all(masked(b"x")[2:6] != bytes(4) for _ in range(200))


def test_frames_are_told_apart_however_they_arrive():
    server = Connection(ConnectionType.SERVER)
    texts = ["", "a", "b" * 125, "c" * 126, "d" * 70_000]
    stream = b"".join(server.send(TextMessage(data=text)) for text in texts)
    whole, rest = split(stream)
    assert ([payload.decode() for _, payload in whole], rest) == (texts, b"")
    found, rest = [], b""
    for start in range(0, len(stream), 997):
        frames, rest = split(rest + stream[start : start + 997])
        found += frames
    assert found == whole


@pytest.mark.parametrize(
    ("percent", "expected"), [(1, 1.0), (50, 50.0), (99, 99.0), (100, 100.0), (0.5, 1.0)]
)
def test_a_percentile_is_the_value_that_so_many_do_not_exceed(percent, expected):
    assert percentile([float(n) for n in range(1, 101)], percent) == expected


def test_of_nothing_there_is_no_percentile_and_of_one_it_is_that():
    assert percentile([], 99) is None
    assert percentile([7.0], 1) == percentile([7.0], 99) == 7.0


def test_an_operation_is_visible_with_the_first_change_that_reaches_it():
    changes = [SimpleNamespace(to=5, arrivals=[1.0]), SimpleNamespace(to=9, arrivals=[2.0, 2.5])]
    ops = [SimpleNamespace(tapped=0.5, first=5), SimpleNamespace(tapped=0.5, first=6)]
    assert visible(ops, changes) == [500.0, 1500.0, 2000.0]
    assert visible([SimpleNamespace(tapped=0.0, first=10)], changes) == [], "nobody was told of it yet"


def test_a_change_is_known_by_its_bytes_and_counted_for_each_page():
    audience = Audience()
    first = b'42["change",{"from":3,"to":12,"patch":{"now":{"cast":{"to":99}}}}]'
    for now in (1.0, 1.1):
        audience.heard(first, now)
    audience.heard(first.replace(b"12", b"13"), 2.0)
    assert [(change.to, change.arrivals) for change in audience.order] == [(12, [1.0, 1.1]), (13, [2.0])]
    assert (audience.deliveries, audience.bytes) == (3, 3 * len(first))
    assert position(b'{"ok":false}', b'"first":') == -1


def test_medians_are_of_numbers_and_what_went_wrong_is_added_up():
    rounds = [
        {"ms": 1.0, "lost": 0, "refused": {}},
        {"ms": 9.0, "lost": 2, "refused": {"too_fast": 1}},
        {"ms": 2.0, "lost": 1, "refused": {"too_fast": 2, "outdated": 1}, "only_here": 4},
    ]
    assert medians(rounds) == {
        "ms": 2.0,
        "lost": 3,
        "refused": {"too_fast": 3, "outdated": 1},
        "only_here": 4,
    }


def measured(**changed: float) -> Measured:
    """A measurement in which every aim is just met, but for what is changed."""
    value = {
        "delivery": 13.0, "node": 10.0, "votes": 8000.0, "orm": 1000.0, "unsynced": 8800.0, "ack": 50.0,
        "visible": 150.0, "item": 150.0, "hall": 200.0, "kb": 60.0, "quiet": 10.0, "reporting": 12.0,
    } | changed  # fmt: skip
    mine = {
        "join": {"kb_per_phone": value["kb"]},
        "write": {"cpu_per_delivery_us": value["delivery"], "visible_p99_ms": value["item"]},
        "steady": {"ack_p99_ms": value["ack"], "visible_p99_ms": value["visible"]},
    }
    return Measured(
        crowds={("edp", 1000): mine, ("node", 1000): {"write": {"cpu_per_delivery_us": value["node"]}}},
        hall={"everyone": {"ack_p99_ms": value["hall"]}},
        durable={"flat_out": {"votes_per_s": value["votes"]}},
        unsynced={"flat_out": {"votes_per_s": value["unsynced"]}},
        orm={"flat_out": {"votes_per_s": value["orm"]}},
        quiet={"steady": {"ack_p99_ms": value["quiet"]}},
        reporting={"steady": {"ack_p99_ms": value["reporting"]}},
    )


PLAN = Plan(Place(0, 1, first=False, folder=Path()), (1000,), rounds=3, hall=2000)


def test_aims_that_are_just_met_are_met():
    assert [aim.met for aim in account.aims(PLAN, measured())] == [True] * 9


@pytest.mark.parametrize(
    ("name", "value", "missed"),
    [
        ("delivery", 13.1, 0),
        ("orm", 1001.0, 1),
        ("unsynced", 8889.0, 2),
        ("ack", 50.1, 3),
        ("visible", 150.1, 4),
        ("item", 150.1, 5),
        ("hall", 200.1, 6),
        ("kb", 60.1, 7),
        ("reporting", 12.1, 8),
    ],
)
def test_each_aim_is_missed_by_itself(name, value, missed):
    judged = account.aims(PLAN, measured(**{name: value}))
    assert [index for index, aim in enumerate(judged) if aim.met is False] == [missed]


def test_a_smaller_crowd_neither_meets_nor_misses_what_is_said_of_a_thousand():
    found = measured(ack=1.0)
    found.crowds = {(name, 50): phases for (name, _), phases in found.crowds.items()}
    judged = account.aims(Plan(PLAN.place, (50,), rounds=1, hall=0), found)
    assert [aim.met for aim in judged] == [True, True, True, None, None, None, None, None, True]


def test_the_entry_names_the_unit_of_every_figure_and_what_went_wrong():
    found = measured(delivery=20.0)
    found.crowds["edp", 1000]["steady"] |= {"refused": {"outdated": 3}, "load_busy_pct": 97.0}
    entry = account.entry(PLAN, found, before=0.4, others=31.0)
    units = ("/s", "µs", "ms", "KB", "%", " s", "per phone")
    assert all(any(unit in heading for unit in units) for heading, *_ in account.FIGURES)
    assert "2.00 × (20.0 beside 10.0 µs) | **missed**" in entry
    assert "refused: outdated 3" in entry
    assert "saturated (97 %)" in entry
    assert "31 % of all processors: it was not quiet" in entry
    assert "medians of 3 rounds" in entry


def test_the_clock_of_another_process_counts_its_work_and_not_ours():
    busy = "import sys\nfor _ in range(10**6): pass\nprint(flush=True)\nsys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", busy], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        child.stdout.readline()
        used = machine.cpu_seconds(child.pid)
        assert used > 0
        own = time.process_time()
        while time.process_time() < own + 0.05:
            pass
        assert machine.cpu_seconds(child.pid) < used + 0.05
        assert machine.resident_kb(child.pid) > 1000
        child.stdin.close()


def test_the_loop_keeps_the_order_of_its_times_and_gives_up_in_the_end():
    loop, seen = Loop(), []
    now = clock()
    for delay, name in ((0.002, "later"), (0.0, "now"), (0.002, "after it")):
        loop.at(now + delay, lambda name=name: seen.append(name))
    left, right = socket.socketpair()
    with left, right:
        loop.watch(left.fileno(), lambda _events: seen.append(left.recv(9).decode()))
        loop.at(now + 0.003, lambda: right.send(b"heard"))
        loop.run(lambda: len(seen) == 4, 10, "everything")
        assert seen == ["now", "later", "after it", "heard"]
        with pytest.raises(TimeoutError, match="the end of days"):
            loop.run(lambda: False, 0.01, "the end of days")
    loop.close()


@pytest.mark.parametrize(("left_by_its_owner", "lifted"), [("0", "-20"), ("10", "-10"), ("-20", "-20")])
def test_a_session_is_lifted_once_by_as_much_as_the_server(tmp_path, left_by_its_owner, lifted):
    autogroup = tmp_path / "autogroup"
    autogroup.write_text(f"/autogroup-7 nice {left_by_its_owner}\n")
    lift_session(autogroup)
    assert autogroup.read_text().split()[-1] == lifted


def test_waiting_for_no_disk_is_really_so(tmp_path):
    def synchronous() -> int:
        database = Database.open(database_url(tmp_path / "log.sqlite3"))
        try:
            return database.read(lambda session: session.execute(text("PRAGMA synchronous")).scalar_one())
        finally:
            database.close()

    assert synchronous() == 2, "the product waits"
    unsynced.never_wait()
    try:
        assert synchronous() == 0
    finally:
        event.remove(Pool, "checkout", unsynced._careless)


def test_without_the_checkout_the_command_says_where_it_is(monkeypatch, tmp_path):
    monkeypatch.setattr(cli_bench, "CHECKOUT", tmp_path)
    done = CliRunner().invoke(cli_bench.bench, ["--quick"])
    assert done.exit_code == 1
    assert "./edp bench" in done.output


@pytest.mark.parametrize("phones", ["", "0", "many", "100,,500", "5000"])
def test_crowds_that_make_no_sense_are_refused(phones):
    done = CliRunner().invoke(cli_bench.bench, ["--phones", phones])
    assert done.exit_code == 2
    assert "no list of numbers from 1 to 2000" in done.output
