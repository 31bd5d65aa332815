"""Rehearse against a server that is there already, and say what came of it."""

import asyncio
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from edp_app.core.definition import Definition
from edp_app.rehearsal.facilitator import Browser
from edp_app.rehearsal.habits import Pace
from edp_app.rehearsal.play import Played, Room, Say, play
from edp_app.rehearsal.recount import Verdict
from edp_app.rehearsal.texts import Text


@dataclass(frozen=True)
class Plan:
    """What is to be rehearsed, and where."""

    url: str
    code: str
    login: str
    password: str
    definition: Definition
    texts: list[Text]
    participants: int
    speed: float
    """Divides every pause; 0: as fast as it goes."""
    seed: int


def rehearse(plan: Plan, say: Say, pdf: Path | None = None) -> Played:
    """Play the whole workshop and fetch its report. Raises whatever a facilitator would have stopped at."""
    return asyncio.run(_rehearse(plan, say, pdf))


async def _rehearse(plan: Plan, say: Say, pdf: Path | None) -> Played:
    browser = Browser(plan.url)
    pace = Pace(plan.speed)
    try:
        await browser.log_in(plan.login, plan.password)
        room = Room(
            plan.url, plan.code, plan.definition, plan.participants, pace, plan.seed, plan.texts, tables=True
        )
        return await play(browser, plan.code, plan.definition, room, pace, plan.seed, say, pdf)
    finally:
        await browser.close()


def table(played: Played, verdict: Verdict) -> list[str]:
    """The account, as it is printed."""
    rows = [
        ("contributions", verdict.contributions),
        ("ballots", verdict.ballots),
        ("refused", verdict.refused),
    ]
    lines = [f"{'':<16}{'sent':>8}{'acknowledged':>14}{'counted':>9}"]
    lines += [f"{name:<16}{line.sent:>8}{line.acknowledged:>14}{line.counted:>9}" for name, line in rows]
    reasons = ", ".join(f"{code} {n}" for code, n in sorted(played.ledger.refusals().items()))
    times = played.ledger.answer_times()
    how = f"{played.paper} on paper, {played.tables} shared phones"
    people = f"{played.people} people ({how}), {len(played.stages)} stages"
    figures = f"{verdict.figures_compared} figures of {verdict.runs_compared} results"
    lines += [
        "",
        f"{people}, {played.cuts} lost links, {played.merged} items merged.",
        *(f"{stage}: skipped, since there was nothing that it could be about." for stage in played.skipped),
        f"Accepted with nothing to change: {verdict.unchanged}.",
        f"Refused, and said so: {reasons or 'nothing'}.",
        f"{figures} counted again from the log.",
    ]
    if times:
        lines.append(
            f"From tap to answer: half within {times['p50_ms']} ms, 99 % within {times['p99_ms']} ms."
        )
    return lines


def as_json(plan: Plan, played: Played, verdict: Verdict, events: int) -> str:
    """The same account for machines."""
    account: dict[str, Any] = {
        "participants": plan.participants,
        "seed": plan.seed,
        "people": played.people,
        "paper": played.paper,
        "tables": played.tables,
        "stages": played.stages,
        "skipped": played.skipped,
        "contributions": asdict(verdict.contributions),
        "ballots": asdict(verdict.ballots),
        "refused": asdict(verdict.refused),
        "unchanged": verdict.unchanged,
        "refusals": played.ledger.refusals(),
        "lost_links": played.cuts,
        "merged": played.merged,
        "events": events,
        "results_recounted": verdict.runs_compared,
        "figures_recounted": verdict.figures_compared,
        "answer_times": played.ledger.answer_times(),
        "problems": verdict.problems,
        "passed": not verdict.problems,
    }
    return json.dumps(account, indent=2, ensure_ascii=False) + "\n"
