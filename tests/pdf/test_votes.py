"""How each voting method is told: that there is one for each, and what it says."""

import pytest

from edp_app.config import resource_dir
from edp_app.core.voting import METHODS
from edp_app.report.votes import TELLINGS


@pytest.mark.parametrize("method", [method.id for method in METHODS])
def test_every_method_of_the_rules_has_its_part_in_the_report(method):
    assert method in TELLINGS, f"edp_app/report/votes says nothing of {method!r}"
    assert (resource_dir("templates") / TELLINGS[method].template).is_file()
