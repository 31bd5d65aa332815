"""A vote as it stands in the report beside the one that decided: its sentences, its ranking, its items."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from edp_app.report import contested, heard, sentences
from edp_app.report.blocks import QUOTES, Block, Voices, block, by_territory, voices
from edp_app.report.both_sides import BothSides, both_sides, withheld
from edp_app.report.contents import Report, Row, Vote
from edp_app.report.illustrations import Picture, pictures
from edp_app.report.parts import Listing
from edp_app.report.ties import Count, figure
from edp_app.report.votes import telling
from edp_app.report.votes.base import Telling, longest_of
from edp_app.report.wording import Look, Wording

DIFFERING = 3
"""So many items on which the two counts part are named under a vote that did not decide."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One count of one item in a ranking. ``length`` from 0 to 1; None where the figure has no bar."""

    length: float | None
    figure: str
    rank: str


@dataclass(frozen=True, slots=True)
class Line:
    """One item in a ranking."""

    row: Row
    rank: str
    title: str
    doubt: str
    under: tuple[str, ...]
    bars: tuple[Bar, ...]
    column: str
    cut: bool
    """The last one that passed."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """A list, those without a figure left out: of them there is a sentence."""

    name: str
    lines: tuple[Line, ...]
    without: str


@dataclass(frozen=True, slots=True)
class Told:
    """Everything about one vote outside the part on priorities."""

    vote: Vote
    telling: Telling
    lead: str
    notes: tuple[str, ...]
    pictures: tuple[Picture, ...]
    rankings: tuple[Ranking, ...]
    voices: tuple[tuple[str, tuple[Voices, ...]], ...]
    """Title of an item and the reasons for it; of methods whose items have no blocks."""
    sides: BothSides | None
    blocks: tuple[Block, ...]
    """The items one by one, where scores have to be told."""


def read_back(vote: Vote, report: Report, look: Look) -> Told:
    """The read-back of what was decided: in the order in which that was decided, under the numbers that it
    has there. How it would be ranked by who stands by it,
    in all or on either side, is nobody's question."""
    order = [row.item for row in report.through]
    number = {row.item: heard.rank_on_page_one(report, row) for row in report.through}

    def arranged(row: Row) -> int:
        return order.index(row.item) if row.item in order else len(order)

    listings = (replace(one, rows=tuple(sorted(one.rows, key=arranged))) for one in vote.listings)
    found = told(replace(vote, listings=tuple(listings)), look, placed=not said_of_all(report, look.wording))
    rankings = []
    for one in found.rankings:
        lines = [
            replace(
                line,
                rank=look.wording.number(rank) if (rank := number.get(line.row.item)) else "",
                bars=tuple(replace(bar, rank="") for bar in line.bars),
            )
            for line in one.lines
        ]
        rankings.append(replace(one, lines=tuple(lines)))
    return replace(found, rankings=tuple(rankings), sides=None)


def said_of_all(report: Report, words: Wording) -> bool:
    """Whether it stands elsewhere, of all votes, why nothing or not everything is told by territory."""
    return withheld(report) or bool(sentences.placed_alike(report, words))


def told(vote: Vote, look: Look, *, placed: bool = True) -> Told:
    """A vote, arranged; ``placed``: with why nothing, or not everything, is told by territory."""
    words, how = look.wording, telling(vote)
    counts = sentences.counts_of(vote)
    scored = vote.method == "criteria"
    notes = [contested.difference(row, vote, words) for row in contested.differing(vote)[:DIFFERING]]
    # Where nothing is ranked, figures by territory stand in the annex.
    notes += [sentences.by_shares(vote, words), sentences.placed(vote, words) if placed and vote.rule else ""]
    notes += [how.figure_says(vote, words), how.order_says(words)]
    notes += [sentences.concordance(listing, words) for listing in vote.listings]
    rows = [row for row in vote.rows if row.given and row.title and vote.last]
    if not vote.last:
        notes.append(words.gettext("It was voted on again later; the later result counts."))
    return Told(
        vote=vote,
        telling=how,
        lead=sentences.how(vote, words),
        notes=tuple(filter(None, notes)),
        pictures=tuple(pictures(vote, look)) if vote.last else (),
        sides=both_sides(vote, words) if vote.last else None,
        rankings=tuple(ranking(listing, vote, counts, look) for listing in vote.listings)
        if vote.rule
        else (),
        voices=()
        if scored
        else tuple(
            (row.title, heard)
            for row in rows
            if (heard := voices(row, QUOTES, words, vote.signed.get(row.item, ())))
        ),
        blocks=tuple(block(row, vote, (), look, whole=False) for row in rows) if scored else (),
    )


def ranking(listing: Listing, vote: Vote, counts: Sequence[Count], look: Look) -> Ranking:
    """One list of a vote."""
    words, how = look.wording, telling(vote)
    longest, digits = longest_of(vote), how.digits(listing)
    judged = [row for row in listing.rows if row.given]
    lines = []
    for place, row in enumerate(judged):
        after = judged[place + 1] if place + 1 < len(judged) else None
        tie = contested.tie(row, vote, words)
        sides = "" if vote.per_column else by_territory(row, vote, words)
        lines.append(
            Line(
                row=row,
                rank=words.number(sentences.rank_of(row, vote) or 0),
                title=sentences.title_of(row, words),
                doubt=sentences.doubt(row, vote, words),
                under=tuple(filter(None, [*how.under(row, vote, words), sides, tie])),
                bars=tuple(_bar(row, count, longest, digits, listing, look, how) for count in counts),
                column=how.in_column(row, words),
                cut=row.passes and (after is None or not after.passes),
            )
        )
    without = len(listing.rows) - len(judged)
    return Ranking(listing.name, tuple(lines), how.without(without, words) if without else "")


def _bar(
    row: Row, count: Count, longest: float, digits: int, listing: Listing, look: Look, how: Telling
) -> Bar:
    value, words = figure(row, count) or 0.0, look.wording
    written = how.in_ranking(value, count, listing, words, digits)
    length = how.length(value, longest) if how.drawn(count) else None
    return Bar(length, written, sentences.place(row, count, words))
