"""A server killed in the middle of everything: what it had answered is there, and the rest is whole."""

import signal
import subprocess
import sys
from pathlib import Path

from edp_app.core.commands import AddItem, OpenStage
from edp_app.log import store
from tests.support.definitions import short
from tests.support.workshops import StoredWorkshop, person

PEOPLE = 50

SERVER = f"""
import sys, gevent
from edp_app.core.commands import AddItem, Context
from edp_app.log.database import Database
from edp_app.rooms import Rooms
from tests.support.workshops import content, person

rooms = Rooms(Database.open(sys.argv[1]))
room = rooms.by_code(sys.argv[2])

def write(actor):
    n = 0
    while True:
        n += 1
        op_id = f"{{actor[-3:]}}-{{n:06d}}"
        command = AddItem(run="swot.1", column="s", title=f"Item {{op_id}}")
        outcome = room.submit(command, Context(actor, "participant", 1, op_id), content(command))
        if outcome.ok:
            print(op_id, outcome.first, flush=True)

gevent.joinall([gevent.spawn(write, person(n)) for n in range({PEOPLE})])
"""


def test_what_was_answered_survives_a_kill(where: Path | str) -> None:
    workshop = StoredWorkshop(where, short())
    workshop.people(PEOPLE)
    workshop.must(OpenStage(stage="swot"))
    url, code = str(workshop.database.engine.url), workshop.code
    workshop.close()
    command = [sys.executable, "-c", SERVER, url, code]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    answered = [server.stdout.readline() for _ in range(300)]
    server.send_signal(signal.SIGKILL)
    answered += server.stdout.readlines()
    server.wait()
    server.stdout.close()

    workshop.restart()
    assert workshop.database.read(store.verify, workshop.id).ok
    stored = {row[6]: row[1] for row in workshop.log() if row[3] == "item_added"}
    complete = [line.split() for line in answered if line.endswith("\n")]
    assert len(complete) >= 300
    assert {op_id: int(seq) for op_id, seq in complete}.items() <= stored.items()
    # Whatever was stored without an answer having come through is answered now, and stored once.
    unanswered = sorted(set(stored) - {op_id for op_id, _ in complete})
    for op_id in unanswered[:20]:
        actor = person(int(op_id[:3]))
        again = workshop.do(AddItem(run="swot.1", column="s", title=f"Item {op_id}"), actor, op_id)
        assert (again.repeated, again.first) == (True, stored[op_id])
    workshop.close()
