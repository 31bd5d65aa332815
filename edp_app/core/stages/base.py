"""What most kinds of stage have in common: nothing to decide, nothing to count, nothing of one's own."""

from collections.abc import Hashable
from typing import Any, ClassVar

from edp_app.core.definition import Stage
from edp_app.core.refusals import Refusal
from edp_app.core.registry import Counting, Evolves, Json, RunDecides
from edp_app.core.results.voted import Room
from edp_app.core.state import Person, Run, State


class Plain:
    """A kind in which nobody sends anything. The others override what they do differently."""

    id: ClassVar[str] = ""
    reveals: ClassVar[bool] = False
    decides: ClassVar[RunDecides] = {}
    late: ClassVar[frozenset[type]] = frozenset()
    evolves: ClassVar[Evolves] = {}

    def may_open(self, state: State, stage: Stage) -> Refusal | None:
        return None

    def start(self, state: State, stage: Stage) -> Any:
        return None

    def go_on(self, state: State, run: Run) -> None:
        return None

    def close(self, state: State, run: Run) -> None:
        return None

    def reveal(self, state: State, run: Run) -> None:
        return None

    def resumable(self, state: State, run: Run) -> bool:
        return True

    def public(self, state: State, run: Run, *, counts: bool) -> Json:
        return {}

    def result(self, state: State, run: Run) -> Json | None:
        return None

    def to_count(self, state: State, run: Run) -> Counting | None:
        return None

    def own(self, state: State, run: Run, person: Person) -> Json:
        return {}

    def took_part(self, state: State, run: Run) -> set[str]:
        return set()


def is_kept(run: Run, key: Hashable) -> bool:
    """Whether the figures of a closed run are known."""
    return run.figures is not None and run.figures[0] == key


def keep(run: Run, key: Hashable, figures: Json) -> None:
    """Have the figures of a closed run remembered, for as long as they would be computed from the same."""
    run.figures, run.titled = (key, figures), None


def figures(run: Run, counting: Counting | None) -> Json:
    """The figures of a closed run; computed here and now if they have not been."""
    if counting is not None:
        keep(run, counting.key, counting.prepare()())
    return run.figures[1] if run.figures else {}


def room_of(state: State, run: Run) -> Room:
    """Who was in a run when it closed, and what may be told of them."""
    return Room(**room_facts(state, run))


def room_facts(state: State, run: Run) -> Json:
    """The fields of a :class:`edp_app.core.results.voted.Room`."""
    return {
        "privacy": state.definition.privacy,
        "order": [group.id for group in state.definition.groups],
        "groups": run.groups_then,
        # Whoever votes on paper does so from their first sheet on: nothing to remember at the closing.
        "paper": frozenset(person.id for person in state.persons.values() if person.paper),
        "seed": run.closing_digest,
        "territories": [territory.id for territory in state.definition.territories],
        "sides": run.sides_then,
        "funders": run.funders_then,
    }
