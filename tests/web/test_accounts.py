"""Signing in and out, the first account, who may see what."""

import re

import pytest
import sqlalchemy as sa
from flask.sessions import SecureCookieSessionInterface

from edp_app import create_app
from edp_app.access import facilitated, may_facilitate
from edp_app.log import store
from edp_app.log.store.sessions import LONGEST
from edp_app.web.accounts import first_token_is, new_entrance, new_first_token
from edp_app.web.passwords import check_password, hash_password
from tests.web.conftest import PASSWORD, Browser, Site

PRIVATE = (
    "/workshops",
    "/workshops/new",
    "/workshops/upload",
    "/workshops/format-help",
    "/workshops/{code}/console",
)


def test_signing_in_leads_to_the_workshops_or_back_to_where_one_wanted_to_go(site: Site) -> None:
    site.account()
    assert site.signed_in().get("/workshops").status_code == 200
    browser = site.browser()
    asked = browser.get("/workshops/new")
    assert asked.location == "/login?next=/workshops/new"
    answer = browser.send(asked.location, login="ana", password=PASSWORD)
    assert answer.location == "/workshops/new"


def test_signing_in_never_leads_elsewhere(site: Site) -> None:
    site.account()
    answer = site.browser().send("/login?next=https://elsewhere.example/", login="ana", password=PASSWORD)
    assert answer.location == "/"


@pytest.mark.parametrize(("login", "password"), [("ana", "wrong"), ("nobody", PASSWORD), ("ANA ", "wrong")])
def test_a_wrong_pass_phrase_and_an_unknown_name_read_the_same(site: Site, login: str, password: str) -> None:
    site.account()
    answer = site.browser().send("/login", login=login, password=password)
    assert answer.status_code == 400
    assert "This user name and pass phrase do not belong together." in answer.text
    assert f'value="{login}"' in answer.text
    assert password not in answer.text


def test_a_closed_account_cannot_sign_in_and_its_sessions_end(site: Site) -> None:
    account = site.account()
    inside = site.signed_in()
    site.database.call(store.set_account, account, active=False)
    assert inside.get("/workshops").status_code == 302
    assert site.browser().send("/login", login="ana", password=PASSWORD).status_code == 400


def test_a_new_pass_phrase_ends_every_session(site: Site) -> None:
    account = site.account()
    inside = site.signed_in()
    site.database.call(store.set_password_hash, account, hash_password("another long pass phrase"))
    assert inside.get("/workshops").status_code == 302


def _session(site: Site, browser: Browser) -> dict[str, object]:
    cookie = browser.client.get_cookie("edp_session")
    assert cookie is not None
    serializer = SecureCookieSessionInterface().get_signing_serializer(site.app)
    assert serializer is not None
    loaded: dict[str, object] = serializer.loads(cookie.value)
    return loaded


def test_the_session_is_a_new_one_after_signing_in(site: Site) -> None:
    site.account()
    browser = site.browser()
    before = browser.token("/login")
    csrf_before = _session(site, browser)["csrf_token"]
    browser.client.post("/login", data={"csrf_token": before, "login": "ana", "password": PASSWORD})
    assert _session(site, browser).get("csrf_token") != csrf_before
    # A form that was drawn before is of no use any more.
    assert browser.client.post("/logout", data={"csrf_token": before}).status_code == 400


def test_signing_out_ends_the_session(site: Site) -> None:
    site.account()
    browser = site.signed_in()
    assert browser.send("/logout", page="/workshops").status_code == 303
    assert browser.get("/workshops").status_code == 302


def test_after_signing_out_a_copy_of_the_cookie_is_of_no_use_and_other_sessions_go_on(site: Site) -> None:
    site.account()
    browser, elsewhere = site.signed_in(), site.signed_in()
    cookie = browser.client.get_cookie("edp_session")
    assert cookie is not None
    browser.send("/logout", page="/workshops")
    copied = site.browser()
    copied.client.set_cookie("edp_session", cookie.value)
    assert copied.get("/workshops").status_code == 302
    assert elsewhere.get("/workshops").status_code == 200


def test_signing_in_again_ends_the_session_before(site: Site) -> None:
    site.account()
    browser = site.signed_in()
    cookie = browser.client.get_cookie("edp_session")
    assert cookie is not None
    browser.get(new_entrance(site.app, "ana", "/workshops"))
    assert browser.get("/workshops").status_code == 200
    copied = site.browser()
    copied.client.set_cookie("edp_session", cookie.value)
    assert copied.get("/workshops").status_code == 302


def test_a_session_ends_in_the_end_and_holds_for_its_own_account_alone(site: Site) -> None:
    ana, bea = site.account(), site.account("bea")
    secret = site.database.call(store.sign_in, ana, 1000)
    assert site.database.read(store.is_signed_in, ana, secret, 1000 + LONGEST - 1)
    assert not site.database.read(store.is_signed_in, ana, secret, 1000 + LONGEST)
    assert not site.database.read(store.is_signed_in, bea, secret, 1000)
    assert not site.database.read(store.is_signed_in, ana, secret + "x", 1000)


def test_what_is_stored_of_a_session_signs_nobody_in(site: Site) -> None:
    account = site.account()
    secret = site.database.call(store.sign_in, account, 1000)
    with site.database.engine.connect() as connection:
        (stored,) = connection.execute(sa.text("SELECT id FROM signed_in")).scalars()
    assert stored != secret
    assert not site.database.read(store.is_signed_in, account, stored, 1000)


def test_wrong_pass_phrases_for_one_name_have_to_wait_and_another_address_does_not(site: Site) -> None:
    site.account()
    browser = site.browser()
    for _ in range(8):
        assert browser.send("/login", login="ana", password="wrong").status_code == 400
    waits = browser.send("/login", login="ana", password=PASSWORD)
    assert waits.status_code == 429
    assert "Please wait" in waits.text
    elsewhere = site.browser(address="192.0.2.99")
    assert elsewhere.send("/login", login="ana", password=PASSWORD).status_code == 303
    site.now += 120
    assert browser.send("/login", login="ana", password=PASSWORD).status_code == 303


def test_many_names_from_one_address_have_to_wait(site: Site) -> None:
    browser = site.browser()
    answers = [browser.send("/login", login=f"name{n}", password="wrong").status_code for n in range(41)]
    assert answers == [400] * 40 + [429]


def test_right_pass_phrases_are_not_counted(site: Site) -> None:
    site.account()
    for _ in range(45):
        assert site.browser().send("/login", login="ana", password=PASSWORD).status_code == 303


def test_a_pass_phrase_is_known_by_its_hash_and_nobodys_never_fits() -> None:
    stored = hash_password(PASSWORD)
    assert stored.startswith("$argon2id$")
    assert check_password(stored, PASSWORD)
    assert not check_password(stored, PASSWORD + " ")
    assert not check_password(None, "")


@pytest.mark.parametrize("path", PRIVATE)
def test_private_pages_ask_for_a_login(site: Site, path: str) -> None:
    code = site.workshop(site.account())
    answer = site.browser().get(path.format(code=code))
    assert answer.status_code == 302
    assert answer.location.startswith("/login?next=")


def test_a_script_whose_session_has_ended_is_told_in_its_own_format(site: Site) -> None:
    account = site.account()
    code = site.workshop(account)
    ana = site.signed_in()
    token = ana.token("/workshops")
    site.database.call(store.set_account, account, active=False)
    answer = ana.client.post(f"/workshops/{code}/report", headers={"X-CSRFToken": token})
    assert answer.status_code == 401
    assert "sign in again" in answer.json["error"]  # type: ignore[index]
    assert ana.client.post("/logout", data={"csrf_token": token}).status_code == 401


def test_another_facilitators_workshop_is_as_if_it_were_not_there(site: Site) -> None:
    code = site.workshop(site.account("ana"))
    site.account("eva")
    eva = site.signed_in("eva")
    token = eva.token("/workshops")
    assert eva.get(f"/workshops/{code}/console").status_code == 404
    assert eva.get(f"/workshops/{code}/report.pdf").status_code == 404
    assert eva.client.post(f"/workshops/{code}/report", data={"csrf_token": token}).status_code == 404
    assert code not in eva.get("/workshops").text
    missing = eva.get("/workshops/100000/console").text
    there = eva.get(f"/workshops/{code}/console").text
    plain = [re.sub(r'value="[^"]*"', "", page) for page in (missing, there)]
    assert plain[0] == plain[1]


def test_access_can_be_given_and_taken_and_an_administrator_has_none_by_itself(site: Site) -> None:
    ana, eva = site.account("ana"), site.account("eva")
    code = site.workshop(ana)
    found = site.database.read(facilitated, ana, code)
    assert found is not None
    site.database.call(store.set_account, eva, is_admin=True)
    assert site.database.read(facilitated, eva, code) is None
    site.database.call(store.grant_access, found.id, eva)
    assert site.database.read(may_facilitate, eva, found.id)
    assert site.signed_in("eva").get(f"/workshops/{code}/console").status_code == 200
    site.database.call(store.revoke_access, found.id, eva)
    assert not site.database.read(may_facilitate, eva, found.id)
    site.database.call(store.set_account, ana, active=False)
    assert not site.database.read(may_facilitate, ana, found.id)
    assert not site.database.read(may_facilitate, None, found.id)


# ---- the first account

FIELDS = {"name": "Ana", "login": "ana", "password": "correct horse", "again": "correct horse"}
FIRST = dict(FIELDS, password="correct horse battery", again="correct horse battery")


def test_the_first_accounts_link_works_once(site: Site) -> None:
    now = 1_900_000_000_000
    token = site.database.call(new_first_token, now)
    assert token is not None
    browser, second = site.browser(), site.browser()
    theirs = second.token(f"/first/{token}")
    answer = browser.send(f"/first/{token}", **FIRST)
    assert (answer.status_code, answer.location) == (303, "/workshops")
    assert browser.get("/workshops").status_code == 200
    assert browser.get(f"/first/{token}").status_code == 404
    again = second.client.post(f"/first/{token}", data=dict(FIRST, login="eva", csrf_token=theirs))
    assert again.status_code == 404
    assert [account.login for account in site.database.read(store.accounts)] == ["ana"]
    assert site.database.call(new_first_token, now) is None


def test_the_first_accounts_link_expires_and_a_new_one_replaces_it(site: Site) -> None:
    now = 1_900_000_000_000
    old = site.database.call(new_first_token, now)
    assert old is not None
    assert site.database.read(first_token_is, old, now + 23 * 3600 * 1000)
    assert not site.database.read(first_token_is, old, now + 25 * 3600 * 1000)
    new = site.database.call(new_first_token, now)
    assert new is not None
    assert not site.database.read(first_token_is, old, now)
    assert site.database.read(first_token_is, new, now)
    assert not site.database.read(first_token_is, "", now)


def test_only_the_tokens_hash_is_stored(site: Site) -> None:
    token = site.database.call(new_first_token, 1_900_000_000_000)
    stored = site.database.read(store.setting, "first_token")
    assert token
    assert stored
    assert token not in stored


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"password": "short", "again": "short"}, "12 characters or more"),
        ({"again": "something else, though"}, "The two pass phrases are not the same."),
        ({"login": "  "}, "Please type your user name."),
        ({"name": " "}, "Please type your name."),
    ],
)
def test_a_first_account_that_cannot_be_made_says_why_and_keeps_the_name(
    site: Site, changed: dict[str, str], sentence: str
) -> None:
    token = site.database.call(new_first_token, 1_900_000_000_000)
    answer = site.browser().send(f"/first/{token}", **dict(FIRST, **changed))
    assert answer.status_code == 400
    assert sentence in answer.text
    assert ('value="Ana"' in answer.text) == ("name" not in changed)
    assert not site.database.read(store.any_account)


def test_guessing_the_first_link_ends(site: Site) -> None:
    answers = [site.browser().get(f"/first/{n}").status_code for n in range(21)]
    assert answers == [404] * 20 + [429]


def test_a_second_application_on_the_same_data_reads_the_same_sessions(site: Site) -> None:
    site.account()
    cookie = site.signed_in().client.get_cookie("edp_session")
    assert cookie is not None
    other = create_app(site.settings)
    try:
        client = other.test_client()
        client.set_cookie("edp_session", cookie.value)
        assert client.get("/workshops").status_code == 200
    finally:
        other.extensions["edp.database"].close()
