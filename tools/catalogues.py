"""Keeps the message catalogues complete.

    .venv/bin/python tools/catalogues.py update [LANGUAGE …]    brings catalogues up to date with the code
    .venv/bin/python tools/catalogues.py check [LANGUAGE …]     says what is missing or does not fit

The messages are English sentences in the code; ``babel.cfg`` says which files hold them. ``update`` takes
over every translation whose message is still in the code word for word, adds new messages empty and drops
the others; it never guesses. Written twice without a change in between, a catalogue is the same to the byte.
"""

import io
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "edp_app/translations"

PLURALS = {"es": "nplurals=2; plural=(n != 1);", "pt": "nplurals=2; plural=(n != 1);"}
"""The languages that have a catalogue. Spanish is that of Latin America, Portuguese that of Brazil, where 0
takes the singular; ``form`` in ``static/js/shared/i18n.js`` says the same."""

KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None, "t": None, "tn": (1, 2)}
"""The calls whose first argument (for the plural ones the first two) is a message; ``N_`` is one of the
default."""

HEADER = """\
# Kept up to date by tools/catalogues.py; only the translations are written by hand.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
MARKUP = re.compile(r"</?\w+[^>]*>|&\w+;|`|\n|\\|%(?!\(\w+\)[sd])")
"""What has a meaning besides its looks; a per cent sign alone would break the filling in of blanks."""


def catalogue_file(language: str) -> Path:
    """Where the catalogue of a language is."""
    return TRANSLATIONS / language / "LC_MESSAGES/messages.po"


def _wanted(folder: str | Path) -> bool:
    name = Path(folder).name
    return name not in ("node_modules", "dist", "tests") and not name.startswith(".")


def extracted() -> Catalog:
    """The messages that are in the code now, without translations. Reads the sources. Raises ValueError where
    one of them cannot be read, and where one singular has two plurals: a catalogue can hold only one."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))  # babel.cfg names an extractor of ours
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = Catalog()
    plurals: dict[str, str] = {}
    for name, line, message, _comments, context in extract_from_dir(
        ROOT, methods, options, KEYWORDS, directory_filter=_wanted
    ):
        if isinstance(message, tuple):
            one, many = message
            if plurals.setdefault(one, many) != many:
                raise ValueError(f"{name}, line {line}: {one!r} has the plural {plurals[one]!r} elsewhere")
        found.add(message, None, [(name, line)], context=context)
    return found


def read(language: str) -> Catalog:
    """The catalogue of a language as it is written; an empty one if there is none yet."""
    path = catalogue_file(language)
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def messages(catalogue: Catalog) -> Iterator[Message]:
    """All messages of a catalogue, without the header that stands first in it."""
    return (message for message in catalogue if message.id)


def written(language: str, code: Catalog, known: Catalog) -> bytes:
    """The catalogue file for the messages of ``code``, with the translations that ``known`` has for them."""
    merged = Catalog(locale=language)
    for message in messages(code):
        kept = known.get(message.id)
        # A message that gained or lost its plural is a new one.
        string = kept.string if kept is not None and kept.id == message.id and not kept.fuzzy else None
        merged.add(message.id, string, sorted(message.locations))
    body = io.BytesIO()
    write_po(body, merged, width=0, omit_header=True, include_lineno=False, sort_by_file=True)
    return HEADER.format(language=language, plurals=PLURALS[language]).encode() + body.getvalue()


def forms(message: Message) -> list[str]:
    """The translations of a message: one, or one for each number. Empty strings where there are none."""
    return list(message.string) if isinstance(message.string, tuple | list) else [message.string or ""]


def originals(message: Message) -> list[str]:
    """What each of :func:`forms` translates."""
    return list(message.id) if isinstance(message.id, tuple | list) else [message.id]


def misfits(message: Message) -> list[str]:
    """What does not fit between a translated message and its translation: blanks, markup, spaces at the ends.

    Every blank of the original stands in the translation as often as there. Where the singular spells its
    number out ("one person"), the translation may have the blank of the plural instead."""
    found = []
    pairs = list(zip(originals(message), forms(message), strict=True))
    for number, (original, text) in enumerate(pairs):
        blanks, given = Counter(PLACEHOLDER.findall(original)), Counter(PLACEHOLDER.findall(text))
        if len(pairs) > 1 and number == 0:
            every = Counter(PLACEHOLDER.findall(pairs[1][0]))
            fits = not given - every and not {b: n for b, n in (every - given).items() if b in blanks}
        else:
            fits = blanks == given
        if not fits:
            found.append(f"blanks differ: {dict(blanks)} became {dict(given)}")
        if Counter(MARKUP.findall(original)) != Counter(MARKUP.findall(text)):
            found.append("markup differs")
        if original.partition(original.strip())[::2] != text.partition(text.strip())[::2]:
            found.append("spaces at the ends differ")
    return found


def problems(language: str, code: Catalog | None = None) -> list[str]:
    """Everything that keeps a catalogue from being complete and fitting, in lines to be read."""
    code = extracted() if code is None else code
    known = read(language)
    wanted = {str(message.id) for message in messages(code)}
    gone = [message.id for message in messages(known) if str(message.id) not in wanted]
    found = [f"no longer in the code: {msgid!r}" for msgid in gone]
    for message in messages(code):
        ours = known.get(message.id)
        if ours is None or ours.id != message.id:
            found.append(f"not in the catalogue: {message.id!r}")
        elif not all(form.strip() for form in forms(ours)) or len(forms(ours)) != len(originals(ours)):
            found.append(f"not translated: {message.id!r}")
        elif ours.fuzzy:
            found.append(f"marked as a guess: {message.id!r}")
        else:
            found += [f"{what}: {message.id!r}" for what in misfits(ours)]
    return found


def update(languages: Iterable[str] = tuple(PLURALS)) -> None:
    """Writes these catalogues anew where that changes them."""
    code = extracted()
    for language in languages:
        path = catalogue_file(language)
        text = written(language, code, read(language))
        if not path.is_file() or path.read_bytes() != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
            print(f"{path.relative_to(ROOT)}: written")


def check(languages: Iterable[str] = tuple(PLURALS)) -> bool:
    """Prints what :func:`problems` finds in these catalogues. Whether all are complete."""
    code = extracted()
    found = [(language, line) for language in languages for line in problems(language, code)]
    for language, line in found:
        print(f"{language}: {line}")
    return not found


def main(arguments: Sequence[str]) -> int:
    """The command line: 0 where all is well, 1 where a catalogue is not, 2 where nothing was understood."""
    command, *languages = arguments or [""]
    if command not in ("update", "check") or not set(languages) <= set(PLURALS):
        print(__doc__)
        return 2
    chosen = languages or list(PLURALS)
    if command == "check":
        return 0 if check(chosen) else 1
    update(chosen)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
