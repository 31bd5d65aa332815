"""Ties at the cut, the order of the two counts, what stands together: told as the rules have it."""

import random
from collections.abc import Mapping, Sequence

import pytest

from edp_app.config import resource_dir
from edp_app.core.commands import AddItem, CastBallot, CloseStage, OpenStage, RevealResult
from edp_app.core.definition import Rule
from edp_app.core.views import view
from edp_app.report import contested, promised, sentences, ties
from edp_app.report.contents import Report, Row, Vote
from edp_app.report.model import report_model
from edp_app.report.wording import wording
from tests.pdf.sample import people_of
from tests.support.definitions import border_region
from tests.support.memory import MemoryWorkshop

EN = wording("en")
Given = Mapping[str, Sequence[str]]
"""By group what each of its people gave a dot to: "AAB" is two dots for A and one for B."""


def workshop_of(given: Given, rule: Rule = "balanced", language: str = "en") -> MemoryWorkshop:
    """A workshop whose ideas A, B, C … were voted on like that; three pass."""
    workshop = MemoryWorkshop(border_region(language, rule=rule))
    workshop.must(OpenStage("who"))
    people = people_of(workshop, {group: len(ballots) for group, ballots in given.items()})
    workshop.must(OpenStage("ideas"))
    letters = sorted({letter for ballots in given.values() for ballot in ballots for letter in ballot})
    ids = {
        letter: workshop.must(AddItem("ideas.1", "idea", letter), people[0])[0].item  # type: ignore[union-attr]
        for letter in letters
    }
    workshop.must(OpenStage("shortlist"))
    for person, ballot in zip(people, [b for ballots in given.values() for b in ballots], strict=True):
        for letter in sorted(set(ballot)):
            workshop.must(CastBallot("shortlist.1", ids[letter], ballot.count(letter)), person)
    workshop.must(CloseStage("shortlist.1"))
    workshop.must(RevealResult("shortlist.1"))
    return workshop


def voted(given: Given, rule: Rule = "balanced") -> Report:
    return report_model(workshop_of(given, rule).state)


def decided(given: Given, rule: Rule = "balanced") -> Vote:
    decision = voted(given, rule).decision
    assert decision is not None
    return decision


def row(vote: Vote, title: str) -> Row:
    return next(one for one in vote.rows if one.title == title)


TIED_BY_HEADS: Given = {
    "government": ["AABBC", "AABBC", "AABBC", "AAB"],
    "business": ["ADD", "ADD", "AC"],
}
"""By heads C and D have four dots each and the third place; both groups gave C something, only one gave D. By
groups D is second, and C does not pass."""

BY_SUPPORT = "The tie-break (more support in the group where support is lowest) gives"


def test_a_tie_by_the_other_count_is_told_for_both_items():
    """It is not said of the same rank once that it would have passed and once that it would not, and no
    more."""
    vote = decided(TIED_BY_HEADS)
    assert contested.difference(row(vote, "C"), vote, EN) == (
        "“C”: 4th when every group counts the same, tied for 3rd by one person, one vote. "
        f"It would have passed by heads alone. {BY_SUPPORT} it the place."
    )
    assert contested.difference(row(vote, "D"), vote, EN) == (
        "“D”: 2nd when every group counts the same, tied for 3rd by one person, one vote. "
        f"It would not have passed by heads alone. {BY_SUPPORT} the place to “C”."
    )
    assert contested.decided_ties(vote, EN) == []


def test_a_tie_by_the_deciding_count_names_what_went_first_and_why():
    vote = decided(TIED_BY_HEADS, "headcount")
    assert [one.title for one in vote.through] == ["A", "B", "C"]
    assert contested.tie(row(vote, "D"), vote, EN) == (
        f"Tied for 3rd by one person, one vote. {BY_SUPPORT} the place to “C”."
    )
    assert contested.tie(row(vote, "C"), vote, EN) == (
        f"Tied for 3rd by one person, one vote. {BY_SUPPORT} it the place."
    )
    assert contested.tie(row(vote, "B"), vote, EN) == ""
    assert contested.decided_ties(vote, EN) == [f"Tied for 3rd: “C” and “D”. {BY_SUPPORT} the place to “C”."]
    assert contested.difference(row(vote, "D"), vote, EN) == (
        "“D”: tied for 3rd by one person, one vote, 2nd when every group counts the same. "
        "It would have passed with every group counting the same."
    )


def random_votes() -> list[tuple[Given, Rule]]:
    rng = random.Random(3)
    rules: tuple[Rule, ...] = ("headcount", "balanced", "both")
    found: list[tuple[Given, Rule]] = []
    for n in range(36):
        ballots = {
            group: ["".join(rng.sample("ABCDE", rng.randrange(1, 4))) for _ in range(3)]
            for group in ("government", "business", "academia")
        }
        found.append((ballots, rules[n % 3]))
    return found


def test_ties_are_those_that_the_rules_found():
    """What tied and did not pass, and where the lot decided, is read here from ranks and shares; the result
    itself says it for the counts that decided."""
    lots = support = 0
    for given, rule in random_votes():
        workshop = workshop_of(given, rule)
        vote = report_model(workshop.state).decision
        assert vote is not None
        (listing,) = vote.listings
        (published,) = view(workshop.state, "screen")["results"]["shortlist.1"]["result"]["columns"]
        found = [tie for count in sentences.deciding(vote) if (tie := ties.tie_at_cut(listing, count))]
        out = {one.item for tie in found for one in tie.lost if not one.passes}
        assert out == set(published.get("tied_out", []))
        lot = {one.item for tie in found for one in (*tie.won, *tie.lost) if tie.step(one) == "lot"}
        assert lot == {one["item"] for one in published["items"] if one.get("lot")}
        lots += any(tie.step(*tie.lost) == "lot" for tie in found)
        support += any(tie.step(*tie.lost) == "cells" for tie in found)
        for one in listing.rows:
            assert bool(contested.tie(one, vote, EN)) == any(one in (*tie.won, *tie.lost) for tie in found)
    assert lots > 2
    assert support > 2


# ---- the order of the counts


@pytest.mark.parametrize(
    ("rule", "first"), [("headcount", "heads"), ("balanced", "groups"), ("both", "groups")]
)
def test_the_deciding_count_stands_first_in_words(rule, first):
    vote = decided(TIED_BY_HEADS, rule)
    said = sentences.places(row(vote, "A"), vote, EN)
    assert said[0].startswith("One person, one vote" if first == "heads" else "Every group counting the same")
    assert len(said) == 2
    told = contested.difference(row(vote, "D"), vote, EN)
    assert (told.index("by one person, one vote") < told.index("when every group counts the same")) == (
        first == "heads"
    )


def test_what_the_other_count_would_have_changed_is_said_of_the_other_count():
    """Where heads decided, nothing "would have passed by heads alone"."""
    vote = decided({"government": ["AABBC"] * 9, "business": ["DDEEC"] * 3}, "headcount")
    said = " ".join(contested.difference(one, vote, EN) for one in contested.differing(vote))
    assert "with every group counting the same" in said
    assert "by heads alone" not in said


# ---- groups shown together


def test_groups_shown_together_count_as_one_group_and_the_report_says_so():
    report = voted({"government": ["AAB"] * 4, "civil_society": ["BC"] * 2, "environment": ["C"] * 2})
    assert report.decision is not None
    assert sentences.how(report.decision, EN).endswith(
        "Smaller groups together: Civil society and communities, Environment. "
        "Groups shown together count as one group."
    )
    assert promised.privacy(report, EN).endswith("Groups shown together count as one group.")
    whole = voted(TIED_BY_HEADS)
    assert whole.decision is not None
    assert "together" not in sentences.how(whole.decision, EN)
    assert not promised.privacy(whole, EN).endswith("Groups shown together count as one group.")


@pytest.mark.parametrize("privacy", ["grouped", "open", "headcount"])
def test_privacy_is_promised_in_the_words_of_the_page_for_joining(privacy):
    said = promised.privacy(report_model(MemoryWorkshop(border_region("en", privacy=privacy)).state), EN)
    promise = said.split("“")[1].split("”")[0]
    assert f't("{promise}")' in (resource_dir("static") / "js/phone/join.js").read_text("utf-8")
