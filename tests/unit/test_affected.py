"""Whose own view an event changes: these people are told, and nobody else."""

import pytest

from edp_app.core import commands as c
from edp_app.core.door import badge_digest
from edp_app.live.affected import affected
from tests.support.definitions import short
from tests.support.memory import MemoryWorkshop

ANA, BEA, CAI = "p:ana", "p:bea", "p:cai"


def test_whose_own_an_event_changes():
    workshop = MemoryWorkshop(short())

    def concerns(command, actor="f:1"):
        before = len(workshop.log)
        workshop.must(command, actor)
        found = set()
        for recorded in workshop.log[before:]:
            people = affected(workshop.state, recorded)
            if people is None:
                return None
            found |= people
        return found

    def add(title, actor):
        assert concerns(c.AddItem("swot.1", "s", title), actor) == {actor}
        return list(workshop.state.items)[-1]

    assert concerns(c.OpenStage("swot")) is None
    for person in (ANA, BEA, CAI):
        assert concerns(c.Join(), person) == {person}
        assert concerns(c.Describe(group="business", territory="tacna"), person) == {person}
    assert concerns(c.CorrectGroup(person=BEA, group="academia")) == {BEA}
    olives, oil, wine = add("Olives", ANA), add("Oil", BEA), add("Wine", CAI)
    assert concerns(c.ChangeItem("swot.1", olives, 1, "Olive groves"), ANA) == {ANA}
    assert concerns(c.MergeItems(into=oil, items=[olives])) == {ANA, BEA}
    assert concerns(c.MergeItems(into=wine, items=[oil])) == {ANA, BEA, CAI}, "what stood under it moves too"
    assert concerns(c.UnmergeItem(item=oil)) >= {BEA}
    concerns(c.MergeItems(into=wine, items=[oil], title="Drinks"))
    assert concerns(c.UnmergeItem(item=oil)) == {ANA, BEA, CAI}, "what is called otherwise by it"
    assert concerns(c.SetDoor(open=False)) == set()
    concerns(c.OpenStage("weigh"))
    assert concerns(c.CastBallot("weigh.1", wine, 1), ANA) == {ANA}
    assert concerns(c.HideItem(item=wine)) == {CAI, ANA}, "its author, and who has voted: dots may come back"


@pytest.mark.parametrize("way", ["admitted", "badges"])
def test_whose_own_coming_in_changes(way):
    workshop = MemoryWorkshop(short(door=way))

    def concerns(command, actor="f:1"):
        before = len(workshop.log)
        workshop.must(command, actor)
        return {person for one in workshop.log[before:] for person in affected(workshop.state, one)}

    if way == "badges":
        badge = c.NewBadge(mark="mark-1234", digest=badge_digest("SECRET"), group="business")
        assert concerns(c.MakeBadges(badges=[badge])) == set()
        assert concerns(c.Join(badge="SECRET"), ANA) == {ANA}
        again = c.RemakeBadge(badge=next(iter(workshop.state.badges)), mark="mark-5678", digest="0" * 64)
        assert concerns(again) == {ANA}, "they are out again"
        return
    for person in (ANA, BEA):
        assert concerns(c.Join(), person) == {person}
    for command in (c.TurnAway(ANA), c.PutBack(ANA), c.Admit(ANA), c.PutBack(ANA)):
        assert concerns(command) == {ANA}
    assert concerns(c.AdmitAll(upto=2)) == {ANA, BEA}
