"""How the report speaks: one language for the whole document, outside any request.

The pages choose a language per reader; a report has one, given explicitly. The catalogues are the same as
those of the pages, English being the language of the messages themselves.
"""

import gettext as catalogues
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list

from edp_app.charts import LookOf
from edp_app.report import figures

TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"
ENGLISH_ORDINALS = {"one": "st", "two": "nd", "few": "rd", "other": "th"}
LOCALES = {"en": "en_GB", "es": "es", "pt": "pt_BR"}


SOUNDS_I = re.compile(r"\W*(?:h?[ií](?![aeouáéóú])|y(?![aeiouáéíóú]))", re.IGNORECASE)
"""How words begin before which Spanish says "e" for "y": innovación, hilo; not hielo."""


class Wording:
    """The words, numbers and dates of one language."""

    def __init__(self, language: str) -> None:
        """``language`` is one of the product's; its catalogue may be missing, then English is spoken."""
        self.language = language
        self.locale = Locale.parse(LOCALES[language])
        self.translations = catalogues.translation(
            "messages", str(TRANSLATIONS), languages=[language], fallback=True
        )

    def gettext(self, message: str, **values: object) -> str:
        """The message in this language, its blanks filled."""
        text = self.translations.gettext(message)
        return text % values if values else text

    def ngettext(self, one: str, many: str, num: int, **values: object) -> str:
        """The message in the number that ``num`` asks for; ``num`` is one of its blanks, as a written
        number."""
        return self.translations.ngettext(one, many, num) % {"num": self.number(num), **values}

    def number(self, value: float, digits: int = 0) -> str:
        """A number with ``digits`` decimals, in this language's notation; a negative one has a minus."""
        return figures.number(value, digits, self.language).replace("-", "−")

    def percent(self, share: float, digits: int = 0) -> str:
        """A share from 0 to 1 as per cent."""
        return figures.percent(share, digits, self.language)

    def points(self, share: float, digits: int = 0) -> str:
        """The same without the sign, for a column that has it in its head."""
        return figures.points(share, digits, self.language)

    def ordinal(self, rank: int) -> str:
        """A rank as it is read: 1st; 1.º in Spanish, 1º in Portuguese."""
        if self.language == "es":
            return f"{rank}.º"
        if self.language == "pt":
            return f"{rank}º"
        return str(rank) + ENGLISH_ORDINALS[self.locale.ordinal_form(rank)]

    def day(self, iso: str) -> str:
        """A date of the calendar (YYYY-MM-DD) written out; as it stands if there is no such day."""
        try:
            return format_date(date.fromisoformat(iso), format="long", locale=self.locale)
        except ValueError:
            return iso

    def moment(self, ms: int) -> str:
        """A time in milliseconds since 1970 as day and time in universal time, which is said: a workshop has
        no zone of its own."""
        at = datetime.fromtimestamp(ms / 1000, tz=UTC)
        return self.gettext(
            "%(day)s, %(time)s in universal time (UTC)",
            day=format_date(at.date(), format="long", locale=self.locale),
            time=f"{at:%H:%M}",
        )

    def listed(self, parts: Sequence[str]) -> str:
        """Several words as one phrase: "a, b and c"; in Spanish "a, b e innovación"."""
        if not parts:
            return ""
        phrase = format_list(list(parts), style="standard", locale=self.locale)
        if self.language == "es" and len(parts) > 1 and SOUNDS_I.match(parts[-1]):
            return f"{phrase.removesuffix(f' y {parts[-1]}')} e {parts[-1]}"
        return phrase


Look = LookOf[Wording]
"""What the report's drawings know of the house, and how they speak."""


@lru_cache(maxsize=8)
def wording(language: str) -> Wording:
    """The wording of this language, or of English where the product does not speak it."""
    return Wording(language if language in LOCALES else "en")
