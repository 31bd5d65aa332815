"""What long runs came to, kept as rows of a table: one for each run of each fault."""

import datetime
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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
        rows, section = _parts()
        RESULTS.write_text(f"{rows}{self.row(seconds, held)}{section}")


TAKEN_OUT = """
## Protections taken out

Written by `pytest tests/fault/test_protections.py --long`: each protection of `protections.toml` is taken
out in a copy of the repository, one at a time, and a test has to go red by its own assertion. One line for
each run, and what came of the last one.

"""


def write_taken_out(verdicts: Mapping[str, Any], seconds: float) -> None:
    """Add a run: the name of each protection to whether somebody ``noticed`` that it was gone, and who
    (``words``)."""
    rows, section = _parts()
    runs = [line for line in section.splitlines() if line.startswith("- 20")]
    noticed = sum(verdict.noticed for verdict in verdicts.values())
    when = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M")
    runs.append(
        f"- {when} UTC: {len(verdicts)} taken out, {noticed} noticed, {seconds / 60:.0f} minutes, "
        f"Python {platform.python_version()}"
    )
    table = ["", "| without | noticed by |", "|---|---|"]
    for name, verdict in verdicts.items():
        table.append(f"| {name} | {_code(verdict.words) if verdict.noticed else f'**{verdict.words}**'} |")
    RESULTS.write_text(rows + TAKEN_OUT + "\n".join([*runs, *table]) + "\n")


def _code(test: str) -> str:
    return f"`{test.removeprefix('tests/')}`"


def _parts() -> tuple[str, str]:
    """The table of faults with what stands above it, and the section that comes after it."""
    text = RESULTS.read_text() if RESULTS.exists() else HEAD
    title = TAKEN_OUT.splitlines(keepends=True)[1]
    rows, mark, section = text.partition("\n" + title)
    return rows, mark + section
