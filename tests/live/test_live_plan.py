"""The plan while a workshop runs, over the wire: everybody's agenda, how the rest fits, who is waited for."""

import pytest

from tests.support.page import asynchronous

pytestmark = pytest.mark.live


@asynchronous
async def test_the_end_the_proposals_and_everybodys_agenda(hall):
    async with hall.console() as console, hall.phone() as phone, hall.screen() as screen:
        unplanned = await console.call("fit", {})
        assert (unplanned["there"], unplanned["changes"], unplanned["over"]) == (None, [], 0)
        await console.must("open_stage", stage="swot")
        go = (await console.call("fit", {}))["go"]
        now = unplanned["now"]
        await console.must("plan_end", ends_at=now + (go - 12) * 60_000)
        fit = await console.call("fit", {})
        assert fit["go"] - fit["there"] >= 12
        assert sum(change["saves"] for change in fit["changes"]) + fit["over"] == fit["go"] - fit["there"]
        for change in fit["changes"]:
            await console.must("plan_stage", stage=change["stage"], minutes=change["minutes"])
        after = await console.call("fit", {})
        assert after["go"] == fit["go"] - sum(change["saves"] for change in fit["changes"])
        await console.must("plan_stage", stage="sort", skipped=True)
        for page in (phone, screen, console):
            await page.until(lambda page=page: any(row.get("skipped") for row in page.view["agenda"]))
            assert page.view["workshop"]["ends_at"] == now + (go - 12) * 60_000
            minutes = {row["id"]: row["minutes"] for row in page.view["agenda"]}
            assert all(minutes[change["stage"]] == change["minutes"] for change in fit["changes"])


@asynchronous
async def test_only_a_console_is_told_how_the_rest_fits_and_plans(hall):
    async with hall.phone() as phone, hall.screen() as screen, hall.console() as console:
        for page in (phone, screen):
            assert (await page.call("fit", {}))["refusal"]["code"] == "not_allowed"
        assert (await console.call("fit", {"more": 1}))["refusal"]["code"] == "bad_message"
        await phone.must("join")
        assert await phone.refused("plan_stage", stage="swot", minutes=5) == "not_allowed"
        assert await phone.refused("remind_room", group="business") == "not_allowed"


@asynchronous
async def test_while_a_vote_is_open_a_reminder_tells_no_number(hall):
    async with hall.console() as console, hall.phone() as phone, hall.screen() as screen:
        await console.must("open_stage", stage="swot")
        await phone.must("join")
        await phone.must("describe", group="business", territory="tacna")
        await phone.must("add_item", run="swot.1", column="s", title="Olive groves")
        await console.must("open_stage", stage="weigh")
        await console.must("remind_room", group="business", about="answered")
        for page in (phone, screen):
            await page.until(lambda page=page: "reminder" in page.view)
            assert page.view["reminder"] == {"about": "answered", "kind": "vote"}  # one person is not named
        await console.must("close_stage", run="weigh.1")
        for page in (phone, screen):
            await page.until(lambda page=page: "reminder" not in page.view)


@asynchronous
async def test_two_consoles_share_what_can_be_undone(hall):
    async with hall.console() as one, hall.console() as other:
        await one.must("plan_stage", stage="ideas", minutes=11)
        await other.until(lambda: other.view["acts"])
        (act,) = other.view["acts"]
        (command,) = act["commands"]
        assert (await other.op(command, op_id="undone-by-the-other"))["ok"]
        await one.until(lambda: not one.view["acts"])
        planned = next(row for row in one.view["agenda"] if row["id"] == "ideas")
        assert planned["minutes"] == act["before"]["minutes"]
