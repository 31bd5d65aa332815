"""Cards in an export: what stands on them, and the tables of that."""

from collections.abc import Iterator
from typing import Any

from msgspec import UNSET

from edp_app.core.definition import CardSettings
from edp_app.core.proposed import latest_cards, waiting_texts
from edp_app.core.registry import settings_as
from edp_app.core.stages.card import CARD
from edp_app.core.state import State
from edp_app.exports.contents import Card, CardField, Cards, CardText, Export, Named
from edp_app.exports.names import Names
from edp_app.exports.tables import Column, Table, Value, table

Json = dict[str, Any]


def cards_of(state: State) -> Iterator[Cards]:
    """The cards of every stage, as everybody is shown them."""
    for run in latest_cards(state):
        shown = CARD.public(state, run, counts=True)
        yield Cards(
            run=run.id,
            stage=run.stage.id,
            title=run.stage.title,
            number=run.number,
            step=run.stage.step,
            of=shown["of"],
            passed_by=UNSET if (named := settings_as(run.stage, CardSettings).of) == shown["of"] else named,
            fields=[_field(field) for field in shown["fields"]],
            cards=[_card(shown, item) for item in shown["order"]],
            waiting=sum(1 for _ in waiting_texts(state, [run])) or UNSET,
        )


def _field(shown: Json) -> CardField:
    options = [Named(id=one["id"], name=one["name"]) for one in shown.get("options", ())]
    return CardField(id=shown["id"], name=shown["name"], options=options or UNSET)


def _card(shown: Json, item: str) -> Card:
    texts = []
    for field, said in shown["cards"].get(item, {}).items():
        if said["value"]:
            texts.append(CardText(field=field, value=said["value"]))
        texts += [CardText(field=field, value=a["value"], item=a["item"]) for a in said.get("also", ())]
    of = shown["candidates"][item]
    return Card(item=item, n=of["n"], title=of["title"], texts=texts)


def _words(names: Names, field: CardField, value: str) -> str:
    options = [] if field.options is UNSET else field.options
    return next((names.say(one.name) for one in options if one.id == value), value)


def cards(export: Export, names: Names) -> Table:
    """Everything that stands on cards, one text in a line."""
    numbers = {item.id: item.n for gathering in export.gatherings for item in gathering.items}
    numbers |= {
        one.id: one.n
        for gathering in export.gatherings
        for item in gathering.items
        for one in (() if item.merged is UNSET else item.merged)
    }
    rows: list[Json] = []
    for one in export.cards:
        fields = {field.id: field for field in one.fields}
        for card in one.cards:
            rows += [
                {
                    "run": one.run,
                    "stage": one.stage,
                    "stage_title": names.say(one.title),
                    "round": one.number,
                    "n": card.n,
                    "item": card.item,
                    "title": card.title,
                    "field": text.field,
                    "field_name": names.say(fields[text.field].name),
                    "text": _words(names, fields[text.field], text.value),
                    "original": None if text.item is UNSET else numbers.get(text.item),
                }
                for text in card.texts
            ]
    columns = "run stage stage_title round n item title field field_name text original"
    return table(names, "cards", names.words.gettext("Cards"), columns, rows, 4)


def sheets(export: Export, names: Names) -> Iterator[Table]:
    """A sheet for each stage: a line for each card, a column for each field."""
    for one in export.cards:
        title = names.say(one.title)
        rows: list[Json] = [{"n": card.n, "item": card.item, "title": card.title} for card in one.cards]
        made = table(names, f"cards-{one.stage}", title, "n item title", rows, 3)
        columns = (*made.columns, *(Column(field.id, names.say(field.name)) for field in one.fields))
        written = (tuple(_cell(names, field, card) for field in one.fields) for card in one.cards)
        lines = tuple((*left, *right) for left, right in zip(made.rows, written, strict=True))
        yield Table(made.id, made.title, columns, lines, 3)


def _cell(names: Names, field: CardField, card: Card) -> Value:
    said = [_words(names, field, text.value) for text in card.texts if text.field == field.id]
    return "\n".join(said) or None
