"""Formats that accounts saved, as the pages list them: read by the rules of format files of this version."""

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NamedTuple

from flask_babel import format_date
from flask_babel import gettext as _

from edp_app.core.definition import Definition
from edp_app.core.formats import Checked
from edp_app.log import store
from edp_app.web import definitions

PREFIX = "saved:"
"""Stands before the id of a saved format, where one is chosen among all."""

TOLD = 3
"""How many of a text's mistakes are told in a list."""


class Saved(NamedTuple):
    """A saved format. ``definition`` is None where this version cannot use it any more: ``mistakes`` says
    why."""

    row: store.SavedFormat
    definition: Definition | None
    mistakes: tuple[str, ...]

    @property
    def value(self) -> str:
        """What it is called where it is chosen."""
        return PREFIX + self.row.id

    @property
    def day(self) -> date:
        """When it was saved, by this server's clock."""
        return datetime.fromtimestamp(self.row.saved_at / 1000, UTC).astimezone().date()

    @property
    def when(self) -> str:
        """The same in words."""
        return format_date(self.day, "long")

    def said(self, account_id: str) -> str:
        """Who saved it and when, for whom."""
        if self.row.account_id != account_id:
            return _("Saved by %(name)s on %(date)s, for everybody here", name=self.row.by, date=self.when)
        if self.row.shared:
            return _("Saved on %(date)s, for everybody here", date=self.when)
        return _("Saved on %(date)s, for you alone", date=self.when)


def looked_at(row: store.SavedFormat) -> Saved:
    """The same, read."""
    checked = _checked(row.text)
    wrong = tuple(_mistake(one.line, one.plain(_)) for one in checked.errors[:TOLD])
    return Saved(row, checked.definition, wrong)


def _mistake(line: int, said: str) -> str:
    return _("Line %(line)s: %(said)s", line=line, said=said) if line else said


@lru_cache(maxsize=128)
def _checked(text: str) -> Checked:
    """Lists are opened more often than formats are saved."""
    return definitions.read(text, "workshop.toml")
