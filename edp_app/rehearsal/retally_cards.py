"""What a log says of cards, followed once more for the second count: what stands on them, what waits."""

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from edp_app.rehearsal.retally import Row

Json = dict[str, Any]


class CardReplay:
    """The cards of a log that is read from the beginning to the end."""

    def __init__(self) -> None:
        self.cards: dict[str, dict[tuple[str, str], tuple[str, int]]] = defaultdict(dict)
        """Stage to item and field to what was written there last, and how often something was."""
        self.proposed: dict[str, tuple[str, tuple[str, str], tuple[str, int], tuple[str, int]]] = {}
        """Text that waited to its stage, item and field, what it says, and what stood there before."""
        self.put_on_card: set[str] = set()

    def _card_filled(self, row: "Row", event: Json) -> None:
        stage, at = event["run"].rsplit(".", 1)[0], (event["item"], event["field"])
        before = self.cards[stage].get(at, ("", 0))
        if event.get("waiting"):
            self.proposed[f"t{row.seq}"] = (stage, at, (event["value"], event["revision"]), before)
        else:
            self.cards[stage][at] = (event["value"], before[1] + 1)

    def _card_text_settled(self, row: "Row", event: Json) -> None:
        if event["approved"]:
            stage, at, said, _ = self.proposed[event["text"]]
            before = self.cards[stage].get(at, ("", 0))
            self.proposed[event["text"]] = (stage, at, said, before)
            self.put_on_card.add(event["text"])
            self.cards[stage][at] = (said[0], max(before[1] + 1, said[1]))

    def _card_text_held(self, row: "Row", event: Json) -> None:
        if event["text"] in self.put_on_card:
            self.put_on_card.remove(event["text"])
            stage, at, said, before = self.proposed[event["text"]]
            revision = self.cards[stage][at][1] + 1
            self.cards[stage][at] = (before[0], revision)
            self.proposed[event["text"]] = (stage, at, (said[0], revision), before)
