"""What was heard: both sides of what was contested, second rounds, every reason that was given, and
what the indices say. Pure: contents and a wording in, sentences and quotations out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from edp_app.report import contested, sentences
from edp_app.report.blocks import QUOTES_CONTESTED, Voices, opinion, voices
from edp_app.report.contents import Report, Row, Vote
from edp_app.report.parts import Listing, Scored
from edp_app.report.sentences import title_of
from edp_app.report.votes import criteria
from edp_app.report.votes.tables import score
from edp_app.report.wording import Wording


@dataclass(frozen=True, slots=True)
class TwoSides:
    """An item about which the room was of two minds, with both sides' reasons. ``stage``: where it was, when
    that is not the vote that decided."""

    title: str
    stage: str
    said: Sequence[str]
    voices: Sequence[Voices]


@dataclass(frozen=True, slots=True)
class Indices:
    """The indices of one item."""

    title: str
    n: str
    agreement: str
    polarisation: str
    gap: str
    p: str
    label: str


def _on_priorities(report: Report) -> list[Vote]:
    """The votes by criteria that stand, the latest of each item first."""
    found = [vote for vote in report.votes if vote.last and vote.method == "criteria" and not vote.few]
    return sorted(found, key=report.decided_by)


def left_out(report: Report, words: Wording) -> list[str]:
    """Groups none of whose first choices passed: by the figures of the round that asked last about each item,
    where the second round had the same groups."""
    return [said for said, _ in first_choices(report, words)]


def first_choices(report: Report, words: Wording) -> list[tuple[str, contested.FirstChoice]]:
    """The same with whose and which they are."""
    decision = report.decision
    if decision is None or not decision.by_groups:
        return []
    found = [
        choice
        for listing in decision.listings
        for choice in contested.first_choices_left_out(decision, _as_it_stands(report, decision, listing))
    ]
    said = []
    for choice in found:
        told = report.latest(choice.rows[0], decision)[1] if left_out_is_known(report) else decision
        said.append((contested.in_round(contested.first_choice(choice, words), told, report), choice))
    return said + _left_out_before(report, words)


def _left_out_before(report: Report, words: Wording) -> list[tuple[str, contested.FirstChoice]]:
    """Groups none of whose first choices got as far as the vote that decided."""
    return [
        (f"{vote.title} · {contested.first_choice(choice, words)}", choice)
        for vote in report.before_decision
        if vote.by_groups and not vote.few and not report.second_round_of(vote)
        for listing in vote.listings
        for choice in contested.first_choices_left_out(vote, listing)
    ]


def left_out_is_known(report: Report) -> bool:
    """Whether it can be said of every group whether its first choice passed: not where a second round tells
    the groups in other cells than the first."""
    decision = report.decision
    return decision is not None and all(_same_cells(decision, one) for one in report.second_rounds)


def _same_cells(one: Vote, other: Vote) -> bool:
    return {cell.id: cell.groups for cell in one.cells} == {cell.id: cell.groups for cell in other.cells}


def _as_it_stands(report: Report, decision: Vote, listing: Listing) -> Listing:
    """A list of the decision with what the groups said last of each item. Items that are no more, merged or
    hidden between the rounds, are nobody's choice."""
    if not report.second_rounds:
        return listing
    cells = {cell.id: cell for cell in decision.cells}
    rows = []
    for row in listing.rows:
        now, vote = report.latest(row, decision)
        if row.entry is None and not row.passes:
            continue
        if vote.run != decision.run and left_out_is_known(report):
            told = tuple((cells.get(cell.id, cell), figure) for cell, figure in now.by_cell)
            rows.append(replace(row, by_cell=told))
        else:
            rows.append(row)
    return replace(listing, rows=tuple(rows))


def differences(report: Report, words: Wording) -> list[str]:
    """Items for which it matters which count decides, each in the round that asked about it last. A second
    round gives places, and no ranks: who leads in it does not matter."""
    return [said for said, _, _ in parted(report, words)]


def parted(report: Report, words: Wording) -> list[tuple[str, Row, Vote]]:
    """The same with the item, and the vote that is told of it."""
    decision = report.decision
    if decision is None or not decision.by_groups:
        return []
    rounds = [(decision, contested.differing(decision))]
    rounds += [(second, contested.parted(second)) for second in report.second_rounds]
    return [
        (contested.in_round(contested.difference(row, vote, words), vote, report), row, vote)
        for vote, rows in rounds
        for row in rows
        if report.latest(row, decision)[1].run == vote.run
    ]


def furthest_apart(report: Report, most: int, words: Wording) -> list[str]:
    """Where the groups were furthest apart, each item as the last round about it left it."""
    decision = report.decision
    if decision is None:
        return []
    rows = [report.latest(row, decision) for row in decision.rows]
    return [
        contested.in_round(contested.apart(row, vote, words), vote, report)
        for row, vote in contested.furthest_apart(rows, most)
    ]


def decided_ties(report: Report, words: Wording) -> list[str]:
    """Every tie at the cut that had to be broken, in the vote that decided and in its second rounds."""
    decision = report.decision
    if decision is None:
        return []
    return [
        contested.in_round(said, vote, report)
        for vote in (decision, *report.second_rounds)
        for said in contested.decided_ties(vote, words)
    ]


def on_page_one(report: Report, row: Row, words: Wording, *, opinions: bool) -> list[str]:
    """The sentences under an item that passed: with which figures by both counts, and where that puts it, in
    the round that gave it its place; with ``opinions``, how many rate it high and low."""
    decision = report.decision
    if decision is None:
        return []
    placed, by = report.placed_by(row, decision)
    now, of = report.latest(row, decision)
    told = opinion(now, of, words)[:1] if opinions else []
    if by.run == decision.run:
        places = sentences.places(row, decision, words)
    else:  # first of two is not what first of eight is
        places = sentences.counted_with(placed, by, words)
        places[:1] = [contested.in_round(said, by, report) for said in places[:1]]
    if of.run != by.run:
        told = [contested.in_round(said, of, report) for said in told]
    return [*places, *told]


def rank_on_page_one(report: Report, row: Row) -> int | None:
    """The number beside an item that passed: its place in the vote that decided. None for what a second round
    gave a place, since that has no ranks among all items."""
    decision = report.decision
    if decision is None or report.placed_by(row, decision)[1].run != decision.run:
        return None
    return sentences.rank_of(row, decision)


def some_are_level(report: Report, rows: Sequence[Row]) -> bool:
    """Whether two of these items that passed have the same number on page one."""
    numbers = [rank_on_page_one(report, row) for row in rows]
    told = [number for number in numbers if number is not None]
    return len(set(told)) < len(told)


def informing(report: Report, words: Wording) -> str:
    """What is said where nothing has been decided: that by what was voted nothing was to pass, or that no
    result has been revealed."""
    told = list(dict.fromkeys(vote.title for vote in report.votes if vote.last))
    if not told:
        return words.gettext("No vote's result has been revealed, so nothing has been decided.")
    titles = words.listed([words.gettext("“%(title)s”", title=title) for title in told])
    return words.gettext("What was voted informs, and nothing was to pass by it: %(titles)s.", titles=titles)


def _quoted(row: Row, words: Wording) -> str:
    return words.gettext("“%(title)s”", title=row.title)


def second_rounds(report: Report, words: Wording) -> list[str]:
    """What second rounds changed: those that changed nothing since too few voted, then an item a sentence;
    those first that pass by them."""
    said = [_idle(vote, words) for vote in report.idle_rounds]
    for vote in report.second_rounds:
        for row in sorted(vote.rows, key=lambda row: not row.passes):
            if row.title and (changed := criteria.changed(row, vote, words)):
                passed = words.gettext("In this round it passed.") if row.passes else ""
                said.append(f"{_quoted(row, words)}: {changed}. {passed}".rstrip())
    return said


def _idle(vote: Vote, words: Wording) -> str:
    held = (
        words.gettext("“%(stage)s” was held once more, and changed nothing.", stage=vote.title)
        if vote.number > 1
        else words.gettext("“%(stage)s” was held, and changed nothing.", stage=vote.title)
    )
    return f"{held} {sentences.too_few(vote.voters, words)}"


def two_sides(report: Report, words: Wording) -> list[TwoSides]:
    """Every item about which the room was of two minds, as it stands after the last round about it."""
    found: dict[str, TwoSides] = {}
    for vote in _on_priorities(report):
        if vote.second_of and any(one.stage == vote.second_of for one in _on_priorities(report)):
            continue
        for row in vote.rows:
            now, of = report.latest(row, vote)
            if now.scored and now.scored.contested and row.title:
                stage = "" if report.decided_by(of) and not report.second_rounds else of.title
                told = opinion(now, of, words)
                found[row.item] = TwoSides(row.title, stage, told, voices(now, QUOTES_CONTESTED, words))
    return list(found.values())


def all_reasons(report: Report, words: Wording) -> list[tuple[Vote, list[tuple[str, tuple[Voices, ...]]]]]:
    """Every reason that was given, by vote, item and side."""
    found = []
    for vote in report.votes:
        rows = [
            (title_of(row, words), heard)
            for row in vote.rows
            if row.title and (heard := voices(row, 10_000, words))
        ]
        if rows:
            found.append((vote, rows))
    return found


def indices(report: Report, words: Wording) -> list[tuple[Vote, list[Indices]]]:
    """The indices of every vote by criteria, item by item."""
    return [
        (vote, [_indices(row, said, words) for row in vote.rows if (said := row.scored) and said.sides])
        for vote in report.votes
        if vote.method == "criteria" and any(row.scored and row.scored.sides for row in vote.rows)
    ]


def _indices(row: Row, said: Scored, words: Wording) -> Indices:
    return Indices(
        title=title_of(row, words),
        n=words.number(said.rated),
        agreement=_two(said.agreement, words),
        polarisation=_two(said.polarisation, words),
        gap=score(said.gap, words),
        p="–" if said.p is None else words.number(said.p, 4),
        label=criteria.label_name(said.label, words),
    )


def _two(value: float | None, words: Wording) -> str:
    return "–" if value is None else words.number(value, 2)
