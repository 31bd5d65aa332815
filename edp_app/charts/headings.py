"""What is said over a picture: what it shows, by which of the two counts, and how to read it where that is
not plain. A picture may draw another count than the one that decides; then it says so."""

from collections.abc import Mapping
from typing import Literal

from edp_app.charts.look import Speech
from edp_app.charts.naming import Json, Names

Count = Literal["headcount", "balanced"]

OF_PEOPLE = ("opinions", "choice")
"""Pictures of numbers of people."""

OF_NO_COUNT = ("portfolio", "counts", "shares")
"""Pictures of both counts, or of neither."""

TICKED = ("before_and_after", "heat", "agreement", "opinions", "by_group")
"""Pictures that say what passes, by one count."""


def count_of(result: Json, name: str = "") -> Count:
    """The count that the picture of this name draws: of people in numbers of people and where there are no
    groups; else the one that decides, where it is one of them."""
    if name in OF_PEOPLE or not result.get("cells"):
        return "headcount"
    if name == "by_group":
        return "balanced"
    return "headcount" if result.get("rule") == "headcount" else "balanced"


def count_name(count: Count, words: Speech) -> str:
    """What the room calls it."""
    return {
        "headcount": words.gettext("One person, one vote"),
        "balanced": words.gettext("Every group the same"),
    }[count]


def title_of(name: str, names: Names, column: str, *, items: int) -> str:
    """The title of a picture of so many items: the column, where each has its own list; what is shown; the
    count."""
    gettext, result = names.words.gettext, names.result
    said = [names.column(column), _shown(name, result, names.words)]
    if name == "portfolio":
        said.append(gettext("List shared out among the groups"))
    elif name not in OF_NO_COUNT and not (name == "radar" and ("questions" in result or items == 1)):
        said.append(count_name(count_of(result, name), names.words))
    return " · ".join(part for part in said if part)


def _shown(name: str, result: Json, words: Speech) -> str:
    gettext = words.gettext
    titles: Mapping[str, str] = {
        "before_and_after": gettext("Before and after"),
        "heat": gettext("Mean score on each criterion"),
        "agreement": gettext("How high it stands, and how far the room agrees"),
        "axes": gettext("Where each item stands"),
        "choice": gettext("What was chosen"),
        "opinions": gettext("Who agrees"),
        "portfolio": gettext("Who backed it"),
        "counts": gettext("Every item by both counts"),
        "by_group": gettext("What each group gave"),
        "shares": gettext("By group"),
        "radar": gettext("All questions on a wheel")
        if "questions" in result
        else gettext("All criteria on a wheel"),
    }
    if name == "counts" and not result.get("cells"):
        return count_name("headcount", words)
    return titles[name]


def said_of(name: str, result: Json, words: Speech) -> str:
    """How to read it, and which count decides if it is another one; often there is nothing to say."""
    said = [_decided(name, result, words)]
    if name == "by_group":
        said.insert(0, _pieces(result["method"], words))
    return " ".join(part for part in said if part)


def _pieces(method: str, words: Speech) -> str:
    if method == "points":
        return words.gettext(
            "In each piece: how much of its own points the group gave. At the end: the mean of the groups; "
            "each piece is as long as its part of it."
        )
    return words.gettext(
        "In each piece: how much of its own dots the group gave. At the end: the mean of the groups; "
        "each piece is as long as its part of it."
    )


def _decided(name: str, result: Json, words: Speech) -> str:
    rule, drawn = result.get("rule"), count_of(result, name)
    if name not in TICKED or not result.get("cells") or not result.get("passes") or rule in (None, drawn):
        return ""
    if rule == "both":
        return words.gettext("What passes was decided by both counts together.")
    if rule == "portfolio":
        return words.gettext("The list of what passes was shared out among the groups.")
    return words.gettext(
        "What passes was decided by the other count, “%(count)s”.", count=count_name(rule, words)
    )
