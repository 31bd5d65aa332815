"""The shapes that the rules' modules have in common: tables from a command or an event to what handles it."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, ClassVar, NamedTuple, Protocol, TypeVar

from edp_app.core.commands import Context
from edp_app.core.definition import Stage
from edp_app.core.events import Event
from edp_app.core.refusals import Refusal
from edp_app.core.state import Person, Run, State

Decision = list[Event] | Refusal
"""Events to append (none: nothing to do, which is a success), or why not."""

# The handlers take one type of command or event each; the tables they stand in are keyed by that type, which
# the type system cannot say. A contract test checks that every command and every event has a handler of its
# type.
Decides = Mapping[type, Callable[[State, Any, Context], Decision]]
Evolves = Mapping[type, Callable[[State, Any, int, str], None]]
RunDecides = Mapping[type, Callable[[State, Run, Any, Context], Decision]]

Json = dict[str, Any]


class Counting(NamedTuple):
    """What is to be computed before a run's result can be shown."""

    key: Hashable
    """What it is computed from: the same key, the same figures."""
    size: int
    """How much there is to count, roughly: votes times what each of them says."""
    prepare: Callable[[], Callable[[], Json]]
    """Takes from the state what is needed and gives what computes the figures of it, knowing nothing of the
    state: that may be done in another thread, while the state changes."""


S = TypeVar("S")


def settings_as(stage: Stage, kind: type[S]) -> S:
    """The settings of a stage of a known kind. Raises ``TypeError`` for a stage of another kind."""
    if not isinstance(stage.settings, kind):
        raise TypeError(f"stage {stage.id} has other settings than {kind.__name__}")
    return stage.settings


class Kind(Protocol):
    """One of the kinds of stage. The rules, the views and the pages know a kind only through this."""

    id: ClassVar[str]
    reveals: ClassVar[bool]
    """Whether its result is hidden until it is revealed."""
    decides: ClassVar[RunDecides]
    """What may be asked while a run of this kind is open (and, by participants, not paused)."""
    late: ClassVar[frozenset[type]]
    """Which of these may still be asked once the run is closed, until its result is revealed."""
    evolves: ClassVar[Evolves]

    def may_open(self, state: State, stage: Stage) -> Refusal | None:
        """Why a run of this stage cannot begin now, or None."""
        ...

    def start(self, state: State, stage: Stage) -> Any:
        """The data of a run that begins now."""
        ...

    def go_on(self, state: State, run: Run) -> None:
        """Settle again, as :meth:`start` does, what a run rests on that goes on after it was closed."""
        ...

    def close(self, state: State, run: Run) -> None:
        """Settle what does not change any more when the run closes (again)."""
        ...

    def reveal(self, state: State, run: Run) -> None:
        """Settle what the result is about, when it is revealed."""
        ...

    def resumable(self, state: State, run: Run) -> bool:
        """Whether opening the stage again may go on with this closed, unrevealed run."""
        ...

    def public(self, state: State, run: Run, *, counts: bool) -> Json:
        """The kind's own part of the run as everyone may see it. ``counts``: with how many have taken part,
        which the screen and the console show. The result is in it once it is revealed, never before."""
        ...

    def result(self, state: State, run: Run) -> Json | None:
        """The result as it is published, or None if there is none. Callers check the reveal."""
        ...

    def to_count(self, state: State, run: Run) -> Counting | None:
        """What of a closed run's result has not been computed; None if nothing has to be. Whoever computes it
        elsewhere hands the figures in with :func:`edp_app.core.stages.base.keep`; else they are computed
        where the result is first asked for."""
        ...

    def own(self, state: State, run: Run, person: Person) -> Json:
        """What is one person's own in this run: for that person's phone alone."""
        ...

    def took_part(self, state: State, run: Run) -> set[str]:
        """Who has contributed, voted or answered in this run."""
        ...
