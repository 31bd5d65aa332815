"""What most kinds of stage have in common: nothing to decide, nothing to count, nothing of one's own."""

from collections.abc import Callable
from typing import Any, ClassVar

from edp_app.core.definition import Stage
from edp_app.core.refusals import Refusal
from edp_app.core.registry import Evolves, Json, RunDecides
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

    def own(self, state: State, run: Run, person: Person) -> Json:
        return {}

    def took_part(self, state: State, run: Run) -> set[str]:
        return set()


def cached(state: State, run: Run, compute: Callable[[], Json]) -> Json:
    """The result of a closed run, computed once for each closing, late sheet and curation."""
    key = (run.closing_digest, state.curations)
    if run.result_cache is None or run.result_cache[0] != key:
        run.result_cache = (key, compute())
    return run.result_cache[1]


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
