"""What is said after something was done, at the place in the list of stages where it was done: there it is in
sight when the page comes back."""

from flask import flash, get_flashed_messages
from markupsafe import Markup

TIMES, GROUPS = "at-times", "at-groups"
"""The places of the sum, and of groups and territories; stages are places by their id."""


def tell(message: str | Markup, at: str = TIMES, kind: str = "good") -> None:
    """Say this on the next page, at this place of the list of stages; elsewhere, above everything."""
    flash(message, f"{kind}@{at}")


def told(places: set[str]) -> dict[str, list[tuple[str, str]]]:
    """What there is to say now, by place (empty: above everything), each with its kind."""
    found: dict[str, list[tuple[str, str]]] = {}
    for category, message in get_flashed_messages(with_categories=True):
        kind, _at, place = category.partition("@")
        found.setdefault(place if place in places else "", []).append((kind, message))
    return found
