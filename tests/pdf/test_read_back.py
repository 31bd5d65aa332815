"""How the report tells an agreement by which nothing passes, and what a consensus is."""

from dataclasses import replace

import msgspec

from edp_app.report import heard, pages, pdf, sentences, told
from edp_app.report.contents import Report, Vote
from edp_app.report.model import report_model
from edp_app.report.votes import telling
from edp_app.report.wording import wording
from tests.pdf import methods
from tests.pdf.methods_definition import every_method
from tests.support.signing import NAMES, WHY, read_back

EN = wording("en")


def vote(report: Report, run: str) -> Vote:
    return next(one for one in report.votes if one.run == run)


def html(report: Report) -> str:
    return pdf.Typesetter(report).html("report/report.html", fit=pages.FITS[0])


def informing() -> Report:
    """A workshop whose read-back lets nothing pass."""
    definition = every_method("en")
    stages = [
        msgspec.structs.replace(stage, settings=msgspec.structs.replace(stage.settings, passes=0))
        if stage.id == "readback"
        else stage
        for stage in definition.stages
    ]
    played = methods.held(msgspec.structs.replace(definition, stages=stages), again=False)
    return report_model(played.workshop.state)


def test_a_read_back_decides_nothing_and_is_told_whole():
    report = informing()
    read_back = vote(report, "readback.1")
    assert not read_back.decides
    assert not read_back.through
    said = sentences.how(read_back, EN)
    assert "It informs; nothing passes by it." in said
    assert "decided" not in said
    assert "were to pass" not in said
    (section,) = [
        one for one in html(report).split('<div class="ranking">') if '<h2 class="second">Read-back' in one
    ]
    assert section.count('<table class="ranked">') == 1
    assert section.count('<p class="picture-head">Who agrees') == 1
    assert "What passes was decided" not in section
    alone = replace(report, votes=(read_back,))
    assert alone.decision is None
    assert "nothing was to pass by it: “Read-back”" in heard.informing(alone, EN)
    share = vote(report, "share.1")
    assert "from 0 to 1" in telling(share).figure_says(share, EN)
    assert " ".join(html(report).split()).count(telling(share).figure_says(share, EN)) >= 1
    assert telling(share).figure_says(replace(share, cells=()), EN) == ""


def test_the_read_back_of_what_was_decided_is_the_record_with_the_names_of_who_asked_for_it():
    room, run = read_back()
    report = report_model(room.workshop.state, "en", NAMES)
    assert [one.run for one in report.read_backs] == [run]
    _, section = html(report).split('id="record"')
    section = " ".join(section.split("</section>")[0].split())
    assert "<h2>Record of what was decided</h2>" in section
    assert "2 priorities were decided in “Score”. One person, one vote decided." in section
    assert "8 agree and two disagree" in section or "eight agree and two disagree" in section
    assert f'“<span class="typed">{WHY}</span>” — <b class="typed">Ana Quispe</b>' in section
    assert "Who agrees, by group: Government 4 of 6 · Business 4 of 4" in section
    assert section.count(WHY) == 2
    assert "2×" not in section
    whole = html(report)
    assert whole.count("Ana Quispe") == 1
    assert "Bruno Salas" not in whole
    assert whole.count('class="second">Read_Back') == 1, "it stands nowhere else"
    unsigned = report_model(read_back(signed=False)[0].workshop.state, "en", NAMES)
    assert "Ana Quispe" not in html(unsigned)


def test_the_record_follows_the_order_and_the_numbers_of_what_was_decided():
    """Not who stands by it most: a first place there would speak against the decision."""
    report = informing()
    decision = report.decision
    assert decision is not None
    rows = [row for row in decision.rows if row.part]
    back = vote(report, "readback.1")
    one, other = [row for row in back.rows if row.given][:2]
    swapped = replace(back, listings=(replace(back.listings[0], rows=(other, one)),))
    placed = tuple(
        replace(row, item=item, passes=True, rank_headcount=n, rank_balanced=n)
        for n, (row, item) in enumerate(zip(rows, (one.item, other.item), strict=False), 1)
    )
    decided = replace(decision, listings=(replace(decision.listings[0], rows=placed),))
    votes = tuple(decided if old.run == decision.run else old for old in report.votes)
    (ranking,) = told.read_back(swapped, replace(report, votes=votes), pdf.look(EN)).rankings
    assert [(line.row.item, line.rank) for line in ranking.lines] == [(one.item, "1"), (other.item, "2")]
    assert {bar.rank for line in ranking.lines for bar in line.bars} == {""}


def test_the_record_has_its_name_in_every_language():
    state = read_back()[0].workshop.state
    for language, title in (("es", "Acta"), ("pt", "Ata")):
        assert f'data-section="{title}"' in html(report_model(state, language, NAMES))
