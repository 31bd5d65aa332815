"""The same as ceiling.mjs with the Python library ``websockets`` (asyncio).

``python -m bench.ceiling PORT ANSWER_BYTES CHANGE_BYTES VIEW_BYTES``
"""

import asyncio
import json
import sys

from websockets.asyncio.server import ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed

TICK = 0.1
OPEN = '0{"sid":"ceiling","upgrades":[],"pingInterval":10000,"pingTimeout":8000,"maxPayload":20480}'
SHOWN = {"add_item": ("phone", "screen"), "cast_ballot": ("screen",)}


def filled(start: str, end: str, size: int) -> str:
    """A text of this size."""
    return start + "x" * max(0, size - len(start) - len(end)) + end


class Ceiling:
    """Who is connected, and what they are still to be told."""

    def __init__(self, answer: int, change: int, view: int) -> None:
        self._answer, self._change, self._view = answer, change, view
        self._audiences: dict[str, set[ServerConnection]] = {
            "phone": set(),
            "screen": set(),
            "console": set(),
        }
        self._changed: set[str] = set()
        self._seq = self._told = 0

    async def connected(self, socket: ServerConnection) -> None:
        """One page, from its greeting to its end."""
        role = ""
        try:
            await socket.send(OPEN)
            async for text in socket:
                assert isinstance(text, str)
                if text.startswith("42"):
                    await socket.send(self._answered(socket, role, text))
                elif text.startswith("40"):
                    role = json.loads(text[2:])["role"]
                    await socket.send('40{"sid":"ceiling"}')
        except ConnectionClosed:
            pass  # a phone that lost its network
        finally:
            self._audiences.get(role, set()).discard(socket)

    def _answered(self, socket: ServerConnection, role: str, text: str) -> str:
        body = text.index("[")
        number = text[2:body]
        name, message = json.loads(text[body:])
        if name == "view":
            self._audiences[role].add(socket)
            return filled(f'43{number}[{{"seq":{self._seq},"view":"', '"}]', self._view)
        self._seq += 1
        self._changed.update(SHOWN.get(message["command"]["type"], ()))
        start = f'43{number}[{{"first":{self._seq},"last":{self._seq},"ok":true,"self":"'
        return filled(start, '"}]', self._answer)

    async def tick(self) -> None:
        """Tell everybody what changed, once every tick."""
        while True:
            await asyncio.sleep(TICK)
            for role in self._changed:
                start = f'42["change",{{"from":{self._told},"to":{self._seq},"patch":"'
                broadcast(self._audiences[role], filled(start, '"}]', self._change))
            if self._changed:
                self._told = self._seq
            self._changed.clear()


async def run(port: int, answer: int, change: int, view: int) -> None:
    """Serve until the process is ended."""
    ceiling = Ceiling(answer, change, view)
    options = {"compression": None, "ping_interval": None, "backlog": 4096}
    async with serve(ceiling.connected, "127.0.0.1", port, **options):
        sys.stdout.write("listening\n")
        sys.stdout.flush()
        await ceiling.tick()


if __name__ == "__main__":
    asyncio.run(run(*map(int, sys.argv[1:])))
