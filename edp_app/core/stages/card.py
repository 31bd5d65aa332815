"""``card``: the room completes a form for each item, together: everybody sees what stands in it, and whoever
has something to add or to correct writes that field anew.

Cards belong to items. What stands under another one since a merge keeps what was written on its own card, and
shows it there; a hidden item takes its card along. A stage that runs again goes on with the texts there are.
Which items a vote passed is settled when the run opens; of a gather stage they are those that stand.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar

import msgspec

from edp_app.core.commands import PARTICIPANT, Context, FillCard
from edp_app.core.definition import CardSettings, Stage
from edp_app.core.events import CardFilled, Event
from edp_app.core.item import Item
from edp_app.core.items import has_items, item_view, items_stage, merged_under, standing_items, words_of_stage
from edp_app.core.parts import CardField
from edp_app.core.proposed import Proposed, latest_cards, own_texts, own_waiting, propose, taken_along
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.registry import Evolves, Json, RunDecides, settings_as
from edp_app.core.stages.base import Plain
from edp_app.core.stages.passed import passed, rests_on_vote
from edp_app.core.stages.vote import VOTE
from edp_app.core.state import Person, Run, State
from edp_app.core.text import clean_lines

Texts = dict[str, dict[str, tuple[str, int]]]
"""Item to field to what stands there, and its revision."""


@dataclass(slots=True)
class Cards:
    """What a run of cards holds. ``passed``: of a vote, what passed; of a gather stage None."""

    passed: tuple[str, ...] | None
    texts: Texts = field(default_factory=dict)
    proposed: dict[str, Proposed] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)
    """Who has written something in this run."""


def _settings(run: Run) -> CardSettings:
    return settings_as(run.stage, CardSettings)


def card_items(state: State, run: Run) -> list[Item]:
    """The items that have a card in this run now, in the order of the vote, or of arrival."""
    data: Cards = run.data
    if data.passed is None:
        return standing_items(state, _settings(run).of)
    standing = (state.standing(item) for item in data.passed)
    return list({item.id: item for item in standing if item}.values())


def fill(state: State, run: Run, command: FillCard, ctx: Context) -> list[Event] | Refusal:
    settings = _settings(run)
    if ctx.role in PARTICIPANT:
        if not run.running:
            return refuse("stage_closed")
        if settings.who == "facilitators":
            return refuse("not_allowed")
    asked = next((one for one in settings.fields if one.id == command.field), None)
    if asked is None:
        return refuse("bad_message")
    if refusal := _not_there(state, run, command.item):
        return refusal
    value = _checked(asked, command.value)
    if isinstance(value, Refusal):
        return value
    stored, revision = run.data.texts.get(command.item, {}).get(asked.id, ("", 0))
    filled = CardFilled(run.id, command.item, asked.id, value, revision + 1)
    if ctx.role in PARTICIPANT:
        waits = own_waiting(run, ctx.actor, command.item, asked.id)
        if waits or state.moderated:
            if value == (waits.value if waits else stored):
                return []
            return [msgspec.structs.replace(filled, revision=command.revision + 1, waiting=True)]
    if stored == value:
        return []
    if command.revision != revision:
        return refuse("outdated")
    return [filled]


def _not_there(state: State, run: Run, item_id: str) -> Refusal | None:
    if any(item.id == item_id for item in card_items(state, run)):
        return None
    item = state.items.get(item_id)
    if item is None or item.withdrawn or item.stage != items_stage(state, run.stage.id):
        return refuse("unknown_item")
    if state.is_hidden(item):
        return refuse("item_hidden")
    return refuse("item_merged" if item.into else "unknown_item")


def _checked(asked: CardField, value: str) -> str | Refusal:
    if not asked.options:
        return clean_lines(value, asked.max_length)
    known = value in ("", *(option.id for option in asked.options))
    return value if known else refuse("bad_value")


def on_filled(state: State, event: CardFilled, at: int, actor: str) -> None:
    run = state.runs[event.run]
    run.contributions += 1
    if event.waiting:
        propose(state, run, event, actor)
    else:
        run.data.texts.setdefault(event.item, {})[event.field] = (event.value, event.revision)
    if actor in state.persons:
        run.data.people.add(actor)


def filled(run: Run, item: str, under: Iterable[Item] = ()) -> Json:
    """What stands on an item's card, by field: ``value`` and ``revision``; ``also``: what had been written on
    the cards of those that stand ``under`` it."""
    texts: Texts = run.data.texts
    card: Json = {}
    for asked in _settings(run).fields:
        if (own := texts.get(item, {}).get(asked.id)) is not None:
            card[asked.id] = {"value": own[0], "revision": own[1]}
        also = [
            {"item": one.id, "title": one.title, "value": text}
            for one in under
            if (text := texts.get(one.id, {}).get(asked.id, ("", 0))[0])
        ]
        if also:
            card.setdefault(asked.id, {"value": "", "revision": 0})["also"] = also
    return card


class CardKind(Plain):
    id: ClassVar[str] = "card"
    decides: ClassVar[RunDecides] = {FillCard: fill}
    late: ClassVar[frozenset[type]] = frozenset((FillCard,))
    evolves: ClassVar[Evolves] = {CardFilled: on_filled}

    def may_open(self, state: State, stage: Stage) -> Refusal | None:
        """``not_revealed_yet`` (``title``) where the vote that settles which cards there are has no result
        that everyone has seen; ``nothing_to_fill`` where there is no item that one could be of."""
        found = self._passed(state, stage)
        if isinstance(found, Refusal):
            return found
        if found is None:
            there = has_items(state, settings_as(stage, CardSettings).of)
        else:
            there = any(state.standing(item) for item in found)
        return None if there else refuse("nothing_to_fill")

    def _passed(self, state: State, stage: Stage) -> tuple[str, ...] | Refusal | None:
        of = settings_as(stage, CardSettings).of
        return passed(state, of, VOTE.result) if rests_on_vote(state, of) else None

    def start(self, state: State, stage: Stage) -> Cards:
        before = state.runs_of(stage.id)
        texts: Texts = before[-1].data.texts if before else {}
        found = self._passed(state, stage)
        return Cards(
            passed=() if isinstance(found, Refusal) else found,
            texts={item: dict(fields) for item, fields in texts.items()},
            proposed=taken_along(before[-1] if before else None),
        )

    def resumable(self, state: State, run: Run) -> bool:
        """Only while the vote still says the same."""
        return bool(self._passed(state, run.stage) == run.data.passed)

    def public(self, state: State, run: Run, *, counts: bool) -> Json:
        settings = _settings(run)
        under = merged_under(state)
        items = card_items(state, run)
        return {
            "of": items_stage(state, run.stage.id),
            "rests_on": words_of_stage(state, settings.of),
            "who": settings.who,
            "fields": [_asked(one) for one in settings.fields],
            "order": [item.id for item in items],
            "candidates": {item.id: item_view(state, item, under) for item in items},
            "cards": {
                item.id: card for item in items if (card := filled(run, item.id, under.get(item.id, ())))
            },
        }

    def own(self, state: State, run: Run, person: Person) -> Json:
        return {"proposed": mine} if (mine := own_texts(run, person.id)) else {}

    def took_part(self, state: State, run: Run) -> set[str]:
        return set(run.data.people)


def _asked(one: CardField) -> Json:
    said: Json = {"id": one.id, "name": one.name, "asks": one.asks}
    if one.options:
        return said | {"options": [{"id": option.id, "name": option.name} for option in one.options]}
    return said | {"max_length": one.max_length}


def cards_view(state: State) -> Json:
    """For consoles: what stands on the cards of every stage but the one that is on, by stage."""
    runs = (run for run in latest_cards(state) if run.id != state.current)
    return {run.stage.id: {"run": run.id, **CARD.public(state, run, counts=True)} for run in runs}


CARD = CardKind()
