"""Who is let in when a page connects: as whom, to which workshop, and how often it may ask for what."""

from typing import Any

import msgspec
import socketio
from socketio.exceptions import ConnectionRefusedError as RefuseConnection

from edp_app.core.door import whose
from edp_app.live.broadcast import Member
from edp_app.live.consoles import Consoles, Login
from edp_app.live.limits import Bucket, Guesses, People
from edp_app.live.protocol import VERSION, Connect, ConnectCode, ConnectRefused, Role, person_id, read
from edp_app.network import address_key
from edp_app.rooms import Rooms

OPS: dict[Role, tuple[int, float]] = {"phone": (20, 10.0), "screen": (20, 10.0), "console": (200, 50.0)}
"""Commands that a page may send at once, and how many a second after that."""

ASKS = (5, 1.0)
"""The same for asking what says the same as something else."""

VIEWS = (10, 1.0)
"""The same for asking for the view, which costs the most to answer."""

MALFORMED = (msgspec.ValidationError, UnicodeEncodeError)
"""What reading a message may raise; the latter where the name of a field holds half a character."""


class Entrance:
    """The way in of one server, and how many pages each person has open."""

    def __init__(self, server: socketio.Server, rooms: Rooms, consoles: Consoles, guesses: Guesses) -> None:
        self._server = server
        self._rooms = rooms
        self._consoles = consoles
        self._guesses = guesses
        self._people = People()

    def admit(self, sid: str, environ: dict[str, Any], auth: object) -> Member:
        """The page as it is let in. Raises what Socket.IO refuses a connection by."""
        asked, phone = _shape(auth), ""
        address = address_key(environ.get("REMOTE_ADDR", ""))
        login = self._consoles.login(environ) if asked.role == "console" else None
        if login is None and not self._guesses.may_try(address, asked.code):
            raise refused("too_fast")
        room = self._rooms.by_code(asked.code)
        if room is None:
            self._guesses.wrong(address)
            raise refused("unknown_workshop")
        if asked.role == "console":
            login = self._at_console(login, environ, room.id)
            actor = login.actor
        else:
            phone = person_id(room.id, asked.secret) if asked.secret else ""
            actor = whose(room.state, phone)
        self._guesses.right(address, asked.code)
        engine_sid = self._server.manager.eio_sid_from_sid(sid, "/")
        engine = self._server.eio.sockets.get(engine_sid)
        if engine is None or engine.closed:
            raise refused("try_again")  # it has gone while we looked things up
        budget = self._people.enter(phone) if asked.role == "phone" else None
        if asked.role == "phone" and budget is None:
            raise refused("too_fast")  # too many pages of this person: theirs try again by themselves
        return Member(
            sid=sid,
            engine=engine,
            room=room,
            role=asked.role,
            actor=actor,
            phone=phone,
            login=login,
            address=address,
            ops=Bucket(*OPS[asked.role]),
            views=Bucket(*VIEWS),
            asks=Bucket(*ASKS),
            budget=budget,
        )

    def _at_console(self, login: Login | None, environ: dict[str, Any], workshop_id: str) -> Login:
        """Who sits there: an account with a right to the workshop, else somebody who helps in it. Refuses
        everybody else."""
        denial = self._consoles.denial(login, workshop_id) if login else "signed_out"
        if login is not None and denial is None:
            return login
        if (helping := self._consoles.helper(environ, workshop_id)) is None:
            raise refused(denial or "signed_out")
        return helping

    def leave(self, phone: str) -> None:
        """One page fewer of this person."""
        self._people.leave(phone)


def _shape(auth: object) -> Connect:
    version = auth.get("v") if isinstance(auth, dict) else None
    if isinstance(version, int) and version != VERSION:
        raise refused("outdated_page")
    try:
        asked: Connect = read(Connect, auth)
    except MALFORMED:
        raise refused("bad_message") from None
    if (asked.role == "phone") != (asked.secret is not None):
        raise refused("bad_message")
    return asked


def refused(code: ConnectCode) -> RefuseConnection:
    """What Socket.IO tells a page that is not let in."""
    return RefuseConnection("refused", msgspec.to_builtins(ConnectRefused(code)))
