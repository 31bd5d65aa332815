"""The process that makes a report gives way to the server, also where Linux shares out by session first."""

import contextlib
import subprocess
import sys
from pathlib import Path

import pytest

SESSION = Path("/proc/self/autogroup")

LOOK = (
    "import os; from edp_app.small import stay_small; stay_small(4000, 60); "
    "print(os.nice(0), open('/proc/self/autogroup').read().split()[-1])"
)


def shares_out_by_session() -> bool:
    """Some machines show the file, but nothing stands in it."""
    with contextlib.suppress(OSError):
        return bool(SESSION.read_text().split())
    return False


@pytest.mark.skipif(not shares_out_by_session(), reason="this Linux shares out by process only")
@pytest.mark.parametrize("own_session", [True, False])
def test_a_report_gives_way_by_process_and_by_session(own_session):
    before = SESSION.read_text().split()[-1]
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        start_new_session=own_session,
        capture_output=True,
        text=True,
        check=True,
    )
    niceness, of_session = done.stdout.split()
    assert int(niceness) >= 10
    assert of_session == ("10" if own_session else before), "others of a shared session are left alone"
