"""Who voted, who is shown together with whom, and where territories may be told."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from edp_app.rehearsal.oracle.question import Json, Question, Sheets

SMALL = 3
FUNDERS = "funders"
POOL = "pool"

Block = tuple[str, ...]
"""Ids of cells that are counted as one."""


@dataclass
class Cell:
    id: str
    groups: list[str]
    voters: set[str]
    funders: bool = False

    def told(self) -> Json:
        told: Json = {"id": self.id, "groups": self.groups, "voters": len(self.voters)}
        return told | ({"funders": True} if self.funders else {})


class Room:
    """The voters of a run and their cells.

    Sheets of paper hide nobody: three voters together means three on phones, wherever anybody voted on one.
    """

    def __init__(self, question: Question, sheets: Sheets) -> None:
        self.question = question
        self.sheets = sheets
        self.voters = list(sheets)
        phones = {voter for voter in self.voters if voter not in question.paper}
        self._hiding = phones or set(self.voters)
        self.few = self.too_few(self.voters)
        self.heads_only = question.privacy == "headcount"
        self.cells = [] if self.few or self.heads_only else self._cells()
        # Where heads only are counted, nothing is told of any part of the room.
        self.cells_told = [] if self.heads_only else self._tellable(self.voters, self.whole_cells())

    def too_few(self, voters: Iterable[str]) -> bool:
        """Whether what these voters said may not be told."""
        return len(self._hiding.intersection(voters)) < SMALL

    # ---- cells

    def _part(self, voter: str) -> str:
        """The group that a voter is counted in; that of the funders where they are counted apart."""
        if self.question.method.get("funders_apart") and voter in self.question.funders:
            return FUNDERS
        return self.question.group_of[voter]

    def _cells(self) -> list[Cell]:
        voters: dict[str, set[str]] = {part: set() for part in [*self.question.groups, FUNDERS]}
        for voter in self.voters:
            voters[self._part(voter)].add(voter)
        present = [part for part in voters if voters[part]]
        pool = self._pool({part: len(voters[part] & self._hiding) for part in present})
        cells: list[Cell] = []
        numbered = 0
        for part in present:
            if part in pool:
                continue
            if part == FUNDERS:
                cells.append(Cell(FUNDERS, [], voters[part], funders=True))
            else:
                numbered += 1
                cells.append(Cell(f"c{numbered}", [part], voters[part]))
        if pool:
            inside = [part for part in present if part in pool]
            everyone = set().union(*(voters[part] for part in inside))
            groups = [part for part in inside if part != FUNDERS]
            cells.append(Cell(POOL, groups, everyone, funders=FUNDERS in inside))
        return cells

    def _pool(self, sizes: dict[str, int]) -> set[str]:
        """What is shown together: all that are small, and the next smallest until they are three."""
        if self.question.privacy != "grouped":
            return set()
        pool = {part for part, n in sizes.items() if n < SMALL}
        while pool and sum(sizes[part] for part in pool) < SMALL:
            rest = [part for part in sizes if part not in pool]
            pool.add(min(rest, key=lambda part: sizes[part]))
        return pool

    def not_represented(self) -> list[str]:
        if self.heads_only:
            return []
        present = {self.question.group_of[voter] for voter in self.voters}
        return [group for group in self.question.groups if group not in present]

    # ---- the cells of one item

    def blocks(self, *aspects: Collection[str], whole: Collection[str]) -> list[Block]:
        """The cells of one item, in order: all those that would show one or two people stand together, and
        take in the smallest of the others while they still would.

        ``aspects``: for each thing that is told of the item by cell, whose scores it is made of; what comes
        from so few that it is not told at all needs no hiding. ``whole``: those by whom cells are called
        small. Where heads only are counted everybody is one block.
        """
        if self.heads_only:
            return [()] if any(aspects) else []
        told = [voters for voters in aspects if not self.too_few(voters)]
        blocks: list[Block] = [(cell.id,) for cell in self.cells]
        blocks = [block for block in blocks if any(self.of(block, voters) for voters in told)]
        while self.question.privacy == "grouped" and len(blocks) > 1:
            shy = [block for block in blocks if any(self._shows_too_much(block, voters) for voters in told)]
            if not shy:
                break
            if len(shy) == 1:
                others = [block for block in blocks if block != shy[0]]
                shy.append(min(others, key=lambda block: len(self.of(block, whole))))
            blocks = self._joined(blocks, shy)
        return blocks

    def _shows_too_much(self, block: Block, voters: Collection[str]) -> bool:
        inside = self.of(block, voters)
        return bool(inside) and self.too_few(inside)

    def _joined(self, blocks: list[Block], some: list[Block]) -> list[Block]:
        together = tuple(cell.id for cell in self.cells if any(cell.id in block for block in some))
        first = min(blocks.index(block) for block in some)
        joined = [together if n == first else block for n, block in enumerate(blocks)]
        return [block for block in joined if block not in some]

    def of(self, block: Block, voters: Iterable[str]) -> set[str]:
        """Those of ``voters`` who are in a block."""
        if self.heads_only:
            return set(voters)
        return set(voters).intersection(*[set().union(*(c.voters for c in self.cells if c.id in block))])

    # ---- territories

    def whole_cells(self) -> list[Block]:
        """The cells of the run, each by itself."""
        return [()] if self.heads_only else [(cell.id,) for cell in self.cells]

    def _tellable(self, voters: Collection[str], within: Collection[Block]) -> list[Block]:
        """Those of these cells in which nobody stands out by group and territory together: three at least on
        each side where there is anybody. In open mode a group that is all on one side tells no more than
        itself. No territory is one like the others."""
        where = self.question.territory_of
        found = []
        for cell in within:
            inside = self.of(cell, voters)
            sides = {where.get(voter) for voter in inside}
            single = len(sides) == 1 and self.question.privacy == "open"
            there = [[voter for voter in inside if where.get(voter) == side] for side in sides]
            if inside and (single or not any(self.too_few(people) for people in there)):
                found.append(cell)
        return found

    def _most(self, voters: Collection[str], cells: Collection[Block]) -> set[str]:
        """Those of the voters in these cells who said their territory; nobody where they are fewer than
        half."""
        said = {voter for voter in voters if self.question.territory_of.get(voter)}
        there = {voter for cell in cells for voter in self.of(cell, said)}
        return there if 2 * len(there) >= len(said) else set()

    def territories(self) -> Json:
        """What the head of the result says of territories."""
        if self.heads_only or not any(self.question.territory_of.get(voter) for voter in self.voters):
            return {}
        there = self._most(self.voters, self.cells_told)
        if not there:
            return {"territories_withheld": True}
        where = [self.question.territory_of.get(voter) for voter in there]
        told = [{"id": t, "voters": where.count(t)} for t in self.question.territories if t in where]
        without = sorted(cell.id for cell in self.cells if (cell.id,) not in self.cells_told)
        return {"territories": told} | ({"territories_without": without} if without else {})

    def in_territories(self, voters: Collection[str]) -> dict[str, set[str]]:
        """Those of these voters who are in each territory; nobody where one of a cell that the run tells of
        would have to be left out."""
        if not self._most(self.voters, self.cells_told):
            return {}
        counted = {voter for cell in self.cells_told for voter in self.of(cell, voters)}
        where = self.question.territory_of
        said = {voter for voter in counted if where.get(voter)}
        told = {voter for cell in self._tellable(counted, self.cells_told) for voter in self.of(cell, said)}
        if told != said:
            return {}
        found = {t: {v for v in said if where.get(v) == t} for t in self.question.territories}
        return {territory: inside for territory, inside in found.items() if inside}

    def by_territory(
        self,
        voters: Collection[str],
        figure: Callable[[set[str]], Fraction | None],
    ) -> dict[str, float]:
        """A figure of an item for each territory, if it may be told."""
        figures = {t: figure(inside) for t, inside in self.in_territories(voters).items()}
        return {t: float(f) for t, f in figures.items() if f is not None}


def key(block: Block) -> str:
    return "+".join(block)


def mean_of(values: Collection[Fraction]) -> Fraction:
    """Of at least one value."""
    return sum(values, Fraction(0)) / len(values)


def mean_score(scores: Mapping[str, Fraction], voters: Iterable[str]) -> Fraction | None:
    """The mean over those of ``voters`` who have a score."""
    theirs = [scores[voter] for voter in voters if voter in scores]
    return mean_of(theirs) if theirs else None
