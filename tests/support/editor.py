"""What tests do in the forms of the editor: fill them in and press a button, as a browser without a script
does."""

import html
import re
from typing import Any

from edp_app.core.definition import Definition
from edp_app.log import store
from edp_app.web.definitions import definition_of
from tests.web.conftest import Browser, Site


def now(site: Site, code: str) -> Definition:
    """The workshop as it is stored."""
    row = site.database.read(store.workshop_by_code, code)
    assert row is not None
    return site.database.read(definition_of, row.id)


def ids(site: Site, code: str) -> list[str]:
    """Its stages."""
    return [stage.id for stage in now(site, code).stages]


def filled(page: str) -> dict[str, Any]:
    """What a browser would send of the editor's form, as it stands on the page."""
    form = page.partition('class="editor"')[2].partition("</form>")[0]
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = (re.search(rf'\b{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            sent[name[1]] = html.unescape(value[1]) if value else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\r?\n?(.*?)</textarea>', form, re.S):
        sent[name] = html.unescape(text)
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        sent[name] = html.unescape(chosen[1]) if chosen else ""
    return sent


def press(ana: Browser, path: str, do: str, **changes: object) -> Any:
    """Open a page of the editor, change something in its form, and press this button of it."""
    return ana.client.post(path, data={**filled(ana.get(path).text), **changes, "do": do})


def alerts(page: str) -> str:
    """What the page says of what went wrong."""
    found = re.findall(r'<(p|div) [^>]*role="alert">(.*?)</\1>', page, re.S)
    return html.unescape(re.sub(r"<[^>]+>|\s+", " ", " ".join(text for _tag, text in found)))
