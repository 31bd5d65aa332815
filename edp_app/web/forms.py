"""The forms of the pages. Labels and messages are translated when the page is drawn."""

import re
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    DateField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, Optional

from edp_app.core.definition import LANGUAGES, Definition
from edp_app.core.formats import LARGEST
from edp_app.core.formats.shapes import WORDS_LENGTH, fields_of, list_type
from edp_app.core.refusals import Refusal
from edp_app.core.text import clean
from edp_app.i18n import LANGUAGE_NAMES
from edp_app.words import refusal_text

MAX_FORMAT_BYTES = LARGEST
"""The largest format file that is read."""

MOST_SIDES = list_type(fields_of(Definition)["territories"]).max_length or 0
SIDE_LENGTH = WORDS_LENGTH["name"]
"""How many sides of a border a workshop may have, and how long their names may be: as in a format file."""

_AS_TYPED = {"autocapitalize": "none", "spellcheck": "false"}

_BETWEEN_DIGITS = re.compile(r"[\s.\u00b7\u2010-\u2015\u2212_-]+")


def code_digits(typed: str) -> str | None:
    """The six digits that were meant, without what people put between them (spaces, dashes); else None."""
    digits = _BETWEEN_DIGITS.sub("", typed)
    return digits if re.fullmatch(r"[0-9]{6}", digits) else None


def spaced(code: str) -> str:
    """A join code as it is shown: ``123 456``, with a space that does not break."""
    return f"{code[:3]}\u00a0{code[3:]}"


class OneLine:
    """Cleans a line of text and says in words what is wrong with it."""

    def __init__(self, limit: int, *, required: bool = False, empty: str = "") -> None:
        """``empty``: what is said instead of the general sentence where a required line has no text."""
        self.limit, self.required, self.empty = limit, required, empty
        self.field_flags = {"required": True} if required else {}

    def __call__(self, _form: FlaskForm, field: Any) -> None:
        cleaned = clean(field.data or "", self.limit, required=self.required)
        if isinstance(cleaned, Refusal):
            own = self.empty if cleaned.code == "empty_text" else ""
            raise ValidationError(own or refusal_text(cleaned))
        field.data = cleaned


class JoinForm(FlaskForm):
    """The one field of the join page."""

    code = StringField(lazy_gettext("Code of the workshop"), [Length(max=40)])


class LoginForm(FlaskForm):
    """Sign in."""

    login = StringField(
        lazy_gettext("User name"),
        [InputRequired(lazy_gettext("Please type your user name.")), Length(max=80)],
        render_kw={"autocomplete": "username", **_AS_TYPED},
    )
    password = PasswordField(
        lazy_gettext("Pass phrase"),
        [InputRequired(lazy_gettext("Please type your pass phrase.")), Length(max=1000)],
        render_kw={"autocomplete": "current-password"},
    )


class HelperForm(FlaskForm):
    """Come to help in a workshop."""

    name = StringField(
        lazy_gettext("Your name"),
        [OneLine(120, required=True, empty=lazy_gettext("Please type your name."))],
        render_kw={"autocomplete": "name"},
    )


class FirstAccountForm(FlaskForm):
    """The account of whoever set the server up."""

    name = StringField(
        lazy_gettext("Your name"),
        [OneLine(120, required=True, empty=lazy_gettext("Please type your name."))],
        render_kw={"autocomplete": "name"},
    )
    login = StringField(
        lazy_gettext("User name"),
        [OneLine(80, required=True, empty=lazy_gettext("Please type your user name."))],
        render_kw={"autocomplete": "username", **_AS_TYPED},
    )
    password = PasswordField(
        lazy_gettext("Pass phrase"),
        [
            Length(
                min=12,
                max=1000,
                message=lazy_gettext("Please choose a pass phrase of 12 characters or more."),
            )
        ],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        lazy_gettext("The same pass phrase again"), render_kw={"autocomplete": "new-password"}
    )

    def validate_again(self, field: PasswordField) -> None:
        """Both have to be the same."""
        if field.data != self.password.data:
            raise ValidationError(
                lazy_gettext("The two pass phrases are not the same. Please type both again.")
            )


class Sides:
    """Turns a text of one territory on each line into a list of names, and says in one sentence what is
    wrong with it."""

    def __call__(self, _form: FlaskForm, field: Any) -> None:
        names: dict[str, str] = {}
        for line in (field.data or "").splitlines():
            name = clean(line, SIDE_LENGTH, required=False)
            if isinstance(name, Refusal):
                raise ValidationError(self._wrong(name, line))
            if name.casefold() in names:
                raise ValidationError(gettext("“%(name)s” stands there twice.", name=name))
            if name:
                names[name.casefold()] = name
        if len(names) > MOST_SIDES:
            raise ValidationError(
                gettext(
                    "A workshop can have %(most)s territories at most; here there are %(count)s.",
                    most=MOST_SIDES,
                    count=len(names),
                )
            )
        field.names = list(names.values())

    def _wrong(self, refusal: Refusal, line: str) -> str:
        if refusal.code == "text_too_long":
            begins = f"{line.strip()[:30]}…"
            return gettext(
                "“%(name)s” is too long: %(limit)s characters fit.", name=begins, limit=SIDE_LENGTH
            )
        return refusal_text(refusal)


_TITLE = lazy_gettext("Title")
_TITLE_RULES = [OneLine(200, required=True, empty=lazy_gettext("Please give the workshop a title."))]


class DoorField(RadioField):
    """How people come in; the sentences beside the choices are in :mod:`edp_app.web.modes`."""

    def __init__(self, **more: Any) -> None:
        choices = [
            SelectChoice("open", lazy_gettext("Open: anyone with the code")),
            SelectChoice("admitted", lazy_gettext("One by one: you let each in")),
            SelectChoice("badges", lazy_gettext("By badge: whom you invited")),
        ]
        super().__init__(lazy_gettext("The door"), choices=choices, **more)


class LanguageField(SelectField):
    """The language of the screen and the report."""

    def __init__(self, **more: Any) -> None:
        choices = [SelectChoice(c, LANGUAGE_NAMES[c]) for c in LANGUAGES]
        super().__init__(lazy_gettext("Language of the screen and the report"), choices=choices, **more)


class PrivacyField(RadioField):
    """How results protect people; the sentences beside the choices are in :mod:`edp_app.web.modes`."""

    def __init__(self, **more: Any) -> None:
        choices = [
            SelectChoice("grouped", lazy_gettext("Small groups together")),
            SelectChoice("open", lazy_gettext("Every group shown")),
            SelectChoice("headcount", lazy_gettext("No groups at all")),
        ]
        super().__init__(lazy_gettext("How results protect people"), choices=choices, **more)


class WorkshopForm(FlaskForm):
    """A new workshop from one of the formats. The formats are set by the view."""

    format = RadioField(lazy_gettext("Start from"), validate_choice=False)
    title = StringField(_TITLE, _TITLE_RULES)
    territory = StringField(lazy_gettext("Region or territory"), [OneLine(200)])
    convener = StringField(lazy_gettext("Convened by"), [OneLine(200)])
    date = DateField(lazy_gettext("Date"), [Optional()])
    starts = TimeField(lazy_gettext("Begins at"), [Optional()])
    ends = TimeField(lazy_gettext("Ends at"), [Optional()])
    language = LanguageField()
    groups = SelectField(lazy_gettext("Groups"))
    territories = TextAreaField(
        lazy_gettext("Territories that people come from"), [Sides()], render_kw={"rows": 3}
    )
    privacy = PrivacyField()
    door = DoorField(default="open")

    def validate_ends(self, field: TimeField) -> None:
        """It comes after the beginning."""
        if field.data and self.starts.data and field.data <= self.starts.data:
            starts = f"{self.starts.data:%H:%M}"
            raise ValidationError(
                gettext("The end has to come after the beginning at %(starts)s.", starts=starts)
            )

    def validate_format(self, field: RadioField) -> None:
        """A saved one may be gone since the page was opened."""
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(gettext("This format is not there any more. Please choose another one."))


class DescriptionForm(FlaskForm):
    """What a workshop is called and what it is about, corrected; the view takes away what cannot be any
    more."""

    title = StringField(_TITLE, _TITLE_RULES)
    territory = StringField(lazy_gettext("Region or territory"), [OneLine(200)])
    convener = StringField(lazy_gettext("Convened by"), [OneLine(200)])
    date = DateField(lazy_gettext("Date"), [Optional()])
    language = LanguageField()
    privacy = PrivacyField()
    door = DoorField()


class FormatForm(FlaskForm):
    """A workshop from a format file: the file, or its text."""

    file = FileField(lazy_gettext("Format file"))
    text = TextAreaField(lazy_gettext("Text of the format"), [Length(max=MAX_FORMAT_BYTES)])


class InvitationForm(FlaskForm):
    """People to invite: a file, or a table that was pasted."""

    file = FileField(lazy_gettext("CSV file"))
    text = TextAreaField(lazy_gettext("The list"), render_kw={"rows": 8, "spellcheck": "false"})
