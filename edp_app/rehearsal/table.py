"""Simulated people who share somebody's phone."""

from typing import Any

from edp_app.rehearsal.habits import Dice, Habits
from edp_app.rehearsal.phone import Script, SimulatedPhone

Json = dict[str, Any]


class AtTable(SimulatedPhone):
    """One more person at somebody's phone, who votes and answers when it is passed to them."""

    def __init__(self, host: SimulatedPhone, habits: Habits, dice: Dice, script: Script, seat: str) -> None:
        super().__init__(host.client, habits, dice, host.pace, host.ledger, script)
        self.seat, self._seated = seat, False

    @property
    def own(self) -> Json:
        found: Json = self.client.own.get("seats", {}).get(self.seat, {})
        return found

    @property
    def came_too_late(self) -> bool:
        """Whether the stage was closed before they had done what they wanted."""
        return self._too_late

    async def take_turn(self, run: Json) -> None:
        """Say once which group one speaks for; then vote or answer, if that is what is asked."""
        self._too_late = False
        if run["kind"] not in ("vote", "ask"):
            return
        if not self._seated:
            await self._describe()
            self._seated = True
        await (self._vote(run) if run["kind"] == "vote" else self._ask(run))

    async def _send(self, command: Json) -> Json:
        kind = "take_seat" if command["type"] == "describe" else command["type"]
        return await super()._send({**command, "type": kind, "seat": self.seat})
