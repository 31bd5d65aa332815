"""The result of an ask stage: means of scales by head-count and by cell, and open texts without their
authors.

*Head-count* is the mean of all answers, *balanced* the mean over cells of their means; agreement is taken of
the cell-averaged proportions over the scale's steps.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from typing import Any

import msgspec

from edp_app.core.parts import Question
from edp_app.core.results.agreement import agreement, averaged
from edp_app.core.results.cells import Cell, too_few
from edp_app.core.results.electorate import (
    Electorate,
    Side,
    electorate,
    enough_to_tell,
    standing_together,
)
from edp_app.core.results.shares import mean
from edp_app.core.results.voted import Room

AnswerValue = int | str


class QuestionResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """One question. ``n``: how many answered it. Figures are left out where fewer than three did."""

    id: str
    n: int
    mean: float | None = None
    counts: tuple[int, ...] | None = None
    """How many gave the lowest step, the one above it, … up to the highest."""
    by_cell: dict[str, float] | None = None
    """Cell id (or several, joined) to the mean of its answers; cells without an answer are left out."""
    texts: tuple[str, ...] | None = None
    balanced: float | None = None
    agreement: float | None = None
    gap: float | None = None
    territories: dict[str, float] | None = None


class AskResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """The whole result. ``few``: fewer than three people answered anything; nothing below is given."""

    voters: int
    few: bool | None = None
    cells: tuple[Cell, ...] | None = None
    not_represented: tuple[str, ...] | None = None
    questions: tuple[QuestionResult, ...] | None = None
    territories: tuple[Side, ...] | None = None
    territories_without: tuple[str, ...] | None = None
    """Cells that are left out of figures by territory."""
    territories_withheld: bool | None = None


Answers = Mapping[str, Mapping[str, AnswerValue]]
"""Person to question id to the value on the scale or the text."""


def ask_result(questions: Sequence[Question], answers: Answers, room: Room) -> dict[str, Any]:
    """:func:`count_answers` ready for JSON; what is None is left out."""
    result = count_answers(questions, answers, room)
    # Through JSON, so that lists are lists, as they are wherever a result was sent or stored.
    built: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(result))
    return built


def count_answers(questions: Sequence[Question], answers: Answers, room: Room) -> AskResult:
    """The result of a run. Answers outside the scale or to other questions do not count; the order of
    ``answers`` does not matter. Texts are shuffled by the room's seed.
    """
    valid = _valid_answers(questions, answers)
    people = electorate(room, list(valid))
    if people is None:
        return AskResult(len(valid), few=True)
    results = []
    for question in questions:
        given = {person: kept[question.id] for person, kept in valid.items() if question.id in kept}
        if question.type == "text":
            results.append(_texts(question, [v for v in given.values() if isinstance(v, str)], room.seed))
        else:
            scores = {person: v for person, v in given.items() if isinstance(v, int)}
            results.append(_scale(question, scores, people))
    grouped = room.privacy != "headcount"
    return AskResult(
        voters=len(valid),
        cells=people.cells if grouped else None,
        not_represented=people.absent if grouped else (),
        questions=tuple(results),
        territories=people.sides,
        territories_without=people.without or None,
        territories_withheld=people.withheld or None,
    )


def balanced_means(questions: Sequence[Question], answers: Answers, room: Room) -> dict[str, Fraction]:
    """Scale question to the mean over cells of their means (over people, where heads alone are counted);
    those with too few answers are left out."""
    valid = _valid_answers(questions, answers)
    people = electorate(room, list(valid))
    if people is None:
        return {}
    means = {}
    for question in questions:
        scores = {p: v for p, kept in valid.items() if isinstance(v := kept.get(question.id), int)}
        if question.type == "scale" and not too_few(len(scores)):
            means[question.id] = _figures(question, scores, people).balanced
    return means


def _valid_answers(questions: Sequence[Question], answers: Answers) -> dict[str, dict[str, AnswerValue]]:
    asked = {question.id: question for question in questions}
    return {
        person: kept
        for person, given in answers.items()
        if (kept := {q: v for q, v in given.items() if q in asked and _valid(asked[q], v)})
    }


def _valid(question: Question, value: AnswerValue) -> bool:
    if question.type == "text":
        return isinstance(value, str) and bool(value)
    return isinstance(value, int) and not isinstance(value, bool) and question.first <= value <= question.last


def _texts(question: Question, texts: Sequence[str], seed: str) -> QuestionResult:
    """The texts in an order that depends on nothing but the texts and the seed, so it tells nothing of
    authors."""

    def place(text: str) -> tuple[str, str]:
        return sha256(f"{seed}|{question.id}|{text}".encode()).hexdigest(), text

    return QuestionResult(question.id, len(texts), texts=tuple(sorted(texts, key=place)))


@dataclass(frozen=True, slots=True)
class _Figures:
    """``by_key``: the means of cells, or of those that stand together for this question."""

    headcount: Fraction
    balanced: Fraction
    by_key: Mapping[str, Fraction]
    agreement: Fraction | None
    by_side: Mapping[str, Fraction] | None


def _figures(question: Question, scores: Mapping[str, int], people: Electorate) -> _Figures:
    """The figures of a scale that three people or more have answered."""
    answered = Counter(people.cell_of[p] for p in scores if p in people.cell_of)
    keys = (
        standing_together(people.cells, [(answered, answered)], answered)
        if people.merges
        else {cell: cell for cell in answered}
    )
    of_key: dict[str, list[int]] = {key: [] for cell in people.cells if (key := keys.get(cell.id))}
    for person, score in scores.items():
        if key := keys.get(people.cell_of.get(person, "")):
            of_key[key].append(score)
    by_key = {key: Fraction(sum(given), len(given)) for key, given in of_key.items()}
    everybody = Fraction(sum(scores.values()), len(scores))
    steps = range(question.first, question.last + 1)
    counts = [[given.count(step) for step in steps] for given in of_key.values()]
    return _Figures(
        everybody,
        mean(by_key) if by_key else everybody,
        by_key,
        agreement(averaged(counts) if counts else [list(scores.values()).count(step) for step in steps]),
        _by_side(scores, people),
    )


def _by_side(scores: Mapping[str, int], people: Electorate) -> Mapping[str, Fraction] | None:
    if people.sides is None:
        return None
    cells = enough_to_tell(
        [(people.cell_of.get(p, ""), people.side_of[p], 1, 1) for p in scores], merges=people.merges
    )
    given: dict[str, list[int]] = {side.id: [] for side in people.sides}
    for person, score in scores.items():
        if people.side_of[person] in given and people.cell_of.get(person, "") in cells:
            given[people.side_of[person]].append(score)
    return {side: Fraction(sum(all_of), len(all_of)) for side, all_of in given.items() if all_of} or None


def _scale(question: Question, scores: Mapping[str, int], people: Electorate) -> QuestionResult:
    if too_few(len(scores)):
        return QuestionResult(question.id, len(scores))
    figures = _figures(question, scores, people)
    counts = Counter(scores.values())
    means = {key: float(figure) for key, figure in figures.by_key.items()}
    return QuestionResult(
        id=question.id,
        n=len(scores),
        mean=float(figures.headcount),
        counts=tuple(counts[step] for step in range(question.first, question.last + 1)),
        by_cell=means if people.cells else None,
        balanced=float(figures.balanced) if people.cells else None,
        agreement=None if figures.agreement is None else float(figures.agreement),
        gap=max(means.values()) - min(means.values()) if len(means) > 1 else None,
        territories={t: float(m) for t, m in figures.by_side.items()} if figures.by_side else None,
    )
