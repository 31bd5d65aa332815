"""What stands on cards is worked out again from the log, and a difference is found."""

import copy
from typing import Any

import msgspec
import pytest

from edp_app.core.canonical import encode, kind_of
from edp_app.core.views import view
from edp_app.rehearsal.borne_out import borne_out
from edp_app.rehearsal.ledger import Operation
from edp_app.rehearsal.recount import Row, recount
from edp_app.rehearsal.recount_cards import cards_shown
from edp_app.rehearsal.retally import Replay
from tests.support.cards import held
from tests.support.memory import plain

ROOM = held()
LOG = [
    Row(one.seq, kind_of(one.event), one.actor, op, msgspec.json.decode(encode(one.event)), one.digest)
    for one, op in zip(ROOM.log, ROOM.op_ids, strict=True)
]
SHOWN: Any = plain(view(ROOM.state, "console"))
RESULTS = {run: past["result"] for run, past in SHOWN["results"].items()}
CARDS = cards_shown(SHOWN)


def problems(cards: Any) -> list[str]:
    return recount(LOG, RESULTS, cards).problems


def test_what_is_shown_follows_from_the_log() -> None:
    assert sorted(CARDS) == ["mix", "project"]
    assert problems(CARDS) == []


@pytest.mark.parametrize("what", ["value", "merged", "item", "order", "stage"])
def test_a_difference_is_found(what: str) -> None:
    cards = copy.deepcopy(CARDS)
    first, second = cards["project"]["order"]
    if what == "value":
        cards["project"]["cards"][first]["solution"]["value"] += "!"
    elif what == "merged":
        del cards["project"]["cards"][second]["cost"]["also"]
    elif what == "item":
        del cards["project"]["cards"][first]
    elif what == "order":
        cards["mix"]["order"].reverse()
    else:
        del cards["mix"]
    assert problems(cards)


def test_a_newer_text_has_to_stand_in_the_log() -> None:
    replay, item = Replay(LOG), CARDS["mix"]["order"][0]
    command = {"type": "fill_card", "run": "mix.1", "item": item, "field": "plan", "value": "x"}
    answer = {"ok": False, "refusal": {"code": "outdated"}}

    def refused(revision: int) -> bool:
        said = {**command, "revision": revision}
        return borne_out(Operation("o", "p:1", said, "contribution", answer=answer), replay)

    assert refused(0)
    assert not refused(1)
