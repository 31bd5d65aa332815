"""Who does what by when: commitments as page one tells them, and the lists that a stage feeds. Pure: contents
and a wording in, sentences and rows out.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from edp_app.report import heard
from edp_app.report.contents import Action, Gathering, Reference, Report
from edp_app.report.wording import Wording


@dataclass(frozen=True, slots=True)
class Told:
    """A commitment on page one: who (empty: its author did not say), what, and the rest of it in words."""

    who: str
    what: str
    rest: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that a stage feeds, as a table: its headings, and under each column's name the rows."""

    head: tuple[str, ...]
    parts: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]


def on_page_one(report: Report, words: Wording) -> list[Told]:
    """The commitments that page one tells: those for what passed, named by the number that it has there, then
    those that name nothing; of both first those with a name and a date, then those with one of them; within
    that as they were written. One for what did not pass stands in the list of actions alone, unless nothing
    passed at all."""
    passed = {row.entry.n: heard.rank_on_page_one(report, row) for row in report.through if row.entry}
    found = [one for one in _all(report) if not passed or not one.entry.links or _is_for(one, passed)]
    told = [_told(action, passed, words) for action in sorted(found, key=lambda one: _last(one, passed))]
    return together(told, words)


def how_many(report: Report, words: Wording) -> int:
    """How many commitments there are; what several wrote word for word counts once."""
    return len(together([_told(one, {}, words) for one in _all(report)], words))


def together(told: Sequence[Told], words: Wording) -> list[Told]:
    """What several wrote word for word, a full stop aside, stands there once, with all who do it."""
    who: dict[tuple[str, str], dict[str, None]] = {}
    first: dict[tuple[str, str], Told] = {}
    for one in told:
        same = (one.what.rstrip(" ."), one.rest)
        first.setdefault(same, one)
        who.setdefault(same, {}).setdefault(one.who)
    return [replace(one, who=words.listed([*filter(None, who[same])])) for same, one in first.items()]


def _all(report: Report) -> list[Action]:
    return [action for gathering in report.gatherings for action in gathering.actions]


def _is_for(action: Action, passed: Mapping[int, int | None]) -> bool:
    return any(link.n in passed for link in action.entry.links)


def _last(action: Action, passed: Mapping[int, int | None]) -> tuple[bool, int, int]:
    said = bool(action.who) + bool(action.by_when)
    return not _is_for(action, passed), 2 - said, action.entry.n


def _told(action: Action, passed: Mapping[int, int | None], words: Wording) -> Told:
    rest = [action.by_when and words.gettext("by when: %(date)s", date=action.by_when)]
    rest += [
        words.gettext("for priority %(rank)s", rank=words.number(rank))
        if (rank := passed.get(link.n))
        else words.gettext("for “%(priority)s”", priority=link.title)
        for link in action.entry.links
    ]
    rest.append(action.kind)
    who = action.who or (action.entry.group.name if action.entry.group else "")
    return Told(who, action.entry.title, " · ".join(filter(None, rest)))


def listed(gathering: Gathering, words: Wording) -> Listed | None:
    """What a stage makes of a list: a row for each contribution, with what was said besides its title. None
    where it makes none, or nothing was written."""
    if not gathering.feeds or not gathering.entries:
        return None
    linked = any(entry.links for entry in gathering.entries)
    what = words.gettext("What is done") if gathering.feeds == "actions" else words.gettext("Who is invited")
    head = [what, *gathering.fields, *([words.gettext("For")] if linked else [])]
    parts = []
    for column in gathering.columns:
        rows = []
        for entry in column.entries:
            said = dict(entry.fields)
            row = [entry.title, *(said.get(name, "–") for name in gathering.fields)]
            rows.append(tuple([*row, _for(entry.links)] if linked else row))
        if rows:
            parts.append((column.name, tuple(_each_once(rows, words))))
    return Listed(tuple(head), tuple(parts))


def _each_once(rows: Sequence[tuple[str, ...]], words: Wording) -> list[tuple[str, ...]]:
    """What several wrote word for word is one row, with how many they are."""
    times = Counter(rows)
    return [
        (f"{row[0]} ({words.number(times[row])}×)", *row[1:]) if times[row] > 1 else row
        for row in dict.fromkeys(rows)
    ]


def _for(links: Sequence[Reference]) -> str:
    return " · ".join(link.title for link in links) or "–"
