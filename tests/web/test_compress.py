"""What travels compressed, and what must not."""

import gzip

from edp_app.config import resource_dir
from tests.web.conftest import Site


def script(site: Site) -> str:
    return "/static/dist/" + site.app.extensions["edp.bundle"].path("phone.js")


def test_a_script_travels_compressed_and_is_the_same(site: Site) -> None:
    path = script(site)
    answer = site.app.test_client().get(path, headers={"Accept-Encoding": "gzip, deflate"}, buffered=True)
    content = (resource_dir("static") / "dist" / path.rsplit("/", 1)[1]).read_bytes()
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data) == content
    assert len(answer.data) < len(content) / 2
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert "immutable" in answer.headers["Cache-Control"]


def test_who_does_not_ask_gets_it_plain(site: Site) -> None:
    answer = site.app.test_client().get(script(site), buffered=True)
    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_who_has_it_already_gets_nothing(site: Site) -> None:
    client = site.app.test_client()
    accept = {"Accept-Encoding": "gzip"}
    etag = client.get(script(site), headers=accept, buffered=True).headers["ETag"]
    again = client.get(script(site), headers={**accept, "If-None-Match": etag}, buffered=True)
    assert again.status_code == 304


def test_pages_with_a_token_are_not_compressed(site: Site) -> None:
    answer = site.app.test_client().get("/", headers={"Accept-Encoding": "gzip"})
    assert b"csrf_token" in answer.data
    assert "Content-Encoding" not in answer.headers
