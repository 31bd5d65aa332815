"""Which texts may say the same, and how often that is right."""

import random
import tomllib
from pathlib import Path

import pytest

from edp_app.core.similar import Index, clusters
from tests.support.alike import DIFFERENT, SAME

DEMO = Path(__file__).resolve().parents[2] / "workshops/demo"


def alike(one: str, other: str) -> bool:
    index = Index()
    index.put("one", one)
    return bool(index.like(other))


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_of_pairs_that_say_the_same_most_are_found_and_of_others_hardly_any(language: str) -> None:
    found = [pair for pair in SAME[language] if alike(*pair)]
    wrong = [pair for pair in DIFFERENT[language] if alike(*pair)]
    assert len(found) / len(SAME[language]) >= 0.8, set(SAME[language]) - set(found)
    assert len(found) / (len(found) + len(wrong)) >= 0.9, wrong


def test_which_of_two_was_written_first_makes_no_difference() -> None:
    pairs = [pair for pairs in (SAME, DIFFERENT) for of in pairs.values() for pair in of]
    assert [alike(*pair) for pair in pairs] == [alike(other, one) for one, other in pairs]


def test_of_the_demonstrations_nothing_wrong_is_suggested() -> None:
    """Most of what says the same there does so in other words, or in another language: that is not found."""
    right = wrong = meant = 0
    for file in ("items.toml", "putumayo-items.toml"):
        for items in tomllib.loads((DEMO / file).read_text("utf-8")).values():
            column = {item["key"]: item["column"] for item in items}
            same = {frozenset((item["key"], item["same_as"])) for item in items if "same_as" in item}
            index = Index()
            for item in items:
                index.put(item["key"], item["title"])
            found = {frozenset((a, b)) for a, b, _ in index.pairs() if column[a] == column[b]}
            right, wrong, meant = right + len(found & same), wrong + len(found - same), meant + len(same)
    assert (right, wrong, meant) == (2, 0, 17)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Exportación", "exportacion", True),
        ("EXPORTACIONES DE ORÉGANO", "exportacion de oregano", True),
        ("Certified origin", "Certifeid origin", True),
        ("Buen puerto", "Buen huerto", False),
        ("Hay agua", "No hay agua", False),
        ("No vale há água", "No vale há muita água", True),
        ("Ruta 1 al puerto", "Ruta 2 al puerto", False),
        ("", "", False),
        ("de la", "de la", False),
        ("!?", "...", False),
    ],
)
def test_case_accents_slips_denials_and_figures(one: str, other: str, *, expected: bool) -> None:
    assert alike(one, other) is expected


def test_an_index_kept_up_to_date_is_one_made_anew() -> None:
    chance = random.Random(7)
    texts = [text for pairs in (SAME, DIFFERENT) for of in pairs.values() for pair in of for text in pair]
    kept, now = Index(), {}
    for _ in range(300):
        key = str(chance.randrange(40))
        if chance.random() < 0.2:
            kept.drop(key)
            now.pop(key, None)
        else:
            now[key] = chance.choice(texts)
            kept.put(key, now[key])
    anew = Index()
    for key, text in now.items():
        anew.put(key, text)
    assert kept.texts == anew.texts == now
    assert {frozenset(p[:2]) for p in kept.pairs()} == {frozenset(p[:2]) for p in anew.pairs()}


def test_in_a_group_every_two_may_say_the_same_and_nobody_is_in_two() -> None:
    chain = [
        ("a", "b", 0.9),
        ("b", "c", 0.8),
        ("d", "e", 0.7),
        ("c", "d", 0.6),
        ("a", "f", 0.95),
        ("b", "f", 0.9),
    ]
    assert clusters(chain) == [["a", "f", "b"], ["d", "e"]]
