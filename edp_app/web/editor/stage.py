"""The page of one stage, with everything that can be set in it."""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required

from edp_app.core.definition import LANGUAGES
from edp_app.core.formats import Mistake, wired
from edp_app.i18n import language, languages_in_words
from edp_app.rooms import Room
from edp_app.web import definitions
from edp_app.web.editor import (
    changes,
    controls,
    listing,
    lists,
    ready,
    restoring,
    saving,
    stage_fields,
    telling,
    words,
)
from edp_app.web.editor.changes import Table
from edp_app.web.editor.frames import Frames, frames_of
from edp_app.web.editor.pages import Page, bp, known, may_edit
from edp_app.web.editor.saving import EditorForm, Saved, said
from edp_app.web.editor.texts import (
    groups_of,
    left_behind,
    named,
    notes_of_renamed,
    renamed,
    tell_left_behind,
    tell_renamed,
)
from edp_app.web.running import room_of
from edp_app.web.security import form_expired, keeps_input


@bp.route("/<code>/stages/<stage_id>", methods=["GET", "POST"])
@login_required
@keeps_input
def stage(code: str, stage_id: str) -> Page:
    """One stage with everything that can be set in it."""
    room, form = room_of(code), EditorForm()
    raw, edition = changes.values_of(room.state), room.state.edition
    before = changes.find(raw["stages"], stage_id)
    if before is None or not may_edit(room):
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
        other = stage_fields.with_method(now, method, definitions.library(), rule=_chosen_rule())
        return _stage_page(room, raw, before, other, chosen=True, rule_said=_rule_said(now, other))
    if bool(now.get("second_of")) != bool(request.form.get("drawn_second")):
        return _stage_page(room, raw, before, now, chosen=True)
    fields = stage_fields.stage_fields(now)
    if do not in ("save", "preview"):
        offered, out = ready.ready_for(now, raw["stages"]), _gone(fields, before, raw)
        again, gone = lists.rearranged(now, out, fields, do, offered) or (now, None)
        return _stage_page(room, raw, before, again, gone=gone, pressed=lists.list_of(do))
    now = lists.with_ids(fields, now, languages(room), restoring.ids_out(room.state))
    presets = (preset.raw for preset in definitions.library().presets.values())
    without = changes.without_example(before, now, presets)
    now = without or now
    listed = [lists.settled(now) if one["id"] == stage_id else one for one in raw["stages"]]
    own = raw.get("language", "es")
    asking = changes.with_weights_asked(listed, before, now, ready.asked_as(now, own))
    scoring = changes.with_criteria_scored(listed, before, now, ready.scored_as(now, own))
    raw = {**raw, "stages": listed}
    if do == "preview":
        return _previewed(room, raw, before, now)
    done = saving.save(room, raw, edition)
    if not done.ok:
        return _stage_page(room, raw, before, now, done=done, status=400)
    telling.tell(
        _("“%(stage)s” is saved. Every page shows it already.", stage=listing.title_of(now)), stage_id
    )
    if without is not None:
        telling.tell(
            _("The example below its question went with the question of the library, so it was taken out."),
            stage_id,
        )
    _tell_of(room, raw, before, now, asking=asking, scoring=scoring)
    return redirect(url_for("editor.stages", code=code, _anchor=stage_id), 303)


def _tell_of(
    room: Room, raw: Table, before: Table, now: Table, *, asking: str | None, scoring: list[str]
) -> None:
    """Say what saving a stage left behind, and what was changed with it: which stage ``asking`` about its
    criteria, which votes ``scoring`` by what it asks about."""
    tell = partial(telling.tell, at=before["id"])
    if apart := _still_asked_apart(raw, before, now):
        tell(_("A question of its own stays, as it was, for: %(groups)s.", groups=named(apart)), kind="warn")
    was, drawn = _texts_of(room, raw, before), _texts_of(room, raw, now)
    here = partial(url_for, "editor.stage", code=room.state.code, stage_id=before["id"])
    tell_renamed(renamed(was, drawn), here, before["id"])
    tell_left_behind(left_behind(was, drawn, languages(room)[0]), here(all=1), before["id"])
    if asking is not None:
        tell(_("“%(stage)s” asks about the same criteria now.", stage=listing.title_of(known(raw, asking))))
    for vote in scoring:
        tell(_("“%(stage)s” scores by the same criteria now.", stage=listing.title_of(known(raw, vote))))


def _chosen_rule() -> str:
    """What decides, where it was chosen in this form; empty where it stands as it was drawn."""
    rule = request.form.get("rule", "")
    return rule if rule != request.form.get("drawn_rule", rule) or request.form.get("rule_chosen") else ""


def _rule_said(before: Table, now: Table) -> str:
    """That another rule decides after the method was changed; empty where it is the same."""
    was, rule = stage_fields.rule_of(before), stage_fields.rule_of(now)
    if not rule or not was or was == rule:
        return ""
    return _(
        "What decides has changed with it: “%(rule)s” instead of “%(before)s”. You can choose it below.",
        rule=words.CHOICES["rule"][rule],
        before=words.CHOICES["rule"][was],
    )


def _still_asked_apart(raw: Table, before: Table, now: Table) -> list[str]:
    """The groups whose own question stayed when that of everyone else was changed."""
    if now.get("prompt") == before.get("prompt"):
        return []
    there, then = now.get("prompt_for", {}), before.get("prompt_for", {})
    return [called for of, called in groups_of(raw) if there.get(of, {}) and there[of] == then.get(of)]


def _texts_of(room: Room, raw: Table, stage: Table) -> list[controls.Control]:
    """The form of a stage, for what its texts say and what they are called."""
    drawing = controls.Drawing(languages(room), {}, lambda _name: [], groups_of(raw))
    return controls.draw(stage_fields.stage_fields(stage), stage, drawing)


def _previewed(room: Room, raw: Table, before: Table, now: Table) -> Page:
    """The stage as it was typed, with what comes of that below it. Nothing is saved."""
    made = saving.checked(raw)
    if isinstance(made, Saved):
        return _stage_page(room, raw, before, now, done=made, status=400)
    frames = frames_of(made, before["id"], room.state.code, reader=language())
    return _stage_page(room, raw, before, now, frames=frames)


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
    rule_said: str = "",
    frames: Frames | None = None,
    gone: dict[str, list[Table]] | None = None,
    pressed: str = "",
    status: int = 200,
) -> tuple[str, int]:
    at = next(n for n, one in enumerate(raw["stages"]) if one["id"] == before["id"])
    errors, others = errors_of(done, raw, f"stages.{at}.") if done else ({}, [])
    fields = stage_fields.stage_fields(now)
    drawing = controls.Drawing(
        languages(room),
        errors,
        lambda name: _choices(raw["stages"][:at], before["kind"], name),
        groups_of(raw),
        _gone(fields, before, raw) if gone is None else gone,
        ready.offers(now, raw["stages"], raw.get("language", "es")),
        pressed,
        notes_of_renamed(
            renamed(_texts_of(room, raw, before), _texts_of(room, raw, now), request.args.getlist("renamed"))
        ),
    )
    page = render_template(
        "pages/stage.html",
        form=EditorForm(formdata=None, edition=room.state.edition),
        code=room.state.code,
        title=listing.title_of(before),
        kind=words.KINDS[before["kind"]],
        aside=words.ASIDE.get(before["kind"], ""),
        stage_id=before["id"],
        gathers=before["kind"] == "gather",
        statements=len(before.get("statements", ())),
        controls=controls.draw(fields, now, drawing),
        drawn=stage_fields.method_of(now),
        drawn_second=now.get("second_of", ""),
        drawn_rule=stage_fields.rule_of(now),
        rule_chosen="1" if _chosen_rule() else "",
        chosen=chosen,
        rule_said=rule_said,
        frames=frames,
        problem=problem or (done.problem if done else ""),
        others=others,
        **language_choice(room),
        is_expired=form_expired(),
    )
    return page, status


def _gone(fields: controls.Fields, before: Table, raw: Table) -> dict[str, list[Table]]:
    """What was taken out of the lists of a stage, in the form as it was sent."""
    return controls.read_gone(fields, request.form, before, raw.get("language", "es"))


def _choices(before: list[Table], kind: str, name: str) -> list[tuple[str, str]]:
    """The earlier stages that a setting of a stage of this kind can name."""
    wanted = {"weights_from": "ask", "second_of": "vote"}.get(name, "gather")
    fitting = [one for one in before if one["kind"] == wanted]
    if name == "links_to" or (name == "of" and kind in ("card", "vote")):
        fitting = [one for one in before if one["kind"] == "gather" or wired.lets_pass(one)]
    if name == "second_of":
        fitting = [one for one in fitting if wired.can_be_voted_again(one)]
    return [(one["id"], _chosen_as(one, name)) for one in fitting]


def _chosen_as(stage: Table, name: str) -> str:
    """What a stage is called where a setting can name it."""
    title = listing.title_of(stage)
    passes = name in ("of", "links_to") and stage["kind"] == "vote"
    return _("What passes in “%(stage)s”", stage=title) if passes else title


def errors_of(done: Saved, raw: Table, prefix: str) -> tuple[dict[str, str], list[str]]:
    """What is wrong, by the name of the field; and what belongs to another page."""
    errors: dict[str, str] = {}
    others = []
    for mistake in done.mistakes:
        place = saving.place_of(mistake)
        if place.startswith(prefix):
            errors.setdefault(_field(place.removeprefix(prefix), mistake.params, raw), said(mistake, raw))
        else:
            others.append(_said_elsewhere(mistake, raw))
    return errors, list(dict.fromkeys(others))  # a second round has what is wrong with the first


def _said_elsewhere(mistake: Mistake, raw: Table) -> str:
    """A mistake that belongs to another page: of a stage, with its name in front."""
    stage = _stage_of(mistake, raw)
    if stage is None:
        return said(mistake, raw)
    return _("In “%(stage)s”: %(said)s", stage=listing.title_of(stage), said=said(mistake, raw))


def _stage_of(mistake: Mistake, raw: Table) -> Table | None:
    """The stage that a mistake is in."""
    match mistake.path:
        case ("stages", int(n), *_rest):
            found: Table = raw["stages"][n]
            return found
    return None


def _field(name: str, params: dict[str, str | int], raw: Table) -> str:
    """The field of a setting; of a text that is missing altogether, that in the workshop's language."""
    is_words = name.rpartition(".")[2] in ("title", "name", "text") and params.get("key")
    return f"{name}.{raw.get('language', 'es')}" if is_words else name


def languages(room: Room) -> list[str]:
    own = room.state.definition.language
    return [own, *(code for code in LANGUAGES if code != own)]


def language_choice(room: Room) -> dict[str, object]:
    """Whether texts are shown in all languages, and what those are called."""
    own = room.state.definition.language
    wanted = request.form.get("all", request.args.get("all", ""))
    if request.form.get("do") in ("all", "one"):
        wanted = "1" if request.form["do"] == "all" else ""
    return {"all_languages": bool(wanted), "own_language": languages_in_words([own])}
