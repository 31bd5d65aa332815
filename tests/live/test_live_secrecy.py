"""Nobody sees a result before it is revealed: every message that left the server is looked through."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.definitions import short
from tests.support.page import Page, asynchronous

pytestmark = pytest.mark.live

FIGURES = {
    "result",
    "headcount",
    "balanced",
    "rank_headcount",
    "rank_balanced",
    "passes_by",
    "voters",
    "cells",
    "few",
    "tied_out",
    "lot",
    "not_represented",
    "mean",
    "by_cell",
    "counts",
    "texts",
}
"""Names under which a result stands in a view. Where one of these is, somebody sees a result."""


def keys(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths of all keys inside."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key)
            yield from keys(inner, (*path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner, path)


def figures(page: Page, since: int = 0) -> list[str]:
    """Where something of a result, or of somebody's vote, stands in what this page was told."""
    found = []
    for name, data in page.told[since:]:
        for path in keys(data):
            shown = path[-1] in FIGURES
            # A number of dots may stand in the settings of the method and among one's own ballots.
            votes = path[-1] == "dots" and "method" not in path and "ballots" not in path
            if shown or votes:
                found.append(f"{name}: {'.'.join(path)}")
    return found


@pytest.mark.parametrize("privacy", ["grouped", "open", "headcount"])
@asynchronous
async def test_hidden_results_never_leave(new_hall, privacy):
    hall = new_hall(short(privacy=privacy, rule="both"))
    async with hall.console() as console, hall.screen() as screen:
        phones = [await hall.phone().open() for _ in range(6)]
        pages = [console, screen, *phones]
        await console.must("open_stage", stage="swot")
        for i, phone in enumerate(phones):
            await phone.must("join")
            await phone.must("describe", group=("business", "academia")[i % 2], territory="tacna")
            await phone.must("add_item", run="swot.1", column="s", title=f"Item {i}")
        items = [item for phone in phones for item in phone.own["items"]]
        await console.must("open_stage", stage="weigh")
        for i, phone in enumerate(phones):
            await phone.must("cast_ballot", run="weigh.1", item=items[i // 2], dots=2)
            await phone.must("cast_ballot", run="weigh.1", item=items[3 + i // 2], dots=1)
        await console.until(lambda: console.view["answered"]["total"] == 6)
        await console.must("close_stage", run="weigh.1")
        late = await hall.screen().open()
        pages.append(late)
        for page in pages:
            await page.until(lambda page=page: page.view["now"]["status"] == "closed")
            await page.fetch()
        assert [figures(page) for page in pages] == [[]] * len(pages)
        for phone in phones:
            others = {p.own["person"] for p in phones} - {phone.own["person"]}
            assert not any(person in str(phone.told) for person in others), "a phone learns of other people"

        marks = [len(page.told) for page in pages]
        await console.must("reveal_result", run="weigh.1")
        for page, mark in zip(pages, marks, strict=True):
            await page.until(lambda page=page: page.view["results"].get("weigh.1"))
            assert figures(page, mark), "now they must be there, else this test looks for the wrong things"
        for page in [late, *phones]:
            await page.close()


@asynchronous
async def test_hidden_answers_never_leave(new_hall):
    hall = new_hall()
    async with hall.console() as console, hall.screen() as screen:
        phones = [await hall.phone().open() for _ in range(4)]
        await console.must("open_stage", stage="evaluation")
        for i, phone in enumerate(phones):
            await phone.must("join")
            await phone.must("describe", group="business", territory="tacna")
            await phone.must("answer", run="evaluation.1", question="useful", value=i % 5 + 1)
            await phone.must("answer", run="evaluation.1", question="more", value=f"Wish number {i}")
        await console.must("close_stage", run="evaluation.1")
        pages = [console, screen, *phones]
        for page in pages:
            await page.until(lambda page=page: page.view["now"]["status"] == "closed")
        assert [figures(page) for page in pages] == [[]] * len(pages)
        for i, page in enumerate(phones):
            assert "Wish number" not in str(page.told).replace(f"Wish number {i}", "")
        assert "Wish number" not in str(console.told)
        assert "Wish number" not in str(screen.told)
        await console.must("reveal_result", run="evaluation.1")
        await screen.until(lambda: "Wish number 3" in str(screen.view))
        for phone in phones:
            await phone.close()


@asynchronous
async def test_what_was_written_stays_hidden_until_the_stage_closes_where_it_should(new_hall):
    hall = new_hall(short(others="after_close"))
    async with (
        hall.console() as console,
        hall.screen() as screen,
        hall.phone() as writer,
        hall.phone() as other,
    ):
        told = [{"title": "A fact that was brought in", "column": "s"}]
        await console.must("bring_items", stage="swot", items=told)
        await console.must("open_stage", stage="swot")
        await writer.must("join")
        await writer.must("describe", group="business", territory="tacna")
        await writer.must("add_item", run="swot.1", column="s", title="Not yet for all")
        await screen.until(lambda: "now" in screen.view and screen.view["now"]["count"]["s"] == 1)
        for page in (screen, other):  # it is nobody's contribution, and seen from the beginning
            await page.until(lambda page=page: "A fact that was brought in" in str(page.view))
        await other.fetch()
        assert "Not yet for all" not in str([screen.told, other.told])
        await console.must("close_stage", run="swot.1")
        await screen.until(lambda: "Not yet for all" in str(screen.view))
        await other.until(lambda: "Not yet for all" in str(other.view))
