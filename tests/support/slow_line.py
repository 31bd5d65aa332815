"""A line as slow as a phone's in the mountains, between a real browser and a real server: every byte goes
through it, of pages, words and the live connection alike, whatever a browser's own brakes leave out.
"""

import asyncio
import contextlib
import threading
from typing import Self

ROUND_TRIP = 0.4
"""Seconds to the server and back, of “slow 3G”; to open a connection takes one."""

RATE = 400_000 / 8
"""Bytes a second, each way, of “slow 3G”: all connections of the phone together."""

PIECE = 1400
"""Bytes at a time, about as many as a packet holds."""


class Way:
    """One direction of the radio: piece after piece, each as long as it takes, arriving half a round trip
    later."""

    def __init__(self) -> None:
        self.carried = 0
        self._free = 0.0

    async def carry(self, size: int) -> float:
        """Waits until this many bytes have been sent; when they arrive, in the loop's time."""
        loop = asyncio.get_running_loop()
        self._free = max(self._free, loop.time()) + size / RATE
        self.carried += size
        sent = self._free
        await asyncio.sleep(sent - loop.time())
        return sent + ROUND_TRIP / 2


class SlowLine:
    """A context manager: whoever connects to ``port`` gets through the line to the server."""

    def __init__(self, server: int) -> None:
        self._server_port = server
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._tasks: set[asyncio.Task[None]] = set()
        self.down, self.up = Way(), Way()

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _end(self) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, phone: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        await asyncio.sleep(ROUND_TRIP)  # there and back, before the first byte
        server, there = await asyncio.open_connection("127.0.0.1", self._server_port)
        with contextlib.suppress(OSError, asyncio.CancelledError):
            async with asyncio.TaskGroup() as ways:
                ways.create_task(self._way(phone, there, self.up))
                ways.create_task(self._way(server, back, self.down))
        self._tasks.discard(task)
        for writer in (there, back):
            writer.close()

    async def _way(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, way: Way) -> None:
        arriving: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def deliver() -> None:
            while True:
                at, piece = await arriving.get()
                await asyncio.sleep(at - asyncio.get_running_loop().time())
                if not piece:
                    target.close()
                    return
                target.write(piece)

        delivery = asyncio.ensure_future(deliver())
        try:
            while piece := await source.read(PIECE):
                arriving.put_nowait((await way.carry(len(piece)), piece))
            arriving.put_nowait((await way.carry(0), b""))
            await delivery
        finally:
            delivery.cancel()
