"""What the settings of a stage of cards mean together: whose items it is about, what its fields offer."""

from collections.abc import Sequence

from edp_app.core.formats import messages as say
from edp_app.core.formats.references import find, kind_of, reference, unique
from edp_app.core.formats.shapes import Shapes
from edp_app.core.formats.source import Place, Table
from edp_app.core.formats.votes import RULED


def check_cards(shapes: Shapes, stages: Sequence[Table], n: int, place: Place) -> None:
    """Note what does not fit together in the ``n``-th stage, one of cards."""
    settings = stages[n]["settings"]
    for k, field in enumerate(settings.get("fields", [])):
        options = field.get("options", [])
        at = place.at("fields").at(k)
        unique(shapes, options, [at.at("options").at(one) for one in range(len(options))])
        if len(options) == 1:
            shapes.wrong(at.at("options"), say.TOO_FEW, key="options", least=2, value=1)
    if "of" in settings:
        _of(shapes, stages, n, place.at("of"))


def _of(shapes: Shapes, stages: Sequence[Table], n: int, place: Place) -> None:
    """A gather stage, or a vote by which something passes."""
    target = stages[n]["settings"]["of"]
    meant = find(stages, target)
    kind = "vote" if meant is not None and kind_of(meant) == "vote" else "gather"
    found = reference(
        shapes, stages, n, "of", target, place, kind=kind, message=say.NOT_GATHER_OR_VOTE, also=("vote",)
    )
    if found is None or kind != "vote":
        return
    method = found["settings"].get("method", {}).get("type", "dots")
    if method not in RULED or found["settings"].get("passes") == 0:
        shapes.wrong(place, say.NOTHING_PASSES_THERE, value=target)
