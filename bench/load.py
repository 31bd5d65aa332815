"""The load generator's process: told what to do by lines of JSON, answers each with one line of figures.

``python -m bench.load`` reads ``{"do": …}`` from its standard input; the first line says where the server is.
"""

import gc
import json
import sys
from typing import Any

from bench import phases
from bench.crowd import Crowd, Failed
from bench.loop import clock

Json = dict[str, Any]

_OVER = ("done", "failed")


class Show:
    """One evening of measurements with one crowd."""

    def __init__(self, where: Json) -> None:
        self._server: int = where["pid"]
        self._crowd = Crowd((where["host"], where["port"]), where["code"], where["cookie"], where["seed"])
        self._items: list[str] = []
        self._votes = 0
        self._run = ""

    def join(self, people: int) -> Json:
        """The facilitator's pages open, people come, the board opens."""
        self._crowd.seat_facilitator()
        figures = phases.join(self._crowd, self._server, people)
        self._crowd.must("open_stage", stage="board")
        self._crowd.settle()
        return figures

    def write(self) -> Json:
        """The board fills; then the vote opens."""
        figures, self._items = phases.write(self._crowd, self._server, "board.1")
        return figures

    def steady(self) -> Json:
        """Ten seconds of voting, in a run of its own."""
        self._new_vote()
        return phases.steady(self._crowd, self._server, self._run, self._items)

    def steady_with_report(self) -> Json:
        """The same; whoever drives us asks for a report when told ``ready``. Votes that were tapped while it
        was being made count alone."""
        self._new_vote()
        self._crowd.console.reports.clear()
        _say({"ready": True})
        self._crowd.until(lambda: bool(self._crowd.console.reports), "the report's beginning")
        begun = clock()

        def end() -> float:
            return next((t for t, state in self._crowd.console.reports if state in _OVER), clock())

        figures = phases.steady(
            self._crowd, self._server, self._run, self._items, lambda op: op.tapped < end()
        )
        self._crowd.until(lambda: any(s in _OVER for _, s in self._crowd.console.reports), "the report")
        if any(state == "failed" for _, state in self._crowd.console.reports):
            raise Failed("The report failed.")
        return figures | {"report_s": end() - begun}

    def everyone(self) -> Json:
        """Everybody taps within a second, in a run of its own."""
        self._new_vote()
        return phases.everyone(self._crowd, self._server, self._run, self._items)

    def flat_out(self) -> Json:
        """As fast as it goes, in the run that is open."""
        return phases.flat_out(self._crowd, self._server, self._run, self._items)

    def storm(self) -> Json:
        """All links break at once."""
        return phases.storm(self._crowd, self._server)

    def end(self) -> Json:
        """Everybody goes."""
        self._crowd.close()
        return {}

    def _new_vote(self) -> None:
        """A run of the vote in which nobody has voted yet; the one before is closed and revealed."""
        if self._votes:
            self._crowd.must("close_stage", run=self._run)
            self._crowd.must("reveal_result", run=self._run)
        self._crowd.must("open_stage", stage="vote")
        self._votes += 1
        self._run = f"vote.{self._votes}"
        self._crowd.settle()


def _say(answer: Json) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main(kind: type[Show] = Show) -> None:
    """Until the standard input ends."""
    show: Show | None = None
    gc.freeze()
    gc.disable()  # a collection would stop all phones at once; nothing here runs for long
    for line in sys.stdin:
        order = json.loads(line)
        try:
            if show is None:
                show = kind(order)
                _say({})
            else:
                _say(getattr(show, order.pop("do"))(**order))
        except Failed as problem:
            _say({"failed": str(problem)})
            return
        gc.collect()


if __name__ == "__main__":
    main()
