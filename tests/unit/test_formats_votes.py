"""Votes in format files: what every method is read into, and what is said where its settings do not fit."""

from pathlib import Path

import pytest

from edp_app.core import definition as d
from edp_app.core.definition import Definition
from edp_app.core.formats import Library, check_format, read_format, write_format

LIBRARY = Library.in_folder(Path(__file__).parents[2] / "workshops" / "library")
TOP = """\
format = 1
title = "A workshop"
language = "en"
groups = "triple"

[[stages]]
id = "swot"
kind = "gather"
title = "SWOT"
minutes = 10
columns = [{ id = "s", name = "Strengths" }]

[[stages]]
use = "group_and_name"
of = "swot"
"""
ASK = """
[[stages]]
id = "weights"
kind = "ask"
title = "Weights"
minutes = 5
questions = [
  { id = "new", text = "New?" }, { id = "ours", text = "Ours?" },
  { id = "why", text = "Why?", type = "text" },
]
"""
VOTE = """
[[stages]]
id = "weigh"
kind = "vote"
title = "Weigh"
minutes = 5
of = "swot"
"""
CRITERIA = """
[[stages]]
id = "score"
kind = "vote"
title = "Score"
minutes = 5
of = "swot"
method = "criteria"

[[stages.criteria]]
id = "new"
name = "New"
asks = "What is new?"
low = "As today"
middle = "Better"
high = "Unheard of"
weight = 3
flag_ones = true

[[stages.criteria]]
id = "ours"
name.en = "Ours"

[[stages.criteria]]
id = "money"
name = "Money"
beside = true
"""
AGAIN = """
[[stages]]
id = "again"
kind = "vote"
title = "Again"
minutes = 5
method = "criteria"
second_of = "score"
"""

OPTIONS = 'options = [{ id = "a", name = "A" }, { id = "b", name = "B" }]'


def read(text: str) -> Definition:
    found = read_format(text, "w.toml", LIBRARY)
    assert isinstance(found, Definition), [error.sentence() for error in found]
    assert read_format(write_format(found), "w.toml", Library()) == found
    return found


def last_vote(text: str) -> d.VoteSettings:
    settings = read(text).stages[-1].settings
    assert isinstance(settings, d.VoteSettings)
    return settings


# ---- what is read


@pytest.mark.parametrize(
    ("written", "method"),
    [
        ('method = "points"\npoints = 20\ncap = 8', d.PointsMethod(20, 8)),
        ('method = "points"', d.PointsMethod(10, None)),
        ('method = "agree"\nreason = true', d.AgreeMethod(True)),
        ('method = "ranking"\ntop = 3', d.RankingMethod(3)),
        (
            f'method = "choice"\nfunders_apart = true\n{OPTIONS}',
            d.ChoiceMethod([d.Option("a", {"en": "A"}), d.Option("b", {"en": "B"})], True),
        ),
        (
            (
                'method = "axes"\nx = { id = "impact", name = "Impact", low = "Little" }\n'
                '[stages.y]\nid = "doubt"\nname.en = "Doubt"\nhigh.en = "Much"'
            ),
            d.AxesMethod(
                d.Axis("impact", {"en": "Impact"}, low={"en": "Little"}),
                d.Axis("doubt", {"en": "Doubt"}, high={"en": "Much"}),
            ),
        ),
    ],
)
def test_the_settings_of_a_method_stand_in_the_stage(written: str, method: d.Method) -> None:
    assert last_vote(TOP + VOTE + written + "\n").method == method


def test_criteria_stand_in_tables_of_their_own() -> None:
    vote = last_vote(TOP + CRITERIA)
    assert isinstance(vote.method, d.CriteriaMethod)
    new, ours, money = vote.method.criteria
    assert (new.weight, new.flag_ones, new.beside) == (3, True, False)
    assert (new.low, new.middle, new.high) == ({"en": "As today"}, {"en": "Better"}, {"en": "Unheard of"})
    assert (ours.weight, ours.asks) == (1, {})
    assert money.beside


def test_a_second_round_takes_from_the_first_what_it_leaves_out() -> None:
    weighed = CRITERIA.replace('method = "criteria"', 'method = "criteria"\nweights_from = "weights"')
    workshop = read(TOP + ASK + weighed + AGAIN)
    first, second = workshop.stages[-2].settings, workshop.stages[-1].settings
    assert isinstance(first, d.VoteSettings)
    assert isinstance(second, d.VoteSettings)
    assert second.second_of == "score"
    assert (second.of, second.method) == (first.of, first.method)
    third = AGAIN.replace('"again"', '"third"').replace('second_of = "score"', 'second_of = "again"')
    assert last_vote(TOP + ASK + weighed + AGAIN + third).method == first.method


def test_a_second_round_may_say_it_all_again() -> None:
    criteria = CRITERIA[CRITERIA.index("[[stages.criteria]]") :]
    vote = last_vote(f'{TOP}{CRITERIA}{AGAIN}of = "swot"\nreason = false\n\n{criteria}')
    assert isinstance(vote.method, d.CriteriaMethod)
    assert not vote.method.reason
    assert [one.id for one in vote.method.criteria] == ["new", "ours", "money"]


# ---- what is wrong


def mistakes(text: str) -> list[tuple[str, str]]:
    """What is wrong, each with the line of the file where it is said to be."""
    lines = text.split("\n")
    checked = check_format(text, "w.toml", LIBRARY)
    assert checked.definition is None
    return [(lines[error.line - 1], error.plain()) for error in checked.errors]


@pytest.mark.parametrize(
    ("written", "line", "sentence"),
    [
        ("dots = 2\ncap = 3", "cap = 3", "“cap” is 3, but everyone has only 2 dots to spend."),
        (
            'method = "points"\npoints = 5\ncap = 6',
            "cap = 6",
            "“cap” is 6, but everyone has only 5 points to give.",
        ),
        (
            'method = "points"\npoints = 1',
            "points = 1",
            "“points” must be between 2 and 1000; here it is 1.",
        ),
        ('method = "ranking"\ntop = 0', "top = 0", "“top” must be between 1 and 50; here it is 0."),
        ('method = "agree"\ndots = 3', "dots = 3", "There is no setting called “dots” here."),
        (
            f'method = "choice"\n{OPTIONS}\nrule = "both"',
            'rule = "both"',
            (
                "“rule” has no place here: the method “choice” informs, and nothing passes by it. "
                "Please leave it out."
            ),
        ),
        (
            f'method = "choice"\n{OPTIONS}\npasses = 2',
            "passes = 2",
            (
                "“passes” has no place here: the method “choice” informs, and nothing passes by it. "
                "Please leave it out."
            ),
        ),
        (
            f'method = "choice"\n{OPTIONS}'.replace('"b"', '"a"'),
            OPTIONS.replace('"b"', '"a"'),
            "The id “a” is used twice; the first time in line 24. Give one of them another id.",
        ),
        (
            'method = "choice"\noptions = [{ id = "a", name = "A" }]',
            'options = [{ id = "a", name = "A" }]',
            "“options” needs at least 2; here there are 1.",
        ),
        (
            'method = "axes"\nx = { id = "a", name = "A" }\ny = { id = "a", name = "A" }',
            'y = { id = "a", name = "A" }',
            "The id “a” is used twice; the first time in line 24. Give one of them another id.",
        ),
        (
            'method = "axes"\nx = { id = "a", name = "A" }\ny = { name = "A" }',
            'y = { name = "A" }',
            "“id” is missing.",
        ),
        ('method = "axes"\nx = 1\ny = 2', "y = 2", "“y” must have settings of its own."),
        (
            'method = "ranking"\nrule = "portfolio"',
            'rule = "portfolio"',
            (
                "“rule” cannot be “portfolio” with the method “ranking”. Votes can be shared out "
                "among the groups with these methods: dots, points, agree."
            ),
        ),
        (
            'rule = "portfolio"\nper = "column"',
            'rule = "portfolio"',
            '“rule” can be “portfolio” only where the dots are for the whole stage: per = "stage".',
        ),
        (
            'second_of = "swot"',
            'second_of = "swot"',
            "“second_of” names the stage “swot”, where nobody votes. It must be a stage of kind vote.",
        ),
    ],
)
def test_what_does_not_fit_a_method_is_told(written: str, line: str, sentence: str) -> None:
    assert (line, sentence) in mistakes(f"{TOP}{VOTE}{written}\n")


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        (
            'id = "ours"',
            'id = "new"',
            'id = "new"',
            "The id “new” is used twice; the first time in line 26. Give one of them another id.",
        ),
        ('name = "New"\n', "", "[[stages.criteria]]", "“name” is missing."),
        (
            "weight = 3",
            "weigth = 3",
            "weigth = 3",
            "There is no setting called “weigth” here. Did you mean “weight”?",
        ),
        ("weight = 3", "weight = 101", "weight = 101", "“weight” must be between 0 and 100; here it is 101."),
        (
            "asks =",
            "asks.fr =",
            'asks.fr = "What is new?"',
            "“fr” is not a language of this program. It has: en, es, pt.",
        ),
        (
            'name.en = "Ours"',
            'name.en = "Ours"\nbeside = 1',
            "beside = 1",
            "“beside” must be true or false, without quotation marks.",
        ),
    ],
)
def test_a_mistake_in_a_criterion_is_told_with_its_line(old: str, new: str, line: str, sentence: str) -> None:
    assert (line, sentence) in mistakes(TOP + CRITERIA.replace(old, new, 1))


def test_something_has_to_count() -> None:
    nothing = CRITERIA.replace("weight = 3", "weight = 0").replace(
        'name.en = "Ours"', 'name.en = "Ours"\nweight = 0'
    )
    beside = CRITERIA.replace("weight = 3", "beside = true").replace(
        'name.en = "Ours"', 'name.en = "Ours"\nbeside = true'
    )
    for text in (nothing, beside):
        assert mistakes(TOP + text) == [
            (
                "[[stages.criteria]]",
                (
                    "No criterion counts: at least one needs a “weight” above 0 and must not stand "
                    "“beside” the total."
                ),
            )
        ]


def weighed_by(stage: str, ask: str = ASK) -> list[tuple[str, str]]:
    by = CRITERIA.replace('method = "criteria"', f'method = "criteria"\nweights_from = "{stage}"')
    return mistakes(TOP + ask + by)


def test_weights_come_from_an_earlier_stage_that_asks_for_each_of_them() -> None:
    here = 'weights_from = "weights"'
    assert weighed_by(
        "weights", ASK.replace('id = "new"', 'id = "newer"').replace('id = "ours"', 'id = "us"')
    ) == [
        (
            here,
            (
                "The stage “weights” has to ask how much each criterion counts, on a scale with the "
                "criterion’s id. It does not ask about: new, ours."
            ),
        )
    ]
    assert (
        "It does not ask about: ours."
        in weighed_by("weights", ASK.replace('"Ours?"', '"?", type = "text"'))[0][1]
    )
    assert weighed_by("weights", ASK.replace('text = "New?"', 'text = "New?", steps = 3')) == [
        (
            here,
            (
                "In the stage “weights”, the scales on how much the criteria count must all have the "
                "same “steps”."
            ),
        )
    ]
    assert weighed_by("wieghts")[0][1] == (
        "“weights_from” names the stage “wieghts”, which is not in this workshop. Did you mean “weights”?"
    )
    assert weighed_by("swot")[0][1] == (
        "“weights_from” names the stage “swot”, where nothing is asked. It must be a stage of kind ask."
    )
    later = CRITERIA.replace('method = "criteria"', 'method = "criteria"\nweights_from = "weights"') + ASK
    assert mistakes(TOP + later) == [
        (here, "“weights_from” names the stage “weights”, which comes later. It must come before this one.")
    ]


def test_a_second_round_is_of_an_earlier_vote_by_criteria() -> None:
    of_dots = AGAIN.replace('"score"', '"weigh"') + 'criteria = [{ id = "new", name = "New" }]\n'
    assert (
        'second_of = "weigh"',
        (
            "“second_of” names the stage “weigh”, which is not by criteria. Only a vote by criteria can have "
            "a second round."
        ),
    ) in mistakes(TOP + VOTE + of_dots + 'of = "swot"\n')
    by_dots = AGAIN.replace('method = "criteria"\n', 'of = "swot"\n')
    assert mistakes(TOP + CRITERIA + by_dots) == [
        ('second_of = "score"', 'A second round is by criteria: it needs method = "criteria".')
    ]
    before = AGAIN + 'of = "swot"\ncriteria = [{ id = "new", name = "New" }]\n'
    assert mistakes(TOP + before + CRITERIA) == [
        (
            'second_of = "score"',
            "“second_of” names the stage “score”, which comes later. It must come before this one.",
        )
    ]


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("of", 'of = "other"'),
        ("criteria", 'criteria = [{ id = "new", name = "New" }]'),
        (
            "criteria",
            'criteria = [{ id = "new", name = "N" }, { id = "ours", name = "O" }, { id = "b", name = "B" }]',
        ),
        ("weights_from", 'weights_from = "weights"'),
    ],
)
def test_a_second_round_asks_the_same(key: str, written: str) -> None:
    other = TOP[TOP.index("[[stages]]") :].replace('"swot"', '"other"').replace("use =", 'id = "tidy"\nuse =')
    assert mistakes(TOP + ASK + other + CRITERIA + AGAIN + written + "\n") == [
        (
            written,
            (
                f"A second round asks the same as the first: “{key}” must be as in the stage “score”. Leave "
                "it out, and it is taken from there."
            ),
        )
    ]


def test_a_mistake_in_the_first_round_is_told_once() -> None:
    assert mistakes(TOP + CRITERIA.replace("weight = 3", "weight = 300") + AGAIN) == [
        ("weight = 300", "“weight” must be between 0 and 100; here it is 300.")
    ]
