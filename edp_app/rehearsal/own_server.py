"""A server of one's own for a rehearsal: a process of its own on a free port of this machine, ended at the
end.
"""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError

START_SECONDS = 60
STOP_SECONDS = 10


class NotStarted(Exception):
    """The server did not come up; the message ends with what it printed."""


def free_port() -> int:
    """A port of the loopback interface that nobody listens on now, and that is kept from others for a minute:
    a connection has just been closed there, so that the system gives it to nobody who takes any port, only to
    a server that asks for this one. Else two who look at the same moment could get the same."""
    with socket.socket() as probe, socket.socket() as visitor:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", 0))
        probe.listen(1)
        address: tuple[str, int] = probe.getsockname()
        visitor.connect(address)
        probe.accept()[0].close()  # whoever closes first is the one whose port rests
        visitor.recv(1)
        return address[1]


@contextlib.contextmanager
def serving(data: Path, extra: dict[str, str] | None = None) -> Iterator[str]:
    """A server on the database in ``data``; its address. Raises :class:`NotStarted`."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "EDP_DATA": str(data),
        "EDP_HOST": "127.0.0.1",
        "EDP_PORT": str(port),
        "EDP_PUBLIC_URL": "",
        "EDP_DATABASE_URL": "",
        "PYTHONUNBUFFERED": "1",
        **(extra or {}),
    }
    with tempfile.TemporaryFile() as output:
        command = [sys.executable, "-m", "edp_app.cli", "serve"]
        server = subprocess.Popen(  # noqa: S603  # our own command line
            command, env=environment, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
        )
        try:
            if not _answers(url, server):
                output.seek(0)
                said = output.read()[-2000:].decode(errors="replace")
                raise NotStarted(f"The server did not start. It said:\n{said}")
            yield url
        finally:
            server.terminate()
            try:
                server.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _answers(url: str, server: "subprocess.Popen[bytes]") -> bool:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(URLError, OSError):
            answer = urllib.request.urlopen(f"{url}/healthz", timeout=2)  # noqa: S310  # our own address
            answer.close()
            return True
        time.sleep(0.05)
    return False
