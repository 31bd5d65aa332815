"""The way in: the code, wrong codes, the shells, the QR code, the language."""

import io
import json
import re

import pytest
import segno
import zxingcpp
from PIL import Image

from edp_app.web.forms import code_digits
from edp_app.web.join import local_path
from tests.web.conftest import Site


@pytest.fixture
def code(site: Site) -> str:
    """The code of a workshop."""
    return site.workshop(site.account())


def unknown(code: str) -> str:
    """Six digits that are no workshop's."""
    return f"{(int(code) - 100_000 + 1) % 900_000 + 100_000}"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("123456", "123456"),
        (" 123 456 ", "123456"),
        ("123-456", "123456"),
        ("123–456", "123456"),
        ("12 34 56", "123456"),
        ("123.456", "123456"),
        ("12345", None),
        ("1234567", None),
        ("12345a", None),
        ("١٢٣٤٥٦", None),
        ("", None),
    ],
)
def test_spaces_and_dashes_do_not_matter(typed: str, meant: str | None) -> None:
    assert code_digits(typed) == meant


def test_a_right_code_leads_to_the_phone_page(site: Site, code: str) -> None:
    answer = site.browser().send("/", code=f" {code[:3]}-{code[3:]} ")
    assert (answer.status_code, answer.location) == (303, f"/j/{code}")


def test_a_wrong_code_is_said_in_one_sentence_and_what_was_typed_is_kept(site: Site, code: str) -> None:
    wrong = unknown(code)
    typed = f"{wrong[:3]} {wrong[3:]}"
    answer = site.browser().send("/", code=typed)
    assert answer.status_code == 404
    assert f'value="{typed}"' in answer.text
    problem = re.findall(r'<p class="error"[^>]*>([^<]+)</p>', answer.text)
    shown = f"{wrong[:3]}\u00a0{wrong[3:]}"
    assert problem == [f"There is no workshop with the code {shown}. Please compare it with the big screen."]


def test_what_is_no_code_is_said_and_kept(site: Site) -> None:
    answer = site.browser().send("/", code="12 34 5x")
    assert answer.status_code == 400
    assert 'value="12 34 5x"' in answer.text
    assert "A code has six digits" in answer.text


def test_an_archived_workshop_is_not_found(site: Site, code: str) -> None:
    from edp_app.log import store

    found = site.database.read(store.workshop_by_code, code)
    assert found is not None
    site.database.call(store.archive_workshop, found.id, 1)
    assert site.browser().get(f"/j/{code}").status_code == 404


def test_one_browser_has_to_wait_after_a_dozen_wrong_codes_and_its_neighbours_do_not(
    site: Site, code: str
) -> None:
    wrong, clumsy, neighbour = unknown(code), site.browser(), site.browser()
    for _ in range(12):
        assert clumsy.send("/", code=wrong).status_code == 404
    waits = clumsy.send("/", code=wrong)
    assert waits.status_code == 429
    assert f'value="{wrong}"' in waits.text
    assert 0 < int(waits.headers["Retry-After"]) < 60
    assert clumsy.send("/", code=code).status_code == 429
    assert neighbour.send("/", code=code).status_code == 303
    site.now += 60
    assert clumsy.send("/", code=code).status_code == 303


def test_guessing_from_one_address_ends_and_who_is_in_stays_in(site: Site, code: str) -> None:
    inside = site.browser()
    assert inside.get(f"/j/{code}").status_code == 200
    wrong = unknown(code)
    tried = 0
    while site.browser().get(f"/j/{wrong}").status_code == 404:  # without cookies, as a guesser would
        tried += 1
        assert tried < 400
    assert tried == 300
    assert site.browser().get(f"/j/{code}").status_code == 429
    assert inside.get(f"/j/{code}").status_code == 200
    assert site.browser(address="192.0.2.77").get(f"/j/{code}").status_code == 200
    site.now += 10
    assert site.browser().get(f"/j/{code}").status_code == 200


def test_right_codes_are_never_counted(site: Site, code: str) -> None:
    for _ in range(320):
        assert site.browser().get(f"/j/{code}").status_code == 200


def test_the_qr_code_and_the_screen_are_no_way_around_the_limit(site: Site, code: str) -> None:
    for n in range(300):
        site.browser().get(f"/qr/{unknown(code)}.svg" if n % 2 else f"/screen/{unknown(code)}")
    assert site.browser().get(f"/screen/{code}").status_code == 429


@pytest.mark.parametrize("role", ["phone", "screen"])
def test_a_shell_carries_its_settings_and_nothing_inline(site: Site, code: str, role: str) -> None:
    page = site.browser().get(f"/j/{code}" if role == "phone" else f"/screen/{code}").text
    found = re.search(r'<script id="edp" type="application/json">(.*?)</script>', page)
    assert found
    config = json.loads(found[1])
    assert config["code"] == code
    assert config["role"] == role
    assert config["join_url"] == f"http://localhost/j/{code}"
    assert config["short_url"] == "localhost"
    assert config["language"] == ("en" if role == "phone" else "es")  # the screen speaks the workshop's
    assert re.search(rf'<script src="/static/dist/{role}\.[0-9a-f]{{10}}\.js" defer></script>', page)
    assert "<noscript>" in page
    assert f'<html lang="{config["language"]}">' in page
    assert "style=" not in page
    assert "//" not in re.sub(r"http://localhost/", "", page)


def test_the_address_of_a_code_with_spaces_is_tidied(site: Site, code: str) -> None:
    answer = site.browser().get(f"/j/{code[:3]} {code[3:]}")
    assert (answer.status_code, answer.location) == (302, f"/j/{code}")


def test_the_qr_code_holds_the_join_address(site: Site, code: str) -> None:
    answer = site.browser().get(f"/qr/{code}.svg")
    assert answer.mimetype == "image/svg+xml"
    # Drawn from the same squares: the SVG's path is turned into pixels row by row.
    matrix = _pixels(answer.text)
    read = zxingcpp.read_barcodes(matrix)
    assert [barcode.text for barcode in read] == [f"http://localhost/j/{code}"]


def _pixels(svg: str) -> Image.Image:
    """The picture of segno's SVG: one path of horizontal strokes (M, m, h), one unit thick."""
    size = int(re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)[1])  # type: ignore[index]
    strokes = re.findall(r'd="([^"]+)"', svg)[-1]
    image, scale = Image.new("L", (size * 8, size * 8), 255), 8
    x = y = 0.0
    for kind, numbers in re.findall(r"([Mmh])([-0-9. ]+)", strokes):
        values = [float(n) for n in re.findall(r"-?\d*\.?\d+", numbers)]
        if kind == "M":
            x, y = values
        elif kind == "m":
            x, y = x + values[0], y + values[1]
        else:
            box = (x * scale, (y - 0.5) * scale, (x + values[0]) * scale, (y + 0.5) * scale)
            image.paste(0, tuple(int(n) for n in box))
            x += values[0]
    return image


def test_the_picture_is_read_from_the_svg_alone() -> None:
    drawn = io.BytesIO()
    segno.make("another text").save(drawn, kind="svg", border=4, omitsize=True, light="#fff")
    assert zxingcpp.read_barcodes(_pixels(drawn.getvalue().decode()))[0].text == "another text"


def test_the_language_follows_the_browser_and_can_be_switched_without_a_script(site: Site) -> None:
    browser = site.browser()
    assert '<html lang="pt">' in browser.get("/", headers={"Accept-Language": "pt-BR,en;q=0.5"}).text
    assert '<html lang="en">' in browser.get("/", headers={"Accept-Language": "fi"}).text
    answer = browser.send("/language", page="/privacy", language="es", next="/privacy")
    assert (answer.status_code, answer.location) == (303, "/privacy")
    assert '<html lang="es">' in browser.get("/", headers={"Accept-Language": "pt"}).text


def test_an_account_speaks_its_language_until_another_one_is_chosen(site: Site) -> None:
    from edp_app.log import store

    account = site.account()
    site.database.call(store.set_account, account, language="pt")
    browser = site.signed_in()
    assert '<html lang="pt">' in browser.get("/workshops", headers={"Accept-Language": "es"}).text
    browser.send("/language", page="/privacy", language="es", next="/workshops")
    assert '<html lang="es">' in browser.get("/workshops").text
    elsewhere = site.signed_in()  # the choice is kept with the account
    assert '<html lang="es">' in elsewhere.get("/workshops").text


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "\\\\elsewhere.example",
        "/\t/elsewhere.example",
        "javascript:alert(1)",
        "elsewhere",
        "",
    ],
)
def test_nobody_is_sent_to_another_server(site: Site, target: str) -> None:
    with site.app.test_request_context("/"):
        assert local_path(target) == "/"
    answer = site.browser().send("/language", page="/privacy", language="es", next=target)
    assert answer.location == "/"


def test_paths_of_our_own_are_kept(site: Site) -> None:
    with site.app.test_request_context("/"):
        assert local_path("/workshops/new?x=1") == "/workshops/new?x=1"
