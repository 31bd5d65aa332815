"""The time of day at which a workshop is to begin and to end, as it is prepared. What is planned on the day
is a moment, which the console makes of it by its own clock: see :mod:`edp_app.core.planning`."""

from edp_app.core.definition import Definition

DAY = 24 * 60
TIMES = ("starts", "ends")
"""The settings that say them."""


def minutes_of(clock: str) -> int:
    """The minutes since midnight at a time of day."""
    hours, _colon, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)


def shifted(clock: str, minutes: int) -> str:
    """The time of day so many minutes later, or earlier."""
    hours, rest = divmod((minutes_of(clock) + minutes) % DAY, 60)
    return f"{hours:02}:{rest:02}"


def minutes_there(definition: Definition) -> int | None:
    """The minutes from the beginning to the end; None where one of them is not said."""
    if not definition.starts or not definition.ends:
        return None
    return minutes_of(definition.ends) - minutes_of(definition.starts)
