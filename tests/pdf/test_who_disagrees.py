"""Page one says who disagrees and why: in the words that people wrote, else by the figures, else that
nobody wrote anything."""

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from edp_app.core.definition import (
    LANGUAGES,
    AgreeMethod,
    CriteriaMethod,
    Criterion,
    DotsMethod,
    Method,
    RankingMethod,
)
from edp_app.report import disagreeing, pages, pdf
from edp_app.report.contents import Report
from edp_app.report.model import report_model
from edp_app.report.why import why
from edp_app.report.wording import wording
from tests.pdf import methods
from tests.pdf.methods_definition import every_method
from tests.support import one_vote
from tests.support.signing import NAMES, WHY, read_back

EN = wording("en")
SIZES = {"gov": 6, "biz": 6}
TWO = CriteriaMethod([Criterion("able", {"en": "Feasible"}), Criterion("new", {"en": "New"})], reason=True)
MUTE = CriteriaMethod(list(TWO.criteria), reason=False)
Says = Callable[[str, int], dict[str, object] | None]


def report_of(method: Method, says: Says, passes: int = 1, **more: object) -> Report:
    room, _ = one_vote.held(method, says, sizes=SIZES, passes=passes, **more)  # type: ignore[arg-type]
    return report_model(room.state)


def told(report: Report) -> list[str]:
    return disagreeing.says(disagreeing.disagreements(report, EN), EN)


def page_one(report: Report) -> str:
    html = pdf.Typesetter(report).html("report/page_one.html", fit=pages.FITS[0])
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html).replace("​", "")).split())


def split(reasons: bool) -> Says:
    """Alpha is everybody's; over Beta, which does not pass, groups part, most over whether it is feasible;
    nobody likes Gamma."""

    def says(person: str, place: int) -> dict[str, object] | None:
        gov = person.startswith("p:gov")
        scores = [
            {"able": 5, "new": 5},
            {"able": 5 if gov else 1, "new": 4 if gov else 2},
            {"able": 1, "new": 1},
        ]
        reason = ("Our people can do it." if gov else "Nobody asked us.") if reasons and place == 1 else ""
        return {"scores": scores[place], **({"reason": reason} if reason else {})}

    return says


def test_both_sides_are_quoted_over_what_did_not_pass() -> None:
    report = report_of(TWO, split(reasons=True))
    (said,) = told(report)
    assert said == (
        "“Beta” (did not pass): groups disagree, from 1.5 (biz) to 4.5 (gov). Of 12 people, six rate it high "
        "(3.5 or more over all criteria) and six low (2.5 or less). "
        "For: “Our people can do it.” Against: “Nobody asked us.”"
    )
    assert f"Who disagrees, and why {said}" in page_one(report)


@pytest.mark.parametrize(
    ("method", "nobody"), [(TWO, "Nobody wrote why."), (MUTE, "Nobody was asked why.")], ids=["asked", "not"]
)
def test_without_a_word_the_figures_say_on_what_the_groups_part(method: Method, nobody: str) -> None:
    (said,) = told(report_of(method, split(reasons=False)))
    assert said.endswith(f"{nobody} Furthest apart on “Feasible”: gov 5.0, biz 1.0.")


def test_people_who_part_within_their_groups_are_counted() -> None:
    def says(person: str, place: int) -> dict[str, object]:
        liked = place == 0 or int(person[-1]) % 2 == 0
        return {"scores": {"able": 5 if liked else 1, "new": 4 if liked else 2}}

    (said, *_) = told(report_of(TWO, says))
    assert "opinions divided" in said
    assert said.endswith(
        "Nobody wrote why. Furthest apart on “Feasible”: six gave it 4 or 5 and six gave it 1 or 2."
    )


def test_where_neither_words_nor_figures_say_why_that_is_said() -> None:
    def says(person: str, place: int) -> dict[str, object]:
        return {"choice": "agree" if place == 0 or int(person[-1]) % 2 == 0 else "disagree"}

    report = report_of(AgreeMethod(reason=True), says)
    (said, *_) = told(report)
    assert re.fullmatch(r"“\w+” \(did not pass\): six agree and six disagree. Nobody wrote why.", said)
    assert said in page_one(report)


def test_a_first_choice_left_out_by_dots_says_who_wanted_it_least() -> None:
    def says(person: str, place: int) -> dict[str, object] | None:
        return {"dots": 2} if place == (1 if person.startswith("p:biz") else 0) else None

    room, _ = one_vote.held(DotsMethod(dots=2, cap=2), says, sizes={"gov": 8, "biz": 4}, rule="headcount")
    (said, *_) = told(report_model(room.state))
    assert said == (
        "biz: the first choice, “Beta” (100% of its dots), did not pass. Nobody was asked why. "
        "Furthest apart: biz (100% of its dots) and gov (0% of its dots)."
    )


def test_groups_far_apart_over_what_passed_by_dots_are_told() -> None:
    """Everybody's first choice passed, by both counts; and yet one group gave the winner nothing."""

    def says(person: str, place: int) -> dict[str, object] | None:
        gov = person.startswith("p:gov")
        dots = [3 if gov else 0, 0 if gov else 3, 1][place]
        return {"dots": dots} if dots else None

    method = DotsMethod(dots=4, cap=3)
    room, _ = one_vote.held(method, says, sizes=SIZES, passes=2)
    first, second = told(report_model(room.state))
    assert first == (
        "“Alpha”: highest with gov (75% of its dots), lowest with biz (0% of its dots). Nobody was asked why."
    )
    assert second.startswith("“Beta”: highest with biz (75% of its dots), lowest with gov (0%")
    text = page_one(report_model(room.state))
    assert first in text
    assert "No group's first choice was left out" not in text


def mostly(sizes: dict[str, int], reasons: bool = True) -> Report:
    """Alpha passes, and the room is for it; two of biz are not. Over Beta, which does not pass, it parts."""

    def says(person: str, place: int) -> dict[str, object] | None:
        against = person in ("p:biz0", "p:biz1")
        high = [not against, int(person[-1]) % 2 == 0, False][place]
        reason = "Water is short." if against else "We have the people."
        told = {"reason": reason} if place == 0 and (reasons or not against) else {}
        return {"scores": {"able": 5 if high else 1, "new": 5 if high else 2}, **told}

    room, _ = one_vote.held(TWO, says, sizes=sizes)
    return report_model(room.state)


def test_who_is_against_what_passed_is_named_where_the_room_was_for_it() -> None:
    report = mostly(SIZES)
    first, second = told(report)
    assert first == (
        "“Alpha” (passed): broad yes. Of 12 people, 10 rate it high "
        "(3.5 or more over all criteria) and two low (2.5 or less). "
        "For: “We have the people.” Against: “Water is short.” Least in favour of it: biz (mean 3.8)."
    )
    assert first in page_one(report)
    assert second.startswith("“Beta” (did not pass): opinions divided.")


def test_where_only_those_for_it_wrote_why_that_is_said() -> None:
    (first, *_) = told(mostly(SIZES, reasons=False))
    assert first.endswith(
        "For: “We have the people.” Nobody who is against it wrote why. "
        "Least in favour of it: biz (mean 3.8)."
    )


def test_no_group_is_named_before_an_objection_as_if_it_were_its_own() -> None:
    """The only one against it, who wrote why, is of another group than the one that is least for it."""

    def says(person: str, place: int) -> dict[str, object]:
        against = person == "p:gov0"
        score = 1 if place or against else 3 if person.startswith("p:biz") else 5
        return {"scores": {"able": score, "new": score}, **({"reason": "Water is short."} if against else {})}

    room, _ = one_vote.held(TWO, says, sizes={"gov": 6, "biz": 3}, passes=1)
    report = report_model(room.state)
    (first, *_) = told(report)
    assert first.startswith("“Alpha” (passed): ")
    assert first.endswith("Against: “Water is short.” Least in favour of it: biz (mean 3.0).")
    assert "biz" not in first.partition("Against: ")[0]
    assert first in page_one(report)


def test_of_groups_that_stand_together_none_is_said_to_be_against() -> None:
    (first, *_) = told(mostly({"gov": 2, "biz": 2, "aca": 2}))
    assert first.startswith("“Alpha” (passed): ")
    assert "Least in favour" not in first
    assert "Against: “Water is short.”" in first


@pytest.mark.parametrize("reason", [True, False])
def test_a_group_that_is_against_what_passed_by_agreement_is_named(reason: bool) -> None:
    def says(person: str, place: int) -> dict[str, object]:
        against = person.startswith("p:biz") and int(person[-1]) > 0
        return {"choice": "disagree" if place or against else "agree"}

    room, _ = one_vote.held(AgreeMethod(reason=reason), says, sizes={"gov": 9, "biz": 3})
    (first, *_) = told(report_model(room.state))
    assert first.startswith(
        "“Alpha” (passed): 10 agree and two disagree. On the whole against it: biz (33% agree)."
    )


def test_groups_that_put_what_passed_in_very_different_places_are_told() -> None:
    _, items = one_vote.held(AgreeMethod(), lambda _, _place: None, sizes=SIZES)

    def says(person: str, place: int) -> dict[str, object] | None:
        alpha, beta, gamma = items
        order = [alpha, beta, gamma] if person.startswith("p:gov") else [beta, gamma, alpha]
        return None if place else {"item": "", "order": order}

    (first, *_) = told(report_of(RankingMethod(), says, passes=2))
    assert "“Alpha”: highest with gov (mean place 1.0), lowest with biz (mean place 3.0)." in first


def test_what_is_level_is_called_so() -> None:
    def says(person: str, place: int) -> dict[str, object] | None:
        return {"dots": 1} if place in (0, 1) else None

    room, _ = one_vote.held(DotsMethod(dots=3), says, sizes=SIZES, passes=2)
    assert "The same number: these are level." in page_one(report_model(room.state))
    room, _ = one_vote.held(
        DotsMethod(dots=3, cap=2),
        lambda _, place: {"dots": 2 - place} if place < 2 else None,
        sizes=SIZES,
        passes=2,
    )
    assert "The same number" not in page_one(report_model(room.state))


def test_of_people_who_stand_together_as_one_nothing_is_said_of_groups() -> None:
    def says(person: str, place: int) -> dict[str, object] | None:
        return {"dots": 1} if place == 0 else None

    room, _ = one_vote.held(DotsMethod(dots=1), says, sizes={"gov": 2, "biz": 1}, passes=1)
    text = page_one(report_model(room.state))
    assert "Alpha" in text
    assert "No group's first choice" not in text


def test_who_does_not_stand_by_what_was_read_back_is_on_page_one_with_why_and_without_a_name() -> None:
    room, _ = read_back()
    text = page_one(report_model(room.workshop.state, "en", NAMES))
    assert re.search(r"Read_Back · “[^”]+”: eight agree and two disagree\. (For: “[^”]+” )?Against: “", text)
    assert f"Against: “{WHY}”" in text
    assert "Ana Quispe" not in text


def test_why_is_told_once_and_a_side_that_nobody_is_on_any_more_is_not_quoted() -> None:
    report = report_model(methods.held(every_method("en")).workshop.state)
    found = disagreeing.disagreements(report, EN)
    named = [one.item for one in found if one.why]
    assert len(named) == len(set(named))
    assert len({one.item for one in found}) == len(named)
    vote = next(one for one in report.votes if one.method == "criteria" and one.last and not one.second_of)
    row = next(row for row in vote.rows if row.scored and dict(row.scored.reasons).keys() >= {"high", "low"})
    assert [voice for voice, _ in why(row, vote, report, EN).heard] == ["for", "against"]
    assert row.scored is not None
    agreed = replace(row, part=replace(row.scored, sides=(9, 1, 0)))
    assert "against" not in [voice for voice, _ in why(agreed, vote, report, EN).heard]


def test_nothing_is_said_of_what_was_hidden_or_not_published() -> None:
    report = report_of(TWO, split(reasons=True))
    (vote,) = report.votes
    hidden = tuple(
        replace(listing, rows=tuple(replace(row, title="", entry=None) for row in listing.rows))
        for listing in vote.listings
    )
    assert told(replace(report, votes=(replace(vote, listings=hidden),))) == []
    assert told(replace(report, votes=(replace(vote, few=True, listings=()),))) == []


def test_it_is_told_in_every_language() -> None:
    report = report_of(TWO, split(reasons=False))
    for language in set(LANGUAGES) - {"en"}:
        words = wording(language)
        (said,) = disagreeing.says(disagreeing.disagreements(report, words), words)
        assert not re.search(r"Nobody|Furthest|did not pass", said)


# ---- it fits


LONG = " ".join(["Una escuela técnica binacional de agricultura en el desierto, con laboratorios"] * 3)[:200]
GROUPS = {f"group_of_many_words_number_{n}": 3 for n in range(12)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_twelve_groups_fifteen_priorities_and_long_titles_fit_on_page_one(
    language: str, tmp_path: Path
) -> None:
    def says(person: str, place: int) -> dict[str, object]:
        liked = int(person.split("_number_")[1][:-1]) % 3 != place % 3
        return {
            "scores": {"able": 5 if liked else 1, "new": 5 if liked else 2},
            "reason": ("A reason of many words that " * 9)[:240]
            if liked
            else ("Because of what it costs " * 9),
        }

    titles = [f"{n} {LONG}"[:200] for n in range(18)]
    room, _ = one_vote.held(TWO, says, sizes=GROUPS, titles=titles, passes=15)
    report = report_model(room.state, language)
    setter = pdf.Typesetter(report)
    document = setter.layout(setter.html("report/page_one.html", fit=setter.fit()))
    assert len(document.pages) == 1
    file = tmp_path / "one.pdf"
    document.write_pdf(file)
    text = subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True, text=True).stdout
    text = " ".join(text.split())
    words = wording(language)
    assert words.gettext("Who disagrees, and why") in text
    assert words.gettext("For: “%(reason)s”", reason="")[:-1] in text
    assert words.gettext("Against: “%(reason)s”", reason="")[:-1] in text
