"""A facilitator's pages: the console, the report, a workshop from a file. The list is in
:mod:`edp_app.web.register`, the form for a new one in :mod:`edp_app.web.preparing`."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

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
from flask_babel import gettext as _
from flask_login import current_user, login_required
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from edp_app.access import facilitated, usable_format
from edp_app.clock import milliseconds
from edp_app.core.commands import DescribeWorkshop, ExpectPeople
from edp_app.core.definition import Definition
from edp_app.core.formats import FormatError
from edp_app.core.text import unaccented
from edp_app.i18n import language
from edp_app.log import store
from edp_app.log.database import Database
from edp_app.log.models import Workshop
from edp_app.web import definitions
from edp_app.web.accounts import account_id
from edp_app.web.errors import wants_json
from edp_app.web.expected import OF_SIDES, expected_fields, read_expected
from edp_app.web.forms import (
    MAX_FORMAT_BYTES,
    DescriptionForm,
    FormatForm,
    spaced,
)
from edp_app.web.mine import is_owned
from edp_app.web.modes import door_notes, privacy_notes
from edp_app.web.reports import ReportJobs
from edp_app.web.running import carry_out, room_of
from edp_app.web.security import form_expired, keeps_input
from edp_app.web.shells import shell

bp = Blueprint("workshops", __name__, url_prefix="/workshops")

Page = AnyResponse | str | tuple[str, int]


@dataclass(frozen=True)
class Problem:
    """One mistake in a format file."""

    line: int
    text: str


@bp.route("/upload", methods=["GET", "POST"])
@login_required
@keeps_input
def upload() -> Page:
    """A workshop from a format file. A file with mistakes comes back as text, with each mistake's line."""
    form, is_example = FormatForm(), False
    problems: list[Problem] = []
    if request.method == "GET" and request.args.get("example"):
        form.text.data, is_example = definitions.example(language()), True
    elif request.method == "GET" and (kept := _database().read(usable_format, account_id(), _asked_for())):
        form.text.data = kept.text
        problems = [_problem(error, "") for error in definitions.read(kept.text, "workshop.toml").errors]
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
                    return make(checked.definition, warnings=checked.warnings)
                problems = [_problem(error, name) for error in checked.errors]
    status = 400 if request.method == "POST" else 200
    page = render_template(
        "pages/upload.html", form=form, problems=problems, is_expired=form_expired(), is_example=is_example
    )
    return page, status


@bp.route("/<code>/details", methods=["GET", "POST"])
@login_required
@keeps_input
def describe(code: str) -> Page:
    """Correct the title, the language and how many are expected; before the first stage was opened, also
    region, convener, date and door, and before anybody came, how results protect people."""
    room = room_of(code)
    definition, begun = room.state.definition, room.state.now() is not None
    form, problem = DescriptionForm(data=_described(definition)), None
    typed = request.form if request.method == "POST" else None
    expected = expected_fields(definition.groups, typed)
    sides = expected_fields(definition.territories, typed, OF_SIDES)
    if begun:
        del form.territory, form.convener, form.date, form.door
    if begun or room.state.numbered:
        del form.privacy
    numbers, from_sides = (
        read_expected(expected, definition.groups),
        read_expected(sides, definition.territories),
    )
    if form.validate_on_submit() and numbers is not None and from_sides is not None:
        expecting = ExpectPeople(expected=numbers, territories=from_sides)
        problem = carry_out(room, _description(form)) or carry_out(room, expecting)
        if problem is None:
            flash(_("Saved. Every page shows it already."))
            return redirect(url_for("workshops.index"), 303)
    lead = (
        _(
            "The workshop has begun: its region, convener, date and door stay as they were announced. Its "
            "groups and territories cannot be changed either."
        )
        if begun
        else _(
            "Until the first stage is opened, all of this can be corrected; after that the title, the "
            "language and who is expected. What happens in it is changed under “Stages and questions”."
        )
    )
    status = 400 if request.method == "POST" else 200
    page = render_template(
        "pages/describe.html",
        form=form,
        code=code,
        lead=lead,
        problem=problem,
        door_notes=door_notes(),
        privacy_notes=privacy_notes(),
        expected=expected,
        badges=room.state.expected() if not any(one.typed for one in expected) else {},
        sides=sides,
        badges_from=room.state.expected_from() if not any(one.typed for one in sides) else {},
        is_expired=form_expired(),
    )
    return page, status


def _described(definition: Definition) -> dict[str, object]:
    """What stands in the form at first."""
    names = ("title", "territory", "convener", "door", "language", "privacy")
    said = {name: getattr(definition, name) for name in names}
    return said | {"date": date.fromisoformat(definition.date) if definition.date else None}


def _description(form: DescriptionForm) -> DescribeWorkshop:
    if "territory" not in form:
        return DescribeWorkshop(title=form.title.data, language=form.language.data)
    return DescribeWorkshop(
        title=form.title.data,
        language=form.language.data,
        privacy=form.privacy.data if "privacy" in form else None,
        territory=form.territory.data,
        convener=form.convener.data,
        date=form.date.data.isoformat() if form.date.data else "",
        door=form.door.data,
    )


@bp.get("/<code>/console")
@login_required
def console(code: str) -> str:
    """The page from which a workshop is run."""
    found = _mine(code)
    is_rehearsal = bool(found.rehearsal_of)
    if current_user.only:
        return shell("console", found.code, found.title, is_remote=True, rehearsal=is_rehearsal)
    return shell("console", found.code, found.title, owns=is_owned(found.id), rehearsal=is_rehearsal)


@bp.get("/<code>/names")
@login_required
def names(code: str) -> Response:
    """The names and organisations that people gave, by person; for the console's list. They stand beside the
    log and in no view of it, so that neither phones nor screens ever receive them."""
    room = room_of(code, copies=True)
    given = _database().read(store.names_of_workshop, room.id)
    for person in room.state.persons.values():  # who gave no name of their own has that of their badge
        if person.named and person.badge in given:
            given.setdefault(person.id, given[person.badge])
    return jsonify({who: one._asdict() for who, one in given.items() if who not in room.state.badges})


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
    plain = "".join(c for c in unaccented(title) if c.isascii() or not c.isalpha())
    words = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")
    return f"{words or 'workshop'}-{day}{ending}"


def _asked_for() -> str:
    """The saved format that is to be corrected as a text."""
    return request.args.get("format", "")[:40]


def _uploaded(file: FileStorage | None) -> tuple[str, bytes] | None:
    """Name and content of the file, if one was sent; one byte more than allowed is enough to tell."""
    if file is None or not file.filename:
        return None
    return file.filename[-80:], file.stream.read(MAX_FORMAT_BYTES + 1)


def _problem(error: FormatError, name: str) -> Problem:
    in_file = error.file == (name or "workshop.toml")
    said = error.plain(_)
    return Problem(error.line, said) if in_file else Problem(0, error.sentence(_))


def make(
    definition: Definition, warnings: list[FormatError] | None = None, *, edits: bool = False
) -> AnyResponse:
    """Make a workshop of this account, and go on; ``edits``: to its stages, which are to be changed."""
    made = _database().call(store.create_workshop, definition, account_id() or "", milliseconds())
    for warning in warnings or ():
        flash(_("Worth a look, line %(line)s: %(message)s", line=warning.line, message=warning.plain(_)))
    if edits:
        flash(
            _("“%(title)s” is made. Its stages can be changed until the first is opened.", title=made.title)
        )
        return redirect(url_for("editor.stages", code=made.code), 303)
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
