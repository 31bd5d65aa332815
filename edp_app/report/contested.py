"""What was contested, in plain words: first choices left out, where the two counts part, ties at the cut.

Pure: contents and a wording in, sentences out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from edp_app.report import ties
from edp_app.report.contents import Cell, Listing, Report, Row, Vote
from edp_app.report.sentences import counts_of, deciding, place, proportional, title_of
from edp_app.report.ties import Count, Step, Tie
from edp_app.report.votes import telling
from edp_app.report.wording import Wording

NAMED = 3
"""So many of the items that stand level are named in a sentence."""


SHARED_OUT = ("dots", "points")
"""Methods by which people share out what they have: a group's figure is the part of it that an item got."""


@dataclass(frozen=True, slots=True)
class FirstChoice:
    """The items that stand first with a cell; none of them passed. ``figure``: what the cell gave them, as it
    is told."""

    cell: Cell
    rows: tuple[Row, ...]
    share: float
    listing: Listing
    vote: Vote


def in_round(said: str, vote: Vote, report: Report) -> str:
    """A sentence about this vote; with its name where an item may have been asked about again since."""
    return f"{vote.title} · {said}" if report.second_rounds else said


def difference(row: Row, vote: Vote, words: Wording) -> str:
    """How far the two counts are apart for one item, what the other count would have changed, and what its
    tie-break has to do with it."""
    filled = {
        "title": title_of(row, words),
        "heads": _place(row, vote, "headcount", words),
        "groups": _place(row, vote, "balanced", words),
    }
    heads_first = counts_of(vote)[0] == "headcount"
    said = [
        words.gettext(
            "“%(title)s”: %(heads)s by one person, one vote, %(groups)s when every group counts the same.",
            **filled,
        )
        if heads_first
        else words.gettext(
            "“%(title)s”: %(groups)s when every group counts the same, %(heads)s by one person, one vote.",
            **filled,
        )
    ]
    for other in _others(row, vote):
        said += [_would_have(row, other, words), _tie_break(row, vote.listing_of(row), other, words)]
    return " ".join(filter(None, said))


def _place(row: Row, vote: Vote, count: Count, words: Wording) -> str:
    """An item's rank by a count, and whether it had to be told from others of that rank at the cut."""
    rank = place(row, count, words)
    tie = ties.tie_at_cut(vote.listing_of(row), count)
    return words.gettext("tied for %(rank)s", rank=rank) if tie and row in (*tie.won, *tie.lost) else rank


def _others(row: Row, vote: Vote) -> list[Count]:
    """The counts that would have had it otherwise: where both have to agree, the one that lets it through;
    where equal shares decided, any."""
    if proportional(vote):
        return [count for count in counts_of(vote) if ties.passes(row, count) != row.passes]
    if row.passes_headcount == row.passes_balanced:
        return []
    if vote.rule == "both":
        return ["headcount" if row.passes_headcount else "balanced"]
    return [counts_of(vote)[1]]


def _would_have(row: Row, count: Count, words: Wording) -> str:
    gettext = words.gettext
    if count == "headcount":
        if row.passes_headcount:
            return gettext("It would have passed by heads alone.")
        return gettext("It would not have passed by heads alone.")
    if row.passes_balanced:
        return gettext("It would have passed with every group counting the same.")
    return gettext("It would not have passed with every group counting the same.")


def first_choice(choice: FirstChoice, words: Wording) -> str:
    """A cell whose first choice (or choices, where several got as much) did not pass."""
    return words.gettext(
        "%(group)s: the first choice, %(titles)s (%(share)s), did not pass.",
        group=choice.cell.mark.name,
        titles=quoted(choice.rows, words, NAMED),
        share=telling(choice.vote).in_cell(choice.share, choice.listing, words),
    )


def differing(vote: Vote) -> list[Row]:
    """The items for which it matters which count decides: those that one count would let through and the
    other would not, then those that lead by one count and not by the other."""
    cut = parted(vote)
    led = [
        row
        for row in _ranked(vote)
        if row not in cut and (row.rank_headcount == 1) != (row.rank_balanced == 1)
    ]
    return [*cut, *led]


def parted(vote: Vote) -> list[Row]:
    """The items that one count would let through and the other would not, furthest apart first."""
    return sorted([row for row in _ranked(vote) if _others(row, vote)], key=_apart, reverse=True)


def _ranked(vote: Vote) -> list[Row]:
    return [row for row in vote.rows if row.rank_balanced is not None and row.title]


def _apart(row: Row) -> int:
    heads = row.rank_headcount or 0
    return abs(heads - (row.rank_balanced or heads))


def first_choices_left_out(vote: Vote, listing: Listing) -> list[FirstChoice]:
    """The cells none of whose first choices passed. A cell that stands together with others for some item has
    no first choice that could be told."""
    found = []
    judged = [row for row in listing.rows if row.by_cell]
    for cell in vote.cells:
        given = [(row, dict(row.by_cell).get(cell)) for row in judged]
        figures = [figure for _, figure in given if figure is not None]
        if len(figures) < len(given) and vote.method not in SHARED_OUT:
            continue
        most = max(figures, default=0.0)
        first = tuple(row for row, figure in given if figure == most)
        if most > 0 and not any(row.passes for row in first):
            found.append(FirstChoice(cell, first, most, listing, vote))
    return found


def furthest_apart(rows: Iterable[tuple[Row, Vote]], count: int) -> list[tuple[Row, Vote]]:
    """Of these items, each in the vote that is told of it, those on which the cells are furthest apart."""
    spread = [(row, vote, _reach(row)) for row, vote in rows if row.title and _reach(row) > 0]
    return [(row, vote) for row, vote, _ in sorted(spread, key=lambda one: one[2], reverse=True)[:count]]


def _reach(row: Row) -> float:
    figures = [figure for _, figure in row.by_cell]
    return max(figures, default=0.0) - min(figures, default=0.0)


def apart(row: Row, vote: Vote, words: Wording) -> str:
    """From which figure of a group to which an item's reach."""
    listing, told = vote.listing_of(row), telling(vote)
    low, high = (pick(row.by_cell, key=lambda pair: pair[1]) for pick in (min, max))
    return words.gettext(
        "“%(title)s”: highest with %(high)s (%(high_figure)s), lowest with %(low)s (%(low_figure)s).",
        title=title_of(row, words),
        high=high[0].mark.name,
        high_figure=told.in_cell(high[1], listing, words),
        low=low[0].mark.name,
        low_figure=told.in_cell(low[1], listing, words),
    )


# ---- ties at the cut


def _by(step: Step, words: Wording) -> str:
    if step == "cells":
        return words.gettext("more support in the group where support is lowest")
    return words.gettext("more agreement among people") if step == "agreement" else words.gettext("a lot")


def quoted(rows: Sequence[Row], words: Wording, most: int | None = None) -> str:
    """Titles in quotation marks, as one phrase; of more than ``most`` the first, and how many more."""
    shown = rows if most is None or len(rows) <= most + 1 else rows[:most]
    titles = [words.gettext("“%(title)s”", title=title_of(row, words)) for row in shown]
    if len(shown) < len(rows):
        titles.append(words.ngettext("one more", "%(num)s more", len(rows) - len(shown)))
    return words.listed(titles)


def _tie_break(row: Row, listing: Listing, count: Count, words: Wording) -> str:
    """How a tie at the cut of this count went for an item; empty where it was in none."""
    tie = ties.tie_at_cut(listing, count)
    if tie is None or row not in (*tie.won, *tie.lost):
        return ""
    by = _by(tie.step(row), words)
    if row in tie.won:
        return words.gettext("The tie-break (%(by)s) gives it the place.", by=by)
    titles = quoted(tie.before(row), words, NAMED)
    return words.gettext("The tie-break (%(by)s) gives the place to %(titles)s.", by=by, titles=titles)


def tie(row: Row, vote: Vote, words: Wording) -> str:
    """What is said beside an item that was in a tie at the cut of a count that decided; else nothing."""
    said = []
    for count in deciding(vote):
        if broken := _tie_break(row, vote.listing_of(row), count, words):
            said += [_tied(row, count, words), broken]
    return " ".join(said)


def _tied(row: Row, count: Count, words: Wording) -> str:
    rank = place(row, count, words)
    if count == "headcount":
        return words.gettext("Tied for %(rank)s by one person, one vote.", rank=rank)
    return words.gettext("Tied for %(rank)s when every group counts the same.", rank=rank)


def decided_ties(vote: Vote, words: Wording) -> list[str]:
    """Every tie at the cut that had to be broken for the decision: nobody is dropped without a word."""
    said = []
    for listing in vote.listings:
        for count in deciding(vote):
            if found := ties.tie_at_cut(listing, count):
                said.append(_told(found, words))
    return said


def _told(found: Tie, words: Wording) -> str:
    by = _by(found.step(*found.lost), words)
    return " ".join(
        [
            words.gettext(
                "Tied for %(rank)s: %(titles)s.",
                rank=words.ordinal(found.rank),
                titles=quoted([*found.won, *found.lost], words, NAMED),
            ),
            words.gettext(
                "The tie-break (%(by)s) gives the place to %(titles)s.",
                by=by,
                titles=quoted(found.won, words, NAMED),
            ),
        ]
    )


def tie_rule(report: Report, words: Wording) -> str:
    """How ties are settled, as far as the votes of this report can come to it."""
    gettext = words.gettext
    groups = report.privacy != "headcount"
    if any(vote.rule and vote.method == "criteria" for vote in report.votes):
        steps = (
            gettext(
                "A tie at the cut goes to the item with more support where its support is lowest, then, in a "
                "vote on criteria, to the one on which people agree more, and then to a lot."
            )
            if groups
            else gettext(
                "A tie at the cut goes, in a vote on criteria, to the item on which people agree more, and "
                "then to a lot."
            )
        )
    elif groups:
        steps = gettext(
            "A tie at the cut goes to the item with more support where its support is lowest, and then to a "
            "lot."
        )
    else:
        steps = gettext("A tie at the cut is settled by a lot.")
    lot = gettext(
        "The lot is drawn from the digest of the record once the vote was closed and its last sheet of "
        "paper typed in, which stands with the figures in the data to download: nobody who voted could know "
        "it, and anyone can draw it again."
    )
    return " ".join([gettext("Equal figures share a rank."), steps, lot])
