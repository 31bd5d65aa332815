"""What is measured: the product's own server, and the ceilings, each a process on its own processor."""

import asyncio
import contextlib
import importlib.util
import json
import os
import subprocess
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.error import URLError

from bench.crowd import Failed
from bench.machine import HIGHEST, ROOT, node, python
from edp_app.cli_formats import read_format
from edp_app.cli_rehearse import opened, prepare
from edp_app.config import from_environment
from edp_app.log.database import Database
from edp_app.rehearsal.facilitator import Browser, page_config
from edp_app.rehearsal.facilitator import Failed as PageFailed
from edp_app.rehearsal.own_server import free_port

Json = dict[str, Any]

START_SECONDS = 60
STOP_SECONDS = 15
LOGIN = "bench"
PRODUCT, UNSYNCED = "edp_app.cli", "bench.unsynced"


@dataclass(frozen=True)
class Place:
    """Where and how the processes run."""

    server_core: int
    load_core: int
    first: bool
    """Whether they go before all ordinary processes."""
    folder: Path
    """The disk that databases are written to."""

    def pinned(self, core: int, *command: str) -> list[str]:
        """This command line, kept on one processor."""
        priority = "first" if self.first else "ordinary"
        return [*python("-m", "bench.pinned"), str(core), priority, *command]


@dataclass(frozen=True)
class Running:
    """A server that answers, and how a crowd gets in."""

    pid: int
    port: int
    code: str
    cookie: str
    password: str

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextlib.contextmanager
def product(
    place: Place, module: str = PRODUCT, before: Callable[[Database], object] = lambda _: None
) -> Iterator[Running]:
    """``edp serve`` with a workshop on a new database, both gone at the end. ``before`` may put more into the
    database. Raises :class:`Failed`."""
    with tempfile.TemporaryDirectory(prefix="edp-bench-", dir=place.folder) as data:
        settings = from_environment({"EDP_DATA": data})
        with opened(settings) as database:
            code, password = prepare(database, read_format(ROOT / "bench" / "workshop.toml"), LOGIN)
            before(database)
            database.checkpoint()
        port = free_port()
        clean = {name: value for name, value in os.environ.items() if not name.startswith("EDP_")}
        mine = {"EDP_DATA": data, "EDP_PORT": str(port), "EDP_LOG_LEVEL": "WARNING"}
        command = place.pinned(place.server_core, *python("-m", module, "serve"))
        with child(command, clean | mine) as (server, said):
            _wait(server, said, lambda: _healthy(port))
            try:
                cookie = asyncio.run(_log_in(f"http://127.0.0.1:{port}", password))
            except PageFailed as problem:
                raise Failed(f"{problem} Is the browser's part built?") from None
            yield Running(server.pid, port, code, cookie, password)


def have_ceiling(name: str) -> bool:
    """Whether this ceiling can be measured here."""
    if name == "node":
        return node() is not None and (ROOT / "node_modules" / "ws").is_dir()
    return importlib.util.find_spec("websockets") is not None


@contextlib.contextmanager
def ceiling(place: Place, name: str, sizes: dict[str, int]) -> Iterator[Running]:
    """The ceiling called ``node`` or ``websockets``, with messages of these sizes in bytes."""
    port = free_port()
    program = (
        ["node", str(ROOT / "bench" / "ceiling.mjs")] if name == "node" else python("-m", "bench.ceiling")
    )
    numbers = [str(number) for number in (port, sizes["answer"], sizes["change"], sizes["view"])]
    command = place.pinned(place.server_core, *program, *numbers)
    with child(command, dict(os.environ)) as (server, said):
        _wait(server, said, lambda: b"listening" in _read(said))
        yield Running(server.pid, port, "000000", "", "")


@contextlib.contextmanager
def child(
    command: list[str], environment: dict[str, str]
) -> Iterator[tuple["subprocess.Popen[bytes]", IO[bytes]]]:
    """A process and what it says; ended at the end, by force if need be."""
    with tempfile.TemporaryFile() as said:
        running = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        try:
            yield running, said
        finally:
            running.terminate()
            try:
                running.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait()


def _wait(server: "subprocess.Popen[bytes]", said: IO[bytes], ready: Any) -> None:
    until = time.monotonic() + START_SECONDS
    while not ready():
        if server.poll() is not None or time.monotonic() > until:
            raise Failed(
                f"The server did not start. It said:\n{_read(said)[-2000:].decode(errors='replace')}"
            )
        time.sleep(0.05)


def _read(said: IO[bytes]) -> bytes:
    return os.pread(said.fileno(), 100_000, 0)


def _healthy(port: int) -> bool:
    with contextlib.suppress(URLError, OSError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
        return True
    return False


async def _log_in(url: str, password: str) -> str:
    browser = Browser(url)
    try:
        await browser.log_in(LOGIN, password)
        return browser.cookie_header()["Cookie"]
    finally:
        await browser.close()


async def ask_for_report(running: Running) -> None:
    """Ask for the PDF as the console does. Returns when it is begun."""
    browser = Browser(running.url)
    try:
        await browser.log_in(LOGIN, running.password)
        config = page_config(await browser.get(f"/workshops/{running.code}/console"))
        await browser.post(f"/workshops/{running.code}/report", config["csrf"])
    finally:
        await browser.close()


@contextlib.contextmanager
def lifted_with(pid: int) -> Iterator[None]:
    """Lift the sessions of this process's children by as much as ``first`` lifts its own, so that between
    the two there is what there would be without it: all of the product's doing, and nothing else."""
    over = threading.Event()

    def lift() -> None:
        while not over.wait(0.05):
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                with contextlib.suppress(OSError):  # it has ended
                    for child in task.read_text().split():
                        lift_session(Path(f"/proc/{child}/autogroup"))

    lifting = threading.Thread(target=lift)
    lifting.start()
    try:
        yield
    finally:
        over.set()
        lifting.join()


def lift_session(autogroup: Path) -> None:
    """Lift a session whose niceness is as its owner left it, 0 or above; one that was lifted has less."""
    niceness = int(autogroup.read_text().split()[-1])
    if niceness >= 0:
        autogroup.write_text(str(niceness + HIGHEST))


class Load:
    """The load generator's process, and what it is told. ``module``: which one; ``more``: what else that has
    to know from the start."""

    def __init__(
        self, place: Place, running: Running, seed: int, module: str = "bench.load", **more: object
    ) -> None:
        self._place = place
        self._process = subprocess.Popen(
            place.pinned(place.load_core, *python("-m", module)),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        where = {"host": "127.0.0.1", "port": running.port, "pid": running.pid, "seed": seed}
        self._tell(where | {"code": running.code, "cookie": running.cookie} | more)
        self._hear()

    def do(self, what: str, **how: object) -> Json:
        """One phase; its figures. Raises :class:`Failed`."""
        self._tell({"do": what, **how})
        return self._hear()

    def do_with_report(self, running: Running) -> Json:
        """Steady voting while a PDF is made."""
        self._tell({"do": "steady_with_report"})
        if self._hear() != {"ready": True}:
            raise Failed("The load generator did not get ready.")
        asyncio.run(ask_for_report(running))
        if not self._place.first:
            return self._hear()
        with lifted_with(running.pid):
            return self._hear()

    def _tell(self, order: Json) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()

    def _hear(self) -> Json:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise Failed("The load generator ended without an answer.")
        answer: Json = json.loads(line)
        if "failed" in answer:
            raise Failed(answer["failed"])
        return answer

    def __enter__(self) -> "Load":
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()  # type: ignore[union-attr]
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()  # type: ignore[union-attr]
