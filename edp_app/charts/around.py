"""What stands around a drawing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Around:
    """``title``: what a picture shows and by which count; ``said``: how to read it; ``note``: what is not in
    it. ``headed``: the title is drawn; else it stands elsewhere, as a heading of the page."""

    title: str = ""
    said: str = ""
    note: str = ""
    headed: bool = True


ALONE = Around()
"""Nothing is around it."""
