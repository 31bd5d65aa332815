"""How an event is stored and what chains the log: bytes, digests, and bringing old shapes forward."""

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec

from edp_app.core.events import AnyEvent, Erased, Event

FIRST = "0" * 64
"""The digest before the first event."""

CHAIN = 2
"""The form in which events are chained; the number stands in what is digested."""

_EVENTS: msgspec.json.Decoder[AnyEvent] = msgspec.json.Decoder(AnyEvent)
"""Made once: to look at the union anew for each event takes a hundred times as long as to read the event."""

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
UPCASTERS: dict[tuple[str, int], Upcaster] = {
    # A ballot was a number of dots, also where that was 0.
    ("ballot_cast", 1): lambda payload: payload,
}
"""(kind, version) to a function that turns a payload of that version into one of the next."""


def encode(event: Event) -> bytes:
    """The payload's canonical JSON: the same event gives the same bytes."""
    return msgspec.json.encode(event, order="deterministic")


def decode(kind: str, version: int, payload: bytes | None) -> AnyEvent:
    """The event that these stored bytes are, brought forward to the present version; ``Erased`` where nothing
    was left of it. What erasing left of it says itself in which version it is written.

    Raises ``msgspec.ValidationError`` if the bytes are not such an event.
    """
    if payload is None:
        return Erased()
    if (kind, version) not in UPCASTERS:
        event: AnyEvent = _EVENTS.decode(payload)
        return event
    raw = msgspec.json.decode(payload)
    version = raw.get("erased") or version
    while upcast := UPCASTERS.get((kind, version)):
        raw, version = upcast(raw), version + 1
    converted: AnyEvent = msgspec.convert(raw, type=AnyEvent)
    return converted


def kind_of(event: Event) -> str:
    """The kind under which an event is stored."""
    return str(event.__struct_config__.tag)


def content_digest(salt: bytes, payload: bytes) -> str:
    """Hex SHA-256 of salt and payload. Salted, because the hash of a bare "4" could be guessed."""
    return hashlib.sha256(salt + payload).hexdigest()


def chain(
    previous: str, seq: int, at: int, actor: str, op_id: str, kind: str, version: int, content: str
) -> str:
    """Hex SHA-256 over the previous digest and this event's position, time, actor, kind, content digest and
    operation.

    The payload itself is not in it, so that it can be erased and the chain still checks.
    """
    line = f"{CHAIN}\n{previous}\n{seq}\n{at}\n{actor}\n{kind}\n{version}\n{content}\n{op_id}"
    return hashlib.sha256(line.encode()).hexdigest()


def first_chain(previous: str, seq: int, at: int, actor: str, kind: str, version: int, content: str) -> str:
    """The same as events were chained first: without the operation."""
    line = f"{previous}\n{seq}\n{at}\n{actor}\n{kind}\n{version}\n{content}"
    return hashlib.sha256(line.encode()).hexdigest()


def chained_by(
    digest: str,
    previous: str,
    seq: int,
    at: int,
    actor: str,
    op_id: str,
    kind: str,
    version: int,
    content: str,
) -> int:
    """By which form of the chain ``digest`` follows: :data:`CHAIN`, 1 for :func:`first_chain`, 0 for none.

    Nobody finds fields that give the same digest in another form, so which one it was need not be stored. In
    one log, the form never goes back: who follows it has to see to that.
    """
    if chain(previous, seq, at, actor, op_id, kind, version, content) == digest:
        return CHAIN
    return int(first_chain(previous, seq, at, actor, kind, version, content) == digest)


def command_hash(command: bytes) -> str:
    """Hex SHA-256 of a command as it was sent: tells a repeat from other content under one id."""
    return hashlib.sha256(command).hexdigest()
