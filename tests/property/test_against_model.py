"""The real thing (rooms, committer, SQLite) beside a model that shares no code with it.

Whatever is asked, and whatever fails in between, both accept and refuse the same, count the same, and leave
everybody the same.
"""

import contextlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar
from unittest.mock import patch

import gevent
import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from edp_app.core.commands import AnyCommand
from edp_app.rooms import Outcome, committer
from tests.support import fault_board as plain
from tests.support.fault_asked import (
    PEOPLE,
    answering,
    by_people,
    curating,
    definition,
    everybody,
    gathering,
    opening,
    people,
    rarely,
    running,
    runs,
    steps_back,
    voting,
)
from tests.support.fault_compared import failing, same
from tests.support.fault_model import Model
from tests.support.fault_results import Results
from tests.support.workshops import StoredWorkshop

Json = dict[str, Any]
Asked = tuple[str, Json, str]
"""Who, what, under which id."""

FACILITATOR = "facilitator"
LOOKED_AT_ANEW = ("try_again", "not_joined", "door_closed", "stage_paused")


class Workshop(RuleBasedStateMachine):
    """Each rule does something to both; after each, all that can be seen of the real one is as the model
    says."""

    tally: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.tally["workshops"] += 1
        self.folder = Path(tempfile.mkdtemp(prefix="edp-model-"))
        self.real = StoredWorkshop(self.folder / "0.db", definition())
        self.model = Model()
        self.images = 0
        self.asked: list[tuple[Asked, Outcome]] = []
        for n, somebody in enumerate(PEOPLE[:4]):
            self.both(somebody, {"type": "join"})
            self.both(somebody, {"type": "describe", "group": plain.GROUPS[n % 2]})
        self.both(FACILITATOR, {"type": "open_stage", "stage": "swot"})
        for n, somebody in enumerate(PEOPLE[:4]):
            self.both(
                somebody, {"type": "add_item", "run": "swot.1", "column": "sw"[n == 3], "title": f"I{n}"}
            )

    def teardown(self) -> None:
        self.real.close()
        shutil.rmtree(self.folder)

    # ---- asking both

    def meant(self, actor: str, command: Json) -> Json:
        """With ids in the place of numbers, and revisions in the place of how far they are off."""
        items = list(self.model.items) or ["i1"]
        command = dict(command)
        for name in ("item", "into"):
            if isinstance(command.get(name), int):
                command[name] = items[command[name] % len(items)]
        if "items" in command:
            command["items"] = [items[n % len(items)] for n in command["items"]]
        if command.get("run") == "NOW":
            command["run"] = self.model.now or "no.1"
        if command.get("stood") == "NOW":
            command.pop("stood")
            if (stood := self.model.stood()) is not None:
                command |= {"stood": stood, "run": self.model.now or "no.1"}
        if "revision" in command:
            command["revision"] = max(0, command["revision"] + self.stored_revision(actor, command))
        return command

    def stored_revision(self, actor: str, command: Json) -> int:
        run = self.model.runs.get(command["run"], {"ballots": {}, "answers": {}})
        if command["type"] == "change_item":
            return int(self.model.items.get(command["item"], {"revision": 0})["revision"])
        if command["type"] == "answer":
            return int(run["answers"].get(actor, (None, 0))[1])
        return int(run["ballots"].get(actor, {}).get(command["item"], (0, 0))[1])

    def ask(self, asked: Asked) -> Outcome:
        self.tally["asked"] += 1
        actor, command, op_id = asked
        typed = msgspec.convert(command, AnyCommand)
        return self.real.do(typed, "" if actor == FACILITATOR else actor, op_id)

    def new(self, actor: str, command: Json) -> Asked:
        self.asked_so_far = getattr(self, "asked_so_far", 0) + 1
        return actor, command, f"asked-{self.asked_so_far:05d}"

    def judge(self, asked: Asked, outcome: Outcome) -> None:
        """The model does it, too, and comes to the same."""
        before = self.model.seq
        refusal, events = self.model.do(asked[0], asked[1])
        said = outcome.refusal.code if outcome.refusal else ""
        assert (said, outcome.ok) == (refusal, not refusal), (asked, outcome)
        due = (before + 1, before + events) if events else (0, 0)
        assert (outcome.first, outcome.last) == due, (asked, outcome)
        assert not outcome.repeated
        self.asked.append((asked, outcome))

    def both(self, actor: str, command: Json) -> None:
        asked = self.new(actor, self.meant(actor, command))
        self.judge(asked, self.ask(asked))

    # ---- ordinary days

    def kind(self) -> str:
        """Of the stage that is open, or none."""
        run = self.model.open_run()
        return str(plain.STAGES[run["stage"]]["kind"]) if run else ""

    def fitting(self, data: st.DataObject) -> tuple[str, Json]:
        """Somebody does what the open stage is for."""
        strategy = {"gather": gathering, "vote": voting, "ask": answering}.get(self.kind(), voting)
        return data.draw(people), data.draw(strategy) | {"run": "NOW"}

    @initialize(stage=st.sampled_from(["swot", "weigh", "weigh", "pick", "last"]))
    def begins(self, stage: str) -> None:
        self.both(FACILITATOR, {"type": "open_stage", "stage": stage})
        if self.kind() == "vote":  # so that there is something to count from the first
            for n, actor in enumerate(PEOPLE[:4]):
                self.both(
                    actor, {"type": "cast_ballot", "run": "NOW", "item": n // 2, "dots": 1, "revision": 0}
                )

    @rule(actor=everybody, command=by_people)
    def somebody(self, actor: str, command: Json) -> None:
        self.both(actor, command)

    @precondition(lambda self: self.kind() == "gather")
    @rule(actor=people, command=gathering)
    def writes(self, actor: str, command: Json) -> None:
        self.both(actor, command | {"run": "NOW"})

    @precondition(lambda self: self.kind() == "vote")
    @rule(actor=people, command=voting)
    def votes(self, actor: str, command: Json) -> None:
        self.both(actor, command | {"run": "NOW"})

    @precondition(lambda self: self.kind() == "vote")
    @rule(chosen=st.tuples(voting, voting, voting, voting))
    def all_vote(self, chosen: tuple[Json, ...]) -> None:
        for actor, command in zip(PEOPLE, chosen, strict=False):
            self.both(actor, command | {"run": "NOW"})

    @precondition(lambda self: self.kind() == "ask")
    @rule(actor=people, command=answering)
    def answers(self, actor: str, command: Json) -> None:
        self.both(actor, command | {"run": "NOW"})

    @rule(actor=everybody, command=st.one_of(gathering, voting, answering), run=runs)
    def misplaces(self, actor: str, command: Json, run: str) -> None:
        self.both(actor, command | {"run": run})

    @rule(command=curating)
    def curates(self, command: Json) -> None:
        self.both(FACILITATOR, command)

    @rule(command=opening)
    def opens(self, command: Json) -> None:
        self.both(FACILITATOR, command)

    @rule(command=steps_back)
    def steps_back(self, command: Json) -> None:
        self.both(FACILITATOR, command)

    @rule(command=rarely, often=st.integers(0, 4))
    def rarely(self, command: Json, often: int) -> None:
        undo = [{"type": "reopen_workshop"}, {"type": "set_door", "open": True}]
        self.both(
            FACILITATOR,
            undo[often % 2] if often and not (self.model.door and not self.model.ended) else command,
        )

    @rule(type_=running, data=st.data())
    def turns(self, type_: str, data: st.DataObject) -> None:
        run = data.draw(st.sampled_from(["NOW", "NOW", *self.model.runs]))
        self.both(FACILITATOR, {"type": type_, "run": run})

    @precondition(lambda self: self.kind() in ("vote", "ask"))
    @rule()
    def finishes(self) -> None:
        self.both(FACILITATOR, {"type": "close_stage", "run": "NOW"})
        self.both(FACILITATOR, {"type": "reveal_result", "run": "NOW"})

    @rule(actor=people, command=st.one_of(opening, curating))
    def presumes(self, actor: str, command: Json) -> None:
        self.both(actor, command)

    @precondition(lambda self: self.kind() in ("gather", "vote", "ask"))
    @rule(data=st.data(), count=st.integers(2, 6))
    def at_once(self, data: st.DataObject, count: int) -> None:
        """Several people in one transaction: decided in the order in which they came."""
        chosen = [self.fitting(data) for _ in range(count)]
        asked = [self.new(actor, self.meant(actor, command)) for actor, command in chosen]
        greenlets = [gevent.spawn(self.ask, one) for one in asked]
        gevent.joinall(greenlets, raise_error=True)
        for one, greenlet in zip(asked, greenlets, strict=True):
            self.judge(one, greenlet.value)

    # ---- bad days

    @rule(data=st.data())
    def again(self, data: st.DataObject) -> None:
        """Something that was asked before is asked again: the same answer, and nothing happens."""
        (actor, command, op_id), first = data.draw(st.sampled_from(self.asked), "again")
        if first.refusal and first.refusal.code in LOOKED_AT_ANEW:
            fresh = self.ask((actor, command, op_id))
            self.asked = [one for one in self.asked if one[0][2] != op_id]
            self.judge((actor, command, op_id), fresh)
            return
        outcome = self.ask((actor, command, op_id))
        assert outcome.repeated
        assert (outcome.ok, outcome.first, outcome.last) == (first.ok, first.first, first.last)
        assert outcome.refusal == first.refusal

    @rule(data=st.data())
    def forges(self, data: st.DataObject) -> None:
        """Under an id that was answered, something else."""
        (actor, command, op_id), first = data.draw(st.sampled_from(self.asked), "forged")
        if first.refusal and first.refusal.code in LOOKED_AT_ANEW:
            return
        other = {"type": "join"} if command["type"] != "join" else {"type": "describe", "group": "business"}
        outcome = self.ask((actor, other, op_id))
        assert outcome.refusal is not None
        assert outcome.refusal.code == "op_id_reused"

    @rule(data=st.data(), where=st.sampled_from(["write", "commit", "decide", "evolve"]))
    def fails(self, data: st.DataObject, where: str) -> None:
        """The disk fails, or the rules do: nobody is told that anything was stored, and asked again it is
        done."""
        actor, command = self.fitting(data)
        asked = self.new(actor, self.meant(actor, command))
        self.tally["failed"] += 1
        with failing(self.real, where):
            outcome = self.ask(asked)
        if not outcome.ok and outcome.refusal and outcome.refusal.code == "try_again":
            outcome = self.ask(asked)
        self.judge(asked, outcome)

    @rule(data=st.data(), stored=st.booleans())
    def dies(self, data: st.DataObject, stored: bool) -> None:
        """The process ends within a transaction, or after it and before the answer. Asked again under the
        same id, it is done once."""
        actor, command = self.fitting(data)
        asked = self.new(actor, self.meant(actor, command))
        self.tally["died"] += 1
        with self.image_taken(stored) as image:
            unheard = self.ask(asked)
        self.reopen(image)
        kept = not (unheard.refusal and unheard.refusal.code in LOOKED_AT_ANEW)
        outcome = self.ask(asked)
        assert outcome.repeated == (stored and kept)
        self.judge(asked, msgspec.structs.replace(outcome, repeated=False))

    @rule()
    def restarts(self) -> None:
        self.tally["restarted"] += 1
        before = self.real.views()
        self.real.restart()
        assert self.real.views() == before

    @contextlib.contextmanager
    def image_taken(self, stored: bool) -> Iterator[Path]:
        """What a kill leaves on the disk: of a transaction that was not committed, or of one that was."""
        self.images += 1
        image = self.folder / f"{self.images}.db"
        write, end = committer._write, self.real.database._end
        taken = False

        def take() -> None:
            nonlocal taken
            taken = True
            used = Path(str(self.real.database.engine.url.database))
            for path in self.folder.glob(f"{used.name}*"):  # with its write-ahead log
                shutil.copy(path, self.folder / f"{image.name}{path.name.removeprefix(used.name)}")

        def watched_write(*args: Any) -> None:
            write(*args)
            if not stored:
                take()

        def watched_end(commit: bool) -> None:
            end(commit)
            if stored and commit:
                take()

        with (
            patch.object(committer, "_write", watched_write),
            patch.object(self.real.database, "_end", watched_end),
        ):
            yield image
        if not taken:  # it was refused without anything to store
            take()

    def reopen(self, image: Path) -> None:
        self.real.close()
        self.real.where = image
        self.real.restart()

    @invariant()
    def both_stand_the_same(self) -> None:
        same(self.model, self.real)


def test_the_real_thing_does_what_the_model_says(
    long: bool, results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(committer, "WINDOW", 0)
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Workshop,
        settings=settings(
            max_examples=1000 if long else 15,
            stateful_step_count=60 if long else 40,
            suppress_health_check=list(HealthCheck),
        ),
    )
    tally = Workshop.tally
    results.count(operations=tally["asked"], kills=tally["died"], restarts=tally["restarted"])
    results.note(f"{tally['workshops']} workshops beside a model; {tally['failed']} writes or rules failed")
