"""The parts of the report that need no layout: words, breaks, charts, the map, what may be fetched."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from edp_app import bundle, charts
from edp_app.bundle import Bundle
from edp_app.charts import CountRow, ShareRow
from edp_app.report import pdf, sentences
from edp_app.report.breaking import LONGEST, ZERO_WIDTH_SPACE, breakable
from edp_app.report.contents import GroupCount, Mark, Report, Vote
from edp_app.report.cover import relief_map
from edp_app.report.model import report_model
from edp_app.report.relief import relief
from edp_app.report.wording import wording
from tests.pdf.sample import held
from tests.support.definitions import border_region
from tests.support.memory import MemoryWorkshop

LOOK = pdf.look(wording("en"))
MARK = Mark("Universities & <research>", "academia", "group-academia")


# ---- words and numbers


@pytest.mark.parametrize(
    ("language", "first", "eleventh", "share", "number"),
    [
        ("en", "1st", "11th", "16%", "1,250"),
        ("es", "1.º", "11.º", "16\u00a0%", "1250"),
        ("pt", "1º", "11º", "16%", "1.250"),
    ],
)
def test_ranks_and_shares_are_written_as_in_the_language(language, first, eleventh, share, number):
    words = wording(language)
    assert words.ordinal(1) == first
    assert words.ordinal(11) == eleventh
    assert words.percent(0.1649) == share
    assert words.number(1250) == number


def test_english_ordinals():
    words = wording("en")
    assert [words.ordinal(n) for n in (2, 3, 4, 12, 13, 21, 22, 103, 111)] == [
        "2nd", "3rd", "4th", "12th", "13th", "21st", "22nd", "103rd", "111th",
    ]  # fmt: skip


def test_dates_are_written_out_and_nonsense_stays_as_it_is():
    assert wording("en").day("2026-10-14") == "14 October 2026"
    assert wording("es").day("2026-10-14") == "14 de octubre de 2026"
    assert wording("en").day("2026-02-31") == "2026-02-31"


def test_an_unknown_language_is_english():
    assert wording("xx").language == "en"


# ---- breaking


def test_short_words_are_left_alone():
    assert breakable("Škoda, Łódź y 22 letras: abcdefghijklmnopqrst") == (
        "Škoda, Łódź y 22 letras: abcdefghijklmnopqrst"
    )


@pytest.mark.parametrize(
    "word", ["x" * 200, "https://example.org/a/very/long/path?with=queries&and=more", "ñ" * 23, "q’illu" * 20]
)
def test_no_part_of_a_word_is_longer_than_a_line_and_nothing_is_lost(word):
    broken = breakable(f"antes {word} después")
    assert broken.replace(ZERO_WIDTH_SPACE, "") == f"antes {word} después"
    assert max(len(part) for part in re.split(rf"[\s{ZERO_WIDTH_SPACE}]", broken)) <= LONGEST
    assert breakable(broken) == broken


def test_a_letter_and_its_accents_stay_together():
    word = "e\u0301" * 40
    assert f"{ZERO_WIDTH_SPACE}\u0301" not in breakable(word)


# ---- charts


def rows() -> list[CountRow]:
    return [
        CountRow("A & B <script>", 0.5, 1, 0.25, 2, True),
        CountRow(
            "An item whose title is long enough to be set in several lines of the chart, " * 3,
            0.3,
            2,
            0.5,
            1,
            False,
        ),
    ]


def drawn() -> list[charts.Chart]:
    return [
        charts.two_counts(rows(), LOOK, "balanced"),
        charts.shares([ShareRow(MARK, 0.25, 9), ShareRow(MARK, 0.0, 4)], 0.125, LOOK),
        charts.answers([0, 1, 2, 7, 5], 4.07, "not at all", "very", LOOK, 226),
        relief_map([GroupCount(MARK, 9, None), GroupCount(MARK, 0, 3)], LOOK),
    ]


@pytest.mark.parametrize("chart", drawn(), ids=["counts", "shares", "answers", "relief"])
def test_every_chart_is_sound_svg_with_words_and_a_table(chart):
    root = ElementTree.fromstring(chart.svg)  # noqa: S314 -- our own drawing
    assert root.find("{http://www.w3.org/2000/svg}title").text == chart.alt
    assert len(chart.alt) > 20
    assert chart.table.rows
    assert all(len(row) == len(chart.table.head) for row in chart.table.rows)
    assert "script" not in {element.tag.split("}")[1] for element in root.iter()}


@pytest.mark.parametrize("chart", drawn(), ids=["counts", "shares", "answers", "relief"])
def test_nothing_is_drawn_outside(chart):
    root = ElementTree.fromstring(chart.svg)  # noqa: S314
    for element in root.iter():
        for axis, most in (("x", chart.width), ("y", chart.height)):
            if axis in element.attrib:
                assert -0.1 <= float(element.attrib[axis]) <= most


def test_small_groups_that_stand_together_are_all_named_whole():
    names = [f"Universities and research number {n}" for n in range(10)]
    pooled = Mark("Small groups: " + ", ".join(names), "pool", "group-pool")
    chart = charts.shares([ShareRow(pooled, 0.25, 9)], 0.125, LOOK, 240)
    said = " ".join(text for text in ElementTree.fromstring(chart.svg).itertext())  # noqa: S314 -- our own
    assert "…" not in said.replace(chart.alt, "")
    assert "number 9" in " ".join(said.replace(chart.alt, "").split())


def test_bars_are_as_long_as_their_shares():
    chart = charts.two_counts(rows(), LOOK, "balanced")
    bars = [float(w) for w in re.findall(r'<rect [^>]*width="([\d.]+)" height="8.0"', chart.svg)][2:]
    assert bars[1] == pytest.approx(2 * bars[0], rel=0.01)  # 0.5 and 0.25
    assert bars[2] == bars[1]


def test_without_groups_there_is_one_bar_and_no_word_of_the_other_count():
    chart = charts.two_counts([CountRow("A", 1.0, 1, None, None, True)], LOOK, "headcount")
    assert "Every group" not in chart.svg + chart.alt
    assert chart.table.head == ("Item", "One person, one vote", "Rank", "Passes")


def test_the_map_is_the_same_for_the_same_people_and_as_high_as_the_group():
    one, again, other = (
        relief([25, 17, 2], 210, 150),
        relief([25, 17, 2], 210, 150),
        relief([2, 17, 25], 210, 150),
    )
    assert one == again
    assert one != other
    assert [hill.height for hill in one.hills] == [25, 17, 2]
    assert all(0 < hill.x < 210 and 0 < hill.y < 150 for hill in one.hills)


def test_no_contour_touches_the_upper_or_lower_edge():
    for heights in ([25, 17, 9, 7, 2], [1], [0, 0], list(range(1, 13))):
        points = [p for level in relief(heights, 210, 150).contours for chain in level for p in chain]
        assert all(1 < y < 149 for _, y in points)


def test_colours_come_from_the_style_sheet_and_print_wins():
    assert LOOK.palette["ink"] == "#1d2a2f"
    assert LOOK.palette["paper"] in ("#ffffff", "#fff")
    assert LOOK.colour("group-government") == "#47a" or LOOK.colour("group-government") == "#4477aa"
    assert LOOK.colour("group-of-our-own") == LOOK.colour("group-other")


def test_words_are_measured_and_wrapped():
    metrics = LOOK.metrics
    assert metrics.width("Łódź", 10) == pytest.approx(sum(metrics.width(c, 10) for c in "Łódź"))
    lines = metrics.wrap("uno dos tres cuatro cinco seis siete", 10, 60, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(metrics.width(line, 10) <= 60 for line in lines)
    assert metrics.wrap("", 10, 60, 2) == []
    assert "".join(metrics.wrap("x" * 50, 10, 60, 99)) == "x" * 50


# ---- what may be fetched, and what users type


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a.css",
        "http://127.0.0.1/a.css",
        "file:///etc/passwd",
        f"{pdf.OWN}../../pyproject.toml",
        f"{pdf.OWN}%2e%2e/manifest.json",
        f"{pdf.OWN}manifest.json",
        "ftp://example.org/x",
    ],
)
def test_nothing_is_fetched_but_our_own_files(url):
    fetcher = pdf.OwnFiles(Bundle().folder)
    with pytest.raises((ValueError, OSError)):
        fetcher.fetch(url)


def test_our_own_style_and_drawings_are_fetched():
    fetcher = pdf.OwnFiles(Bundle().folder)
    sheet = Bundle().path("report.css")
    assert b"@page" in fetcher.fetch(f"{pdf.OWN}{sheet}").read()
    assert fetcher.fetch("data:text/plain;base64,aG9sYQ==").read() == b"hola"


def test_a_report_without_the_bundle_says_how_to_build_it(tmp_path, monkeypatch):
    report = report_model(MemoryWorkshop(border_region()).state)
    monkeypatch.setattr(bundle, "resource_dir", lambda _name: tmp_path)
    with pytest.raises(pdf.ReportError, match="npm run build"):
        pdf.render(report)


def test_what_is_typed_is_never_markup():
    title = '<img src="https://example.org/x">" onload=a </style><script>alert(1)</script>'
    workshop = MemoryWorkshop(border_region(title=title))
    html = pdf.Typesetter(report_model(workshop.state)).html("report/report.html", fit=pdf.pages.FITS[0])
    assert "<script" not in html
    assert '<img src="https' not in html
    assert html.count("&lt;script&gt;") >= 2


def long_titles(report: Report, length: int, passing: int) -> Report:
    """The report with every voted title this long and so many of them passing."""

    def renamed(vote: Vote) -> Vote:
        listings = tuple(
            replace(
                listing,
                rows=tuple(
                    replace(
                        row,
                        title=f"{place} {'palabra ' * length}"[:length],
                        passes=place < passing,
                        passes_headcount=place % 2 == 0,
                        passes_balanced=place < passing,
                    )
                    for place, row in enumerate(listing.rows)
                ),
            )
            for listing in vote.listings
        )
        return replace(vote, listings=listings, passes=passing)

    return replace(report, votes=tuple(renamed(vote) for vote in report.votes))


@pytest.mark.parametrize(("length", "shown"), [(60, 10), (200, 5), (500, 3)])
def test_page_one_is_one_page_with_ten_priorities_and_long_titles(length, shown):
    setter = pdf.Typesetter(long_titles(report_model(held().workshop.state), length, 10))
    fit = setter.fit()
    assert fit.passing >= shown
    assert len(setter.layout(setter.html("report/page_one.html", fit=fit)).pages) == 1


def test_equal_texts_stand_once_with_how_many_wrote_them():
    report = report_model(held().workshop.state)
    (questionnaire,) = report.questionnaires
    told = ["Más tiempo", "Nada", "Más tiempo ", "Más tiempo"]
    questions = tuple(
        one if one.scale else replace(one, texts=tuple(told)) for one in questionnaire.questions
    )
    report = replace(report, questionnaires=(replace(questionnaire, questions=questions),))
    html = pdf.Typesetter(report).html("report/report.html", fit=pdf.pages.FITS[0])
    items = re.findall(r"<li[^>]*>(.*?)</li>", html.split('<ul class="texts">')[1].split("</ul>")[0])
    assert [re.sub("<[^>]*>", "", item) for item in items] == ["Más tiempo (3×)", "Nada"]


def test_titles_of_the_annex_are_whole():
    report = long_titles(report_model(held().workshop.state), 180, 3)
    html = pdf.Typesetter(report).html("report/report.html", fit=pdf.pages.FITS[0])
    figures = html.split('class="figures small"')[1]
    assert ("palabra " * 180)[:170] in figures


def test_only_a_block_as_tall_as_a_third_of_a_page_may_be_cut():
    report = report_model(held().workshop.state)
    assert report.decision is not None
    row = report.decision.through[0]
    entry = replace(row.entry, fields=(("Quién", "palabra " * 20),), links=(), goals=(), merged=())
    tall = replace(entry, fields=(("Quién", "palabra " * 250),))
    listing = replace(report.decision.listings[0], rows=(replace(row, entry=entry), replace(row, entry=tall)))
    vote = replace(report.decision, listings=(listing,))
    blocks = pdf.pages.context(replace(report, votes=(vote,)), LOOK)["blocks"]
    assert [block.tall for block in blocks] == [False, True]


def test_no_block_ends_in_white_space():
    """A last line that fits only without it would be broken after its first word."""
    html = pdf.Typesetter(report_model(held().workshop.state)).html(
        "report/report.html", fit=pdf.pages.FITS[0]
    )
    assert re.findall(r"\S\s+</(?:p|dd|li|td|th|h2|h3)>", html) == []


def test_too_few_is_said_in_the_words_of_the_screen():
    assert sentences.too_few(2, wording("en")) == (
        "Fewer than three people took part. To protect them no figures are shown."
    )
    assert sentences.too_few(7, wording("en")) == (
        "Fewer than three people voted on a phone. To protect them no figures are shown."
    )
