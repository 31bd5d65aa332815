"""The questions that people were asked, as they stand beside the answers. Pure: contents and a wording in,
sentences out; empty where nothing was asked.
"""

from collections.abc import Sequence

from edp_app.report.contents import Gathering, Questionnaire, Report, Vote
from edp_app.report.wording import Wording


def asked(question: str, words: Wording) -> str:
    """A question as it stands below the heading of what it is about."""
    return words.gettext("What was asked: %(question)s", question=question) if question else ""


def with_groups(prompt: str, prompts_for: Sequence[tuple[str, str]], words: Wording) -> str:
    """A stage's question, and behind it what groups were asked instead."""
    others = [
        words.gettext("%(group)s were asked: %(question)s", group=group, question=question)
        for group, question in prompts_for
    ]
    return " ".join(filter(None, [prompt, *others]))


def of_gathering(gathering: Gathering, words: Wording) -> str:
    """What a stage asked for. Where there is but one column, its question goes with it; else each column's
    stands with the column."""
    questions = [with_groups(gathering.prompt, gathering.prompts_for, words)]
    if len(gathering.columns) == 1:
        questions.append(gathering.columns[0].prompt)
    return asked(" ".join(filter(None, questions)), words)


def of_vote(vote: Vote, report: Report, words: Wording) -> str:
    """What a vote asked; of another round of the same only what it asked otherwise."""
    return (
        "" if _said_before(vote, report) else asked(with_groups(vote.prompt, vote.prompts_for, words), words)
    )


def _said_before(vote: Vote, report: Report) -> bool:
    """Whether the report says the same of a round that this one repeats."""
    decision = report.decision
    for one in report.votes:
        earlier = one.stage == vote.second_of or (one.stage == vote.stage and one.number < vote.number)
        decides = decision is not None and one.run == decision.run and one.stage == vote.stage
        if one.run != vote.run and (earlier or decides) and not one.few and one.prompt == vote.prompt:
            return True
    return False


def of_decision(report: Report, words: Wording) -> list[str]:
    """What was asked for where the priorities come from, and then in the vote that decided."""
    decision = report.decision
    if decision is None:
        return []
    sources = [one for one in report.gatherings if one.stage == decision.of]
    questions = [(one.title, _all_questions(one, words)) for one in sources]
    questions.append((decision.title, with_groups(decision.prompt, decision.prompts_for, words)))
    return [
        words.gettext("What was asked in “%(stage)s”: %(question)s", stage=stage, question=question)
        for stage, question in questions
        if question
    ]


def _all_questions(gathering: Gathering, words: Wording) -> str:
    """A stage's question and those of its columns; where there are several, each with its column's name."""
    several = len(gathering.columns) > 1
    columns = [
        f"{column.name}: {column.prompt}" if several else column.prompt
        for column in gathering.columns
        if column.prompt
    ]
    return " ".join(filter(None, [with_groups(gathering.prompt, gathering.prompts_for, words), *columns]))


def of_questionnaire(questionnaire: Questionnaire, report: Report, words: Wording) -> str:
    """What stands above a round's questions; of a later round of the same only what it asked otherwise."""
    rounds = [one for one in report.questionnaires if one.title == questionnaire.title]
    said = any(one.number < questionnaire.number and one.prompt == questionnaire.prompt for one in rounds)
    prompt = with_groups(questionnaire.prompt, questionnaire.prompts_for, words)
    return "" if said else asked(prompt, words)
