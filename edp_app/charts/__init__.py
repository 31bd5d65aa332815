"""Pictures of results, drawn as SVG: the same drawing on the screen, on a phone and in the PDF.

Each chart carries a text that says what it shows and the table behind it. Nothing here decides a rule and
nothing here reads anything but what was published.
"""

from edp_app.charts.answers import answers
from edp_app.charts.counts import CountRow, ShareRow, shares, two_counts
from edp_app.charts.drawing import FAMILY, LINE, PAGE_WIDTH, SIZE, SMALL, icon
from edp_app.charts.look import Chart, Look, LookOf, Mark, Speech, Table, palette
from edp_app.charts.metrics import Metrics, metrics

__all__ = [
    "FAMILY",
    "LINE",
    "PAGE_WIDTH",
    "SIZE",
    "SMALL",
    "Chart",
    "CountRow",
    "Look",
    "LookOf",
    "Mark",
    "Metrics",
    "ShareRow",
    "Speech",
    "Table",
    "answers",
    "icon",
    "metrics",
    "palette",
    "shares",
    "two_counts",
]
