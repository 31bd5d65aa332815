"""Live workshops in memory: their state, the queue of commands, the commit of whole batches.

Imports the rules and the log only. Whoever shows or steers a workshop gets a :class:`Room` from
:class:`Rooms`.
"""

from edp_app.rooms.outcome import Outcome
from edp_app.rooms.registry import Rooms
from edp_app.rooms.room import Listener, Room

__all__ = ["Listener", "Outcome", "Room", "Rooms"]
