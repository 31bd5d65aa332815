"""A room of ten with five ideas: a shortlist of them, a score of what it let through with a second round, and
what is done with what was decided."""

from collections.abc import Iterator, Sequence
from typing import Any

from edp_app.core.commands import (
    AddItem,
    CastBallot,
    CloseStage,
    Describe,
    Join,
    OpenStage,
    RevealResult,
)
from edp_app.core.definition import (
    AgreeMethod,
    CardSettings,
    CriteriaMethod,
    Criterion,
    Definition,
    DotsMethod,
    GatherSettings,
    PointsMethod,
    Rule,
    SortSettings,
    Stage,
    VoteSettings,
)
from edp_app.core.parts import CardField, Column, Group
from edp_app.core.views import view
from edp_app.rehearsal.recount import recount
from edp_app.rehearsal.recount_cards import cards_shown
from tests.support.all_methods import rows_of
from tests.support.memory import MemoryWorkshop, plain

PEOPLE = [f"p:{n}" for n in range(10)]
IDEAS = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon")
SCORE = CriteriaMethod([Criterion("all", {"en": "All in all"})])


def shortlisted(passes: int = 3, rule: Rule = "headcount") -> Definition:
    """Ideas, their shortlist, a score of what it let through with a second round, and what was decided."""

    def vote(of: str, method: Any, passes: int, **more: Any) -> VoteSettings:
        return VoteSettings(of, method, rule, passes, **more)

    stages = {
        "ideas": GatherSettings([Column("a", {"en": "A"}), Column("b", {"en": "B"})]),
        "sort": SortSettings("ideas"),
        "shortlist": vote("ideas", DotsMethod(3, "stage", 3), passes),
        "score": vote("shortlist", SCORE, 2),
        "again": vote("shortlist", SCORE, 2, second_of="score"),
        "cards": CardSettings("score", [CardField("owner", {"en": "Owner"})]),
        "promises": GatherSettings([Column("a", {"en": "A"})], links_to="score"),
        "points": vote("again", PointsMethod(10), 1),
        "read_back": vote("score", AgreeMethod(), 0),
    }
    return Definition(
        title="W",
        language="en",
        groups=[Group("gov", {"en": "Government"}), Group("biz", {"en": "Business"})],
        stages=[Stage(name, {"en": name.title()}, 10, one) for name, one in stages.items()],
    )


class Room:
    """Ten people of two groups, with five ideas in two columns."""

    def __init__(
        self, passes: int = 3, rule: Rule = "headcount", workshop: MemoryWorkshop | None = None
    ) -> None:
        self.workshop = workshop or MemoryWorkshop(shortlisted(passes, rule))
        for n, person in enumerate(PEOPLE):
            self.workshop.must(Join(), person)
            self.workshop.must(Describe("gov" if n % 4 < 2 else "biz"), person)
        self.workshop.must(OpenStage("ideas"))
        self.ids = {}
        for n, title in enumerate(IDEAS):
            self.workshop.must(AddItem("ideas.1", "ab"[n % 2], title), PEOPLE[n])
            self.ids[title] = f"i{self.workshop.state.seq}"

    def titles(self, items: Any) -> list[str]:
        names = {item: title for title, item in self.ids.items()}
        return [names[item] for item in items]

    def shown(self, audience: str = "phone") -> dict[str, Any]:
        found: Any = plain(view(self.workshop.state, audience)["now"])  # type: ignore[arg-type]
        return dict(found)

    def about(self) -> list[str]:
        """The candidates of the vote that is on."""
        return self.titles(self.shown()["candidates"])

    def open(self, stage: str) -> str:
        self.workshop.must(OpenStage(stage))
        assert self.workshop.state.current
        return self.workshop.state.current

    def end(self, run: str) -> None:
        self.workshop.must(CloseStage(run))
        self.workshop.must(RevealResult(run))

    def spend(self, *titles: str, people: int = 10) -> str:
        """Everybody gives one dot to each of these, in a run of the shortlist that is then revealed."""
        run = self.open("shortlist")
        for person in PEOPLE[:people]:
            for title in titles:
                self.workshop.must(CastBallot(run, self.ids[title], dots=1), person)
        self.end(run)
        return run

    def give(self, stage: str, *, gov: str, biz: str, dots: int = 3) -> str:
        """Each group gives all that it has to one of these, in a run of this stage that is then revealed."""
        run = self.open(stage)
        for n, person in enumerate(PEOPLE):
            item = self.ids[gov if n % 4 < 2 else biz]
            self.workshop.must(CastBallot(run, item, dots=dots), person)
        self.end(run)
        return run

    def score(self, stage: str = "score", **given: tuple[int, int]) -> str:
        """Half of the room gives the one score, the other half the other."""
        run = self.open(stage)
        for n, person in enumerate(PEOPLE):
            for title, scores in given.items():
                self.workshop.must(CastBallot(run, self.ids[title], scores={"all": scores[n % 2]}), person)
        self.end(run)
        return run

    def points(self, run: str, person: str, title: str) -> None:
        """Somebody gives all their points to one."""
        self.workshop.must(CastBallot(run, "", scores={self.ids[title]: 10}), person)

    def shown_results(self) -> dict[str, Any]:
        """Run to what everybody is shown of its result."""
        found: Any = plain(view(self.workshop.state, "screen")["results"])
        return dict(found)

    def rows(self, results: dict[str, Any], run: str) -> list[dict[str, Any]]:
        """The items of a result; none where too few voted."""
        return [row for column in results[run]["result"].get("columns", ()) for row in column["items"]]

    def ballots(self, run: str, given: Sequence[int]) -> Iterator[CastBallot]:
        """What somebody says in a run who thinks so much (0 to 5) of each idea; some of it may not be
        allowed."""
        state = self.workshop.state
        method = state.runs[run].stage.settings.method  # type: ignore[union-attr]
        for item, much in zip(self.ids.values(), given, strict=True):
            if isinstance(method, DotsMethod):
                yield CastBallot(run, item, dots=min(much, 2))
            elif isinstance(method, CriteriaMethod):
                yield CastBallot(run, item, scores={"all": max(1, much)})
            elif isinstance(method, AgreeMethod):
                yield CastBallot(run, item, choice="agree" if much > 2 else "disagree")
        if isinstance(method, PointsMethod):
            item = list(self.ids.values())[given.index(max(given))]
            yield CastBallot(run, "", scores={item: 10})

    def holds(self) -> None:
        """The log folds to the same, and whoever counts it again finds the same."""
        assert plain(view(self.workshop.refolded(), "console")) == plain(view(self.workshop.state, "console"))
        console: Any = plain(view(self.workshop.state, "console"))
        results = {run: past["result"] for run, past in console["results"].items()}
        verdict = recount(rows_of(self.workshop), results, cards_shown(console))
        assert not verdict.problems
        assert verdict.figures_compared
