"""Pages that stay open for long: a console's token, and forms whose session ends while they are filled in."""

import html
import io
import json
import re
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from werkzeug.test import TestResponse

from edp_app import clock
from edp_app.config import from_environment
from edp_app.log import store
from edp_app.server import Server
from edp_app.terminal import qr
from edp_app.web.definitions import shipped
from tests.web.conftest import PASSWORD, Browser, Site


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page's last form, as a browser would send them."""
    form = re.findall(r"<form.*?</form>", page, re.DOTALL)[-1]
    found = re.findall(r'<input[^>]*type="hidden"[^>]*>', form)
    fields = {}
    for field in found:
        name, value = re.search(r'name="([^"]*)"', field), re.search(r'value="([^"]*)"', field, re.DOTALL)
        assert name
        assert value
        fields[html.unescape(name[1])] = html.unescape(value[1])
    return fields


def made(site: Site) -> int:
    """How many workshops there are."""
    account = site.database.read(store.account_by_login, "ana")
    assert account is not None
    return len(site.database.read(store.workshops_of, account))


def end_session(browser: Browser) -> None:
    """The session is over, but the page is still open."""
    browser.client.delete_cookie("edp_session")


@pytest.mark.parametrize(("days", "signed_in"), [(-400, True), (-1, True), (13, True), (15, False)])
def test_a_session_ends_after_a_fortnight_and_not_because_the_clock_was_set_back(
    site: Site, monkeypatch: pytest.MonkeyPatch, days: int, signed_in: bool
) -> None:
    site.account()
    ana = site.signed_in()
    now = clock.milliseconds()
    monkeypatch.setattr(clock, "milliseconds", lambda: now + days * 24 * 3600 * 1000)
    assert (ana.get("/workshops").status_code == 200) is signed_in


def test_the_report_is_asked_for_from_a_console_that_was_open_for_days(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = site.workshop(site.account())
    ana = site.signed_in()
    found = re.search(r'<script id="edp"[^>]*>(.*?)</script>', ana.get(f"/workshops/{code}/console").text)
    assert found
    config = json.loads(found[1])
    started: list[str] = []
    monkeypatch.setattr(
        site.app.extensions["edp.reports"],
        "start",
        lambda _id, code, **_: (started.append(code), SimpleNamespace(id="1"))[1],
    )
    days_later = time.time() + 3 * 24 * 3600
    monkeypatch.setattr("itsdangerous.timed.time", SimpleNamespace(time=lambda: days_later))
    answer = ana.client.post(config["report_url"], headers={"X-CSRFToken": config["csrf"]})
    assert answer.status_code == 202
    assert started == [code]


@pytest.mark.parametrize("token", ["of the page", "none"])
def test_a_form_typed_while_the_session_ended_is_there_again_after_signing_in(site: Site, token: str) -> None:
    site.account()
    ana = site.signed_in()
    typed = {"format": next(iter(shipped())), "title": 'Aceite & "orégano"', "convener": "Cámara"}
    typed |= {"groups": "triple", "privacy": "open", "language": "pt", "territory": "", "date": "2027-03-14"}
    sent = {**typed, "csrf_token": ana.token("/workshops/new") if token != "none" else ""}
    end_session(ana)
    login = ana.client.post("/workshops/new", data=sent)
    assert login.status_code == 401
    assert "You were signed out meanwhile" in login.text
    # A mistake in the pass phrase loses nothing either.
    action = "/login?next=/workshops/new"
    assert f'action="{action}"' in login.text
    again = ana.client.post(action, data={**hidden(login.text), "login": "ana", "password": "wrong"})
    assert again.status_code == 400
    answer = _sign_in(ana, action, again)
    assert answer.status_code == 400  # shown, not sent
    assert 'value="Aceite &amp; &#34;orégano&#34;"' in answer.text
    assert 'value="Cámara"' in answer.text
    assert 'value="2027-03-14"' in answer.text
    assert re.search(r'<option selected value="triple"', answer.text)
    assert re.search(r'checked[^>]*value="open"', answer.text)
    assert PASSWORD not in answer.text
    assert made(site) == 0
    # Sent once more, it is made.
    assert ana.send("/workshops/new", **typed).status_code == 303
    assert made(site) == 1


@pytest.mark.parametrize("by", ["file", "text"])
def test_a_format_file_sent_while_the_session_ended_is_there_again(site: Site, by: str) -> None:
    site.account()
    ana = site.signed_in()
    source = 'format = 1\r\ntitle = "Orégano & <sal>"\r\n'
    sent = (io.BytesIO(source.encode()), "a.toml") if by == "file" else source
    end_session(ana)
    login = ana.client.post("/workshops/upload", data={by: sent})
    assert login.status_code == 401
    answer = _sign_in(ana, "/login?next=/workshops/upload", login)
    shown = re.search(r"<textarea[^>]*>\r?\n?(.*?)</textarea>", answer.text, re.DOTALL)
    assert shown
    assert html.unescape(shown[1]).split() == source.split()


def test_nothing_else_travels_through_signing_in(site: Site) -> None:
    site.account()
    browser = site.browser()
    for target in ("/workshops", "https://elsewhere.example/workshops/new", "/logout"):
        answer = browser.send(f"/login?next={target}", login="ana", password="wrong", title="typed")
        assert "typed" not in answer.text
    answer = browser.send("/login?next=/logout", login="ana", password=PASSWORD, title="typed")
    assert answer.status_code == 303


def test_a_script_that_is_signed_out_gets_json(site: Site) -> None:
    answer = site.browser().client.post("/workshops/new", headers={"Accept": "application/json"})
    assert answer.status_code in (400, 401)
    assert answer.json


def test_the_terminal_shows_a_code_for_phones_in_a_local_network(tmp_path: Path) -> None:
    settings = replace(
        from_environment({"EDP_DATA": str(tmp_path)}), lan=True, machine_addresses=("192.0.2.7", "host.local")
    )
    server = Server(settings)
    try:
        banner = server.banner()
    finally:
        server.stop()
    assert "Join       http://192.0.2.7:8000/" in banner
    assert qr("http://192.0.2.7:8000/").rstrip("\n") in banner


def test_without_a_local_network_there_is_no_code_in_the_terminal(tmp_path: Path) -> None:
    server = Server(from_environment({"EDP_DATA": str(tmp_path)}))
    try:
        assert "█" not in server.banner()
    finally:
        server.stop()


def _sign_in(browser: Browser, action: str, page: TestResponse) -> TestResponse:
    """Sign in on this page and follow where it leads, as a browser does with 307."""
    fields = {**hidden(page.text), "login": "ana", "password": PASSWORD}
    answer = browser.client.post(action, data=fields)
    assert answer.status_code == 307
    return browser.client.post(answer.location, data=fields)
