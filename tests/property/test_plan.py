"""Whatever a workshop consists of, and however late it is: what is proposed keeps to the rule."""

from hypothesis import given
from hypothesis import strategies as st

from edp_app.core.definition import (
    AskSettings,
    CriteriaMethod,
    Criterion,
    Definition,
    GatherSettings,
    Settings,
    ShowSettings,
    SortSettings,
    Stage,
    VoteSettings,
    WhoSettings,
)
from edp_app.core.parts import Column, Group, Question
from edp_app.core.plan import FLOOR, Ahead, is_break, needs, propose

KINDS = ("who", "gather", "gather", "sort", "vote", "vote", "criteria", "ask", "talk", "break")


@st.composite
def agendas(draw: st.DrawFn) -> list[Stage]:
    """Agendas in which each stage refers to earlier ones, as files may."""
    stages: list[Stage] = []
    for n, kind in enumerate(draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=14))):
        step = draw(st.sampled_from(["", "priorities"]))
        minutes = draw(st.integers(1, 60))
        stages.append(Stage(f"s{n}", {"en": "S"}, minutes, settings_of(kind, stages, draw), step=step))  # type: ignore[arg-type]
    return stages


def settings_of(kind: str, before: list[Stage], draw: st.DrawFn) -> Settings:
    def earlier(of: type) -> str | None:
        there = [one.id for one in before if isinstance(one.settings, of)]
        return draw(st.sampled_from(there)) if there else None

    gathered = earlier(GatherSettings)
    if kind == "sort" and gathered:
        return SortSettings(gathered)
    if kind == "criteria" and gathered:
        method = CriteriaMethod([Criterion("new", {"en": "New"})], weights_from=earlier(AskSettings))
        scored = [
            one.id
            for one in before
            if isinstance(one.settings, VoteSettings) and isinstance(one.settings.method, CriteriaMethod)
        ]
        return VoteSettings(gathered, method, second_of=draw(st.sampled_from([None, *scored])))
    if kind == "vote" and gathered:
        return VoteSettings(gathered)
    if kind == "gather":
        return GatherSettings(
            [Column("one", {"en": "One"})], links_to=draw(st.sampled_from([None, gathered]))
        )
    if kind == "ask":
        return AskSettings([Question("q", {"en": "Q"})])
    if kind == "who":
        return WhoSettings()
    return ShowSettings(is_break=kind == "break")


@given(agendas(), st.integers(-20, 400), st.data())
def test_what_is_proposed_fits_where_it_can_and_takes_nothing_that_is_needed(
    stages: list[Stage], over: int, data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(stages)))
    fixed = data.draw(st.sets(st.integers(0, len(stages))))
    planned = data.draw(st.lists(st.integers(1, 60), min_size=len(stages), max_size=len(stages)))
    ahead = [Ahead(one, planned[n], n in fixed) for n, one in enumerate(stages) if n >= first]
    groups = [Group("a", {"en": "A"}), Group("b", {"en": "B"})]
    definition = Definition(title="T", groups=groups, stages=stages)
    voted = frozenset(data.draw(st.sets(st.sampled_from([one.id for one in stages]))))
    proposal = propose(definition, ahead, over, voted)

    by_id = {one.stage.id: one for one in ahead}
    dropped = {one.stage for one in proposal.changes if one.minutes == 0}
    kept = [one.stage for one in ahead if one.stage.id not in dropped]
    saved = sum(one.saves for one in proposal.changes)
    # it adds up, and saves no more than was asked by shortening alone
    for change in proposal.changes:
        assert change.minutes + change.saves == by_id[change.stage].minutes
        assert change.saves > 0
        assert not by_id[change.stage].fixed
    assert proposal.over == max(0, over - saved)
    if not dropped:
        assert saved <= max(0, over)
    # what is left out is needed by nothing that is kept
    for stage in kept:
        assert not needs(stage) & dropped
        if isinstance(stage.settings, VoteSettings):
            sorts = {
                one.id
                for one in stages[: stages.index(stage)]
                if isinstance(one.settings, SortSettings) and one.settings.of == stage.settings.of
            }
            assert not sorts & dropped
    for stage_id in dropped:
        settings = by_id[stage_id].stage.settings
        assert not isinstance(settings, WhoSettings)
        assert not is_break(by_id[stage_id].stage)
        assert stage_id != stages[0].id
        if isinstance(settings, VoteSettings) and settings.second_of is None:
            assert by_id[stage_id].stage.step != "priorities"
            others = {one.settings.of for one in kept if isinstance(one.settings, VoteSettings)}
            assert settings.of in voted | others
    # nothing falls below its floor
    for change in proposal.changes:
        if change.minutes:
            stage = by_id[change.stage].stage
            kind = "break" if is_break(stage) else str(stage.settings.__struct_config__.tag)
            assert change.minutes >= FLOOR[kind]
            assert 2 * change.minutes >= stage.minutes
    # shortening alone is used wherever it is enough; and only where it cannot fit is anything left over
    most = sum(one.slack for one in ahead)
    if over <= most:
        assert not dropped
        assert proposal.over == 0
    if proposal.over:
        left = {one.stage: one.minutes for one in proposal.changes}
        assert all(left.get(one.id, by_id[one.id].minutes) == by_id[one.id].floor for one in kept)
        assert propose(definition, [by_id[one.id] for one in kept], 10_000, voted).over >= proposal.over
