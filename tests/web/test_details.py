"""What is said of a workshop beforehand and corrected later: who is expected, language, protection."""

import re

from edp_app.core.commands import Context, Join, OpenStage
from edp_app.log import store
from edp_app.web.definitions import definition_of, shipped
from tests.support.definitions import short
from tests.web.conftest import Browser, Site
from tests.web.test_workshops import GOOD, carry_out, error_of, made


def test_who_is_expected_is_said_by_form_corrected_and_duplicated(site: Site, ana: Browser) -> None:
    asked = ana.get("/workshops/new").text
    assert asked.count('name="expected-') == 6, "each group that can be chosen, once"
    numbers = {"expected-business": "12", "expected-academia": " 3 "}
    wrong = ana.send("/workshops/new", format="short", **GOOD, **numbers, **{"expected-funders": "2"})
    assert wrong.status_code == 400
    assert error_of(wrong.text, "expected-funders") == "This is none of the groups that you chose above."
    assert 'value="12"' in wrong.text
    odd = ana.send("/workshops/new", format="short", **GOOD, **{"expected-business": "a few"})
    assert error_of(odd.text, "expected-business") == "Please type a number, or nothing."
    assert made(site) == []
    assert ana.send("/workshops/new", format="short", **GOOD, **numbers).status_code == 303

    def expected(code: str) -> dict[str, int | None]:
        row = site.database.read(store.workshop_by_code, code)
        assert row is not None
        groups = site.database.read(definition_of, row.id).groups
        return {group.id: group.expected for group in groups}

    (code,) = made(site)
    assert expected(code) == {"government": None, "business": 12, "academia": 3}
    details = f"/workshops/{code}/details"
    carry_out(site, code, OpenStage(stage=shipped()["short"].definition.stages[0].id))
    page = ana.get(details).text
    assert re.search(r'name="expected-business" value="12"', page), "also once it has begun"
    assert 'name="expected-funders"' not in page
    sent = {"title": "Valle", "language": "es", "expected-business": "9", "expected-government": "4"}
    assert ana.send(details, **sent).status_code == 303
    now = {"government": 4, "business": 9, "academia": None}
    assert expected(code) == now
    assert ana.send(details, **{**sent, "expected-business": "-1"}).status_code == 400
    ana.send(f"/workshops/{code}/duplicate", page=details)
    copy = made(site)[-1]
    assert copy != code
    assert expected(copy) == now


def test_language_and_protection_are_corrected_where_they_can_be(site: Site, ana: Browser) -> None:
    ana.send("/workshops/new", format="short", **GOOD)
    (code,) = made(site)
    details = f"/workshops/{code}/details"
    assert ana.send(details, title="Valle", language="es", privacy="open").status_code == 303
    room = site.app.extensions["edp.rooms"].by_code(code)
    assert (room.state.definition.language, room.state.definition.privacy) == ("es", "open")
    assert 'lang="es"' in site.browser().get(f"/screen/{code}").text
    assert room.submit(Join(), Context("p:ana", "participant", room.state.at + 5, "op-join"), "").ok
    assert 'name="privacy"' not in ana.get(details).text
    assert ana.send(details, title="Valle", language="pt", privacy="grouped").status_code == 303
    assert (room.state.definition.language, room.state.definition.privacy) == ("pt", "open")


def test_who_is_expected_from_each_territory_is_said_beside_it(site: Site) -> None:
    code = site.workshop(site.account("beto"), short())
    beto = site.signed_in("beto")
    details = f"/workshops/{code}/details"
    sent = {"title": "Valle", "language": "es", "door": "open", "privacy": "grouped"}
    wrong = beto.send(details, **sent, **{"from-tacna": "many"})
    assert wrong.status_code == 400
    assert error_of(wrong.text, "from-tacna") == "Please type a number, or nothing."
    assert beto.send(details, **sent, **{"from-tacna": "12", "expected-business": "5"}).status_code == 303
    assert re.search(r'name="from-tacna" value="12"', beto.get(details).text)
    copied = beto.get(f"/workshops/{code}/format.toml").text
    assert 'id = "tacna"\nname = "Tacna"\nexpected = 12' in copied
