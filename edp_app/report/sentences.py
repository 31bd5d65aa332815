"""What the report says in plain words about rules and results. Pure: contents and a wording in, sentences
out.

The words are those of the screen, so that a reader who was in the room meets them again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from edp_app.core.results.cells import FEWEST
from edp_app.report.contents import Cell, Listing, Report, Row, Vote
from edp_app.report.wording import Wording


@dataclass(frozen=True, slots=True)
class FirstChoice:
    """The items that a cell gave most of its dots; none of them passed."""

    cell: Cell
    rows: tuple[Row, ...]
    share: float


def title_of(row: Row, words: Wording) -> str:
    """How a row is called; a hidden item has no words any more."""
    return row.title or words.gettext("(hidden by the facilitator)")


def rank_of(row: Row, vote: Vote) -> int:
    """The rank by the count under which the rows are listed."""
    if vote.rule == "headcount" or row.rank_balanced is None:
        return row.rank_headcount
    return row.rank_balanced


def places(row: Row, words: Wording) -> list[str]:
    """Where an item stands by each count, and with what share of the dots: a sentence for each count."""
    heads = words.gettext(
        "One person, one vote: %(rank)s (%(share)s).",
        rank=words.ordinal(row.rank_headcount),
        share=words.percent(row.headcount, 1),
    )
    if row.rank_balanced is None or row.balanced is None:
        return [heads]
    groups = words.gettext(
        "Every group counting the same, whatever its size: %(rank)s (%(share)s).",
        rank=words.ordinal(row.rank_balanced),
        share=words.percent(row.balanced, 1),
    )
    return [heads, groups]


def rule(vote: Vote, words: Wording) -> str:
    """Which count decided."""
    gettext = words.gettext
    return {
        "headcount": gettext("One person, one vote decided."),
        "balanced": gettext("It was decided with every group counting the same, whatever its size."),
        "both": gettext(
            "Only what was ahead by both counts went through: one person, one vote, and every group counting "
            "the same."
        ),
    }[vote.rule]


def passing(vote: Vote, words: Wording) -> str:
    """How many were to pass; fewer do where fewer were given anything."""
    if vote.rule == "both":
        if vote.per_column:
            return words.ngettext(
                "At most one was to pass in each column.",
                "At most %(num)s were to pass in each column.",
                vote.passes,
            )
        return words.ngettext("At most one was to pass.", "At most %(num)s were to pass.", vote.passes)
    if vote.per_column:
        return words.ngettext(
            "The first one in each column was to pass.",
            "The first %(num)s in each column were to pass.",
            vote.passes,
        )
    return words.ngettext("The first one was to pass.", "The first %(num)s were to pass.", vote.passes)


def dots(vote: Vote, words: Wording) -> str:
    """What everyone had to spend."""
    if vote.per_column:
        given = words.ngettext(
            "Everyone had one dot in each column.", "Everyone had %(num)s dots in each column.", vote.dots
        )
    else:
        given = words.ngettext("Everyone had one dot.", "Everyone had %(num)s dots.", vote.dots)
    if vote.dots <= 1 or vote.cap >= vote.dots:
        return given
    capped = words.ngettext(
        "At most one of them on the same item.", "At most %(num)s of them on the same item.", vote.cap
    )
    return f"{given} {capped}"


def turnout(vote: Vote, words: Wording) -> str:
    """How many voted, and which groups did not."""
    voted = words.ngettext("One person cast a vote.", "%(num)s people cast a vote.", vote.voters)
    if not vote.absent:
        return voted
    missing = words.gettext("Nobody voted for: %(groups)s.", groups=words.listed(vote.absent))
    return f"{voted} {missing}"


def too_few(voters: int, words: Wording) -> str:
    """Why there are no figures. Sheets of paper do not count towards the three."""
    if voters >= FEWEST:
        return words.gettext(
            "Fewer than three people voted on a phone. To protect them no figures are shown."
        )
    return words.gettext("Fewer than three people took part. To protect them no figures are shown.")


def pooled(words: Wording) -> str:
    return words.gettext(
        "In some groups fewer than three people voted; to protect them their votes are shown together with "
        "other small groups."
    )


def privacy(report: Report, words: Wording) -> str:
    """What was promised to the people in the room about their votes."""
    gettext = words.gettext
    return {
        "grouped": gettext(
            "Results are shown by group. Where fewer than three people of a group voted, their votes are "
            "shown together with other small groups, here and everywhere, so that nobody's vote can be read "
            "from a result."
        ),
        "open": gettext(
            "The room agreed to show every group's result, however small the group. Where a group had one "
            "voter, that person's vote can be read from it."
        ),
        "headcount": gettext("Votes were counted by heads alone. No result is shown by group."),
    }[report.privacy]


def privacy_name(report: Report, words: Wording) -> str:
    """The privacy mode in a few words, for the cover."""
    gettext = words.gettext
    return {
        "grouped": gettext("Results by group; small groups are shown together"),
        "open": gettext("Results of every group are open"),
        "headcount": gettext("Counted by heads alone"),
    }[report.privacy]


def difference(row: Row, words: Wording) -> str:
    """How far the two counts are apart for one item."""
    said = words.gettext(
        "“%(title)s”: %(groups)s when every group counts the same, %(heads)s by one person, one vote.",
        title=title_of(row, words),
        groups=words.ordinal(row.rank_balanced or row.rank_headcount),
        heads=words.ordinal(row.rank_headcount),
    )
    if row.passes_headcount and not row.passes_balanced:
        return said + " " + words.gettext("It would have passed by heads alone.")
    if row.passes_balanced and not row.passes_headcount:
        return said + " " + words.gettext("It would not have passed by heads alone.")
    return said


def first_choice(choice: FirstChoice, words: Wording) -> str:
    """A cell whose first choice (or choices, where several got as much) did not pass."""
    titles = [words.gettext("“%(title)s”", title=title_of(row, words)) for row in choice.rows]
    return words.gettext(
        "%(group)s: the first choice, %(titles)s (%(share)s of its dots), did not pass.",
        group=choice.cell.mark.name,
        titles=words.listed(titles),
        share=words.percent(choice.share),
    )


def notes(row: Row, words: Wording) -> list[str]:
    """What has to be said beside one item's figures."""
    said = []
    if row.lot:
        said.append(words.gettext("A tie at the cut was decided by lot."))
    elif row.tied_out:
        said.append(
            words.gettext(
                "It had as much as the last one that passed; the tie went to the one with more support where "
                "its support is lowest."
            )
        )
    if row.cut_depends:
        said.append(
            words.gettext("Treat this position with caution: it depends on a group with very few voters.")
        )
    return said


# ---- what is contested


def differing(vote: Vote) -> list[Row]:
    """The items for which it matters which count decides: those that one count would let through and the
    other would not, then those that lead by one count and not by the other."""
    rows = [row for row in vote.rows if row.rank_balanced is not None and row.title]
    cut = [row for row in rows if row.passes_headcount != row.passes_balanced]
    led = [row for row in rows if row not in cut and (row.rank_headcount == 1) != (row.rank_balanced == 1)]
    return [*sorted(cut, key=_apart, reverse=True), *led]


def _apart(row: Row) -> int:
    return abs(row.rank_headcount - (row.rank_balanced or row.rank_headcount))


def first_choices_left_out(vote: Vote, listing: Listing) -> list[FirstChoice]:
    """The cells none of whose first choices passed."""
    found = []
    for cell in vote.cells:
        given = [(row, dict(row.shares).get(cell, 0.0)) for row in listing.rows]
        most = max((share for _, share in given), default=0.0)
        first = tuple(row for row, share in given if share == most)
        if most > 0 and not any(row.passes for row in first):
            found.append(FirstChoice(cell, first, most))
    return found


def furthest_apart(vote: Vote, count: int) -> Sequence[tuple[Row, tuple[Cell, float], tuple[Cell, float]]]:
    """The items on which the cells are furthest apart, with the highest and the lowest share."""
    spread = []
    for row in vote.rows:
        if len(row.shares) > 1 and row.title:
            low = min(row.shares, key=lambda pair: pair[1])
            high = max(row.shares, key=lambda pair: pair[1])
            if high[1] > low[1]:
                spread.append((row, high, low))
    return sorted(spread, key=lambda one: one[1][1] - one[2][1], reverse=True)[:count]
