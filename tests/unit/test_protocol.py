"""The protocol: what is understood, what is not, and that its description is true."""

import json
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from edp_app.core.commands import AnyCommand, CastBallot, Join
from edp_app.core.refusals import refuse
from edp_app.live import describe
from edp_app.live import protocol as p
from edp_app.live.transport import to_json

DOCUMENT = Path(__file__).parents[2] / "docs" / "protocol.md"
SECRET = "s" * 43


def test_the_document_says_what_the_code_does():
    made = describe.document()
    assert DOCUMENT.read_text() == made, (
        "docs/protocol.md is out of date: python -m edp_app.live.describe > docs/protocol.md"
    )


def test_every_command_has_an_example_that_the_protocol_takes():
    assert [type(command) for command in describe.COMMANDS] == list(get_args(AnyCommand))
    for command in describe.COMMANDS:
        sent = json.loads(to_json(p.Op("abcdefgh", command)))
        assert p.read(p.Op, sent).command == command


def test_every_message_is_described_with_an_example_of_its_own_type():
    examples = describe._examples()
    kinds = {
        *p.FROM_PAGE.values(),
        *p.FROM_SERVER.values(),
        *(a for answers in p.ANSWERS.values() for a in answers),
    }
    assert set(examples) == kinds | {p.SELF}
    for kind, example in examples.items():
        if kind != p.SELF:
            assert p.read(kind, json.loads(to_json(example))) == example


def test_every_message_from_a_page_refuses_fields_it_does_not_know():
    examples = describe._examples()
    for kind in p.FROM_PAGE.values():
        with pytest.raises(msgspec.ValidationError, match="unknown field"):
            p.read(kind, json.loads(to_json(examples[kind])) | {"more": 1})
    for command in describe.COMMANDS:
        with pytest.raises(msgspec.ValidationError, match="unknown field"):
            p.read(p.Op, {"op_id": "abcdefgh", "command": json.loads(to_json(command)) | {"actor": "f:1"}})


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        "op",
        {},
        {"op_id": "abcdefgh"},
        {"op_id": "short", "command": {"type": "join"}},
        {"op_id": "a" * 65, "command": {"type": "join"}},
        {"op_id": "abcdefgh\n", "command": {"type": "join"}},
        {"op_id": "abc/efgh", "command": {"type": "join"}},
        {"op_id": 12345678, "command": {"type": "join"}},
        {"op_id": "abcdefgh", "command": {}},
        {"op_id": "abcdefgh", "command": {"type": "fly"}},
        {"op_id": "abcdefgh", "command": [{"type": "join"}]},
        {"op_id": "abcdefgh", "command": {"type": "cast_ballot", "run": "r", "item": "i", "dots": "1"}},
        {"op_id": "abcdefgh", "command": {"type": "cast_ballot", "run": "r", "item": "i", "dots": True}},
        {"op_id": "abcdefgh", "command": {"type": "cast_ballot", "run": "r", "item": "i", "dots": 1.5}},
        {"op_id": "abcdefgh", "command": {"type": "cast_ballot", "run": "r", "item": "i", "dots": -1}},
        {"op_id": "abcdefgh", "command": {"type": "cast_ballot", "run": "r", "item": "i", "dots": 10**30}},
        {"op_id": "abcdefgh", "command": {"type": "cast_ballot", "run": "", "item": "i", "dots": 1}},
        {"op_id": "abcdefgh", "command": {"type": "cast_ballot", "run": "r", "item": "i" * 65, "dots": 1}},
        {
            "op_id": "abcdefgh",
            "command": {"type": "add_item", "run": "r", "column": "c", "title": "x" * 5001},
        },
        {"op_id": "abcdefgh", "command": {"type": "add_item", "run": "r", "column": "c", "title": None}},
        {
            "op_id": "abcdefgh",
            "command": {"type": "enter_paper_ballot", "run": "r", "voter": "12\n", "group": "g", "dots": {}},
        },
        {"op_id": "abcdefgh", "command": {"type": "merge_items", "into": "i", "items": ["i"] * 51}},
    ],
)
def test_what_has_not_the_shape_of_an_operation_is_none(raw):
    with pytest.raises(msgspec.ValidationError):
        p.read(p.Op, raw)


def test_an_operation_is_read():
    raw = {"op_id": "abcdefgh", "command": {"type": "cast_ballot", "run": "r.1", "item": "i4", "dots": 2}}
    assert p.read(p.Op, raw) == p.Op("abcdefgh", CastBallot(run="r.1", item="i4", dots=2))
    assert p.read(p.Op, {"op_id": "abcdefgh", "command": {"type": "join"}}).command == Join()


@pytest.mark.parametrize(
    "code",
    ["31415", "3141590", "31415a", "31 415", "314159\n", "\u0663\u0661\u0664\u0661\u0665\u0669", 314159],
)
def test_a_code_is_six_plain_digits(code):
    with pytest.raises(msgspec.ValidationError):
        p.read(p.Connect, {"v": 1, "role": "screen", "code": code})


@pytest.mark.parametrize("secret", ["", "s" * 15, "s" * 65, "s" * 42 + "/", "s" * 42 + "é", None])
def test_a_secret_is_long_and_plain(secret):
    raw = {"v": 1, "role": "phone", "code": "314159", "secret": secret}
    if secret is None:
        assert p.read(p.Connect, raw).secret is None
    else:
        with pytest.raises(msgspec.ValidationError):
            p.read(p.Connect, raw)


def test_answers_say_ok_or_not_and_leave_out_what_is_not_there():
    assert json.loads(to_json(p.Accepted(first=3, last=4))) == {"ok": True, "first": 3, "last": 4}
    refused = p.Refused(refuse("too_fast"), self_view={"joined": False})
    assert json.loads(to_json(refused)) == {
        "ok": False,
        "refusal": {"code": "too_fast"},
        "self": {"joined": False},
    }


def test_a_change_is_sent_under_the_names_of_the_document():
    assert json.loads(to_json(p.Change(4, 7, {"a": None}))) == {"from": 4, "to": 7, "patch": {"a": None}}


def test_a_phone_is_somebody_else_in_every_workshop_and_its_secret_does_not_show():
    one, again, other = p.person_id("w1", SECRET), p.person_id("w1", SECRET), p.person_id("w2", SECRET)
    assert one == again != other
    assert one.startswith("p:")
    assert len(one) == 28
    assert one[2:].isalnum()
    assert one[2:].islower()
    assert "sss" not in one
    assert one == "p:2jdq6luy74fjtsm3edi6ijp5vu"  # for ever: it stands in stored logs


def test_the_largest_command_of_every_kind_fits_into_a_message():
    """Nothing that the pages let one write may be refused for its size on the wire."""
    text = "\U0001f5f3" * 2000  # four bytes each
    command = {"type": "add_item", "run": "r.1", "column": "c", "title": text, "sdgs": list(range(1, 18))}
    sent = to_json({"op_id": "a" * 64, "command": command})
    assert len(sent.encode()) < p.MAX_MESSAGE
