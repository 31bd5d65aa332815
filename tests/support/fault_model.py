"""A workshop in plain dictionaries, written from the specification and sharing no code with the product: what
a small workshop does with each command, what it counts, and what everybody has left."""

# ruff: noqa: ARG002 -- every command is done with the same arguments

from tests.support.fault_board import COLUMNS, GROUPS, MAX_LENGTH, PER_PERSON, STAGES, STEPS, Board, Json

AFTER_THE_END = {
    "join",
    "reveal_result",
    "hide_item",
    "show_item",
    "step_back",
    "end_workshop",
    "reopen_workshop",
}
BY_PEOPLE = {"join", "describe", "add_item", "change_item", "withdraw_item", "cast_ballot", "answer"}
TAKEN_BY = {
    **dict.fromkeys(("add_item", "change_item", "withdraw_item"), "gather"),
    "cast_ballot": "vote",
    "answer": "ask",
}


class Model(Board):
    """``do`` says what a command comes to: a refusal, or "" and how many events follow from it."""

    def __init__(self) -> None:
        super().__init__()
        self.people: dict[str, Json] = {}
        self.door, self.ended = True, False

    def do(self, actor: str, command: Json) -> tuple[str, int]:
        kind = command["type"]
        if (kind in BY_PEOPLE) != actor.startswith("p:"):
            return "not_allowed", 0
        if kind in BY_PEOPLE and kind != "join" and actor not in self.people:
            return "not_joined", 0
        if self.ended and kind not in AFTER_THE_END:
            return "workshop_ended", 0
        before = self.seq
        refusal = (self._in_run if kind in TAKEN_BY else getattr(self, f"_{kind}"))(actor, command)
        assert not refusal or self.seq == before
        return refusal or "", self.seq - before

    # ---- people

    def _join(self, actor: str, command: Json) -> str | None:
        if actor in self.people:
            return None
        if self.ended or not self.door:
            return "workshop_ended" if self.ended else "door_closed"
        self.people[actor] = {"group": None, "fixed": False}
        self._happens()
        return None

    def _describe(self, actor: str, command: Json) -> str | None:
        person = self.people[actor]
        if command["group"] not in GROUPS:
            return "unknown_group"
        if person["group"] == command["group"]:
            return None
        if person["fixed"]:
            return "group_fixed"
        person["group"] = command["group"]
        self._happens()
        return None

    # ---- what people send in

    def _in_run(self, actor: str, command: Json) -> str | None:
        run = self._known(command["run"])
        if run is None or STAGES[run["stage"]]["kind"] != TAKEN_BY[command["type"]]:
            return "unknown_run"
        if run["status"] == "closed":
            return "stage_closed"
        if run["status"] == "paused":
            return "stage_paused"
        if self.people[actor]["group"] is None:
            return "group_needed"
        found: str | None = getattr(self, f"_{command['type']}")(actor, command, run)
        return found

    def _add_item(self, actor: str, command: Json, run: Json) -> str | None:
        if command["column"] not in COLUMNS:
            return "unknown_column"
        mine = [i for i in self.items.values() if i["author"] == actor and i["run"] == run["id"]]
        if sum(not i["withdrawn"] for i in mine) >= PER_PERSON:
            return "too_many_items"
        if refusal := self._title(command["title"]):
            return refusal
        self._happens()
        self.items[f"i{self.seq}"] = {
            "id": f"i{self.seq}", "run": run["id"], "stage": run["stage"], "author": actor,
            "column": command["column"], "title": command["title"], "name": "", "revision": 1,
            "hidden": False, "withdrawn": False, "into": None,
        }  # fmt: skip
        run["used"] = True
        return None

    def _title(self, title: str) -> str | None:
        if not title:
            return "empty_text"
        return "text_too_long" if len(title) > MAX_LENGTH else None

    def _own(self, actor: str, command: Json, run: Json) -> str | None:
        item = self.items.get(command["item"])
        if item is None or item["run"] != run["id"] or item["withdrawn"]:
            return "unknown_item"
        if item["author"] != actor:
            return "not_yours"
        if self._covered(item):
            return "item_hidden"
        under = [i for i in self.items.values() if i["into"] == item["id"] and not i["withdrawn"]]
        return "item_merged" if item["into"] or under else None

    def _change_item(self, actor: str, command: Json, run: Json) -> str | None:
        if refusal := self._own(actor, command, run):
            return refusal
        item = self.items[command["item"]]
        if command["revision"] != item["revision"]:
            return "outdated"
        if refusal := self._title(command["title"]):
            return refusal
        item["title"], item["revision"] = command["title"], item["revision"] + 1
        self._curated()
        return None

    def _withdraw_item(self, actor: str, command: Json, run: Json) -> str | None:
        if refusal := self._own(actor, command, run):
            return refusal
        self.items[command["item"]]["withdrawn"] = True
        self._curated()
        return None

    def _cast_ballot(self, actor: str, command: Json, run: Json) -> str | None:
        item, dots = command["item"], command["dots"]
        if item not in run["candidates"]:
            return "unknown_item"
        if item not in self.votable(run):
            return "item_hidden"
        given = run["ballots"].setdefault(actor, {})
        had, revision = given.get(item, (0, 0))
        if command["revision"] != revision:
            return "outdated"
        if dots == had:
            return None
        if dots > had:
            if dots > STAGES[run["stage"]]["cap"]:
                return "cap_reached"
            if dots - had > self.left(run, actor)[self._purse(run, item)]:
                return "no_dots_left"
        given.pop(item, None)  # the latest stands last
        given[item] = (dots, revision + 1)
        self.people[actor]["fixed"] = True
        run["used"] = True
        self._happens()
        return None

    def _answer(self, actor: str, command: Json, run: Json) -> str | None:
        value = command["value"]
        if command["question"] != "useful":
            return "unknown_question"
        if value is not None and not (isinstance(value, int) and 1 <= value <= STEPS):
            return "bad_value"
        had, revision = run["answers"].get(actor, (None, 0))
        if command["revision"] != revision:
            return "outdated"
        if value == had:
            return None
        run["answers"][actor] = (value, revision + 1)
        run["used"] = True
        self._happens()
        return None

    # ---- the agenda

    def _known(self, run_id: str) -> Json | None:
        run = self.runs.get(run_id)
        return None if run is None or run["status"] == "cancelled" else run

    def runs_of(self, stage: str) -> list[Json]:
        """Its runs that were not cancelled."""
        return [r for r in self.runs.values() if r["stage"] == stage and r["status"] != "cancelled"]

    def _open_stage(self, actor: str, command: Json) -> str | None:
        stage = command["stage"]
        if stage not in STAGES:
            return "unknown_stage"
        running = self.open_run()
        if running and running["stage"] == stage:
            return "stage_open"
        vote = STAGES[stage]["kind"] == "vote"
        if vote and not self.standing():
            return "nothing_to_vote_on"
        if running:
            self._shut(running)
        closes = running["id"] if running else None
        latest = (self.runs_of(stage) or [None])[-1]
        same = latest is not None and (not vote or self.votable(latest) == self.standing())
        if latest is not None and not latest["revealed"] and same:
            self._open_again(latest, closes)
        else:
            self._begin(stage, closes)
        return None

    def _begin(self, stage: str, closes: str | None) -> None:
        self._happens()
        number = 1 + sum(run["stage"] == stage for run in self.runs.values())
        vote = STAGES[stage]["kind"] == "vote"
        self.now = f"{stage}.{number}"
        self.runs[self.now] = {
            "id": self.now, "stage": stage, "status": "open", "revealed": False, "used": False,
            "opened": self.seq, "closes": closes, "closed_once": False, "answers": {}, "ballots": {},
            "candidates": self.standing() if vote else [], "counted": [],
        }  # fmt: skip

    def _open_again(self, run: Json, closes: str | None) -> None:
        self._happens()
        run["status"], run["opened"], run["closes"] = "open", self.seq, closes
        self.now = run["id"]

    def _shut(self, run: Json) -> None:
        self._happens()
        run["was_paused"] = run["status"] == "paused"
        run["status"], run["closed_once"] = "closed", True

    def _running(self, command: Json) -> Json | str:
        run = self._known(command["run"])
        if run is None:
            return "unknown_run"
        return run if run["status"] != "closed" else "stage_closed"

    def _pause_stage(self, actor: str, command: Json) -> str | None:
        return self._turn(command, "paused")

    def _resume_stage(self, actor: str, command: Json) -> str | None:
        return self._turn(command, "open")

    def _turn(self, command: Json, status: str) -> str | None:
        run = self._running(command)
        if isinstance(run, str):
            return run
        if run["status"] != status:
            run["status"] = status
            self._happens()
        return None

    def _close_stage(self, actor: str, command: Json) -> str | None:
        run = self._known(command["run"])
        if run is None:
            return "unknown_run"
        if run["status"] != "closed":
            self._shut(run)
        return None

    def _reveal_result(self, actor: str, command: Json) -> str | None:
        run = self._known(command["run"])
        if run is None or STAGES[run["stage"]]["kind"] not in ("vote", "ask"):
            return "unknown_run"
        if run["status"] != "closed":
            return "stage_open"
        if not run["revealed"]:
            run["revealed"], run["counted"] = True, self.votable(run)
            self._happens()
        return None

    def stood(self) -> str | None:
        """How the workshop stands, as the console names it."""
        run = self.runs.get(self.now or "")
        if self.ended or run is None:
            return "ended" if self.ended else None
        return "running" if run["status"] != "closed" else "revealed" if run["revealed"] else "closed"

    def _step_back(self, actor: str, command: Json) -> str | None:
        if command.get("run", self.now) != self.now or command.get("stood", self.stood()) != self.stood():
            return "outdated"
        if self.ended:
            return self._reopen_workshop(actor, command)
        run = self.runs.get(self.now or "")
        if run is None:
            return "nothing_to_undo"
        if run["status"] == "closed":
            if run["revealed"]:
                self._begin(run["stage"], None)
            else:
                self._go_on(run)
            return None
        if run["used"] or run["closed_once"]:
            self._shut(run)
        else:
            self._happens()
            run["status"] = "cancelled"
            kept = [r for r in self.runs.values() if r["status"] != "cancelled"]
            self.now = max(kept, key=lambda r: r["opened"])["id"] if kept else None
        before = self.runs.get(run["closes"] or "")
        if before and before["status"] == "closed" and not before["revealed"]:
            self._go_on(before)
        return None

    def _go_on(self, run: Json) -> None:
        """As it was when it was closed: one that was paused is paused again."""
        self._open_again(run, None)
        if run["was_paused"]:
            self._happens()
            run["status"] = "paused"

    def _set_door(self, actor: str, command: Json) -> str | None:
        if self.door != command["open"]:
            self.door = command["open"]
            self._happens()
        return None

    def _end_workshop(self, actor: str, command: Json) -> str | None:
        if not self.ended:
            if running := self.open_run():
                self._shut(running)
            self.ended = True
            self._happens()
        return None

    def _reopen_workshop(self, actor: str, command: Json) -> str | None:
        if self.ended:
            self.ended = False
            self._happens()
        return None
