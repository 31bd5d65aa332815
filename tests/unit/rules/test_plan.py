"""“We end at 12:30”: what is proposed, what is never proposed, and how the plan changes while it runs."""

from edp_app.core import plan
from edp_app.core.commands import (
    AddItem,
    Answer,
    CastBallot,
    CloseStage,
    Describe,
    EndWorkshop,
    EnterPaperBallot,
    Join,
    OpenStage,
    PlanEnd,
    PlanStage,
    RemindRoom,
    StepBack,
)
from edp_app.core.definition import (
    AskSettings,
    Definition,
    GatherSettings,
    Settings,
    ShowSettings,
    SortSettings,
    Stage,
    Step,
    VoteSettings,
    WhoSettings,
)
from edp_app.core.parts import Column, Group, Question
from edp_app.core.plan import Ahead, Change, propose
from edp_app.core.views import AUDIENCES, Audience, view
from tests.support.acting import ANA, refused
from tests.support.definitions import short
from tests.support.memory import START, MemoryWorkshop

MINUTE = 60_000


def stage(stage_id: str, minutes: int, settings: Settings, step: Step = "") -> Stage:
    return Stage(id=stage_id, title={"en": stage_id}, minutes=minutes, settings=settings, step=step)


def written(links: str | None = None) -> GatherSettings:
    return GatherSettings(columns=[Column("one", {"en": "One"})], links_to=links)


ASKED = AskSettings([Question("useful", {"en": "Useful?"})])
HALF_DAY = [
    stage("opening", 10, ShowSettings()),
    stage("who", 5, WhoSettings()),
    stage("swot", 25, written()),
    stage("group", 10, SortSettings("swot")),
    stage("weigh", 10, VoteSettings("swot"), "analysis"),
    stage("talk", 20, ShowSettings()),
    stage("ideas", 25, written("swot")),
    stage("pause", 15, ShowSettings(is_break=True)),
    stage("group2", 10, SortSettings("ideas")),
    stage("score", 20, VoteSettings("ideas"), "priorities"),
    stage("second", 15, VoteSettings("ideas", second_of="score"), "priorities"),
    stage("funding", 10, VoteSettings("ideas"), "policy_mix"),
    stage("indicators", 15, written("ideas")),
    stage("evaluation", 5, ASKED),
]


def definition(stages: list[Stage]) -> Definition:
    groups = [Group("research", {"en": "Research"}), Group("business", {"en": "Business"}, expected=3)]
    return Definition(title="T", groups=groups, stages=stages)


def proposed(over: int, first: int = 0, stages: list[Stage] = HALF_DAY) -> plan.Proposal:
    ahead = [Ahead(one, one.minutes) for one in stages[first:]]
    return propose(definition(stages), ahead, over, frozenset())


class TestWhatIsProposed:
    def test_talks_and_breaks_give_first(self) -> None:
        assert proposed(8) == plan.Proposal((Change("talk", 12, 8, "talk"),), 0)
        assert proposed(13).changes == (
            Change("opening", 6, 4, "talk"),
            Change("talk", 11, 9, "talk"),
        )
        assert {one.stage for one in proposed(20).changes} == {"opening", "talk", "pause"}

    def test_then_the_longest_as_few_as_are_enough(self) -> None:
        changes = {one.stage: one for one in proposed(32).changes}
        assert set(changes) == {"opening", "talk", "pause", "swot"}
        assert (changes["swot"].minutes, changes["swot"].reason) == (13, "long")

    def test_a_stage_is_left_out_only_when_shortening_is_not_enough(self) -> None:
        most = sum(Ahead(one, one.minutes).slack for one in HALF_DAY)
        assert all(one.minutes for one in proposed(most).changes)
        dropped = [one for one in proposed(most + 1).changes if not one.minutes]
        assert dropped == [Change("talk", 0, 20, "talk")]

    def test_it_says_when_it_cannot_fit(self) -> None:
        last = [one for one in HALF_DAY if one.id in ("opening", "who", "ideas", "group2", "score")]
        answer = proposed(60, 1, last)
        assert answer.over > 0
        assert all(one.minutes for one in answer.changes)
        assert sum(one.saves for one in answer.changes) + answer.over == 60

    def test_nothing_is_proposed_where_it_fits(self) -> None:
        assert proposed(0) == proposed(-5) == plan.Proposal((), 0)

    def test_what_is_needed_is_never_left_out(self) -> None:
        dropped = {one.stage for one in proposed(10_000).changes if not one.minutes}
        assert dropped == {"talk", "second", "funding", "indicators", "evaluation"}

    def test_what_was_needed_by_a_stage_that_is_left_out_may_go_too(self) -> None:
        stages = [stage("opening", 5, ShowSettings()), stage("visions", 30, written()),
                  stage("group", 10, SortSettings("visions"))]  # fmt: skip
        dropped = [one.stage for one in proposed(10_000, 1, stages).changes if not one.minutes]
        assert dropped == ["visions", "group"]

    def test_a_short_one_stays_where_leaving_out_a_long_one_is_enough(self) -> None:
        stages = [*HALF_DAY[:1], stage("talk", 5, ShowSettings()), stage("answers", 30, ASKED)]
        assert proposed(21, 1, stages).changes == (Change("answers", 0, 30, "questions"),)

    def test_what_needs_a_stage_is_named(self) -> None:
        whole = definition(HALF_DAY)
        assert plan.needed_by(whole, "swot") == ["group", "weigh", "ideas"]
        assert plan.needed_by(whole, "group2") == ["score", "second", "funding"]
        assert plan.needed_by(whole, "score") == ["second"]
        assert plan.needed_by(whole, "talk") == plan.needed_by(whole, "nowhere") == []


def seen(room: MemoryWorkshop, audience: Audience, stage_id: str) -> dict[str, object]:
    found: dict[str, object] = next(
        entry for entry in view(room.state, audience)["agenda"] if entry["id"] == stage_id
    )
    return found


class TestPlanning:
    def test_minutes_and_what_is_left_out_are_on_every_agenda(self, room: MemoryWorkshop) -> None:
        room.must(PlanStage(stage="swot", minutes=12))
        room.must(PlanStage(stage="sort", skipped=True))
        for audience in AUDIENCES:
            assert seen(room, audience, "swot")["minutes"] == 12
            assert seen(room, audience, "sort")["skipped"] is True
            assert "skipped" not in seen(room, audience, "swot")
        assert room.must(PlanStage(stage="sort", skipped=True)) == []
        room.must(PlanStage(stage="sort", skipped=False))
        assert "skipped" not in seen(room, "phone", "sort")
        room.must(OpenStage(stage="swot"))
        assert view(room.state, "phone")["now"]["minutes"] == 12

    def test_only_what_is_not_over_yet(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        room.must(PlanStage(stage="swot", minutes=40))
        refused(room, PlanStage(stage="swot", skipped=True), "f:1", "stage_open")
        room.must(CloseStage(run="swot.1"))
        refused(room, PlanStage(stage="swot", minutes=5), "f:1", "stage_closed")
        refused(room, PlanStage(stage="nowhere", minutes=5), "f:1", "unknown_stage")
        refused(room, PlanStage(stage="ideas", minutes=5), ANA, "not_allowed")

    def test_a_stage_that_was_left_out_can_be_opened(self, room: MemoryWorkshop) -> None:
        room.must(PlanStage(stage="ideas", skipped=True))
        room.must(OpenStage(stage="ideas"))
        assert "skipped" not in seen(room, "phone", "ideas")
        room.must(StepBack())
        assert seen(room, "phone", "ideas")["skipped"] is True

    def test_the_rest_is_what_is_left_of_now_and_what_is_still_waited_for(self, room: MemoryWorkshop) -> None:
        planned = {one.id: one.minutes for one in short().stages}
        room.must(OpenStage(stage="swot"))
        after = list(planned)[list(planned).index("swot") + 1 :]
        rest = sum(planned[one] for one in after)
        assert plan.minutes_to_go(room.state, room.now) == planned["swot"] + rest
        late = room.now + (planned["swot"] + 7) * MINUTE
        assert plan.minutes_to_go(room.state, late) == rest
        room.must(PlanStage(stage=after[0], skipped=True))
        assert plan.minutes_to_go(room.state, late) == rest - planned[after[0]]

    def test_the_end_and_what_does_not_fit(self, room: MemoryWorkshop) -> None:
        assert plan.fit(room.state, room.now)[1:] == (None, plan.Proposal((), 0))
        room.must(OpenStage(stage="swot"))
        go = plan.minutes_to_go(room.state, room.now + 1000)
        ends_at = room.now + 1000 + (go - 18) * MINUTE
        room.must(PlanEnd(ends_at=ends_at))
        assert view(room.state, "phone")["workshop"]["ends_at"] == ends_at
        found, there, proposal = plan.fit(room.state, room.now)
        assert (found, there) == (go, go - 18)
        assert sum(one.saves for one in proposal.changes) == 18
        for one in proposal.changes:
            room.must(PlanStage(stage=one.stage, minutes=one.minutes))
        assert plan.fit(room.state, ends_at - (go - 18) * MINUTE)[2] == plan.Proposal((), 0)
        assert plan.fit(room.state, ends_at + MINUTE)[1] == 0
        room.must(PlanEnd())
        assert "ends_at" not in view(room.state, "console")["workshop"]
        refused(room, PlanEnd(ends_at=START + 400 * 24 * 3_600_000), "f:1", "bad_value")

    def test_before_the_first_stage_it_fits_from_the_planned_beginning_on(self, room: MemoryWorkshop) -> None:
        now = room.now
        go = plan.minutes_to_go(room.state, now)
        starts_at = now + 60 * MINUTE
        ends_at = starts_at + (go - 10) * MINUTE
        refused(room, PlanEnd(ends_at=starts_at, starts_at=starts_at), "f:1", "bad_value")
        room.must(PlanEnd(ends_at=ends_at, starts_at=starts_at))
        assert room.must(PlanEnd(ends_at=ends_at, starts_at=starts_at)) == []
        assert view(room.refolded(), "console")["workshop"]["starts_at"] == starts_at
        for early in (0, 30, 60):
            assert plan.fit(room.state, now + early * MINUTE)[1] == go - 10
        proposal = plan.fit(room.state, now)[2]
        assert sum(one.saves for one in proposal.changes) == 10
        assert plan.fit(room.state, starts_at + 5 * MINUTE)[1] == go - 15, "it should have begun"
        room.must(PlanEnd(ends_at=ends_at))
        assert plan.fit(room.state, starts_at - 60 * MINUTE)[1] == go + 50
        back = view(room.state, "console")["acts"][0]["commands"]
        assert back == [{"type": "plan_end", "ends_at": ends_at, "starts_at": starts_at}]
        room.must(PlanEnd(ends_at=ends_at, starts_at=starts_at))
        room.must(OpenStage(stage="swot"))
        assert "starts_at" not in view(room.state, "console")["workshop"]
        assert plan.fit(room.state, starts_at - 60 * MINUTE)[1] == go + 50, (
            "it has begun: what is left, from now"
        )

    def test_what_was_gone_back_from_is_waited_for_and_left_alone(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        room.must(Join(), "p:new")
        room.must(OpenStage(stage="ideas"))
        room.state.runs["ideas.1"].contributions = 1
        room.must(StepBack())
        back = next(one for one in plan.to_come(room.state) if one.stage.id == "ideas")
        assert back.fixed
        assert back.slack == 0

    def test_time_counts_over_all_openings_of_a_run(self, room: MemoryWorkshop) -> None:
        room.must(OpenStage(stage="swot"))
        room.now += 10 * MINUTE
        room.must(CloseStage(run="swot.1"))
        room.now += 30 * MINUTE
        room.must(StepBack())
        run = room.state.runs["swot.1"]
        assert run.took == 10 * MINUTE + 1000
        assert view(room.state, "console")["now"]["began"] == room.now - run.took


class TestReminder:
    def test_who_is_missing_is_said_until_they_are_here(self) -> None:
        room = MemoryWorkshop(definition(HALF_DAY))
        room.must(RemindRoom(group="business"))
        for audience in AUDIENCES:
            assert view(room.state, audience)["reminder"] == {
                "about": "here", "group": "business", "here": 0, "expected": 3,
            }  # fmt: skip
        room.must(RemindRoom())
        assert "reminder" not in view(room.state, "screen")
        refused(room, RemindRoom(group="nobody"), "f:1", "unknown_group")
        refused(room, RemindRoom(group="business", about="answered"), "f:1", "stage_closed")

    def test_of_an_open_stage_no_number_is_told_and_it_ends_with_the_stage(self) -> None:
        room = MemoryWorkshop(definition(HALF_DAY))
        come(room, business=3)
        room.must(OpenStage(stage="swot"))
        room.must(RemindRoom(group="business", about="answered"))
        assert view(room.state, "screen")["reminder"] == {
            "about": "answered", "group": "business", "kind": "gather",
        }  # fmt: skip
        room.must(CloseStage(run="swot.1"))
        assert "reminder" not in view(room.state, "screen")
        room.must(RemindRoom(group="business"))
        room.must(EndWorkshop())
        assert "reminder" not in view(room.state, "screen")

    def test_a_group_of_one_or_two_is_not_named_to_the_room(self) -> None:
        room = MemoryWorkshop(definition(HALF_DAY))
        come(room, business=2)
        room.must(OpenStage(stage="swot"))
        room.must(RemindRoom(group="business", about="answered"))
        for audience in AUDIENCES:
            assert view(room.state, audience)["reminder"] == {"about": "answered", "kind": "gather"}

    def test_it_is_over_once_all_of_the_group_have_answered_and_stays_over(self) -> None:
        room = MemoryWorkshop(definition(HALF_DAY))
        come(room, business=3)
        room.must(OpenStage(stage="swot"))
        room.must(RemindRoom(group="business", about="answered"))
        for n in range(3):
            assert "reminder" in view(room.state, "screen")
            room.must(AddItem(run="swot.1", column="one", title=f"Olives {n}"), f"p:business{n}")
        assert "reminder" not in view(room.state, "screen")
        come(room, business=4)  # one more, who has written nothing
        assert "reminder" not in view(room.state, "screen")
        assert "reminder" not in view(room.refolded(), "screen")

    def test_who_votes_on_paper_is_not_waited_for(self) -> None:
        room = MemoryWorkshop(definition([*HALF_DAY, stage("evaluation", 5, ASKED)]))
        come(room, business=3)
        room.must(OpenStage(stage="swot"))
        item = room.must(AddItem(run="swot.1", column="one", title="Olives"), "p:business0")[0].item
        room.must(OpenStage(stage="weigh"))
        room.must(EnterPaperBallot(run="weigh.1", voter="9", group="business", dots={item: 1}))
        for n in range(3):
            room.must(CastBallot(run="weigh.1", item=item, dots=1, revision=0), f"p:business{n}")
        room.must(RemindRoom(group="business", about="answered"))
        assert "reminder" not in view(room.state, "screen")
        room.must(OpenStage(stage="evaluation"))
        room.must(RemindRoom(group="business", about="answered"))
        for n in range(3):
            assert "reminder" in view(room.state, "screen")
            room.must(Answer(run="evaluation.1", question="useful", value=3, revision=0), f"p:business{n}")
        assert "reminder" not in view(room.state, "screen")


def come(room: MemoryWorkshop, **groups: int) -> None:
    """So many people of each group are in: p:business0, p:business1, …"""
    for group, number in groups.items():
        for person in [f"p:{group}{n}" for n in range(number)]:
            if person not in room.state.persons:
                room.must(Join(), person)
                room.must(Describe(group=group), person)
