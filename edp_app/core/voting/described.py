"""The settings of a voting method as pages and the report are told of them."""

from typing import Any

import msgspec

from edp_app.core.definition import Method
from edp_app.core.registry import Json


def describe(settings: Method) -> Json:
    """A method's settings, defaults included: what the pages and the report say of it. What has no value is
    left out."""
    values = {name: getattr(settings, name) for name in settings.__struct_fields__}
    said = {name: _whole(value) for name, value in values.items() if value is not None}
    return {"type": settings.__struct_config__.tag, **said}


def _whole(value: Any) -> Any:
    """A value with all its defaults."""
    if isinstance(value, msgspec.Struct):
        return {n: _whole(v) for n in value.__struct_fields__ if (v := getattr(value, n)) is not None}
    return [_whole(one) for one in value] if isinstance(value, list) else value
