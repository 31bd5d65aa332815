"""The workshop with every way of voting, played in memory: its people have the opinions of a rehearsal, and
what they say goes through the rules one by one."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from edp_app.core.canonical import encode, kind_of
from edp_app.core.commands import (
    AddItem,
    Answer,
    CastBallot,
    CloseStage,
    CorrectGroup,
    Describe,
    EnterPaperBallot,
    Join,
    OpenStage,
    RevealResult,
)
from edp_app.core.definition import AskSettings, Definition, GatherSettings, Privacy, VoteSettings
from edp_app.core.formats import Library, read_format
from edp_app.core.refusals import Refusal
from edp_app.core.views import view
from edp_app.rehearsal.habits import Dice
from edp_app.rehearsal.opinions import MOODS, Mood, Opinions, best_first
from edp_app.rehearsal.paper import PaperVoter
from edp_app.rehearsal.recount import Row
from tests.support.memory import MemoryWorkshop, plain

WORKSHOPS = Path(__file__).parents[2] / "workshops"
SIZES = (11, 6, 4, 2, 2)
"""How many speak for each group, of 25."""


@cache
def workshop() -> Definition:
    """The workshop as it is shipped."""
    file = WORKSHOPS / "demo" / "putumayo.toml"
    read = read_format(file.read_bytes(), file.name, Library.in_folder(WORKSHOPS / "library"))
    assert isinstance(read, Definition)
    return read


def mood_of(title: str) -> Mood:
    """By the number at its end."""
    return MOODS[int(title.split()[-1]) % len(MOODS)]


class Played:
    """Everything up to the end of the last stage, or of ``until``; ``paper``: how many vote on paper."""

    def __init__(
        self,
        people: int = 25,
        *,
        paper: int = 3,
        privacy: Privacy = "grouped",
        until: str = "",
        seed: int = 1,
    ) -> None:
        definition = msgspec.structs.replace(workshop(), privacy=privacy)
        self.room = MemoryWorkshop(definition)
        groups = [group.id for group in definition.groups]
        sides = [side.id for side in definition.territories]
        shares = [group for group, size in zip(groups, SIZES, strict=True) for _ in range(size)]
        self.people: dict[str, Opinions] = {}
        for n in range(people):
            person, dice, group = f"p:{n}", Dice(seed, n), shares[n * len(shares) // people]
            self.people[person] = Opinions(dice, groups.index(group), mood_of, funder=n % 6 == 0)
            self.room.must(Join(), person)
            place = sides[dice.about("side").randrange(len(sides))]
            self.room.must(Describe(group=group, territory=place, funder=n % 6 == 0), person)
        self.paper = [
            PaperVoter.drawn(Dice(seed, people + n), n, groups, sides, mood_of) for n in range(1, paper + 1)
        ]
        for stage in definition.stages:
            self.stage(stage.id)
            if stage.id == until:
                break

    @property
    def now(self) -> dict[str, Any]:
        """The run as the console shows it."""
        shown: Any = plain(view(self.room.state, "console")["now"])
        return shown

    def stage(self, stage: str) -> None:
        """Everything that is done in a stage, from its opening to the reveal; once more, if it was before."""
        opened = self.room.do(OpenStage(stage=stage))
        if isinstance(opened, Refusal):
            assert opened.code == "nothing_divided"
            return
        run, settings = self.now, self.room.state.definition.stage(stage).settings  # type: ignore[union-attr]
        if isinstance(settings, GatherSettings):
            for n in range(9):
                column = settings.columns[n % len(settings.columns)].id
                self.room.must(
                    AddItem(run=run["run"], column=column, title=f"Text {n}"), f"p:{n % len(self.people)}"
                )
        if isinstance(settings, AskSettings):
            for person, mind in self.people.items():
                for question in settings.questions:
                    value = mind.dice.about(question.id).randint(1, question.steps)
                    self.room.must(Answer(run=run["run"], question=question.id, value=value), person)
        if isinstance(settings, VoteSettings):
            self._vote(run)
        if self.now["status"] == "open":
            self.room.must(CloseStage(run=run["run"]))
        for voter in self.paper[-1:] if run["kind"] == "vote" else []:
            self._enter(voter, run)
        if run["reveals"]:
            self.room.must(RevealResult(run=run["run"]))

    def _vote(self, run: dict[str, Any]) -> None:
        for person, mind in self.people.items():
            for item, said in said_by(mind, run).items():
                self.room.must(CastBallot(run=run["run"], item=item, **said), person)
        for voter in self.paper[:-1]:
            self._enter(voter, run)
        # Somebody changes their mind, somebody takes a ballot back, somebody is put into another group.
        self.change("p:1", run, said_by(self.people["p:1"], run, "again"))
        self.change("p:2", run, {item: {} for item in list(said_by(self.people["p:2"], run))[:1]})
        group = "academia" if run["run"].startswith(("points", "rank")) else "government"
        self.room.must(CorrectGroup(person=list(self.people)[-1], group=group))

    def change(self, person: str, run: dict[str, Any], sheet: dict[str, Any]) -> None:
        """Other ballots in place of those that were cast."""
        for item, said in sheet.items():
            _, revision = self.room.state.runs[run["run"]].data.tally.ballot(person, item)
            self.room.must(CastBallot(run=run["run"], item=item, revision=revision, **said), person)

    def _enter(self, voter: PaperVoter, run: dict[str, Any]) -> None:
        self.room.must(msgspec.convert(voter.sheet(run), EnterPaperBallot))

    def rows(self) -> list[Row]:
        """The log as it is stored."""
        return rows_of(self.room)

    def published(self) -> dict[str, Any]:
        """Run to its result, as the console shows it."""
        shown: Any = plain(view(self.room.state, "console")["results"])
        return {run: past["result"] for run, past in shown.items()}


def rows_of(room: MemoryWorkshop) -> list[Row]:
    """The log of a workshop in memory, as it is stored."""
    return [
        Row(one.seq, kind_of(one.event), one.actor, op_id, msgspec.json.decode(encode(one.event)), one.digest)
        for one, op_id in zip(room.log, room.op_ids, strict=True)
    ]


def said_by(mind: Opinions, run: dict[str, Any], thought: str = "") -> dict[str, Any]:
    """Everything that somebody says in a run; dots on what they like best."""
    if run["method"]["type"] != "dots":
        return mind.sheet(run, thought)
    if thought:
        return {}
    items = run["candidates"]
    liked = best_first({i: mind.of(item["title"]) for i, item in items.items()})
    return {item: {"dots": 1} for item in liked[: run["method"]["dots"]]}
