"""The kinds of stage: an explicit tuple. A new kind is one module here and its line below."""

from edp_app.core.registry import Kind
from edp_app.core.stages.ask import AskKind
from edp_app.core.stages.card import CardKind
from edp_app.core.stages.gather import GatherKind
from edp_app.core.stages.show import ShowKind
from edp_app.core.stages.sort import SortKind
from edp_app.core.stages.vote import VoteKind
from edp_app.core.stages.who import WhoKind

KINDS: tuple[Kind, ...] = (
    WhoKind(),
    GatherKind(),
    SortKind(),
    VoteKind(),
    CardKind(),
    AskKind(),
    ShowKind(),
)

_BY_ID = {kind.id: kind for kind in KINDS}


def kind_by_id(kind_id: str) -> Kind:
    """The kind with this id. Raises ``KeyError`` for one that no definition can name."""
    return _BY_ID[kind_id]
