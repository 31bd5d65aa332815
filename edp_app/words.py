"""The words for what the rules answer: one plain sentence for each refusal code.

A sentence says what happened and what to do now. ``static/js/shared/words.js`` holds the same sentences for
the pages that run in the browser; a contract test compares the two, and both with the closed lists in
:mod:`edp_app.core.refusals` and :mod:`edp_app.live.protocol`. Blanks are written ``{name}`` here as there, so
that one translation serves both.
"""

from collections.abc import Mapping

from flask_babel import gettext

from edp_app.core.refusals import Refusal


def _(message: str) -> str:
    """Marks a sentence for the catalogue; it is translated when it is said."""
    return message


SENTENCES: dict[str, str] = {
    "not_allowed": _("Only the facilitator can do that. Nothing was changed."),
    "signed_out": _("You are signed out, so nothing can be pressed here. Please sign in again."),
    "unknown_workshop": _(
        "There is no workshop with this code, or it has been archived. Please check the code."
    ),
    "outdated_page": _("This page is older than the server. Please reload it; what you wrote is kept."),
    "not_joined": _(
        "You have not joined this workshop on this device yet. Please join first, then send it again."
    ),
    "door_closed": _(
        "The door of this workshop is closed at the moment. Please ask the facilitator to let you in."
    ),
    "not_admitted": _("The facilitator has not let you in yet. What you wrote is kept on this phone."),
    "badge_needed": _(
        "One comes in here with a badge. Please scan the code on yours, or ask the facilitator for one."
    ),
    "unknown_badge": _("This badge is not valid (any more). Please ask the facilitator for a new one."),
    "badge_used": _(
        "This badge was used already. If it was you, go on with your other phone, or its code; "
        "else please ask the facilitator."
    ),
    "group_from_badge": _(
        "Your badge says for which group you speak. If that is not right, please ask the facilitator."
    ),
    "has_acted": _("Number {n} has written or voted already, so they stay in."),
    "workshop_begun": _("The workshop has begun, so this cannot be changed any more."),
    "workshop_ended": _("This workshop has ended, so nothing more can be added or changed."),
    "workshop_full": _("This workshop is full. Please ask the facilitator."),
    "table_full": _(
        "This phone is shared by {most} people already, and no more can join. Please use another one."
    ),
    "unknown_stage": _("This stage does not exist in this workshop. Please reload the page."),
    "unknown_run": _(
        "This stage is not running any more. Please reload the page to see where the workshop is."
    ),
    "unknown_item": _("This contribution is not there (any more). Please choose another one."),
    "unknown_column": _("This heading does not exist in this stage. Please choose one of those shown."),
    "unknown_group": _("This group does not exist in this workshop. Please choose one of those shown."),
    "unknown_territory": _(
        "This territory does not exist in this workshop. Please choose one of those shown."
    ),
    "unknown_question": _("This question is not part of this stage. Please reload the page."),
    "unknown_person": _("Nobody with this number takes part in this workshop. Please check the number."),
    "unknown_link": _(
        "One of the contributions you linked to is not there any more. Please remove the link and send again."
    ),
    "stage_closed": _("This arrived after the stage was closed, so it is not counted."),
    "result_revealed": _(
        "The result of this vote was revealed already, so this sheet cannot be counted any more."
    ),
    "stage_paused": _("The stage is paused. Please wait until the facilitator resumes it, then send again."),
    "stage_open": _("This stage is still open. Close it first."),
    "place_passed": _(
        "Stages that were opened stay where they are, and nothing is put before the current one."
    ),
    "stage_needs": _("The stage “{stage}” needs “{other}”: it cannot come before it, nor stand without it."),
    "unknown_preset": _("There is no such stage in the library. Please reload the page."),
    "does_not_fit": _("This stage cannot stand there: what it refers to is missing, or is of another kind."),
    "too_many_stages": _("This workshop has {most} stages already, and no more fit."),
    "nothing_to_undo": _("There is no step to take back."),
    "nothing_divided": _("There is nothing for a second round: nothing was divided in the first one."),
    "nothing_to_fill": _("There is nothing to write cards for: nothing has passed, or nothing was written."),
    "not_revealed_yet": _("Hold “{title}” and reveal its result first: this stage rests on it."),
    "nothing_passed": _(
        "Nothing that passed in “{title}” is there to vote on. Repeat that vote, or leave this stage out and "
        "add one about everything."
    ),
    "nothing_to_vote_on": _(
        "There is nothing to vote on yet: nothing was written in the stage that this vote is about, nor "
        "brought in."
    ),
    "nothing_to_sort": _(
        "There is nothing to sort yet: nothing was written in the stage that is sorted here, nor brought in."
    ),
    "group_fixed": _(
        "You have voted already, so only the facilitator can change your group now. Please ask."
    ),
    "group_needed": _("Please say first which group you speak for. What you wrote is kept."),
    "empty_text": _("There is no text yet. Please write something, then send it."),
    "text_too_long": _("This text has {length} characters, and {limit} fit. Please shorten it."),
    "bad_text": _(
        "This text contains characters that cannot be shown. Please type it again, or paste it as plain text."
    ),
    "bad_value": _("This value is outside what can be chosen here. Please choose again."),
    "too_many_items": _(
        "You have written as many contributions as this stage takes. Change or withdraw one of yours."
    ),
    "no_dots_left": _("You have no dots left. Take one back from another item to place it here."),
    "no_points_left": _("That is more than there are points to give. Take some back from another item."),
    "incomplete": _("Something is not answered yet. Answer every line, or say that you do not know."),
    "cap_reached": _("You have placed as many dots on this item as it may have from one person."),
    "outdated": _(
        "A newer version of this is stored already, sent from another tab or device. That one counts."
    ),
    "not_yours": _("Somebody else wrote this, so only they or the facilitator can change it."),
    "item_hidden": _("The facilitator has taken this contribution off the board, so it cannot be changed."),
    "item_merged": _("This contribution was merged into another one. Please use that one."),
    "cannot_merge": _(
        "These contributions cannot be merged: they must stand in the same stage, under the same heading."
    ),
    "op_id_reused": _(
        "This was sent before with other content, so it was not accepted. Please send it again as new."
    ),
    "bad_message": _(
        "The server did not understand this message. Please reload the page; what you wrote is kept."
    ),
    "too_fast": _("That was too much at once. Please wait a moment, then try again."),
    "try_again": _("The server could not store this just now. It is kept here and will be sent again."),
}


def sentence(code: str, params: Mapping[str, str | int] | None = None) -> str:
    """What to tell the reader, in the reader's language. Needs a request or a Babel locale.

    A blank for which ``params`` has no value is left as it is rather than failing.
    """
    text = gettext(SENTENCES[code])
    for name, value in (params or {}).items():
        text = text.replace("{" + name + "}", str(value))
    return text


def refusal_text(refusal: Refusal) -> str:
    """The sentence for a refusal of the rules; see :func:`sentence`."""
    return sentence(refusal.code, refusal.params)
