"""A log is folded in order, each event once; anything else is a broken log and is said to be one."""

import pytest

from edp_app.core.workshop import evolve, fold
from tests.support.memory import MemoryWorkshop


def test_a_gap_in_the_log_is_not_passed_over(voting: MemoryWorkshop) -> None:
    state = fold(voting.log[:5])
    with pytest.raises(ValueError, match="event 7 after 5"):
        evolve(state, voting.log[6])
    assert (state.seq, state.digest) == (5, voting.log[4].digest)


def test_no_event_is_folded_twice(voting: MemoryWorkshop) -> None:
    state = fold(voting.log[:5])
    for known in voting.log[:5]:
        with pytest.raises(ValueError, match=f"event {known.seq} after 5"):
            evolve(state, known)
    assert (state.seq, state.digest) == (5, voting.log[4].digest)
