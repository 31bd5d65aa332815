"""Format files: whatever is written reads back, and whatever is wrong is told and never raised."""

import tomllib
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from edp_app.core import definition as d
from edp_app.core.definition import Definition
from edp_app.core.formats import Library, check_format, read_format, write_format
from edp_app.core.formats.lines import lines_of
from edp_app.core.text import clean, clean_lines

WORKSHOPS = Path(__file__).parents[2] / "workshops"
LIBRARY = Library.in_folder(WORKSHOPS / "library")
SOURCES = [
    (WORKSHOPS / "formats" / "short.toml").read_text("utf-8"),
    (WORKSHOPS / "demo" / "tacna-arica.toml").read_text("utf-8"),
    (WORKSHOPS / "library" / "evaluation.toml").read_text("utf-8"),
]


letters = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")) | st.sampled_from("\n\\\"'#[]{}=\u00a0")


def cleaned(limit, by=clean):
    def clean_or_x(raw):
        text = by(raw, limit)
        return text if isinstance(text, str) and text else "x"

    return st.text(letters, max_size=60).map(clean_or_x)


slugs = st.from_regex(r"\A[a-z][a-z0-9_]{0,31}\Z")
one_line = cleaned(60)
several_lines = cleaned(60, clean_lines)


def words(texts=one_line, least=1):
    return st.dictionaries(st.sampled_from(d.LANGUAGES), texts, min_size=least)


def some(part, least=0, most=3):
    return st.lists(part, min_size=least, max_size=most, unique_by=lambda made: made.id)


columns = st.builds(d.Column, id=slugs, name=words(), prompt=words(several_lines, 0))
fields = st.builds(d.Field, id=slugs, name=words(), max_length=st.integers(1, 2000))
questions = st.builds(
    d.Question,
    id=slugs,
    text=words(several_lines),
    type=st.sampled_from(["scale", "text"]),
    steps=st.integers(2, 10),
    low=words(least=0),
    high=words(least=0),
)
groups = st.builds(
    d.Group,
    id=slugs,
    name=words(),
    examples=words(several_lines, 0),
    icon=slugs,
    expected=st.none() | st.integers(0, 100_000),
)


def gathers(earlier):
    return st.builds(
        d.GatherSettings,
        columns=some(columns, 1),
        fields=some(fields),
        sdgs=st.booleans(),
        links_to=st.sampled_from([None, *earlier]),
        per_person=st.integers(1, 100),
        max_length=st.integers(10, 500),
        others=st.sampled_from(["live", "after_close"]),
    )


@st.composite
def methods(draw):
    dots = draw(st.integers(1, 100))
    return d.DotsMethod(dots, draw(st.sampled_from(["stage", "column"])), draw(st.integers(1, dots)))


def any_settings(earlier):
    kinds = [
        st.just(d.WhoSettings()),
        gathers(earlier),
        st.builds(d.AskSettings, questions=some(questions, 1)),
        st.builds(d.ShowSettings, text=words(several_lines, 0), is_break=st.booleans()),
    ]
    if earlier:
        of = st.sampled_from(earlier)
        kinds.append(st.builds(d.SortSettings, of=of))
        rules = st.sampled_from(["headcount", "balanced", "both"])
        kinds.append(
            st.builds(d.VoteSettings, of=of, method=methods(), rule=rules, passes=st.integers(1, 100))
        )
    return st.one_of(kinds)


@st.composite
def definitions(draw):
    stages, gathered = [], []
    for stage_id in draw(st.lists(slugs, min_size=1, max_size=4, unique=True)):
        made = draw(any_settings(gathered))
        stages.append(
            d.Stage(
                id=stage_id,
                title=draw(words()),
                minutes=draw(st.integers(1, 600)),
                settings=made,
                prompt=draw(words(several_lines, 0)),
                step=draw(st.sampled_from(["", "analysis", "policy_mix"])),
            )
        )
        if isinstance(made, d.GatherSettings):
            gathered.append(stage_id)
    return Definition(
        title=draw(one_line),
        groups=draw(some(groups, 2)),
        stages=stages,
        language=draw(st.sampled_from(d.LANGUAGES)),
        territory=draw(st.just("") | one_line),
        convener=draw(st.just("") | one_line),
        date=draw(st.just("") | st.dates().map(lambda day: day.isoformat())),
        territories=draw(some(st.builds(d.Territory, id=slugs, name=words()))),
        privacy=draw(st.sampled_from(["grouped", "open", "headcount"])),
        credit=draw(st.just("") | several_lines),
    )


@settings(max_examples=150, deadline=None)
@given(definitions())
def test_what_is_written_reads_back_as_the_same(definition):
    assert read_format(write_format(definition), "w.toml", Library()) == definition


def paths(value, at=()):
    """The way to everything in a value, as the reader of lines tells it."""
    entries = enumerate(value) if isinstance(value, list) else value.items()
    for key, entry in entries:
        yield (*at, key)
        if isinstance(entry, list | dict):
            yield from paths(entry, (*at, key))


@settings(max_examples=100, deadline=None)
@given(definitions())
def test_everything_in_a_file_has_a_line(definition):
    text = write_format(definition)
    lines = lines_of(text)
    assert set(lines) == set(paths(tomllib.loads(text)))
    source = text.split("\n")
    for path, line in lines.items():
        if isinstance(path[-1], str):
            assert path[-1] in source[line - 1]


@st.composite
def damaged(draw):
    """A right file with a few lines, or a few characters, taken away, doubled, or put elsewhere."""
    source = draw(st.sampled_from(SOURCES))
    parts = source.split("\n") if draw(st.booleans()) else list(source)
    for _ in range(draw(st.integers(1, 4))):
        at, to = draw(st.integers(0, len(parts) - 1)), draw(st.integers(0, len(parts) - 1))
        match draw(st.sampled_from(["drop", "double", "move", "insert"])):
            case "drop":
                parts[at : at + 1] = []
            case "double":
                parts.insert(to, parts[at])
            case "move":
                parts.insert(to, parts.pop(at))
            case "insert":
                parts.insert(
                    at, draw(st.sampled_from(["[", "]", '"', "=", "\\", "{}", "x = 1", "\0", "é", "1"]))
                )
        parts = parts or [""]
    return ("\n" if len(parts[0]) > 1 else "").join(parts)


@settings(max_examples=400, deadline=None)
@given(damaged())
def test_whatever_is_wrong_is_told_and_never_raised(source):
    checked = check_format(source, "w.toml", LIBRARY)
    assert (checked.definition is None) == bool(checked.errors)
    for error in checked.errors + checked.warnings:
        assert 1 <= error.line <= max(source.count("\n") + 1, 100 if error.file != "w.toml" else 0)
        assert error.sentence().startswith(f"{error.file}, line {error.line}: ")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_can_be_checked(source):
    assert check_format(source, "w.toml", LIBRARY).errors
