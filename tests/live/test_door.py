"""The door over the wire: let in one by one, by badge, and closed."""

import pytest

from edp_app.core.door import badge_digest
from tests.support.definitions import short
from tests.support.page import asynchronous

pytestmark = pytest.mark.live

SECRET, OTHER = "0123456789ABCDEF", "FEDCBA9876543210"


@asynchronous
async def test_who_waits_comes_in_at_the_moment_in_which_they_are_let_in(new_hall):
    hall = new_hall(short(door="admitted"))
    async with hall.console() as console, hall.screen() as screen, hall.phone() as ana, hall.phone() as luis:
        await console.must("open_stage", stage="swot")
        for phone in (ana, luis):
            await phone.must("join")
            await phone.must("describe", group="business", territory="tacna")
        assert (ana.own["waiting"], ana.own["n"], ana.own["group"]) == (True, 1, "business")
        assert await ana.refused("add_item", run="swot.1", column="s", title="Sol") == "not_admitted"
        assert await ana.refused("admit", person=ana.own["person"]) == "not_allowed"
        await console.until(lambda: len(console.view["door"]["waiting"]) == 2)
        assert (console.view["people"]["total"], "door" in screen.view) == (0, False)
        await console.must("admit", person=ana.own["person"])
        await ana.until(lambda: ana.own["joined"])
        await ana.must("add_item", run="swot.1", column="s", title="Sol")
        await console.must("turn_away", person=luis.own["person"])
        await luis.until(lambda: luis.own.get("turned_away"))
        await console.must("put_back", person=luis.own["person"])
        await luis.until(lambda: luis.own.get("waiting"))
        await console.must("set_door", open=False)
        async with hall.phone() as eva:
            assert await eva.refused("join") == "door_closed"
        await console.must("admit_all", upto=2)
        await luis.until(lambda: luis.own["joined"])
        await screen.until(lambda: screen.view["people"]["total"] == 2)


@asynchronous
async def test_two_phones_and_one_badge(new_hall):
    hall = new_hall(short(door="badges"))
    async with hall.console() as console, hall.phone() as ana, hall.phone() as luis:
        badge = {"mark": "mark-number-1", "digest": badge_digest(SECRET)}
        await console.must("make_badges", badges=[badge | {"group": "academia", "territory": "arica"}])
        assert await ana.refused("join") == "badge_needed"
        assert await ana.refused("join", badge=OTHER) == "unknown_badge"
        await ana.must("join", badge=SECRET)
        assert (ana.own["group"], ana.own["territory"], ana.own["badge"]) == ("academia", "arica", True)
        assert await luis.refused("join", badge=SECRET) == "badge_used"
        assert await ana.refused("describe", group="business", territory="tacna") == "group_from_badge"
        async with hall.phone(secret=ana.secret) as hers_too:  # by her recovery code
            assert hers_too.own["joined"]
            await hers_too.must("join", badge=SECRET)
        await console.until(lambda: console.view["door"].get("badges") == {"made": 1, "used": 1})
        first = "b:2"  # called after its position in the log
        await console.must("remake_badge", badge=first, mark="mark-number-2", digest=badge_digest(OTHER))
        await ana.until(lambda: not ana.own["joined"])
        assert await luis.refused("join", badge=SECRET) == "unknown_badge"
        await luis.must("join", badge=OTHER)
        await console.must("open_stage", stage="swot")
        await luis.must("add_item", run="swot.1", column="s", title="Sol")
        answer = await console.op(
            {"type": "remake_badge", "badge": first, "mark": "mark-number-3", "digest": badge_digest(SECRET)}
        )
        assert answer["refusal"] == {"code": "has_acted", "params": {"n": luis.own["n"]}}
        await console.must("set_door", open=False)
        async with hall.phone() as late:
            assert await late.refused("join", badge=OTHER) == "door_closed"


@asynchronous
async def test_somebody_goes_on_with_another_phone_by_a_new_badge(new_hall):
    hall = new_hall(short(door="badges"))
    async with hall.console() as console, hall.phone() as dead, hall.phone() as other:
        badge = {"mark": "mark-number-1", "digest": badge_digest(SECRET)}
        await console.must("make_badges", badges=[badge | {"group": "academia", "territory": "arica"}])
        await dead.must("join", badge=SECRET)
        await console.must("open_stage", stage="swot")
        await dead.must("add_item", run="swot.1", column="s", title="Sol")
        anew = {"badge": "b:2", "mark": "mark-number-2", "digest": badge_digest(OTHER)}
        await console.must("remake_badge", **anew, hand_on=True)
        await other.must("join", badge=OTHER)
        await other.until(lambda: other.own["joined"] and other.own["n"] == 1)
        assert [item["title"] for item in other.own["items"].values()] == ["Sol"]
        await dead.until(lambda: not dead.own["joined"])
        assert await dead.refused("add_item", run="swot.1", column="s", title="Luna") == "not_joined"
        luna = {"type": "add_item", "run": "swot.1", "column": "s", "title": "Luna"}
        assert (await other.op(luna, "op-of-the-other-phone"))["ok"]  # each phone makes its own by chance
        async with hall.phone(secret=other.secret) as reloaded:
            assert (reloaded.own["n"], len(reloaded.own["items"])) == (1, 2)
        async with hall.phone(secret=dead.secret) as back:
            assert not back.own["joined"]
        await console.until(lambda: len(console.view["items"]) == 2)
        assert console.view["people"]["total"] == 1
