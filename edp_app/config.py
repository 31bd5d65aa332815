"""Settings, typed, from the environment: every name begins with ``EDP_``. docs/deployment.md lists them.

A setting that makes no sense stops the start with a sentence that names it: nothing is guessed.
"""

import contextlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from edp_app.core.definition import LANGUAGES
from edp_app.network import machine_addresses

PACKAGE = Path(__file__).resolve().parent

LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "::1")


class SettingsError(ValueError):
    """A setting cannot be used; the message is a sentence for whoever starts the server."""


def resource_dir(name: str) -> Path:
    """Where ``templates``, ``static`` or ``workshops`` are: inside the installed package, else beside it in a
    checkout. Raises :class:`SettingsError` if neither is there."""
    for place in (PACKAGE / name, PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise SettingsError(f"The folder “{name}” of the program is missing. Please install it again.")


@dataclass(frozen=True)
class Settings:
    """Everything that an operator may decide. Made by :func:`from_environment`; tests make their own."""

    data: Path
    """Folder of the database, the secret key and the finished reports."""
    database_url: str = field(repr=False)
    """An SQLite file, or PostgreSQL: ``postgresql+psycopg://user:password@host/name``."""
    host: str = "127.0.0.1"
    port: int = 8000
    lan: bool = False
    """Whether other machines of the local network may come in under this machine's addresses."""
    public_url: str = ""
    """The address that links and QR codes name, without a slash at the end; empty: the request's."""
    allowed_hosts: tuple[str, ...] = ()
    """Host names under which requests are answered, in addition to those of :meth:`hosts`."""
    proxies: int = 0
    """How many reverse proxies stand in front; their X-Forwarded-* headers are believed, nobody else's."""
    language: str = "en"
    """The language where neither a choice, an account nor the browser says one."""
    secret_key: str = field(default="", repr=False)
    own_websocket: bool = True
    """Our WebSocket layer, or (off) the plain one of Engine.IO; docs/decisions/0011-websocket-layer.md."""
    report_seconds: int = 240
    """A report that is not finished by then is given up."""
    report_megabytes: int = 1500
    """The address space that a report may take."""
    retention_days: int = 0
    """Workshops that ended longer ago than this are deleted whole; 0: never."""
    log_level: str = "INFO"
    machine_addresses: tuple[str, ...] = ()
    """This machine's own addresses, found at the start in LAN mode."""
    wifi_name: str = ""
    """The Wi-Fi of the room, for the pages and the terminal of LAN mode; empty: nothing is said of one."""
    wifi_password: str = field(default="", repr=False)
    """Empty: the Wi-Fi is open."""
    wifi_on_screen: bool = False
    """Whether the screen says name and password of the Wi-Fi until the first stage is opened."""

    @property
    def is_https(self) -> bool:
        """Whether the public address is encrypted, so that cookies must never travel in the clear."""
        return self.public_url.startswith("https://")

    def hosts(self) -> frozenset[str]:
        """Every host name (lower case, no port) under which a request is answered."""
        names = {*LOOPBACK_HOSTS, *self.allowed_hosts}
        if self.public_url:
            names.add(urlsplit(self.public_url).hostname or "")
        if self.lan:
            names.update(self.machine_addresses)
        return frozenset(name.lower() for name in names if name)

    def origins(self) -> list[str]:
        """The origins whose pages may open a live connection, as browsers write them."""
        found = []
        if self.public_url:
            parts = urlsplit(self.public_url)
            found.append(f"{parts.scheme}://{parts.netloc}")
        for host in sorted(self.hosts()):
            shown = f"[{host}]" if ":" in host else host
            for scheme, usual in (("http", 80), ("https", 443)):
                found.append(f"{scheme}://{shown}:{self.port}")
                if self.port == usual or host in self.allowed_hosts:
                    found.append(f"{scheme}://{shown}")
        return list(dict.fromkeys(found))

    def base_url(self, asked: str = "") -> str:
        """What links and QR codes begin with. ``asked`` is the scheme and host of the request that wants to
        know: someone who opened the page on the server itself gets an address that others can reach, too."""
        if self.public_url:
            return self.public_url
        asked_host = (urlsplit(asked).hostname or "") if asked else ""
        if self.lan and self.machine_addresses and asked_host in ("", *LOOPBACK_HOSTS):
            return f"http://{self.machine_addresses[0]}:{self.port}"
        if asked:
            return asked.rstrip("/")
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{shown}:{self.port}"

    def says_wifi(self, *, to_room: bool) -> bool:
        """Whether a page says name and password of the Wi-Fi: to facilitators, or to the whole room."""
        return self.lan and bool(self.wifi_name) and (self.wifi_on_screen or not to_room)

    def with_wifi(self, name: str, password: str) -> "Settings":
        """The same, with this Wi-Fi. Raises :class:`SettingsError` for one that cannot be."""
        if len(name.encode()) > 32:
            raise SettingsError("The name of a Wi-Fi has 32 bytes at most.")
        if password and not 8 <= len(password) <= 64:
            raise SettingsError("The password of a Wi-Fi has 8 to 64 characters.")
        return replace(self, wifi_name=name, wifi_password=password if name else "")

    def with_lan(self) -> "Settings":
        """The same, open to the local network: bound to every address, answering under this machine's."""
        return replace(self, lan=True, host="0.0.0.0", machine_addresses=machine_addresses())  # noqa: S104


def from_environment(environ: Mapping[str, str] | None = None, *, make: bool = True) -> Settings:
    """Reads the settings. The data folder and the secret key are made if they are not there yet.

    Without ``make`` nothing is made, and there is no secret key unless ``EDP_SECRET_KEY`` gives one: commands
    that sign nothing need none, and one that is refused leaves nothing behind.
    Raises :class:`SettingsError` with a sentence naming the variable that cannot be used.
    """
    env = os.environ if environ is None else environ
    data = Path(env.get("EDP_DATA", "data")).expanduser().resolve()
    language = env.get("EDP_LANGUAGE", "en")
    if language not in LANGUAGES:
        raise SettingsError(f"EDP_LANGUAGE is “{language}”; it must be one of {', '.join(LANGUAGES)}.")
    if make:
        make_folder(data)
    settings = Settings(
        data=data,
        database_url=env.get("EDP_DATABASE_URL") or f"sqlite:///{data / 'edp.sqlite3'}",
        host=env.get("EDP_HOST", "127.0.0.1"),
        port=_number(env, "EDP_PORT", 8000, 1, 65535),
        public_url=_public_url(env.get("EDP_PUBLIC_URL", "")),
        allowed_hosts=_names(env.get("EDP_ALLOWED_HOSTS", "")),
        proxies=_number(env, "EDP_PROXIES", 0, 0, 5),
        language=language,
        secret_key=env.get("EDP_SECRET_KEY") or (_secret_key(data / "secret.key") if make else ""),
        own_websocket=_number(env, "EDP_OWN_WEBSOCKET", 1, 0, 1) == 1,
        report_seconds=_number(env, "EDP_REPORT_SECONDS", 240, 5, 3600),
        report_megabytes=_number(env, "EDP_REPORT_MEGABYTES", 1500, 200, 64_000),
        retention_days=_number(env, "EDP_RETENTION_DAYS", 0, 0, 36_500),
        log_level=_level(env.get("EDP_LOG_LEVEL", "INFO")),
        wifi_on_screen=_number(env, "EDP_WIFI_ON_SCREEN", 0, 0, 1) == 1,
    ).with_wifi(env.get("EDP_WIFI_NAME", ""), env.get("EDP_WIFI_PASSWORD", ""))
    return settings.with_lan() if env.get("EDP_LAN", "") in ("1", "true", "yes") else settings


def make_folder(data: Path) -> None:
    """Makes the data folder, for its owner alone, if it is not there. Raises :class:`SettingsError`."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"The data folder {data} cannot be made: {error.strerror}.") from error


def _number(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    raw = env.get(name, "").strip()
    if not raw:
        return default
    if not raw.isdecimal() or not low <= int(raw) <= high:
        raise SettingsError(f"{name} is “{raw}”; it must be a whole number from {low} to {high}.")
    return int(raw)


def _names(raw: str) -> tuple[str, ...]:
    return tuple(name.strip().lower() for name in raw.split(",") if name.strip())


def _level(raw: str) -> str:
    if raw.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise SettingsError(f"EDP_LOG_LEVEL is “{raw}”; it must be DEBUG, INFO, WARNING or ERROR.")
    return raw.upper()


def _public_url(raw: str) -> str:
    url = raw.strip().rstrip("/")
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query):
        raise SettingsError(
            f"EDP_PUBLIC_URL is “{raw}”; it must be an address like https://workshops.example.org, "
            "without a path."
        )
    return url


def _secret_key(path: Path) -> str:
    """The key in this file; on the first start a new one, readable by its owner alone.

    Two processes that start at the same moment end up with the same key: only one of them makes the file.
    """
    if not path.exists():
        part = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
        with contextlib.suppress(FileExistsError):
            os.link(part, path)  # unlike a renaming, this fails if the file is there by now
        part.unlink()
    key = path.read_text().strip()
    if len(key) < 32:
        raise SettingsError(f"The secret key in {path} is too short. Delete the file to have a new one made.")
    return key
