"""Links that work once: coming to help without an account, and signing in on a second device."""

import json
import re

import pytest
from sqlalchemy import text
from werkzeug.test import TestResponse

from edp_app.log import store
from tests.web.conftest import Browser, Site

NAME = "Rosa Mamani"


class Desk:
    """Ana's console in her browser: what it asks the server for."""

    def __init__(self, site: Site, login: str = "ana") -> None:
        self.site = site
        self.account = site.account(login)
        self.code = site.workshop(self.account)
        self.browser = site.signed_in(login)
        page = self.browser.get(f"/workshops/{self.code}/console").text
        self.config = json.loads(
            re.search(r'<script id="edp" type="application/json">(.*?)</script>', page)[1]
        )

    def ask(self, path: str) -> TestResponse:
        """POST, as the console does it."""
        return self.browser.client.post(path, headers={"X-CSRFToken": self.config["csrf"]})

    def link(self, path: str | None = None) -> str:
        """The path of a new link: an invitation, unless another is asked for."""
        made = self.ask(path or f"{self.config['helpers_url']}/invite").json
        assert made is not None
        return "/" + made["url"].split("/", 3)[3]

    @property
    def listed(self) -> dict[str, list[dict[str, object]]]:
        """Who helps, and what is open."""
        found = self.browser.get(self.config["helpers_url"]).json
        assert found is not None
        return found


@pytest.fixture
def desk(site: Site) -> Desk:
    return Desk(site)


def everything(site: Site) -> str:
    """All that the database holds, as text."""
    with site.database.engine.connect() as connection:
        names = (
            connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        )
        return str([connection.execute(text(f"SELECT * FROM {name}")).all() for name in names])  # noqa: S608


class TestHelping:
    def test_a_name_is_all_that_is_asked(self, site: Site, desk: Desk) -> None:
        link = desk.link()
        rosa = site.browser()
        page = rosa.get(link)
        assert "asks you to help" in page.text
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["Cache-Control"] == "no-store"
        assert rosa.get(link).status_code == 200, "opening it does not use it up"
        empty = rosa.send(link, name="  ")
        assert (empty.status_code, "Please type your name." in empty.text) == (400, True)
        come = rosa.send(link, name=f" {NAME} ")
        assert (come.status_code, come.location) == (303, f"/helping/{desk.code}")
        console = rosa.get(f"/helping/{desk.code}").text
        assert f'"name": "{NAME}"' in console
        for url in ("names_url", "report_url", "export_urls", "helpers_url", "device_url", "personal_url"):
            assert url not in console
        (helper,) = desk.listed["helpers"]
        assert helper["name"] == NAME
        assert desk.listed["invitations"] == []

    def test_it_works_once_and_for_a_day(
        self, site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        link, late = desk.link(), desk.link()
        assert site.browser().send(link, name=NAME).status_code == 303
        again = site.browser().get(link)
        assert again.status_code == 410
        assert "has been used, or its time is over" in again.text
        (waiting,) = desk.listed["invitations"]
        monkeypatch.setattr("edp_app.web.helping.milliseconds", lambda: waiting["until"])
        assert site.browser().get(late).status_code == 410

    def test_only_digests_are_stored(self, site: Site, desk: Desk) -> None:
        link = desk.link()
        token = link.rsplit("/", 1)[1]
        assert token[12:] not in everything(site)
        rosa = site.browser()
        rosa.send(link, name=NAME)
        with rosa.client.session_transaction() as kept:
            (secret,) = kept["helps"].values()
        assert secret[12:] not in everything(site)

    def test_whoever_guesses_waits(self, site: Site, desk: Desk) -> None:
        link = desk.link()
        wrong = link[:-1] + ("a" if link[-1] != "a" else "b")
        stranger = site.browser("192.0.2.77")
        assert [stranger.get(wrong).status_code for _ in range(21)][-2:] == [410, 429]
        assert stranger.get(link).status_code == 429
        assert site.browser().get(link).status_code == 200, "others are not kept out by it"

    def test_who_leads_it_does_not_use_the_link_up(self, site: Site, desk: Desk) -> None:
        link = desk.link()
        opened = desk.browser.get(link)
        assert (opened.status_code, opened.location) == (303, f"/workshops/{desk.code}/console")
        assert site.browser().get(link).status_code == 200

    def test_it_opens_nothing_else(self, site: Site, desk: Desk) -> None:
        rosa = site.browser()
        rosa.send(desk.link(), name=NAME)
        for path in ("console", "names", "helpers", "data", "details", "personal", "report.pdf"):
            assert rosa.get(f"/workshops/{desk.code}/{path}").status_code == 302, path
        assert rosa.get("/workshops").status_code == 302
        other = Desk(site, "bea")
        refused = rosa.get(f"/helping/{other.code}")
        unknown = rosa.get("/helping/000000")
        assert refused.status_code == unknown.status_code == 410
        assert refused.text.replace(other.code, "") == unknown.text.replace("000000", "")

    def test_sent_away_forgotten_and_invited_again(self, site: Site, desk: Desk) -> None:
        rosa = site.browser()
        rosa.send(desk.link(), name=NAME)
        actor = desk.listed["helpers"][0]["actor"]
        base = f"{desk.config['helpers_url']}/{actor}"
        desk.ask(f"{base}/forget")
        assert desk.listed["helpers"][0]["name"] == NAME, "not while she helps"
        desk.ask(f"{base}/remove")
        assert desk.listed["helpers"] == [{"actor": actor, "name": NAME, "since": None}]
        assert rosa.get(f"/helping/{desk.code}").status_code == 410
        desk.ask(f"{base}/forget")
        assert desk.listed["helpers"] == []
        assert NAME not in everything(site)
        link = desk.link()
        (waiting,) = desk.listed["invitations"]
        desk.ask(f"{desk.config['helpers_url']}/{waiting['id']}/withdraw")
        assert rosa.get(link).status_code == 410

    def test_stopping_by_oneself(self, site: Site, desk: Desk) -> None:
        rosa = site.browser()
        rosa.send(desk.link(), name=NAME)
        left = rosa.send(f"/helping/{desk.code}/leave", page="/")
        assert (left.status_code, left.location) == (303, "/")
        assert rosa.get(f"/helping/{desk.code}").status_code == 410
        assert desk.listed["helpers"][0]["since"] is None

    def test_others_can_do_none_of_it(self, site: Site, desk: Desk) -> None:
        other = Desk(site, "bea")
        link = desk.link()
        (waiting,) = desk.listed["invitations"]
        for path in ("helpers/invite", f"helpers/{waiting['id']}/withdraw", "device"):
            assert other.ask(f"/workshops/{desk.code}/{path}").status_code == 404, path
        other.ask(f"{other.config['helpers_url']}/{waiting['id']}/withdraw")
        assert site.browser().get(link).status_code == 200
        without_token = desk.browser.client.post(f"{desk.config['helpers_url']}/invite")
        assert without_token.status_code == 400

    def test_not_too_many_are_open(self, desk: Desk) -> None:
        for _ in range(10):
            desk.link()
        refused = desk.ask(f"{desk.config['helpers_url']}/invite")
        assert (refused.status_code, "withdraw one" in refused.json["error"]) == (409, True)

    def test_a_link_ends_with_the_right_of_who_made_it(self, site: Site, desk: Desk) -> None:
        bea = site.account("bea")
        row = site.database.read(store.workshop_by_code, desk.code)
        assert row is not None
        site.database.call(store.grant_access, row.id, bea)
        theirs = site.database.call(store.make_link, "help", row.id, bea, 1, 10**10)
        assert site.browser().get(f"/help/{theirs}").status_code == 200
        site.database.call(store.revoke_access, row.id, bea)
        assert site.browser().get(f"/help/{theirs}").status_code == 410


class TestDevice:
    def test_the_same_facilitator_elsewhere(self, site: Site, desk: Desk) -> None:
        link = desk.link(desk.config["device_url"])
        phone = site.browser()
        page = phone.get(link)
        assert "Here you lead “Valle de prueba” as Ana" in page.text
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert phone.get("/workshops").status_code == 302, "opening it signs nobody in"
        done = phone.send(link)
        assert (done.status_code, done.location) == (303, f"/workshops/{desk.code}/console")
        assert phone.get(done.location).status_code == 200
        assert site.browser().get(link).status_code == 410
        assert desk.browser.get(desk.config["devices_url"]).json == {"others": 1}
        assert desk.ask(f"{desk.config['devices_url']}/sign-out").json == {"others": 0}
        assert phone.get("/workshops").status_code == 302
        assert desk.browser.get("/workshops").status_code == 200

    def test_the_remote_leads_one_workshop_and_opens_nothing_else(self, site: Site, desk: Desk) -> None:
        other = site.workshop(desk.account)
        phone = site.browser()
        phone.send(desk.link(desk.config["device_url"]))
        console = f"/workshops/{desk.code}/console"
        shown = phone.get(console).text
        config = json.loads(re.search(r'<script id="edp" type="application/json">(.*?)</script>', shown)[1])
        assert {"names_url", "report_url", "export_urls", "helpers_url", "login_url"} <= config.keys()
        assert not {"personal_url", "device_url", "details_url", "workshops_url"} & config.keys()
        for path in ("names", "helpers", "data"):
            assert phone.get(f"/workshops/{desk.code}/{path}").status_code == 200, path
        assert phone.get("/workshops").location == console
        closed = [
            f"{desk.code}/{path}" for path in ("personal", "archive", "details", "badges", "badges/sheets")
        ]
        closed += [f"{other}/{path}" for path in ("console", "names", "data", "personal", "report.pdf")]
        closed += [f"{desk.code}/{path}" for path in ("stages", "preview/swot", "save-as-format")]
        for path in (*closed, "new", "upload", "devices", "formats", "formats/x"):
            page = phone.get(f"/workshops/{path}")
            assert (page.status_code, "On this device you lead one workshop" in page.text) == (403, True), (
                path
            )
        headers = {"X-CSRFToken": config["csrf"]}
        for path in ("rehearsal", "duplicate", "archive", "device", "bring-back"):
            assert phone.client.post(f"/workshops/{desk.code}/{path}", headers=headers).status_code == 403, (
                path
            )
        assert phone.client.post("/workshops/devices/sign-out", headers=headers).status_code == 403
        language = site.database.read(store.account_by_id, desk.account).language
        phone.client.post("/language", headers=headers, data={"language": "pt"})
        assert site.database.read(store.account_by_id, desk.account).language == language
        # with the pass phrase it becomes a sign-in like any other
        phone.send("/login", login="ana", password="a long pass phrase for tests")
        assert phone.get(f"/workshops/{other}/console").status_code == 200
        phone.send(desk.link(desk.config["device_url"]))
        assert phone.get(f"/workshops/{other}/console").status_code == 200, "a link takes nothing away"

    def test_a_new_one_replaces_the_one_before(self, site: Site, desk: Desk) -> None:
        before, now = (desk.link(desk.config["device_url"]) for _ in range(2))
        assert site.browser().get(before).status_code == 410
        assert site.browser().get(now).status_code == 200

    def test_five_minutes_and_an_open_account(
        self, site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = desk.ask(desk.config["device_url"]).json
        assert made is not None
        link = "/" + made["url"].split("/", 3)[3]
        phone = site.browser()
        token = phone.token(link)
        site.database.call(store.set_account, desk.account, active=False)
        assert phone.client.post(link, data={"csrf_token": token}).status_code == 410
        site.database.call(store.set_account, desk.account, active=True)
        assert phone.get(link).status_code == 200
        monkeypatch.setattr("edp_app.web.helping.milliseconds", lambda: made["until"])
        assert phone.get(link).status_code == 410

    def test_a_link_to_help_signs_nobody_in(self, site: Site, desk: Desk) -> None:
        invitation, device = desk.link(), desk.link(desk.config["device_url"])
        assert site.browser().get(invitation.replace("/help/", "/device/")).status_code == 410
        assert site.browser().get(device.replace("/device/", "/help/")).status_code == 410

    def test_without_its_token_the_button_does_nothing(self, site: Site, desk: Desk) -> None:
        link = desk.link(desk.config["device_url"])
        phone = site.browser()
        assert phone.client.post(link).status_code == 400
        assert phone.get("/workshops").status_code == 302
        assert phone.get(link).status_code == 200


def test_helping_survives_signing_in_and_ends_with_signing_out(site: Site, desk: Desk) -> None:
    site.account("bea")
    bea: Browser = site.browser()
    bea.send(desk.link(), name="Bea")
    bea.send("/login", login="bea", password="a long pass phrase for tests")
    assert bea.get(f"/helping/{desk.code}").status_code == 200
    bea.send("/logout", page="/workshops")
    assert bea.get(f"/helping/{desk.code}").status_code == 410
