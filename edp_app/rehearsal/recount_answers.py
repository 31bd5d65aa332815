"""The result of a run of questions, and the weights that follow from it, worked out again."""

import hashlib
from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from edp_app.rehearsal.oracle import Question
from edp_app.rehearsal.oracle.measures import agreement, gap
from edp_app.rehearsal.oracle.room import Room, key, mean_of, mean_score
from edp_app.rehearsal.oracle.scores import Scores, balanced, cell_means

if TYPE_CHECKING:
    from edp_app.rehearsal.retally import Asked, Replay

Json = dict[str, Any]
Given = dict[str, dict[str, Any]]
"""Voter to question to answer, without those taken back."""


def publish_answers(replay: "Replay", asked: "Asked") -> Json:
    """The whole result, as it has to be published."""
    given = _given(asked)
    room = _room(replay, asked, given)
    result: Json = {"voters": len(given)}
    if room.few:
        return result | {"few": True}
    if not room.heads_only:
        result["cells"] = [cell.told() for cell in room.cells]
    result["not_represented"] = room.not_represented()
    result["questions"] = [_question(room, question, given) for question in asked.settings["questions"]]
    return result | room.territories()


def weights_of(replay: "Replay", asked: "Asked", criteria: list[Json]) -> dict[str, Fraction] | None:
    """Criterion to how much the room said it should count; None where it did not say so of all of them."""
    given = _given(asked)
    room = _room(replay, asked, given)
    if room.few:
        return None
    weights = {}
    scales = {q["id"] for q in asked.settings["questions"] if q.get("type", "scale") == "scale"}
    for criterion in criteria:
        if not criterion.get("beside"):
            scores = _scores(given, criterion["id"])
            if criterion["id"] not in scales or room.too_few(scores):
                return None
            figure = balanced(room, scores, room.blocks(scores, whole=scores))
            weights[criterion["id"]] = mean_of(scores.values()) if figure is None else figure
    return weights


def _given(asked: "Asked") -> Given:
    given: Given = {}
    for (voter, question), value in asked.answers.items():
        if value is not None:
            given.setdefault(voter, {})[question] = value
    return given


def _room(replay: "Replay", asked: "Asked", given: Given) -> Room:
    question = Question(
        method={"type": "ask"},
        rule="",
        passes=0,
        privacy=replay.privacy,
        groups=replay.group_order,
        territories=replay.territories,
        columns=[],
        items={},
        ballots={},
        group_of=asked.groups,
        seed=asked.digest,
        territory_of=asked.sides,
    )
    return Room(question, {voter: {"": answers} for voter, answers in given.items()})


def _scores(given: Given, question: str) -> Scores:
    return {
        voter: Fraction(answers[question])
        for voter, answers in given.items()
        if isinstance(answers.get(question), int)
    }


def _question(room: Room, question: Json, given: Given) -> Json:
    if question.get("type", "scale") == "text":
        texts = [answers[question["id"]] for answers in given.values() if question["id"] in answers]
        return {"id": question["id"], "n": len(texts), "texts": _shuffled(texts, room, question["id"])}
    scores = _scores(given, question["id"])
    told: Json = {"id": question["id"], "n": len(scores)}
    if room.too_few(scores):
        return told
    lowest = question.get("first", 1)
    steps = range(lowest, lowest + question.get("steps", 5))
    blocks = room.blocks(scores, whole=scores)
    told["mean"] = float(mean_of(scores.values()))
    told["counts"] = _counts(scores.values(), steps)
    cells = [[scores[voter] for voter in room.of(block, scores)] for block in blocks]
    shares = [[Fraction(n, len(cell)) for n in _counts(cell, steps)] for cell in cells]
    if (a := agreement([mean_of(step) for step in zip(*shares, strict=True)])) is not None:
        told["agreement"] = float(a)
    if not room.heads_only:
        means = cell_means(room, scores, blocks)
        told["by_cell"] = {key(block): float(mean) for block, mean in means.items()}
        told["balanced"] = float(mean_of(means.values()))
        if (apart := gap(list(means.values()))) is not None:
            told["gap"] = float(apart)
    if there := room.by_territory(scores, lambda voters: mean_score(scores, voters)):
        told["territories"] = there
    return told


def _counts(scores: Iterable[Fraction], steps: range) -> list[int]:
    every = list(scores)
    return [every.count(Fraction(step)) for step in steps]


def _shuffled(texts: list[str], room: Room, question: str) -> list[str]:
    seed = room.question.seed
    return sorted(texts, key=lambda t: (hashlib.sha256(f"{seed}|{question}|{t}".encode()).hexdigest(), t))
