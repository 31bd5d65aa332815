"""What the settings of a stage of cards mean together: whose items it is about, what its fields offer."""

from collections.abc import Sequence

from edp_app.core.formats import messages as say
from edp_app.core.formats.references import unique
from edp_app.core.formats.shapes import Shapes
from edp_app.core.formats.source import Place, Table
from edp_app.core.formats.votes import check_of


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
        check_of(shapes, stages, n, place.at("of"))
