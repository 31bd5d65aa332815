"""An exported log, altered by somebody who knows how: with every digest computed again."""

import contextlib
import hashlib
import json
from typing import Any

from edp_app.core import canonical

Json = dict[str, Any]

CHAINED = ("seq", "at", "actor", "op_id", "kind", "version", "content_digest")


def lines_of(file: bytes) -> list[Json]:
    """The lines of an exported log, with the payloads of events read, too."""
    lines = [json.loads(line) for line in file.splitlines()]
    for line in lines:
        if line.get("payload") is not None:
            line["payload"] = json.loads(line["payload"])
    return lines


def sealed_again(lines: list[Any]) -> bytes:
    """The file that these lines are, all counts and digests put right as far as their fields allow."""
    lines = json.loads(json.dumps(lines))
    digest, events = canonical.FIRST, 0
    for line in lines:
        if not isinstance(line, dict) or line.get("line") != "event":
            continue
        events += 1
        if line.get("payload") is not None:
            line["payload"] = json.dumps(line["payload"], separators=(",", ":"), ensure_ascii=False)
        if isinstance(line.get("salt"), str) and line.get("payload") is not None:
            line["content_digest"] = _content(line)
        parts = (
            line.get(name) for name in ("seq", "at", "actor", "op_id", "kind", "version", "content_digest")
        )
        with contextlib.suppress(UnicodeEncodeError):  # half a character is in no digest
            digest = line["digest"] = canonical.chain(digest, *parts)  # type: ignore[arg-type]
    if isinstance(lines[0], dict):
        lines[0].update({"digest": digest, "events": events})
    body = b"".join(_line(line) for line in lines[:-1])
    if isinstance(lines[-1], dict) and lines[-1].get("line") == "end":
        lines[-1] = {"line": "end", "lines": len(lines) - 1, "sha256": hashlib.sha256(body).hexdigest()}
    return body + _line(lines[-1])


def _content(line: Json) -> str:
    try:
        salt = bytes.fromhex(line["salt"])
    except ValueError:
        salt = b""
    return canonical.content_digest(salt, line["payload"].encode("utf-8", "surrogatepass"))


def _line(line: Any) -> bytes:
    text = json.dumps(line, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass") + b"\n"


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The way to everything in a value, itself left out."""
    found: list[tuple[str | int, ...]] = []
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        found += [(*path, key), *places(part, (*path, key))]
    return found
