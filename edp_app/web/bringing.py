"""The page on which statements and earlier priorities are brought into a stage: pasted or from a file, looked
at, then taken over by one press, all of them or none."""

import secrets
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import login_required
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.wrappers import Response as AnyResponse
from wtforms import HiddenField, SelectField, StringField, TextAreaField

from edp_app.core.bringing import SOURCE_LENGTH, is_free
from edp_app.core.commands import BringItems, TakeBackItems
from edp_app.core.definition import MOST_STATEMENTS, GatherSettings, Stage, in_language
from edp_app.core.items import due
from edp_app.core.state import State
from edp_app.i18n import LANGUAGE_NAMES, language
from edp_app.pasted import Mistake, as_shown, decoded, plain, read_as, uploaded
from edp_app.rooms import Room
from edp_app.web.editor import changes, saving
from edp_app.web.forms import OneLine
from edp_app.web.running import carry_out, room_of
from edp_app.web.security import form_expired, keeps_input
from edp_app.web.statements import Listed, as_table, read_statements

Page = AnyResponse | str | tuple[str, int]

bp = Blueprint("bringing", __name__, url_prefix="/workshops")


class BringForm(FlaskForm):
    """What is to be brought in. ``op``: the press by which it is, so that it is done once."""

    text = TextAreaField(render_kw={"rows": 8, "spellcheck": "false"})
    file = FileField()
    source = StringField(validators=[OneLine(SOURCE_LENGTH)])
    column = SelectField(validate_choice=False)
    op = HiddenField()


@dataclass(frozen=True)
class Line:
    """One that is there already. ``place``: by which it is taken out; "" where it is on the console alone
    that something can be done with it."""

    title: str
    source: str
    column: str
    place: str
    translations: dict[str, str]


@bp.route("/<code>/bring", methods=["GET", "POST"])
@login_required
@keeps_input
def page(code: str) -> Page:
    """What was brought into a stage (``?stage=``), and the form that adds to it."""
    room = room_of(code)
    stages = [one for one in room.state.definition.stages if isinstance(one.settings, GatherSettings)]
    wanted = request.args.get("stage", "")
    stage = next((one for one in stages if one.id == wanted), None)
    if wanted and stage is None:
        abort(404)
    stage = stage or (stages[0] if stages else None)
    if stage is None:
        return render_template("pages/bring.html", code=code, stages=[], stage=None)
    form = _form(stage)
    if request.method == "GET" or room.state.ended:
        return _drawn(room, stages, stage, form)
    if not form.validate_on_submit():
        return _drawn(room, stages, stage, form, status=400)
    do, _sep, which = request.form.get("do", "").partition(":")
    if do == "drop":
        return _drop(room, stages, stage, form, which)
    return _read(room, stages, stage, form, sure=do == "bring")


def _form(stage: Stage) -> BringForm:
    form = BringForm()
    columns = _columns(stage)
    form.text.label.text = _("The statements")
    form.file.label.text = _("Or a CSV file")
    form.source.label.text = _("Where they come from")
    form.column.label.text = _("Under which heading")
    several = [("", _("As the list says"))] if len(columns) > 1 else []
    form.column.choices = [*several, *columns.items()]
    if form.column.data not in columns:
        form.column.data = "" if len(columns) > 1 else next(iter(columns))
    return form


def _columns(stage: Stage) -> dict[str, str]:
    speaks = language()
    columns = stage.settings.columns if isinstance(stage.settings, GatherSettings) else []
    return {one.id: in_language(one.name, speaks) for one in columns}


def _read(room: Room, stages: list[Stage], stage: Stage, form: BringForm, *, sure: bool) -> Page:
    """What stands in the form, shown before it is brought in; or brought in, once it was seen."""
    sent = uploaded(form.file.data)
    source = sent or (form.text.data or "").encode("utf-8", "replace")
    form.text.data = as_shown(source)
    found = decoded(source)
    if isinstance(found, Mistake):
        return _drawn(room, stages, stage, form, listed=Listed([], [found]), status=400)
    assert isinstance(stage.settings, GatherSettings)  # noqa: S101 -- the page looks for such a stage
    listed = read_statements(
        found.text,
        stage.settings,
        language(),
        is_file=sent is not None,
        column=form.column.data,
        source=form.source.data or "",
        there=_there(room.state, stage),
        own=room.state.definition.language,
    )
    problem = _too_many(room.state, stage, listed)
    if listed.mistakes or problem:
        return _drawn(room, stages, stage, form, listed=listed, problem=problem, status=400)
    said = [one.said() for one in (*read_as(found.encoding), *listed.notes)]
    if not sure or not listed.items:
        form.op.data = secrets.token_urlsafe(16)
        return _drawn(room, stages, stage, form, listed=listed, said=said)
    refusal = carry_out(room, BringItems(stage.id, listed.items), (form.op.data or "")[:60])
    if refusal is not None:
        return _drawn(room, stages, stage, form, listed=listed, problem=refusal, status=400)
    count = len(listed.items)
    flash(ngettext("One statement was brought in.", "%(num)s statements were brought in.", count))
    return _back(room, stage)


def _too_many(state: State, stage: Stage, listed: Listed) -> str:
    """Before the workshop begins all of a stage's are part of it as it was prepared, and so many fit."""
    if state.now() or not isinstance(stage.settings, GatherSettings):
        return ""
    free = MOST_STATEMENTS - len(stage.settings.statements)
    if len(listed.items) <= free:
        return ""
    return _(
        "%(most)s fit into this stage; %(free)s more can be brought in.", most=MOST_STATEMENTS, free=free
    )


def _there(state: State, stage: Stage) -> set[tuple[str, str]]:
    """Title and column of what was brought in before."""
    only = next(iter(_columns(stage)))
    standing = {
        (plain(one.title), one.column)
        for one in state.items_of(stage.id)
        if one.brought and not one.withdrawn and not one.hidden
    }
    return standing | {(plain(one.title), one.column or only) for id_, one in due(state) if id_ == stage.id}


def _drop(room: Room, stages: list[Stage], stage: Stage, form: BringForm, which: str) -> Page:
    """One of them taken out again."""
    number = int(which) if which.isdigit() and len(which) < 5 else -1
    if which in room.state.items:
        problem = carry_out(room, TakeBackItems(items=[which]))
    else:
        problem = _unprepared(room, stage, number, request.form.get("edition", ""))
    if problem:
        return _drawn(room, stages, stage, form, problem=problem, status=400)
    flash(_("It was taken out."))
    return _back(room, stage)


def _unprepared(room: Room, stage: Stage, number: int, edition: str) -> str:
    """Takes one out of the workshop as it is prepared; why not, in words, or ""."""
    if edition != str(room.state.edition):
        return saving.changed_meanwhile()
    raw = changes.values_of(room.state)
    prepared = changes.find(raw["stages"], stage.id)
    if prepared is None or not 0 <= number < len(prepared.get("statements", ())):
        return saving.changed_meanwhile()
    prepared["statements"] = [one for n, one in enumerate(prepared["statements"]) if n != number]
    done = saving.save(room, raw, room.state.edition)
    return "" if done.ok else done.problem or _("This could not be done.")


def _back(room: Room, stage: Stage) -> Page:
    room.when_settled()
    return redirect(url_for("bringing.page", code=room.state.code, stage=stage.id), 303)


def _lines(state: State, stage: Stage) -> list[Line]:
    """What is there: as it is prepared or, once a stage was opened, as it stands."""
    columns = _columns(stage)
    only = next(iter(columns))
    waiting = [one for id_, one in due(state) if id_ == stage.id]
    prepared = [
        Line(
            one.title,
            one.source,
            columns.get(one.column or only, ""),
            "" if state.now() else str(n),
            one.translations,
        )
        for n, one in enumerate(waiting)
    ]
    standing = [
        Line(
            one.called,
            one.source,
            columns.get(one.column, ""),
            one.id if is_free(state, one) else "",
            one.translated,
        )
        for one in state.items_of(stage.id)
        if one.brought and one.stands
    ]
    return standing + prepared


def _drawn(
    room: Room,
    stages: list[Stage],
    stage: Stage,
    form: BringForm,
    *,
    listed: Listed | None = None,
    problem: str = "",
    said: list[str] | None = None,
    status: int = 200,
) -> tuple[str, int]:
    speaks = language()
    columns = _columns(stage)
    drawn = render_template(
        "pages/bring.html",
        code=room.state.code,
        stages=[(one.id, in_language(one.title, speaks)) for one in stages],
        stage=stage.id,
        title=in_language(stage.title, speaks),
        workshop=room.state.definition.title,
        begun=room.state.now() is not None,
        ended=room.state.ended,
        edition=room.state.edition,
        lines=_lines(room.state, stage),
        columns=columns,
        languages=LANGUAGE_NAMES,
        form=form,
        listed=listed,
        preview=None if problem or (listed and listed.mistakes) else listed,
        as_table=as_table(listed.items) if listed else "",
        problem=problem,
        said=said or [],
        example=_example(columns),
        is_expired=form_expired(),
    )
    return drawn, status


def _example(columns: dict[str, str]) -> str:
    """A short table for this stage."""
    rows = [
        [_("statement"), _("source")],
        [_("Half of those under 25 leave the region"), _("Census of 2022")],
        [_("Water for two months is lost each year"), ""],
    ]
    if len(columns) > 1:
        names = list(columns.values())
        for row, cell in zip(rows, (_("heading"), names[0], names[-1]), strict=True):
            row.append(cell)
    return "\n".join(";".join(row) for row in rows)
