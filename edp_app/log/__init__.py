"""What is stored: accounts, the index of workshops, and the log of every workshop's events.

The log is what counts. The index and the operations can be made anew from it
(:mod:`edp_app.log.store.upkeep`).
"""

from typing import TYPE_CHECKING

from edp_app.log.database import Database
from edp_app.log.engine import database_path
from edp_app.log.models import db

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: "Flask", url: str) -> Database:
    """Connect an application to the database at this URL; its tables are not touched.

    The returned :class:`Database` is also ``app.extensions["edp.database"]``; pages use it, since
    Flask-SQLAlchemy's own session would wait for the disk in the event loop. Raises
    :class:`~edp_app.log.engine.UnusableDatabaseError`.
    """
    database_path(url)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db.init_app(app)
    with app.app_context():
        database = Database(db.engine)
    app.extensions["edp.database"] = database
    return database
