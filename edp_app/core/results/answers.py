"""The result of an ask stage: means of scales by head-count and by cell, and open texts without their
authors."""

from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import msgspec

from edp_app.core.definition import Privacy, Question
from edp_app.core.results.cells import FEWEST, Cell, cell_of_group, form_cells, in_order, too_few

AnswerValue = int | str

JOINT = "+"
"""Joins the ids of cells that are shown as one for a question ("c1+pool")."""


class QuestionResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """One question. ``n``: how many answered it. Figures are left out where fewer than three did."""

    id: str
    n: int
    mean: float | None = None
    counts: tuple[int, ...] | None = None
    """How many gave 1, 2, … up to the question's steps."""
    by_cell: dict[str, float] | None = None
    """Cell id (or several, joined) to the mean of its answers; cells without an answer are left out."""
    texts: tuple[str, ...] | None = None


class AskResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """The whole result. ``few``: fewer than three people answered anything; nothing below is given."""

    voters: int
    few: bool | None = None
    cells: tuple[Cell, ...] | None = None
    not_represented: tuple[str, ...] | None = None
    questions: tuple[QuestionResult, ...] | None = None


def ask_result(
    *,
    questions: Sequence[Question],
    answers: Mapping[str, Mapping[str, AnswerValue]],
    groups: Mapping[str, str],
    group_order: Sequence[str],
    privacy: Privacy,
    seed: str,
) -> dict[str, Any]:
    """:func:`count_answers` ready for JSON; what is None is left out."""
    result = count_answers(
        questions=questions,
        answers=answers,
        groups=groups,
        group_order=group_order,
        privacy=privacy,
        seed=seed,
    )
    # Through JSON, so that lists are lists, as they are wherever a result was sent or stored.
    built: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(result))
    return built


def count_answers(
    *,
    questions: Sequence[Question],
    answers: Mapping[str, Mapping[str, AnswerValue]],
    groups: Mapping[str, str],
    group_order: Sequence[str],
    privacy: Privacy,
    seed: str,
) -> AskResult:
    """The result of a run.

    ``answers``: person to question id to the value on the scale or the text; answers outside the scale or to
    other questions do not count. ``groups``: person to group when the run closed. ``group_order``: the ids
    of the definition's groups. ``seed``: the chain digest (hex) of the event that closed the run, by which
    texts are shuffled. The order of ``answers`` does not matter.
    """
    asked = {question.id: question for question in questions}
    valid = {
        person: kept
        for person, given in answers.items()
        if (kept := {q: v for q, v in given.items() if q in asked and _valid(asked[q], v)})
    }
    if too_few(len(valid)):
        return AskResult(len(valid), few=True)
    by_group = Counter(groups.get(person, "") for person in valid)
    cells = form_cells(by_group, privacy, group_order)
    of_group = cell_of_group(cells)
    cell_of = {p: of_group[g] for p in valid if (g := groups.get(p, "")) in of_group}
    results = []
    for question in questions:
        given = {person: kept[question.id] for person, kept in valid.items() if question.id in kept}
        if question.type == "text":
            results.append(_texts(question, [v for v in given.values() if isinstance(v, str)], seed))
        else:
            scores = {person: v for person, v in given.items() if isinstance(v, int)}
            results.append(_scale(question, scores, cells, cell_of, merge=privacy == "grouped"))
    grouped = privacy != "headcount"
    return AskResult(
        voters=len(valid),
        cells=tuple(cells) if grouped else None,
        not_represented=tuple(in_order(set(group_order) - set(by_group), group_order)) if grouped else (),
        questions=tuple(results),
    )


def _valid(question: Question, value: AnswerValue) -> bool:
    if question.type == "text":
        return isinstance(value, str) and bool(value)
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= question.steps


def _texts(question: Question, texts: Sequence[str], seed: str) -> QuestionResult:
    """The texts in an order that depends on nothing but the texts and the seed, so it tells nothing of
    authors."""

    def place(text: str) -> tuple[str, str]:
        return sha256(f"{seed}|{question.id}|{text}".encode()).hexdigest(), text

    return QuestionResult(question.id, len(texts), texts=tuple(sorted(texts, key=place)))


def _scale(
    question: Question,
    scores: Mapping[str, int],
    cells: Sequence[Cell],
    cell_of: Mapping[str, str],
    *,
    merge: bool,
) -> QuestionResult:
    if too_few(len(scores)):
        return QuestionResult(question.id, len(scores))
    counts = Counter(scores.values())
    by_cell: dict[str, list[int]] = {cell.id: [] for cell in cells}
    for person, score in scores.items():
        if cell := cell_of.get(person):
            by_cell[cell].append(score)
    return QuestionResult(
        id=question.id,
        n=len(scores),
        mean=sum(scores.values()) / len(scores),
        counts=tuple(counts[step] for step in range(1, question.steps + 1)),
        by_cell=_means(by_cell, merge=merge) if cells else None,
    )


def _means(by_cell: Mapping[str, Sequence[int]], *, merge: bool) -> dict[str, float]:
    """The mean of each cell's answers. With ``merge``, cells with one or two answers to this question stand
    together, taking in the cell with the next fewest answers while there are fewer than three in all."""
    answered = {cell: scores for cell, scores in by_cell.items() if scores}
    joint = [cell for cell, scores in answered.items() if merge and len(scores) < FEWEST]
    others = sorted((c for c in answered if c not in joint), key=lambda c: len(answered[c]))
    while joint and others and sum(len(answered[c]) for c in joint) < FEWEST:
        joint.append(others.pop(0))
    means = {cell: _mean(scores) for cell, scores in answered.items() if cell not in joint}
    if joint:
        together = [cell for cell in by_cell if cell in joint]
        means[JOINT.join(together)] = _mean([s for cell in together for s in answered[cell]])
    return means


def _mean(scores: Sequence[int]) -> float:
    return sum(scores) / len(scores)
