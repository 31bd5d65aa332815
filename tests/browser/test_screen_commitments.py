"""Commitments on the screen: who does it and by when stand there, also where there are many."""

from pathlib import Path

from playwright.sync_api import expect

from edp_app.core.definition import Definition
from edp_app.core.formats import Library, read_format
from tests.support.desk import PROJECTOR, Begin, Opens
from tests.support.poster import cut_off_for_long, poster, too_small

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
FORMAT = b"""
format = 1
title = "Taller"
language = "es"
groups = "quadruple"
[[stages]]
use = "commitments"
"""


def commitments() -> Definition:
    library = Library.in_folder(Path(__file__).parents[2] / "workshops" / "library")
    read = read_format(FORMAT, "commitments.toml", library)
    assert isinstance(read, Definition)
    return read


def said(run: str, column: str, title: str, **fields: str) -> dict[str, object]:
    return {"type": "add_item", "run": run, "column": column, "title": title, "fields": fields}


def test_who_does_it_and_by_when_stand_below_a_commitment(begin: Begin, screen: Opens) -> None:
    hand = begin(commitments())
    run = hand.open("commitments")
    page = screen(hand.code)
    hand.somebody(
        "business",
        said(run, "personal", "Llamo a la cooperativa", who="Ana Quispe", by_when="15 de marzo"),
        said(run, "institution", "Abrimos el laboratorio", by_when="junio"),
        said(run, "approval", "Propongo una ventanilla", who=LONG[:60]),
        said(run, "approval", "Algo más"),
    )
    expect(page.locator(".note")).to_have_count(4)
    lines = page.locator(".note-lines")
    with poster(page):
        expect(lines).to_have_text(
            ["Quién: Ana Quispe Hasta cuándo: 15 de marzo", "Hasta cuándo: junio", f"Quién: {LONG[:60]}"]
        )
    page.set_viewport_size({"width": 768, "height": 1024})
    expect(lines).to_have_count(3)
    assert cut_off_for_long(page) == []


def test_sixty_commitments_with_long_words_are_paged_and_whole(begin: Begin, screen: Opens) -> None:
    hand = begin(commitments())
    run = hand.open("commitments")
    page = screen(hand.code, viewport=PROJECTOR)
    columns = ("personal", "institution", "approval")
    people = [
        (
            {"group": "business"},
            [
                said(run, columns[n % 3], f"{n} {LONG}", who=f"{LONG} {n}"[-110:], by_when=f"{n} {LONG}"[:58])
                for n in range(first, first + 5)
            ],
        )
        for first in range(0, 60, 5)
    ]
    hand.everybody(people)
    page.keyboard.press(" ")  # the page that is shown stays
    expect(page.locator(".pages-held")).to_be_visible()
    shown, pages = (int(part) for part in page.locator(".pages-of").inner_text().split()[1::2])
    seen: set[str] = set()
    for _ in range(pages):
        expect(page.locator(".pages-of")).to_have_text(f"Página {shown} de {pages}")
        assert cut_off_for_long(page) == []
        assert too_small(page) == []
        seen |= set(page.locator(".note").evaluate_all("all => all.map((one) => one.dataset.item)"))
        assert page.locator(".note:not(:has(.note-lines))").count() == 0
        page.keyboard.press("ArrowRight")
        shown = shown % pages + 1
    assert len(seen) == 60
