"""The bounds of what may stand in a log, wherever it was read from: those that commands are held to before
they become events. A record that somebody altered, all digests computed again, is within them or refused.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, get_args

import msgspec

from edp_app.core import canonical
from edp_app.core.bringing import SOURCE_LENGTH
from edp_app.core.curation import TRANSLATION_LENGTH
from edp_app.core.definition import (
    LANGUAGES,
    MOST_STAGES,
    RULES,
    Definition,
    Door,
    Privacy,
    ShowSettings,
    Stage,
)
from edp_app.core.describing import LENGTH, is_date
from edp_app.core.events import AnyEvent, Event, WorkshopCreated
from edp_app.core.formats import could_be_read
from edp_app.core.formats.adding import stage_could_be_read
from edp_app.core.parts import Group, Territory
from edp_app.core.people import NAME_LENGTH
from edp_app.core.refusals import Refusal
from edp_app.core.state import State
from edp_app.core.text import clean, clean_lines
from edp_app.core.views import AUDIENCES, self_view, view
from edp_app.core.voting.ballots import REASON_LENGTH

EARLIEST, LATEST = 0, 4_102_444_800_000
"""The years 1970 to 2099 in ms since 1970, UTC: browsers and reports can tell these times. A machine whose
clock was never set begins in 1970, and what was recorded there is a record, too."""

MOST_EVENTS = 2**53
"""JavaScript counts that far."""

TITLE_LENGTH, FIELD_LENGTH, ANSWER_LENGTH = 500, 2000, 1000
"""Of an item's title, its fields and an open answer, in characters: the most that a definition may allow."""

HASH = re.compile(r"[0-9a-f]{64}")
OP_ID = re.compile(r"[!-~]{1,120}")
ACTOR = re.compile(r"system|[fpv]:[A-Za-z0-9_-]{1,62}")
_SALT_BYTES = 16

Check = Callable[[Any], bool]


def like(pattern: str) -> Check:
    """Whether a text has this form, from its beginning to its end."""
    compiled = re.compile(pattern, re.ASCII)
    return lambda text: compiled.fullmatch(text) is not None


def within(least: int, most: int) -> Check:
    return lambda number: least <= number <= most


def line_of(limit: int) -> Check:
    """Whether it is one line of at most so many characters, all of which can be shown."""
    return lambda text: len(text) <= limit and not isinstance(clean(text, limit, required=False), Refusal)


def lines_of(limit: int) -> Check:
    return lambda text: len(text) <= limit and not isinstance(clean_lines(text, limit), Refusal)


def each(check: Check, most: int) -> Check:
    return lambda values: len(values) <= most and all(map(check, values))


def or_none(check: Check) -> Check:
    return lambda value: value is None or check(value)


def _fields(fields: Mapping[str, str]) -> bool:
    return len(fields) <= 20 and all(_slug(key) and _field(text) for key, text in fields.items())


def _translations(lines: Mapping[str, str]) -> bool:
    return all(language in LANGUAGES and _beside(line) for language, line in lines.items())


def _value(value: int | str | None) -> bool:
    return _answer(value) if isinstance(value, str) else value is None or 0 <= value <= 100


def _expected(of: tuple[str, int]) -> bool:
    return _slug(of[0]) and 0 <= of[1] <= 100_000


def _scored(of: str, score: int) -> bool:
    return (_slug(of) or _item(of)) and 0 <= score <= 1000


def _definition(definition: Definition) -> bool:
    """Whether it could have been read from a format file, which checks all of it."""
    return could_be_read(definition)


_ANY_GROUPS = [Group("a", {"en": "a"}), Group("b", {"en": "b"})]
_ANY_STAGES = [Stage("a", {"en": "a"}, 1, ShowSettings())]


def _stages(stages: list[Stage]) -> bool:
    asked = sorted({group for stage in stages for group in stage.prompt_for})
    groups = [Group(one, {"en": one}) for one in asked] if len(asked) > 1 else _ANY_GROUPS
    if len(asked) == 1:
        groups = [Group(asked[0], {"en": "a"}), *(one for one in _ANY_GROUPS if one.id != asked[0])]
    return could_be_read(Definition("a", groups, stages))


def _groups(groups: list[Group]) -> bool:
    return could_be_read(Definition("a", groups, _ANY_STAGES))


def _territories(sides: list[Territory]) -> bool:
    return could_be_read(Definition("a", _ANY_GROUPS, _ANY_STAGES, territories=sides))


def _any(_: bool) -> bool:
    return True


CODE = like(r"[0-9]{6}")
_slug, _field, _answer = like(r"[a-z][a-z0-9_]{0,31}"), lines_of(FIELD_LENGTH), lines_of(ANSWER_LENGTH)
_person = like(r"[pv]:[A-Za-z0-9_-]{1,62}|p:[A-Za-z0-9_-]{1,52}\.[a-z0-9]{1,8}")
_phone, _seat = like(r"[pv]:[A-Za-z0-9_-]{1,62}"), like(r"p:[A-Za-z0-9_-]{1,52}\.[a-z0-9]{1,8}")
_clock = like(r"(([01][0-9]|2[0-3]):[0-5][0-9])?")
_item = like(r"i[1-9][0-9]{0,15}")
_beside = line_of(TRANSLATION_LENGTH)
_reason, _badge = lines_of(REASON_LENGTH), like(r"b:[1-9][0-9]{0,15}")
_run = like(r"[a-z][a-z0-9_]{0,31}\.[1-9][0-9]{0,5}")

CHECKS: dict[str, Check] = {
    "about": _any,
    "after": lambda stage: stage == "" or _slug(stage),
    "again_after": or_none(_run),
    "apart": _any,
    "approved": _any,
    "author": _phone,
    "badge": _badge,
    "choice": lambda choice: choice == "" or _slug(choice),
    "close": _any,
    "closes": or_none(_run),
    "code": CODE,
    "column": _slug,
    "convener": line_of(LENGTH),
    "date": is_date,
    "definition": _definition,
    "digest": like(r"[0-9a-f]{64}"),
    "door": lambda way: way in ("", *get_args(Door)),
    "dots": within(0, 1000),
    "ends": or_none(_clock),
    "ends_at": or_none(within(EARLIEST, LATEST)),
    "erased": within(0, 1000),
    "expected": lambda expected: len(expected) <= 12 and all(map(_expected, expected.items())),
    "field": _slug,
    "fields": _fields,
    "funder": _any,
    "given": _any,
    "group": _slug,
    "groups": _groups,
    "heads": or_none(within(0, 100_000)),
    "held": _any,
    "into": _item,
    "item": _item,
    "items": each(_item, 50),
    "language": lambda language: language in LANGUAGES,
    "left": or_none(within(0, LATEST - EARLIEST)),
    "links": each(_item, 5000),
    "on": _any,
    "minutes": within(1, 600),
    "mark": like(r"[A-Za-z0-9_-]{8,40}"),
    "named": _any,
    "open": _any,
    "order": each(_item, 1000),
    "owner": like(r"[A-Za-z0-9_:-]{1,64}"),
    "person": _person,
    "phone": _phone,
    "privacy": lambda mode: mode in ("", *get_args(Privacy)),
    "question": _slug,
    "reason": lambda reason: reason == "" or _reason(reason),
    "renames": _any,
    "revision": within(0, 1_000_001),
    "rules": within(1, RULES),
    "run": _run,
    "scores": lambda scores: len(scores) <= 1000 and all(_scored(*score) for score in scores.items()),
    "sdgs": each(within(1, 17), 17),
    "signed": _any,
    "skipped": _any,
    "source": line_of(SOURCE_LENGTH),
    "stage": _slug,
    "stages": _stages,
    "starts": or_none(_clock),
    "starts_at": or_none(within(EARLIEST, LATEST)),
    "territories": _territories,
    "territory": or_none(_slug),
    "text": line_of(TRANSLATION_LENGTH),
    "title": line_of(TITLE_LENGTH),
    "translations": _translations,
    "value": _value,
    "voter": _person,
    "waiting": _any,
    "weighs": each(_slug, MOST_STAGES),
}
"""The bounds of the fields of events, by their names."""

OWN_CHECKS: dict[tuple[str, str], Check] = {
    ("people_expected", "territories"): lambda told: len(told) <= 6 and all(map(_expected, told.items())),
    ("room_reminded", "group"): or_none(_slug),
    ("stage_added", "stage"): stage_could_be_read,
    ("workshop_described", "language"): lambda language: language in ("", *LANGUAGES),
    ("workshop_described", "title"): line_of(LENGTH),
    ("workshop_described", "territory"): line_of(LENGTH),
    ("badge_remade", "person"): lambda person: person == "" or _person(person),
    ("joined", "badge"): lambda badge: badge == "" or _badge(badge),
    ("paper_voter_added", "run"): lambda run: run == "" or _run(run),
    ("seat_taken", "person"): _seat,
    ("joined", "person"): _phone,
    ("paper_voter_added", "person"): _phone,
    ("card_filled", "value"): _field,
    ("card_text_settled", "text"): like(r"t[1-9][0-9]{0,15}"),
    ("card_text_held", "text"): like(r"t[1-9][0-9]{0,15}"),
    ("ballot_cast", "item"): lambda item: item == "" or _item(item),
    ("workshop_created", "rehearsal_of"): lambda workshop: workshop == "",  # rehearsals are not kept
}
"""Of those which mean something else in one kind of event."""

KINDS: dict[str, type[Event]] = {str(kind.__struct_config__.tag): kind for kind in AnyEvent.__args__}  # type: ignore[attr-defined]


class Row(Protocol):
    """A row of the log, wherever it was read from."""

    @property
    def seq(self) -> int: ...
    @property
    def at(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def actor(self) -> str: ...
    @property
    def op_id(self) -> str: ...
    @property
    def payload(self) -> str | None: ...
    @property
    def salt(self) -> bytes | None: ...
    @property
    def content_digest(self) -> str: ...
    @property
    def digest(self) -> str: ...


def problem_of_row(row: Row) -> str | None:
    """What of a row of the log is out of bounds, in words that go on a sentence; None if nothing is."""
    if problem := problem_of_kind(row.kind, row.version):
        return problem
    for name, good in (
        ("position", 1 <= row.seq <= MOST_EVENTS),
        ("time (years 1970 to 2099)", EARLIEST <= row.at < LATEST),
        ("actor", ACTOR.fullmatch(row.actor)),
        ("operation id", OP_ID.fullmatch(row.op_id)),
        ("salt", row.salt is None or (len(row.salt) == _SALT_BYTES and row.payload is not None)),
        ("digest", HASH.fullmatch(row.content_digest) and HASH.fullmatch(row.digest)),
    ):
        if not good:
            return f"the {name} is out of bounds"
    return None if row.payload is None else _problem_of_payload(row, row.payload)


def problem_of_kind(kind: str, version: int) -> str | None:
    """Whether this program knows this version of this kind of event, in the same words."""
    known = KINDS.get(kind)
    if known is not None and 1 <= version <= known.version:
        return None
    return f"an event “{kind[:40]}” of version {version}, which this program does not know"


def _problem_of_payload(row: Row, payload: str) -> str | None:
    try:
        event = canonical.decode(row.kind, row.version, payload.encode())
    except Exception as error:  # noqa: BLE001 -- an upcaster may raise anything
        return f"it cannot be read ({type(error).__name__})"
    if canonical.kind_of(event) != row.kind:
        return "it is of another kind"
    if (row.seq == 1) != isinstance(event, WorkshopCreated):
        return "a record begins with the creation of the workshop, and has one"
    if name := out_of_bounds(event):
        return f"the field “{name}” is out of bounds"
    if row.version == KINDS[row.kind].version and _more_in(payload, event):
        return "it holds more than such an event"
    return None


def out_of_bounds(event: Event) -> str | None:
    """The name of the first field of an event that is out of bounds, or None."""
    kind = canonical.kind_of(event)
    for name in event.__struct_fields__:
        check = OWN_CHECKS.get((kind, name)) or CHECKS[name]
        if not check(getattr(event, name)):
            return name
    return None


def _more_in(payload: str, event: Event) -> bool:
    return bool(msgspec.json.decode(payload) != msgspec.json.decode(canonical.encode(event)))


def is_name(name: str, organisation: str) -> bool:
    """Whether these may stand beside a log as what a participant gave."""
    fits = line_of(NAME_LENGTH)
    return bool(name or organisation) and fits(name) and fits(organisation)


def is_called(state: State, who: str) -> bool:
    """Whether a name may stand beside the log for somebody, or some badge, with this id."""
    return state.somebody(who) is not None or who in state.gone or who in state.badges


def is_shown(state: State) -> bool:
    """Whether everybody's page can be made of a workshop that was folded."""
    try:
        for audience in AUDIENCES:
            msgspec.json.encode(view(state, audience))
        for person in state.persons:
            msgspec.json.encode(self_view(state, person))
    except Exception:  # noqa: BLE001 -- whatever it is, a page cannot be made
        return False
    return True


def is_answer(outcome: Any) -> bool:
    """Whether this is what is stored of an answer: accepted, or refused with a reason that is known."""
    match outcome:
        case {"ok": True, **rest}:
            return not rest
        case {"ok": False, "refusal": dict(refusal), **rest}:
            return not rest and _is_refusal(refusal)
    return False


def _is_refusal(raw: dict[str, Any]) -> bool:
    try:
        refusal = msgspec.convert(raw, Refusal)
    except msgspec.ValidationError:
        return False
    return raw.keys() <= {"code", "params"} and _params(refusal.params.items())


def _params(params: Iterable[tuple[str, str | int]]) -> bool:
    return all(
        len(key) <= 40 and (len(value) <= 20_000 if isinstance(value, str) else abs(value) <= MOST_EVENTS)
        for key, value in params
    )
