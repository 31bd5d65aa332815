"""Finds messages in browser code whose markup stands in template literals (htm).

Babel's own JavaScript reader loses its place in nested templates and at an apostrophe in markup, does not
look into the arguments of a call that it has found, and misses messages without a word. Here the text of
templates is blanked first, `${…}` is kept at any depth, and what is left is read with Babel's tokens.
"""

import re
from collections.abc import Collection, Generator, Mapping, Sequence
from typing import Any, BinaryIO

from babel.messages.jslexer import Token, tokenize, unquote_string

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


def _literals(tokens: Sequence[Token], at: int) -> list[str]:
    """The first arguments of a call, as far as they are text; ``at`` is the token after the parenthesis.
    Texts joined with + are one."""
    found: list[str] = []
    joins = False
    while at + 1 < len(tokens) and tokens[at].type == "string":
        text = unquote_string(tokens[at].value)
        after = tokens[at + 1].value
        found[-1:] = [found[-1] + text] if joins else [*found[-1:], text]
        if after not in (",", "+"):
            break
        joins = after == "+"
        at += 2
    return found


def extract(
    fileobj: BinaryIO,
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],  # noqa: ARG001 - Babel's signature
    options: Mapping[str, Any],  # noqa: ARG001
) -> Generator[tuple[int, str, Any, Sequence[str]], None, None]:
    """The extraction method babel.cfg names for static/js: line, function, messages and no comments for every
    call of a function of ``keywords``, also in the arguments of another one."""
    plain = blank_templates(fileobj.read().decode("utf-8"))
    tokens = [one for one in tokenize(plain, jsx=False, dotted=False) if not one.type.endswith("comment")]
    for n, token in enumerate(tokens[:-2]):
        if token.type != "name" or token.value not in keywords or tokens[n + 1].value != "(":
            continue
        if n and tokens[n - 1].value in (".", "function"):
            continue
        if found := _literals(tokens, n + 2):
            yield token.lineno, token.value, found[0] if len(found) == 1 else tuple(found), []
