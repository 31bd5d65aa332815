"""The export as JSON, and the JSON Schema that describes it.

``python -m edp_app.exports.as_json > docs/export.schema.json`` writes the schema anew.
"""

import json
import sys
from typing import Any

import msgspec

from edp_app.exports.contents import VERSION, Export


def write_json(export: Export) -> bytes:
    """UTF-8, two spaces for each level, in the order of the shape's fields: equal exports give equal
    bytes."""
    return msgspec.json.format(msgspec.json.encode(export), indent=2) + b"\n"


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the export."""
    (whole,), parts = msgspec.json.schema_components([Export], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Export of a workshop, version {VERSION}",
        **whole,
        "$defs": dict(sorted(parts.items())),
    }


def schema_text() -> str:
    """The schema as it stands in docs/export.schema.json."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
