"""Who is shown together, so that nobody's vote is given away."""

import pytest

from edp_app.core.results.cells import Cell, form_cells, group_labels_allowed, pooled, too_few

ORDER = ["government", "business", "academia", "civil_society", "environment"]


def cells(privacy="grouped", **by_group):
    return form_cells(by_group, privacy, ORDER)


def test_large_groups_stand_alone_in_the_order_of_the_definition():
    assert cells(academia=3, government=12, business=6) == [
        Cell("c1", ("government",), 12),
        Cell("c2", ("business",), 6),
        Cell("c3", ("academia",), 3),
    ]


def test_groups_of_fewer_than_three_stand_together():
    assert cells(government=11, business=6, academia=4, civil_society=2, environment=2) == [
        Cell("c1", ("government",), 11),
        Cell("c2", ("business",), 6),
        Cell("c3", ("academia",), 4),
        Cell("pool", ("civil_society", "environment"), 4),
    ]


def test_a_pool_that_is_still_too_small_takes_in_the_next_smallest_group():
    assert cells(government=12, business=6, academia=5, civil_society=1, environment=1) == [
        Cell("c1", ("government",), 12),
        Cell("c2", ("business",), 6),
        Cell("pool", ("academia", "civil_society", "environment"), 7),
    ]


def test_of_equally_small_groups_the_first_of_the_definition_is_taken_in():
    assert cells(government=4, business=4, academia=1) == [
        Cell("c1", ("business",), 4),
        Cell("pool", ("government", "academia"), 5),
    ]
    assert cells(academia=1, business=4, government=4) == cells(government=4, business=4, academia=1)


def test_the_pool_may_be_everyone():
    assert cells(government=2, business=1) == [Cell("pool", ("government", "business"), 3)]


def test_an_open_workshop_shows_every_group_that_voted():
    assert cells("open", government=2, business=1, academia=0) == [
        Cell("c1", ("government",), 2),
        Cell("c2", ("business",), 1),
    ]


def test_a_workshop_that_counts_heads_has_no_cells():
    assert cells("headcount", government=12, business=6) == []


class TestPaper:
    def form(self, by_group, phones, privacy="grouped"):
        return form_cells(by_group, privacy, ORDER, phones)

    def test_one_phone_and_two_sheets_are_no_cell_of_their_own(self):
        assert self.form({"government": 5, "business": 3}, {"government": 5, "business": 1}) == [
            Cell("pool", ("government", "business"), 8)
        ]

    def test_sheets_join_the_cell_of_their_group(self):
        assert self.form({"government": 9, "business": 4}, {"government": 3, "business": 4}) == [
            Cell("c1", ("government",), 9),
            Cell("c2", ("business",), 4),
        ]

    def test_a_group_with_nothing_but_paper_is_small(self):
        by_group = {"government": 5, "business": 4, "academia": 4}
        assert self.form(by_group, {"government": 5, "business": 3}) == [
            Cell("c1", ("government",), 5),
            Cell("pool", ("business", "academia"), 8),
        ]

    def test_the_next_smallest_is_the_one_with_the_fewest_phones(self):
        by_group = {"government": 4, "business": 9, "academia": 1}
        assert self.form(by_group, {"government": 4, "business": 3, "academia": 1}) == [
            Cell("c1", ("government",), 4),
            Cell("pool", ("business", "academia"), 10),
        ]

    @pytest.mark.parametrize("privacy", ["grouped", "open"])
    def test_two_phones_are_too_few_however_many_sheets_there_are(self, privacy):
        assert self.form({"government": 9, "business": 4}, {"government": 2}, privacy) == []

    def test_where_all_is_paper_sheets_are_counted_like_phones(self):
        assert self.form({"government": 3, "business": 1}, {}) == [
            Cell("pool", ("government", "business"), 4)
        ]
        assert self.form({"government": 3, "business": 3}, {"government": 0}) == [
            Cell("c1", ("government",), 3),
            Cell("c2", ("business",), 3),
        ]


@pytest.mark.parametrize("privacy", ["grouped", "open", "headcount"])
def test_fewer_than_three_voters_in_all_have_no_cells(privacy):
    assert cells(privacy, government=2) == []
    assert cells(privacy) == []
    assert too_few(2)
    assert not too_few(3)


def test_groups_that_the_definition_does_not_know_come_last():
    assert pooled({"zzz": 1, "aaa": 1, "business": 1}, ORDER) == ["business", "aaa", "zzz"]


def test_ideas_of_a_group_of_fewer_than_three_carry_no_label():
    room = {"government": 9, "business": 5, "civil_society": 2, "environment": 1}
    assert group_labels_allowed(room, "grouped", ORDER) == {"government", "business"}
    assert group_labels_allowed(room, "open", ORDER) == set(room)
    assert group_labels_allowed(room, "headcount", ORDER) == set()


def test_the_only_one_without_a_label_would_be_as_good_as_named():
    assert group_labels_allowed({"government": 9, "business": 5, "academia": 1}, "grouped", ORDER) == {
        "government"
    }
