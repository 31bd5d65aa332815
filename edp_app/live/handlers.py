"""What happens when a page connects, asks for the view, asks for a command, or goes.

The handlers sit on the Socket.IO server itself and run in the connection's own greenlet: one page's commands
are carried out in the order in which they were sent, and waiting for a commit keeps nobody else waiting. Who
asks is known from the connection, never from a message.
"""

import logging
from collections.abc import Callable
from typing import Any, TypeVar, get_args

import gevent
import msgspec
import socketio
from socketio.exceptions import ConnectionRefusedError as RefuseConnection

from edp_app.core import plan, views
from edp_app.core.canonical import command_hash
from edp_app.core.commands import AnyCommand, Context, Join
from edp_app.core.formats import Library
from edp_app.core.refusals import Code, refuse
from edp_app.live.broadcast import Broadcaster, Member
from edp_app.live.consoles import Consoles, Denial
from edp_app.live.entrance import MALFORMED, Entrance, refused
from edp_app.live.limits import Guesses, Newcomers
from edp_app.live.offering import offered
from edp_app.live.protocol import (
    Accepted,
    Alike,
    AlikeItems,
    Bye,
    ByeCode,
    FitAnswer,
    FitRequest,
    LibraryAnswer,
    LibraryRequest,
    Message,
    Op,
    Proposed,
    Refused,
    Report,
    Role,
    Similar,
    SimilarItems,
    ViewAnswer,
    ViewRequest,
    read,
)
from edp_app.live.similars import Similars
from edp_app.live.transport import abort
from edp_app.rooms import Rooms
from edp_app.rooms.places import log_places

MOST_RUSHED = 50
"""How often in a row a page may ask too fast. Ours waits after the first time; one that goes on is cut."""

SUBMIT_SECONDS = 6.0
"""How long a command may wait for its commit: shorter than the time a page has to answer a ping, which it
cannot do while its connection waits."""

_log = logging.getLogger(__name__)

_ASSISTANTS = [str(kind.__struct_config__.tag) for kind in get_args(AnyCommand) if "assistant" in kind.roles]
"""The commands that an assistant may ask for."""

M = TypeVar("M", bound=Message)


class Handlers:
    """The handlers of one server, and who is connected to it."""

    def __init__(
        self,
        server: socketio.Server,
        rooms: Rooms,
        broadcaster: Broadcaster,
        consoles: Consoles,
        guesses: Guesses,
        last_report: Callable[[str], Report | None] = lambda _: None,
        library: Callable[[], Library] = Library,
    ) -> None:
        self._server = server
        self._broadcaster = broadcaster
        self._consoles = consoles
        self._entrance = Entrance(server, rooms, consoles, guesses)
        self._newcomers = Newcomers()
        self._last_report = last_report
        self._library = library
        self._similars = Similars()
        self.members: dict[str, Member] = {}
        server.on("connect", self.connect)
        server.on("disconnect", self.disconnect)
        server.on("view", self.view)
        server.on("fit", self.fit)
        server.on("library", self.library)
        server.on("op", self.op)
        server.on("similar", self.similar)
        server.on("alike", self.alike)

    # ---- coming and going

    def connect(self, sid: str, environ: dict[str, Any], auth: object = None) -> None:
        """Let a page in, or say why not. It is told nothing of the workshop before it asks for the view."""
        try:
            member = self._entrance.admit(sid, environ, auth)
        except RefuseConnection:
            raise
        except Exception as error:  # noqa: BLE001 -- the page must get an answer
            log_places(error, "a connection could not be decided on")
            raise refused("try_again") from None
        self.members[sid] = member
        self._broadcaster.add(member)

    def disconnect(self, sid: str, reason: str = "") -> None:  # noqa: ARG002 -- given by Socket.IO
        """A page has gone."""
        member = self.members.pop(sid, None)
        if member is not None:
            self._broadcaster.remove(member)
            if member.budget is not None:
                self._entrance.leave(member.phone)

    # ---- what a page may ask

    def view(self, sid: str, data: object = None) -> ViewAnswer | Refused | None:
        """Subscribe the page to its audience and answer with the view it starts from."""
        member = self.members.get(sid)
        if member is None:
            return None
        try:
            read(ViewRequest, data)
        except MALFORMED:
            return Refused(refuse("bad_message"))
        if not member.views.take():
            return self._too_fast(member)
        if member.budget and not member.budget.views.take():
            return self._too_fast(member)
        member.rushed = 0
        if denial := self._denial(member):
            self.cut(member, denial)
            return None
        if member.is_behind():
            abort(member.engine)
            return None
        seq, shown, own = self._broadcaster.subscribe(member)
        role = member.login.role if member.login else "participant"
        if role == "facilitator" and (report := self._last_report(member.room.id)):
            member.send("report", report)
        return ViewAnswer(
            seq=seq,
            epoch=member.room.epoch,
            now=member.room.now(),
            view=shown,  # type: ignore[arg-type]  # encoded already
            self_view=msgspec.UNSET if own is None else own,
            restored=member.room.restored if role == "facilitator" else None,
            may=_ASSISTANTS if role == "assistant" else msgspec.UNSET,
        )

    def fit(self, sid: str, data: object = None) -> FitAnswer | Refused | None:
        """Tell a console how the rest of the workshop fits, by this server's clock."""
        asked = self._asked(sid, "console", FitRequest, data, often=True)
        if not isinstance(asked, tuple):
            return asked
        member, _ = asked
        now = member.room.now()
        go, there, proposal = plan.fit(member.room.state, now)
        changes = [Proposed(one.stage, one.minutes, one.saves, one.reason) for one in proposal.changes]
        return FitAnswer(now=now, go=go, there=there, changes=changes, over=proposal.over)

    def library(self, sid: str, data: object = None) -> LibraryAnswer | Refused | None:
        """Tell a facilitator's console what could be put into the agenda."""
        asked = self._asked(sid, "console", LibraryRequest, data)
        if not isinstance(asked, tuple):
            return asked
        member, place = asked
        if member.login is None or member.login.role != "facilitator":
            return Refused(refuse("not_allowed"))
        return offered(member.room.state, place.after, self._library())

    def op(self, sid: str, data: object = None) -> Accepted | Refused | None:
        """Carry out one command and answer once it is stored, or say why not."""
        member = self.members.get(sid)
        if member is None:
            return None
        try:
            return self._op(member, data)
        except Exception as error:  # noqa: BLE001 -- the page must get an answer
            log_places(error, "a command could not be answered")
            return Refused(refuse("try_again"))

    def _op(self, member: Member, data: object) -> Accepted | Refused | None:
        if not member.ops.take():
            return self._too_fast(member)
        if member.budget and not member.budget.ops.take():
            return self._too_fast(member)
        member.rushed = 0
        try:
            op: Op = read(Op, data)
            content = msgspec.json.encode(op.command, order="deterministic")
        except msgspec.ValidationError:
            return self._no(member, "bad_message")
        except UnicodeEncodeError:
            return self._no(member, "bad_text")
        if member.role == "screen":
            return self._no(member, "not_allowed")
        if denial := self._denial(member):
            self.cut(member, denial)
            return None
        newcomer = isinstance(op.command, Join) and member.role == "phone" and not _is_known(member)
        if newcomer and not self._newcomers.may_come(member.address):
            return self._no(member, "too_fast")
        ctx = Context(
            actor=member.actor,
            role=member.login.role if member.login else "participant",
            now=member.room.now(),
            op_id=op.op_id,
            library=self._library(),
        )
        with gevent.Timeout(SUBMIT_SECONDS, False):
            outcome = member.room.submit(op.command, ctx, command_hash(content))
            if newcomer and not outcome.ok:
                self._newcomers.did_not_come(member.address)
            own = self._own(member)
            if outcome.refusal is not None:
                return Refused(outcome.refusal, self_view=own)
            return Accepted(first=outcome.first, last=outcome.last, self_view=own)
        return Refused(refuse("try_again"))

    def similar(self, sid: str, data: object = None) -> SimilarItems | Refused | None:
        """Answer with what others have written that may say the same."""
        asked = self._asked(sid, "phone", Similar, data)
        if not isinstance(asked, tuple):
            return asked
        member, about = asked
        if member.actor not in member.room.state.persons:
            return Refused(refuse("not_admitted" if _is_known(member) else "not_joined"))
        items = self._similars.to_writer(member.room, member.actor, about.run, about.column, about.text)
        return Refused(refuse("try_again")) if items is None else SimilarItems(items)

    def alike(self, sid: str, data: object = None) -> AlikeItems | Refused | None:
        """Answer with which items may say the same."""
        asked = self._asked(sid, "console", Alike, data)
        if not isinstance(asked, tuple):
            return asked
        member, about = asked
        groups = self._similars.to_console(member.room, about.stage, across=about.across)
        return Refused(refuse("try_again")) if groups is None else AlikeItems(groups)

    def _asked(
        self, sid: str, role: Role, kind: type[M], data: object, *, often: bool = False
    ) -> tuple[Member, M] | Refused | None:
        """Who asks for what, where they may; else the answer. ``often``: as often as for commands."""
        member = self.members.get(sid)
        if member is None:
            return None
        if not (member.ops if often else member.asks).take():
            return self._too_fast(member)
        try:
            about: M = read(kind, data)
        except MALFORMED:
            return Refused(refuse("bad_message"))
        if member.role != role:
            return Refused(refuse("not_allowed"))
        if denial := self._denial(member):
            self.cut(member, denial)
            return None
        member.room.when_settled()
        return member, about

    def _too_fast(self, member: Member) -> Refused | None:
        member.rushed += 1
        if member.rushed < MOST_RUSHED:
            return Refused(refuse("too_fast"))
        _log.info("a page that went on asking too fast was cut off")
        abort(member.engine)
        return None

    def _no(self, member: Member, code: Code) -> Refused:
        return Refused(refuse(code), self_view=self._own(member))

    def _own(self, member: Member) -> dict[str, Any] | msgspec.UnsetType:
        if member.role != "phone":
            return msgspec.UNSET
        member.room.when_settled()
        return views.self_view(member.room.state, member.actor)

    # ---- rights

    def _denial(self, member: Member) -> Denial | None:
        return self._consoles.denial(member.login, member.room.id) if member.login else None

    def recheck(self, account_id: str | None = None) -> None:
        """Cut the consoles (of this account, or all) that have no right to their workshop any more, and
        whoever is connected to one that was archived or deleted."""
        for member in list(self.members.values()):
            if member.room.archived:
                self.cut(member, "unknown_workshop")
                continue
            login = member.login
            if login is None or account_id not in (None, login.account_id):
                continue
            if denial := self._denial(member):
                self.cut(member, denial)

    def cut(self, member: Member, code: ByeCode) -> None:
        """End a page's connection for good."""
        member.send("bye", Bye(code))
        self._broadcaster.remove(member)
        self._server.disconnect(member.sid)


def _is_known(member: Member) -> bool:
    return member.room.state.somebody(member.actor) is not None
