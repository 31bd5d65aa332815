"""The simulated page's way back after its line broke."""

from edp_app.rehearsal.client import pause_before


def test_pauses_grow_and_everybody_has_their_own() -> None:
    earliest = [pause_before(attempt, lambda: 0.0) for attempt in range(1, 10)]
    latest = [pause_before(attempt, lambda: 0.999) for attempt in range(1, 10)]
    assert earliest == sorted(earliest)
    assert all(last > 2.9 * first for first, last in zip(earliest, latest, strict=True))
    assert max(latest) <= 3.0
    assert len({pause_before(3) for _ in range(50)}) == 50
