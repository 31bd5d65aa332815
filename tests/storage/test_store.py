"""Accounts, the index of workshops, access, names, settings."""

import pytest
import sqlalchemy as sa

from edp_app.core.canonical import FIRST
from edp_app.core.workshop import creation, fold
from edp_app.log import store
from edp_app.log.database import Database
from edp_app.log.models import Account
from tests.support.definitions import short
from tests.support.memory import START


def account(database: Database, login: str) -> Account:
    return database.call(store.create_account, login=login, name=login.title(), password_hash="-", now=START)


class TestAccounts:
    def test_login_names_are_one_however_they_are_written(self, database: Database) -> None:
        made = account(database, "  Straße ")
        for written in ("STRASSE", "strasse", "ｓtraße"):
            found = database.read(store.account_by_login, written)
            assert found is not None
            assert found.id == made.id
            with pytest.raises(store.LoginTakenError):
                account(database, written)

    def test_the_first_account_is_known_to_be_the_first(self, database: Database) -> None:
        assert not database.read(store.any_account)
        account(database, "ana")
        assert database.read(store.any_account)

    def test_changing_and_listing(self, database: Database) -> None:
        ana, _ = account(database, "bea"), account(database, "ana")
        assert database.call(store.set_account, ana.id, name="Beatriz", active=False, language="pt")
        assert database.call(store.set_password_hash, ana.id, "new")
        assert [(a.name, a.active, a.language, a.password_hash) for a in database.read(store.accounts)] == [
            ("Ana", True, "en", "-"),
            ("Beatriz", False, "pt", "new"),
        ]
        assert not database.call(store.set_password_hash, "nobody", "new")
        with pytest.raises(TypeError, match="login"):
            database.call(store.set_account, ana.id, login="other")


class TestWorkshops:
    def test_a_new_workshop_has_a_code_and_a_log(self, database: Database) -> None:
        owner = account(database, "ana")
        made = database.call(store.create_workshop, short(), owner.id, START)
        assert len(made.code) == 6
        assert made.code.isdecimal()
        state = database.read(lambda session: fold(store.log_of(session, made.id)))
        assert (state.code, state.owner, state.seq, state.created_at) == (made.code, owner.id, 1, START)
        assert database.read(store.definition_of, made.id) == short()
        assert database.read(store.verify, made.id).ok

    def test_codes_are_not_given_twice(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        owner = account(database, "ana")
        drawn = iter([7, 7, 7, 8])
        monkeypatch.setattr("secrets.randbelow", lambda _limit: next(drawn))
        codes = [database.call(store.create_workshop, short(), owner.id, START).code for _ in range(2)]
        assert codes == ["100007", "100008"]

    def test_a_failure_leaves_neither_row_nor_log(self, database: Database) -> None:
        with pytest.raises(Exception, match=r"(?i)foreign key"):
            database.call(store.create_workshop, short(), "nobody", START)
        assert database.call(store.rebuild_index) == []

    def test_archived_workshops_are_found_only_where_they_are_looked_for(self, database: Database) -> None:
        owner = account(database, "ana")
        made = database.call(store.create_workshop, short(), owner.id, START)
        assert database.call(store.archive_workshop, made.id, START + 5)
        assert database.call(store.archive_workshop, made.id, START + 9)
        assert database.read(store.workshop_by_code, made.code) is None
        archived = database.read(store.workshop_by_code, made.code, archived=True)
        assert archived is not None
        assert archived.archived_at == START + 5
        assert database.read(store.workshops_of, owner) == []
        assert [w.id for w in database.read(store.workshops_of, owner.id, archived=True)] == [made.id]
        database.call(store.unarchive_workshop, made.id)
        assert database.read(store.workshop_by_code, made.code) is not None
        assert not database.call(store.archive_workshop, "nothing", START)

    def test_access_is_given_and_taken(self, database: Database) -> None:
        owner, other = account(database, "ana"), account(database, "bea")
        made = database.call(store.create_workshop, short(), owner.id, START)

        def roles() -> tuple[str | None, ...]:
            return tuple(database.read(store.access_role, made, who) for who in (owner, other))

        assert roles() == ("owner", None)
        database.call(store.grant_access, made.id, other.id)
        database.call(store.grant_access, made.id, other.id)
        assert roles() == ("owner", "facilitator")
        assert [w.id for w in database.read(store.workshops_of, other)] == [made.id]
        other.active = False
        assert roles() == ("owner", None)
        other.active = True
        database.call(store.revoke_access, made.id, other.id)
        database.call(store.revoke_access, made.id, other.id)
        assert roles() == ("owner", None)
        with pytest.raises(ValueError, match="role"):
            database.call(store.grant_access, made.id, other.id, "god")  # type: ignore[arg-type]

    def test_recent_ones_are_those_that_still_run(self, database: Database) -> None:
        owner = account(database, "ana")
        made = [database.call(store.create_workshop, short(), owner.id, START + n) for n in range(4)]
        database.call(store.note_progress, made[1].id, START + 9, START + 9)
        database.call(store.archive_workshop, made[2].id, START + 9)
        assert [w.id for w in database.read(store.workshops_recent, START + 1)] == [made[3].id]


def test_names_are_replaced_and_removed(database: Database) -> None:
    for texts in (("Ana", ""), ("Ana María", "UNJBG")):
        database.call(store.set_name, "w", "p:1", *texts)
    database.call(store.set_name, "w", "p:2", "", "Minka")
    assert database.read(store.names_of_workshop, "w") == {
        "p:1": ("Ana María", "UNJBG"),
        "p:2": ("", "Minka"),
    }
    database.call(store.set_name, "w", "p:1", "", "")
    database.call(store.set_name, "w", "p:3", "", "")
    assert list(database.read(store.names_of_workshop, "w")) == ["p:2"]
    assert database.read(store.names_of_workshop, "other") == {}


def test_the_epoch_of_the_installation_stays(database: Database) -> None:
    first = database.call(store.instance_epoch)
    assert len(first) == 16
    assert database.call(store.instance_epoch) == first


def test_a_position_is_taken_once(database: Database) -> None:
    """The last that stands between two writers who both believe that it is theirs."""
    owner = account(database, "ana")
    made = database.call(store.create_workshop, short(), owner.id, START)
    first = database.read(store.events_after, made.id)
    creating = creation(short(), made.code, owner.id)
    other = store.sealed(made.id, creating, previous=FIRST, seq=1, at=START, actor="f:x", op_id="other")
    with pytest.raises(sa.exc.IntegrityError):
        database.call(store.append_events, [other])
    assert database.read(store.events_after, made.id) == first


def test_an_operation_has_one_answer(database: Database) -> None:
    def answer(outcome: str, seq: int) -> None:
        row = store.NewOperation("w", "p:1", "the-one-op", None, outcome, seq, seq)
        database.call(store.record_operations, [row])

    answer('{"ok":true}', 7)
    for outcome in ('{"ok":true}', '{"ok":false}'):
        with pytest.raises(sa.exc.IntegrityError):
            answer(outcome, 9)
    found = database.read(store.find_operations, [("w", "p:1", "the-one-op")])
    assert [known.first_seq for known in found.values()] == [7]
