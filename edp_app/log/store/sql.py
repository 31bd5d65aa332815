"""The same statement for both databases, where the log is too hot for an ORM."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

_SIZES = (128, 16, 1)
"""Rows in one statement for SQLite. Row by row, the interpreter would change hands for each of them, and the
database thread would wait for the busy loop as many times. Few sizes, so that the prepared statements are
reused."""


def is_postgresql(session: Session) -> bool:
    """Whether this is PostgreSQL, else SQLite."""
    return session.get_bind().dialect.name == "postgresql"


def execute(session: Session, statement: str, values: Sequence[Any] = ()) -> "CursorResult[*tuple[Any, ...]]":
    """A statement with ``?`` for each value."""
    if is_postgresql(session):
        statement = _with_percent(statement)
    return session.connection().exec_driver_sql(statement, tuple(values))


@cache
def _with_percent(statement: str) -> str:
    return statement.replace("%", "%%").replace("?", "%s")


def insert(session: Session, table: str, columns: dict[str, str], rows: Sequence[Sequence[Any]]) -> None:
    """Store many rows by few statements. ``columns``: name to type on PostgreSQL, in the order of a row's
    values. Raises ``IntegrityError``."""
    if not rows:
        return
    if is_postgresql(session):
        arrays = [list(values) for values in zip(*rows, strict=True)]
        execute(session, _insert_arrays(table, tuple(columns.items())), arrays)
        return
    start = 0
    for size in _SIZES:
        while len(rows) - start >= size:
            values = [value for row in rows[start : start + size] for value in row]
            execute(session, _insert_rows(table, tuple(columns), size), values)
            start += size


@cache
def _insert_arrays(table: str, columns: tuple[tuple[str, str], ...]) -> str:
    """One array for each column: the statement is the same for any number of rows, and read once."""
    names = ", ".join(name for name, _ in columns)
    arrays = ", ".join(f"?::{kind}[]" for _, kind in columns)
    return f"INSERT INTO {table} ({names}) SELECT * FROM unnest({arrays})"  # noqa: S608 -- names of ours


@cache
def _insert_rows(table: str, columns: tuple[str, ...], count: int) -> str:
    row = f"({', '.join('?' * len(columns))})"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([row] * count)}"  # noqa: S608
