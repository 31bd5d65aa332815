"""What each index means and where it comes from: for the annex, and only those that occur."""

from dataclasses import dataclass

from edp_app.report.contents import Report
from edp_app.report.wording import Wording


@dataclass(frozen=True, slots=True)
class Index:
    """An index, in plain words. ``source``: the publication that defines it, or how it is made here."""

    name: str
    says: str
    source: str


def meanings(report: Report, words: Wording) -> list[Index]:
    """The indices behind this report's votes."""
    told = [vote for vote in report.votes if not vote.few]
    methods = {vote.method for vote in told}
    found: list[Index] = []
    if "criteria" in methods:
        found += _of_scores(words, by_groups=any(vote.by_groups for vote in told))
    if "agree" in methods and any(vote.by_groups for vote in told if vote.method == "agree"):
        found.append(_consensus(words))
    if any(listing.w is not None for vote in told for listing in vote.listings):
        found.append(_concordance(words))
    if any(listing.portfolio for vote in told for listing in vote.listings):
        found.append(_shares(words))
    return found


def _of_scores(words: Wording, *, by_groups: bool) -> list[Index]:
    gettext = words.gettext
    found = [
        Index(
            gettext("Agreement (A)"),
            gettext(
                "How close together the opinions lie: 1 all the same, 0 spread evenly, −1 two camps at the "
                "ends. Taken of low, middle and high totals, of a single criterion of the scores themselves; "
                "every group counts the same."
            ),
            "C. van der Eijk, Measuring agreement in ordered rating scales, 2001, "
            "doi:10.1023/A:1010374114305",
        ),
        Index(
            gettext("Polarisation"),
            gettext("The same turned round: 0 of one mind, 1 two camps; (1 − A) ÷ 2."),
            gettext("from A"),
        ),
    ]
    if by_groups:
        found += [
            Index(
                gettext("Gap"),
                gettext("The highest mean total of a group less the lowest, on the scale from 1 to 5."),
                gettext("this report"),
            ),
            Index(
                "p",
                gettext(
                    "How often a gap as wide comes out if the same scores are dealt to groups by chance, in "
                    "2,000 tries. Told where the gap is 1 or more and p is at most 0.05: then the groups "
                    "differ."
                ),
                "B. Phipson, G. K. Smyth, Permutation p-values should never be zero, 2010, "
                "doi:10.2202/1544-6115.1585",
            ),
        ]
    return found


def _consensus(words: Wording) -> Index:
    return Index(
        words.gettext("Consensus of the groups"),
        words.gettext(
            "The groups' shares that agree, multiplied: high only where every group agrees. For each group "
            "(agree + 1) ÷ (answers + 2), then the geometric mean over the groups."
        ),
        "C. Small et al., Polis, Recerca 26, 2021, doi:10.6035/recerca.5516",
    )


def _concordance(words: Wording) -> Index:
    return Index(
        words.gettext("Concordance (W)"),
        words.gettext("How far all orders agree: 0 not at all, 1 every order is the same."),
        "M. G. Kendall, B. Babington Smith, The problem of m rankings, 1939, doi:10.1214/aoms/1177732186",
    )


def _shares(words: Wording) -> Index:
    return Index(
        words.gettext("List shared out among the groups (method of equal shares)"),
        words.gettext(
            "The places are divided equally among the groups, and each group's part among its voters; an "
            "item enters when its supporters together have a whole place, the one that takes least of them "
            "first."
        ),
        "D. Peters, P. Skowron, Proportionality and the limits of welfarism, 2020, "
        "doi:10.1145/3391403.3399465",
    )
