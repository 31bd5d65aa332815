"""A figure reads the same in the report as on the pages: one table of cases, written by both languages."""

import json
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest

from edp_app.core.definition import LANGUAGES
from edp_app.report import figures
from edp_app.report.wording import wording

each_language = pytest.mark.parametrize("language", sorted(LANGUAGES))

HALVES = [0.0825, 0.0125, 0.125, 0.005, 0.015, 0.145, 0.285, 0.575, 0.0005, 0.1649, 0.9995, 0.99949, 0.0, 1.0]
"""Shares on which ways of rounding part: exact halves of the last figure that is written, and their like."""

MEANS = [3.25, 3.35, 2.05, 4.45, 1.15, 3.05, 2.949999, 4.95, 1.0, 5.0]

COUNTS = [0, 7, 999, 1000, 1250, 9999, 10_000, 12_500, 1_234_567]

FRACTIONS = [a / b for b in range(1, 61) for a in range(b + 1)]
"""Every share that up to sixty dots can give."""


def lists() -> list[list[dict[str, float]]]:
    """Rankings with ties and near-ties in both counts."""
    rng = random.Random(7)
    found = []
    for _ in range(60):
        dots = {
            count: [rng.randrange(1, 6 + 2 * length) for _ in range(length)]
            for length in [rng.randrange(1, 9)]
            for count in ("headcount", "balanced")
        }
        rows: list[dict[str, float]] = [{} for _ in dots["headcount"]]
        for count, given in dots.items():
            for row, one in zip(rows, given, strict=True):
                row[count] = one / sum(given)
                row[f"rank_{count}"] = 1 + sum(other > one for other in given)
        found.append(rows)
    return found


def as_on_the_pages(language: str, cases: dict[str, Any]) -> dict[str, Any]:
    done = subprocess.run(
        ["node", str(Path(__file__).parent / "figures.js")],
        input=json.dumps({"language": language, **cases}),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    written: dict[str, Any] = json.loads(done.stdout)
    return written


@each_language
def test_the_report_and_the_pages_write_the_same_figures(language):
    words = wording(language)
    shares = [(share, digits) for share in HALVES + FRACTIONS for digits in (0, 1)]
    numbers = [(1 + 4 * share, 1) for share in FRACTIONS] + [(mean, 1) for mean in MEANS]
    numbers += [(count, 0) for count in COUNTS]
    places = list(range(1, 130))
    page = as_on_the_pages(
        language, {"shares": shares, "numbers": numbers, "places": places, "lists": lists()}
    )
    assert page["shares"] == [words.percent(share, digits) for share, digits in shares]
    assert page["whole"] == [words.percent(share) for share, _ in shares]
    assert page["numbers"] == [words.number(value, digits) for value, digits in numbers]
    assert page["places"] == [words.ordinal(place) for place in places]
    decimals = [
        figures.decimals_of(
            *([(row[f"rank_{count}"], row[count]) for row in rows] for count in ("headcount", "balanced"))
        )
        for rows in lists()
    ]
    assert page["decimals"] == decimals
    assert set(decimals) == {0, 1}


@pytest.mark.parametrize(
    ("language", "share", "column", "means"),
    [
        ("en", "8.3%", "8.3", ["3.3", "2.1"]),
        ("es", "8,3\u00a0%", "8,3", ["3,3", "2,1"]),
        ("pt", "8,3%", "8,3", ["3,3", "2,1"]),
    ],
)
def test_halves_are_rounded_away_from_zero(language, share, column, means):
    words = wording(language)
    assert words.percent(0.0825, 1) == share
    assert words.points(0.0825, 1) == column
    assert [words.number(mean, 1) for mean in (3.25, 2.05)] == means
