"""The laid out report: what it says, how it is built, how it looks, and what must not be in it."""

import subprocess
from itertools import pairwise

import pikepdf
import pytest

from edp_app.report import contested, sentences
from edp_app.report.wording import wording
from tests.pdf.conftest import MM
from tests.pdf.sample import Sample
from tests.pdf.sample_words import IDEAS, PEOPLE, SWOT

pytestmark = pytest.mark.pdf


def flat(text: str) -> str:
    return " ".join(text.split())


# ---- what it says


def test_page_one_says_what_was_decided_by_both_counts(spanish):
    words = wording("es")
    page = flat(spanish.pages[1])
    decision = spanish.report.decision
    assert words.gettext("What was decided") in page
    assert len(decision.through) == 3
    for row in decision.through:
        assert row.title in page
        for sentence in sentences.places(row, decision, words):
            assert flat(sentence) in page
    assert sentences.rule(decision, words) in page


def test_page_one_says_who_disagrees_and_what_the_room_saw_first(spanish):
    words = wording("es")
    page = flat(spanish.pages[1])
    differing = contested.differing(spanish.report.decision)
    assert len(differing) == 2
    for row in differing:
        assert flat(contested.difference(row, spanish.report.decision, words)) in page
    for first in ("Fortalezas", "Debilidades", "Oportunidades", "Amenazas"):
        assert first in page


def test_page_one_is_one_page(spanish, draft, every):
    for report in (spanish, draft, every):
        took_part = wording(report.report.language).gettext("Who took part")
        assert took_part in report.pages[2]


def test_every_contribution_is_in_it(spanish):
    text = spanish.text.replace(" ", "")
    for written in [*[t for column in SWOT.values() for t in column], *[str(i["title"]) for i in IDEAS]]:
        assert written.replace(" ", "") in text, written


def test_goals_evidence_and_fields_stand_with_the_priority(spanish):
    words = wording("es")
    assert str(IDEAS[0]["who"]) in spanish.text
    assert f"7 {words.gettext('Affordable and clean energy')}" in spanish.text
    assert "Riego solar compartido" in spanish.text  # merged into the first one
    for link in spanish.report.decision.through[0].entry.links:
        assert link.title in spanish.text


def test_texts_of_the_evaluation_are_in_it(spanish):
    assert "Muy clara la diferencia entre los dos recuentos." in spanish.text


def test_the_last_page_carries_the_digest(spanish):
    last = flat(spanish.pages[-1])
    digest = spanish.workshop.state.digest
    assert f"{digest[:8]} {digest[8:16]}" in last
    assert digest in last.replace(" ", "")
    assert wording("es").number(spanish.workshop.state.seq) in last


def test_pages_are_numbered_n_of_m(spanish):
    of = wording("es").gettext("of")
    count = len(spanish.pages)
    assert f"{count} {of} {count}" in flat(spanish.pages[-1])
    assert f"2 {of} {count}" in flat(spanish.pages[1])


def test_a_draft_says_so_on_every_page(draft, spanish):
    said = wording("en").gettext("Draft: the workshop has not ended")
    assert all(said in flat(page) for page in draft.pages)
    assert not any(wording("es").gettext("Draft: the workshop has not ended") in p for p in spanish.pages)


# ---- what must not be in it


def test_a_result_that_was_not_revealed_is_not_in_it(draft):
    text = draft.text
    assert [vote.stage for vote in draft.report.votes] == ["weigh"]
    assert "Shortlist" in text  # it is named as not revealed
    title = str(IDEAS[3]["title"])
    assert text.count(title) == 2  # as it was gathered and in the annex; with a result there are more
    assert flat(wording("en").gettext("Ranked priorities")) not in text


def test_hidden_and_withdrawn_texts_are_not_in_it(spanish, draft):
    for report in (spanish, draft):
        assert Sample.hidden not in report.text
        assert Sample.withdrawn not in report.text
        data = report.path.read_bytes()
        assert Sample.hidden.encode("utf-16-be") not in data


def test_neither_names_nor_ids_nor_the_code_are_in_it(spanish):
    text = spanish.text
    for name, organisation in PEOPLE:
        assert not name or name not in text
        assert not organisation or organisation not in text
    assert spanish.workshop.state.code not in text
    assert "p:government" not in text


# ---- how it is built


def test_the_file_is_sound(spanish, every):
    for report in (spanish, every):
        done = subprocess.run(["qpdf", "--check", report.path], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr


def test_metadata_language_and_conformance(spanish):
    with spanish.opened() as pdf:
        assert str(pdf.Root.Lang) == "es"
        assert pdf.Root.MarkInfo.Marked
        assert spanish.report.title in str(pdf.docinfo["/Title"])
        assert str(pdf.docinfo["/Author"]) == spanish.report.convener
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


def test_bookmarks_lead_to_the_parts_and_the_priorities(spanish):
    words = wording("es")
    with spanish.opened() as pdf, pdf.open_outline() as outline:
        top = [item.title for item in outline.root]
        below = [child.title for item in outline.root for child in item.children]
    for part in ("What was decided", "Who took part", "Method and rules", "Ranked priorities"):
        assert words.gettext(part) in top
    assert spanish.report.decision.through[0].title in below


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """The structure elements, in reading order."""
    found, waiting = [], [pdf.Root.StructTreeRoot.K]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting += reversed(list(node))
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(node)
            if "/K" in node:
                waiting.append(node.K)
    return found


def test_every_figure_has_words_and_no_heading_level_is_left_out(spanish, draft, every):
    for report in (spanish, draft, every):
        with report.opened() as pdf:
            tags = elements(pdf)
            figures = [tag for tag in tags if tag.S == "/Figure"]
            levels = [int(str(tag.S)[2]) for tag in tags if str(tag.S) in ("/H1", "/H2", "/H3", "/H4")]
            assert len(figures) >= 3
            assert all(len(str(tag.get("/Alt", ""))) > 20 for tag in figures)
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_layout_had_nothing_to_complain_about(spanish, draft, every):
    assert spanish.complaints == every.complaints == []
    assert draft.complaints == []


def test_tables_have_headings(spanish):
    with spanish.opened() as pdf:
        tags = [str(tag.S) for tag in elements(pdf)]
    assert tags.count("/Table") >= 8
    assert tags.count("/TH") > tags.count("/Table")


def test_every_font_is_embedded(spanish):
    with spanish.opened() as pdf:
        fonts = [
            o
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
        families = {str(font.FontName).split("+")[1] for font in fonts}
    assert any(name.startswith("Source-Sans-3") for name in families)


def test_nothing_leads_out_of_the_file(spanish):
    with spanish.opened() as pdf:
        links = [
            o
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/S") in ("/URI", "/Launch", "/JavaScript")
        ]
    assert links == []


# ---- how it looks


def test_no_page_is_blank_and_nothing_stands_in_the_margins(spanish, draft, every):
    for report in (spanish, draft, every):
        assert len(report.images) == len(report.pages)
        for number, page in enumerate(report.images[1:], start=2):
            ink = page.point(lambda grey: 255 if grey < 200 else 0)
            box = ink.getbbox()
            assert box is not None, f"page {number} is blank"
            left, top, right, bottom = (edge / MM for edge in box)
            assert left > 23, f"page {number}"
            assert right < 187, f"page {number}"
            assert top > 11, f"page {number}"
            assert bottom < 297 - 10, f"page {number}"
            covered = ink.histogram()[255] / (page.width * page.height)
            assert covered > 0.008, f"page {number} is nearly empty"


def test_the_cover_is_drawn_to_the_edges(spanish):
    cover = spanish.images[0]
    ink = cover.point(lambda grey: 255 if grey < 250 else 0)
    left, _, right, _ = ink.getbbox()
    assert left < 4 * MM
    assert right > 206 * MM
