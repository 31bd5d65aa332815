"""How the answers to one question spread over its scale."""

from collections.abc import Sequence

from edp_app.charts.drawing import SMALL, Drawing
from edp_app.charts.look import Chart, Look, Table


def answers(
    counts: Sequence[int], mean: float, low: str, high: str, look: Look, width: float, first: int = 1
) -> Chart:
    """How many people chose each step of a scale from ``first`` up; a mark under the steps shows the mean."""
    wording, draw = look.wording, Drawing(look)
    gettext = wording.gettext
    steps = len(counts)
    step = width / steps
    tallest = max([1, *counts])
    for index, count in enumerate(counts):
        height = 34 * count / tallest
        x = index * step + step * 0.14
        if count:
            draw.rect(x, 48 - height, step * 0.72, height, "wash", "ink")
        middle = index * step + step / 2
        draw.text(middle, 48 - height - 4, wording.number(count), SMALL, 600, anchor="middle")
        draw.text(middle, 63, str(index + first), SMALL, colour="quiet", anchor="middle")
    draw.line(0, 48, width, 48, "line-strong")
    at = (mean - first + 0.5) * step
    draw.path(f"M{at:.1f} 49l4.5 7h-9z", "ink")
    y = 66.0
    if low or high:
        y = 80.0
        for words, x, anchor in ((low, 0.0, "start"), (high, width, "end")):
            fitted = look.metrics.wrap(words, SMALL, width / 2 - 6, 1)
            if fitted:
                draw.text(x, 77, fitted[0], SMALL, colour="quiet", anchor=anchor)
    alt = gettext(
        "Answers on a scale from %(first)s to %(last)s: %(counts)s. Mean %(mean)s.",
        first=first,
        last=first + steps - 1,
        counts="; ".join(f"{i}: {c}" for i, c in enumerate(counts, start=first)),
        mean=wording.number(mean, 1),
    )
    table = Table(
        (gettext("Answer"), gettext("People")),
        tuple((str(i), wording.number(c)) for i, c in enumerate(counts, start=first)),
    )
    return draw.finish(width, y, alt, table)
