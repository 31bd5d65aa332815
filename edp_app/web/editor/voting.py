"""How people vote in a stage, in a sentence or two: the method, how much everyone has to give, what passes.

The library says it of every vote, whatever the stage is called: a name such as “Shortlist” tells nobody
whether dots are placed or points divided.
"""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from edp_app.core.formats.adding import vote_of
from edp_app.core.registry import Json
from edp_app.web.editor import words
from edp_app.web.editor.changes import Table


def how_one_votes(stage: Table) -> str:
    """Of a vote, with these settings; empty for any other stage."""
    vote = vote_of(stage)
    if vote is None:
        return ""
    method = vote["method"]
    return " ".join(said for said in (HOW[method["type"]](method), _what_passes(vote)) if said)


def _dots(method: Json) -> str:
    dots, cap = method["dots"], method["cap"]
    if method["per"] == "column":
        many = ngettext(
            "Everyone places one dot under each heading.",
            "Everyone places %(num)s dots under each heading.",
            dots,
        )
    else:
        many = ngettext("Everyone places one dot.", "Everyone places %(num)s dots.", dots)
    return many if cap >= dots else f"{many} {_at_most(cap)}"


def _points(method: Json) -> str:
    points, cap = method["points"], method.get("cap")
    many = _("Everyone divides a budget of %(points)s points among the contributions.", points=points)
    return many if cap is None or cap >= points else f"{many} {_at_most(cap)}"


def _at_most(cap: int) -> str:
    return ngettext("At most one on the same contribution.", "At most %(num)s on the same contribution.", cap)


def _agree(_method: Json) -> str:
    return _("Everyone says of each contribution: agree, disagree or no opinion.")


def _criteria(method: Json) -> str:
    if "criteria" not in method:
        return _("Everyone scores from 1 to 5 once more, by the criteria of the first round.")
    return ngettext(
        "Everyone scores each contribution from 1 to 5.",
        "Everyone scores each contribution from 1 to 5 by %(num)s criteria.",
        len([one for one in method["criteria"] if not one.get("beside")]),
    )


def _axes(_method: Json) -> str:
    return _("Everyone places each contribution on two scales from 1 to 5.")


def _choice(_method: Json) -> str:
    return _("Everyone chooses one answer for each contribution.")


def _ranking(method: Json) -> str:
    if top := method.get("top"):
        return ngettext(
            "Everyone chooses the contribution that they put first.",
            "Everyone puts up to %(num)s contributions in order, the best first.",
            top,
        )
    return _("Everyone puts the contributions in order, the best first.")


HOW: dict[str, Callable[[Json], str]] = {
    "dots": _dots,
    "points": _points,
    "agree": _agree,
    "criteria": _criteria,
    "axes": _axes,
    "choice": _choice,
    "ranking": _ranking,
}
"""What everyone does, by the method's name. A contract test names what is missing."""


def _what_passes(vote: Json) -> str:
    passes, rule = vote.get("passes", 0), vote.get("rule", "")
    if not passes:
        return _("Nothing passes or drops out by it.")
    if rule in ("both", "portfolio"):
        many = ngettext("At most one passes", "At most %(num)s pass", passes)
    elif vote["method"].get("per") == "column":
        many = ngettext(
            "The first one under each heading passes", "The first %(num)s under each heading pass", passes
        )
    else:
        many = ngettext("The first one passes", "The first %(num)s pass", passes)
    return _(
        "%(passes)s. What decides: %(rule)s.", passes=many, rule=_small(str(words.CHOICES["rule"][rule]))
    )


def _small(said: str) -> str:
    """As it stands inside a sentence."""
    return said[:1].lower() + said[1:]
