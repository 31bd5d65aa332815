"""The first page of the editor, the list of stages; and the workshop as a file."""

from datetime import UTC, datetime

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response as AnyResponse

from edp_app.core.editing import may_change_groups, stages_as_planned
from edp_app.core.formats import write_format
from edp_app.core.hours import TIMES as TIMES_OF_DAY
from edp_app.core.removed import Removal
from edp_app.core.state import State
from edp_app.rooms import Room
from edp_app.web import definitions
from edp_app.web.editor import changes, controls, listing, notes, restoring, saving
from edp_app.web.editor.changes import Table
from edp_app.web.editor.saving import EditorForm, Saved, said
from edp_app.web.editor.telling import GROUPS, TIMES, tell, told
from edp_app.web.editor.texts import groups_of
from edp_app.web.join import local_path
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
    if do == "sum":
        return _summed(room, timed)
    match do:
        case "up" | "down":
            return _move(room, timed, edition, which, up=do == "up")
        case "add":
            return _add(room, timed, edition, which)
        case "remove" | "remove-all":
            return _remove(room, timed, edition, which, sure=do == "remove-all")
        case "sort":
            return _sort_before(room, timed, edition, which)
        case "keep":
            return _listed(room, typed=timed)
        case "back":
            return _bring_back(room, timed, edition, which)
    done = saving.save(room, timed, edition)
    if done.ok and (way := request.form.get("way", "")):  # a link was followed
        return redirect(local_path(way), 303)
    return _after(room, timed, done, _("Saved. Every page shows it already."))


def _with_minutes(raw: Table) -> Table:
    """The stages with the minutes that were typed in the list, and when it begins and ends."""
    number = controls.number
    typed = {stage["id"]: request.form.get(f"minutes-{stage['id']}") for stage in raw["stages"]}
    clocks = {name: request.form[name] for name in TIMES_OF_DAY if name in request.form}
    timed = [
        stage if typed[stage["id"]] is None else {**stage, "minutes": number(str(typed[stage["id"]]).strip())}
        for stage in raw["stages"]
    ]
    return {**raw, **clocks, "stages": timed}


def _summed(room: Room, raw: Table) -> Page:
    """For the script of the page: what the stages come to with what was typed; nothing where that cannot be,
    and nothing is saved."""
    made = saving.checked(raw)
    if isinstance(made, Saved):
        return "", 204
    state = listing.as_typed(room.state, made)
    fit, fits = listing.fit_words(state)
    return jsonify(total=listing.total_words(state), fit=fit, fits=fits, clocks=listing.clocks(state))


def _move(room: Room, raw: Table, edition: int, which: str, *, up: bool) -> Page:
    stage = known(raw, which)
    done = changes.moved(raw["stages"], which, up)
    if isinstance(done, dict):
        first, second = (done, stage) if up else (stage, done)
        problem = _(
            "“%(second)s” rests on “%(first)s” and has to come after it.",
            first=listing.title_of(first),
            second=listing.title_of(second),
        )
        return _listed(room, problem=problem, typed=raw, status=400)
    done, taking = changes.weighed(raw["stages"], done)
    after = saving.save(room, {**raw, "stages": done}, edition)
    place = 1 + next(n for n, one in enumerate(done) if one["id"] == which)
    words_ = _("“%(stage)s” is number %(place)s now.", stage=listing.title_of(stage), place=place)
    return _after(room, raw, after, f"{words_} {_weighed_words(raw, taking)}".strip(), anchor=which)


def _add(room: Room, raw: Table, edition: int, name: str) -> Page:
    presets = {known: preset.raw for known, preset in definitions.library().presets.items()}
    if name not in presets:
        abort(404)
    ids = [stage["id"] for stage in raw["stages"]]
    behind = request.form.get("after", "")
    place = ids.index(behind) + 1 if behind in ids else len(ids)
    groups = {group["id"] for group in raw["groups"]}
    made = changes.from_library(name, presets, raw["stages"], place, groups, restoring.ids_out(room.state))
    if isinstance(made, str):
        problem = (
            _("This stage is about what people wrote. Please add a stage before it in which people write.")
            if made == "gather"
            else _("A second round needs a first one: please add a vote by criteria before it.")
        )
        return _listed(room, problem=problem, typed=raw, status=400)
    listed, taking = changes.weighed(raw["stages"], [*raw["stages"][:place], made, *raw["stages"][place:]])
    after = saving.save(room, {**raw, "stages": listed}, edition)
    done = _("“%(stage)s” was added as number %(place)s.", stage=listing.title_of(made), place=place + 1)
    told = _weighed_words({"stages": listed}, taking)
    return _after(room, raw, after, f"{done} {told}".strip(), anchor=str(made["id"]))


def _sort_before(room: Room, raw: Table, edition: int, which: str) -> Page:
    vote = known(raw, which)
    if vote["kind"] != "vote" or "of" not in vote:
        abort(404)
    presets = {name: preset.raw for name, preset in definitions.library().presets.items()}
    listed, sort = changes.sorted_before(raw["stages"], vote, presets, restoring.ids_out(room.state))
    after = saving.save(room, {**raw, "stages": listed}, edition)
    place = 1 + next(n for n, one in enumerate(listed) if one["id"] == sort["id"])
    words_ = _("“%(stage)s” is number %(place)s now.", stage=listing.title_of(sort), place=place)
    return _after(room, raw, after, words_, anchor=str(sort["id"]))


def _weighed_words(raw: Table, taking: dict[str, str]) -> str:
    """Which votes take their weights from a stage that has come before them."""
    names = {one["id"]: listing.title_of(one) for one in raw["stages"]}
    return " ".join(
        _("“%(stage)s” takes its weights from “%(asking)s” now.", stage=names[vote], asking=names[asking])
        for vote, asking in taking.items()
    )


def _remove(room: Room, raw: Table, edition: int, which: str, *, sure: bool) -> Page:
    stage = known(raw, which)
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
            minutes=[(name, typed) for name, typed in request.form.items() if name.startswith("minutes-")],
        )
    if len(gone) == len(raw["stages"]):
        return _listed(room, problem=_("A workshop has one stage at least."), typed=raw, status=400)
    after = saving.save(room, {**raw, "stages": changes.without(raw["stages"], gone)}, edition)
    # what was removed, and the button that brings it back, stands on the page for as long as it is out
    return _after(room, raw, after, "")


def _bring_back(room: Room, raw: Table, edition: int, which: str) -> Page:
    """What was taken out by the change of this number is there again."""

    def then(removal: Removal) -> tuple[Table, Table]:
        return changes.raw_of(removal.was), changes.raw_of(removal.became)

    number = int(which) if which.isdigit() and len(which) < 12 else 0
    names = {one.seq: one.names for one in restoring.out(room.state)}
    done = restoring.restored(raw, room.state.removed, number, then)
    if done is None or number not in names:
        return _listed(room, problem=_("This is there again already."), typed=raw, status=400)
    groups = any(done.get(name) != raw.get(name) for name in ("groups", "territories"))
    after = saving.save(room, done, edition, groups=groups)
    before = {one["id"] for one in raw["stages"]}
    came = next((one["id"] for one in done["stages"] if one["id"] not in before), "")
    return _after(room, raw, after, _("There again, as before: %(names)s.", names=names[number]), anchor=came)


def _after(room: Room, raw: Table, done: Saved, message: str, anchor: str = "") -> Page:
    """Back to the list, which says what was done; or the list as it was typed, with what is wrong with it."""
    if done.ok:
        if message:
            tell(message, anchor or TIMES)
        return redirect(url_for("editor.stages", code=room.state.code, _anchor=anchor or TIMES), 303)
    wrong: dict[str, str] = {}
    others = []
    for mistake in done.mistakes:
        at = mistake.path[1] if len(mistake.path) > 1 and mistake.path[0] == "stages" else None
        stage = raw["stages"][at] if isinstance(at, int) and at < len(raw["stages"]) else None
        if stage is not None and mistake.path[2:] == ("minutes",):
            wrong[stage["id"]] = said(mistake, raw)
        elif mistake.path and mistake.path[0] in TIMES_OF_DAY:
            wrong[str(mistake.path[0])] = said(mistake, raw)
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
    summed, unsaved = _sum_of(state, raw) if typed else (state, False)
    fit, fits = listing.fit_words(summed)
    listed = listing.entries(summed, raw, errors or {}, notes.notes_of(raw, state.definition.language))
    removed = restoring.out(state) if may_edit(room) else []
    page = render_template(
        "pages/stages.html",
        form=EditorForm(formdata=None, edition=state.edition),
        code=state.code,
        definition=state.definition,
        entries=listed,
        told=told({TIMES, GROUPS, *(one.id for one in listed)}),
        unsaved=unsaved,
        groups=groups_of(raw),
        territories=groups_of({"groups": raw.get("territories", [])}),
        groups_note=notes.groups_note(raw, state.definition.language) if may_edit(room) else [],
        library=listing.library(),
        lacking=listing.lacks_actions(raw),
        sort=listing.sort_title(),
        removed=removed,
        just_now=bool(removed) and removed[0].seq == state.edition,
        total=listing.total_words(summed),
        times=[(name, raw.get(name, ""), (errors or {}).get(name, "")) for name in TIMES_OF_DAY],
        fit=fit,
        fits=fits,
        problem=problem,
        has_errors=bool(errors),
        may_edit=may_edit(room),
        may_change_groups=may_change_groups(state),
        is_expired=form_expired(),
    )
    return page, status


def _sum_of(state: State, typed: Table) -> tuple[State, bool]:
    """What the sum is of where something was typed: of that, if it can be; and whether it is not saved."""
    there, told_of = changes.values_of(state), (*TIMES_OF_DAY, "stages")
    made = saving.checked(typed)
    unsaved = any(there.get(key, "") != typed.get(key, "") for key in told_of)
    return (state if isinstance(made, Saved) else listing.as_typed(state, made)), unsaved


def may_edit(room: Room) -> bool:
    """Whether its stages can be changed: before the first is opened."""
    return room.state.now() is None and not room.state.ended


def known(raw: Table, stage_id: str) -> Table:
    """The stage with this id; else the answer is 404."""
    return changes.find(raw["stages"], stage_id) or abort(404)


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
