"""Writes docs/protocol.md from the types: ``python -m edp_app.live.describe > docs/protocol.md``.

Every example is a value of the types it stands under, encoded as it would be sent; the views come from a
small workshop that is run here by the real rules.
"""

import inspect
import json
import re
import sys
from types import ModuleType
from typing import Any, get_args

import msgspec
from msgspec import inspect as shapes

from edp_app.core import commands as c
from edp_app.core import patch, refusals, views
from edp_app.core.canonical import FIRST
from edp_app.core.definition import Definition, GatherSettings, ShowSettings, Stage, VoteSettings
from edp_app.core.events import Recorded
from edp_app.core.parts import Column, Group
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.state import State
from edp_app.core.workshop import creation, decide, evolve
from edp_app.live import limits
from edp_app.live import protocol as p
from edp_app.live.transport import to_json

START = 1_770_000_000_000
SECRET = "a-secret-that-this-phone-made-for-itself-01"  # noqa: S105 -- an example
ANA = p.person_id("example", SECRET)

COMMANDS: tuple[c.Command, ...] = (
    c.Join(),
    c.Describe(group="research", territory="north"),
    c.NameMyself(name="Ana", organisation="Centro Tecnológico"),
    c.AddItem(run="swot.1", column="strengths", title="Two universities within an hour"),
    c.ChangeItem(run="swot.1", item="i4", revision=1, title="Three universities within an hour"),
    c.WithdrawItem(run="swot.1", item="i4"),
    c.CastBallot(run="priorities.1", item="i4", dots=2, revision=1),
    c.Answer(run="closing.1", question="useful", value=4),
    c.FillCard(run="cards.1", item="i4", field="owner", value="Cámara de Productores", revision=1),
    c.TakeSeat(seat="k3v9x2", group="academia"),
    c.OpenStage(stage="swot"),
    c.PauseStage(run="swot.1"),
    c.ResumeStage(run="swot.1"),
    c.CloseStage(run="swot.1"),
    c.RevealResult(run="priorities.1"),
    c.StepBack(run="priorities.1", stood="closed"),
    c.SetTimer(run="swot.1", seconds=600, close=True),
    c.ExtendTimer(run="swot.1", seconds=120),
    c.HoldTimer(run="swot.1", held=True),
    c.HideItem(item="i4"),
    c.ShowItem(item="i4"),
    c.MergeItems(into="i4", items=["i7", "i9"], title="Universities close by"),
    c.UnmergeItem(item="i7"),
    c.BringItems(
        stage="swot",
        items=[c.Brought("Half of the young leave", "threats", "Census of 2022"), c.Brought("Sun")],
    ),
    c.TakeBackItems(items=["i4", "i7"]),
    c.SetModeration(on=False, approve=True),
    c.ApproveItem(item="i4"),
    c.ApproveItems(items=["i4", "i7"]),
    c.HoldItems(items=["i4"]),
    c.ApproveTexts(texts=["t31", "t33"]),
    c.RefuseText(text="t32"),
    c.HoldTexts(texts=["t31"]),
    c.TellApart(items=["i4", "i9"]),
    c.TranslateItem(item="i4", language="es", text="Dos universidades a menos de una hora"),
    c.EnterPaperBallot(run="priorities.1", voter="12", group="society", dots={"i4": 3}),
    c.CorrectGroup(person=ANA, group="business"),
    c.SetDoor(open=False),
    c.Admit(person=ANA),
    c.AdmitAll(upto=17),
    c.TurnAway(person=ANA),
    c.PutBack(person=ANA),
    c.CountHeads(heads=42),
    c.MakeBadges(badges=[c.NewBadge(mark="T3mW0aN8qYvC", digest="5f" * 32, group="society", name="Ana")]),
    c.RemakeBadge(badge="b:12", mark="kX4pB7sL1dZe", digest="a0" * 32),
    c.VoidBadges(badges=["b:13", "b:14"]),
    c.DescribeWorkshop(title="Blue economy of the north", date="2026-03-14"),
    c.EditWorkshop(edition=0, stages=[Stage("talk", {"en": "A talk"}, 15, ShowSettings())]),
    c.ExpectPeople(expected={"government": 4, "business": 12}, territories={"north": 9}),
    c.PlanStage(stage="swot", minutes=15),
    c.MoveStage(stage="read_back", after="score"),
    c.AddStage(preset="swot", after="who", minutes=10, prompt={"en": "What do we see?"}, links_to="evidence"),
    c.RemoveStage(stage="second_round"),
    c.PlanEnd(ends_at=START + 12_600_000, starts_at=START + 1_800_000),
    c.RemindRoom(group="society"),
    c.EndWorkshop(),
    c.ReopenWorkshop(),
)
"""One example of every command."""


def document() -> str:
    """The whole text of docs/protocol.md."""
    head = {"version": p.VERSION, "size": p.MAX_MESSAGE, "ping": p.PING_INTERVAL, "pong": p.PING_TIMEOUT}
    messages, rate = limits.MESSAGES
    parts = [_HEAD.format(**head, messages=messages, rate=f"{rate:g}")]
    examples = _examples()
    parts.append("## From the page\n")
    for name, message in p.FROM_PAGE.items():
        parts.append(_message(f"`{name}`", message, examples))
        for answer in p.ANSWERS[name]:
            parts.append(_message(f"Answer to `{name}`: {answer.__name__}", answer, examples))
    parts.append("## From the server\n")
    for name, message in p.FROM_SERVER.items():
        parts.append(_message(f"`{name}`", message, examples))
    parts.append(_section("`self`", _SELF, [examples[p.SELF]]))
    parts.append("## Commands\n\n" + _COMMANDS)
    for command in COMMANDS:
        parts.append(_command(command))
    parts.append("## Refusals\n\n" + _codes(refusals, "Code"))
    parts.append("## Why a connection is refused\n\n" + _codes(p, "ConnectCode"))
    parts.append("## Why a connection is ended for good\n\n" + _codes(p, "ByeCode"))
    return "\n".join(parts)


def _message(title: str, message: type[p.Message], examples: dict[object, Any]) -> str:
    return _section(title, _words(message), [examples[message]], _fields(message))


def _command(command: c.Command) -> str:
    kind = type(command)
    tag = str(kind.__struct_config__.tag)
    who = " or ".join(sorted(kind.roles))
    return _section(f"`{tag}`", f"{_words(kind)}\n\nWho may ask: {who}.", [command], _fields(kind))


def _section(title: str, words: str, examples: list[Any], table: str = "") -> str:
    blocks = [f"```json\n{_pretty(example)}\n```\n" for example in examples]
    return "\n".join(part for part in (f"### {title}\n", words + "\n", table, *blocks) if part)


def _words(kind: type) -> str:
    """A type's docstring as Markdown."""
    text = inspect.cleandoc(kind.__doc__ or "")
    text = re.sub(r":\w+:`~?([^`]+)`", r"`\1`", text)
    return text.replace("``", "`")


def _pretty(value: Any) -> str:
    plain = json.loads(to_json(value))
    text = json.dumps(plain, ensure_ascii=False)
    return text if len(text) <= 110 else json.dumps(plain, ensure_ascii=False, indent=1)


def _fields(kind: type) -> str:
    fields = msgspec.structs.fields(kind)
    if not fields:
        return ""
    rows = ["| field | what | |", "| --- | --- | --- |"]
    for field in fields:
        needed = "always" if field.required else _default(kind, field)
        rows.append(f"| `{field.encode_name}` | {_shape(shapes.type_info(field.type))} | {needed} |")
    return "\n".join(rows) + "\n"


def _default(kind: type, field: msgspec.structs.FieldInfo) -> str:
    default = field.default_factory() if field.default is msgspec.NODEFAULT else field.default
    if default is None or default is msgspec.UNSET:
        return "may be left out"
    return f"`{to_json(default)}`" + (" if left out" if kind.__struct_config__.omit_defaults else "")


def _shape(shape: shapes.Type) -> str:
    """A type with its bounds, in words."""
    match shape:
        case shapes.UnionType():
            known = [inner for inner in shape.types if not isinstance(inner, shapes.NoneType)]
            if all(isinstance(inner, shapes.StructType) for inner in known):
                return "one of the commands below"
            null = ["null"] if shape.includes_none and len(known) > 1 else []
            return ", or ".join([*map(_shape, known), *null])
        case shapes.LiteralType():
            return "one of " + ", ".join(f"`{to_json(value)}`" for value in sorted(shape.values, key=str))
        case shapes.StrType():
            if shape.pattern:
                return "text, `" + shape.pattern.replace(r"\Z", "$").replace("|", r"\|") + "`"
            return _bounded("text", shape.min_length, shape.max_length, " characters")
        case shapes.IntType():
            return _bounded("whole number", shape.ge, shape.le, "")
        case shapes.BoolType():
            return "true or false"
        case shapes.DictType():
            inner = "" if isinstance(shape.value_type, shapes.AnyType) else f" of {_shape(shape.value_type)}"
            return f"object{inner}"
        case shapes.ListType():
            limits = _bounded("list", shape.min_length, shape.max_length, " entries")
            return f"{limits} of {_shape(shape.item_type)}"
        case shapes.StructType():
            return f"object: {shape.cls.__name__}"
    raise TypeError(f"no words for {shape!r}")


def _bounded(word: str, low: Any, high: Any, unit: str) -> str:
    if high is not None:
        return f"{word}, {low or 0} to {high}{unit}"
    return f"{word}, {low}{unit} or more" if low else word


def _codes(module: ModuleType, name: str) -> str:
    """The codes of a closed list with the comments that stand beside them in the source."""
    source = inspect.getsource(module)
    body = re.search(rf"^{name} = Literal\[\n(.*?)^\]", source, re.DOTALL | re.MULTILINE)
    if body is None:
        raise LookupError(f"{module.__name__} has no list {name}")
    rows = re.findall(r'^    "(\w+)",(?:  # (.*))?$', body[1], re.MULTILINE)
    if [code for code, _ in rows] != list(get_args(getattr(module, name))):
        raise LookupError(f"the list {name} cannot be read")
    return "\n".join(f"- `{code}`{f': {why}' if why else ''}" for code, why in rows) + "\n"


def _examples() -> dict[object, Any]:
    """One example of every message; the views by running a small workshop."""
    state = _workshop()
    _do(state, c.OpenStage(stage="strengths"), "f:example")
    _do(state, c.Join(), ANA)
    _do(state, c.Describe(group="research"), ANA)
    base, seq = views.view(state, "phone"), state.seq
    _do(state, c.AddItem(run="strengths.1", column="strengths", title="Two universities within an hour"), ANA)
    own = views.self_view(state, ANA)
    change = p.Change(seq, state.seq, patch.diff(base, views.view(state, "phone")))
    return {
        p.Connect: p.Connect(v=p.VERSION, role="phone", code="314159", secret=SECRET),
        p.ConnectRefused: p.ConnectRefused("unknown_workshop"),
        p.ViewRequest: p.ViewRequest(),
        p.ViewAnswer: p.ViewAnswer(seq=seq, epoch="k3v9", now=START + 60_000, view=base, self_view=own),
        p.FitRequest: p.FitRequest(),
        p.FitAnswer: p.FitAnswer(
            now=START, go=95, there=77, changes=[p.Proposed("talk", 7, 8, "talk")], over=0
        ),
        p.LibraryRequest: p.LibraryRequest(after="swot"),
        p.LibraryAnswer: p.LibraryAnswer(
            [
                p.Offered(
                    preset="shortlist",
                    kind="vote",
                    title={"en": "Shortlist"},
                    minutes=10,
                    refers={"of": ["swot"]},
                    needs=["of"],
                    takes={"of": "swot"},
                    step="priorities",
                    prompt={"en": "Spend your dots."},
                    apart=[],
                    example=False,
                    vote={
                        "method": {"type": "dots", "dots": 5, "per": "stage", "cap": 2},
                        "rule": "balanced",
                        "passes": 5,
                    },
                    weighs=[],
                )
            ]
        ),
        p.Op: p.Op("Zm9vYmFyYmF6", COMMANDS[3]),  # type: ignore[arg-type]
        p.Accepted: p.Accepted(first=state.seq, last=state.seq, self_view=own),
        p.Refused: p.Refused(refuse("too_many_items", limit=20)),
        p.Similar: p.Similar(run="swot.1", column="strengths", text="Universities close by"),
        p.SimilarItems: p.SimilarItems(["i4"]),
        p.Alike: p.Alike(stage="swot"),
        p.AlikeItems: p.AlikeItems([["i4", "i7"]]),
        p.Change: change,
        p.Presence: p.Presence(phones=38, screens=1, consoles=2),
        p.Report: p.Report(job="r7", state="layout", page=4, pages=17),
        p.Bye: p.Bye("not_allowed"),
        p.SELF: own,
    }


def _workshop() -> State:
    gather = GatherSettings(columns=[Column(id="strengths", name={"en": "Strengths"})])
    definition = Definition(
        title="Blue economy",
        language="en",
        groups=[
            Group(id="research", name={"en": "Research"}),
            Group(id="business", name={"en": "Business"}),
        ],
        stages=[
            Stage(id="strengths", title={"en": "What we are good at"}, minutes=20, settings=gather),
            Stage(id="vote", title={"en": "Vote"}, minutes=10, settings=VoteSettings(of="strengths")),
        ],
    )
    state = State()
    _fold(state, [creation(definition, "314159", "example")], "system")
    return state


def _do(state: State, command: c.Command, actor: str) -> None:
    role: c.Role = "participant" if actor.startswith("p:") else "facilitator"
    done = decide(state, command, c.Context(actor, role, START))
    if isinstance(done, Refusal):
        raise AssertionError(f"the example {command} is refused: {done.code}")
    _fold(state, done, actor)


def _fold(state: State, events: list[Any], actor: str) -> None:
    for event in events:
        evolve(state, Recorded(state.seq + 1, START, actor, event, FIRST))


_HEAD = """# The live protocol

<!-- Written by `python -m edp_app.live.describe > docs/protocol.md`; a test compares. Not to be edited. -->

Version {version}. Socket.IO, default namespace, WebSocket first, long polling as the fallback. A message of
a page may have {size} bytes; a longer one ends the connection (WebSocket close code 1009). Binary messages
and compression are not accepted. A page may send {messages} messages at once and {rate} a second after that;
one that sends more is cut off (1008). The server pings every {ping} s and gives the page {pong} s for its
answer.

Fields that are not listed are refused. Fields at their default are left out. Events that are not listed are
ignored, without an answer.

**Positions.** Every view has a position: a place in the log of the workshop. A `change` leads from the
position `from` to the position `to`. A page applies it only if it stands at `from`; otherwise it asks for
the `view`. All pages of one audience stand at the same position, since `view` is answered with what was
last sent to that audience, so a page sees a gap only after something was lost. Changes that arrive between
asking for the view and its answer are in the answer or arrive again after it: leave them out. What an
audience cannot see moves no position; an answer's `first` and `last` may therefore lie ahead of it.

**Answers.** A command is answered after it is stored, not before. No answer means that nobody knows: send
the same operation again, as often as needed. After `too_fast` and `try_again` send the same operation again
a little later, after `stage_paused` when the stage goes on: it was not kept. `not_joined`, `door_closed` and
`workshop_full` are not kept either: nothing was promised to somebody who is not in the workshop, and the same
operation is looked at anew. Every other refusal is final for that `op_id`. One page's operations are carried
out in the order in which they arrive.

**Who asks** is known from the connection: a phone by the secret in `connect`, a console by its session
cookie: an account's, or that of somebody who helps without one, in the role `assistant`. A screen may ask for
nothing but the view. Rights are looked at when the view is asked for and again at every command.
"""

_SELF = """What is one's own, after something changed it that was no command of this page: a facilitator
merged or hid an item, corrected a group, opened a stage; or a second page of the same person
did something. To phones."""

_COMMANDS = """What an `op` may ask for. `type` is the name below.
"""


if __name__ == "__main__":
    sys.stdout.write(document())
