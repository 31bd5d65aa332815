"""How many pages the processes of an installation serve, for those who want to know the sum."""

from collections.abc import Mapping
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from edp_app.log.models import Presence
from edp_app.log.store.sql import execute

LEASE_MS = 15_000
"""What a process said longer ago than this is not counted: it has probably ended without taking it back."""

FORGET_MS = 24 * 3600 * 1000

_NOW = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)"
"""The database's clock, since those of two machines differ."""


class Counts(NamedTuple):
    """Connected pages of one workshop. ``phones`` are people, of whom each may have several pages open."""

    phones: int = 0
    screens: int = 0
    consoles: int = 0


NOBODY = Counts()


def note_presence(session: Session, process: str, counts: Mapping[str, Counts]) -> None:
    """Store what this process serves now, by workshop, in place of all that it said before. Workshops without
    anybody need not be named. PostgreSQL only."""
    session.execute(sa.delete(Presence).where(Presence.process == process))
    execute(session, f"DELETE FROM presence WHERE at < {_NOW} - {FORGET_MS}")  # noqa: S608 -- ours
    statement = f"INSERT INTO presence VALUES (?, ?, ?, ?, ?, {_NOW})"  # noqa: S608 -- ours
    for workshop_id, count in counts.items():
        execute(session, statement, (process, workshop_id, *count))


def presence_elsewhere(session: Session, process: str) -> dict[str, Counts]:
    """What all other processes serve, by workshop. PostgreSQL only."""
    served = "SELECT workshop_id, sum(phones), sum(screens), sum(consoles) FROM presence"
    lately = f"WHERE process <> ? AND at > {_NOW} - {LEASE_MS} GROUP BY workshop_id"
    rows = execute(session, f"{served} {lately}", [process])
    return {row[0]: Counts(*map(int, row[1:])) for row in rows}
