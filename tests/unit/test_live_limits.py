"""How fast one page may ask, and how often an address may guess."""

import pytest

from edp_app.live import limits
from edp_app.live.limits import Bucket, Connections, Guesses, Inflow, Newcomers, People


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_a_bucket_gives_what_it_holds_and_fills_up_again(clock):
    bucket = Bucket(3, 2.0, clock)
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    clock.now += 0.4
    assert not bucket.take()
    clock.now += 0.1
    assert bucket.take()
    assert not bucket.take()
    clock.now += 1000
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]


def test_wrong_codes_run_out_and_come_back_slowly(clock):
    guesses = Guesses(5, 0.5, clock)
    for _ in range(5):
        assert guesses.may_try("a", "111111")
        guesses.wrong("a")
    assert not guesses.may_try("a", "111111")
    assert guesses.may_try("b", "111111")
    clock.now += 2
    assert guesses.may_try("a", "111111")
    guesses.wrong("a")
    assert not guesses.may_try("a", "222222")


def test_an_address_that_got_in_once_gets_in_again(clock):
    guesses = Guesses(2, 0.001, clock)
    guesses.right("hall", "314159")
    for _ in range(50):
        guesses.wrong("hall")
    assert guesses.may_try("hall", "314159")
    assert not guesses.may_try("hall", "271828"), "or the limit would be none"


def test_right_codes_cost_nothing(clock):
    guesses = Guesses(2, 0.001, clock)
    for number in range(1000):
        assert guesses.may_try("hall", str(number))
        guesses.right("hall", str(number))


def test_what_is_remembered_is_bounded(clock, monkeypatch):
    monkeypatch.setattr(limits, "KEPT", 10)
    guesses = Guesses(1, 0.001, clock)
    for number in range(100):
        guesses.wrong(f"address {number}")
        guesses.right(f"address {number}", "314159")
    assert not guesses.may_try("address 99", "000000")
    assert guesses.may_try("address 0", "000000")
    assert len(guesses._wrong) == len(guesses._known) == 10


def test_many_may_be_taken_at_once_or_none(clock):
    bucket = Bucket(10, 1.0, clock)
    assert bucket.take(8)
    assert not bucket.take(3), "and what is there is not lost by asking"
    assert bucket.take(2)
    bucket.give_back()
    assert bucket.take()


def test_a_connection_may_send_so_many_messages_and_so_many_bytes(clock):
    (messages, each_second), (size, _) = limits.MESSAGES, limits.BYTES
    many, much = Inflow(clock), Inflow(clock)
    assert [many.takes(1) for _ in range(messages + 1)] == [True] * messages + [False]
    clock.now += 1
    assert [many.takes(1) for _ in range(int(each_second) + 1)] == [True] * int(each_second) + [False]
    assert much.takes(1, size)
    assert not much.takes(1, 1)


def test_new_people_of_one_address_are_limited_and_the_others_are_not(clock, monkeypatch):
    monkeypatch.setattr(limits, "NEWCOMERS", (3, 2.0))
    newcomers = Newcomers(clock)
    assert [newcomers.may_come("hall") for _ in range(4)] == [True, True, True, False]
    assert newcomers.may_come("elsewhere")
    newcomers.did_not_come("hall")
    assert newcomers.may_come("hall"), "whoever is not let in takes nobody's place"
    clock.now += 1
    assert [newcomers.may_come("hall") for _ in range(3)] == [True, True, False]
    assert all(newcomers.may_come(limits.LOOPBACK) for _ in range(100))


def test_connections_are_counted_by_address_and_in_all(clock, monkeypatch, caplog):
    monkeypatch.setattr(limits, "SOCKETS_PER_ADDRESS", 2)
    monkeypatch.setattr(limits, "SOCKETS", 5)
    connections = Connections(clock)
    assert [connections.enter(sid, "192.0.2.7") for sid in "abc"] == [True, True, False]
    connections.leave("a")
    connections.leave("a")
    assert connections.enter("c", "192.0.2.7")
    assert [connections.enter(sid, limits.LOOPBACK) for sid in "defg"] == [True, True, True, False]
    assert not connections.enter("h", "192.0.2.8")
    assert caplog.text.count("refused") == 1, "the log is not filled by it"
    assert "192.0.2" not in caplog.text
    for sid in "bcdef":
        connections.leave(sid)
    assert connections.enter("i", "192.0.2.8")
    assert dict(connections._by_address) == {"192.0.2.8": 1}


def test_a_person_has_one_budget_over_all_pages(clock):
    people = People(clock)
    first, second = people.enter("p:ana"), people.enter("p:ana")
    other = people.enter("p:beto")
    size, rate = limits.OPS_OF_PERSON
    assert sum(page.ops.take() for page in (first, second) * size) == size
    assert other.ops.take()
    clock.now += 1
    assert sum(page.ops.take() for page in (first, second) * size) == rate


def test_a_person_has_so_many_pages_and_no_more(clock):
    people = People(clock)
    assert all(people.enter("p:ana") for _ in range(limits.PAGES_OF_PERSON))
    assert people.enter("p:ana") is None
    assert people.enter("p:beto")
    people.leave("p:ana")
    assert people.enter("p:ana")
    assert people.enter("p:ana") is None


def test_coming_back_gives_nobody_a_new_budget(clock):
    people = People(clock)
    gone = people.enter("p:ana")
    while gone.ops.take():
        pass
    people.leave("p:ana")
    assert not people.enter("p:ana").ops.take()


def test_people_who_have_gone_are_forgotten(clock, monkeypatch):
    people = People(clock)
    for n in range(3000):
        people.enter(f"p:{n}").ops.take()
        people.leave(f"p:{n}")
        clock.now += 0.01
    assert len(people) < 1000
    clock.now += 60
    people.enter("p:ana")
    assert len(people) == 1
    monkeypatch.setattr(limits, "KEPT", 50)
    for n in range(300):
        people.enter(f"p:{n}").ops.take()
        people.leave(f"p:{n}")
    assert len(people) <= 51
