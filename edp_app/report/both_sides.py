"""What the territories of a workshop share, and where they part: read from the figures by territory that are
told anyway, so that nobody's vote follows from it that does not follow from those.

Pure: contents and a wording in, sentences out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from edp_app.report.contents import Report, Row, Vote
from edp_app.report.contested import in_round, quoted
from edp_app.report.sentences import title_of
from edp_app.report.votes import telling
from edp_app.report.wording import Wording

FEWEST_ITEMS = 3
"""Of fewer items nothing is said that their figures do not show at a glance."""

READ_BACK = 3
"""So many are looked at in a vote by which nothing passes."""

NAMED = 2
"""So many titles are named in a sentence."""

PARTED = 3
"""So many items on which the territories part are named."""

Placed = tuple[Row, dict[str, int]]
"""An item, and its place by each territory."""


@dataclass(frozen=True, slots=True)
class BothSides:
    """Of one vote, in sentences."""

    heading: str
    shared: str
    parted: tuple[str, ...]
    """Where they part, item by item; or one sentence that they do not."""


def both_sides(vote: Vote, words: Wording) -> BothSides | None:
    """None where nothing passes by the vote, or too little of it is told by territory."""
    if (found := _found(vote)) is None:
        return None
    first, shared, parted = found
    two = len(vote.territories) == 2
    heading = _heading(words, two=two)
    said = [
        f"{quoted([row], words)}: {words.listed(_places(row, places, vote, words))}."
        for row, places in parted[:PARTED]
    ]
    return BothSides(heading, _shared(first, shared, words, two=two), tuple(said or [_alike(first, words)]))


def _heading(words: Wording, *, two: bool) -> str:
    if two:
        return words.gettext("What both sides share, and where they part")
    return words.gettext("What all territories share, and where they part")


def withheld(report: Report) -> bool:
    """Whether no vote that counts tells anything by territory, since it would tell how single people
    voted."""
    told = [vote for vote in report.votes if vote.last and not vote.few]
    return bool(told) and all(vote.territories_withheld for vote in told)


def why_withheld(report: Report, words: Wording) -> BothSides | None:
    """What is said, once, in the place of what the territories share; None where something is told."""
    if not withheld(report):
        return None
    said = words.gettext(
        "Nothing is told by territory, of any vote: too many people belong to a group of which only one or "
        "two voted on one side. Figures by group and by territory, held together, would tell how these "
        "people voted."
    )
    return BothSides(_heading(words, two=len(report.territories) == 2), said, ())


def in_one_sentence(report: Report, words: Wording) -> str:
    """The same of the vote that decided, as page one has room for it; empty where nothing can be said."""
    vote = report.decision
    if vote is None or vote.few or (found := _found(vote)) is None:
        return ""
    first, shared, parted = found
    said = [_briefly(first, shared, words, two=len(vote.territories) == 2)]
    if parted:
        row, places = parted[0]
        said.append(
            words.gettext(
                "They part most over “%(title)s”: %(places)s.",
                title=title_of(row, words),
                places=words.listed(_places(row, places, vote, words)),
            )
        )
    return in_round(" ".join(said), vote, report)


def _found(vote: Vote) -> tuple[int, list[Row], list[Placed]] | None:
    """How many come first; which items do so in every territory; which in some only, the furthest apart
    first."""
    if not vote.rule or vote.few or len(vote.listings) != 1 or len(vote.territories) < 2:
        return None
    placed = _placed(vote)
    if len(placed) < FEWEST_ITEMS:
        return None
    first = min(vote.passes or READ_BACK, len(placed) // 2)
    named = [(row, places) for row, places in placed if row.title]
    shared = [row for row, places in named if max(places.values()) <= first]
    parted = [(row, places) for row, places in named if min(places.values()) <= first < max(places.values())]
    return first, shared, sorted(parted, key=_apart, reverse=True)


def _placed(vote: Vote) -> list[Placed]:
    """The items that are told by every territory, each with its places among these: one more than there are
    with a higher figure. What got nothing there comes after all of them."""
    names = [name for name, _ in vote.territories]
    rows = [(row, dict(row.by_territory)) for row in vote.rows]
    told = [(row, given) for row, given in rows if given and all(name in given for name in names)]
    figures = {name: [given[name] for _, given in told] for name in names}
    return [(row, {name: _place(given[name], figures[name]) for name in names}) for row, given in told]


def _place(figure: float, figures: Sequence[float]) -> int:
    return 1 + sum(other > figure for other in figures) if figure > 0 else 1 + len(figures)


def _apart(one: Placed) -> tuple[int, float]:
    row, places = one
    figures = [figure for _, figure in row.by_territory]
    return max(places.values()) - min(places.values()), max(figures) - min(figures)


def _places(row: Row, places: dict[str, int], vote: Vote, words: Wording) -> list[str]:
    """Place and figure of an item in each territory, the highest place first."""
    how, listing, figures = telling(vote), vote.listing_of(row), dict(row.by_territory)
    return [
        words.gettext(
            "%(rank)s in %(territory)s (%(figure)s)",
            rank=words.ordinal(place),
            territory=name,
            figure=how.on_line(figures[name], listing, words),
        )
        if figures[name] > 0
        else words.gettext("nothing in %(territory)s", territory=name)
        for name, place in sorted(places.items(), key=lambda pair: pair[1])
    ]


def _shared(first: int, shared: Sequence[Row], words: Wording, *, two: bool) -> str:
    if not shared:
        if two:
            return words.ngettext(
                "Nothing comes first on both sides.",
                "Nothing is among the first %(num)s on both sides.",
                first,
            )
        return words.ngettext(
            "Nothing comes first in every territory.",
            "Nothing is among the first %(num)s in every territory.",
            first,
        )
    titles = quoted(shared, words)
    if two:
        said = words.ngettext(
            "First on both sides: %(titles)s.",
            "Among the first %(num)s on both sides: %(titles)s.",
            first,
            titles=titles,
        )
    else:
        said = words.ngettext(
            "First in every territory: %(titles)s.",
            "Among the first %(num)s in every territory: %(titles)s.",
            first,
            titles=titles,
        )
    return said


def _briefly(first: int, shared: Sequence[Row], words: Wording, *, two: bool) -> str:
    """Many titles stand on page one already, as what passed."""
    if len(shared) <= NAMED:
        return _shared(first, shared, words, two=two)
    said = {"shared": words.number(len(shared)), "first": words.number(first)}
    if two:
        return words.gettext("Both sides have %(shared)s of their first %(first)s in common.", **said)
    return words.gettext("All territories have %(shared)s of their first %(first)s in common.", **said)


def _alike(first: int, words: Wording) -> str:
    return words.ngettext(
        "They put nothing else first.", "They put nothing else among their first %(num)s.", first
    )
