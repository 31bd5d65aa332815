"""What can be wrong with a format file, in sentences for the person who wrote it.

The sentences are English message ids of the catalogues; whoever shows them translates them, and only then
fills in the blanks.
"""

from collections.abc import Callable

import msgspec


def N_(message: str) -> str:  # noqa: N802  # the name by which the catalogue's extractor knows it
    """Mark a sentence for the catalogues; it is translated where it is shown."""
    return message


AT = N_("%(file)s, line %(line)s: %(message)s")

# The file as a whole
EMPTY_FILE = N_("There is nothing in this file: no title, no groups, no stages.")
NOT_UTF8 = N_(
    "From this line on the file is not written in UTF-8. Please save it again with the encoding UTF-8, which "
    "most editors offer under “Save as”."
)
NO_TEXT = N_("From this line on it is no text. A workshop file is plain text, as a text editor saves it.")
DOCUMENT = N_(
    "This is the file of a text processor, a spreadsheet or the like. A workshop file is plain text: please "
    "copy what it says into a text editor and save it there."
)
TOO_LARGE = N_("The file is larger than %(limit)s kilobytes; a workshop file is much smaller.")
TOO_MANY_LINES = N_("The file has more than %(most)s lines; a workshop file has far fewer.")
LINE_TOO_LONG = N_("This line has more than %(limit)s characters. Please shorten it.")
TOO_MANY_TABLES = N_("The file has more than %(most)s headings in brackets; a workshop has far fewer.")
TOO_MANY_ENTRIES = N_("The file has more than %(most)s settings and entries; a workshop has far fewer.")
KEY_TOO_LONG = N_("This name has more than %(most)s parts with dots between them.")
AND_MORE = N_("There are %(count)s more mistakes from here on. Please correct those above first.")
TOO_DEEP = N_("Lists or tables stand inside each other too deeply.")
NO_FORMAT = N_("The file must begin with the line: format = 1")
OTHER_FORMAT = N_("This is a file of format %(value)s; this program reads format 1.")

# What the TOML reader stumbles over
SYNTAX = N_("This line cannot be read: %(reason)s.")
NO_EQUALS = N_("A name must be followed by = and a value.")
NO_VALUE = N_("The value after = cannot be read. Texts stand in quotation marks, numbers do not.")
CURLY = N_('Texts stand in straight quotation marks ("), not in curved ones.')
OPEN_TEXT = N_("A text that begins here has no closing quotation mark.")
OPEN_LIST = N_("A list that begins with [ has no closing ], or a comma is missing.")
OPEN_TABLE = N_("A table that begins with { has no closing }, or a comma is missing.")
LEFT_OVER = N_("Something stands behind the end of this line's value. One setting on each line.")
SINGLE_BRACKETS = N_("This heading needs double brackets, each time it stands there: [[%(key)s]]")
TWICE = N_("This name was given a value before.")
BACKSLASH = N_("A \\ in a text must be written twice.")
NOT_A_LINE = N_("This line is neither a setting (name = value) nor a heading in brackets.")
OPEN_HEADING = N_("A heading that begins with [ must end with ], and one that begins with [[ with ]].")

# Settings
UNKNOWN_KEY = N_("There is no setting called “%(key)s” here.")
UNKNOWN_KEY_NEAR = N_("There is no setting called “%(key)s” here. Did you mean “%(near)s”?")
MISSING = N_("“%(key)s” is missing.")
MISSING_OF = N_(
    "“%(key)s” is missing: it names the earlier stage that this one is about. These fit: %(choices)s."
)
NO_STAGES = N_("There are no stages. Each begins with a line of its own: [[stages]]")
MISSING_CHOICES = N_("“%(key)s” is missing. It can be one of these: %(choices)s.")
NOT_TEXT = N_("“%(key)s” must be a text in quotation marks.")
NOT_WORDS = N_("“%(key)s” must be a text in quotation marks, or one text for each language.")
NOT_NUMBER = N_(
    "“%(key)s” must be a whole number, in digits and without quotation marks; here it is %(value)s."
)
NOT_YES_NO = N_("“%(key)s” must be true or false, without quotation marks.")
NOT_LIST = N_("“%(key)s” must be a list.")
NOT_TABLE = N_("“%(key)s” must have settings of its own.")
NOT_ONE_OF = N_("“%(key)s” cannot be “%(value)s”. It can be one of these: %(choices)s.")
NOT_ONE_OF_NEAR = N_(
    "“%(key)s” cannot be “%(value)s”. Did you mean “%(near)s”? It can be one of these: %(choices)s."
)
OUT_OF_RANGE = N_("“%(key)s” must be between %(least)s and %(most)s; here it is %(value)s.")
TOO_LONG = N_("“%(key)s” may have %(limit)s characters; here it has %(length)s.")
EMPTY = N_("“%(key)s” must not be empty.")
BAD_TEXT = N_("“%(key)s” contains characters that cannot be shown.")
BAD_ID = N_(
    "“%(key)s” must begin with a small letter and have only small letters without accents, digits and _, "
    "at most 32; here it is “%(value)s”."
)
BAD_TIME = N_("“%(key)s” must be a time of day like 12:30; here it is “%(value)s”.")
ENDS_BEFORE = N_("“%(key)s” is %(value)s, which does not come after the beginning at %(starts)s.")
TOO_LONG_FOR_END = N_(
    "The stages take %(minutes)s minutes; from %(starts)s to %(ends)s there are %(there)s: %(over)s too many."
)
BAD_DATE = N_("“%(key)s” must be a date like 2026-03-14; here it is “%(value)s”.")
BAD_LANGUAGE = N_("“%(value)s” is not a language of this program. It has: %(choices)s.")
TOO_FEW = N_("“%(key)s” needs at least %(least)s; here there are %(value)s.")
TOO_MANY = N_("“%(key)s” may have at most %(most)s; here there are %(value)s.")

# What the settings mean together
COLUMN_NEEDED = N_("This statement needs a “column”, since the stage has several: %(choices)s.")
UNKNOWN_COLUMN = N_("“column” names “%(value)s”, which is no column of this stage. It has: %(choices)s.")
DUPLICATE_ID = N_(
    "The id “%(value)s” is used twice; the first time in line %(first)s. Give one of them another id."
)
USED_TWICE = N_(
    "“%(value)s” is used twice; the first time in line %(first)s. Give this one an id of its own, as in: "
    'id = "%(value)s_2"'
)
UNKNOWN_STAGE = N_(
    "“%(key)s” names the stage “%(value)s”, which is not in this workshop. Earlier stages that fit here: "
    "%(choices)s."
)
UNKNOWN_STAGE_NONE = N_(
    "“%(key)s” names the stage “%(value)s”, which is not in this workshop, and no earlier stage would fit "
    "here. Put that stage before this one."
)
UNKNOWN_STAGE_NEAR = N_(
    "“%(key)s” names the stage “%(value)s”, which is not in this workshop. Did you mean “%(near)s”?"
)
STAGE_LATER = N_("“%(key)s” names the stage “%(value)s”, which comes later. It must come before this one.")
STAGE_ITSELF = N_(
    "“%(key)s” names the stage “%(value)s” itself, which would go round in a circle. It must be an earlier "
    "stage."
)
CIRCLE = N_(
    "Here stages go round in a circle, each of them waiting for the next: %(around)s (lines %(lines)s). None "
    "of them could be the first. Take “%(key)s” out here, or name a stage in it that comes before them all."
)
NOT_GATHER = N_(
    "“%(key)s” names the stage “%(value)s”, where nothing is written. It must be a stage of kind gather."
)
NOT_GATHER_OR_VOTE = N_(
    "“%(key)s” names the stage “%(value)s”, which has no items. It must be a stage of kind gather, or a vote."
)
NOTHING_PASSES_THERE = N_(
    "“of” names the vote “%(value)s”, by which nothing passes, so this stage would be about nothing. Name a "
    "vote by which something passes, or the stage where the items were written."
)
NOTHING_TO_NAME = N_(
    "“links_to” names the vote “%(value)s”, by which nothing passes, so there would be nothing to name. Name "
    "a vote by which something passes, or the stage where the items were written."
)
NOT_ASK = N_("“%(key)s” names the stage “%(value)s”, where nothing is asked. It must be a stage of kind ask.")
NOT_VOTE = N_("“%(key)s” names the stage “%(value)s”, where nobody votes. It must be a stage of kind vote.")
CAP_ABOVE_DOTS = N_("“cap” is %(cap)s, but everyone has only %(dots)s dots to spend.")
CAP_ABOVE_POINTS = N_("“cap” is %(cap)s, but everyone has only %(points)s points to give.")
SOMETHING_PASSES = N_(
    "“passes” can be 0 only by the method “agree”; by “%(method)s” something passes. Write 1 or more."
)
NOTHING_PASSES = N_(
    "“%(key)s” has no place here: the method “%(method)s” informs, and nothing passes by it. "
    "Please leave it out."
)
NO_PORTFOLIO = N_(
    "“rule” cannot be “portfolio” with the method “%(method)s”. Votes can be shared out among the groups "
    "with these methods: %(choices)s."
)
NO_PORTFOLIO_PER_COLUMN = N_(
    '“rule” can be “portfolio” only where the dots are for the whole stage: per = "stage".'
)
NOTHING_COUNTS = N_(
    "No criterion counts: at least one needs a “weight” above 0 and must not stand “beside” the total."
)
NO_WEIGHT_QUESTIONS = N_(
    "The stage “%(value)s” has to ask how much each criterion counts, on a scale with the criterion’s id. "
    "It does not ask about: %(missing)s."
)
UNEQUAL_STEPS = N_(
    "In the stage “%(value)s”, the scales on how much the criteria count must all have the same “steps”."
)
WEIGHTS_FROM_ONE = N_(
    "In the stage “%(value)s”, the scales on how much the criteria count must begin at 1: leave out “first”."
)
SECOND_BY_CRITERIA = N_('A second round is by criteria: it needs method = "criteria".')
FIRST_BY_CRITERIA = N_(
    "“second_of” names the stage “%(value)s”, which is not by criteria. Only a vote by criteria can have a "
    "second round."
)
NOT_AS_FIRST = N_(
    "A second round asks the same as the first: “%(key)s” must be as in the stage “%(value)s”. Leave it out, "
    "and it is taken from there."
)
KIND_OF_PRESET = N_("A stage that uses “%(use)s” is of kind “%(kind)s” and cannot be made another.")

UNKNOWN_GROUP = N_("“%(key)s” names the group “%(value)s”, which is not in this workshop.")
UNKNOWN_GROUP_NEAR = N_(
    "“%(key)s” names the group “%(value)s”, which is not in this workshop. Did you mean “%(near)s”?"
)

NO_YEAR = N_("“%(key)s” speaks of {year}, and the stage does not say which: add a year, as in: year = 2040")
UNKNOWN_PLACEHOLDER = N_(
    "“%(key)s” has {%(value)s} in it, and nothing would be put in its place. Only {year} is filled in."
)
UNKNOWN_PLACEHOLDER_NEAR = N_(
    "“%(key)s” has {%(value)s} in it, and nothing would be put in its place. Did you mean {%(near)s}?"
)
PLACEHOLDER_ELSEWHERE = N_(
    "“%(key)s” has {%(value)s} in it, which is filled in only in what is asked (“prompt”)."
)

# Allowed, but hardly meant
NO_SORT = N_(
    "Items of “%(value)s” are voted on without a stage of kind sort before: duplicates will split the votes."
)
ALL_PASS = N_(
    "%(here)s pass here, of %(there)s that pass by “%(value)s”: nothing is left out. "
    "Have fewer pass here, or more there."
)
WEIGHS_NOTHING = N_(
    "What is agreed in this stage weighs nothing: “%(value)s” has the same criteria, and nothing is "
    "chosen there for “%(key)s”."
)
WEIGHS_TOO_LATE = N_(
    "What is agreed in this stage weighs nothing: it comes after “%(value)s”, which has the same criteria. "
    "It would have to come before."
)
SAME_NAME = N_("“%(value)s” is called “%(name)s”, as “%(other)s” is: nobody could tell them apart.")
FEW_EXPECTED = N_(
    "“%(value)s” expects %(expected)s: groups with fewer than three voters are shown and counted together "
    "with others, as one group."
)
NO_LANGUAGE = N_("“%(key)s” has no text in the language of the workshop (%(language)s).")
NO_LANGUAGE_OF_STAGE = N_(
    "In the stage “%(stage)s”, “%(key)s” has no text in the language of the workshop (%(language)s)."
)
NOT_TRANSLATED = N_(
    "“%(key)s” has no text in “%(language)s”, as others in this file have: whoever chose that language reads "
    "another one here."
)
NOT_TRANSLATED_OF_STAGE = N_(
    "In the stage “%(stage)s”, “%(key)s” has no text in “%(language)s”, as others in this file have: whoever "
    "chose that language reads another one here."
)


class FormatError(msgspec.Struct, frozen=True):
    """One thing that is wrong (or, as a warning, hardly meant) in a file. ``message`` is the message id."""

    file: str
    line: int
    message: str
    params: dict[str, str | int] = {}

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """The whole sentence with file and line. ``translate``: message id to the reader's language."""
        filled = translate(self.message) % self.params
        return translate(AT) % {"file": self.file, "line": self.line, "message": filled}

    def plain(self, translate: Callable[[str], str] = str) -> str:
        """The sentence without file and line."""
        return translate(self.message) % self.params
