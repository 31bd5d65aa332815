"""The form for a new workshop: from a format that comes with the program, from stages of one's own, or from a
saved format."""

from dataclasses import dataclass

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import login_required
from wtforms import SelectChoice

from edp_app.core.definition import (
    Definition,
    ShowSettings,
    SortSettings,
    Stage,
    WhoSettings,
    in_language,
)
from edp_app.core.hours import TIMES
from edp_app.core.parts import Group, Territory
from edp_app.i18n import language
from edp_app.log import store
from edp_app.web import definitions
from edp_app.web.accounts import account_id
from edp_app.web.definitions import Shipped
from edp_app.web.expected import ExpectedField, expected_fields, read_expected
from edp_app.web.forms import MOST_SIDES, WorkshopForm
from edp_app.web.mine import database
from edp_app.web.modes import door_notes, privacy_notes
from edp_app.web.saved import Saved, looked_at
from edp_app.web.security import form_expired, keeps_input
from edp_app.web.workshops import Page, bp, make

AS_IN_FORMAT = "format"


@dataclass(frozen=True)
class Offer:
    """What a workshop can begin with. ``saved``: those that accounts saved and this version can use, by the
    name under which they are chosen; ``broken``: those that it cannot."""

    formats: dict[str, Shipped]
    saved: dict[str, Saved]
    broken: list[str]


def _offer() -> Offer:
    account = account_id() or ""
    rows = [
        *database().read(store.formats_of, account),
        *database().read(store.formats_of_others, account),
    ]
    looked = [looked_at(row) for row in rows]
    saved = {one.value: one for one in looked if one.definition is not None}
    as_shipped = {
        value: Shipped(one.definition, {"en": one.row.name})
        for value, one in saved.items()
        if one.definition is not None
    }
    broken = [one.row.name for one in looked if one.definition is None]
    return Offer({**definitions.offered(), **as_shipped}, saved, broken)


@bp.route("/new", methods=["GET", "POST"])
@login_required
@keeps_input
def new() -> Page:
    """A workshop from one of the formats. ``format``: which is chosen, and its settings filled in."""
    form, offer, sets, speaks = WorkshopForm(), _offer(), definitions.group_sets(), language()
    formats = offer.formats
    form.format.choices = [SelectChoice(name, one.called(speaks)) for name, one in formats.items()]
    form.groups.choices = [
        SelectChoice(AS_IN_FORMAT, _as_in_format(formats, speaks)),
        *(SelectChoice(name, _called(groups, sets, speaks)) for name, groups in sets.items()),
    ]
    if request.method == "GET":
        _fill_in(form, formats, speaks)
    chosen = offer.saved.get(str(form.format.data))
    filled_in = form.format.data if request.method == "GET" else request.form.get("filled_in", "")
    expected = _expected(sets, chosen)
    made = _made(form, formats, expected, keeps_numbers=bool(chosen) and filled_in != form.format.data)
    if made is not None:
        edits = request.form.get("then") == "stages" or form.format.data == definitions.FROM_NOTHING
        return make(made, edits=edits)
    page = render_template(
        "pages/new.html",
        form=form,
        format_notes=_notes(offer, speaks),
        broken=offer.broken,
        has_saved=bool(offer.saved or offer.broken),
        filled_in=filled_in if chosen else "",
        privacy_notes=privacy_notes(),
        door_notes=door_notes(),
        most_territories=MOST_SIDES,
        expected=expected,
        groups_of=_groups_of(formats, sets),
        from_nothing=definitions.FROM_NOTHING,
        is_expired=form_expired(),
    )
    return page, 400 if request.method == "POST" else 200


def _fill_in(form: WorkshopForm, formats: dict[str, Shipped], speaks: str) -> None:
    """What stands in the form at first: what the chosen format says, if one was chosen."""
    asked_for = request.args.get("format", "")
    form.format.data = asked_for if asked_for in formats else next(iter(definitions.shipped()))
    form.privacy.data, form.groups.data, form.language.data = "grouped", AS_IN_FORMAT, speaks
    form.date.data = None
    if asked_for in formats:
        base = formats[asked_for].definition
        form.privacy.data, form.language.data, form.door.data = base.privacy, base.language, base.door


def _expected(sets: dict[str, tuple[Group, ...]], chosen: Saved | None) -> list[ExpectedField]:
    """A field for each group that comes with the program or with the saved format that was chosen, which may
    say how many there will be."""
    everyone = [group for one in definitions.offered().values() for group in one.definition.groups]
    own = list(chosen.definition.groups) if chosen and chosen.definition else []
    typed = request.form if request.method == "POST" else None
    return expected_fields([*everyone, *(group for groups in sets.values() for group in groups), *own], typed)


def _notes(offer: Offer, speaks: str) -> dict[str, str]:
    """A sentence beside each format."""
    lists = {definitions.names_of(one.definition.groups, speaks) for one in offer.formats.values()}
    notes = {
        name: _format_note(one.definition, speaks, names_groups=len(lists) > 1)
        for name, one in offer.formats.items()
    }
    notes[definitions.FROM_NOTHING] = _(
        "It begins with who is here, and goes on to the page on which you add stages from the library and "
        "change them."
    )
    for value, one in offer.saved.items():
        notes[value] = f"{one.said(account_id() or '')}. {notes[value]}"
    return notes


def _as_in_format(formats: dict[str, Shipped], speaks: str) -> str:
    """The choice that leaves the groups of the format, with their names where all formats have the same."""
    lists = {definitions.names_of(one.definition.groups, speaks) for one in formats.values()}
    return _("As in the format: %(groups)s", groups=lists.pop()) if len(lists) == 1 else _("As in the format")


def _called(groups: tuple[Group, ...], sets: dict[str, tuple[Group, ...]], speaks: str) -> str:
    """A list of groups to choose: how many, and what it has beside those of a shorter one, which stands
    before it."""
    ids = {group.id for group in groups}
    shorter = [one for one in sets.values() if {group.id for group in one} < ids]
    known = {group.id for group in max(shorter, key=len)} if shorter else set()
    return ngettext(
        "%(num)s group, with: %(groups)s",
        "%(num)s groups, with: %(groups)s",
        len(groups),
        groups=definitions.names_of([group for group in groups if group.id not in known], speaks),
    )


def _groups_of(formats: dict[str, Shipped], sets: dict[str, tuple[Group, ...]]) -> dict[str, str]:
    """By group: the choices with which a workshop has it, ``format:`` or ``groups:`` before their names; the
    script of the page shows what belongs to those that are chosen."""
    found: dict[str, list[str]] = {}
    lists = {f"format:{name}": one.definition.groups for name, one in formats.items()}
    lists |= {f"groups:{name}": list(groups) for name, groups in sets.items()}
    for choice, groups in lists.items():
        for group in groups:
            found.setdefault(group.id, []).append(choice)
    return {group: " ".join(choices) for group, choices in found.items()}


def _made(
    form: WorkshopForm,
    formats: dict[str, Shipped],
    expected: list[ExpectedField],
    *,
    keeps_numbers: bool,
) -> Definition | None:
    """The workshop that was asked for; None where nothing was, or something has to be corrected.
    ``keeps_numbers``: where none was typed, the format says how many are expected."""
    if not form.validate_on_submit():
        return None
    base = formats[form.format.data].definition
    groups = list(definitions.group_sets().get(form.groups.data, base.groups))
    numbers = read_expected(expected, groups)
    if numbers is None:
        return None
    made = definitions.with_changes(
        base,
        title=form.title.data,
        territory=form.territory.data,
        convener=form.convener.data,
        date=form.date.data.isoformat() if form.date.data else "",
        **{name: f"{typed:%H:%M}" if (typed := form[name].data) else "" for name in TIMES},
        language=form.language.data,
        privacy=form.privacy.data,
        door=form.door.data,
        groups=groups,
        **({"territories": sides} if (sides := _sides(form)) else {}),
    )
    if keeps_numbers:
        numbers = {one.id: one.expected for one in groups if one.expected is not None} | numbers
    return made.expecting(numbers)


def _sides(form: WorkshopForm) -> list[Territory]:
    """The territories that were typed in, in the workshop's language; none: those of the format stay."""
    return [
        Territory(id=f"t{n}", name={form.language.data: name})
        for n, name in enumerate(form.territories.names, start=1)
    ]


def _is_named(stage: Stage, n: int) -> bool:
    """Whether a stage tells what a workshop is: none does that every workshop has."""
    settings = stage.settings
    if isinstance(settings, ShowSettings):
        return n > 0 and not settings.is_break
    return not isinstance(settings, WhoSettings | SortSettings)


def _format_note(definition: Definition, speaks: str, *, names_groups: bool) -> str:
    """How long a format takes, and what it consists of, each stage named once; and its groups, where not all
    formats have the same."""
    hours, rest = divmod(definitions.minutes(definition), 60)
    length = _("%(hours)s h", hours=hours) if hours else ngettext("%(num)s minute", "%(num)s minutes", rest)
    if hours and rest:
        length = _("%(hours)s h %(minutes)s min", hours=hours, minutes=rest)
    told = [stage for n, stage in enumerate(definition.stages) if _is_named(stage, n)]
    stages = ", ".join(dict.fromkeys(in_language(stage.title, speaks) for stage in told))
    count = ngettext("%(num)s stage", "%(num)s stages", len(definition.stages))
    among = _("%(length)s, %(count)s, among them: %(stages)s.", length=length, count=count, stages=stages)
    said = [among if stages else f"{length}, {count}."]
    if names_groups:
        said.append(_("Groups: %(groups)s.", groups=definitions.names_of(definition.groups, speaks)))
    if definition.territories:
        names = " · ".join(in_language(one.name, speaks) for one in definition.territories)
        said.append(_("Territories: %(names)s.", names=names))
    return " ".join(said)
