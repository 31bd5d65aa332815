"""Work for a process of its own: what it is told of the settings, its begin and its end, and counting a big
vote in one."""

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import gevent
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


@dataclass(frozen=True)
class Child:
    """A child that runs, and whoever listens to what it says of errors."""

    process: "subprocess.Popen[bytes]"
    errors: gevent.Greenlet

    @property
    def problem(self) -> str:
        """What it said of errors, once it has ended; "" where it said nothing."""
        return self.errors.value or ""


class Children:
    """The children of one kind of work, each of which ends with its work, and all with the server."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._running: set[subprocess.Popen[bytes]] = set()
        self._over = False
        """Whether the server is ending."""

    def __len__(self) -> int:
        return len(self._running)

    @contextlib.contextmanager
    def run(self, command: Sequence[str], hear: Callable[[Any], str]) -> Iterator[Child]:
        """Begins a child whose output is to be read; when this is left, however that comes, it has ended.
        ``hear`` makes of its errors, as they come, what is kept of them. Raises ``OSError``."""
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(self._settings),
            start_new_session=True,
            close_fds=True,
        )
        self._running.add(process)
        if self._over:  # its work waited for another that has just been ended
            kill(process)
        child = Child(process, gevent.spawn(hear, process.stderr))
        try:
            yield child
        finally:
            kill(process)
            self._running.discard(process)
            process.stdout.close()
            child.errors.join(timeout=5)
            child.errors.kill()
            process.stderr.close()

    def stop(self) -> None:
        """Ends every child, also those that are still to begin; for the end of the server."""
        self._over = True
        for process in list(self._running):
            kill(process)


LONGEST_LINE = 4096
"""Of what a child says; a longer line is read in pieces."""


def last_words(stream: Any) -> str:
    """The last words of the child, for the operator's log: the type of the error and where, without its text.

    Tracebacks may quote what participants wrote in their last line, so only the lines naming places are kept.
    """
    places: list[str] = []
    while line := stream.readline(LONGEST_LINE):
        text = line.decode("utf-8", "replace").rstrip()
        if text.startswith("  File "):
            places.append(text.strip())
        elif text[:1].isalpha() and ":" in text:
            places.append(text.partition(":")[0])
        del places[:-6]
    return " | ".join(places)


class CannotCountError(Exception):
    """The child did not give figures; what it said instead."""


class CountApart:
    """Counts a closed run in a process of its own: ``edp count``, which reads the log as it stood at a
    position."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._children = Children(settings)

    def __call__(self, code: str, run: str, seq: int) -> dict[str, Any]:
        """The figures of a run. Waits as long as it takes, at most :data:`WALL` times ``report_seconds``.
        Raises :class:`CannotCountError`, ``OSError``."""
        command = [*EDP, "count", code, run, "--at", str(seq)]
        try:
            with (
                self._children.run(
                    command, lambda stream: stream.read()[-500:].decode("utf-8", "replace")
                ) as child,
                Timeout(WALL * self._settings.report_seconds),
            ):
                told = child.process.stdout.read()
                child.process.wait()
        except Timeout:
            raise CannotCountError("it took too long") from None
        if child.process.returncode != 0:
            raise CannotCountError(child.problem)
        figures: dict[str, Any] = msgspec.json.decode(told)
        return figures

    def stop(self) -> None:
        """End every child; for the end of the server."""
        self._children.stop()
