"""The questions stand beside the answers: not on page one, and once where they are the same."""

from dataclasses import replace

import msgspec
import pytest

from edp_app.core.definition import Definition, GatherSettings
from edp_app.report import asking, pages, pdf
from edp_app.report.contents import Report
from edp_app.report.model import report_model
from edp_app.report.wording import wording
from tests.pdf.sample import held
from tests.support.definitions import border_region

EN = wording("en")


def asked(definition: Definition) -> Definition:
    """The same workshop with a question in every stage and every column."""
    stages = []
    for stage in definition.stages:
        settings = stage.settings
        if isinstance(settings, GatherSettings):
            columns = [msgspec.structs.replace(c, prompt={"en": f"Of {c.id}?"}) for c in settings.columns]
            settings = msgspec.structs.replace(settings, columns=columns)
        prompt = {"en": f"Why <{stage.id}>?"}
        stages.append(msgspec.structs.replace(stage, prompt=prompt, settings=settings))
    return msgspec.structs.replace(definition, stages=stages)


@pytest.fixture(scope="module")
def whole() -> Report:
    return report_model(held(asked(border_region("en"))).workshop.state)


def test_every_question_stands_with_its_answers_and_none_on_page_one(whole):
    typeset = pdf.Typesetter(whole).html("report/report.html", fit=pages.FITS[0])
    page_one, rest = typeset.split('<section class="people"')
    assert "What was asked" not in page_one
    for stage in ("swot", "weigh", "evaluation"):
        assert rest.count(f'<p class="asked">What was asked: Why &lt;{stage}&gt;?</p>') == 1, stage
    swot = next(one for one in whole.gatherings if one.stage == "swot")
    assert len(swot.columns) == 4
    for column in swot.columns:
        assert rest.count(f'<p class="asked">{column.prompt}</p>') == 1
    decision = whole.decision
    assert f"What was asked in “{decision.title}”: Why &lt;{decision.stage}&gt;?" in rest
    ideas = next(one for one in whole.gatherings if one.stage == decision.of)
    assert f"What was asked in “{ideas.title}”: Why &lt;ideas&gt;? Of {ideas.columns[0].id}?" in rest


def test_another_round_says_only_what_it_asked_otherwise(whole):
    first = next(one for one in whole.votes if one.stage == "weigh")
    for second in (
        replace(first, run="weigh.2", number=2),
        replace(first, run="again.1", stage="again", second_of="weigh"),
    ):
        report = replace(whole, votes=(*whole.votes, second))
        assert asking.of_vote(second, report, EN) == ""
        other = replace(second, prompt="And now?")
        changed = replace(whole, votes=(*whole.votes, other))
        assert asking.of_vote(other, changed, EN) == "What was asked: And now?"
    assert asking.of_vote(first, whole, EN) == "What was asked: Why <weigh>?"


def test_where_nothing_was_asked_nothing_is_said(whole):
    silent = replace(whole.votes[0], prompt="")
    assert asking.of_vote(silent, replace(whole, votes=(silent,)), EN) == ""


def test_what_was_merged_or_renamed_is_not_said_to_stand_as_it_was_written(whole):
    swot = next(one for one in whole.gatherings if one.stage == "swot")
    plain = tuple(
        replace(c, entries=tuple(replace(e, merged=(), own_title=e.title) for e in c.entries))
        for c in swot.columns
    )
    assert replace(swot, columns=plain).as_written
    assert not swot.as_written
    typeset = pdf.Typesetter(whole).html("report/report.html", fit=pages.FITS[0])
    assert "Below those that were merged or renamed stands what was written." in typeset
