"""The Sustainable Development Goals by their short names (United Nations, A/RES/70/1)."""

from edp_app.report.wording import Wording


def goal_name(number: int, wording: Wording) -> str:
    """The short name of a goal, 1 to 17."""
    gettext = wording.gettext
    return (
        gettext("No poverty"),
        gettext("Zero hunger"),
        gettext("Good health and well-being"),
        gettext("Quality education"),
        gettext("Gender equality"),
        gettext("Clean water and sanitation"),
        gettext("Affordable and clean energy"),
        gettext("Decent work and economic growth"),
        gettext("Industry, innovation and infrastructure"),
        gettext("Reduced inequalities"),
        gettext("Sustainable cities and communities"),
        gettext("Responsible consumption and production"),
        gettext("Climate action"),
        gettext("Life below water"),
        gettext("Life on land"),
        gettext("Peace, justice and strong institutions"),
        gettext("Partnerships for the goals"),
    )[number - 1]
