"""A server that a test ends without a word, holds still, and looks into."""

import os
import signal
from pathlib import Path

from tests.support.server import LiveServer

SHORT_PINGS = "import edp_app.live.protocol as p; p.PING_INTERVAL, p.PING_TIMEOUT = 1, 3"
"""What runs in the server's process first, so that a silent link is noticed after four seconds, and one whose
other end has no processor for a second or two is not taken for silent."""


class FaultServer(LiveServer):
    """A server whose process may be killed, stopped and measured."""

    def __init__(self, data: Path, *, before: str = "", **settings: str) -> None:
        """``before``: Python that runs in the server's process before anything else."""
        super().__init__(data, **{"EDP_LOG_LEVEL": "INFO", **settings})
        self.program = f"{before}\n{type(self).program}"
        self.kills = 0

    def kill(self) -> None:
        """End the process as a power cut ends it for the program: no handler runs, nothing is flushed."""
        process, self._process = self._process, None
        assert process is not None
        process.kill()
        process.wait()
        self.kills += 1

    def hold(self) -> None:
        """Stop the process without closing anything: its connections stay open and silent."""
        os.kill(self.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """Undo :meth:`hold`."""
        os.kill(self.pid, signal.SIGCONT)

    def memory(self) -> int:
        """Bytes of the process in memory now."""
        return self._status("VmRSS")

    def most_memory(self) -> int:
        """The most bytes it had in memory at once since :meth:`forget_most_memory`."""
        return self._status("VmHWM")

    def forget_most_memory(self) -> None:
        """Begin :meth:`most_memory` anew."""
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")

    def _status(self, name: str) -> int:
        text = Path(f"/proc/{self.pid}/status").read_text()
        line = next(line for line in text.splitlines() if line.startswith(f"{name}:"))
        return int(line.split()[1]) * 1024

    def said(self) -> str:
        """What the server has logged."""
        return self.log.read_text(errors="replace")
