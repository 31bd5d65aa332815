"""The page that shows a stage as a phone and the screen will, from one stage to the next."""

from typing import NamedTuple

from flask import abort, render_template
from flask_login import login_required

from edp_app.core.definition import Stage, in_language
from edp_app.core.editing import stages_as_planned
from edp_app.i18n import language
from edp_app.web.editor.frames import frames_of
from edp_app.web.editor.pages import bp, may_edit
from edp_app.web.running import room_of


class Way(NamedTuple):
    """A stage to go on to."""

    id: str
    title: str


@bp.get("/<code>/preview/<stage_id>")
@login_required
def previewed(code: str, stage_id: str) -> str:
    """One stage at the moment at which it is opened."""
    room = room_of(code)
    definition = room.state.definition.prepared(stages_as_planned(room.state))
    place = next((n for n, one in enumerate(definition.stages) if one.id == stage_id), None)
    if place is None:
        abort(404)
    before, after = definition.stages[:place][-1:], definition.stages[place + 1 :][:1]
    return render_template(
        "pages/preview.html",
        code=room.state.code,
        id=stage_id,
        title=in_language(definition.stages[place].title, language()),
        place=place + 1,
        count=len(definition.stages),
        before=_way(before),
        after=_way(after),
        frames=frames_of(definition, stage_id, room.state.code, reader=language()),
        may_edit=may_edit(room),
    )


def _way(stages: list[Stage]) -> Way | None:
    return Way(stages[0].id, in_language(stages[0].title, language())) if stages else None
