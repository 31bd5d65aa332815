"""What every published result has in common."""

from collections.abc import Sequence
from fractions import Fraction
from hashlib import sha256
from typing import Any

import msgspec

from edp_app.core.results.standing import Place

VERSION = 1
"""The version of the shape in which results are published; it stands in each of them. See docs/results.md."""

WHOLE_STAGE = ""
"""The ``column`` of the only list where there is one for the whole stage."""

Json = dict[str, Any]


def present(**fields: Any) -> Json:
    """The fields that are not None, ready for JSON: fractions as numbers, places flat among the others."""
    built: Json = {}
    for name, value in fields.items():
        if isinstance(value, Place):
            built |= msgspec.to_builtins(value)
        elif value is not None:
            built[name] = plain(value)
    return built


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items() if one is not None}
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    return value


def shuffled(texts: Sequence[str], seed: str, item: str) -> list[str]:
    """Reasons in an order that depends on nothing but the texts and the seed, so it tells nothing of their
    authors."""
    return sorted(texts, key=lambda text: (sha256(f"{seed}|{item}|{text}".encode()).hexdigest(), text))
