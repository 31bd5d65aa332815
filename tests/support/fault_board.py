"""The items of a workshop in plain dictionaries, and what the votes on them come to. See fault_model."""

# ruff: noqa: ARG002 -- every command is done with the same arguments

from typing import Any

Json = dict[str, Any]

GROUPS = ("government", "business", "academia")
COLUMNS = ("s", "w")
PER_PERSON = 3
MAX_LENGTH = 10
STEPS = 5
STAGES: dict[str, Json] = {
    "intro": {"kind": "show"},
    "swot": {"kind": "gather"},
    "sort": {"kind": "sort"},
    "weigh": {"kind": "vote", "dots": 3, "cap": 2, "per": "stage"},
    "pick": {"kind": "vote", "dots": 2, "cap": 2, "per": "column"},
    "last": {"kind": "ask"},
}


class Board:
    """Items, runs and budgets, and what facilitators do with items."""

    def __init__(self) -> None:
        self.items: dict[str, Json] = {}
        self.runs: dict[str, Json] = {}
        self.now: str | None = None
        self.seq = 1

    def _happens(self) -> None:
        self.seq += 1

    def open_run(self) -> Json | None:
        """The run that is open or paused."""
        run = self.runs.get(self.now or "")
        return run if run and run["status"] in ("open", "paused") else None

    def standing(self) -> list[str]:
        """The items that are shown by themselves."""
        return [i["id"] for i in self.items.values() if self._stands(i)]

    # ---- items

    def _stands(self, item: Json) -> bool:
        return not (item["hidden"] or item["withdrawn"] or item["into"])

    def _covered(self, item: Json) -> bool:
        top = item
        while top["into"]:
            top = self.items[top["into"]]
        return bool(item["hidden"] or top["hidden"])

    def _present(self, item_id: str) -> Json | None:
        item = self.items.get(item_id)
        return None if item is None or item["withdrawn"] else item

    def _curated(self) -> None:
        self._happens()
        if running := self.open_run():
            running["used"] = True

    def _hide_item(self, actor: str, command: Json) -> str | None:
        return self._cover(command, True)

    def _show_item(self, actor: str, command: Json) -> str | None:
        return self._cover(command, False)

    def _cover(self, command: Json, hidden: bool) -> str | None:
        item = self._present(command["item"])
        if item is None:
            return "unknown_item"
        if item["hidden"] != hidden:
            item["hidden"] = hidden
            self._curated()
        return None

    def _merge_items(self, actor: str, command: Json) -> str | None:
        into = self._present(command["into"])
        if into is None:
            return "unknown_item"
        if not self._stands(into):
            return "cannot_merge"
        items = list(dict.fromkeys(command["items"]))
        for item_id in items:
            item = self._present(item_id)
            if item is None:
                return "unknown_item"
            if item is into or item["column"] != into["column"] or not self._stands(item):
                return "cannot_merge"
        for item_id in items:
            self.items[item_id]["into"] = into["id"]
        if title := command.get("title", ""):
            into.setdefault("named", []).append({"by": set(items), "before": into["name"]})
            into["name"] = title
        self._curated()
        return None

    def _unmerge_item(self, actor: str, command: Json) -> str | None:
        item = self._present(command["item"])
        if item is None:
            return "unknown_item"
        if item["into"]:
            into = self.items[item["into"]]
            item["into"] = None
            self._unname(into, item["id"])
            left = [i for i in self.items.values() if i["into"] == into["id"]]
            if not any(not (i["hidden"] or i["withdrawn"]) for i in left):
                into["name"], into["named"] = "", []
            self._curated()
        return None

    def _unname(self, into: Json, item: str) -> None:
        """A merge with a name ends with the last item that came by it: then the name from before stands, or
        what the merge after it goes back to is that name."""
        named = into.setdefault("named", [])
        at = next((n for n, naming in enumerate(named) if item in naming["by"]), None)
        if at is None:
            return
        named[at]["by"].remove(item)
        if named[at]["by"]:
            return
        before = named.pop(at)["before"]
        if at < len(named):
            named[at]["before"] = before
        else:
            into["name"] = before

    # ---- what is counted

    def votable(self, run: Json) -> list[str]:
        """The candidates of a run that can be voted on."""
        found = (self.items[i] for i in run["candidates"])
        return [i["id"] for i in found if not i["withdrawn"] and not self._covered(i)]

    def _purse(self, run: Json, item: str) -> str:
        """Out of which budget a dot on this item comes."""
        return "" if STAGES[run["stage"]]["per"] == "stage" else self.items[item]["column"]

    def left(self, run: Json, actor: str) -> dict[str, int]:
        """What somebody has left in a run, by column or for the whole stage."""
        settings = STAGES[run["stage"]]
        left = dict.fromkeys([""] if settings["per"] == "stage" else COLUMNS, settings["dots"])
        seen = self.votable(run)
        for item, (dots, _) in run["ballots"].get(actor, {}).items():
            if item in seen:
                left[self._purse(run, item)] -= dots
        return {purse: max(0, dots) for purse, dots in left.items()}

    def voters(self, run: Json) -> int:
        """How many have a dot on anything."""
        return sum(any(dots for dots, _ in given.values()) for given in run["ballots"].values())

    def tally(self, run: Json) -> tuple[int, dict[str, int]]:
        """Whose dots count, and the dots of each item, in a revealed vote. Nobody spends more than they had:
        of dots on items that were hidden and shown again, the later ones count first."""
        total = dict.fromkeys(run["counted"], 0)
        voters = 0
        for given in run["ballots"].values():
            have = dict.fromkeys(("", *COLUMNS), STAGES[run["stage"]]["dots"])
            counts = False
            for item, (dots, _) in reversed(given.items()):
                if item in total:
                    taken = min(dots, have[self._purse(run, item)])
                    have[self._purse(run, item)] -= taken
                    total[item] += taken
                    counts = counts or taken > 0
            voters += counts
        return voters, total
