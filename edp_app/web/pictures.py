"""Pictures of revealed results, for phones, screens and consoles: SVG to be put into the page, and the same
as a table.

They are drawn from what the screen is shown and from nothing finer, so whoever may open the screen may see
them; a result that was not revealed has none.
"""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, NoReturn

import gevent
from flask import Blueprint, Response, abort, current_app, jsonify, request
from gevent.lock import BoundedSemaphore
from werkzeug.datastructures import MultiDict

from edp_app.bundle import Bundle
from edp_app.charts import Look, metrics, palette
from edp_app.charts.drawing import SMALL
from edp_app.charts.metrics import EXACT, Slack
from edp_app.charts.published import Drawn, Wanted, draw, fitting, pictures_of, pictures_of_item
from edp_app.core.definition import LANGUAGES
from edp_app.core.state import State
from edp_app.core.views import view
from edp_app.log.models import Workshop
from edp_app.report.wording import wording
from edp_app.rooms import Room, Rooms
from edp_app.web.forms import code_digits
from edp_app.web.join import find_workshop

bp = Blueprint("pictures", __name__)

Json = dict[str, Any]

NARROWEST, WIDEST = 260, 2600
"""Pixels that a picture may be wide; it may be as high."""

STEP = 10
"""Widths and heights are rounded down to multiples of this, so that alike pages share their pictures."""

MOST_ITEMS = 12
"""So many may be named in one address."""


@dataclass(frozen=True, slots=True)
class Showing:
    """Where a picture is shown: how high its smallest words stand and how wide it is if nobody says so, in
    pixels; ``slack``: how many times as wide as the family's the page's type may run."""

    smallest: float
    width: int
    slack: Slack = EXACT

    @property
    def scale(self) -> float:
        """Pixels of a unit of the drawing."""
        return self.smallest / SMALL


OWN_TYPE = (1.26, 1.36)
"""DejaVu Sans, the widest type that pages fall back to: its words run 1.22 times as wide as ours and its
figures 1.28 times; a half bold stands in its bold, which runs 1.33 and 1.36 times as wide."""

SHOWINGS = {
    "screen": Showing(28, 1420),
    "page": Showing(14, 760),
    "phone": Showing(13, 320, slack=OWN_TYPE),  # it is set in the phone's own type
}
"""The values of ``for``. On the screen nothing is smaller than 28 px at 1080 lines."""


class Gallery:
    """Keeps what was looked at and drawn last: after a reveal a whole room asks for the same."""

    def __init__(self, views: int = 8, drawings: int = 64) -> None:
        self._views: OrderedDict[str, tuple[State, int, Json]] = OrderedDict()
        self._drawings: OrderedDict[str, bytes] = OrderedDict()
        self._marks: OrderedDict[tuple[str, str], tuple[Json, str]] = OrderedDict()
        self._most = (views, drawings)
        self._turn = BoundedSemaphore(1)

    def shown(self, room: Room) -> Json:
        """What the screen of this room shows. Waits until it has been counted; counts nothing itself."""
        room.when_countable()
        state, known = room.state, self._views.get(room.id)
        # It is another object after the log was folded anew, with content erased at the same position of it.
        if known is None or known[0] is not state or known[1] != state.seq:
            known = self._views[room.id] = (state, state.seq, view(state, "screen"))
        self._views.move_to_end(room.id)
        while len(self._views) > self._most[0]:
            self._views.popitem(last=False)
        return known[2]

    def mark(self, room: Room, run: str, past: Json, groups: list[Json]) -> str:
        """Changes with what is shown of a run; computed once for as long as its result stays the same
        object."""
        known = self._marks.get((room.id, run))
        if known is None or known[0] is not past["result"]:
            told = hashlib.sha256(json.dumps([past, groups], sort_keys=True).encode()).hexdigest()
            known = self._marks[room.id, run] = (past["result"], told)
        self._marks.move_to_end((room.id, run))
        while len(self._marks) > self._most[1]:
            self._marks.popitem(last=False)
        return known[1]

    def drawn(self, tag: str, make: "partial[bytes]") -> bytes:
        """The picture with this tag, made in a thread of its own if it is not here. Waits its turn: what many
        ask for at once is made once."""
        with self._turn:
            if tag not in self._drawings:
                self._drawings[tag] = gevent.get_hub().threadpool.apply(make)
            self._drawings.move_to_end(tag)
            while len(self._drawings) > self._most[1]:
                self._drawings.popitem(last=False)
            return self._drawings[tag]


@bp.get("/j/<code>/pictures/<run>.json")
def names(code: str, run: str) -> Response:
    """Which pictures the result of this run has, the one that says most first; and which of them can be drawn
    of single items."""
    past, _, _, mark = _revealed(code, run)
    answer = jsonify(pictures=pictures_of(past), of_item=pictures_of_item(past))
    return _kept(answer, _tag(mark, {}))


@bp.get("/j/<code>/picture/<run>/<name>.svg")
def svg(code: str, run: str, name: str) -> Response:
    """A picture. ``lang``; ``for``: see :data:`SHOWINGS`; ``width`` and ``height``: the room it has, in
    pixels (with a height it holds as many items as fit); ``column``; ``item``, once for each; ``start``,
    ``limit``."""
    past, groups, language, mark = _revealed(code, run)
    asked = _asked(request.args, name, language)
    return _answer(_tag(mark, asked), partial(_svg, asked, past, groups), "image/svg+xml")


@bp.get("/j/<code>/picture/<run>/<name>.json")
def table(code: str, run: str, name: str) -> Response:
    """What a picture says in words, and its figures as a table of all items, whichever of them it shows."""
    past, groups, language, mark = _revealed(code, run)
    asked = _asked(request.args, name, language)
    whole = asked | {"start": 0, "limit": None, "height": None}
    return _answer(_tag(f"{mark} table", whole), partial(_table, whole, past, groups), "application/json")


def _answer(tag: str, make: "partial[bytes]", mimetype: str) -> Response:
    """What is drawn, unless the browser has it; 404 where there is no such picture."""
    if request.if_none_match.contains_weak(tag):
        return _kept(Response(status=304), tag)
    try:
        drawn = _gallery().drawn(tag, make)
    except (LookupError, ValueError):
        abort(404)
    return _kept(Response(drawn, mimetype=mimetype), tag)


def _gallery() -> Gallery:
    found: Gallery = current_app.extensions.setdefault("edp.pictures", Gallery())
    return found


def _revealed(code: str, run: str) -> tuple[Json, list[Json], str, str]:
    """The revealed run as the screen shows it, the groups, the workshop's language, and what changes with
    them; else 404."""
    found = find_workshop(code_digits(code) or "")
    if not isinstance(found, Workshop):
        abort(found[1])
    rooms: Rooms = current_app.extensions["edp.rooms"]
    room = rooms.by_id(found.id)
    if room is None:
        abort(404)
    shown = _gallery().shown(room)
    past = shown["results"].get(run)
    if past is None:
        abort(404)
    mark = _gallery().mark(room, run, past, shown["groups"])
    return past, shown["groups"], shown["workshop"]["language"], mark


def _asked(args: MultiDict[str, str], name: str, language: str) -> Json:
    """What was asked for, as plain values; 404 for what there cannot be."""
    chosen, place = args.get("lang", language), args.get("for", "page")
    items = args.getlist("item")
    if chosen not in LANGUAGES or place not in SHOWINGS or len(items) > MOST_ITEMS:
        abort(404)
    return {
        "name": name,
        "language": chosen,
        "for": place,
        "width": _pixels(args, "width") or SHOWINGS[place].width,
        "height": _pixels(args, "height"),
        "column": args.get("column", ""),
        "items": items,
        "start": _count(args, "start") or 0,
        "limit": _count(args, "limit"),
    }


def _pixels(args: MultiDict[str, str], name: str) -> int | None:
    """A length, within what is sensible; None if it is not given."""
    asked = _count(args, name)
    return None if asked is None else max(NARROWEST, min(WIDEST, asked)) // STEP * STEP


def _count(args: MultiDict[str, str], name: str) -> int | None:
    """A number without a sign; None if it is not given."""
    text = args.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        _nothing()
    return int(text)


def _nothing() -> NoReturn:
    abort(404)


def _look(language: str, place: str) -> Look:
    bundle = Bundle()
    colours = palette(bundle.file("report.css").read_text("utf-8"))
    look = Look(colours, bundle.icons(), metrics(bundle.folder / "fonts"), wording(language))
    return look.at(SHOWINGS[place].scale, SHOWINGS[place].slack)


def _draw(asked: Mapping[str, Any], past: Json, groups: list[Json]) -> Drawn:
    look = _look(asked["language"], asked["for"])
    wanted = Wanted(asked["name"], asked["column"], tuple(asked["items"]), asked["start"], asked["limit"])
    width = asked["width"] / look.scale
    if asked["height"] is None:
        return draw(wanted, past, groups, look, width)
    return fitting(wanted, past, groups, look, width, asked["height"] / look.scale)


def _svg(asked: Mapping[str, Any], past: Json, groups: list[Json]) -> bytes:
    """The drawing; its root says which items it shows."""
    drawn = _draw(asked, past, groups)
    facts = f'lang="{asked["language"]}" data-start="{drawn.start}" data-shown="{drawn.shown}" '
    return drawn.chart.svg.replace("<svg ", f'<svg {facts}data-all="{drawn.all}" ', 1).encode()


def _table(asked: Mapping[str, Any], past: Json, groups: list[Json]) -> bytes:
    chart = _draw(asked, past, groups).chart
    return json.dumps({"alt": chart.alt, "table": asdict(chart.table)}, ensure_ascii=False).encode()


def _tag(mark: str, asked: Mapping[str, Any]) -> str:
    """Changes with what is shown, what was asked for, and how pictures are drawn."""
    made = [Bundle().path("report.css"), Bundle().path("icons.json"), mark, asked]
    return hashlib.sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()[:32]


def _kept(answer: Response, tag: str) -> Response:
    """An answer that browsers keep and ask about before they show it again: words may be hidden by then."""
    answer.set_etag(tag, weak=True)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
