"""What stands beside items never gives away fewer than three authors, also not to somebody who remembers all
that ever stood there."""

from collections import defaultdict
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from edp_app.core.commands import (
    AddItem,
    ApproveItem,
    CloseStage,
    CorrectGroup,
    Describe,
    HideItem,
    HoldItems,
    Join,
    MergeItems,
    OpenStage,
    ShowItem,
    UnmergeItem,
    WithdrawItem,
)
from edp_app.core.results.cells import side_labels_allowed
from edp_app.core.views import AUDIENCES, view
from tests.support.definitions import GROUPS, TERRITORIES, short
from tests.support.memory import MemoryWorkshop

RUN = "swot.1"
Beside = tuple[str | None, str | None]
"""The group and the side that stand beside an item."""

blocks = st.tuples(st.sampled_from(GROUPS[:3]), st.sampled_from([*TERRITORIES, None]), st.integers(1, 4))
people = st.lists(blocks, min_size=1, max_size=4).map(
    lambda sizes: [(group, side) for group, side, n in sizes for _ in range(n)]
)
nth = st.integers(0, 30)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("write"), nth, nth),
        st.tuples(st.just("write"), nth, nth),
        st.tuples(st.just("write"), nth, nth),
        st.tuples(st.sampled_from(["hide", "show", "hold", "approve", "unmerge", "withdraw"]), nth, nth),
        st.tuples(st.sampled_from(["merge", "correct"]), nth, nth),
        st.tuples(st.just("turn"), nth, nth),
    ),
    max_size=40,
)


class Remembering:
    """A workshop in which anything is done with items, and somebody who remembers each board of it."""

    def __init__(self, who: list[tuple[str, str | None]]) -> None:
        self.room = MemoryWorkshop(short())
        self.people = [f"p:{n}" for n in range(len(who))]
        self.room.must(OpenStage(stage="swot"))
        for person, (group, side) in zip(self.people, who, strict=True):
            self.room.must(Join(), person)
            self.room.must(Describe(group=group, territory=side), person)
        self.remembered: dict[str, set[Beside]] = defaultdict(set)
        self.written_in: dict[str, int] = {}
        self.openings = 1

    def running(self) -> bool:
        return self.room.state.runs[RUN].running

    def do(self, what: str, n: int, m: int) -> None:
        items = list(self.room.state.items.values())
        person = self.people[n % len(self.people)]
        if what == "write":
            self.room.do(AddItem(run=RUN, column="s", title=f"No. {len(items)}"), person)
        elif what == "turn":
            self.turn()
        elif what == "correct":
            self.room.do(CorrectGroup(person=person, group=GROUPS[m % 3], territory=TERRITORIES[m % 2]))
        elif items:
            one, other = items[n % len(items)], items[m % len(items)]
            if what == "withdraw":
                self.room.do(WithdrawItem(run=RUN, item=one.id), one.author)
            else:
                self.room.do(self.curated(what, one.id, other.id))
        self.look()

    def curated(self, what: str, one: str, other: str) -> Any:
        return {
            "hide": HideItem(item=one),
            "show": ShowItem(item=one),
            "hold": HoldItems(items=[one]),
            "approve": ApproveItem(item=one),
            "unmerge": UnmergeItem(item=one),
            "merge": MergeItems(into=other, items=[one]),
        }[what]

    def turn(self) -> None:
        """Close the run, or open it again."""
        if self.running():
            self.room.must(CloseStage(run=RUN))
        else:
            self.room.must(OpenStage(stage="swot"))
            self.openings += 1

    def look(self) -> None:
        for item in self.room.state.items:
            self.written_in.setdefault(item, self.openings)
        for audience in AUDIENCES:
            for item, beside in self.board(audience).items():
                assert not (self.running() and any(beside))
                if not self.running():
                    self.remembered[item].add(beside)

    def board(self, audience: Any) -> dict[str, Beside]:
        board = view(self.room.state, audience)["now"]["board"]["items"]
        tops = list(board.values())
        under = [one for top in tops for one in top.get("merged", ())]
        return {one["id"]: (one.get("group"), one.get("territory")) for one in (*tops, *under)}

    def crowds(self) -> dict[tuple[int, Beside], set[str]]:
        """Of how many authors each thing could be that is on the board, for whoever remembers all."""
        found: dict[tuple[int, Beside], set[str]] = defaultdict(set)
        for item, beside in self.board("screen").items():
            found[self.written_in[item], beside].add(self.room.state.items[item].author)
        return found


@settings(max_examples=150, deadline=None)
@given(people, steps)
def test_what_was_told_of_an_item_never_changes(who: Any, done: Any) -> None:
    """So nothing can be subtracted: neither a further item, nor a withdrawn, hidden or corrected one tells
    more of those that were there."""
    hall = Remembering(who)
    for step in done:
        hall.do(*step)
    assert all(len(told) == 1 for told in hall.remembered.values())


@settings(max_examples=150, deadline=None)
@given(people, st.lists(st.lists(nth, min_size=4, max_size=24), min_size=1, max_size=3))
def test_each_thing_that_is_told_is_told_of_three_authors_or_more(who: Any, openings: Any) -> None:
    """Of those who wrote in one opening: under the same group, and on the same side, or without either."""
    hall = Remembering(who)
    for writers in openings:
        if not hall.running():
            hall.turn()
        for n in writers:
            hall.do("write", n, 0)
        hall.turn()
        hall.look()
        crowds = hall.crowds()
        for opening in range(1, hall.openings + 1):
            own = {beside: authors for (when, beside), authors in crowds.items() if when == opening}
            if any(beside != (None, None) for beside in own):
                assert all(len(authors) >= 3 for authors in own.values()), own


sizes = st.dictionaries(
    st.tuples(st.sampled_from(["", *GROUPS]), st.sampled_from(["", *TERRITORIES])), st.integers(0, 5)
)


@given(sizes)
def test_beside_a_group_all_carry_their_side_or_none(blocks: dict[tuple[str, str], int]) -> None:
    sided = side_labels_allowed(blocks, "grouped")
    assert all(n == 0 or n >= 3 for (label, _), n in blocks.items() if label in sided)
    for label in {label for (label, _), n in blocks.items() if n} - sided:
        assert any(0 < n < 3 for (one, _), n in blocks.items() if one == label)
    assert not side_labels_allowed(blocks, "headcount")
