"""A whole workshop for eyes: every kind of stage and every way of voting, in the words of the shipped
library, with as much written as asked for, on a phone, the console and the screen at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from playwright.sync_api import Page, expect

from edp_app.core.definition import Definition, GatherSettings, ShowSettings, Stage, VoteSettings
from edp_app.core.formats import Library, read_format
from tests.support.desk import Cable
from tests.support.methods import TITLES, Voter, ballots, room
from tests.support.stage import Hand

WORKSHOPS = Path(__file__).parents[2] / "workshops"

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"

SIZES = {"government": 4, "business": 3, "academia": 2}

MORE = """
format = 1
title = "x"
language = "es"
groups = "quadruple"
stages = [{use = "opening"}, {use = "break"}, {use = "evaluation"}]
"""
"""The kinds of stage that the shipped workshop lacks."""

CARDS = b"""
[[stages]]
use = "project_card"
of = "shortlist"
"""

UNREVEALED = "read_back"
"""The vote of which nobody is shown the result: sheets of paper can be typed in after it."""

JUDGED = 7
"""Of how many items each voter says something; the others are judged by nobody, which is a state as well."""


def definition(language: str) -> Definition:
    """The shipped workshop with every way of voting, and a text, a break and open questions."""
    file = WORKSHOPS / "demo" / "putumayo.toml"
    library = Library.in_folder(WORKSHOPS / "library")
    read = read_format(file.read_bytes() + CARDS, file.name, library)
    more = read_format(MORE.encode(), "more.toml", library)
    assert isinstance(read, Definition)
    assert isinstance(more, Definition)
    opening, *others = more.stages
    stages = [_open_handed(stage) for stage in (opening, *read.stages, *others)]
    return msgspec.structs.replace(read, language=language, stages=stages)


def _open_handed(stage: Stage) -> Stage:
    """The stage, in which one person may write all that there is."""
    if not isinstance(stage.settings, GatherSettings):
        return stage
    settings = msgspec.structs.replace(stage.settings, per_person=100)
    return msgspec.structs.replace(stage, settings=settings)


def titles(count: int) -> list[str]:
    """So many items: short and long ones, one without a single space, one as long as is allowed."""
    hard = [LONG, "Un río, dos orillas y una sola cuenca " * 3 + "."]
    return [*hard, *(f"{TITLES[n % len(TITLES)]} ({n})" for n in range(count))][:count]


TABS = {"now", "paper", "people", "agenda", "items", "results", "report", "join"}
"""What stands below the current stage on the console, one at a time."""


@dataclass(frozen=True)
class Faces:
    """The pages on which a moment is looked at."""

    phone: Page
    console: Page
    screen: Page


@dataclass(frozen=True)
class Moment:
    """A state of the workshop: its name, the kind of its stage, and which pages show something new."""

    name: str
    kind: str
    method: str = ""
    inside: bool = False
    """Whether it is a part of a page that one has to go to, or to unfold."""
    looked_through: bool = False
    """Whether the console's tabs are gone through, and what is folded is unfolded."""


HEARS = """
window.heardUpTo = -1;
const Socket = window.WebSocket;
window.WebSocket = class extends Socket {
  constructor(...all) {
    super(...all);
    this.addEventListener("message", ({ data }) => {
      for (const [, seq] of String(data).matchAll(/"(?:to|seq|last)":(\\d+)/g)) {
        window.heardUpTo = Math.max(window.heardUpTo, Number(seq));
      }
    });
  }
};
"""
"""A script that tells how far the log is of which a page has heard."""


class Evening:
    """The workshop from before its first stage to after its end, one moment after the other."""

    def __init__(
        self, hand: Hand, whole: Definition, faces: Faces, count: int, cables: Sequence[Cable]
    ) -> None:
        self.hand, self.whole, self.faces, self.count, self.cables = hand, whole, faces, count, cables
        self.voters: list[Voter] = room(SIZES, spread=1.3)
        self.people: list[Any] = []

    def moments(self) -> Iterator[Moment]:
        """Each, with the pages showing it."""
        yield Moment("before anybody came", "waiting", looked_through=True)
        self.people = self.hand.seat(
            [
                {"group": one.group, "territory": ("colombia", "peru")[one.n % 2], "funder": one.funder}
                for one in self.voters
            ]
        )
        for stage in self.whole.stages:
            # one item divides nobody here
            if self.count > 1 or not getattr(stage.settings, "second_of", None):
                yield from self._stage(stage)
        yield from self._end()

    def _stage(self, stage: Stage) -> Iterator[Moment]:
        run = self.hand.open(stage.id)
        self._shown()
        kind = self.hand.view["now"]["kind"]
        settings = stage.settings
        if isinstance(settings, VoteSettings):
            yield from self._vote(run, stage, settings)
        elif isinstance(settings, GatherSettings):
            yield Moment(f"{stage.id}, nothing written", kind)
            self._write(run, settings)
            self._shown()
            fields = bool(settings.fields)
            yield Moment(f"{stage.id}, {self.count} written", kind, looked_through=fields)
        elif kind == "card":
            yield Moment(f"{stage.id}, nothing written", kind)
            self._fill(run)
            self._shown()
            yield Moment(f"{stage.id}, filled in", kind, looked_through=True)
        elif kind == "ask":
            yield Moment(stage.id, kind)
            self._answer(run, stage)
            self.hand.reveal(run)
            self._shown()
            yield Moment(f"{stage.id}, revealed", "ask revealed", looked_through=True)
        else:
            if isinstance(settings, ShowSettings):
                self.hand.do("set_timer", run=run, seconds=600)
                self.hand.do("pause_stage", run=run)
            late = isinstance(settings, ShowSettings) and settings.is_break
            yield Moment(stage.id, "break" if late else kind, looked_through=late)

    def _vote(self, run: str, stage: Stage, settings: VoteSettings) -> Iterator[Moment]:
        method = settings.method.__struct_config__.tag
        name = stage.id
        yield Moment(name, "vote", method, looked_through=method in ("dots", "criteria"))
        candidates = sorted(self.hand.view["now"]["candidates"].values(), key=lambda one: one["n"])
        ids = [one["id"] for one in candidates][:JUDGED]
        for client, voter in zip(self.people, self.voters, strict=True):
            self.hand.send(
                client, [self._sent(one, settings) for one in ballots(settings.method, run, ids, voter)]
            )
        self.hand.do("close_stage", run=run)
        self._shown()
        yield Moment(f"{name}, closed", "vote closed", method)
        if name == UNREVEALED:
            return
        self.hand.do("reveal_result", run=run)
        self._shown()
        through = method in ("dots", "criteria")
        yield Moment(f"{name}, revealed", "vote revealed", method, looked_through=through)

    @staticmethod
    def _sent(ballot: Any, settings: VoteSettings) -> Any:
        """The ballot, with a reason only where one is asked."""
        asks = getattr(settings.method, "reason", False)
        return {name: value for name, value in ballot.items() if asks or name != "reason"}

    def _write(self, run: str, settings: GatherSettings) -> None:
        for n, title in enumerate(titles(self.count)):
            column = settings.columns[n % len(settings.columns)].id
            who = self.people[n % 2 + 4]  # two of a group in which there are three
            self.hand.send(who, [{"type": "add_item", "run": run, "column": column, "title": title}])

        def whole(view: Any) -> bool:
            return sum(item["run"] == run for item in view["items"].values()) == self.count

        self.hand.until(whole, "all that was written")

    def _fill(self, run: str) -> None:
        """The first card whole, with one line as long as it may be; of the others a line each."""
        now = self.hand.view["now"]
        first, *others = now["order"]
        lines = [(first, field) for field in now["fields"]] + [(item, now["fields"][0]) for item in others]
        for n, (item, field) in enumerate(lines):
            value = (LONG if n == 1 else "Un río, dos orillas. " * 50)[: field["max_length"]]
            line = {"type": "fill_card", "run": run, "item": item, "field": field["id"], "value": value}
            self.hand.send(self.people[0], [line])
        texts = len(lines)
        self.hand.until(
            lambda view: sum(map(len, view["now"]["cards"].values())) == texts, "what stands on the cards"
        )

    def _answer(self, run: str, stage: Stage) -> None:
        for client in self.people:
            for question in stage.settings.questions:  # type: ignore[union-attr]
                value: Any = LONG if question.type == "text" else 4
                answer = {
                    "type": "answer",
                    "run": run,
                    "question": question.id,
                    "revision": 0,
                    "value": value,
                }
                self.hand.send(client, [answer])

    def _end(self) -> Iterator[Moment]:
        for cable in self.cables:
            cable.pull()
        for page, notice in ((self.faces.console, ".trouble"), (self.faces.screen, ".trouble")):
            expect(page.locator(notice)).to_be_visible(timeout=20_000)
        expect(self.faces.phone.locator(".line .notice")).to_be_visible(timeout=20_000)
        yield Moment("no connection", "lost")
        for cable in self.cables:
            cable.mend()
        for page in (self.faces.console, self.faces.screen):
            expect(page.locator(".trouble")).to_have_count(0, timeout=20_000)
        self.hand.do("end_workshop")
        for page in (self.faces.phone, self.faces.screen):
            expect(page.locator(".scene-ended, .now h1").first).to_be_visible(timeout=20_000)
        self._shown()
        yield Moment("the end", "ended", looked_through=True)

    def _shown(self) -> None:
        """Waits until the three pages have what the facilitator's hand has."""
        for page in (self.faces.phone, self.faces.console, self.faces.screen):
            page.wait_for_function("seq => window.heardUpTo >= seq", arg=self.hand.seq)
