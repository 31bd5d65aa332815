"""What the settings of a workshop are called in the editor, and what is said of one that does not fit.

Everything here is translated when it is shown. A contract test names what has no word yet.
"""

from flask_babel import lazy_gettext as _

from edp_app.core.formats import messages as say

KINDS = {
    "who": _("Everyone says for which group they speak"),
    "gather": _("People write"),
    "sort": _("Facilitators merge and hide what was written"),
    "vote": _("People vote"),
    "card": _("The room completes a card for each contribution"),
    "ask": _("People answer questions"),
    "show": _("People look and listen"),
}
"""Each kind of stage in a sentence."""

ASIDE = {
    "who": _(
        "Every phone asks for the group as one joins, with this stage or without it. Here the room looks at "
        "it: the screen shows how many of each group have come, and of how many expected; whoever chose "
        "wrongly can still change it. It may be left out: results are told by group all the same."
    ),
}
"""What a kind of stage is for, where that is not plain, on the page of the stage."""

ASIDE_IN_LIST = {
    "who": _("It is asked at joining already; here the screen shows who has come. It may be left out."),
}
"""The same in the list of stages."""

STEPS = {
    "": _("No step of its own"),
    "analysis": _("Analysis"),
    "governance": _("Governance"),
    "vision": _("Vision"),
    "priorities": _("Priorities"),
    "policy_mix": _("Policy mix"),
    "monitoring": _("Monitoring"),
}
"""The steps of a strategy, in the order of the method."""

LABELS = {
    "title": _("Title"),
    "minutes": _("Minutes"),
    "prompt": _("What is asked"),
    "prompt_for": _("Another question for a group"),
    "year": _("Year that the question is about, such as 2040"),
    "step": _("Step of the strategy"),
    "columns": _("Headings under which people write"),
    "Column.name": _("Heading"),
    "Column.prompt": _("What to write there"),
    "fields": _("More that a contribution can say, besides its title"),
    "Field.name": _("Name of the line"),
    "Field.max_length": _("Longest text, in characters"),
    "Field.asks": _("What belongs there"),
    "Field.shown": _("It stands on the phone at once, without unfolding"),
    "card.fields": _("Lines of a card"),
    "CardField.name": _("Name of the line"),
    "CardField.asks": _("What belongs there"),
    "CardField.max_length": _("Longest text, in characters"),
    "CardField.options": _("Answers to choose from, instead of a text"),
    "who": _("Who may write on the cards"),
    "sdgs": _("A contribution may name Sustainable Development Goals"),
    "links_to": _(
        "What a contribution can refer to: a contribution of an earlier stage as its evidence, or what "
        "passed by a vote"
    ),
    "per_person": _("How many one person may write"),
    "max_length": _("Longest title, in characters"),
    "feeds": _("What the report makes of it"),
    "others": _("When everyone sees what was written"),
    "of": _("What it is about"),
    "method": _("How people judge"),
    "rule": _("What decides"),
    "passes": _("How many pass"),
    "second_of": _("Second round of"),
    "dots": _("Dots for each person"),
    "per": _("What the dots are for"),
    "cap": _("At most on one contribution, from one person"),
    "points": _("Points for each person"),
    "reason": _("One line may say why"),
    "may_sign": _("Who disagrees may set their name beside that line, for the report"),
    "criteria": _("Criteria"),
    "Criterion.name": _("Criterion"),
    "Criterion.asks": _("What is looked at"),
    "Criterion.low": _("What 1 means"),
    "Criterion.middle": _("What 3 means"),
    "Criterion.high": _("What 5 means"),
    "Criterion.weight": _("Weight"),
    "Criterion.beside": _("Only those who speak for a funding institution score it, beside the total"),
    "Criterion.flag_ones": _("It is told how many gave 1"),
    "weights_from": _("The room agrees on the weights in"),
    "x": _("First scale"),
    "y": _("Second scale"),
    "Axis.name": _("Name"),
    "Axis.low": _("What 1 means"),
    "Axis.high": _("What 5 means"),
    "options": _("Answers to choose from"),
    "Option.name": _("Answer"),
    "funders_apart": _("Those who speak for a funding institution are counted apart"),
    "top": _("Places to fill"),
    "questions": _("Questions"),
    "Question.text": _("Question"),
    "Question.type": _("How it is answered"),
    "Question.steps": _("Steps of the scale"),
    "Question.first": _("Number of the lowest step"),
    "Question.low": _("Words for the lowest step"),
    "Question.high": _("Words for the highest step"),
    "text": _("What stands on the screen and the phones"),
    "is_break": _("It is a break"),
    "starts": _("Begins at"),
    "ends": _("Ends at"),
    "groups": _("Groups"),
    "Group.name": _("Name of the group"),
    "Group.examples": _("Who belongs to it, for example"),
    "Group.expected": _("People expected"),
    "territories": _("Territories"),
    "Territory.name": _("Name of the territory"),
    "Territory.expected": _("People expected"),
}
"""Of a setting, by its name; where it depends on what it belongs to, by the name of the type or of
the kind of stage and its own."""

FOR_A_GROUP = {"prompt_for": _("Another question for: %(group)s")}
"""What the field of one group is called, where a setting has one for each."""

ONE_MORE = {
    "columns": _("Add a heading"),
    "fields": _("Add a line"),
    "criteria": _("Add a criterion"),
    "options": _("Add an answer"),
    "questions": _("Add a question"),
    "groups": _("Add a group"),
    "territories": _("Add a territory"),
}
"""What the button says that adds an entry to a list."""

HINTS = {
    "prompt_for": _(
        "Phones of that group show it instead; the screen shows the one above. Empty: the same as everyone."
    ),
    "fields": _("All of them optional, below the title."),
    "weights_from": _(
        "Its scales are then the weights; those typed above count only where too few answered."
    ),
    "card.fields": _("None of them has to be filled in."),
    "Question.first": _("1, or 0 where there may be nothing at all of it."),
    "Criterion.weight": _("In relation to the others; 0: it is shown and not counted."),
    "passes": _("In the whole stage; where everyone has dots for each heading anew, under each heading."),
    "second_of": _(
        "What was divided in it, or what groups differ about, is asked once more by the same criteria."
    ),
}
"""A sentence below the name of a setting."""

IF_EMPTY = {
    "cap": _("Empty: no limit."),
    "top": _("Empty: all of them."),
    "expected": _("Empty: not known."),
    "year": _(
        "It takes the place of the sign {year} in the question: “… in {year}?” is read as “… in "
        "2040?”. Empty: none."
    ),
}
"""What it means that a number is left out, where it may be."""

CHOICES = {
    "step": STEPS,
    "feeds": {
        "": _("A list of contributions"),
        "actions": _("Who does what by when"),
        "invitations": _("Whom to invite"),
    },
    "who": {"everyone": _("Everyone"), "facilitators": _("Facilitators")},
    "others": {"live": _("At once"), "after_close": _("When the stage is closed")},
    "method": {
        "dots": _("with dots"),
        "points": _("with points to divide"),
        "agree": _("agree or disagree"),
        "criteria": _("by criteria, from 1 to 5"),
        "axes": _("on two scales"),
        "choice": _("with one answer for each"),
        "ranking": _("in order, the best first"),
    },
    "rule": {
        "headcount": _("One person, one vote"),
        "balanced": _("Every group counts the same"),
        "both": _("Only what is among the first by both counts"),
        "portfolio": _("The list is shared out among the groups"),
    },
    "per": {"stage": _("the whole stage"), "column": _("each heading anew")},
    "type": {"scale": _("on a scale"), "text": _("in one’s own words")},
}
"""The answers to a choice, by the setting's name."""

CHOICE_NOTES = {
    "rule": {
        "headcount": _("A group that brings twice as many people weighs twice as much."),
        "balanced": _(
            "A group of five weighs as much as one of fifty. What is well placed with all groups is ahead."
        ),
        "both": _("It has to be among the first either way, so fewer than planned may pass."),
        "portfolio": _(
            "Every group decides an equal part of what passes: with four groups and eight places, about two "
            "go to what each group wants most."
        ),
    },
}
"""One sentence for each answer to a choice that could be mistaken for another, such as one would say it
aloud to somebody who has never heard of it."""

NONE = {
    "links_to": _("None"),
    "weights_from": _("Nowhere: the weights typed above count"),
    "second_of": _("None: it is no second round"),
    "of": _("Please choose"),
}
"""What stands for no stage where one can be named."""

SAID = {
    say.MISSING: _("Please fill this in."),
    say.MISSING_OF: _("Please choose a stage."),
    say.EMPTY: _("Please fill this in."),
    say.NO_YEAR: _("This speaks of {year}. Please type the year below."),
    say.NOT_NUMBER: _("Please type a whole number."),
    say.OUT_OF_RANGE: _("Please type a number from %(least)s to %(most)s."),
    say.TOO_LONG: _("This has %(length)s characters, and %(limit)s fit. Please shorten it."),
    say.BAD_TEXT: _("This contains characters that cannot be shown. Please type it again."),
    say.TOO_FEW: _("At least %(least)s are needed; here there are %(value)s."),
    say.TOO_MANY: _("At most %(most)s can be; here there are %(value)s."),
    say.CAP_ABOVE_DOTS: _(
        "%(cap)s on one contribution, and everyone has only %(dots)s dots: please change one of them."
    ),
    say.CAP_ABOVE_POINTS: _(
        "%(cap)s on one contribution, and everyone has only %(points)s points: please change one of them."
    ),
    say.SOMETHING_PASSES: _("Something passes by this vote: please type 1 or more."),
    say.ALL_PASS: _(
        "%(here)s pass here, of %(there)s that pass by “%(value)s”: nothing is left out. "
        "Have fewer pass here, or more there."
    ),
    say.NOTHING_PASSES_THERE: _(
        "Nothing passes by “%(value)s”: please choose a vote by which something does, or the stage where the "
        "contributions are written."
    ),
    say.NOTHING_TO_NAME: _(
        "Nothing passes by “%(value)s”: please choose a vote by which something does, or the stage where the "
        "contributions are written."
    ),
    say.NO_PORTFOLIO: _(
        "The list can be shared out among the groups only with dots, with points and with “agree or "
        "disagree”."
    ),
    say.NO_PORTFOLIO_PER_COLUMN: _(
        "The list can be shared out among the groups only where the dots are for the whole stage."
    ),
    say.NOTHING_COUNTS: _(
        "No criterion counts: at least one needs a weight above 0 that is not beside the total."
    ),
    say.NO_WEIGHT_QUESTIONS: _("“%(value)s” does not ask how much each of these criteria counts."),
    say.UNEQUAL_STEPS: _("In “%(value)s” the scales on the criteria must all have the same number of steps."),
    say.FIRST_BY_CRITERIA: _("“%(value)s” is no vote by criteria: only such a vote can have a second round."),
    say.SECOND_BY_CRITERIA: _("Only a vote by criteria can have a second round."),
    say.NOT_AS_FIRST: _("A second round asks the same as “%(value)s”, by the same criteria."),
    say.UNKNOWN_STAGE: _("Please choose a stage."),
    say.UNKNOWN_STAGE_NEAR: _("Please choose a stage."),
    say.UNKNOWN_STAGE_NONE: _("Please choose a stage."),
    say.STAGE_LATER: _("“%(value)s” comes later. It must come before this stage."),
    say.CIRCLE: _("“%(value)s” comes later. It must come before this stage."),
    say.NOT_ONE_OF: _("Please choose one of these."),
    say.NOT_ONE_OF_NEAR: _("Please choose one of these."),
    say.NO_SORT: _(
        "“%(value)s” is voted on without anything being merged before: what was written twice splits "
        "the votes."
    ),
    say.BAD_TIME: _("Please type a time, such as 12:30."),
    say.ENDS_BEFORE: _("The end has to come after the beginning at %(starts)s."),
    say.FEW_EXPECTED: _(
        "With fewer than three voters a group is shown and counted together with others, as one group."
    ),
}
"""What the rules of format files say, where the editor has better words for it: no setting goes by its name
in a file here."""

LACKS_LANGUAGE = (say.NO_LANGUAGE_OF_STAGE, say.NOT_TRANSLATED_OF_STAGE)
"""What is said of a text of a stage that is missing in one language."""

OF_A_KEY = (say.MISSING, say.MISSING_OF, say.MISSING_CHOICES)
"""What is said of a place in which a setting is missing."""
