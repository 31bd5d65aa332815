"""One workshop's whole log as one file, and from such a file into an installation.

Lines of JSON: a header; the events in order, each with its salt and digests; names and organisations; what
was answered to each operation; and a last line with the number of lines before it and their SHA-256, so that
nothing can be missing or changed unnoticed. docs/log-file.md describes it for other programs.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import Annotated, BinaryIO, Literal, NamedTuple, NoReturn

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from edp_app.core.definition import RULES
from edp_app.core.events import CodeGiven
from edp_app.core.state import State
from edp_app.core.workshop import evolve
from edp_app.log.bounds import EARLIEST, LATEST, MOST_EVENTS, is_called, is_name, is_shown, problem_of_kind
from edp_app.log.models import Event, Operation, Workshop
from edp_app.log.store.accounts import random_id
from edp_app.log.store.answers import Answer, Answers
from edp_app.log.store.chain import Chain
from edp_app.log.store.events import (
    READ_AT_ONCE,
    NewEvent,
    StoredEvent,
    append_events,
    head,
    recorded,
    sealed,
)
from edp_app.log.store.names import names_of_workshop, set_name
from edp_app.log.store.operations import NewOperation, record_operations
from edp_app.log.store.upkeep import rebuild_missing
from edp_app.log.store.workshops import _free_code

FORMAT = 2
"""Counts the changes to the form of the file."""

LONGEST_LINE = 4 * 1024 * 1024
MADE_BY = "system"
"""The actor of what bringing in a workshop adds to its log."""


WorkshopId = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]{1,32}\Z")]
"""Folders are named after it."""

Moment = Annotated[int, msgspec.Meta(ge=EARLIEST, lt=LATEST)]


class ExportError(Exception):
    """A file cannot be brought in; the message is a sentence."""


class AlteredError(ExportError):
    """A file is not as it was exported; the message names the line of the file."""


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first line. ``made_at``: ms since 1970, UTC. ``digest``: of the last event."""

    edp: Literal["log"]
    format: Annotated[int, msgspec.Meta(ge=1)]
    program: Annotated[str, msgspec.Meta(pattern=r"^[!-~]{1,40}\Z")]
    rules: Annotated[int, msgspec.Meta(ge=1)]
    workshop: WorkshopId
    code: str
    title: str
    made_at: Moment
    events: Annotated[int, msgspec.Meta(ge=1, le=MOST_EVENTS)]
    digest: str
    names: bool


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="line"):
    pass


class EventLine(_Line, frozen=True, tag="event"):
    """A row of the log. ``payload`` is the text that was digested; ``salt`` in hex, absent where erased."""

    seq: int
    at: int
    kind: str
    version: int
    actor: str
    op_id: str
    content_digest: str
    digest: str
    payload: str | None = None
    salt: str | None = None


class NameLine(_Line, frozen=True, tag="name"):
    """What a participant gave beside the log."""

    person: str
    name: str
    organisation: str


class OperationLine(_Line, frozen=True, tag="operation"):
    """What was answered to an operation."""

    actor: str
    op_id: str
    outcome: msgspec.Raw
    content_hash: str | None = None
    first_seq: int | None = None
    last_seq: int | None = None


class EndLine(_Line, frozen=True, tag="end"):
    """The last line: what stands before it, counted and digested."""

    lines: int
    sha256: str


_Lines = EventLine | NameLine | OperationLine | EndLine
_DECODER: msgspec.json.Decoder[_Lines] = msgspec.json.Decoder(_Lines)


# ---- out


def export_log(
    session: Session, workshop: Workshop, out: BinaryIO, made_at: int, program: str, *, names: bool
) -> Header:
    """Write the log of this workshop. Without ``names``: neither names nor organisations, nor the hashes by
    which one could be guessed. The session's transaction must see one state of everything."""
    end = head(session, workshop.id)
    header = Header(
        edp="log",
        format=FORMAT,
        program=program,
        rules=RULES,
        workshop=workshop.id,
        code=workshop.code,
        title=workshop.title,
        made_at=made_at,
        events=end.seq,
        digest=end.digest,
        names=names,
    )
    digest, lines = hashlib.sha256(), 0
    for line in (header, *_body(session, workshop.id, names)):
        encoded = msgspec.json.encode(line) + b"\n"
        digest.update(encoded)
        out.write(encoded)
        lines += 1
    out.write(msgspec.json.encode(EndLine(lines, digest.hexdigest())) + b"\n")
    return header


def _body(session: Session, workshop_id: str, names: bool) -> Iterator[_Line]:
    naming: set[tuple[str, str]] = set()
    columns = [column for column in Event.__table__.columns if column.name != "workshop_id"]
    query = sa.select(*columns).where(Event.workshop_id == workshop_id).order_by(Event.seq)
    for event in session.execute(query.execution_options(yield_per=READ_AT_ONCE)):
        if event.kind == "named":
            naming.add((event.actor, event.op_id))
        yield EventLine(
            seq=event.seq,
            at=event.at,
            kind=event.kind,
            version=event.version,
            actor=event.actor,
            op_id=event.op_id,
            content_digest=event.content_digest,
            digest=event.digest,
            payload=event.payload,
            salt=None if event.salt is None else event.salt.hex(),
        )
    if names:
        for person, given in sorted(names_of_workshop(session, workshop_id).items()):
            yield NameLine(person, given.name, given.organisation)
    asked = sa.select(*Operation.__table__.columns).where(Operation.workshop_id == workshop_id)
    asked = asked.order_by(Operation.actor, Operation.op_id)
    for row in session.execute(asked.execution_options(yield_per=READ_AT_ONCE)):
        # A hash of a refused or unanswered naming would be one of a name, too.
        told = names or (row.first_seq and (row.actor, row.op_id) not in naming)
        yield OperationLine(
            actor=row.actor,
            op_id=row.op_id,
            outcome=msgspec.Raw(msgspec.json.encode(row.outcome)),
            content_hash=row.content_hash if told else None,
            first_seq=row.first_seq,
            last_seq=row.last_seq,
        )


# ---- in


class Log(NamedTuple):
    """An exported log that was read to its end and found whole; ``state`` is what it folds to."""

    header: Header
    state: State
    erased: int
    events: list[NewEvent]
    names: list[NameLine]
    operations: list[NewOperation]


def read_log(file: BinaryIO) -> Log:
    """Read an exported log and check everything in it: each line's shape, the chain of digests, what the
    rules make of it, the operations, the sum at the end. Raises :class:`ExportError` with the first line that
    is wrong."""
    return _Reader().read(file)


class _Reader:
    def __init__(self) -> None:
        self.number = 0
        self.chain, self.state = Chain(), State()
        self.events: list[NewEvent] = []
        self.names: list[NameLine] = []
        self.operations: list[NewOperation] = []
        self.answers = Answers()
        self._named: set[str] = set()

    def read(self, file: BinaryIO) -> Log:
        digest = hashlib.sha256()
        first = self._next(file)
        header = self._header(first)
        digest.update(first)
        while True:
            raw = self._next(file)
            line = self._line(raw)
            if isinstance(line, EndLine):
                break
            digest.update(raw)
            self._take(header, line)
        if (line.lines, line.sha256) != (self.number - 1, digest.hexdigest()):
            self._no("the lines before it are not those that were exported")
        if file.read(1):
            self.number += 1
            self._no("something follows the end")
        self._whole(header)
        return Log(header, self.state, self.chain.erased, self.events, self.names, self.operations)

    def _no(self, why: str) -> NoReturn:
        why = re.sub(r"position \d+", r"\g<0> of the record", why)  # not of the file, as the line is
        raise AlteredError(f"Line {self.number} of the file: {why}.")

    def _not(self, problem: str | None) -> None:
        """Give up with a sentence, if there is one."""
        if problem:
            self._no(problem[:1].lower() + problem[1:].rstrip("."))

    def _next(self, file: BinaryIO) -> bytes:
        self.number += 1
        raw = file.readline(LONGEST_LINE)
        if self.number == 1 and not raw:
            raise AlteredError("The file is empty.")
        if not raw.endswith(b"\n") and (self.number > 1 or raw.startswith(b'{"edp"')):
            self._no("the file ends here, before its end" if len(raw) < LONGEST_LINE else "it is too long")
        return raw

    def _header(self, raw: bytes) -> Header:
        try:
            said = msgspec.json.decode(raw, type=dict[str, object])
        except (msgspec.DecodeError, UnicodeDecodeError):
            said = {}
        if said.get("edp") != "log":
            raise ExportError("It is no log of a workshop, exported by edp export.")
        versions = (said.get("format"), said.get("rules"))
        if any(isinstance(v, int) and v > known for v, known in zip(versions, (FORMAT, RULES), strict=True)):
            raise ExportError(f"It was made by a newer version of this program ({said.get('program')}).")
        try:
            return msgspec.convert(said, Header)
        except msgspec.ValidationError:
            self._no("it is not the header of an exported log")

    def _line(self, raw: bytes) -> _Lines:
        try:
            line: _Lines = _DECODER.decode(raw)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            self._no("it is not what an exported log holds")
        return line

    def _take(self, header: Header, line: EventLine | NameLine | OperationLine) -> None:
        match line:
            case EventLine():
                self._event(header, line)
            case NameLine():
                self._name(header, line)
            case OperationLine():
                self._operation(header, line)

    def _event(self, header: Header, line: EventLine) -> None:
        if problem := problem_of_kind(line.kind, line.version):
            self._no(problem)
        if self.names or self.operations:
            self._no("an event after what stands beside the log")
        try:
            salt = None if line.salt is None else bytes.fromhex(line.salt)
        except ValueError:
            self._no("the salt is not one")
        row = NewEvent(
            header.workshop,
            line.seq,
            line.at,
            line.kind,
            line.version,
            line.actor,
            line.op_id,
            line.payload,
            salt,
            line.content_digest,
            line.digest,
        )
        self._not(self.chain.follow(row))
        self._not(self.answers.event(line.seq, line.actor, line.op_id))
        try:
            evolve(self.state, recorded(StoredEvent(*row[1:8], row.digest)))
        except Exception as error:  # noqa: BLE001 -- whatever it is, the record does not fold
            self._no(f"the event at position {line.seq} cannot be read ({type(error).__name__})")
        self.events.append(row)

    def _name(self, header: Header, line: NameLine) -> None:
        if not header.names or not is_called(self.state, line.person):
            self._no("a name of nobody")
        if line.person in self._named:
            self._no("a second name of somebody")
        if not is_name(line.name, line.organisation):
            self._no("a name that cannot be shown")
        self._named.add(line.person)
        self.names.append(line)

    def _operation(self, header: Header, line: OperationLine) -> None:
        try:
            outcome = msgspec.json.decode(line.outcome)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            self._no("the answer is not one")
        answer = Answer(line.actor, line.op_id, outcome, line.content_hash, line.first_seq, line.last_seq)
        self._not(self.answers.answer(answer))
        form = msgspec.json.encode(outcome).decode()
        key, positions = (line.actor, line.op_id), (line.first_seq, line.last_seq)
        self.operations.append(NewOperation(header.workshop, *key, line.content_hash, form, *positions))

    def _whole(self, header: Header) -> None:
        if (header.events, header.digest) != (self.chain.seq, self.chain.digest):
            self._no(f"the log should end at position {header.events} with another digest")
        if not self.events:
            self._no("there is no event")
        self._not(self.answers.whole())
        if (header.code, header.title) != (self.state.code, self.state.definition.title):
            self._no("code and title in the first line are others than those in the log")
        if not is_shown(self.state):
            self._no("no page can be made of the workshop that the log tells of")


class Brought(NamedTuple):
    """A workshop that was brought in. ``code`` differs from the header's where that was taken."""

    workshop_id: str
    code: str


def import_log(session: Session, log: Log, owner_id: str | None, now: int) -> Brought:
    """Store a log that was read as the workshop that it is, with a new epoch, run by ``owner_id``.

    Where its code is taken it is given another, as one event more. Raises :class:`ExportError` if the
    workshop is here already. Needs a transaction that writes. ``now``: ms since 1970, UTC.
    """
    workshop_id = log.header.workshop
    if session.get(Workshop, workshop_id) is not None or head(session, workshop_id).seq:
        raise ExportError(f"The workshop “{log.header.title}” is in this installation already.")
    events = list(log.events)
    code = log.state.code
    if session.scalars(sa.select(Workshop.id).where(Workshop.code == code)).first() is not None:
        code = _free_code(session)
        events.append(
            sealed(
                workshop_id,
                CodeGiven(code=code),
                previous=log.state.digest,
                seq=log.state.seq + 1,
                at=max(now, log.state.at),
                actor=MADE_BY,
                op_id=f"import-{random_id(16)}",
            )
        )
    append_events(session, events)
    record_operations(session, log.operations)
    for given in log.names:
        set_name(session, workshop_id, given.person, given.name, given.organisation)
    session.flush()
    rebuild_missing(session)
    session.execute(sa.update(Workshop).where(Workshop.id == workshop_id).values(owner_id=owner_id))
    return Brought(workshop_id, code)
