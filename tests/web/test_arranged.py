"""What a workshop consists of, read without folding its log, follows what was done to its agenda."""

from edp_app.core.commands import AddStage, Context, MoveStage, PlanStage, RemoveStage
from edp_app.core.definition import CriteriaMethod, VoteSettings
from edp_app.log import store
from edp_app.web.definitions import definition_of, library
from tests.support.definitions import short
from tests.support.wired import scoring
from tests.web.conftest import Site


def test_it_has_the_stages_as_they_stand_now(site: Site) -> None:
    site.account()
    account = site.database.read(store.account_by_login, "ana")
    assert account is not None
    room = site.app.extensions["edp.rooms"].by_code(site.workshop(account.id, short()))
    for command in (
        AddStage(preset="break", after="who", title="Café"),
        MoveStage(stage="evaluation", after="who"),
        PlanStage(stage="sort", skipped=True),
        AddStage(preset="opening", after="who"),
        RemoveStage(stage="break"),
    ):
        ctx = Context(
            f"f:{room.state.owner}", "facilitator", room.state.at + 5, f"op-{room.state.seq}", library()
        )
        assert room.submit(command, ctx, "").ok
    definition = site.database.read(definition_of, room.id)
    assert definition == room.state.definition
    assert [stage.id for stage in definition.stages[:4]] == ["opening", "who", "opening_2", "evaluation"]


def test_it_has_the_weights_as_they_are_taken_now(site: Site) -> None:
    site.account()
    account = site.database.read(store.account_by_login, "ana")
    assert account is not None
    room = site.app.extensions["edp.rooms"].by_code(site.workshop(account.id, scoring()))
    for command, weighs in (
        (AddStage(preset="agree_criteria", after="ideas"), "agree_criteria"),
        (RemoveStage(stage="agree_criteria"), None),
    ):
        ctx = Context(
            f"f:{room.state.owner}", "facilitator", room.state.at + 5, f"op-{room.state.seq}", library()
        )
        assert room.submit(command, ctx, "").ok
        definition = site.database.read(definition_of, room.id)
        assert definition == room.state.definition
        score = definition.stage("score")
        assert isinstance(score.settings, VoteSettings)
        assert isinstance(score.settings.method, CriteriaMethod)
        assert score.settings.method.weights_from == weighs
