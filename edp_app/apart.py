"""Work for a process of its own: what it is told of the settings, and counting a big vote in one."""

import contextlib
import os
import signal
import sys
from typing import Any

import msgspec
from gevent import Timeout, subprocess

from edp_app.config import PACKAGE, Settings

EDP = (
    sys.executable,
    "-P",
    "-c",
    "import sys; sys.argv[0] = 'edp'; from edp_app.cli import main; sys.exit(main())",
)
"""Runs the command line of this very code, wherever it is installed."""

KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
"""What a child keeps of our environment."""

WALL = 5
"""How many times longer than its computing time a count may take: at the lowest priority it waits for
everybody."""


def environment(settings: Settings) -> dict[str, str]:
    """The environment of a child: the settings that it needs, and nothing that is secret."""
    return {name: os.environ[name] for name in KEPT if name in os.environ} | {
        "PYTHONPATH": str(PACKAGE.parent),
        "EDP_DATA": str(settings.data),
        "EDP_DATABASE_URL": settings.database_url,
        "EDP_PUBLIC_URL": settings.public_url,
        "EDP_LANGUAGE": settings.language,
        "EDP_LOG_LEVEL": settings.log_level,
        "EDP_REPORT_MEGABYTES": str(settings.report_megabytes),
        "EDP_REPORT_SECONDS": str(settings.report_seconds),
    }


def kill(child: "subprocess.Popen[bytes]") -> None:
    """End the child and whatever it started, if it still runs, and collect it."""
    if child.poll() is None:
        with contextlib.suppress(ProcessLookupError):  # it ended in this moment
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


class CannotCountError(Exception):
    """The child did not give figures; what it said instead."""


class CountApart:
    """Counts a closed run in a process of its own: ``edp count``, which reads the log as it stood at a
    position."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._children: set[subprocess.Popen[bytes]] = set()

    def __call__(self, code: str, run: str, seq: int) -> dict[str, Any]:
        """The figures of a run. Waits as long as it takes, at most :data:`WALL` times ``report_seconds``.
        Raises :class:`CannotCountError`, ``OSError``."""
        child = subprocess.Popen(
            [*EDP, "count", code, run, "--at", str(seq)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(self._settings),
            start_new_session=True,
            close_fds=True,
        )
        self._children.add(child)
        try:
            with Timeout(WALL * self._settings.report_seconds):
                told, problem = child.communicate()
        except Timeout:
            raise CannotCountError("it took too long") from None
        finally:
            kill(child)
            self._children.discard(child)
        if child.returncode != 0:
            raise CannotCountError(problem[-500:].decode("utf-8", "replace"))
        figures: dict[str, Any] = msgspec.json.decode(told)
        return figures

    def stop(self) -> None:
        """End every child; for the end of the server."""
        for child in list(self._children):
            kill(child)
