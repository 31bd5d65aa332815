"""What changed goes out to everyone, once per audience and tick; what is one's own goes to that person alone.

All members of one audience hold the same *base*: the view that was last sent to the audience, at its
position. A ``view`` is answered with the base, not with a fresher state, so every later change fits everyone
who subscribed before it was made, and nobody can be between two positions. A change that nobody of the
audience can see sends nothing and leaves the base where it is.

Everything here runs in the event loop. Between reading a room's state and putting packets into the queues
there is no switch to another greenlet, so the order of answers and changes on each connection is the order in
which they were made.
"""

import contextlib
import logging
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import gevent
import msgspec
from engineio.exceptions import SocketIsClosedError
from engineio.packet import Packet
from engineio.socket import Socket as EngineSocket

from edp_app.core import events as happened
from edp_app.core import patch, views
from edp_app.core.door import whose
from edp_app.core.events import Recorded
from edp_app.core.state import State
from edp_app.live.affected import affected
from edp_app.live.consoles import Login
from edp_app.live.limits import Bucket, Budget
from edp_app.live.protocol import SELF, Change, Message, Presence, Role
from edp_app.live.transport import abort, event_packet, put, to_json
from edp_app.log.store import NOBODY, Counts
from edp_app.rooms import Room
from edp_app.rooms.places import log_places

TICK = 0.1
"""Seconds between two changes of one workshop at least …"""

TICK_OF_MANY = 0.25
MANY = 2000
"""… and with more phones than this."""

PRESENCE_SECONDS = 1.0

SELVES_PER_TICK = 100
"""How many people are told their own view in one tick. What concerns everybody (a stage opens) takes a few
ticks in a big hall, so that nobody's vote waits behind it."""

MOST_WAITING = 512 * 1024
"""Bytes waiting to be sent to one page. One that falls further behind is cut off; it connects again and
fetches the view, which is less than what it missed."""

_log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class Member:
    """One connected page."""

    sid: str
    engine: EngineSocket
    room: Room
    role: Role
    actor: str
    ops: Bucket
    views: Bucket
    asks: Bucket
    phone: str = ""
    """The id that a phone's secret gives; ``actor`` is the person whom it is."""
    login: Login | None = None
    address: str = ""
    budget: Budget | None = None
    """What the person may do over all their pages; a screen and a console are nobody's."""
    rushed: int = 0
    """How often in a row it has asked too fast."""

    def is_behind(self) -> bool:
        """Whether more is waiting for this page than it should."""
        return self.engine.queue.bytes > MOST_WAITING

    def send(self, name: str, payload: object) -> None:
        """Send one event to this page alone."""
        _put(self, event_packet(name, payload))


def _put(member: Member, packet: Packet) -> None:
    if member.is_behind():
        _log.info("a page fell too far behind and was cut off")
        abort(member.engine)
        return
    with contextlib.suppress(SocketIsClosedError):  # its own greenlet is about to find out
        put(member.engine, packet)


@dataclass(eq=False, slots=True)
class Audience:
    """The pages that see the same."""

    name: views.Audience
    members: set[Member] = field(default_factory=set)
    seq: int = 0
    base: dict[str, Any] = field(default_factory=dict)
    _encoded: msgspec.Raw | None = None

    def set_base(self, seq: int, base: dict[str, Any]) -> None:
        self.seq, self.base, self._encoded = seq, base, None

    def encoded(self) -> msgspec.Raw:
        """The base as JSON, made once for all who ask for it."""
        if self._encoded is None:
            self._encoded = msgspec.Raw(to_json(self.base).encode())
        return self._encoded


@dataclass(eq=False, slots=True)
class Channel:
    """The connected pages of one workshop, and what they are still to be told."""

    room: Room
    epoch: str
    audiences: dict[str, Audience] = field(
        default_factory=lambda: {name: Audience(name) for name in views.AUDIENCES}
    )
    connected: set[Member] = field(default_factory=set)
    by_person: dict[str, set[Member]] = field(default_factory=dict)
    dirty: bool = False
    selves: set[str] = field(default_factory=set)
    last_tick: float = 0.0
    ticker: gevent.Greenlet | None = None
    presence: gevent.Greenlet | None = None
    elsewhere: Counts = NOBODY

    def interval(self) -> float:
        return TICK_OF_MANY if len(self.audiences["phone"].members) > MANY else TICK


class Broadcaster:
    """Keeps a channel for each workshop that somebody is connected to."""

    def __init__(self) -> None:
        self._channels: dict[str, Channel] = {}
        self._elsewhere: Mapping[str, Counts] = {}

    def add(self, member: Member) -> None:
        """A page has connected. It gets nothing until it subscribes."""
        channel = self._channels.get(member.room.id)
        if channel is None:
            channel = self._channels[member.room.id] = Channel(member.room, member.room.epoch)
            channel.elsewhere = self._elsewhere.get(member.room.id, NOBODY)
            member.room.listeners.append(self._heard)
        channel.connected.add(member)
        if member.role == "phone":
            channel.by_person.setdefault(member.actor, set()).add(member)
        self._count(channel)

    def remove(self, member: Member) -> None:
        """A page has gone. Repeatable."""
        channel = self._channels.get(member.room.id)
        if channel is None or member not in channel.connected:
            return
        channel.connected.discard(member)
        channel.audiences[member.role].members.discard(member)
        if own := channel.by_person.get(member.actor):
            own.discard(member)
            if not own:
                del channel.by_person[member.actor]
        if channel.connected:
            self._count(channel)
            return
        del self._channels[member.room.id]
        channel.room.listeners.remove(self._heard)

    def subscribe(self, member: Member) -> tuple[int, msgspec.Raw, dict[str, Any] | None]:
        """The audience's position and base, and a phone's own view; from here on the page gets every
        change."""
        channel = self._channels[member.room.id]
        audience = channel.audiences[member.role]
        if audience.members:
            member.room.when_settled()
        else:
            member.room.when_countable()
        state = member.room.state
        if not audience.members:
            audience.set_base(state.seq, views.view(state, audience.name))
        if member in channel.connected:  # it may have gone meanwhile
            audience.members.add(member)
        if member.role == "console":
            member.send("presence", presence_of(channel))
        own = views.self_view(state, member.actor) if member.role == "phone" else None
        return audience.seq, audience.encoded(), own

    def counts(self) -> dict[str, Counts]:
        """How many pages of each workshop are connected here."""
        return {workshop_id: counts_of(channel) for workshop_id, channel in self._channels.items()}

    def is_watched(self, workshop_id: str) -> bool:
        """Whether a console of this workshop is connected, here or elsewhere. Asked where a page of it is
        connected to this process; False where none is."""
        channel = self._channels.get(workshop_id)
        return channel is not None and presence_of(channel).consoles > 0

    def count_elsewhere(self, counts: Mapping[str, Counts]) -> None:
        """How many pages are connected to other processes, by workshop; consoles are told the sum."""
        self._elsewhere = counts
        for workshop_id, channel in self._channels.items():
            if channel.elsewhere != (elsewhere := counts.get(workshop_id, NOBODY)):
                channel.elsewhere = elsewhere
                self._count(channel)

    def to_consoles(self, code: str, name: str, message: Message) -> None:
        """Send one event to the consoles of the workshop with this code, if there are any here."""
        for channel in self._channels.values():
            if channel.room.code == code:
                _deliver(channel.audiences["console"].members, name, message)

    def stop(self) -> None:
        """Stop telling anybody anything."""
        for channel in self._channels.values():
            channel.room.listeners.remove(self._heard)
            gevent.killall([job for job in (channel.ticker, channel.presence) if job], block=False)
        self._channels.clear()

    def _heard(self, room: Room, recorded: Sequence[Recorded]) -> None:
        """The room's listener: called after each commit, and with nothing after the room was folded anew."""
        channel = self._channels[room.id]
        if channel.epoch != room.epoch:
            self._start_over(channel)
        channel.dirty = True
        if not recorded:  # anything may be another now, also what is one's own
            channel.selves.update(channel.by_person)
        if not recorded or any(isinstance(one.event, happened.PhoneChanged) for one in recorded):
            _find_people(channel)
        for n, event in enumerate(recorded):
            answered_here = n >= room.elsewhere
            people = affected(room.state, event)
            for person in room.state.persons.keys() & channel.by_person if people is None else people:
                own = channel.by_person.get(person, ())
                # Whoever acted gets it in the answer, unless a second page of the same person is open.
                if len(own) > (1 if answered_here and person == event.actor else 0):
                    channel.selves.add(person)
        if channel.ticker is None:
            channel.ticker = gevent.spawn(self._tick_while_needed, channel)

    def _start_over(self, channel: Channel) -> None:
        """Something was erased: no position has moved, so no change could take it from the pages. They are
        made to connect again, and whoever asks for the view from now on gets it without."""
        channel.epoch = channel.room.epoch
        for audience in channel.audiences.values():
            if audience.members:
                audience.set_base(channel.room.state.seq, views.view(channel.room.state, audience.name))
        gevent.spawn(_abort_all, list(channel.connected))

    def _tick_while_needed(self, channel: Channel) -> None:
        try:
            while channel.dirty or channel.selves:
                gevent.sleep(max(0.0, channel.last_tick + channel.interval() - time.monotonic()))
                channel.room.when_countable()
                channel.last_tick = time.monotonic()
                tick(channel)
        finally:
            channel.ticker = None

    def _count(self, channel: Channel) -> None:
        if channel.presence is None and channel.audiences["console"].members:
            channel.presence = gevent.spawn(self._tell_presence, channel)

    def _tell_presence(self, channel: Channel) -> None:
        told = None
        try:
            while told != (counted := presence_of(channel)):
                _deliver(channel.audiences["console"].members, "presence", counted)
                told = counted
                gevent.sleep(PRESENCE_SECONDS)
        finally:
            channel.presence = None


def _find_people(channel: Channel) -> None:
    """Somebody goes on with another phone: pages are told their own by the person whom they are now."""
    for member in channel.connected:
        person = whose(channel.room.state, member.phone)
        if not member.phone or person == member.actor:
            continue
        before = channel.by_person.get(member.actor, set())
        before.discard(member)
        if not before:
            channel.by_person.pop(member.actor, None)
        member.actor = person
        channel.by_person.setdefault(person, set()).add(member)
        channel.selves.add(person)


def _abort_all(members: list[Member]) -> None:
    for member in members:
        abort(member.engine)


def counts_of(channel: Channel) -> Counts:
    """How many are connected here: people, not their pages, where they are phones."""
    roles = [member.role for member in channel.connected]
    return Counts(len(channel.by_person), roles.count("screen"), roles.count("console"))


def presence_of(channel: Channel) -> Presence:
    """How many are connected, here and elsewhere. Somebody with two pages on two processes counts twice."""
    here, elsewhere = counts_of(channel), channel.elsewhere
    return Presence(
        phones=here.phones + elsewhere.phones,
        screens=here.screens + elsewhere.screens,
        consoles=here.consoles + elsewhere.consoles,
    )


def tick(channel: Channel) -> None:
    """Tell every audience what it can see of what has changed since the last time, and some people their
    own."""
    state = channel.room.state
    if channel.dirty:
        channel.dirty = False
        for audience in channel.audiences.values():
            if audience.members:
                try:
                    _tell(audience, state)
                except Exception as error:  # noqa: BLE001 -- the other audiences get theirs
                    log_places(error, "what an audience is to see could not be made")
    for person in list(channel.selves)[:SELVES_PER_TICK]:
        channel.selves.discard(person)
        if own := channel.by_person.get(person):
            _deliver(own, SELF, views.self_view(state, person))


def _tell(audience: Audience, state: State) -> None:
    fresh = views.view(state, audience.name)
    changes = patch.diff(audience.base, fresh)
    if not changes:
        return
    change = Change(from_seq=audience.seq, to_seq=state.seq, patch=changes)
    audience.set_base(state.seq, fresh)
    _deliver(audience.members, "change", change)


def _deliver(members: Iterable[Member], name: str, payload: object) -> None:
    packet = event_packet(name, payload)
    for member in list(members):
        _put(member, packet)
