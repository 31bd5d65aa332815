"""Pictures: sound, escaped, legible, the same in words and as a table, and told apart without colour."""

import math
from itertools import combinations, pairwise

import pytest

from edp_app.charts import plane as planes
from edp_app.charts import textures
from edp_app.charts.drawing import PAGE_WIDTH, SMALL
from edp_app.charts.heat import DARK, STEPS, step_of
from edp_app.charts.metrics import EXACT
from edp_app.charts.parts import ramp
from edp_app.charts.plane import RADIUS
from edp_app.charts.published import Wanted, draw, fitting
from edp_app.web.pictures import OWN_TYPE
from tests.support import drawn
from tests.support.drawn import every_picture, look, samples
from tests.support.published import Sample

SCREEN, PHONE = 1420 * SMALL / 28, 320 * SMALL / 13
WIDTHS = {"page": (PAGE_WIDTH, EXACT), "screen": (SCREEN, EXACT), "phone": (PHONE, OWN_TYPE)}
SIGNS = {"1", "2", "3", "4", "5", "6", "0", "−1"}
"""Figures of scales, rings and numbers of items, which stand in no table."""

PICTURES = every_picture(PAGE_WIDTH, look())


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_is_sound_and_says_what_it_shows(name):
    chart = PICTURES[name]
    top = drawn.root(chart.svg)
    assert top.find(f"{drawn.SVG}title").text == chart.alt == top.get("aria-label")
    assert top.get("role") == "img"
    assert len(chart.alt) > 30
    assert {element.tag.removeprefix(drawn.SVG) for element in top.iter()} <= {
        "svg", "title", "text", "rect", "line", "path", "circle", "g",
    }  # fmt: skip
    assert not any("style" in element.attrib or "href" in element.attrib for element in top.iter())
    assert chart.table.rows
    assert all(len(row) == len(chart.table.head) for row in chart.table.rows)
    assert all(cell for row in chart.table.rows for cell in row)


@pytest.mark.parametrize("name", PICTURES)
def test_the_table_holds_every_figure_of_the_picture(name):
    chart = PICTURES[name]
    told = drawn.figures(" ".join(" ".join(row) for row in (chart.table.head, *chart.table.rows)))
    for box in drawn.words(chart, look()):
        if box.words not in SIGNS:
            for figure in drawn.figures(box.words):
                assert any(abs(figure - other) <= 0.501 for other in told), (box.words, chart.table)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("items", [1, 6, 60])
@pytest.mark.parametrize("place", WIDTHS)
def test_no_words_stand_on_others_or_leave_the_picture(place, items, language):
    width, slack = WIDTHS[place]
    using = look(language, 1.0, slack)
    pictures = every_picture(width, using, items=items, language=language, pooled=items == 6)
    assert {name: found for name, c in pictures.items() if (found := drawn.overlapping(c, using))} == {}
    assert {name: found for name, c in pictures.items() if (found := drawn.outside(c, using))} == {}


@pytest.mark.parametrize("place", WIDTHS)
def test_very_long_words_are_cut_not_drawn_over_others(place):
    width, slack = WIDTHS[place]
    using = look("en", 1.0, slack)
    for kind, (past, groups) in samples(many_groups=12).items():
        for listing in past["result"].get("columns", ()):
            for row in listing["items"]:
                row["title"] = "Desarrollotransfronterizo" * 8 + row["title"] * 3
        for group in groups:
            group["name"] = {
                "en": "A network with a name that nobody can remember, of the whole border region " * 2
            }
        for name in drawn.pictures_of(past):
            chart = draw(Wanted(name), past, groups, using, width).chart
            assert drawn.overlapping(chart, using) == [], (kind, name)
            assert drawn.outside(chart, using) == [], (kind, name)


def test_titles_cannot_become_markup():
    hostile = "</text><script>alert(1)</script>\"&'<!--\x00\x08\ud800]]>"
    past, groups = samples()["criteria"]
    for row in past["result"]["columns"][0]["items"]:
        row["title"] = hostile
    past["method"]["criteria"][0]["name"] = {"en": hostile}
    groups[0]["name"] = {"en": hostile}
    for name in drawn.pictures_of(past):
        chart = draw(Wanted(name), past, groups, look()).chart
        tags = {element.tag for element in drawn.root(chart.svg).iter()}
        assert f"{drawn.SVG}script" not in tags
        chart.svg.encode()


def test_a_hidden_title_is_said_to_be_hidden():
    past, groups = samples()["dots"]
    del past["result"]["columns"][0]["items"][0]["title"]
    for name in ("counts", "by_group", "portfolio"):
        chart = draw(Wanted(name), past, groups, look()).chart
        assert "(hidden by the facilitator)" in chart.svg
        assert any("(hidden by the facilitator)" in row for row in chart.table.rows)


# ---- what is drawn is what was counted


def test_circles_never_meet_and_those_that_fit_stand_in_their_place():
    past, groups = samples(items=60)["axes"]
    chart = draw(Wanted("axes"), past, groups, look()).chart
    spots = drawn.circles(chart, RADIUS)
    assert len(spots) == 120  # on the plane and in the key
    assert min(math.dist(a, b) for a, b in combinations(spots, 2)) >= 2 * RADIUS
    few = draw(Wanted("axes", limit=2), past, groups, look()).chart
    first, second = drawn.circles(few, RADIUS)[:2]
    assert math.dist(first, second) < 3 * RADIUS  # they have the same figures


def test_the_plane_says_who_has_no_figure():
    past, groups = samples()["criteria"]
    chart = draw(Wanted("agreement"), past, groups, look()).chart
    missing = [row["title"] for row in past["result"]["columns"][0]["items"] if "agreement" not in row]
    assert len(missing) == 1
    assert f"Without a figure: {missing[0]}" in chart.alt


def test_answers_of_funders_stand_apart_and_are_not_counted_twice():
    past, groups = samples()["funders"]
    row = past["result"]["columns"][0]["items"][0]
    chart = draw(Wanted("choice"), past, groups, look()).chart
    options = [option["id"] for option in past["method"]["options"]]
    apart = row["by_cell"]["funders"]
    assert chart.table.rows[0][1:] == tuple(str(row["counts"][o] - apart[o]) for o in options)
    assert chart.table.rows[1] == (f"{row['title']} – Funders", *(str(apart[o]) for o in options))
    assert "funding institution" in chart.alt


def test_flags_and_missing_figures_of_the_heat_map_are_said():
    past, groups = samples()["criteria"]
    chart = draw(Wanted("heat"), past, groups, look()).chart
    assert "somebody gave a 1" in chart.svg
    assert "fewer than three figures" in chart.svg
    assert any("(3 people gave a 1)" in cell for row in chart.table.rows for cell in row)
    assert chart.table.head[-2:] == ("Fundability (beside)", "Total")


def test_a_wheel_needs_three_axes():
    past, _ = samples()["criteria"]
    past["result"]["weights"] = {"assets": 0.5, "novelty": 0.5}
    assert "radar" not in drawn.pictures_of(past)


def test_too_few_voters_have_no_picture():
    past, groups = samples()["dots"]
    past["result"] = {"version": 1, "method": "dots", "voters": 2, "few": True}
    assert drawn.pictures_of(past) == []
    with pytest.raises(LookupError):
        draw(Wanted("counts"), past, groups, look())


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted("heat"),
        Wanted("counts", column="x"),
        Wanted("shares", items=("nobody",)),
        Wanted("counts", start=99),
    ],
)
def test_what_there_is_not_is_not_drawn(wanted):
    past, groups = samples()["dots"]
    with pytest.raises(LookupError):
        draw(wanted, past, groups, look())


def test_a_picture_of_one_item_needs_an_item_with_figures():
    past, groups = samples()["dots"]
    (listing, *_) = past["result"]["columns"]
    empty = {"column": "empty", "items": []}
    past["result"]["columns"] = [empty, listing]
    shown = draw(Wanted("shares"), past, groups, look())
    assert shown == draw(Wanted("shares", column=listing["column"]), past, groups, look())
    with pytest.raises(LookupError) as caught:
        draw(Wanted("shares", column="empty"), past, groups, look())
    assert caught.type is LookupError
    listing["items"] = [
        {key: row[key] for key in ("item", "n", "title")} | {"few": True} for row in listing["items"]
    ]
    assert "shares" not in drawn.pictures_of(past)


def test_circles_for_which_there_is_no_room_are_not_looked_for_one_by_one(monkeypatch):
    field, asked = planes._Field(0, 0, 180, 160), []
    looked = planes._nearest_free
    monkeypatch.setattr(planes, "_nearest_free", lambda *all: asked.append(all) or looked(*all))
    wanted = [(90.0, 80.0)] * 500
    placed = planes.settle(wanted, field)
    free = len(asked) - 1
    assert 40 < free < 80
    assert placed[free:] == wanted[free:]
    apart = [math.dist(a, b) for a, b in combinations(placed[:free], 2)]
    assert min(apart) >= planes.APART


def test_heads_alone_have_no_groups_in_any_picture():
    for kind, (past, groups) in samples(heads=True).items():
        if kind in ("dots", "points", "ranking"):
            assert drawn.pictures_of(past) == ["counts"], kind
            assert "Every group" not in draw(Wanted("counts"), past, groups, look()).chart.svg


# ---- how much of it


def test_as_many_items_as_fit_and_it_says_which():
    past, groups = samples(items=60)["dots"]
    fits = fitting(Wanted("counts", start=10), past, groups, look(), SCREEN, 290)
    assert fits.chart.height <= 290
    assert 4 <= fits.shown < 10
    assert (fits.start, fits.all) == (10, 60)
    assert f"Items 11 to {10 + fits.shown} of 60." in fits.chart.alt
    more = draw(Wanted("counts", start=10, limit=fits.shown + 1), past, groups, look(), SCREEN)
    assert more.chart.height > 290


def test_every_picture_of_the_screen_fits_a_poster():
    for kind, (past, groups) in samples(items=60, pooled=True).items():
        for name in drawn.pictures_of(past):
            fits = fitting(Wanted(name), past, groups, look(), SCREEN, 295)
            assert fits.chart.height <= 310, (kind, name)
            assert fits.shown >= min(3, fits.all), (kind, name)


def test_nothing_is_smaller_than_the_smallest_size():
    for name, chart in PICTURES.items():
        sizes = [float(text.get("font-size")) for text in drawn.root(chart.svg).iter(f"{drawn.SVG}text")]
        assert min(sizes) >= SMALL, name


# ---- without colour


def luminance(colour: str) -> float:
    """Relative luminance, after WCAG 2."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: float, other: float) -> float:
    """After WCAG 2."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def inked(strength: float, ink: str, paper: str) -> float:
    """The luminance of ink of this strength on paper."""
    mixed = [
        round(strength * int(ink[n : n + 2], 16) + (1 - strength) * int(paper[n : n + 2], 16))
        for n in (1, 3, 5)
    ]
    return luminance("#" + "".join(f"{part:02x}" for part in mixed))


THEMES = {"printed": ("#1d2a2f", "#ffffff"), "light": ("#1d2a2f", "#faf6ee"), "dark": ("#f0eadd", "#14191c")}


@pytest.mark.parametrize("theme", THEMES)
def test_the_grounds_of_the_heat_map_are_told_apart_in_grey_and_their_figures_read(theme):
    ink, paper = THEMES[theme]
    grounds = [inked(strength, ink, paper) for strength in STEPS]
    assert all(contrast(one, other) >= 1.17 for one, other in pairwise(grounds))
    assert all(contrast(one, other) >= 1.4 for one, other in pairwise(grounds[::2]))
    for strength, ground in zip(STEPS, grounds, strict=True):
        assert contrast(ground, luminance(paper if strength > DARK else ink)) >= 4.5, strength


def test_every_score_has_the_ground_of_the_half_step_it_rounds_to():
    scores = (1, 1.24, 1.25, 2.5, 3.2, 3.25, 3.5, 4.3, 4.74, 4.75, 5)
    assert [step_of(score) for score in scores] == [0, 0, 1, 3, 4, 5, 5, 7, 7, 8, 8]


def test_neighbouring_answers_differ_in_strength_and_every_other_has_a_texture():
    for many in range(2, 9):
        keys = ramp([str(n) for n in range(many)])
        assert all(one.ink - other.ink >= 0.1 for one, other in pairwise(keys))
        assert all("plain" in (one.texture, other.texture) for one, other in pairwise(keys))
        assert all(one.texture != other.texture for one, other in pairwise(keys))


@pytest.mark.parametrize("many", [2, 5, 12])
def test_no_two_groups_have_the_same_texture(many):
    ids = [group["id"] for group in Sample(many_groups=many).groups]
    given = textures.of_groups(ids)
    assert len(set(given.values())) == many
    assert textures.POOL not in given.values()
    own = textures.of_groups([f"g{n}" for n in range(12)])
    assert len(set(own.values())) == 12


@pytest.mark.parametrize("name", [name for name in textures.TEXTURES if name != "plain"])
def test_a_texture_stays_in_its_area_and_covers_it(name):
    data, stroke = textures.texture(name, 10, 20, 60, 17)
    x, y, spots = 0.0, 0.0, []
    for letter, given in drawn.path_steps(data):
        x, y = drawn.moved(letter, given, x, y)
        spots.append((x, y))
    assert stroke > 0
    assert all(9.9 <= x <= 70.1 and 19.9 <= y <= 37.1 for x, y in spots)
    assert min(x for x, _ in spots) < 21  # a step and a bit from either end
    assert max(x for x, _ in spots) > 59
    assert textures.texture(name, 10, 20, 0.5, 17)[0] == ""


def test_colours_are_named_by_token_so_that_a_theme_can_change_them():
    css = (drawn.ROOT / "static/css/_picture.css").read_text("utf-8")
    used = {
        name
        for chart in every_picture(PAGE_WIDTH, look(), pooled=True, many_groups=12).values()
        for element in drawn.root(chart.svg).iter()
        for name in element.get("class", "").split()
    }
    assert {name for name in used if f".{name} {{" not in css} == set()


def test_an_item_that_too_few_judged_has_no_bar():
    past, groups = samples()["dots"]
    row = past["result"]["columns"][0]["items"][-1]
    for name in ("balanced", "headcount", "cells", "rank_balanced", "rank_headcount"):
        del row[name]
    for name in ("by_group", "counts"):
        chart = draw(Wanted(name), past, groups, look()).chart
        assert chart.svg.count("fewer than three people") == 1
        assert chart.table.rows[-1][:2] == (row["title"], "–")


def test_only_what_was_chosen_is_in_the_portfolio():
    past, groups = samples()["points"]
    listing = past["result"]["columns"][0]
    chosen = [one["item"] for one in listing["portfolio"]["chosen"]]
    out = next(row["item"] for row in listing["items"] if row["item"] not in chosen)
    assert draw(Wanted("portfolio", items=(chosen[1],)), past, groups, look()).all == 1
    with pytest.raises(LookupError):
        draw(Wanted("portfolio", items=(out,)), past, groups, look())


def test_a_figure_and_its_sign_stay_on_one_line():
    using = look("es").metrics
    text = "Una frase que termina en 13\u00a0%"
    for room in range(40, 200, 7):
        assert not any(line.startswith("%") for line in using.wrap(text, SMALL, room, 9)), room
    assert using.wrap("  ", SMALL, 100, 2) == []
