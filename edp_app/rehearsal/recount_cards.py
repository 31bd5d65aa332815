"""What stands on cards, worked out again from the stored rows and held against what pages show."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from edp_app.rehearsal.retally import Replay

Json = dict[str, Any]
Said = tuple[str, Any, Any]
"""What it is, as counted again, as it is shown."""


def cards_shown(console: Json) -> dict[str, Json]:
    """Stage to its cards, as a console is shown them."""
    now = console.get("now", {})
    own = {now["stage"]: now} if now.get("kind") == "card" else {}
    return {**console.get("cards", {}), **own}


def told_again(replay: "Replay", shown: dict[str, Json]) -> Iterator[Said]:
    """Everything that stands on cards, on either side."""
    yield "stages with cards", sorted(replay.card_stages), sorted(shown)
    for stage, cards in shown.items():
        of = replay.stages[stage]["settings"]["of"]
        if replay.stages[of]["settings"]["kind"] == "gather":
            standing = [i for i, item in replay.items.items() if item["stage"] == of and replay.stands(i)]
            yield f"{stage} items", standing, cards["order"]
        else:
            tops = dict.fromkeys(replay.top(item) for item in replay.card_items[cards["run"]])
            yield f"{stage} items", [item for item in tops if replay.stands(item)], cards["order"]
        written = replay.cards.get(stage, {})
        for item in cards["order"]:
            for field in replay.stages[stage]["settings"]["fields"]:
                at = cards["cards"].get(item, {}).get(field["id"], {})
                value, revision = written.get((item, field["id"]), ("", 0))
                name = f"{stage} {item} {field['id']}"
                yield name, (value, revision), (at.get("value", ""), at.get("revision", 0))
                under = sorted(_under(replay, written, item, field["id"]))
                yield f"{name}, merged", under, sorted((a["item"], a["value"]) for a in at.get("also", ()))


def _under(replay: "Replay", written: Json, item: str, field: str) -> Iterator[tuple[str, str]]:
    """What was written on the cards of those that stand under an item."""
    for (other, of), (value, _) in written.items():
        if other != item and of == field and value and replay.is_under(other, item):
            yield other, value
