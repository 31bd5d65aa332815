"""What is brought into a gather stage by a file: it fits into the stage."""

from edp_app.core.definition import GatherSettings
from edp_app.core.formats import messages as say
from edp_app.core.formats.shapes import Shapes, fields_of, shown
from edp_app.core.formats.source import Place, Table


def check_statements(shapes: Shapes, settings: Table, place: Place) -> None:
    """Note every statement that is longer than what people may write there, or that stands under no column of
    the stage. ``place``: of the list."""
    limit = settings.get("max_length", fields_of(GatherSettings)["max_length"].default)
    columns = [str(column["id"]) for column in settings.get("columns", []) if "id" in column]
    for n, statement in enumerate(settings.get("statements", [])):
        here = place.at(n)
        title, column = statement.get("title", ""), statement.get("column", "")
        if len(title) > limit:
            shapes.wrong(here.at("title"), say.TOO_LONG, key="title", limit=limit, length=len(title))
        if not columns or len(columns) < len(settings["columns"]):
            continue  # a column without its id may be the one that is meant
        if not column and len(columns) > 1:
            shapes.wrong(here, say.COLUMN_NEEDED, choices=", ".join(columns))
        elif column and column not in columns:
            params = {"value": shown(column), "choices": ", ".join(columns)}
            shapes.wrong(here.at("column"), say.UNKNOWN_COLUMN, **params)
