"""What could be put into the agenda of a running workshop, as a console is told."""

from edp_app.core.arranging import upto
from edp_app.core.definition import Definition
from edp_app.core.formats import Library
from edp_app.core.formats.adding import offers
from edp_app.live.protocol import LibraryAnswer, Offered


def offered(definition: Definition, after: str, library: Library) -> LibraryAnswer:
    """The stages of the library, each with what it could refer to behind the stage ``after``."""
    found = offers(upto(definition, after), library, definition.language)
    return LibraryAnswer([Offered(*one) for one in found])
