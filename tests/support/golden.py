"""Makes the golden log: a small workshop with every kind of event in it, as it is stored, and what everybody
sees of it. ``python -m tests.support.golden`` writes both to ``tests/contract/golden/``; see
``tests/contract/test_golden.py`` for when that is allowed.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec

from edp_app.core.canonical import content_digest, encode, kind_of
from edp_app.core.commands import (
    AddItem,
    AddStage,
    Admit,
    Answer,
    ApproveItem,
    ApproveTexts,
    BringItems,
    Brought,
    CastBallot,
    ChangeItem,
    CloseStage,
    CountHeads,
    Describe,
    DescribeWorkshop,
    EditWorkshop,
    EndWorkshop,
    EnterPaperBallot,
    ExpectPeople,
    FillCard,
    HideItem,
    HoldItems,
    HoldTexts,
    Join,
    MakeBadges,
    MergeItems,
    MoveStage,
    NameMyself,
    NewBadge,
    OpenStage,
    PauseStage,
    PlanEnd,
    PlanStage,
    PutBack,
    RefuseText,
    RemakeBadge,
    RemindRoom,
    RemoveStage,
    ReopenWorkshop,
    ResumeStage,
    RevealResult,
    SetDoor,
    SetModeration,
    SetTimer,
    Sheet,
    ShowItem,
    StepBack,
    TakeBackItems,
    TakeSeat,
    TellApart,
    TranslateItem,
    TurnAway,
    UnmergeItem,
    VoidBadges,
    WithdrawItem,
)
from edp_app.core.definition import (
    AgreeMethod,
    CardSettings,
    CriteriaMethod,
    Criterion,
    RankingMethod,
    Stage,
    VoteSettings,
)
from edp_app.core.door import badge_digest
from edp_app.core.erasing import holding, left_of
from edp_app.core.events import BadgeHandedOn, CodeGiven
from edp_app.core.parts import CardField, Option
from edp_app.core.state import State
from edp_app.core.views import AUDIENCES, self_view, view
from tests.support.definitions import GROUPS, TERRITORIES, short
from tests.support.memory import MemoryWorkshop, plain

FOLDER = Path(__file__).parents[1] / "contract" / "golden"
VERSION = 4
PEOPLE = [f"p:{name}" for name in "abcdefg"]

CRITERIA = [Criterion("market", {"es": "Mercado"}, weight=2), Criterion("new", {"es": "Novedad"})]
SCORED = [
    Stage("score", {"es": "Puntaje"}, 10, VoteSettings("ideas", CriteriaMethod(CRITERIA), passes=1)),
    Stage("rank", {"es": "Orden"}, 5, VoteSettings("ideas", RankingMethod(), passes=1)),
    Stage("read_back", {"es": "Lectura"}, 5, VoteSettings("ideas", AgreeMethod(), passes=1)),
]
YES_NO = [Option("si", {"es": "Sí"}), Option("no", {"es": "No"})]
CARDS = CardSettings(
    "score", [CardField("owner", {"es": "Quién"}), CardField("fit", {"es": "Encaja"}, options=YES_NO)]
)

Json = dict[str, Any]


def played() -> MemoryWorkshop:
    """The workshop: seven people and two sheets of paper, something of everything."""
    workshop = short(passes=1)
    later = [stage for stage in workshop.stages if stage.id == "evaluation"]
    before = [stage for stage in workshop.stages if stage.id != "evaluation"]
    room = MemoryWorkshop(
        msgspec.structs.replace(
            workshop, stages=[*before, *SCORED, Stage("cards", {"es": "Fichas"}, 5, CARDS), *later]
        )
    )
    stages = room.state.definition.stages
    room.must(EditWorkshop(edition=0, stages=[stages[1], stages[0], *stages[2:]]))
    room.must(EditWorkshop(edition=room.state.edition, stages=stages))
    room.must(BringItems("swot", [Brought("Censo de 2022: sube la edad", "t", "Censo de 2022")]))
    for n, person in enumerate(PEOPLE):
        room.must(Join(), person)
        # Three of one group, three of another, one alone, so that groups are labelled and pooled.
        room.must(Describe(group=GROUPS[n // 3], territory=TERRITORIES[n % 2], funder=n == 0), person)
    room.must(DescribeWorkshop(title="Minga de Minka", territory="Minka", date="2026-02-03"))
    _come_in(room)
    room.must(TakeSeat(seat="2", group=GROUPS[0], territory=TERRITORIES[0]), PEOPLE[1])
    room.must(SetDoor(open=False))
    for person in PEOPLE[:2]:
        room.must(NameMyself(name="Rosa", organisation="Minka"), person)
    room.must(ExpectPeople(expected={GROUPS[0]: 4}, territories={TERRITORIES[0]: 3}))
    room.must(PlanEnd(ends_at=room.now + 3_600_000, starts_at=room.now + 60_000))
    room.must(PlanStage(stage="opening", minutes=5))
    room.must(PlanStage(stage="evaluation", skipped=True))
    room.must(PlanStage(stage="evaluation", skipped=False))
    _arrange(room)
    room.must(RemindRoom(group=GROUPS[2]))
    room.must(OpenStage(stage="opening"))
    room.must(StepBack())
    room.must(OpenStage(stage="swot"))
    room.must(SetTimer(run="swot.1", seconds=600, close=True))
    items = [_add(room, person, "swot.1", "sw"[n % 2], f"Texto {n}") for n, person in enumerate(PEOPLE)]
    for n, title in enumerate(("Sol todo el año", "Pocos caminos")):
        room.must(ChangeItem(run="swot.1", item=items[n], revision=1, title=title), PEOPLE[n])
    room.must(WithdrawItem(run="swot.1", item=items[6]), PEOPLE[6])
    _moderate(room, items)
    _bring(room)
    room.must(PauseStage(run="swot.1"))
    room.must(ResumeStage(run="swot.1"))
    room.must(CloseStage(run="swot.1"))
    room.must(StepBack())
    room.must(CloseStage(run="swot.1"))
    room.must(HideItem(item=items[5]))
    room.must(ShowItem(item=items[5]))
    room.must(HideItem(item=items[3]))
    room.must(MergeItems(into=items[0], items=[items[2], items[4]], title="Sol y calor"))
    room.must(UnmergeItem(item=items[4]))
    room.must(MergeItems(into=items[1], items=[items[5]], title="Caminos y puentes"))
    room.must(OpenStage(stage="weigh"))
    for n, person in enumerate(PEOPLE):
        room.must(CastBallot(run="weigh.1", item=items[(0, 4, 1)[n % 3]], dots=1 + n % 2), person)
    room.must(CastBallot(run="weigh.1", item=items[0], dots=2, revision=1), PEOPLE[0])
    room.must(CastBallot(run="weigh.1", item=items[4], dots=1, seat="2"), PEOPLE[1])
    room.must(EnterPaperBallot(run="weigh.1", voter="1", group=GROUPS[1], dots={items[4]: 2}))
    room.must(CloseStage(run="weigh.1"))
    room.must(EnterPaperBallot(run="weigh.1", voter="2", group=GROUPS[0], dots={items[1]: 1}))
    room.must(RevealResult(run="weigh.1"))
    room.must(OpenStage(stage="ideas"))
    _add(
        room,
        PEOPLE[1],
        "ideas.1",
        "idea",
        "Secado solar",
        fields={"who": "Productores"},
        sdgs=[7, 8],
        links=[items[0]],
    )
    _add(room, PEOPLE[2], "ideas.1", "idea", "Feria del olivo")
    ideas = list(room.state.items)[-2:]
    room.must(OpenStage(stage="score"))
    for n, person in enumerate(PEOPLE):
        scores = {"market": 1 + n % 5, "new": n % 6}
        why = f"Porque {n}"
        room.must(CastBallot(run="score.1", item=ideas[0], scores=scores, reason=why), person)
        room.must(CastBallot(run="score.1", item=ideas[1], scores={"market": 4, "new": 0}), person)
    room.must(CastBallot(run="score.1", item=ideas[1], revision=1), PEOPLE[1])
    room.must(CloseStage(run="score.1"))
    room.must(RevealResult(run="score.1"))
    room.must(OpenStage(stage="cards"))
    for person, field, value, revision in (
        (PEOPLE[0], "owner", "Minka", 0),
        (PEOPLE[2], "owner", "Minka y Rosa", 1),
        (PEOPLE[2], "fit", "si", 0),
    ):
        item = room.state.runs["cards.1"].data.passed[0]
        room.must(FillCard("cards.1", item, field, value, revision), person)
    _moderate_cards(room, room.state.runs["cards.1"].data.passed[0])
    room.must(OpenStage(stage="rank"))
    for n, person in enumerate(PEOPLE[:4]):
        room.must(CastBallot(run="rank.1", order=ideas if n else ideas[:1]), person)
    paper = {"": Sheet(order=list(reversed(ideas)))}
    room.must(EnterPaperBallot(run="rank.1", voter="1", group=GROUPS[1], ballots=paper))
    room.must(CloseStage(run="rank.1"))
    room.must(RevealResult(run="rank.1"))
    room.must(OpenStage(stage="read_back"))
    for n, person in enumerate(PEOPLE[:5]):
        choice = ("agree", "disagree", "pass")[n % 3]
        room.must(CastBallot(run="read_back.1", item=ideas[0], choice=choice), person)
    room.must(CloseStage(run="read_back.1"))
    room.must(RevealResult(run="read_back.1"))
    room.must(OpenStage(stage="evaluation"))
    for n, person in enumerate(PEOPLE[:4]):
        room.must(Answer(run="evaluation.1", question="useful", value=2 + n % 3), person)
        room.must(Answer(run="evaluation.1", question="more", value=f"Más tiempo, {n}"), person)
    room.must(CloseStage(run="evaluation.1"))
    room.must(RevealResult(run="evaluation.1"))
    room.must(EndWorkshop())
    room.must(ReopenWorkshop())
    room.must(EndWorkshop())
    room.append([CodeGiven(code="271828")], "system")
    return room


def _come_in(room: MemoryWorkshop) -> None:
    """By the other two ways: one by one, and by badge; then the door is open to all again."""
    room.must(CountHeads(heads=9))
    room.must(DescribeWorkshop(title="Minga de Minka", door="admitted"))
    for person in ("p:h", "p:i"):
        room.must(Join(), person)
    room.must(TurnAway(person="p:h"))
    room.must(PutBack(person="p:h"))
    room.must(Admit(person="p:i"))
    room.must(DescribeWorkshop(title="Minga de Minka", door="badges"))
    badges = [NewBadge(f"marca-{n}", badge_digest(f"placa {n}"), GROUPS[n], name="Rosa") for n in range(3)]
    room.must(MakeBadges(badges=badges))
    first, second, third = room.state.badges
    room.must(RemakeBadge(badge=second, mark="marca-4", digest=badge_digest("placa 4")))
    room.must(VoidBadges(badges=[third]))
    room.must(Join(badge="placa 0"), "p:j")
    room.append([BadgeHandedOn(badge=first, mark="marca-5", digest=badge_digest("placa 5"))], "f:1")
    room.must(Join(badge="placa 5"), "p:k")
    room.must(DescribeWorkshop(title="Minga de Minka", door="open"))


def _arrange(room: MemoryWorkshop) -> None:
    """A stage comes later, two of the library are put in, and one of them is taken out again."""
    room.must(MoveStage(stage="read_back", after="evaluation"))
    room.must(AddStage(preset="break", after="swot", minutes=5))
    room.must(AddStage(preset="points", after="read_back", title="Reparto", of="ideas"))
    room.must(RemoveStage(stage="break"))


def _moderate(room: MemoryWorkshop, items: list[str]) -> None:
    """Something that waits, is approved, held again and let go; and what is said beside."""
    room.must(SetModeration(on=True))
    late = _add(room, PEOPLE[0], "swot.1", "s", "Espera su turno")
    room.must(ApproveItem(item=late))
    room.must(HoldItems(items=[late]))
    room.must(SetModeration(on=False, approve=True))
    room.must(TellApart(items=[items[0], items[4]]))
    room.must(TranslateItem(item=items[4], language="en", text="Text number 4"))


def _bring(room: MemoryWorkshop) -> None:
    """Two earlier priorities, one of them taken back; what was prepared came in with the first stage."""
    before = [Brought("Riego por goteo", "o", "Prioridades de 2023"), Brought("Turismo", "o")]
    room.must(BringItems("swot", before))
    room.must(TakeBackItems([list(room.state.items)[-1]]))


def _moderate_cards(room: MemoryWorkshop, item: str) -> None:
    """A text that is approved, held and approved again, one that is not taken over, and one that waits."""
    room.must(SetModeration(on=True))
    first, second, _ = texts = [
        f"t{room.must(FillCard('cards.1', item, 'owner', f'Otra {n}', 2), PEOPLE[n]) and room.state.seq}"
        for n in (1, 2, 4)
    ]
    room.must(ApproveTexts(texts=[first]))
    room.must(HoldTexts(texts=texts[:1]))
    room.must(ApproveTexts(texts=[first]))
    room.must(RefuseText(text=second))
    room.must(SetModeration(on=False))


def _add(room: MemoryWorkshop, person: str, run: str, column: str, title: str, **more: Any) -> str:
    room.must(AddItem(run=run, column=column, title=title, **more), person)
    return list(room.state.items)[-1]


def rows() -> list[Json]:
    """The log as it is stored. Of the first person's words and of the fourth person's votes all is erased."""
    room = played()
    votes = set(holding(room.log, person=PEOPLE[3], ballots=True))
    gone = set(holding(room.log, person=PEOPLE[0])) | votes
    stored = []
    for one, op_id in zip(room.log, room.op_ids, strict=True):
        payload = encode(one.event)
        salt = hashlib.sha256(f"salt {one.seq}".encode()).digest()[:16]
        left = left_of(one.event, "es", ballots=one.seq in votes) if one.seq in gone else one.event
        stored.append(
            {
                "seq": one.seq,
                "at": one.at,
                "kind": kind_of(one.event),
                "version": one.event.version,
                "actor": one.actor,
                "op_id": op_id,
                "payload": None if left is None else encode(left).decode(),
                "salt": None if one.seq in gone else salt.hex(),
                "content_digest": content_digest(salt, payload),
                "digest": one.digest,
            }
        )
    return stored


def seen(state: State) -> Json:
    """Everything that anybody is shown of a workshop."""
    shown: Json = {name: plain(view(state, name)) for name in AUDIENCES}
    return shown | {"selves": {person: plain(self_view(state, person)) for person in state.persons}}


def write() -> None:
    """Writes the log and the views that the present rules give of it."""
    from tests.contract.test_golden import folded, lines

    FOLDER.mkdir(exist_ok=True)
    log = FOLDER / f"v{VERSION}.jsonl"
    log.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows()), encoding="utf-8")
    views = json.dumps(seen(folded(lines(log))), ensure_ascii=False, indent=1, sort_keys=True)
    log.with_suffix(".views.json").write_text(views + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
