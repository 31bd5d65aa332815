"""Child processes in which files are made that take a while: reports and exports."""

import contextlib
import os
import signal
import sys
from typing import Any

from gevent import subprocess

from edp_app.config import PACKAGE, Settings

_EDP = "import sys; sys.argv[0] = 'edp'; from edp_app.cli import main; sys.exit(main())"
COMMAND: tuple[str, ...] = (sys.executable, "-P", "-c", _EDP)
"""What the command ``edp`` is started by, whatever is in the PATH."""

LONGEST_LINE = 4096


def environment(settings: Settings) -> dict[str, str]:
    """What a child is told of this server: its settings, and nothing secret."""
    kept = (
        "PATH",
        "HOME",
        "LANG",
        "LC_ALL",
        "TMPDIR",
        "FONTCONFIG_FILE",
        "FONTCONFIG_PATH",
    )
    return {name: os.environ[name] for name in kept if name in os.environ} | {
        "PYTHONPATH": str(PACKAGE.parent),
        "EDP_DATA": str(settings.data),
        "EDP_DATABASE_URL": settings.database_url,
        "EDP_PUBLIC_URL": settings.public_url,
        "EDP_LANGUAGE": settings.language,
        "EDP_LOG_LEVEL": settings.log_level,
        "EDP_REPORT_MEGABYTES": str(settings.report_megabytes),
        "EDP_REPORT_SECONDS": str(settings.report_seconds),
    }


def kill(child: subprocess.Popen[bytes]) -> None:
    """Ends the child and whatever it started, if it still runs, and collects it."""
    if child.poll() is None:
        with contextlib.suppress(ProcessLookupError):  # it ended in this moment
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


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
