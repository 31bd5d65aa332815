"""Finds messages in browser code whose markup stands in template literals (htm).

Babel's own JavaScript reader loses its place in nested templates and at an apostrophe in markup, and misses
messages without a word. Here the text of templates is blanked first, `${…}` is kept at any depth, and Babel
reads what is left.
"""

import io
import re
from collections.abc import Collection, Generator, Mapping, Sequence
from typing import Any, BinaryIO

from babel.messages.extract import extract_javascript

_TOKEN = re.compile(
    r"""
      (?P<comment>//[^\n]*|/\*.*?\*/)
    | (?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
    | (?P<template>`)
    | (?P<open>\{)
    | (?P<close>\})
    | (?P<slash>/)
    | (?P<word>[\w$]+)
    | (?P<space>\s+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_REGEX = re.compile(r"/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*")
_TEXT = re.compile(r"(?:\\.|\$(?!\{)|[^`\\$])*", re.DOTALL)
_BEFORE_REGEX = set("(,=:[!&|?{};+-*%~^<>") | {"return", "typeof", "case", "in", "of", "=>"}


def blank_templates(source: str) -> str:
    """The same program with the text of every template literal gone; line numbers stay.

    What stood in ``${…}`` stands in parentheses. Raises ValueError where a template or a ``${`` has no end.
    """
    out: list[str] = []
    depths: list[int] = []  # for each template we are inside the ${…} of: how many braces are open there
    at, previous = 0, "("

    def template_text(start: int) -> int:
        match = _TEXT.match(source, start)
        assert match is not None  # noqa: S101 - the pattern matches the empty text
        out.append("\n" * match.group().count("\n"))
        end = match.end()
        if source.startswith("${", end):
            out.append("(")
            depths.append(0)
            return end + 2
        if source.startswith("`", end):
            return end + 1
        raise ValueError("template literal without an end")

    while at < len(source):
        match = _TOKEN.match(source, at)
        assert match is not None  # noqa: S101 - the last alternative matches any character
        kind, text = match.lastgroup, match.group()
        if kind == "slash" and previous in _BEFORE_REGEX and (regex := _REGEX.match(source, at)):
            out.append(" 0 ")
            at, previous = regex.end(), "0"
            continue
        at = match.end()
        if kind == "comment":
            out.append(text)
            continue
        if kind == "template":
            out.append(" ")
            at = template_text(at)
            previous = "(" if out[-1] == "(" else "`"
            continue
        if kind == "close" and depths and depths[-1] == 0:
            depths.pop()
            out.append(")")
            at = template_text(at)
            previous = "(" if out[-1] == "(" else "`"
            continue
        if depths and kind in ("open", "close"):
            depths[-1] += 1 if kind == "open" else -1
        out.append(text)
        if kind != "space":
            previous = text
    if depths:
        raise ValueError("${ without an end")
    return "".join(out)


def extract(
    fileobj: BinaryIO,
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Mapping[str, Any],  # noqa: ARG001 - Babel's signature
) -> Generator[tuple[int, str, Any, Sequence[str]], None, None]:
    """The extraction method babel.cfg names for static/js; yields what Babel's own does."""
    plain = blank_templates(fileobj.read().decode("utf-8"))
    yield from extract_javascript(
        io.BytesIO(plain.encode("utf-8")), keywords, comment_tags, {"encoding": "utf-8"}
    )
