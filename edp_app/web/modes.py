"""The three ways in which a workshop protects people in small groups, and the three ways in, in words."""

from flask_babel import gettext as _


def privacy_modes() -> list[tuple[str, str]]:
    """Name and explanation of each, in the reader's language and in the order of the form."""
    notes = privacy_notes()
    return [
        (_("Small groups together"), notes["grouped"]),
        (_("Every group shown"), notes["open"]),
        (_("No groups at all"), notes["headcount"]),
    ]


def privacy_notes() -> dict[str, str]:
    """The explanation for each mode's id."""
    return {
        "grouped": _(
            "Groups of which fewer than three people voted are shown together with other small groups "
            "and count as one group. Right for most workshops."
        ),
        "open": _(
            "Every group is shown, even one of a single person, whose vote everyone can then read. "
            "Only if all in the room agree to it."
        ),
        "headcount": _("Only all votes together are shown; nothing is counted by group."),
    }


def door_notes() -> dict[str, str]:
    """The explanation for each way in."""
    return {
        "open": _(
            "Whoever has the code is in at once. One person could join twice, with two phones; you can hold "
            "the heads in the room against the phones."
        ),
        "admitted": _(
            "Whoever joins waits until you let them in, one or all at a time. Nothing they do counts before; "
            "what the screen shows, whoever has the code can read."
        ),
        "badges": _(
            "You make an invitation list and print a badge for each person. It says their group, and lets in "
            "one phone, once. What the screen shows, whoever has the code can read."
        ),
    }
