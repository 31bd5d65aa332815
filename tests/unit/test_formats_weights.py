"""A stage in which the room agrees on weights that weigh nothing is warned of."""

from edp_app.core.formats import check_format
from tests.unit.test_formats_votes import ASK, CRITERIA, LIBRARY, TOP

WEIGHED = CRITERIA.replace('method = "criteria"', 'method = "criteria"\nweights_from = "weights"')
NOTHING = "What is agreed in this stage weighs nothing: "


def warned(text: str) -> list[tuple[str, str]]:
    """The stage that is warned of, by the line of its heading, and the sentence."""
    checked = check_format(text, "w.toml", LIBRARY)
    assert checked.errors == []
    return [(text.splitlines()[one.line], one.plain()) for one in checked.warnings]


def test_a_vote_after_it_that_takes_no_weights_is_named() -> None:
    said = NOTHING + "“score” has the same criteria, and nothing is chosen there for “weights_from”."
    assert warned(TOP + ASK + CRITERIA) == [('id = "weights"', said)]
    assert warned(TOP + ASK + WEIGHED) == []


def test_a_vote_before_it_is_named() -> None:
    said = "it comes after “score”, which has the same criteria. It would have to come before."
    assert warned(TOP + CRITERIA + ASK) == [('id = "weights"', NOTHING + said)]


def test_what_cannot_be_weights_is_let_be() -> None:
    for other in (('"new"', '"other"'), ('"New?"', '"New?", first = 0'), ('"New?"', '"New?", steps = 3')):
        assert warned(TOP + ASK.replace(*other) + CRITERIA) == [], other
