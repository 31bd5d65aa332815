"""Workshop format files: TOML that a facilitator writes, read into definitions; see ``docs/formats.md``."""

from edp_app.core.formats.library import Library, Preset
from edp_app.core.formats.messages import FormatError
from edp_app.core.formats.reader import FORMAT, Checked, check_format, read_format
from edp_app.core.formats.scan import LARGEST
from edp_app.core.formats.writer import write_format

__all__ = [
    "FORMAT",
    "LARGEST",
    "Checked",
    "FormatError",
    "Library",
    "Preset",
    "check_format",
    "read_format",
    "write_format",
]
