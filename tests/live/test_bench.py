"""The benchmark against the real server and a ceiling, as small as it goes: does what it measures happen?"""

import json
from pathlib import Path

import pytest

from bench.servers import UNSYNCED, Load, Place, ceiling, product

pytestmark = [pytest.mark.live, pytest.mark.slow]

PEOPLE = 6


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(server_core=0, load_core=0, first=False, folder=tmp_path)


def test_every_vote_is_stored_and_every_phone_is_told(place: Place) -> None:
    with product(place) as running, Load(place, running, seed=1) as load:
        joined = load.do("join", people=PEOPLE)
        written = load.do("write")
        tapped = load.do("everyone")
        flat = load.do("flat_out")
        stormed = load.do("storm")
        load.do("end")
    phases = [joined, written, tapped, flat, stormed]
    assert [phase["refused"] for phase in phases] == [{}] * 5
    assert [phase["lost"] for phase in phases] == [0] * 5
    assert (written["stored"], tapped["stored"], flat["stored"]) == (40, PEOPLE, 18 * PEOPLE)
    assert written["broadcasts_per_phone"] > 1
    assert written["deliveries"] > PEOPLE * written["broadcasts_per_phone"], "the screen is told, too"
    assert written["visible_p99_ms"] >= written["visible_p50_ms"] > 0
    assert tapped["visible_p99_ms"] > 0, "the screen shows how many have voted"
    assert flat["broadcasts_per_phone"] == 0, "phones are not told of votes"
    assert all(phase["cpu_s"] > 0 for phase in phases)
    assert stormed["reconnect_p99_ms"] > 0
    json.dumps(phases)


def test_the_node_ceiling_answers_as_many_and_sends_as_much(place: Place) -> None:
    sizes = {"answer": 500, "change": 300, "view": 2000}
    with ceiling(place, "node", sizes) as running, Load(place, running, seed=1) as load:
        joined = load.do("join", people=PEOPLE)
        written = load.do("write")
        flat = load.do("everyone")
        load.do("end")
    assert joined["view_bytes"] == pytest.approx(sizes["view"], abs=5)
    assert written["change_bytes"] == sizes["change"]
    assert (written["stored"], flat["stored"]) == (40, PEOPLE)
    assert written["answer_bytes"] == pytest.approx(sizes["answer"], abs=5)


def test_the_server_that_never_waits_for_the_disk_serves(place: Place) -> None:
    with product(place, UNSYNCED) as running, Load(place, running, seed=1) as load:
        assert load.do("join", people=2)["refused"] == {}
