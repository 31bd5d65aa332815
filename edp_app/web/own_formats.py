"""Workshops saved as formats of one's own, to begin others with: saved from the editor and from the list,
renamed, shared, replaced, deleted."""

import msgspec
from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import login_required
from flask_wtf import FlaskForm
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse
from wtforms import BooleanField, RadioField, SelectChoice, StringField

from edp_app.access import own_format, usable_format
from edp_app.clock import milliseconds
from edp_app.core.definition import Definition, GatherSettings, Stage
from edp_app.core.editing import stages_as_planned
from edp_app.core.formats import LARGEST, write_format
from edp_app.core.text import folded
from edp_app.log import store
from edp_app.log.models import FORMAT_NAME_LENGTH
from edp_app.log.store import SavedFormat
from edp_app.web.accounts import account_id
from edp_app.web.forms import OneLine
from edp_app.web.mine import database
from edp_app.web.running import room_of
from edp_app.web.saved import looked_at
from edp_app.web.security import form_expired, keeps_input
from edp_app.web.workshops import file_name

bp = Blueprint("own_formats", __name__, url_prefix="/workshops")

Page = AnyResponse | str | tuple[str, int]


class SharedForm(FlaskForm):
    """What a format is called, and who may begin a workshop with it."""

    name = StringField(
        lazy_gettext("Name of the format"),
        [OneLine(FORMAT_NAME_LENGTH, required=True, empty=lazy_gettext("Please give the format a name."))],
    )
    shared = RadioField(
        lazy_gettext("Who may use it"),
        choices=[
            SelectChoice("", lazy_gettext("You alone")),
            SelectChoice("1", lazy_gettext("Everybody with an account here")),
        ],
        default="",
    )


class SaveForm(SharedForm):
    """The same, and what is kept of the workshop."""

    statements = BooleanField(lazy_gettext("With the statements that were brought in"))


def notes() -> dict[str, str]:
    """A sentence beside each choice of who may use a format."""
    return {
        "1": _("They see who saved it. Only you can change or delete it; what they make of it is their own."),
    }


@bp.get("/formats")
@login_required
def index() -> str:
    """All that this account can begin with: its own formats, and what others share. ``workshop``: the one
    that was just saved as a format, to which the page leads back."""
    own = database().read(store.formats_of, account_id() or "")
    others = database().read(store.formats_of_others, account_id() or "")
    return render_template(
        "pages/formats.html",
        own=[looked_at(row) for row in own],
        others=[looked_at(row) for row in others],
        account_id=account_id(),
        most=store.MOST_FORMATS,
        came_from=_came_from(request.args.get("workshop", "")),
    )


def _came_from(code: str) -> tuple[str, str] | None:
    """Code and title of a workshop that this account may run; None where there is none."""
    if not code:
        return None
    try:
        state = room_of(code).state
    except NotFound:
        return None
    return state.code, state.definition.title


@bp.route("/<code>/save-as-format", methods=["GET", "POST"])
@login_required
@keeps_input
def save(code: str) -> Page:
    """Keep what a workshop consists of as a format; in the place of one of the same name only on purpose."""
    room = room_of(code)
    form, problem, taken = SaveForm(), "", None
    prepared = room.state.definition.prepared(stages_as_planned(room.state))
    if request.method == "GET":
        form.name.data = room.state.definition.title[:FORMAT_NAME_LENGTH].strip()
    elif form.validate_on_submit():
        text = text_of(prepared, str(form.name.data), statements=bool(form.statements.data))
        asked_for = request.form.get("replace", "")
        try:
            if len(text.encode()) > LARGEST:
                problem = _("This workshop is too long for a format. Please shorten its texts.")
            else:
                database().call(
                    store.save_format,
                    account_id() or "",
                    name=form.name.data,
                    text=text,
                    shared=bool(form.shared.data),
                    now=milliseconds(),
                    replace=bool(asked_for) and folded(asked_for) == folded(form.name.data),
                )
                flash(
                    _(
                        "“%(name)s” is saved: you can begin a workshop with it from now on.",
                        name=form.name.data,
                    )
                )
                return redirect(url_for("own_formats.index", workshop=room.state.code), 303)
        except store.FormatNameTakenError as error:
            taken = database().read(own_format, account_id(), error.format_id)
        except store.TooManyFormatsError:
            problem = _(
                "You keep %(most)s formats already. Please delete one first, or take the name of one, which "
                "is then replaced.",
                most=store.MOST_FORMATS,
            )
    status = 409 if taken else 400 if request.method == "POST" else 200
    page = render_template(
        "pages/format_save.html",
        form=form,
        notes=notes(),
        code=room.state.code,
        title=room.state.definition.title,
        brought=brought_into(prepared),
        problem=problem,
        taken=looked_at(taken) if taken else None,
        is_expired=form_expired(),
    )
    return page, status


def brought_into(definition: Definition) -> int:
    """How many statements were brought into a workshop that is being prepared."""
    written = [one.settings for one in definition.stages if isinstance(one.settings, GatherSettings)]
    return sum(len(one.statements) for one in written)


def text_of(definition: Definition, name: str, *, statements: bool = False) -> str:
    """A workshop as a format of this name that others begin with: without what belongs to one day and place,
    and ``statements`` that were brought in only if they are wanted."""
    kept = msgspec.structs.replace(
        definition, title=name, date="", starts="", ends="", territory="", convener=""
    )
    if not statements:
        stages = [_without_statements(one) for one in kept.stages]
        kept = msgspec.structs.replace(kept, stages=stages)
    return write_format(kept)


def _without_statements(stage: Stage) -> Stage:
    """The stage with nothing brought into it."""
    if not isinstance(stage.settings, GatherSettings) or not stage.settings.statements:
        return stage
    settings = msgspec.structs.replace(stage.settings, statements=[])
    return msgspec.structs.replace(stage, settings=settings)


@bp.route("/formats/<format_id>", methods=["GET", "POST"])
@login_required
@keeps_input
def change(format_id: str) -> Page:
    """Call a format otherwise, share it or not."""
    row = _own(format_id)
    form, problem = SharedForm(data={"name": row.name, "shared": "1" if row.shared else ""}), ""
    if form.validate_on_submit():
        try:
            there = database().call(
                store.change_format, format_id, name=form.name.data, shared=bool(form.shared.data)
            )
        except store.FormatNameTakenError:
            problem = _("You have another format of this name. Please choose a different one.")
        else:
            flash(_("Saved.") if there else _("This format is not there any more."))
            return redirect(url_for("own_formats.index"), 303)
    page = render_template(
        "pages/format_change.html",
        form=form,
        notes=notes(),
        row=row,
        problem=problem,
        is_expired=form_expired(),
    )
    return page, 400 if request.method == "POST" else 200


@bp.route("/formats/<format_id>/delete", methods=["GET", "POST"])
@login_required
def delete(format_id: str) -> AnyResponse | str:
    """Ask, then delete it. What was made of it stays as it is."""
    row = _own(format_id)
    if request.method == "GET":
        return render_template("pages/format_delete.html", row=row)
    database().call(store.delete_format, format_id)
    flash(_("“%(name)s” is deleted. Workshops that were made of it stay as they are.", name=row.name))
    return redirect(url_for("own_formats.index"), 303)


@bp.get("/formats/<format_id>/format.toml")
@login_required
def as_file(format_id: str) -> Response:
    """The file that it is."""
    row = database().read(usable_format, account_id(), format_id) or abort(404)
    response = Response(row.text, mimetype="application/toml")
    name = file_name(row.name, looked_at(row).day.isoformat(), ".toml")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _own(format_id: str) -> SavedFormat:
    return database().read(own_format, account_id(), format_id) or abort(404)
