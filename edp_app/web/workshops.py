"""A facilitator's pages: the list, new workshops, the console, the report."""

import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime

import msgspec
from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_login import login_required
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse
from wtforms import SelectChoice

from edp_app.access import facilitated
from edp_app.clock import milliseconds
from edp_app.core.canonical import command_hash
from edp_app.core.commands import Command, Context, DescribeWorkshop
from edp_app.core.definition import Definition, Territory, in_language
from edp_app.core.formats import FormatError
from edp_app.i18n import language
from edp_app.log import store
from edp_app.log.database import Database
from edp_app.log.models import Workshop
from edp_app.rooms import Room, Rooms
from edp_app.web import definitions
from edp_app.web.accounts import account_id
from edp_app.web.errors import wants_json
from edp_app.web.forms import (
    MAX_FORMAT_BYTES,
    MOST_SIDES,
    DescriptionForm,
    FormatForm,
    WorkshopForm,
    spaced,
)
from edp_app.web.modes import privacy_notes
from edp_app.web.reports import ReportJobs
from edp_app.web.security import form_expired, keeps_input
from edp_app.web.shells import shell
from edp_app.words import refusal_text

bp = Blueprint("workshops", __name__, url_prefix="/workshops")

AS_IN_FORMAT = "format"

Page = AnyResponse | str | tuple[str, int]


@dataclass(frozen=True)
class Entry:
    """One line of the list."""

    code: str
    title: str
    territory: str
    when: str
    state: str
    ended: bool
    has_report: bool
    report_running: bool

    @property
    def shown_code(self) -> str:
        """The code as it is read out."""
        return spaced(self.code)


@dataclass(frozen=True)
class Problem:
    """One mistake in a format file."""

    line: int
    text: str


@bp.get("")
@login_required
def index() -> str:
    """The workshops of this account, the latest first."""
    rows = _database().read(_rows, account_id() or "")
    return render_template("pages/workshops.html", entries=[_entry(*row) for row in rows])


@bp.route("/new", methods=["GET", "POST"])
@login_required
@keeps_input
def new() -> Page:
    """A workshop from one of the formats that are shipped."""
    form, formats, sets = WorkshopForm(), definitions.shipped(), definitions.group_sets()
    speaks = language()
    form.format.choices = [SelectChoice(name, one.called(speaks)) for name, one in formats.items()]
    form.groups.choices = [
        SelectChoice(AS_IN_FORMAT, _("As in the format")),
        *(SelectChoice(name, definitions.names_of(groups, speaks)) for name, groups in sets.items()),
    ]
    if request.method == "GET":
        form.format.data = next(iter(formats), None)
        form.privacy.data, form.groups.data, form.language.data = "grouped", AS_IN_FORMAT, speaks
        form.date.data = None
    if form.validate_on_submit():
        groups = sets.get(form.groups.data)
        definition = definitions.with_changes(
            formats[form.format.data].definition,
            title=form.title.data,
            territory=form.territory.data,
            convener=form.convener.data,
            date=form.date.data.isoformat() if form.date.data else "",
            language=form.language.data,
            privacy=form.privacy.data,
            **({"groups": list(groups)} if groups else {}),
            **({"territories": sides} if (sides := _sides(form)) else {}),
        )
        return _make(definition)
    status = 400 if request.method == "POST" else 200
    notes = {name: _format_note(one.definition, speaks) for name, one in formats.items()}
    return (
        render_template(
            "pages/new.html",
            form=form,
            format_notes=notes,
            privacy_notes=privacy_notes(),
            most_territories=MOST_SIDES,
            is_expired=form_expired(),
        ),
        status,
    )


def _sides(form: WorkshopForm) -> list[Territory]:
    """The territories that were typed in, in the workshop's language; none: those of the format stay."""
    return [
        Territory(id=f"t{n}", name={form.language.data: name})
        for n, name in enumerate(form.territories.names, start=1)
    ]


@bp.route("/upload", methods=["GET", "POST"])
@login_required
@keeps_input
def upload() -> Page:
    """A workshop from a format file. A file with mistakes comes back as text, with each mistake's line."""
    form = FormatForm()
    problems: list[Problem] = []
    if request.method == "POST":
        name, source = _uploaded(form.file.data) or ("", (form.text.data or "").encode("utf-8", "replace"))
        form.text.data = source[:MAX_FORMAT_BYTES].decode("utf-8", "replace")
        if form.validate_on_submit():
            if not source.strip():
                problems = [Problem(0, _("There is no text yet. Please choose a file, or paste its text."))]
            elif len(source) > MAX_FORMAT_BYTES:
                problems = [Problem(0, _("The file is too large. A format file has a few kilobytes."))]
            else:
                checked = definitions.read(source, name or "workshop.toml")
                if checked.definition is not None:
                    return _make(checked.definition, warnings=checked.warnings)
                problems = [_problem(error, name) for error in checked.errors]
    status = 400 if request.method == "POST" else 200
    page = render_template("pages/upload.html", form=form, problems=problems, is_expired=form_expired())
    return page, status


@bp.route("/<code>/details", methods=["GET", "POST"])
@login_required
@keeps_input
def describe(code: str) -> Page:
    """Correct the title and, before the first stage was opened, region, convener and date."""
    room = _room(code)
    definition, begun = room.state.definition, room.state.now() is not None
    form, problem = DescriptionForm(), None
    if begun:
        del form.territory, form.convener, form.date
    if request.method == "GET":
        form.title.data = definition.title
        if not begun:
            form.territory.data, form.convener.data = definition.territory, definition.convener
            form.date.data = date.fromisoformat(definition.date) if definition.date else None
    if form.validate_on_submit():
        problem = _carry_out(room, _description(form))
        if problem is None:
            flash(_("Saved. Every page shows it already."))
            return redirect(url_for("workshops.index"), 303)
    lead = (
        _("The workshop has begun: its region, convener and date stay as they were announced.")
        if begun
        else _("Until the first stage is opened, all of this can be corrected; after that the title alone.")
    )
    status = 400 if request.method == "POST" else 200
    page = render_template(
        "pages/describe.html", form=form, lead=lead, problem=problem, is_expired=form_expired()
    )
    return page, status


def _description(form: DescriptionForm) -> DescribeWorkshop:
    if "territory" not in form:
        return DescribeWorkshop(title=form.title.data)
    return DescribeWorkshop(
        title=form.title.data,
        territory=form.territory.data,
        convener=form.convener.data,
        date=form.date.data.isoformat() if form.date.data else "",
    )


def _room(code: str) -> Room:
    """The workshop in memory, settled, if this account may run it; else 404."""
    rooms: Rooms = current_app.extensions["edp.rooms"]
    room = rooms.by_id(_mine(code).id)
    if room is None:
        abort(404)
    room.when_settled()
    return room


def _carry_out(room: Room, command: Command) -> str | None:
    """Have a command of this facilitator carried out; why it was not, in words, or None."""
    ctx = Context(f"f:{account_id()}", "facilitator", milliseconds(), secrets.token_urlsafe(16))
    content = command_hash(msgspec.json.encode(command, order="deterministic"))
    refusal = room.submit(command, ctx, content).refusal
    return None if refusal is None else refusal_text(refusal)


@bp.get("/<code>/console")
@login_required
def console(code: str) -> str:
    """The page from which a workshop is run."""
    found = _mine(code)
    return shell("console", found.code, found.title)


@bp.get("/<code>/names")
@login_required
def names(code: str) -> Response:
    """The names and organisations that people gave, by person; for the console's list. They stand beside the
    log and in no view of it, so that neither phones nor screens ever receive them."""
    given = _database().read(store.names_of_workshop, _mine(code).id)
    return jsonify({person: one._asdict() for person, one in given.items()})


@bp.post("/<code>/report")
@login_required
def start_report(code: str) -> AnyResponse | tuple[Response, int]:
    """Begins to make the PDF; asked again meanwhile, it is the same job."""
    found = _mine(code)
    definition = _database().read(definitions.definition_of, found.id)
    job = _jobs().start(found.id, found.code, language=definition.language, speaks=language())
    if wants_json():
        return jsonify(job=job.id), 202
    flash(_("The report is being made. It takes about half a minute; then reload this page."))
    return redirect(url_for("workshops.index"), 303)


@bp.get("/<code>/report.pdf")
@login_required
def report_pdf(code: str) -> Response:
    """The PDF finished last."""
    found = _mine(code)
    path = _jobs().latest(found.id)
    if path is None:
        abort(404)
    definition = _database().read(definitions.definition_of, found.id)
    made = datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone().date()
    response = Response(path.read_bytes(), mimetype="application/pdf")
    name = file_name(definition.title, definition.date or made.isoformat())
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def file_name(title: str, day: str, ending: str = ".pdf") -> str:
    """A name for a file that says what it is, in letters that every system takes. ``day``: YYYY-MM-DD, the
    workshop's own, or the day by this server's clock on which the file was made."""
    # Letters lose their accents, or are left out where Latin has none like them; all else separates words.
    letters = (c for c in unicodedata.normalize("NFKD", title) if c.isascii() or not c.isalpha())
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    words = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")
    return f"{words or 'workshop'}-{day}{ending}"


def _rows(session: Session, account: str) -> list[tuple[Workshop, Definition, bool]]:
    return [
        (workshop, definitions.definition_of(session, workshop.id), store.has_begun(session, workshop.id))
        for workshop in store.workshops_of(session, account)
    ]


def _entry(workshop: Workshop, definition: Definition, begun: bool) -> Entry:
    jobs = _jobs()
    if definition.date:
        when = format_date(date.fromisoformat(definition.date), "long")
    else:
        when = _(
            "prepared %(date)s",
            date=format_date(datetime.fromtimestamp(workshop.created_at / 1000, UTC), "long"),
        )
    if workshop.ended_at:
        state = _("Ended")
    elif begun:
        state = _("Under way")
    else:
        state = _("Prepared")
    return Entry(
        code=workshop.code,
        title=workshop.title,
        territory=definition.territory,
        when=when,
        state=state,
        ended=bool(workshop.ended_at),
        has_report=jobs.latest(workshop.id) is not None,
        report_running=jobs.running(workshop.id) is not None,
    )


def _format_note(definition: Definition, speaks: str) -> str:
    """How long a format takes and what it consists of."""
    hours, rest = divmod(definitions.minutes(definition), 60)
    length = (
        _("%(hours)s h %(minutes)s min", hours=hours, minutes=rest) if rest else _("%(hours)s h", hours=hours)
    )
    stages = ", ".join(in_language(stage.title, speaks) for stage in definition.stages)
    count = ngettext("%(num)s stage", "%(num)s stages", len(definition.stages))
    return f"{length}, {count}: {stages}"


def _uploaded(file: FileStorage | None) -> tuple[str, bytes] | None:
    """Name and content of the file, if one was sent; one byte more than allowed is enough to tell."""
    if file is None or not file.filename:
        return None
    return file.filename[-80:], file.stream.read(MAX_FORMAT_BYTES + 1)


def _problem(error: FormatError, name: str) -> Problem:
    in_file = error.file == (name or "workshop.toml")
    said = error.plain(_)
    return Problem(error.line, said) if in_file else Problem(0, error.sentence(_))


def _make(definition: Definition, warnings: list[FormatError] | None = None) -> AnyResponse:
    made = _database().call(store.create_workshop, definition, account_id() or "", milliseconds())
    for warning in warnings or ():
        flash(_("Worth a look, line %(line)s: %(message)s", line=warning.line, message=warning.plain(_)))
    flash(_("“%(title)s” is ready. Its code is %(code)s.", title=made.title, code=spaced(made.code)))
    return redirect(url_for("workshops.index"), 303)


def _mine(code: str) -> Workshop:
    """The workshop, if this account may run it; else 404, as for one that does not exist."""
    found = _database().read(facilitated, account_id(), code)
    if found is None:
        abort(404)
    return found


def _jobs() -> ReportJobs:
    jobs: ReportJobs = current_app.extensions["edp.reports"]
    return jobs


def _database() -> Database:
    database: Database = current_app.extensions["edp.database"]
    return database
