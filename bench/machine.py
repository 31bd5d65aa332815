"""What is measured on, and with which clocks: processors, processes, priorities."""

import contextlib
import os
import platform
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

from pysqlite3 import dbapi2

ROOT = Path(__file__).resolve().parents[1]

FILES = 20_000
"""Open files that a process of a measurement asks for."""

HIGHEST = -20
"""The niceness of ``--first``: 87 times the share of an ordinary process, and woken before it. A real-time
priority was tried: threads of Node's engine, kept on one processor, then wait for one another in circles."""


class NoSuchCore(Exception):
    """A processor that this process may not use."""


def cpu_seconds(pid: int) -> float:
    """The processor time that a process has used, all its threads together, without its children.

    To the nanosecond where the process's own clock can be read, else to the 10 ms of ``/proc/PID/stat``.
    """
    try:
        # The kernel's number of a process's clock, as clock_getcpuclockid(3) makes it.
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def children(pid: int) -> list[int]:
    """The processes that this one has started and that run."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # the thread has ended
            found += [int(child) for child in task.read_text().split()]
    return found


def resident_kb(pid: int, *, most: bool = False) -> int:
    """The memory of a process that is in use now, in KB, or the ``most`` that ever was."""
    wanted = "VmHWM:" if most else "VmRSS:"
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(wanted):
            return int(line.split()[1])
    return 0


def confine(core: int, first: bool) -> None:
    """Keep this process, and whatever it becomes, on one processor. Raises :class:`NoSuchCore`, or
    ``PermissionError`` where nobody may go ``first``."""
    try:
        os.sched_setaffinity(0, {core})
    except OSError:
        raise NoSuchCore(f"There is no processor {core} here.") from None
    if first:
        os.setpriority(os.PRIO_PROCESS, 0, HIGHEST)
        # Where the system shares processors out by session first, niceness counts within a session only.
        own = Path("/proc/self/autogroup")
        if own.exists():
            os.setsid()
            own.write_text(str(HIGHEST))


def more_files() -> None:
    """Allow this process, and those that it starts, as many open files as it gets."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def processor() -> str:
    """What the processor calls itself."""
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def cores() -> int:
    """How many processors there are."""
    return os.cpu_count() or 1


def load() -> float:
    """How many wanted a processor in the last minute."""
    return os.getloadavg()[0]


def commit() -> str:
    """The commit of this checkout, with a ``+`` where files differ from it; empty outside of a repository."""
    git = ("git", "-C", str(ROOT), "-c", f"safe.directory={ROOT}")
    try:
        head = _said(*git, "rev-parse", "--short=10", "HEAD")
        return head + ("+" if _said(*git, "status", "--porcelain", "-uno") else "")
    except (OSError, subprocess.CalledProcessError):
        return ""


def node() -> str | None:
    """The version of Node, without its ``v``; None where there is none."""
    return _said("node", "--version").removeprefix("v") if shutil.which("node") else None


def versions() -> dict[str, str]:
    """What matters for speed, by name."""
    found = {
        "Python": platform.python_version(),
        "SQLite": dbapi2.sqlite_version,
        "Linux": platform.release().split("-")[0],
    }
    return found | ({"Node": running} if (running := node()) else {})


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def python(*arguments: str) -> list[str]:
    """The command line that runs a module of ours with the Python that runs now."""
    return [sys.executable, *arguments]


def busy_seconds() -> float:
    """The processor time that everybody on this machine has used since it started."""
    names = ("user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal")
    first = Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    ticks = dict(zip(names, map(int, first), strict=False))
    return sum(ticks[name] for name in names if name not in ("idle", "iowait")) / os.sysconf("SC_CLK_TCK")


def own_seconds() -> float:
    """The part of it that this process used, and the processes that it started and that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


class Others:
    """How much of the processors the rest of the machine took while something was measured."""

    def __init__(self) -> None:
        self.load = load()
        self._begin, self._busy, self._own = time.monotonic(), busy_seconds(), own_seconds()

    def percent(self) -> float:
        """Of all processors together. What was started has to have ended by now."""
        passed = (time.monotonic() - self._begin) * cores()
        others = (busy_seconds() - self._busy) - (own_seconds() - self._own)
        return max(0.0, 100 * others / passed)
