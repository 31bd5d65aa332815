"""What a stage of the library is about, and may name, where it is put behind others: worked out once, for the
editor and for the console. Stages are here as the values of a format file."""

from collections.abc import Mapping, Sequence
from typing import Any

from edp_app.core.definition import VoteSettings
from edp_app.core.formats.references import find
from edp_app.core.formats.source import Table
from edp_app.core.formats.votes import RULED, can_weigh

RESTS_ON = {"ideas": ("swot", "value_chain"), "swot": ("evidence",), "commitments": ("ideas",)}
"""What can be named as evidence in a stage of the library, or as what it is for: others of the library."""


def wired(name: str, presets: Mapping[str, Table], before: Sequence[Table]) -> Table | str:
    """The settings by which a stage of the library belongs behind these: about what was written last before
    it, or what passes of that, or the vote by criteria held last; what is written in it can rest on what
    :data:`RESTS_ON` says. What is missing before, if it is about something: ``gather`` or ``criteria``."""
    stage = presets[name]
    if is_second_round(stage):
        votes = [one["id"] for one in before if can_be_voted_again(one)]
        return {"second_of": votes[-1]} if votes else "criteria"
    votes = [one["id"] for one in before if lets_pass(one)]
    if stage.get("feeds") == "actions" and votes:  # who does what by when belongs to a priority
        return {"links_to": votes[-1]}
    if stage["kind"] == "gather":
        return _linked(name, presets, before)
    if stage["kind"] == "card" and votes:
        return {"of": votes[-1]}
    found: Table = {}
    if stage["kind"] in ("sort", "vote", "card"):
        written = [one for one in before if one["kind"] == "gather"]
        if not written:
            return "gather"
        to_choose = [one for one in written if not one.get("feeds")]  # of a list of actions nothing is chosen
        found["of"] = (to_choose or written)[-1]["id"]
        if stage["kind"] == "vote":
            found |= _of_what_passed({**stage, **found}, before)
    if asking := [one["id"] for one in before if could_take(stage, one)]:
        found["weights_from"] = asking[-1]
    return found


def is_second_round(preset: Table) -> bool:
    """Whether a stage of the library is a second round: a vote that asks what the first one asked."""
    return preset.get("method") == "criteria" and "criteria" not in preset


def can_be_voted_again(stage: Table) -> bool:
    """Whether there can be a second round of it."""
    return stage.get("method") == "criteria" and not stage.get("second_of")


def lets_pass(stage: Table) -> bool:
    """Whether it is a vote by which something passes: other stages can be about that."""
    return (
        stage["kind"] == "vote"
        and not stage.get("second_of")
        and stage.get("method", "dots") in RULED
        and stage.get("passes") != 0
    )


def could_take(vote: Table, asking: Table) -> bool:
    """Whether this is a vote by criteria without agreed weights, and the room agrees on them in the other
    stage."""
    return (
        vote.get("method") == "criteria"
        and not vote.get("second_of")
        and not vote.get("weights_from")
        and asking["kind"] == "ask"
        and can_weigh(asking["questions"], vote["criteria"])
    )


def that_take(asking: Table, waiting: Sequence[Table]) -> list[str]:
    """Those of the stages that wait after it which take their weights from this stage once it is there."""
    return [str(one["id"]) for one in waiting if could_take(one, asking)]


def about(stages: Sequence[Table], vote: Table) -> str:
    """What a vote is about; of a second round that is not said again."""
    first = find(stages, vote.get("second_of") or "")
    return str(vote.get("of") or (first or {}).get("of", ""))


def fewer_pass(vote: Table, earlier: Table) -> Table:
    """How many pass by a vote about what an earlier one lets pass, where as many as there would pass: half of
    them, or nothing would be left out. Else nothing."""
    most: Any = earlier.get("passes", VoteSettings("").passes)
    return {"passes": max(1, most // 2)} if most <= vote.get("passes", 0) else {}


def _linked(name: str, presets: Mapping[str, Table], before: Sequence[Table]) -> Table:
    """Where what is written in a stage of the library can name something as its evidence, or what it is for:
    the latest stage for that."""
    fitting = [_headings(presets[one]) for one in RESTS_ON.get(name, ())]
    found = [one["id"] for one in before if one["kind"] == "gather" and _headings(one) in fitting]
    return {"links_to": found[-1]} if found else {}


def _headings(stage: Table) -> set[str]:
    """By these a stage of the library is known again, whatever it is called by now."""
    return {column["id"] for column in stage.get("columns", ())}


def _of_what_passed(vote: Table, before: Sequence[Table]) -> Table:
    """What a vote has otherwise where an earlier one lets some of the same pass: it is about those, and fewer
    of them pass."""
    earlier = [one for one in before if lets_pass(one) and _root(before, one) == vote["of"]]
    return {"of": earlier[-1]["id"], **fewer_pass(vote, earlier[-1])} if earlier else {}


def _root(stages: Sequence[Table], vote: Table) -> str:
    """The stage where the items of a vote are written."""
    below: Table | None = vote
    while below is not None and below["kind"] == "vote":
        below = find(stages, about(stages, below))
    return str(below["id"]) if below else ""
