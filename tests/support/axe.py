"""axe-core on a page: what a machine can find of what keeps people out."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"


def findings(page: Page, impacts: tuple[str, ...] = ("serious", "critical")) -> list[str]:
    """The rules of WCAG 2.2 AA and good practice that the page breaks, as text; none if it is fine.

    The script is evaluated, not inserted: the page's own content security policy stays as it is. Colours
    that are on their way to another are brought there first: half of the way is nobody's choice.
    """
    page.wait_for_load_state()
    page.evaluate(
        """() => document.getAnimations().forEach((motion) => {
            if (Number.isFinite(motion.effect.getComputedTiming().endTime)) motion.finish();
        })"""
    )
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(SOURCE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(
        """() => axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
            "best-practice"], resultTypes: ["violations"]}).then((result) => result.violations)"""
    )
    return [
        f"{one['id']} ({one['impact']}): {node['target']} {node.get('failureSummary', '')}"
        for one in found
        if one["impact"] in impacts
        for node in one["nodes"]
    ]
