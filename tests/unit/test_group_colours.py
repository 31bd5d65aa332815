"""The colours of the groups: seen on every ground in both themes, and told apart by the colour-blind, too."""

import re
from itertools import combinations
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static" / "css"
LIGHT, DARK = (CSS / "_tokens.css").read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")
THEMES = {"light": LIGHT, "dark": DARK}
GROUNDS = ("paper", "sheet", "wash")
SEEN = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.3039),
    ),
}
"""What is seen of linear red, green and blue, after Machado, Oliveira and Fernandes (2009), severity 1."""


def colours(theme: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", THEMES[theme]))


def groups(theme: str) -> dict[str, str]:
    found = {name: colour for name, colour in colours(theme).items() if name.startswith("group-")}
    assert len(found) == 7
    return found


def linear(colour: str) -> list[float]:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def contrast(one: str, other: str) -> float:
    """After WCAG 2."""
    weights = (0.2126, 0.7152, 0.0722)
    light = [sum(w * p for w, p in zip(weights, linear(colour), strict=True)) for colour in (one, other)]
    return (max(light) + 0.05) / (min(light) + 0.05)


def lab(colour: str, eyes: str) -> tuple[float, float, float]:
    """CIE L*a*b* (D65) of what these eyes see of a colour."""
    source = linear(colour)
    red, green, blue = (
        min(1.0, max(0.0, sum(m * p for m, p in zip(row, source, strict=True)))) for row in SEEN[eyes]
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("theme", THEMES)
def test_every_group_is_seen_on_every_ground(theme):
    """WCAG 1.4.11: 3:1 for what has to be seen to understand a picture. The texture on it is seen, too."""
    own = colours(theme)
    for name, colour in groups(theme).items():
        assert {ground: contrast(colour, own[ground]) >= 3 for ground in GROUNDS} == dict.fromkeys(
            GROUNDS, True
        ), name
        assert contrast(colour, own["grain"]) >= 2.4, name


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eyes", SEEN)
def test_no_two_groups_look_the_same(theme, eyes):
    """A difference of 5 in CIE L*a*b* is seen at once; beside it stand icon, word and texture."""
    for one, other in combinations(groups(theme), 2):
        seen = [lab(groups(theme)[name], eyes) for name in (one, other)]
        assert sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5 >= 5, (one, other)


def test_badges_are_printed_in_the_light_colours_on_any_theme():
    badges = dict(
        re.findall(r"\.(group-\w+) \{ color: (#[0-9a-f]{6}); \}", (CSS / "badges.css").read_text("utf-8"))
    )
    assert len(badges) == 5
    assert badges.items() <= groups("light").items()
