"""What no page of ours would send, made from a seed: on the level of WebSocket, Engine.IO, Socket.IO, JSON
and of the messages themselves. None of it may change anything."""

import json
import random
import struct
import zlib
from collections.abc import Callable
from typing import Any

from tests.support.fault_raw import packed
from tests.support.raw_websocket import BINARY, CLOSE, CONTINUATION, LIMIT, PING, PONG, TEXT, frame, header

Json = dict[str, Any]
Chance = random.Random

NO_RUN, NO_ITEM, LONG = "none.9", "i0", "x" * 200

COMMANDS: list[Json] = [
    {"type": "describe", "group": "nobody", "territory": "nowhere", "funder": True},
    {"type": "name_myself", "name": LONG, "organisation": LONG},
    {"type": "add_item", "run": NO_RUN, "column": "s", "title": "Text", "sdgs": [1, 2], "links": [NO_ITEM]},
    {"type": "add_item", "run": "swot.1", "column": "x", "title": "No such column", "fields": {"a": "b"}},
    {"type": "add_item", "run": "swot.1", "column": "s", "title": "A control \u0007 character"},
    {"type": "add_item", "run": "swot.1", "column": "s", "title": "T" * 4000},
    {"type": "change_item", "run": "swot.1", "item": NO_ITEM, "revision": 1, "title": "Text"},
    {"type": "withdraw_item", "run": "swot.1", "item": NO_ITEM},
    {"type": "cast_ballot", "run": NO_RUN, "item": NO_ITEM, "dots": 2, "revision": 1},
    {"type": "cast_ballot", "run": "swot.1", "item": NO_ITEM, "dots": 999, "revision": 999_999},
    {"type": "answer", "run": NO_RUN, "question": "useful", "value": 4, "revision": 0},
    {"type": "open_stage", "stage": "weigh"},
    {"type": "close_stage", "run": "swot.1"},
    {"type": "reveal_result", "run": "swot.1"},
    {"type": "step_back"},
    {"type": "set_timer", "run": "swot.1", "seconds": 1, "close": True},
    {"type": "hide_item", "item": "i5"},
    {"type": "merge_items", "into": "i5", "items": ["i6"], "title": "Merged"},
    {"type": "enter_paper_ballot", "run": "swot.1", "voter": "7", "group": "business", "dots": {"i5": 3}},
    {"type": "correct_group", "person": "p:somebody", "group": "business"},
    {"type": "set_door", "open": True},
    {"type": "end_workshop"},
]
"""Of the right shape, and to be refused whoever of the room sends them to the workshop of the test."""

STURDY = [command for command in COMMANDS if command.get("column") != "s" or command["run"] == NO_RUN]
"""Those of which more than the title is wrong: nothing that befalls one field makes them right."""

VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 2**31, 2**63, -(2**63), 2**64, 10**300, "", "x", "\x00", "\ud800"),
    *("\udfff\ud800", "x" * 64, "x" * 65, "é" * 5001, [], {}, [[]], [None], {"": None}, {"type": "join"}),
    *(
        [0] * 500,
        {"a": {"b": {"c": {}}}},
        "\u202e",
        "p:somebody",
        "f:1",
        "system",
        "__class__",
        "%s%n",
        "1\n",
    ),
)


def text(chance: Chance, longest: int = 60) -> str:
    """Any characters, also halves of some."""
    kinds = [(32, 126), (0, 31), (0x80, 0x2FF), (0xD800, 0xDFFF), (0x1F300, 0x1F5FF)]
    low, high = chance.choices(kinds, [10, 2, 3, 1, 1])[0]
    return "".join(chr(chance.randint(low, high)) for _ in range(chance.randint(0, longest)))


def wire(message: str) -> bytes:
    """A text frame; halves of characters become bytes that are no UTF-8."""
    return packed(message.encode("utf-8", "surrogatepass"))


def event(chance: Chance, data: object) -> bytes:
    """A Socket.IO event with this as its list of arguments."""
    number = chance.choice(["", "0", str(chance.randint(0, 10**6)), "9" * chance.randint(1, 400)])
    return packed(f"42{number}{json.dumps(data)}")


# ---- WebSocket


def noise(chance: Chance) -> bytes:
    return chance.randbytes(chance.randint(1, 80))


def odd_header(chance: Chance) -> bytes:
    payload = chance.randbytes(chance.randint(0, 130))
    return frame(
        chance.randint(0, 15),
        payload,
        fin=chance.random() < 0.7,
        masked=chance.random() < 0.8,
        rsv1=chance.random() < 0.3,
    )


def compressed(chance: Chance) -> bytes:
    bomb = zlib.compress(b"x" * chance.choice([10, 10_000, 1_000_000]), 9)[2:-4]
    return frame(TEXT, bomb, rsv1=True)


def fragments(chance: Chance) -> bytes:
    parts = [
        frame(
            chance.choice([TEXT, CONTINUATION, CONTINUATION, BINARY]),
            text(chance).encode("utf-8", "replace"),
            fin=chance.random() < 0.3,
        )
        for _ in range(chance.randint(1, 6))
    ]  # fmt: skip
    if chance.random() < 0.5:
        parts.insert(1, frame(chance.choice([PING, PONG]), b"between"))
    return b"".join(parts)


def huge(chance: Chance) -> bytes:
    claimed = chance.choice([LIMIT + 1, 10**6, 2**31, 2**62, 2**63 - 1])
    return header(chance.choice([TEXT, BINARY, CONTINUATION]), claimed) + chance.randbytes(40)


def control(chance: Chance) -> bytes:
    kind = chance.choice([PING, PONG, CLOSE])
    return frame(kind, chance.randbytes(chance.choice([0, 1, 2, 125, 126, 300])), fin=chance.random() < 0.8)


def closing(chance: Chance) -> bytes:
    code = chance.choice([0, 999, 1000, 1004, 1005, 1006, 1015, 2999, 5000, 65535])
    return frame(CLOSE, struct.pack("!H", code) + chance.choice([b"", b"why", b"\xff\xfe", b"x" * 123]))


def long_way(chance: Chance) -> bytes:
    payload = text(chance, 20).encode("utf-8", "replace")
    size = bytes([126]) + struct.pack("!H", len(payload))
    if chance.random() < 0.5:
        size = bytes([127]) + struct.pack("!Q", len(payload) | chance.choice([0, 1 << 63]))
    return bytes([0x81, size[0] | 0x80]) + size[1:] + b"\0\0\0\0" + payload


def no_text(chance: Chance) -> bytes:
    return packed(chance.randbytes(chance.randint(1, 60)), chance.choice([TEXT, TEXT, BINARY]))


def full(chance: Chance) -> bytes:
    return packed("42" + "[" * chance.choice([LIMIT - 2, LIMIT - 1, 10_000]))


# ---- Engine.IO and Socket.IO


def engine(chance: Chance) -> bytes:
    known = ["2probe", "3probe", "5", "6", "1", "3", "2", "0", "4", "b4", "\x1e2", "2\x1e2", "7", "-1"]
    return wire(chance.choice([*known, chance.choice("0123456789b \x1e") + text(chance)]))


def packet(chance: Chance) -> bytes:
    place = chance.choice(["", "/,", "/other,", "/" + "x" * 300 + ",", "?a=b,", "1-", "99-", "-1-"])
    number = chance.choice(["", "1", "-1", "9" * 300, "٣", "1e5"])
    rest = chance.choice(["", "[]", "{}", "null", '"x"', "[1]", '["op"]', '["view",{}', text(chance)])
    return wire(f"4{chance.choice('0123456789x')}{place}{number}{rest}")


def greeting(chance: Chance) -> bytes:
    auth: Json = {"v": 1, "role": "phone", "code": "000000", "secret": "s" * 43}
    name = chance.choice([*auth, "other"])
    if chance.random() < 0.5:
        auth.pop(name, None)
    else:
        auth[name] = chance.choice(VALUES)
    return packed(f"40{json.dumps(chance.choice([auth, [auth], auth, None, 'x', 7]))}")


def attachment(chance: Chance) -> bytes:
    holder = {"_placeholder": True, "num": chance.choice([0, 1, -1, 10**9, "0"])}
    return packed(f"45{chance.choice(['1', '0', '1000000', '٣'])}-{json.dumps(['op', holder])}")


def odd_event(chance: Chance) -> bytes:
    names = ("connect", "disconnect", "view", "op", "*", "change", "", "__init__", "connect_error", 7, None)
    return event(
        chance, [chance.choice(names), *(chance.choice(VALUES) for _ in range(chance.randint(0, 3)))]
    )


# ---- JSON


def deep(chance: Chance) -> bytes:
    depth = chance.choice([50, 500, 900, 990, 1100, 3000])
    one, other = chance.choice([("[", "]"), ('{"a":', "}")])
    inside = (
        one * depth + ("0" if chance.random() < 0.5 else "") + other * chance.choice([depth, 0, depth - 1])
    )
    return packed(
        chance.choice(['420["op",%s]', '421["view",%s]', "42%s", '420["op",{"command":%s}]']) % inside
    )


def numbers(chance: Chance) -> bytes:
    number = chance.choice(
        ["1e999", "-1e999", "NaN", "Infinity", "9" * 5000, "-0", "0x10", "01", "1." + "0" * 900]
    )
    command = '{"type":"cast_ballot","run":"none.9","item":"i0","dots":%s}'
    inner = chance.choice([command, '{"type":"hide_item","item":%s}', "%s"]) % number
    return packed(f'420["op",{{"op_id":"number-{chance.randint(0, 9)}","command":{inner}}}]')


def cut_short(chance: Chance) -> bytes:
    whole = json.dumps(["op", {"op_id": "cut-short-1", "command": chance.choice(COMMANDS)}])
    return packed(f"420{whole[: chance.randint(0, len(whole) - 1)]}")


def flipped(chance: Chance) -> bytes:
    whole = bytearray(json.dumps(["op", {"op_id": "flipped-one", "command": chance.choice(STURDY)}]).encode())
    for _ in range(chance.randint(1, 4)):
        whole[chance.randrange(len(whole))] = chance.randint(0, 127)
    return packed(b"420" + bytes(whole))


def flipped_bits(chance: Chance) -> bytes:
    whole = bytearray(operation(chance, chance.choice(STURDY)))
    whole[chance.randrange(len(whole))] ^= 1 << chance.randint(0, 7)
    return bytes(whole)


def twice(chance: Chance) -> bytes:
    command = json.dumps(chance.choice(COMMANDS))
    return packed(f'420["op",{{"op_id":"twice-{chance.randint(0, 99)}1","op_id":7,"command":{command}}}]')


# ---- messages


def operation(chance: Chance, command: object, **more: Any) -> bytes:
    op_id = more.pop("op_id", f"fuzz-{chance.getrandbits(60)}")
    return event(chance, ["op", {"op_id": op_id, "command": command, **more}])


def as_it_is(chance: Chance) -> bytes:
    return operation(chance, chance.choice(COMMANDS))


def mutated(chance: Chance) -> bytes:
    command = dict(chance.choice(STURDY))
    name = chance.choice([*command, "actor", "at", "person", text(chance, 8)])
    if name in command and chance.random() < 0.3:
        del command[name]
    else:
        command[name] = chance.choice([*VALUES, text(chance)])
    if command.get("type") == "name_myself":
        command["name"] = LONG  # never one that could be stored
    return operation(chance, command)


def forged(chance: Chance) -> bytes:
    claim = chance.choice(["actor", "role", "now", "workshop", "sid", "first", "ok"])
    return operation(
        chance, chance.choice(COMMANDS), **{claim: chance.choice(["f:1", "facilitator", *VALUES])}
    )


def bad_id(chance: Chance) -> bytes:
    return operation(
        chance, chance.choice(COMMANDS), op_id=chance.choice([*VALUES, "short", "with space!", "é" * 9])
    )


def no_message(chance: Chance) -> bytes:
    return event(chance, [chance.choice(["op", "view"]), chance.choice(VALUES)])


Kind = Callable[[Chance], bytes]

ENDING: tuple[Kind, ...] = (
    *(noise, odd_header, compressed, fragments, huge, control, closing, long_way, no_text, full),
    *(engine, packet, greeting, flipped_bits),
)
"""Most of these end the connection."""

ANSWERED: tuple[Kind, ...] = (
    *(attachment, odd_event, deep, numbers, cut_short, flipped, twice),
    *(as_it_is, mutated, mutated, mutated, forged, bad_id, no_message),
)
"""These are ignored or refused, and the next one is looked at."""


def bursts(chance: Chance, most: int) -> tuple[list[Kind], list[Kind]]:
    """What one connection sends: first what leaves it open, then perhaps what does not."""
    first = [chance.choice(ANSWERED) for _ in range(chance.randint(0, most))]
    return first, [chance.choice(ENDING) for _ in range(chance.randint(0 if first else 1, 3))]
