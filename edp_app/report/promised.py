"""What was promised to the people in the room about their votes, and what became of it. Pure: contents and a
wording in, sentences out.
"""

from edp_app.report.contents import Questionnaire, Report
from edp_app.report.sentences import count_as_one
from edp_app.report.wording import Wording


def privacy(report: Report, words: Wording) -> str:
    """What was promised to the people in the room about their votes, in the words in which they read it, and
    what became of it."""
    gettext = words.gettext
    promise = {
        "grouped": gettext(
            "You take part without giving your name. Results are shown by group, and groups with fewer than "
            "three voters are shown together and count as one; only where a whole group votes alike can "
            "others tell how its members voted."
        ),
        "open": gettext(
            "You take part without giving your name. In this workshop every group is shown, however small: "
            "whoever is alone in a group can be recognised by their vote."
        ),
        "headcount": gettext(
            "You take part without giving your name. Results count everybody together; nothing is shown by "
            "group."
        ),
    }[report.privacy]
    said = gettext("Whoever joined was told: “%(promise)s”", promise=promise)
    if not any(vote.pooled for vote in report.votes):
        return said
    pooled = gettext(
        "In some groups fewer than three people voted; to protect them their votes are shown together with "
        "other small groups."
    )
    return " ".join([said, pooled, count_as_one(words)])


def privacy_name(report: Report, words: Wording) -> str:
    """The privacy mode in a few words, for the cover; where by that nothing could be shown by group, this."""
    gettext = words.gettext
    if report.privacy != "headcount" and _nothing_by_group(report):
        return gettext("Results cannot be shown by group: in some groups too few people took part")
    return {
        "grouped": gettext("Results by group; small groups are shown together"),
        "open": gettext("Results of every group are open"),
        "headcount": gettext("Counted by heads alone"),
    }[report.privacy]


def _nothing_by_group(report: Report) -> bool:
    """Whether there are results, and none has figures by group, since in some groups too few took part."""
    results = [vote.few or vote.all_together for vote in report.votes]
    results += [one.few or one.together for one in report.questionnaires if one.few or _asks_scales(one)]
    return bool(results) and all(results)


def _asks_scales(one: Questionnaire) -> bool:
    return any(question.mean is not None for question in one.questions)
