"""Why a command was not carried out: a closed list.

A refusal is a normal result, never an exception. It is language-neutral: every page says it in the reader's
words (``edp_app/words.py`` and the browser's catalogue hold one sentence for each code; a contract test
names a missing one).
"""

from typing import Literal, get_args

import msgspec

Code = Literal[
    "not_allowed",  # this role may not ask for that
    "not_joined",  # the person has not joined yet
    "door_closed",  # new people cannot join now
    "not_admitted",  # the person waits at the door, or was turned away
    "badge_needed",  # one comes in with a badge, and none was shown
    "unknown_badge",  # a badge that there is not, or not any more
    "badge_used",  # somebody else came in with it
    "group_from_badge",  # the badge says the group; only a facilitator corrects it
    "has_acted",  # the person has contributed something and stays in
    "workshop_begun",  # what was announced stays as it was
    "workshop_ended",
    "workshop_full",
    "table_full",  # so many people share one phone already
    "unknown_stage",
    "unknown_run",
    "unknown_item",
    "unknown_column",
    "unknown_group",
    "unknown_territory",
    "unknown_question",
    "unknown_person",
    "unknown_link",
    "stage_closed",  # the run named is not (any more) the one that is open
    "result_revealed",  # a sheet of paper for a vote whose result everyone has seen
    "stage_paused",
    "stage_open",  # asked to open what is open already, or to reveal what still runs
    "place_passed",  # the stage was opened already, or would be put in before the current one
    "stage_needs",  # a stage would come before one that it needs, or stand without it
    "unknown_preset",  # a stage that the library has not
    "does_not_fit",  # a stage that a file could not have there either
    "too_many_stages",
    "nothing_to_undo",
    "nothing_to_vote_on",
    "nothing_to_sort",
    "nothing_passed",  # a vote on what an earlier one let through, and that was nothing
    "nothing_to_fill",  # cards, and no item that one could be of
    "nothing_divided",  # a second round, and nothing was divided in the first
    "not_revealed_yet",  # what this stage rests on has not been shown yet
    "group_fixed",  # the person has voted; only a facilitator corrects the group now
    "group_needed",  # contributing and voting need a group
    "empty_text",
    "text_too_long",
    "bad_text",  # control characters or half characters
    "bad_value",  # an answer outside its scale, a number out of range
    "too_many_items",
    "no_dots_left",
    "no_points_left",
    "incomplete",  # a ballot that leaves out something it has to say
    "cap_reached",
    "outdated",  # a newer revision is stored already
    "not_yours",
    "item_hidden",
    "item_merged",
    "cannot_merge",
    "op_id_reused",  # the same operation id with other content
    "bad_message",  # the message has not the shape the protocol asks for
    "too_fast",
    "try_again",  # the server could not store it; the same operation may be sent again
]

CODES: tuple[str, ...] = get_args(Code)


class Refusal(msgspec.Struct, frozen=True, omit_defaults=True):
    """A command was not carried out and nothing changed. ``params`` fill the blanks of the sentence."""

    code: Code
    params: dict[str, str | int] = {}


def refuse(code: Code, **params: str | int) -> Refusal:
    """A refusal with its parameters."""
    return Refusal(code, params)
