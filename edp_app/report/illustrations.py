"""The pictures of a vote, drawn from what was published, as large as a page of the report holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from edp_app.charts import PAGE_WIDTH, Chart
from edp_app.charts.published import Wanted, fitting, pictures_of
from edp_app.report.contents import Questionnaire, Vote
from edp_app.report.votes import telling
from edp_app.report.wording import Look

HIGHEST = 720.0
"""In units of drawing: what a page holds beside a heading. What has no room is in the tables."""


SPOKES = 5
"""From so many questions on a wheel tells more than the questions one by one."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and what stands over it."""

    name: str
    caption: str
    chart: Chart
    whole: bool
    """Every item is in it."""


def pictures(vote: Vote, look: Look, only: Sequence[str] = ()) -> list[Picture]:
    """The pictures that the method of a vote is told with; ``only`` some of them. None where every column has
    its own list: there the matrix and the ranking tell it."""
    if vote.few or vote.per_column or not any(row.given for row in vote.rows):
        return []
    there = pictures_of(vote.past)
    wanted = [name for name in telling(vote).pictures if name in there and (not only or name in only)]
    if vote.rule == "portfolio" and "portfolio" in wanted:
        wanted = [name for name in wanted if name != "by_group"]
    elif "portfolio" in wanted:
        wanted.remove("portfolio")
    return [_drawn(name, vote, look) for name in wanted]


def wheel(questionnaire: Questionnaire, look: Look) -> Picture | None:
    """The questions of a round on a wheel, where there are enough of them on one scale to be read as one."""
    told = [one for one in questionnaire.questions if one.scale and one.mean is not None]
    if len(told) < SPOKES or "radar" not in pictures_of(questionnaire.past):
        return None
    return _drawn("radar", questionnaire, look)


def _drawn(name: str, vote: Vote | Questionnaire, look: Look) -> Picture:
    drawn = fitting(Wanted(name, headed=False), vote.past, vote.groups, look, PAGE_WIDTH, HIGHEST)
    return Picture(name, drawn.title, drawn.chart, drawn.shown == drawn.all)
