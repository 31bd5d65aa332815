"""What an installation needs, looked at piece by piece."""

import importlib
import os
import shutil
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from edp_app.config import Settings, SettingsError, resource_dir
from edp_app.core.definition import LANGUAGES
from edp_app.i18n import TRANSLATIONS
from edp_app.log.engine import (
    UnusableDatabaseError,
    database_path,
    is_postgresql,
    make_engine,
    sqlite_problem,
    sqlite_version,
)
from edp_app.log.upgrade import is_current

FREE_MEGABYTES = 500


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    good: bool
    text: str


def examine(settings: Settings) -> list[Finding]:
    """Everything, in the order in which a start would meet it."""
    return [
        _python(),
        *_sqlite(settings),
        _data(settings),
        _secret(settings),
        _database(settings),
        _browser_part(),
        _formats(),
        *_catalogues(),
        _layout(),
        _address(settings),
    ]


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding(sys.version_info >= (3, 11), f"Python {version} (3.11 or later is needed)")


def _sqlite(settings: Settings) -> list[Finding]:
    try:
        if is_postgresql(settings.database_url):
            return []
    except UnusableDatabaseError:
        return []  # said where the database is looked at
    problem = sqlite_problem()
    return [Finding(problem is None, problem or f"SQLite {'.'.join(map(str, sqlite_version()))}")]


def _data(settings: Settings) -> Finding:
    if not os.access(settings.data, os.W_OK | os.X_OK):
        return Finding(False, f"The data folder {settings.data} cannot be written to.")
    free = shutil.disk_usage(settings.data).free // 1_000_000
    if free < FREE_MEGABYTES:
        return Finding(False, f"Only {free} MB are free in {settings.data}; {FREE_MEGABYTES} should be.")
    return Finding(True, f"Data folder {settings.data}, {free} MB free")


def _secret(settings: Settings) -> Finding:
    path = settings.data / "secret.key"
    if not path.exists():
        return Finding(
            len(settings.secret_key) >= 32, "Secret key from EDP_SECRET_KEY (32 characters or more)"
        )
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return Finding(False, f"Others can read {path} (mode {mode:o}). Correct it with: chmod 600 {path}")
    return Finding(True, f"Secret key in {path}")


def _database(settings: Settings) -> Finding:
    name = "PostgreSQL"
    try:
        if not is_postgresql(settings.database_url):
            path = database_path(settings.database_url)
            name = str(path)
            if not path.exists():
                return Finding(True, f"Database {path} will be made at the first start")
        with make_engine(settings.database_url).connect() as connection:
            if connection.dialect.name == "postgresql":
                name = f"PostgreSQL {connection.exec_driver_sql('SHOW server_version').scalar()}"
            current = is_current(connection)
    except UnusableDatabaseError as problem:
        return Finding(False, str(problem))
    except DatabaseError as problem:
        return Finding(False, f"The database {name} cannot be read: {problem.orig}.")
    return Finding(
        True, f"Database {name}" + ("" if current else " (older; the next start brings it up to date)")
    )


def _browser_part() -> Finding:
    manifest = _folder("static") / "dist" / "manifest.json"
    if manifest.is_file():
        return Finding(True, f"Browser's part in {manifest.parent}")
    return Finding(False, f"There is no {manifest}. Build the browser's part with: npm ci && npm run build")


def _formats() -> Finding:
    from edp_app.web.definitions import shipped

    try:
        found = len(shipped())
    except (ValueError, OSError, SettingsError) as problem:
        return Finding(False, f"The formats cannot be read: {problem}")
    return Finding(found > 0, f"Workshop formats that can be chosen: {found}")


def _catalogues() -> list[Finding]:
    findings = []
    for code in LANGUAGES:
        path = TRANSLATIONS / code / "LC_MESSAGES" / "messages.mo"
        if code != "en":
            there = path.is_file()
            findings.append(
                Finding(there, f"Language {code}" if there else f"Language {code}: there is no {path}")
            )
    return findings


def _layout() -> Finding:
    try:
        weasyprint = importlib.import_module("weasyprint")
    except (ImportError, OSError) as problem:
        return Finding(
            False,
            f"Reports cannot be laid out: {problem}. On Debian: apt-get install libpango-1.0-0 "
            "libpangoft2-1.0-0 libharfbuzz-subset0",
        )
    return Finding(True, f"Layout of reports: WeasyPrint {weasyprint.__version__}")


def _address(settings: Settings) -> Finding:
    if settings.public_url:
        return Finding(True, f"Public address {settings.public_url}")
    return Finding(
        True, f"No EDP_PUBLIC_URL: links name the address of the request, such as {settings.base_url()}"
    )


def _folder(name: str) -> Path:
    try:
        return resource_dir(name)
    except SettingsError:
        return Path(name)
