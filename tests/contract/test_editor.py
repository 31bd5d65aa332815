"""Every setting that a workshop can have is called something in the editor, or is named here."""

from collections.abc import Iterator

import pytest
from msgspec import inspect as types

from edp_app.core.formats.reader import KINDS, fields_of_kind
from edp_app.core.stages import KINDS as STAGES
from edp_app.core.voting import METHODS
from edp_app.web.definitions import library
from edp_app.web.editor import voting, words
from edp_app.web.editor.controls import UNSEEN, Fields, inner_of, item_fields
from edp_app.web.editor.stage_fields import stage_fields, top_fields


def settings(fields: Fields, owner: str = "") -> Iterator[tuple[str, str, types.Type]]:
    """Every setting that has a field, with the type that it belongs to, its name and its own type."""
    for name, one in fields.items():
        kind = inner_of(one.type)
        if name in UNSEEN:
            continue
        yield owner, name, kind
        if isinstance(kind, types.StructType):
            yield from settings({f.name: f for f in kind.fields}, kind.cls.__name__)
        elif isinstance(kind, types.ListType) and (inner := item_fields(kind)) is not None:
            yield from settings(inner, inner_of(kind.item_type).cls.__name__)  # type: ignore[attr-defined]


FORMS = [
    ("groups and territories", top_fields()),
    *((kind, stage_fields({"kind": kind})) for kind in KINDS if kind != "vote"),
    *((method, stage_fields({"kind": "vote", "method": method})) for method in fields_of_kind("vote")[2]),
]


@pytest.mark.parametrize(("form", "fields"), FORMS, ids=[name for name, _ in FORMS])
def test_every_setting_has_its_words(form: str, fields: Fields) -> None:
    for owner, name, kind in settings(fields):
        assert f"{owner}.{name}" in words.LABELS or name in words.LABELS, (
            f"{form}: no label for {owner} {name}"
        )
        match kind:
            case types.LiteralType():
                lacking = set(kind.values) - words.CHOICES.get(name, {}).keys()
                assert not lacking, f"{form}: no words for {name} {lacking} (web/editor/words.py, CHOICES)"
            case types.ListType():
                assert name in words.ONE_MORE, f"{form}: no button for {name}"
            case types.StrType():
                assert name in words.NONE, f"{form}: no field for {name}"


def test_every_kind_of_stage_and_every_step_of_the_library_has_its_words() -> None:
    assert {kind.id for kind in STAGES} == words.KINDS.keys()
    assert {preset.raw.get("step", "") for preset in library().presets.values()} <= words.STEPS.keys()


def test_every_method_has_a_sentence_for_the_library() -> None:
    lacking = {method.id for method in METHODS} - voting.HOW.keys()
    assert not lacking, f"the library cannot say how people vote: {lacking} (web/editor/voting.py)"
