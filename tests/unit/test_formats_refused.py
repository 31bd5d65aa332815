"""What a facilitator gets wrong in a workshop file: each told with its line, in words of the field, and
nothing taken over."""

import pytest

from edp_app.core.formats import Checked, check_format, read_format, write_format
from tests.unit.test_library import LIBRARY

TOP = """\
format = 1
title = "A workshop"
language = "en"
groups = "triple"
"""
IDEAS = """
[[stages]]
use = "ideas"
"""
SORT = """
[[stages]]
use = "group_and_name"
of = "ideas"
"""
VOTE = """
[[stages]]
use = "shortlist"
of = "ideas"
"""
ASK = """
[[stages]]
id = "weights"
kind = "ask"
title = "Weights"
minutes = 5
"""

ROUND = ", which would go round in a circle. It must be an earlier stage."


def checked(text: str) -> Checked:
    found = check_format(text, "w.toml", LIBRARY)
    assert (found.definition is None) == bool(found.errors), "whatever is wrong, nothing is taken over"
    return found


def errors(text: str) -> list[tuple[int, str]]:
    return [(error.line, error.plain()) for error in checked(text).errors]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("text", "part", "sentence"),
    [
        (
            TOP + IDEAS + SORT + VOTE.replace('"ideas"', '"idea"'),
            'of = "idea"\n',
            "“of” names the stage “idea”, which is not in this workshop. Did you mean “ideas”?",
        ),
        (
            TOP + IDEAS.replace("\n\n", "\n") + 'links_to = "ideas"\n',
            "links_to",
            f"“links_to” names the stage “ideas” itself{ROUND}",
        ),
        (
            TOP + VOTE.replace('of = "ideas"', 'of = "shortlist"'),
            'of = "shortlist"',
            f"“of” names the stage “shortlist” itself{ROUND}",
        ),
        (
            TOP + VOTE + IDEAS,
            'of = "ideas"',
            "“of” names the stage “ideas”, which comes later. It must come before this one.",
        ),
        (
            TOP + '\n[[stages]]\nuse = "opening"\n' + VOTE.replace('"ideas"', '"opening"'),
            'of = "opening"',
            (
                "“of” names the stage “opening”, which has no items. It must be a stage of kind gather, or a "
                "vote."
            ),
        ),
        (
            TOP + IDEAS + "columns = []\n",
            "columns",
            "“columns” needs at least 1; here there are 0.",
        ),
        (TOP + IDEAS + "minutes = 0\n", "minutes", "“minutes” must be between 1 and 600; here it is 0."),
        (
            TOP + IDEAS + 'prompt_for.busines = "What sells?"\n',
            "prompt_for",
            "“prompt_for” names the group “busines”, which is not in this workshop. Did you mean “business”?",
        ),
        (
            TOP + IDEAS + 'prompt_for.environment = "What lives here?"\n',
            "prompt_for",
            "“prompt_for” names the group “environment”, which is not in this workshop.",
        ),
        (
            TOP + IDEAS + 'prompt_for = "What sells?"\n',
            "prompt_for",
            "“prompt_for” must have settings of its own.",
        ),
        (
            TOP + IDEAS + 'feeds = "action"\n',
            "feeds",
            (
                "“feeds” cannot be “action”. Did you mean “actions”? It can be one of these: "
                '"", actions, invitations.'
            ),
        ),
        (
            TOP + ASK + 'questions = [{ id = "a", text = "A?", first = 2 }]\n',
            "questions",
            "“first” must be between 0 and 1; here it is 2.",
        ),
    ],
)
def test_it_is_told_with_its_line(text: str, part: str, sentence: str) -> None:
    found = errors(text)
    assert (line_of(text, part), sentence) in found, found
    assert len(found) == 1


def test_two_hundred_stages_are_told_at_the_first_that_is_too_many() -> None:
    stages = [f'\n[[stages]]\nuse = "opening"\nid = "s{n}"\n' for n in range(200)]
    text = TOP + "".join(stages)
    assert errors(text) == [
        (line_of(text, 'id = "s60"') - 2, "“stages” may have at most 60; here there are 200.")
    ]


def test_an_unknown_preset_names_the_nearest_and_all_there_are() -> None:
    ((line, sentence),) = errors(TOP + '\n[[stages]]\nuse = "comitments"\n')
    assert line == 7
    assert sentence.startswith("“use” cannot be “comitments”. Did you mean “commitments”? It can be one of")
    assert all(name in sentence for name in LIBRARY.presets)


def test_scales_that_weigh_begin_at_one() -> None:
    score = '\n[[stages]]\nuse = "score"\nof = "ideas"\nweights_from = "weights"\n'
    criteria = '\n[[stages.criteria]]\nid = "new"\nname = "New"\n'
    asking = ASK + 'questions = [{ id = "new", text = "New?", first = 0 }]\n'
    text = TOP + IDEAS + SORT + asking + score + criteria
    assert errors(text) == [
        (
            line_of(text, "weights_from"),
            (
                "In the stage “weights”, the scales on how much the criteria count must begin at 1: "
                "leave out “first”."
            ),
        )
    ]


# ---- a language that is missing


def warned(text: str) -> list[tuple[int, str]]:
    found = checked(text)
    assert found.errors == []
    return [(one.line, one.plain()) for one in found.warnings]


def test_a_text_that_lacks_a_language_of_the_file_names_its_stage() -> None:
    text = TOP + IDEAS + 'title.en = "Ideas"\ntitle.es = "Ideas"\ntitle.pt = "Ideias"\n'
    text += 'prompt.en = "What could we do?"\nprompt.pt = "O que poderíamos fazer?"\n'
    assert warned(text) == [
        (
            line_of(text, "prompt.en"),
            (
                "In the stage “ideas”, “prompt” has no text in “es”, as others in this file have: whoever "
                "chose that language reads another one here."
            ),
        )
    ]


def test_a_text_outside_of_the_stages_is_told_too() -> None:
    text = TOP.replace('groups = "triple"\n', "") + (
        '[[groups]]\nid = "government"\n[[groups]]\nid = "fishers"\n'
        'name.en = "Fishers"\nname.pt = "Pescadores"\n'
        'examples.en = "Boats"\nexamples.es = "Botes"\nexamples.pt = "Barcos"\n'
    )
    assert warned(text + IDEAS) == [
        (
            line_of(text, "name.en"),
            (
                "“name” has no text in “es”, as others in this file have: whoever chose that language reads "
                "another one here."
            ),
        )
    ]


def test_a_workshop_in_one_language_or_in_two_lacks_nothing() -> None:
    assert warned(TOP + IDEAS + 'prompt = "What could we do?"\n') == []
    both = 'prompt.en = "What could we do?"\nprompt.es = "¿Qué podríamos hacer?"\n'
    assert warned(TOP + IDEAS + both + 'title.en = "Ideas"\ntitle.es = "Ideas"\n') == []


# ---- what stands beside a statement


def test_a_statement_in_several_languages_is_read_and_written_back() -> None:
    beside = '{ title = "Sun", source = "Census", translations = { es = "Sol", pt = "Sol" } }'
    found = checked(TOP + IDEAS + f'statements = ["Rain", {beside}]\n')
    assert found.warnings == []
    assert found.definition is not None
    rain, sun = found.definition.stages[0].settings.statements
    assert (rain.translations, sun.translations) == ({}, {"es": "Sol", "pt": "Sol"})
    assert read_format(write_format(found.definition), "w.toml", LIBRARY) == found.definition


def test_a_statement_in_a_language_that_there_is_not_is_told() -> None:
    text = TOP + IDEAS + 'statements = [\n  { title = "Sun", translations = { fr = "Soleil" } },\n]\n'
    assert errors(text) == [(9, "“fr” is not a language of this program. It has: en, es, pt.")]


# ---- what groups are asked


def test_what_groups_are_asked_is_read_and_written_back() -> None:
    own = 'prompt_for.business = "What sells?"\nprompt_for.academia.en = "What is known?"\n'
    found = checked(TOP + IDEAS + own + 'prompt_for.academia.es = "¿Qué se sabe?"\n').definition
    assert found is not None
    assert found.stages[0].prompt_for == {
        "business": {"en": "What sells?"},
        "academia": {"en": "What is known?", "es": "¿Qué se sabe?"},
    }
    assert read_format(write_format(found), "w.toml", LIBRARY) == found


def test_a_group_may_be_called_as_a_language_is() -> None:
    groups = '[[groups]]\nid = "es"\nname = "Spain"\n[[groups]]\nid = "pt"\nname = "Portugal"\n'
    text = TOP.replace('groups = "triple"\n', "") + groups + IDEAS + 'prompt_for.es = "Over there?"\n'
    found = checked(text).definition
    assert found is not None
    assert found.stages[0].prompt_for == {"es": {"en": "Over there?"}}
    assert read_format(write_format(found), "w.toml", LIBRARY) == found


def test_a_preset_asks_only_groups_that_are_there_and_only_beside_its_own_question() -> None:
    chain = '\n[[stages]]\nuse = "value_chain"\n'
    found = checked(TOP + chain).definition
    assert found is not None
    assert set(found.stages[0].prompt_for) == {"government", "academia"}
    two = TOP.replace('"triple"', '[{ id = "business" }, { id = "academia" }]')
    fewer = checked(two + chain).definition
    assert fewer is not None
    assert set(fewer.stages[0].prompt_for) == {"academia"}
    other = checked(TOP + chain + 'prompt = "What hurts?"\n').definition
    assert other is not None
    assert other.stages[0].prompt_for == {}
