"""What happened, read from the stored rows alone: written apart from the rules on purpose and in its own way,
so that a mistake in the rules does not agree with itself. It shares no code with ``core``; the specification
is the same.

What follows from it for each result is worked out in ``recount_dots``, ``recount_answers`` and
``recount_votes``.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from edp_app.rehearsal.recount_answers import publish_answers, weights_of
from edp_app.rehearsal.recount_votes import AGAIN, publish_vote, rows_of, told_before
from edp_app.rehearsal.retally_cards import CardReplay

Json = dict[str, Any]
PARTS = ("dots", "choice", "scores", "order", "reason", "signed")
"""What a ballot may say."""
OFF_THE_BOARD = ("gone", "hidden", "waiting", "into")
"""What keeps an item from standing by itself."""


@dataclass(frozen=True)
class Row:
    """A stored event as it stands in the database, its payload parsed and nothing else done to it."""

    seq: int
    kind: str
    actor: str
    op_id: str
    payload: Json
    digest: str = ""


@dataclass(kw_only=True)
class Shown:
    """What the log says of a run that has a result. ``groups``, ``sides``, ``funders``, ``digest``: as they
    were when it closed, or came with the last late sheet."""

    run: str
    settings: Json
    groups: dict[str, str] = field(default_factory=dict)
    sides: dict[str, str] = field(default_factory=dict)
    funders: set[str] = field(default_factory=set)
    digest: str = ""
    revealed: bool = False


@dataclass(kw_only=True)
class Vote(Shown):
    """A run of a vote."""

    columns: list[str]
    candidates: dict[str, str] = field(default_factory=dict)
    counted: dict[str, str] = field(default_factory=dict)
    """The candidates that were still to be seen at the reveal."""
    ballots: dict[tuple[str, str], Json] = field(default_factory=dict)
    """Voter and item (or "") to what was said, the ballot cast last at the end; {} where it was taken
    back."""
    most: Counter[tuple[str, str]] = field(default_factory=Counter)
    """The most dots that a voter ever had placed in a column (or, under "", in the whole stage)."""
    weights: dict[str, Fraction] | None = None
    """What the room had agreed on when the run opened."""
    places: int | None = None
    """How many pass in a second round; None in any other vote, where the settings say it."""
    before_run: str = ""
    before: dict[str, Json] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    """In a second round: what had a place before and keeps it."""
    shut: bool = False
    too_late: int = 0
    """Ballots that were taken although the run was closed, and no sheets of paper, or revealed."""

    @property
    def method(self) -> str:
        """The name of the method."""
        return str(self.settings.get("method", {}).get("type", "dots"))


@dataclass(kw_only=True)
class Asked(Shown):
    """A run of questions."""

    answers: dict[tuple[str, str], Any] = field(default_factory=dict)


class Replay(CardReplay):
    """The log, read once from the beginning to the end."""

    def __init__(self, log: list[Row]) -> None:
        super().__init__()
        self._take(log[0].payload["definition"])
        self.privacy = self.definition.get("privacy", "grouped")
        self.items: dict[str, Json] = {}
        self.groups: dict[str, str] = {}
        self.sides: dict[str, str] = {}
        self.funders: set[str] = set()
        self.votes: dict[str, Vote] = {}
        self.asked: dict[str, Asked] = {}
        self.card_stages: set[str] = set()
        self.card_items: dict[str, list[str]] = {}
        """Run of cards about a vote to what had passed by that when it was opened."""
        self.closed: set[str] = set()
        self.paused: set[str] = set()
        for row in log:
            step = getattr(self, f"_{row.kind}", None)
            if step and row.payload:  # of a vote that was erased nothing is left
                step(row, row.payload)

    def shown(self, run: str) -> Vote | Asked | None:
        """The run with this id, if it is one with a result."""
        return self.votes.get(run) or self.asked.get(run)

    # ---- people

    def _described(self, row: Row, event: Json) -> None:
        person = event["person"]
        self._place(self.groups, self.sides, event)
        (self.funders.add if event.get("funder") else self.funders.discard)(person)

    def _seat_taken(self, row: Row, event: Json) -> None:
        self._described(row, event)

    def _place(self, groups: dict[str, str], sides: dict[str, str], event: Json) -> None:
        groups[event["person"]] = event["group"]
        sides.pop(event["person"], None)
        if event.get("territory"):
            sides[event["person"]] = event["territory"]

    def _paper_voter_added(self, row: Row, event: Json) -> None:
        self._place(self.groups, self.sides, event)
        if vote := self.votes.get(event.get("run", "")):
            self._place(vote.groups, vote.sides, event)
            vote.digest = row.digest

    # ---- items

    def _item_added(self, row: Row, event: Json) -> None:
        self.items[event["item"]] = {**event, "stage": event["run"].rsplit(".", 1)[0]}

    def _item_brought(self, row: Row, event: Json) -> None:
        self.items[event["item"]] = {**event}

    def _item_changed(self, row: Row, event: Json) -> None:
        self.items[event["item"]] |= {"title": event["title"], "waiting": event.get("waiting", False)}

    def _item_withdrawn(self, row: Row, event: Json) -> None:
        self.items[event["item"]]["gone"] = True

    def _item_hidden(self, row: Row, event: Json) -> None:
        self.items[event["item"]]["hidden"] = True

    def _item_shown(self, row: Row, event: Json) -> None:
        self.items[event["item"]]["hidden"] = False

    def _item_approved(self, row: Row, event: Json) -> None:
        self.items[event["item"]]["waiting"] = False

    def _item_held(self, row: Row, event: Json) -> None:
        self.items[event["item"]]["waiting"] = True

    def _items_merged(self, row: Row, event: Json) -> None:
        for item in event["items"]:
            self.items[item]["into"] = event["into"]
        if event.get("title"):
            into = self.items[event["into"]]
            into.setdefault("named_by", []).append((set(event["items"]), into.get("called")))
            into["called"] = event["title"]

    def _item_unmerged(self, row: Row, event: Json) -> None:
        into, self.items[event["item"]]["into"] = self.items[event["item"]].get("into"), None
        under = (i for i in self.items.values() if i.get("into") == into)
        if into:
            self._unnamed(self.items[into], event["item"], renames=event.get("renames", False))
        if into and not any(not i.get("hidden") and not i.get("gone") for i in under):
            for name in ("called", "named_by"):
                self.items[into].pop(name, None)

    def _unnamed(self, into: Json, item: str, *, renames: bool) -> None:
        """Of the merges that named an item, the one that this came by ends with the last that came by it."""
        merges = into.get("named_by", [])
        for n, (items, before) in enumerate(merges):
            if item not in items:
                continue
            items.remove(item)
            if items:
                return
            del merges[n]
            if n < len(merges):
                merges[n] = (merges[n][0], before)
            elif renames:
                into["called"] = before
            return

    def _seen(self, item: str) -> bool:
        """Whether neither an item nor the one that it stands under was hidden or withdrawn, nor waits."""
        held: Json | None = self.items[item]
        if self.items[item].get("waiting"):
            return False
        while held and not held.get("hidden") and not held.get("gone"):
            if not held.get("into"):
                return True
            held = self.items.get(held["into"])
        return False

    def stands(self, item: str) -> bool:
        """Whether an item stands by itself."""
        return not any(map(self.items[item].get, OFF_THE_BOARD))

    def is_under(self, item: str, other: str) -> bool:
        """Whether an item stands under another one, neither hidden nor withdrawn itself."""
        held = self.items[item]
        return not (held.get("hidden") or held.get("gone")) and self.top(item) == other

    def title(self, item: str) -> str | None:
        """What an item is called in the end; None where it was hidden."""
        held = self.items[item]
        return str(held.get("called") or held["title"]) if self._seen(item) else None

    # ---- stages

    def _stage_opened(self, row: Row, event: Json) -> None:
        run, settings = event["run"], self.stages[event["stage"]]["settings"]
        if settings["kind"] == "ask":
            self.asked[run] = Asked(run=run, settings=settings)
        if settings["kind"] == "card":
            self.card_stages.add(event["stage"])
            if self.stages[settings["of"]]["settings"]["kind"] == "vote":
                self.card_items[run] = self._passed(settings["of"])
        if settings["kind"] == "vote":
            written = self._written(settings["of"])
            of = self.stages[written]["settings"]
            vote = Vote(run=run, settings=settings, columns=[column["id"] for column in of["columns"]])
            for item in self.items.values():
                if item["stage"] == written and self.stands(item["item"]):
                    vote.candidates[item["item"]] = item["column"]
            if settings["of"] != written and not settings.get("second_of"):
                through = set(map(self.top, self._passed(settings["of"])))
                vote.candidates = {i: column for i, column in vote.candidates.items() if i in through}
            if vote.method == "criteria":
                self._rest_on(vote, event["stage"])
            self.votes[run] = vote

    def _written(self, stage: str) -> str:
        """The stage where the items of this one were written."""
        settings = self.stages[stage]["settings"]
        return stage if settings["kind"] == "gather" else self._written(settings["of"])

    def _runs(self, stage: str) -> list[Vote]:
        """The runs of a vote that everybody has seen the result of."""
        return [one for one in self.votes.values() if one.run.rsplit(".", 1)[0] == stage and one.revealed]

    def _passed(self, stage: str) -> list[str]:
        """What passed by a vote, as listed: by its last run, and by the second round of that, if one counts:
        what kept its place, then what has one by the second round."""
        first = self.stages[stage]["settings"].get("second_of") or stage
        if not (runs := self._runs(first)):
            return []
        by_first = passing = _passing(self.expected(runs[-1].run))
        for later, one in self.stages.items():
            if one["settings"].get("second_of") != first:
                continue
            again = [run for run in self._runs(later) if run.before_run == runs[-1].run][-1:]
            if again and not (result := self.expected(again[0].run)).get("few"):
                kept = [item for item in by_first if item in again[0].kept]
                passing = list(dict.fromkeys([*kept, *_passing(result)]))
        return passing

    def _rest_on(self, vote: Vote, stage: str) -> None:
        """What a vote by criteria takes from what everybody had seen before it opened."""
        if (asks := vote.settings["method"].get("weights_from")) and (
            asked := [one for one in self.asked.values() if one.run.rsplit(".", 1)[0] == asks]
        ):
            vote.weights = weights_of(self, asked[-1], vote.settings["method"]["criteria"])
        first = vote.settings.get("second_of")
        of = first or stage
        seen = self._runs(of)
        rows = rows_of(self.expected(seen[-1].run)) if seen else []
        if seen:
            vote.before_run = seen[-1].run
            vote.before = {row["item"]: told_before(seen[-1].run, row) for row in rows}
        if first:
            divided = {row["item"] for row in rows if row.get("label") in AGAIN}
            vote.candidates = {i: column for i, column in vote.candidates.items() if i in divided}
            passed = [row["item"] for row in rows if row.get("passes")]
            stay = {i for i in passed if i not in divided and self.top(i) not in vote.candidates}
            # Items that were merged into one since have one place.
            vote.kept = {i for i in stay if self.top(i) not in stay or self.top(i) == i}
            vote.places = len(set(map(self.top, passed))) - len(set(map(self.top, stay)))

    def top(self, item: str) -> str:
        """The item under which one stands, or itself."""
        while into := self.items[item].get("into"):
            item = into
        return item

    def _stage_cancelled(self, row: Row, event: Json) -> None:
        self.asked.pop(event["run"], None)

    def _stage_paused(self, row: Row, event: Json) -> None:
        self.paused.add(event["run"])

    def _stage_closed(self, row: Row, event: Json) -> None:
        self.closed.add(event["run"])
        if shown := self.shown(event["run"]):
            shown.groups, shown.sides = dict(self.groups), dict(self.sides)
            shown.funders, shown.digest = set(self.funders), row.digest
        if isinstance(shown, Vote):
            shown.shut = True

    def _stage_reopened(self, row: Row, event: Json) -> None:
        if vote := self.votes.get(event["run"]):
            vote.shut = False

    def _result_revealed(self, row: Row, event: Json) -> None:
        shown = self.shown(event["run"])
        if shown:
            shown.revealed = True
        if isinstance(shown, Vote):
            # What was taken off the board before the reveal does not count; afterwards the figures stand.
            shown.counted = {item: column for item, column in shown.candidates.items() if self._seen(item)}

    # ---- the workshop itself

    def _take(self, definition: Json) -> None:
        self.definition = definition
        self.stages = {stage["id"]: stage for stage in definition["stages"]}
        self.group_order = [group["id"] for group in definition["groups"]]
        self.territories = [side["id"] for side in definition.get("territories", ())]

    def _workshop_edited(self, row: Row, event: Json) -> None:
        """Only before the first stage; what had been brought in comes again with the next opening."""
        self._take({**self.definition, "territories": [], **event})
        self.items.clear()

    def _workshop_described(self, row: Row, event: Json) -> None:
        self.privacy = event.get("privacy") or self.privacy

    def _stage_added(self, row: Row, event: Json) -> None:
        self.stages[event["stage"]["id"]] = event["stage"]
        for vote in event.get("weighs", []) if event["stage"]["settings"]["kind"] == "ask" else []:
            if self.stages.get(vote, {}).get("settings", {}).get("method", {}).get("type") == "criteria":
                self._weigh_by(vote, event["stage"]["id"])

    def _stage_removed(self, row: Row, event: Json) -> None:
        for stage, one in self.stages.items():
            if one["settings"].get("method", {}).get("weights_from") == event["stage"]:
                self._weigh_by(stage, None)

    def _weigh_by(self, vote: str, asking: str | None) -> None:
        settings = self.stages[vote]["settings"]
        method = {**settings["method"], "weights_from": asking}
        self.stages[vote] = {**self.stages[vote], "settings": {**settings, "method": method}}

    # ---- what people said

    def _ballot_cast(self, row: Row, event: Json) -> None:
        vote, voter, item = self.votes[event["run"]], event["voter"], event["item"]
        vote.ballots.pop((voter, item), None)  # the one given last stands last
        vote.ballots[voter, item] = {part: event[part] for part in PARTS if event.get(part)}
        vote.digest = row.digest  # of a sheet after the closing: the lot is drawn once all of them are in
        vote.too_late += vote.revealed or (vote.shut and not voter.startswith("v:"))
        if vote.method == "dots":
            self._note_most(vote, voter)

    def _note_most(self, vote: Vote, voter: str) -> None:
        placed: Counter[str] = Counter()
        for (who, item), ballot in vote.ballots.items():
            if who == voter:
                placed[""] += ballot.get("dots", 0)
                if item in vote.candidates:  # else the votes by which it had come there were erased
                    placed[vote.candidates[item]] += ballot.get("dots", 0)
        for column, dots in placed.items():
            vote.most[voter, column] = max(vote.most[voter, column], dots)

    def _answered(self, row: Row, event: Json) -> None:
        self.asked[event["run"]].answers[event["voter"], event["question"]] = event.get("value")

    # ---- what follows

    def expected(self, run: str) -> Json:
        """The whole result of a vote or of a run of questions, as it has to be published."""
        vote = self.votes.get(run)
        return publish_answers(self, self.asked[run]) if vote is None else publish_vote(self, vote)

    def sheets(self, vote: Vote) -> dict[str, dict[str, Json]]:
        """Voter to item (or "") to what that voter said last."""
        sheets: dict[str, dict[str, Json]] = defaultdict(dict)
        for (voter, item), ballot in vote.ballots.items():
            sheets[voter][item] = ballot
        return dict(sheets)


def _passing(result: Json) -> list[str]:
    """The items of a result that pass, as listed; none where too few voted."""
    rows = (row for column in result.get("columns", ()) for row in column["items"])
    return [row["item"] for row in rows if row.get("passes")]
