"""The same seen in a real workshop and in its model; and failures in the middle of a transaction."""

import contextlib
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

from edp_app.rooms import committer, staging
from tests.support import fault_board as plain
from tests.support.fault_asked import PEOPLE
from tests.support.fault_model import Model
from tests.support.workshops import StoredWorkshop

Json = dict[str, Any]


def same(model: Model, real: StoredWorkshop) -> None:
    """Whatever anybody can see of the real workshop is as the model says."""
    views = real.views()
    console, phone = views["console"], views["phone"]
    assert real.room.state.seq == model.seq
    assert (phone["workshop"]["door"], phone["workshop"]["ended"]) == (model.door, model.ended)
    statuses = {
        stage: (model.runs_of(stage) or [{"status": "waiting"}])[-1]["status"] for stage in plain.STAGES
    }
    assert {stage["id"]: stage["status"] for stage in phone["agenda"]} == statuses
    assert phone.get("now", {}).get("run") == model.now
    for somebody in PEOPLE:
        _same_of(model, views["selves"].get(somebody), somebody)
    _same_items(model, console)
    if run := model.runs.get(model.now or ""):
        _same_run(model, console["now"], phone["now"], run)
    revealed = [run for run in model.runs.values() if run["revealed"]]
    assert set(phone["results"]) == {run["id"] for run in revealed}
    for run in revealed:
        _same_result(model, phone["results"][run["id"]]["result"], run)


def _same_of(model: Model, own: Json | None, somebody: str) -> None:
    """What is one person's own."""
    if somebody not in model.people:
        assert own is None
        return
    assert own is not None
    known = model.people[somebody]
    assert (own.get("group"), own["group_fixed"]) == (known["group"], known["fixed"])
    votes = {r["id"]: r for s in plain.STAGES for r in model.runs_of(s) if plain.STAGES[s]["kind"] == "vote"}
    assert own["left"] == {name: model.left(run, somebody) for name, run in votes.items()}
    given = {name: run["ballots"].get(somebody, {}) for name, run in votes.items()}
    assert own["ballots"] == {
        name: {item: {"dots": dots, "revision": revision} for item, (dots, revision) in ballots.items()}
        for name, ballots in given.items()
    }


def _same_items(model: Model, console: Json) -> None:
    for item in model.items.values():
        shown = console["items"][item["id"]]
        assert shown["title"] == (item["name"] or item["title"])
        assert shown.get("into") == item["into"]
        state = "withdrawn" if item["withdrawn"] else "hidden" if item["hidden"] else None
        assert shown["state"] == (state or ("merged" if item["into"] else "shown"))
    assert set(console["items"]) == set(model.items)


def _same_run(model: Model, console: Json, phone: Json, run: Json) -> None:
    assert (phone["status"], phone["revealed"]) == (run["status"], run["revealed"])
    kind = plain.STAGES[run["stage"]]["kind"]
    if kind == "gather":
        assert list(phone["board"]["items"]) == model.standing()
    if kind == "vote":
        assert list(phone["candidates"]) == model.votable(run)
        assert console["cast"] == model.voters(run)
        assert ("cast" in phone) == (run["status"] == "closed"), "a count that runs is not for phones"
        assert phone.get("cast", model.voters(run)) == model.voters(run)
    if kind == "ask":
        assert console["answered"] == sum(value is not None for value, _ in run["answers"].values())


def _same_result(model: Model, result: Json, run: Json) -> None:
    if plain.STAGES[run["stage"]]["kind"] == "ask":
        given = [value for value, _ in run["answers"].values() if value is not None]
        assert result["voters"] == len(given)
        return
    voters, total = model.tally(run)
    assert result["voters"] == voters
    assert result.get("few", False) == (voters < 3)
    shown = {row["item"]: row["dots"] for column in result.get("columns", ()) for row in column["items"]}
    assert shown == ({} if voters < 3 else total)


@contextlib.contextmanager
def failing(real: StoredWorkshop, where: str) -> Iterator[None]:
    """The first attempt fails here: when the rules decide or fold, when rows are written, at the commit."""
    left = [1]

    def once(through: Any) -> Any:
        def wrapped(*args: Any, **more: Any) -> Any:
            if left[0] and (where != "commit" or more.get("commit") or args == (True,)):
                left[0] = 0
                raise OSError(28, "No space left on device")
            return through(*args, **more)

        return wrapped

    places = {
        "write": (committer, "_write"),
        "commit": (real.database, "_end"),
        "decide": (staging, "decide"),
        "evolve": (staging, "evolve"),
    }
    owner, name = places[where]
    with patch.object(owner, name, once(getattr(owner, name))):
        yield
