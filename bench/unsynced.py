"""``edp serve`` with a database that never waits for the disk: for measuring what waiting costs.

It is no setting of the product: whoever pulls the plug loses what was acknowledged.
"""

from typing import Any

from sqlalchemy import event
from sqlalchemy.pool import Pool

from edp_app.cli import main


def never_wait() -> None:
    """Have every connection leave the writing to the system. It comes after what the product asks for, since
    a connection is made before it is handed out."""
    event.listen(Pool, "checkout", _careless)


def _careless(connection: Any, _record: object, _proxy: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous = OFF")
    cursor.close()


if __name__ == "__main__":
    never_wait()
    main()
