"""What everybody would write first: one row and one commit for each vote, through the ORM.

No network, no rules, no log: the plain cost of ``session.add`` and ``session.commit`` with Flask-SQLAlchemy
on an SQLite file in WAL mode with ``synchronous=FULL``, on the same disk as the server's database.

``python -m bench.orm_commit FOLDER SECONDS`` prints a line of JSON.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from pysqlite3 import dbapi2
from sqlalchemy import event
from sqlalchemy.orm import Mapped, mapped_column


def votes_per_second(folder: Path, seconds: float) -> dict[str, float]:
    """Votes stored in so many seconds, each in a commit of its own."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder / 'orm.sqlite3'}"
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"module": dbapi2}
    db = SQLAlchemy()

    class Vote(db.Model):  # type: ignore[name-defined, misc]
        """One ballot."""

        id: Mapped[int] = mapped_column(primary_key=True)
        person: Mapped[str]
        item: Mapped[str]
        dots: Mapped[int]
        at: Mapped[int]

    db.init_app(app)
    with app.app_context():
        event.listen(db.engine, "connect", _durable)
        db.create_all()
        count, start = 0, time.perf_counter()
        while time.perf_counter() - start < seconds:
            db.session.add(
                Vote(
                    person=f"p:{count % 200:026}",
                    item=f"i{count % 40}",
                    dots=1,
                    at=time.time_ns() // 1_000_000,
                )
            )
            db.session.commit()
            count += 1
        return {"votes_per_s": count / (time.perf_counter() - start)}


def _durable(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


if __name__ == "__main__":
    sys.stdout.write(json.dumps(votes_per_second(Path(sys.argv[1]), float(sys.argv[2]))) + "\n")
