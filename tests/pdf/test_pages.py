"""What the templates put on the pages, read as HTML: marks, order, explanations, before any layout."""

import re
from dataclasses import replace

import msgspec
import pytest

from edp_app.core.commands import (
    AddItem,
    Answer,
    BringItems,
    Brought,
    CastBallot,
    CloseStage,
    OpenStage,
    RevealResult,
)
from edp_app.core.definition import Rule
from edp_app.report import pages, pdf, sentences
from edp_app.report.contents import Report, Row, Vote
from edp_app.report.model import report_model
from edp_app.report.wording import wording
from tests.pdf.sample import held, people_of
from tests.support.definitions import border_region
from tests.support.memory import MemoryWorkshop

EN = wording("en")
SIGN = re.compile(r'<img class="sign"[^>]*alt="([^"]*)"')
COUNTS = {"heads": "One person, one vote", "groups": "Every group the same"}


@pytest.fixture(scope="module")
def whole() -> Report:
    return report_model(held(border_region("en")).workshop.state)


def html(report: Report) -> str:
    return pdf.Typesetter(report).html("report/report.html", fit=pages.FITS[0])


def parts(text: str, opening: str, closing: str) -> list[str]:
    """What stands between each ``opening`` and the next ``closing``."""
    return [one.split(closing)[0] for one in text.split(opening)[1:]]


def changed(report: Report, number: int = -1, **values: object) -> Report:
    """The report with the first row of its first vote, or else every row (-1), changed like this."""

    def new(vote: Vote) -> Vote:
        place = 0
        listings = []
        for listing in vote.listings:
            rows: list[Row] = []
            for row in listing.rows:
                rows.append(replace(row, **values) if number in (-1, place) else row)  # type: ignore[arg-type]
                place += 1
            listings.append(replace(listing, rows=tuple(rows)))
        return replace(vote, listings=tuple(listings))

    return replace(report, votes=tuple(new(vote) for vote in report.votes))


# ---- marks


def test_the_body_has_the_screens_sign_where_the_screen_has_it_and_its_meaning_beside_it(whole):
    quiet = changed(whole, cut_depends=False, lot=False)
    assert SIGN.findall(html(quiet)) == []
    text = html(changed(quiet, 0, cut_depends=True))
    caution = sentences.caution(EN)
    assert SIGN.findall(text) == [caution] * 3  # page one, the ranking of the SWOT, the priority
    (decided,) = parts(text, '<section class="decided', "</section>")
    (ranked,) = parts(text, '<table class="ranked">', "</table>")
    first_block = parts(text, '<article class="block', "</article>")[0]
    for part in (decided, ranked.split("</thead>")[0], first_block):
        assert re.findall(r'<p class="note with-sign"[^>]*>([^<]*)</p>', part) == [caution]
    assert parts(text, '<div class="overview">', "</div>")[0].count(caution) == 1


def test_where_everything_that_passed_depends_on_very_few_that_is_said_once_and_of_no_item(whole):
    quiet = changed(whole, cut_depends=False, lot=False)
    votes = tuple(
        replace(
            vote,
            listings=tuple(
                replace(listing, rows=tuple(replace(row, cut_depends=True) for row in listing.rows))
                for listing in vote.listings
            ),
        )
        for vote in quiet.votes
    )
    text = html(replace(quiet, votes=votes))
    assert SIGN.findall(text) == []
    assert sentences.caution(EN) not in text
    assert whole.decision is not None
    (once,) = sentences.caution_for_all(replace(whole.decision, listings=votes[-1].listings), EN)
    (decided,) = parts(text, '<section class="decided', "</section>")
    (priorities,) = parts(text, '<section class="priorities"', "</section>")
    assert decided.count(once) == 1
    assert priorities.count(once) == 1
    assert priorities.index(once) < priorities.index("<article")
    for table in parts(text, '<table class="ranked">', "</table>"):
        assert table.count(once) == 1


def test_the_wide_mark_stands_in_the_annex_alone_and_is_explained_on_each_of_its_pages(whole):
    text = html(changed(whole, small_group=True))
    body, annex = text.split('<section class="annex')
    assert "†" not in body
    for table in parts(annex, '<table class="figures small">', "</table>"):
        head, rows = table.split("</thead>")
        assert "† Its rank would be another one" in head
        assert rows.count("†") == rows.count('<th scope="row">') > 10
    assert "†" not in html(changed(whole, small_group=False))


# ---- the order of the counts


@pytest.mark.parametrize(("rule", "order"), [("headcount", "heads groups"), ("balanced", "groups heads")])
def test_the_deciding_count_stands_first_on_every_page(whole, rule: Rule, order: str):
    report = replace(whole, votes=tuple(replace(vote, rule=rule) for vote in whole.votes))
    text = html(report)
    heads = parts(text, '<th scope="col" class="bars-head">', "</th>")
    heads += parts(text, '<table class="figures small">', "</thead>")
    heads += parts(text, "<dt>Two counts</dt>", "</dd>")
    assert len(heads) == 4
    for head in heads:
        places = [head.index(COUNTS[count]) for count in order.split()]
        assert places == sorted(places)
    listing = parts(text, '<table class="ranked">', "</table>")[0]
    assert re.findall(r'<div class="fill( first)?"', listing)[:4] == [" first", ""] * 2
    chart = pages.context(report, pdf.look(EN))["decision_chart"]
    assert chart.table.head[1::2][:2] == tuple(COUNTS[count] for count in order.split())
    fills = re.findall(r'<rect [^>]*height="8.0" fill="([^"]*)"', chart.svg)
    ink, light = (pdf.look(EN).colour(token) for token in ("ink", "line-strong"))
    assert fills[:2] == [ink, light]
    assert fills[2:6] == [ink, light] * 2


# ---- what is explained


def test_groups_shown_together_are_explained_in_the_same_words_everywhere(whole):
    text = html(whole)
    one = "Groups shown together count as one group."
    (method,) = parts(text, '<section class="method"', "</section>")
    assert one in parts(method, "<dt>Two counts</dt>", "</dd>")[0]
    assert one in parts(method, "<dt>Privacy</dt>", "</dd>")[0]
    (decided,) = parts(text, '<section class="decided', "</section>")
    assert one in decided
    for lead in [
        *parts(text, '<div class="ranking">', "</p>"),
        parts(text, 'id="priorities"', "</p>")[0],
        *parts(text, '<div class="figures-head">', "</p>"),
    ]:
        assert one in lead


def test_contributions_without_a_group_are_explained(whole):
    said = "Contributions of groups with fewer than three authors carry no label"
    swot = whole.gatherings[0]
    assert any(entry.group is None for entry in swot.entries)
    annex = html(whole).split('<section class="annex')[1]
    assert said in annex.split('<table class="contributions">')[0]
    labelled = tuple(
        replace(
            gathering,
            columns=tuple(
                replace(
                    column,
                    entries=tuple(replace(entry, group=whole.groups[0].mark) for entry in column.entries),
                )
                for column in gathering.columns
            ),
        )
        for gathering in whole.gatherings
    )
    assert said not in html(replace(whole, gatherings=labelled))


# ---- the evaluation


def asked(sizes: dict[str, int], remark: str = "") -> Report:
    """A report on an evaluation in which everybody answered the scales."""
    workshop = MemoryWorkshop(border_region("en"))
    workshop.must(OpenStage("who"))
    people = people_of(workshop, sizes)
    workshop.must(OpenStage("evaluation"))
    for place, person in enumerate(people):
        workshop.must(Answer("evaluation.1", "useful", 1 + place % 5), person)
        workshop.must(Answer("evaluation.1", "heard", 3), person)
    if remark:
        workshop.must(Answer("evaluation.1", "remark", remark), people[0])
    workshop.must(CloseStage("evaluation.1"))
    workshop.must(RevealResult("evaluation.1"))
    return report_model(workshop.state)


def test_an_open_question_without_an_answer_says_so():
    assert "Nobody wrote an answer." in html(asked({"government": 4, "business": 3}))
    assert "Nobody wrote an answer." not in html(asked({"government": 4, "business": 3}, "More time"))


def test_where_all_groups_are_too_small_it_is_said_once_that_they_cannot_be_shown_apart():
    said = "Results cannot be shown by group: in some groups too few people took part."
    text = html(asked({"government": 2, "business": 2, "academia": 1}))
    assert text.count(said) == 1
    assert "Smaller groups together" not in text
    assert '<div class="scale-cells">' not in text
    apart = html(asked({"government": 4, "business": 3, "academia": 1}))
    assert said not in apart
    assert '<div class="scale-cells">' in apart
    assert "<dd>Results cannot be shown by group: in some groups too few people took part</dd>" in text
    assert "<dd>Results by group; small groups are shown together</dd>" in apart


def test_a_large_group_beside_a_tiny_one_is_not_said_to_be_too_few():
    (evaluation,) = (report := asked({"government": 9, "business": 1})).questionnaires
    assert evaluation.together
    text = html(report)
    assert "in some groups too few people took part" in text
    assert "Too few people" not in text


def test_where_all_groups_are_too_small_a_vote_has_no_chart_by_group():
    workshop = MemoryWorkshop(border_region("en"))
    workshop.must(OpenStage("who"))
    people = people_of(workshop, {"government": 2, "business": 2})
    workshop.must(OpenStage("ideas"))
    item = workshop.must(AddItem("ideas.1", "idea", "Idea"), people[0])[0].item  # type: ignore[union-attr]
    workshop.must(OpenStage("shortlist"))
    for person in people:
        workshop.must(CastBallot("shortlist.1", item, 1), person)
    workshop.must(CloseStage("shortlist.1"))
    workshop.must(RevealResult("shortlist.1"))
    report = report_model(workshop.state)
    assert report.decision is not None
    assert report.decision.all_together
    text = html(report)
    assert "block-shares" not in text
    assert "Results cannot be shown by group: in some groups too few people took part." in text
    assert "<dd>Results cannot be shown by group: in some groups too few people took part</dd>" in text
    assert "Results by group" not in text


# ---- page one


def test_page_one_rather_shows_all_that_passed_than_is_roomy(whole):
    decision = whole.decision
    assert decision is not None
    fits = pages.fits_for(decision)
    assert fits == list(pages.FITS)
    rows = tuple(replace(row, passes=place < 6) for place, row in enumerate(decision.rows))
    listing = replace(decision.listings[0], rows=rows)
    fits = pages.fits_for(replace(decision, listings=(listing,)))
    assert fits[0] == pages.FITS[1]
    assert sorted(fits, key=pages.FITS.index) == list(pages.FITS)


def test_the_annex_of_an_open_stage_whose_contributions_are_hidden_claims_no_more_than_it_holds():
    plain = border_region("en")
    settings = msgspec.structs.replace(plain.stage("swot").settings, others="after_close")
    stages = [msgspec.structs.replace(s, settings=settings) if s.id == "swot" else s for s in plain.stages]
    workshop = MemoryWorkshop(msgspec.structs.replace(plain, stages=stages))
    workshop.must(OpenStage("who"))
    (person, *_) = people_of(workshop, {"business": 4})
    workshop.must(BringItems("swot", [Brought("Fewer young people", "t", "Census")]))
    workshop.must(OpenStage("swot"))
    workshop.must(AddItem("swot.1", "s", "Only for later"), person)
    (annex,) = parts(html(report_model(workshop.state)), 'data-section="Annex">', "</section>")
    said = " ".join(re.sub(r"<[^>]+>", " ", annex).split())
    assert "One statement was brought in by the facilitators. This stage is still open;" in said
    assert "every contribution" not in said
    assert "One contribution" not in said
    workshop.must(CloseStage("swot.1"))
    (annex,) = parts(html(report_model(workshop.state)), 'data-section="Annex">', "</section>")
    assert "every contribution" in annex
    assert "2 contributions" in annex or "Two contributions" in annex
