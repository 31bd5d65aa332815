"""Refuses a WebSocket message by the length that its headers announce, before a byte of it is kept."""

from wsproto.extensions import Extension
from wsproto.frame_protocol import CloseReason, FrameDecoder, FrameProtocol, Opcode, RsvBits

_NO_RSV = RsvBits(False, False, False)


class SizeLimit(Extension):
    """wsproto's hook at each frame header, used to refuse long messages. Never offered, never accepted."""

    name = ""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._before = 0
        self._current: int | None = None

    def enabled(self) -> bool:
        return True

    def offer(self) -> bool:
        return False

    def frame_inbound_header(
        self,
        proto: FrameDecoder | FrameProtocol,  # noqa: ARG002 -- wsproto's signature
        opcode: Opcode,
        rsv: RsvBits,  # noqa: ARG002
        payload_length: int,
    ) -> CloseReason | RsvBits:
        # May be called several times for one header that arrives in pieces, so nothing is added up here.
        if opcode.iscontrol():
            self._current = None
            return _NO_RSV
        if opcode is not Opcode.CONTINUATION:
            self._before = 0
        self._current = payload_length
        return CloseReason.MESSAGE_TOO_BIG if self._before + payload_length > self._limit else _NO_RSV

    def frame_inbound_complete(
        self,
        proto: FrameDecoder | FrameProtocol,  # noqa: ARG002 -- wsproto's signature
        fin: bool,
    ) -> bytes | CloseReason | None:
        if self._current is not None:
            self._before = 0 if fin else self._before + self._current
        return None
