"""Every message between a page and the server, typed; nothing else is understood or sent.

The messages travel over Socket.IO in the default namespace; an *answer* is the acknowledgement of a message.
What a page may ask for inside an ``op`` are the commands of :mod:`edp_app.core.commands`.
``docs/protocol.md`` is written from this module by :mod:`edp_app.live.describe`.
"""

import base64
import hashlib
from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta

from edp_app.core.commands import AnyCommand, Id, RunId
from edp_app.core.plan import Reason
from edp_app.core.refusals import Refusal

VERSION = 1
"""Counts the changes of this protocol that an old page could not live with."""

MAX_MESSAGE = 20 * 1024
"""Bytes of the largest message that a page may send, on either transport. A larger one ends the
connection."""

PING_INTERVAL = 10
"""Seconds between two questions of the server whether the page is still there."""

PING_TIMEOUT = 8
"""Seconds that the page has for its answer. A silently dead link is noticed after the two together."""

Code6 = Annotated[str, Meta(pattern=r"^[0-9]{6}\Z")]
OpId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{8,64}\Z")]
Secret = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{16,64}\Z")]
Position = Annotated[int, Meta(ge=0)]
Milliseconds = Annotated[int, Meta(ge=0)]
Number = Annotated[int, Meta(ge=0)]

Role = Literal["phone", "screen", "console"]

ConnectCode = Literal[
    "unknown_workshop",  # there is no workshop with this code, or it is archived
    "bad_message",  # the auth object has not the shape below
    "outdated_page",  # the page speaks another version of the protocol: reload it
    "signed_out",  # a console whose browser is not signed in (any more)
    "not_allowed",  # a console whose browser is signed in, without a right to this workshop
    "too_fast",  # too many wrong codes from this address, or pages of this person: try again in a while
    "try_again",  # the workshop could not be loaded now
]
"""Why a connection is refused."""

ByeCode = Literal[
    "signed_out",  # the sign-in has ended: signed out, another pass phrase, the account closed
    "not_allowed",  # the right to this workshop, of the account or of whoever helped, was taken away
    "unknown_workshop",  # the workshop was archived or deleted
]
"""Why the server ends a connection for good."""


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of all messages: fields that are not listed are refused, those at their default are left out."""


# ---- from the page


class Connect(Message, frozen=True):
    """Who connects, and to what: the ``auth`` object of the Socket.IO connection. A phone shows the secret
    that it made itself; a console is known by its session cookie; a screen only looks on."""

    v: int
    role: Role
    code: Code6
    secret: Secret | None = None


class ViewRequest(Message, frozen=True):
    """Asks for the view. Sent after every connect, after a gap, and when a page wakes up. From then on the
    page gets the changes of its audience."""


class FitRequest(Message, frozen=True):
    """Asks how the rest of the workshop fits before its planned end, and what to shorten or to leave out so
    that it does. Consoles only; nothing changes by it."""


class LibraryRequest(Message, frozen=True):
    """Asks which stages of the library can be put into the agenda, ``after`` another one. From consoles of
    facilitators; nothing changes by it."""

    after: Annotated[str, Meta(max_length=64)] = ""


class Op(Message, frozen=True):
    """Asks for one command. The same ``op_id`` again, with the same command, gets the stored answer and
    nothing happens a second time; with another command it is refused."""

    op_id: OpId
    command: AnyCommand


class Similar(Message, frozen=True):
    """Asks whether others have written the same as what one is writing now. From phones. No answer, and a
    refusal, mean that nothing is suggested: nobody waits for it."""

    run: RunId
    column: Id
    text: Annotated[str, Meta(max_length=500)]


class Alike(Message, frozen=True):
    """Asks which items of a gather stage may say the same. From consoles; ``across``: also those of different
    columns. Refused with ``try_again`` while they are still being compared."""

    stage: Id
    across: bool = False


# ---- answers


class ViewAnswer(Message, frozen=True):
    """The view of the audience at position ``seq``. ``now`` is the server's clock. Another ``epoch`` than
    before means that what was fetched may not be so any more. Where its first eight characters are others,
    the log was put in place from a backup or an export and may hold less than was answered: a phone offers
    again what it had accepted, under the same ``op_id``. Where only the rest is another, something was
    erased. ``self`` is what is one's own (phones). ``restored`` (consoles): the log was put in place from a
    backup, and this is the time of the event it ended with then. ``may`` (consoles of those who help without
    an account): the only commands that this page may ask for."""

    seq: Position
    epoch: str
    now: Milliseconds
    view: dict[str, Any]
    self_view: dict[str, Any] | msgspec.UnsetType = msgspec.field(default=msgspec.UNSET, name="self")
    restored: Milliseconds | None = None
    may: list[str] | msgspec.UnsetType = msgspec.UNSET


class Proposed(Message, frozen=True):
    """Something that would save minutes: other ``minutes`` for a stage or, 0, leaving it out. ``reason``: why
    this one; see :mod:`edp_app.core.plan`."""

    stage: str
    minutes: Number
    saves: Number
    reason: Reason


class FitAnswer(Message, frozen=True, omit_defaults=False):
    """How the rest fits at the time ``now`` of the server: ``go``, the minutes it takes as planned;
    ``there``, those left until the planned end, if one is planned (0 once it has passed). ``changes``, in the
    order of the agenda, make it fit, but for the minutes ``over``."""

    now: Milliseconds
    go: Number
    there: Number | None
    changes: list[Proposed]
    over: Number


class Offered(Message, frozen=True, omit_defaults=False):
    """A stage of the library, for ``add_stage``. ``refers``: its settings that may name an earlier stage,
    each with those that there are; ``needs``: which of these it must have; ``takes``: which stage each of
    them names unless another is chosen; ``step``: the step it belongs to, empty where it goes with any.
    ``prompt``: what it asks; with another question go its own for the groups ``apart`` and, if it has one,
    its ``example``. ``vote``: of a vote its ``method``, ``rule`` and how many pass. ``weighs``: the votes
    waiting after it that take their weights from it once it is there."""

    preset: str
    kind: str
    title: dict[str, str]
    minutes: Number
    refers: dict[str, list[str]]
    needs: list[str]
    takes: dict[str, str]
    step: str
    prompt: dict[str, str]
    apart: list[str]
    example: bool
    vote: dict[str, Any] | None
    weighs: list[str]


class LibraryAnswer(Message, frozen=True, omit_defaults=False):
    """The stages of the library."""

    presets: list[Offered]


class Accepted(Message, frozen=True, omit_defaults=False):
    """The command was carried out and stored, as the events ``first`` to ``last`` of the log. Where there was
    nothing to change, both are 0: no position is named."""

    first: Position
    last: Position
    ok: bool = True
    self_view: dict[str, Any] | msgspec.UnsetType = msgspec.field(default=msgspec.UNSET, name="self")


class SimilarItems(Message, frozen=True):
    """What others have written that may say the same, the most alike first; all of it is in the view."""

    items: list[str]


class AlikeItems(Message, frozen=True):
    """Items that may say the same, two or more together, the most alike first: of one column each, then, if
    they were asked for, two of different columns each."""

    groups: list[list[str]]


class Refused(Message, frozen=True, omit_defaults=False):
    """The command was not carried out; nothing changed."""

    refusal: Refusal
    ok: bool = False
    self_view: dict[str, Any] | msgspec.UnsetType = msgspec.field(default=msgspec.UNSET, name="self")


# ---- from the server


class Change(Message, frozen=True):
    """What changed in the view of the audience: a JSON merge patch (RFC 7386) that turns the view at
    position ``from`` into the one at ``to``. A page whose position is another than ``from`` asks for the
    view instead."""

    from_seq: Position = msgspec.field(name="from")
    to_seq: Position = msgspec.field(name="to")
    patch: dict[str, Any]


class Presence(Message, frozen=True):
    """How many are connected now. To consoles. ``phones`` counts people: two phones of one person are one."""

    phones: Number
    screens: Number
    consoles: Number


class Report(Message, frozen=True):
    """How far a report has come. To consoles."""

    job: str
    state: Literal["queued", "preparing", "reading", "layout", "writing", "done", "failed"]
    page: Number | None = None
    pages: Number | None = None
    url: str | None = None
    message: str | None = None


class Bye(Message, frozen=True):
    """Sent before the server ends a connection for good: the page must not connect again by itself."""

    code: ByeCode


class ConnectRefused(Message, frozen=True):
    """The ``data`` of Socket.IO's ``connect_error``."""

    code: ConnectCode


FROM_PAGE: dict[str, type[Message]] = {
    "connect": Connect,
    "view": ViewRequest,
    "fit": FitRequest,
    "library": LibraryRequest,
    "op": Op,
    "similar": Similar,
    "alike": Alike,
}
"""Event name to message. ``connect`` is the connection itself."""

ANSWERS: dict[str, tuple[type[Message], ...]] = {
    "connect": (ConnectRefused,),
    "view": (ViewAnswer,),
    "fit": (FitAnswer, Refused),
    "library": (LibraryAnswer, Refused),
    "op": (Accepted, Refused),
    "similar": (SimilarItems, Refused),
    "alike": (AlikeItems, Refused),
}

SELF = "self"
"""The one event without a type of its own: its payload is :func:`edp_app.core.views.self_view`."""

FROM_SERVER: dict[str, type[Message]] = {
    "change": Change,
    "presence": Presence,
    "report": Report,
    "bye": Bye,
}

CONNECT_CODES: tuple[str, ...] = get_args(ConnectCode)
BYE_CODES: tuple[str, ...] = get_args(ByeCode)


def person_id(workshop_id: object, secret: str) -> str:
    """Who a phone is in this workshop: ``p:`` and 26 characters that tell nothing about the secret. The
    same phone has another one in another workshop."""
    digest = hashlib.sha256(f"edp:{workshop_id}:{secret}".encode()).digest()
    return "p:" + base64.b32encode(digest).decode().lower()[:26]


def read(kind: type[Message], raw: object) -> Any:
    """The message that ``raw`` (as decoded from JSON) is. Raises ``msgspec.ValidationError`` if it is not
    one."""
    return msgspec.convert(raw, kind)
