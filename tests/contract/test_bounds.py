"""Every field of every kind of event has bounds, and every bound is of a field that there is."""

from typing import get_args

from edp_app.core.events import AnyEvent
from edp_app.log.bounds import CHECKS, KINDS, OWN_CHECKS


def test_every_field_of_every_event_has_bounds() -> None:
    fields = {(tag, name) for tag, kind in KINDS.items() for name in kind.__struct_fields__}
    missing = {(tag, name) for tag, name in fields if name not in CHECKS and (tag, name) not in OWN_CHECKS}
    assert not missing
    assert not CHECKS.keys() - {name for _, name in fields}
    assert not OWN_CHECKS.keys() - fields


def test_every_kind_is_known() -> None:
    assert set(KINDS.values()) == set(get_args(AnyEvent))
