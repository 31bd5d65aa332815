"""Votes as tests write them down: what a result is computed from, in the fewest words."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from edp_app.core.definition import CriteriaMethod, Criterion, DotsMethod, VoteSettings
from edp_app.core.results.scores import criteria_result
from edp_app.core.results.spent import dots_result
from edp_app.core.results.voted import Ballot, Candidate, Voted


def dots_published(
    *, method: DotsMethod, rule: Any, passes: int, ballots: Mapping[str, Mapping[str, int]], **room: Any
) -> dict[str, Any]:
    """The published result of a vote with dots, without its version, the portfolio and how many gave an item
    anything, of which other tests are."""
    vote = VoteSettings(of="x", method=method, rule=rule, passes=passes)
    result = dots_result(Voted(vote=vote, ballots=ballots, **{**room, "paper": frozenset(room["paper"])}))
    del result["version"]
    for column in result.get("columns", []):
        column.pop("portfolio", None)
        for row in column["items"]:
            del row["n"]
            row["passes_by"].pop("portfolio", None)
    return result


def scored(
    items: Mapping[str, Mapping[str, Sequence[int | None]]],
    *,
    privacy: Any = "grouped",
    rule: Any = "balanced",
    passes: int = 1,
    seed: str = "5eed",
    **room: Any,
) -> dict[str, Any]:
    """The published result of a vote with a single criterion "all". ``items``: item to group to its people's
    scores, the first person's first; None for "don't know"."""
    ballots: dict[str, dict[str, Ballot]] = {}
    groups = {}
    for item, by_group in items.items():
        for group, scores in by_group.items():
            for n, score in enumerate(scores):
                voter = f"{group}{n}"
                groups[voter] = group
                ballots.setdefault(voter, {})[item] = Ballot(scores={"all": score or 0})
    method = CriteriaMethod(criteria=[Criterion("all", {"en": "All in all"})])
    return criteria_result(
        Voted(
            vote=VoteSettings(of="x", method=method, rule=rule, passes=passes),
            columns=["c"],
            candidates={item: Candidate("c", item) for item in items},
            ballots=ballots,
            groups=groups,
            weights={"all": Fraction(1)},
            privacy=privacy,
            seed=seed,
            **{"order": ["gov", "biz", "aca", "civ", "env"], **room},
        )
    )
