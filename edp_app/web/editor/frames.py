"""A stage as a phone and the room's screen will show it: the pages themselves, each in a frame, with one view
that the rules made for it. They are handed over within the page, so that no page of ours has to let itself
be framed."""

from typing import Any, NamedTuple

import gevent
from flask import render_template, request, url_for
from flask_babel import gettext as _

from edp_app.clock import milliseconds
from edp_app.core.definition import LANGUAGES, Definition, in_language
from edp_app.core.preview import Preview, preview
from edp_app.core.registry import Json
from edp_app.i18n import LANGUAGE_NAMES, translator
from edp_app.web.assets import asset_url
from edp_app.web.shells import SECOND, catalogue_urls, join_url, short_url


def N_(message: str) -> str:  # noqa: N802 - the name by which messages are found
    """Marks a sentence for the catalogue; it is translated when it is said."""
    return message


EXAMPLE = N_("Example %(n)s")
"""What a contribution is called that nobody wrote, in the language of the workshop."""


class Frames(NamedTuple):
    """Both pages as they are put into their frames, and what can be chosen: the language and the group of the
    phone."""

    phone: str
    screen: str
    speaks: str
    group: str
    languages: list[tuple[str, str]]
    groups: list[tuple[str, str]]


def frames_of(definition: Definition, stage_id: str, code: str, *, reader: str) -> Frames:
    """A stage of this workshop; the phone in the language and of the group that were asked for in this
    request. Raises ``LookupError`` where there is no such stage. ``reader``: the language of the page around
    them."""
    speaks = request.values.get("speaks", "")
    speaks = speaks if speaks in LANGUAGES else definition.language
    groups = {one.id: in_language(one.name, reader) for one in definition.groups}
    group = request.values.get("as_group", "")
    group = group if group in groups else next(iter(groups))
    called = translator(definition.language).gettext(EXAMPLE)

    def made() -> Preview:
        return preview(
            definition,
            stage_id,
            code=code,
            now=milliseconds(),
            called=lambda n: called % {"n": n},
            group=group,
        )

    shown: Preview = gevent.get_hub().threadpool.apply(made)
    return Frames(
        phone=_page("phone", code, speaks, {"view": shown.phone, "self": shown.own}),
        screen=_page("screen", code, definition.language, {"view": shown.screen}),
        speaks=speaks,
        group=group,
        languages=[(one, LANGUAGE_NAMES[one]) for one in LANGUAGES],
        groups=list(groups.items()),
    )


def _page(role: str, code: str, speaks: str, shown: Json) -> str:
    """The page of a role as it is sent to a phone or a screen, but for the script that begins it."""
    config: dict[str, Any] = {
        "code": code,
        "id": "preview",
        "role": role,
        "language": speaks,
        "languages": list(LANGUAGES),
        "i18n": catalogue_urls(role),
        "join_url": join_url(code),
        "short_url": short_url(),
        "qr_url": url_for("join.qr", code=code),
        "preview": shown,
    }
    if role == "phone":
        config["second"] = {
            "script": asset_url(f"{SECOND}.js"),
            "style": asset_url(f"{SECOND}.css"),
            "words": catalogue_urls(SECOND),
        }
    title = _("Preview")
    return render_template(
        "shells/live.html",
        role=role,
        begins=f"{role}.preview",
        title=title,
        config=config,
        page_language=speaks,
    )
