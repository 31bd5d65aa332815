"""Which items may say the same: by their words, stemmed in English, Spanish and Portuguese, whatever their
case, accents and order, with a slip of the finger here and there. A suggestion to people, never a decision.

Words are compared, not meanings: what is said in other words or in another language is not found. How often
it is right, and what it costs, stands in docs/decisions/0025.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer
from rapidfuzz.distance import OSA

from edp_app.core.similar_words import GENERIC, NEGATIONS, PORTUGUESE, STOP_WORDS
from edp_app.core.text import folded

ALIKE = 0.67
"""From this share of common words on, two texts may say the same: twice the weight of what both say, divided
by the weight of what each says (Dice 1945, doi:10.2307/1932409), a slip counting a little less than the word
itself. Of three words each, two are not enough."""

CONTAINED = 0.45
"""The same where everything that the shorter text says, of two words at least, is in the longer one."""

MANY, OF_MANY = 3.0, 0.4
"""The same where so many words, counted by weight, are common: few long texts about other things share
them."""

SLIP = 0.9
"""What a word counts that is another one but for a slip."""

GENERIC_WEIGHT = 0.4
"""What a word counts that says little about what is meant: lack, good, more."""

ONE_SLIP, TWO_SLIPS = 6, 10
"""From how many letters on a word may have so many wrong, missing, added or swapped ones. Shorter ones would
be other words: puerto, huerto."""

_WORD = re.compile(r"[^\W_]+")
_ACCENTLESS = (
    (re.compile(r"([cs])ion$"), r"\1ión"),
    (re.compile(r"cao$"), "ção"),
    (re.compile(r"coes$"), "ções"),
    (re.compile(r"sao$"), "são"),
    (re.compile(r"soes$"), "sões"),
    (re.compile(r"logia$"), "logía"),
)
"""Endings that a stemmer knows with their accent only, and people type without."""

_STEMMERS = tuple(snowballstemmer.stemmer(name) for name in ("english", "spanish", "portuguese"))


class Said(NamedTuple):
    """What of a text is compared: its words with what each of them counts, its figures, and whether it
    denies."""

    words: dict[str, float]
    weight: float
    figures: frozenset[str]
    denies: bool


@lru_cache(maxsize=20_000)
def stems(word: str) -> frozenset[str]:
    """What two forms of one word have in common: the stems of ``word`` in the three languages, without
    accents; a word of unknown language is stemmed in all of them."""
    forms = {word}
    for ending, accented in _ACCENTLESS:
        if ending.search(word):
            forms.add(ending.sub(accented, word))
    return frozenset(folded(stemmer.stemWord(form)) for stemmer in _STEMMERS for form in forms)


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    return frozenset(stem for word in GENERIC for stem in stems(word))


def said(text: str) -> Said:
    """What of a text is compared. Of two languages in which "no" means another thing the other words tell
    which."""
    words: dict[str, float] = {}
    figures, stops = set(), set()
    plain = unicodedata.normalize("NFC", text.casefold())
    for word in _WORD.findall(plain):
        bare = folded(word)
        if bare.isdigit():
            figures.add(bare)
        elif bare in STOP_WORDS or bare in NEGATIONS or len(bare) < 2:
            stops.add(bare)
        else:
            words[word] = GENERIC_WEIGHT if stems(word) & _generic() else 1.0
    return Said(words, sum(words.values()), frozenset(figures), _denies(stops, plain))


def _denies(stops: set[str], plain: str) -> bool:
    """Portuguese says "no" for "in the"; there it is "não" that denies."""
    found = stops & NEGATIONS
    portuguese = bool(stops & PORTUGUESE) or any(char in plain for char in "ãõ") or "há" in plain.split()
    return bool(found - {"no"} if portuguese else found)


class Index:
    """Texts to be compared, kept up to date one by one: putting one in costs about as much as asking once.

    ``put`` and ``drop`` keep the pairs of texts that may say the same; ``like`` asks about a text that is not
    in it.
    """

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        """Key to the text that stands under it."""
        self._said: dict[str, Said] = {}
        self._holding: dict[str, set[str]] = {}
        """Word to the keys of the texts in which it stands."""
        self._near: dict[str, dict[str, float]] = {}
        """Word to the known words that are the same in another form, or but for a slip, with what they
        count."""
        self._by_stem: dict[str, set[str]] = {}
        self._by_length: dict[tuple[str, int], dict[str, str]] = {}
        """First letter and length to the words that are long enough for a slip, folded and as they were
        written."""
        self._pairs: dict[str, dict[str, float]] = {}

    def put(self, key: str, text: str) -> None:
        """Have ``text`` stand under ``key``, instead of what stood there."""
        if self.texts.get(key) == text:
            return
        self.drop(key)
        what = said(text)
        found = dict(self._like(what))
        if found:
            self._pairs[key] = found
            for other, score in found.items():
                self._pairs.setdefault(other, {})[key] = score
        self.texts[key], self._said[key] = text, what
        for word in what.words:
            self._learn(word)
            self._holding[word].add(key)

    def drop(self, key: str) -> None:
        """Forget what stands under ``key``, if anything does."""
        if key not in self.texts:
            return
        del self.texts[key]
        for word in self._said.pop(key).words:
            self._holding[word].discard(key)
        for other in self._pairs.pop(key, {}):
            self._pairs[other].pop(key, None)

    def like(self, text: str) -> list[tuple[str, float]]:
        """The keys of texts that may say the same as this one, the most alike first, each with how alike it
        is, from 0 to 1."""
        return sorted(self._like(said(text)), key=lambda one: (-one[1], one[0]))

    def pairs(self) -> Iterator[tuple[str, str, float]]:
        """Every two keys whose texts may say the same, with how alike they are."""
        for key, others in self._pairs.items():
            for other, score in others.items():
                if key < other:
                    yield key, other, score

    def _like(self, asked: Said) -> Iterator[tuple[str, float]]:
        common: dict[str, float] = {}
        for word, weight in asked.words.items():
            best: dict[str, float] = {}
            for other, share in self._nearest(word).items():
                for key in self._holding[other]:
                    if best.get(key, 0.0) < share:
                        best[key] = share
            for key, share in best.items():
                common[key] = common.get(key, 0.0) + share * weight
        for key, weight in common.items():
            if score := _score(asked, self._said[key], weight):
                yield key, score

    def _learn(self, word: str) -> None:
        if word in self._near:
            return
        near = self._nearest(word)
        for other, share in near.items():
            self._near[other][word] = share
        self._near[word] = near | {word: 1.0}
        self._holding[word] = set()
        for stem in stems(word):
            self._by_stem.setdefault(stem, set()).add(word)
        bare = folded(word)
        if len(bare) >= ONE_SLIP:
            self._by_length.setdefault((bare[0], len(bare)), {})[word] = bare

    def _nearest(self, word: str) -> dict[str, float]:
        if known := self._near.get(word):
            return known
        near = {other: 1.0 for stem in stems(word) for other in self._by_stem.get(stem, ())}
        bare = folded(word)
        if len(bare) >= ONE_SLIP:
            slips = 2 if len(bare) >= TWO_SLIPS else 1
            for length in range(len(bare) - slips, len(bare) + slips + 1):
                for other, as_bare in self._by_length.get((bare[0], length), {}).items():
                    if OSA.distance(bare, as_bare, score_cutoff=slips) <= slips:
                        near.setdefault(other, SLIP)
        return near


def _score(one: Said, other: Said, common: float) -> float:
    """How alike two texts are that have words of the weight ``common`` in common; 0 where it is not
    enough."""
    if one.denies != other.denies or (one.figures and other.figures and one.figures != other.figures):
        return 0.0
    score = min(1.0, 2 * common / (one.weight + other.weight))
    shorter = one if one.weight <= other.weight else other
    contained = len(shorter.words) > 1 and shorter.weight > 1 and common >= SLIP * shorter.weight
    enough = OF_MANY if common >= MANY else CONTAINED if contained else ALIKE
    return score if score >= enough else 0.0


def clusters(pairs: Iterable[tuple[str, str, float]]) -> list[list[str]]:
    """Groups of keys in which every two may say the same, the most alike first. A key stands in one group
    only."""
    known = sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1]))
    alike = {frozenset((one, other)) for one, other, _ in known}
    group_of: dict[str, list[str]] = {}
    groups: list[list[str]] = []
    for one, other, _ in known:
        first, second = group_of.get(one), group_of.get(other)
        if first is None and second is None:
            groups.append([one, other])
            group_of[one] = group_of[other] = groups[-1]
        elif (group := first or second) is not None and (first is None or second is None):
            new = other if first else one
            if all(frozenset((new, member)) in alike for member in group):
                group.append(new)
                group_of[new] = group
    return groups
