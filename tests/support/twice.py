"""A room of ten that scores five ideas, and once more what divided it, and what happens in between."""

from typing import Any

import msgspec

from edp_app.core.canonical import encode, kind_of
from edp_app.core.commands import (
    AddItem,
    CastBallot,
    CloseStage,
    Describe,
    Join,
    MergeItems,
    OpenStage,
    RevealResult,
)
from edp_app.core.definition import (
    CriteriaMethod,
    Criterion,
    Definition,
    GatherSettings,
    Privacy,
    Rule,
    Stage,
    VoteSettings,
)
from edp_app.core.parts import Column, Group
from edp_app.core.views import view
from edp_app.rehearsal.retally import Replay, Row
from edp_app.report.contents import Report
from edp_app.report.model import report_model
from tests.support.memory import MemoryWorkshop, plain

ALL = CriteriaMethod([Criterion("all", {"en": "All in all"})])
PEOPLE = [f"p:{n}" for n in range(10)]
Scores = dict[str, tuple[int, int]]
"""What half of the room gives, and what the other half does; nothing for 0."""

FIRST: Scores = {"Alpha": (5, 2), "Beta": (5, 1), "Gamma": (4, 1), "Delta": (2, 2), "Epsilon": (4, 4)}
"""Epsilon passes with everybody's consent; the next two, and Gamma that does not pass, divide the room."""


class Twice:
    """Ten people who score, six of one group and four of another, and score once more what divided them. In
    both groups every second one gives the one score and the others the other."""

    def __init__(
        self,
        first: Scores = FIRST,
        *,
        passes: int = 3,
        rule: Rule = "headcount",
        privacy: Privacy = "grouped",
    ) -> None:
        vote: dict[str, Any] = {"method": ALL, "rule": rule, "passes": passes}
        self.workshop = MemoryWorkshop(
            Definition(
                title="W",
                groups=[Group("gov", {"en": "Government"}), Group("biz", {"en": "Business"})],
                stages=[
                    Stage("ideas", {"en": "Ideas"}, 10, GatherSettings([Column("a", {"en": "A"})])),
                    Stage("score", {"en": "Scores"}, 10, VoteSettings("ideas", **vote)),
                    Stage("again", {"en": "Once more"}, 10, VoteSettings("ideas", second_of="score", **vote)),
                ],
                language="en",
                privacy=privacy,
            )
        )
        for n, person in enumerate(PEOPLE):
            self.workshop.must(Join(), person)
            self.workshop.must(Describe("gov" if n % 4 < 2 else "biz"), person)
        self.workshop.must(OpenStage("ideas"))
        self.ids = {}
        for n, title in enumerate(first):
            self.workshop.must(AddItem("ideas.1", "a", title), PEOPLE[n])
            self.ids[title] = list(self.workshop.state.items)[-1]
        self.vote("score", first)

    def open(self, stage: str) -> str:
        self.workshop.must(OpenStage(stage))
        assert self.workshop.state.current
        return self.workshop.state.current

    def cast(self, run: str, scores: Scores, people: int = 10) -> None:
        for n, person in enumerate(PEOPLE[:people]):
            for title, given in scores.items():
                if score := given[n % 2]:
                    self.workshop.must(CastBallot(run, self.ids[title], scores={"all": score}), person)

    def reveal(self, run: str) -> None:
        self.workshop.must(CloseStage(run))
        self.workshop.must(RevealResult(run))

    def vote(self, stage: str, scores: Scores, people: int = 10) -> str:
        run = self.open(stage)
        self.cast(run, scores, people)
        self.reveal(run)
        return run

    def merge(self, item: str, into: str, title: str) -> None:
        self.workshop.must(MergeItems(into=self.ids[into], items=[self.ids[item]], title=title))

    @property
    def past(self) -> dict[str, Any]:
        shown: Any = plain(view(self.workshop.state, "screen"))
        return dict(shown["results"])

    @property
    def report(self) -> Report:
        return report_model(self.workshop.state)

    def both(self, run: str = "again.1") -> dict[str, Any]:
        """What both rounds say, in the titles of the beginning."""
        titles = {item: title for title, item in self.ids.items()}
        said = self.past[run]["both_rounds"]
        return {name: [titles[i] for i in v] if isinstance(v, list) else v for name, v in said.items()}

    def through(self) -> list[str]:
        """What page one of the report lists, by the titles of the beginning."""
        titles = {item: title for title, item in self.ids.items()}
        return [titles[row.item] for row in self.report.through]

    def on_the_screen(self, run: str = "again.1") -> list[str]:
        """The same as the screen makes it of what is published: what was kept, then what passes now."""
        titles = {item: title for title, item in self.ids.items()}
        rows = self.past[run]["result"]["columns"][0]["items"]
        return [*self.both(run)["kept"], *[titles[row["item"]] for row in rows if row["passes"]]]

    def recounted(self, run: str = "again.1") -> int | None:
        """How many may pass, as it is counted again from the stored rows alone."""
        rows = [
            Row(
                one.seq, kind_of(one.event), one.actor, "", msgspec.json.decode(encode(one.event)), one.digest
            )
            for one in self.workshop.log
        ]
        return Replay(rows).votes[run].places
