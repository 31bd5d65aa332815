"""The screen, the end and page one of the report come to the same answer after a second round."""

import json
import subprocess
from pathlib import Path

from edp_app.core.commands import HideItem
from edp_app.core.views import view
from tests.support.memory import plain
from tests.support.twice import FIRST, Scores, Twice

ROOT = Path(__file__).resolve().parents[2]

SCRIPT = """
import { readFileSync } from "node:fs";
import { profile } from "./tests/unit/js/browser.js";
profile();
globalThis.document = { documentElement: {} };
const { setUpLanguage } = await import("./static/js/shared/i18n.js");
await setUpLanguage({ language: "en", languages: ["en"], ownLanguage: true });
const { standing } = await import("./static/js/shared/results/said.js");
const { decisions, standingRuns } = await import("./static/js/screen/stands.js");
const { bothHeadline } = await import("./static/js/shared/results/said.js");
const allOf = ({ result }) => (result.columns || []).flatMap(({ items }) => items);
const idOf = ({ item }) => item;
const rowsOf = (past) => allOf(past).filter((row) => row.passes);
console.log(JSON.stringify(JSON.parse(readFileSync(0)).map(({ results, results_order: order }) => {
  const runs = standingRuns(results, order);
  const stays = (kept) => ({ item }) => !kept || kept.includes(item);
  const end = runs.flatMap(({ run, kept }) => rowsOf(results[run]).filter(stays(kept)));
  const second = runs.map(({ run }) => run).find((run) => results[run].second_of);
  const both = second && standing(results[second], results);
  return {
    end: end.map(({ item }) => item),
    decided: decisions(results, order).map(({ lists }) => lists.flatMap(({ rows }) => rows.map(idOf))),
    hidden: runs.flatMap(({ run }) => rowsOf(results[run])).filter((row) => !row.title).map(idOf),
    screen: both ? both.kept.concat(rowsOf(results[second])).map(({ item }) => item) : null,
    headline: both ? bothHeadline(both) : null,
  };
})));
"""

AGAIN: Scores = {"Alpha": (2, 2), "Beta": (4, 4), "Gamma": (5, 5)}
LESS: Scores = {"Beta": (2, 2), "Gamma": (5, 5)}


def rooms() -> dict[str, Twice]:
    """What may happen between and after the rounds, by its name."""
    found = {name: Twice() for name in ("plain", "few", "hidden", "hidden after", "newer", "twice")}
    for into in ("Beta", "Delta", "Epsilon"):
        found[f"merged into {into}"] = Twice()
        found[f"merged into {into}"].merge("Alpha", into, "Two in one")
        found[f"merged into {into}"].vote("again", LESS)
    found["hidden"].workshop.must(HideItem(found["hidden"].ids["Alpha"]))
    found["hidden"].vote("again", LESS)
    for name in ("plain", "hidden after", "newer", "twice"):
        found[name].vote("again", AGAIN)
    found["hidden after"].workshop.must(HideItem(found["hidden after"].ids["Gamma"]))
    found["newer"].vote("score", dict.fromkeys(FIRST, (1, 1)) | {"Delta": (4, 4)})
    found["twice"].vote("again", {"Alpha": (5, 5), "Gamma": (1, 1)})
    found["twice"].vote("again", AGAIN, people=2)
    found["few"].vote("again", AGAIN, people=2)
    return found


def test_the_screen_and_the_end_tell_what_the_report_tells() -> None:
    played = rooms()
    views = [plain(view(room.workshop.state, "screen")) for room in played.values()]
    done = subprocess.run(
        ["node", "--input-type=module", "-e", SCRIPT],
        input=json.dumps(views),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for (name, room), told in zip(played.items(), json.loads(done.stdout), strict=True):
        report = [row.item for row in room.report.through]
        assert sorted(told["end"]) == sorted(report), name
        decided = [[item for item in report if item not in told["hidden"]]]
        assert [sorted(items) for items in told["decided"]] == [sorted(items) for items in decided], name
        if room.report.second_rounds:
            assert told["screen"] == report, name
            assert told["decided"] == decided, f"{name}: both rounds are one list, in the same order"
            kept = len(report)
            assert told["headline"].startswith(
                f"After both rounds {kept} of " if kept > 1 else "After both rounds one of "
            )
        else:
            assert told["screen"] is None, name
