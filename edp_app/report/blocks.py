"""The blocks of ranked items: everything that belongs to one of them, in one place."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from edp_app import charts
from edp_app.charts import Chart, ShareRow
from edp_app.report import contested, sentences
from edp_app.report.cards import Cards, Line
from edp_app.report.contents import Action, Entry, Report, Row, Vote
from edp_app.report.parts import Opinions
from edp_app.report.signed import AGAINST
from edp_app.report.votes import criteria, telling
from edp_app.report.votes.agree import answer_name
from edp_app.report.votes.tables import ScoreTable, on_a_line, score_table
from edp_app.report.wording import Look, Wording

BLOCK_CHART = 275
"""Width of a block's chart, in units of drawing; the text stands beside it."""

BLOCK_WORDS, BLOCK_FACTS, BLOCK_LINE = 258.0, 470.0, 17.0
"""The measure of a block's words beside the chart, that of its facts below, and a line of both, in the same
units."""

BLOCK_MOST = 310.0
"""The height from which a block may be cut: a third of a page."""

QUOTES = 2
"""So many reasons of each side stand with an item; all of them stand in the annex."""

QUOTES_CONTESTED = 6
"""So many of each side where the room was of two minds."""


@dataclass(frozen=True, slots=True)
class Voices:
    """What one side said, and how many more of them said something."""

    side: str
    texts: tuple[tuple[str, int], ...]
    """Each with how many wrote just that."""
    more: int
    signed: tuple[tuple[str, str], ...] = ()
    """Those beside which their authors set their names, reason and name; they are not among the texts."""


@dataclass(frozen=True, slots=True)
class Block:
    """One ranked item with everything that belongs to it."""

    rank: str
    row: Row
    title: str
    rounds: tuple[str, str]
    """Where it was scored again: which vote gave it its place, and which one everything else is of."""
    places: Sequence[str]
    said: Sequence[str]
    """What the room thinks of it, in sentences."""
    tie: str
    doubt: str
    """What the warning sign at its title stands for; empty where there is none."""
    chart: Chart | None
    shares: str
    sides: str
    """By territory, on a line."""
    table: ScoreTable | None
    line: str
    """Its criteria on a line, where there is no table."""
    voices: Sequence[Voices]
    elsewhere: Sequence[tuple[str, str]]
    """Title of another vote and what it says of the item."""
    cards: Sequence[tuple[str, Sequence[Line]]]
    """Title of a stage of cards and what stands on this item's; long ones have a part of their own
    instead."""
    promised: Sequence[tuple[str, Sequence[str]]]
    """Title of a stage of commitments and what was promised there for this item."""
    tall: bool
    """So tall that it may be cut between its parts: kept whole, it could leave a third of a page empty."""


def decided_blocks(report: Report, decision: Vote, look: Look) -> list[Block]:
    """A block for each item that has figures in the vote that decided: first what passed, with all that is
    known. A second round, or equal shares, may let pass what stands below something that does not."""
    others = [
        vote for vote in report.votes if vote.of == decision.of and vote.last and not report.decided_by(vote)
    ]
    return [
        block(
            row,
            decision,
            others,
            look,
            whole=row.passes,
            latest=report.latest(row, decision),
            cards=report.cards,
            promised=_promised(report, row, look.wording),
        )
        for row in sorted(decision.rows, key=lambda row: not row.passes)
        if row.given and row.entry is not None
    ]


def block(
    row: Row,
    vote: Vote,
    others: Sequence[Vote],
    look: Look,
    *,
    whole: bool,
    latest: tuple[Row, Vote] | None = None,
    cards: Sequence[Cards] = (),
    promised: Sequence[tuple[str, Sequence[str]]] = (),
) -> Block:
    """An item's block; ``whole``: with its chart and tables, else in brief. ``latest``: the item in the round
    that asked about it last; from there comes everything but its place among all the others."""
    words = look.wording
    now, of = latest or (row, vote)
    again = of.run != vote.run
    places, tie = sentences.places(row, vote, words), "" if again else contested.tie(row, vote, words)
    doubt, said = sentences.doubt(row, vote, words), opinion(now, of, words)
    chart = _chart(now, of, look) if whole else None
    table = score_table(now, of, sentences.counts_of(of), words, like=vote) if whole else None
    heard = voices(now, QUOTES, words, of.signed.get(row.item, ()))
    elsewhere = _elsewhere(row, [one for one in others if one.run != of.run], words)
    told = [*places, *said, tie, doubt]
    tall = [f"{title} {told}" for title, told in elsewhere]
    tall += [f"{one.side} {text}" for one in heard for text, _ in one.texts]
    written = _cards(row, cards)
    tall += [f"{title} {line.name} {' '.join(line.texts)}" for title, lines in written for line in lines]
    tall += [f"{title} {text}" for title, texts in promised for text in texts]
    height = _height(row.entry, told, tall, chart, look) if row.entry else 0.0
    height += BLOCK_LINE * (len(table.lines) + 2) if table else 0.0
    return Block(
        rank=words.number(sentences.rank_of(row, vote) or 0),
        row=row,
        title=sentences.title_of(row, words),
        rounds=(vote.title, of.title) if again else ("", ""),
        places=places,
        said=said,
        tie=tie,
        doubt=doubt,
        chart=chart,
        shares=_shares(now, of, words),
        sides=by_territory(now, of, words),
        table=table,
        line="" if table else on_a_line(now, of, words),
        voices=heard,
        elsewhere=elsewhere,
        cards=written,
        promised=promised,
        tall=height > BLOCK_MOST,
    )


def opinion(row: Row, vote: Vote, words: Wording) -> list[str]:
    """What the room thinks of an item, in sentences: of scores how many rate it high and low, the label; of
    opinions how many agree."""
    said = row.scored
    if said is not None:
        told = [
            criteria.opinion(said, vote, words),
            criteria.label_says(row, words),
            criteria.unsure(said, words),
            criteria.since(row, vote, words),
        ]
        return [sentence for sentence in told if sentence]
    if isinstance(row.part, Opinions):
        return [words.gettext("Of those who answered: %(told)s.", told=telling(vote).short(row, vote, words))]
    return []


def voices(row: Row, most: int, words: Wording, signed: Sequence[tuple[str, str]] = ()) -> tuple[Voices, ...]:
    """The reasons of each side, the first ``most`` of each. Whose they are is not told, but for those
    ``signed`` by who disagrees, all of which stand here."""
    if row.scored is not None:
        named = [(criteria.side_name(side, words), texts) for side, texts in row.scored.reasons]
    elif isinstance(row.part, Opinions):
        return tuple(
            _voices(answer_name(answer, words), texts, most, signed if answer == AGAINST else ())
            for answer, texts in row.part.reasons
        )
    else:
        return ()
    return tuple(_voices(side, texts, most) for side, texts in named)


def _voices(side: str, texts: Sequence[str], most: int, signed: Sequence[tuple[str, str]] = ()) -> Voices:
    left = Counter(text.strip() for text in texts)
    left.subtract(text.strip() for text, _ in signed)
    told = [(text, times) for text, times in left.most_common() if times > 0]
    shown = tuple(told[:most])
    return Voices(side, shown, len(texts) - len(signed) - sum(times for _, times in shown), tuple(signed))


def by_territory(row: Row, vote: Vote, words: Wording) -> str:
    """An item's figure by territory, on a line; empty where it is not told."""
    if not row.by_territory:
        return ""
    listing, told = vote.listing_of(row), telling(vote)
    return " · ".join(f"{name} {told.on_line(figure, listing, words)}" for name, figure in row.by_territory)


def _elsewhere(row: Row, others: Sequence[Vote], words: Wording) -> list[tuple[str, str]]:
    """What other votes say of the same item."""
    found = []
    for vote in others:
        there = None if vote.few else vote.row_of(row.item)
        if there is None or not there.given:
            continue
        changed = criteria.changed(there, vote, words) if vote.second_of else ""
        found.append((vote.title, changed or telling(vote).short(there, vote, words)))
    return found


def _cards(row: Row, cards: Sequence[Cards]) -> list[tuple[str, Sequence[Line]]]:
    """What stands on an item's cards, of those stages that are tables elsewhere."""
    found = [(one.title, one.of(row.item)) for one in cards if one.as_table]
    return [(title, card.written) for title, card in found if card]


def merged_from(entry: Entry) -> list[tuple[str, list[int]]]:
    """What an item was made of: each text once, with the numbers of all who wrote it."""
    texts: dict[str, list[int]] = {}
    for text, n in [(entry.own_title, entry.n), *((one.title, one.n) for one in entry.merged)]:
        texts.setdefault(text, []).append(n)
    return list(texts.items())


def _promised(report: Report, row: Row, words: Wording) -> list[tuple[str, Sequence[str]]]:
    """Who does what by when for an item; what several wrote word for word stands there once."""
    found = []
    for gathering in report.gatherings:
        meant = (one for one in gathering.actions if row.entry and _names(one.entry, row.entry))
        if lines := list(dict.fromkeys(_on_a_line(one, words) for one in meant)):
            found.append((gathering.title, lines))
    return found


def _names(entry: Entry, item: Entry) -> bool:
    return any(link.n == item.n for link in entry.links)


def _on_a_line(action: Action, words: Wording) -> str:
    what = f"{action.who}: {action.entry.title}" if action.who else action.entry.title
    by_when = action.by_when and words.gettext("by when: %(date)s", date=action.by_when)
    return " · ".join(filter(None, [what, by_when, action.kind]))


def _chart(row: Row, vote: Vote, look: Look) -> Chart | None:
    """What each group gave an item."""
    if len(row.by_cell) < 2 or row.balanced is None:
        return None
    scale = max([0.01, *(share for one in vote.rows for _, share in one.by_cell)])
    measure = telling(vote).measure(vote.listing_of(row))
    # Not everybody of a cell need have judged the item: only what was spent is told of all who voted.
    told = measure.kind == "share"
    marks = [ShareRow(cell.mark, share, cell.voters if told else None) for cell, share in row.by_cell]
    return charts.shares(marks, row.balanced, look, BLOCK_CHART, scale, measure)


def _shares(row: Row, vote: Vote, words: Wording) -> str:
    """What each cell gave an item, on a line; nothing where there is but one cell."""
    if len(row.by_cell) < 2:
        return ""
    listing, told = vote.listing_of(row), telling(vote)
    return " · ".join(
        f"{cell.mark.name} {told.on_line(figure, listing, words)}" for cell, figure in row.by_cell
    )


def _height(entry: Entry, said: Sequence[str], more: Sequence[str], chart: Chart | None, look: Look) -> float:
    """About how tall an item's block stands, in units of drawing."""

    def lines(text: str, measure: float) -> int:
        return sum(len(look.metrics.wrap(line, charts.SIZE, measure, 99)) for line in text.split("\n"))

    beside = BLOCK_WORDS if chart else BLOCK_FACTS
    told = [*said, *(f"{name} {text}" for name, text in entry.fields)]
    facts = [f"{link.title} ({link.column}, 000)" for link in entry.links]
    facts.append(" · ".join(goal.name for goal in entry.goals))
    facts.append(" ".join(text for text, _ in merged_from(entry)) if entry.merged else "")
    words = sum(lines(text, beside) for text in told) * BLOCK_LINE
    below = sum(lines(text, BLOCK_FACTS) for text in [*facts, *more]) * BLOCK_LINE
    return 60 + max(words, chart.height + BLOCK_LINE if chart else 0) + below
