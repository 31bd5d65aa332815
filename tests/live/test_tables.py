"""Several people at one phone, over the wire: each told apart, everything counted once, on each page."""

import pytest

from tests.support.page import asynchronous

pytestmark = pytest.mark.live

TABLE = "table-" + "s" * 40


@asynchronous
async def test_seats_are_told_to_every_page_of_their_phone_and_a_resend_counts_once(hall):
    async with hall.console() as console, hall.phone(secret=TABLE) as phone, hall.phone() as other:
        for one in (phone, other):
            await one.must("join")
            await one.must("describe", group="business")
        await console.must("open_stage", stage="swot")
        added = await phone.must("add_item", run="swot.1", column="s", title="Fog water")
        item = f"i{added['first']}"
        await console.must("open_stage", stage="weigh")
        async with hall.phone(secret=TABLE) as tablet:
            await phone.must("take_seat", seat="rosa", group="academia")
            vote = {"type": "cast_ballot", "run": "weigh.1", "item": item, "dots": 1, "seat": "rosa"}
            first = await phone.op(vote, "rosas-own-dot")
            again = await tablet.op(vote, "rosas-own-dot")
            assert first["ok"]
            assert (first["first"], first["last"]) == (again["first"], again["last"])
            await phone.must("cast_ballot", run="weigh.1", item=item, dots=2)
            rosas = {item: {"dots": 1, "revision": 1}}
            await tablet.until(
                lambda: (
                    tablet.own.get("seats", {}).get("rosa", {}).get("ballots") == {"weigh.1": rosas}
                    and tablet.own["ballots"] == {"weigh.1": {item: {"dots": 2, "revision": 1}}}
                )
            )
            await console.until(lambda: console.view["now"].get("cast") == 2)
            people = console.view["people"]
            assert (people["total"], people["phones"], people["tables"]) == (3, 2, 1)
            assert (await other.op(vote))["refusal"]["code"] == "unknown_person"
            assert "seats" not in other.own
            assert "rosa" not in str(other.view)
