"""Votes in format files that are about what an earlier one lets through."""

import pytest

from edp_app.core.formats import check_format
from tests.unit.test_formats_votes import AGAIN, CRITERIA, LIBRARY, TOP, VOTE, last_vote, read

NEXT = VOTE.replace('"weigh"', '"next"').replace('"swot"', '"weigh"')
LAST = VOTE.replace('"weigh"', '"last"').replace('"swot"', '"next"')


def test_a_vote_may_be_about_what_passed_by_one_that_is_about_what_passed() -> None:
    found = read(TOP + VOTE + NEXT + LAST)
    assert [one.settings.of for one in found.stages[2:]] == ["swot", "weigh", "next"]  # type: ignore[union-attr]
    assert {found.gathered_in(one.id) for one in found.stages if one.id != "group_and_name"} == {"swot"}


def test_what_passed_is_not_warned_of_where_what_was_written_was() -> None:
    unsorted = TOP.split('[[stages]]\nuse = "group_and_name"')[0] + VOTE + NEXT
    warnings = [one.sentence() for one in check_format(unsorted, "w.toml", LIBRARY).warnings]
    assert len([one for one in warnings if "without a stage of kind sort" in one]) == 1


def test_a_second_round_of_a_vote_on_what_passed_is_about_the_same() -> None:
    text = TOP + VOTE + CRITERIA.replace('"swot"', '"weigh"') + AGAIN
    assert last_vote(text).of == "weigh"
    assert last_vote(text + LAST.replace('"next"', '"again"')).of == "again"


@pytest.mark.parametrize(
    ("there", "here", "warned"),
    [
        ("passes = 5\n", "passes = 5\n", True),
        ("passes = 5\n", "passes = 6\n", True),
        ("passes = 5\n", "passes = 4\n", False),
        ("", "", True),
        ("passes = 1\n", 'method = "agree"\npasses = 0\n', False),
        ('per = "column"\npasses = 2\n', "passes = 3\n", False),
        (
            "passes = 1\n",
            'method = "choice"\noptions = [{ id = "a", name = "A" }, { id = "b", name = "B" }]\n',
            False,
        ),
    ],
)
def test_where_all_that_passed_would_pass_again_it_is_warned_of(there: str, here: str, warned: bool) -> None:
    found = check_format(TOP + VOTE + there + NEXT + here, "w.toml", LIBRARY)
    assert found.definition
    told = [one.sentence() for one in found.warnings if "nothing is left out" in one.sentence()]
    assert bool(told) == warned
