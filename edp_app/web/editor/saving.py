"""What every page of the editor does with what was typed: held against the rules of format files, and put
in the place of what stood there before, unless somebody else was quicker."""

from collections.abc import Sequence
from typing import NamedTuple

import gevent
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField

from edp_app.core.commands import EditWorkshop
from edp_app.core.definition import Definition, in_language
from edp_app.core.formats import Mistake, check_values
from edp_app.i18n import language
from edp_app.rooms import Room
from edp_app.web import definitions
from edp_app.web.editor import words
from edp_app.web.editor.changes import Table
from edp_app.web.running import refused
from edp_app.words import refusal_text


class EditorForm(FlaskForm):
    """What every form of the editor carries: which stages it was made of. Its fields are drawn from the
    settings themselves."""

    edition = HiddenField()


class Saved(NamedTuple):
    """What came of an attempt. ``problem``: why nothing was done, in words, where that belongs to no
    field."""

    ok: bool
    mistakes: Sequence[Mistake] = ()
    problem: str = ""


def is_outdated(room: Room, form: EditorForm) -> bool:
    """Whether somebody else changed the stages since the form was made."""
    return str(form.edition.data) != str(room.state.edition)


def changed_meanwhile() -> str:
    """What is said then."""
    return _(
        "Somebody changed the stages of this workshop after you opened this page, so nothing was saved. "
        "What you typed is still here: please look at both, then save it again."
    )


def checked(raw: Table) -> Definition | Saved:
    """The workshop that these values make, or what is wrong with them."""
    found = gevent.get_hub().threadpool.apply(check_values, (raw, definitions.library()))
    made: Definition | None = found.definition
    return Saved(False, found.errors) if made is None else made


def save(room: Room, raw: Table, edition: int, *, groups: bool = False) -> Saved:
    """Have the stages, or with ``groups`` the groups and territories, too, be as these values say, which were
    made of that edition of the stages."""
    made = checked(raw)
    if isinstance(made, Saved):
        return made
    command = EditWorkshop(
        edition=edition,
        stages=made.stages,
        groups=made.groups if groups else None,
        territories=made.territories if groups else None,
        starts=made.starts,
        ends=made.ends,
    )
    refusal = refused(room, command)
    if refusal is None:
        return Saved(True)
    return Saved(False, problem=changed_meanwhile() if refusal.code == "outdated" else refusal_text(refusal))


def said(mistake: Mistake, raw: Table) -> str:
    """A mistake in a sentence of the editor: settings and stages by the names that they have there."""
    params = dict(mistake.params)
    name = str(params.get("key", ""))
    params["key"] = str(words.LABELS.get(name, name))
    if "missing" in params:
        params["missing"] = ""
    stage = next((one for one in raw["stages"] if one["id"] == params.get("value")), None)
    if stage is not None:
        params["value"] = in_language(stage.get("title", {}), language())
    message = words.SAID.get(mistake.message)
    return (str(message) if message is not None else _(mistake.message)) % params


def place_of(mistake: Mistake) -> str:
    """The name of the field that a mistake belongs to, from the top; a missing setting's is its own."""
    path = [str(one) for one in mistake.path]
    key = str(mistake.params.get("key", ""))
    if mistake.message in words.OF_A_KEY and (not path or path[-1] != key):
        path.append(key)
    return ".".join(path)
