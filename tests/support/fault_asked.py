"""What is asked of a small workshop and of its model alike: mostly what makes sense there."""

from hypothesis import strategies as st

from edp_app.core.definition import (
    AskSettings,
    Definition,
    DotsMethod,
    GatherSettings,
    ShowSettings,
    SortSettings,
    Stage,
    VoteSettings,
)
from edp_app.core.parts import Column, Group, Question
from tests.support import fault_board as plain
from tests.support.workshops import person

PEOPLE = [person(n) for n in range(5)]


def definition() -> Definition:
    """The workshop that the model knows."""
    votes = {
        name: VoteSettings("swot", DotsMethod(s["dots"], s["per"], s["cap"]), "headcount", 2)
        for name, s in plain.STAGES.items()
        if s["kind"] == "vote"
    }
    columns = [Column(c, {"en": c}) for c in plain.COLUMNS]
    gather = GatherSettings(columns, per_person=plain.PER_PERSON, max_length=plain.MAX_LENGTH)
    parts = {
        "intro": ShowSettings(),
        "swot": gather,
        "sort": SortSettings("swot"),
        **votes,
        "last": AskSettings([Question("useful", {"en": "?"}, steps=plain.STEPS)]),
    }
    return Definition(
        title="Beside a model",
        language="en",
        privacy="headcount",
        groups=[Group(g, {"en": g}) for g in plain.GROUPS],
        stages=[Stage(name, {"en": name}, 5, parts[name]) for name in plain.STAGES],
    )


# Numbers mean the n-th of what is there.

everybody = st.sampled_from(PEOPLE)
people = st.sampled_from([*PEOPLE[:4] * 5, PEOPLE[4]])
"""Mostly those who are in."""

number = st.integers(0, 5)
off = st.sampled_from([0] * 10 + [1, -1])
"""How far a revision is from the stored one."""

titles = st.sampled_from(["Sun", "Sea", "Sand", "Salt", "", "x" * (plain.MAX_LENGTH + 1)])
by_people = st.one_of(
    st.fixed_dictionaries({"type": st.just("describe"), "group": st.sampled_from([*plain.GROUPS, "no"])}),
    st.fixed_dictionaries({"type": st.just("join")}),
)
gathering = st.one_of(
    st.fixed_dictionaries({"type": st.just("add_item"), "column": st.sampled_from("sswwx"), "title": titles}),
    st.fixed_dictionaries({"type": st.just("change_item"), "item": number, "revision": off, "title": titles}),
    st.fixed_dictionaries({"type": st.just("withdraw_item"), "item": number}),
)
voting = st.fixed_dictionaries(
    {
        "type": st.just("cast_ballot"),
        "item": number,
        "dots": st.sampled_from([1, 1, 2, 2, 3, 0]),
        "revision": off,
    }
)
answering = st.fixed_dictionaries(
    {
        "type": st.just("answer"),
        "question": st.sampled_from(["useful", "useful", "useful", "no"]),
        "value": st.sampled_from([1, 2, 5, 6, "x", None]),
        "revision": off,
    }
)
curating = st.one_of(
    st.fixed_dictionaries(
        {"type": st.sampled_from(["hide_item", "show_item", "unmerge_item"]), "item": number}
    ),
    st.fixed_dictionaries(
        {"type": st.just("merge_items"), "into": number, "items": st.lists(number, min_size=1, max_size=2)},
        optional={"title": st.just("Both")},
    ),
)
running = st.sampled_from(["pause_stage", "resume_stage", "close_stage", "reveal_result"])
opening = st.fixed_dictionaries(
    {"type": st.just("open_stage"), "stage": st.sampled_from([*plain.STAGES, "swot", "weigh", "pick", "no"])}
)
steps_back = st.fixed_dictionaries(
    {"type": st.just("step_back")},
    optional={"stood": st.sampled_from(["NOW", "NOW", "running", "closed", "revealed", "ended"])},
)
rarely = st.sampled_from(
    [
        {"type": "set_door", "open": False},
        {"type": "set_door", "open": True},
        {"type": "end_workshop"},
        {"type": "reopen_workshop"},
    ]
)
runs = st.sampled_from(["NOW", "NOW", "NOW", "NOW", "swot.1", "weigh.1", "pick.1", "no.1"])
