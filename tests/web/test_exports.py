"""Downloads of a workshop's data: who may have them, what child makes them, what happens when it fails."""

import json
import sys

import gevent
import pytest

from edp_app.exports.command import FORMS
from edp_app.web.exports import MOST_WAITING, BusyError, Exports
from tests.support.sheets import read_csv, read_xlsx
from tests.web.conftest import Site

CHILD = "import json, os, sys, time; {body}"
WRITES = "sys.stdout.buffer.write(json.dumps([sys.argv[1:], dict(os.environ)]).encode())"


@pytest.fixture
def exports(site: Site) -> Exports:
    found: Exports = site.app.extensions["edp.exports"]
    return found


def acts(exports: Exports, body: str) -> None:
    """Let the child be this program instead of ``edp export``."""
    exports.command = [sys.executable, "-c", CHILD.format(body=body)]


@pytest.mark.parametrize("form", FORMS)
def test_each_form_is_downloaded_from_the_real_child(site: Site, form: str) -> None:
    code = site.workshop(site.account())
    answer = site.signed_in().get(f"/workshops/{code}/export.{form}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    name = answer.headers["Content-Disposition"].removeprefix("attachment; filename=")
    endings = {"json": ".json", "csv": "-csv.zip", "xlsx": ".xlsx"}
    assert name == f"Valle-de-prueba-2026-11-20{endings[form]}"
    if form == "json":
        assert answer.json["workshop"]["title"] == "Valle de prueba"
    elif form == "csv":
        assert "Valle de prueba" in [row[-1] for row in read_csv(answer.data)["about.csv"]]
    else:
        assert "Valle de prueba" in [row[-1] for row in read_xlsx(answer.data)["Ficha"]]


def test_nobody_else_gets_them(site: Site, exports: Exports) -> None:
    acts(exports, WRITES)
    code = site.workshop(site.account())
    site.account("bea")
    for path in (f"/workshops/{code}/data", f"/workshops/{code}/export.json"):
        assert site.browser().get(path).status_code == 302
        assert site.signed_in("bea").get(path).status_code == 404
        assert site.signed_in("ana").get(path).status_code == 200


@pytest.mark.parametrize("form", ["log", "pdf", "JSON", ""])
def test_the_whole_record_is_not_downloaded(site: Site, exports: Exports, form: str) -> None:
    acts(exports, WRITES)
    code = site.workshop(site.account())
    assert site.signed_in().get(f"/workshops/{code}/export.{form}").status_code == 404


def test_the_child_is_told_what_to_make_and_nothing_secret(site: Site, exports: Exports) -> None:
    acts(exports, WRITES)
    code = site.workshop(site.account())
    arguments, environment = json.loads(exports.make(code, "csv") or b"")
    assert arguments == [code, "-", "--to", "csv", "--limited"]
    assert environment["EDP_DATABASE_URL"] == site.settings.database_url
    assert site.settings.secret_key not in environment.values()


@pytest.mark.parametrize("body", ["sys.exit(3)", "pass", "os.abort()", "raise ValueError('lo que escribí')"])
def test_a_failure_is_said_in_a_sentence(
    site: Site, exports: Exports, body: str, caplog: pytest.LogCaptureFixture
) -> None:
    acts(exports, body)
    code = site.workshop(site.account())
    answer = site.signed_in().get(f"/workshops/{code}/export.json")
    assert answer.status_code == 500
    assert "The file could not be made." in answer.text
    assert "an export was not made" in caplog.text
    assert "lo que escribí" not in caplog.text


def test_one_that_takes_too_long_is_given_up(site: Site, exports: Exports) -> None:
    object.__setattr__(exports._settings, "report_seconds", 1)
    acts(exports, "time.sleep(600)")
    with gevent.Timeout(60):
        assert exports.make("123456", "json") is None
    assert not exports._children


def test_one_at_a_time_and_not_too_many_wait(exports: Exports) -> None:
    acts(exports, "time.sleep(600)")
    waiting = [gevent.spawn(exports.make, "123456", "json") for _ in range(MOST_WAITING + 1)]
    with gevent.Timeout(60):
        while not exports._children:
            gevent.sleep(0.01)
        assert len(exports._children) == 1
        with pytest.raises(BusyError):
            exports.make("123456", "json")
        gevent.killall(waiting)
    assert not exports._children
    acts(exports, WRITES)
    assert exports.make("123456", "json")


def test_stopping_the_server_ends_the_child(exports: Exports) -> None:
    acts(exports, "time.sleep(600)")
    waiting = gevent.spawn(exports.make, "123456", "json")
    with gevent.Timeout(60):
        while not exports._children:
            gevent.sleep(0.01)
        exports.stop()
        assert waiting.get() is None


def test_the_list_and_the_console_lead_to_them(site: Site) -> None:
    code = site.workshop(site.account())
    ana = site.signed_in()
    assert f'href="/workshops/{code}/data"' in ana.get("/workshops").text
    page = ana.get(f"/workshops/{code}/data").text
    console = ana.get(f"/workshops/{code}/console").text
    for form in FORMS:
        assert f'href="/workshops/{code}/export.{form}"' in page
        assert f"/workshops/{code}/export.{form}" in console
