"""What a workshop is called, what it is about, who convened it and when: corrected after it was made."""

import datetime

from edp_app.core.commands import Context, DescribeWorkshop
from edp_app.core.events import Event, WorkshopDescribed
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.registry import Decides, Evolves
from edp_app.core.state import State
from edp_app.core.text import clean

LENGTH = 200
"""Of each text in characters, as in :class:`edp_app.core.definition.Definition`."""


def describe_workshop(state: State, command: DescribeWorkshop, ctx: Context) -> list[Event] | Refusal:
    """Before the first stage was opened everything may be corrected, then the title alone: what phones and
    screen have said of the workshop since then stays true."""
    before = state.definition
    title = clean(command.title, LENGTH)
    if isinstance(title, Refusal):
        return title
    texts = {"territory": before.territory, "convener": before.convener}
    for name, raw in (("territory", command.territory), ("convener", command.convener)):
        if raw is not None:
            text = clean(raw, LENGTH, required=False)
            if isinstance(text, Refusal):
                return text
            texts[name] = text
    date = before.date if command.date is None else command.date
    if not is_date(date):
        return refuse("bad_value")
    after = before.described(title=title, date=date, **texts)
    if state.now() and after != before.described(
        title=title, territory=before.territory, convener=before.convener, date=before.date
    ):
        return refuse("workshop_begun")
    return [] if after == before else [WorkshopDescribed(title=title, date=date, **texts)]


def is_date(text: str) -> bool:
    """Whether it is empty or a day of the calendar, written year first."""
    try:
        return not text or datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def on_described(state: State, event: WorkshopDescribed, at: int, actor: str) -> None:
    state.definition = state.definition.described(
        title=event.title, territory=event.territory, convener=event.convener, date=event.date
    )


DECIDES: Decides = {DescribeWorkshop: describe_workshop}
EVOLVES: Evolves = {WorkshopDescribed: on_described}
