"""The pages of the editor: the list of stages, one stage, groups and territories, the workshop as a file."""

from datetime import UTC, datetime

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response as AnyResponse

from edp_app.core.definition import LANGUAGES
from edp_app.core.editing import may_change_groups, stages_as_planned
from edp_app.core.formats import check_values, write_format
from edp_app.i18n import LANGUAGE_NAMES
from edp_app.rooms import Room
from edp_app.web import definitions
from edp_app.web.editor import changes, controls, listing, saving, stage_fields, words
from edp_app.web.editor.changes import Table
from edp_app.web.editor.saving import EditorForm, Saved, said
from edp_app.web.running import room_of
from edp_app.web.security import form_expired, keeps_input
from edp_app.web.workshops import file_name

bp = Blueprint("editor", __name__, url_prefix="/workshops")

Page = AnyResponse | str | tuple[str, int]


# ---- the list


@bp.route("/<code>/stages", methods=["GET", "POST"])
@login_required
@keeps_input
def stages(code: str) -> Page:
    """The stages in their order: minutes, up and down, away, and more from the library."""
    room, form = room_of(code), EditorForm()
    if request.method == "GET" or not form.validate_on_submit():
        return _listed(room, status=400 if request.method == "POST" else 200)
    raw, edition = changes.values_of(room.state), room.state.edition
    if saving.is_outdated(room, form):
        return _listed(room, problem=saving.changed_meanwhile(), typed=_with_minutes(raw), status=409)
    do, _sep, which = request.form.get("do", "").partition(":")
    timed = _with_minutes(raw)
    match do:
        case "up" | "down":
            return _move(room, timed, edition, which, up=do == "up")
        case "add":
            return _add(room, timed, edition, which)
        case "remove" | "remove-all":
            return _remove(room, timed, edition, which, sure=do == "remove-all")
    return _after(room, timed, saving.save(room, timed, edition), _("Saved. Every page shows it already."))


def _with_minutes(raw: Table) -> Table:
    """The stages with the minutes that were typed in the list."""
    number = controls.number
    typed = {stage["id"]: request.form.get(f"minutes-{stage['id']}") for stage in raw["stages"]}
    timed = [
        stage if typed[stage["id"]] is None else {**stage, "minutes": number(str(typed[stage["id"]]).strip())}
        for stage in raw["stages"]
    ]
    return {**raw, "stages": timed}


def _move(room: Room, raw: Table, edition: int, which: str, *, up: bool) -> Page:
    stage = _known(raw, which)
    done = changes.moved(raw["stages"], which, up)
    if isinstance(done, dict):
        first, second = (done, stage) if up else (stage, done)
        problem = _(
            "“%(second)s” rests on “%(first)s” and has to come after it.",
            first=listing.title_of(first),
            second=listing.title_of(second),
        )
        return _listed(room, problem=problem, typed=raw, status=400)
    after = saving.save(room, {**raw, "stages": done}, edition)
    place = 1 + next(n for n, one in enumerate(done) if one["id"] == which)
    words_ = _("“%(stage)s” is number %(place)s now.", stage=listing.title_of(stage), place=place)
    return _after(room, raw, after, words_, anchor=which)


def _add(room: Room, raw: Table, edition: int, name: str) -> Page:
    preset = definitions.library().presets.get(name)
    if preset is None:
        abort(404)
    ids = [stage["id"] for stage in raw["stages"]]
    behind = request.form.get("after", "")
    place = ids.index(behind) + 1 if behind in ids else len(ids)
    groups = {group["id"] for group in raw["groups"]}
    made = changes.from_library(name, preset.raw, raw["stages"], place, groups)
    if isinstance(made, str):
        problem = (
            _("This stage is about what people wrote. Please add a stage before it in which people write.")
            if made == "gather"
            else _("A second round needs a first one: please add a vote by criteria before it.")
        )
        return _listed(room, problem=problem, typed=raw, status=400)
    listed = [*raw["stages"][:place], made, *raw["stages"][place:]]
    after = saving.save(room, {**raw, "stages": listed}, edition)
    done = _("“%(stage)s” was added as number %(place)s.", stage=listing.title_of(made), place=place + 1)
    return _after(room, raw, after, done, anchor=str(made["id"]))


def _remove(room: Room, raw: Table, edition: int, which: str, *, sure: bool) -> Page:
    stage = _known(raw, which)
    with_it = changes.needing(raw["stages"], which)
    gone = {which, *with_it}
    loose, turned = changes.loosened(raw["stages"], gone), changes.turned(raw["stages"], gone)
    if (with_it or loose or turned) and not sure:
        names = {one["id"]: listing.title_of(one) for one in raw["stages"]}
        return render_template(
            "pages/stage_removed.html",
            form=EditorForm(formdata=None, edition=edition),
            code=room.state.code,
            id=which,
            title=listing.title_of(stage),
            with_it=[names[one] for one in with_it],
            loose=[names[one] for one in loose],
            turned=[(names[one], names[of]) for one, of in turned.items()],
            is_all=len(gone) == len(raw["stages"]),
        )
    if len(gone) == len(raw["stages"]):
        return _listed(room, problem=_("A workshop has one stage at least."), typed=raw, status=400)
    after = saving.save(room, {**raw, "stages": changes.without(raw["stages"], gone)}, edition)
    return _after(room, raw, after, _("“%(stage)s” was removed.", stage=listing.title_of(stage)))


def _after(room: Room, raw: Table, done: Saved, message: str, anchor: str = "") -> Page:
    """Back to the list, which says what was done; or the list as it was typed, with what is wrong with it."""
    if done.ok:
        flash(message)
        return redirect(url_for("editor.stages", code=room.state.code, _anchor=anchor or None), 303)
    wrong: dict[str, str] = {}
    others = []
    for mistake in done.mistakes:
        at = mistake.path[1] if len(mistake.path) > 1 and mistake.path[0] == "stages" else None
        stage = raw["stages"][at] if isinstance(at, int) and at < len(raw["stages"]) else None
        if stage is not None and mistake.path[2:] == ("minutes",):
            wrong[stage["id"]] = said(mistake, raw)
        else:
            others.append(said(mistake, raw))
    return _listed(room, problem=done.problem or " ".join(others), typed=raw, errors=wrong, status=400)


def _listed(
    room: Room,
    *,
    problem: str = "",
    typed: Table | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> tuple[str, int]:
    state = room.state
    raw = typed or changes.values_of(state)
    minutes = [state.minutes_of(one) for one in state.definition.stages if not state.is_skipped(one.id)]
    fit, fits = listing.fit_words(state)
    page = render_template(
        "pages/stages.html",
        form=EditorForm(formdata=None, edition=state.edition),
        code=state.code,
        definition=state.definition,
        entries=listing.entries(state, raw, errors or {}, _notes(raw)),
        library=listing.library(),
        total=listing.length(sum(minutes)),
        fit=fit,
        fits=fits,
        problem=problem,
        has_errors=bool(errors),
        may_edit=_may_edit(room),
        may_change_groups=may_change_groups(state),
        is_expired=form_expired(),
    )
    return page, status


def _notes(raw: Table) -> dict[str, str]:
    """What is worth a look, by stage."""
    checked = check_values(raw, definitions.library())
    found: dict[str, str] = {}
    for warning in checked.warnings:
        if warning.path[0] == "stages" and len(warning.path) > 1 and warning.message in words.SAID:
            stage = raw["stages"][warning.path[1]]
            found.setdefault(stage["id"], said(warning, raw))
    return found


def _may_edit(room: Room) -> bool:
    return room.state.now() is None and not room.state.ended


def _known(raw: Table, stage_id: str) -> Table:
    return changes.find(raw["stages"], stage_id) or abort(404)


# ---- one stage


@bp.route("/<code>/stages/<stage_id>", methods=["GET", "POST"])
@login_required
@keeps_input
def stage(code: str, stage_id: str) -> Page:
    """One stage with everything that can be set in it."""
    room, form = room_of(code), EditorForm()
    raw, edition = changes.values_of(room.state), room.state.edition
    before = changes.find(raw["stages"], stage_id)
    if before is None or not _may_edit(room):
        flash(_("This stage is not there any more.") if before is None else _("The workshop has begun."))
        return redirect(url_for("editor.stages", code=code), 303)
    if request.method == "GET":
        return _stage_page(room, raw, before, before)
    now = stage_fields.as_second_round(_typed_stage(before, raw.get("language", "es")), before, raw["stages"])
    do, method = request.form.get("do", ""), request.form.get("method", "")
    if not form.validate_on_submit():
        return _stage_page(room, raw, before, now, status=400)
    if saving.is_outdated(room, form):
        return _stage_page(room, raw, before, now, problem=saving.changed_meanwhile(), status=409)
    if method and method != request.form.get("drawn"):
        now = stage_fields.with_method(now, method, definitions.library())
        return _stage_page(room, raw, before, now, chosen=True)
    if bool(now.get("second_of")) != bool(request.form.get("drawn_second")):
        return _stage_page(room, raw, before, now, chosen=True)
    fields = stage_fields.stage_fields(now)
    if do != "save":
        return _stage_page(room, raw, before, controls.rearranged(now, fields, do) or now)
    now = controls.with_ids(fields, now, _languages(room))
    listed = [now if one["id"] == stage_id else one for one in raw["stages"]]
    asking = changes.with_weights_asked(listed, before, now)
    done = saving.save(room, {**raw, "stages": listed}, edition)
    if not done.ok:
        return _stage_page(room, {**raw, "stages": listed}, before, now, done=done, status=400)
    flash(_("“%(stage)s” is saved. Every page shows it already.", stage=listing.title_of(now)))
    if asking is not None:
        flash(_("“%(stage)s” asks about the same criteria now.", stage=listing.title_of(_known(raw, asking))))
    return redirect(url_for("editor.stages", code=code, _anchor=stage_id), 303)


def _typed_stage(before: Table, own: str) -> Table:
    """The stage as it was typed: by the method that the form was drawn for."""
    drawn = stage_fields.with_method(before, request.form.get("drawn", ""), definitions.library())
    asked = {**drawn, "second_of": request.form.get("drawn_second", "")}
    fields = {name: one for name, one in stage_fields.stage_fields(asked).items() if name != "method"}
    return controls.read(fields, request.form, drawn, own)


def _stage_page(
    room: Room,
    raw: Table,
    before: Table,
    now: Table,
    *,
    problem: str = "",
    done: Saved | None = None,
    chosen: bool = False,
    status: int = 200,
) -> tuple[str, int]:
    at = next(n for n, one in enumerate(raw["stages"]) if one["id"] == before["id"])
    errors, others = _errors(done, raw, f"stages.{at}.") if done else ({}, [])
    drawing = controls.Drawing(
        _languages(room), errors, lambda name: _choices(raw["stages"][:at], before["kind"], name)
    )
    page = render_template(
        "pages/stage.html",
        form=EditorForm(formdata=None, edition=room.state.edition),
        code=room.state.code,
        title=listing.title_of(before),
        kind=words.KINDS[before["kind"]],
        stage_id=before["id"],
        gathers=before["kind"] == "gather",
        statements=len(before.get("statements", ())),
        controls=controls.draw(stage_fields.stage_fields(now), now, drawing),
        drawn=stage_fields.method_of(now),
        drawn_second=now.get("second_of", ""),
        chosen=chosen,
        problem=problem or (done.problem if done else ""),
        others=others,
        **_language_choice(room),
        is_expired=form_expired(),
    )
    return page, status


def _choices(before: list[Table], kind: str, name: str) -> list[tuple[str, str]]:
    """The earlier stages that a setting of a stage of this kind can name."""
    wanted = {"weights_from": "ask", "second_of": "vote"}.get(name, "gather")
    fitting = [one for one in before if one["kind"] == wanted]
    if name == "of" and kind in ("card", "vote"):
        fitting = [one for one in before if one["kind"] == "gather" or changes.lets_pass(one)]
    if name == "second_of":
        fitting = [one for one in fitting if one.get("method") == "criteria" and not one.get("second_of")]
    return [(one["id"], _chosen_as(one, name)) for one in fitting]


def _chosen_as(stage: Table, name: str) -> str:
    """What a stage is called where a setting can name it."""
    title = listing.title_of(stage)
    return _("What passes in “%(stage)s”", stage=title) if name == "of" and stage["kind"] == "vote" else title


def _errors(done: Saved, raw: Table, prefix: str) -> tuple[dict[str, str], list[str]]:
    """What is wrong, by the name of the field; and what belongs to another page."""
    errors: dict[str, str] = {}
    others = []
    for mistake in done.mistakes:
        place = saving.place_of(mistake)
        if place.startswith(prefix):
            errors.setdefault(_field(place.removeprefix(prefix), mistake.params, raw), said(mistake, raw))
        else:
            others.append(said(mistake, raw))
    return errors, others


def _field(name: str, params: dict[str, str | int], raw: Table) -> str:
    """The field of a setting; of a text that is missing altogether, that in the workshop's language."""
    is_words = name.rpartition(".")[2] in ("title", "name", "text") and params.get("key")
    return f"{name}.{raw.get('language', 'es')}" if is_words else name


def _languages(room: Room) -> list[str]:
    own = room.state.definition.language
    return [own, *(code for code in LANGUAGES if code != own)]


def _language_choice(room: Room) -> dict[str, object]:
    """Whether texts are shown in all languages, and what those are called."""
    own = room.state.definition.language
    wanted = request.form.get("all", request.args.get("all", ""))
    if request.form.get("do") in ("all", "one"):
        wanted = "1" if request.form["do"] == "all" else ""
    return {"all_languages": bool(wanted), "own_language": own, "language_names": LANGUAGE_NAMES}


# ---- groups and territories


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
        return _groups_page(room, controls.rearranged(now, fields, do) or now)
    now = controls.with_ids(fields, now, _languages(room))
    done = saving.save(room, now, edition, groups=True)
    if not done.ok:
        return _groups_page(room, now, done=done, status=400)
    flash(_("Saved. Every page shows it already."))
    return redirect(url_for("editor.stages", code=code), 303)


def _groups_page(
    room: Room, raw: Table, *, problem: str = "", done: Saved | None = None, status: int = 200
) -> tuple[str, int]:
    errors, others = _errors(done, raw, "") if done else ({}, [])
    drawing = controls.Drawing(_languages(room), errors, lambda _name: [])
    page = render_template(
        "pages/groups.html",
        form=EditorForm(formdata=None, edition=room.state.edition),
        code=room.state.code,
        controls=controls.draw(stage_fields.top_fields(), raw, drawing),
        problem=problem or (done.problem if done else ""),
        others=others,
        **_language_choice(room),
        is_expired=form_expired(),
    )
    return page, status


# ---- the workshop as a file


@bp.get("/<code>/format.toml")
@login_required
def as_file(code: str) -> Response:
    """The workshop as it is prepared, as a format file: whoever reads it in has the same one."""
    definition = room_of(code).state.definition
    prepared = definition.prepared(stages_as_planned(room_of(code).state))
    response = Response(write_format(prepared), mimetype="application/toml")
    day = definition.date or datetime.now(UTC).astimezone().date().isoformat()
    name = file_name(definition.title, day, ".toml")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
