"""What holds for every address: headers, hosts, forms, cookies, caches, errors, the operator's log."""

import html
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from edp_app import create_app
from edp_app.config import from_environment
from edp_app.web.limits import KEPT, Limit
from edp_app.web.security import content_security_policy
from tests.web.conftest import PASSWORD, Browser, Site

CLOSED = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def addresses(site: Site) -> Iterator[tuple[str, str]]:
    """Every address of the application that can be opened, with its method."""
    code = site.workshop(site.account())
    filled = {"code": code, "token": "x", "filename": "manifest.json", "run": "weigh.1", "name": "counts"}
    filled |= {"form": "csv", "actor": "h:x", "link": "x", "stage_id": "swot", "format_id": "x"}
    for rule in site.app.url_map.iter_rules():
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda m: filled[m[1]], rule.rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield method, path.replace(f"i18n/{code}", "i18n/es")


def test_every_answer_is_closed_to_everything_that_is_not_ours(site: Site) -> None:
    seen = 0
    for method, path in [*addresses(site), ("GET", "/no-such-page"), ("PUT", "/")]:
        answer = site.browser().client.open(path, method=method)
        policy = dict(
            part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";")
        )
        assert CLOSED.items() <= policy.items(), (method, path)
        assert policy["connect-src"] == "'self' ws://localhost"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "camera=()" in answer.headers["Permissions-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.status_code < 500, (method, path)
        answer.close()
        seen += 1
    assert seen > 20


def test_every_address_that_changes_something_wants_a_token(site: Site) -> None:
    changing = [(method, path) for method, path in addresses(site) if method != "GET"]
    assert len(changing) >= 7
    site_wide = site.signed_in()
    for method, path in changing:
        answer = site_wide.client.open(path, method=method, data={"csrf_token": "forged"})
        assert answer.status_code in (400, 303, 404, 410), path
        if answer.status_code == 303:  # already signed in: nothing is changed by asking again
            assert path == "/login"
    assert site_wide.get("/workshops").status_code == 200


def test_the_live_connection_is_encrypted_where_the_page_is() -> None:
    assert "connect-src 'self' wss://edp.example" in content_security_policy("edp.example", is_secure=True)


def test_no_page_has_anything_inline_or_from_elsewhere(site: Site) -> None:
    code = site.workshop(site.account())
    ana = site.signed_in()
    paths = ("/", "/privacy", "/nothing", "/workshops", "/workshops/new", "/workshops/upload", f"/j/{code}")
    own = f"/workshops/{code}"
    for path in (*paths, f"{own}/console", f"{own}/stages", f"{own}/preview/swot", f"/screen/{code}"):
        page = html.unescape(ana.get(path).text)  # with the pages in the frames of a preview
        assert not re.findall(r"\sstyle=|<style|\son\w+=", page), path
        assert all(
            'src="' in tag or "application/json" in tag for tag in re.findall(r"<script[^>]*>", page)
        ), path
        assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', page), path


@pytest.mark.parametrize("path", ["/", "/workshops", "/workshops/new", "/login", "/privacy", "/nothing"])
def test_pages_are_not_kept_by_anybody(site: Site, path: str) -> None:
    site.account()
    assert site.signed_in().get(path).headers["Cache-Control"] == "no-store"


def test_the_bundle_may_be_kept_for_ever_and_nothing_else_of_static_is_there(site: Site) -> None:
    page = site.browser().get("/").text
    sheet = re.search(r'href="(/static/dist/site\.[^"]+)"', page)
    assert sheet
    answer = site.browser().get(sheet[1])
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    answer.close()
    assert site.browser().get("/static/js/shared/words.js").status_code == 404
    assert site.browser().get("/static/dist/../../pyproject.toml").status_code == 404


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("127.0.0.1:8000", 200),
        ("[::1]:8000", 200),
        ("LOCALHOST", 200),
        ("elsewhere.example", 421),
        ("localhost.elsewhere.example", 421),
        ("localhost@elsewhere.example", 421),
        ("", 421),
    ],
)
def test_only_our_own_names_are_answered(site: Site, host: str, status: int) -> None:
    for path in ("/", "/socket.io/?EIO=4&transport=polling"):
        answer = site.app.test_client().get(path, headers={"Host": host})
        assert (answer.status_code == 421) == (status == 421), path
        if status == 421:
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def _other(tmp_path: Path, **changes: object) -> Flask:
    settings = replace(from_environment({"EDP_DATA": str(tmp_path)}), **changes)  # type: ignore[arg-type]
    app = create_app(settings)
    app.extensions["edp.database"].close()
    return app


def test_cookies_over_https_never_travel_in_the_clear(tmp_path: Path) -> None:
    app = _other(tmp_path, public_url="https://edp.example")
    client = app.test_client()
    answer = client.get("/login", headers={"Host": "edp.example"})
    cookie = answer.headers["Set-Cookie"]
    assert "Secure" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_over_plain_http_cookies_work_too(site: Site) -> None:
    cookie = site.browser().get("/login").headers["Set-Cookie"]
    assert "Secure" not in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_proxy_is_believed_only_where_there_is_one(tmp_path: Path) -> None:
    headers = {"Host": "localhost", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "localhost"}
    direct = _other(tmp_path).test_client().get("/login", headers=headers)
    assert "Strict-Transport-Security" not in direct.headers
    behind = _other(tmp_path, proxies=1).test_client().get("/login", headers=headers)
    assert behind.headers["Strict-Transport-Security"]
    assert "Secure" in behind.headers["Set-Cookie"]


EXPIRED = "This page had been open for a long time"


def test_a_form_that_was_open_for_too_long_keeps_what_was_typed(site: Site) -> None:
    site.account()
    browser = site.browser()
    for path, fields in (
        ("/", {"code": "12 34 56"}),
        ("/login", {"login": "ana", "password": PASSWORD}),
    ):
        answer = browser.client.post(path, data=fields)
        assert answer.status_code == 400
        assert EXPIRED in answer.text
        assert f'value="{next(iter(fields.values()))}"' in answer.text
        assert PASSWORD not in answer.text
    assert browser.get("/workshops").status_code == 302


def test_the_forms_of_a_facilitator_keep_what_was_typed_too(site: Site) -> None:
    site.account()
    ana = site.signed_in()
    for path, fields in (
        ("/workshops/new", {"title": "Productos del desierto"}),
        ("/workshops/upload", {"text": "title = 1"}),
    ):
        answer = ana.client.post(path, data={**fields, "csrf_token": "old"})
        assert answer.status_code == 400
        assert EXPIRED in answer.text
        assert next(iter(fields.values())) in answer.text
        # Sent again from the page that came back, it is taken.
        token = re.search(r'id="csrf_token"[^>]*value="([^"]+)"', answer.text)
        assert token
        again = ana.client.post(path, data={**fields, "csrf_token": token[1]})
        assert EXPIRED not in again.text


def test_forms_without_anything_typed_say_what_to_do(site: Site) -> None:
    answer = site.browser().client.post("/language", data={"language": "es"})
    assert answer.status_code == 400
    assert EXPIRED in answer.text
    assert 'href="/"' in answer.text


def test_scripts_get_errors_as_json(site: Site) -> None:
    answer = site.browser().get("/nothing", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert "There is no page" in answer.json["error"]  # type: ignore[index]


def test_a_fault_of_ours_is_a_sentence_and_its_text_stays_out_of_the_log(
    site: Site, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "what somebody wrote"

    def broken(*_: object) -> None:
        raise RuntimeError(words)

    browser = site.browser()
    monkeypatch.setattr(site.database, "read", broken)
    answer = browser.get("/j/123456")
    assert answer.status_code == 500
    assert "The fault is with the server" in answer.text
    assert words not in answer.text
    assert "RuntimeError in join.phone" in caplog.text
    assert words not in caplog.text


def test_a_missing_bundle_says_how_to_build_it(
    site: Site, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    site.app.extensions["edp.bundle"].folder = tmp_path
    answer = site.browser().get("/")
    assert answer.status_code == 503
    assert "npm run build" in answer.text
    assert caplog.records


def test_the_log_knows_no_addresses_no_tokens_and_no_texts(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    code = site.workshop(site.account())
    browser = Browser(site.browser(address="198.51.100.23").client)
    browser.send("/", code="987 654")
    browser.send("/login", login="ana", password="a wrong pass phrase")
    browser.get("/first/the-secret-token")
    browser.get(f"/j/{code}")
    for secret in ("198.51.100.23", "a wrong pass phrase", "the-secret-token"):
        assert secret not in caplog.text


# ---- the limits themselves


def test_a_limit_counts_and_forgets_with_the_clock() -> None:
    now = [0.0]
    limit = Limit(3, 10, clock=lambda: now[0])
    for _ in range(3):
        assert limit.wait("a") == 0
        limit.count("a")
    assert limit.wait("a") == 10
    assert limit.wait("b") == 0
    now[0] += 10.1
    assert limit.wait("a") == 0
    limit.count("a")
    assert limit.wait("a") > 0
    limit.forget("a")
    assert limit.wait("a") == 0
    limit.count("a")
    limit.undo("a")
    assert limit._level("a") == 0


def test_a_limit_keeps_a_bounded_number_of_keys() -> None:
    limit = Limit(1, 1000, clock=lambda: 0.0)
    for key in range(KEPT + 10):
        limit.count(key)
    assert limit.wait(0) == 0
    assert limit.wait(KEPT + 9) > 0
