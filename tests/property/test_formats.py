"""Format files: whatever is written reads back, and whatever is wrong is told and never raised."""

import tomllib
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

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
    (WORKSHOPS / "demo" / "putumayo.toml").read_text("utf-8"),
    (WORKSHOPS / "library" / "evaluation.toml").read_text("utf-8"),
    (WORKSHOPS / "library" / "score.toml").read_text("utf-8"),
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


weights = st.integers(0, 100)
criteria = st.builds(
    d.Criterion,
    id=slugs,
    name=words(),
    asks=words(least=0),
    low=words(least=0),
    middle=words(least=0),
    high=words(least=0),
    weight=weights,
    beside=st.booleans(),
    flag_ones=st.booleans(),
)
options = st.builds(d.Option, id=slugs, name=words())
axes = st.builds(d.Axis, id=slugs, name=words(), low=words(least=0), high=words(least=0))
RULED = ["headcount", "balanced", "both"]
SHARED = [*RULED, "portfolio"]


@st.composite
def dots(draw):
    most = draw(st.integers(1, 100))
    return d.DotsMethod(most, draw(st.sampled_from(["stage", "column"])), draw(st.integers(1, most)))


@st.composite
def points(draw):
    most = draw(st.integers(2, 1000))
    return d.PointsMethod(most, draw(st.none() | st.integers(1, most)))


@st.composite
def scored(draw, asked):
    """By criteria, of which at least one counts; ``asked``: the scales of earlier stages that may ask for
    their weights."""
    made = draw(some(criteria, 1))
    if stage := draw(st.sampled_from([None, *(stage for stage, scales in asked.items() if scales)])):
        ids = sorted(asked[stage])
        made = [replace(one, id=scale) for one, scale in zip(made, ids, strict=False)]
    if not any(one.weight and not one.beside for one in made):
        made[0] = replace(made[0], weight=7, beside=False)
    return d.CriteriaMethod(made, stage, draw(st.booleans()))


def ruled(of, method, rules):
    return st.builds(
        d.VoteSettings, of=of, method=method, rule=st.sampled_from(rules), passes=st.integers(1, 100)
    )


def votes(earlier, asked, first):
    """A vote on one of the stages ``earlier``, by any method; on ``first``, the earlier votes by criteria
    under their ids, also a second round."""
    of = st.sampled_from(earlier)
    per_stage = dots().map(lambda made: d.DotsMethod(made.dots, "stage", made.cap))
    crossed = st.tuples(axes, axes).filter(lambda pair: pair[0].id != pair[1].id)
    kinds = [
        ruled(of, dots(), RULED),
        ruled(of, per_stage | points() | st.builds(d.AgreeMethod, reason=st.booleans()), SHARED),
        ruled(of, scored(asked) | st.builds(d.RankingMethod, top=st.none() | st.integers(1, 50)), RULED),
        st.builds(d.VoteSettings, of=of, method=crossed.map(lambda pair: d.AxesMethod(*pair))),
        st.builds(
            d.VoteSettings,
            of=of,
            method=st.builds(d.ChoiceMethod, options=some(options, 2, 4), funders_apart=st.booleans()),
        ),
    ]
    for stage, vote in first.items():
        reason = st.booleans()
        again = reason.map(lambda r, m=vote.method: d.CriteriaMethod(m.criteria, m.weights_from, r))
        kinds.append(st.builds(d.VoteSettings, of=st.just(vote.of), method=again, second_of=st.just(stage)))
    return st.one_of(kinds)


weighing = criteria.map(lambda one: d.Question(one.id, one.name, steps=7))


def any_settings(earlier, asked, first):
    kinds = [
        st.just(d.WhoSettings()),
        gathers(earlier),
        st.builds(d.AskSettings, questions=some(questions | weighing, 1)),
        st.builds(d.ShowSettings, text=words(several_lines, 0), is_break=st.booleans()),
    ]
    if earlier:
        of = st.sampled_from(earlier)
        kinds.append(st.builds(d.SortSettings, of=of))
        kinds += [votes(earlier, asked, first)] * 3
    return st.one_of(kinds)


@st.composite
def definitions(draw):
    stages, gathered, asked, first = [], [], {}, {}
    for stage_id in draw(st.lists(slugs, min_size=1, max_size=6, unique=True)):
        made = draw(any_settings(gathered, asked, first))
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
        if isinstance(made, d.AskSettings):
            asked[stage_id] = {q.id for q in made.questions if q.type == "scale" and q.steps == 7}
        if isinstance(made, d.VoteSettings) and isinstance(made.method, d.CriteriaMethod):
            first[stage_id] = made
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
