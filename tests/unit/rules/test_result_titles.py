"""A result shown before an item was rewritten or taken back says what a fresh fold of the log says."""

import pytest

from edp_app.core import commands as c
from edp_app.core import views
from tests.support.definitions import short
from tests.support.memory import MemoryWorkshop, plain

ANA = "p:ana"


@pytest.mark.parametrize("change", ["rewrite", "withdraw", "hide", "merge"])
@pytest.mark.parametrize("audience", views.AUDIENCES)
def test_results_call_items_what_they_are_called_now(change, audience):
    workshop = MemoryWorkshop(short())
    workshop.must(c.OpenStage("swot"))
    for person in (ANA, "p:bea", "p:cai"):
        workshop.must(c.Join(), person)
        workshop.must(c.Describe(group="business", territory="tacna"), person)
    for title in ("Olives", "Wine", "Oil"):
        workshop.must(c.AddItem("swot.1", "s", title), ANA)
    first, second, *_ = workshop.state.items
    workshop.must(c.OpenStage("weigh"))
    for person in (ANA, "p:bea", "p:cai"):
        workshop.must(c.CastBallot("weigh.1", first, 2), person)
    workshop.must(c.CloseStage("weigh.1"))
    workshop.must(c.RevealResult("weigh.1"))
    workshop.must(c.OpenStage("swot"))
    shown = plain(views.view(workshop.state, audience))
    assert "Olives" in str(shown["results"])
    run = workshop.state.current
    if change == "rewrite":
        workshop.must(c.ChangeItem(run, first, 1, "Olive groves"), ANA)
    elif change == "withdraw":
        workshop.must(c.WithdrawItem(run, first), ANA)
    elif change == "hide":
        workshop.must(c.HideItem(first))
    else:
        workshop.must(c.MergeItems(into=first, items=[second], title="Trees and vines"))
    after = plain(views.view(workshop.state, audience))
    assert after == plain(views.view(workshop.refolded(), audience))
    assert "Olives" not in str(after["results"])
