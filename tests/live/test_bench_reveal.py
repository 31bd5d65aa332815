"""What revealing costs, measured on rooms as small as they go: does what is measured happen?"""

import json
from pathlib import Path

import pytest

from bench import reveal
from bench.servers import Place
from bench.stored import Room
from edp_app.rooms.counting import BIG

pytestmark = [pytest.mark.live, pytest.mark.slow]

PAGES, VOTERS = 3, 4


def measured(room: Room, folder: Path) -> reveal.Measured:
    place = Place(server_core=0, load_core=0, first=False, folder=folder)
    return reveal.measure_one(reveal.Plan(place, pages=PAGES, quiet_seconds=3), room, VOTERS)


def test_a_big_vote_is_counted_by_another_process_and_told_to_every_page(tmp_path: Path) -> None:
    room = Room(130, 100, apart=False)
    assert room.people * room.items * 4 >= BIG
    found = measured(room, tmp_path)
    told = found.reveal
    assert told["child_cpu_s"] > 0, "it was counted by a process of its own"
    assert told["child_kb"] > 1000
    assert told["counted_s"] > 0
    assert told["last_page_s"] >= told["first_page_s"] > 0
    assert all(size > 100 * room.items for size in told["result_bytes"].values()), "each has every item"
    assert all(found.span(name)["stored"] >= VOTERS for name in ("quiet", "revealing", "after"))
    assert found.span("counting")["stored"] > 0, "how many depends on how fast this machine counts"
    assert all(found.span(name)["cpu_s"] > 0 for name in ("quiet", "counting", "revealing", "after"))
    assert told["lost"] == 0
    for role, before in found.opened["view_bytes"].items():
        assert found.back["view_bytes"][role] > before, "whoever opens the page now is told the result, too"
    assert found.score["ops"] == PAGES * 15
    assert found.score["answer_bytes"] > 50 * room.items, "an answer holds all of one's own"
    json.dumps(reveal.as_json([found]))


def test_a_small_one_is_counted_by_none(tmp_path: Path, long: bool) -> None:
    if not long:
        pytest.skip("with --long: the same way as the big one")
    found = measured(Room(6, 4, apart=True), tmp_path)
    assert found.reveal["counted_s"] is None
    assert found.reveal["last_page_s"] > 0
    table = list(reveal.table([found]))
    assert "4 items × 6 voters, apart; 4 vote elsewhere" in table[0]
    assert "| CPU s of the process that counts | – |" in table
