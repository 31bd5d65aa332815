"""What changed between two views: JSON merge patches (RFC 7386).

Views are built from objects keyed by id and never hold null, so that a patch can say everything: ``None``
deletes a key, lists are replaced whole. ``apply(old, diff(old, new)) == new`` for every pair of views (a
property test).
"""

from typing import Any

Json = dict[str, Any]


def diff(old: Json, new: Json) -> Json:
    """The smallest merge patch that turns ``old`` into ``new``; empty if they are equal."""
    patch: Json = {key: None for key in old if key not in new}
    for key, value in new.items():
        before = old.get(key)
        if key in old and before == value and type(before) is type(value):
            continue
        if isinstance(before, dict) and isinstance(value, dict):
            if inner := diff(before, value):
                patch[key] = inner
        else:
            patch[key] = value
    return patch


def apply(old: Json, patch: Json) -> Json:
    """A new object: ``old`` with ``patch`` merged in. Neither is changed."""
    new = dict(old)
    for key, value in patch.items():
        if value is None:
            new.pop(key, None)
        elif isinstance(value, dict):
            before = new.get(key)
            new[key] = apply(before if isinstance(before, dict) else {}, value)
        else:
            new[key] = value
    return new
