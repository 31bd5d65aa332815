"""The stages of a workshop as the editor lists them, and the library to add from."""

from dataclasses import dataclass, replace

from flask_babel import gettext as _
from flask_babel import ngettext

from edp_app.clock import milliseconds
from edp_app.core import hours, plan
from edp_app.core.definition import Definition, in_language
from edp_app.core.formats import wired
from edp_app.core.state import Planned, State
from edp_app.i18n import language
from edp_app.web import definitions
from edp_app.web.editor import words
from edp_app.web.editor.changes import NEEDED, Table, find
from edp_app.web.editor.notes import Notes
from edp_app.web.editor.stage_fields import method_of
from edp_app.web.editor.voting import how_one_votes


@dataclass(frozen=True)
class Entry:
    """One stage of the list. ``aside``: what it is for, where that is not plain; ``note``: what is worth a
    look; ``unsorted``: whether nothing is merged before
    this vote; ``clock``: when it would begin."""

    id: str
    title: str
    minutes: str
    error: str
    what: str
    aside: str
    note: str
    unsorted: bool
    clock: str
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


def as_typed(state: State, made: Definition) -> State:
    """The workshop as it would be with what was typed, which is ``made``: to add up, and nothing else."""
    plan = {
        stage.id: Planned(stage.minutes, skipped=state.is_skipped(stage.id))
        for stage in made.stages
        if stage.id in state.plan
    }
    return replace(state, definition=made, plan=plan)


def total_words(state: State) -> str:
    """How long the stages take together, in words."""
    stages = state.definition.stages
    minutes = sum(state.minutes_of(one) for one in stages if not state.is_skipped(one.id))
    return _("Together: %(length)s", length=length(minutes))


def entries(state: State, raw: Table, errors: dict[str, str], notes: Notes) -> list[Entry]:
    """The stages, in order; ``errors`` by their id."""
    starting = clocks(state)
    return [
        Entry(
            id=stage["id"],
            title=title_of(stage),
            minutes=str(stage.get("minutes", "")),
            error=errors.get(stage["id"], ""),
            what=_what(stage, raw["stages"]),
            aside=str(words.ASIDE_IN_LIST.get(stage["kind"], "")),
            note=notes.said.get(stage["id"], ""),
            unsorted=stage["id"] in notes.unsorted,
            clock=starting.get(stage["id"], ""),
            skipped=state.is_skipped(stage["id"]),
            gathers=stage["kind"] == "gather",
        )
        for stage in raw["stages"]
    ]


def clocks(state: State) -> dict[str, str]:
    """When each stage would begin, where it is said when the workshop does."""
    starts, found = state.definition.starts, {}
    if not starts or state.now() is not None:
        return {}
    for stage in state.definition.stages:
        if not state.is_skipped(stage.id):
            found[stage.id] = starts
            starts = hours.shifted(starts, state.minutes_of(stage))
    return found


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
    found: dict[str, list[Ready]] = {step: [] for step in words.STEPS}
    for name, preset in definitions.library().presets.items():
        found[str(preset.raw.get("step", ""))].append(_ready(name))
    called = {**words.STEPS, "": _("For any step")}
    return [
        (str(called[step]), sorted(ready, key=lambda one: one.title))
        for step, ready in found.items()
        if ready
    ]


def _ready(name: str) -> Ready:
    raw, speaks = definitions.library().presets[name].raw, language()
    return Ready(
        name,
        in_language(raw["title"], speaks),
        in_language(raw.get("prompt", {}), speaks).replace("{year}", str(raw.get("year", ""))),
        how_one_votes(raw),
        raw["minutes"],
    )


def lacks_actions(raw: Table) -> Ready | None:
    """The stage of the library in which people say who does what by when, where something passes in this
    workshop and nobody is asked that."""
    stages = raw["stages"]
    if any(one.get("feeds") == "actions" for one in stages) or not any(map(wired.lets_pass, stages)):
        return None
    offered = (
        name for name, preset in definitions.library().presets.items() if preset.raw.get("feeds") == "actions"
    )
    return next((_ready(name) for name in offered), None)


def sort_title() -> str:
    """What the stage of the library is called in which what says the same is merged."""
    sort = next(one.raw for one in definitions.library().presets.values() if one.raw["kind"] == "sort")
    return in_language(sort["title"], language())


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


def _hours_words(definition: Definition, go: int) -> tuple[str, bool]:
    """How stages of so many minutes fit between the times of day that were prepared."""
    starts, ends = definition.starts, definition.ends
    there = hours.minutes_there(definition)
    if there is not None:
        told = {"starts": starts, "ends": ends, "there": length(there), "at": hours.shifted(starts, go)}
        if go > there:
            said = _(
                "From %(starts)s to %(ends)s there are %(there)s: %(over)s too many. It would end at %(at)s.",
                over=length(go - there),
                **told,
            )
            return said, False
        if go == there:
            return _("From %(starts)s to %(ends)s there are %(there)s: it fits exactly.", **told), True
        return _(
            "From %(starts)s to %(ends)s there are %(there)s: %(spare)s to spare. It would end at %(at)s.",
            spare=length(there - go),
            **told,
        ), True
    if starts:
        return _("It would end at %(at)s.", at=hours.shifted(starts, go)), True
    if ends:
        return _(
            "To end at %(ends)s it has to begin at %(at)s.", ends=ends, at=hours.shifted(ends, -go)
        ), True
    return _("Say when it begins and ends, and it is told here whether that fits."), True


def fit_words(state: State) -> tuple[str, bool]:
    """How the stages fit into the time there is, where an end is planned; and whether they do."""
    now = milliseconds()
    go, there, _proposed = plan.fit(state, now)
    if there is None:
        return _hours_words(state.definition, go)
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
