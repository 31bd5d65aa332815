"""The read model: what the report may know, without laying anything out."""

import msgspec
import pytest

from edp_app.core.commands import (
    AddItem,
    BringItems,
    Brought,
    CastBallot,
    CloseStage,
    HideItem,
    OpenStage,
    RevealResult,
    StepBack,
)
from edp_app.report import contested, sentences
from edp_app.report.contents import Report
from edp_app.report.model import report_model
from edp_app.report.wording import wording
from tests.pdf.sample import SIZES, held, people_of
from tests.support.definitions import border_region
from tests.support.memory import MemoryWorkshop


def model(workshop: MemoryWorkshop, language: str = "") -> Report:
    return report_model(workshop.state, language)


@pytest.fixture(scope="module")
def whole() -> Report:
    return model(held().workshop)


def written(report: Report) -> str:
    """All of the model as one text, for what must not be anywhere in it."""
    return msgspec.json.encode(report).decode()


def test_equal_states_give_equal_reports(whole):
    sample = held()
    assert model(sample.workshop) == whole
    assert report_model(sample.workshop.refolded()) == whole


def test_the_decision_is_the_vote_on_priorities(whole):
    assert whole.decision is not None
    assert whole.decision.stage == "shortlist"
    assert len(whole.decision.through) == 3
    assert not whole.draft


def test_small_groups_stand_together_and_are_named_so(whole):
    cells = whole.decision.cells
    assert [cell.voters for cell in cells] == [25, 17, 9, 8]
    assert cells[-1].groups == ("Sociedad civil y comunidades", "Medio ambiente")
    assert "Medio ambiente" in cells[-1].mark.name
    assert cells[-1].mark.icon == "pool"


def test_contributions_of_a_group_of_two_carry_no_label(whole):
    labels = {e.group.name for g in whole.gatherings for e in g.entries if e.group}
    assert "Gobierno y administración pública" in labels
    assert "Medio ambiente" not in labels


def test_hidden_and_withdrawn_items_are_counted_and_nothing_else(whole):
    swot = whole.gatherings[0]
    assert (swot.hidden, swot.withdrawn) == (1, 1)
    text = written(whole)
    sample = held()
    assert sample.hidden not in text
    assert sample.withdrawn not in text


def test_what_stands_under_a_hidden_item_is_counted_as_hidden():
    workshop = held(end=False).workshop
    before = model(workshop).gatherings[0]
    merged = next(e for c in before.columns for e in c.entries if e.merged)
    workshop.must(HideItem(merged.id))
    after = model(workshop).gatherings[0]
    assert after.hidden == before.hidden + 1 + len(merged.merged)


def test_merged_items_keep_the_words_of_their_authors(whole):
    first = whole.decision.rows[0].entry
    assert [original.title for original in first.merged] == ["Riego solar compartido"]
    water = next(e for e in whole.gatherings[0].entries if e.own_title != e.title)
    assert water.own_title == "Sequías más largas y crecidas repentinas en las mismas cuencas"
    assert [original.title for original in water.merged] == [
        "Conflictos por el agua entre minería, ciudades y agricultura"
    ]


def test_links_name_the_item_that_stands_now(whole):
    links = {link.title for e in whole.gatherings[1].entries for link in e.links}
    assert "El agua alcanza para la mitad de la superficie cultivable" in links


def test_nothing_of_a_vote_that_was_not_revealed():
    sample = held(reveal=False, end=False)
    report = model(sample.workshop)
    assert report.draft
    assert [vote.stage for vote in report.votes] == ["weigh"]
    assert report.unrevealed == ("Selección de prioridades",)
    shown = [row.item for vote in report.votes for row in vote.rows]
    assert not set(shown) & {e.id for e in report.gatherings[1].entries}


def test_names_are_not_in_it(whole):
    assert "Mamani" not in written(whole)
    assert "p:" not in written(whole)


def test_headcount_only_has_neither_cells_nor_labels():
    report = model(held(border_region(privacy="headcount")).workshop)
    assert report.decision.rule == "headcount"
    assert report.decision.cells == ()
    assert all(row.balanced is None and row.by_cell == () for row in report.decision.rows)
    assert not any(e.group for g in report.gatherings for e in g.entries)


def test_an_item_hidden_after_the_vote_keeps_its_figures_not_its_words():
    sample = held(end=False)
    first = model(sample.workshop).decision.rows[0]
    sample.workshop.must(HideItem(first.item))
    report = model(sample.workshop)
    row = report.decision.rows[0]
    assert (row.title, row.entry, row.given) == ("", None, first.given)
    assert first.title not in written(report)
    assert sentences.title_of(row, wording("en")) == "(hidden by the facilitator)"


def test_what_is_written_in_an_open_stage_that_shows_it_later_is_not_in_it():
    plain = border_region()
    settings = msgspec.structs.replace(plain.stages[1].settings, others="after_close")
    stages = [msgspec.structs.replace(s, settings=settings) if s.id == "swot" else s for s in plain.stages]
    workshop = MemoryWorkshop(msgspec.structs.replace(plain, stages=stages))
    workshop.must(OpenStage("who"))
    people = people_of(workshop, {"business": 4})
    workshop.must(BringItems("swot", [Brought("Censo de 2022: sube la edad", "t", "Censo")]))
    workshop.must(OpenStage("swot"))
    workshop.must(AddItem("swot.1", "s", "Solo para después"), people[0])
    report = model(workshop)
    assert report.gatherings[0].not_shown_yet
    assert "Solo para después" not in written(report)
    (entry,) = model(workshop, "en").gatherings[0].entries  # what was brought in is no contribution of others
    assert (entry.title, entry.origin) == ("Censo de 2022: sube la edad", "brought in: Censo")
    workshop.must(CloseStage("swot.1"))
    assert "Solo para después" in written(model(workshop))


def test_fewer_than_three_voters_give_no_figures():
    workshop = MemoryWorkshop(border_region())
    workshop.must(OpenStage("who"))
    people = people_of(workshop, {"business": 2})
    workshop.must(OpenStage("swot"))
    item = workshop.must(AddItem("swot.1", "s", "Algo"), people[0])[0].item
    workshop.must(OpenStage("weigh"))
    for person in people:
        workshop.must(CastBallot("weigh.1", item, 1), person)
    workshop.must(CloseStage("weigh.1"))
    workshop.must(RevealResult("weigh.1"))
    report = model(workshop)
    assert report.decision.few
    assert report.decision.rows == ()


def test_of_two_rounds_the_later_one_decides():
    sample = held(end=False)
    workshop = sample.workshop
    workshop.must(OpenStage("shortlist"))
    items = [row.item for row in model(workshop).decision.rows]
    for person in people_of_workshop(workshop):
        workshop.must(CastBallot("shortlist.2", items[-1], 2), person)
    workshop.must(CloseStage("shortlist.2"))
    before = model(workshop)
    assert before.decision.run == "shortlist.1"
    workshop.must(RevealResult("shortlist.2"))
    report = model(workshop)
    assert [vote.run for vote in report.votes] == ["weigh.1", "shortlist.1", "shortlist.2"]
    assert [vote.last for vote in report.votes] == [True, False, True]
    assert report.decision.run == "shortlist.2"
    assert report.decision.rows[0].item == items[-1]


def people_of_workshop(workshop: MemoryWorkshop) -> list[str]:
    return [p.id for p in workshop.state.persons.values() if p.group and not p.paper]


def test_the_language_can_be_another_one_than_the_workshops():
    report = model(held().workshop, "pt")
    assert report.language == "pt"
    assert report.gatherings[0].columns[0].name == "Forças"
    assert report.groups[4].mark.name == "Meio ambiente"


def test_a_workshop_that_nobody_joined():
    report = model(MemoryWorkshop(border_region()))
    assert (report.people, report.gatherings, report.votes, report.decision) == (0, (), (), None)
    assert report.draft


def test_groups_whose_first_choice_did_not_pass_are_named():
    workshop = MemoryWorkshop(border_region(rule="headcount"))
    workshop.must(OpenStage("who"))
    people = people_of(workshop, {"government": 12, "academia": 4})
    workshop.must(OpenStage("ideas"))
    ids = [workshop.must(AddItem("ideas.1", "idea", f"Idea {n}"), people[0])[0].item for n in range(4)]
    workshop.must(OpenStage("shortlist"))
    for person in people:
        wanted = ids[3:] if person.startswith("p:academia") else ids[:3]
        for item in wanted:
            workshop.must(CastBallot("shortlist.1", item, 1), person)
    workshop.must(CloseStage("shortlist.1"))
    workshop.must(RevealResult("shortlist.1"))
    vote = model(workshop).decision
    left_out = contested.first_choices_left_out(vote, vote.listings[0])
    assert [choice.cell.mark.name for choice in left_out] == ["Universidades e investigación"]
    assert [row.title for row in left_out[0].rows] == ["Idea 3"]
    assert left_out[0].share == 1
    assert contested.differing(vote)[0].title == "Idea 3"


def test_stepping_back_does_not_leave_a_run_in_the_report():
    workshop = MemoryWorkshop(border_region())
    workshop.must(OpenStage("who"))
    people_of(workshop, SIZES)
    workshop.must(OpenStage("swot"))
    workshop.must(StepBack())
    assert model(workshop).gatherings == ()
