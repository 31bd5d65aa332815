"""A simulated participant who is slow: the next stage opens while they think."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest

from edp_app.rehearsal.phone import Dice, Script, SimulatedPhone

SLOW: dict[str, dict[str, Any]] = {
    "vote": {"run": "weigh.1", "stage": "weigh", "kind": "vote", "method": {"type": "dots", "dots": 3}},
    "gather": {"run": "ideas.1", "stage": "ideas", "kind": "gather", "columns": [], "fields": []},
    "ask": {"run": "useful.1", "stage": "useful", "kind": "ask", "questions": []},
}


@pytest.mark.parametrize("kind", SLOW)
@pytest.mark.parametrize("next_kind", SLOW)
def test_whoever_thinks_while_the_next_stage_opens_goes_on_with_their_own(kind: str, next_kind: str) -> None:
    acted: list[str] = []
    page = SimpleNamespace(view={"now": SLOW[kind]}, own={})

    class Thinks:
        async def pause(self, *_: object) -> None:
            page.view = {"now": {**SLOW[next_kind], "run": "later.1"}}

    class Phone(SimulatedPhone):
        async def _vote(self, run: dict[str, Any]) -> None:
            acted.append(f"vote {run['run']} {run['method']['type']}")

        async def _gather(self, run: dict[str, Any]) -> None:
            acted.append(f"gather {run['run']} {len(run['columns'])}")

        async def _ask(self, run: dict[str, Any]) -> None:
            acted.append(f"ask {run['run']} {len(run['questions'])}")

    script = cast("Script", SimpleNamespace(place_of=lambda _: 0, mood_of=lambda _: None))
    phone = Phone(
        cast("Any", page),
        cast("Any", SimpleNamespace(group="business", funder=False)),
        Dice(1, 1),
        cast("Any", Thinks()),
        cast("Any", None),
        script,
    )
    asyncio.run(phone._act())
    assert [words.split()[:2] for words in acted] == [[kind, SLOW[kind]["run"]]]
