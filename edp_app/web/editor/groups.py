"""The page of groups and territories."""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required

from edp_app.core.editing import may_change_groups
from edp_app.rooms import Room
from edp_app.web.editor import changes, controls, lists, restoring, saving, stage_fields, telling
from edp_app.web.editor.changes import Table
from edp_app.web.editor.pages import Page, bp
from edp_app.web.editor.saving import EditorForm, Saved
from edp_app.web.editor.stage import errors_of, language_choice, languages
from edp_app.web.editor.telling import GROUPS
from edp_app.web.editor.texts import (
    left_behind,
    notes_of_renamed,
    renamed,
    tell_left_behind,
    tell_renamed,
)
from edp_app.web.running import room_of
from edp_app.web.security import form_expired, keeps_input


@bp.route("/<code>/groups", methods=["GET", "POST"])
@login_required
@keeps_input
def groups(code: str) -> Page:
    """Which groups there are and which territories, until somebody has come or was invited."""
    room, form = room_of(code), EditorForm()
    if not may_change_groups(room.state) or room.state.ended:
        flash(_("Somebody has come or was invited already, so groups and territories stay as they are."))
        return redirect(url_for("editor.stages", code=code), 303)
    raw, edition = changes.values_of(room.state), room.state.edition
    fields = stage_fields.top_fields()
    if request.method == "GET":
        return _groups_page(room, raw)
    now = controls.read(fields, request.form, raw, raw.get("language", "es"))
    if not form.validate_on_submit():
        return _groups_page(room, now, status=400)
    if saving.is_outdated(room, form):
        return _groups_page(room, now, problem=saving.changed_meanwhile(), status=409)
    if (do := request.form.get("do", "")) != "save":
        taken_out = controls.read_gone(fields, request.form, raw, raw.get("language", "es"))
        again, gone = lists.rearranged(now, taken_out, fields, do) or (now, taken_out)
        return _groups_page(room, again, gone=gone)
    now = lists.with_ids(fields, now, languages(room), restoring.ids_out(room.state))
    now = changes.asking_its_groups(now)
    done = saving.save(room, now, edition, groups=True)
    if not done.ok:
        return _groups_page(room, now, done=done, status=400)
    telling.tell(_("Saved. Every page shows it already."), GROUPS)
    drawing = controls.Drawing(languages(room), {}, lambda _name: [])
    was, drawn = controls.draw(fields, raw, drawing), controls.draw(fields, now, drawing)
    here = partial(url_for, "editor.groups", code=code)
    tell_renamed(renamed(was, drawn), here, GROUPS)
    tell_left_behind(left_behind(was, drawn, languages(room)[0]), here(all=1), GROUPS)
    return redirect(url_for("editor.stages", code=code, _anchor=GROUPS), 303)


def _groups_page(
    room: Room,
    raw: Table,
    *,
    problem: str = "",
    done: Saved | None = None,
    gone: dict[str, list[Table]] | None = None,
    status: int = 200,
) -> tuple[str, int]:
    errors, others = errors_of(done, raw, "") if done else ({}, [])
    others += [said_so for name, said_so in errors.items() if name.startswith("stages.")]
    fields = stage_fields.top_fields()
    if gone is None:
        gone = controls.read_gone(fields, request.form, raw, raw.get("language", "es"))
    plain = controls.Drawing(languages(room), {}, lambda _name: [])
    before = changes.values_of(room.state)
    was, now = controls.draw(fields, before, plain), controls.draw(fields, raw, plain)
    notes = notes_of_renamed(renamed(was, now, request.args.getlist("renamed")))
    drawing = controls.Drawing(languages(room), errors, lambda _name: [], gone=gone, notes=notes)
    page = render_template(
        "pages/groups.html",
        form=EditorForm(formdata=None, edition=room.state.edition),
        code=room.state.code,
        controls=controls.draw(fields, raw, drawing),
        problem=problem or (done.problem if done else ""),
        others=others,
        **language_choice(room),
        is_expired=form_expired(),
    )
    return page, status
