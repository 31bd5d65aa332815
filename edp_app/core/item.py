"""An item of a gather stage as the state holds it: what somebody wrote, or what was brought in."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Naming:
    """A merge that gave a name: what of it still stands there, and the name that stood ``before``."""

    items: set[str]
    before: str


@dataclass(slots=True)
class Item:
    """What somebody wrote; or what was brought in: that has neither ``run`` nor ``author``, and may have a
    ``source``. ``into`` names the item under which it stands since a merge."""

    id: str
    n: int
    run: str
    stage: str
    column: str
    author: str
    title: str
    source: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    sdgs: list[int] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    revision: int = 1
    hidden: bool = False
    withdrawn: bool = False
    into: str | None = None
    name: str = ""
    """What it is called since others were merged into it; empty: its own title."""
    namings: list["Naming"] = field(default_factory=list)
    """The merges by which it was named, the latest last, as far as anything of them stands under it."""
    waiting: bool = False
    """Nobody but its author and the facilitators sees it until it is approved. Nothing is merged with it."""
    translations: dict[tuple[str, str], str] = field(default_factory=dict)
    """What it was called and a language to the line that stands beside that: it is of those words, and comes
    and goes with them."""
    label: str | None = None
    side: str | None = None
    """The group and the territory that stand beside it while its run is closed, settled at the closing."""

    @property
    def brought(self) -> bool:
        """Whether nobody in the room wrote it."""
        return not self.run

    @property
    def called(self) -> str:
        """The title under which it is shown."""
        return self.name or self.title

    @property
    def stands(self) -> bool:
        """Whether it is shown by itself."""
        return not (self.hidden or self.withdrawn or self.into or self.waiting)

    @property
    def translated(self) -> dict[str, str]:
        """Language to the line that stands beside what it is called now."""
        return self.translated_from(self.called)

    def translated_from(self, words: str) -> dict[str, str]:
        """Language to the line that was put beside these words of it."""
        return {language: text for (of, language), text in self.translations.items() if of == words}
