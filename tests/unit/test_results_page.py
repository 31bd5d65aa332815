"""What docs/results.md tells is what the rules do: its example, and the shuffle that anybody can repeat."""

import random
import re
from fractions import Fraction
from pathlib import Path

import pytest

from edp_app.core.results.labels import permutation_p
from tests.support.voting import scored

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "results.md").read_text("utf-8")

X = {"gov": [5] * 12, "biz": [2, 2, 3, 1, 2, 3], "aca": [4, 3, 4, 3, 4], "civ": [2], "env": [1]}
Y = {"gov": [3] * 12, "biz": [4, 5, 4, 4, 5, 4], "aca": [4, 4, 5, 4, 4], "civ": [5], "env": [4]}


def gap(values: list[Fraction], sizes: list[int]) -> Fraction:
    """The highest mean less the lowest."""
    means, begin = [], 0
    for size in sizes:
        means.append(sum(values[begin : begin + size]) / Fraction(size))
        begin += size
    return max(means) - min(means)


@pytest.mark.parametrize("item", [f"i{n}" for n in range(8)])
def test_the_shuffle_of_the_page_is_that_of_the_rules(item: str) -> None:
    source = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert source
    cells = [[Fraction(n, 2) for n in sorted(c)] for c in ([2, 3, 3, 4, 4, 9], [8, 9, 7, 2], [9, 8, 8])]
    sizes = [len(cell) for cell in cells]
    values = [value for cell in cells for value in cell]
    known = {
        "random": random,
        "seed": "5eed",
        "item": item,
        "sizes": sizes,
        "size_of_last_cell": sizes[-1],
        "gap": gap,
        "observed": gap(values, sizes),
    }
    code = re.sub(r"^values = \[\.\.\.\]", f"values = {values}", source[1], flags=re.MULTILINE)
    exec(code, known | {"Fraction": Fraction}, found := dict(known))  # noqa: S102
    told = permutation_p(cells, seed="5eed", item=item)
    p = Fraction(1 + found["hits"], 2001)
    assert told == (p if found["hits"] < 100 else None)


@pytest.mark.parametrize(
    ("privacy", "x", "y"),
    [("open", ("3.76", "2.7533"), ("3.68", "4.1067")), ("grouped", ("3.76", "3.3889"), ("3.68", "3.8730"))],
)
def test_the_example_of_the_page_is_what_the_rules_give(
    privacy: str, x: tuple[str, str], y: tuple[str, str]
) -> None:
    (listing,) = scored({"x": X, "y": Y}, privacy=privacy)["columns"]
    rows = {row["item"]: row for row in listing["items"]}
    for item, told in (("x", x), ("y", y)):
        row = rows[item]
        assert [f"{row['headcount']:.2f}", f"{row['balanced']:.4f}"] == list(told)
        assert all(f"**{figure}**" in PAGE for figure in told)
    assert rows["y"]["passes"]
    if privacy == "grouped":
        assert f"{rows['x']['gap']:.4f}" == "2.8333"
        assert (rows["x"]["label"], rows["x"]["p"]) == ("groups_differ", 1 / 2001)
    else:
        assert f"{rows['x']['agreement']:.4f}" == "0.0678"
        assert f"{rows['y']['agreement']:.4f}" == "0.6467"
