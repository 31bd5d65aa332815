"""What the report says in plain words about rules and results. Pure: contents and a wording in, sentences
out.

The words are those of the screen, so that a reader who was in the room meets them again.
"""

from collections.abc import Iterable

from edp_app.core.definition import Rule
from edp_app.core.results.cells import FEWEST
from edp_app.core.voting import METHODS
from edp_app.core.voting.plain import PlainMethod
from edp_app.report import ties
from edp_app.report.contents import Report, Row, Vote
from edp_app.report.parts import Backing, Listing
from edp_app.report.ties import Count
from edp_app.report.votes import telling
from edp_app.report.wording import Wording

JUDGED = tuple(way.id for way in METHODS if isinstance(way, PlainMethod) and not way.whole)
"""Methods by which one item may have been judged by fewer people than voted."""


def title_of(row: Row, words: Wording) -> str:
    """How a row is called; a hidden item has no words any more."""
    return row.title or words.gettext("(hidden by the facilitator)")


def rank_of(row: Row, vote: Vote) -> int | None:
    """The rank by the count under which the rows are listed; None for an item without a figure."""
    if vote.rule == "headcount" or row.rank_balanced is None:
        return row.rank_headcount
    return row.rank_balanced


def counts_of(vote: Vote) -> tuple[Count, ...]:
    """The counts there are, the deciding one first, as on the screen; without groups there is but one."""
    return order_of(vote.rule) if vote.by_groups else ("headcount",)


def order_of(rule: Rule | None) -> tuple[Count, Count]:
    """Both counts, the deciding one first; where both decide, the balanced one."""
    return ("headcount", "balanced") if rule == "headcount" else ("balanced", "headcount")


def deciding(vote: Vote) -> tuple[Count, ...]:
    """The counts that decided; none where equal shares did, or where nothing passes."""
    if not vote.decides or proportional(vote):
        return ()
    return counts_of(vote) if vote.rule == "both" else counts_of(vote)[:1]


def proportional(vote: Vote) -> bool:
    """Whether equal shares decided: without groups there are none."""
    return vote.rule == "portfolio" and vote.by_groups


def count_name(count: Count, words: Wording) -> str:
    """A count by its name, as everywhere."""
    if count == "headcount":
        return words.gettext("One person, one vote")
    return words.gettext("Every group the same")


def counted(count: Count, votes: Iterable[Vote], words: Wording) -> str:
    """How a count is made: in the words of the method where there is but one, else of any."""
    said = {told for vote in votes if (told := telling(vote).counted(count, words))}
    if len(said) == 1:
        return said.pop()
    if count == "headcount":
        return words.gettext("One person, one vote: everybody counts the same, whatever their group.")
    return words.gettext(
        "Every group the same: the figure is made for each group, then the mean over the groups, so that a "
        "large group counts no more than a small one."
    )


def place(row: Row, count: Count, words: Wording) -> str:
    """An item's rank by a count, as it is read; a dash where it has none."""
    rank = ties.rank(row, count) or row.rank_headcount
    return words.ordinal(rank) if rank else "–"


def places(row: Row, vote: Vote, words: Wording) -> list[str]:
    """Where an item stands by each count, and with what figure: a sentence for each count, that of the
    deciding one first. None for an item without figures."""
    said = []
    listing, told = vote.listing_of(row), telling(vote)
    for count in counts_of(vote):
        if ties.figure(row, count) is None:
            continue
        figure = {"rank": place(row, count, words), "share": told.figure(row, count, listing, words)}
        said.append(
            words.gettext("One person, one vote: %(rank)s (%(share)s).", **figure)
            if count == "headcount"
            else words.gettext(
                "Every group counting the same, whatever its size: %(rank)s (%(share)s).", **figure
            )
        )
    return said


def counted_with(row: Row, vote: Vote, words: Wording) -> list[str]:
    """An item's figures by each count without its rank: a sentence for each, that of the deciding one
    first."""
    listing, told = vote.listing_of(row), telling(vote)
    return [
        words.gettext("One person, one vote: %(share)s.", share=told.figure(row, count, listing, words))
        if count == "headcount"
        else words.gettext(
            "Every group counting the same, whatever its size: %(share)s.",
            share=told.figure(row, count, listing, words),
        )
        for count in counts_of(vote)
        if ties.figure(row, count) is not None
    ]


def rule(vote: Vote, words: Wording) -> str:
    """Which count decided, and what follows from it that nobody would guess; empty where nothing passes."""
    return " ".join(filter(None, [_rule(vote, words), telling(vote).rule_says(vote, words)]))


def _rule(vote: Vote, words: Wording) -> str:
    gettext = words.gettext
    if not vote.decides:
        return ""
    if proportional(vote):
        return gettext(
            "Every group received an equal part of the places; a priority entered when its supporters "
            "together had enough for a whole place."
        )
    if vote.rule == "both":
        return gettext(
            "Only what was ahead by both counts went through: one person, one vote, and every group counting "
            "the same."
        )
    if vote.rule == "balanced":
        return gettext("It was decided with every group counting the same, whatever its size.")
    return gettext("One person, one vote decided.")


def passing(vote: Vote, words: Wording) -> str:
    """How many were to pass; fewer do where fewer were given anything."""
    if not vote.decides:
        return words.gettext("It informs; nothing passes by it.")
    if not vote.passes:  # a second round
        return words.gettext("What it was about had not passed in the first round, and nothing passed here.")
    if proportional(vote):
        return words.ngettext("One was to be chosen.", "%(num)s were to be chosen.", vote.passes)
    if vote.rule == "both":
        if vote.per_column:
            return words.ngettext(
                "At most one was to pass in each column.",
                "At most %(num)s were to pass in each column.",
                vote.passes,
            )
        return words.ngettext("At most one was to pass.", "At most %(num)s were to pass.", vote.passes)
    if vote.per_column:
        return words.ngettext(
            "The first one in each column was to pass.",
            "The first %(num)s in each column were to pass.",
            vote.passes,
        )
    return words.ngettext("The first one was to pass.", "The first %(num)s were to pass.", vote.passes)


def voted(vote: Vote, votes: Iterable[Vote], words: Wording) -> str:
    """What everybody could do; of a second round only that it was asked like the first, where it was."""
    said = telling(vote).says(vote, words)
    first = [one for one in votes if one.stage == vote.second_of]
    if any(telling(one).says(one, words) == said for one in first):
        return words.gettext("Scored as in “%(stage)s”.", stage=first[0].title)
    return said


def recorded(vote: Vote, passed: int, words: Wording) -> str:
    """How many passed by the vote that decided; above what the room says of them afterwards."""
    return words.ngettext(
        "One priority was decided in “%(stage)s”.",
        "%(num)s priorities were decided in “%(stage)s”.",
        passed,
        stage=vote.title,
    )


def about(vote: Vote, words: Wording) -> str:
    """How many of how many contributions a vote was about, and by which vote they came there; empty where it
    was about all of them."""
    if not vote.passed_by or vote.few:
        return ""
    return words.ngettext(
        "One of %(all)s contributions on the board was voted on: what had passed in “%(stage)s”.",
        "%(num)s of %(all)s contributions on the board were voted on: what had passed in “%(stage)s”.",
        len(vote.rows),
        all=words.number(vote.among),
        stage=vote.passed_in,
    )


def again(vote: Vote, words: Wording) -> str:
    """What a second round is; empty for another vote."""
    if not vote.second_of:
        return ""
    return words.gettext(
        "A second round: only what the first had left divided, or what groups saw differently, was scored "
        "again, after everybody could read both sides' reasons."
    )


def backed(backing: Backing, words: Wording) -> str:
    """Which groups paid for an item that equal shares chose."""
    if not backing.backed_by:
        return words.gettext("Nobody had enough left; it filled a place by the balanced count.")
    paid = sorted(backing.backed_by, key=lambda pair: -pair[1])
    told = ", ".join(f"{cell.mark.name} {words.percent(share)}" for cell, share in paid)
    return words.gettext("Backed by: %(groups)s.", groups=told)


def by_shares(vote: Vote, words: Wording) -> str:
    """What equal shares would have chosen where they did not decide; empty where there is no portfolio."""
    found = [backing for listing in vote.listings for backing in listing.portfolio]
    if not found or proportional(vote):
        return ""
    chosen, through = {one.row.item for one in found}, {row.item for row in vote.through}
    if chosen == through:
        return words.gettext("With the list shared out among the groups the same would have passed.")
    quoted = [words.gettext("“%(title)s”", title=title_of(one.row, words)) for one in found]
    return words.gettext(
        "With the list shared out among the groups these would have passed: %(titles)s.",
        titles=words.listed(quoted),
    )


def why_nothing(vote: Vote, words: Wording) -> str:
    """Why nothing could pass; empty where that follows from nothing that is told."""
    return telling(vote).why_nothing(vote, words)


def same_by_both(vote: Vote) -> bool:
    """Whether something passed, and every item, hidden since or not, passes by both counts or by neither."""
    return bool(vote.through) and all(row.passes_headcount == row.passes_balanced for row in vote.rows)


def concordance(listing: Listing, words: Wording) -> str:
    """How far the orders of a ranking agree (Kendall's W); empty for another method."""
    if listing.w is None:
        return ""
    return words.gettext(
        "How far the orders agree: %(w)s (Kendall's W; 0: not at all, 1: all the same).",
        w=words.number(listing.w, 2),
    )


def placed(vote: Vote, words: Wording) -> str:
    """Why nothing, or not everything, is told by territory; empty where it is, or where there are none."""
    if vote.territories_without:
        return words.gettext(
            "By territory without groups of which fewer than three people voted on one side: %(groups)s.",
            groups=words.listed(vote.territories_without),
        )
    if not vote.territories_withheld:
        return ""
    return words.gettext(
        "By territory nothing is shown: together with the groups it would tell how single people voted."
    )


def placed_alike(report: Report, words: Wording) -> str:
    """:func:`placed` where it is the same for every vote that counts; empty where it is not, or where there
    is nothing to say."""
    said = [placed(vote, words) for vote in report.votes if vote.last and not vote.few]
    return said[0] if len(said) > 1 and len(set(said)) == 1 else ""


def placed_items(report: Report, words: Wording) -> str:
    """Why some items have no figure by territory; empty where none are told, or where all items have one."""
    if not any(vote.territories and vote.method in JUDGED for vote in report.votes):
        return ""
    return words.gettext(
        "Nothing is told by territory of an item that only one or two people of a group that counts there "
        "judged on one side."
    )


def turnout(vote: Vote, words: Wording) -> str:
    """How many voted, and which groups did not."""
    voted = words.ngettext("One person cast a vote.", "%(num)s people cast a vote.", vote.voters)
    if not vote.absent:
        return voted
    missing = words.gettext("No votes from: %(groups)s.", groups=words.listed(vote.absent))
    return f"{voted} {missing}"


def too_few(voters: int, words: Wording) -> str:
    """Why there are no figures. Sheets of paper do not count towards the three."""
    if voters >= FEWEST:
        return words.gettext(
            "Fewer than three people voted on a phone. To protect them no figures are shown."
        )
    return words.gettext("Fewer than three people took part. To protect them no figures are shown.")


def together(vote: Vote, words: Wording) -> str:
    """Which groups stand together, and that they count as one, or that all do; empty where none do."""
    if not vote.pooled:
        return ""
    if vote.all_together:
        return not_apart(words)
    names = [cell.mark.name + "." for cell in vote.pooled]
    return " ".join([*names, count_as_one(words)])


def count_as_one(words: Wording) -> str:
    """What showing groups together means for the balanced count."""
    return words.gettext("Groups shown together count as one group.")


def not_apart(words: Wording) -> str:
    """Why nothing is told by group where all of them stand together."""
    return words.gettext("Results cannot be shown by group: in some groups too few people took part.")


def how(vote: Vote, words: Wording) -> str:
    """What it was about, by which rule it was decided, by how many, and which groups counted as one."""
    told = (about, again, rule, passing, turnout, together)
    return " ".join(filter(None, (sentence(vote, words) for sentence in told)))


def standing(report: Report, words: Wording) -> str:
    """What every page says of a report that is none of a finished workshop; "" of one that is."""
    if report.rehearsal:
        return words.gettext("Rehearsal: nothing of what is written or voted here counts.")
    return words.gettext("Draft: the workshop has not ended") if report.draft else ""


def caution(words: Wording) -> str:
    """What the warning sign beside an item stands for, unless a lot decided."""
    return words.gettext("Treat this position with caution: it depends on a group with very few voters.")


def caution_for_all(vote: Vote, words: Wording) -> list[str]:
    """What is said once, and of no item, where everything that passed depends on very few; else nothing."""
    if not vote.all_in_doubt:
        return []
    return [
        words.gettext("Treat all positions with caution: what passes depends on groups with very few voters.")
    ]


def doubt(row: Row, vote: Vote, words: Wording) -> str:
    """What the warning sign stands for where the screen shows one beside an item; else nothing."""
    said = []
    if row.cut_depends and not vote.all_in_doubt:
        said.append(caution(words))
    if row.lot:
        said.append(words.gettext("A tie at the cut was decided by lot."))
    return " ".join(said)


def doubts(rows: Iterable[Row], vote: Vote, words: Wording) -> list[str]:
    """What the warning signs beside these items stand for, each meaning once."""
    return list(dict.fromkeys(meaning for row in rows if (meaning := doubt(row, vote, words))))
