"""Every page that the server makes, in the states in which it shows most; and which addresses are no pages.

:data:`PAGES` is complete: a contract test compares it with the addresses that the application knows. Whoever
adds a page adds what brings a browser there.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from playwright.sync_api import expect

from edp_app.core.formats import write_format
from tests.support.looks_hall import LONG, definition
from tests.support.looks_visitor import Site

PASSWORD = "a long pass phrase for tests"
LOGIN = "rosario"


def _first(site: Site) -> Iterator[str]:
    token = _run(
        site.data,
        "from edp_app.opened import Opened\n"
        "from edp_app.clock import milliseconds\n"
        "from edp_app.web.accounts import new_first_token\n"
        "with Opened() as opened: print(opened.database.call(new_first_token, milliseconds()))",
    )
    site.go(f"/first/{token}")
    yield "as it comes"
    for field_ in site.page.locator("main form input:visible").all():
        field_.evaluate("one => { one.required = false; }")
    site.page.locator("main form").evaluate("form => { form.noValidate = true; }")
    site.send()
    expect(site.page.locator(".error").first).to_be_visible()
    yield "with mistakes"
    site.page.fill("input[name=login]", LOGIN)
    site.page.fill("input[name=name]", "Rosario Quispe Mamani")
    for one in site.page.locator("input[type=password]").all():
        one.fill(PASSWORD)
    site.send()
    site.page.wait_for_url("**/workshops*")


def _index(site: Site) -> Iterator[str]:
    site.go("/workshops")
    expect(site.page.locator("main")).to_be_visible()
    yield "none"
    _workshops(site)
    site.go("/workshops")
    yield f"{site.count} of them"


def _new(site: Site) -> Iterator[str]:
    site.go("/workshops/new")
    yield "as it comes"
    site.page.locator("main form").evaluate("form => { form.noValidate = true; }")
    site.send()
    expect(site.page.locator(".error").first).to_be_visible()
    yield "with mistakes"


def _upload(site: Site) -> Iterator[str]:
    site.go("/workshops/upload")
    text = 'format = 1\ntitle = "x"\ngroups = "five"\n' + "x" * 200
    site.page.locator("textarea").fill(text)
    site.send()
    expect(site.page.get_by_role("alert").first).to_be_visible()
    yield "with mistakes"
    site.go("/workshops/upload?example=1")
    yield "with the example"


def _format_help(site: Site) -> Iterator[str]:
    site.go("/workshops/format-help")
    yield "as it comes"


def _details(site: Site) -> Iterator[str]:
    site.go(f"/workshops/{site.codes[0]}/details")
    yield "before it begins"


def _stages(site: Site) -> Iterator[str]:
    site.go(f"/workshops/{site.codes[0]}/stages")
    yield "as it comes"
    site.page.locator(".stages-minutes input").first.fill("x")
    site.page.locator("button[value=save]").last.click()
    expect(site.page.locator(".error").first).to_be_visible()
    yield "with mistakes"
    site.go(f"/workshops/{site.codes[0]}/stages")
    gathering = next(
        stage for stage in definition(site.language).stages if hasattr(stage.settings, "columns")
    )
    more = site.page.locator(f"#acts-{gathering.id}")
    if more.is_visible():  # where there is little room
        more.check()
        yield "what can be done with a stage"
    site.page.locator(f'button[value="remove:{gathering.id}"]').click()
    expect(site.page.locator("button[value=keep]")).to_be_visible()
    yield "what goes with a stage"


def _stage(site: Site) -> Iterator[str]:
    """Of each type of fields the stage that has most of it."""
    stages = definition(site.language).stages
    scored = next(one for one in stages if hasattr(getattr(one.settings, "method", None), "criteria"))
    asked = next(one for one in stages if hasattr(one.settings, "questions"))
    for stage in (scored, asked):
        site.go(f"/workshops/{site.codes[0]}/stages/{stage.id}")
        yield stage.id
    site.page.locator("button[value=all]").click()
    expect(site.page.locator("button[value=one]")).to_be_visible()
    yield f"{asked.id}, in all languages"
    site.page.locator(".field .input").first.fill("")
    site.page.locator("#minutes").fill("x")
    site.page.locator("button[value=save]").last.click()
    expect(site.page.locator(".error").first).to_be_visible()
    yield "with mistakes"


def _previewed(site: Site) -> Iterator[str]:
    site.go(f"/workshops/{site.codes[0]}/preview/{definition(site.language).stages[-1].id}")
    expect(site.page.frame_locator(".preview-screen iframe").locator(".picture")).to_be_visible()
    yield "the last stage"


def _groups(site: Site) -> Iterator[str]:
    site.go(f"/workshops/{site.codes[0]}/groups")
    yield "as it comes"
    rows = site.page.locator("#groups .setting-row")
    before = rows.count()
    site.page.locator('button[value="add:groups"]').click()
    expect(rows).to_have_count(before + 1)
    yield "with a new one"


def _saves(site: Site) -> Iterator[str]:
    path = f"/workshops/{site.codes[0]}/save-as-format"
    site.go(path)
    yield "as it comes"
    site.page.locator("main form").evaluate("form => { form.noValidate = true; }")
    site.page.fill("input[name=name]", "")
    site.send()
    expect(site.page.locator(".error").first).to_be_visible()
    yield "with mistakes"
    site.page.fill("input[name=name]", LONG[:120])
    site.send()
    site.page.wait_for_url("**/workshops/formats?*")
    site.go(path)
    site.page.fill("input[name=name]", LONG[:120])
    site.send()
    expect(site.page.get_by_role("alert").first).to_be_visible()
    yield "in the place of another"


def _formats(site: Site) -> Iterator[str]:
    site.go("/workshops/formats")
    yield "one of them"


def _format_change(site: Site) -> Iterator[str]:
    site.go("/workshops/formats")
    site.page.locator(".formats-row a[href*='/formats/']:not([href$=toml])").first.click()
    expect(site.page.locator("input[name=name]")).to_be_visible()
    yield "as it comes"


def _format_delete(site: Site) -> Iterator[str]:
    site.page.locator("main a[href$='/delete']").first.click()
    expect(site.page.locator("input[name=name]")).to_have_count(0)
    yield "before it is sure"


def _data(site: Site) -> Iterator[str]:
    site.go(f"/workshops/{site.codes[0]}/data")
    yield "as it is"


def _archive(site: Site) -> Iterator[str]:
    site.go(f"/workshops/{site.codes[0]}/archive")
    yield "before it is sure"
    token = site.page.locator("main input[name=csrf_token]").get_attribute("value") or ""
    for name, path in (("help", "helpers/invite"), ("device", "device")):
        url = f"{site.url}/workshops/{site.codes[0]}/{path}"
        made = site.page.request.post(url, headers={"X-CSRFToken": token, "Accept": "application/json"})
        site.links[name] = made.json()["url"]


def _personal(site: Site) -> Iterator[str]:
    site.go(f"/workshops/{site.codes[0]}/personal?person=7")
    expect(site.page.get_by_role("alert")).to_be_visible()
    yield "nobody with this number"


def _badges(site: Site) -> Iterator[str]:
    site.go(f"/workshops/{site.codes[0]}/badges")
    yield "none"
    head, first, *_others = site.page.locator(".example").inner_text().splitlines()
    site.page.locator("textarea").fill("name\nnobody")
    site.page.locator("button[value=invite]").click()
    expect(site.page.get_by_role("alert").first).to_be_visible()
    yield "with mistakes"
    named = ("María de los Ángeles Quispe Mamani de Chuquimamani", "Ana Quispe", "Rosario")
    rows = [first.replace("Ana Quispe", f"{named[n % 3]} {n}") for n in range(site.count)]
    site.page.locator("textarea").fill("\n".join([head, *rows]))
    site.page.locator("button[value=invite]").click()
    expect(site.page.locator(".badge-row")).to_have_count(site.count)
    mistakes = site.page.get_by_role("alert").all_inner_texts()
    assert mistakes == [], mistakes
    yield f"{site.count} of them"


def _bring(site: Site) -> Iterator[str]:
    stage = site.page.locator
    site.go(f"/workshops/{site.codes[0]}/bring")
    yield "nothing yet"
    stage("textarea").fill("x" * 600)
    stage("button[value=look]").click()
    expect(site.page.get_by_role("alert").first).to_be_visible()
    site.page.wait_for_load_state()
    yield "with mistakes"
    stage("textarea").fill("\n".join(f"{LONG[:140]} {n}" for n in range(5)))
    stage("input[name=source]").fill(LONG[:120])
    if stage("select").count():
        stage("select").select_option(index=1)
    stage("button[value=look]").click()
    expect(stage("button[value=bring]")).to_be_visible()
    yield "to be looked at"
    stage("button[value=bring]").click()
    expect(stage("button[value=bring]")).to_have_count(0)
    expect(stage(".bring-row")).to_have_count(5)
    yield "five of them"


def _sheets(site: Site) -> Iterator[str]:
    site.go(f"/workshops/{site.codes[0]}/badges/sheets")
    yield "on paper"


def _help(site: Site) -> Iterator[str]:
    site.page.goto(site.links["help"])
    site.send()
    expect(site.page.locator(".error").first).to_be_visible()
    yield "without a name"


def _device(site: Site) -> Iterator[str]:
    site.page.goto(site.links["device"])
    yield "as it comes"


def _join(site: Site) -> Iterator[str]:
    site.page.context.clear_cookies()
    site.page.context.add_cookies([{"name": "language", "value": site.language, "url": site.url}])
    site.go("/")
    yield "as it comes"
    site.page.locator("main input:visible").fill("123 45x")
    site.send()
    expect(site.page.get_by_role("alert")).to_be_visible()
    yield "a wrong code"


def _privacy(site: Site) -> Iterator[str]:
    site.go("/privacy")
    yield "as it is"


def _rehearsal_over(site: Site) -> Iterator[str]:
    site.go(f"/rehearsal-over?language={site.language}")
    yield "as it is"


def _login(site: Site) -> Iterator[str]:
    site.go("/login")
    site.page.fill("input[name=login]", "nobody")
    site.page.fill("input[name=password]", "wrong")
    site.send()
    expect(site.page.get_by_role("alert")).to_be_visible()
    yield "a wrong pass phrase"


def _error(site: Site) -> Iterator[str]:
    site.go("/nothing-here")
    yield "not found"


PAGES: Mapping[str, Callable[[Site], Iterator[str]]] = {
    "accounts.first": _first,
    "workshops.index": _index,
    "workshops.new": _new,
    "workshops.upload": _upload,
    "formats.page": _format_help,
    "workshops.describe": _details,
    "editor.stages": _stages,
    "editor.stage": _stage,
    "editor.previewed": _previewed,
    "editor.groups": _groups,
    "bringing.page": _bring,
    "own_formats.save": _saves,
    "own_formats.index": _formats,
    "own_formats.change": _format_change,
    "own_formats.delete": _format_delete,
    "badges.index": _badges,
    "exports.data": _data,
    "workshops.archive": _archive,
    "personal.page": _personal,
    "badges.sheets": _sheets,
    "join.page": _join,
    "helping.help": _help,
    "helping.device": _device,
    "join.privacy": _privacy,
    "join.rehearsal_over": _rehearsal_over,
    "accounts.login": _login,
    "an error": _error,
}
"""Endpoint to what brings the browser there and yields each state's name, in the order in which they are
looked at: whoever made the first account is signed in until the page to join."""

ON_PAPER = {"badges.sheets"}
"""Pages that are shown as they come out of a printer, as wide as a sheet."""

LIVE = {
    "join.phone": "phone",
    "join.screen": "screen",
    "workshops.console": "console",
    "helping.console": "console",
}
"""Pages drawn in the browser, which tests/support/looks_hall.py brings into their states."""

NO_PAGES = {
    "static",
    "join.qr",
    "join.wifi",
    "join.catalogue",
    "join.healthz",
    "pictures.names",
    "pictures.svg",
    "pictures.table",
    "workshops.names",
    "workshops.report_pdf",
    "exports.download",
    "editor.as_file",
    "own_formats.as_file",
    "badges.sheets",
    "helping.listed",
    "helping.devices",
    "accounts.enter",
}
"""Files, sheets of paper, answers to scripts, and what leads on to another page."""


def visits(site: Site) -> Iterator[str]:
    """Every state of every page, by name, with the browser there."""
    for endpoint, visit in PAGES.items():
        for state in visit(site):
            yield f"{endpoint}, {state}"


def _workshops(site: Site) -> None:
    """So many workshops of this account, with titles of every length."""
    file = site.data / "many.toml"
    file.write_text(write_format(definition(site.language)), encoding="utf-8")
    made = _run(
        site.data,
        f"file, login, count, long = {str(file)!r}, {LOGIN!r}, {site.count}, {LONG!r}\n"
        "import msgspec, pathlib\n"
        "from edp_app.clock import milliseconds\n"
        "from edp_app.core.formats import check_format\n"
        "from edp_app.log import store\n"
        "from edp_app.opened import Opened\n"
        "from edp_app.web.definitions import library\n"
        "read = check_format(pathlib.Path(file).read_bytes(), file, library()).definition\n"
        "with Opened() as opened:\n"
        "    owner = opened.account(login).id\n"
        "    for n in range(count):\n"
        "        titled = msgspec.structs.replace(read, title=(read.title, long, 'x')[n % 3])\n"
        "        print(opened.database.call(store.create_workshop, titled, owner, milliseconds()).code)",
    )
    site.codes += made.split()


def _run(data: Path, program: str) -> str:
    """What a Python program prints that works on this installation beside its server."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "EDP_DATA": str(data), "EDP_DATABASE_URL": ""},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()
