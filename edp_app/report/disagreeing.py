"""Who disagrees with what was decided, and why, in the order in which page one tells it. Pure: contents and a
wording in, sentences out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from edp_app.report import contested, heard, opposing
from edp_app.report.contents import Report, Row, Vote
from edp_app.report.parts import Opinions
from edp_app.report.votes import criteria, telling
from edp_app.report.why import LONGEST, Why, sides_of, why
from edp_app.report.wording import Wording

DIVIDED = 0.3
"""The share of people on either side from which opinions are divided; that of scores
(:mod:`edp_app.core.results.labels`)."""

MOST_APART = 2
"""So many items at most are told of because groups gave them very different parts."""

Told = tuple[Row, Vote]
"""An item in the vote that is told of it."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """``who``: in sentences, with what; ``why``: None where it was told of that item before; ``about``: the
    item, where that is not plain from ``who``; ``after``: which groups are against it, where somebody is
    quoted: told after that, since the words are nobody's group's."""

    who: str
    item: str
    why: Why | None
    about: str = ""
    after: str = ""

    def says(self, words: Wording, most: int = LONGEST) -> str:
        """Why, with reasons of at most about ``most`` characters; empty where that was told before."""
        said = self.why.says(words, most) if self.why else ""
        return f"{self.about}: {said}" if said and self.about else said


def disagreements(report: Report, words: Wording) -> list[Disagreement]:
    """Everything of which somebody disagrees: of each kind the first, so that little room shows each, then
    the others. What passed although the room was of two minds or against it, then although some were; what
    the room did not stand by when it was read back; groups whose first choice did not pass; what groups gave
    very different parts; what did not pass, and divided the room; items for which it matters which count
    decides. Where nothing divided it, what came nearest to that."""
    passed, not_passed = _contested(report, words)
    stood_by, apart = _read_back(report, words), _far_apart(report, words)
    found_any = passed or stood_by or apart or not_passed
    kinds = [
        (2, passed),
        (1, stood_by),
        (1, _first_choices(report, words)),
        (1, apart),
        (1, not_passed if found_any else _most_divided(report, words)),
        (1, _differences(report, words)),
    ]
    found = [*chain(*(said[:n] for n, said in kinds)), *chain(*(said[n:] for n, said in kinds))]
    return _each_once(found)


def _each_once(found: Iterable[Disagreement]) -> list[Disagreement]:
    """Why opinions of an item part is told where it is named first; where it is named again comes last."""
    first: dict[str, Disagreement] = {}
    again: list[Disagreement] = []
    for one in found:
        if first.setdefault(one.item, one) is not one:
            again.append(replace(one, why=None))
    return [*first.values(), *again]


# ---- what divided the room


def _deciding(report: Report) -> Vote | None:
    """The vote that decided, where anything is told of it."""
    return report.decision if report.decision and not report.decision.few else None


def _contested(report: Report, words: Wording) -> tuple[list[Disagreement], list[Disagreement]]:
    """What passed although the room was of two minds about it, or against it, and after it what passed
    although some were, most of them first; and what did not pass about which it was of two minds, the most
    evenly divided first."""
    if (decision := _deciding(report)) is None:
        return [], []
    latest = {row.item: report.latest(row, decision)[0] for row in decision.rows}
    told = [row for row in report.through if row.title]
    passed = [row for row in told if _of_two_minds(latest[row.item]) or _against(latest[row.item])]
    opposed = [row for row in told if row not in passed and opposing.is_opposed(latest[row.item])]
    passed += sorted(opposed, key=lambda row: -sides_of(latest[row.item])["against"])
    others = [row for row in decision.rows if row.title and row.entry and not row.passes]
    others = [row for row in others if _of_two_minds(latest[row.item])]
    others.sort(key=lambda row: -_evenly(latest[row.item]))
    return (
        [_divided(report, row, decision, words) for row in passed],
        [_divided(report, row, decision, words) for row in others],
    )


def _of_two_minds(row: Row) -> bool:
    if row.scored is not None:
        return row.scored.contested
    return _evenly(row) > 0 and _evenly(row) >= DIVIDED * sum(sides_of(row).values())


def _against(row: Row) -> bool:
    """Whether most rate low what passed."""
    return row.scored is not None and row.scored.label == "shared_no"


def _evenly(row: Row) -> int:
    """How many the smaller of both sides is."""
    sides = sides_of(row)
    return min(sides["for"], sides["against"])


def _divided(report: Report, row: Row, decision: Vote, words: Wording) -> Disagreement:
    """An item of the decision: whether it passed, what the room thinks of it, and why."""
    now, vote = report.latest(row, decision)
    named = (
        words.gettext("“%(title)s” (passed)", title=row.title)
        if row.passes
        else words.gettext("“%(title)s” (did not pass)", title=row.title)
    )
    against = _who_is_against(now, vote, words) if row.passes else ""
    reasons = why(now, vote, report, words)
    before, after = ("", against) if reasons.heard else (against, "")
    said = f"{named}: {_thinks(now, vote, words, before)}"
    return Disagreement(contested.in_round(said, vote, report), row.item, reasons, after=after)


def _thinks(row: Row, vote: Vote, words: Wording, against: str = "") -> str:
    """What the room thinks of an item, with the groups that differ; ``against``: a sentence on who is."""
    if row.scored is None or row.scored.label is None:
        return " ".join(filter(None, [f"{telling(vote).short(row, vote, words)}.", against]))
    label = criteria.label_name(row.scored.label, words)
    if row.scored.label == "groups_differ":
        label = f"{label}, {criteria.extremes(row, words)}"
    return " ".join(filter(None, [f"{label}.", against, criteria.opinion(row.scored, vote, words)]))


def _who_is_against(row: Row, vote: Vote, words: Wording) -> str:
    """Which groups are against an item, or least for it; empty where its label names the only one."""
    named = row.scored is not None and row.scored.label == "groups_differ" and not opposing.are_several(row)
    return "" if named else opposing.by_group(row, vote, words)


def _most_divided(report: Report, words: Wording) -> list[Disagreement]:
    """The item of the decision over which opinions parted most; else the item of another vote which divided
    the room, so that it may be read why."""
    if decision := _deciding(report):
        told = [(_evenly(report.latest(row, decision)[0]), row) for row in decision.rows]
        told = [(evenly, row) for evenly, row in told if evenly and row.title and row.entry]
        if told:
            _, most = max(told, key=lambda one: one[0])
            return [_divided(report, most, decision, words)]
    aside = [
        (row, vote)
        for vote in report.votes
        if vote.last and not vote.few and not report.decided_by(vote)
        for row in vote.rows
        if row.title and _of_two_minds(row)
    ]
    return [_aside(*one, report, words) for one in sorted(aside, key=lambda one: -_evenly(one[0]))[:1]]


def _far_apart(report: Report, words: Wording) -> list[Disagreement]:
    """What passed by a vote in which people share out what they have, or put items in order, and took no
    side: where one group gave an item at most half of what another gave it, the furthest apart first."""
    decision = _deciding(report)
    if decision is None or decision.method not in (*contested.SHARED_OUT, "ranking"):
        return []
    rows = [report.latest(row, decision) for row in report.through if row.title]
    found = contested.furthest_apart([one for one in rows if _at_most_half(one[0])], MOST_APART)
    return [
        Disagreement(
            contested.in_round(contested.apart(row, vote, words), vote, report),
            row.item,
            replace(why(row, vote, report, words), figures=""),
        )
        for row, vote in found
    ]


def _at_most_half(row: Row) -> bool:
    figures = [figure for _, figure in row.by_cell]
    return len(figures) > 1 and min(figures) <= max(figures) / 2


def _aside(row: Row, vote: Vote, report: Report, words: Wording) -> Disagreement:
    """An item in another vote than the one that decided."""
    said = f"{vote.title} · {contested.quoted([row], words)}: {_thinks(row, vote, words)}"
    return Disagreement(said, row.item, why(row, vote, report, words))


def _read_back(report: Report, words: Wording) -> list[Disagreement]:
    """What not everybody stood by when it was read back; what fewest stood by first."""
    rows = [
        (row, vote)
        for vote in report.read_backs
        for row in vote.rows
        if row.title and isinstance(row.part, Opinions) and row.part.disagree
    ]
    rows.sort(key=lambda one: -sides_of(one[0])["against"])
    return [_aside(row, vote, report, words) for row, vote in rows]


# ---- what passed by one count, or for some


def _first_choices(report: Report, words: Wording) -> list[Disagreement]:
    """Groups none of whose first choices passed."""
    return [
        Disagreement(
            said,
            choice.rows[0].item,
            _why_left_out(choice, report, words),
            about=contested.quoted(choice.rows[:1], words) if len(choice.rows) > 1 else "",
        )
        for said, choice in heard.first_choices(report, words)
    ]


def _why_left_out(choice: contested.FirstChoice, report: Report, words: Wording) -> Why:
    """Of several that a group put first, of the first of these."""
    decision, row = report.decision, choice.rows[0]
    if decision is not None and report.decided_by(choice.vote):
        return why(*report.latest(row, decision), report, words)
    return why(row, choice.vote, report, words)


def _differences(report: Report, words: Wording) -> list[Disagreement]:
    """Items for which it matters which count decides."""
    return [
        Disagreement(said, row.item, why(row, vote, report, words))
        for said, row, vote in heard.parted(report, words)
    ]


def says(found: Sequence[Disagreement], words: Wording) -> list[str]:
    """Who and why, each in one text."""
    return [" ".join(filter(None, [one.who, one.says(words), one.after])) for one in found]
