"""``ask``: people answer closed and open questions, each answer changeable until the stage closes."""

from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from typing import ClassVar

from edp_app.core.commands import Answer, Context
from edp_app.core.definition import AskSettings, Stage
from edp_app.core.events import Answered, Event
from edp_app.core.parts import Question
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.registry import Counting, Evolves, Json, RunDecides, settings_as
from edp_app.core.results.answers import ask_result, balanced_means
from edp_app.core.seats import voter_of
from edp_app.core.stages.base import Plain, figures, is_kept, room_of
from edp_app.core.state import Person, Run, State
from edp_app.core.text import clean_lines

OPEN_ANSWER_LENGTH = 1000

Given = dict[str, tuple[int | str | None, int]]
"""One voter's answers: question to value and revision."""


@dataclass(slots=True)
class Answers:
    """The answers of a run, by voter."""

    by_voter: dict[str, Given] = field(default_factory=dict)

    def voters(self) -> set[str]:
        return {
            v for v, given in self.by_voter.items() if any(value is not None for value, _ in given.values())
        }


def _settings(run: Run) -> AskSettings:
    return settings_as(run.stage, AskSettings)


def answer(state: State, run: Run, command: Answer, ctx: Context) -> list[Event] | Refusal:
    question = next((q for q in _settings(run).questions if q.id == command.question), None)
    if question is None:
        return refuse("unknown_question")
    value = _checked(question, command.value)
    if isinstance(value, Refusal):
        return value
    voter = voter_of(state, ctx, command.seat)
    if isinstance(voter, Refusal):
        return voter
    stored, revision = run.data.by_voter.get(voter.id, {}).get(question.id, (None, 0))
    if command.revision != revision:
        return refuse("outdated")
    if stored == value:
        return []
    return [Answered(run=run.id, voter=voter.id, question=question.id, value=value, revision=revision + 1)]


def _checked(question: Question, value: int | str | None) -> int | str | Refusal | None:
    if value is None:
        return None
    if question.type == "text":
        if not isinstance(value, str):
            return refuse("bad_value")
        text = clean_lines(value, OPEN_ANSWER_LENGTH)
        return text if isinstance(text, Refusal) else text or None
    if not isinstance(value, int) or not question.first <= value <= question.last:
        return refuse("bad_value")
    return value


def on_answered(state: State, event: Answered, at: int, actor: str) -> None:
    run = state.runs[event.run]
    run.contributions += 1
    run.data.by_voter.setdefault(event.voter, {})[event.question] = (event.value, event.revision)


def given(run: Run) -> dict[str, dict[str, int | str]]:
    """Everybody's answers, without those taken back."""
    data: Answers = run.data
    return {
        voter: {q: value for q, (value, _) in answers.items() if value is not None}
        for voter, answers in data.by_voter.items()
        if any(value is not None for value, _ in answers.values())
    }


def agreed(state: State, run: Run) -> dict[str, Fraction]:
    """Scale question to the balanced mean of its answers; see
    :func:`edp_app.core.results.answers.balanced_means`."""
    return balanced_means(_settings(run).questions, given(run), room_of(state, run))


class AskKind(Plain):
    id: ClassVar[str] = "ask"
    reveals: ClassVar[bool] = True
    decides: ClassVar[RunDecides] = {Answer: answer}
    evolves: ClassVar[Evolves] = {Answered: on_answered}

    def start(self, state: State, stage: Stage) -> Answers:
        return Answers()

    def public(self, state: State, run: Run, *, counts: bool) -> Json:
        part: Json = {
            "questions": [
                {
                    "id": q.id,
                    "text": q.text,
                    "type": q.type,
                    "steps": q.steps,
                    "low": q.low,
                    "high": q.high,
                    **({} if q.first == 1 else {"first": q.first}),
                }
                for q in _settings(run).questions
            ]
        }
        if counts:
            part["answered"] = len(run.data.voters())
        if run.revealed and (result := self.result(state, run)):
            part["result"] = result
        return part

    def result(self, state: State, run: Run) -> Json | None:
        return figures(run, self.to_count(state, run))

    def to_count(self, state: State, run: Run) -> Counting | None:
        if is_kept(run, run.closing_digest):
            return None
        questions = _settings(run).questions
        size = len(run.data.by_voter) * len(questions)
        return Counting(
            run.closing_digest, size, lambda: partial(ask_result, questions, given(run), room_of(state, run))
        )

    def own(self, state: State, run: Run, person: Person) -> Json:
        given: Given = run.data.by_voter.get(person.id, {})
        return {
            "answers": {
                q: {"revision": revision} if value is None else {"value": value, "revision": revision}
                for q, (value, revision) in given.items()
            }
        }

    def took_part(self, state: State, run: Run) -> set[str]:
        return set(run.data.voters())
