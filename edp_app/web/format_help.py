"""The page that tells how a format file is written. What it lists is the library itself."""

from typing import NamedTuple

from flask import Blueprint, render_template
from flask_login import login_required

from edp_app.core.definition import in_language
from edp_app.i18n import language
from edp_app.web import definitions

bp = Blueprint("formats", __name__, url_prefix="/workshops")


class Ready(NamedTuple):
    """A stage of the library as the page lists it. ``needs_of``: it has to say which stage it is about."""

    use: str
    title: str
    prompt: str
    minutes: int
    needs_of: bool


def ready_stages(speaks: str) -> list[Ready]:
    """The stages of the library, in the order of their names."""
    return [
        Ready(
            use=name,
            title=in_language(preset.raw["title"], speaks),
            prompt=in_language(preset.raw.get("prompt", {}), speaks),
            minutes=preset.raw["minutes"],
            needs_of=preset.raw["kind"] in ("sort", "vote", "card") and name != "second_round",
        )
        for name, preset in sorted(definitions.library().presets.items())
    ]


@bp.get("/format-help")
@login_required
def page() -> str:
    """How a format file is written, in the reader's language."""
    speaks, library = language(), definitions.library()
    return render_template(
        "pages/format_help.html",
        groups=[(name, in_language(group["name"], speaks)) for name, (group, _) in library.groups.items()],
        sets=[
            (name, definitions.names_of(groups, speaks)) for name, groups in definitions.group_sets().items()
        ],
        stages=ready_stages(speaks),
    )
