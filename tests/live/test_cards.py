"""Cards over the wire: what is written is seen at once, and two who write on one line are both heard."""

import asyncio

import msgspec
import pytest

from edp_app.core.definition import CardSettings, Stage
from edp_app.core.parts import CardField
from tests.support.definitions import short
from tests.support.page import asynchronous

pytestmark = pytest.mark.live


@asynchronous
async def test_two_phones_and_a_console_write_on_one_card(new_hall):
    workshop = short()
    owner = CardField("owner", {"en": "Owner"}, max_length=30)
    cards = Stage("cards", {"en": "Cards"}, 5, CardSettings("ideas", [owner]))
    hall = new_hall(msgspec.structs.replace(workshop, stages=[*workshop.stages, cards]))
    async with hall.console() as console, hall.phone() as ana, hall.phone() as beto, hall.screen() as screen:
        await console.must("open_stage", stage="ideas")
        for phone in (ana, beto):
            await phone.must("join")
            await phone.must("describe", group="business", territory="tacna")
        item = f"i{(await ana.must('add_item', run='ideas.1', column='idea', title='Sol'))['first']}"
        await console.must("open_stage", stage="cards")
        line = {"type": "fill_card", "run": "cards.1", "item": item, "field": "owner"}
        answers = await asyncio.gather(
            *(phone.op({**line, "value": f"Mesa {n}", "revision": 0}) for n, phone in enumerate((ana, beto)))
        )
        assert sorted(answer["ok"] for answer in answers) == [False, True]
        (refusal,) = [answer["refusal"] for answer in answers if not answer["ok"]]
        assert refusal["code"] == "outdated"

        def stands(page):
            return page.view.get("now", {}).get("cards", {}).get(item, {}).get("owner")

        first = {"value": f"Mesa {[answer['ok'] for answer in answers].index(True)}", "revision": 1}
        for page in (ana, beto, console, screen):
            await page.until(lambda page=page: stands(page) == first)
        assert await ana.refused(**_as_call({**line, "value": "x" * 31, "revision": 1})) == "text_too_long"
        assert await screen.refused(**_as_call({**line, "value": "Mesa", "revision": 1})) == "not_allowed"
        await beto.must(**_as_call({**line, "value": "Mesa de las dos", "revision": 1}))
        await console.must("close_stage", run="cards.1")
        assert await ana.refused(**_as_call({**line, "value": "Tarde", "revision": 2})) == "stage_closed"
        await console.must(**_as_call({**line, "value": "Mesa corregida", "revision": 2}))
        for page in (ana, screen):
            await page.until(lambda page=page: stands(page) == {"value": "Mesa corregida", "revision": 3})


@asynchronous
async def test_in_a_moderated_workshop_a_text_comes_to_the_room_by_way_of_the_console(new_hall):
    workshop = short()
    cards = Stage("cards", {"en": "Cards"}, 5, CardSettings("ideas", [CardField("owner", {"en": "Owner"})]))
    hall = new_hall(msgspec.structs.replace(workshop, stages=[*workshop.stages, cards]))
    async with hall.console() as console, hall.phone() as ana, hall.phone() as beto, hall.screen() as screen:
        await console.must("open_stage", stage="ideas")
        for phone in (ana, beto):
            await phone.must("join")
            await phone.must("describe", group="business", territory="tacna")
        item = f"i{(await ana.must('add_item', run='ideas.1', column='idea', title='Sol'))['first']}"
        await console.must("open_stage", stage="cards")
        await console.must("set_moderation", on=True)

        def stands(page):
            return page.view.get("now", {}).get("cards", {}).get(item, {}).get("owner", {}).get("value")

        def own(page):
            texts = page.own.get("proposed", {}).get("cards.1", {}).get(item, {})
            return texts.get("owner", {}).get("state")

        line = {"type": "fill_card", "run": "cards.1", "item": item, "field": "owner", "revision": 0}
        texts = []
        for n, phone in enumerate((ana, beto)):
            texts.append(f"t{(await phone.must(**_as_call({**line, 'value': f'Minka {n}'})))['first']}")
        await console.until(lambda: set(console.view.get("proposed", {})) == set(texts))
        for page in (ana, beto):
            await page.until(lambda page=page: own(page) == "waiting")
        assert not any("Minka" in str(page.view) for page in (ana, beto, screen))
        assert "Minka 0" not in str(beto.own)
        await console.must("refuse_text", text=texts[1])
        await beto.until(lambda: own(beto) == "refused")
        await console.must("approve_texts", texts=texts[:1])
        for page in (ana, beto, console, screen):
            await page.until(lambda page=page: stands(page) == "Minka 0")
        await ana.until(lambda: own(ana) is None)
        assert await beto.refused("approve_texts", texts=texts[:1]) == "not_allowed"


def _as_call(command):
    return {"type_" if name == "type" else name: value for name, value in command.items()}
