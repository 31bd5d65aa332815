"""A workshop over the wire: a real server, real clients, both transports."""

import asyncio

import pytest

from tests.support.page import Page, asynchronous

pytestmark = pytest.mark.live


@pytest.mark.parametrize("transports", [("websocket",), ("polling",), ("polling", "websocket")])
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


async def vote_on_two(console: Page, phones: list[Page]) -> list[str]:
    """Everyone joins; two items are written; the vote is opened. The items' ids."""
    await console.must("open_stage", stage="swot")
    for phone in phones:
        await phone.must("join")
        await phone.must("describe", group="business", territory="tacna")
    await phones[0].must("add_item", run="swot.1", column="s", title="Olive groves")
    await phones[0].must("add_item", run="swot.1", column="w", title="Dry summers")
    await console.must("open_stage", stage="weigh")
    return list(phones[0].own["items"])


@asynchronous
async def test_the_same_operation_again_gets_the_same_answer_and_changes_nothing(hall):
    async with hall.console() as console, hall.phone() as phone:
        await console.must("open_stage", stage="swot")
        await phone.must("join")
        await phone.must("describe", group="business", territory="tacna")
        command = {"type": "add_item", "run": "swot.1", "column": "s", "title": "Once"}
        first = await phone.op(command, op_id="again-and-again")
        await asyncio.gather(*(phone.op(command, op_id="again-and-again") for _ in range(3)))
        async with hall.phone(secret=phone.secret) as same_phone:  # after a reload
            again = await same_phone.op(command, op_id="again-and-again")
        assert (again["ok"], again["first"], again["last"]) == (True, first["first"], first["last"])
        assert len(phone.own["items"]) == 1
        other = await phone.op(command | {"title": "Twice"}, op_id="again-and-again")
        assert other["refusal"]["code"] == "op_id_reused"
        # Somebody else may use the same id for something else.
        async with hall.phone() as stranger:
            await stranger.must("join")
            other = await stranger.op({"type": "join"}, op_id="again-and-again")
            assert other["ok"]


@asynchronous
async def test_operations_sent_without_waiting_are_carried_out_in_their_order(hall):
    async with hall.console() as console, hall.phone() as phone:
        await console.must("open_stage", stage="swot")
        answers = await asyncio.gather(
            phone.op({"type": "join"}),
            phone.op({"type": "describe", "group": "business", "territory": "tacna"}),
            *(
                phone.op({"type": "add_item", "run": "swot.1", "column": "s", "title": f"Item {i}"})
                for i in range(5)
            ),
        )
        assert all(answer["ok"] for answer in answers)
        assert [answer["first"] for answer in answers] == sorted(answer["first"] for answer in answers)
        assert [item["title"] for item in phone.own["items"].values()] == [f"Item {i}" for i in range(5)]


@asynchronous
async def test_whoever_has_not_joined_may_only_join(hall):
    async with hall.phone() as phone:
        assert await phone.refused("describe", group="business") == "not_joined"
        assert await phone.refused("cast_ballot", run="weigh.1", item="i1", dots=1) == "not_joined"
        await phone.must("join")
        await phone.must("describe", group="business", territory="tacna")


@asynchronous
async def test_ones_own_is_told_when_somebody_else_changes_it(hall):
    async with hall.console() as console, hall.phone() as author, hall.phone() as other:
        first, second = await vote_on_two(console, [author, other])
        await author.until(lambda: author.own["left"].get("weigh.1") == {"s": 3, "w": 3, "o": 3, "t": 3})
        told_other = len(other.heard("self"))
        await console.must("open_stage", stage="sort")
        await console.must("hide_item", item=first)
        await author.until(lambda: author.own["items"][first]["state"] == "hidden")
        await console.must("correct_group", person=author.own["person"], group="academia")
        await author.until(lambda: author.own["group"] == "academia")
        assert second in author.own["items"]
        await other.until(lambda: len(other.heard("self")) > told_other)  # a stage opened
        assert all(own["person"] == other.own["person"] for own in other.heard("self"))
        assert not any(own["items"] for own in other.heard("self"))


@asynchronous
async def test_two_pages_of_one_person_show_the_same(hall):
    async with hall.console() as console, hall.phone() as one, hall.phone(secret=one.secret) as two:
        assert one.own["person"] == two.own["person"]
        await console.must("open_stage", stage="swot")
        await one.must("join")
        await one.must("describe", group="business", territory="tacna")
        await one.must("add_item", run="swot.1", column="s", title="Olive groves")
        await two.until(lambda: two.own.get("items"))
        assert two.own == one.own
        await two.until(lambda: console.view["people"]["total"] == 1)


@asynchronous
async def test_consoles_are_told_how_many_are_there(hall):
    async with hall.console() as console, hall.screen():
        await console.until(lambda: console.heard("presence"))
        async with hall.phone() as phone, hall.phone(), hall.phone(secret=phone.secret):
            await console.until(
                lambda: console.heard("presence")[-1] == {"phones": 2, "screens": 1, "consoles": 1}
            )
            assert not phone.heard("presence")
        await console.until(lambda: console.heard("presence")[-1]["phones"] == 0)


@asynchronous
async def test_a_page_that_lost_something_is_right_again_after_asking_for_the_view(hall):
    async with hall.console() as console, hall.screen() as screen:
        await console.must("open_stage", stage="swot")
        await screen.until(lambda: screen.view.get("now"))
        screen.view, screen.seq = {}, 0  # as if nothing had come yet
        await screen.fetch()
        assert screen.view["now"]["run"] == "swot.1"
        await console.must("pause_stage", run="swot.1")
        await screen.until(lambda: screen.view["now"]["status"] == "paused")


@asynchronous
async def test_nothing_is_told_before_the_view_was_asked_for(hall):
    quiet = await hall.screen().connect()
    async with hall.console() as console, hall.screen() as screen:
        await console.must("open_stage", stage="swot")
        await screen.until(lambda: screen.view.get("now"))
        await asyncio.sleep(0.3)
        assert quiet.told == []
        await quiet.fetch()
        assert quiet.view["now"]["run"] == "swot.1"
        await quiet.close()


@asynchronous
async def test_a_change_that_an_audience_cannot_see_sends_it_nothing(hall):
    async with hall.console() as console, hall.phone() as voter, hall.phone() as onlooker:
        item, _ = await vote_on_two(console, [voter, onlooker])
        await onlooker.until(lambda: onlooker.view["now"]["run"] == "weigh.1")
        await onlooker.until(lambda: "weigh.1" in onlooker.own["left"])
        await asyncio.sleep(0.3)
        before = len(onlooker.told)
        await voter.must("cast_ballot", run="weigh.1", item=item, dots=2)
        await console.until(lambda: console.view["answered"]["total"] == 1)
        await asyncio.sleep(0.2)
        assert len(onlooker.told) == before, "a vote costs one message and one answer"
        await console.must("close_stage", run="weigh.1")
        await onlooker.until(lambda: onlooker.view["now"]["status"] == "closed")
