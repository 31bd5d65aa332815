"""A workshop that was prepared otherwise before it began is counted a second time as it then was."""

import msgspec

from edp_app.core.commands import DescribeWorkshop, EditWorkshop
from edp_app.core.parts import Group
from tests.support.memory import MemoryWorkshop
from tests.support.shortlisted import Room, shortlisted


def test_stages_groups_and_what_protects_people_may_have_changed() -> None:
    definition = shortlisted()
    first = MemoryWorkshop(
        msgspec.structs.replace(
            definition,
            stages=[one for one in definition.stages if one.id not in ("shortlist", "score", "again")][:1],
            groups=[Group("one", {"en": "One"}), Group("two", {"en": "Two"})],
        )
    )
    first.must(DescribeWorkshop(title="Otherwise", privacy="headcount"))
    first.must(EditWorkshop(first.state.edition, definition.stages, definition.groups, []))
    room = Room(workshop=first)
    room.spend("Alpha", "Gamma", "Delta")
    room.score(Alpha=(5, 5), Gamma=(2, 4), Delta=(1, 5))
    room.open("read_back")
    assert room.about() == ["Alpha", "Gamma"]
    assert "cells" not in room.shown_results()["score.1"]["result"]
    room.holds()
