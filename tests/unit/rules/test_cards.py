"""Cards: of which items there are some, who may write on them, and that no text is lost."""

import msgspec
import pytest

from edp_app.core.commands import (
    CastBallot,
    CloseStage,
    Describe,
    FillCard,
    HideItem,
    Join,
    MergeItems,
    OpenStage,
    PauseStage,
    RevealResult,
    ShowItem,
    UnmergeItem,
)
from edp_app.core.definition import CardSettings, Definition, Stage
from edp_app.core.erasing import holding, left_of
from edp_app.core.parts import CardField, Option
from edp_app.core.refusals import Refusal
from edp_app.core.stages.passed import passed
from edp_app.core.stages.vote import VOTE
from edp_app.core.views import view
from tests.support.acting import ANA, BETO, CARLA, PEOPLE, refused, write
from tests.support.definitions import GROUPS, short
from tests.support.memory import MemoryWorkshop
from tests.support.twice import Twice

FIELDS = [
    CardField("owner", {"en": "Owner"}, max_length=20),
    CardField("fit", {"en": "Fit"}, options=[Option("yes", {"en": "Yes"}), Option("no", {"en": "No"})]),
]


def with_cards(of: str = "swot", who: str = "everyone") -> Definition:
    """The short workshop with a stage of cards at its end."""
    workshop = short()
    cards = Stage("cards", {"en": "Cards"}, 10, CardSettings(of, FIELDS, who))  # type: ignore[arg-type]
    return msgspec.structs.replace(workshop, stages=[*workshop.stages, cards])


def begun(of: str = "swot", who: str = "everyone") -> tuple[MemoryWorkshop, list[str]]:
    """Three people, three items of one column, and the cards open."""
    room = MemoryWorkshop(with_cards(of, who))
    for person, group in zip(PEOPLE, GROUPS, strict=False):
        room.must(Join(), person)
        room.must(Describe(group=group), person)
    room.must(OpenStage(stage="swot"))
    items = [write(room, person, title) for person, title in ((ANA, "Sol"), (BETO, "Viento"), (CARLA, "Mar"))]
    if of == "swot":
        room.must(OpenStage(stage="cards"))
    return room, items


def fill(item: str, value: str, revision: int = 0, field: str = "owner", run: str = "cards.1") -> FillCard:
    return FillCard(run=run, item=item, field=field, value=value, revision=revision)


def cards(room: MemoryWorkshop) -> dict[str, dict[str, dict[str, object]]]:
    """What every phone is shown of the cards."""
    shown: dict[str, dict[str, dict[str, object]]] = view(room.state, "phone")["now"]["cards"]
    return shown


class TestFilling:
    def test_what_one_writes_everybody_sees(self) -> None:
        room, (sol, *_) = begun()
        room.must(fill(sol, "  Minka \n\n\n\n y Rosa "), ANA)
        room.must(fill(sol, "yes", field="fit"), BETO)
        expected = {
            "owner": {"value": "Minka\n\ny Rosa", "revision": 1},
            "fit": {"value": "yes", "revision": 1},
        }
        for audience in ("phone", "screen", "console"):
            now = view(room.state, audience)["now"]  # type: ignore[arg-type]
            assert now["cards"] == {sol: expected}
            assert now["order"] == list(now["candidates"])
        assert [one.actor for one in room.log[-2:]] == [ANA, BETO]

    def test_whoever_comes_second_is_told_and_may_write_again(self) -> None:
        room, (sol, *_) = begun()
        room.must(fill(sol, "Minka"), ANA)
        refused(room, fill(sol, "Rosa"), BETO, "outdated")
        assert not room.must(fill(sol, "Minka"), BETO)  # the same text is no quarrel
        room.must(fill(sol, "Minka y Rosa", 1), BETO)
        room.must(fill(sol, "", 2), CARLA)
        assert cards(room)[sol]["owner"] == {"value": "", "revision": 3}

    @pytest.mark.parametrize(
        ("command", "code"),
        [
            (fill("i99", "x"), "unknown_item"),
            (fill("", "x", field="cost"), "bad_message"),
            (fill("", "x" * 21), "text_too_long"),
            (fill("", "a\u202eb"), "bad_text"),
            (fill("", "perhaps", field="fit"), "bad_value"),
            (fill("", "x", run="swot.1"), "unknown_run"),
        ],
    )
    def test_what_does_not_fit_is_refused(self, command: FillCard, code: str) -> None:
        room, (sol, *_) = begun()
        refused(room, msgspec.structs.replace(command, item=command.item or sol), ANA, code)

    def test_people_write_while_it_is_open_facilitators_correct_afterwards(self) -> None:
        room, (sol, *_) = begun()
        room.must(PauseStage(run="cards.1"))
        refused(room, fill(sol, "Minka"), ANA, "stage_paused")
        room.must(fill(sol, "Minka"))
        room.must(CloseStage(run="cards.1"))
        refused(room, fill(sol, "Rosa", 1), ANA, "stage_closed")
        room.must(fill(sol, "Rosa", 1))
        assert cards(room)[sol]["owner"]["value"] == "Rosa"

    def test_cards_for_facilitators_are_read_by_all_others(self) -> None:
        room, (sol, *_) = begun(who="facilitators")
        refused(room, fill(sol, "Minka"), ANA, "not_allowed")
        room.must(fill(sol, "Minka"))
        assert cards(room)[sol]["owner"]["value"] == "Minka"

    def test_who_wrote_has_taken_part_and_stays(self) -> None:
        room, (sol, *_) = begun()
        room.must(fill(sol, "Minka"), ANA)
        assert room.state.persons[ANA].acted
        assert view(room.state, "console")["answered"]["total"] == 1


class TestWhichCards:
    def test_a_hidden_item_takes_its_card_along(self) -> None:
        room, (sol, viento, _) = begun()
        room.must(fill(sol, "Minka"), ANA)
        room.must(HideItem(item=sol))
        assert sol not in cards(room)
        assert sol not in view(room.state, "screen")["now"]["candidates"]
        refused(room, fill(sol, "Rosa", 1), BETO, "item_hidden")
        room.must(ShowItem(item=sol))
        assert cards(room)[sol]["owner"]["value"] == "Minka"
        room.must(fill(viento, "Rosa"), BETO)

    def test_merged_cards_follow_the_item_and_nothing_is_lost(self) -> None:
        room, (sol, viento, _) = begun()
        room.must(fill(sol, "Minka"), ANA)
        room.must(fill(viento, "Rosa"), BETO)
        room.must(MergeItems(into=sol, items=[viento]))
        also = [{"item": viento, "title": "Viento", "value": "Rosa"}]
        assert cards(room) == {sol: {"owner": {"value": "Minka", "revision": 1, "also": also}}}
        refused(room, fill(viento, "x", 1), BETO, "item_merged")
        room.must(UnmergeItem(item=viento))
        assert cards(room)[viento]["owner"]["value"] == "Rosa"
        room.must(MergeItems(into=viento, items=[sol]))
        room.must(fill(viento, "", 1), CARLA)
        assert cards(room)[viento]["owner"]["also"] == [{"item": sol, "title": "Sol", "value": "Minka"}]

    def test_a_stage_that_runs_again_goes_on_with_its_texts(self) -> None:
        room, (sol, *_) = begun()
        room.must(fill(sol, "Minka"), ANA)
        room.must(CloseStage(run="cards.1"))
        room.must(OpenStage(stage="cards"))
        room.must(fill(sol, "Rosa", 1), BETO)
        assert room.refolded() == room.state

    def test_of_a_vote_there_are_cards_for_what_passed(self) -> None:
        room, items = begun(of="weigh")
        refused(room, OpenStage(stage="cards"), "f:1", "not_revealed_yet")
        for person in (ANA, BETO, CARLA):
            _vote(room, items, person)
        room.must(CloseStage(run="weigh.1"))
        answer = room.do(OpenStage(stage="cards"))
        assert isinstance(answer, Refusal)
        assert (answer.code, answer.params) == ("not_revealed_yet", {"title": "Weigh"})
        room.must(RevealResult(run="weigh.1"))
        room.must(OpenStage(stage="cards"))
        assert view(room.state, "phone")["now"]["order"] == [items[1], items[0]]
        room.must(MergeItems(into=items[2], items=[items[0]]))
        assert view(room.state, "phone")["now"]["order"] == [items[1], items[2]]

    def test_a_vote_that_says_otherwise_begins_other_cards_with_the_same_texts(self) -> None:
        room, items = begun(of="weigh")
        for person in (ANA, BETO, CARLA):
            _vote(room, items, person)
        room.must(CloseStage(run="weigh.1"))
        room.must(RevealResult(run="weigh.1"))
        room.must(OpenStage(stage="cards"))
        room.must(fill(items[1], "Rosa"), ANA)
        for person in (ANA, BETO, CARLA):
            _vote(room, [items[0], items[1], items[2]], person, again=True)
        room.must(CloseStage(run="weigh.2"))
        refused(room, OpenStage(stage="cards"), "f:1", "not_revealed_yet")
        room.must(RevealResult(run="weigh.2"))
        room.must(OpenStage(stage="cards"))
        now = view(room.state, "phone")["now"]
        assert (now["run"], now["order"]) == ("cards.2", [items[1], items[2]])
        assert now["cards"] == {items[1]: {"owner": {"value": "Rosa", "revision": 1}}}

    def test_without_items_there_is_nothing_to_fill(self) -> None:
        room = MemoryWorkshop(with_cards())
        refused(room, OpenStage(stage="cards"), "f:1", "nothing_to_fill")


def _vote(room: MemoryWorkshop, items: list[str], person: str, *, again: bool = False) -> None:
    """Two dots for the second item, and one for the first or, again, the third."""
    run = "weigh.2" if again else "weigh.1"
    if run not in room.state.runs:
        room.must(OpenStage(stage="weigh"))
    room.must(CastBallot(run=run, item=items[1], dots=2), person)
    room.must(CastBallot(run=run, item=items[2] if again else items[0], dots=1), person)


class TestErasing:
    def test_texts_on_cards_are_erased_with_their_writer_or_with_their_item(self) -> None:
        room, (sol, viento, _) = begun()
        room.must(fill(sol, "Minka"), ANA)
        room.must(fill(sol, "Rosa", 1), BETO)
        room.must(fill(viento, "Rosa"), ANA)
        seqs = [one.seq for one in room.log[-3:]]
        own = [one.seq for one in room.log if getattr(one.event, "author", "") == ANA]
        assert holding(room.log, person=ANA) == [*own, seqs[0], seqs[2]]
        assert holding(room.log, item=sol) == [*own, seqs[0], seqs[1]]
        left = left_of(room.log[-1].event, "es")
        assert left is not None
        assert (left.value, left.erased) == ("(borrado)", 1)  # type: ignore[attr-defined]


class TestAfterASecondRound:
    """Which items there are cards for: those that pass by both rounds together."""

    def passed(self, room: Twice, vote: str = "score") -> list[str] | Refusal:
        found = passed(room.workshop.state, vote, VOTE.result)
        titles = {item: title for title, item in room.ids.items()}
        return found if isinstance(found, Refusal) else [titles[item] for item in found]

    def test_both_rounds_are_one(self) -> None:
        room = Twice()
        assert self.passed(room) == self.passed(room, "again") == ["Epsilon", "Alpha", "Beta"]
        run = room.open("again")
        room.cast(run, {"Alpha": (2, 2), "Beta": (4, 4), "Gamma": (5, 5)})
        waits = self.passed(room)
        assert isinstance(waits, Refusal)
        assert (waits.code, waits.params) == ("not_revealed_yet", {"title": "Once more"})
        room.reveal(run)
        assert (
            self.passed(room) == self.passed(room, "again") == room.through() == ["Epsilon", "Gamma", "Beta"]
        )

    def test_a_second_round_in_which_too_few_voted_changes_nothing(self) -> None:
        room = Twice()
        room.vote("again", {"Alpha": (2, 2), "Gamma": (5, 5)}, people=2)
        assert self.passed(room) == ["Epsilon", "Alpha", "Beta"]
