"""A page down to the bytes: what a test sends is on the wire as the test wrote it."""

import json
import os
from typing import Any

from tests.support.fault_proxy import unmasked
from tests.support.raw_websocket import PING, PONG, TEXT, RawWebSocket, frame, header

PATH = "/socket.io/?EIO=4&transport=websocket"

Json = dict[str, Any]


def packed(message: str | bytes, opcode: int = TEXT) -> bytes:
    """One client's frame that holds this."""
    payload = message.encode() if isinstance(message, str) else message
    key = os.urandom(4)
    return header(opcode, len(payload)) + key + unmasked(key, payload)


class RawPage:
    """One connection to one workshop, by hand. Every wait is given up after some time, as a failure."""

    def __init__(
        self, port: int, role: str, code: str, *, secret: str = "", cookie: str = "", auth: object = None
    ) -> None:
        headers: dict[str, str | None] = {"Cookie": cookie} if cookie else {}
        self.raw = RawWebSocket(("127.0.0.1", port), PATH, headers)
        said = {"v": 1, "role": role, "code": code} | ({"secret": secret} if secret else {})
        self.auth = said if auth is None else auth
        self.view: Json = {}
        self.own: Json = {}
        self._count = 0

    def __enter__(self) -> "RawPage":
        self.raw.open()
        assert self.raw.read_text().startswith("0{")
        self.raw.send(packed(f"40{json.dumps(self.auth)}"))
        greeting = self.raw.read_text()
        assert greeting.startswith("40"), greeting
        answer = self.ask("view", {})
        self.view, self.own = answer["view"], answer.get("self", {})
        return self

    def __exit__(self, *_: object) -> None:
        self.raw.sock.close()

    def framed(self, op_id: str, type_: str, **fields: Any) -> tuple[bytes, int]:
        """The bytes of an operation, unsent, and the number of its answer."""
        self._count += 1
        message = ["op", {"op_id": op_id, "command": {"type": type_, **fields}}]
        return packed(f"42{self._count}{json.dumps(message)}"), self._count

    def op(self, op_id: str, type_: str, **fields: Any) -> Json:
        """Send an operation; its answer."""
        data, number = self.framed(op_id, type_, **fields)
        return self.replay(data, number)

    def ask(self, name: str, data: object) -> Json:
        """Send a message; its answer."""
        self._count += 1
        return self.replay(packed(f"42{self._count}{json.dumps([name, data])}"), self._count)

    def replay(self, data: bytes, number: int) -> Json:
        """Send these bytes; the next answer with this number."""
        self.raw.send(data)
        return self.answer(number)

    def answer(self, number: int) -> Json:
        """The next answer with this number; whatever else arrives is passed over."""
        while True:
            opcode, payload = self.raw.read_frame()
            if opcode == PING:
                self.raw.send(frame(PONG, payload))
            text = payload.decode()
            if text == "2":
                self.raw.send(packed("3"))
            if text.startswith(f"43{number}["):
                found: Json = json.loads(text[text.index("[") :])[0]
                return found
