"""One round is told of an item, with its name; what stands beside figures so that nobody misreads them."""

import re
from dataclasses import replace
from html import unescape

import pytest

from edp_app.core.definition import LANGUAGES
from edp_app.report import blocks, disagreeing, heard, pages, pdf, sentences
from edp_app.report.contents import Report, Vote
from edp_app.report.model import report_model
from edp_app.report.parts import Opinions
from edp_app.report.votes import criteria, telling
from edp_app.report.wording import wording
from tests.pdf import methods
from tests.pdf.methods_definition import every_method

EN, ES = wording("en"), wording("es")


@pytest.fixture(scope="module")
def whole() -> Report:
    return report_model(methods.held(every_method("en")).workshop.state)


@pytest.fixture(scope="module")
def text(whole) -> str:
    return unescape(pdf.Typesetter(whole).html("report/report.html", fit=pages.FITS[0]))


def vote(report: Report, run: str) -> Vote:
    return next(one for one in report.votes if one.run == run)


def plain(html: str) -> str:
    """The words, without marks and without places to break in."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("​", "").split())


# ---- one round


def test_a_block_is_of_the_round_that_asked_last_and_names_both_rounds(whole):
    decision, second = whole.decision, vote(whole, "second.1")
    asked_again = 0
    for block in blocks.decided_blocks(whole, decision, pdf.look(EN)):
        now = second.row_of(block.row.item)
        if now is None:
            assert block.rounds == ("", "")
            continue
        asked_again += 1
        assert block.rounds == (decision.title, second.title)
        assert block.places == sentences.places(block.row, decision, EN)
        assert block.said[0] == criteria.opinion(now.scored, second, EN)
        assert block.voices == blocks.voices(now, blocks.QUOTES, EN)
        assert block.voices
        assert second.title not in [title for title, _ in block.elsewhere]
        if block.table:
            (total,) = [line for line in block.table.lines if line.total]
            assert total.figures[0] == EN.number(now.balanced, 1)
    assert asked_again == 3


def test_what_passed_stands_before_what_did_not_whatever_their_ranks(whole):
    decision = whole.decision
    (listing,) = decision.listings
    odd = tuple(replace(row, passes=n % 2 == 1) for n, row in enumerate(listing.rows))
    report = replace(whole, votes=(replace(decision, listings=(replace(listing, rows=odd),)),))
    html = pdf.Typesetter(report).html("report/report.html", fit=pages.FITS[0])
    assert html.count('<div class="overview">') == html.count("What did not pass") == 1
    passed = re.findall(r'<article class="block( passes)?', html)
    assert passed == sorted(passed, reverse=True)
    assert len(set(passed)) == 2


def test_without_the_letters_of_the_legend_a_table_has_no_columns_by_group(whole):
    second = vote(whole, "second.1")
    other = replace(second, cells=(replace(second.cells[0], groups=("Others",)), *second.cells[1:]))
    report = replace(whole, votes=tuple(other if one.run == "second.1" else one for one in whole.votes))
    told = blocks.decided_blocks(report, report.decision, pdf.look(EN))
    letters = {block.rounds[1]: block.table.letters for block in told if block.table}
    assert letters[second.title] == ()
    assert len(letters[""]) == len(whole.decision.cells)


def test_what_a_place_hangs_on_is_that_of_the_round_that_gave_it(whole):
    second = vote(whole, "second.1")
    (listing,) = second.listings
    marked = replace(listing, rows=tuple(replace(row, cut_depends=True, lot=True) for row in listing.rows))
    changed = replace(second, listings=(marked,))
    report = replace(whole, votes=tuple(changed if one.run == "second.1" else one for one in whole.votes))
    hangs = {row.item for row in report.decision.rows if row.cut_depends and row.lot}
    assert hangs == {row.item for row in second.rows}


def test_page_one_and_what_was_contested_tell_each_item_in_one_round(whole):
    decision, second = whole.decision, vote(whole, "second.1")
    again = {row.title for row in second.rows}
    said = [*heard.differences(whole, EN), *heard.furthest_apart(whole, 20, EN)]
    assert len(said) > 5
    for sentence in said:
        round_, _, rest = sentence.partition(" · ")
        title = rest[1:].split("”")[0]
        assert round_ == (second.title if title in again else decision.title)
    figures = {row.title: dict(row.by_cell).values() for row in second.rows}
    for sentence in heard.furthest_apart(whole, 20, EN):
        title = sentence.split("“")[1].split("”")[0]
        if title in figures:
            assert f"({EN.gettext('mean %(score)s', score=EN.number(max(figures[title]), 1))})" in sentence
    for row in decision.through:
        told = heard.on_page_one(whole, row, EN, opinions=True)
        assert any(one.startswith(f"{second.title} · ") for one in told) == (row.title in again)
        assert any(re.search(r"\d(st|nd|rd|th) \(", one) for one in told) == (row.title not in again)


def test_who_disagrees_names_the_groups():
    report = report_model(methods.held(every_method("en"), again=False).workshop.state)
    said = [one.who for one in disagreeing.disagreements(report, EN)]
    (told,) = [who for who in said if "(passed): groups disagree" in who]
    row = next(row for row in report.decision.rows if f"“{row.title}”" in told)
    low, high = (pick(row.by_cell, key=lambda pair: pair[1]) for pick in (min, max))
    assert f"groups disagree, from {EN.number(low[1], 1)} ({low[0].mark.name}) to " in told
    assert f"({high[0].mark.name})" in told
    assert not any(" · " in one for one in heard.differences(report, EN))  # one round needs no name


# ---- beside the figures


def test_an_index_has_no_bar_beside_that_of_a_share_and_the_rule_is_said(whole, text):
    share = vote(whole, "readback.1")
    assert share.rule == "balanced"
    weighs = "An item stands high when all groups agree; one group against it weighs heavily."
    assert weighs in sentences.rule(share, EN)
    assert weighs not in sentences.rule(replace(share, rule="headcount"), EN)
    assert weighs in plain(text.split('<section class="method"')[1].split("</section>")[0])
    heading = text.index(f"Ranking: {share.title}")
    table = text[heading:].split('<table class="ranked">')[1].split("</table>")[0]
    consensus = table.count('<div class="value">consensus 0.')
    assert consensus == len([row for row in share.rows if row.given])
    assert table.count('<div class="fill') == table.count('<div class="value">') - consensus
    assert table.split("</thead>")[0].count("swatch") == 1


def test_answers_that_nobody_gave_are_left_out(whole):
    share = vote(whole, "share.1")
    row = share.rows[0]
    assert isinstance(row.part, Opinions)
    for language in sorted(LANGUAGES):
        words = wording(language)
        nobody = words.gettext("nobody one two three four five six seven eight nine").split()[0]
        told = telling(share).short(replace(row, part=replace(row.part, agree=9, disagree=0)), share, words)
        assert nobody not in told
        for sides in ((9, 0, 0), (0, 9, 0), (0, 0, 9), (0, 4, 5), (5, 4, 0)):
            for single in (True, False):
                assert nobody not in criteria.sides_in_words(sides, single, words)
    assert criteria.sides_in_words((0, 1, 49), False, ES) == (
        "De 50 personas, 49 lo valoran bajo (2,5 o menos entre todos los criterios) y una en medio."
    )


def test_a_choice_says_in_which_order_it_is_listed(whole, text):
    fundable = vote(whole, "fundable.1")
    assert [row.entry.n for row in fundable.rows] == sorted(row.entry.n for row in fundable.rows)
    assert plain(text).count("Listed in the order in which they were written.") == 2  # and in the annex


def test_who_is_left_out_of_territories_is_said_once_in_the_method_where_it_is_the_same_for_all(whole):
    left_out = tuple(replace(one, territories_without=("Academia",)) for one in whole.votes)
    alike = replace(whole, votes=left_out)
    sentence = sentences.placed(left_out[0], EN)
    assert sentences.placed_alike(alike, EN) == sentence
    html = plain(pdf.Typesetter(alike).html("report/report.html", fit=pages.FITS[0]).split('id="method"')[1])
    assert html.split("Privacy")[0].count(sentence) == 1
    some = replace(alike, votes=(replace(left_out[0], territories_without=("Business",)), *left_out[1:]))
    assert sentences.placed_alike(some, EN) == ""
    assert "only one or two people" in sentences.placed_items(whole, EN)


def test_short_fields_and_evidence_are_told_apart_in_one_way(text):
    brief = "".join(one for one in text.split('<article class="block')[1:] if one.startswith(" brief"))
    assert " · <b>" in brief
    assert not re.search(r"(?<! )· ?<b>|· ?<div|·<", brief)
    assert re.search(r"\(\w[^()]*,\xa0no\.\xa0\d+\)", text)
    assert not re.search(r"\(\w[^()]*,\xa0\d+\)", text)


# ---- words


@pytest.mark.parametrize(
    ("parts", "phrase"),
    [
        (["Impacto", "Incertidumbre"], "Impacto e Incertidumbre"),
        (["a", "b", "hilo"], "a, b e hilo"),
        (["a", "“Ideas”"], "a e “Ideas”"),
        (["a", "Íntegra"], "a e Íntegra"),
        (["agua", "hielo"], "agua y hielo"),
        (["agua", "hierba"], "agua y hierba"),
        (["y", "x"], "y y x"),
        (["a", "yuca"], "a y yuca"),
        (["Inca"], "Inca"),
        ([], ""),
    ],
)
def test_spanish_says_e_before_what_sounds_like_it(parts, phrase):
    assert ES.listed(parts) == phrase
    assert wording("pt").listed(["Impacto", "Incerteza"]) == "Impacto e Incerteza"


def test_a_negative_number_has_a_minus():
    assert EN.number(-0.6, 2) == "−0.60"
    assert ES.number(-0.6, 2) == "−0,60"


def test_one_thing_has_one_name_in_the_catalogues():
    """An item is voted on under one name; a rank and a mean place are places."""
    for language, others in (
        ("es", r"\b(elementos?|propuestas?|puesto (promedio|medio))\b"),
        ("pt", r"\b(propostas?)\b"),
    ):
        catalogue = wording(language).translations._catalog
        found = [said for said in catalogue.values() if re.search(others, str(said), re.IGNORECASE)]
        assert found == []
