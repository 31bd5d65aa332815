// One plain sentence for each reason why something was not done. The same sentences as edp_app/words.py, so that one
// translation serves both; a test compares them. `t` translates and fills the blanks.

/** Marks a sentence for the catalogue; it is translated when it is said. */
const N_ = (text) => text;

export const SENTENCES = {
  not_allowed: N_("Only the facilitator can do that. Nothing was changed."),
  signed_out: N_("You are signed out, so nothing can be pressed here. Please sign in again."),
  unknown_workshop: N_("There is no workshop with this code, or it has been archived. Please check the code."),
  outdated_page: N_("This page is older than the server. Please reload it; what you wrote is kept."),
  not_joined: N_("You have not joined this workshop on this device yet. Please join first, then send it again."),
  door_closed: N_("The door of this workshop is closed at the moment. Please ask the facilitator to let you in."),
  not_admitted: N_("The facilitator has not let you in yet. What you wrote is kept on this phone."),
  badge_needed: N_("One comes in here with a badge. Please scan the code on yours, or ask the facilitator for one."),
  unknown_badge: N_("This badge is not valid (any more). Please ask the facilitator for a new one."),
  badge_used: N_("This badge was used already. If it was you, go on with your other phone, or its code; else please ask the facilitator."),
  group_from_badge: N_("Your badge says for which group you speak. If that is not right, please ask the facilitator."),
  has_acted: N_("Number {n} has written or voted already, so they stay in."),
  workshop_begun: N_("The workshop has begun, so this cannot be changed any more."),
  workshop_ended: N_("This workshop has ended, so nothing more can be added or changed."),
  workshop_full: N_("This workshop is full. Please ask the facilitator."),
  table_full: N_("This phone is shared by {most} people already, and no more can join. Please use another one."),
  unknown_stage: N_("This stage does not exist in this workshop. Please reload the page."),
  unknown_run: N_("This stage is not running any more. Please reload the page to see where the workshop is."),
  unknown_item: N_("This contribution is not there (any more). Please choose another one."),
  unknown_column: N_("This heading does not exist in this stage. Please choose one of those shown."),
  unknown_group: N_("This group does not exist in this workshop. Please choose one of those shown."),
  unknown_territory: N_("This territory does not exist in this workshop. Please choose one of those shown."),
  unknown_question: N_("This question is not part of this stage. Please reload the page."),
  unknown_person: N_("Nobody with this number takes part in this workshop. Please check the number."),
  unknown_link: N_("One of the contributions you linked to is not there any more. Please remove the link and send again."),
  stage_closed: N_("This arrived after the stage was closed, so it is not counted."),
  result_revealed: N_("The result of this vote was revealed already, so this sheet cannot be counted any more."),
  stage_paused: N_("The stage is paused. Please wait until the facilitator resumes it, then send again."),
  stage_open: N_("This stage is still open. Close it first."),
  place_passed: N_("Stages that were opened stay where they are, and nothing is put before the current one."),
  stage_needs: N_("The stage “{stage}” needs “{other}”: it cannot come before it, nor stand without it."),
  unknown_preset: N_("There is no such stage in the library. Please reload the page."),
  does_not_fit: N_("This stage cannot stand there: what it refers to is missing, or is of another kind."),
  too_many_stages: N_("This workshop has {most} stages already, and no more fit."),
  nothing_to_undo: N_("There is no step to take back."),
  nothing_divided: N_("There is nothing for a second round: nothing was divided in the first one."),
  nothing_to_fill: N_("There is nothing to write cards for: nothing has passed, or nothing was written."),
  not_revealed_yet: N_("Hold “{title}” and reveal its result first: this stage rests on it."),
  nothing_passed: N_("Nothing that passed in “{title}” is there to vote on. Repeat that vote, or leave this stage out and add one about everything."),
  nothing_to_vote_on: N_("There is nothing to vote on yet: nothing was written in the stage that this vote is about, nor brought in."),
  group_fixed: N_("You have voted already, so only the facilitator can change your group now. Please ask."),
  group_needed: N_("Please say first which group you speak for. What you wrote is kept."),
  empty_text: N_("There is no text yet. Please write something, then send it."),
  text_too_long: N_("This text has {length} characters, and {limit} fit. Please shorten it."),
  bad_text: N_("This text contains characters that cannot be shown. Please type it again, or paste it as plain text."),
  bad_value: N_("This value is outside what can be chosen here. Please choose again."),
  too_many_items: N_("You have written as many contributions as this stage takes. Change or withdraw one of yours."),
  no_dots_left: N_("You have no dots left. Take one back from another item to place it here."),
  no_points_left: N_("That is more than there are points to give. Take some back from another item."),
  incomplete: N_("Something is not answered yet. Answer every line, or say that you do not know."),
  cap_reached: N_("You have placed as many dots on this item as it may have from one person."),
  outdated: N_("A newer version of this is stored already, sent from another tab or device. That one counts."),
  not_yours: N_("Somebody else wrote this, so only they or the facilitator can change it."),
  item_hidden: N_("The facilitator has taken this contribution off the board, so it cannot be changed."),
  item_merged: N_("This contribution was merged into another one. Please use that one."),
  cannot_merge: N_("These contributions cannot be merged: they must stand in the same stage, under the same heading."),
  op_id_reused: N_("This was sent before with other content, so it was not accepted. Please send it again as new."),
  bad_message: N_("The server did not understand this message. Please reload the page; what you wrote is kept."),
  too_fast: N_("That was too much at once. Please wait a moment, then try again."),
  try_again: N_("The server could not store this just now. It is kept here and will be sent again."),
};

/** The sentence for a refusal code, in the reader's language: `t(msgid, params)`. */
export function refusalText(code, params, t) {
  const known = Object.prototype.hasOwnProperty.call(SENTENCES, code);
  return t(SENTENCES[known ? code : "bad_message"], params || {});
}
