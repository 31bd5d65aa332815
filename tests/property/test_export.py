"""Whatever a workshop's log holds: out into a file and into another installation, it is the same workshop."""

import io
from pathlib import Path

from hypothesis import given, settings

from edp_app.log import export, portable, store
from edp_app.log.backup import make, restore
from tests.property.test_log_repeats import Asked, a_workshop, at_once, scripts
from tests.support.carrying import held
from tests.support.memory import START
from tests.support.workshops import StoredWorkshop, open_database


def the_same(workshop: StoredWorkshop, there: Path) -> None:
    database = open_database(there)
    try:
        out = io.BytesIO()
        row = workshop.database.read(store.workshop_by_id, workshop.id)
        assert row
        workshop.database.read(export.export_log, row, out, START, "1.0", names=True)
        log = export.read_log(io.BytesIO(out.getvalue()))
        database.call(export.import_log, log, None, 1)
        before, after = held(workshop.database, workshop.id), held(database, workshop.id)
        assert after == before
        assert after["head"].ok
    finally:
        database.close()


@settings(max_examples=15)
@given(script=scripts)
def test_out_and_in_again_is_the_same_workshop(script: list[Asked]) -> None:
    with a_workshop() as workshop:
        at_once(workshop, script)
        the_same(workshop, workshop.path.with_name("there.db"))


@settings(max_examples=10)
@given(script=scripts)
def test_a_backup_put_in_place_is_the_same_workshop(script: list[Asked]) -> None:
    with a_workshop() as workshop:
        at_once(workshop, script)
        made = make(workshop.database.engine, workshop.path.with_name("it.backup"), 1, "1.0")
        there = open_database(workshop.path.with_name("there.db"))
        with portable.opened(made.path, made.path.parent) as backup:
            restore(there.engine, backup)
        assert held(there, workshop.id) == held(workshop.database, workshop.id)
        there.close()
