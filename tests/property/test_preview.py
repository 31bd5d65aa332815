"""Whatever can be prepared can be previewed: no stage of any workshop is refused, on either surface."""

from hypothesis import given, settings
from msgspec.structs import replace

from edp_app.core import definition as d
from edp_app.core.definition import Definition
from edp_app.core.preview import preview
from edp_app.core.voting import method_for
from tests.property.test_formats import definitions
from tests.support.memory import START


def with_cards(definition: Definition) -> Definition:
    """The same with a card for each item that passes, of every vote by which something does."""
    votes = [
        one.id
        for one in definition.stages
        if isinstance(one.settings, d.VoteSettings)
        and method_for(one.settings.method).rules
        and one.settings.passes
        and not one.settings.second_of
    ]
    cards = [
        d.Stage(
            id=f"cards_{n}",
            title={"en": "Cards"},
            minutes=5,
            settings=d.CardSettings(of=vote, fields=[d.CardField(id="who", name={"en": "Who"})]),
        )
        for n, vote in enumerate(votes)
    ]
    return replace(definition, stages=[*definition.stages, *cards])


@settings(max_examples=25, deadline=None)
@given(definitions())
def test_every_stage_can_be_shown(definition: Definition) -> None:
    definition = with_cards(definition)
    for stage in definition.stages:
        shown = preview(definition, stage.id, code="314159", now=START, called="Example {}".format)
        assert shown.phone["now"]["stage"] == shown.screen["now"]["stage"] == stage.id
        if isinstance(stage.settings, d.VoteSettings):
            assert shown.phone["now"]["candidates"]
        if isinstance(stage.settings, d.CardSettings):
            assert shown.phone["now"]["candidates"]
