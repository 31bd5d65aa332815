// One plain sentence for each reason why something was not done. The same sentences as edp_app/words.py, so that one
// translation serves both; a test compares them. `t` translates and fills the blanks.

/** Marks a sentence for the catalogue; it is translated when it is said. */
const msg = (text) => text;

export const SENTENCES = {
  not_allowed: msg("Only the facilitator can do that. Nothing was changed."),
  not_joined: msg("You have not joined this workshop on this device yet. Please join first, then send it again."),
  door_closed: msg("The door of this workshop is closed at the moment. Please ask the facilitator to let you in."),
  workshop_ended: msg("This workshop has ended, so nothing more can be added or changed."),
  workshop_full: msg("This workshop is full. Please ask the facilitator."),
  unknown_stage: msg("This stage does not exist in this workshop. Please reload the page."),
  unknown_run: msg("This stage is not running any more. Please reload the page to see where the workshop is."),
  unknown_item: msg("This contribution is not there any more: it was taken back. Please choose another one."),
  unknown_column: msg("This heading does not exist in this stage. Please choose one of those shown."),
  unknown_group: msg("This group does not exist in this workshop. Please choose one of those shown."),
  unknown_territory: msg("This territory does not exist in this workshop. Please choose one of those shown."),
  unknown_question: msg("This question is not part of this stage. Please reload the page."),
  unknown_person: msg("Nobody with this number takes part in this workshop. Please check the number."),
  unknown_link: msg("One of the contributions you linked to is not there any more. Please remove the link and send again."),
  stage_closed: msg("This stage was closed before your contribution arrived, so it is not counted. Your text is kept on this device."),
  stage_paused: msg("The stage is paused. Please wait until the facilitator resumes it, then send again."),
  stage_open: msg("This stage is still open. Close it first."),
  stage_not_revealed: msg("The result of this stage has not been revealed yet."),
  stage_revealed: msg("The result of this stage has been revealed, so it cannot be changed. Run the stage again."),
  nothing_to_undo: msg("There is no step to take back."),
  nothing_to_vote_on: msg("There is nothing to vote on yet: nothing was written in the stage that this vote is about."),
  group_fixed: msg("You have voted already, so only the facilitator can change your group now. Please ask."),
  group_needed: msg("Please say first which group you speak for. What you wrote is kept."),
  empty_text: msg("There is no text yet. Please write something, then send it."),
  text_too_long: msg("This text has {length} characters, and {limit} fit. Please shorten it."),
  bad_text: msg("This text contains characters that cannot be shown. Please type it again, or paste it as plain text."),
  bad_value: msg("This value is outside what can be chosen here. Please choose again."),
  too_many_items: msg("You have written as many contributions as this stage takes. Change or withdraw one of yours."),
  no_dots_left: msg("You have no dots left. Take one back from another item to place it here."),
  cap_reached: msg("You have placed as many dots on this item as it may have from one person."),
  outdated: msg("A newer version of this is stored already, sent from another tab or device. That one counts."),
  not_yours: msg("Somebody else wrote this, so only they or the facilitator can change it."),
  item_hidden: msg("The facilitator has taken this contribution off the board, so it cannot be changed."),
  item_merged: msg("This contribution was merged into another one. Please use that one."),
  cannot_merge: msg("These contributions cannot be merged: they must stand in the same stage, under the same heading."),
  op_id_reused: msg("This was sent before with other content, so it was not accepted. Please send it again as new."),
  bad_message: msg("The server did not understand this message. Please reload the page; what you wrote is kept."),
  too_fast: msg("That was too much at once. Please wait a moment, then try again."),
  try_again: msg("The server could not store this just now. It is kept here and will be sent again."),
};

/** The sentence for a refusal code, in the reader's language: `t(msgid, params)`. */
export function refusalText(code, params, t) {
  const known = Object.prototype.hasOwnProperty.call(SENTENCES, code);
  return t(SENTENCES[known ? code : "bad_message"], params || {});
}
