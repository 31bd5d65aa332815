"""``edp export --to json|csv|xlsx``: from the database to bytes, in a process of its own. The log is read and
the transaction closed before anything is made of it."""

from typing import Literal, get_args

from edp_app.config import Settings
from edp_app.core.workshop import fold
from edp_app.exports.contents import Export
from edp_app.exports.model import export_model
from edp_app.log.reading import NotThereError, read_log, reading, workshop_of

Form = Literal["json", "csv", "xlsx"]
FORMS: tuple[Form, ...] = get_args(Form)

SUFFIXES: dict[Form, str] = {"json": ".json", "csv": ".zip", "xlsx": ".xlsx"}
MIMES: dict[Form, str] = {
    "json": "application/json",
    "csv": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def made(export: Export, form: Form, language: str = "") -> bytes:
    """The file. ``language``: of headings, "" for the workshop's; the JSON has all languages."""
    # Each is imported when it is asked for: a download waits for it.
    if form == "csv":
        from edp_app.exports.as_csv import write_csv

        return write_csv(export, language)
    if form == "xlsx":
        from edp_app.exports.as_xlsx import write_xlsx

        return write_xlsx(export, language)
    from edp_app.exports.as_json import write_json

    return write_json(export)


def exported(settings: Settings, code: str, form: Form, language: str = "") -> bytes:
    """The file of the workshop with this code. Raises :class:`~edp_app.log.reading.NotThereError` where there
    is none, or where something was erased meanwhile: no export may bring it back."""
    recorded, epoch = read_log(settings.database_url, code)
    state = fold(recorded)
    if state.rehearsal:
        raise NotThereError(f"{code} is a rehearsal, of which nothing is kept.")
    content = made(export_model(state), form, language)
    with reading(settings.database_url) as session:
        if workshop_of(session, code).epoch != epoch:
            raise NotThereError("Something was erased from this workshop meanwhile. Please try again.")
    return content
