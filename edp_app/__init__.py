"""Live workshops for entrepreneurial discovery."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from edp_app.config import Settings

__version__ = "0.1.0"


def create_app(settings: "Settings | None" = None) -> "Flask":
    """The whole application, ready to be served: wiring only.

    ``settings`` default to those of the environment. In ``app.extensions`` stand, under these names, the
    parts that others need: ``edp.settings``, ``edp.database``, ``edp.rooms``, ``edp.live``, ``edp.reports``,
    ``edp.crowds``, ``edp.limits``, ``edp.bundle``. Nothing is listened on and no migration is run here:
    :mod:`edp_app.server` does that.
    """
    # Imported here, so that the rules and the report can be used without the web framework.
    from flask import Flask
    from werkzeug.middleware.proxy_fix import ProxyFix

    from edp_app import config, i18n, web
    from edp_app.apart import CountApart
    from edp_app.crowds import Crowds
    from edp_app.live.consoles import Consoles
    from edp_app.live.service import Live
    from edp_app.log.database import Database
    from edp_app.log.models import db
    from edp_app.rooms import Rooms
    from edp_app.web.definitions import library
    from edp_app.web.security import HostGuard

    settings = settings or config.from_environment()
    app = Flask(
        __name__,
        template_folder=str(config.resource_dir("templates")),
        static_folder=str(config.resource_dir("static") / "dist"),
        static_url_path="/static/dist",
    )
    app.secret_key = settings.secret_key
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.extensions["edp.settings"] = settings

    db.init_app(app)
    database = app.extensions["edp.database"] = Database.open(settings.database_url)
    apart = app.extensions["edp.apart"] = CountApart(settings)
    rooms = app.extensions["edp.rooms"] = Rooms(database, apart=apart)

    i18n.init(app)
    web.init(app, settings)
    reports = app.extensions["edp.reports"]
    consoles = Consoles(app, database)
    last = reports.last_progress
    live = app.extensions["edp.live"] = Live(app, rooms, settings, consoles, last, library)
    reports.listeners.append(live.report_progress)
    crowds = app.extensions["edp.crowds"] = Crowds(settings, live.broadcaster.is_watched)
    rooms.when_put_away.append(crowds.end)  # first, so that nobody of theirs comes back to a fresh copy
    rooms.when_put_away.append(live.cut_workshop)
    rooms.when_rights_change.append(live.cut_account)
    rooms.count_elsewhere(live.broadcaster.counts, live.broadcaster.count_elsewhere)

    # From the inside out: pages and live connection, the names we answer to, what a proxy says of visitors.
    app.wsgi_app = HostGuard(app.wsgi_app, settings)  # type: ignore[method-assign]
    if settings.proxies:
        n = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    return app
