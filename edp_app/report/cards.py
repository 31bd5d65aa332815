"""Cards in the report: what the room has written on them, stage by stage, and for each priority."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from edp_app.core.proposed import latest_cards, waiting_texts
from edp_app.core.stages.card import CARD
from edp_app.core.state import Run, State

Json = Mapping[str, Any]
Say = Callable[[Mapping[str, str]], str]

MOST_COLUMNS = 6
"""More fields than these are no table that one can read on a page …"""
MOST_LETTERS = 160
"""… and so are longer texts than these."""


@dataclass(frozen=True, slots=True)
class Line:
    """A field of a card, and what stands in it: its own text first, then those from merged items' cards."""

    name: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """The card of an item: a line for each field of its stage."""

    item: str
    n: int
    title: str
    lines: tuple[Line, ...]

    @property
    def written(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.texts)

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(line.name for line in self.lines if not line.texts)


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards of a stage as they stand. ``waiting``: how many texts no facilitator has approved."""

    stage: str
    title: str
    prompt: str
    cards: tuple[Card, ...]
    waiting: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """What the fields are called."""
        return tuple(line.name for line in self.cards[0].lines) if self.cards else ()

    @property
    def complete(self) -> int:
        return sum(not card.missing for card in self.cards)

    @property
    def as_table(self) -> bool:
        """Whether all of it is short enough to stand side by side."""
        texts = [text for card in self.cards for line in card.lines for text in line.texts]
        return len(self.names) <= MOST_COLUMNS and all(len(text) <= MOST_LETTERS for text in texts)

    def of(self, item: str) -> Card | None:
        """The card of an item, if it has one on which something stands."""
        return next((card for card in self.cards if card.item == item and card.written), None)


def read_cards(state: State, say: Say) -> tuple[Cards, ...]:
    """The cards of every stage, as everybody is shown them, in one language."""
    return tuple(_read(state, run, say) for run in latest_cards(state))


def _read(state: State, run: Run, say: Say) -> Cards:
    shown = CARD.public(state, run, counts=True)
    return Cards(
        stage=run.stage.id,
        title=say(run.stage.title),
        prompt=say(run.stage.asking(run.stage.prompt)),
        cards=tuple(
            Card(
                item=item,
                n=shown["candidates"][item]["n"],
                title=shown["candidates"][item]["title"],
                lines=tuple(
                    Line(say(field["name"]), _texts(field, shown["cards"].get(item, {}), say))
                    for field in shown["fields"]
                ),
            )
            for item in shown["order"]
        ),
        waiting=sum(1 for _ in waiting_texts(state, [run])),
    )


def _texts(field: Json, card: Json, say: Say) -> tuple[str, ...]:
    said = card.get(field["id"], {"value": ""})
    options = {one["id"]: say(one["name"]) for one in field.get("options", ())}
    texts = [said["value"], *(one["value"] for one in said.get("also", ()))]
    return tuple(options.get(text, text) for text in texts if text)
