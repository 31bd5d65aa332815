"""What the settings of a vote mean together: what its method can have, which earlier stages it rests on."""

from collections.abc import Sequence
from typing import Any, Literal

from edp_app.core.formats import messages as say
from edp_app.core.formats.references import find, kind_of, reference, unique
from edp_app.core.formats.shapes import Shapes
from edp_app.core.formats.source import Place, Table
from edp_app.core.voting import METHODS

RULED = tuple(method.id for method in METHODS if method.rules)
"""The methods by which something passes."""
SHARED_OUT = tuple(method.id for method in METHODS if "portfolio" in method.rules)
"""The methods whose votes can be shared out equally among the groups."""


def check_vote(shapes: Shapes, stages: Sequence[Table], n: int, place: Place) -> None:
    """Note what does not fit together in the ``n``-th stage, a vote."""
    settings = stages[n]["settings"]
    method = settings.get("method", {})
    for key in ("criteria", "options"):
        entries = method.get(key, [])
        unique(shapes, entries, [place.at(key).at(k) for k in range(len(entries))])
    unique(shapes, [method.get("x", {}), method.get("y", {})], [place.at("x"), place.at("y")])
    _caps(shapes, method, place)
    _rule(shapes, settings, method, place)
    if method.get("criteria") and not any(_counts(one) for one in method["criteria"]):
        shapes.wrong(place.at("criteria"), say.NOTHING_COUNTS)
    if "weights_from" in method:
        _weights(shapes, stages, n, place.at("weights_from"))
    if "of" in settings:
        check_of(shapes, stages, n, place.at("of"))
    if "second_of" in settings:
        _second_round(shapes, stages, n, place)
    _sorted_before(shapes, stages[:n], settings, place)
    _leaves_something_out(shapes, stages[:n], settings, place)


def check_of(
    shapes: Shapes, stages: Sequence[Table], n: int, place: Place, key: Literal["of", "links_to"] = "of"
) -> None:
    """Note what is wrong with the items that the ``n``-th stage is about, or that can be named there: they
    are those of a gather stage, or what a vote lets through."""
    target = stages[n]["settings"][key]
    meant = find(stages, target)
    kind = "vote" if meant is not None and kind_of(meant) == "vote" else "gather"
    found = reference(
        shapes, stages, n, key, target, place, kind=kind, message=say.NOT_GATHER_OR_VOTE, also=("vote",)
    )
    if found is None or kind != "vote" or target in shapes.wrong_stages:
        return
    method = found["settings"].get("method", {}).get("type", "dots")
    if method not in RULED or found["settings"].get("passes") == 0:
        shapes.wrong(place, (say.NOTHING_PASSES_THERE if key == "of" else say.NOTHING_TO_NAME), value=target)


def _caps(shapes: Shapes, method: Table, place: Place) -> None:
    cap = method.get("cap")
    if cap is not None and cap > method.get("dots", cap):
        shapes.wrong(place.at("cap"), say.CAP_ABOVE_DOTS, cap=cap, dots=method["dots"])
    if cap is not None and cap > method.get("points", cap):
        shapes.wrong(place.at("cap"), say.CAP_ABOVE_POINTS, cap=cap, points=method["points"])


def _rule(shapes: Shapes, settings: Table, method: Table, place: Place) -> None:
    name = method.get("type")
    if name is None:
        return
    if name not in RULED:
        for key in ("rule", "passes"):
            if key in settings:
                shapes.wrong(place.at(key), say.NOTHING_PASSES, key=key, method=name)
    elif settings.get("passes") == 0 and name != "agree":
        shapes.wrong(place.at("passes"), say.SOMETHING_PASSES, method=name)
    elif settings.get("rule") == "portfolio":
        if name not in SHARED_OUT:
            shapes.wrong(place.at("rule"), say.NO_PORTFOLIO, method=name, choices=", ".join(SHARED_OUT))
        elif method.get("per") == "column":
            shapes.wrong(place.at("rule"), say.NO_PORTFOLIO_PER_COLUMN)


def _counts(criterion: Table) -> bool:
    """Whether a criterion is part of the total."""
    return not criterion.get("beside", False) and bool(criterion.get("weight", 1))


def _weights(shapes: Shapes, stages: Sequence[Table], n: int, place: Place) -> None:
    method = stages[n]["settings"]["method"]
    target = method["weights_from"]
    asking = reference(shapes, stages, n, "weights_from", target, place, kind="ask", message=say.NOT_ASK)
    if asking is None or target in shapes.wrong_stages:
        return
    questions = asking["settings"].get("questions", [])
    steps = {q.get("id"): q.get("steps", 5) for q in questions if q.get("type", "scale") == "scale"}
    wanted = [c["id"] for c in method.get("criteria", []) if "id" in c and not c.get("beside", False)]
    if lacking := [criterion for criterion in wanted if criterion not in steps]:
        shapes.wrong(place, say.NO_WEIGHT_QUESTIONS, value=target, missing=", ".join(lacking))
    elif len({steps[criterion] for criterion in wanted}) > 1:
        shapes.wrong(place, say.UNEQUAL_STEPS, value=target)
    elif any(q.get("first", 1) != 1 for q in questions if q.get("id") in wanted):
        shapes.wrong(place, say.WEIGHTS_FROM_ONE, value=target)  # were all of them 0, nothing would count


def can_weigh(questions: Sequence[Table], criteria: Sequence[Table]) -> bool:
    """Whether what is asked can be the weights of these criteria: a scale for each, all alike and from 1."""
    scales = {one.get("id"): one for one in questions if one.get("type", "scale") == "scale"}
    wanted = [one.get("id") for one in criteria if not one.get("beside", False)]
    if not wanted or not all(one in scales for one in wanted):
        return False
    asked = [scales[one] for one in wanted]
    return len({one.get("steps", 5) for one in asked}) == 1 and all(one.get("first", 1) == 1 for one in asked)


def check_weighs(shapes: Shapes, stages: Sequence[Table], n: int, place: Place) -> None:
    """Warn where the ``n``-th stage asks how much the criteria of a vote count, and no vote takes its weights
    from there."""
    votes = [
        (k, one, one["settings"].get("method", {})) for k, one in enumerate(stages) if kind_of(one) == "vote"
    ]
    if any(method.get("weights_from") == stages[n].get("id") for _, _, method in votes):
        return
    asked = stages[n]["settings"].get("questions", [])
    same = [
        (k, one.get("id", ""), method)
        for k, one, method in votes
        if "second_of" not in one["settings"] and can_weigh(asked, method.get("criteria", []))
    ]
    after = [id_ for k, id_, method in same if k > n and "weights_from" not in method]
    if after:
        shapes.warnings.append(place.error(say.WEIGHS_NOTHING, key="weights_from", value=after[0]))
    elif before := [id_ for k, id_, method in same if k < n and "weights_from" not in method]:
        shapes.warnings.append(place.error(say.WEIGHS_TOO_LATE, value=before[-1]))


def _second_round(shapes: Shapes, stages: Sequence[Table], n: int, place: Place) -> None:
    settings = stages[n]["settings"]
    target, here = settings["second_of"], place.at("second_of")
    first = reference(shapes, stages, n, "second_of", target, here, kind="vote", message=say.NOT_VOTE)
    if settings.get("method", {}).get("type", "criteria") != "criteria":
        shapes.wrong(here, say.SECOND_BY_CRITERIA)
    elif first is not None and target not in shapes.wrong_stages:
        _as_first(shapes, settings, first["settings"], place)


def _as_first(shapes: Shapes, settings: Table, first: Table, place: Place) -> None:
    """The second round asks the same of the same."""
    target = settings["second_of"]
    before, method = first["method"], settings.get("method", {})
    if before.get("type") != "criteria":
        shapes.wrong(place.at("second_of"), say.FIRST_BY_CRITERIA, value=target)
        return
    pairs: list[tuple[str, Any, Any]] = [
        ("of", settings.get("of"), first.get("of")),
        ("weights_from", method.get("weights_from"), before.get("weights_from")),
    ]
    if "criteria" in method and "criteria" in before:
        pairs.append(("criteria", _asked(method), _asked(before)))
    for key, mine, theirs in pairs:
        if mine is not None and mine != theirs:
            shapes.wrong(place.at(key), say.NOT_AS_FIRST, key=key, value=target)


def _asked(method: Table) -> dict[Any, tuple[int, bool]]:
    return {c.get("id"): (c.get("weight", 1), c.get("beside", False)) for c in method["criteria"]}


def _sorted_before(shapes: Shapes, before: Sequence[Table], settings: Table, place: Place) -> None:
    of = str(settings.get("of", ""))
    meant = find(before, of)
    if meant is None or kind_of(meant) != "gather":
        return  # what passed was told of there
    tidied = any(kind_of(s) == "sort" and s["settings"].get("of") == of for s in before)
    if not tidied:
        shapes.warnings.append(place.at("of").error(say.NO_SORT, value=of))


def _leaves_something_out(shapes: Shapes, before: Sequence[Table], settings: Table, place: Place) -> None:
    """Warn where everything that passed by the vote before would pass here, too."""
    of = str(settings.get("of", ""))
    there = find(before, of)
    if there is None or kind_of(there) != "vote" or "second_of" in settings:
        return
    first = find(before, str(there["settings"].get("second_of", ""))) or there
    methods = [one.get("method", {}) for one in (settings, first["settings"])]
    ruled = all(method.get("type", "dots") in RULED for method in methods)
    if not ruled or any(method.get("per") == "column" for method in methods):
        return
    here, most = settings.get("passes", 3), first["settings"].get("passes", 3)
    if 0 < most <= here:
        shapes.warnings.append(place.at("passes").error(say.ALL_PASS, here=here, there=most, value=of))
