"""What pages do with a workshop that runs: find it for its facilitator, and have a command carried out."""

import secrets

import msgspec
from flask import abort, current_app

from edp_app.clock import milliseconds
from edp_app.core.canonical import command_hash
from edp_app.core.commands import Command, Context
from edp_app.core.refusals import Refusal
from edp_app.rooms import Room, Rooms
from edp_app.web.accounts import account_id
from edp_app.web.mine import mine, no_copy
from edp_app.words import refusal_text


def room_of(code: str, *, copies: bool = False) -> Room:
    """The workshop in memory, settled, if this account may run it; else 404. ``copies``: also a copy to
    rehearse with."""
    rooms: Rooms = current_app.extensions["edp.rooms"]
    found = mine(code)
    room = rooms.by_id(found.id if copies else no_copy(found).id)
    if room is None:
        abort(404)
    room.when_settled()
    return room


def carry_out(room: Room, command: Command, op_id: str = "") -> str | None:
    """Have a command of this facilitator carried out; why it was not, in words, or None. ``op_id``: the press
    of a button by which it is, so that it is done once however often that arrives."""
    refusal = refused(room, command, op_id)
    return None if refusal is None else refusal_text(refusal)


def refused(room: Room, command: Command, op_id: str = "") -> Refusal | None:
    """The same; why it was not, as the rules say it."""
    ctx = Context(f"f:{account_id()}", "facilitator", milliseconds(), op_id or secrets.token_urlsafe(16))
    content = command_hash(msgspec.json.encode(command, order="deterministic"))
    return room.submit(command, ctx, content).refusal
