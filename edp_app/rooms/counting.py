"""Counting a vote away from the loop: a result of a big room takes seconds, and votes elsewhere must not wait
for it.

What is small is counted in a thread, where the interpreter is shared with the loop in slices of a few
milliseconds; what is big in a process of its own at the lowest priority, from the log. Figures counted
nowhere else would be counted where they are first shown: nothing depends on this but how long others wait.
"""

from collections.abc import Callable
from typing import Any

import gevent
from gevent.lock import BoundedSemaphore

from edp_app.core.registry import Counting
from edp_app.core.stages import kind_by_id
from edp_app.core.stages.base import keep
from edp_app.core.state import Run, State
from edp_app.rooms.places import log_places

BIG = 50_000
"""From this size on (:class:`edp_app.core.registry.Counting`) a process of its own is worth its start."""

Apart = Callable[[str, str, int], dict[str, Any]]
"""Counts a run of the workshop with a code in another process, from the log up to a position; raises whatever
goes wrong."""


class Counter:
    """Counts the results of one workshop. ``apart``: None where no other process can be started."""

    def __init__(self, apart: Apart | None) -> None:
        self._apart = apart
        self._turn = BoundedSemaphore(1)
        self._failed_ahead: set[object] = set()

    def is_ready(self, state: State) -> bool:
        """Whether every result that may be shown has been counted. Costs next to nothing."""
        return self._next(state, ahead=False) is None

    def count(self, state: State, *, ahead: bool = False) -> None:
        """Count what is wanted next. ``ahead``: a big run that is closed and not revealed, so that the reveal
        finds it counted. Waits; ``state`` may have changed when it returns."""
        wanted = self._next(state, ahead=ahead)
        if wanted is None:
            return
        if wanted[1].size < BIG:  # waits for nobody: counted twice at worst
            self._settle(state, *wanted, ahead=ahead)
            return
        with self._turn:  # what another greenlet has counted meanwhile is done
            if wanted := self._next(state, ahead=ahead):
                self._settle(state, *wanted, ahead=ahead)

    def _settle(self, state: State, run: Run, counting: Counting, *, ahead: bool) -> None:
        try:
            figures = self._counted(state, run, counting, ahead=ahead)
        except Exception as error:  # noqa: BLE001 -- logged without what people wrote
            log_places(error, "a result could not be counted")
            if run.revealed:
                keep(run, counting.key, {})  # no result: it is not tried for ever, nor where it is shown
            else:
                self._failed_ahead.add(counting.key)
        else:
            keep(run, counting.key, figures)

    def _next(self, state: State, *, ahead: bool) -> tuple[Run, Counting] | None:
        for run in state.runs.values():
            if run.status != "closed" or not (run.revealed or ahead):
                continue
            counting = kind_by_id(run.kind).to_count(state, run)
            if counting is None:
                continue
            if run.revealed or (counting.size >= BIG and counting.key not in self._failed_ahead):
                return run, counting
        return None

    def _counted(self, state: State, run: Run, counting: Counting, *, ahead: bool) -> dict[str, Any]:
        if counting.size >= BIG and self._apart is not None:
            try:
                return self._apart(state.code, run.id, state.seq)
            except Exception as error:
                if ahead and not run.revealed:
                    raise  # nobody waits for it yet
                log_places(error, "a result could not be counted in a process of its own")
        found: dict[str, Any] = gevent.get_hub().threadpool.apply(counting.prepare())
        return found
