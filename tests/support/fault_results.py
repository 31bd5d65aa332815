"""What long runs came to, kept as rows of a table: one for each run of each fault."""

import datetime
import platform
from dataclasses import dataclass, field
from pathlib import Path

RESULTS = Path(__file__).parents[1] / "fault" / "RESULTS.md"

FIGURES = (
    "operations",
    "kills",
    "cuts",
    "restarts",
    "frames",
    "connections",
    "memory",
    "lost",
    "double",
)

COLUMNS = ("date (UTC)", "fault", "seconds", *FIGURES, "held", "notes")

HEAD = f"""\
# What the long runs came to

Rows are written by `pytest tests/fault --long` itself when a test has ended, good or bad.

- *Lost*: acknowledged and not in the log as it was acknowledged, or never answered.
- *Double*: in the log more than once.
- *Memory*: the most that the server had above what it had at the beginning, in MB.
- A dash: not counted by that test.

| {" | ".join(COLUMNS)} |
|{"---|" * len(COLUMNS)}
"""


@dataclass
class Results:
    """The totals of one test. What was not counted stays a dash."""

    fault: str
    figures: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def count(self, **figures: int) -> None:
        """Add to these totals."""
        for name, figure in figures.items():
            assert name in FIGURES, name
            self.figures[name] = self.figures.get(name, 0) + figure

    def peak(self, figure: int) -> None:
        """Bytes above the beginning; the most stays."""
        self.figures["memory"] = max(self.figures.get("memory", 0), figure)

    def note(self, text: str) -> None:
        """Something that no column has."""
        self.notes.append(text)

    def row(self, seconds: float, held: bool) -> str:
        """The row of the table."""
        shown = {name: str(figure) for name, figure in self.figures.items()}
        if "memory" in self.figures:
            shown["memory"] = f"{self.figures['memory'] / 1e6:.1f}"
        cells = [
            datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M"),
            self.fault,
            f"{seconds:.0f}",
            *(shown.get(name, "–") for name in FIGURES),
            "yes" if held else "**no**",
            "; ".join([*self.notes, f"Python {platform.python_version()}"]),
        ]
        return f"| {' | '.join(cells)} |\n"

    def append(self, seconds: float, held: bool) -> None:
        """Write the row down."""
        text = RESULTS.read_text() if RESULTS.exists() else HEAD
        RESULTS.write_text(text + self.row(seconds, held))
