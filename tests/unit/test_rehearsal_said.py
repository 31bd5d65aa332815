"""What a rehearsal says of itself: in every view, and on every page of its report."""

import pytest

from edp_app.core.canonical import FIRST, encode
from edp_app.core.events import Recorded
from edp_app.core.state import State
from edp_app.core.views import AUDIENCES, view
from edp_app.core.workshop import creation, fold
from edp_app.report.model import report_model
from edp_app.report.pages import FITS
from edp_app.report.pdf import Typesetter
from tests.support.definitions import short

SAID = "Ensayo: nada de lo que se escribe o se vota aquí cuenta."
DRAFT = "Borrador"


def begun(rehearsal_of: str) -> State:
    created = creation(short(), "123456", "ana", rehearsal_of)
    return fold([Recorded(seq=1, at=1_800_000_000_000, actor="f:ana", digest=FIRST, event=created)])


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_view_says_it_and_no_other_does(audience: str) -> None:
    assert view(begun("w1"), audience)["workshop"]["rehearsal"] is True
    assert "rehearsal" not in view(begun(""), audience)["workshop"]


def test_the_record_of_a_workshop_is_what_it_was() -> None:
    assert b"rehearsal" not in encode(creation(short(), "123456", "ana"))
    assert b'"rehearsal_of":"w1"' in encode(creation(short(), "123456", "ana", "w1"))


def test_the_report_says_it_on_its_cover_and_at_the_foot_of_every_page() -> None:
    for rehearsal_of, said, unsaid in (("w1", SAID, DRAFT), ("", DRAFT, SAID)):
        html = Typesetter(report_model(begun(rehearsal_of))).html("report/report.html", fit=FITS[0])
        assert f'<p class="cover-draft">{said}' in html
        assert f'data-draft="{said}' in html
        assert unsaid not in html
