"""What the process of simulated people is told when it is started."""

from typing import Annotated

import msgspec

from edp_app.core.definition import Definition

MOST_PEOPLE = 60
"""So many simulated people take part in a rehearsal at most."""


class Brief(msgspec.Struct, frozen=True):
    """Whom they are to join, and how. ``url``: the server, from this machine; ``host``: the name under which
    it answers there. ``speed`` divides every pause that people make; 0: none. ``seed`` fixes what they choose
    and the secrets of their phones."""

    url: str
    host: str
    code: str
    definition: Definition
    people: Annotated[int, msgspec.Meta(ge=1, le=MOST_PEOPLE)]
    speed: float
    seed: int
