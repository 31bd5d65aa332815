"""Serving: gevent's WSGI server in one process, nothing patched; a stop loses no answer. On PostgreSQL,
several such processes serve the same workshops."""

import errno
import logging
import re
import signal
import sys
from collections.abc import Callable
from urllib.parse import urlsplit

import gevent
import gevent.event
from flask import Flask
from gevent.pywsgi import WSGIServer

from edp_app import create_app
from edp_app.clock import milliseconds
from edp_app.config import Settings, resource_dir
from edp_app.keeping import delete_overdue, throw_old_rehearsals_away
from edp_app.live.service import collect_seldom
from edp_app.live.transport import Handler
from edp_app.log import store
from edp_app.log.database import Database
from edp_app.log.engine import is_postgresql, sqlite_problem
from edp_app.log.lock import server_lock
from edp_app.network import interface_addresses, wifi_words
from edp_app.opened import bring_forward
from edp_app.rooms.places import log_places
from edp_app.terminal import qr, qr_beside
from edp_app.web.accounts import new_first_token
from edp_app.which_database import note_database

log = logging.getLogger(__name__)

RETENTION_SECONDS = 3600
"""How often workshops and rehearsals past their time are looked for."""

STOP_SECONDS = 5
"""How long requests under way may take when the server stops."""


_OTHER_SERVER = (
    "Perhaps another one, such as the demonstration, still runs in another terminal: "
    "end it there with Ctrl-C. "
)
_OTHER_PORT = "Choose another port with --port."


class CannotServeError(Exception):
    """The server cannot start; the message is a sentence for whoever started it."""


class Server:
    """One running server. Used by ``edp serve``, the demonstration and the tests alike."""

    def __init__(self, settings: Settings, clock: Callable[[], int] = milliseconds) -> None:
        self.settings = settings
        self._clock = clock
        self._retention: gevent.Greenlet | None = None
        self._check()
        self._lock = server_lock(settings.database_url, settings.secret_key)
        self._lock.acquire()
        try:
            self.app: Flask = create_app(settings)
            database: Database = self.app.extensions["edp.database"]
            if kept := bring_forward(settings, database.engine):
                log.warning("the tables were brought to those of this version; as it was: %s", kept)
            database.call(store.rebuild_missing)
            self.delete_overdue()
            self.app.extensions["edp.rooms"].when_hearing.append(self._renew_lock)
            self._wsgi = WSGIServer(
                (settings.host, settings.port),
                self.app,
                handler_class=Handler,
                log=None,  # addresses and the token of the first account stand in paths
                error_log=logging.getLogger("edp_app.server.errors"),
            )
        except BaseException:
            self._lock.release()
            raise

    def _check(self) -> None:
        problem = None if is_postgresql(self.settings.database_url) else sqlite_problem()
        if problem:
            raise CannotServeError(problem)
        manifest = resource_dir("static") / "dist" / "manifest.json"
        if not manifest.is_file():
            raise CannotServeError(
                f"The browser's part is missing: there is no {manifest}. "
                "Build it with: npm ci && npm run build"
            )

    def _renew_lock(self) -> None:
        try:
            gevent.get_hub().threadpool.apply(self._lock.renew)
        except Exception as error:  # noqa: BLE001 -- it is tried again with the next connection
            log_places(error, "the place among the servers of the database could not be taken again")

    def delete_overdue(self) -> None:
        """Delete the workshops that are kept no longer (EDP_RETENTION_DAYS), and rehearsals that nobody has
        ended."""
        database: Database = self.app.extensions["edp.database"]
        delete_overdue(database, self.settings.data, self.settings.retention_days, self._clock())
        throw_old_rehearsals_away(database, self.settings.data, self._clock())

    def _delete_now_and_then(self) -> None:
        while True:
            gevent.sleep(RETENTION_SECONDS)
            try:
                self.delete_overdue()
            except Exception as error:  # noqa: BLE001 -- it is tried again an hour later
                log_places(error, "workshops past their time could not be deleted")

    def start(self) -> None:
        """Listens from now on. Raises :class:`CannotServeError` if the port is taken."""
        try:
            self._wsgi.start()
            self.app.extensions["edp.rooms"].start()
            self._retention = gevent.spawn(self._delete_now_and_then)
        except OSError as error:
            self.stop()
            raise CannotServeError(
                f"Port {self.settings.port} on {self.settings.host} cannot be used: {error.strerror}. "
                f"{_OTHER_SERVER if error.errno == errno.EADDRINUSE else ''}{_OTHER_PORT}"
            ) from error

    def stop(self) -> None:
        """Stops: no new connections, what is under way is finished, pages are told to come back, the log is
        closed. Repeatable."""
        extensions = self.app.extensions
        if self._retention is not None:
            self._retention.kill()
        if self._wsgi.started:
            self._wsgi.stop_accepting()
        extensions["edp.crowds"].stop()
        extensions["edp.reports"].stop()
        extensions["edp.exports"].stop()
        extensions["edp.apart"].stop()
        extensions["edp.live"].stop()
        if self._wsgi.started:
            self._wsgi.stop(timeout=STOP_SECONDS)
        extensions["edp.rooms"].stop()
        extensions["edp.database"].close()
        self._lock.release()

    def first_account_url(self) -> str | None:
        """The address at which the first account is made, with a fresh token; None if there is an account."""
        database: Database = self.app.extensions["edp.database"]
        token = database.call(new_first_token, milliseconds())
        return None if token is None else f"{self.settings.base_url()}/first/{token}"

    def banner(self) -> str:
        """What the terminal says at the start: where to join (in a local network with a QR code for phones),
        and where to sign in."""
        base = self.settings.base_url()
        lines = [f"Join       {base}/", f"Sign in    {base}/login"]
        if self.settings.lan:
            lines[0] += _by(interface_addresses(), base)
            lines += lan_lines(self.settings, base)
        if address := self.first_account_url():
            lines += [
                "",
                "There is no account yet. Make the first one within 24 hours at this address; it works once:",
                f"  {address}",
            ]
        return "\n".join(lines)


def lan_lines(settings: Settings, base: str) -> list[str]:
    """What the terminal says of the local network: where else to join, QR codes for phones, and what may go
    wrong."""
    interfaces = interface_addresses()
    lines = []
    others = [address for address in settings.machine_addresses if f"//{address}:" not in base]
    for number, address in enumerate(others):
        url = f"http://{address}:{settings.port}"
        lines.append(f"{'' if number else 'Also':<10} {url}/{_by(interfaces, url)}")
    if not interfaces:
        lines += ["", "No network was found: phones cannot join. Connect this computer, then start again."]
    join = ("2  Scan to join", f"{base}/") if settings.wifi_name else ("Phones join by this QR.", f"{base}/")
    if settings.wifi_name:
        wifi = wifi_words(settings.wifi_name, settings.wifi_password)
        lines += ["", qr_beside((f"1  Join the Wi-Fi “{settings.wifi_name}”", wifi), join).rstrip("\n")]
    else:
        lines += ["", join[0], qr(join[1]).rstrip("\n")]
    return [*lines, "", MAY_LEAVE]


def _by(interfaces: dict[str, str], url: str) -> str:
    """Through which network an address of this machine is reached; of a name, that nobody has looked whether
    phones find it."""
    host = urlsplit(url).hostname or ""
    if interface := interfaces.get(host):
        return f"   ({interface})"
    return "" if re.fullmatch(r"[0-9.]+", host) else "   (only where the network knows this name)"


MAY_LEAVE = """Phones may leave a Wi-Fi that has no internet, without a word. Tell people at the beginning:
switch mobile data off; or, if the phone asks, choose “stay connected” (“use without internet”)."""


def serve(settings: Settings) -> None:
    """Serves until SIGINT or SIGTERM. Raises :class:`CannotServeError`, or what the log refuses to start."""
    set_up_logging(settings)
    server = Server(settings)
    server.start()
    note_database(settings)
    collect_seldom()
    sys.stdout.write(server.banner() + "\n\nStop with Ctrl-C.\n")
    sys.stdout.flush()
    wait_for_stop()
    server.stop()


def wait_for_stop() -> None:
    """Serves on until SIGINT or SIGTERM."""
    stopping = gevent.event.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        gevent.signal_handler(number, stopping.set)
    stopping.wait()
    sys.stdout.write("\nStopping …\n")
    sys.stdout.flush()


def set_up_logging(settings: Settings) -> None:
    """One line for each thing worth knowing, on the standard error; no addresses, no tokens, no texts."""
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr
    )
    logging.getLogger("alembic").setLevel(logging.WARNING)
