"""Workshops of a few stages of the library, wired as a file says."""

from edp_app.core.definition import Definition
from edp_app.core.formats import check_format
from tests.support.memory import LIBRARY

TOP = 'format = 1\ntitle = "A"\nlanguage = "en"\ngroups = "triple"\n'


def stages_of(*stages: str) -> Definition:
    """A workshop of these stages of the library, each with what it refers to."""
    text = TOP + "".join(f"[[stages]]\n{stage}\n" for stage in stages)
    checked = check_format(text, "", LIBRARY)
    assert checked.definition is not None, checked.errors
    return checked.definition


def scoring() -> Definition:
    return stages_of(
        'use = "ideas"',
        'use = "score"\nof = "ideas"',
        'use = "second_round"\nsecond_of = "score"',
        'use = "fundability"\nof = "ideas"',
    )
