"""Who may ask for which command, written down a second time: what the tests of rights compare with."""

from typing import get_args

from edp_app.core import commands
from edp_app.core.commands import Command

PARTICIPANTS = frozenset(
    {
        "join",
        "describe",
        "name_myself",
        "add_item",
        "change_item",
        "withdraw_item",
        "cast_ballot",
        "answer",
        "fill_card",
        "take_seat",
    }
)
ASSISTANTS = frozenset(
    {
        "hide_item",
        "fill_card",
        "admit",
        "admit_all",
        "turn_away",
        "put_back",
        "count_heads",
        "show_item",
        "merge_items",
        "unmerge_item",
        "enter_paper_ballot",
        "approve_item",
        "approve_items",
        "hold_items",
        "approve_texts",
        "refuse_text",
        "hold_texts",
        "tell_apart",
        "translate_item",
    }
)
FACILITATORS = ASSISTANTS | {
    "open_stage",
    "pause_stage",
    "resume_stage",
    "close_stage",
    "reveal_result",
    "step_back",
    "set_timer",
    "extend_timer",
    "hold_timer",
    "correct_group",
    "set_door",
    "bring_items",
    "take_back_items",
    "set_moderation",
    "plan_stage",
    "move_stage",
    "add_stage",
    "remove_stage",
    "plan_end",
    "remind_room",
    "make_badges",
    "remake_badge",
    "void_badges",
    "describe_workshop",
    "edit_workshop",
    "expect_people",
    "end_workshop",
    "reopen_workshop",
}
SYSTEM = frozenset({"close_stage"})

MAY: dict[str, frozenset[str]] = {
    "participant": PARTICIPANTS,
    "assistant": ASSISTANTS,
    "facilitator": FACILITATORS,
    "system": SYSTEM,
}


def tag_of(command: Command | type[Command]) -> str:
    """What a command is called on the wire."""
    return str(command.__struct_config__.tag)


ALL = frozenset(tag_of(kind) for kind in get_args(commands.AnyCommand))
