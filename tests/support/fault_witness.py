"""A plugin of pytest: writes down what became of each test, and of which kind the error was that ended it.

For runs that are looked at by another program (``-p tests.support.fault_witness --witness=FILE``).
"""

import json
from pathlib import Path
from typing import Any

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--witness", help="the file to write to, one line of JSON for each test and phase")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report = yield
    if report.when == "call" or not report.passed:
        error = call.excinfo
        kind, said = (error.typename, str(error.value)) if error else ("", "")
        _write(item.config, item.nodeid, report.when, report.outcome, kind, said)
    return report


def pytest_exception_interact(
    node: pytest.Item | pytest.Collector, call: pytest.CallInfo[Any], report: Any
) -> None:
    if isinstance(report, pytest.CollectReport):
        error = call.excinfo
        kind, said = (error.typename, str(error.value)) if error else ("", "")
        _write(node.config, node.nodeid, "collect", report.outcome, kind, said)


def _write(config: pytest.Config, *line: object) -> None:
    with Path(config.getoption("--witness")).open("a") as file:
        file.write(json.dumps(line) + "\n")
