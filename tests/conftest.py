"""What holds for every test."""

import os
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.support.fault_results import Results
from tests.support.network import stay_off_the_network
from tests.support.postgres import Postgres
from tests.support.told import (  # noqa: F401 (pytest's hooks)
    pytest_sessionfinish,
    pytest_terminal_summary,
    pytest_testnodedown,
)

stay_off_the_network()

# The same examples in every run, and no deadline: a busy machine is no failure.
# EDP_HYPOTHESIS=explore looks further.
settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("explore", deadline=None, max_examples=2000, print_blob=True)
settings.load_profile(os.environ.get("EDP_HYPOTHESIS", "steady"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="faults in their long versions: hours, not seconds")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report = yield
    if report.when == "call":
        item.stash[OUTCOME] = report.passed
    return report


OUTCOME = pytest.StashKey[bool]()


@pytest.fixture
def long(request: pytest.FixtureRequest) -> bool:
    """Whether this is a long run."""
    return bool(request.config.getoption("--long"))


@pytest.fixture
def results(request: pytest.FixtureRequest, long: bool) -> Iterator[Results]:
    """Totals of this test, written down at the end of a long run."""
    name = request.node.name.removeprefix("test_").replace("_", " ")
    results = Results(name)
    began = time.monotonic()
    yield results
    if long:
        results.append(time.monotonic() - began, request.node.stash.get(OUTCOME, False))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL, started for the first test that asks for it."""
    with Postgres() as running:
        yield running


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Pages last: Playwright keeps an event loop running in this thread, and nobody else can start one."""
    if config.getoption("--long"):
        for item in items:
            item.add_marker(pytest.mark.timeout(0))
    items.sort(key=lambda item: "browser" in item.path.parts)
