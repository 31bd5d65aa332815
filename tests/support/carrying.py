"""What tests of backups and exports start from: a workshop with something of everything, and what anybody is
shown of whatever came out at the other end."""

from pathlib import Path
from typing import Any
from unittest import mock

import sqlalchemy as sa
from click.testing import CliRunner, Result
from sqlalchemy.orm import Session

from edp_app.cli import edp
from edp_app.core.commands import (
    AddItem,
    CastBallot,
    CloseStage,
    EnterPaperBallot,
    HideItem,
    Join,
    NameMyself,
    OpenStage,
    RevealResult,
)
from edp_app.core.state import State
from edp_app.core.views import AUDIENCES, self_view, view
from edp_app.core.workshop import fold
from edp_app.log import store
from edp_app.log.database import Database
from edp_app.log.models import Operation
from tests.support.definitions import GROUPS, short
from tests.support.memory import plain
from tests.support.workshops import StoredWorkshop

NAME = "Rosa Quispe"
ERASED = "The mayor's water"


def lively(where: Path | str) -> StoredWorkshop:
    """Six people, a sheet of paper, names, items (one erased, one hidden), a revealed vote, repeats and
    refusals."""
    workshop = StoredWorkshop(where, short())
    people = workshop.people(6)
    workshop.must(NameMyself(name=NAME, organisation="Minka"), people[0])
    workshop.must(OpenStage(stage="swot"))
    items = [
        f"i{workshop.must(AddItem(run='swot.1', column='w', title=title), people[n]).first}"
        for n, title in enumerate((ERASED, "Few roads", "Salty soil"))
    ]
    assert not workshop.do(AddItem(run="swot.1", column="nowhere", title="Lost"), people[3]).ok
    assert not workshop.do(Join(), people[3]).first  # nothing to change
    workshop.must(OpenStage(stage="weigh"))
    for voter in people:
        workshop.must(CastBallot(run="weigh.1", item=items[0], dots=2), voter)
        workshop.must(CastBallot(run="weigh.1", item=items[1], dots=1), voter)
    workshop.must(EnterPaperBallot(run="weigh.1", voter="7", group=GROUPS[0], dots={items[1]: 2}))
    workshop.must(CloseStage(run="weigh.1"))
    workshop.must(RevealResult(run="weigh.1"))
    workshop.must(HideItem(item=items[2]))
    first = next(row[1] for row in workshop.log() if row[3] == "item_added")
    ballot = next(row[1] for row in workshop.log() if row[3] == "ballot_cast" and row[5] == people[5])
    workshop.database.call(store.erase_events, workshop.id, [first])
    workshop.must(OpenStage(stage="ideas"))
    workshop.database.call(store.erase_events, workshop.id, [ballot])
    workshop.rooms.notice()
    workshop.room.when_settled()
    return workshop


def shown(state: State) -> dict[str, Any]:
    """Everything that anybody is shown."""
    seen: dict[str, Any] = {name: plain(view(state, name)) for name in AUDIENCES}
    return seen | {"selves": {p: plain(self_view(state, p)) for p in state.persons}}


def held(database: Database, workshop_id: str) -> dict[str, Any]:
    """What a database holds of a workshop, as far as anybody could notice a difference."""

    def read(session: Session) -> dict[str, Any]:
        state = fold(store.log_of(session, workshop_id))
        query = sa.select(Operation).where(Operation.workshop_id == workshop_id)
        return {
            "views": shown(state),
            "head": store.verify(session, workshop_id),
            "names": store.names_of_workshop(session, workshop_id),
            "operations": {
                (row.actor, row.op_id): (row.content_hash, row.outcome, row.first_seq, row.last_seq)
                for row in session.scalars(query)
            },
        }

    return database.read(read)


def run(*arguments: str | Path, given: str = "") -> Result:
    """What a command says; its status."""
    with mock.patch("os.nice"):  # the tests go on at their own pace
        return CliRunner().invoke(edp, [str(argument) for argument in arguments], input=given)
