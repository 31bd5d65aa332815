"""What tests see in a drawing: its words with the boxes they take, its circles, its classes."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

from edp_app.bundle import Bundle
from edp_app.charts import Chart, Look, metrics, palette
from edp_app.charts.metrics import EXACT, Slack
from edp_app.charts.published import Wanted, draw, pictures_of
from edp_app.report.wording import wording
from tests.support.published import Json, Sample

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"


@cache
def look(language: str = "en", scale: float = 1.0, slack: Slack = EXACT) -> Look:
    """What pictures are drawn with."""
    bundle = Bundle()
    colours = palette(bundle.file("report.css").read_text("utf-8"))
    return Look(colours, bundle.icons(), metrics(bundle.folder / "fonts"), wording(language)).at(scale, slack)


@dataclass(frozen=True)
class Box:
    """A rectangle and what stands in it."""

    words: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box", most: float = 1.0) -> bool:
        """Whether both cover the same place, by more than ``most`` in either direction."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > most and down > most


def root(svg: str) -> ElementTree.Element:
    """The drawing, read by a parser that takes nothing but sound XML."""
    return ElementTree.fromstring(svg)  # noqa: S314 -- our own drawing


def words(chart: Chart, using: Look) -> list[Box]:
    """Every line of words and the box that its letters take."""
    boxes = []
    for element in root(chart.svg).iter(f"{SVG}text"):
        text, size = element.text or "", float(element.get("font-size", "0"))
        width = using.metrics.width(text, size, int(element.get("font-weight", "400")))
        x, y = float(element.get("x", "0")), float(element.get("y", "0"))
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[element.get("text-anchor", "start")]
        boxes.append(Box(text, left, y - 0.68 * size, left + width, y + 0.16 * size))
    return boxes


def overlapping(chart: Chart, using: Look) -> list[tuple[str, str]]:
    """Pairs of words that stand on each other."""
    return [(a.words, b.words) for a, b in combinations(words(chart, using), 2) if a.meets(b)]


def outside(chart: Chart, using: Look) -> list[str]:
    """Words that reach over an edge."""
    top = float(root(chart.svg).get("viewBox", "").split()[1])
    return [
        box.words
        for box in words(chart, using)
        if box.left < -0.6
        or box.right > chart.width + 0.6
        or box.top < top - 0.6
        or box.bottom > top + chart.height + 0.6
    ]


def circles(chart: Chart, radius: float) -> list[tuple[float, float]]:
    """The middles of all circles of this radius."""
    return [
        (float(c.get("cx", "0")), float(c.get("cy", "0")))
        for c in root(chart.svg).iter(f"{SVG}circle")
        if float(c.get("r", "0")) == radius
    ]


def figures(text: str) -> list[float]:
    """The numbers in a text written in English."""
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", text.replace(",", ""))]


def samples(**sample: object) -> dict[str, tuple[Json, list[Json]]]:
    """A revealed run of every kind, and its groups."""

    def made() -> Sample:
        return Sample(**sample)  # type: ignore[arg-type]

    runs = {
        "dots": made().spent(),
        "points": made().spent("points"),
        "ranking": made().spent("ranking"),
        "agree": made().agree(),
        "criteria": made().criteria(beside=True),
        "many criteria": made().criteria(7),
        "second round": made().criteria(second=True),
        "axes": made().axes(),
        "choice": made().choice(),
        "funders": made().choice(8, funders=True),
        "wheel": made().wheel(),
    }
    return {name: (run, made().groups) for name, run in runs.items()}


def every_picture(width: float, using: Look, **sample: object) -> dict[str, Chart]:
    """Every picture of every kind of result, by "kind name"."""
    return {
        f"{kind} {name}": draw(Wanted(name), past, groups, using, width).chart
        for kind, (past, groups) in samples(**sample).items()
        for name in pictures_of(past)
    }


def path_steps(data: str) -> list[tuple[str, list[float]]]:
    """The commands of a path and their numbers."""
    return [
        (letter, [float(number) for number in re.findall(r"-?\d*\.?\d+", given)])
        for letter, given in re.findall(r"([MLlhvz])([^MLlhvz]*)", data)
    ]


def moved(letter: str, given: list[float], x: float, y: float) -> tuple[float, float]:
    """Where a pen at ``x``, ``y`` is after this command."""
    if letter in "ML":
        return given[0], given[1]
    if letter == "l":
        return x + given[0], y + given[1]
    return (x + given[0], y) if letter == "h" else (x, y + given[0])
