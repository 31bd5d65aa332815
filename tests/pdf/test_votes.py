"""How each voting method is told: that there is one for each, what it says, and what it keeps to itself."""

import re
from dataclasses import replace
from html import unescape

import msgspec
import pytest

from edp_app.core.commands import HideItem
from edp_app.core.voting import METHODS
from edp_app.report import blocks, disagreeing, heard, pages, pdf, sentences
from edp_app.report.contents import Report, Vote
from edp_app.report.model import report_model
from edp_app.report.parts import Chosen, Opinions, Placed, Ranked, Scored
from edp_app.report.votes import criteria, telling
from edp_app.report.wording import wording
from tests.pdf import methods
from tests.pdf.methods_definition import CRITERIA, every_method
from tests.pdf.methods_words import REASONS
from tests.support import voted
from tests.support.memory import MemoryWorkshop

EN, ES = wording("en"), wording("es")


@pytest.fixture(scope="module")
def whole() -> Report:
    return report_model(methods.held(every_method("en")).workshop.state)


def vote(report: Report, run: str) -> Vote:
    return next(one for one in report.votes if one.run == run)


def html(report: Report) -> str:
    return pdf.Typesetter(report).html("report/report.html", fit=pages.FITS[0])


def plain(text: str) -> str:
    """The words of a page, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("&#39;", "'").split())


@pytest.mark.parametrize("method", [method.id for method in METHODS])
def test_every_method_is_told_in_the_sample(whole, method):
    (told, *_) = [one for one in whole.votes if one.method == method]
    assert told.rows
    assert telling(told).says(told, EN)
    assert all(telling(told).short(row, told, EN) for row in told.rows)
    text = plain(html(whole))
    assert telling(told).says(told, EN) in text
    assert f"Annex: figures of the vote · {told.title}" in text


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("method", [method.id for method in METHODS])
def test_a_workshop_with_no_other_vote_is_told_too(method, language):
    room = MemoryWorkshop(msgspec.structs.replace(voted.definition(), language=language))
    voted.hold(lambda command, who: room.must(command, who or "f:1"), lambda: room.state,
               methods=[method], reveal=[method])  # fmt: skip
    report = report_model(room.state)
    told = vote(report, f"{method}.1")
    assert (report.decision is None) == (told.rule is None)
    page_one = unescape(pdf.Typesetter(report).html("report/page_one.html", fit=pages.FITS[0]))
    assert not told.rule or any(row.title in page_one for row in told.rows if row.passes)
    assert told.title in plain(html(report))


# ---- what decided


def test_scores_decide_whatever_was_agreed_on_after_them(whole):
    assert whole.decision.run == "score.2"
    assert [one.run for one in whole.second_rounds] == ["second.1"]
    assert whole.votes[-1].run == "readback.1"


def test_nothing_that_only_informs_is_the_decision():
    report = report_model(methods.held(every_method("en"), again=False).workshop.state)
    informing = tuple(one for one in report.votes if one.method in ("axes", "choice"))
    assert replace(report, votes=informing).decision is None


# ---- scores


def test_how_many_rate_it_high_is_said_in_the_words_of_the_field_where_one_criterion_makes_the_total(whole):
    said = criteria.sides_in_words((19, 4, 2), True, EN)
    assert said == "Of 25 people, 19 gave it 4 or 5, four gave it 3 and two gave it 1 or 2."
    said = criteria.sides_in_words((19, 4, 2), True, ES)
    assert said == "De 25 personas, 19 le dieron 4 o 5, cuatro le dieron 3 y dos le dieron 1 o 2."
    said = criteria.sides_in_words((25, 0, 1), True, ES)
    assert said == "De 26 personas, 25 le dieron 4 o 5 y una le dio 1 o 2."


def test_over_several_criteria_nobody_is_said_to_have_given_a_total(whole):
    decision = whole.decision
    for row in decision.rows:
        assert isinstance(row.part, Scored)
        said = criteria.opinion(row.part, decision, EN)
        high, middle, low = row.part.sides
        assert "gave it" not in said
        assert said.startswith(f"Of {high + middle + low} people, ")
        assert ("(3.5 or more over all criteria)" in said) == (high > 0)
        assert "nobody" not in said
        assert row.part.rated == high + middle + low
        assert row.part.rated + row.part.dont_know == row.n


def test_every_label_of_the_first_round_has_its_sentence(whole):
    labels = {row.part.label: row for row in vote(whole, "score.1").rows}
    assert set(labels) == {"shared_yes", "shared_no", "divided", "groups_differ", "open"}
    said = {label: criteria.label_says(row, EN) for label, row in labels.items()}
    assert len(set(said.values())) == 5
    assert said["divided"] == "Opinions are divided."
    assert re.fullmatch(
        r"The groups see it differently: from \d\.\d \(Universities and research\) to \d\.\d \([^()]+\)\.",
        said["groups_differ"],
    )


def test_weights_are_told_in_per_cent_and_who_agreed_on_them(whole):
    said = telling(whole.decision).says(whole.decision, EN)
    weights = [
        criterion.weight
        for criterion, _ in whole.decision.rows[0].part.scores
        if criterion.weight is not None
    ]
    assert sum(weights) == pytest.approx(1)
    assert "The room agreed on what counts how much" in said
    for criterion, weight in zip(CRITERIA, weights, strict=False):
        assert f"{criterion.name['en']} {EN.percent(weight)}" in said


def test_weights_set_beforehand_are_told_so():
    definition = every_method("en")
    definition = methods.without(definition, "weights")
    report = report_model(methods.held(definition, again=False).workshop.state)
    said = telling(report.decision).says(report.decision, EN)
    assert "was set beforehand: Assets and critical mass 38%, Innovation added value 25%" in said


def test_what_funders_score_stands_beside_the_total(whole):
    for row in whole.decision.rows:
        beside = [measured for criterion, measured in row.part.scores if criterion.beside]
        assert [(one.balanced, one.by_cell, one.counts) for one in beside] == [(None, (), ())]
        assert beside[0].headcount is not None
    assert "beside the total, by funders" in html(whole)


def test_ones_are_flagged_where_the_criterion_asks_for_it(whole):
    flagged = [
        (criterion.id, measured.ones)
        for row in whole.decision.rows
        for criterion, measured in row.part.scores
        if measured.ones
    ]
    assert {criterion for criterion, _ in flagged} == {"sustain"}
    once = replace(whole, votes=tuple(one for one in whole.votes if not one.second_of))
    decided = blocks.decided_blocks(once, once.decision, pdf.look(EN))
    assert any(line.flag for block in decided if block.table for line in block.table.lines)


def test_reasons_of_both_sides_stand_without_authors(whole):
    first = vote(whole, "score.1")
    divided = next(row for row in first.rows if row.part.label == "divided")
    sides = {one.side: one.texts for one in blocks.voices(divided, 99, EN)}
    assert {text for text, _ in sides["Those who rate it high"]} <= set(REASONS["high"])
    assert {text for text, _ in sides["Those who rate it low"]} <= set(REASONS["low"])
    assert sum(times for _, times in sides["Those who rate it low"]) > len(sides["Those who rate it low"])


def test_a_reason_for_little_room_is_short_or_cut_between_words():
    assert criteria.quotable(["x" * 200, "Short."], 20) == "Short."
    assert criteria.quotable(["one two three four five six"], 12) == "one two…"


def test_contested_is_what_was_contested_after_the_last_round(whole):
    contested = {two.title for two in heard.two_sides(whole, EN)}
    second = vote(whole, "second.1")
    still = {row.title for row in second.rows if row.part.contested}
    assert contested == still
    assert len(contested) == 1
    before = {row.title for row in vote(whole, "score.2").rows if row.part.contested}
    assert len(before) == 3


def test_page_one_quotes_both_sides_where_what_passed_is_contested():
    report = report_model(methods.held(every_method("en"), again=False).workshop.state)
    found = disagreeing.disagreements(report, EN)
    (told,) = [one for one in found if "(passed): groups disagree" in one.who]
    assert re.fullmatch(r"For: “[^”]+” Against: “[^”]+”", told.says(EN))


def test_a_second_round_says_what_it_changed_and_never_compares_places(whole):
    said = heard.second_rounds(whole, EN)
    assert len(said) == 3
    assert any("opinions divided → broad yes" in one for one in said)
    assert not any(re.search(r"\d(st|nd|rd|th)", one) for one in said)
    assert [one.endswith("In this round it passed.") for one in said] == [True, False, False]
    assert "still: opinions divided" in said[-1]


def test_the_vote_that_decided_is_known_where_a_second_round_has_changed_places(whole):
    assert whole.decision.run == "score.2"
    assert [one.run for one in whole.votes if whole.decided_by(one)] == ["score.2"]
    others = pages.context(whole, pdf.look(EN))["others"]
    assert "score.2" not in {one.vote.run for one in others}
    assert "second.1" in {one.vote.run for one in others}


def test_a_second_round_on_what_had_not_passed_lets_nothing_pass_and_says_so(whole):
    none = replace(vote(whole, "second.1"), passes=0)
    for rule in ("balanced", "headcount", "both"):
        assert sentences.passing(replace(none, rule=rule), EN) == (
            "What it was about had not passed in the first round, and nothing passed here."
        )


def test_a_vote_run_again_tells_places_before_and_after(whole):
    moved = [row for row in whole.decision.rows if row.part.before.label == "shared_no"]
    assert criteria.changed(moved[0], whole.decision, EN) == "1.6 → 2.9, 8th, broad no → no clear answer"


def test_indices_stand_in_the_annex_with_what_they_mean(whole):
    annex = plain(html(whole).split('<section class="annex')[1])
    for index in ("Agreement (A)", "Polarisation", "Gap", "Consensus of the groups", "Concordance (W)"):
        assert index in annex
    for source in ("10.1023/A:1010374114305", "10.6035/recerca.5516", "10.1214/aoms/1177732186"):
        assert source.replace("/", "") in annex.replace("​", "").replace("/", "")
    told = {one.run: rows for one, rows in heard.indices(whole, EN)}
    assert set(told) == {"score.1", "score.2", "second.1"}
    differs = [one for one in told["score.1"] if one.label == "groups disagree"]
    assert [one.p for one in differs] == ["0.0005"]


# ---- the other methods


def test_equal_shares_tell_who_backed_what(whole):
    points = vote(whole, "points.1")
    backed = [backing for listing in points.listings for backing in listing.portfolio]
    assert {backing.row.item for backing in backed} == {row.item for row in points.through}
    for backing in backed:
        assert sum(share for _, share in backing.backed_by) == pytest.approx(1)
        assert sentences.backed(backing, EN).startswith("Backed by: ")
    assert "Every group received an equal part of the places" in sentences.rule(points, EN)
    empty = replace(backed[0], backed_by=())
    assert "Nobody had enough left" in sentences.backed(empty, EN)


def test_where_another_rule_decided_it_is_said_what_equal_shares_would_have_chosen(whole):
    assert sentences.by_shares(vote(whole, "points.1"), EN) == ""
    assert "list shared out among the groups" in sentences.by_shares(vote(whole, "readback.1"), EN)


def test_funders_are_told_apart_in_a_choice(whole):
    fundable = vote(whole, "fundable.1")
    for row in fundable.rows:
        assert isinstance(row.part, Chosen)
        assert sum(row.part.funders) == whole.funders
        assert "of these the funders: " in telling(fundable).short(row, fundable, EN)
    assert sentences.passing(fundable, EN) == "It informs; nothing passes by it."


def test_agreement_is_told_in_people(whole):
    share = vote(whole, "share.1")
    part = share.rows[0].part
    assert isinstance(part, Opinions)
    assert part.agree + part.disagree + part.passed == 40
    assert re.fullmatch(
        r"\S+ agrees?, \S+ disagrees? and \S+ (has|have) no opinion",
        telling(share).short(share.rows[0], share, EN),
    )


def test_axes_and_orders_are_read(whole):
    plot, order = vote(whole, "plot.1"), vote(whole, "order.1")
    assert all(isinstance(row.part, Placed) and row.part.x.headcount for row in plot.rows)
    assert all(isinstance(row.part, Ranked) for row in order.rows)
    assert order.listings[0].w is not None
    first = order.rows[0]
    told = telling(order).figure(first, "headcount", order.listings[0], EN)
    assert told == f"mean place {EN.number(first.part.mean_place, telling(order).digits(order.listings[0]))}"


# ---- by territory


def test_territories_are_told_or_it_is_said_why_not(whole):
    assert [name for name, _ in whole.decision.territories] == ["Tacna", "Arica y Parinacota"]
    assert all(len(row.by_territory) == 2 for row in whole.decision.rows)
    few = methods.held(every_method("en"), sizes={"government": 5, "business": 4}, again=False)
    report = report_model(few.workshop.state)
    assert report.decision.territories_withheld
    assert all(row.by_territory == () for row in report.decision.rows)
    text = plain(html(report))
    assert text.count("Nothing is told by territory, of any vote") == 1
    assert "By territory nothing is shown" not in text, "it is said once"


# ---- other rooms


def test_headcount_mode_tells_nothing_by_group():
    report = report_model(methods.held(every_method("en", privacy="headcount")).workshop.state)
    assert all(row.balanced is None and row.by_cell == () for one in report.votes for row in one.rows)
    text = plain(html(report))
    assert "Every group the same" not in text
    assert "Backed by" not in text
    assert report.decision.through


def test_open_mode_shows_every_group():
    report = report_model(methods.held(every_method("en", privacy="open")).workshop.state)
    assert [cell.voters for cell in report.decision.cells] == [12, 11, 9, 6, 2]
    assert "Smaller groups together" not in plain(html(report))


def test_two_voters_give_no_figures_and_no_reasons():
    voted = methods.held(every_method("en"), sizes={"government": 2}, again=False, end=False)
    report = report_model(voted.workshop.state)
    assert all(one.few and not one.rows for one in report.votes)
    text = html(report)
    assert not any(reason in text for side in REASONS.values() for reason in side)
    assert "Fewer than three people took part" in text


def test_votes_in_which_nobody_voted():
    voted = methods.held(every_method("en"), sizes={"government": 3}, again=False, end=False, anybody=False)
    report = report_model(voted.workshop.state)
    assert all(one.few and one.voters == 0 for one in report.votes)
    assert html(report)


def test_an_item_hidden_since_has_no_words_anywhere():
    voted = methods.held(every_method("en"), end=False)
    title = report_model(voted.workshop.state).decision.rows[1].title
    voted.workshop.must(HideItem(voted.items["ideas"][5]))
    report = report_model(voted.workshop.state)
    hidden = [row for row in report.decision.rows if not row.title]
    assert len(hidden) == 1
    text = html(report)
    assert title not in plain(text)
    assert "(hidden by the facilitator)" in text


def test_sixty_items_and_endless_words():
    voted = methods.held(every_method("en"), ideas=60, again=False, long_words=True)
    report = report_model(voted.workshop.state)
    assert len(report.decision.rows) == 60
    text = html(report)
    assert text.count('<article class="block') == 60
    order = vote(report, "order.1")
    (unranked, *_) = [row for row in order.rows if not row.n]
    assert telling(order).short(unranked, order, EN).startswith("mean place ")
    drawn = pages.context(report, pdf.look(EN))["pictures"]
    assert all(picture.chart.height <= 720 for picture in drawn)
    assert not any(picture.whole for picture in drawn)
