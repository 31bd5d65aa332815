"""Why people disagree: what they wrote with their votes; where nobody wrote anything, what the figures say.

Reasons and figures are those that were published with the results, and stand in the annex all of them; whose
a reason is, is told nowhere. Pure: contents and a wording in, sentences out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from edp_app.report.contents import Report, Row, Vote
from edp_app.report.parts import Agreeing, Measured, Opinions, Scored, Scoring
from edp_app.report.votes import criteria, telling
from edp_app.report.votes.base import People
from edp_app.report.votes.tables import score
from edp_app.report.wording import Wording

PARTED = 0.5
"""Means of which the highest and the lowest are closer than this do not part anybody."""

LONGEST = 150
"""Characters of a reason where there is room."""

Voice = Literal["for", "against", "between"]
VOICES: dict[str, Voice] = {
    "high": "for",
    "agree": "for",
    "low": "against",
    "disagree": "against",
    "middle": "between",
    "pass": "between",
}
"""A side of a vote to how it stands towards an item."""

Mean = tuple[str, float]
"""A group, or a territory, and its mean."""


@dataclass(frozen=True, slots=True)
class Why:
    """Of one item: what was written on each side, for it first; without that ``figures``, a sentence of
    what they say. ``asked``: whether a reason could be given at all; ``silent``: others wrote why, and nobody
    of those who are against it."""

    heard: tuple[tuple[Voice, tuple[str, ...]], ...]
    figures: str
    asked: bool
    silent: bool = False

    def says(self, words: Wording, most: int = LONGEST) -> str:
        """In sentences: a reason of each side, of at most about ``most`` characters."""
        if self.heard:
            said = [_quoted(voice, texts, words, most) for voice, texts in self.heard]
            if self.silent:
                said.append(words.gettext("Nobody who is against it wrote why."))
            return " ".join(said)
        nobody = words.gettext("Nobody wrote why.") if self.asked else words.gettext("Nobody was asked why.")
        return f"{nobody} {self.figures}".rstrip()


def why(row: Row, vote: Vote, report: Report, words: Wording) -> Why:
    """Why opinions of an item part: first by what was said in ``vote``, of which ``row`` is; a side that
    wrote nothing there by the other votes on it, the last one first. A side on which nobody stands any more
    is not quoted."""
    votes = [(row, vote), *_other_votes(row.item, vote, report)]
    sides: dict[Voice, tuple[str, ...]] = {}
    empty = _empty(row)
    for told, _ in votes:
        for voice, texts in _heard(told).items():
            if voice not in empty:
                sides.setdefault(voice, texts)
    wanted: tuple[Voice, ...] = ("for", "against") if "against" in sides else ("for", "between")
    heard = tuple((voice, sides[voice]) for voice in wanted if voice in sides)
    figures = "" if heard else _figures(row, vote, words)
    silent = bool(heard) and "against" not in sides and sides_of(row)["against"] > 0
    return Why(heard, figures, any(_asks(one) for _, one in votes), silent)


def _other_votes(item: str, vote: Vote, report: Report) -> list[tuple[Row, Vote]]:
    """What other votes that count tell of an item."""
    found = []
    for one in reversed(report.votes):
        told = None if one.few or not one.last or one.run == vote.run else one.row_of(item)
        if told is not None and told.part is not None:
            found.append((told, one))
    return found


def _heard(row: Row) -> dict[Voice, tuple[str, ...]]:
    """What was written of an item in one vote, by side. A hidden item has no words any more."""
    if not row.title or not isinstance(row.part, (Scored, Opinions)):
        return {}
    return {VOICES[side]: texts for side, texts in row.part.reasons if texts}


def _empty(row: Row) -> set[Voice]:
    """The sides of an item on which nobody stands, as far as that is told."""
    counts = sides_of(row)
    return {voice for voice, number in counts.items() if not number} if any(counts.values()) else set()


def sides_of(row: Row) -> dict[Voice, int]:
    """How many are for an item, in between, and against it; nobody where that is not told."""
    told = (0, 0, 0)
    if isinstance(row.part, Scored):
        told = row.part.sides or told
    elif isinstance(row.part, Opinions):
        told = (row.part.agree, row.part.passed, row.part.disagree)
    return {"for": told[0], "between": told[1], "against": told[2]}


def _asks(vote: Vote) -> bool:
    """Whether one line could say why."""
    return isinstance(vote.asked, (Scoring, Agreeing)) and vote.asked.reason


def _quoted(voice: Voice, texts: Sequence[str], words: Wording, most: int) -> str:
    reason = criteria.quotable(texts, most)
    if voice == "for":
        return words.gettext("For: “%(reason)s”", reason=reason)
    if voice == "against":
        return words.gettext("Against: “%(reason)s”", reason=reason)
    return words.gettext("In between: “%(reason)s”", reason=reason)


# ---- what the figures say


def _figures(row: Row, vote: Vote, words: Wording) -> str:
    """Where groups or territories part most over an item; else where people do; else nothing."""
    if isinstance(row.part, Scored):
        return _by_criterion(row.part, words) or _within(row.part, words)
    figures = sorted(row.by_cell, key=lambda pair: pair[1], reverse=True)
    if len(figures) < 2 or figures[0][1] == figures[-1][1]:
        return ""
    listing, told = vote.listing_of(row), telling(vote)
    (high, most), (low, least) = figures[0], figures[-1]
    return words.gettext(
        "Furthest apart: %(high)s (%(high_figure)s) and %(low)s (%(low_figure)s).",
        high=high.mark.name,
        high_figure=told.in_cell(most, listing, words),
        low=low.mark.name,
        low_figure=told.in_cell(least, listing, words),
    )


def _by_criterion(said: Scored, words: Wording) -> str:
    """The criterion on which two groups, or two territories, are furthest apart, with both means."""
    found = [
        (means[0][1] - means[-1][1], criterion.name, means[0], means[-1])
        for criterion, measured in said.scores
        if not criterion.beside and criterion.weight
        for means in _means(measured)
    ]
    if not found:
        return ""
    gap, name, high, low = max(found, key=lambda one: one[0])
    if gap < PARTED:
        return ""
    return words.gettext(
        "Furthest apart on “%(criterion)s”: %(high)s %(high_figure)s, %(low)s %(low_figure)s.",
        criterion=name,
        high=high[0],
        high_figure=score(high[1], words),
        low=low[0],
        low_figure=score(low[1], words),
    )


def _means(measured: Measured) -> list[list[Mean]]:
    """The means of the groups, and those of the territories, the highest first; of two and more."""
    cells = [(cell.mark.name, mean) for cell, mean in measured.by_cell]
    told = [sorted(means, key=lambda one: -one[1]) for means in (cells, list(measured.by_territory))]
    return [means for means in told if len(means) > 1]


def _within(said: Scored, words: Wording) -> str:
    """The criterion on which most people stand against each other, whatever their group; of several."""
    found = [
        (sum(measured.counts[3:]), sum(measured.counts[:2]), criterion.name)
        for criterion, measured in said.scores
        if not criterion.beside and criterion.weight and measured.counts
    ]
    high, low, name = max(found, key=lambda one: (min(one[:2]), sum(one[:2])), default=(0, 0, ""))
    if len(found) < 2 or not min(high, low):
        return ""
    people = People(words)
    told = [
        people.ngettext("%(num)s gave it 4 or 5", "%(num)s gave it 4 or 5", high),
        people.ngettext("%(num)s gave it 1 or 2", "%(num)s gave it 1 or 2", low),
    ]
    return words.gettext(
        "Furthest apart on “%(criterion)s”: %(told)s.", criterion=name, told=words.listed(told)
    )
