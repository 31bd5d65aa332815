"""Many rows into one table.

A statement for many rows is one call into SQLite. Row by row, the interpreter would change hands for each of
them, and the database thread would wait for the busy loop as many times.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

SIZES = (128, 16, 1)
"""How many rows the statements hold: few sizes, so that the prepared statements are reused."""


class Insert:
    """Inserts into ``table`` rows of these columns, in this order; the names are of our own code."""

    def __init__(self, table: str, columns: Sequence[str]) -> None:
        row = f"({', '.join('?' * len(columns))})"
        into = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "  # noqa: S608 -- names from our code
        self._statements = {size: into + ", ".join([row] * size) for size in SIZES}

    def run(self, session: Session, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert the rows in their order. Raises ``IntegrityError`` if a key is taken."""
        connection = session.connection()
        start = 0
        for size, statement in self._statements.items():
            while len(rows) - start >= size:
                values = tuple(value for row in rows[start : start + size] for value in row)
                connection.exec_driver_sql(statement, values)
                start += size
