"""The stages of a workshop as the editor lists them, and the library to add from."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from edp_app.clock import milliseconds
from edp_app.core import plan
from edp_app.core.definition import in_language
from edp_app.core.state import State
from edp_app.i18n import language
from edp_app.web import definitions
from edp_app.web.editor import words
from edp_app.web.editor.changes import NEEDED, Table, find
from edp_app.web.editor.stage_fields import method_of
from edp_app.web.editor.voting import how_one_votes


@dataclass(frozen=True)
class Entry:
    """One stage of the list. ``note``: what is worth a look."""

    id: str
    title: str
    minutes: str
    error: str
    what: str
    note: str
    skipped: bool
    gathers: bool


@dataclass(frozen=True)
class Ready:
    """A stage of the library. ``how``: of a vote, how people vote."""

    name: str
    title: str
    prompt: str
    how: str
    minutes: int


def title_of(stage: Table) -> str:
    """What a stage is called, in the reader's language."""
    return in_language(stage.get("title", {}), language()) or str(stage["id"])


def groups_of(raw: Table) -> list[tuple[str, str]]:
    """The groups of the workshop, and what they are called in the reader's language."""
    return [(one["id"], in_language(one["name"], language())) for one in raw["groups"]]


def entries(state: State, raw: Table, errors: dict[str, str], notes: dict[str, str]) -> list[Entry]:
    """The stages, in order; ``errors`` and ``notes`` by their id."""
    return [
        Entry(
            id=stage["id"],
            title=title_of(stage),
            minutes=str(stage.get("minutes", "")),
            error=errors.get(stage["id"], ""),
            what=_what(stage, raw["stages"]),
            note=notes.get(stage["id"], ""),
            skipped=state.is_skipped(stage["id"]),
            gathers=stage["kind"] == "gather",
        )
        for stage in raw["stages"]
    ]


def _what(stage: Table, stages: list[Table]) -> str:
    """What happens in a stage, in a few words, and on which stage it rests."""
    said = str(words.CHOICES["method"][method_of(stage)]) if stage["kind"] == "vote" else ""
    kind = _("People vote %(how)s", how=said) if said else str(words.KINDS[stage["kind"]])
    rests = [find(stages, stage[key]) for key in reversed(NEEDED) if stage.get(key)]
    about = next((one for one in rests if one is not None), None)
    if brought := len(stage.get("statements", ())):
        said = ngettext("one statement brought in", "%(num)s statements brought in", brought)
        return f"{kind} · {said}"
    return _("%(kind)s · about “%(stage)s”", kind=kind, stage=title_of(about)) if about else kind


def library() -> list[tuple[str, list[Ready]]]:
    """The stages of the library under the steps that they belong to, in the order of the method."""
    speaks = language()
    found: dict[str, list[Ready]] = {step: [] for step in words.STEPS}
    for name, preset in definitions.library().presets.items():
        year = str(preset.raw.get("year", ""))
        one = Ready(
            name,
            in_language(preset.raw["title"], speaks),
            in_language(preset.raw.get("prompt", {}), speaks).replace("{year}", year),
            how_one_votes(preset.raw),
            preset.raw["minutes"],
        )
        found[str(preset.raw.get("step", ""))].append(one)
    called = {**words.STEPS, "": _("For any step")}
    return [
        (str(called[step]), sorted(ready, key=lambda one: one.title))
        for step, ready in found.items()
        if ready
    ]


def length(minutes: int) -> str:
    """Minutes as one says them."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return ngettext("%(num)s minute", "%(num)s minutes", rest)
    if not rest:
        return _("%(hours)s h", hours=hours)
    return _("%(hours)s h %(minutes)s min", hours=hours, minutes=rest)


FAR = 12 * 60
"""Minutes from which on an end is that of another day, so that minutes until there tell nobody anything."""


def fit_words(state: State) -> tuple[str, bool]:
    """How the stages fit into the time there is, where an end is planned; and whether they do."""
    now = milliseconds()
    go, there, _proposed = plan.fit(state, now)
    if there is None:
        return _("No end is planned yet: the console asks for it under “Agenda”."), True
    if there - go >= FAR:
        return ngettext(
            "The planned end is a day away.",
            "The planned end is %(num)s days away.",
            max(1, round(there / (24 * 60))),
        ), True
    if state.ends_at is not None and now - state.ends_at >= FAR * 60_000:
        return _("The planned end is past: the console asks for another under “Agenda”."), False
    if go > there:
        return _(
            "Until the planned end there are %(there)s: %(over)s too many.",
            there=length(there),
            over=length(go - there),
        ), False
    if go == there:
        return _("Until the planned end there are %(there)s: it fits exactly.", there=length(there)), True
    return _(
        "Until the planned end there are %(there)s: %(spare)s to spare.",
        there=length(there),
        spare=length(there - go),
    ), True
