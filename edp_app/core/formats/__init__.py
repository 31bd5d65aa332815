"""Workshop format files: TOML that a facilitator writes, read into definitions; see ``docs/formats.md``."""

from edp_app.core.formats.library import Library, Preset
from edp_app.core.formats.messages import FormatError
from edp_app.core.formats.reader import (
    FORMAT,
    Checked,
    CheckedValues,
    Mistake,
    check_format,
    check_values,
    could_be_read,
    read_format,
)
from edp_app.core.formats.scan import LARGEST
from edp_app.core.formats.writer import table_of, write_format

__all__ = [
    "FORMAT",
    "LARGEST",
    "Checked",
    "CheckedValues",
    "FormatError",
    "Library",
    "Mistake",
    "Preset",
    "check_format",
    "check_values",
    "could_be_read",
    "read_format",
    "table_of",
    "write_format",
]
