"""The published results against the second computation of them, on rooms that vote at random."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from edp_app.core.definition import VoteSettings
from edp_app.core.results.voted import Candidate, Voted
from edp_app.core.stages.rounds import own_weights
from edp_app.core.voting import method_for
from edp_app.rehearsal.oracle import Question, publish
from tests.support.rooms_at_random import METHODS, room
from tests.support.told import tell

ROOMS = 300
"""For each method."""


def published(question: Question) -> Any:
    """What the rules publish of it."""
    settings = {"kind": "vote", "of": "ideas", "method": question.method}
    vote = msgspec.convert(settings | {"rule": question.rule, "passes": question.passes}, VoteSettings)
    method = method_for(vote.method)
    tally = method.new_tally()
    for voter, sheet in question.ballots.items():
        for item, parts in sheet.items():
            nothing = {"dots": 0, "choice": "", "scores": {}, "order": [], "reason": ""}
            tally.cast(voter, item, method.read(vote.method, SimpleNamespace(**nothing | parts)), 1)
    agreed = sum((question.weights or {}).values(), Fraction(0))
    weights = {c: w / agreed for c, w in (question.weights or {}).items() if w} if agreed else {}
    found = method.result(
        Voted(
            privacy=question.privacy,  # type: ignore[arg-type]
            order=question.groups,
            groups=question.group_of,
            seed=question.seed,
            paper=frozenset(question.paper),
            territories=question.territories,
            sides=question.territory_of,
            funders=frozenset(question.funders),
            vote=vote,
            columns=question.columns,
            candidates={i: Candidate(one["column"], one["title"]) for i, one in question.items.items()},
            ballots=tally.ballots(),
            weights=weights or own_weights(vote.method),
            weights_agreed=bool(weights),
            before_run=question.before_run or "",
            before={item: before for item, before in question.before.items() if before},
        )
    )
    return msgspec.json.decode(msgspec.json.encode(found))


def differences(one: Any, other: Any, where: str = "") -> Iterator[str]:
    """Where two results differ; figures by more than 1e-9."""
    if isinstance(one, float) and isinstance(other, float):
        if abs(one - other) > 1e-9:
            yield f"{where}: {one} {other}"
    elif isinstance(one, dict) and isinstance(other, dict):
        for name in sorted(one.keys() | other.keys()):
            here = f"{where}/{name}"
            yield from differences(one.get(name, "absent"), other.get(name, "absent"), here)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for n, (mine, theirs) in enumerate(zip(one, other, strict=True)):
            yield from differences(mine, theirs, f"{where}/{n}")
    elif type(one) is not type(other) or one != other:
        yield f"{where}: {one} {other}"


def count(result: Any, seen: Counter[str]) -> None:
    """What there was to be compared."""
    rows = [row for listing in result.get("columns", ()) for row in listing["items"]]
    seen["rooms"] += 1
    seen["too few to tell"] += "few" in result
    seen["items"] += len(rows)
    seen["figures"] += sum(1 for _ in figures(result))
    seen["gaps that chance does not make"] += sum("p" in row for row in rows)
    seen["lots"] += sum("lot" in row for row in rows)
    seen["joined cells"] += sum("+" in cell for row in rows for cell in keys(row))


def keys(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for name, inside in part.items():
            yield name
            yield from keys(inside)


def figures(part: Any) -> Iterator[float]:
    if isinstance(part, dict | list):
        for inside in part.values() if isinstance(part, dict) else part:
            yield from figures(inside)
    elif isinstance(part, int | float) and not isinstance(part, bool):
        yield part


@pytest.mark.parametrize("method", METHODS)
def test_what_is_published_is_what_a_second_computation_gives(method: str) -> None:
    seen: Counter[str] = Counter()
    differ: dict[int, list[str]] = {}
    for seed in range(ROOMS):
        question = room(method, seed)
        expected = publish(question)
        if found := list(differences(published(question), expected)):
            differ[seed] = found
        count(expected, seen)
    counts = ", ".join(f"{n} {what}" for what, n in seen.items())
    tell(f"oracle, {method}: {counts}; {len(differ)} rooms differ")
    assert not differ, "\n".join(f"room {seed}: {found[:3]}" for seed, found in list(differ.items())[:10])
    assert seen["too few to tell"] < ROOMS / 2
