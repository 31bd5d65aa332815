"""Which settings a stage has in the editor, and what becomes of them when its method is changed."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import inspect as types

from edp_app.core.definition import Definition, Stage
from edp_app.core.formats import Library
from edp_app.core.formats.reader import AS_FIRST, fields_of_kind
from edp_app.core.formats.shapes import fields_of
from edp_app.core.formats.votes import RULED, SHARED_OUT
from edp_app.web.editor.changes import Table, find
from edp_app.web.editor.controls import Fields, is_required

FIRST = ("title", "minutes", "prompt", "prompt_for", "year")
DECIDING = ("rule", "passes")
"""What a vote has by which something passes."""


def stage_fields(stage: Table) -> Fields:
    """The settings of this stage, in the order of the form: its own, those of its kind and of its method.
    Of a second round, what it does not have from the first."""
    own = fields_of(Stage)
    of_kind, method, methods = fields_of_kind(stage["kind"])
    found = {name: own[name] for name in FIRST}
    for name, one in of_kind.items():
        if name == method:
            found[name] = _choice_of_methods(one, methods)
            found |= methods[method_of(stage)]
        else:
            found[name] = one
    if method and method_of(stage) not in RULED:
        found = {name: one for name, one in found.items() if name not in DECIDING}
    if method and method_of(stage) != "criteria":
        found.pop("second_of")
    if stage.get("second_of"):
        found = {name: one for name, one in found.items() if name not in (*AS_FIRST, "method", "passes")}
    if stage["kind"] == "who":
        del found["prompt_for"]  # nobody speaks for a group yet
    found.pop("statements", None)  # these have a page of their own
    return {**found, "step": own["step"]}


def _choice_of_methods(one: types.Field, methods: Mapping[str, Fields]) -> types.Field:
    """The method itself as a choice between names, the first of which is the default."""
    names = list(methods)
    return types.Field(
        name=one.name, encode_name=one.name, type=types.LiteralType(tuple(names)), default=names[0]
    )


def method_of(stage: Table) -> str:
    """How people judge in this vote."""
    _, name, methods = fields_of_kind(stage["kind"])
    return str(stage.get(name, next(iter(methods)))) if name else ""


def usual_rule(method: str, library: Library) -> str:
    """What decides a vote by this method in the library, or else in any vote; empty where nothing passes."""
    if method not in RULED:
        return ""
    presets = (one.raw for _, one in sorted(library.presets.items()) if one.raw.get("method") == method)
    return str(next((raw["rule"] for raw in presets if "rule" in raw), _RULE.default))


def rule_of(stage: Table) -> str:
    """What decides in this vote; empty where nothing passes."""
    return str(stage.get("rule", _RULE.default)) if method_of(stage) in RULED else ""


def with_method(stage: Table, method: str, library: Library, *, rule: str = "") -> Table:
    """The same vote by another method: with what both have, and what the other one needs as the library has
    it. What decides is as usual with that method, unless ``rule`` was chosen and goes with it: nobody
    should find that equal shares still decide because points were tried before dots."""
    _plain, name, methods = fields_of_kind(stage["kind"])
    if name is None or method not in methods or method == method_of(stage):
        return stage
    own, new = methods[method_of(stage)], methods[method]
    kept = {key: value for key, value in stage.items() if key not in own or key in new}
    if method not in RULED:
        kept = {key: value for key, value in kept.items() if key not in DECIDING}
    kept.pop("second_of", None)
    ready = next((one.raw for one in library.presets.values() if one.raw.get("method") == method), {})
    needed = {key: ready[key] for key, one in new.items() if is_required(one) and key in ready}
    decided = {"rule": _going_with(method, rule) or usual_rule(method, library)} if method in RULED else {}
    return {**needed, **kept, **decided, name: method}


def _going_with(method: str, rule: str) -> str:
    """The rule, or nothing where it cannot decide by this method."""
    return "" if rule == "portfolio" and method not in SHARED_OUT else rule


_RULE = fields_of_kind("vote")[0]["rule"]


def as_second_round(stage: Table, before: Table, stages: Sequence[Table]) -> Table:
    """What follows from choosing, or not any more, of which vote this is the second round: the criteria of
    the first, or else those that it had from it."""
    if stage.get("second_of"):
        return {key: value for key, value in stage.items() if key not in AS_FIRST}
    first = find(stages, before.get("second_of", ""))
    return {**{key: first[key] for key in AS_FIRST if key in first}, **stage} if first else stage


def top_fields() -> dict[str, Any]:
    """The groups and the territories of a workshop."""
    fields = fields_of(Definition)
    return {name: fields[name] for name in ("groups", "territories")}
