"""A workshop over the wire: a real server, real clients, both transports."""

import pytest

from tests.support.page import asynchronous

pytestmark = pytest.mark.live


# After an upgrade the client library forgets a response that it has not read.
UPGRADE = pytest.param(
    ("polling", "websocket"),
    marks=pytest.mark.filterwarnings("ignore:.*Connection.__del__:pytest.PytestUnraisableExceptionWarning"),
)


@pytest.mark.parametrize("transports", [("websocket",), ("polling",), UPGRADE])
@asynchronous
async def test_a_phone_joins_writes_and_is_seen(hall, transports):
    async with (
        hall.console() as console,
        hall.screen(transports=transports) as screen,
        hall.phone(transports=transports) as phone,
    ):
        assert phone.own == {"person": phone.own["person"], "joined": False}
        await console.must("open_stage", stage="swot")
        await phone.must("join")
        answer = await phone.must("describe", group="business", territory="tacna")
        assert answer["self"]["group"] == "business"
        answer = await phone.must("add_item", run="swot.1", column="s", title="Olive groves")
        assert answer["first"] == answer["last"]
        (item,) = phone.own["items"].values()
        assert item["title"] == "Olive groves"
        for page in (phone, screen, console):
            await page.until(lambda page=page: page.view.get("now", {}).get("board", {}).get("items"))
            (shown,) = page.view["now"]["board"]["items"].values()
            assert shown["title"] == "Olive groves"
        await screen.until(lambda: screen.view["people"]["total"] == 1)
        assert "people" not in phone.view
